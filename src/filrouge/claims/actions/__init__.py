"""Everything that is written about a claim, one function per thing a user does.

Each runs in one transaction and follows the same order: lock, access, state, version, facts,
thread, terms, trail. One file per part of the procedure.
"""

from filrouge.claims.actions.inquiry import (
    FindingDraft,
    FindingRefused,
    ask_documents,
    freeze_entitlement,
    open_inquiry,
    record_finding,
    record_findings,
    record_state_of_need,
    record_visit,
)
from filrouge.claims.actions.notification import (
    decide_urgently,
    prepare_notification,
    record_appeal,
    record_first_payment,
    schedule,
    send_notification,
    sign_notification,
)
from filrouge.claims.actions.proposal import Draft, approve, propose, send_back, take_back
from filrouge.claims.actions.registration import (
    SUBJECT,
    Request,
    assign,
    keep_receipt,
    keep_transfer_letters,
    register,
    transfer,
    withdraw,
)

__all__ = [
    "SUBJECT",
    "Draft",
    "FindingDraft",
    "FindingRefused",
    "Request",
    "approve",
    "ask_documents",
    "assign",
    "decide_urgently",
    "freeze_entitlement",
    "keep_receipt",
    "keep_transfer_letters",
    "open_inquiry",
    "prepare_notification",
    "propose",
    "record_appeal",
    "record_finding",
    "record_findings",
    "record_first_payment",
    "record_state_of_need",
    "record_visit",
    "register",
    "schedule",
    "send_back",
    "send_notification",
    "sign_notification",
    "take_back",
    "transfer",
    "withdraw",
]
