"""The individual project: duty, terms, evaluations, codes."""

from datetime import date

import pytest

from filrouge.law.checks import Verdict, blocking
from filrouge.law.parameter_store import ParameterError
from filrouge.law.piis import (
    Evaluation,
    PiisKind,
    Reason,
    Signature,
    check_evaluations,
    check_signature,
    duty,
    evaluations,
    form_b_code,
    reflection,
    waits_for_new_signature,
)

ON = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("birth", "on", "last_right", "required", "cause"),
    [
        (date(2001, 4, 16), ON, None, True, Reason.UNDER_AGE),
        (date(2001, 4, 16), ON, date(2026, 4, 14), True, Reason.UNDER_AGE),
        (date(2001, 4, 15), ON, date(2026, 4, 14), False, Reason.RECENT_RIGHT),
        (date(1990, 1, 1), ON, None, True, Reason.NO_RECENT_RIGHT),
        (date(1990, 1, 1), ON, date(2026, 1, 14), True, Reason.NO_RECENT_RIGHT),
        (date(1990, 1, 1), ON, date(2026, 1, 15), False, Reason.RECENT_RIGHT),
        (date(1990, 1, 1), ON, date(2026, 1, 16), False, Reason.RECENT_RIGHT),
        (date(1990, 1, 1), date(2016, 10, 31), None, False, Reason.BEFORE_EXTENSION),
        (date(1990, 1, 1), date(2016, 11, 1), None, True, Reason.NO_RECENT_RIGHT),
        (date(1995, 1, 1), date(2016, 10, 31), None, True, Reason.UNDER_AGE),
    ],
)
def test_a_project_is_due_under_25_or_without_right_for_three_months(
    birth: date, on: date, last_right: date | None, required: bool, cause: Reason
) -> None:
    found = duty(birth, on, last_right)
    assert (found.required, found.cause) == (required, cause)
    assert (found.sign_by is not None) == required
    assert found.reason and found.article


def test_it_is_signed_within_three_months_of_the_decision() -> None:
    found = duty(date(1990, 1, 1), date(2026, 11, 30))
    assert found.sign_by and found.sign_by.due == date(2027, 2, 28)


def test_health_equity_or_a_job_with_the_income_lift_the_duty() -> None:
    young = date(2005, 1, 1)
    exempt = duty(young, ON, exempt_for="traitement lourd.")
    assert (exempt.required, exempt.cause) == (False, Reason.EXEMPT)
    assert exempt.reason.endswith("traitement lourd.")
    assert duty(young, ON, exempt_for="  ").required
    assert duty(young, ON, job_and_income=True).cause is Reason.JOB_AND_INCOME
    assert duty(young, date(2016, 10, 31), job_and_income=True).required


@pytest.mark.parametrize(
    ("signed_on", "broken"),
    [
        (date(2026, 4, 10), ["reflection"]),
        (date(2026, 4, 13), ["reflection"]),
        (date(2026, 4, 14), []),
    ],
)
def test_five_working_days_pass_before_the_signature(signed_on: date, broken: list[str]) -> None:
    assert reflection(date(2026, 4, 3)).due == date(2026, 4, 13)
    facts = Signature(date(2026, 4, 3), signed_on, True, True, hearing_told=False)
    found = check_signature(facts)
    assert [item.key for item in blocking(found)] == broken
    assert found[-1].verdict is Verdict.NOT_MET


def test_evaluations_come_every_four_months_until_the_end() -> None:
    due = [term.due for term in evaluations(date(2026, 1, 31), date(2027, 1, 31))]
    assert due == [date(2026, 5, 31), date(2026, 9, 30), date(2027, 1, 30)]
    assert evaluations(date(2026, 1, 31), date(2026, 5, 30)) == ()


@pytest.mark.parametrize(
    ("held", "on", "verdict"),
    [
        ([(2026, 5), (2026, 9), (2026, 12)], date(2027, 1, 2), Verdict.MET),
        ([(2026, 5), (2026, 9)], date(2027, 1, 2), Verdict.NOT_MET),
        ([(2026, 5), (2026, 9)], date(2026, 12, 1), Verdict.NOT_KNOWN),
    ],
)
def test_three_evaluations_a_year_are_counted(
    held: list[tuple[int, int]], on: date, verdict: Verdict
) -> None:
    items = [Evaluation(date(year, month, 10)) for year, month in held]
    found = check_evaluations(date(2026, 1, 1), items, on)
    assert found[0].verdict is verdict
    assert f"{len(held)} évaluations sur 3" in found[0].reason


def test_two_evaluations_are_in_person() -> None:
    days = [date(2026, month, 1) for month in (4, 8, 12)]
    one = [Evaluation(day, in_person=day.month == 4) for day in days]
    two = [Evaluation(day, in_person=day.month != 4) for day in days]
    later = date(2027, 1, 15)
    assert check_evaluations(date(2026, 1, 10), one, later)[0].verdict is Verdict.NOT_MET
    assert check_evaluations(date(2026, 1, 10), two, later)[0].verdict is Verdict.MET


@pytest.mark.parametrize(
    ("kind", "month", "code"),
    [
        (PiisKind.GENERAL, date(2026, 1, 1), 11),
        (PiisKind.GENERAL, date(2026, 12, 31), 11),
        (PiisKind.GENERAL, date(2027, 1, 1), 17),
        (PiisKind.STUDIES, date(2027, 1, 1), 9),
        (PiisKind.STUDIES_WITH_INCOME, date(2027, 1, 1), 10),
    ],
)
def test_form_b_has_a_code_for_the_first_year_and_one_after(
    kind: PiisKind, month: date, code: int
) -> None:
    assert form_b_code(kind, date(2026, 1, 20), month).number == code


def test_no_project_has_its_code_and_impossible_months_are_refused() -> None:
    exempt = form_b_code(PiisKind.GENERAL, ON, ON, exempt=True)
    assert exempt.number == 8
    with pytest.raises(ValueError):
        form_b_code(PiisKind.GENERAL, ON, date(2026, 3, 31))
    with pytest.raises(ParameterError):
        form_b_code(PiisKind.GENERAL, date(2016, 1, 1), date(2016, 10, 31))


@pytest.mark.parametrize(
    ("resumed", "waits"),
    [(date(2026, 4, 9), False), (date(2026, 4, 10), False), (date(2026, 4, 11), True)],
)
def test_a_break_over_three_months_waits_for_a_new_signature(resumed: date, waits: bool) -> None:
    assert waits_for_new_signature(date(2026, 1, 10), resumed) is waits
