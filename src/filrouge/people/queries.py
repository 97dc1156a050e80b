"""Reading about persons, always within what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission, Scope
from filrouge.base.centres.models import Membership, Role
from filrouge.base.spreadsheets import MOST_ROWS
from filrouge.base.trail import reading
from filrouge.people import names
from filrouge.people.access import active_missions, missions_within, visible_to
from filrouge.people.identifiers import compact
from filrouge.people.models import Asset, HouseholdMember, Income, Mission, NamePart, Person

PAGE = 25


@dataclass(frozen=True, slots=True)
class Found:
    """A line of a search: who it is, and whether the file itself opens for this actor."""

    person: Person
    opens: bool


def search(actor: Actor, text: str, limit: int = 10) -> list[Found]:
    """Persons by any part of the name, NISS or file number, best first.

    Reading one's own results is a consultation: they are noted for the reading log.
    """
    scope = actor.scope(Permission.IDENTITY_READ)
    if scope is Scope.NONE or not text.strip():
        return []
    persons = visible_to(actor, Permission.IDENTITY_READ).filter(_matching(actor, text))
    opening = _opening(actor)
    rows = list(persons.annotate(opens=opening).order_by("sort_key", "id")[:limit])
    reading.note_listed(person.pk for person in rows)
    return [Found(person, bool(person.opens)) for person in rows]


def _opening(actor: Actor) -> Exists | Q:
    scope = actor.scope(Permission.FILE_READ)
    if scope is Scope.CENTRE:
        return Exists(Person.objects.filter(pk=OuterRef("pk"), centre_id=actor.centre_id))
    if scope is Scope.NONE:
        return Exists(Person.objects.filter(centre_id=actor.centre_id).none())
    return Exists(missions_within(actor, scope).filter(person_id=OuterRef("pk")))


def matching(actor: Actor, text: str) -> QuerySet[Person]:
    """Persons of the centre by any part of the name, NISS or file number (a subquery)."""
    return Person.objects.filter(_matching(actor, text), centre_id=actor.centre_id)


def _matching(actor: Actor, text: str) -> Q:
    number = compact(text)
    if number.isdecimal():
        by_number = Q(file_number=int(number)) if len(number) <= 9 else Q(pk__in=[])
        if len(number) >= 6:
            by_number |= Q(niss__gte=number, niss__lt=number + ":") & ~Q(niss="")
        return by_number
    found = Q()
    for word in names.words(text):
        upper = word[:-1] + chr(ord(word[-1]) + 1)
        holders = NamePart.objects.filter(
            centre_id=actor.centre_id, part__gte=word, part__lt=upper
        ).values("person_id")
        found &= Q(pk__in=holders)
    return found or Q(pk__in=[])


def likely_duplicates(
    actor: Actor, last_name: str, first_name: str, birth_date: date | None, niss: str
) -> list[Person]:
    """Known persons that a new file might double: same NISS, or same name and birth date."""
    persons = Person.objects.filter(centre_id=actor.centre_id)
    same = Q(pk__in=[])
    if compact(niss):
        same |= Q(niss=compact(niss))
    key = names.plain(f"{last_name} {first_name}")
    if key and birth_date is not None:
        same |= Q(sort_key=key[:161], birth_date=birth_date)
    rows = list(persons.filter(same).order_by("sort_key", "id")[:5])
    reading.note_listed(person.pk for person in rows)
    return rows


@dataclass(frozen=True, slots=True)
class Page:
    """A page by key: the rows and the cursor of the next one (``None`` at the end)."""

    rows: Sequence[Person]
    next_cursor: str | None


def list_page(
    actor: Actor, *, text: str = "", mine: bool = False, after: str = "", size: int = PAGE
) -> Page:
    """Persons the actor may find, by name; *mine* keeps the files one follows."""
    persons = visible_to(actor, Permission.IDENTITY_READ)
    if mine:
        followed = active_missions(actor).filter(membership_id__in=actor.stands_for)
        persons = persons.filter(pk__in=followed.values("person_id"))
    if text.strip():
        persons = persons.filter(_matching(actor, text))
    if after:
        key, _separator, pk = after.rpartition("~")
        persons = persons.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=_uuid(pk)))
    rows = list(persons.annotate(opens=_opening(actor)).order_by("sort_key", "id")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    _attach_referents(actor, rows)
    reading.note_listed(person.pk for person in rows)
    return Page(rows, f"{rows[-1].sort_key}~{rows[-1].pk}" if more else None)


def export_rows(actor: Actor, *, text: str = "", mine: bool = False) -> list[Person]:
    """The persons of a list that the actor may take out of the house, by name.

    Each is noted as opened: what leaves on a spreadsheet was read in full.
    """
    actor.demand(Permission.EXPORT_LIST)
    actor.demand(Permission.IDENTITY_READ)
    persons = visible_to(actor, Permission.EXPORT_LIST)
    if mine:
        followed = active_missions(actor).filter(membership_id__in=actor.stands_for)
        persons = persons.filter(pk__in=followed.values("person_id"))
    if text:
        persons = persons.filter(_matching(actor, text))
    rows = list(persons.order_by("sort_key", "id")[:MOST_ROWS])
    _attach_referents(actor, rows)
    for person in rows:
        reading.note_opened(person.pk, subject_kind="export")
    return rows


def person_numbered(actor: Actor, file_number: int) -> Person | None:
    """The person whose file carries that number."""
    persons = visible_to(actor, Permission.IDENTITY_READ)
    return persons.filter(file_number=file_number).first()


def missions_of(actor: Actor, person: Person) -> list[Mission]:
    """Every mission on a file that the caller opened, latest first."""
    missions = Mission.objects.filter(centre_id=actor.centre_id, person=person)
    return list(
        missions.select_related("membership__user", "service").order_by("-starts_on", "-id")
    )


def colleagues(actor: Actor) -> list[Membership]:
    """Who can be given a mission today: social workers, insertion agents, heads of service."""
    hats = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today),
        centre_id=actor.centre_id,
        starts_on__lte=actor.today,
        role__in=[Role.SOCIAL_WORKER, Role.INSERTION_AGENT, Role.HEAD_OF_SERVICE],
    )
    return list(
        hats.select_related("user", "service").order_by("user__last_name", "user__first_name", "id")
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _attach_referents(actor: Actor, rows: Sequence[Person]) -> None:
    """Who follows each row, as hats; the same few colleagues are read once, not once a line."""
    missions = _followed(actor, [row.pk for row in rows])
    pairs = list(missions.values_list("person_id", "membership_id"))
    hats = Membership.objects.filter(centre_id=actor.centre_id).select_related("user")
    found = hats.in_bulk({membership_id for _person_id, membership_id in pairs})
    followers: dict[UUID, list[Membership]] = {}
    for person_id, membership_id in pairs:
        followers.setdefault(person_id, []).append(found[membership_id])
    for row in rows:
        row.followers = followers.get(row.pk, [])  # type: ignore[attr-defined]


def followers_of(actor: Actor, person_ids: Iterable[UUID]) -> QuerySet[Mission]:
    """Who follows these files today, referents first."""
    return _followed(actor, person_ids).select_related("membership__user")


def _followed(actor: Actor, person_ids: Iterable[UUID]) -> QuerySet[Mission]:
    missions = active_missions(actor).filter(person_id__in=list(person_ids))
    return missions.order_by("person_id", "-kind", "starts_on", "id")


def _running(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def household_on(actor: Actor, person: Person, on: date) -> list[HouseholdMember]:
    """Who lived with the person on that day."""
    members = HouseholdMember.objects.filter(_running(on), centre_id=actor.centre_id, person=person)
    return list(members.order_by("birth_date", "id"))


def incomes_on(actor: Actor, person: Person, on: date) -> list[Income]:
    """The resources that came in on that day."""
    incomes = Income.objects.filter(_running(on), centre_id=actor.centre_id, person=person)
    return list(incomes.order_by("starts_on", "id"))


def assets_on(actor: Actor, person: Person, on: date) -> list[Asset]:
    """What the person owned on that day."""
    assets = Asset.objects.filter(_running(on), centre_id=actor.centre_id, person=person)
    return list(assets.order_by("starts_on", "id"))
