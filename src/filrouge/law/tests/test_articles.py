"""Articles 22 to 35 on small cases whose cents can be checked by hand."""

from dataclasses import replace
from datetime import date

import pytest

from filrouge.law.case import (
    Appraisal,
    BusinessOrigin,
    Capital,
    Case,
    CaseError,
    Cohabitant,
    Income,
    IncomeKind,
    Ownership,
    Period,
    Property,
    PropertyKind,
    SpiCounter,
    SpiKind,
    Spouse,
    Transfer,
    WorkedPeriod,
)
from filrouge.law.category import Category, Relation
from filrouge.law.choices import CHOICES, ChoiceError
from filrouge.law.money import Cents
from filrouge.law.ris import Entitlement, entitlement

ON = date(2026, 4, 1)
SINGLE = Case(on=ON, category=Category.SINGLE)
COHABITANT = Case(on=ON, category=Category.COHABITANT)
BEFORE = Case(on=date(2026, 2, 1), category=Category.COHABITANT)


def euros(amount: int) -> Cents:
    return Cents(100 * amount)


def amounts(result: Entitlement) -> dict[str, int | None]:
    return {step.key: step.amount for step in result.steps}


def wage(amount: int = 600, **more: object) -> Income:
    return Income(IncomeKind.WAGE, euros(amount), spi=True, **more)  # type: ignore[arg-type]


def parent(monthly: int, **more: object) -> Cohabitant:
    return Cohabitant(Relation.PARENT, date(1970, 1, 1), net_monthly=euros(monthly), **more)  # type: ignore[arg-type]


# -- art. 34 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requested_on", "reviewed_on", "is_new"),
    [
        (date(2026, 3, 1), None, True),
        (date(2026, 2, 28), None, False),
        (date(2025, 6, 1), date(2026, 3, 1), True),
        (date(2025, 6, 1), date(2026, 2, 28), False),
    ],
)
def test_running_files_pass_to_the_new_article_34_at_their_next_review(
    requested_on: date, reviewed_on: date | None, is_new: bool
) -> None:
    grandparent = Cohabitant(Relation.GRANDPARENT, None, net_monthly=euros(1_500))
    case = replace(
        COHABITANT,
        requested_on=requested_on,
        starts_on=requested_on,
        reviewed_on=reviewed_on,
        cohabitants=(grandparent,),
    )
    counted = (1_500_00 - 893_65) * 12 if is_new else None
    assert amounts(entitlement(case)).get("cohabitants") == (counted if is_new else 0) or not is_new
    assert entitlement(case).monthly_right == (893_65 if not is_new else 300_21)


def test_before_the_reform_the_centre_decides_and_says_why() -> None:
    case = replace(BEFORE, cohabitants=(parent(1_200),))
    assert not entitlement(case).covered
    decided = replace(case, attribution=Appraisal(100, "aucun loyer payé"))
    result = entitlement(decided)
    assert result.covered
    assert amounts(result)["cohabitants"] == (1_200_00 - 876_13) * 12
    half = entitlement(replace(case, attribution=Appraisal(50, "enfants à charge")))
    assert amounts(half)["cohabitants_decided"] == 161_94  # 161,935 arrondi pour l'œil
    limited = entitlement(replace(case, attribution=Appraisal(100, "participation", euros(75))))
    assert amounts(limited)["cohabitants"] == 900_00
    reasons = {item.label for step in limited.steps for item in step.inputs}
    assert "participation" in reasons


def test_before_the_reform_a_parent_below_the_amount_needs_no_decision() -> None:
    assert entitlement(replace(BEFORE, cohabitants=(parent(870),))).covered


def test_since_the_reform_parents_count_together_less_one_amount_each() -> None:
    case = replace(COHABITANT, cohabitants=(parent(2_100), parent(0)))
    assert amounts(entitlement(case))["cohabitants_month"] == 2_100_00 - 2 * 893_65
    each = entitlement(case, choices={"cohabitants.sum": "each"})
    assert amounts(each)["cohabitants_month"] == 2_100_00 - 893_65
    assert ("cohabitants.sum", "each") in each.choices


def test_an_equity_exception_is_reasoned_and_can_be_refused_by_the_centre() -> None:
    case = replace(COHABITANT, cohabitants=(parent(1_800),), attribution=Appraisal(0, "violences"))
    assert entitlement(case).monthly_right == 893_65
    refused = entitlement(case, choices={"cohabitants.equity": "refused"})
    assert amounts(refused)["cohabitants"] == (1_800_00 - 893_65) * 12


def test_family_benefits_received_for_the_applicant_count_since_the_reform() -> None:
    mother = parent(0, family_benefit=euros(180), family_supplements=euros(20))
    case = replace(COHABITANT, cohabitants=(mother,))
    assert amounts(entitlement(case))["family_benefit"] == 2_400_00
    exempt = entitlement(case, choices={"cohabitants.family_supplements": "exempt"})
    assert amounts(exempt)["family_benefit"] == 2_160_00
    old = entitlement(replace(BEFORE, cohabitants=(mother,)))
    assert "family_benefit" not in amounts(old)


def test_a_parent_with_integration_income_or_a_brother_never_counts() -> None:
    never = (
        parent(2_000, has_right_to_integration=True),
        Cohabitant(Relation.SIBLING, None, net_monthly=euros(4_000)),
        Cohabitant(Relation.CHILD, date(2010, 1, 1), net_monthly=euros(4_000)),
    )
    result = entitlement(replace(COHABITANT, cohabitants=never))
    assert result.covered and result.monthly_right == 893_65


def test_a_partner_with_the_right_counts_for_an_activation_wage() -> None:
    left_out = Spouse(euros(1_500), has_right_to_integration=True)
    assert entitlement(replace(COHABITANT, spouse=left_out)).monthly_right == 893_65
    activated = replace(left_out, activation_wage=True)
    result = entitlement(replace(COHABITANT, spouse=activated))
    assert result.covered
    assert amounts(result)["spouse_month"] == 1_500_00 - 893_65


def test_one_category_3_amount_covers_the_couple() -> None:
    partner = Spouse(Cents(0), has_right_to_integration=True, receives_couple_amount=True)
    result = entitlement(replace(SINGLE, category=Category.DEPENDENT_FAMILY, spouse=partner))
    assert result.monthly_right == 0
    assert "couple_paid" in amounts(result)


# -- art. 35 ----------------------------------------------------------------------------------


def counter(*periods: tuple[date, date], first: date | None = None) -> SpiCounter:
    worked = tuple(WorkedPeriod(*period) for period in periods)
    return SpiCounter(first or worked[0].first, worked)


@pytest.mark.parametrize(
    ("used", "is_open"),
    [
        (counter((date(2021, 1, 4), date(2023, 6, 30))), True),  # 908 jours
        (counter((date(2021, 1, 4), date(2024, 1, 2))), True),  # 1 094 jours
        (counter((date(2021, 1, 4), date(2024, 1, 3))), False),  # 1 095 jours
        (counter((date(2020, 4, 1), date(2020, 4, 30))), False),  # six ans passés
        (counter((date(2020, 4, 2), date(2020, 4, 30))), True),
        (SpiCounter(), True),
    ],
)
def test_three_years_worked_within_six_use_up_the_exemption(
    used: SpiCounter, is_open: bool
) -> None:
    case = replace(SINGLE, incomes=(wage(),), spi_counter=used)
    counted = 12 * (600_00 - 315_67) if is_open else 7_200_00
    assert amounts(entitlement(case))["work"] == counted


def test_until_october_2014_time_ran_even_without_work() -> None:
    used = SpiCounter(date(2010, 1, 1), (WorkedPeriod(date(2010, 1, 1), date(2010, 1, 31)),))
    assert used.days_used(date(2012, 1, 1)) == 730
    later = SpiCounter(date(2014, 9, 1), (WorkedPeriod(date(2014, 12, 1), date(2014, 12, 10)),))
    assert later.days_used(date(2015, 6, 1)) == 30 + 10
    assert later.months_used(date(2015, 6, 1)) == 2


def test_work_held_before_the_right_opens_no_exemption() -> None:
    before = replace(SINGLE, incomes=(wage(work_started_on=date(2026, 3, 31)),))
    result = entitlement(before)
    assert result.countable == 7_200_00 - 250_00
    assert "spi_too_early" in amounts(result)
    same_day = replace(SINGLE, incomes=(wage(work_started_on=ON),))
    assert entitlement(same_day).countable < result.countable


@pytest.mark.parametrize(
    ("shortage_from", "exempted"),
    [
        (date(2026, 4, 1), 452_39),
        (date(2026, 2, 1), 452_39),
        (date(2026, 1, 1), 315_67),
        (date(2026, 5, 1), 315_67),
    ],
)
def test_a_job_in_shortage_has_its_own_amount_for_three_months(
    shortage_from: date, exempted: int
) -> None:
    case = replace(
        SINGLE,
        incomes=(wage(spi_kind=SpiKind.SHORTAGE),),
        spi_counter=SpiCounter(shortage_from=shortage_from),
    )
    assert amounts(entitlement(case))["work_month"] == 600_00 - exempted


def test_an_artist_has_a_yearly_exemption_and_never_two_unless_the_centre_adds_them() -> None:
    fees = Income(IncomeKind.WAGE, euros(3_000), Period.YEAR, spi=True, spi_kind=SpiKind.ARTISTIC)
    case = replace(SINGLE, incomes=(fees, wage(400)))
    assert amounts(entitlement(case))["work"] == 7_800_00 - 12 * 315_67
    added = entitlement(case, choices={"spi.variants": "added"})
    assert amounts(added)["work"] == 12 * (400_00 - 315_67)


@pytest.mark.parametrize(
    ("on", "grant", "exempted"),
    [
        (date(2021, 10, 1), True, 72_23),
        (date(2021, 10, 1), False, 258_96),
        (date(2022, 1, 1), True, 264_13),
    ],
)
def test_students_with_a_grant_had_a_smaller_exemption_until_2021(
    on: date, grant: bool, exempted: int
) -> None:
    incomes = (wage(300),) + ((Income(IncomeKind.STUDY_GRANT, euros(900)),) if grant else ())
    case = Case(on=on, category=Category.SINGLE, incomes=incomes, full_time_student=True)
    result = entitlement(case)
    assert result.covered
    assert amounts(result)["work_month"] == 300_00 - exempted


def test_a_part_of_a_month_becomes_a_month_before_the_exemption() -> None:
    case = Case(
        on=date(2026, 3, 20), category=Category.SINGLE, incomes=(wage(240, covers_days=12),)
    )
    result = entitlement(case)
    assert amounts(result)["work_month"] == 620_00 - 315_67
    yearly = 16_085_64 - (12 * 304_33 - 250_00)
    assert result.first_month == (2 * yearly * 12 + 12 * 31) // (2 * 12 * 31)


# -- art. 22, 24 ------------------------------------------------------------------------------


def test_a_business_sold_is_not_income_but_the_late_spouse_s_is() -> None:
    sold = Income(
        IncomeKind.SELF_EMPLOYED,
        euros(9_000),
        Period.YEAR,
        business=BusinessOrigin.BUSINESS_TRANSFER,
        reference_year=2024,
    )
    assert entitlement(replace(SINGLE, incomes=(sold,))).countable == 0
    continued = replace(sold, business=BusinessOrigin.DECEASED_SPOUSE)
    result = entitlement(replace(SINGLE, incomes=(continued,)))
    assert result.countable == 8_750_00
    assert any("2024" in item.label for step in result.steps for item in step.inputs)


def test_a_premium_counts_above_the_part_the_worker_looked_up() -> None:
    premium = Income(IncomeKind.TRAINING_PREMIUM, euros(300))
    case = replace(SINGLE, incomes=(premium,))
    assert entitlement(case).countable == 0
    assert not entitlement(case, choices={"exemption.unchecked_ceilings": "ask"}).covered
    looked_up = replace(case, incomes=(replace(premium, exempt_part=euros(200)),))
    assert entitlement(looked_up).countable == 1_200_00 - 250_00


# -- art. 25 to 27 ----------------------------------------------------------------------------


def house(income: int, **more: object) -> Property:
    return Property(PropertyKind.BUILT, euros(income), **more)  # type: ignore[arg-type]


def test_the_abatement_is_given_once_where_it_is_best() -> None:
    case = replace(SINGLE, properties=(house(1_000, share=(1, 2)), house(300)))
    assert amounts(entitlement(case))["built"] == 3 * (500_00 - 375_00) + 3 * 300_00
    each = entitlement(case, choices={"assets.several": "each"})
    assert amounts(each)["built"] == 3 * (500_00 - 375_00)


def test_interest_and_annuity_come_off_and_bare_ownership_counts_for_nothing() -> None:
    owned = house(2_000, mortgage_interest=euros(2_500), life_annuity=euros(100))
    bare = house(9_000, ownership=Ownership.BARE)
    case = replace(SINGLE, properties=(owned, bare))
    assert amounts(entitlement(case))["built"] == 3_750_00 - 2_600_00
    half = entitlement(case, choices={"assets.mortgage.limit": "half"})
    assert amounts(half)["built"] == 1_875_00
    let = replace(case, properties=(replace(owned, rent=euros(4_000)),))
    assert amounts(entitlement(let))["built"] == 4_000_00
    after = entitlement(let, choices={"assets.rented.rule": "interest_after"})
    assert amounts(after)["built"] == 1_400_00


def test_accounts_in_different_shares_have_thresholds_by_share() -> None:
    capital = (Capital(euros(7_000)), Capital(euros(9_000), (1, 2)))
    case = replace(SINGLE, capital=capital)
    assert amounts(entitlement(case))["capital"] == 48_00 + 84_00
    lowest = entitlement(case, choices={"assets.capital.shares": "lowest"})
    assert amounts(lowest)["capital"] == 189_00 + 525_00


# -- art. 28 to 32 ----------------------------------------------------------------------------

GIFT = Transfer(date(2020, 5, 1), euros(50_000))


@pytest.mark.parametrize(
    ("transfer", "left"),
    [
        (GIFT, 50_000),
        (replace(GIFT, ownership=Ownership.USUFRUCT), 20_000),
        (replace(GIFT, ownership=Ownership.BARE), 30_000),
        (replace(GIFT, share=(1, 2)), 25_000),
        (replace(GIFT, transferred_on=date(2016, 4, 1)), 0),
        (replace(GIFT, transferred_on=date(2016, 4, 2)), 50_000),
        (replace(GIFT, equity=Appraisal(40, "soins")), 20_000),
        (Transfer(date(2026, 3, 15), euros(50_000), for_value=True), 50_000),
        (
            Transfer(date(2026, 3, 15), euros(50_000), for_value=True, home_or_only_land=True),
            12_800,
        ),
        (Transfer(date(2026, 3, 15), euros(50_000), for_value=True, debts=euros(8_000)), 42_000),
        (Transfer(date(2025, 3, 15), euros(50_000), for_value=True), 48_000),
    ],
)
def test_what_is_left_of_something_given_or_sold(transfer: Transfer, left: int) -> None:
    case = replace(SINGLE, transfers=(transfer,))
    assert amounts(entitlement(case))["transfer_left"] == left * 100


def test_the_abatement_is_given_again_at_each_anniversary_of_the_right() -> None:
    sale = Transfer(date(2023, 12, 20), euros(50_000), for_value=True)
    start = date(2024, 3, 10)
    left = {}
    for on in (date(2024, 3, 10), date(2025, 3, 9), date(2025, 3, 10), date(2026, 3, 10)):
        case = Case(
            on=on, category=Category.SINGLE, requested_on=start, starts_on=start, transfers=(sale,)
        )
        left[on] = amounts(entitlement(case))["transfer_left"]
    assert list(left.values()) == [49_666_67, 49_666_67, 47_666_67, 45_666_67]


# -- choices ----------------------------------------------------------------------------------


def test_every_choice_says_its_question_readings_and_source() -> None:
    for choice in CHOICES:
        assert choice.default in choice.readings and len(choice.readings) >= 2
        assert choice.source and choice.article and not choice.status.is_confirmed
        assert all(sentence.endswith(".") for sentence in choice.readings.values())
        assert choice.readings[choice.default] in choice.taken(choice.default).note


@pytest.mark.parametrize(
    ("choices", "words"),
    [({"couleur": "rouge"}, "n'existe pas"), ({"assets.several": "never"}, "once, each")],
)
def test_an_unknown_choice_or_reading_is_refused(choices: dict[str, str], words: str) -> None:
    with pytest.raises(ChoiceError, match=words):
        entitlement(SINGLE, choices=choices)


def test_an_impossible_household_is_refused() -> None:
    with pytest.raises(CaseError, match="deux parents"):
        replace(COHABITANT, cohabitants=(parent(1), parent(2), parent(3)))
