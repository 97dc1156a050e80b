"""Recovery: what, until when, in how many payments, or not at all."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law.checks import Verdict, blocking
from filrouge.law.parameter_store import ParameterError
from filrouge.law.recovery import (
    MENTIONS,
    Debtor,
    Payment,
    advance,
    check_instalments,
    check_waiver,
    effect_of_centre_error,
    instalments,
    prescription,
    recoverable,
)
from filrouge.law.steps import Recorder
from filrouge.law.terms import Regime

PAID = date(2021, 3, 10)


@pytest.mark.parametrize(
    ("debtor", "acts", "last_day", "without_effect"),
    [
        (Debtor.BENEFICIARY, [], date(2026, 3, 10), 0),
        (Debtor.MAINTENANCE_DEBTOR, [], date(2026, 3, 10), 0),
        (Debtor.THIRD_PARTY, [], date(2031, 3, 10), 0),
        (Debtor.BENEFICIARY, [date(2026, 3, 9)], date(2031, 3, 9), 0),
        (Debtor.BENEFICIARY, [date(2026, 3, 10)], date(2031, 3, 10), 0),
        (Debtor.BENEFICIARY, [date(2026, 3, 11)], date(2026, 3, 10), 1),
        (Debtor.BENEFICIARY, [date(2024, 1, 1), date(2028, 12, 31)], date(2033, 12, 31), 0),
        (Debtor.BENEFICIARY, [date(2024, 1, 1), date(2029, 1, 2)], date(2029, 1, 1), 1),
    ],
)
def test_a_claim_is_prescribed_after_its_term_and_an_act_in_time_restarts_it(
    debtor: Debtor, acts: list[date], last_day: date, without_effect: int
) -> None:
    found = prescription(PAID, debtor, acts)
    assert found.last_day == last_day
    assert len(found.without_effect) == without_effect
    assert found.reason and found.parameters


@pytest.mark.parametrize(
    ("known_on", "last_day"),
    [
        (date(2022, 5, 1), date(2027, 5, 1)),
        (date(2036, 3, 10), date(2041, 3, 10)),
        (date(2036, 3, 11), date(2041, 3, 10)),
        (date(2040, 1, 1), date(2041, 3, 10)),
    ],
)
def test_a_crime_counts_from_knowledge_and_twenty_years_at_most(
    known_on: date, last_day: date
) -> None:
    assert prescription(PAID, Debtor.THIRD_PARTY_CRIME, known_on=known_on).last_day == last_day


def test_social_aid_has_its_own_article_and_no_term_for_other_debtors() -> None:
    found = prescription(PAID, regime=Regime.SOCIAL_AID)
    assert "102" in found.parameters[0].article
    with pytest.raises(ParameterError):
        prescription(PAID, Debtor.THIRD_PARTY, regime=Regime.SOCIAL_AID)


def test_a_crime_without_its_date_or_an_act_before_the_payment_is_refused() -> None:
    with pytest.raises(ValueError):
        prescription(PAID, Debtor.THIRD_PARTY_CRIME)
    with pytest.raises(ValueError):
        prescription(PAID, interruptions=[date(2021, 3, 9)])


def test_each_payment_has_its_own_prescription() -> None:
    payments = [
        Payment(date(2021, 1, 31), 1000_00, 400_00),
        Payment(date(2021, 3, 31), 1000_00, 400_00),
        Payment(date(2021, 4, 30), 1000_00, 1000_00),
        Payment(date(2025, 1, 31), 500_00),
    ]
    found = recoverable(payments, date(2026, 2, 15))
    assert (found.undue, found.prescribed, found.recoverable) == (1700_00, 600_00, 1100_00)
    assert (found.first_payment, found.last_payment) == (date(2021, 1, 31), date(2025, 1, 31))
    assert found.next_prescription == date(2026, 3, 31)
    assert [step.signed_amount for step in found.steps] == [1700_00, -600_00, 1100_00]
    interrupted = recoverable(payments, date(2026, 2, 15), interruptions=[date(2024, 1, 1)])
    assert interrupted.recoverable == 1700_00


def test_social_aid_and_other_debtors_use_their_own_term() -> None:
    payments = [Payment(date(2019, 1, 31), 600_00)]
    third = recoverable(payments, date(2026, 2, 15), Debtor.THIRD_PARTY)
    assert (third.recoverable, third.next_prescription) == (600_00, date(2029, 1, 31))
    aid = recoverable(payments, date(2026, 2, 15), regime=Regime.SOCIAL_AID)
    assert aid.recoverable == 0
    assert all("102" in step.article for step in aid.steps)


@pytest.mark.parametrize(
    ("claimed_on", "left"), [(date(2026, 1, 31), 600_00), (date(2026, 2, 1), 0)]
)
def test_the_last_day_still_counts(claimed_on: date, left: int) -> None:
    payments = [Payment(date(2021, 1, 31), 600_00)]
    assert recoverable(payments, claimed_on).recoverable == left


def test_nothing_undue_gives_nothing_and_a_negative_amount_is_refused() -> None:
    assert recoverable([], date(2026, 1, 1)).recoverable == 0
    assert recoverable([Payment(PAID, 10, 20)], date(2026, 1, 1)).first_payment is None
    with pytest.raises(ValueError):
        recoverable([Payment(PAID, -1)], date(2026, 1, 1))


@pytest.mark.parametrize(
    ("paid", "due", "arrears", "taken"),
    [
        (1000_00, 300_00, 700_00, 700_00),
        (1000_00, 300_00, 699_99, 699_99),
        (1000_00, 300_00, 900_00, 700_00),
        (300_00, 300_00, 900_00, 0),
        (200_00, 300_00, 900_00, 0),
    ],
)
def test_an_advance_takes_what_should_have_counted_and_never_more_than_the_arrears(
    paid: int, due: int, arrears: int, taken: int
) -> None:
    recorder = Recorder()
    assert advance(paid, due, arrears, date(2026, 1, 1), explain=recorder) == taken
    assert recorder.steps[0].amount == taken
    columns = [np.array([value]) for value in (paid, due, arrears)]
    assert advance(*columns, date(2026, 1, 1)).tolist() == [taken]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("debt", "count", "amounts"),
    [(100_00, 3, [33_33, 33_33, 33_34]), (5, 5, [1, 1, 1, 1, 1]), (7, 1, [7])],
)
def test_an_even_plan_pays_the_debt_to_the_cent(debt: int, count: int, amounts: list[int]) -> None:
    plan = instalments(debt, count, date(2026, 1, 31))
    assert [cents for _day, cents in plan] == amounts
    if count > 1:
        assert plan[1][0] == date(2026, 2, 28)


@pytest.mark.parametrize(("debt", "count"), [(0, 1), (5, 6), (5, 0)])
def test_a_plan_for_nothing_is_refused(debt: int, count: int) -> None:
    with pytest.raises(ValueError):
        instalments(debt, count, date(2026, 1, 1))


@given(st.integers(1, 10_000_000), st.integers(1, 120))
def test_a_plan_always_adds_up(debt: int, count: int) -> None:
    count = min(count, debt)
    plan = instalments(debt, count, date(2026, 1, 31))
    assert sum(cents for _day, cents in plan) == debt
    assert not blocking(check_instalments(debt, plan, date(2050, 1, 1), date(2026, 1, 1)))


def test_a_plan_that_does_not_pay_or_is_out_of_order_is_refused_and_a_late_one_warned() -> None:
    on, limit = date(2026, 1, 1), date(2026, 3, 1)
    plan = [(date(2026, 2, 1), 50), (date(2026, 3, 1), 49)]
    assert [item.key for item in blocking(check_instalments(100, plan, limit, on))] == ["total"]
    plan = [(date(2026, 3, 1), 50), (date(2026, 2, 1), 50)]
    assert [item.key for item in blocking(check_instalments(100, plan, limit, on))] == ["order"]
    late = check_instalments(100, [(date(2026, 3, 2), 100)], limit, on)
    assert [item.verdict for item in late] == [Verdict.MET, Verdict.MET, Verdict.NOT_MET]
    assert blocking(late) == ()
    assert check_instalments(100, [], limit, on)[2].verdict is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("individual", "reason", "broken"),
    [
        (True, "santé fragile", []),
        (True, " ", ["equity"]),
        (False, "santé", ["individual"]),
        (None, "santé", []),
    ],
)
def test_a_waiver_is_individual_and_reasoned(
    individual: bool | None, reason: str, broken: list[str]
) -> None:
    found = check_waiver(individual, reason, date(2026, 1, 1))
    assert [item.key for item in blocking(found)] == broken


def test_an_error_of_the_centre_takes_effect_the_next_month() -> None:
    assert effect_of_centre_error(date(2026, 1, 1)) == date(2026, 2, 1)
    assert effect_of_centre_error(date(2026, 12, 31)) == date(2027, 1, 1)


def test_a_decision_to_recover_has_six_mentions() -> None:
    assert len(MENTIONS) == 6
