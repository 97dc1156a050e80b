"""Observation placements: every limit just under, at and just over."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law import parameter_store
from filrouge.law.checks import Verdict, blocking
from filrouge.law.iop import (
    PROCEDURE,
    PartnerKind,
    Placement,
    Request,
    credit_used,
    examine,
    explained_hourly,
    flat_indemnity,
    hourly_indemnity,
    hours,
    travel_refund,
)
from filrouge.law.parameter_store import Origin, ParameterStore

MONDAY = date(2026, 3, 2)
DAY = 456


def placement(start: date, *minutes: int, partner: str = "a", tasks: str = "x") -> Placement:
    """Weekdays in a row from a day."""
    days, day = {}, start
    for amount in minutes:
        while day.weekday() > 4:
            day += timedelta(days=1)
        days[day] = amount
        day += timedelta(days=1)
    return Placement(days, partner, tasks)


def ready(plan: Placement, **changes: object) -> Request:
    facts: dict[str, object] = {
        "placement": plan,
        "birth_date": date(2000, 1, 1),
        "entitled": True,
        "in_pathway": True,
        "partner_kind": PartnerKind.NON_COMMERCIAL,
        "evaluated": True,
        "new_objectives": True,
        "tutor": True,
        "signed": 3,
        "accident_insured": True,
        "liability_insured": True,
        "dimona": True,
        "drives_on_duty": False,
    }
    return Request(**{**facts, **changes})  # type: ignore[arg-type]


def broken(request: Request, store: ParameterStore | None = None) -> list[str]:
    return [item.key for item in blocking(examine(request, store).checks)]


def chosen(name: str, value: str) -> ParameterStore:
    shipped = parameter_store.shipped()
    line = shipped.history(name)[0]
    other = replace(
        line, value=value, origin=Origin.CENTRE, author="CAS", known_from=line.valid_from
    )
    return shipped.with_values([other])


TEN_DAYS = [DAY] * 10


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        (TEN_DAYS, []),
        ([*TEN_DAYS[:-1], DAY - 1], []),
        ([*TEN_DAYS[:-1], DAY + 1], ["length", "week"]),
        ([228] * 20, []),
        ([228] * 21, ["length"]),
    ],
)
def test_a_placement_lasts_76_hours_at_most_and_hours_decide(
    minutes: list[int], found: list[str]
) -> None:
    assert broken(ready(placement(MONDAY, *minutes))) == found


@pytest.mark.parametrize(
    ("minutes", "found"), [([456] * 5, []), ([456] * 4 + [457], ["week"]), ([480] * 4 + [360], [])]
)
def test_a_week_lasts_38_hours_at_most(minutes: list[int], found: list[str]) -> None:
    assert broken(ready(placement(MONDAY, *minutes))) == found


def test_hours_of_another_placement_of_the_same_week_are_counted() -> None:
    other = placement(MONDAY, 456, 456, 456)
    plan = placement(MONDAY + timedelta(days=3), 456, 457)
    request = ready(plan, former=(other,))
    reason = next(item.reason for item in examine(request).checks if item.key == "week")
    assert "38 h 01" in reason
    assert "week" in broken(request)


def months_before(count: int) -> date:
    return MONDAY - timedelta(days=30 * count)


@pytest.mark.parametrize(("last", "found"), [([DAY] * 10, []), ([*TEN_DAYS[:-1], DAY - 1], [])])
def test_thirty_days_in_three_years_are_allowed(last: list[int], found: list[str]) -> None:
    former = [placement(months_before(count), *TEN_DAYS, partner=str(count)) for count in (12, 6)]
    assert broken(ready(placement(MONDAY, *last), former=former)) == found


def test_one_minute_over_the_credit_is_refused_and_the_sum_is_shown() -> None:
    former = [placement(months_before(count), *TEN_DAYS, partner=str(count)) for count in (12, 6)]
    former.append(placement(months_before(3), 1, partner="z"))
    examination = examine(ready(placement(MONDAY, *TEN_DAYS), former=former))
    assert [item.key for item in blocking(examination.checks)] == ["credit"]
    credit = next(item for item in examination.checks if item.key == "credit")
    assert "228 h 01" in credit.reason and "228 h au plus" in credit.reason
    step = next(step for step in examination.steps if step.key == "iop.credit")
    assert step.amount == 13681 and len(step.inputs) == 4


@pytest.mark.parametrize(
    ("first_day", "used"),
    [(date(2023, 3, 3), 60), (date(2023, 3, 2), 60), (date(2023, 3, 1), 60)],
)
def test_the_credit_rolls_back_from_the_last_day(first_day: date, used: int) -> None:
    plan = Placement({date(2026, 3, 2): 60})
    old = Placement({first_day: 100})
    expected = used + (100 if first_day > date(2023, 3, 2) else 0)
    first, last, minutes = credit_used(plan, [old])
    assert (first, last, minutes) == (date(2023, 3, 3), date(2026, 3, 2), expected)


def test_a_later_placement_already_agreed_on_counts_too() -> None:
    plan = Placement({date(2026, 3, 2): 60})
    later = Placement({date(2026, 9, 1): 100})
    assert credit_used(plan, [later])[2] == 160
    assert credit_used(plan, [Placement({date(2029, 3, 2): 100})])[2] == 60
    assert credit_used(plan, [Placement({date(2029, 3, 1): 100})])[2] == 160


def test_the_other_reading_of_the_three_years_counts_from_the_first_placement() -> None:
    store = chosen("iop.credit.window", "from_first")
    plan, old = Placement({date(2026, 3, 2): 60}), Placement({date(2023, 3, 2): 100})
    assert credit_used(plan, [old], store) == (date(2026, 3, 2), date(2029, 3, 1), 60)
    old = Placement({date(2023, 3, 3): 100})
    assert credit_used(plan, [old], store)[2] == 160


def test_the_second_placement_needs_an_evaluation_and_the_third_new_objectives() -> None:
    one, two = placement(months_before(6), 60), placement(months_before(3), 60, partner="b")
    plan = placement(MONDAY, 60, partner="c")
    assert broken(ready(plan, evaluated=False)) == []
    assert broken(ready(plan, former=[one], evaluated=False, new_objectives=False)) == ["evaluated"]
    both = broken(ready(plan, former=[one, two], evaluated=False, new_objectives=False))
    assert both == ["evaluated", "new_objectives"]


@pytest.mark.parametrize(
    ("partner", "tasks", "verdict"),
    [
        ("b", "x", Verdict.NOT_MET),
        ("b", "y", Verdict.MET),
        ("b", "", Verdict.NOT_KNOWN),
        ("c", "x", None),
    ],
)
def test_with_the_same_partner_the_tasks_differ(
    partner: str, tasks: str, verdict: Verdict | None
) -> None:
    former = [placement(months_before(3), 60, partner="b", tasks="x")]
    plan = placement(MONDAY, 60, partner=partner, tasks=tasks)
    found = {item.key: item.verdict for item in examine(ready(plan, former=former)).checks}
    assert found.get("other_tasks") == verdict


def test_two_placements_at_once_are_warned() -> None:
    plan = placement(MONDAY, 60, 60, 60)
    found = examine(ready(plan, former=[placement(MONDAY + timedelta(days=1), 30)])).checks
    overlap = next(item for item in found if item.key == "overlap")
    assert overlap.verdict is Verdict.NOT_MET and not overlap.blocking


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"birth_date": date(2008, 3, 3)}, "age"),
        ({"entitled": False}, "entitled"),
        ({"in_pathway": False}, "pathway"),
        ({"partner_kind": PartnerKind.COMMERCIAL}, "partner"),
        ({"tutor": False}, "tutor"),
        ({"signed": 2}, "signatures"),
        ({"accident_insured": False}, "accident"),
        ({"liability_insured": False}, "liability"),
        ({"dimona": False}, "dimona"),
        ({"drives_on_duty": True}, "driving"),
    ],
)
def test_each_condition_of_people_and_papers_blocks(change: dict[str, object], key: str) -> None:
    assert broken(ready(placement(MONDAY, 60), **change)) == [key]


def test_eighteen_today_is_enough_and_what_is_not_known_is_asked() -> None:
    plan = placement(MONDAY, 60)
    assert broken(ready(plan, birth_date=date(2008, 3, 2))) == []
    unknown = [
        item.key
        for item in examine(Request(plan, date(2000, 1, 1))).checks
        if item.verdict is Verdict.NOT_KNOWN
    ]
    assert len(unknown) == 9 and "dimona" in unknown


@pytest.mark.parametrize(
    ("minutes", "cents"), [(0, 0), (1, 3), (60, 200), (456, 1520), (4560, 15200), (44, 147)]
)
def test_the_hourly_indemnity_is_two_euros_rounded_once(minutes: int, cents: int) -> None:
    assert hourly_indemnity(minutes, MONDAY) == cents
    payout = explained_hourly(minutes, MONDAY)
    assert payout.amount == cents == payout.steps[-1].amount
    assert [use.name for use in payout.unconfirmed] == ["iop.indemnity.resource"]
    many = hourly_indemnity(np.array([minutes]), MONDAY)
    assert np.asarray(many).tolist() == [cents]


@pytest.mark.parametrize(
    ("present", "cents"), [(8 * DAY, 100_00), (8 * DAY - 1, 0), (10 * DAY, 100_00), (0, 0)]
)
def test_the_flat_indemnity_asks_80_per_cent_of_the_hours(present: int, cents: int) -> None:
    plan = placement(MONDAY, *TEN_DAYS)
    attended, left = {}, present
    for day in plan.schedule:
        attended[day] = min(DAY, left)
        left -= attended[day]
    assert flat_indemnity(plan, attended).amount == cents


def test_attendance_by_days_and_a_short_placement_are_choices() -> None:
    plan = placement(MONDAY, *TEN_DAYS)
    brief = dict.fromkeys(list(plan.schedule)[:8], 30)
    assert flat_indemnity(plan, brief).amount == 0
    assert flat_indemnity(plan, brief, chosen("iop.indemnity.basis", "days")).amount == 100_00
    short = placement(MONDAY, *[DAY] * 5)
    assert flat_indemnity(short, short.schedule).amount == 0
    store = chosen("iop.indemnity.short", "in_proportion")
    assert flat_indemnity(short, short.schedule, store).amount == 50_00


def test_extra_hours_of_one_day_do_not_make_up_for_another() -> None:
    plan = placement(MONDAY, *TEN_DAYS)
    days = list(plan.schedule)
    attended = dict.fromkeys(days[:5], 2 * DAY)
    assert flat_indemnity(plan, attended).amount == 0


def test_travel_is_paid_by_day_attended() -> None:
    days = {MONDAY: 60, MONDAY + timedelta(days=1): 0, MONDAY + timedelta(days=2): 10}
    assert travel_refund(5_20, days, MONDAY).amount == 10_40
    with pytest.raises(ValueError):
        travel_refund(-1, days, MONDAY)
    with pytest.raises(ValueError):
        flat_indemnity(placement(MONDAY, 60), {MONDAY: -1})


@pytest.mark.parametrize("minutes", [{}, {MONDAY: 0}, {MONDAY: 1441}])
def test_an_empty_or_impossible_schedule_is_refused(minutes: dict[date, int]) -> None:
    with pytest.raises(ValueError):
        Placement(minutes)


def test_hours_are_written_as_people_say_them() -> None:
    assert [hours(minutes) for minutes in (456, 4560, 61)] == ["7 h 36", "76 h", "1 h 01"]
    assert len(PROCEDURE) == 5


@given(st.lists(st.integers(1, 600), min_size=1, max_size=12), st.integers(0, 1500))
def test_another_placement_never_frees_credit(minutes: list[int], back: int) -> None:
    plan = placement(MONDAY, *minutes)
    other = Placement({MONDAY - timedelta(days=back + 30): 60})
    assert credit_used(plan, [])[2] <= credit_used(plan, [other])[2]
