"""Whose network address a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The network address of whoever asks.

    Behind the TLS proxy it is the last one that the proxy added; what stands before it in the
    header was sent by the client and proves nothing.
    """
    if settings.ENVIRONMENT.behind_tls:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if forwarded:
            return str(forwarded.rpartition(",")[2].strip())[:45]
    return str(request.META.get("REMOTE_ADDR", ""))
