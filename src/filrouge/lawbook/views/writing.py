"""The administrator's pages: adding a value, seen before it counts; choosing readings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filrouge.base.access.actor import Actor
from filrouge.base.forms import attempt, facts
from filrouge.base.pages import accept_once, actor_of
from filrouge.lawbook import actions, queries
from filrouge.lawbook.access import demand_writing, may_write
from filrouge.lawbook.forms import ReadingForm, ValueForm
from filrouge.lawbook.templatetags.law import typed
from filrouge.lawbook.views.reading import crumbs, tabs

pages = require_http_methods(["GET", "HEAD", "POST"])


@pages
def add(request: HttpRequest) -> HttpResponse:
    """Type a value, see what it changes, then add it: nothing counts before the second yes."""
    actor = actor_of(request)
    demand_writing(actor)
    store = queries.store_for()
    if request.method != "POST":
        name = request.GET.get("nom", "")
        form = ValueForm(initial=_proposed(actor, name), store=store, name=name)
        return render(request, "lawbook/add.html", _add_page(form))
    form = ValueForm(request.POST, store=store, name=request.POST.get("name", ""))
    seen = None
    if form.is_valid():
        seen = attempt(form, lambda: actions.preview(actor, facts(form)))
    if seen is not None and request.POST.get("etape") == "ajouter":
        address = accept_once(actor, form, lambda: _added(actor, form))
        if address is not None:
            messages.success(request, _("La valeur est ajoutée : elle compte dès sa date."))
            return redirect(address)
    if seen is None or form.errors:
        return render(request, "lawbook/add.html", _add_page(form), status=422)
    if request.POST.get("etape") == "corriger":
        return render(request, "lawbook/add.html", _add_page(form))
    context = {**_add_page(form), "preview": seen, "crumbs": crumbs(_("Vérifier"))}
    return render(request, "lawbook/confirm.html", context)


def _add_page(form: ValueForm) -> dict[str, Any]:
    return {"form": form, "crumbs": crumbs(_("Ajouter une valeur"))}


def _proposed(actor: Actor, name: str) -> dict[str, Any]:
    """The last value of the parameter, to be corrected rather than typed again."""
    store = queries.store_for()
    initial: dict[str, Any] = {"known_from": actor.today, "status": "A"}
    if name in store.names():
        last = store.history(name)[-1]
        initial |= {"name": name, "value": typed(last.value, last.unit)}
    return initial


def _added(actor: Actor, form: ValueForm) -> str:
    line = actions.add_value(actor, facts(form))
    return reverse("lawbook:parameter", args=[line.name])


@pages
def choices(request: HttpRequest) -> HttpResponse:
    """Every text that is open, its readings, and the one the centre takes."""
    actor = actor_of(request)
    sent: ReadingForm | None = None
    if request.method == "POST":
        demand_writing(actor)
        asked = request.POST.get("question", "")
        choice = next(
            (one.choice for one in queries.questions(actor) if one.choice.key == asked), None
        )
        if choice is not None:
            sent = ReadingForm(request.POST, choice=choice)
            form = sent
            if form.is_valid():
                address = accept_once(actor, form, lambda: _chosen(actor, form))
                if address is not None:
                    messages.success(request, _("Les prochains calculs suivent cette lecture."))
                    return redirect(address)
    writes = may_write(actor)
    context = {
        "tabs": tabs("choices"),
        "questions": [
            {"question": one, "form": _form(one, sent) if writes else None}
            for one in queries.questions(actor)
        ],
        "may_write": writes,
    }
    refused = request.method == "POST"
    return render(request, "lawbook/choices.html", context, status=422 if refused else 200)


def _form(question: queries.Question, sent: ReadingForm | None) -> ReadingForm:
    if sent is not None and sent.choice.key == question.choice.key:
        return sent
    return ReadingForm(choice=question.choice, initial={"reading": question.reading})


def _chosen(actor: Actor, form: ReadingForm) -> str:
    key, given = form.choice.key, form.cleaned_data
    actions.choose_reading(actor, key, given["reading"], given["reason"])
    return f"{reverse('lawbook:choices')}#{key}"
