"""The two ways to reach a person: one by key, or those that an actor may see."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission, Scope
from filrouge.base.trail import reading
from filrouge.people.models import Mission, Person


def active_missions(actor: Actor) -> QuerySet[Mission]:
    """Missions of the centre that run today."""
    return Mission.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today),
        centre_id=actor.centre_id,
        starts_on__lte=actor.today,
    )


def missions_within(actor: Actor, scope: Scope) -> QuerySet[Mission]:
    """The running missions that open a file to this actor at that scope."""
    missions = active_missions(actor)
    if scope is Scope.MISSION:
        return missions.filter(membership_id__in=actor.stands_for)
    if scope is Scope.SERVICE:
        return missions.filter(
            Q(service_id__in=actor.service_ids) | Q(membership_id__in=actor.stands_for)
        )
    return missions


def visible_to(actor: Actor, need: Permission = Permission.FILE_READ) -> QuerySet[Person]:
    """Persons of the centre on whom the actor holds *need*; empty when the hat gives none."""
    scope = actor.scope(need)
    persons = Person.objects.filter(centre_id=actor.centre_id)
    if scope is Scope.NONE:
        return persons.none()
    if scope is Scope.CENTRE:
        return persons
    return persons.filter(Exists(missions_within(actor, scope).filter(person_id=OuterRef("pk"))))


def about_visible(actor: Actor, need: Permission = Permission.FILE_READ) -> Q:
    """For records with a ``person``: those about somebody on whom the actor holds *need*.

    Asked row by row of the missions; ``person__in=visible_to(…)`` would walk the whole centre.
    """
    scope = actor.scope(need)
    if scope is Scope.NONE:
        return Q(pk__in=[])
    if scope is Scope.CENTRE:
        return Q(person__isnull=False)
    return Q(Exists(missions_within(actor, scope).filter(person_id=OuterRef("person_id"))))


def access_person(
    actor: Actor,
    person_id: UUID,
    need: Permission = Permission.FILE_READ,
    *,
    lock: bool = False,
) -> Person:
    """One person, for one purpose.

    Raises ``Http404`` when the centre has no such person (another centre's record does not
    exist here) and ``PermissionDenied`` when the hat or the missing mission forbids it. With
    *lock* the row stays locked until the transaction ends.
    """
    persons = Person.objects.filter(centre_id=actor.centre_id)
    if lock:
        persons = persons.select_for_update()
    person = persons.filter(pk=person_id).first()
    if person is None:
        raise Http404
    actor.demand(need)
    if not holds(actor, person_id, need):
        raise PermissionDenied(
            _(
                "Vous n'avez pas de mission dans ce dossier. Adressez-vous à la personne qui le suit."
            )
        )
    reading.note_opened(person_id)
    return person


def holds(actor: Actor, person_id: UUID, need: Permission) -> bool:
    """Whether the actor holds *need* on this person, which is known to be of the centre."""
    scope = actor.scope(need)
    if scope in (Scope.NONE, Scope.CENTRE):
        return scope is Scope.CENTRE
    return missions_within(actor, scope).filter(person_id=person_id).exists()
