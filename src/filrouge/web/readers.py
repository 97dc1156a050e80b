"""Who read a file and who wrote in it, in words that the person understands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.trail.queries import Reading, acts_on, readings_of
from filrouge.people import queries as people
from filrouge.people.models import MissionKind, Person
from filrouge.web.journal_words import DONE, READ, URGENT


@dataclass(slots=True)
class Reader:
    """One person who read, with what, how often, between which moments, and on what ground."""

    name: str
    role: str
    missions: str
    times: int = 0
    first: datetime | None = None
    last: datetime | None = None
    what: dict[str, int] = field(default_factory=dict)


def summary(actor: Actor, person: Person, *, with_lists: bool) -> list[Reader]:
    """The readers, latest first, each once per function."""
    missions = _missions(actor, person)
    found: dict[tuple[str, str], Reader] = {}
    for reading in readings_of(actor, person.pk, with_lists=with_lists):
        key = (reading.reader, reading.role)
        reader = found.setdefault(
            key, Reader(reading.reader, reading.role, missions.get(reading.reader, ""))
        )
        reader.times += 1
        reader.last = reader.last or reading.at
        reader.first = reading.at
        word = _read(reading)
        reader.what[word] = reader.what.get(word, 0) + 1
    return list(found.values())


def _missions(actor: Actor, person: Person) -> dict[str, str]:
    held: dict[str, list[str]] = {}
    for mission in people.missions_of(actor, person):
        label = str(MissionKind(mission.kind).label)
        names = held.setdefault(mission.membership.user.get_full_name(), [])
        if label not in names:
            names.append(label)
    return {name: ", ".join(labels) for name, labels in held.items()}


def _read(reading: Reading) -> str:
    """What was read, in the words of the page that showed it.

    A page that no longer exists, or a list read long ago, keeps a general word.
    """
    if reading.why == "identity":
        return _("la fiche d'identité seulement")
    if reading.action == "my_work" and reading.opened:
        return _(URGENT)
    return _(READ[reading.action]) if reading.action in READ else _("une ancienne page")


def acts(actor: Actor, person: Person) -> list[dict[str, Any]]:
    """Who did what on the file, latest first."""
    return [
        {
            "at": act.at,
            "name": act.reader,
            "role": act.role,
            "what": _(DONE[act.action]) if act.action in DONE else _("a agi sur le dossier"),
        }
        for act in acts_on(actor, person.pk)
    ]
