"""A password that somebody else gave opens one page only: the one where it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from filrouge.base.access.actor import Actor

OPEN = {"account", "logout", "login", "help", "accessibility", "healthz"}
"""Addresses that open before the password is one's own."""


class OwnPasswordFirst:
    """Lead whoever signed in with a temporary password to their account until it is changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None or not actor.user.must_change_password:
            return None
        match = request.resolver_match
        return None if match and match.view_name in OPEN else redirect("account")
