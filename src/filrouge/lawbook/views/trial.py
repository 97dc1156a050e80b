"""A case without a file: computed as typed, explained line by line, shared by its address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filrouge.base.pages import actor_of
from filrouge.base.spreadsheets import Column, spreadsheet_response, workbook
from filrouge.law import parameter_store, ris
from filrouge.law.explained import figure_lines
from filrouge.law.parameter_store import ParameterError
from filrouge.law.ris import Entitlement
from filrouge.lawbook import queries
from filrouge.lawbook.trial import Trial
from filrouge.lawbook.views.reading import tabs


def _tried(request: HttpRequest) -> tuple[Trial, Entitlement | None]:
    """The trial of the address and its result, when the law has one."""
    actor = actor_of(request)
    trial = Trial(request.GET, actor.today)
    if trial.case is None:
        return trial, None
    store, choices = queries.store_for(), queries.choices_of(actor.centre_id)
    try:
        return trial, ris.entitlement(trial.case, store, choices)
    except ParameterError as error:
        trial.refused.append(str(error))
        return trial, None


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The form and what it gives; the same address answers the live computation."""
    trial, result = _tried(request)
    link = reverse("lawbook:trial") + (f"?{trial.link}" if trial.is_asked else "")
    context: dict[str, Any] = {
        "tabs": tabs("trial"),
        "trial": trial,
        "person": trial.form,
        "groups": [lines for key, lines in trial.groups.items() if key != "p"],
        "result": result,
        "lines": _lines(result),
        "link": request.build_absolute_uri(link),
        "query": trial.link,
        "problems": trial.problems,
    }
    status = 422 if trial.problems else 200
    response = render(request, "lawbook/trial.html", context, status=status)
    if request.headers.get("HX-Request") and not trial.problems:
        response["HX-Replace-Url"] = link
    return response


def _lines(result: Entitlement | None) -> list[dict[str, Any]]:
    """The explained table; a line that rests on one parameter leads to its page."""
    if result is None:
        return []
    lines = figure_lines([step.as_dict() for step in result.steps])
    known = set(parameter_store.shipped().names())
    for line, step in zip(lines, result.steps, strict=True):
        if len(step.parameters) == 1 and step.parameters[0].name in known:
            url = reverse("lawbook:parameter", args=[step.parameters[0].name])
            line["parameter_url"] = f"{url}?au={result.on.isoformat()}"
    return lines


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The explained table as a workbook; what cannot be computed is refused in words."""
    _trial, result = _tried(request)
    if result is None:
        return page(request)
    columns = [
        Column(_("Ligne"), 46), Column(_("Montant"), 14, cents=True), Column(_("Article"), 34),
        Column(_("Règle"), 60), Column(_("Paramètre"), 60), Column(_("Certitude"), 11),
        Column(_("Source"), 46),
    ]  # fmt: skip
    rows: list[tuple[object, ...]] = [
        (
            line["label"], line["amount"], line["article"], line["rule"], line["parameter"],
            line["status"], line["source"],
        )
        for line in _lines(result)
    ]  # fmt: skip
    rows += [(_("Non couvert"), None, "", reason) + ("",) * 3 for reason in result.not_covered]
    return spreadsheet_response(_("essai"), workbook(_("Essai"), columns, rows))
