"""Everything that is written about documents, one function per thing a user does."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.records import RuleBroken, store
from filrouge.base.trail.journal import record_act
from filrouge.dossier.documents import contents, storage
from filrouge.dossier.documents.access import access_request
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.dossier.documents.queries import NEVER_PROOF, still_valid
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Family
from filrouge.people.access import access_person
from filrouge.people.models import Person


class Upload(NamedTuple):
    """A file as it came: the name it had elsewhere and its bytes."""

    name: str
    content: bytes


@transaction.atomic
def receive(
    actor: Actor,
    person_id: UUID,
    *,
    upload: Upload | tuple[str, bytes],
    kind: DocumentKind,
    title: str,
    received_on: date,
    valid_until: date | None = None,
    subject_kind: str = "",
    subject_id: UUID | None = None,
    answers: Collection[UUID] | None = None,
) -> Document:
    """Put a document in a person's file; what was asked of that kind is answered.

    *answers* narrows that to some requests, by key. Raises ``ValidationError`` by field: a file
    that is not what its name says, a date in the future, the very same file twice.
    """
    person = access_person(actor, person_id, Permission.FILE_WRITE, lock=True)
    name, content = upload
    if received_on > actor.today:
        raise ValidationError({"received_on": _("La date de réception est dans l'avenir.")})
    if valid_until is not None and valid_until < received_on:
        raise ValidationError(
            {"valid_until": _("Ce document n'était déjà plus valable le jour de sa réception.")}
        )
    try:
        found = contents.recognise(name, content, settings.ENVIRONMENT.upload_limit)
    except ValidationError as error:
        raise ValidationError({"upload": error}) from error
    document = _document(actor, person, kind, title, content, found.media_type)
    document.received_on, document.valid_until = received_on, valid_until
    document.subject_kind, document.subject_id = subject_kind, subject_id
    _refuse_twin(document)
    _write(document, content)
    answered = _answer(actor, document, answers)
    tie(
        actor, person, "document_received", _("Document reçu : %(title)s") % {"title": title},
        family=Family.DOCUMENTS, text=_told(document, answered),
        subject_kind="document", subject_id=document.pk,
    )  # fmt: skip
    record_act(actor, "documents.receive", "document", document.pk, person_id=person.pk)
    return document


def keep_letter(
    actor: Actor,
    person: Person | None,
    *,
    title: str,
    pdf: bytes,
    subject_kind: str,
    subject_id: UUID,
    kind: DocumentKind = DocumentKind.LETTER,
) -> Document:
    """Keep a letter that the centre wrote, inside the transaction of the action that sends it.

    That action has checked the access, ties the event and records the act. *person* is None for
    the papers of a session.
    """
    document = _document(actor, person, kind, title, pdf, contents.PDF.media_type)
    document.received_on = actor.today
    document.subject_kind, document.subject_id = subject_kind, subject_id
    _write(document, pdf)
    return document


def _document(
    actor: Actor, person: Person | None, kind: DocumentKind, title: str, content: bytes, media: str
) -> Document:
    return Document(
        centre=actor.centre,
        person=person,
        kind=kind,
        title=" ".join(title.split()),
        media_type=media,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        added_by=actor.membership,
        added_at=actor.now,
    )


def _refuse_twin(document: Document) -> None:
    twins = Document.objects.filter(
        centre_id=document.centre_id,
        person=document.person,
        kind=document.kind,
        digest=document.digest,
    )
    twin = twins.order_by("received_on").first()
    if twin is not None:
        raise ValidationError(
            {
                "upload": _("Ce fichier est déjà dans le dossier : « %(title)s », reçu le %(on)s.")
                % {"title": twin.title, "on": twin.received_on.strftime("%d/%m/%Y")}
            }
        )


def _write(document: Document, content: bytes) -> None:
    """The rest of the document is checked first, then the file is written, then the row."""
    document.full_clean(exclude=["stored_as"])
    document.stored_as = storage.keep(content)
    store(document)


def _open_requests(actor: Actor, person: Person | None) -> QuerySet[DocumentRequest]:
    return DocumentRequest.objects.filter(
        centre_id=actor.centre_id,
        person=person,
        answered_by__isnull=True,
        dropped_on__isnull=True,
    )


def _answer(
    actor: Actor, document: Document, only: Collection[UUID] | None
) -> list[DocumentRequest]:
    awaited = _open_requests(actor, document.person).filter(kind=document.kind)
    if only is not None:
        awaited = awaited.filter(pk__in=only)
    answered = list(awaited.order_by("due_on", "id"))
    for request in answered:
        request.answered_by = document
        store(request)
    return answered


def _told(document: Document, answered: Sequence[DocumentRequest]) -> str:
    kind = str(document.get_kind_display())
    if not answered:
        return kind
    return _("%(kind)s, comme demandé le %(on)s") % {
        "kind": kind,
        "on": answered[0].asked_on.strftime("%d/%m/%Y"),
    }


@transaction.atomic
def ask(
    actor: Actor,
    person_id: UUID,
    wanted: Sequence[tuple[DocumentKind, str]],
    due_on: date,
    subject_kind: str = "",
    subject_id: UUID | None = None,
) -> list[DocumentRequest]:
    """Ask only for what is missing; returns what was really asked, maybe nothing.

    Left out: a kind of which a document is still valid today (unless a detail asks for another
    one, such as the payslip of a month), and what is already asked.
    """
    person = access_person(actor, person_id, Permission.FILE_WRITE, lock=True)
    if due_on < actor.today:
        raise ValidationError({"due_on": _("La date de remise est déjà passée.")})
    there = _kinds_there(actor, person)
    awaited = set(_open_requests(actor, person).values_list("kind", "detail"))
    asked = []
    for kind, detail in dict.fromkeys((kind, " ".join(text.split())) for kind, text in wanted):
        if (kind in there and not detail) or _is_awaited(awaited, kind, detail):
            continue
        request = DocumentRequest(
            centre=actor.centre, person=person, kind=kind, detail=detail, asked_on=actor.today,
            due_on=due_on, asked_by=actor.membership, subject_kind=subject_kind,
            subject_id=subject_id,
        )  # fmt: skip
        store(request)
        asked.append(request)
    if asked:
        _tell_asked(actor, person, asked, subject_kind, subject_id)
    return asked


def _kinds_there(actor: Actor, person: Person) -> set[str]:
    documents = Document.objects.filter(
        still_valid(actor.today), centre_id=actor.centre_id, person=person
    )
    return set(documents.exclude(kind__in=NEVER_PROOF).values_list("kind", flat=True))


def _is_awaited(awaited: set[tuple[str, str]], kind: str, detail: str) -> bool:
    if detail:
        return (kind, detail) in awaited
    return any(known == kind for known, _detail in awaited)


def _tell_asked(
    actor: Actor,
    person: Person,
    asked: Sequence[DocumentRequest],
    subject_kind: str,
    subject_id: UUID | None,
) -> None:
    what = "\n".join(
        f"{request.get_kind_display()} ({request.detail})"
        if request.detail
        else str(request.get_kind_display())
        for request in asked
    )
    title = _("Documents demandés pour le %(on)s") % {"on": asked[0].due_on.strftime("%d/%m/%Y")}
    tie(
        actor, person, "documents_asked", title, family=Family.DOCUMENTS, text=what,
        subject_kind=subject_kind or "person", subject_id=subject_id or person.pk,
    )  # fmt: skip
    for request in asked:
        record_act(actor, "documents.ask", "document_request", request.pk, person_id=person.pk)


@transaction.atomic
def drop_request(actor: Actor, request_id: UUID, reason: str = "") -> DocumentRequest:
    """Say that an asked document is not needed any more, or cannot be obtained."""
    request = access_request(actor, request_id, lock=True)
    if request.answered_by_id is not None or request.dropped_on is not None:
        raise RuleBroken(_("Ce document n'est plus attendu : rechargez la page."))
    request.dropped_on = actor.today
    store(request)
    tie(
        actor, request.person, "document_request_dropped",
        _("Document plus attendu : %(kind)s") % {"kind": request.get_kind_display()},
        family=Family.DOCUMENTS, reason=reason,
        subject_kind="document_request", subject_id=request.pk,
    )  # fmt: skip
    record_act(
        actor, "documents.drop_request", "document_request", request.pk,
        person_id=request.person_id,
    )  # fmt: skip
    return request
