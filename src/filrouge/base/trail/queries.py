"""Reading the journals: who did what, who read whose file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Role, User
from filrouge.base.trail.models import Chain, Entry, ReadPerson


@dataclass(frozen=True, slots=True)
class Reading:
    """One opening of a file, as told to the person it is about."""

    at: datetime
    reader: str
    role: str
    action: str
    why: str
    opened: bool = True
    """False when only a line of a list was shown."""


def readings_of(actor: Actor, person_id: UUID, *, with_lists: bool = False) -> list[Reading]:
    """Who read this person's data, latest first; lists and searches only on demand."""
    people = ReadPerson.objects.filter(centre_id=actor.centre_id, person_id=person_id)
    if not with_lists:
        people = people.filter(opened=True)
    entries = list(
        Entry.objects.filter(centre_id=actor.centre_id, pk__in=people.values("entry_id")).order_by(
            "-sequence"
        )[:500]
    )
    if not with_lists:
        return _told(entries)
    shown = people.filter(entry_id__in=[entry.pk for entry in entries], opened=True)
    return _told(entries, set(shown.values_list("entry_id", flat=True)))


def count_readers(actor: Actor, person_id: UUID) -> int:
    """How many different people opened this person's file."""
    readings = ReadPerson.objects.filter(
        centre_id=actor.centre_id, person_id=person_id, opened=True
    )
    return len(readings.values_list("entry__user_id", flat=True).distinct())


def acts_on(actor: Actor, person_id: UUID) -> list[Reading]:
    """Who did what on this person's file, latest first."""
    entries = Entry.objects.filter(
        centre_id=actor.centre_id, person_id=person_id, chain=Chain.ACTS
    ).order_by("-sequence")[:500]
    return _told(list(entries))


def _told(entries: list[Entry], opened: set[UUID] | None = None) -> list[Reading]:
    names = {
        user.pk: user.get_full_name()
        for user in User.objects.filter(pk__in={entry.user_id for entry in entries})
    }
    return [
        Reading(
            at=entry.at,
            reader=names.get(entry.user_id, "?"),
            role=str(Role(entry.role).label),
            action=entry.action,
            why=json.loads(entry.canonical).get("why", ""),
            opened=opened is None or entry.pk in opened,
        )
        for entry in entries
    ]
