"""What happens around every page: who acts, what is logged as read, what may not be written."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Membership
from filrouge.base.records import Conflict
from filrouge.base.trail import reading
from filrouge.base.trail.journal import record_reading
from filrouge.web import errors
from filrouge.web.addresses import client_address
from filrouge.web.drafts import OwnDrafts
from filrouge.web.logs import current_request

Handler = Callable[[HttpRequest], HttpResponse]
HAT_KEY = "hat"
READ_METHODS = {"GET", "HEAD", "OPTIONS"}

log = logging.getLogger("filrouge.web")


class RequestIdentity:
    """Give each request a name that stands in the logs, the trail and the answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.identity = uuid.uuid4().hex[:16]  # type: ignore[attr-defined]
        with current_request(request.identity):  # type: ignore[attr-defined]
            response = self.get_response(request)
        response["X-Request-Id"] = request.identity  # type: ignore[attr-defined]
        return response


class SecurityHeaders:
    """A strict content policy: nothing but our own files, no inline code at all."""

    POLICY = (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; "
        "form-action 'self'"
    )

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response


class CurrentActor:
    """Put the actor on the request: the signed-in user in the hat they chose."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            hat = chosen_hat(request)
            if hat is None:
                logout(request)
                return redirect("login_without_hat")
            request.actor = Actor(  # type: ignore[attr-defined]
                membership=hat,
                now=timezone.now(),
                address=client_address(request),
                request_id=request.identity,  # type: ignore[attr-defined]
            )
            request.drafts = OwnDrafts(request.actor)  # type: ignore[attr-defined]
        return self.get_response(request)


def worn_hats(request: HttpRequest) -> list[Membership]:
    """The hats the signed-in user may wear today, main one first."""
    today = timezone.localdate()
    hats = Membership.objects.filter(user=request.user.pk).select_related("centre", "service")
    worn = [hat for hat in hats.order_by("starts_on", "id") if hat.is_worn(today)]
    for hat in worn:
        hat.user = request.user  # type: ignore[assignment]
    return worn


def chosen_hat(request: HttpRequest) -> Membership | None:
    """The hat kept in the session if it may still be worn, else the first one."""
    hats = worn_hats(request)
    request.hats = hats  # type: ignore[attr-defined]
    wanted = request.session.get(HAT_KEY)
    return next((hat for hat in hats if str(hat.pk) == wanted), hats[0] if hats else None)


class ReadingLog:
    """Log once per request whose data it showed, before the first byte leaves.

    If the entry cannot be written, nothing is shown (page 503): a reading that leaves no trace
    does not happen here.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading.gathering() as gathered:
            response = self.get_response(request)
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None or gathered.is_empty:
            return response
        match = request.resolver_match
        try:
            record_reading(
                actor,
                (match.view_name if match else "") or request.path[:60],
                gathered.subject_kind or "list",
                gathered.subject_id,
                opened=gathered.opened,
                listed=gathered.listed - gathered.opened,
                why=gathered.why,
            )
        except DatabaseError:
            log.exception("the reading log could not be written")
            return errors.unavailable(request)
        return response


_READS = re.compile(
    r"\s*(SELECT|VALUES|WITH|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK TO|BEGIN|SET)\b", re.I
)
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|REPLACE|CREATE|ALTER|DROP|TRUNCATE)\b", re.I)
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
_OWN_SESSION = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "django_session" [^;]*$', re.I)


class WriteOnRead(RuntimeError):
    """A GET tried to write: a fault of ours, never of the user."""


class ReadOnlyGet:
    """GET and HEAD cannot write. Sessions and the reading log are written outside of this."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READ_METHODS:
            return self.get_response(request)
        with connections["default"].execute_wrapper(refuse_writes):
            return self.get_response(request)


def refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An ``execute_wrapper`` that lets only reading statements, and the session's own, through."""
    if not (_only_reads(sql) or _OWN_SESSION.match(sql)):
        raise WriteOnRead(sql[:120])
    return execute(sql, params, many, context)


def _only_reads(sql: str) -> bool:
    """One statement that reads: nothing after a semicolon, no writing word outside of quotes."""
    bare = _QUOTED.sub("", sql).strip().rstrip(";")
    if ";" in bare or not _READS.match(bare):
        return False
    if bare.upper().startswith("PRAGMA"):
        return "=" not in bare
    return not _WRITES.search(bare)


class PlainRefusals:
    """Refusals that no view handled, in plain words: conflicts, and rules broken by address."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Conflict):
            return errors.conflict(request, error)
        if isinstance(error, ValidationError):
            return errors.refused(request, error)
        return None
