"""Entering a request in the register, giving it to someone, sending it on, withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership, Role, Service, ServiceKind
from filrouge.base.centres.numbering import next_number
from filrouge.base.records import RuleBroken, check_version, store, store_change, uuid7
from filrouge.base.trail.journal import record_act
from filrouge.claims import queries, states, turns
from filrouge.claims.access import access_claim
from filrouge.claims.models import Aid, Channel, Claim, State, Transfer
from filrouge.dossier.documents import actions as documents
from filrouge.dossier.documents.models import Document
from filrouge.dossier.terms import actions as terms
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Audience
from filrouge.law import terms as law_terms
from filrouge.law.terms import TermKind
from filrouge.people.access import access_person
from filrouge.people.actions import give_mission
from filrouge.people.models import Mission, MissionKind, Person

SUBJECT = "claim"


@dataclass(frozen=True, slots=True)
class Request:
    """What is noted at the counter. *received_on* is the true day, even when entered later."""

    received_on: date
    channel: Channel
    aids: tuple[Aid, ...]
    urgent: bool = False
    words: str = ""
    late_entry_reason: str = ""


@transaction.atomic
def register(actor: Actor, person_id: UUID, request: Request) -> list[Claim]:
    """Enter a request in the chronological register: one claim for each aid asked.

    Starts the legal terms from the day of receipt. Raises ``ValidationError`` by field when the
    day is in the future, when a late entry has no reason, when no aid is ticked.
    """
    person = access_person(actor, person_id, Permission.CLAIM_REGISTER, lock=True)
    _check_request(actor, request)
    referent = _referent_of(actor, person)
    service = _service_for(actor, referent)
    intake = uuid7()
    claims = [
        _enter(actor, person, request, aid, intake, referent, service) for aid in request.aids
    ]
    if referent is not None and referent == actor.membership:
        give_mission(
            actor, person.pk, referent, MissionKind.REFERENT, need=Permission.CLAIM_REGISTER
        )
    return claims


def _check_request(actor: Actor, request: Request) -> None:
    if request.received_on > actor.today:
        raise ValidationError({"received_on": _("Une demande ne peut pas être reçue demain.")})
    if not request.aids:
        raise ValidationError({"aids": _("Cochez au moins une aide demandée.")})
    if request.received_on < actor.today and not request.late_entry_reason.strip():
        raise ValidationError(
            {
                "late_entry_reason": _(
                    "La demande s'inscrit le jour même. Dites pourquoi elle ne l'a pas été : "
                    "les délais courent depuis le jour de sa réception."
                )
            }
        )


def _referent_of(actor: Actor, person: Person) -> Membership | None:
    """Who already follows the person; else the social worker who registers."""
    mission = (
        Mission.objects.filter(
            centre_id=actor.centre_id,
            person=person,
            kind=MissionKind.REFERENT,
            ends_on__isnull=True,
        )
        .select_related("membership__user", "membership__service")
        .first()
    )
    if mission is not None and mission.membership.is_worn(actor.today):
        return mission.membership
    return actor.membership if actor.role == Role.SOCIAL_WORKER else None


def _service_for(actor: Actor, referent: Membership | None) -> Service:
    if referent is not None and referent.service is not None:
        return referent.service
    services = Service.objects.filter(centre_id=actor.centre_id, kind=ServiceKind.GENERAL)
    general = services.order_by("name", "id").first()
    if general is None:
        raise RuleBroken(_("Le centre n'a pas de service social général : ajoutez-le d'abord."))
    return general


def _enter(
    actor: Actor,
    person: Person,
    request: Request,
    aid: Aid,
    intake: UUID,
    referent: Membership | None,
    service: Service,
) -> Claim:
    year = actor.today.year
    claim = Claim(
        centre=actor.centre,
        person=person,
        intake=intake,
        year=year,
        number=next_number(actor.centre, "claim", year),
        entered_at=actor.now,
        entered_by=actor.membership,
        received_on=request.received_on,
        late_entry_reason=request.late_entry_reason.strip()
        if request.received_on < actor.today
        else "",
        channel=request.channel,
        aid=aid,
        urgent=request.urgent,
        words=request.words.strip(),
        service=service,
        referent=referent,
    )
    store(claim)
    quoted = f"« {claim.words} »" if claim.words else ""
    tie(
        actor, person, "claims.register",
        _("Demande enregistrée : %(aid)s") % {"aid": claim.get_aid_display()},
        text=" ".join(part for part in (quoted, _("Numéro %s.") % claim.reference) if part),
        audience=Audience.PERSON, to_state=claim.state, reason=claim.late_entry_reason,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    for kind in (TermKind.TRANSFER, TermKind.DECISION):
        _run(actor, claim, kind, claim.received_on, turns.after_registration(claim))
    record_act(actor, "claims.register", SUBJECT, claim.pk, person_id=person.pk)
    return claim


def _run(actor: Actor, claim: Claim, kind: TermKind, start: date, turn: terms.Turn) -> None:
    terms.start(
        actor,
        claim.person,
        law_terms.compute(kind, start, regime=claim.regime),
        turn,
        subject_kind=SUBJECT,
        subject_id=claim.pk,
        referent=claim.referent,
    )


@transaction.atomic
def keep_receipt(actor: Actor, claims: Sequence[Claim], pdf: bytes) -> Document:
    """Keep the one receipt of an intake; handed over or sent the same day."""
    first = claims[0]
    document = documents.keep_letter(
        actor,
        first.person,
        title=_("Accusé de réception %s") % ", ".join(claim.reference for claim in claims),
        pdf=pdf,
        subject_kind=SUBJECT,
        subject_id=first.pk,
    )
    for claim in claims:
        locked = Claim.objects.select_for_update(of=("self",)).get(
            pk=claim.pk, centre_id=actor.centre_id
        )
        locked.receipt = document
        store_change(locked)
        claim.receipt, claim.version = document, locked.version
    return document


@transaction.atomic
def assign(actor: Actor, claim_id: UUID, membership_id: UUID) -> Claim:
    """Give a claim to a social worker; the load of each was shown before choosing."""
    claim = access_claim(actor, claim_id, Permission.MISSION_ASSIGN, lock=True)
    _demand_open(claim)
    worker = Membership.objects.filter(
        centre_id=actor.centre_id, pk=membership_id, role=Role.SOCIAL_WORKER
    ).first()
    if worker is None or not worker.is_worn(actor.today):
        raise ValidationError({"membership": _("Choisissez un travailleur social en fonction.")})
    if worker == claim.referent:
        return claim
    claim.referent = worker
    claim.service = worker.service or claim.service
    store_change(claim)
    give_mission(actor, claim.person_id, worker, MissionKind.REFERENT)
    tie(
        actor, claim.person, "claims.assign",
        _("Demande confiée à %s") % worker.user,
        audience=Audience.PERSON, subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.change_referent(actor, claim.pk, worker)
    if claim.state == State.REGISTERED:
        terms.hand_over(actor, claim.pk, turns.after_registration(claim))
    record_act(actor, "claims.assign", SUBJECT, claim.pk, person_id=claim.person_id)
    return claim


def _demand_open(claim: Claim) -> None:
    if claim.state not in states.OPEN:
        raise RuleBroken(_("Cette demande est close."))


@transaction.atomic
def transfer(
    actor: Actor, claim_id: UUID, to_centre: str, to_address: str, reasons: str, version: int | None
) -> Transfer:
    """Send the request on to the competent centre, before any inquiry (law of 2 April 1965).

    Signed by the competent person; stops both running terms; council is told at its next session.
    """
    claim = access_claim(actor, claim_id, Permission.CLAIM_TRANSFER, lock=True)
    before, after = states.move(claim, "transfer")
    check_version(claim, version)
    sent = Transfer(
        centre=actor.centre,
        claim=claim,
        to_centre=to_centre,
        to_address=to_address,
        reasons=reasons,
        signed_by=actor.membership,
        sent_on=actor.today,
    )
    store(sent)
    store_change(claim)
    tie(
        actor, claim.person, "claims.transfer",
        _("Demande transmise au %s, compétent") % to_centre,
        text=reasons, audience=Audience.PERSON, from_state=before, to_state=after,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.stop_all(actor, claim.pk, actor.today, _("demande transmise au CPAS compétent"))
    record_act(actor, "claims.transfer", SUBJECT, claim.pk, person_id=claim.person_id)
    return sent


@transaction.atomic
def keep_transfer_letters(actor: Actor, claim_id: UUID, letter: bytes, to_person: bytes) -> None:
    """Keep the letter to the other centre and the one that informs the person."""
    claim = access_claim(actor, claim_id, Permission.CLAIM_TRANSFER, lock=True)
    sent = Transfer.objects.select_for_update(of=("self",)).get(
        centre_id=actor.centre_id, claim=claim
    )
    sent.letter = documents.keep_letter(
        actor, claim.person, title=_("Transmission au CPAS compétent"), pdf=letter,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    sent.letter_to_person = documents.keep_letter(
        actor, claim.person, title=_("Information sur la transmission"), pdf=to_person,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    store(sent)


def _refuse_before_the_body(actor: Actor, claim: Claim) -> None:
    """A request that the body decided, or is about to decide, is no longer the worker's alone."""
    if queries.decision_on(actor, claim) is not None:
        raise RuleBroken(_("Cette demande est décidée : elle ne peut plus être retirée."))
    item = queries.agenda_item_of(actor, claim)
    if item is not None and item.adjourned_at is None:
        raise RuleBroken(
            _("Cette demande est à l'ordre du jour du %s : le secrétariat retire d'abord le point.")
            % item.session.held_on.strftime("%d/%m/%Y")
        )


@transaction.atomic
def withdraw(actor: Actor, claim_id: UUID, reason: str, version: int | None) -> Claim:
    """The person withdraws the request; the clocks stop, the register keeps the entry."""
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT, lock=True)
    if not reason.strip():
        raise ValidationError({"reason": _("Dites comment la personne a retiré sa demande.")})
    before, after = states.move(claim, "withdraw")
    check_version(claim, version)
    _refuse_before_the_body(actor, claim)
    store_change(claim)
    tie(
        actor, claim.person, "claims.withdraw", _("Demande retirée par la personne"),
        text=reason, audience=Audience.PERSON, from_state=before, to_state=after, reason=reason,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.stop_all(actor, claim.pk, actor.today, _("demande retirée"))
    record_act(actor, "claims.withdraw", SUBJECT, claim.pk, person_id=claim.person_id)
    return claim
