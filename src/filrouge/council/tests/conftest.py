"""The house that the tests of the council meet in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from filrouge.base.centres.models import Centre
    from filrouge.council.sheets import Sheet
    from filrouge.council.tests.house import House


@pytest.fixture
def house(centre: Centre) -> House:
    from filrouge.council.tests.house import make_house

    return make_house(centre)


@pytest.fixture
def sheet_with() -> Callable[..., Sheet]:
    """The sheet of the tests with other values."""
    from filrouge.council.tests.house import SHEET

    def changed(**values: Any) -> Sheet:
        return replace(SHEET, **values)

    return changed
