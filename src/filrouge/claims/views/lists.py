"""The list of claims, the chronological register, and their export."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from filrouge.base.access.actor import BRUSSELS
from filrouge.base.access.rules import Permission
from filrouge.base.pages import actor_of
from filrouge.base.spreadsheets import MOST_ROWS, Column, spreadsheet_response, workbook
from filrouge.claims import queries
from filrouge.claims.forms import stage_choices
from filrouge.claims.models import Aid, Claim
from filrouge.claims.queries import Filters


def filters_of(request: HttpRequest) -> Filters:
    """The filters of the address; unknown values are left out."""
    given = request.GET
    stage, aid = given.get("etape", ""), given.get("aide", "")
    return Filters(
        stage=stage if stage in queries.STAGES else "",
        aid=aid if aid in Aid.values else "",
        mine=given.get("miennes") == "1",
        text=given.get("q", "").strip()[:100],
        urgent=given.get("urgentes") == "1",
    )


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """Claims that the actor may open, latest entry first."""
    actor = actor_of(request)
    actor.demand(Permission.CLAIM_READ)
    filters = filters_of(request)
    page = queries.list_page(actor, filters, after=request.GET.get("apres", ""))
    context = {
        "rows": page.rows,
        "filters": filters,
        "chips": _chips(request, filters),
        "selects": _selects(filters),
        "hidden": [(name, value) for name, value in request.GET.items() if name == "miennes"],
        "page": _paging(request, page),
        "may_export": actor.may(Permission.EXPORT_LIST),
        "export_url": f"{reverse('claims:export')}?{request.GET.urlencode()}",
    }
    return render(request, "claims/list.html", context)


def _chips(request: HttpRequest, filters: Filters) -> list[dict[str, Any]]:
    base = reverse("claims:list")
    kept = {name: value for name, value in request.GET.items() if name not in {"miennes", "apres"}}
    return [
        {"label": _("Toutes"), "url": f"{base}?{urlencode(kept)}", "current": not filters.mine},
        {
            "label": _("Les miennes"),
            "url": f"{base}?{urlencode({**kept, 'miennes': '1'})}",
            "current": filters.mine,
        },
    ]


def _selects(filters: Filters) -> list[dict[str, Any]]:
    aids = [("", _("Toutes")), *Aid.choices]
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "label": text, "selected": value == chosen}
                for value, text in choices
            ],
        }
        for name, label, choices, chosen in (
            ("etape", _("Étape"), stage_choices(), filters.stage),
            ("aide", _("Aide demandée"), aids, filters.aid),
        )
    ]


def _paging(request: HttpRequest, page: queries.Page) -> dict[str, Any]:
    parameters = request.GET.copy()
    next_url = ""
    if page.next_cursor:
        parameters["apres"] = page.next_cursor
        next_url = f"?{parameters.urlencode()}"
    first = ""
    if request.GET.get("apres"):
        parameters.pop("apres", None)
        first = f"?{parameters.urlencode()}"
    count = len(page.rows)
    text = _("%d demandes sur cette page") % count if count > 1 else _("%d demande") % count
    return {"count_text": text, "next_url": next_url, "previous_url": first}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The chronological register: who asked what and when, no grounds, no outcome."""
    actor = actor_of(request)
    actor.demand(Permission.REGISTER_READ)
    filters = Filters(text=request.GET.get("q", "").strip()[:100])
    page = queries.list_page(
        actor, filters, after=request.GET.get("apres", ""), need=Permission.REGISTER_READ
    )
    context = {"rows": page.rows, "filters": filters, "page": _paging(request, page)}
    return render(request, "claims/register.html", context)


HEADINGS = (
    gettext_noop("Numéro"),
    gettext_noop("Nom"),
    gettext_noop("Prénom"),
    gettext_noop("Reçue le"),
    gettext_noop("Inscrite le"),
    gettext_noop("Aide demandée"),
    gettext_noop("Étape"),
    gettext_noop("Urgente"),
    gettext_noop("Référent"),
    gettext_noop("Service"),
)


def _cells(claim: Claim) -> tuple[object, ...]:
    return (
        claim.reference,
        claim.person.last_name,
        claim.person.first_name,
        claim.received_on,
        claim.entered_at.astimezone(BRUSSELS).date(),
        str(claim.get_aid_display()),
        str(queries.STAGES[queries.stage_of(claim)]),
        _("oui") if claim.urgent else _("non"),
        str(claim.referent.user) if claim.referent else "",
        claim.service.name,
    )


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook with typed cells; counts as an opening of each file."""
    actor = actor_of(request)
    rows = queries.export_rows(actor, filters_of(request), MOST_ROWS)
    columns = [Column(_(heading)) for heading in HEADINGS]
    content = workbook(_("demandes"), columns, [_cells(row) for row in rows])
    return spreadsheet_response(_("demandes"), content)
