"""Own pages for what can go wrong: what happened, what to do, nothing lost."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from filrouge.base.records import Conflict

HIDDEN = {"csrfmiddlewaretoken", "version", "submission_key", "password"}


def typed_values(request: HttpRequest) -> list[tuple[str, str]]:
    """What the user had typed, so that a refused form can be copied from."""
    return [
        (name, ", ".join(values))
        for name, values in request.POST.lists()
        if name not in HIDDEN and any(values)
    ]


def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    typed = error.typed or typed_values(request)
    context = {"typed": typed, "back_url": request.path, "record": error.record}
    return render(request, "409.html", context, status=409)


def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A rule refused an act that no form could show it on."""
    context = {
        "messages_list": error.messages,
        "typed": typed_values(request),
        "back_url": request.META.get("HTTP_REFERER", "/"),
    }
    return render(request, "web/refused.html", context, status=422)


def unavailable(request: HttpRequest) -> HttpResponse:
    return render(request, "503.html", status=503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    context = {"typed": typed_values(request), "back_url": request.path}
    return render(request, "403_csrf.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
