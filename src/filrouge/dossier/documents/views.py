"""Pages of documents: the list of a file, adding one, opening one."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.submissions import once
from filrouge.dossier.documents import actions, contents, queries, storage
from filrouge.dossier.documents.access import access_document
from filrouge.dossier.documents.forms import DropForm, UploadForm
from filrouge.dossier.documents.models import Document, DocumentKind
from filrouge.people.access import access_person, holds
from filrouge.people.models import Person

log = logging.getLogger("filrouge.documents")

# What a received file may do in the browser: be looked at.
_IMAGE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
_FRAMES = "; frame-ancestors 'self'"


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def listing(actor: Actor, person: Person) -> dict[str, Any]:
    """What ``documents/_list.html`` shows; a page about a person may hold it too."""
    soon = queries.expiring(actor, person, actor.today)
    return {
        "person": person,
        "documents": queries.documents_of(actor, person),
        "awaited": queries.open_requests(actor, person),
        "expiring_ids": {document.pk for document in soon},
        "today": actor.today,
        "may_add": holds(actor, person.pk, Permission.FILE_WRITE),
    }


def _crumbs(person: Person, last: str = "") -> list[dict[str, str]]:
    crumbs = [
        {"label": _("Personnes"), "url": "/personnes/"},
        {"label": person.full_name, "url": f"/personnes/{person.pk}/"},
        {"label": _("Documents"), "url": reverse("documents:list", args=[person.pk])},
    ]
    if last:
        return [*crumbs, {"label": last, "url": ""}]
    crumbs[-1]["url"] = ""
    return crumbs


@require_GET
def documents(request: HttpRequest, person_id: UUID) -> HttpResponse:
    actor = _actor(request)
    person = access_person(actor, person_id)
    context = listing(actor, person) | {"crumbs": _crumbs(person)}
    return render(request, "documents/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    actor = _actor(request)
    person = access_person(actor, person_id, Permission.FILE_WRITE)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, today=actor.today)
        if form.is_valid():
            try:
                return redirect(_received(request, actor, person, form))
            except ValidationError as error:
                _put_beside_fields(form, error)
    else:
        form = UploadForm(today=actor.today, kind=request.GET.get("nature", ""))
    context = {"person": person, "form": form, "crumbs": _crumbs(person, _("Ajouter"))}
    return render(request, "documents/add.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, actor: Actor, person: Person, form: UploadForm) -> str:
    cleaned = form.cleaned_data
    upload: UploadedFile[Any] = cleaned["upload"]

    def receive() -> str:
        actions.receive(
            actor,
            person.pk,
            upload=actions.Upload(upload.name or "", upload.read()),
            kind=DocumentKind(cleaned["kind"]),
            title=cleaned["title"],
            received_on=cleaned["received_on"],
            valid_until=cleaned["valid_until"],
        )
        return reverse("documents:list", args=[person.pk])

    address = once(
        centre_id=actor.centre_id, user_id=actor.user.pk, key=cleaned["key"], action=receive
    )
    messages.success(request, _("Le document est dans le dossier."))
    return address


def _put_beside_fields(form: UploadForm, error: ValidationError) -> None:
    """Each sentence at its field; those of fields that the page has not, on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, found in error.error_dict.items():
        form.add_error(field if field in form.fields else None, found)


@require_GET
def open_document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    return served(request, access_document(_actor(request), document_id))


def served(request: HttpRequest, document: Document) -> HttpResponse:
    """A document that the actor was found to have the right to open."""
    try:
        content = storage.read(document.stored_as)
    except (storage.DamagedFile, FileNotFoundError):
        log.exception("document %s cannot be read", document.pk)
        return render(request, "documents/damaged.html", {"document": document}, status=500)
    return file_response(document, content)


def file_response(document: Document, content: bytes) -> HttpResponse:
    """The file itself: PDF and pictures are shown in the browser, the rest is saved."""
    found = contents.type_named(document.media_type)
    shown = found is not None and found.shown_in_page
    extension = found.extensions[0] if found else "bin"
    name = f"{slugify(document.title) or 'document'}.{extension}"
    response = HttpResponse(content, content_type=document.media_type)
    response["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    response["Content-Length"] = str(len(content))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    policy = _PDF_POLICY if found is contents.PDF else _IMAGE_POLICY
    response["Content-Security-Policy"] = policy + _FRAMES
    return response


@require_POST
def drop(request: HttpRequest, request_id: UUID) -> HttpResponse:
    form = DropForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    dropped = actions.drop_request(_actor(request), request_id, reason)
    messages.success(request, _("Ce document n'est plus attendu."))
    return redirect("documents:list", person_id=dropped.person_id)
