"""What waits: one's own queue, the team's, and finding anything."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Role
from filrouge.base.pages import accept_once, actor_of
from filrouge.dossier.terms import queries as terms
from filrouge.people import queries as people
from filrouge.web import actions, queries, shell
from filrouge.web.forms import TeamAbsenceForm


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """What is late, due today, this week, waiting for others; each line with its one button."""
    actor = actor_of(request)
    nameless = actor.role in queries.NAMELESS
    context = {
        "greeting": actor.user.first_name,
        "groups": [] if nameless else queries.my_groups(actor),
        "counts": terms.counts(actor) if nameless else None,
        "own_turn": queries.turn_counts(actor) if nameless else None,
        "urgent": queries.urgent_requests(actor),
        "council": _sessions(actor) + queries.transfers_to_report(actor),
        "receives": actor.role == Role.RECEPTIONIST,
        "letters": queries.letters_to_sign(actor),
        "signs": actor.may(Permission.MINUTES_SIGN),
        "has_team": actor.may(Permission.TEAM_QUEUE),
        "configures": actor.may(Permission.SETTINGS),
        "replaces": queries.replaced_today(actor),
        "next_action": _first_action(actor),
    }
    return render(request, "web/my_work.html", context)


def _sessions(actor: Actor) -> list[queries.Group]:
    seated = actor.role in (
        Role.COUNCILLOR,
        Role.PRESIDENT,
        Role.DIRECTOR_GENERAL,
        Role.SECRETARIAT,
    )
    return queries.open_sessions(actor) if seated else []


def _first_action(actor: Actor) -> dict[str, str]:
    """What an empty day may begin with, by function."""
    choices = [
        (Permission.CLAIM_REGISTER, _("Trouver une personne"), "people:list"),
        (Permission.AGENDA_READ, _("Voir les séances"), "council:sessions"),
        (Permission.PAYMENT_READ, _("Voir les paiements"), "claims:payments"),
        (Permission.IDENTITY_READ, _("Trouver une personne"), "people:list"),
        (Permission.SETTINGS, _("Régler le centre"), "settings"),
    ]
    for need, label, name in choices:
        if actor.may(need):
            return {"label": label, "url": reverse(name)}
    return {"label": _("Lire l'aide"), "url": reverse("help")}


@require_http_methods(["GET", "HEAD", "POST"])
def team_work(request: HttpRequest) -> HttpResponse:
    """The team's queue, to share the work out, and who is away."""
    actor = actor_of(request)
    actor.demand(Permission.TEAM_QUEUE)
    workers, rows = queries.team(actor)
    members = [worker.membership for worker in workers]
    colleagues = queries.replacing_colleagues(actor, members)
    form = TeamAbsenceForm(members=members, colleagues=colleagues)
    if request.method == "POST" and "undo" in request.POST:
        return undo_absence(request, "team_work")
    if request.method == "POST":
        form = TeamAbsenceForm(request.POST, members=members, colleagues=colleagues)
        if form.is_valid() and accept_once(actor, form, lambda: _absent(actor, form)):
            messages.success(request, _("L'absence est notée : la file passe à son remplaçant."))
            return redirect("team_work")
    who = request.GET.get("qui", "")
    shown = [
        term for term in rows if not who or str(term.referent_id or "") == who.removeprefix("-")
    ]
    context = {
        "workers": workers,
        "who": who,
        "groups": queries.team_groups(actor, shown),
        "unassigned": sum(term.referent_id is None for term in rows),
        "absences": queries.absences_of(actor, [hat.pk for hat in members]),
        "form": form,
        "total": len(rows),
    }
    return render(request, "web/team_work.html", context, status=422 if form.errors else 200)


@require_GET
def new_request(request: HttpRequest) -> HttpResponse:
    """For whom is the request? The person first, known or not yet."""
    actor = actor_of(request)
    actor.demand(Permission.CLAIM_REGISTER)
    text = request.GET.get("q", "").strip()[:100]
    context = {
        "q": text,
        "found": people.search(actor, text),
        "may_add": actor.may(Permission.IDENTITY_WRITE),
    }
    return render(request, "web/new_request.html", context)


def _absent(actor: Actor, form: TeamAbsenceForm) -> str:
    typed = form.cleaned_data
    actions.record_absence(
        actor, typed["membership"].pk, typed["replaced_by"], typed["starts_on"], typed["ends_on"]
    )
    return reverse("team_work")


def undo_absence(request: HttpRequest, back: str) -> HttpResponse:
    """Take an absence back, from the page it is listed on."""
    key = queries.as_key(request.POST.get("undo", ""))
    actions.undo_absence(actor_of(request), key)
    messages.success(request, _("L'absence est retirée."))
    return redirect(back)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find a person, a request, a page or an action: a fragment for the palette, or a page."""
    actor = actor_of(request)
    text = request.GET.get("q", "").strip()[:100]
    groups = queries.search(actor, text, shell.places(request, actor)) if text else []
    context = {"groups": groups, "q": text, "may_add": actor.may(Permission.IDENTITY_WRITE)}
    if request.GET.get("fragment") == "1":
        return render(request, "web/components/palette_results.html", context)
    return render(request, "web/search.html", context)
