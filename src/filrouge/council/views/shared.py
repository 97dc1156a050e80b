"""What the pages of the council have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filrouge.council.models import Session
from filrouge.council.states import ItemStage, Stage
from filrouge.council.words import day

pages = require_http_methods(["GET", "HEAD", "POST"])

STAGE_LEVELS = {
    Stage.DRAFT: "quiet",
    Stage.CONVENED: "info",
    Stage.OPEN: "soon",
    Stage.CLOSED: "quiet",
    Stage.APPROVED: "info",
    Stage.SIGNED: "done",
}
ITEM_LEVELS = {
    ItemStage.TO_DECIDE: "quiet",
    ItemStage.DECIDED: "done",
    ItemStage.ADJOURNED: "soon",
    ItemStage.REMOVED: "quiet",
}


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Where a page stands below the list of sessions; the last step has no address."""
    first = {"label": _("Conseil"), "url": reverse("council:sessions")}
    return [first, *({"label": label, "url": url} for label, url in steps)]


def session_step(session: Session) -> tuple[str, str]:
    return day(session.held_on), reverse("council:session", args=[session.pk])


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *sent: forms.Form
) -> HttpResponse:
    """The page; 422 when a form of it came back with something to correct."""
    refused = any(form.errors for form in sent)
    return render(request, template, context, status=422 if refused else 200)
