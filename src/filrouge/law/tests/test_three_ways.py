"""One formula, three ways: one case, a population, and the slow `Decimal` reference."""

from collections import defaultdict
from decimal import Decimal
from random import Random

import numpy as np

from filrouge.law.population import columns, entitlements
from filrouge.law.ris import entitlement
from filrouge.law.tests.drawing import draw_case
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


def test_the_size_of_the_chunks_changes_nothing() -> None:
    random = Random(7)
    on = draw_case(random).on
    table = columns([draw_case(random, on) for _ in range(500)])
    whole = entitlements(table, on)
    split = entitlements(table, on, chunk=3)
    assert np.array_equal(whole.monthly_right, split.monthly_right)
    assert np.array_equal(whole.first_month, split.first_month)


def test_the_largest_amounts_and_shares_stay_exact_in_int64() -> None:
    from datetime import date

    on = date(2026, 3, 1)
    top = 12 * 1_000_000_000
    facts = {
        "category": 3,
        "ordinary": top,
        "work": top,
        "ale": top,
        "denominator": 10_000,
        "capital": top * 10_000,
        "capital_share": 10_000,
        "built_income": top * 10_000,
        "built_share": 10_000,
        "built_rent": top * 10_000,
        "unbuilt_income": top * 10_000,
        "unbuilt_share": 10_000,
        "spouse_monthly": top,
        "days": 31,
        "month_length": 31,
    }
    arrays = {name: np.array([value], dtype=np.int64) for name, value in facts.items()}
    big = {name: np.array([value], dtype=object) for name, value in facts.items()}
    from filrouge.law import parameter_store
    from filrouge.law.ris import Figures, RisLaw, compute
    from filrouge.law.steps import Silent

    law = RisLaw.on(on, parameter_store.shipped())
    exact = compute(Figures(**{name: int(value[0]) for name, value in big.items()}), law, Silent())
    rights = entitlements(arrays, on)
    assert rights.monthly_right[0] == exact.monthly == 0
    assert rights.countable[0] == (2 * exact.countable + exact.scale) // (2 * exact.scale)
