"""The social inquiry: conditions, state of need, visits, documents, the computation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.records import RuleBroken, check_version, store, store_change
from filrouge.base.trail.journal import record_act
from filrouge.claims import states, turns
from filrouge.claims.access import access_claim
from filrouge.claims.actions.registration import SUBJECT
from filrouge.claims.models import (
    CONDITIONS,
    Aid,
    Claim,
    Exemption,
    Finding,
    FrozenEntitlement,
    HomeVisit,
    Result,
    State,
)
from filrouge.dossier.documents import actions as documents
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.dossier.terms import actions as terms
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Audience
from filrouge.law import ris
from filrouge.law.case import Case
from filrouge.law.terms import TermKind


@transaction.atomic
def open_inquiry(actor: Actor, claim_id: UUID, version: int | None = None) -> Claim:
    """The centre is competent: the inquiry starts and the term for a transfer stops."""
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT, lock=True)
    if claim.referent is None:
        raise RuleBroken(_("Attribuez d'abord la demande à un travailleur social."))
    before, after = states.move(claim, "open_inquiry")
    check_version(claim, version)
    store_change(claim)
    tie(
        actor, claim.person, "claims.open_inquiry", _("Enquête sociale ouverte"),
        audience=Audience.PERSON, from_state=before, to_state=after,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.stop(actor, claim.pk, (TermKind.TRANSFER,), actor.today, _("le centre est compétent"))
    terms.hand_over(actor, claim.pk, turns.inquiry(claim))
    record_act(actor, "claims.open_inquiry", SUBJECT, claim.pk, person_id=claim.person_id)
    return claim


def _in_inquiry(actor: Actor, claim_id: UUID) -> Claim:
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT, lock=True)
    if claim.state != State.INQUIRY:
        raise RuleBroken(_("L'enquête de cette demande n'est pas ouverte."))
    return claim


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What the inquiry established about one condition; *evidence* holds document keys."""

    condition: str
    result: Result
    text: str = ""
    exemption: Exemption | str = ""
    appraised_by: str = ""
    evidence: tuple[UUID, ...] = ()


class FindingRefused(RuleBroken):
    """One of several findings is refused; ``condition`` says which."""

    def __init__(self, condition: str, error: ValidationError) -> None:
        super().__init__(error.error_dict if hasattr(error, "error_dict") else error.messages)
        self.condition = condition


@transaction.atomic
def record_findings(actor: Actor, claim_id: UUID, drafts: Sequence[FindingDraft]) -> list[Finding]:
    """Record what the inquiry established, with what proves it: all of it, or nothing.

    Only willingness to work can be exempt. A finding never changes: a newer one replaces it. One
    visit to the page makes one knot on the thread. Raises ``FindingRefused`` for the first
    finding that a rule refuses.
    """
    claim = _in_inquiry(actor, claim_id)
    if not drafts:
        return []
    recorded = [_record_finding(actor, claim, draft) for draft in drafts]
    told = [_told(finding) for finding in recorded]
    tie(
        actor, claim.person, "claims.findings",
        told[0] if len(told) == 1 else _("Constats de l'enquête"),
        text=recorded[0].text if len(told) == 1 else "\n".join(told),
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    record_act(
        actor, "claims.record_findings", SUBJECT, claim.pk, person_id=claim.person_id,
        why=",".join(draft.condition for draft in drafts),
    )  # fmt: skip
    return recorded


def _told(finding: Finding) -> str:
    return f"{CONDITIONS[finding.condition].label} : {finding.get_result_display()}"


def _record_finding(actor: Actor, claim: Claim, draft: FindingDraft) -> Finding:
    exemptions = CONDITIONS[draft.condition].exemptions
    finding = Finding(
        centre=actor.centre,
        claim=claim,
        condition=draft.condition,
        result=draft.result,
        exemption=draft.exemption,
        appraised_by=draft.appraised_by.strip(),
        text=draft.text.strip(),
        recorded_by=actor.membership,
        recorded_at=actor.now,
    )
    try:
        if draft.result == Result.EXEMPT:
            _check_exemption(exemptions, draft)
        store(finding)
    except ValidationError as error:
        raise FindingRefused(draft.condition, error) from error
    if draft.evidence:
        finding.evidence.set(
            Document.objects.filter(
                centre_id=actor.centre_id, person_id=claim.person_id, pk__in=draft.evidence
            )
        )
    return finding


def _check_exemption(allowed: Sequence[str], draft: FindingDraft) -> None:
    if not allowed:
        raise ValidationError(
            {"result": _("La loi ne prévoit de dispense que pour la disposition à travailler.")}
        )
    if draft.exemption not in allowed:
        raise ValidationError({"exemption": _("Une dispense cite sa raison : santé ou équité.")})
    if not draft.appraised_by.strip():
        raise ValidationError(
            {"appraised_by": _("Indiquez qui a apprécié la raison de santé ou d'équité.")}
        )


def record_finding(
    actor: Actor,
    claim_id: UUID,
    condition: str,
    result: Result,
    *,
    text: str = "",
    exemption: Exemption | str = "",
    appraised_by: str = "",
    evidence: Iterable[UUID] = (),
) -> Finding:
    """Record what the inquiry established about one condition."""
    draft = FindingDraft(condition, result, text, exemption, appraised_by, tuple(evidence))
    return record_findings(actor, claim_id, [draft])[0]


@transaction.atomic
def record_state_of_need(
    actor: Actor, claim_id: UUID, text: str, version: int | None = None
) -> Claim:
    """Establish the state of need, on which social aid rests (organic law of 8 July 1976, art. 1)."""
    claim = _in_inquiry(actor, claim_id)
    if not text.strip():
        raise ValidationError({"state_of_need": _("Décrivez l'état de besoin constaté.")})
    check_version(claim, version)
    claim.state_of_need = text.strip()
    store_change(claim)
    tie(
        actor, claim.person, "claims.state_of_need", _("État de besoin constaté"),
        text=claim.state_of_need, subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    record_act(actor, "claims.state_of_need", SUBJECT, claim.pk, person_id=claim.person_id)
    return claim


@transaction.atomic
def record_visit(actor: Actor, claim_id: UUID, visited_on: date, text: str) -> HomeVisit:
    """Note a home visit."""
    claim = _in_inquiry(actor, claim_id)
    if visited_on > actor.today:
        raise ValidationError({"visited_on": _("Une visite se note après l'avoir faite.")})
    visit = HomeVisit(
        centre=actor.centre,
        claim=claim,
        visited_on=visited_on,
        text=text.strip(),
        visited_by=actor.membership,
    )
    store(visit)
    tie(
        actor, claim.person, "claims.visit", _("Visite à domicile"), text=visit.text,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    record_act(actor, "claims.record_visit", SUBJECT, claim.pk, person_id=claim.person_id)
    return visit


@transaction.atomic
def ask_documents(
    actor: Actor, claim_id: UUID, wanted: Sequence[tuple[DocumentKind, str]], due_on: date
) -> list[DocumentRequest]:
    """Ask the person only for what is nowhere in the file, by a day."""
    claim = _in_inquiry(actor, claim_id)
    asked = documents.ask(
        actor, claim.person_id, list(wanted), due_on, subject_kind=SUBJECT, subject_id=claim.pk
    )
    record_act(actor, "claims.ask_documents", SUBJECT, claim.pk, person_id=claim.person_id)
    return asked


@transaction.atomic
def freeze_entitlement(
    actor: Actor, claim_id: UUID, case: Case, category_reason: str
) -> FrozenEntitlement:
    """Compute the right and keep it as computed, with inputs and parameters.

    Raises ``RuleBroken`` for a household that the law as coded does not cover.
    """
    claim = _in_inquiry(actor, claim_id)
    if Aid(claim.aid) not in (Aid.RIS, Aid.EQUIVALENT):
        raise RuleBroken(_("Seul le revenu d'intégration et l'aide équivalente se calculent ici."))
    if case.starts_on < claim.received_on:
        raise ValidationError(
            {"starts_on": _("Le droit s'ouvre au plus tôt le jour de la demande.")}
        )
    if not category_reason.strip():
        raise ValidationError({"category_reason": _("Dites pourquoi cette catégorie.")})
    entitlement = ris.entitlement(case)
    if not entitlement.covered:
        raise RuleBroken(_("Non couvert : %s") % " ".join(entitlement.not_covered))
    frozen = FrozenEntitlement(
        centre=actor.centre,
        claim=claim,
        on=case.on,
        case=case.as_dict(),
        result=entitlement.as_dict(),
        category=int(entitlement.category),
        category_reason=category_reason.strip(),
        monthly_cents=entitlement.monthly_right,
        yearly_cents=entitlement.yearly_right,
        first_month_cents=entitlement.first_month,
        parameters_digest=entitlement.parameters_digest,
        package_version=entitlement.package_version,
        frozen_by=actor.membership,
        frozen_at=actor.now,
    )
    store(frozen)
    tie(
        actor, claim.person, "claims.freeze", _("Calcul du revenu d'intégration"),
        text=frozen.category_reason, subject_kind="entitlement", subject_id=frozen.pk,
    )  # fmt: skip
    record_act(actor, "claims.freeze_entitlement", SUBJECT, claim.pk, person_id=claim.person_id)
    return frozen
