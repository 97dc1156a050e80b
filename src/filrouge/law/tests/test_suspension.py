"""Stays abroad and detention."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law import parameter_store
from filrouge.law.parameter_store import Origin, ParameterError, ParameterStore
from filrouge.law.suspension import Days, Stay, abroad, detained


def stay(month: int, days: int, exceptional: bool = False) -> Stay:
    first = date(2026, month, 1)
    return Stay(Days(first, first + timedelta(days=days - 1)), exceptional)


def weeks() -> ParameterStore:
    shipped = parameter_store.shipped()
    line = shipped.entry("abroad.counting", date(2026, 1, 1))
    chosen = replace(
        line, value="whole_weeks", origin=Origin.CENTRE, author="CAS", known_from=date(2016, 1, 9)
    )
    return shipped.with_values([chosen])


@pytest.mark.parametrize(
    ("stays", "used", "suspended"),
    [
        ([], 0, 0),
        ([27], 27, 0),
        ([28], 28, 0),
        ([29], 29, 1),
        ([10, 17], 27, 0),
        ([10, 18], 28, 0),
        ([10, 19], 29, 1),
        ([28, 5], 33, 5),
        ([30, 5], 35, 7),
    ],
)
def test_days_past_28_in_a_calendar_year_are_suspended(
    stays: list[int], used: int, suspended: int
) -> None:
    found = abroad([stay(2 * rank + 1, days) for rank, days in enumerate(stays)], 2026)
    assert (found.used, found.suspended_days) == (used, suspended)
    assert [step.amount for step in found.steps] == [used, suspended]


@pytest.mark.parametrize(
    ("stays", "suspended"),
    [([10, 17, 9, 5], 5), ([30], 0), ([34], 0), ([35], 7), ([10, 17, 9], 0), ([28, 1], 1)],
)
def test_the_reading_by_whole_weeks_gives_the_published_example(
    stays: list[int], suspended: int
) -> None:
    items = [stay(2 * rank + 1, days) for rank, days in enumerate(stays)]
    assert abroad(items, 2026, weeks()).suspended_days == suspended


def test_a_suspended_period_says_its_days() -> None:
    found = abroad([stay(3, 31)], 2026)
    assert found.suspended == (Days(date(2026, 3, 29), date(2026, 3, 31)),)


def test_a_stay_over_new_year_counts_in_each_year() -> None:
    long = Stay(Days(date(2025, 12, 15), date(2026, 1, 20)))
    assert abroad([long], 2025).used == 17
    assert abroad([long], 2026).used == 20
    assert abroad([long], 2026).suspended_days == 0


def test_accepted_exceptional_circumstances_are_paid_but_counted() -> None:
    found = abroad([stay(1, 40, exceptional=True), stay(5, 3)], 2026)
    assert (found.used, found.suspended_days) == (43, 3)


@pytest.mark.parametrize(("days", "declared"), [(6, 0), (7, 1), (8, 1)])
def test_a_stay_of_seven_days_is_declared(days: int, declared: int) -> None:
    assert len(abroad([stay(1, days)], 2026).to_declare) == declared


def test_two_stays_that_overlap_a_year_without_rule_or_a_period_upside_down_are_refused() -> None:
    with pytest.raises(ValueError):
        abroad([stay(1, 10), Stay(Days(date(2026, 1, 10), date(2026, 1, 12)))], 2026)
    with pytest.raises(ParameterError):
        abroad([], 2015)
    with pytest.raises(ValueError):
        Days(date(2026, 1, 2), date(2026, 1, 1))


def test_every_day_of_a_detention_is_suspended() -> None:
    period = Days(date(2026, 1, 10), date(2026, 1, 12))
    days, uses = detained(period, date(2026, 1, 10))
    assert days.count == 3 and uses[0].value == "suspended"


@given(st.lists(st.integers(1, 20), max_size=6))
def test_a_longer_stay_never_suspends_less(lengths: list[int]) -> None:
    items = [stay(2 * rank + 1, days) for rank, days in enumerate(lengths)]
    longer = [stay(2 * rank + 1, days + 1) for rank, days in enumerate(lengths)]
    for store in (parameter_store.shipped(), weeks()):
        shorter = abroad(items, 2026, store).suspended_days
        assert 0 <= shorter <= abroad(longer, 2026, store).suspended_days
