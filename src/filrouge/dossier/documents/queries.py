"""What is already in a file, what is still valid of it, what is asked and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from filrouge.base.access.actor import Actor
from filrouge.dossier.documents.access import visible_to
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.people.access import about_visible
from filrouge.people.models import Person

NEVER_PROOF = (DocumentKind.LETTER, DocumentKind.MINUTES)
"""What the centre wrote itself proves nothing about the person."""


def documents_of(actor: Actor, person: Person) -> list[Document]:
    """The documents of a file that the actor may open, latest first."""
    documents = visible_to(actor).filter(person=person).select_related("added_by__user")
    return list(documents.order_by("-received_on", "-added_at", "-id"))


def still_valid(on: date) -> Q:
    """Received by that day and not expired on it."""
    return Q(received_on__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def valid_on(
    actor: Actor, person: Person, on: date, *, file_is_open: bool = False
) -> list[Document]:
    """Documents that may serve as evidence on that day: ask once.

    *file_is_open*: the caller checked that the actor reads the whole file.
    """
    readable = (
        Document.objects.filter(centre_id=actor.centre_id) if file_is_open else visible_to(actor)
    )
    documents = readable.filter(still_valid(on), person=person)
    return list(documents.exclude(kind__in=NEVER_PROOF).order_by("kind", "-received_on", "-id"))


def expiring(actor: Actor, person: Person, on: date, within_days: int = 30) -> list[Document]:
    """Documents valid on that day that expire within so many calendar days, soonest first.

    One that a later document of the same kind already replaces is left out.
    """
    last = on + timedelta(days=within_days)
    valid = valid_on(actor, person, on)
    outlasting = {
        document.kind
        for document in valid
        if document.valid_until is None or document.valid_until > last
    }
    soon = [
        document
        for document in valid
        if document.valid_until is not None
        and document.valid_until <= last
        and document.kind not in outlasting
    ]
    return sorted(soon, key=lambda document: (document.valid_until or last, str(document.pk)))


def missing(
    actor: Actor, person: Person, needed: Iterable[DocumentKind], on: date
) -> list[DocumentKind]:
    """The needed kinds of which no document is valid on that day, in the order given."""
    there = {document.kind for document in valid_on(actor, person, on)}
    return [kind for kind in dict.fromkeys(needed) if kind not in there]


def open_requests(
    actor: Actor, person: Person, *, file_is_open: bool = False
) -> list[DocumentRequest]:
    """What was asked and is still awaited, what is due first on top.

    *file_is_open*: the caller checked that the actor reads the whole file.
    """
    requests = DocumentRequest.objects.filter(
        centre_id=actor.centre_id,
        person=person,
        answered_by__isnull=True,
        dropped_on__isnull=True,
    )
    if not file_is_open:
        requests = requests.filter(about_visible(actor))
    return list(requests.order_by("due_on", "kind", "id"))
