"""The life of a claim as data: from, to, who may, and what must hold first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from filrouge.base.access.rules import Permission
from filrouge.base.records import RuleBroken
from filrouge.claims.models import Claim, State


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow. ``refusal`` is what the user reads when the claim is not in a from-state."""

    name: str
    origins: tuple[State, ...]
    target: State
    need: Permission
    refusal: str


_S = State
OPEN = (_S.REGISTERED, _S.INQUIRY, _S.PROPOSED, _S.APPROVED)

TRANSITIONS = {
    transition.name: transition
    for transition in (
        Transition(
            "open_inquiry", (_S.REGISTERED,), _S.INQUIRY, Permission.CLAIM_INSTRUCT,
            _("L'enquête de cette demande est déjà ouverte ou terminée."),
        ),
        Transition(
            "propose", (_S.REGISTERED, _S.INQUIRY), _S.PROPOSED, Permission.CLAIM_INSTRUCT,
            _("Cette demande a déjà une proposition en cours. Attendez la relecture."),
        ),
        Transition(
            "approve", (_S.PROPOSED,), _S.APPROVED, Permission.CLAIM_APPROVE,
            _("Aucune proposition n'attend de relecture pour cette demande."),
        ),
        Transition(
            "send_back", (_S.PROPOSED,), _S.INQUIRY, Permission.CLAIM_APPROVE,
            _("Aucune proposition n'attend de relecture pour cette demande."),
        ),
        Transition(
            "take_back", (_S.PROPOSED,), _S.INQUIRY, Permission.CLAIM_INSTRUCT,
            _("Cette proposition a déjà été relue : elle ne se reprend plus."),
        ),
        Transition(
            "transfer", (_S.REGISTERED,), _S.TRANSFERRED, Permission.CLAIM_TRANSFER,
            _("La transmission se fait avant toute enquête : celle-ci a déjà commencé."),
        ),
        Transition(
            "withdraw", OPEN, _S.WITHDRAWN, Permission.CLAIM_INSTRUCT,
            _("Cette demande est close : elle ne peut plus être retirée."),
        ),
    )
}  # fmt: skip


def move(claim: Claim, name: str) -> tuple[str, str]:
    """Move a locked claim along a named arrow; returns (from, to) for the thread.

    Raises ``RuleBroken`` when the claim is not in a state the arrow starts from.
    """
    transition = TRANSITIONS[name]
    if claim.state not in transition.origins:
        raise RuleBroken(gettext(transition.refusal))
    before, claim.state = claim.state, transition.target
    return before, claim.state
