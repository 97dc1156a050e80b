"""Sessions: the list, planning, the agenda, presence, opening and closing."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filrouge.base.access.rules import Permission
from filrouge.base.forms import EditingForm, attempt
from filrouge.base.pages import accept_once, actor_of
from filrouge.council import actions, queries, states
from filrouge.council.access import access_session
from filrouge.council.forms import OpenForm, PlanForm
from filrouge.council.models import Session
from filrouge.council.states import Stage, stage_of
from filrouge.council.views.shared import (
    ITEM_LEVELS,
    STAGE_LEVELS,
    crumbs,
    pages,
    session_step,
    shown,
)


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Sessions to come and past ones."""
    actor = actor_of(request)
    actor.demand(Permission.AGENDA_READ)
    context = {
        "upcoming": [_row(session) for session in queries.upcoming(actor)],
        "past": [_row(session) for session in queries.past(actor)],
        "may_plan": actor.may(Permission.AGENDA_PREPARE),
        "may_consult": actor.may(Permission.CONSULTATION_GRANT)
        or actor.may(Permission.CONSULTATION_ASK),
        "today": actor.today,
    }
    return shown(request, "council/sessions.html", context)


def _row(session: Session) -> dict[str, object]:
    stage = stage_of(session)
    return {"session": session, "stage": stage, "level": STAGE_LEVELS[stage]}


@pages
def new_session(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    actor = actor_of(request)
    actor.demand(Permission.AGENDA_PREPARE)
    form = PlanForm(request.POST or None, bodies=queries.bodies(actor))
    if request.method == "POST" and form.is_valid():

        def plan() -> str:
            place = form.cleaned_data["place"]
            session = actions.plan_session(actor, form.body_id, form.starts_at, place)
            return reverse("council:session", args=[session.pk])

        address = accept_once(actor, form, plan)
        if address is not None:
            messages.success(request, _("La séance est planifiée."))
            return redirect(address)
        _show_moment_errors(form)
    context = {
        "form": form,
        "clear_days": actor.centre.convocation_clear_days,
        "crumbs": crumbs((_("Nouvelle séance"), "")),
    }
    return shown(request, "council/new_session.html", context, form)


def _show_moment_errors(form: PlanForm) -> None:
    """A refusal of the moment is told at its day, also above the form by ``put_on_form``."""
    refused = form.non_field_errors()
    if refused and "day" not in form.errors:
        form.add_error("day", refused.as_data())
        del form.errors["__all__"]


@require_GET
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The agenda: initials only, presence and quorum, the buttons of the moment."""
    actor = actor_of(request)
    one = access_session(actor, session_id)
    agenda = queries.agenda(actor, one)
    started = agenda.stage not in (Stage.DRAFT, Stage.CONVENED)
    context = {
        "session": one,
        "agenda": agenda,
        "lines": [{"line": line, "level": ITEM_LEVELS[line.stage]} for line in agenda.lines],
        "level": STAGE_LEVELS[agenda.stage],
        "papers": queries.papers_of(actor, one),
        "started": started,
        "late": agenda.stage is Stage.DRAFT and one.convocation_due_on < actor.today,
        "may": {name: states.may(actor, one, name) for name in states.TRANSITIONS},
        "opens_today": one.held_on <= actor.today,
        "today": actor.today,
        "crumbs": crumbs((session_step(one)[0], "")),
    }
    return shown(request, "council/session.html", context)


def _version(request: HttpRequest) -> int | None:
    form = EditingForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else None


@require_POST
def convene(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Send the convocation."""
    one = actions.convene(actor_of(request), session_id, _version(request))
    if one.convened_late:
        messages.warning(request, _("La convocation est partie après son dernier jour."))
    else:
        messages.success(request, _("La convocation est prête et l'ordre du jour est arrêté."))
    return redirect("council:session", session_id=session_id)


@pages
def open_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Say who is there and open the session."""
    actor = actor_of(request)
    one = access_session(actor, session_id, Permission.DECISION_RECORD)
    states.check(one, "open")
    agenda = queries.agenda(actor, one)
    keys = [str(seat.membership_id) for seat in agenda.seats]
    given = {"present": keys, "presiding": keys[0] if keys else "", "version": one.version}
    members = [seat.membership for seat in agenda.seats]
    form = OpenForm(request.POST or None, initial=given, members=members)
    if request.method == "POST" and form.is_valid():
        opened = attempt(
            form,
            lambda: actions.open_session(
                actor, session_id, present=form.keys("present"), excused=form.keys("excused"),
                presiding=UUID(form.cleaned_data["presiding"]),
                version=form.cleaned_data["version"],
            ),
        )  # fmt: skip
        if opened is not None:
            messages.success(request, _("La séance est ouverte, le quorum est atteint."))
            return redirect("council:session", session_id=session_id)
    context = {
        "session": one,
        "form": form,
        "quorum": agenda.quorum,
        "members": len(members),
        "crumbs": crumbs(session_step(one), (_("Ouvrir la séance"), "")),
    }
    return shown(request, "council/open_session.html", context, form)


class _PresenceForm(forms.Form):
    membership = forms.UUIDField()
    act = forms.ChoiceField(choices=[(name, name) for name in ("arrive", "leave", "chair")])


_PRESENCE = {
    "arrive": actions.record_arrival,
    "leave": actions.record_departure,
    "chair": actions.change_chair,
}


@require_POST
def presence(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A member arrives, leaves, or takes the chair."""
    form = _PresenceForm(request.POST)
    if form.is_valid():
        act = _PRESENCE[form.cleaned_data["act"]]
        one = act(actor_of(request), session_id, form.cleaned_data["membership"])
        told = _("Présence notée : %(member)s.") % {"member": one.membership.user}
        messages.success(request, told)
    else:
        messages.error(request, _("Choisissez un membre et ce qui change."))
    return redirect("council:session", session_id=session_id)


@require_POST
def close_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """End the session."""
    actions.close_session(actor_of(request), session_id, _version(request))
    messages.success(request, _("La séance est levée. Le procès-verbal est prêt à être relu."))
    return redirect("council:minutes", session_id=session_id)
