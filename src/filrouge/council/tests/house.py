"""A council of five, a secretariat, and sheets to decide upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests import world

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Centre, Membership, Role
from filrouge.council import actions
from filrouge.council.models import AgendaItem, Body, BodyKind, Seat, Session
from filrouge.council.sheets import FollowUp, Sheet, SheetFinding
from filrouge.dossier.terms import actions as terms
from filrouge.law import terms as law_terms
from filrouge.law.terms import TermKind
from filrouge.people.models import Person

RECEIVED = date(2026, 2, 20)
SESSION_DAYS = 14
"""From the Monday of the tests to the session."""


def follow_up(term: TermKind, role: Role, *, granted: bool = False) -> FollowUp:
    return FollowUp(
        term=term.value, regime="ris", next_step=f"suite {term.value}", button="Ouvrir",
        address="/demandes/", role=role.value, only_if_granted=granted,
    )  # fmt: skip


SHEET = Sheet(
    reference="2026/12",
    initials="M. D.",
    name="Marie Dubois",
    birth_year=1991,
    aid="ris",
    aid_label="revenu d'intégration",
    asked="Je n'ai plus rien depuis février.",
    received_on=RECEIVED.isoformat(),
    decide_before="2026-03-22",
    household="Vit seule.",
    findings=(SheetFinding("Résidence", "remplie", "Registre de la population."),),
    measure="grant",
    amount_cents=1_340_47,
    category=2,
    starts_on=RECEIVED.isoformat(),
    ends_on=None,
    rhythm="monthly",
    calculation=(),
    grounds_in_fact="Madame vit seule et n'a aucune ressource.",
    grounds_in_law="Loi du 26 mai 2002, art. 3 et 14.",
    piis="",
    follow_up=(
        follow_up(TermKind.NOTIFICATION, Role.SECRETARIAT),
        follow_up(TermKind.PAYMENT, Role.FINANCIAL_DIRECTOR, granted=True),
    ),
)


@dataclass
class House:
    """A centre with one council of five seats; the first seat presides."""

    centre: Centre
    body: Body
    members: list[Membership]
    secretary: Actor
    director: Actor

    @property
    def president(self) -> Actor:
        return Actor(membership=self.members[0], now=world.MONDAY)

    def councillor(self, rank: int) -> Actor:
        return Actor(membership=self.members[rank], now=world.MONDAY)

    def person(self, **more: Any) -> Person:
        return world.person(self.centre, **more)

    def plan(self, days: int = SESSION_DAYS) -> Session:
        starts_at = world.MONDAY + timedelta(days=days, hours=9, minutes=30)
        return actions.plan_session(self.secretary, self.body.pk, starts_at, "Salle du conseil")

    def schedule(
        self, session: Session, person: Person | None = None, sheet: Sheet = SHEET, **more: Any
    ) -> AgendaItem:
        """A point on the agenda, the decision term of its subject running."""
        person = person or self.person()
        subject = uuid4()
        term = law_terms.compute(TermKind.DECISION, RECEIVED)
        turn = terms.Turn("Inscrire", "Inscrire", "/demandes/", role=Role.SECRETARIAT)
        terms.start(
            self.secretary, person, term, turn, subject_kind="claim", subject_id=subject,
            referent=None,
        )  # fmt: skip
        return actions.schedule(
            self.secretary, session.pk, subject_kind="claim", subject_id=subject, person=person,
            title=f"2026/12 · {person.initials}", sheet=sheet, **more,
        )  # fmt: skip

    def convene(self, session: Session) -> Session:
        return actions.convene(self.secretary, session.pk)

    def at(self, session: Session) -> Actor:
        """The secretary on the evening of a session."""
        return self.secretary.at(session.starts_at)

    def open(self, session: Session, present: int = 5) -> Session:
        keys = [member.pk for member in self.members[:present]]
        return actions.open_session(self.at(session), session.pk, present=keys, presiding=keys[0])

    def in_session(self, sheet: Sheet = SHEET, present: int = 5) -> AgendaItem:
        """A point to decide in a session that is being held."""
        session = self.plan()
        item = self.schedule(session, sheet=sheet)
        self.convene(session)
        self.open(session, present)
        return AgendaItem.objects.select_related("session__body").get(pk=item.pk)

    def decide(self, item: AgendaItem, **more: Any) -> Any:
        given: dict[str, Any] = {"follows_proposal": True, "votes_for": 5, **more}
        return actions.decide(self.at(item.session), item.pk, **given)


def make_house(centre: Centre, casting_vote: bool = True) -> House:
    body = Body.objects.create(
        centre=centre, kind=BodyKind.COUNCIL, name="Conseil", casting_vote=casting_vote
    )
    members = [world.hat(centre, Role.PRESIDENT, name="presidente")]
    members += [world.hat(centre, Role.COUNCILLOR, name=f"membre {rank}") for rank in range(1, 5)]
    for rank, member in enumerate(members):
        Seat.objects.create(
            centre=centre, body=body, membership=member, presides=rank == 0,
            starts_on=date(2025, 1, 1),
        )  # fmt: skip
    return House(
        centre, body, members, world.actor(centre, Role.SECRETARIAT),
        world.actor(centre, Role.DIRECTOR_GENERAL),
    )  # fmt: skip
