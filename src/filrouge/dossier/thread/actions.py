"""Tying a knot on the thread."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.records import store
from filrouge.base.trail.journal import record_act
from filrouge.dossier.thread.models import Audience, Event, Family, Nature
from filrouge.people.access import access_person
from filrouge.people.models import Person


def tie(
    actor: Actor,
    person: Person,
    kind: str,
    title: str,
    *,
    family: Family = Family.CLAIMS,
    text: str = "",
    audience: Audience = Audience.TEAM,
    nature: Nature = Nature.FACT,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    subject_kind: str = "",
    subject_id: UUID | None = None,
) -> Event:
    """Add an event inside the transaction of the action that caused it."""
    event = Event(
        centre=actor.centre,
        person=person,
        kind=kind,
        family=family,
        at=actor.now,
        membership=actor.membership,
        service=actor.service,
        audience=audience,
        nature=nature,
        title=title,
        text=text,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        subject_kind=subject_kind,
        subject_id=subject_id,
    )
    store(event)
    return event


@transaction.atomic
def add_note(
    actor: Actor, person_id: UUID, title: str, text: str, audience: Audience, nature: Nature
) -> Event:
    """Write a note on the thread. A confidence stays with its author."""
    person = access_person(actor, person_id, Permission.FILE_WRITE, lock=True)
    if nature is Nature.CONFIDENCE:
        audience = Audience.PERSONAL
    event = tie(
        actor, person, "note", title, family=Family.NOTES, text=text, audience=audience,
        nature=nature,
    )  # fmt: skip
    record_act(actor, "thread.add_note", "event", event.pk, person_id=person.pk)
    return event
