"""One formula, three ways: one case, a population, and the slow `Decimal` reference."""

from collections import defaultdict
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from random import Random

import numpy as np
import pytest

from filrouge.law import parameter_store
from filrouge.law.choices import CHOICES, readings
from filrouge.law.operations import ManyCases, OneCase
from filrouge.law.population import Population, columns, entitlements, monthly_rights
from filrouge.law.ris import Figures, RisLaw, compute, entitlement
from filrouge.law.steps import Silent
from filrouge.law.tests.drawing import draw_case, draw_choices
from filrouge.law.tests.reference import reference

CASES = 20_000


def test_20_000_random_cases_give_the_same_cents_alone_in_a_population_and_in_decimal() -> None:
    random = Random(20_260_301)
    by_date = defaultdict(list)
    for _ in range(CASES):
        case = draw_case(random)
        by_date[case.on].append(case)
    positive = 0
    for on, cases in by_date.items():
        rights = entitlements(columns(cases), on, chunk=7)
        for row, case in enumerate(cases):
            alone = entitlement(case)
            month, first = reference(case)
            assert Decimal(alone.monthly_right) / 100 == month, case
            assert Decimal(alone.first_month or 0) / 100 == first, case
            assert rights.monthly_right[row] == alone.monthly_right
            assert rights.first_month[row] == (alone.first_month or 0)
            assert rights.countable[row] == alone.countable
            positive += alone.monthly_right > 0
    assert CASES / 4 < positive < CASES


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.key)
def test_every_other_reading_gives_the_same_cents_three_ways(choice) -> None:
    random = Random(choice.key)
    for reading in set(choice.readings) - {choice.default}:
        chosen = {choice.key: reading}
        on = date(2026, 4, 18)
        cases = [draw_case(random, on) for _ in range(150)]
        rights = entitlements(columns(cases), on, choices=chosen)
        for row, case in enumerate(cases):
            alone = entitlement(case, choices=chosen)
            month, first = reference(case, chosen)
            assert Decimal(alone.monthly_right) / 100 == month, case
            assert Decimal(alone.first_month or 0) / 100 == first, case
            assert rights.monthly_right[row] == alone.monthly_right


def test_readings_mixed_at_random_give_the_same_cents_as_decimal() -> None:
    random = Random(11)
    for _ in range(1_500):
        case, chosen = draw_case(random), draw_choices(random)
        assert (
            Decimal(entitlement(case, choices=chosen).monthly_right) / 100
            == (reference(case, chosen)[0])
        ), (case, chosen)


def test_a_year_of_a_population_is_each_case_recomputed_each_month() -> None:
    """Start of the right, ages, anniversaries, article 34 and the six years follow the date."""
    random = Random(2026)
    on = date(2025, 12, 1)
    cases = [
        replace(draw_case(random, on), reviewed_on=None, spi_counter=None, incomes=())
        for _ in range(300)
    ]
    days = [date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 12))]
    due = monthly_rights(columns(cases), days, chunk=64)
    for line, day in enumerate(days):
        for row, case in enumerate(cases):
            if case.starts_on.replace(day=1) > day:
                assert due[line, row] == 0
                continue
            alone = entitlement(replace(case, on=day))
            expected = alone.monthly_right if alone.first_month is None else alone.first_month
            assert due[line, row] == expected, (day, case)


def test_a_right_that_starts_in_the_year_is_paid_by_days_then_whole() -> None:
    from filrouge.law.days import day_number

    table = {
        "category": np.array([2], dtype=np.int64),
        "starts_on": np.array([day_number(date(2025, 4, 16))], dtype=np.int64),
    }
    due = monthly_rights(table, [date(2025, month, 1) for month in (3, 4, 5)])
    assert due[:, 0].tolist() == [0, 657_10, 1_314_20]


def test_the_size_of_the_chunks_changes_nothing() -> None:
    random = Random(7)
    on = draw_case(random).on
    table = columns([draw_case(random, on) for _ in range(500)])
    whole = entitlements(table, on)
    split = entitlements(table, on, chunk=3)
    assert np.array_equal(whole.monthly_right, split.monthly_right)
    assert np.array_equal(whole.first_month, split.first_month)


def test_the_largest_amounts_and_shares_stay_exact_in_int64() -> None:
    """The bounds that `population_table` checks are enough: same figures as with Python's ints."""
    on = date(2026, 3, 1)
    year, month, parts = 12 * 1_000_000_000, 1_000_000_000, 10_000
    rows = np.zeros(20, dtype=np.int64)

    def of(value: int, size: int = 20) -> np.ndarray:
        return np.full(size, value, dtype=np.int64)

    one = {
        name: of(value, 1)
        for name, value in {
            "category": 3,
            "ordinary": year,
            "work": year,
            "artistic": year,
            "ale": year,
            "denominator": parts,
            "spouse_monthly": year,
            "attribution": 100,
            "days": 31,
            "month_length": 31,
        }.items()
    }
    table = one | {
        "capitals": {"row": rows, "amount": of(year * parts), "share": of(1)},
        "properties": {
            "row": rows,
            "income": of(year * parts),
            "share": of(parts),
            "rent": of(year * parts),
        },
        "transfers": {"row": rows, "value": of(month), "share_bottom": of(1)},
        "cohabitants": {"row": rows, "circle": of(1), "monthly": of(month)},
    }
    law = RisLaw.on(on, parameter_store.shipped(), readings())
    exact = compute(_plain(Population.read(table).part(0, 1)), law, Silent())
    rights = entitlements(table, on)
    assert rights.monthly_right[0] == exact.monthly == 0
    assert rights.countable[0] == (2 * exact.countable + exact.scale) // (2 * exact.scale)
    assert exact.countable > 2**59


def _plain(facts: Figures) -> Figures:
    """The figures of the one row as Python ints, which have no bound."""
    values = {}
    for field in fields(Figures):
        value = getattr(facts, field.name)
        if isinstance(value, ManyCases):
            kind = type(value.columns)
            things = []
            for position in range(int(value.offsets[-1])):
                given = {one.name: getattr(value.columns, one.name) for one in fields(kind)}
                things.append(
                    kind(
                        **{
                            name: int(column[position])
                            if isinstance(column, np.ndarray)
                            else column
                            for name, column in given.items()
                        }
                    )
                )
            value = OneCase(tuple(things))
        elif isinstance(value, np.ndarray):
            value = int(value[0])
        values[field.name] = value
    return Figures(**values)
