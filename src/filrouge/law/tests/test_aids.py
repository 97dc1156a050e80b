"""Installation premium, heating allowance, rental guarantee."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from filrouge.law.aids import (
    Fuel,
    Ground,
    Guarantee,
    Heating,
    guarantee_limit,
    guaranteed,
    heating_allowance,
    installation_premium,
)
from filrouge.law.category import Category
from filrouge.law.checks import Verdict, blocking
from filrouge.law.parameter_store import ParameterError


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2025, 1, 31), 1741_29),
        (date(2025, 2, 1), 1776_07),
        (date(2026, 2, 28), 1776_07),
        (date(2026, 3, 1), 1811_57),
    ],
)
def test_the_premium_is_a_month_of_category_three(on: date, amount: int) -> None:
    found = installation_premium(on)
    assert found.amount == amount == found.steps[-1].amount
    assert {item.verdict for item in found.checks} == {Verdict.NOT_KNOWN}


def test_the_premium_comes_once_in_a_lifetime() -> None:
    found = installation_premium(date(2026, 3, 1), had_before=True, leaves_homelessness=True)
    assert [item.key for item in blocking(found.checks)] == ["once"]


@pytest.mark.parametrize(
    ("income", "broken"), [(1474_51, []), (1474_52, ["income"]), (1340_47, [])]
)
def test_the_premium_of_social_aid_asks_an_income_under_the_amount_plus_ten_per_cent(
    income: int, broken: list[str]
) -> None:
    found = installation_premium(
        date(2026, 3, 1),
        Ground.SOCIAL_AID,
        had_before=False,
        leaves_homelessness=True,
        monthly_income=income,
        category=Category.SINGLE,
        given_at_address=False,
    )
    assert [item.key for item in blocking(found.checks)] == broken


def test_one_premium_per_household_and_unknown_facts_are_said() -> None:
    found = installation_premium(date(2026, 3, 1), Ground.SOCIAL_AID, given_at_address=True)
    assert [item.key for item in blocking(found.checks)] == ["household"]
    assert "? par mois" in found.checks[2].reason


DELIVERED = date(2024, 11, 4)
OIL = Heating(Fuel.BULK_OIL, 1000, DELIVERED, date(2024, 12, 1), per_litre=17, preferential=True)


@pytest.mark.parametrize(
    ("change", "amount"),
    [
        ({}, 170_00),
        ({"litres": 1499, "per_litre": 14}, 209_86),
        ({"litres": 1500, "per_litre": 14}, 210_00),
        ({"litres": 1501, "per_litre": 14}, 210_00),
        ({"litres": 1500, "per_litre": 20}, 300_00),
        ({"litres": 1000, "litres_before": 600}, 153_00),
        ({"litres": 1000, "litres_before": 1500}, 0),
        ({"litres": 1500, "per_litre": 20, "granted_before": 100_00}, 200_00),
        ({"fuel": Fuel.PUMP, "litres": 0}, 210_00),
        ({"fuel": Fuel.PUMP, "litres": 0, "granted_before": 210_00}, 0),
    ],
)
def test_the_heating_allowance_is_paid_by_the_litre_up_to_its_limits(
    change: dict[str, object], amount: int
) -> None:
    found = heating_allowance(replace(OIL, **change))  # type: ignore[arg-type]
    assert found.amount == amount == found.steps[-1].amount


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []),
        ({"requested_on": date(2025, 1, 3)}, []),
        ({"requested_on": date(2025, 1, 4)}, ["term"]),
        ({"requested_on": date(2024, 11, 3)}, ["term"]),
        ({"per_litre": 13}, ["scale"]),
        ({"per_litre": 14}, []),
        ({"per_litre": 20}, []),
        ({"per_litre": 21}, ["scale"]),
        ({"preferential": False, "debt_mediation": False, "income": 24328_19}, []),
        ({"preferential": False, "debt_mediation": False, "income": 24328_20}, ["group"]),
        ({"preferential": False, "income": 28830_00, "dependants": 1}, []),
        ({"preferential": False, "income": 28830_01, "dependants": 1}, ["group"]),
        ({"preferential": False, "debt_mediation": True, "income": 90000_00}, []),
        ({"preferential": False, "debt_mediation": False}, ["group"]),
        ({"preferential": None}, []),
    ],
)
def test_the_heating_allowance_has_a_term_a_scale_and_three_groups(
    change: dict[str, object], broken: list[str]
) -> None:
    found = heating_allowance(replace(OIL, **change))  # type: ignore[arg-type]
    assert [item.key for item in blocking(found.checks)] == broken


def test_unknown_incomes_are_asked_and_negative_numbers_refused() -> None:
    found = heating_allowance(replace(OIL, preferential=None))
    assert found.checks[1].verdict is Verdict.NOT_KNOWN
    for change in ({"litres": -1}, {"income": -1}, {"dependants": -1}):
        with pytest.raises(ValueError):
            heating_allowance(replace(OIL, **change))  # type: ignore[arg-type]
    with pytest.raises(ParameterError):
        heating_allowance(replace(OIL, delivered_on=date(2019, 6, 30)))


@pytest.mark.parametrize(
    ("delivered", "per_litre", "amount"),
    [
        (date(2022, 8, 1), 28, 560_00),
        (date(2022, 12, 1), 36, 720_00),
        (date(2023, 4, 1), 20, 300_00),
    ],
)
def test_the_crisis_amounts_hold_in_their_time(
    delivered: date, per_litre: int, amount: int
) -> None:
    request = replace(OIL, litres=2500, delivered_on=delivered, per_litre=per_litre)
    assert heating_allowance(request).amount == amount


@pytest.mark.parametrize(
    ("form", "limit"), [(Guarantee.ADVANCE, 1300_00), (Guarantee.BANK, 1950_00)]
)
def test_a_guarantee_is_two_or_three_months_of_rent(form: Guarantee, limit: int) -> None:
    on = date(2026, 3, 1)
    assert guarantee_limit(650_00, form, on).amount == limit
    assert [guaranteed(limit + gap, 650_00, form, on) for gap in (-1, 0, 1)] == [
        limit - 1,
        limit,
        limit,
    ]
    rents = np.array([650_00, 1])
    assert np.asarray(guaranteed(limit, rents, form, on)).tolist()[0] == limit
    with pytest.raises(ValueError):
        guarantee_limit(-1, form, on)
