"""Deciding: votes, decisions, adjournments, and the president's urgent decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership, Role
from filrouge.base.records import RuleBroken, check_version, store, store_change
from filrouge.base.trail.journal import record_act
from filrouge.council import attendance, papers, states, words
from filrouge.council.access import access_body, access_item
from filrouge.council.actions.agenda import (
    give_back,
    propose_ratification,
    tell,
)
from filrouge.council.models import (
    GRANTING,
    RATIFICATION,
    AgendaItem,
    Body,
    Decision,
    Measure,
    Session,
)
from filrouge.council.sheets import Sheet
from filrouge.dossier.terms import actions as terms
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Audience, Family
from filrouge.law import terms as law_terms
from filrouge.people.models import LARGEST_AMOUNT, Mission, MissionKind, Person

_DECISION = law_terms.TermKind.DECISION


@dataclass(frozen=True, slots=True)
class _Ruling:
    """What is decided, whoever decides it. Amounts in euro cents a month."""

    measure: Measure
    amount_cents: int | None
    category: int | None
    starts_on: date | None
    ends_on: date | None
    rhythm: str
    grounds_in_fact: str
    grounds_in_law: str
    reasons: str = ""
    follows_proposal: bool = True


@dataclass(frozen=True, slots=True)
class _Vote:
    votes_for: int
    votes_against: int
    abstentions: int
    president_votes_for: bool

    @property
    def total(self) -> int:
        return self.votes_for + self.votes_against + self.abstentions


@transaction.atomic
def decide(
    actor: Actor,
    item_id: UUID,
    *,
    follows_proposal: bool,
    votes_for: int,
    votes_against: int = 0,
    abstentions: int = 0,
    measure: Measure | str = "",
    amount_cents: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    category: int | None = None,
    rhythm: str = "",
    grounds_in_fact: str = "",
    grounds_in_law: str = "",
    reasons: str = "",
    president_votes_for: bool = True,
    version: int | None = None,
) -> Decision:
    """Record what the body decides about a point, with its vote.

    Following the proposal copies the frozen sheet, whatever the other fields say; deciding
    otherwise needs them and *reasons*. The date of the decision is that of the session: the
    decision term stops there and the follow-up terms of the sheet start.

    Raises ``RuleBroken`` without quorum, when more votes are counted than members may vote,
    when the vote does not carry the measure (on equality the president's vote decides, if the
    body has it so and *president_votes_for*), or before the request was received; and
    ``ValidationError`` by field. Nothing is written then.
    """
    item = access_item(actor, item_id, Permission.DECISION_RECORD, lock=True)
    check_version(item, version)
    states.check(item.session, "hold")
    states.check_item(item, "decide")
    vote = _Vote(votes_for, votes_against, abstentions, president_votes_for)
    casting = _carried(item, vote)
    proposal = _proposal(item.sheet)
    ruling = proposal
    if not follows_proposal:
        ruling = _otherwise(
            _Ruling(
                Measure(measure), amount_cents, category, starts_on, ends_on, rhythm,
                grounds_in_fact, grounds_in_law, reasons.strip(), follows_proposal=False,
            )
        )  # fmt: skip
    decision = _decision(actor, item.session.body, item.person, item.sheet, ruling)
    decision.item = item
    decision.decided_on = item.session.held_on
    decision.votes_for, decision.votes_against = votes_for, votes_against
    decision.abstentions, decision.casting_vote_used = abstentions, casting
    decision.subject_kind, decision.subject_id = item.subject_kind, item.subject_id
    _settle_urgency(actor, decision)
    _conclude(actor, decision)
    _record(actor, decision, "council.decide")
    return decision


def _carried(item: AgendaItem, vote: _Vote) -> bool:
    """Whether the casting vote was needed; raises ``RuleBroken`` if the vote does not carry."""
    session = item.session
    attending = list(attendance.of(session))
    inside = sum(one.in_the_room for one in attending)
    attendance.demand_quorum(inside, len(attending))
    voters = attendance.voters(item, attending)
    if min(vote.votes_for, vote.votes_against, vote.abstentions) < 0:
        raise RuleBroken({"votes_for": _("Un nombre de voix ne peut pas être négatif.")})
    if vote.total > len(voters):
        raise RuleBroken(
            {
                "votes_for": _("%(votes)d voix pour %(voters)d membre(s) qui peuvent voter.")
                % {"votes": vote.total, "voters": len(voters)}
            }
        )
    if vote.votes_for > vote.votes_against:
        return False
    chair = any(one.presides for one in voters)
    tied = vote.votes_for == vote.votes_against and vote.votes_for > 0
    if tied and session.body.casting_vote and chair and vote.president_votes_for:
        return True
    raise RuleBroken({"votes_for": _not_adopted(vote, tied)})


def _not_adopted(vote: _Vote, tied: bool) -> str:
    figures = {"for": vote.votes_for, "against": vote.votes_against}
    if tied:
        return (
            _(
                "Parité, %(for)d contre %(against)d : la proposition n'est pas adoptée. Faites "
                "voter une autre mesure, ou reportez le point."
            )
            % figures
        )
    return (
        _(
            "%(for)d pour, %(against)d contre : la proposition n'est pas adoptée. Faites voter "
            "une autre mesure, ou reportez le point."
        )
        % figures
    )


def _proposal(sheet: dict[str, Any]) -> _Ruling:
    return _Ruling(
        measure=Measure(sheet["measure"]),
        amount_cents=sheet["amount_cents"],
        category=sheet["category"],
        starts_on=_day(sheet["starts_on"]),
        ends_on=_day(sheet["ends_on"]),
        rhythm=sheet["rhythm"],
        grounds_in_fact=sheet["grounds_in_fact"],
        grounds_in_law=sheet["grounds_in_law"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _otherwise(ruling: _Ruling) -> _Ruling:
    """Check a ruling that departs from the proposal; without a grant there is no amount."""
    if not ruling.reasons:
        raise RuleBroken({"reasons": _("Décider autrement demande des raisons écrites.")})
    if ruling.measure not in GRANTING:
        return replace(ruling, amount_cents=None, category=None, ends_on=None, rhythm="")
    if ruling.starts_on is None:
        raise RuleBroken({"starts_on": _("Indiquez à partir de quel jour l'aide est accordée.")})
    if ruling.amount_cents is not None and not 0 < ruling.amount_cents <= LARGEST_AMOUNT:
        raise RuleBroken({"amount_cents": _("Ce montant n'est pas plausible : vérifiez-le.")})
    if ruling.amount_cents is not None and not ruling.rhythm:
        raise RuleBroken({"rhythm": _("Choisissez le rythme de paiement.")})
    return ruling


def _decision(
    actor: Actor, body: Body, person: Person | None, sheet: dict[str, Any], ruling: _Ruling
) -> Decision:
    return Decision(
        centre=actor.centre,
        body=body,
        person=person,
        aid=sheet["aid"],
        sheet=sheet,
        decided_at=actor.now,
        follows_proposal=ruling.follows_proposal,
        measure=ruling.measure,
        amount_cents=ruling.amount_cents,
        category=ruling.category,
        starts_on=ruling.starts_on,
        ends_on=ruling.ends_on,
        rhythm=ruling.rhythm,
        grounds_in_fact=ruling.grounds_in_fact,
        grounds_in_law=ruling.grounds_in_law,
        reasons=ruling.reasons,
        recorded_by=actor.membership,
    )


def _settle_urgency(actor: Actor, decision: Decision) -> None:
    """On an item that asks to ratify: following ratifies, deciding otherwise replaces.

    A replacement is a decision on the request itself; a ratification only confirms the urgent
    decision and is none on the request: nothing is notified or paid twice.
    """
    if decision.subject_kind != RATIFICATION:
        return
    urgent = Decision.objects.get(centre_id=actor.centre_id, pk=decision.subject_id)
    if decision.follows_proposal:
        decision.ratifies = urgent
    else:
        decision.subject_kind, decision.subject_id = urgent.subject_kind, urgent.subject_id


def _conclude(actor: Actor, decision: Decision) -> None:
    """Write the decision and what follows from it: terms, thread."""
    received_on = _day(decision.sheet["received_on"])
    if received_on is not None and decision.decided_on < received_on:
        raise RuleBroken(
            _("La demande a été reçue le %(day)s : une décision ne peut pas la précéder.")
            % {"day": words.day(received_on)}
        )
    store(decision)
    if decision.ratifies_id is None:
        _move_terms(actor, decision)
    _tell_decided(actor, decision)


def _record(actor: Actor, decision: Decision, act: str) -> None:
    record_act(
        actor, act, "decision", decision.pk, person_id=decision.person_id, why=decision.measure
    )


def _move_terms(actor: Actor, decision: Decision) -> None:
    """Stop the decision term; start what the sheet announced and does not run already."""
    if decision.person is None:
        return
    running = list(terms.running_on(actor, decision.subject_id))
    referent = _referent(actor, decision.person, [term.referent for term in running])
    # An aid without an amount (guidance, debt mediation) has nothing to pay.
    granted = decision.measure in GRANTING and decision.amount_cents is not None
    by = _("Décision du %(day)s") % {"day": words.day(decision.decided_on)}
    stopped = (_DECISION,) if granted else (_DECISION, law_terms.TermKind.PAYMENT)
    terms.stop(actor, decision.subject_id, stopped, decision.decided_on, by)
    known = {term.kind for term in running} - {kind.value for kind in stopped}
    for follow_up in decision.sheet["follow_up"]:
        if follow_up["term"] in known or (follow_up["only_if_granted"] and not granted):
            continue
        term = law_terms.compute(
            law_terms.TermKind(follow_up["term"]),
            decision.decided_on,
            law_terms.Regime(follow_up["regime"]),
        )
        terms.start(
            actor, decision.person, term, _turn(follow_up), referent=referent,
            subject_kind=decision.subject_kind, subject_id=decision.subject_id,
        )  # fmt: skip


def _turn(follow_up: dict[str, Any]) -> terms.Turn:
    return terms.Turn(
        next_step=follow_up["next_step"],
        button=follow_up["button"],
        address=follow_up["address"],
        role=Role(follow_up["role"]) if follow_up["role"] else None,
    )


def _referent(actor: Actor, person: Person, known: list[Membership | None]) -> Membership | None:
    """Who answers for the file: as the running terms say, else the person's referent."""
    for membership in known:
        if membership is not None:
            return membership
    mission = Mission.objects.filter(
        centre_id=actor.centre_id, person=person, kind=MissionKind.REFERENT, ends_on__isnull=True
    ).select_related("membership")
    found = mission.order_by("-starts_on", "id").first()
    return found.membership if found is not None else None


def _tell_decided(actor: Actor, decision: Decision) -> None:
    if decision.person is None:
        return
    title = words.event_title(decision)
    if decision.urgent_by_president:
        title = _("Décision urgente du président, à ratifier")
    elif decision.ratifies_id is not None:
        title = _("Décision urgente ratifiée")
    tie(
        actor, decision.person, "council_decided", title, family=Family.DECISIONS,
        text=words.full_outcome(decision), audience=Audience.COUNCIL,
        from_state=states.ItemStage.TO_DECIDE, to_state=states.ItemStage.DECIDED,
        reason=decision.reasons, subject_kind=decision.subject_kind,
        subject_id=decision.subject_id,
    )  # fmt: skip


@transaction.atomic
def adjourn(
    actor: Actor,
    item_id: UUID,
    reason: str,
    hearing_first: bool = False,
    version: int | None = None,
) -> AgendaItem:
    """Put a point off; with *hearing_first* the person is heard before it comes back.

    The decision term is not touched: it keeps running and the event says until when.
    """
    item = access_item(actor, item_id, Permission.DECISION_RECORD, lock=True)
    check_version(item, version)
    states.check(item.session, "hold")
    states.check_item(item, "adjourn")
    if not reason.strip():
        raise RuleBroken({"reason": _("Écrivez pourquoi le point est reporté.")})
    item.adjourned_at, item.adjourned_reason = actor.now, reason.strip()
    item.hearing_first = hearing_first
    store_change(item)
    give_back(actor, item, _next_after(hearing_first))
    title = _("Reporté : la personne sera entendue d'abord") if hearing_first else _("Reporté")
    tell(
        actor, item, "council_adjourned", title, text=_clock(actor, item),
        reason=item.adjourned_reason,
        moved=(states.ItemStage.TO_DECIDE, states.ItemStage.ADJOURNED),
    )  # fmt: skip
    record_act(actor, "council.adjourn", "agenda_item", item.pk, person_id=item.person_id)
    return item


def _next_after(hearing_first: bool) -> str:
    if hearing_first:
        return _("Inviter la personne à être entendue, puis inscrire à une autre séance")
    return _("Inscrire à une autre séance")


def _clock(actor: Actor, item: AgendaItem) -> str:
    running = terms.running_on(actor, item.subject_id).filter(kind=_DECISION.value).first()
    if running is None:
        return ""
    return _("Le délai de décision continue de courir : il prend fin le %(day)s.") % {
        "day": words.day(running.due_on)
    }


@transaction.atomic
def decide_urgently(
    actor: Actor,
    *,
    body_id: UUID,
    subject_kind: str,
    subject_id: UUID,
    person: Person,
    sheet: Sheet,
    reasons: str,
) -> Decision:
    """The president grants urgent aid at once, as proposed; the body ratifies it next time.

    Its ratification goes on the agenda of the next session, or of the first one planned.
    *person* comes from the proposing room's access function. Raises ``RuleBroken`` without a
    written urgency, for a proposal that grants nothing, or when the subject is decided already.
    """
    body = access_body(actor, body_id, Permission.URGENT_DECIDE)
    if not reasons.strip():
        raise RuleBroken({"reasons": _("Écrivez en quoi l'aide ne peut pas attendre la séance.")})
    ruling = replace(_proposal(sheet.as_json()), reasons=reasons.strip())
    if ruling.measure not in GRANTING:
        raise RuleBroken(_("L'urgence sert à accorder une aide : ce n'est pas proposé ici."))
    known = Decision.objects.filter(centre_id=actor.centre_id, subject_id=subject_id)
    if known.exists():
        raise RuleBroken(_("Cette demande est déjà décidée."))
    decision = _decision(actor, body, person, sheet.as_json(), ruling)
    decision.decided_on = actor.today
    decision.subject_kind, decision.subject_id = subject_kind, subject_id
    decision.urgent_by_president = True
    session = _next_session(actor, body)
    _conclude(actor, decision)
    if session is not None:
        propose_ratification(actor, decision, session)
    papers.keep_urgent_decision(actor, decision, session)
    _record(actor, decision, "council.decide_urgently")
    return decision


def _next_session(actor: Actor, body: Body) -> Session | None:
    """The body's next session that is not held yet, locked."""
    return (
        Session.objects.select_for_update(of=("self",))
        .filter(
            centre_id=actor.centre_id, body=body, opened_at__isnull=True,
            held_on__gte=actor.today,
        )
        .order_by("starts_at", "id")
        .first()
    )  # fmt: skip
