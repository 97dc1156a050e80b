"""Properties that every case must keep."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filrouge.law import parameter_store
from filrouge.law.case import Case, Income, IncomeKind, Period
from filrouge.law.choices import CHOICES, choice
from filrouge.law.money import Cents
from filrouge.law.parameter_store import ParameterValue, Status
from filrouge.law.ris import entitlement
from filrouge.law.tests.drawing import draw_capital, draw_case, draw_properties

cases = st.integers(min_value=0, max_value=2**63).map(lambda seed: draw_case(Random(seed)))
few = settings(max_examples=150, deadline=None)


def add(case: Case, cents: int, kind: IncomeKind) -> Case:
    extra = Income(kind, Cents(cents), Period.MONTH)
    return replace(case, incomes=(*case.incomes, extra))


@few
@given(cases)
def test_the_right_is_between_zero_and_the_amount_of_the_category(case: Case) -> None:
    result = entitlement(case)
    assert 0 <= result.yearly_right <= result.yearly_amount
    assert 0 <= (result.first_month or 0) <= result.monthly_right + 1


@few
@given(cases, st.integers(0, 500_000), st.sampled_from([IncomeKind.WAGE, IncomeKind.PENSION]))
def test_more_resources_never_raise_the_right(case: Case, cents: int, kind: IncomeKind) -> None:
    assert entitlement(add(case, cents, kind)).monthly_right <= entitlement(case).monthly_right


@few
@given(cases, st.integers(0, 500_000))
def test_more_savings_or_a_richer_partner_never_raise_the_right(case: Case, cents: int) -> None:
    before = entitlement(case).monthly_right
    if case.capital:
        richer = replace(case.capital[0], amount=Cents(case.capital[0].amount + cents))
        assert (
            entitlement(replace(case, capital=(richer, *case.capital[1:]))).monthly_right <= before
        )
    if case.spouse:
        spouse = replace(case.spouse, net_monthly=Cents(case.spouse.net_monthly + cents))
        assert entitlement(replace(case, spouse=spouse)).monthly_right <= before


@few
@given(cases, st.integers(0, 500_000))
def test_an_exempt_resource_changes_nothing(case: Case, cents: int) -> None:
    changed = entitlement(add(case, cents, IncomeKind.FOSTER_CARE))
    assert changed.monthly_right == entitlement(case).monthly_right


@few
@given(cases, st.integers(0, 500_000))
def test_more_property_or_a_richer_household_never_raises_the_right(case: Case, cents: int) -> None:
    before = entitlement(case).monthly_right
    for name, amount in (
        ("properties", "cadastral_income"),
        ("properties", "rent"),
        ("transfers", "value"),
        ("cohabitants", "net_monthly"),
        ("cohabitants", "family_benefit"),
        ("cohabitants", "family_supplements"),
    ):
        things = getattr(case, name)
        if not things:
            continue
        raised = Cents((getattr(things[0], amount) or 0) + cents)
        more = (replace(things[0], **{amount: raised}), *things[1:])
        assert entitlement(replace(case, **{name: more})).monthly_right <= before, (name, amount)


@few
@given(cases, st.integers(0, 2**32))
def test_one_more_asset_never_raises_the_right(case: Case, seed: int) -> None:
    random = Random(seed)
    before = entitlement(case).monthly_right
    for name, drawn in (
        ("capital", draw_capital(random)),
        ("properties", draw_properties(random)),
    ):
        more = (*getattr(case, name), *drawn)
        assert entitlement(replace(case, **{name: more})).monthly_right <= before, name


@few
@given(cases, st.sampled_from([item.key for item in CHOICES]))
def test_any_reading_keeps_the_right_between_its_bounds(case: Case, key: str) -> None:
    for reading in choice(key).readings:
        result = entitlement(case, choices={key: reading})
        assert 0 <= result.yearly_right <= result.yearly_amount
        assert dict(result.choices)[key] == reading


@few
@given(cases)
def test_a_case_written_down_and_read_back_is_the_same(case: Case) -> None:
    assert Case.from_dict(case.as_dict()) == case


@few
@given(cases)
def test_the_steps_tell_the_result(case: Case) -> None:
    result = entitlement(case)
    amounts = {step.key: step.amount for step in result.steps}
    assert amounts["monthly"] == result.monthly_right
    assert amounts.get("first_month") == result.first_month
    assert sum(step.key == "work" for step in result.steps) <= 1


def future(name: str) -> ParameterValue:
    last = parameter_store.history(name)[-1]
    assert isinstance(last.value, tuple)
    return replace(
        last,
        value=tuple(2 * value for value in last.value),
        valid_from=date(2028, 1, 1),
        status=Status.OFFICIAL,
    )


@few
@given(cases)
def test_tomorrow_s_parameters_never_change_yesterday_s_result(case: Case) -> None:
    later = parameter_store.shipped().with_values(
        [future("ris.amount.yearly"), future("ris.amount.monthly")]
    )
    before, after = entitlement(case), entitlement(case, later)
    assert replace(after, parameters_digest=before.parameters_digest) == before
    assert after.parameters_digest != before.parameters_digest


def test_a_new_index_is_used_from_its_date() -> None:
    from filrouge.law.category import Category

    later = parameter_store.shipped().with_values([future("ris.amount.yearly")])
    case = Case(on=date(2028, 1, 1), category=Category.SINGLE)
    assert entitlement(case, later).yearly_right == 2 * entitlement(case).yearly_right


@pytest.mark.parametrize(
    ("cents", "counted"),
    [(0, 0), (25_000, 0), (25_001, 1), (1_608_563, 1_583_563), (1_608_564, 1_608_564)],
)
def test_the_general_exemption_stops_at_the_amount_of_the_category(
    cents: int, counted: int
) -> None:
    from filrouge.law.category import Category

    pension = Income(IncomeKind.PENSION, Cents(cents), Period.YEAR)
    case = Case(on=date(2026, 3, 1), category=Category.SINGLE, incomes=(pension,))
    assert entitlement(case).countable == counted
