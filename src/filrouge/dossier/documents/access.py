"""The two ways to reach a document: one by key, or those that an actor may see."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.trail import reading
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.people.access import about_visible, access_person, holds


def visible_to(actor: Actor) -> QuerySet[Document]:
    """Documents of the centre that the actor may open.

    Those of the files they read; letters, for who sends them; papers of a session (which
    belong to no person), for who reads its agenda.
    """
    mine = Q(pk__in=[])
    if actor.may(Permission.FILE_READ):
        mine |= about_visible(actor, Permission.FILE_READ)
    if actor.may(Permission.CLAIM_NOTIFY):
        mine |= Q(kind=DocumentKind.LETTER) & about_visible(actor, Permission.CLAIM_NOTIFY)
    if actor.may(Permission.AGENDA_READ):
        mine |= Q(person__isnull=True)
    return Document.objects.filter(mine, centre_id=actor.centre_id)


def access_document(actor: Actor, document_id: UUID) -> Document:
    """One document, to be opened; the opening is noted.

    Raises ``Http404`` when the centre has no such document and ``PermissionDenied`` when it
    has one that is not for this actor.
    """
    documents = Document.objects.filter(centre_id=actor.centre_id).select_related("person")
    document = documents.filter(pk=document_id).first()
    if document is None:
        raise Http404
    if not may_open(actor, document):
        raise PermissionDenied(
            _("Ce document appartient à un dossier dans lequel vous n'avez pas de mission.")
        )
    reading.note_opened(document.person_id, subject_kind="document", subject_id=document.pk)
    return document


def may_open(actor: Actor, document: Document) -> bool:
    """Whether the actor may open a document that is known to be of the centre."""
    if document.person_id is None:
        return actor.may(Permission.AGENDA_READ)
    if holds(actor, document.person_id, Permission.FILE_READ):
        return True
    is_letter = document.kind == DocumentKind.LETTER
    return is_letter and holds(actor, document.person_id, Permission.CLAIM_NOTIFY)


def access_request(
    actor: Actor, request_id: UUID, need: Permission = Permission.FILE_WRITE, *, lock: bool = False
) -> DocumentRequest:
    """One asked document, through the file it belongs to; *lock* holds that file's row."""
    requests = DocumentRequest.objects.filter(centre_id=actor.centre_id).select_related("person")
    request = requests.filter(pk=request_id).first()
    if request is None:
        raise Http404
    access_person(actor, request.person_id, need, lock=lock)
    if lock:
        request.refresh_from_db()
    return request
