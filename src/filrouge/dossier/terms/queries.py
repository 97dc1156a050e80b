"""The queue: what is late, due today, this week, and what waits for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.trail import reading
from filrouge.dossier.terms.models import Term
from filrouge.law.terms import TermKind
from filrouge.people.models import Person

LONGEST_QUEUE = 200

PASSIVE = (TermKind.APPEAL.value,)
"""Terms that belong to the person: nobody here has to act, and they lapse by themselves."""


@dataclass(slots=True)
class Queue:
    """A worker's terms, sorted the way a day goes."""

    late: list[Term] = field(default_factory=list)
    today: list[Term] = field(default_factory=list)
    this_week: list[Term] = field(default_factory=list)
    later: list[Term] = field(default_factory=list)
    waiting_for_others: list[Term] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (
            self.late or self.today or self.this_week or self.later or self.waiting_for_others
        )


def running(actor: Actor) -> QuerySet[Term]:
    """Running terms of the centre on which somebody has to act, soonest first."""
    return (
        Term.objects.filter(centre_id=actor.centre_id, stopped_on__isnull=True)
        .exclude(kind__in=PASSIVE)
        .select_related(
            "person", "waits_for_membership__user", "waits_for_service", "referent__user"
        )
        .order_by("due_on", "id")
    )


def my_work(actor: Actor) -> Queue:
    """One's own queue and that of the colleagues one replaces today."""
    mine = _turn_of(actor)
    theirs = Q(referent_id__in=actor.stands_for) & ~mine
    queue = Queue()
    for term in running(actor).filter(mine)[:LONGEST_QUEUE]:
        _day(queue, term.due_on, actor.today).append(term)
    queue.waiting_for_others = list(running(actor).filter(theirs)[:LONGEST_QUEUE])
    _note(queue)
    return queue


def _turn_of(actor: Actor) -> Q:
    by_role = Q(waits_for_role=actor.role.value) & (
        Q(waits_for_service__isnull=True) | Q(waits_for_service_id__in=actor.service_ids)
    )
    return Q(waits_for_membership_id__in=actor.stands_for) | by_role


def team_work(actor: Actor) -> list[Term]:
    """The queue of the services that a head leads, to share the work out."""
    actor.demand(Permission.TEAM_QUEUE)
    in_service = Q(referent__service_id__in=actor.service_ids) | Q(
        waits_for_service_id__in=actor.service_ids
    )
    terms = list(running(actor).filter(in_service)[:LONGEST_QUEUE])
    reading.note_listed(term.person_id for term in terms)
    return terms


def _day(queue: Queue, due_on: date, today: date) -> list[Term]:
    if due_on < today:
        return queue.late
    if due_on == today:
        return queue.today
    if due_on <= today + timedelta(days=7):
        return queue.this_week
    return queue.later


def _note(queue: Queue) -> None:
    shown = (queue.late, queue.today, queue.this_week, queue.later, queue.waiting_for_others)
    reading.note_listed(term.person_id for terms in shown for term in terms)


def running_on_file(actor: Actor, person: Person, size: int) -> list[Term]:
    """The next running terms of a file that the caller opened."""
    terms = running(actor).select_related(None).select_related("waits_for_membership__user")
    return list(terms.filter(person=person)[:size])


def next_of(actor: Actor, person: Person) -> Term | None:
    """The next running term of a file, for the top of the person's page."""
    return running(actor).filter(person=person).first()


def terms_of(actor: Actor, subject_ids: Iterable[UUID]) -> list[Term]:
    """Every term of some subjects, running or stopped, in order of their start."""
    return list(
        Term.objects.filter(centre_id=actor.centre_id, subject_id__in=list(subject_ids))
        .select_related("waits_for_membership__user")
        .order_by("starts_on", "due_on", "id")
    )


def counts(actor: Actor) -> dict[str, int]:
    """How many terms run and how many are late in the centre; no names (for those above)."""
    return running(actor).aggregate(
        running=Count("pk"), late=Count("pk", filter=Q(due_on__lt=actor.today))
    )
