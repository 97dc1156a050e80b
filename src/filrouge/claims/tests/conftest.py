"""What the tests of a request start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from filrouge.base.centres.models import Centre
    from filrouge.claims.tests.desk import Desk


@pytest.fixture
def desk(centre: Centre) -> Desk:
    from filrouge.claims.tests.desk import open_desk

    return open_desk(centre)
