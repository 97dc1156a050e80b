"""Requests to consult more of a file than its sheet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filrouge.base.access.rules import Permission
from filrouge.base.forms import attempt
from filrouge.base.pages import actor_of
from filrouge.council import actions, queries
from filrouge.council.access import access_consultation
from filrouge.council.forms import AnswerForm
from filrouge.council.views.shared import crumbs, pages, shown


@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """One's own requests, or all of them for who answers."""
    actor = actor_of(request)
    context = {
        "rows": queries.consultations(actor),
        "may_grant": actor.may(Permission.CONSULTATION_GRANT),
        "crumbs": crumbs((_("Consultations"), "")),
    }
    return shown(request, "council/consultations.html", context)


@pages
def answer(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The director general answers."""
    actor = actor_of(request)
    one = access_consultation(actor, consultation_id, Permission.CONSULTATION_GRANT)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        granted = given["granted"] == "yes"
        answered = attempt(
            form,
            lambda: actions.answer_consultation(actor, consultation_id, granted, given["answer"]),
        )
        if answered is not None:
            messages.success(request, _("La réponse est notée."))
            return redirect("council:consultations")
    list_step = (_("Consultations"), reverse("council:consultations"))
    context = {
        "consultation": one,
        "form": form,
        "crumbs": crumbs(list_step, (one.item.sheet["initials"], "")),
    }
    return shown(request, "council/answer.html", context, form)


@require_POST
def on_site(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The file was consulted on site."""
    actions.record_on_site(actor_of(request), consultation_id)
    messages.success(request, _("La consultation est inscrite au fil du dossier."))
    return redirect("council:consultations")
