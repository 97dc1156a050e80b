"""Reading the law: every parameter on a date, the history of one, what changed between two dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filrouge.base.pages import actor_of, day_in
from filrouge.base.spreadsheets import Column, spreadsheet_response, workbook
from filrouge.law.parameter_printing import STATUS_MEANINGS
from filrouge.law.parameter_questions import Change, differences
from filrouge.law.parameter_store import Origin, ParameterError, ParameterStore, Status
from filrouge.lawbook import charts, queries
from filrouge.lawbook.access import may_write
from filrouge.lawbook.templatetags.law import law_value


def crumbs(last: str) -> list[dict[str, str]]:
    return [
        {"label": _("La loi"), "url": reverse("lawbook:parameters")},
        {"label": last, "url": ""},
    ]


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages of the room."""
    listed = [
        ("parameters", _("Paramètres")),
        ("compare", _("Comparer deux dates")),
        ("trial", _("Essayer un cas")),
        ("choices", _("Lectures choisies")),
    ]
    return [
        {"label": label, "url": reverse(f"lawbook:{key}"), "current": key == current}
        for key, label in listed
    ]


def _asked(request: HttpRequest) -> tuple[date, str, str]:
    """The day, the words and the certainty that the address carries."""
    status = request.GET.get("certitude", "")
    return (
        day_in(request, "au", actor_of(request).today),
        request.GET.get("q", "").strip()[:100],
        status if status in {one.value for one in Status} else "",
    )


@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """Every parameter by subject, with its value on a day."""
    on, words, status = _asked(request)
    store = queries.store_for()
    found = queries.subjects(store, on, words, status)
    context = {
        "tabs": tabs("parameters"),
        "subjects": found,
        "count": sum(len(subject.lines) for subject in found),
        "on": on,
        "words": words,
        "status": status,
        "statuses": [(one.value, STATUS_MEANINGS[one]) for one in Status],
        "may_write": may_write(actor_of(request)),
        "export_url": f"{reverse('lawbook:export')}?{request.GET.urlencode()}",
    }
    return render(request, "lawbook/parameters.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    on, words, status = _asked(request)
    found = queries.subjects(queries.store_for(), on, words, status)
    columns = [
        Column(_("Sujet"), 28), Column(_("Nom"), 30), Column(_("Paramètre"), 46),
        Column(_("Valeur"), 34), Column(_("Depuis le"), 12), Column(_("Jusqu'au"), 12),
        Column(_("Article"), 34), Column(_("Certitude"), 11), Column(_("Source"), 50),
        Column(_("Note"), 60), Column(_("Origine"), 26),
    ]  # fmt: skip
    rows = [
        (
            subject.label, line.name, line.label, law_value(entry), entry.valid_from,
            entry.valid_to, entry.article, entry.status.value, entry.source, entry.note,
            entry.origin.label,
        )
        for subject in found
        for line in subject.lines
        if (entry := line.entry) is not None
    ]  # fmt: skip
    return spreadsheet_response(_("parametres-de-la-loi"), workbook(_("La loi"), columns, rows))


@require_safe
def parameter(request: HttpRequest, name: str) -> HttpResponse:
    """The history of a parameter: a curve, and a table that says the same and more."""
    store = queries.store_for()
    history = _history(store, name)
    on = day_in(request, "au", actor_of(request).today)
    holding = queries.entry_on(store, name, on)
    replaced = {id(line) for line in history} - {id(line) for line in charts.holding(history)}
    context = {
        "crumbs": crumbs(history[-1].label),
        "name": name,
        "label": history[-1].label,
        "unit": history[-1].unit,
        "entry": holding,
        "on": on,
        "parts": [
            charts.series_label(name, rank, history[-1].size) for rank in range(history[-1].size)
        ],
        "chart": charts.chart(history, on),
        "lines": [
            {"line": line, "holds": line is holding, "replaced": id(line) in replaced}
            for line in reversed(history)
        ],
        "overtaken": queries.overtaken(name),
        "added": any(line.origin is not Origin.SHIPPED for line in history),
        "may_write": may_write(actor_of(request)),
    }
    return render(request, "lawbook/parameter.html", context)


def _history(store: ParameterStore, name: str) -> Any:
    try:
        return store.history(name)
    except ParameterError:
        raise Http404 from None


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What changed between two dates; the days of the last change and of today by default."""
    today = actor_of(request).today
    store = queries.store_for()
    first, wrong_first = _day(request, "de", date(today.year - 1, today.month, 1))
    last, wrong_last = _day(request, "a", today)
    problems = [
        (field, _("Écrivez une date qui existe, par exemple 2026-03-01."))
        for field, wrong in (("de", wrong_first), ("a", wrong_last))
        if wrong
    ]
    changes: list[dict[str, Any]] = []
    if not problems and last < first:
        problems.append(("a", _("La seconde date précède la première.")))
    if not problems:
        changes = [_changed(one) for one in differences(store, first, last)]
    context = {
        "tabs": tabs("compare"),
        "first": first,
        "last": last,
        "typed": {"de": request.GET.get("de", ""), "a": request.GET.get("a", "")},
        "problems": dict(problems),
        "changes": changes,
    }
    return render(request, "lawbook/compare.html", context, status=422 if problems else 200)


def _changed(one: Change) -> dict[str, Any]:
    entry = one.after or one.before
    return {
        "change": one,
        "subject": queries.subject_label(one.name),
        "entry": entry,
        "article_is_source": entry is not None and entry.source in entry.article,
    }


def _day(request: HttpRequest, name: str, otherwise: date) -> tuple[date, bool]:
    """A day of the address, and whether what stands there is no day."""
    text = request.GET.get(name, "").strip()
    if not text:
        return otherwise, False
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    return found or otherwise, found is None
