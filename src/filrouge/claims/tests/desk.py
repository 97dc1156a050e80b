"""A centre at work, and the story of Samira told as far as a test needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from tests import world

from filrouge.base.access.actor import BRUSSELS, Actor
from filrouge.base.centres.models import Absence, Centre, Membership, Role, Service, ServiceKind
from filrouge.claims import actions, grounds, letters, queries
from filrouge.claims.models import (
    CONDITIONS,
    Aid,
    Channel,
    Claim,
    Delivery,
    FrozenEntitlement,
    Notification,
    Result,
)
from filrouge.council import actions as council
from filrouge.council.models import AgendaItem, Body, BodyKind, Decision, Measure, Seat, Session
from filrouge.people.models import Person

MONDAY = world.MONDAY
TODAY = MONDAY.date()
SESSION = datetime(2026, 3, 24, 18, 0, tzinfo=BRUSSELS)
RIGHT = 1_340_47
"""What a person alone without resources has since 1 March 2026, in euro cents a month."""


@dataclass
class Desk:
    """Two services and everyone a request passes by."""

    centre: Centre
    general: Service
    energy: Service
    reception: Actor
    nadia: Actor
    karim: Actor
    eva: Actor
    head: Actor
    other_head: Actor
    insertion: Actor
    secretary: Actor
    president: Actor
    director: Actor
    treasurer: Actor
    councillor: Actor
    administrator: Actor
    body: Body
    _session: list[Session] = field(default_factory=list)

    # people

    def samira(self, first_name: str = "Samira", **more: Any) -> Person:
        given = {"birth_date": date(1991, 5, 14), "sex": "f", **more}
        return world.person(self.centre, "Lejeune", first_name, **given)

    def absent(self, who: Actor, replaced_by: Actor, days: int = 5) -> Absence:
        return Absence.objects.create(
            centre=self.centre, membership=who.membership, replaced_by=replaced_by.membership,
            starts_on=TODAY, ends_on=TODAY + timedelta(days=days),
        )  # fmt: skip

    # steps of a request

    def register_all(
        self, *aids: Aid, by: Actor | None = None, person: Person | None = None, **more: Any
    ) -> list[Claim]:
        given: dict[str, Any] = {"received_on": TODAY, "channel": Channel.COUNTER, **more}
        person = person or self.samira()
        return actions.register(
            by or self.nadia, person.pk, actions.Request(aids=aids or (Aid.RIS,), **given)
        )

    def register(self, aid: Aid = Aid.RIS, **more: Any) -> Claim:
        (claim,) = self.register_all(aid, **more)
        return claim

    def in_inquiry(self, aid: Aid = Aid.RIS, **more: Any) -> Claim:
        claim = self.register(aid, **more)
        return actions.open_inquiry(self.nadia, claim.pk)

    def find(self, claim: Claim, condition: str, result: Result = Result.MET, **more: Any) -> Any:
        by = more.pop("by", self.nadia)
        return actions.record_finding(by, claim.pk, condition, result, **more)

    def established(self, aid: Aid = Aid.RIS, **more: Any) -> Claim:
        claim = self.in_inquiry(aid, **more)
        if aid is Aid.RIS:
            for condition in CONDITIONS:
                self.find(claim, condition, text="vu")
            return claim
        return actions.record_state_of_need(self.nadia, claim.pk, "Plus de quoi manger.")

    def freeze(self, claim: Claim, on: date = TODAY, **more: Any) -> FrozenEntitlement:
        case = queries.case_for(self.nadia, claim, on, **more)
        return actions.freeze_entitlement(self.nadia, claim.pk, case, "Elle vit seule.")

    def draft(self, claim: Claim, measure: Measure = Measure.GRANT, **more: Any) -> actions.Draft:
        found = queries.findings_of(self.nadia, claim)
        frozen = queries.latest_entitlement(self.nadia, claim)
        granting = measure in (Measure.GRANT, Measure.GRANT_LESS)
        given: dict[str, Any] = {
            "measure": measure,
            "grounds_in_fact": grounds.in_fact(claim, found, frozen),
            "grounds_in_law": grounds.in_law(claim, measure, found, frozen),
            "amount_cents": (frozen.monthly_cents if frozen else 5_000) if granting else None,
            "starts_on": claim.received_on if granting else None,
            "rhythm": "monthly" if granting else "",
        }
        return actions.Draft(**{**given, **more})

    def proposed(self, aid: Aid = Aid.RIS, measure: Measure = Measure.GRANT, **more: Any) -> Claim:
        claim = self.established(aid, **more)
        if aid is Aid.RIS and measure is Measure.GRANT:
            self.freeze(claim)
        actions.propose(self.nadia, claim.pk, self.draft(claim, measure), None)
        return self.fresh(claim)

    def approved(self, aid: Aid = Aid.RIS, **more: Any) -> Claim:
        claim = self.proposed(aid, **more)
        actions.approve(self.head, claim.pk)
        return self.fresh(claim)

    def session(self) -> Session:
        if not self._session:
            self._session.append(
                council.plan_session(self.secretary, self.body.pk, SESSION, "Maison communale")
            )
        return self._session[0]

    def scheduled(self, aid: Aid = Aid.RIS, **more: Any) -> tuple[Claim, AgendaItem]:
        claim = self.approved(aid, **more)
        return claim, actions.schedule(self.secretary, claim.pk, self.session().pk)

    def open_session(self) -> None:
        session = self.session()
        council.convene(self.secretary, session.pk)
        seats = [self.president.membership.pk, self.councillor.membership.pk]
        council.open_session(
            self.that_evening(self.secretary), session.pk, present=seats, presiding=seats[0]
        )

    def decide(self, item: AgendaItem, **more: Any) -> Decision:
        given = {"follows_proposal": True, "votes_for": 2, **more}
        return council.decide(self.that_evening(self.secretary), item.pk, **given)

    def decided(self, aid: Aid = Aid.RIS, **more: Any) -> tuple[Claim, Decision]:
        claim, item = self.scheduled(aid, **more)
        self.open_session()
        return claim, self.decide(item)

    def prepared(self, aid: Aid = Aid.RIS, **more: Any) -> Claim:
        claim, decision = self.decided(aid, **more)
        secretary = self.that_evening(self.secretary)
        actions.prepare_notification(
            secretary, claim.pk, letters.decision(secretary, claim, decision)
        )
        return claim

    def sign(self, claim: Claim, who: Actor) -> Notification:
        actor = self.that_evening(who)
        return actions.sign_notification(
            actor, claim.pk, lambda n: letters.decision(actor, n.claim, n.decision, n)
        )

    def signed(self, aid: Aid = Aid.RIS, **more: Any) -> Claim:
        claim = self.prepared(aid, **more)
        self.sign(claim, self.president)
        self.sign(claim, self.director)
        return claim

    def send(self, claim: Claim, **more: Any) -> Notification:
        given: dict[str, Any] = {
            "delivery": Delivery.REGISTERED_POST,
            "delivery_number": "RR 123 456 789 BE",
            "sent_on": SESSION.date(),
        }
        return actions.send_notification(
            self.that_evening(self.secretary), claim.pk, **{**given, **more}
        )

    def notified(self, aid: Aid = Aid.RIS, **more: Any) -> Claim:
        claim = self.signed(aid, **more)
        self.send(claim)
        return claim

    # reading back

    def that_evening(self, who: Actor) -> Actor:
        """The same hat after the session of 24 March."""
        return who.at(SESSION + timedelta(hours=1))

    def fresh(self, claim: Claim) -> Claim:
        """The claim as the next person reads it."""
        return queries.with_stage(
            Claim.objects.select_related("person", "service", "referent__user")
        ).get(pk=claim.pk, centre=self.centre)

    def stage(self, claim: Claim) -> str:
        return queries.stage_of(self.fresh(claim))


def open_desk(centre: Centre) -> Desk:
    general = world.service(centre)
    energy = world.service(centre, "Énergie", ServiceKind.ENERGY)
    house = world.service(centre, "Administration", ServiceKind.ADMINISTRATION)

    def wear(role: Role, name: str, team: Service | None = None) -> Actor:
        return world.actor(centre, role, name=name, team=team)

    desk = Desk(
        centre=centre,
        general=general,
        energy=energy,
        reception=wear(Role.RECEPTIONIST, "accueil", house),
        nadia=wear(Role.SOCIAL_WORKER, "nadia", general),
        karim=wear(Role.SOCIAL_WORKER, "karim", general),
        eva=wear(Role.SOCIAL_WORKER, "eva", energy),
        head=wear(Role.HEAD_OF_SERVICE, "cheffe", general),
        other_head=wear(Role.HEAD_OF_SERVICE, "chef energie", energy),
        insertion=wear(Role.INSERTION_AGENT, "insertion", general),
        secretary=wear(Role.SECRETARIAT, "secretaire", house),
        president=wear(Role.PRESIDENT, "presidente"),
        director=wear(Role.DIRECTOR_GENERAL, "directrice", house),
        treasurer=wear(Role.FINANCIAL_DIRECTOR, "tresorier", house),
        councillor=wear(Role.COUNCILLOR, "conseiller"),
        administrator=wear(Role.ADMINISTRATOR, "administrateur", house),
        body=Body.objects.create(
            centre=centre, kind=BodyKind.SPECIAL_COMMITTEE, name="Comité spécial"
        ),
    )
    for member in (desk.president, desk.councillor):
        Seat.objects.create(
            centre=centre, body=desk.body, membership=member.membership,
            presides=member is desk.president, starts_on=date(2020, 1, 1),
        )  # fmt: skip
    Membership.objects.filter(pk=desk.karim.membership.pk).update(quota=50)
    desk.karim.membership.quota = 50
    return desk


def browser(who: Actor) -> Client:
    """A browser in which that colleague is signed in."""
    client = Client()
    client.force_login(who.user)
    return client
