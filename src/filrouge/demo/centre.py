"""The CPAS of Valbourg: its services, the people who work there, its deciding bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from filrouge.base.access.actor import BRUSSELS, Actor
from filrouge.base.centres.models import (
    Absence,
    Centre,
    Membership,
    Role,
    Service,
    ServiceKind,
    User,
)
from filrouge.base.records import store
from filrouge.council.models import Body, BodyKind, Seat
from filrouge.people import names

SHORT_NAME = "Valbourg"
ENTERPRISE_NUMBER = "0999999922"
"""Of no real centre; with the short name it tells the demo from anything else."""
DOMAIN = "valbourg.example"
PASSWORD = "valbourg-demo-2026"  # noqa: S105 - shown on the login page of the demo on purpose
"""Shared by every account of the demo centre; a real centre never has it."""

HIRED = date(2019, 1, 1)

SERVICES: tuple[tuple[ServiceKind, str], ...] = (
    (ServiceKind.RECEPTION, "Accueil"),
    (ServiceKind.GENERAL, "Service social général"),
    (ServiceKind.INSERTION, "Insertion socioprofessionnelle (ISP)"),
    (ServiceKind.ENERGY, "Énergie"),
    (ServiceKind.DEBTS, "Médiation de dettes"),
    (ServiceKind.ADMINISTRATION, "Administration"),
)

_K, _R = ServiceKind, Role


@dataclass(frozen=True, slots=True)
class Hat:
    """Somebody of the staff. *quota* is the time spent on files, in percent."""

    first_name: str
    last_name: str
    role: Role
    service: ServiceKind | None = None
    since: date = HIRED
    quota: int = 100

    @property
    def key(self) -> str:
        """First name in plain letters: how the code and the accounts call this person."""
        return _plain(self.first_name)

    @property
    def email(self) -> str:
        return f"{self.key}.{_plain(self.last_name)}@{DOMAIN}"


def _plain(name: str) -> str:
    return names.plain(name).replace(" ", "")


STAFF: tuple[Hat, ...] = (
    Hat("Nadia", "Baudart", _R.SOCIAL_WORKER, _K.GENERAL, date(2014, 9, 1)),
    Hat("Bénédicte", "Wauquelin", _R.SOCIAL_WORKER, _K.GENERAL, date(2003, 2, 1), 80),
    Hat("Samuel", "Tordoir", _R.SOCIAL_WORKER, _K.GENERAL, date(2011, 5, 2)),
    Hat("Hafida", "Belmaati", _R.SOCIAL_WORKER, _K.GENERAL, date(2017, 1, 9)),
    Hat("Quentin", "Rossignon", _R.SOCIAL_WORKER, _K.GENERAL, date(2021, 10, 4)),
    Hat("Émilie", "Castagneau", _R.SOCIAL_WORKER, _K.GENERAL, date(2019, 3, 18), 50),
    Hat("Deniz", "Karadağlı", _R.SOCIAL_WORKER, _K.GENERAL, date(2023, 6, 1)),
    Hat("Justine", "Mabundala", _R.SOCIAL_WORKER, _K.GENERAL, date(2025, 2, 3)),
    Hat("Philippe", "Gréterin", _R.SOCIAL_WORKER, _K.ENERGY, date(2009, 11, 2), 80),
    Hat("Catherine", "Dessouroux", _R.SOCIAL_WORKER, _K.DEBTS, date(2006, 4, 3)),
    Hat("Maxime", "Pirottin", _R.SOCIAL_WORKER, _K.DEBTS, date(2022, 9, 5), 60),
    Hat("Françoise", "Delvigneux", _R.HEAD_OF_SERVICE, _K.GENERAL, date(2001, 9, 3)),
    Hat("Marianne", "Questiaux", _R.HEAD_OF_SERVICE, _K.INSERTION, date(2008, 1, 7)),
    Hat("Bertrand", "Hennuy", _R.HEAD_OF_SERVICE, _K.ENERGY, date(2010, 3, 1)),
    Hat("Christelle", "Bovesart", _R.HEAD_OF_SERVICE, _K.DEBTS, date(2012, 8, 20)),
    Hat("Rita", "Scarlatella", _R.HEAD_OF_SERVICE, _K.RECEPTION, date(2015, 5, 4)),
    Hat("Étienne", "Parmentois", _R.HEAD_OF_SERVICE, _K.ADMINISTRATION, date(2007, 10, 1)),
    Hat("Luc", "Fabry", _R.INSERTION_AGENT, _K.INSERTION, date(2013, 2, 4)),
    Hat("Aïcha", "Benzakour", _R.INSERTION_AGENT, _K.INSERTION, date(2018, 9, 3)),
    Hat("Tomek", "Wiśnicki", _R.INSERTION_AGENT, _K.INSERTION, date(2024, 1, 8)),
    Hat("Monique", "Lardinel", _R.SECRETARIAT, _K.ADMINISTRATION, date(2004, 6, 1)),
    Hat("Gaëtan", "Collignard", _R.SECRETARIAT, _K.ADMINISTRATION, date(2020, 1, 6)),
    Hat("Sabrina", "Vanhoutem", _R.RECEPTIONIST, _K.RECEPTION, date(2016, 4, 4)),
    Hat("José", "Mirandola", _R.RECEPTIONIST, _K.RECEPTION, date(2022, 2, 1)),
    Hat("Anne", "Thibaudeau", _R.DIRECTOR_GENERAL, _K.ADMINISTRATION, date(2012, 1, 2)),
    Hat("Olivier", "Stassinet", _R.FINANCIAL_DIRECTOR, _K.ADMINISTRATION, date(2016, 9, 1)),
    Hat("Mireille", "Charpentois", _R.PRESIDENT, None, date(2024, 12, 2)),
    Hat("André", "Lejaxhe", _R.COUNCILLOR, None, date(2024, 12, 2)),
    Hat("Fatma", "Yılmazer", _R.COUNCILLOR, None, date(2024, 12, 2)),
    Hat("Giuseppe", "Navarello", _R.COUNCILLOR, None, date(2024, 12, 2)),
    Hat("Colette", "Warnotte", _R.COUNCILLOR, None, date(2024, 12, 2)),
    Hat("Thomas", "Ghislenghe", _R.COUNCILLOR, None, date(2024, 12, 2)),
    Hat("Ingrid", "Meurissen", _R.COUNCILLOR, None, date(2024, 12, 2)),
    Hat("Pacifique", "Nzuzikila", _R.COUNCILLOR, None, date(2024, 12, 2)),
    Hat("Robert", "Dubuisset", _R.COUNCILLOR, None, date(2024, 12, 2)),
    Hat("Iris", "Vandormael", _R.ADMINISTRATOR, _K.ADMINISTRATION, date(2019, 5, 6)),
)

SUBSTITUTES = {
    "francoise": "marianne",
    "marianne": "francoise",
    "bertrand": "christelle",
    "christelle": "bertrand",
    "rita": "etienne",
    "etienne": "rita",
}
"""Heads of service and the colleague named to read in their place."""

ABSENT, REPLACED_BY = "benedicte", "samuel"

COMMITTEE_SEATS = ("mireille", "andre", "fatma", "giuseppe", "colette")
BUREAU_SEATS = ("mireille", "thomas", "ingrid")

SHOWN_ACCOUNTS = (
    "nadia", "sabrina", "luc", "francoise", "marianne", "monique", "mireille", "fatma", "anne",
    "olivier", "iris",
)  # fmt: skip
"""One account per role, for the login page of the demo; all others work too."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account that a visitor of the demo may try."""

    name: str
    role: str
    email: str


def accounts() -> tuple[Account, ...]:
    """The accounts to show, one per role, in the order of the thread. All share ``PASSWORD``."""
    by_key = {hat.key: hat for hat in STAFF}
    return tuple(
        Account(f"{hat.first_name} {hat.last_name}", str(hat.role.label), hat.email)
        for hat in (by_key[key] for key in SHOWN_ACCOUNTS)
    )


_LOOKED_UP = ("stands_for", "service_ids")


class House:
    """The centre once it stands: hats by key, bodies by kind, and who acts when."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.services: dict[ServiceKind, Service] = {}
        self.hats: dict[str, Membership] = {}
        self.bodies: dict[BodyKind, Body] = {}
        self._actors: dict[tuple[str, date], Actor] = {}

    def actor(self, key: str, moment: datetime) -> Actor:
        """This hat at that instant.

        The actors of one hat on one day share what they looked up (whom they replace, which
        services they cover), as the requests of a real day could.
        """
        day = moment.astimezone(BRUSSELS).date()
        before = self._actors.get((key, day))
        actor = Actor(self.hats[key], moment)
        if before is not None:
            known = before.__dict__
            actor.__dict__.update((name, known[name]) for name in _LOOKED_UP if name in known)
        self._actors[(key, day)] = actor
        return actor

    def workers(self, kind: ServiceKind = ServiceKind.GENERAL) -> list[str]:
        """Keys of the social workers of a service."""
        return [hat.key for hat in STAFF if hat.role is Role.SOCIAL_WORKER and hat.service is kind]

    def head(self, kind: ServiceKind) -> str:
        return next(
            hat.key for hat in STAFF if hat.role is Role.HEAD_OF_SERVICE and hat.service is kind
        )


def build(today: date) -> House:
    """Write the centre, its people and its bodies. *today* places the absence."""
    house = House(_centre())
    for kind, name in SERVICES:
        service = Service(centre=house.centre, kind=kind, name=name)
        store(service)
        house.services[kind] = service
    _hire(house)
    _name_substitutes(house)
    _send_away(house, today)
    _seat(house)
    return house


def _centre() -> Centre:
    centre = Centre(
        name="CPAS de Valbourg",
        short_name=SHORT_NAME,
        enterprise_number=ENTERPRISE_NUMBER,
        nis_code="",
        address="Place du Grand Lavoir 1",
        postal_code="4999",
        city="Valbourg",
        phone="04 990 00 00",
        email=f"accueil@{DOMAIN}",
        opening_hours="du lundi au vendredi de 9 h à 12 h, et sur rendez-vous",
        labour_tribunal="Tribunal du travail de Valbourg",
        labour_tribunal_address="Rue du Palais 9, 4999 Valbourg",
    )
    store(centre)
    return centre


def _hire(house: House) -> None:
    password = make_password(PASSWORD)
    for hat in STAFF:
        user = User(
            email=hat.email, first_name=hat.first_name, last_name=hat.last_name, password=password
        )
        store(user)
        membership = Membership(
            centre=house.centre,
            user=user,
            service=house.services[hat.service] if hat.service else None,
            role=hat.role,
            starts_on=hat.since,
            quota=hat.quota,
        )
        store(membership)
        house.hats[hat.key] = membership


def _name_substitutes(house: House) -> None:
    for head, substitute in SUBSTITUTES.items():
        house.hats[head].substitute = house.hats[substitute]
        store(house.hats[head])


def away_from(today: date) -> date:
    """First day of the absence that is running."""
    return today - timedelta(days=16)


def _send_away(house: House, today: date) -> None:
    """One social worker is away these weeks; a colleague takes the queue over."""
    absence = Absence(
        centre=house.centre,
        membership=house.hats[ABSENT],
        replaced_by=house.hats[REPLACED_BY],
        starts_on=away_from(today),
        ends_on=today + timedelta(days=19),
    )
    store(absence)


def _seat(house: House) -> None:
    council = [hat.key for hat in STAFF if hat.role in (Role.PRESIDENT, Role.COUNCILLOR)]
    seats = {
        BodyKind.COUNCIL: tuple(council),
        BodyKind.SPECIAL_COMMITTEE: COMMITTEE_SEATS,
        BodyKind.PERMANENT_BUREAU: BUREAU_SEATS,
    }
    for kind, keys in seats.items():
        body = Body(centre=house.centre, kind=kind, name=str(kind.label))
        store(body)
        house.bodies[kind] = body
        for key in keys:
            hat = house.hats[key]
            seat = Seat(
                centre=house.centre,
                body=body,
                membership=hat,
                presides=hat.role == Role.PRESIDENT,
                starts_on=hat.starts_on,
            )
            store(seat)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant in Valbourg."""
    return datetime.combine(day, time(hour, minute), BRUSSELS)
