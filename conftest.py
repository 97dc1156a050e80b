"""What every test gets: settings of its own, guards against classes of mistakes, a small house."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if os.environ.get("DJANGO_SETTINGS_MODULE", "tests.settings") != "tests.settings":
    raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests bring their own settings.")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from django.conf import settings as django_settings
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from filrouge.base.access.actor import Actor
    from filrouge.base.centres.models import Centre

# Loaded here, and not by the ini file, so that the folder of the tests is known first.
if "filrouge-tests-" not in str(django_settings.ENVIRONMENT.data):
    raise pytest.UsageError("The tests were about to use real data: no test was run.")

# No clock in tests: a slow machine is not a fault. pytest-randomly's seed rules the examples too.
hypothesis_settings.register_profile("filrouge", deadline=None, print_blob=True)
hypothesis_settings.load_profile("filrouge")


@pytest.fixture(autouse=True, scope="session")
def _guards() -> Iterator[None]:
    from tests import guards

    with guards.always():
        yield


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Each test starts in the source language, whatever the former one left."""
    from django.utils import translation

    with translation.override("fr"):
        yield


@pytest.fixture
def one_centre_only(db: None) -> Iterator[None]:
    """Any SELECT on a centre's table without the centre or a key fails the test."""
    from tests import guards

    with guards.one_centre_only():
        yield


@pytest.fixture
def selects(db: None) -> Callable[[int], AbstractContextManager[list[str]]]:
    """``with selects(5): …`` fails unless exactly five SELECTs run."""
    from tests import guards

    @contextmanager
    def exactly(count: int) -> Iterator[list[str]]:
        with guards.counted_selects() as seen:
            yield seen
        listed = "\n".join(f"{rank}. {sql}" for rank, sql in enumerate(seen, 1))
        assert len(seen) == count, f"{len(seen)} SELECTs instead of {count}:\n{listed}"

    return exactly


@pytest.fixture
def frozen_time(time_machine: Any) -> Any:
    """The clock stands on Monday 2 March 2026, 9:00 in Brussels; ``move_to`` changes it."""
    from tests.world import MONDAY

    time_machine.move_to(MONDAY, tick=False)
    return time_machine


@pytest.fixture
def centre(db: None) -> Centre:
    from tests import world

    return world.centre()


@pytest.fixture
def other_centre(db: None) -> Centre:
    from tests import world

    return world.centre("Montclair")


@pytest.fixture
def system(centre: Centre) -> Actor:
    from tests import world

    return world.system(centre)
