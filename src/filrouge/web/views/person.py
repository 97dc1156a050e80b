"""The page of a person, its notes, and who read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.forms import restored
from filrouge.base.pages import accept_once, actor_of, drafts_of
from filrouge.dossier.thread.actions import add_note
from filrouge.dossier.thread.models import Audience, Family, Nature
from filrouge.people.access import access_person, holds
from filrouge.people.views import crumbs
from filrouge.web import readers as reading_words
from filrouge.web.forms import NoteForm
from filrouge.web.person import Filter, card, page


@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The red thread for whoever has a mission; the small card for whoever has none."""
    actor = actor_of(request)
    found = access_person(actor, person_id, Permission.IDENTITY_READ)
    context: dict[str, Any] = {"person": found, "crumbs": crumbs(found)}
    if not holds(actor, person_id, Permission.FILE_READ):
        return render(request, "web/person_card.html", context | card(actor, found))
    family = request.GET.get("famille", "")
    chosen = Filter(
        family=family if family in Family.values else "",
        team=request.GET.get("equipe", ""),
        before=request.GET.get("avant", ""),
    )
    return render(request, "web/person.html", context | page(actor, found, chosen))


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Add a note to the thread; what is typed waits as a draft until it is sent."""
    actor = actor_of(request)
    found = access_person(actor, person_id, Permission.FILE_WRITE)
    draft = f"note-{person_id}"
    form = NoteForm(request.POST or None)
    kept = request.method != "POST" and restored(form, drafts_of(request).kept(draft))
    if request.method == "POST" and form.is_valid():
        address = accept_once(actor, form, lambda: _noted(actor, person_id, form))
        if address is not None:
            drafts_of(request).forget(draft)
            messages.success(request, _("La note est sur le fil."))
            return redirect(address)
    context = {
        "person": found,
        "form": form,
        "draft": draft,
        "kept": kept,
        "crumbs": crumbs(found, _("Ajouter au fil")),
    }
    return render(request, "web/note.html", context, status=422 if form.errors else 200)


def _noted(actor: Actor, person_id: UUID, form: NoteForm) -> str:
    typed = form.cleaned_data
    add_note(
        actor, person_id, typed["title"], typed["text"],
        Audience(typed["audience"]), Nature(typed["nature"]),
    )  # fmt: skip
    return reverse("people:person", args=[person_id])


@require_GET
def readers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who read the file and why, who did what; to be printed for the person who asks."""
    actor = actor_of(request)
    found = access_person(actor, person_id)
    with_lists = request.GET.get("listes") == "1"
    context = {
        "person": found,
        "with_lists": with_lists,
        "people": reading_words.summary(actor, found, with_lists=with_lists),
        "acts": reading_words.acts(actor, found),
        "crumbs": crumbs(found, _("Lectures")),
    }
    return render(request, "web/readers.html", context)
