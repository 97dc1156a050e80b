"""From the approved proposal to the notified, paid and possibly contested decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Role
from filrouge.base.records import RuleBroken, store
from filrouge.base.trail.journal import record_act
from filrouge.claims import queries, sheets, turns
from filrouge.claims.access import (
    access_claim,
    access_notification,
    access_payable,
    access_urgent,
)
from filrouge.claims.actions.registration import SUBJECT
from filrouge.claims.models import (
    Aid,
    Appeal,
    Claim,
    Delivery,
    FirstPayment,
    Notification,
    State,
)
from filrouge.council import actions as council
from filrouge.council.models import GRANTING, AgendaItem, Decision
from filrouge.dossier.documents import actions as documents
from filrouge.dossier.documents.models import Document
from filrouge.dossier.terms import actions as terms
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Audience, Family
from filrouge.law import terms as law_terms
from filrouge.law.terms import TermKind


@transaction.atomic
def schedule(
    actor: Actor, claim_id: UUID, session_id: UUID, *, urgent_reason: str = ""
) -> AgendaItem:
    """Put an approved proposal on the agenda of a session, with its frozen sheet.

    A request that was sent on to another centre goes there too, for the body to take note of.
    """
    claim = _to_notify(actor, claim_id)
    if claim.state == State.TRANSFERRED:
        sheet = sheets.transfer_sheet(actor, claim)
    elif queries.decision_on(actor, claim) is not None:
        raise RuleBroken(_("Cette demande est déjà décidée."))
    elif claim.state == State.APPROVED:
        sheet = sheets.sheet_for(actor, claim)
    else:
        raise RuleBroken(_("Seule une proposition approuvée va devant l'organe qui décide."))
    return council.schedule(
        actor,
        session_id,
        subject_kind=SUBJECT,
        subject_id=claim.pk,
        person=claim.person,
        title=sheets.title_of(claim),
        sheet=sheet,
        urgent=bool(urgent_reason.strip()),
        urgent_reason=urgent_reason.strip(),
    )


def _to_notify(actor: Actor, claim_id: UUID) -> Claim:
    """A claim in the hands of the secretariat, locked."""
    need = Permission.CLAIM_NOTIFY
    actor.demand(need)
    return access_claim(actor, claim_id, need, lock=True)


@transaction.atomic
def decide_urgently(
    actor: Actor, claim_id: UUID, *, body_id: UUID, amount_cents: int, reasons: str
) -> Decision:
    """The president grants urgent aid at once; a session ratifies it (organic law, art. 28)."""
    claim = access_urgent(actor, claim_id, lock=True)
    if claim.state in (State.TRANSFERRED, State.WITHDRAWN):
        raise RuleBroken(_("Cette demande est close."))
    if Aid(claim.aid) is Aid.RIS:
        raise RuleBroken(
            _("L'aide urgente est une aide sociale : le revenu d'intégration suit sa procédure.")
        )
    return council.decide_urgently(
        actor,
        body_id=body_id,
        subject_kind=SUBJECT,
        subject_id=claim.pk,
        person=claim.person,
        sheet=sheets.urgent_sheet(actor, claim, amount_cents, reasons),
        reasons=reasons,
    )


@transaction.atomic
def prepare_notification(
    actor: Actor, claim_id: UUID, pdf: bytes | None, translation: bytes | None = None
) -> Notification:
    """Keep the letter of a decision, ready for the two signatures.

    Without *pdf* the letter is kept on paper only (history entered afterwards). *translation* is
    informative and goes with it unsigned.
    """
    claim = _to_notify(actor, claim_id)
    decision = queries.decision_on(actor, claim)
    if decision is None:
        raise RuleBroken(_("Cette demande n'est pas encore décidée."))
    if Notification.objects.filter(centre_id=actor.centre_id, decision=decision).exists():
        raise RuleBroken(_("La lettre de cette décision est déjà prête."))
    notification = Notification(
        centre=actor.centre, claim=claim, decision=decision, prepared_by=actor.membership
    )
    if pdf is not None:
        notification.letter = _keep(actor, claim, pdf, _("Décision %s, à signer"))
    if translation is not None:
        title = _("Décision %s, traduction informative")
        notification.translation = _keep(actor, claim, translation, title)
    store(notification)
    record_act(actor, "claims.prepare_notification", SUBJECT, claim.pk, person_id=claim.person_id)
    return notification


def _keep(actor: Actor, claim: Claim, pdf: bytes, title: str) -> Document:
    return documents.keep_letter(
        actor, claim.person, title=title % claim.reference, pdf=pdf,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip


@transaction.atomic
def sign_notification(
    actor: Actor, claim_id: UUID, write: Callable[[Notification], bytes] | None = None
) -> Notification:
    """Sign the letter as president or as director general; each signs once.

    With the second signature *write* gives the final letter, which is kept.
    """
    actor.demand(Permission.MINUTES_SIGN)
    notification = access_notification(actor, claim_id, lock=True)
    if notification.sent_on is not None:
        raise RuleBroken(_("Cette lettre est déjà partie."))
    president = actor.role == Role.PRESIDENT
    if notification.president_signed_at if president else notification.director_signed_at:
        raise RuleBroken(_("Vous avez déjà signé cette lettre."))
    if president:
        notification.president, notification.president_signed_at = actor.membership, actor.now
    else:
        notification.director, notification.director_signed_at = actor.membership, actor.now
    both = notification.president_signed_at and notification.director_signed_at
    if both and write is not None:
        notification.letter = _keep(
            actor, notification.claim, write(notification), _("Décision %s, signée")
        )
    store(notification)
    record_act(
        actor, "claims.sign_notification", SUBJECT, claim_id,
        person_id=notification.claim.person_id,
    )  # fmt: skip
    return notification


@transaction.atomic
def send_notification(
    actor: Actor, claim_id: UUID, *, delivery: Delivery, delivery_number: str, sent_on: date
) -> Notification:
    """Note that the letter left, registered or against receipt; the eight days stop, appeal runs."""
    actor.demand(Permission.CLAIM_NOTIFY)
    notification = access_notification(actor, claim_id, lock=True)
    _check_sending(actor, notification, sent_on)
    if delivery is Delivery.REGISTERED_POST and not delivery_number.strip():
        raise ValidationError({"delivery_number": _("Indiquez le numéro du recommandé.")})
    notification.delivery = delivery
    notification.delivery_number = delivery_number.strip()
    notification.sent_on = sent_on
    store(notification)
    claim, decision = notification.claim, notification.decision
    tie(
        actor, claim.person, "claims.notify", _("Décision notifiée"),
        text=_("%(how)s, le %(day)s.")
        % {"how": notification.get_delivery_display(), "day": sent_on.strftime("%d/%m/%Y")},
        family=Family.DECISIONS, audience=Audience.PERSON,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.stop(actor, claim.pk, (TermKind.NOTIFICATION,), sent_on, _("décision notifiée"))
    _run_after_notice(actor, claim, decision, sent_on)
    record_act(actor, "claims.send_notification", SUBJECT, claim.pk, person_id=claim.person_id)
    return notification


def _check_sending(actor: Actor, notification: Notification, sent_on: date) -> None:
    if notification.sent_on is not None:
        raise RuleBroken(_("Cette lettre est déjà partie."))
    if not (notification.president_signed_at and notification.director_signed_at):
        raise RuleBroken(_("La lettre attend encore une signature."))
    if sent_on < notification.decision.decided_on:
        raise ValidationError({"sent_on": _("Une décision se notifie après avoir été prise.")})
    if sent_on > actor.today:
        raise ValidationError({"sent_on": _("Notez l'envoi le jour où il a lieu.")})


def _run_after_notice(actor: Actor, claim: Claim, decision: Decision, sent_on: date) -> None:
    terms.start(
        actor, claim.person,
        law_terms.compute(TermKind.APPEAL, sent_on, regime=claim.regime), turns.appeal(claim),
        subject_kind=SUBJECT, subject_id=claim.pk, referent=claim.referent,
    )  # fmt: skip
    if decision.measure in GRANTING and Aid(claim.aid) in (Aid.RIS, Aid.EQUIVALENT):
        terms.start(
            actor, claim.person,
            law_terms.compute(TermKind.REVIEW, decision.decided_on, regime=claim.regime),
            turns.yearly_review(claim),
            subject_kind=SUBJECT, subject_id=claim.pk, referent=claim.referent,
        )  # fmt: skip


@transaction.atomic
def record_first_payment(
    actor: Actor, claim_id: UUID, paid_on: date, amount_cents: int
) -> FirstPayment:
    """Note the day the first payment left; the fifteen days stop."""
    claim, decision = access_payable(actor, claim_id, lock=True)
    actor.demand(Permission.PAYMENT_RECORD)
    if queries.payment_of(actor, decision) is not None:
        raise RuleBroken(_("Le premier paiement de cette décision est déjà noté."))
    if paid_on < decision.decided_on or paid_on > actor.today:
        raise ValidationError(
            {"paid_on": _("Le paiement suit la décision et ne se note pas à l'avance.")}
        )
    payment = FirstPayment(
        centre=actor.centre, decision=decision, paid_on=paid_on, amount_cents=amount_cents,
        recorded_by=actor.membership,
    )  # fmt: skip
    store(payment)
    tie(
        actor, claim.person, "claims.pay", _("Premier paiement"),
        family=Family.DECISIONS, audience=Audience.PERSON,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.stop(actor, claim.pk, (TermKind.PAYMENT,), paid_on, _("premier paiement fait"))
    record_act(actor, "claims.record_payment", SUBJECT, claim.pk, person_id=claim.person_id)
    return payment


@transaction.atomic
def record_appeal(
    actor: Actor, claim_id: UUID, *, lodged_on: date, reference: str, note: str
) -> Appeal:
    """Note that the person went to the labour tribunal."""
    claim = access_claim(actor, claim_id, Permission.CLAIM_READ, lock=True)
    decision = queries.decision_on(actor, claim)
    if decision is None:
        raise RuleBroken(_("Cette demande n'est pas encore décidée."))
    if lodged_on < decision.decided_on or lodged_on > actor.today:
        raise ValidationError({"lodged_on": _("Un recours suit la décision.")})
    appeal = Appeal(
        centre=actor.centre, decision=decision, lodged_on=lodged_on, reference=reference.strip(),
        note=note.strip(), recorded_by=actor.membership,
    )  # fmt: skip
    store(appeal)
    tie(
        actor, claim.person, "claims.appeal", _("Recours au tribunal du travail"),
        text=appeal.note, family=Family.DECISIONS, audience=Audience.PERSON,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.stop(actor, claim.pk, (TermKind.APPEAL,), lodged_on, _("recours introduit"))
    record_act(actor, "claims.record_appeal", SUBJECT, claim.pk, person_id=claim.person_id)
    return appeal
