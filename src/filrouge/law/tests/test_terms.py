"""Legal terms and the Belgian calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law import parameter_store
from filrouge.law.parameter_store import ParameterError
from filrouge.law.terms import (
    Regime,
    TermKind,
    add_months,
    add_working_days,
    compute,
    convocation_cutoff,
    for_request,
    for_transferred_request,
    interest_from,
    is_working_day,
    next_working_day,
    public_holiday,
    schedule,
)

WORKING_DAY_TERMS = {
    TermKind.APPEAL,
    TermKind.SECOND_REFUSAL,
    TermKind.MINISTER,
    TermKind.PIIS_REFLECTION,
    TermKind.PIIS_INTERVIEW,
}


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
        (TermKind.MINISTER, date(2026, 4, 30), date(2026, 5, 8)),
        (TermKind.SILENCE, date(2026, 3, 2), date(2026, 4, 9)),
        (TermKind.LATE_INTEREST, date(2026, 3, 2), date(2026, 3, 18)),
        (TermKind.LATE_DECISION_INTEREST, date(2026, 3, 2), date(2026, 4, 17)),
        (TermKind.PIIS_SIGNATURE, date(2026, 11, 30), date(2027, 2, 28)),
        (TermKind.PIIS_REFLECTION, date(2026, 4, 3), date(2026, 4, 13)),
        (TermKind.PIIS_INTERVIEW, date(2026, 7, 17), date(2026, 7, 27)),
        (TermKind.PIIS_EVALUATION, date(2026, 10, 31), date(2027, 2, 28)),
        (TermKind.SANCTION_REPEAT, date(2024, 2, 29), date(2027, 2, 28)),
        (TermKind.PIIS_SANCTION_REPEAT, date(2026, 3, 2), date(2027, 3, 2)),
        (TermKind.RECOVERY, date(2024, 2, 29), date(2029, 2, 28)),
        (TermKind.RECOVERY_DEBTOR, date(2026, 3, 2), date(2031, 3, 2)),
        (TermKind.RECOVERY_THIRD_PARTY, date(2026, 3, 2), date(2036, 3, 2)),
    ],
)
def test_a_term_ends_on_its_day(kind: TermKind, start: date, due: date) -> None:
    term = compute(kind, start)
    assert term.due == due
    assert term.article and term.source and term.counting and term.label


def test_every_term_has_its_article_its_counting_and_its_rule_for_days_off() -> None:
    for kind in TermKind:
        assert kind.regimes
        for regime in kind.regimes:
            term = compute(kind, date(2026, 3, 2), regime)
            assert term.label == kind.label and term.article and term.source
            assert kind.starts_from in term.counting
            assert [use.name for use in term.parameters] == [
                f"term.{kind.value}.{regime.value}",
                f"term.{kind.value}.shift",
            ]
    decision = compute(TermKind.DECISION, date(2026, 3, 2), Regime.SOCIAL_AID)
    assert "8 juillet 1976" in decision.article


def test_a_term_that_the_aid_does_not_have_is_refused() -> None:
    assert TermKind.HEATING_REQUEST.regimes == (Regime.SOCIAL_AID,)
    with pytest.raises(ParameterError):
        compute(TermKind.HEATING_REQUEST, date(2026, 3, 2), Regime.RIS)


def test_a_transferred_request_is_decided_from_the_day_the_first_centre_sent_it() -> None:
    referral, decision = for_transferred_request(date(2026, 3, 2), date(2026, 3, 5))
    assert (decision.kind, decision.start, decision.due) == (
        TermKind.DECISION,
        date(2026, 3, 2),
        date(2026, 4, 1),
    )
    assert "l'envoi de la demande par le premier centre du lundi 2 mars 2026" in decision.counting
    assert (referral.kind, referral.due) == (TermKind.SECOND_REFUSAL, date(2026, 3, 12))
    with pytest.raises(ValueError):
        for_transferred_request(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("decided_on", "by_the_centre", "from_day"),
    [
        (date(2026, 3, 20), True, date(2026, 4, 5)),
        (date(2026, 4, 1), True, date(2026, 4, 17)),
        (date(2026, 4, 2), True, date(2026, 4, 17)),
        (date(2026, 4, 2), False, date(2026, 4, 18)),
        (date(2026, 5, 20), True, date(2026, 4, 17)),
    ],
)
def test_late_interest_runs_from_day_16_or_46(
    decided_on: date, by_the_centre: bool, from_day: date
) -> None:
    assert interest_from(date(2026, 3, 2), decided_on, by_the_centre).due == from_day


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
    regime = kind.regimes[0]
    if start < parameter_store.history(f"term.{kind.value}.{regime.value}")[0].valid_from:
        return
    term = compute(kind, start, regime)
    assert start < term.due <= compute(kind, start + timedelta(days=1), regime).due
    if kind in WORKING_DAY_TERMS:
        assert is_working_day(term.due)
