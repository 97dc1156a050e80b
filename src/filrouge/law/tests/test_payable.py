"""A month in several situations, and another benefit paid late."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from filrouge.law.case import Case, CaseError, Income, IncomeKind, Period
from filrouge.law.category import Category, Member, Relation, propose, propose_over
from filrouge.law.days import month_length
from filrouge.law.money import Cents
from filrouge.law.ris import MonthPart, advance, entitlement, month_payment
from filrouge.law.tests.drawing import draw_case

START = date(2025, 2, 1)
SINGLE = Case(on=START, category=Category.SINGLE, requested_on=START)
FAMILY = replace(SINGLE, category=Category.DEPENDENT_FAMILY, children=1)


def test_a_birth_inside_the_month_changes_the_category_by_days() -> None:
    parts = (
        MonthPart(date(2025, 6, 1), date(2025, 6, 11), SINGLE),
        MonthPart(date(2025, 6, 12), date(2025, 6, 30), FAMILY),
    )
    payment = month_payment(parts)
    assert [(part.days, part.amount) for part in payment.parts] == [(11, 481_87), (19, 1_124_85)]
    assert payment.amount == 481_87 + 1_124_85
    assert payment.covered and payment.days == 30
    assert payment.as_dict()["amount"] == payment.amount


def test_a_month_lived_in_one_situation_is_the_month() -> None:
    random = Random(4)
    for _ in range(300):
        case = draw_case(random)
        first = case.on.replace(day=1)
        last = first.replace(day=month_length(first))
        alone = entitlement(case)
        whole = month_payment((MonthPart(first, last, case),)).amount
        assert whole == (alone.monthly_right if alone.first_month is None else alone.first_month)


def test_rounding_each_part_or_the_total_differs_by_a_cent_at_most() -> None:
    parts = tuple(
        MonthPart(date(2025, 6, first), date(2025, 6, first + 6), SINGLE)
        for first in (1, 8, 15, 22)
    )
    each = month_payment(parts).amount
    total = month_payment(parts, choices={"ris.parts.rounding": "total"}).amount
    assert abs(each - total) <= 2
    assert total == (2 * 15_770_41 * 28 + 12 * 30) // (2 * 12 * 30)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((), "au moins une partie"),
        ((MonthPart(date(2025, 6, 9), date(2025, 6, 1), SINGLE),), "précède son début"),
        ((MonthPart(date(2025, 6, 9), date(2025, 7, 1), SINGLE),), "même mois"),
        (
            (
                MonthPart(date(2025, 6, 1), date(2025, 6, 9), SINGLE),
                MonthPart(date(2025, 6, 9), date(2025, 6, 30), SINGLE),
            ),
            "sans se chevaucher",
        ),
        (
            (
                MonthPart(
                    date(2025, 6, 1),
                    date(2025, 6, 9),
                    Case(on=date(2025, 6, 10), category=Category.SINGLE),
                ),
            ),
            "commence après",
        ),
    ],
)
def test_parts_that_do_not_make_a_month_are_refused(
    parts: tuple[MonthPart, ...], words: str
) -> None:
    with pytest.raises(CaseError, match=words):
        month_payment(parts)


def test_days_before_the_request_are_not_paid() -> None:
    asked = Case(on=date(2025, 6, 21), category=Category.SINGLE)
    part = MonthPart(date(2025, 6, 1), date(2025, 6, 30), asked)
    assert month_payment((part,)).amount == entitlement(asked).first_month


BENEFIT = Income(IncomeKind.SICKNESS, Cents(900_00))


def test_a_benefit_paid_late_gives_back_what_would_not_have_been_due() -> None:
    found = advance(SINGLE, {date(2025, 3, 1): BENEFIT, date(2025, 4, 1): BENEFIT})
    assert [line.recoverable for line in found.months] == [879_17, 879_17]
    assert found.months[0].paid == 1_314_20 and found.months[0].due == 435_03
    assert found.recoverable == 1_758_34
    assert found.left_to_person == 1_800_00 - 1_758_34
    assert found.covered


def test_a_benefit_above_the_amount_gives_back_no_more_than_was_paid() -> None:
    large = replace(BENEFIT, amount=Cents(2_000_00))
    found = advance(SINGLE, {date(2025, 3, 1): large})
    assert found.recoverable == 1_314_20
    assert found.left_to_person == 685_80


@pytest.mark.parametrize(
    ("benefits", "words"),
    [
        ({}, "au moins un mois"),
        ({date(2025, 3, 2): BENEFIT}, "premier jour"),
        ({date(2025, 1, 1): BENEFIT}, "précède le droit"),
        ({date(2025, 3, 1): replace(BENEFIT, period=Period.YEAR)}, "par mois"),
        ({date(2025, 3, 1): replace(BENEFIT, amount=Cents(-1))}, "négatif"),
    ],
)
def test_impossible_arrears_are_refused(benefits: dict[date, Income], words: str) -> None:
    with pytest.raises(CaseError, match=words):
        advance(SINGLE, benefits)


def test_the_category_follows_arrivals_departures_and_birthdays() -> None:
    born = Member(Relation.CHILD, date(2025, 6, 12), since=date(2025, 6, 12))
    partner = Member(Relation.PARTNER, until=date(2025, 6, 20))
    periods = propose_over([born, partner], date(2025, 6, 1), date(2025, 6, 30))
    assert [
        (period.first.day, period.last.day, period.proposal.category) for period in periods
    ] == [
        (1, 11, Category.COHABITANT),
        (12, 20, Category.DEPENDENT_FAMILY),
        (21, 30, Category.DEPENDENT_FAMILY),
    ]
    assert [period.proposal.covers_partner for period in periods] == [False, True, False]
    turning = Member(Relation.CHILD, date(2007, 6, 10))
    periods = propose_over([turning], date(2025, 6, 1), date(2025, 6, 30))
    assert [period.proposal.category for period in periods] == [
        Category.DEPENDENT_FAMILY,
        Category.COHABITANT,
    ]
    assert periods[1].first == date(2025, 6, 10)
    with pytest.raises(ValueError, match="précède"):
        propose_over([], date(2025, 6, 2), date(2025, 6, 1))


def test_alternating_custody_is_a_choice_of_the_centre() -> None:
    child = Member(Relation.CHILD, date(2020, 1, 1), in_alternating_custody=True)
    on = date(2026, 3, 1)
    assert propose([child], on).category is Category.DEPENDENT_FAMILY
    other = {"category.alternating_custody": "not_dependent"}
    assert propose([child], on, choices=other).category is Category.COHABITANT
