"""Legal terms and the Belgian calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law.terms import (
    Regime,
    TermKind,
    add_months,
    add_working_days,
    compute,
    convocation_cutoff,
    for_request,
    is_working_day,
    next_working_day,
    public_holiday,
    schedule,
)


@pytest.mark.parametrize(
    ("kind", "start", "due"),
    [
        (TermKind.TRANSFER, date(2026, 2, 25), date(2026, 3, 2)),
        (TermKind.DECISION, date(2026, 2, 25), date(2026, 3, 27)),
        (TermKind.DECISION, date(2028, 2, 10), date(2028, 3, 11)),
        (TermKind.NOTIFICATION, date(2026, 3, 24), date(2026, 4, 1)),
        (TermKind.PAYMENT, date(2026, 3, 24), date(2026, 4, 8)),
        (TermKind.REGISTRATION, date(2026, 3, 24), date(2026, 3, 31)),
        (TermKind.APPEAL, date(2026, 9, 21), date(2026, 12, 21)),
        (TermKind.APPEAL, date(2026, 4, 4), date(2026, 7, 6)),
        (TermKind.APPEAL, date(2026, 11, 30), date(2027, 3, 1)),
        (TermKind.REVIEW, date(2028, 2, 29), date(2029, 2, 28)),
        (TermKind.SECOND_REFUSAL, date(2026, 4, 30), date(2026, 5, 8)),
    ],
)
def test_a_term_ends_on_its_day(kind: TermKind, start: date, due: date) -> None:
    term = compute(kind, start)
    assert term.due == due
    assert term.article and term.source and term.counting and term.label


def test_every_term_exists_for_both_aids_with_its_own_article() -> None:
    for kind in TermKind:
        ris = compute(kind, date(2026, 3, 2), Regime.RIS)
        social = compute(kind, date(2026, 3, 2), Regime.SOCIAL_AID)
        assert ris.label == social.label == kind.label
        assert kind.starts_from in ris.counting
    decision = compute(TermKind.DECISION, date(2026, 3, 2), Regime.SOCIAL_AID)
    assert "8 juillet 1976" in decision.article


def test_a_request_starts_the_terms_to_transfer_and_to_decide() -> None:
    terms = for_request(date(2026, 2, 27))
    assert [(term.kind, term.due) for term in terms] == [
        (TermKind.TRANSFER, date(2026, 3, 4)),
        (TermKind.DECISION, date(2026, 3, 29)),
    ]


def test_the_schedule_of_a_request_says_what_is_supposed() -> None:
    terms = schedule(date(2026, 2, 27))
    assert [term.projected for term in terms] == [False, False, True, True, True, True]
    assert [term.due for term in terms] == sorted(term.due for term in terms)
    assert terms[0].as_dict()["due"] == "2026-03-04"


def test_a_term_without_known_rule_for_days_off_is_not_moved_and_says_so() -> None:
    term = compute(TermKind.DECISION, date(2026, 2, 27))
    assert term.due == date(2026, 3, 29)
    assert term.status == "U"
    assert "aucun report" in term.counting
    assert compute(TermKind.DECISION, date(2026, 2, 25)).status == "A"


def test_the_appeal_moves_to_a_working_day_and_shows_the_dispute_on_its_start() -> None:
    term = compute(TermKind.APPEAL, date(2026, 4, 4))
    assert term.status == "X"
    assert "samedi 4 juillet 2026" in term.counting
    assert "lundi 6 juillet 2026" in term.counting


def test_belgium_has_ten_legal_holidays_and_easter_sunday_is_not_one() -> None:
    days = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(365)]
    assert sum(public_holiday(day) is not None for day in days) == 10
    assert public_holiday(date(2026, 4, 5)) is None
    assert public_holiday(date(2026, 5, 24)) is None
    assert public_holiday(date(2026, 4, 6)) == "Lundi de Pâques"
    assert public_holiday(date(2026, 7, 21)) == "Fête nationale"


def test_working_days_jump_over_weekends_and_holidays() -> None:
    assert next_working_day(date(2026, 12, 25)) == date(2026, 12, 28)
    assert add_working_days(date(2026, 4, 3), 1) == date(2026, 4, 7)
    assert add_working_days(date(2026, 4, 3), 0) == date(2026, 4, 3)
    with pytest.raises(ValueError):
        add_working_days(date(2026, 4, 3), -1)


def test_months_end_on_the_last_day_when_the_month_is_shorter() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2026, 10, 15), 3) == date(2027, 1, 15)
    assert add_months(date(2026, 12, 31), 12) == date(2027, 12, 31)


def test_clear_days_leave_out_both_ends() -> None:
    assert convocation_cutoff(date(2026, 3, 24), 5) == date(2026, 3, 18)
    assert convocation_cutoff(date(2026, 3, 24), 0) == date(2026, 3, 23)
    with pytest.raises(ValueError):
        convocation_cutoff(date(2026, 3, 24), -1)


@given(st.dates(date(2002, 10, 1), date(2090, 1, 1)), st.sampled_from(TermKind))
def test_a_later_start_never_ends_earlier(start: date, kind: TermKind) -> None:
    term = compute(kind, start)
    assert start < term.due <= compute(kind, start + timedelta(days=1)).due
    if kind in (TermKind.APPEAL, TermKind.SECOND_REFUSAL):
        assert is_working_day(term.due)
