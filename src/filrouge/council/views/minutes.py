"""The minutes of a session: growing, completed, approved, signed, printed."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Role
from filrouge.base.forms import EditingForm, attempt
from filrouge.base.pages import actor_of
from filrouge.council import actions, papers, queries, states
from filrouge.council.access import access_session
from filrouge.council.forms import ApproveForm, RemarksForm
from filrouge.council.models import Session
from filrouge.council.queries import MinutesPage
from filrouge.council.views.shared import STAGE_LEVELS, crumbs, pages, session_step, shown


@pages
def minutes(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The minutes; posting keeps the director general's remarks."""
    actor = actor_of(request)
    posted = request.method == "POST"
    need = Permission.MINUTES_KEEP if posted else Permission.AGENDA_READ
    session = access_session(actor, session_id, need)
    page = queries.minutes_page(actor, session)
    form = _remarks_form(actor, page, request if posted else None)
    if posted and form is not None and form.is_valid():
        given = form.cleaned_data
        kept = attempt(
            form,
            lambda: actions.keep_remarks(actor, session_id, given["remarks"], given["version"]),
        )
        if kept is not None:
            messages.success(request, _("Les observations sont gardées."))
            return redirect("council:minutes", session_id=session_id)
    return _page(request, actor, session, page, form)


def _remarks_form(
    actor: Actor, page: MinutesPage, request: HttpRequest | None
) -> RemarksForm | None:
    if page.minutes is None or not states.may(actor, page.session, "keep_remarks"):
        return None
    given = {"remarks": page.minutes.remarks, "version": page.minutes.version}
    return RemarksForm(request.POST if request else None, initial=given)


def _page(
    request: HttpRequest,
    actor: Actor,
    session: Session,
    page: MinutesPage,
    form: forms.Form | None,
) -> HttpResponse:
    version = page.minutes.version if page.minutes else None
    approve = ApproveForm(initial={"version": version}, sessions=page.approving)
    context = {
        "session": session,
        "page": page,
        "text": page.text,
        "level": STAGE_LEVELS[page.stage],
        "form": form,
        "may_approve": states.may(actor, session, "approve_minutes"),
        "approve_form": approve,
        "may_sign": states.may(actor, session, "sign_minutes") and not _signed(actor, page),
        "sign_form": EditingForm(initial={"version": version}),
        "crumbs": crumbs(session_step(session), (_("Procès-verbal"), "")),
    }
    return shown(request, "council/minutes.html", context, *([form] if form else []))


def _signed(actor: Actor, page: MinutesPage) -> bool:
    if page.minutes is None:
        return False
    if actor.role == Role.PRESIDENT:
        return page.minutes.president_signed_at is not None
    return page.minutes.director_signed_at is not None


@require_POST
def approve(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The body approves the minutes in a session that is being held."""
    actor = actor_of(request)
    session = access_session(actor, session_id, Permission.DECISION_RECORD)
    page = queries.minutes_page(actor, session)
    form = ApproveForm(request.POST, sessions=page.approving)
    if form.is_valid():
        in_session = UUID(form.cleaned_data["session"])
        actions.approve_minutes(actor, session_id, in_session, form.cleaned_data["version"])
        messages.success(request, _("Le procès-verbal est approuvé. Il attend les signatures."))
    else:
        messages.error(request, _("Choisissez la séance qui approuve ce procès-verbal."))
    return redirect("council:minutes", session_id=session_id)


@require_POST
def sign(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Sign as president or as director general."""
    form = EditingForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    signed = actions.sign_minutes(actor_of(request), session_id, version)
    if signed.is_final:
        messages.success(request, _("Le procès-verbal est signé : plus rien n'y change."))
    else:
        messages.success(request, _("Votre signature est notée. Il en manque une."))
    return redirect("council:minutes", session_id=session_id)


@require_GET
def minutes_pdf(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The minutes to print or to read on paper."""
    actor = actor_of(request)
    session = access_session(actor, session_id)
    page = queries.minutes_page(actor, session)
    if page.minutes is None:
        raise Http404
    pdf = papers.minutes_pdf(actor, session, page.minutes, with_grounds=page.with_grounds)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"proces-verbal-{session.held_on.isoformat()}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
