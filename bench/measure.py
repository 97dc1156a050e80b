# ruff: noqa: E402
"""Measure one database, the one of ``FILROUGE_DATA`` or ``DATABASE_URL``; lines of JSON come out.

    python -m bench.measure --rounds 40

Every page goes through the whole chain a browser's request goes through: the WSGI application
with its middleware, a signed-in session, access, templates, the reading log. Rounds are
interleaved, so that what else the machine does falls on all pages alike.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filrouge.settings")
import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.db import connection, transaction
from django.middleware.csrf import _get_new_csrf_string
from django.urls import reverse
from django.utils import timezone, translation

from bench.house import House, find
from filrouge.base.access.actor import Actor
from filrouge.base.trail.journal import record_act, record_reading
from filrouge.claims import actions as claims
from filrouge.claims import letters
from filrouge.claims.models import Aid, Channel, Claim
from filrouge.council.models import Decision
from filrouge.law import ris
from filrouge.law.case import Case
from filrouge.law.case_file import read_case
from filrouge.people.models import Mission, Person
from filrouge.wsgi import application

WARM_UP = 3
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "household-of-three.yaml"
TOKEN = _get_new_csrf_string()
SELECTS = re.compile(r"\s*(SELECT|WITH)\b", re.I)


@dataclass(slots=True)
class Probe:
    """Something to do again and again, and what it should cost at most."""

    name: str
    do: Callable[[], None]
    target_ms: float | None = None
    target_selects: int | None = None
    every: int = 1
    """Slow ones are done only every so many rounds."""
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    selects: int = 0
    writes: int = 0
    failure: str = ""

    def once(self) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        self.do()
        self.cpu.append((time.thread_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)

    def count(self) -> None:
        """How many SELECTs and how many writes, apart from the timing."""
        seen: list[str] = []

        def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(watch):
            self.do()
        self.selects = sum(bool(SELECTS.match(sql)) for sql in seen)
        self.writes = sum(sql.startswith(("INSERT", "UPDATE", "DELETE")) for sql in seen)

    def result(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "failure": self.failure,
            "p50": quantile(self.wall, 0.5),
            "p95": quantile(self.wall, 0.95),
            "cpu": quantile(self.cpu, 0.5),
            "selects": self.selects,
            "writes": self.writes,
            "target_ms": self.target_ms,
            "target_selects": self.target_selects,
        }


def quantile(values: list[float], share: float) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Browser:
    """Sends requests of one signed-in user straight to the WSGI application."""

    def __init__(self, user_id: Any) -> None:
        user = get_user_model().objects.get(pk=user_id)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.cookie = (
            f"{settings.SESSION_COOKIE_NAME}={session.session_key}; "
            f"{settings.CSRF_COOKIE_NAME}={TOKEN}"
        )

    def get(self, path: str, **query: str) -> Callable[[], None]:
        return lambda: self.send("GET", path, urlencode(query))

    def send(self, method: str, path: str, query: str = "", body: bytes = b"") -> None:
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT_LANGUAGE": "fr-BE,fr;q=0.9", "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body), "wsgi.errors": BytesIO(), "wsgi.version": (1, 0),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        answer = application(environ, lambda status, headers, *more: told.append(status))
        size = sum(len(part) for part in answer)
        answer.close()
        wanted = "302" if method == "POST" else "200"
        if not told[0].startswith(wanted) or (method == "GET" and size < 100):
            raise RuntimeError(f"{method} {path}: {told[0]}, {size} bytes")


def pages(house: House) -> list[Probe]:
    """The pages of issue 2, section 6, and the day's others."""
    worker, head = Browser(house.worker.user_id), Browser(house.head.user_id)
    person = reverse("people:person", args=[house.person.pk])
    usual = reverse("people:person", args=[house.usual.pk])
    typed = cycle(_typed(house))
    palette = reverse("search")

    def search() -> None:
        worker.send("GET", palette, f"fragment=1&q={quote(next(typed))}")

    return [
        Probe("list of 25 people", worker.get(reverse("people:list")), 10, 12),
        Probe("list of one's own files", worker.get(reverse("people:list"), suivis="1"), 10, 12),
        Probe("list of 25 requests", worker.get(reverse("claims:list")), 10, 12),
        Probe("list of 25 requests (head)", head.get(reverse("claims:list")), 10, 12),
        Probe("requests in inquiry", worker.get(reverse("claims:list"), etape="inquiry"), 10, 12),
        Probe("register of 25 requests", head.get(reverse("claims:register")), 10, 12),
        Probe("person, everything on it", worker.get(person), 30, 25),
        Probe("person, an ordinary file", worker.get(usual), 30, 25),
        Probe("search while typing", search, 8),
        Probe("my work", worker.get(reverse("my_work"))),
        Probe("the team's work", head.get(reverse("team_work"))),
        Probe(
            "request: its inquiry",
            worker.get(reverse("claims:step", args=[house.claim.pk, "enquete"])),
        ),
        Probe("who read the file", worker.get(reverse("people:readers", args=[house.person.pk]))),
        Probe("help (no data)", worker.get(reverse("help"))),
    ]


def _typed(house: House) -> list[str]:
    """What people type: the beginning of a name, its middle, both names, a file number."""
    rows = Person.objects.filter(centre_id=house.worker.centre_id).order_by("id")[: 20 * 50 : 50]
    texts = []
    for rank, person in enumerate(rows):
        texts.append(
            (
                person.last_name[:3], person.last_name[2:6] or person.last_name,
                f"{person.first_name} {person.last_name[:4]}", str(person.file_number),
                person.first_name,
            )[rank % 5]
        )  # fmt: skip
    return texts


def deeds(house: House) -> list[Probe]:
    """What is written, and what is computed."""
    actor = Actor(membership=house.worker, now=timezone.now())
    listed = list(
        Person.objects.filter(centre_id=actor.centre_id).order_by("id").values_list("pk", flat=True)[:25]
    )  # fmt: skip
    mission = Mission.objects.filter(membership=house.worker, ends_on__isnull=True)
    people = cycle(list(mission.order_by("id").values_list("person_id", flat=True)[:200]))
    browser = Browser(house.worker.user_id)

    def register() -> None:
        request = claims.Request(actor.today, Channel.COUNTER, (Aid.RIS,), words="Plus de revenu.")
        claims.register(actor, next(people), request)

    def send_form() -> None:
        form = {"csrfmiddlewaretoken": TOKEN, "received_on": actor.today.isoformat(),
                "channel": "counter", "aids": "ris", "words": "Plus de revenu."}  # fmt: skip
        path = reverse("claims:new", args=[next(people)])
        browser.send("POST", path, body=urlencode(form).encode())

    def open_one() -> None:
        record_reading(actor, "people:person", "person", listed[0], opened=listed[:1], listed=())

    def open_list() -> None:
        record_reading(actor, "people:list", "list", None, opened=(), listed=listed)

    @transaction.atomic
    def act() -> None:
        record_act(actor, "bench", "person", listed[0], person_id=listed[0])

    case = read_case(EXAMPLE)
    probes = [
        Probe("register a request (action)", register),
        Probe("register a request (form, receipt letter)", send_form, every=4),
        Probe("trail: one file opened", open_one),
        Probe("trail: a list of 25", open_list),
        Probe("trail: an act", act),
        Probe("one explained case", lambda: _entitlement(case), 0.3),
        Probe("receipt letter, PDF", lambda: _receipt(actor, house.claim), 25, every=2),
    ]
    decided = Decision.objects.filter(centre_id=actor.centre_id, subject_kind="claim")
    decision = decided.exclude(sheet__has_key="text").order_by("-decided_at", "id").first()
    if decision is not None:
        claim = Claim.objects.select_related("person", "service", "referent__user").get(
            pk=decision.subject_id
        )
        probes.append(
            Probe("decision letter, PDF", lambda: _decision(actor, claim, decision), 25, every=2)
        )
    return probes


def _entitlement(case: Case) -> None:
    assert ris.entitlement(case).steps


def _receipt(actor: Actor, claim: Claim) -> None:
    assert letters.receipt(actor, [claim]).startswith(b"%PDF")


def _decision(actor: Actor, claim: Claim, decision: Decision) -> None:
    assert letters.decision(actor, claim, decision).startswith(b"%PDF")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    with translation.override("fr"):
        house = find()
        probes = pages(house) + deeds(house)
        for probe in probes:
            try:
                for _turn in range(WARM_UP):
                    probe.do()
                probe.count()
            except Exception as error:  # the other pages are still worth measuring
                probe.failure = f"{type(error).__name__}: {error}"
        sound = [probe for probe in probes if not probe.failure]
        gc.collect()
        for rank in range(rounds):
            for probe in sound:
                if rank % probe.every == 0:
                    probe.once()
    for probe in probes:
        print(json.dumps(probe.result() | {"rows": house.people}))


if __name__ == "__main__":
    main()
