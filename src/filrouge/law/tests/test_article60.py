"""How long a job under article 60 § 7 may last."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law.article60 import longest, unemployment_months
from filrouge.law.parameter_store import ParameterError


@pytest.mark.parametrize(
    ("birth", "start", "needed", "months", "last_day"),
    [
        (date(1995, 1, 1), date(2024, 1, 1), 312, 12, date(2024, 12, 31)),
        (date(1989, 1, 2), date(2023, 1, 1), 312, 12, date(2023, 12, 31)),
        (date(1988, 1, 1), date(2023, 1, 1), 468, 18, date(2024, 6, 30)),
        (date(1987, 1, 1), date(2023, 1, 1), 468, 18, date(2024, 6, 30)),
        (date(1974, 7, 2), date(2023, 1, 1), 468, 18, date(2024, 6, 30)),
        (date(1974, 7, 1), date(2023, 1, 1), 624, 24, date(2024, 12, 31)),
        (date(1970, 1, 1), date(2023, 1, 1), 624, 24, date(2024, 12, 31)),
        (date(1985, 1, 1), date(2024, 8, 28), 468, 18, date(2026, 2, 27)),
        (date(1985, 1, 1), date(2024, 9, 1), 312, 18, date(2026, 2, 28)),
        (date(1985, 1, 1), date(2025, 6, 1), 312, 12, date(2026, 5, 31)),
        (date(1970, 1, 1), date(2026, 3, 1), 312, 12, date(2027, 2, 28)),
        (date(2000, 1, 1), date(2026, 3, 1), 312, 12, date(2027, 2, 28)),
    ],
)
def test_the_days_are_those_of_the_day_the_benefit_would_be_asked(
    birth: date, start: date, needed: int, months: int, last_day: date
) -> None:
    found = longest(birth, start)
    assert (found.days_needed, found.months, found.last_day) == (needed, months, last_day)
    assert found.hireable and found.steps[-1].amount == months


@pytest.mark.parametrize(
    ("proved", "months"), [(0, 12), (25, 12), (26, 11), (27, 11), (286, 1), (311, 1)]
)
def test_days_already_proved_shorten_the_job(proved: int, months: int) -> None:
    assert longest(date(1990, 1, 1), date(2026, 4, 1), proved).months == months


def test_someone_who_has_the_days_is_not_hired_under_article_60() -> None:
    found = longest(date(1990, 1, 1), date(2026, 4, 1), 312)
    assert (found.hireable, found.months, found.last_day) == (False, 0, None)


def test_half_time_takes_twice_as_long_and_the_status_is_said() -> None:
    assert longest(date(1990, 1, 1), date(2026, 4, 1), work_share=(1, 2)).months == 24
    found = longest(date(1990, 1, 1), date(2024, 1, 1))
    assert found.status == "U" and found.unconfirmed


@pytest.mark.parametrize(("proved", "share"), [(-1, (1, 1)), (0, (3, 2)), (0, (0, 1))])
def test_impossible_figures_are_refused(proved: int, share: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        longest(date(1990, 1, 1), date(2026, 4, 1), proved, share)


def test_before_the_known_rules_nothing_is_guessed() -> None:
    with pytest.raises(ParameterError):
        longest(date(1970, 1, 1), date(2012, 10, 31))


@pytest.mark.parametrize(
    ("days", "months"), [(0, 12), (103, 12), (104, 13), (1247, 23), (1248, 24), (9000, 24)]
)
def test_unemployment_lasts_twelve_months_and_one_per_104_days(days: int, months: int) -> None:
    on = date(2026, 3, 1)
    assert unemployment_months(days, on) == months
    assert unemployment_months(np.array([days]), on).tolist() == [months]  # type: ignore[union-attr]


@given(st.dates(date(2013, 1, 1), date(2030, 1, 1)), st.integers(0, 700))
def test_more_days_proved_never_lengthen_the_job(start: date, proved: int) -> None:
    birth = date(1985, 6, 15)
    assert longest(birth, start, proved + 1).months <= longest(birth, start, proved).months
