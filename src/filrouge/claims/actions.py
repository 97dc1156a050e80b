"""Everything that is written about a claim, one function per thing a user does.

Each runs in one transaction and follows the same order: lock, access, state, version, facts,
thread, terms, trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership, Role, Service, ServiceKind
from filrouge.base.centres.numbering import next_number
from filrouge.base.records import RuleBroken, check_version, store, store_change, uuid7
from filrouge.base.trail.journal import record_act
from filrouge.claims import states, turns
from filrouge.claims.access import access_claim
from filrouge.claims.models import (
    Aid,
    Channel,
    Claim,
    Exemption,
    Finding,
    FrozenEntitlement,
    HomeVisit,
    Proposal,
    Result,
    Review,
    State,
    Transfer,
)
from filrouge.council.models import GRANTING, Measure
from filrouge.dossier.documents import actions as documents
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.dossier.terms import actions as terms
from filrouge.dossier.terms.models import Term
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Audience, Family
from filrouge.law import eligibility, ris
from filrouge.law import terms as law_terms
from filrouge.law.case import Case
from filrouge.law.terms import TermKind
from filrouge.people.access import access_person
from filrouge.people.actions import give_mission
from filrouge.people.models import Mission, MissionKind, Person

SUBJECT = "claim"
CONDITIONS = {condition.key.value: condition for condition in eligibility.CONDITIONS}


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
    claims = [_enter(actor, person, request, aid, intake, referent, service) for aid in request.aids]
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
    if mission is not None:
        return mission.membership
    return actor.membership if actor.role == Role.SOCIAL_WORKER else None


def _service_for(actor: Actor, referent: Membership | None) -> Service:
    if referent is not None and referent.service is not None:
        return referent.service
    return Service.objects.filter(centre_id=actor.centre_id, kind=ServiceKind.GENERAL).earliest("id")


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


@transaction.atomic
def withdraw(actor: Actor, claim_id: UUID, reason: str, version: int | None) -> Claim:
    """The person withdraws the request; the clocks stop, the register keeps the entry."""
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT, lock=True)
    if not reason.strip():
        raise ValidationError({"reason": _("Dites comment la personne a retiré sa demande.")})
    before, after = states.move(claim, "withdraw")
    check_version(claim, version)
    store_change(claim)
    tie(
        actor, claim.person, "claims.withdraw", _("Demande retirée par la personne"),
        text=reason, audience=Audience.PERSON, from_state=before, to_state=after, reason=reason,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.stop_all(actor, claim.pk, actor.today, _("demande retirée"))
    record_act(actor, "claims.withdraw", SUBJECT, claim.pk, person_id=claim.person_id)
    return claim


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


@transaction.atomic
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
    """Record what the inquiry established about one condition, with what proves it.

    Only willingness to work can be exempt. A finding never changes: a newer one replaces it.
    """
    claim = _in_inquiry(actor, claim_id)
    rule = CONDITIONS[condition]
    if result == Result.EXEMPT and exemption not in rule.exemptions:
        raise ValidationError(
            {"result": _("La loi ne prévoit de dispense que pour la disposition à travailler.")}
        )
    finding = Finding(
        centre=actor.centre,
        claim=claim,
        condition=condition,
        result=result,
        exemption=exemption,
        appraised_by=appraised_by.strip(),
        text=text.strip(),
        recorded_by=actor.membership,
        recorded_at=actor.now,
    )
    store(finding)
    finding.evidence.set(
        Document.objects.filter(
            centre_id=actor.centre_id, person_id=claim.person_id, pk__in=list(evidence)
        )
    )
    tie(
        actor, claim.person, "claims.finding",
        f"{rule.label} : {finding.get_result_display()}",
        text=finding.text, subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    record_act(
        actor, "claims.record_finding", SUBJECT, claim.pk, person_id=claim.person_id, why=condition
    )
    return finding


@transaction.atomic
def record_state_of_need(actor: Actor, claim_id: UUID, text: str) -> Claim:
    """Establish the state of need, on which social aid rests (organic law of 8 July 1976, art. 1)."""
    claim = _in_inquiry(actor, claim_id)
    if not text.strip():
        raise ValidationError({"state_of_need": _("Décrivez l'état de besoin constaté.")})
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal as written by the social worker. Amounts in cents per month."""

    measure: Measure
    grounds_in_fact: str
    grounds_in_law: str
    amount_cents: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    rhythm: str = ""
    piis_due: bool = False
    piis_by: date | None = None
    despite_unknown: str = ""


@transaction.atomic
def propose(actor: Actor, claim_id: UUID, draft: Draft, version: int | None) -> Proposal:
    """Propose a decision to the body; the head of service reads it first.

    Raises ``RuleBroken`` while a condition is not known and no written reason says why.
    """
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT, lock=True)
    if claim.state == State.REGISTERED:
        raise RuleBroken(_("Ouvrez d'abord l'enquête."))
    before, after = states.move(claim, "propose")
    check_version(claim, version)
    frozen = _check_draft(actor, claim, draft)
    granting = draft.measure in GRANTING
    proposal = Proposal(
        centre=actor.centre,
        claim=claim,
        measure=draft.measure,
        entitlement=frozen if granting else None,
        amount_cents=draft.amount_cents if granting else None,
        starts_on=draft.starts_on if granting else None,
        ends_on=draft.ends_on if granting else None,
        rhythm=draft.rhythm if granting else "",
        piis_due=draft.piis_due and granting,
        piis_by=draft.piis_by if draft.piis_due and granting else None,
        grounds_in_fact=draft.grounds_in_fact.strip(),
        grounds_in_law=draft.grounds_in_law.strip(),
        despite_unknown=draft.despite_unknown.strip(),
        author=actor.membership,
        proposed_at=actor.now,
    )
    store(proposal)
    store_change(claim)
    tie(
        actor, claim.person, "claims.propose",
        _("Proposition : %s") % proposal.get_measure_display(),
        text=proposal.grounds_in_fact, from_state=before, to_state=after,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.hand_over(actor, claim.pk, turns.review(claim))
    record_act(actor, "claims.propose", SUBJECT, claim.pk, person_id=claim.person_id)
    return proposal


def _check_draft(actor: Actor, claim: Claim, draft: Draft) -> FrozenEntitlement | None:
    """What the law asks before a proposal; returns the frozen computation it rests on."""
    unknown = [label for label in unknown_conditions(actor, claim)]
    if unknown and not draft.despite_unknown.strip():
        raise ValidationError(
            {
                "despite_unknown": _(
                    "Encore à établir : %s. Établissez-le, ou écrivez pourquoi proposer sans attendre."
                )
                % ", ".join(unknown)
            }
        )
    frozen = latest_entitlement(actor, claim)
    if draft.measure not in GRANTING:
        return None
    if draft.starts_on is None:
        raise ValidationError({"starts_on": _("Dites à partir de quand.")})
    if draft.starts_on < claim.received_on:
        raise ValidationError(
            {"starts_on": _("Le droit s'ouvre au plus tôt le jour de la demande.")}
        )
    if Aid(claim.aid) is not Aid.RIS:
        return frozen
    if frozen is None:
        raise RuleBroken(_("Figez d'abord le calcul : c'est lui qui fonde le montant."))
    if draft.amount_cents is None or draft.amount_cents > frozen.monthly_cents:
        raise ValidationError(
            {"amount_cents": _("Le montant ne peut pas dépasser celui du calcul figé.")}
        )
    return frozen


def unknown_conditions(actor: Actor, claim: Claim) -> list[str]:
    """Labels of what the inquiry has still to establish before a proposal."""
    if Aid(claim.aid) is not Aid.RIS:
        return [] if claim.state_of_need else [_("l'état de besoin")]
    known = {
        finding.condition: finding.result
        for finding in Finding.objects.filter(
            centre_id=actor.centre_id, claim=claim
        ).order_by("recorded_at", "id")
    }
    return [
        condition.label
        for key, condition in CONDITIONS.items()
        if known.get(key, Result.UNKNOWN) == Result.UNKNOWN
    ]


def latest_entitlement(actor: Actor, claim: Claim) -> FrozenEntitlement | None:
    """The computation a proposal rests on: the last one frozen."""
    return (
        FrozenEntitlement.objects.filter(centre_id=actor.centre_id, claim=claim)
        .order_by("-frozen_at", "-id")
        .first()
    )


@transaction.atomic
def take_back(actor: Actor, claim_id: UUID) -> Claim:
    """The author takes an unread proposal back to correct it."""
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT, lock=True)
    before, after = states.move(claim, "take_back")
    store_change(claim)
    tie(
        actor, claim.person, "claims.take_back", _("Proposition reprise par son auteur"),
        from_state=before, to_state=after, subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.hand_over(actor, claim.pk, turns.inquiry(claim))
    record_act(actor, "claims.take_back", SUBJECT, claim.pk, person_id=claim.person_id)
    return claim


@transaction.atomic
def approve(actor: Actor, claim_id: UUID, version: int | None = None) -> Review:
    """The head of service, or the named substitute, approves: it may go to the body."""
    return _review(actor, claim_id, "approve", "", version)


@transaction.atomic
def send_back(actor: Actor, claim_id: UUID, reason: str, version: int | None = None) -> Review:
    """The head of service sends the proposal back, saying what is to be seen again."""
    if not reason.strip():
        raise ValidationError({"reason": _("Dites ce qui est à revoir.")})
    return _review(actor, claim_id, "send_back", reason.strip(), version)


def _review(
    actor: Actor, claim_id: UUID, transition: str, reason: str, version: int | None
) -> Review:
    claim = access_claim(actor, claim_id, Permission.CLAIM_APPROVE, lock=True)
    before, after = states.move(claim, transition)
    check_version(claim, version)
    proposal = (
        Proposal.objects.filter(centre_id=actor.centre_id, claim=claim)
        .select_related("author__user")
        .latest("proposed_at")
    )
    approved = transition == "approve"
    review = Review(
        centre=actor.centre,
        proposal=proposal,
        approved=approved,
        reason=reason,
        reviewer=actor.membership,
        instead_of=_instead_of(actor, claim, proposal),
        reviewed_at=actor.now,
    )
    store(review)
    store_change(claim)
    tie(
        actor, claim.person, f"claims.{transition}",
        _("Proposition approuvée") if approved else _("Proposition renvoyée"),
        text=reason, reason=reason, from_state=before, to_state=after,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    turn = turns.schedule(claim) if approved else turns.sent_back(claim)
    terms.hand_over(actor, claim.pk, turn)
    record_act(actor, f"claims.{transition}", SUBJECT, claim.pk, person_id=claim.person_id)
    return review


def _instead_of(actor: Actor, claim: Claim, proposal: Proposal) -> Membership | None:
    """Four eyes: whose place a substitute takes; refuses one's own proposal."""
    if proposal.author.user_id == actor.user.pk:
        raise PermissionDenied(
            _("Quatre yeux : votre propre proposition est relue par votre remplaçant désigné.")
        )
    if actor.membership.service_id == claim.service_id:
        return None
    head = Membership.objects.filter(
        centre_id=actor.centre_id, service=claim.service, role=Role.HEAD_OF_SERVICE
    ).first()
    if head is None:
        return None
    away = head.pk in actor.stands_for
    own = proposal.author.user_id == head.user_id
    if away or (head.substitute_id == actor.membership.pk and own):
        return head
    raise PermissionDenied(
        _("%s est présent et relit les propositions de son service.") % head.user
    )


def running_terms(actor: Actor, claim: Claim) -> list[Term]:
    """The running terms of a claim (for the letters that announce them)."""
    return list(
        Term.objects.filter(
            centre_id=actor.centre_id, subject_id=claim.pk, stopped_on__isnull=True
        ).order_by("due_on", "id")
    )
