"""Reading the thread in the words, and within the limits, of the reader's role."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Role
from filrouge.dossier.thread.models import Audience, Event
from filrouge.people.models import Person

KNOTS = 60


def visible_to(actor: Actor) -> QuerySet[Event]:
    """Events the actor may read, on files that the caller has already opened."""
    events = Event.objects.filter(centre_id=actor.centre_id)
    own = Q(audience=Audience.PERSONAL, membership__user=actor.user)
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
    return list(
        events.select_related("membership__user", "service").order_by("-at", "-id")[:size]
    )
