"""The sessions of the three bodies: planned, convened, held, their minutes approved and signed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from filrouge.base.centres.models import Membership
from filrouge.claims import actions as claims
from filrouge.council import actions as council
from filrouge.council.models import AgendaItem, BodyKind, Session
from filrouge.demo.centre import House, at
from filrouge.demo.journeys import DIRECTOR, PRESIDENT, SECRETARIES, Journey
from filrouge.demo.timeline import Step, Timeline, working_day_before, working_days_after
from filrouge.law.terms import convocation_cutoff, next_working_day

MONDAY, TUESDAY, THURSDAY = 0, 1, 3
PLACE = "Salle du conseil, Place du Grand Lavoir 1"
HOURS = {
    BodyKind.COUNCIL: 18,
    BodyKind.SPECIAL_COMMITTEE: 14,
    BodyKind.PERMANENT_BUREAU: 10,
}
OLDEST = 350
"""Days back to the first session: no right has waited longer than a year for its review."""


@dataclass(slots=True)
class Meeting:
    """A session with what will stand on its agenda."""

    house: House
    kind: BodyKind
    held_on: date
    agenda: list[Journey] = field(default_factory=list)
    adjourned: list[Journey] = field(default_factory=list)
    """Put off in this session: the person is heard first."""
    otherwise: list[Journey] = field(default_factory=list)
    """Decided otherwise than proposed."""
    session: Session | None = None
    items: dict[int, AgendaItem] = field(default_factory=dict)

    @property
    def cutoff(self) -> date:
        """Last working day to close the agenda and send the convocation."""
        clear_days = self.house.centre.convocation_clear_days
        return working_day_before(convocation_cutoff(self.held_on, clear_days))

    @property
    def starts_at(self) -> datetime:
        return at(self.held_on, HOURS[self.kind])

    @property
    def known_session(self) -> Session:
        assert self.session is not None  # noqa: S101 - the order of the steps says so
        return self.session

    def members(self) -> list[Membership]:
        seats = self.house.bodies[self.kind].seats.select_related("membership")
        return [seat.membership for seat in seats.order_by("-presides", "membership__user__email")]

    # steps

    def plan(self, moment: datetime) -> None:
        body = self.house.bodies[self.kind]
        actor = self.house.actor(SECRETARIES[0], moment)
        self.session = council.plan_session(actor, body.pk, self.starts_at, PLACE)

    def schedule(self, journey: Journey, moment: datetime) -> None:
        actor = self.house.actor(SECRETARIES[0], moment)
        session = self.known_session
        item = claims.schedule(actor, journey.known_claim.pk, session.pk)
        self.items[id(journey)] = item

    def convene(self, moment: datetime) -> None:
        council.convene(self.house.actor(SECRETARIES[0], moment), self.known_session.pk)

    def hold(self, previous: Meeting | None, moment: datetime) -> None:
        """From the opening to the end: minutes of the former session, then every point."""
        actor = self.house.actor(DIRECTOR, moment)
        session, members = self.known_session, self.members()
        missing = {members[-1].pk} if len(members) > 3 and self.held_on.day % 3 == 0 else set()
        present = [member.pk for member in members if member.pk not in missing]
        council.open_session(
            actor, session.pk, present=present, excused=missing, presiding=members[0].pk
        )
        if previous is not None:
            council.approve_minutes(actor, previous.known_session.pk, session.pk)
        for number, journey in enumerate(self.agenda):
            self._treat(journey, moment + timedelta(minutes=5 + 3 * number), len(present))
        ratifications = session.items.filter(decision__isnull=True, adjourned_at__isnull=True)
        for item in ratifications.filter(removed_at__isnull=True):
            council.decide(actor, item.pk, follows_proposal=True, votes_for=len(present))
        end = moment + timedelta(minutes=15 + 3 * len(self.agenda))
        council.close_session(self.house.actor(DIRECTOR, end), session.pk)

    def _treat(self, journey: Journey, moment: datetime, voters: int) -> None:
        actor = self.house.actor(DIRECTOR, moment)
        item = self.items[id(journey)]
        if journey in self.adjourned:
            reason = "Les membres souhaitent entendre la personne sur son projet de formation."
            council.adjourn(actor, item.pk, reason, hearing_first=True)
            return
        if journey in self.otherwise:
            self._decide_otherwise(journey, item, moment, voters)
            return
        apart = 1 if (item.position + self.held_on.day) % 11 == 0 else 0
        council.decide(
            actor, item.pk, follows_proposal=True, votes_for=voters - apart, abstentions=apart
        )

    def _decide_otherwise(
        self, journey: Journey, item: AgendaItem, moment: datetime, voters: int
    ) -> None:
        sheet = item.sheet
        council.decide(
            self.house.actor(DIRECTOR, moment),
            item.pk,
            follows_proposal=False,
            votes_for=voters - 1,
            votes_against=1,
            measure="grant_less",
            amount_cents=sheet["amount_cents"] * 2 // 3,
            starts_on=journey.known_claim.received_on,
            ends_on=journey.known_claim.received_on,
            rhythm="monthly",
            grounds_in_fact=sheet["grounds_in_fact"],
            grounds_in_law=sheet["grounds_in_law"],
            reasons="Une partie de la facture est déjà prise en charge par le fonds social énergie.",
        )

    def sign_minutes(self, by: str, moment: datetime) -> None:
        council.sign_minutes(self.house.actor(by, moment), self.known_session.pk)


def rescheduled(former: Meeting, journey: Journey, later: Meeting) -> Step:
    """An adjourned point comes back on a later agenda."""

    def step(moment: datetime) -> None:
        actor = former.house.actor(SECRETARIES[0], moment)
        item = council.reschedule(actor, former.items[id(journey)].pk, later.known_session.pk)
        later.items[id(journey)] = item

    return step


@dataclass(slots=True)
class Calendar:
    """Past and coming sessions of each body, oldest first."""

    past: dict[BodyKind, list[Meeting]]
    coming: dict[BodyKind, list[Meeting]]

    def all(self) -> list[Meeting]:
        return [
            meeting
            for part in (self.past, self.coming)
            for list_ in part.values()
            for meeting in list_
        ]

    @property
    def committees(self) -> list[Meeting]:
        return self.past[BodyKind.SPECIAL_COMMITTEE]

    @property
    def next_committee(self) -> Meeting:
        return self.coming[BodyKind.SPECIAL_COMMITTEE][0]


def calendar(house: House, desk: date) -> Calendar:
    """The committee meets every fortnight (every four weeks further back), the others monthly."""
    committee = _next(desk + timedelta(days=1), TUESDAY)
    council_day = _next(desk + timedelta(days=3), THURSDAY)
    bureau = _next(desk + timedelta(days=10), MONDAY)
    past_days = {
        BodyKind.SPECIAL_COMMITTEE: [
            *(committee - timedelta(days=14 * count) for count in range(1, 6)),
            *(committee - timedelta(days=70 + 28 * count) for count in range(1, 11)),
        ],
        BodyKind.COUNCIL: [council_day - timedelta(days=28 * count) for count in (1, 2, 3, 6, 9)],
        BodyKind.PERMANENT_BUREAU: [bureau - timedelta(days=28 * count) for count in (1, 2, 4)],
    }
    coming_days = {
        BodyKind.SPECIAL_COMMITTEE: [committee, committee + timedelta(days=14)],
        BodyKind.COUNCIL: [council_day],
        BodyKind.PERMANENT_BUREAU: [bureau],
    }
    return Calendar(
        past={
            kind: [
                Meeting(house, kind, next_working_day(day))
                for day in sorted(days)
                if day >= desk - timedelta(days=OLDEST)
            ]
            for kind, days in past_days.items()
        },
        coming={
            kind: [Meeting(house, kind, next_working_day(day)) for day in days]
            for kind, days in coming_days.items()
        },
    )


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def write(timeline: Timeline, sessions: Calendar, desk: date) -> None:
    """Put the life of every session on the timeline. Agendas must be filled before."""
    for past in sessions.past.values():
        previous: Meeting | None = None
        for meeting in (one for one in past if one.agenda):
            _write_preparation(timeline, meeting, meeting.cutoff)
            timeline.add(meeting.starts_at, _held(meeting, previous))
            if previous is not None:
                _write_signatures(timeline, previous, meeting)
            previous = meeting
    yesterday = working_day_before(desk - timedelta(days=1))
    for coming in sessions.coming.values():
        for meeting in coming:
            _write_preparation(timeline, meeting, min(meeting.cutoff, yesterday))


def _held(meeting: Meeting, previous: Meeting | None) -> Step:
    return lambda moment: meeting.hold(previous, moment)


def _write_preparation(timeline: Timeline, meeting: Meeting, scheduled_on: date) -> None:
    planned_on = working_day_before(meeting.held_on - timedelta(days=45))
    timeline.on(planned_on, 8, 30, meeting.plan)
    for number, journey in enumerate(meeting.agenda):
        timeline.on(scheduled_on, 10, 30 + number % 30, _scheduled(meeting, journey))
    if meeting.agenda:
        timeline.on(meeting.cutoff, 15, 0, meeting.convene)


def _scheduled(meeting: Meeting, journey: Journey) -> Step:
    return lambda moment: meeting.schedule(journey, moment)


def _write_signatures(timeline: Timeline, signed: Meeting, approving: Meeting) -> None:
    on = working_days_after(approving.held_on, 1)
    timeline.on(on, 11, 0, lambda moment: signed.sign_minutes(PRESIDENT, moment))
    timeline.on(on, 11, 30, lambda moment: signed.sign_minutes(DIRECTOR, moment))
