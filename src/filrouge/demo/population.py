"""The crowd: about 650 invented files at every step, drawn from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from filrouge.base.centres.models import ServiceKind
from filrouge.claims import actions as claims
from filrouge.claims.models import Aid, Channel, Result
from filrouge.council.models import BodyKind, Measure
from filrouge.demo import wording
from filrouge.demo.centre import ABSENT, STAFF, House, at
from filrouge.demo.journeys import DIRECTOR, PRESIDENT, Found, Journey, Means
from filrouge.demo.meetings import Calendar, Meeting, rescheduled
from filrouge.demo.people_names import Identity, Registry
from filrouge.demo.timeline import (
    Step,
    Timeline,
    working_day_before,
    working_days_after,
    working_days_earlier,
)
from filrouge.law.case import IncomeKind
from filrouge.law.category import Relation
from filrouge.people.models import Period, ResidenceStatus, Sex

RUNNING = 231
"""Running integration incomes (figure of source 004)."""
LEAVING_UNEMPLOYMENT = 180
"""Requests of people who left unemployment or insertion allowances since January 2026."""
GRANTED_AFTER_UNEMPLOYMENT = 83
FILES = 650
REFORM = date(2026, 1, 1)
RECEPTION = ("sabrina", "jose")
FIRST_MEETING_SPAN = (11, 26)
"""Days between the receipt of a request and the session that decides it."""


@dataclass(frozen=True, slots=True)
class Steps:
    """How far requests in hand have come, by number of files (after unemployment, other)."""

    registered: int
    inquiry: int
    proposed: int
    approved: int
    scheduled: int


AFTER_UNEMPLOYMENT = Steps(registered=20, inquiry=36, proposed=11, approved=8, scheduled=14)
OTHER_AID = Steps(registered=5, inquiry=14, proposed=5, approved=4, scheduled=5)
DECIDED_NOT_NOTIFIED = 8
NOT_YET_PAID = 6
LATE = 6
DUE_TODAY = 3
OTHER_DECIDED = 24


@dataclass(slots=True)
class Crowd:
    """Draws files and puts their steps on the timeline."""

    house: House
    timeline: Timeline
    sessions: Calendar
    today: date
    desk: date
    """The last day on which offices were open, today included."""
    chance: Random
    registry: Registry
    away_from: date
    files: int = 0
    _registered_post: int = 10_000
    _minute: int = 0
    _workers: dict[ServiceKind, list[tuple[str, int, date]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for hat in STAFF:
            if hat.role == "social_worker" and hat.service is not None:
                self._workers.setdefault(hat.service, []).append((hat.key, hat.quota, hat.since))

    # drawing

    def worker(self, service: ServiceKind, on: date) -> str:
        """A social worker of the service in function that day; the absent one gets no new file."""
        known = [
            (key, quota)
            for key, quota, since in self._workers[service]
            if since <= on and (key != ABSENT or on < self.away_from)
        ]
        return self.chance.choices([key for key, _ in known], [quota for _, quota in known])[0]

    def journey(
        self, received: date, aid: Aid = Aid.RIS, *, ages: tuple[int, int] = (19, 63)
    ) -> Journey:
        """A new person with a request of that day."""
        self.files += 1
        service = wording.SERVICE_OF.get(aid, ServiceKind.GENERAL)
        identity = self.registry.draw(self.today, ages)
        channel = self.chance.choices(
            (Channel.COUNTER, Channel.PHONE, Channel.EMAIL, Channel.CPAS_ONLINE, Channel.LETTER),
            (60, 12, 12, 12, 4),
        )[0]
        journey = Journey(
            house=self.house,
            fields=identity.as_fields(),
            worker=self.worker(service, received),
            away_from=self.away_from,
            aid=aid,
            service=service,
            channel=channel,
            received_on=received,
        )
        if aid is Aid.RIS:
            journey.means = self._means(identity, received)
            journey.findings = self._findings(identity, journey.means)
            journey.words = self.chance.choice(wording.ASKING_RIS)
        else:
            journey.need = self.chance.choice(wording.NEED[aid])
            journey.words = self.chance.choice(wording.ASKING[aid])
            low, high = wording.AMOUNTS.get(aid, (0, 0))
            journey.amount_cents = self.chance.randrange(low, high + 1, 500) or None
        return journey

    def _means(self, identity: Identity, on: date) -> Means:
        shape = self.chance.choices(
            ("alone", "one_parent", "couple", "family", "sharing", "roommates"),
            (52, 20, 6, 8, 9, 5),
        )[0]
        since = on - timedelta(days=self.chance.randrange(60, 1500))
        members: list[dict[str, Any]] = []
        if shape in ("couple", "family"):
            members.append(self._partner(identity, since))
        if shape in ("one_parent", "family"):
            members += self._children(identity, on)
        if shape in ("sharing", "roommates"):
            members.append(self._mate(identity, since, shares=shape == "sharing"))
        incomes = [self._side_income(on)] if self.chance.random() < 0.16 else []
        if any(member["relation"] == Relation.CHILD for member in members):
            incomes.append(
                _income(
                    IncomeKind.CHILDREN_FAMILY_BENEFIT,
                    18_500 * sum(member["relation"] == Relation.CHILD for member in members),
                    on - timedelta(days=300),
                )
            )
        return Means(members=members, incomes=incomes)

    def _side_income(self, on: date) -> dict[str, Any]:
        if self.chance.random() < 0.7:
            income = _income(
                IncomeKind.WAGE, self.chance.randrange(32_000, 64_000, 500), on - timedelta(days=30)
            )
            return income | {"exempted_work": True, "label": "Titres-services, temps partiel"}
        return _income(
            IncomeKind.SICKNESS, self.chance.randrange(20_000, 45_000, 100), on - timedelta(days=90)
        )

    def _partner(self, identity: Identity, since: date) -> dict[str, Any]:
        sex = "m" if identity.sex == "f" else "f"
        born = self.registry.birth(
            identity.born + timedelta(days=1500), identity.born - timedelta(days=1500)
        )
        return _member(
            self.registry.first_name(identity.origin, _SEX[sex]),
            self.chance.choice(identity.origin.families).replace("-", " "),
            min(born, self.today - timedelta(days=18 * 366)),
            Relation.PARTNER,
            since,
            net_monthly_cents=self.chance.choice((0, 0, 0, 24_000, 38_000)),
        )

    def _children(self, identity: Identity, on: date) -> list[dict[str, Any]]:
        oldest = max(
            identity.born + timedelta(days=19 * 366), self.today - timedelta(days=16 * 365)
        )
        youngest = on - timedelta(days=100)
        children: list[dict[str, Any]] = []
        for _number in range(self.chance.choice((1, 1, 2, 2, 3))):
            born = self.registry.birth(youngest, min(oldest, youngest))
            first = self.registry.first_name(
                identity.origin, self.chance.choice(list(_SEX.values()))
            )
            if any(child["first_name"] == first for child in children):
                continue
            children.append(
                _member(first, identity.last_name, born, Relation.CHILD, born, dependent=True)
            )
        return children

    def _mate(self, identity: Identity, since: date, *, shares: bool) -> dict[str, Any]:
        relation = Relation.SIBLING if shares else Relation.UNRELATED
        first = self.registry.first_name(identity.origin, self.chance.choice(list(_SEX.values())))
        born = self.registry.birth(date(2004, 1, 1), date(1970, 1, 1))
        return _member(
            first if first != identity.first_name else "Dominique",
            identity.last_name if shares else "Houtain",
            born,
            relation,
            since,
            shares_household=shares,
            net_monthly_cents=self.chance.choice((0, 120_000, 160_000)),
        )

    def _findings(self, identity: Identity, means: Means) -> tuple[Found, ...]:
        work = Found("work", self.chance.choice(wording.WORK))
        if self.chance.random() < 0.14:
            work = Found(
                "work", "Certificat médical de trois mois, suivi en cours.", Result.EXEMPT,
                "health", "Dr S. Trémolet, médecin-conseil",
            )  # fmt: skip
        elif self.chance.random() < 0.05:
            work = Found(
                "work", "Études de plein exercice qui mènent à un métier.", Result.EXEMPT,
                "equity", "le comité, sur rapport social",
            )  # fmt: skip
        return (
            Found("residence", self.chance.choice(wording.RESIDENCE)),
            Found("age", f"Né(e) le {identity.born:%d/%m/%Y}, vu au registre national."),
            Found("status", wording.STATUS[_stay(identity.stay)]),
            Found("resources", self.chance.choice(wording.RESOURCES)),
            work,
            Found("other_rights", self.chance.choice(wording.OTHER_RIGHTS)),
        )

    def after_unemployment(self, journey: Journey, received: date) -> None:
        """The request of somebody whose allowances ended in one of the waves of the reform."""
        ended = max(day for day in wording.WAVES if day <= max(received, wording.WAVES[0]))
        income = _income(
            IncomeKind.UNEMPLOYMENT,
            self.chance.randrange(84_000, 152_000, 100),
            ended - timedelta(days=self.chance.randrange(400, 3000)),
        )
        income |= {"ends_on": ended, "label": self.chance.choice(wording.ALLOWANCES)}
        means = journey.means
        journey.means = Means(means.members, (income, *means.incomes), means.assets)
        journey.words = self.chance.choice(wording.ASKING_AFTER_UNEMPLOYMENT)
        journey.piis = True

    # on the timeline

    def slot(self) -> int:
        """Minutes past the hour, different from one file to the next."""
        self._minute = (self._minute + 7) % 58
        return self._minute

    def open_file(self, journey: Journey, on: date, minute: int, by: str) -> None:
        self.timeline.open_file(at(on, 9, minute), journey.name, journey.open_file(by))

    def receive(self, journey: Journey, received: date, *, known_since: date | None = None) -> date:
        """File, register, assignment. Returns the working day on which it is in good hands."""
        entered = received
        if working_day_before(received) != received:
            entered = working_days_after(received, 1)
            journey.channel = Channel.CPAS_ONLINE
            journey.late_reason = "Déposée sur CPAS Online un jour de fermeture."
        by_worker = self.chance.random() < 0.75 and journey.service is ServiceKind.GENERAL
        minute = self.slot()
        if known_since is not None:
            opened = working_day_before(known_since)
            self.open_file(journey, opened, minute, self.chance.choice(RECEPTION))
            self.timeline.on(opened, 11, minute, journey.follow)
            by_worker = True
        writer = journey.worker if by_worker else self.chance.choice(RECEPTION)
        if known_since is None:
            self.open_file(journey, entered, minute, writer)
        self.timeline.on(entered, 9, minute + 1, journey.register(writer))
        return entered if by_worker else working_days_after(entered, 1)

    def inquire(
        self, journey: Journey, from_day: date, until: date, *, part: int | None = None
    ) -> None:
        """Assignment, inquiry and findings between two days; *part* leaves the rest open."""
        minute = self.slot()
        self.timeline.on(from_day, 11, minute, _assigned(journey))
        opened = min(working_days_after(from_day, 1), until)
        self.timeline.on(opened, 13, minute, journey.open_inquiry)
        self.timeline.on(opened, 14, minute, journey.record_means)
        later = max(opened, working_days_earlier(until, 1))
        if self.chance.random() < 0.3 and later > opened:
            self.timeline.on(opened, 15, minute, journey.visit(self.chance.choice(wording.VISITS)))
        self.timeline.on(later, 14, minute + 1, journey.find(part))

    def propose(self, journey: Journey, on: date) -> None:
        minute = self.slot()
        if journey.aid is Aid.RIS and journey.measure is Measure.GRANT:
            self.timeline.on(on, 15, minute, journey.compute)
        self.timeline.on(on, 15, minute + 1, journey.propose)

    def decide_in(
        self, meeting: Meeting, journey: Journey, *, known_since: date | None = None
    ) -> None:
        """The whole way up to the agenda of a session that is held, or is coming."""
        received = journey.received_on or self.desk
        approved = working_days_earlier(min(meeting.cutoff, self.desk), 1)
        proposed = working_days_earlier(approved, 1)
        in_hand = min(self.receive(journey, received, known_since=known_since), proposed)
        self.inquire(journey, in_hand, proposed)
        self.propose(journey, proposed)
        self.timeline.on(approved, 9, self.slot(), journey.approve)
        meeting.agenda.append(journey)

    def notify(self, meeting: Meeting, journey: Journey, *, pay: bool = True) -> None:
        """Letter, two signatures, sending, first payment, in the days after a session."""
        day = working_days_after(meeting.held_on, 1)
        minute = self.slot()
        self._registered_post += 1
        number = f"RR 0000 0000 {self._registered_post} BE" if self.chance.random() < 0.85 else ""
        self.timeline.on(day, 13, minute, journey.prepare)
        self.timeline.on(day, 15, minute, journey.sign(PRESIDENT))
        self.timeline.on(day, 16, minute, journey.sign(DIRECTOR))
        sent = working_days_after(day, self.chance.choice((0, 1, 1, 2)))
        self.timeline.on(sent, 17, minute, journey.send(number))
        if pay and journey.measure is Measure.GRANT and journey.pays:
            paid = working_days_after(sent, self.chance.choice((1, 2, 3)))
            self.timeline.on(paid, 11, minute, journey.pay)

    # the parts of the crowd

    def established(self, count: int) -> None:
        """People with a running integration income who did not come from the reform."""
        for _number in range(count):
            meeting = self.chance.choice(self.sessions.committees)
            received = self._received_before(meeting)
            journey = self.journey(received)
            known = None
            if self.chance.random() < 0.45:
                known = received - timedelta(days=self.chance.randrange(20, 260))
            self.decide_in(meeting, journey, known_since=known)
            self.notify(meeting, journey)

    def _received_before(self, meeting: Meeting, not_before: date | None = None) -> date:
        first, last = FIRST_MEETING_SPAN
        late = self.chance.random() < 0.05 and not_before is None
        days = self.chance.randrange(33, 39) if late else self.chance.randrange(first, last + 1)
        day = meeting.held_on - timedelta(days=days)
        if not_before is not None:
            day = max(day, not_before)
        return working_day_before(day)

    def granted_after_unemployment(self, count: int) -> None:
        """Granted since January 2026: most are paid, some wait for their letter or payment."""
        first = date(2026, 1, 2)
        meetings = [
            one
            for one in self.sessions.committees
            if one.held_on >= first + timedelta(days=FIRST_MEETING_SPAN[0])
        ]
        latest = meetings[-1]
        for number in range(count):
            fresh = number < DECIDED_NOT_NOTIFIED + NOT_YET_PAID
            meeting = latest if fresh else self.chance.choice(meetings)
            received = self._received_before(meeting, first)
            journey = self.journey(received)
            self.after_unemployment(journey, received)
            known = first_information(self.chance, received)
            self.decide_in(meeting, journey, known_since=known)
            if number >= DECIDED_NOT_NOTIFIED:
                self.notify(meeting, journey, pay=not fresh)

    def in_hand(self, steps: Steps, aids: Sequence[Aid]) -> None:
        """Requests on their way, spread over the steps before a decision."""
        reform = Aid.RIS in aids
        for number in range(steps.registered):
            journey = self._fresh(aids, working_days_earlier(self.desk, number % 3))
            in_hand = self.receive(journey, journey.received_on or self.desk)
            if number % 2:
                self.timeline.on(min(in_hand, self.desk), 10, 5, _assigned(journey))
        for number in range(steps.inquiry):
            journey = self._fresh(aids, self.desk - timedelta(days=self._age(number, reform)))
            received = journey.received_on or self.desk
            day = self.receive(journey, received)
            until = max(day, working_days_earlier(self.desk, 1))
            self.inquire(journey, min(day, until), until, part=2 + number % 4)
        self._proposed(steps, aids)

    def _age(self, number: int, reform: bool) -> int:
        """Days since the receipt of a request in inquiry; the first ones late or due today."""
        shift = (self.desk - self.today).days
        if not reform:
            return 4 + (number * 5) % 22
        if number < LATE:
            return 31 + number % 5 + shift
        if number < LATE + DUE_TODAY:
            return 30 + shift
        return 4 + (number * 3) % 24

    def _fresh(self, aids: Sequence[Aid], received: date) -> Journey:
        aid = self.chance.choice(aids)
        exact = working_day_before(received) if aid is not Aid.RIS else received
        exact = max(exact, date(2026, 1, 2))
        journey = self.journey(exact, aid)
        if aid is Aid.RIS:
            self.after_unemployment(journey, exact)
        return journey

    def _proposed(self, steps: Steps, aids: Sequence[Aid]) -> None:
        for number in range(steps.proposed):
            journey = self._fresh(aids, working_days_earlier(self.desk, 8 + number))
            self._until_proposal(journey, working_days_earlier(self.desk, 1 + number % 2))
        for number in range(steps.approved):
            journey = self._fresh(aids, working_days_earlier(self.desk, 9 + number))
            self._until_proposal(journey, working_days_earlier(self.desk, 2))
            self.timeline.on(working_days_earlier(self.desk, 1), 16, self.slot(), journey.approve)
        meeting = self.sessions.next_committee
        for number in range(steps.scheduled):
            journey = self._fresh(aids, working_days_earlier(self.desk, 10 + number % 6))
            self._until_proposal(journey, working_days_earlier(min(meeting.cutoff, self.desk), 3))
            approved = working_days_earlier(min(meeting.cutoff, self.desk), 2)
            self.timeline.on(approved, 16, self.slot(), journey.approve)
            meeting.agenda.append(journey)

    def _until_proposal(self, journey: Journey, on: date) -> None:
        day = min(self.receive(journey, journey.received_on or on), on)
        self.inquire(journey, day, on)
        self.propose(journey, on)

    def other_decided(self, count: int, aids: Sequence[Aid]) -> None:
        """Social aid that one of the three bodies decided in the past months."""
        for number in range(count):
            kind = _BODIES[number % len(_BODIES)]
            past = self.sessions.past[kind]
            meeting = past[number // 2 % len(past)]
            journey = self.journey(self._received_before(meeting), self.chance.choice(aids))
            if number % 9 == 4:
                journey.measure = Measure.NO_ACTION
            self.decide_in(meeting, journey)
            self.notify(meeting, journey)

    def paper(self, count: int) -> None:
        """Files taken over from the paper register: known people, guidance, closed files."""
        for number in range(count):
            opened = working_day_before(
                self.desk - timedelta(days=self.chance.randrange(30, OLDEST_PAPER))
            )
            aid = wording.PAPER[number % len(wording.PAPER)]
            journey = self.journey(opened, aid, ages=(20, 84))
            minute = self.slot()
            self.open_file(journey, opened, minute, self.chance.choice(RECEPTION))
            self.timeline.on(opened, 11, minute, journey.follow)
            title, text = self.chance.choice(wording.NOTES[aid])
            noted = working_days_after(opened, 1)
            self.timeline.on(noted, 14, minute, journey.note(title, text))
            if number % 3 == 0:
                closed = opened + (self.desk - opened) * 2 // 3
                self.timeline.on(working_day_before(closed), 16, minute, journey.close_file)

    def reschedule_one(self) -> None:
        """One point of the last session was put off so that the person is heard first."""
        meeting, later = self.sessions.committees[-1], self.sessions.next_committee
        journey = self._reform_request(self._received_before(meeting, date(2026, 1, 2)))
        self.decide_in(meeting, journey)
        meeting.adjourned.append(journey)
        on = working_days_after(meeting.held_on, 1)
        self.timeline.on(on, 9, 30, rescheduled(meeting, journey, later))

    def _reform_request(self, received: date) -> Journey:
        journey = self.journey(received)
        self.after_unemployment(journey, received)
        return journey

    # the particular cases that a newcomer wants to see

    def particular(self) -> None:
        """Refusals, appeal, withdrawal, transfer, urgency, late entry, sent back, own proposal."""
        self._refused(after_unemployment=True, appealed=True)
        self._refused(after_unemployment=False, appealed=False)
        self._withdrawn()
        self._transferred()
        self._urgent()
        self._entered_late()
        self._sent_back()
        self._proposed_by_the_head()
        self._decided_otherwise()
        self.reschedule_one()

    def _refused(self, *, after_unemployment: bool, appealed: bool) -> None:
        meeting = self.sessions.committees[-3]
        received = self._received_before(meeting, date(2026, 1, 2))
        journey = self._reform_request(received) if after_unemployment else self.journey(received)
        journey.measure, journey.piis = Measure.REFUSE, False
        failing = wording.REFUSED_RESOURCES if after_unemployment else wording.REFUSED_RESIDENCE
        key = "resources" if after_unemployment else "residence"
        journey.findings = tuple(
            Found(key, failing, Result.NOT_MET) if found.condition == key else found
            for found in journey.findings
        )
        self.decide_in(meeting, journey)
        self.notify(meeting, journey)
        if appealed:
            day = working_days_earlier(self.desk, 4)
            note = "La personne conteste le calcul des ressources de son partenaire."
            self.timeline.on(day, 10, 20, journey.appeal(f"{day:%y}/214/A", note))

    def _withdrawn(self) -> None:
        journey = self._reform_request(working_days_earlier(self.desk, 11))
        day = self.receive(journey, journey.received_on or self.desk)
        self.inquire(journey, day, working_days_earlier(self.desk, 6), part=2)
        reason = (
            "Par téléphone : elle a retrouvé un emploi à temps plein, contrat à durée indéterminée."
        )
        self.timeline.on(working_days_earlier(self.desk, 3), 11, 5, journey.withdraw(reason))

    def _transferred(self) -> None:
        journey = self._reform_request(working_days_earlier(self.desk, 5))
        day = self.receive(journey, journey.received_on or self.desk)
        self.timeline.on(day, 11, 3, _assigned(journey))
        self.timeline.on(
            working_days_after(day, 1), 9, 40,
            journey.transfer(
                "CPAS de Hautelande", "Rue de l'Église 2, 4998 Hautelande",
                "La personne réside depuis le mois passé à Hautelande, où elle est inscrite : le "
                "CPAS de son lieu de résidence est compétent.",
            ),
        )  # fmt: skip

    def _urgent(self) -> None:
        """Help that cannot wait: the president decides, the committee ratifies."""
        received = working_days_earlier(self.desk, 2)
        journey = self.journey(received, Aid.FINANCIAL)
        journey.urgent = True
        journey.words = (
            "« Je n'ai plus rien pour nourrir les enfants jusqu'à la fin de la semaine. »"
        )
        journey.need = "Deux enfants, frigo vide, aucune ressource avant l'allocation du 10."
        day = self.receive(journey, received)
        self.timeline.on(day, 11, 30, _assigned(journey))
        self.timeline.on(day, 13, 30, journey.open_inquiry)
        self.timeline.on(day, 13, 45, journey.find())
        self.timeline.on(min(working_days_after(day, 1), self.desk), 9, 15, _urgently(journey))

    def _entered_late(self) -> None:
        received = working_days_earlier(self.desk, 10)
        journey = self._reform_request(received)
        journey.channel = Channel.LETTER
        journey.late_reason = "Lettre classée par erreur avec le courrier du service énergie."
        entered = working_days_earlier(self.desk, 6)
        self.open_file(journey, entered, 12, RECEPTION[0])
        self.timeline.on(entered, 9, 14, journey.register(RECEPTION[0]))
        self.inquire(journey, entered, working_days_earlier(self.desk, 2), part=3)

    def _sent_back(self) -> None:
        journey = self._reform_request(working_days_earlier(self.desk, 12))
        self._until_proposal(journey, working_days_earlier(self.desk, 3))
        reason = "Les allocations familiales du deuxième enfant manquent aux motifs."
        self.timeline.on(working_days_earlier(self.desk, 2), 9, 50, journey.send_back(reason))

    def _proposed_by_the_head(self) -> None:
        """The head of service stood in for the absent worker: her own proposal waits for Marianne."""
        received = working_day_before(self.away_from - timedelta(days=3))
        journey = self._reform_request(received)
        journey.worker = ABSENT
        day = self.receive(journey, received)
        on = working_days_earlier(self.desk, 1)
        self.inquire(journey, day, on)
        self.timeline.on(on, 15, 40, journey.compute)
        head = self.house.head(ServiceKind.GENERAL)
        self.timeline.on(
            on, 15, 45, lambda moment: journey.propose_as(self.house.actor(head, moment))
        )

    def _decided_otherwise(self) -> None:
        meeting = self.sessions.past[BodyKind.COUNCIL][-1]
        journey = self.journey(self._received_before(meeting), Aid.ENERGY)
        journey.amount_cents = 42_000
        self.decide_in(meeting, journey)
        meeting.otherwise.append(journey)
        self.notify(meeting, journey)


_SEX = {"f": Sex.FEMALE, "m": Sex.MALE}
_BODIES = (
    BodyKind.SPECIAL_COMMITTEE,
    BodyKind.PERMANENT_BUREAU,
    BodyKind.SPECIAL_COMMITTEE,
    BodyKind.COUNCIL,
)
OLDEST_PAPER = 340


def populate(crowd: Crowd) -> None:
    """Draw everybody but the three stories: one of these has a running right."""
    others = tuple(wording.SERVICE_OF)
    crowd.established(RUNNING - GRANTED_AFTER_UNEMPLOYMENT - 1)
    crowd.granted_after_unemployment(GRANTED_AFTER_UNEMPLOYMENT)
    crowd.in_hand(AFTER_UNEMPLOYMENT, (Aid.RIS,))
    crowd.in_hand(OTHER_AID, others)
    crowd.other_decided(OTHER_DECIDED, others)
    crowd.particular()
    crowd.paper(FILES - 3 - crowd.files)


def first_information(chance: Random, received: date) -> date | None:
    """Some came to an information session before they asked."""
    if chance.random() < 0.75:
        return None
    return received - timedelta(days=chance.randrange(12, 80))


def _assigned(journey: Journey) -> Step:
    def step(moment: datetime) -> None:
        if journey.known_claim.referent is None:
            journey.assign(moment)

    return step


def _urgently(journey: Journey) -> Step:
    def step(moment: datetime) -> None:
        body = journey.house.bodies[BodyKind.SPECIAL_COMMITTEE]
        claims.decide_urgently(
            journey.house.actor(PRESIDENT, moment), journey.known_claim.pk, body_id=body.pk,
            amount_cents=15_000,
            reasons="Deux enfants sans repas avant la prochaine séance : bons alimentaires remis ce jour.",
        )  # fmt: skip

    return step


def _income(kind: IncomeKind, cents: int, since: date) -> dict[str, Any]:
    return {"kind": kind.value, "amount_cents": cents, "period": Period.MONTH, "starts_on": since}


def _member(
    first: str, last: str, born: date, relation: Relation, since: date, **more: Any
) -> dict[str, Any]:
    return {
        "first_name": first, "last_name": last, "birth_date": born, "relation": relation.value,
        "starts_on": max(since, born),
    } | more  # fmt: skip


def _stay(stay: ResidenceStatus) -> str:
    return stay.value if stay.value in wording.STATUS else "other"
