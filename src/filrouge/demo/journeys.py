"""One request on its way through the house, step by step, by the people whose turn it is.

Every step is the real action that a page calls, with an actor of that day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from filrouge.base.access.actor import BRUSSELS, Actor
from filrouge.base.centres.models import PaymentRhythm, ServiceKind
from filrouge.claims import actions as claims
from filrouge.claims import grounds, queries
from filrouge.claims.models import Aid, Channel, Claim, Delivery, Exemption, Result
from filrouge.council.models import Measure
from filrouge.demo.centre import ABSENT, REPLACED_BY, House
from filrouge.dossier.thread.actions import add_note
from filrouge.dossier.thread.models import Audience, Nature
from filrouge.people import actions as people
from filrouge.people.models import MissionKind, Person

PRESIDENT, DIRECTOR, TREASURER = "mireille", "anne", "olivier"
SECRETARIES = ("monique", "gaetan")


@dataclass(frozen=True, slots=True)
class Found:
    """What the inquiry finds about one condition."""

    condition: str
    text: str
    result: Result = Result.MET
    exemption: str = ""
    appraised_by: str = ""

    def draft(self) -> claims.FindingDraft:
        exemption = Exemption(self.exemption) if self.exemption else ""
        return claims.FindingDraft(
            self.condition, self.result, self.text, exemption, self.appraised_by
        )


@dataclass(frozen=True, slots=True)
class Means:
    """Who lives there and from what; field by field as the actions take them."""

    members: Sequence[Mapping[str, Any]] = ()
    incomes: Sequence[Mapping[str, Any]] = ()
    assets: Sequence[Mapping[str, Any]] = ()


@dataclass(slots=True)
class Journey:
    """A person and one request. *worker* is the key of the social worker who follows it."""

    house: House
    fields: Mapping[str, Any]
    worker: str
    away_from: date
    """From that day the absent worker's colleague acts in their place."""
    aid: Aid = Aid.RIS
    service: ServiceKind = ServiceKind.GENERAL
    channel: Channel = Channel.COUNTER
    words: str = ""
    urgent: bool = False
    late_reason: str = ""
    received_on: date | None = None
    means: Means = field(default_factory=Means)
    findings: Sequence[Found] = ()
    need: str = ""
    """State of need, for social aid."""
    measure: Measure = Measure.GRANT
    amount_cents: int | None = None
    piis: bool = False
    person: Person | None = None
    claim: Claim | None = None

    # who acts

    def follower(self, moment: datetime) -> Actor:
        """The social worker of the file, or who replaces them that day."""
        day = moment.astimezone(BRUSSELS).date()
        away = self.worker == ABSENT and day >= self.away_from
        return self.house.actor(REPLACED_BY if away else self.worker, moment)

    def head(self, moment: datetime) -> Actor:
        return self.house.actor(self.house.head(self.service), moment)

    def secretary(self, moment: datetime) -> Actor:
        return self.house.actor(SECRETARIES[moment.day % 2], moment)

    @property
    def name(self) -> str:
        return f"{self.fields['first_name']} {self.fields['last_name']}"

    @property
    def known_person(self) -> Person:
        assert self.person is not None  # noqa: S101 - the order of the steps says so
        return self.person

    @property
    def known_claim(self) -> Claim:
        assert self.claim is not None  # noqa: S101
        return self.claim

    # at the counter

    def open_file(self, by: str) -> Callable[[datetime], None]:
        """Enter the person in the register of files."""

        def step(moment: datetime) -> None:
            self.person = people.register_person(self.house.actor(by, moment), self.fields)

        return step

    def follow(self, moment: datetime) -> None:
        """The head of service gives the file to its worker."""
        hat = self.house.hats[self.worker]
        people.give_mission(self.head(moment), self.known_person.pk, hat, MissionKind.REFERENT)

    def note(self, title: str, text: str) -> Callable[[datetime], None]:
        """The worker writes a working note for the team."""

        def step(moment: datetime) -> None:
            add_note(
                self.follower(moment), self.known_person.pk, title, text, Audience.TEAM,
                Nature.WORKING_NOTE,
            )  # fmt: skip

        return step

    def register(self, by: str) -> Callable[[datetime], None]:
        """Enter the request in the chronological register."""

        def step(moment: datetime) -> None:
            day = moment.astimezone(BRUSSELS).date()
            request = claims.Request(
                received_on=self.received_on or day,
                channel=self.channel,
                aids=(self.aid,),
                urgent=self.urgent,
                words=self.words,
                late_entry_reason=self.late_reason,
            )
            actor = self.house.actor(by, moment)
            (self.claim,) = claims.register(actor, self.known_person.pk, request)

        return step

    def assign(self, moment: datetime) -> None:
        hat = self.house.hats[self.worker]
        claims.assign(self.head(moment), self.known_claim.pk, hat.pk)

    def close_file(self, moment: datetime) -> None:
        """Nobody follows the file any more."""
        missions = self.known_person.missions.filter(
            centre_id=self.house.centre.pk, ends_on__isnull=True
        )
        people.end_missions(missions, moment.astimezone(BRUSSELS).date() + timedelta(days=1))

    # the inquiry

    def open_inquiry(self, moment: datetime) -> None:
        claims.open_inquiry(self.follower(moment), self.known_claim.pk)

    def record_means(self, moment: datetime) -> None:
        actor, key = self.follower(moment), self.known_person.pk
        for member in self.means.members:
            people.add_household_member(actor, key, member)
        for income in self.means.incomes:
            people.add_income(actor, key, income)
        for asset in self.means.assets:
            people.add_asset(actor, key, asset)

    def find(self, count: int | None = None) -> Callable[[datetime], None]:
        """Record the first *count* findings, or all of them."""

        def step(moment: datetime) -> None:
            if self.need:
                claims.record_state_of_need(self.follower(moment), self.known_claim.pk, self.need)
            drafts = [found.draft() for found in self.findings[:count]]
            if drafts:
                claims.record_findings(self.follower(moment), self.known_claim.pk, drafts)

        return step

    def visit(self, text: str) -> Callable[[datetime], None]:
        def step(moment: datetime) -> None:
            day = moment.astimezone(BRUSSELS).date()
            claims.record_visit(self.follower(moment), self.known_claim.pk, day, text)

        return step

    def compute(self, moment: datetime, reason: str = "") -> None:
        """Freeze the computation of the right as of that day."""
        actor, claim = self.follower(moment), self.known_claim
        case = queries.case_for(actor, claim, actor.today)
        why = reason or queries.category_for(actor, claim, actor.today).reason
        claims.freeze_entitlement(actor, claim.pk, case, why)

    # proposal and second pair of eyes

    def propose(self, moment: datetime) -> None:
        self.propose_as(self.follower(moment))

    def propose_as(self, actor: Actor) -> None:
        """Propose what the findings point to, with the grounds that the software drafts."""
        claim = self.known_claim
        claim.state_of_need = self.need
        found = queries.findings_of(actor, claim)
        frozen = queries.latest_entitlement(actor, claim)
        granting = self.measure in (Measure.GRANT, Measure.GRANT_LESS)
        amount = self.amount_cents
        if frozen is not None and amount is None:
            amount = frozen.monthly_cents
        draft = claims.Draft(
            measure=self.measure,
            grounds_in_fact=grounds.in_fact(claim, found, frozen),
            grounds_in_law=grounds.in_law(claim, self.measure, found, frozen),
            amount_cents=amount if granting else None,
            starts_on=claim.received_on if granting else None,
            ends_on=None if self.lasting else claim.received_on,
            rhythm=PaymentRhythm.MONTHLY.value if granting and self.lasting else "",
            piis_due=self.piis,
            piis_by=claim.received_on + timedelta(days=90) if self.piis else None,
        )
        claims.propose(actor, claim.pk, draft, None)

    @property
    def lasting(self) -> bool:
        """Whether the aid is paid every month, not once."""
        return self.aid in (Aid.RIS, Aid.EQUIVALENT)

    @property
    def pays(self) -> bool:
        """Whether a grant means money: guidance and debt mediation do not."""
        return self.lasting or self.amount_cents is not None

    def approve(self, moment: datetime) -> None:
        claims.approve(self.head(moment), self.known_claim.pk)

    def send_back(self, reason: str) -> Callable[[datetime], None]:
        def step(moment: datetime) -> None:
            claims.send_back(self.head(moment), self.known_claim.pk, reason)

        return step

    # after the decision

    def prepare(self, moment: datetime) -> None:
        """The letter of the decision; those of the crowd stay on paper."""
        claims.prepare_notification(self.secretary(moment), self.known_claim.pk, None)

    def sign(self, by: str) -> Callable[[datetime], None]:
        def step(moment: datetime) -> None:
            claims.sign_notification(self.house.actor(by, moment), self.known_claim.pk)

        return step

    def send(self, number: str) -> Callable[[datetime], None]:
        """The letter leaves, registered under *number*, or is handed over when there is none."""

        def step(moment: datetime) -> None:
            actor = self.secretary(moment)
            delivery = Delivery.REGISTERED_POST if number else Delivery.HANDED_OVER
            claims.send_notification(
                actor, self.known_claim.pk, delivery=delivery, delivery_number=number,
                sent_on=actor.today,
            )  # fmt: skip

        return step

    def pay(self, moment: datetime) -> None:
        actor = self.house.actor(TREASURER, moment)
        decision = queries.decision_on(actor, self.known_claim)
        amount = decision.amount_cents if decision else None
        claims.record_first_payment(actor, self.known_claim.pk, actor.today, amount or 0)

    def withdraw(self, reason: str) -> Callable[[datetime], None]:
        def step(moment: datetime) -> None:
            claims.withdraw(self.follower(moment), self.known_claim.pk, reason, None)

        return step

    def appeal(self, reference: str, note: str) -> Callable[[datetime], None]:
        def step(moment: datetime) -> None:
            actor = self.follower(moment)
            claims.record_appeal(
                actor, self.known_claim.pk, lodged_on=actor.today, reference=reference, note=note
            )

        return step

    def transfer(self, to: str, address: str, reasons: str) -> Callable[[datetime], None]:
        def step(moment: datetime) -> None:
            claims.transfer(self.head(moment), self.known_claim.pk, to, address, reasons, None)

        return step
