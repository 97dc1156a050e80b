"""A page that is looked at changes nothing, and nothing is shown that is not logged."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Centre, Service
from filrouge.base.trail.models import Chain, Entry, ReadPerson
from filrouge.web import middleware
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.probe_urls")]


@pytest.fixture
def worker(centre: Centre) -> Actor:
    return world.actor(centre, team=world.service(centre))


@pytest.fixture
def client(worker: Actor) -> Client:
    client = Client()
    client.force_login(worker.user)
    return client


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_reading_request_that_writes_is_a_fault_and_writes_nothing(
    client: Client, centre: Centre, method: str
) -> None:
    with pytest.raises(middleware.WriteOnRead):
        getattr(client, method)("/essai/ecrit/")
    assert not Service.objects.filter(centre=centre, name="écrit").exists()


def test_a_posting_request_may_write(client: Client, centre: Centre) -> None:
    assert client.post("/essai/ecrit/").status_code == 200
    assert Service.objects.filter(centre=centre, name="écrit").exists()


def test_a_reading_request_may_keep_its_session(client: Client) -> None:
    assert client.get("/essai/visite/").status_code == 200
    assert client.session["seen"] == "oui"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO x VALUES (1)",
        "  update x set a = 1",
        "DELETE FROM x",
        "TRUNCATE x",
        "DROP TABLE x",
        "ALTER TABLE x ADD y int",
        "REPLACE INTO x VALUES (1)",
        "WITH gone AS (DELETE FROM x RETURNING *) SELECT * FROM gone",
        "SELECT 1; DELETE FROM x",
        "PRAGMA foreign_keys = OFF",
        "EXPLAIN ANALYZE DELETE FROM x",
        "INSERT INTO x VALUES ('django_session')",
        'DELETE FROM "django_session" WHERE 1 = 1; DELETE FROM x',
    ],
)
def test_no_way_of_writing_passes_as_reading(statement: str) -> None:
    with pytest.raises(middleware.WriteOnRead):
        middleware.refuse_writes(lambda *_: None, statement, None, False, {})


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT "x"."a" FROM "x"',
        "  select 1",
        "WITH found AS (SELECT 1) SELECT * FROM found",
        'SAVEPOINT "s1"',
        'RELEASE SAVEPOINT "s1"',
        'UPDATE "django_session" SET "session_data" = %s WHERE "session_key" = %s',
        'DELETE FROM "django_session" WHERE "session_key" IN (%s)',
    ],
)
def test_reading_and_the_session_pass(statement: str) -> None:
    assert middleware.refuse_writes(lambda *_: "run", statement, None, False, {}) == "run"


def test_what_a_page_shows_is_logged_once(client: Client, centre: Centre) -> None:
    person = world.person(centre)
    answer = client.get("/essai/montre/")
    assert person.full_name in answer.content.decode()
    entry = Entry.objects.get(centre=centre, chain=Chain.READS)
    assert ReadPerson.objects.get(entry=entry).person_id == person.pk


def test_when_the_reading_cannot_be_logged_nothing_is_shown(
    client: Client, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = world.person(centre)

    def broken(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(middleware, "record_reading", broken)
    answer = client.get("/essai/montre/")
    assert answer.status_code == 503
    assert person.last_name not in answer.content.decode()
    assert "indisponible" in answer.content.decode()
    assert not Entry.objects.filter(centre=centre, chain=Chain.READS).exists()


def test_a_page_that_fails_after_it_read_is_logged_all_the_same(
    client: Client, centre: Centre
) -> None:
    person = world.person(centre)
    client.raise_request_exception = False
    assert client.get("/essai/montre-et-echoue/").status_code == 500
    assert ReadPerson.objects.filter(centre_id=centre.pk, person_id=person.pk).exists()
