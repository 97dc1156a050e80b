"""Reading the thread in the words, and within the limits, of the reader's role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Membership, Role
from filrouge.dossier.thread.models import Audience, Event
from filrouge.people.models import Person

KNOTS = 60


def visible_to(actor: Actor) -> QuerySet[Event]:
    """Events the actor may read, on files that the caller has already opened."""
    events = Event.objects.filter(centre_id=actor.centre_id)
    own = Q(audience=Audience.PERSONAL, membership__user=actor.user.pk)
    shared = Q(audience__in=[Audience.TEAM, Audience.COUNCIL, Audience.PERSON])
    service = Q(audience=Audience.SERVICE, service_id__in=actor.service_ids)
    if actor.role == Role.DIRECTOR_GENERAL:
        return events.filter(shared)
    return events.filter(own | shared | service)


def thread_of(actor: Actor, person: Person, family: str = "", size: int = KNOTS) -> list[Event]:
    """The knots of a file, latest first. *person* comes from ``access_person``."""
    events = visible_to(actor).filter(person=person)
    if family:
        events = events.filter(family=family)
    return list(events.select_related("membership__user", "service").order_by("-at", "-id")[:size])


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some knots, what the whole thread could be narrowed to, and where the older ones begin."""

    events: list[Event]
    families: set[str]
    services: list[tuple[str, str]]
    """Key and name of the services that tied a knot."""
    next_cursor: str | None


def thread_page(
    actor: Actor,
    person: Person,
    *,
    family: str = "",
    service: str = "",
    before: str = "",
    size: int = KNOTS,
) -> ThreadPage:
    """A page of the thread by key. *person* comes from ``access_person``."""
    own = visible_to(actor).filter(person=person)
    events = own
    if family:
        events = events.filter(family=family)
    team = _key(service)
    if team is not None:
        events = events.filter(service_id=team)
    events = _older(events, before)
    # The same few colleagues tie most knots: they are read once, not once a knot.
    hats = Membership.objects.filter(centre_id=actor.centre_id).select_related("user")
    found = events.prefetch_related(Prefetch("membership", hats)).select_related("service")
    rows = list(found.order_by("-at", "-id")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    kinds: Iterable[_Kind]
    if more or family or service or before:
        kinds = own.order_by().values_list("family", "service_id", "service__name").distinct()
    else:
        kinds = [
            (row.family, row.service_id, row.service.name if row.service else None) for row in rows
        ]
    kinds = list(kinds)
    return ThreadPage(
        events=rows,
        families={kind[0] for kind in kinds},
        services=sorted(_services(kinds), key=lambda pair: pair[1]),
        next_cursor=f"{rows[-1].at.isoformat()}~{rows[-1].pk}" if more else None,
    )


_Kind = tuple[str, UUID | None, str | None]


def _services(kinds: Iterable[_Kind]) -> set[tuple[str, str]]:
    return {(str(key), name or "") for _family, key, name in kinds if key is not None}


def _older(events: QuerySet[Event], before: str) -> QuerySet[Event]:
    moment, _separator, key = before.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return events
    if at.tzinfo is None or _key(key) is None:
        return events
    return events.filter(Q(at__lt=at) | Q(at=at, pk__lt=_key(key)))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
