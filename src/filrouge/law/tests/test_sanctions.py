"""Sanctions of art. 30: longest suspension, repeat windows, start, hearing, deferral."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law import parameter_store
from filrouge.law.checks import Verdict, blocking
from filrouge.law.sanctions import (
    Fault,
    FormerSanction,
    SanctionFile,
    checks,
    longest,
    served,
    start_window,
)

FINAL = date(2024, 3, 10)


@pytest.mark.parametrize(
    ("fault", "former", "committed_on", "months"),
    [
        (Fault.DECLARATION, None, date(2026, 3, 1), 6),
        (Fault.FRAUD, None, date(2026, 3, 1), 12),
        (Fault.PIIS, None, date(2026, 3, 1), 1),
        (Fault.DECLARATION, Fault.DECLARATION, FINAL, 6),
        (Fault.DECLARATION, Fault.DECLARATION, date(2024, 3, 11), 12),
        (Fault.DECLARATION, Fault.DECLARATION, date(2027, 3, 9), 12),
        (Fault.DECLARATION, Fault.DECLARATION, date(2027, 3, 10), 12),
        (Fault.DECLARATION, Fault.DECLARATION, date(2027, 3, 11), 6),
        (Fault.FRAUD, Fault.DECLARATION, date(2027, 3, 10), 24),
        (Fault.FRAUD, Fault.FRAUD, date(2027, 3, 11), 12),
        (Fault.DECLARATION, Fault.FRAUD, date(2025, 1, 1), 12),
        (Fault.DECLARATION, Fault.PIIS, date(2024, 5, 1), 6),
        (Fault.PIIS, Fault.DECLARATION, date(2024, 5, 1), 1),
        (Fault.PIIS, Fault.PIIS, date(2025, 3, 9), 3),
        (Fault.PIIS, Fault.PIIS, date(2025, 3, 10), 3),
        (Fault.PIIS, Fault.PIIS, date(2025, 3, 11), 1),
    ],
)
def test_the_longest_suspension_follows_the_case_and_its_repeat_window(
    fault: Fault, former: Fault | None, committed_on: date, months: int
) -> None:
    earlier = (FormerSanction(former, FINAL),) if former else ()
    limit = longest(fault, committed_on, earlier)
    assert limit.months == months
    assert limit.steps[-1].amount == months
    assert (limit.repeats is not None) == (limit.window_end is not None)


def test_the_latest_of_several_former_sanctions_gives_the_window() -> None:
    former = (
        FormerSanction(Fault.DECLARATION, FINAL),
        FormerSanction(Fault.FRAUD, date(2025, 1, 1)),
    )
    assert longest(Fault.DECLARATION, date(2026, 1, 1), former).window_end == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("decided_on", "notified_on", "first", "last"),
    [
        (date(2023, 11, 15), date(2023, 11, 20), date(2023, 11, 21), date(2024, 2, 1)),
        (date(2026, 1, 31), date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 1)),
    ],
)
def test_a_suspension_begins_after_the_notification_and_before_the_third_month(
    decided_on: date, notified_on: date, first: date, last: date
) -> None:
    assert start_window(decided_on, notified_on) == (first, last)


def test_the_other_reading_of_the_start_can_be_chosen() -> None:
    shipped = parameter_store.shipped()
    line = shipped.entry("sanction.start.latest_month", date(2023, 1, 1))
    other = replace(
        line,
        value=2,
        origin=parameter_store.Origin.CENTRE,
        author="CAS",
        known_from=date(2023, 1, 1),
    )
    store = shipped.with_values([other])
    assert start_window(date(2023, 11, 15), date(2023, 11, 20), store)[1] == date(2024, 1, 1)


def test_a_notification_before_the_decision_is_refused() -> None:
    with pytest.raises(ValueError):
        start_window(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(("months", "deferred", "left"), [(6, 0, 6), (6, 2, 4), (6, 6, 0)])
def test_a_deferral_shortens_what_is_served(months: int, deferred: int, left: int) -> None:
    steps = served(months, deferred, date(2026, 1, 1))
    assert steps[-1].amount == left
    assert [item.value for item in steps[-1].inputs] == [months, deferred]


@pytest.mark.parametrize(("months", "deferred"), [(6, 7), (6, -1)])
def test_a_deferral_longer_than_the_sanction_is_refused(months: int, deferred: int) -> None:
    with pytest.raises(ValueError):
        served(months, deferred, date(2026, 1, 1))


SOUND = SanctionFile(
    Fault.PIIS,
    committed_on=date(2026, 2, 1),
    decided_on=date(2026, 3, 2),
    months=1,
    hearing_told_on=date(2026, 2, 10),
    notice_on=date(2026, 1, 10),
    lawful_reason=False,
    worker_heard=True,
)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, set()),
        ({"months": 2}, {"duration"}),
        ({"months": 0}, {"duration"}),
        ({"hearing_told_on": date(2026, 3, 2)}, {"hearing"}),
        ({"hearing_told_on": date(2026, 3, 1)}, set()),
        ({"notice_on": date(2026, 3, 2)}, {"notice"}),
        ({"lawful_reason": True}, {"lawful_reason"}),
        ({"worker_heard": False}, set()),
    ],
)
def test_what_the_law_asks_before_a_sanction_blocks_when_missing(
    change: dict[str, object], broken: set[str]
) -> None:
    found = checks(replace(SOUND, **change))  # type: ignore[arg-type]
    assert {item.key for item in blocking(found)} == broken
    assert all(item.reason and item.label and item.article for item in found)


def test_what_is_not_known_is_said_and_nothing_is_guessed() -> None:
    found = checks(replace(SOUND, hearing_told_on=None, notice_on=None, lawful_reason=None))
    unknown = {item.key for item in found if item.verdict is Verdict.NOT_KNOWN}
    assert unknown == {"hearing", "notice", "lawful_reason"}
    fraud = checks(replace(SOUND, fault=Fault.FRAUD, months=12))
    assert {item.key for item in fraud if item.verdict is Verdict.NOT_KNOWN} == {"intent"}


@given(st.dates(date(2005, 1, 1), date(2060, 1, 1)), st.sampled_from(Fault), st.integers(1, 2000))
def test_a_former_sanction_never_shortens_the_next(start: date, fault: Fault, gap: int) -> None:
    former = (FormerSanction(fault, date.fromordinal(start.toordinal() - gap)),)
    assert longest(fault, start, former).months >= longest(fault, start).months
