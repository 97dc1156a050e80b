"""Everything that is read about the council, already restricted to what the actor may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership
from filrouge.base.trail import reading
from filrouge.council import attendance, minutes
from filrouge.council.access import (
    SEATED,
    own_hats,
    seats_on,
    visible_items,
    visible_sessions,
)
from filrouge.council.models import (
    GRANTING,
    RATIFICATION,
    AgendaItem,
    Attendance,
    Body,
    Consultation,
    Decision,
    Measure,
    Minutes,
    Seat,
    Session,
)
from filrouge.council.states import ItemStage, Stage, item_stage_of, stage_of
from filrouge.dossier.documents.models import Document

PAST_SESSIONS = 50
EARLIER_DECISIONS = 20


# Sessions and agenda ----------------------------------------------------------------------


def bodies(actor: Actor) -> QuerySet[Body]:
    """The deciding bodies of the centre."""
    return Body.objects.filter(centre_id=actor.centre_id).order_by("name", "id")


def _listed(actor: Actor) -> QuerySet[Session]:
    return (
        visible_sessions(actor)
        .select_related("body", "minutes")
        .annotate(item_count=Count("items", filter=Q(items__removed_at__isnull=True)))
    )


def upcoming(actor: Actor) -> list[Session]:
    """Sessions that are not closed yet, soonest first."""
    return list(_listed(actor).filter(closed_at__isnull=True).order_by("starts_at", "id"))


def past(actor: Actor, size: int = PAST_SESSIONS) -> list[Session]:
    """Closed sessions, latest first."""
    closed = _listed(actor).filter(closed_at__isnull=False)
    return list(closed.order_by("-starts_at", "-id")[:size])


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A point as the agenda shows it: initials only."""

    number: int
    item: AgendaItem
    stage: ItemStage
    decision: Decision | None
    withdrawn: tuple[str, ...]
    may_open: bool
    decide_before: date | None
    in_time: bool
    """Whether the session comes before the last day to decide."""

    @property
    def ratifies(self) -> bool:
        return self.decision is not None and self.decision.ratifies_id is not None


@dataclass(frozen=True, slots=True)
class Agenda:
    """A session with its points and its members."""

    session: Session
    stage: Stage
    lines: list[AgendaLine]
    attendances: list[Attendance]
    seats: list[Seat]
    in_the_room: int
    quorum: int

    @property
    def to_decide(self) -> int:
        return sum(line.stage is ItemStage.TO_DECIDE for line in self.lines)

    @property
    def first_to_decide(self) -> AgendaItem | None:
        waiting = (line.item for line in self.lines if line.stage is ItemStage.TO_DECIDE)
        return next(waiting, None)


def agenda(actor: Actor, session: Session) -> Agenda:
    """The agenda of a session that comes from ``access_session``, in a handful of queries."""
    items = list(minutes.items_of(session))
    if actor.role not in SEATED:
        openable = {item.pk for item in items}
    else:
        openable = set(visible_items(actor).filter(session=session).values_list("pk", flat=True))
        items = [item for item in items if item.removed_at is None]
    reading.note_listed(item.person_id for item in items if item.person_id is not None)
    attendances = list(attendance.of(session))
    seats = list(seats_on(session))
    return Agenda(
        session=session,
        stage=stage_of(session),
        lines=[_line(number, item, session, openable) for number, item in enumerate(items, 1)],
        attendances=attendances,
        seats=seats,
        in_the_room=sum(one.in_the_room for one in attendances),
        quorum=attendance.needed(len(seats)),
    )


def _line(number: int, item: AgendaItem, session: Session, openable: set[UUID]) -> AgendaLine:
    stage = item_stage_of(item)
    before = item.sheet["decide_before"]
    decide_before = date.fromisoformat(before) if before else None
    return AgendaLine(
        number=number,
        item=item,
        stage=stage,
        decision=item.decision if stage is ItemStage.DECIDED else None,
        withdrawn=tuple(one.membership.user.get_full_name() for one in item.withdrawals.all()),
        may_open=item.pk in openable,
        decide_before=decide_before,
        in_time=decide_before is None or session.held_on <= decide_before,
    )


# Scheduling -------------------------------------------------------------------------------


def open_sessions(actor: Actor) -> QuerySet[Session]:
    """Sessions of the centre whose agenda still takes points, soonest first.

    Dates and places only, no point: every hat of the centre may know when a body meets.
    """
    return (
        Session.objects.filter(
            centre_id=actor.centre_id, convened_on__isnull=True, held_on__gte=actor.today
        )
        .select_related("body")
        .order_by("starts_at", "id")
    )


def urgent_sessions(actor: Actor) -> QuerySet[Session]:
    """Sessions already convened that still take a point if its urgency is written."""
    return (
        Session.objects.filter(
            centre_id=actor.centre_id,
            convened_on__isnull=False,
            closed_at__isnull=True,
            held_on__gte=actor.today,
        )
        .select_related("body")
        .order_by("starts_at", "id")
    )


def next_session_before(actor: Actor, decide_before: date) -> Session | None:
    """The first session with an open agenda that meets in time to decide before a day.

    A session whose convocation is already overdue comes only when there is no other.
    """
    in_time = open_sessions(actor).filter(held_on__lte=decide_before)
    regular = in_time.filter(convocation_due_on__gte=actor.today).first()
    return regular or in_time.first()


def last_session_before(actor: Actor, decide_before: date) -> Session | None:
    """The last planned session that can still decide by a day: its agenda closes before it.

    The cut-off of its convocation counts back from the term, so it says until when a proposal
    may still be approved.
    """
    in_time = open_sessions(actor).filter(
        held_on__lte=decide_before, convocation_due_on__gte=actor.today
    )
    return in_time.order_by("held_on", "starts_at", "id").last()


# The sheet of a point ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One point as the body sees it: the frozen sheet and earlier decisions, nothing else."""

    item: AgendaItem
    sheet: dict[str, Any]
    stage: ItemStage
    session_stage: Stage
    decision: Decision | None
    earlier: list[Decision]
    voters: list[Attendance]
    withdrawn: list[str]
    previous: AgendaItem | None
    following: AgendaItem | None
    number: int
    total: int
    ratifies: Decision | None
    may_withdraw: list[Membership]
    other_sessions: list[Session]
    consultation: Consultation | None
    """The reader's own request to consult more of the file."""

    @property
    def own_dates(self) -> dict[str, date | None]:
        """The dates of the sheet, as dates."""
        names = ("received_on", "decide_before", "starts_on", "ends_on")
        return {
            name: date.fromisoformat(self.sheet[name]) if self.sheet[name] else None
            for name in names
        }


def sheet_page(actor: Actor, item: AgendaItem) -> SheetPage:
    """The page of an item that comes from ``access_item``."""
    stage = item_stage_of(item)
    openable = visible_items(actor).filter(session_id=item.session_id, removed_at__isnull=True)
    order = list(openable.only("pk", "position", "title").order_by("position", "id"))
    at = next((place for place, one in enumerate(order) if one.pk == item.pk), None)
    session = item.session
    attending = list(attendance.of(session))
    return SheetPage(
        item=item,
        sheet=item.sheet,
        stage=stage,
        session_stage=stage_of(session),
        decision=item.decision if stage is ItemStage.DECIDED else None,
        earlier=earlier_decisions(actor, item),
        voters=attendance.voters(item, attending),
        withdrawn=[one.membership.user.get_full_name() for one in item.withdrawals.all()],
        previous=order[at - 1] if at else None,
        following=order[at + 1] if at is not None and at + 1 < len(order) else None,
        number=0 if at is None else at + 1,
        total=len(order),
        ratifies=_urgent_of(actor, item),
        may_withdraw=_may_withdraw(actor, item, stage),
        other_sessions=_other_sessions(actor, item, stage),
        consultation=consultation_of(actor, item),
    )


def _may_withdraw(actor: Actor, item: AgendaItem, stage: ItemStage) -> list[Membership]:
    if stage is not ItemStage.TO_DECIDE or not actor.may(Permission.DECISION_RECORD):
        return []
    gone = {one.membership_id for one in item.withdrawals.all()}
    return [seat.membership for seat in seats_on(item.session) if seat.membership_id not in gone]


def _other_sessions(actor: Actor, item: AgendaItem, stage: ItemStage) -> list[Session]:
    settled = stage in (ItemStage.ADJOURNED, ItemStage.REMOVED)
    if not settled or not actor.may(Permission.AGENDA_PREPARE):
        return []
    coming = Session.objects.filter(
        centre_id=actor.centre_id, closed_at__isnull=True, held_on__gte=actor.today
    ).select_related("body")
    return list(coming.exclude(pk=item.session_id).order_by("starts_at", "id"))


def next_to_decide(actor: Actor, item: AgendaItem) -> AgendaItem | None:
    """The next point of the same session that is still to decide, else the first one."""
    waiting = visible_items(actor).filter(
        session_id=item.session_id,
        removed_at__isnull=True,
        adjourned_at__isnull=True,
        decision__isnull=True,
    )
    ordered = waiting.exclude(pk=item.pk).order_by("position", "id")
    return ordered.filter(position__gt=item.position).first() or ordered.first()


def _urgent_of(actor: Actor, item: AgendaItem) -> Decision | None:
    if item.subject_kind != RATIFICATION:
        return None
    urgent = Decision.objects.filter(
        centre_id=actor.centre_id, pk=item.subject_id, urgent_by_president=True
    )
    return urgent.first()


def earlier_decisions(actor: Actor, item: AgendaItem) -> list[Decision]:
    """Earlier decisions on the same right of the same person; no grounds are shown of them."""
    if item.person_id is None:
        return []
    decisions = Decision.objects.filter(
        centre_id=actor.centre_id,
        person_id=item.person_id,
        aid=item.sheet["aid"],
        ratifies__isnull=True,
    ).exclude(item=item)
    if hasattr(item, "decision"):
        decisions = decisions.filter(decided_at__lt=item.decision.decided_at)
    return list(
        decisions.select_related("body").order_by("-decided_on", "-decided_at", "-id")[
            :EARLIER_DECISIONS
        ]
    )


def papers_of(actor: Actor, session: Session) -> list[Document]:
    """The convocation and agenda, as sent, of a session that comes from ``access_session``."""
    kept = Document.objects.filter(
        centre_id=actor.centre_id, person__isnull=True, subject_id=session.pk
    )
    return list(kept.order_by("added_at", "id"))


# Minutes and consultations ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MinutesPage:
    session: Session
    stage: Stage
    minutes: Minutes | None
    text: dict[str, Any]
    with_grounds: bool
    approving: list[Session]
    """Sessions of the same body, being held, that may approve these minutes."""


def minutes_page(actor: Actor, session: Session) -> MinutesPage:
    """The minutes of a session that comes from ``access_session``.

    A member without a sheet to open reads what was decided, by initials, without the grounds.
    """
    kept = Minutes.objects.filter(centre_id=actor.centre_id, session=session).select_related(
        "approved_in", "president__user", "director__user", "kept_by__user"
    )
    one = kept.first()
    if one is not None:
        session.minutes = one
    frozen = one.frozen_text if one is not None else None
    approving = Session.objects.filter(
        centre_id=actor.centre_id, body_id=session.body_id, starts_at__gt=session.starts_at,
        opened_at__isnull=False, closed_at__isnull=True,
    ).order_by("starts_at", "id")  # fmt: skip
    return MinutesPage(
        session=session,
        stage=stage_of(session),
        minutes=one,
        text=frozen or minutes.compose(session).as_json(),
        with_grounds=actor.may(Permission.AGENDA_PREPARE) or actor.may(Permission.MINUTES_SIGN),
        approving=list(approving),
    )


def consultations(actor: Actor) -> list[Consultation]:
    """One's own requests to consult a file; all of the centre's for who grants them."""
    asked = Consultation.objects.filter(centre_id=actor.centre_id)
    if not actor.may(Permission.CONSULTATION_GRANT):
        actor.demand(Permission.CONSULTATION_ASK)
        asked = asked.filter(asked_by__in=own_hats(actor))
    rows = list(
        asked.select_related("item__session__body", "asked_by__user", "answered_by__user").order_by(
            F("answered_at").asc(nulls_first=True), "-asked_at", "id"
        )[:200]
    )
    reading.note_listed(row.item.person_id for row in rows if row.item.person_id is not None)
    return rows


def consultation_of(actor: Actor, item: AgendaItem) -> Consultation | None:
    """One's own request about an item, if any."""
    if not actor.may(Permission.CONSULTATION_ASK):
        return None
    return Consultation.objects.filter(
        centre_id=actor.centre_id, item=item, asked_by__in=own_hats(actor)
    ).first()


# Decisions, for the rooms above -----------------------------------------------------------


def _decisions(actor: Actor) -> QuerySet[Decision]:
    """Decisions on requests: a ratification only confirms one of them."""
    return Decision.objects.filter(centre_id=actor.centre_id, ratifies__isnull=True).select_related(
        "body"
    )


def decision_for(actor: Actor, subject_id: UUID) -> Decision | None:
    """The decision in force on a subject: the latest. The caller has accessed the subject."""
    return _decisions(actor).filter(subject_id=subject_id).order_by("-decided_at", "-id").first()


def decisions_for_subjects(actor: Actor, subject_ids: Iterable[UUID]) -> dict[UUID, Decision]:
    """The decision in force on each subject that has one, in one query."""
    decisions = _decisions(actor).filter(subject_id__in=list(subject_ids))
    ordered = decisions.order_by("decided_at", "id")
    return {decision.subject_id: decision for decision in ordered}


def items_for_subjects(actor: Actor, subject_ids: Iterable[UUID]) -> dict[UUID, list[AgendaItem]]:
    """Where each subject stands or stood on an agenda, oldest first, in one query."""
    found: dict[UUID, list[AgendaItem]] = defaultdict(list)
    items = AgendaItem.objects.filter(
        centre_id=actor.centre_id, subject_id__in=list(subject_ids)
    ).select_related("session__body", "decision")
    for item in items.order_by("session__starts_at", "id"):
        found[item.subject_id].append(item)
    return dict(found)


def granted_on(actor: Actor, on: date, aid: str = "") -> QuerySet[Decision]:
    """Grants that run on a day, no later decision on the same person and aid having replaced them.

    A later decision replaces from its own start, or from its date when it has none (a refusal).
    Taking note and giving no further action replace nothing. For counts and lists of rooms that
    check access to the persons themselves.
    """
    later = (
        Decision.objects.filter(
            centre_id=OuterRef("centre_id"),
            person_id=OuterRef("person_id"),
            aid=OuterRef("aid"),
            decided_at__gt=OuterRef("decided_at"),
            ratifies__isnull=True,
        )
        .exclude(measure__in=[Measure.TAKE_NOTE, Measure.NO_ACTION])
        .annotate(effective_on=Coalesce("starts_on", "decided_on"))
        .filter(effective_on__lte=on)
    )
    grants = _decisions(actor).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        measure__in=GRANTING,
        starts_on__lte=on,
    )
    if aid:
        grants = grants.filter(aid=aid)
    return grants.filter(~Exists(later)).order_by("starts_on", "id")
