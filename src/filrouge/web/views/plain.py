"""Pages about the system itself, and what keeps it well."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from filrouge import __version__
from filrouge.base.pages import actor_of
from filrouge.web.drafts import OwnDrafts
from filrouge.web.errors import HIDDEN


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help.html")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers; nothing about anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})


@require_POST
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a half-filled form; answers nothing but that it was kept."""
    typed = {name: values for name, values in request.POST.lists() if name not in HIDDEN}
    try:
        OwnDrafts(actor_of(request)).keep(key, typed)
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), status=422, content_type="text/plain")
    return HttpResponse(status=204)


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component on one page; only while developing."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "web/styleguide.html")
