"""What the embedded database learns of its tables."""

import pytest
from django.db import connection

from filrouge.base import statistics
from tests import world

pytestmark = pytest.mark.django_db


def test_the_planner_learns_how_the_rows_are_spread(centre):
    world.person(centre)
    statistics.refresh()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'people_person'")
            assert cursor.fetchone()[0] > 0
