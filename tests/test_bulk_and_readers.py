"""While a long list is written, everybody goes on reading, and every reading is logged."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Role
from filrouge.base.trail import reading
from filrouge.base.trail.journal import record_reading, verify
from filrouge.base.trail.models import Chain, Entry
from filrouge.people import importing
from filrouge.people.models import Person
from filrouge.people.queries import list_page, search
from tests import world

READERS = 20
LIST = 300


def listed(folder: Path, count: int = LIST) -> importing.Table:
    path = folder / "liste.csv"
    rows = (
        f"Nom{number:04d};Prénom{number % 7};{number % 28 + 1:02d}/03/1990"
        for number in range(count)
    )
    path.write_text("Nom;Prénom;Date de naissance\n" + "\n".join(rows), encoding="utf-8")
    return importing.read_table(path)


def read_once(actor: Actor, turn: int) -> None:
    """What a page does: read, then log what it showed in a transaction of its own."""
    with reading.gathering() as gathered:
        if turn % 2:
            list_page(actor)
        else:
            search(actor, f"nom{turn % 10}")
    record_reading(actor, "tests.read", "list", None, opened=[], listed=gathered.listed)


def in_own_connection(work: Callable[[], int]) -> Callable[[], int]:
    def run() -> int:
        try:
            return work()
        finally:
            connections.close_all()

    return run


@pytest.mark.django_db(transaction=True)
def test_twenty_people_read_while_a_list_is_imported_and_nobody_gets_an_error(
    tmp_path: Path,
) -> None:
    centre = world.centre()
    clerk = world.system(centre)
    readers = [world.actor(centre, Role.RECEPTIONIST, name=f"accueil {n}") for n in range(READERS)]
    table = listed(tmp_path)
    lines = importing.examine(clerk, table)
    started, finished = threading.Barrier(READERS + 1), threading.Event()

    def import_list() -> int:
        started.wait()
        try:
            return importing.write(clerk, table, lines, batch=25)[0]
        finally:
            finished.set()

    def keep_reading(actor: Actor) -> Callable[[], int]:
        def work() -> int:
            started.wait()
            turns = 0
            while turns < 3 or not finished.is_set():
                read_once(actor, turns)
                turns += 1
            return turns

        return in_own_connection(work)

    with ThreadPoolExecutor(READERS + 1) as pool:
        written = pool.submit(in_own_connection(import_list))
        turns = [pool.submit(keep_reading(actor)) for actor in readers]
        assert written.result() == LIST
        total = sum(turn.result() for turn in turns)

    assert Person.objects.filter(centre=centre).count() == LIST
    acts, reads = verify(centre.pk, Chain.ACTS), verify(centre.pk, Chain.READS)
    assert acts.sound and acts.length == LIST
    assert reads.sound and reads.length == total


@pytest.mark.django_db(transaction=True)
def test_two_people_import_at_the_same_time_and_no_number_is_missing_or_double(
    tmp_path: Path,
) -> None:
    centre = world.centre()
    clerk = world.system(centre)
    tables = []
    for half in ("a", "b"):
        (tmp_path / half).mkdir()
        path = tmp_path / half / "liste.csv"
        rows = "\n".join(f"{half}nom{number},Test" for number in range(60))
        path.write_text(f"nom,prénom\n{rows}")
        tables.append(importing.read_table(path))
    started = threading.Barrier(2)

    def run(table: importing.Table) -> Callable[[], int]:
        def work() -> int:
            lines = importing.examine(clerk, table)
            started.wait()
            return importing.write(clerk, table, lines, batch=10)[0]

        return in_own_connection(work)

    with ThreadPoolExecutor(2) as pool:
        assert [job.result() for job in [pool.submit(run(table)) for table in tables]] == [60, 60]
    numbers = Person.objects.filter(centre=centre).order_by("file_number")
    assert list(numbers.values_list("file_number", flat=True)) == list(range(1, 121))
    assert verify(centre.pk, Chain.ACTS).length == Entry.objects.filter(chain=Chain.ACTS).count()
