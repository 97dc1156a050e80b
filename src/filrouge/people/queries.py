"""Reading about persons, always within what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission, Scope
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
    return [Found(person, bool(person.opens)) for person in rows]  # type: ignore[attr-defined]


def _opening(actor: Actor) -> Exists | Q:
    scope = actor.scope(Permission.FILE_READ)
    if scope is Scope.CENTRE:
        return Exists(Person.objects.filter(pk=OuterRef("pk"), centre_id=actor.centre_id))
    if scope is Scope.NONE:
        return Exists(Person.objects.filter(centre_id=actor.centre_id).none())
    return Exists(missions_within(actor, scope).filter(person_id=OuterRef("pk")))


def _matching(actor: Actor, text: str) -> Q:
    number = compact(text)
    if number.isdigit():
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

    rows: list[Person]
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
    rows = list(
        persons.annotate(opens=_opening(actor)).order_by("sort_key", "id")[: size + 1]
    )
    more, rows = len(rows) > size, rows[:size]
    _attach_referents(actor, rows)
    reading.note_listed(person.pk for person in rows)
    return Page(rows, f"{rows[-1].sort_key}~{rows[-1].pk}" if more else None)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _attach_referents(actor: Actor, rows: list[Person]) -> None:
    followers: dict[UUID, list[Mission]] = {}
    for mission in followers_of(actor, [row.pk for row in rows]):
        followers.setdefault(mission.person_id, []).append(mission)
    for row in rows:
        row.followers = followers.get(row.pk, [])  # type: ignore[attr-defined]


def followers_of(actor: Actor, person_ids: Iterable[UUID]) -> QuerySet[Mission]:
    """Who follows these files today, referents first."""
    return (
        active_missions(actor)
        .filter(person_id__in=list(person_ids))
        .select_related("membership__user", "service")
        .order_by("person_id", "-kind", "starts_on", "id")
    )


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
