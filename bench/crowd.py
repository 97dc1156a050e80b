"""A large invented centre, written table by table: what 50,000 people do to a page.

Deterministic for a number of people and a day. Rows go straight to the tables in large batches;
nothing here replaces the actions, whose own cost is measured apart.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, models, transaction

from filrouge.base.access.actor import BRUSSELS
from filrouge.base.centres.models import (
    Centre,
    Counter,
    Membership,
    Role,
    Service,
    ServiceKind,
    User,
)
from filrouge.base.trail.models import Chain, ChainHead, Entry, ReadPerson
from filrouge.claims.models import Claim, Notification
from filrouge.council.models import AgendaItem, Body, Decision, Session
from filrouge.dossier.documents.models import Document
from filrouge.dossier.terms.models import Term
from filrouge.dossier.thread.models import Event
from filrouge.people import names
from filrouge.people.models import HouseholdMember, Income, Mission, NamePart, Person

PEOPLE = 50_000
BATCH = 5_000
WORKERS = 60
YEARS = 8
READS = 4
"""Openings of each file in the reading log."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SYLLABLES = _words(
    "ba be bi bo bou da de di du fa fi fo ga go ha ka ki la le li lo ma me mi na ni no pa pe ra re "
    "ri ro sa se si ta te ti to va ve vi wa ya za zo"
)
FIRST_NAMES = _words(
    "Adeline Ahmed Aïcha Alain Amina Arnaud Benoît Camille Carine Chloé David Élodie Fatima "
    "Georges Hélène Ibrahim Jean Jérôme Karim Laëtitia Léa Luc Marie Mohamed Nadia Nathalie "
    "Olivier Pascal Rachid Rosa Samira Sophie Thierry Véronique Yasmina Zoé"
)
ENDINGS = ("", "", "n", "rt", "s", "t", "ux", "é", "ï", "ç")


def key(*parts: object) -> uuid.UUID:
    """The same key for the same parts, in every run."""
    return uuid.UUID(bytes=hashlib.md5(repr(parts).encode()).digest())


class Writer:
    """Rows of one table, kept until a batch is full, written in the engine's fastest way."""

    def __init__(self, model: type[models.Model], **same: Any) -> None:
        fields = [
            field
            for field in model._meta.concrete_fields
            if not isinstance(field, models.AutoField)
        ]
        self.table = model._meta.db_table
        self.columns = [field.column for field in fields]
        self.same = {field.attname: _empty(field) for field in fields} | same
        self.prepared: list[Callable[[Any], Any]] = [_prepared(field) for field in fields]
        self.rows: list[list[Any]] = []

    def add(self, **values: Any) -> None:
        whole = self.same | values
        self.rows.append(
            [
                None if value is None else prepare(value)
                for prepare, value in zip(self.prepared, whole.values(), strict=True)
            ]
        )
        if len(self.rows) >= BATCH:
            self.flush()

    def flush(self) -> None:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{self.table}" ({columns}) FROM STDIN') as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self.columns))
                statement = f'INSERT INTO "{self.table}" ({columns}) VALUES ({marks})'
                cursor.executemany(statement, self.rows)
        self.rows.clear()


def _empty(field: models.Field[Any, Any]) -> Any:
    if field.has_default():
        return field.get_default() if not callable(field.default) else None
    return None if field.null else ""


def _prepared(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """What turns a value into what the driver takes."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.JSONField):
        return json.dumps
    if connection.vendor == "postgresql":
        return lambda value: value
    if isinstance(target, models.UUIDField):
        return lambda value: value.hex
    if isinstance(target, models.DateTimeField):
        return lambda value: str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(target, models.DateField):
        return lambda value: value.isoformat()
    return lambda value: value


def _surnames(chance: Random) -> list[str]:
    """Six thousand names, as unevenly shared as real ones."""
    found: dict[str, None] = {}
    for _turn in range(6_500):
        stem = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))
        found[f"{stem}{chance.choice(ENDINGS)}".title()] = None
    return list(islice(found, 6_000))


class Crowd:
    """The centre while it is being written."""

    def __init__(self, people: int, today: date) -> None:
        self.people, self.today = people, today
        self.chance = Random(1976)
        self.now = datetime(today.year, today.month, today.day, 8, tzinfo=BRUSSELS)
        self.centre = Centre.objects.create(
            id=key("centre"), name="CPAS de Grandmont", short_name="Grandmont",
            address="rue du Nombre 1", postal_code="4998", city="Grandmont",
            labour_tribunal="Tribunal du travail de Liège",
            labour_tribunal_address="place Saint-Lambert 30, 4000 Liège",
        )  # fmt: skip
        self.services = [
            Service.objects.create(
                id=key("service", rank), centre=self.centre, name=f"Antenne sociale {rank + 1}",
                kind=ServiceKind.GENERAL,
            )
            for rank in range(6)
        ]  # fmt: skip
        self.password = make_password(None)
        self.workers = [
            self._hat(f"as{rank}", Role.SOCIAL_WORKER, self.services[rank % 6])
            for rank in range(WORKERS)
        ]
        for rank, service in enumerate(self.services):
            self._hat(f"chef{rank}", Role.HEAD_OF_SERVICE, service)
        self.secretary = self._hat("secretariat", Role.SECRETARIAT, None)
        for role in (Role.RECEPTIONIST, Role.DIRECTOR_GENERAL, Role.PRESIDENT):
            self._hat(role.value, role, None)
        body = Body.objects.create(
            id=key("body"), centre=self.centre, kind="special_committee", name="Comité spécial"
        )
        self.body = body
        first = today - timedelta(days=365 * YEARS)
        days = [first + timedelta(days=14 * rank) for rank in range(365 * YEARS // 14)]
        Session.objects.bulk_create(
            Session(
                id=key("session", day), centre=self.centre, body=body, held_on=day,
                starts_at=self._at(day), convocation_due_on=day - timedelta(days=6),
                convened_on=day - timedelta(days=6), opened_at=self._at(day),
                closed_at=self._at(day, 17),
            )
            for day in days
        )  # fmt: skip
        self.sessions = days

    def _hat(self, name: str, role: Role, service: Service | None) -> Membership:
        user = User.objects.create(
            id=key("user", name), email=f"{name}@grandmont.example", first_name="Agent",
            last_name=name.title(), password=self.password,
        )  # fmt: skip
        return Membership.objects.create(
            id=key("hat", name), centre=self.centre, user=user, role=role, service=service,
            starts_on=date(2015, 1, 1),
        )  # fmt: skip

    @staticmethod
    def _at(day: date, hour: int = 9) -> datetime:
        return datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS)

    def write(self, tell: Callable[[int], None]) -> None:
        same = {"centre_id": self.centre.pk}
        self.tables = {
            model: Writer(model, **same)
            for model in (
                Person, NamePart, Mission, HouseholdMember, Income, Claim, AgendaItem, Decision,
                Document, Notification, Term, Event, Entry,
            )
        }  # fmt: skip
        self.tables[ReadPerson] = Writer(ReadPerson, **same)
        surnames = _surnames(self.chance)
        self.numbers = {
            year: count(1) for year in range(self.today.year - YEARS, self.today.year + 1)
        }
        self.sequence, self.previous = 0, "0" * 64
        for rank in range(self.people):
            self._person(rank, surnames)
            if rank % BATCH == 0:
                tell(rank)
        for table in self.tables.values():
            table.flush()
        self._continue_counters()

    def _person(self, rank: int, surnames: Sequence[str]) -> None:
        chance = self.chance
        person = key("person", rank)
        last = surnames[int(len(surnames) * chance.random() ** 2)]
        first = chance.choice(FIRST_NAMES)
        opened = self.today - timedelta(days=chance.randrange(30, 365 * YEARS))
        born = date(1945, 1, 1) + timedelta(days=chance.randrange(22_000))
        self.tables[Person].add(
            id=person, file_number=rank + 1, last_name=last, first_name=first, birth_date=born,
            sex=chance.choice("fm"), residence_status="belgian", language="fr",
            street="rue du Nombre 1", postal_code="4998", city="Grandmont", registered_on=opened,
            sort_key=names.plain(f"{last} {first}"), version=1, spoken_languages="français",
            niss=f"{born:%y%m%d}{rank:05d}",
        )  # fmt: skip
        for part in sorted(names.parts(last, first)):
            self.tables[NamePart].add(person_id=person, part=part)
        worker = self.workers[rank % WORKERS]
        self.tables[Mission].add(
            id=key("mission", rank), person_id=person, membership_id=worker.pk,
            service_id=worker.service_id, kind="referent", starts_on=opened,
        )  # fmt: skip
        if rank % 3 == 0:
            self.tables[HouseholdMember].add(
                id=key("member", rank), person_id=person, first_name="Enfant", last_name=last,
                birth_date=date(2014, 5, 1), relation="child", starts_on=opened,
                dependent=True,
            )  # fmt: skip
        self.tables[Income].add(
            id=key("income", rank), person_id=person, kind="wage", amount_cents=45_000,
            starts_on=opened,
        )  # fmt: skip
        for kind in ("identity", "household", "payslip"):
            self.tables[Document].add(
                id=key("document", rank, kind), person_id=person, kind=kind, title=kind,
                received_on=opened, media_type="application/pdf", size=40_000, digest="0" * 64,
                stored_as=f"{rank}/{kind}", added_by_id=worker.pk, added_at=self._at(opened),
            )  # fmt: skip
        for turn in range(2 if rank % 5 == 0 else 1):
            self._claim(rank, turn, person, worker, opened)
        self._readings(person, worker)

    def _claim(
        self, rank: int, turn: int, person: uuid.UUID, worker: Membership, opened: date
    ) -> None:
        claim = key("claim", rank, turn)
        # One in twenty is in hand today.
        running = rank % 20 == turn
        received = self.today - timedelta(days=rank % 27) if running else opened
        self.tables[Claim].add(
            id=claim, person_id=person, intake=claim, year=received.year,
            number=next(self.numbers[received.year]), entered_at=self._at(received),
            entered_by_id=worker.pk, received_on=received, channel="counter", aid="ris",
            urgent=False, words="Je n'ai plus de revenu.", service_id=worker.service_id,
            referent_id=worker.pk, state="inquiry" if running else "approved", version=1,
        )  # fmt: skip
        steps = (
            ["register", "inquiry"]
            if running
            else ["register", "inquiry", "propose", "decide", "notify"]
        )
        for step, name in enumerate(steps):
            self.tables[Event].add(
                id=key("event", rank, turn, name), person_id=person, kind=f"claims.{name}",
                family="claims", at=self._at(received) + timedelta(days=step * 5),
                membership_id=worker.pk, service_id=worker.service_id, audience="team",
                nature="fact", title="Étape de la demande", text="Ce qui a été fait ce jour-là.",
                subject_kind="claim", subject_id=claim,
            )  # fmt: skip
        for kind, days in (("transfer", 5), ("decision", 30)):
            stopped = not running or kind == "transfer"
            self.tables[Term].add(
                id=key("term", rank, turn, kind), person_id=person, kind=kind,
                label="Décider de la demande", article="loi du 26 mai 2002, art. 21 § 1", status="A",
                counting="30 jours", subject_kind="claim", subject_id=claim, starts_on=received,
                due_on=received + timedelta(days=days),
                stopped_on=received + timedelta(days=2) if stopped else None,
                next_step="Établir les conditions", address="/demandes/", button="Continuer",
                waits_for_membership_id=worker.pk, referent_id=worker.pk,
            )  # fmt: skip
        if not running:
            self._decision(rank, turn, person, worker, claim, received)

    def _decision(
        self,
        rank: int,
        turn: int,
        person: uuid.UUID,
        worker: Membership,
        claim: uuid.UUID,
        on: date,
    ) -> None:
        wanted = (on - self.sessions[0]).days // 14 + 1
        day = self.sessions[min(wanted, len(self.sessions) - 1)]
        item, decision = key("item", rank, turn), key("decision", rank, turn)
        sheet = {"facts": [], "text": "x" * 600}
        self.tables[AgendaItem].add(
            id=item, session_id=key("session", day), position=rank % 90, person_id=person,
            subject_kind="claim", subject_id=claim, title="Demande", sheet=sheet, version=1,
            proposed_by_id=worker.pk,
        )  # fmt: skip
        self.tables[Decision].add(
            id=decision, item_id=item, body_id=self.body.pk, person_id=person,
            subject_kind="claim", subject_id=claim, aid="ris", sheet=sheet, decided_on=day,
            decided_at=self._at(day), follows_proposal=True, measure="grant",
            amount_cents=134_047, category=2, starts_on=on, grounds_in_fact="Motifs.",
            grounds_in_law="Motifs.", recorded_by_id=self.secretary.pk,
        )  # fmt: skip
        self.tables[Notification].add(
            id=key("notification", rank, turn), claim_id=claim, decision_id=decision,
            delivery="handed_over", sent_on=day + timedelta(days=3),
            prepared_by_id=self.secretary.pk,
        )  # fmt: skip

    def _readings(self, person: uuid.UUID, worker: Membership) -> None:
        for _turn in range(READS):
            self.sequence += 1
            text = f'{{"sequence":{self.sequence},"why":""}}'
            digest = hashlib.sha256(f"{self.previous}\n{text}".encode()).hexdigest()
            entry = key("read", self.sequence)
            self.tables[Entry].add(
                id=entry, chain=Chain.READS.value, sequence=self.sequence, at=self.now,
                user_id=worker.user_id, role=worker.role, action="people:person",
                subject_kind="person", subject_id=person, person_id=person, canonical=text,
                previous=self.previous, digest=digest,
            )  # fmt: skip
            self.tables[ReadPerson].add(entry_id=entry, person_id=person, opened=True)
            self.previous = digest

    def _continue_counters(self) -> None:
        ChainHead.objects.create(
            centre=self.centre, chain=Chain.READS, sequence=self.sequence, digest=self.previous
        )
        Counter.objects.create(centre=self.centre, series="person", last=self.people)
        for year, numbers in self.numbers.items():
            Counter.objects.create(
                centre=self.centre, series="claim", year=year, last=next(numbers) - 1
            )


@contextmanager
def _unchecked() -> Iterator[None]:
    """No look-up of foreign keys meanwhile: a million of them are right by construction."""
    lite = connection.vendor == "sqlite"
    off = "PRAGMA foreign_keys=OFF" if lite else "SET session_replication_role = replica"
    on = "PRAGMA foreign_keys=ON" if lite else "SET session_replication_role = DEFAULT"
    with connection.cursor() as cursor:
        cursor.execute(off)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(on)


def build(people: int, today: date, tell: Callable[[int], None] = lambda done: None) -> None:
    """Write the centre into an empty, migrated database."""
    with _unchecked(), transaction.atomic():
        Crowd(people, today).write(tell)
    if connection.vendor == "postgresql":  # what autovacuum does within the minute
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
