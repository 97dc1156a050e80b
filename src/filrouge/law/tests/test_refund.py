"""What the State refunds: rate by size, PIIS, reform of 2026, expected income."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law import parameter_store
from filrouge.law.parameter_store import Origin, ParameterStore
from filrouge.law.refund import (
    Cohort,
    RefundFacts,
    RefundLaw,
    cohort,
    cohorts,
    expected,
    lasting_job_bonus,
    piis_band,
    refunds,
    size_rate,
    staff_subsidy,
)

MARCH = date(2026, 3, 1)


def chosen(name: str, value: str) -> ParameterStore:
    shipped = parameter_store.shipped()
    line = replace(
        shipped.history(name)[0],
        value=value,
        origin=Origin.CENTRE,
        author="CAS",
        known_from=date(2026, 1, 1),
    )
    return shipped.with_values([line])


def yearly(*averages: int) -> dict[int, int]:
    """Sums of twelve months from 2020 on."""
    return {2020 + rank: 12 * average for rank, average in enumerate(averages)}


@pytest.mark.parametrize(
    ("averages", "year", "rate"),
    [
        # The first year takes the rate of its size.
        ([499], 2022, 55),
        ([500], 2022, 65),
        ([999], 2022, 65),
        ([1000], 2022, 70),
        # First access: the threshold and +5 % on the year before.
        ([480, 499], 2023, 55),
        ([480, 504], 2023, 65),
        ([480, 503], 2023, 55),
        ([499, 500], 2023, 55),
        ([499, 500, 525], 2024, 65),
        ([960, 1008], 2023, 70),
        ([960, 1007], 2023, 65),
        # Under the threshold: one point a year, down to the rate of the size.
        ([520, 490], 2023, 64),
        ([520, 490, 470], 2024, 63),
        ([1050, 900], 2023, 69),
        ([1050, 900, 800, 700, 600, 550, 500], 2028, 65),
        # A fall under 3 % keeps the rate; of 3 % it does not.
        ([500, 486], 2023, 65),
        ([500, 485], 2023, 64),
        ([500, 484], 2023, 64),
        # A rate once reached comes back with the threshold alone.
        ([520, 490, 500], 2024, 65),
    ],
)
def test_the_rate_follows_the_size_year_by_year(averages: list[int], year: int, rate: int) -> None:
    sums = yearly(*averages)
    assert size_rate(sums, year) == rate
    columns = {key: np.array([value, value]) for key, value in sums.items()}
    found = size_rate(columns, year)  # type: ignore[arg-type]
    assert np.asarray(found).tolist() in ([rate, rate], rate)


def test_the_fall_stops_at_55() -> None:
    sums = yearly(520, *(400 - 20 * rank for rank in range(14)))
    assert size_rate(sums, 2032) == 55
    assert size_rate(sums, 2035) == 55


def test_a_known_rate_may_be_given_and_a_missing_year_is_refused() -> None:
    assert size_rate({2023: 12 * 480, 2024: 12 * 440}, 2026, (2025, 62)) == 61
    with pytest.raises(ValueError, match="2021"):
        size_rate({2020: 12 * 400, 2022: 12 * 400}, 2024)
    with pytest.raises(ValueError):
        size_rate({2020: 12 * 400}, 2021)
    with pytest.raises(ValueError):
        size_rate({}, 2021)


@pytest.mark.parametrize(
    ("excluded", "requested", "unemployment", "group"),
    [
        (date(2025, 12, 31), date(2026, 1, 5), True, Cohort.NONE),
        (date(2026, 1, 1), date(2026, 1, 1), True, Cohort.FIRST_WAVE),
        (date(2026, 6, 30), date(2026, 6, 30), True, Cohort.FIRST_WAVE),
        (date(2026, 3, 1), date(2025, 12, 31), True, Cohort.NONE),
        (date(2026, 3, 1), date(2026, 7, 1), True, Cohort.NEW_ENTRANT),
        (date(2026, 7, 1), date(2026, 7, 1), True, Cohort.NEW_ENTRANT),
        (date(2026, 7, 1), date(2026, 6, 30), True, Cohort.NONE),
        (date(2026, 3, 1), date(2026, 4, 1), False, Cohort.NONE),
        (None, date(2026, 8, 1), True, Cohort.NONE),
    ],
)
def test_the_group_of_the_reform_follows_both_dates(
    excluded: date | None, requested: date, unemployment: bool, group: Cohort
) -> None:
    assert cohort(excluded, requested, unemployment) is group


def test_the_other_reading_of_the_first_wave_can_be_chosen() -> None:
    store = chosen("refund.first_wave.criterion", "exclusion")
    march, september = date(2026, 3, 1), date(2026, 9, 1)
    assert cohort(march, september, True) is Cohort.NEW_ENTRANT
    assert cohort(march, september, True, store) is Cohort.FIRST_WAVE
    assert cohort(date(2026, 7, 1), september, True, store) is Cohort.NEW_ENTRANT


@pytest.mark.parametrize(
    ("facts", "month", "rate"),
    [
        (RefundFacts(0, 55), MARCH, 550),
        (RefundFacts(0, 65, piis=True), MARCH, 750),
        (RefundFacts(0, 55, piis=True, temporary_protection=True), MARCH, 750),
        (RefundFacts(0, 55, temporary_protection=True), MARCH, 550),
        (RefundFacts(0, 55, piis=True, temporary_protection=True), date(2023, 9, 1), 650),
        (RefundFacts(0, 55, Cohort.FIRST_WAVE), date(2026, 12, 1), 1000),
        (RefundFacts(0, 55, Cohort.FIRST_WAVE), date(2027, 1, 1), 900),
        (RefundFacts(0, 55, Cohort.FIRST_WAVE), date(2028, 12, 1), 800),
        (RefundFacts(0, 55, Cohort.FIRST_WAVE), date(2029, 1, 1), 750),
        (RefundFacts(0, 55, Cohort.FIRST_WAVE, piis=True), date(2026, 12, 1), 1000),
        (RefundFacts(0, 55, Cohort.FIRST_WAVE, piis=True), date(2027, 12, 1), 1000),
        (RefundFacts(0, 55, Cohort.NEW_ENTRANT), date(2026, 7, 1), 700),
        (RefundFacts(0, 70, Cohort.NEW_ENTRANT, piis=True), date(2027, 7, 1), 950),
    ],
)
def test_the_rate_adds_what_the_law_adds(facts: RefundFacts, month: date, rate: int) -> None:
    found = expected(facts, [(month, 1000_00)], piis_share=(10, 100))[0]
    assert (found.rate, found.amount) == (rate, 100 * rate)
    assert found.steps[-1].amount == found.amount
    assert found.steps[-2].amount == rate


@pytest.mark.parametrize(
    ("reading", "rate"), [("added", 1100), ("within_hundred", 1000), ("not_added", 1000)]
)
def test_the_project_and_the_first_wave_together_are_a_choice(reading: str, rate: int) -> None:
    store = chosen("refund.first_wave.piis", reading)
    facts = RefundFacts(0, 55, Cohort.FIRST_WAVE, piis=True)
    assert expected(facts, [(MARCH, 1000_00)], store)[0].rate == rate


@pytest.mark.parametrize(
    ("share", "supplement"),
    [
        ((0, 100), 50),
        ((199, 1000), 50),
        ((20, 100), 75),
        ((39, 100), 75),
        ((40, 100), 100),
        ((60, 100), 125),
        ((799, 1000), 125),
        ((80, 100), 150),
        ((100, 100), 150),
    ],
)
def test_from_2028_the_supplement_follows_the_share_of_projects(
    share: tuple[int, int], supplement: int
) -> None:
    facts = RefundFacts(0, 55, piis=True)
    found = expected(facts, [(date(2028, 1, 1), 1000_00)], piis_share=share)[0]
    assert found.rate == 550 + supplement


def test_from_2028_the_share_is_needed_and_possible() -> None:
    with pytest.raises(ValueError):
        expected(RefundFacts(0, 55, piis=True), [(date(2028, 1, 1), 100)])
    with pytest.raises(ValueError):
        piis_band(5, 4, (20, 40, 60, 80), (50, 75, 100, 125, 150))
    with pytest.raises(ValueError):
        piis_band(0, 0, (20, 40, 60, 80), (50, 75, 100, 125, 150))


def test_each_month_has_its_own_law_and_rounds_once() -> None:
    facts = RefundFacts(0, 55, Cohort.FIRST_WAVE)
    months = [(date(2026, 12, 1), 1340_47), (date(2027, 1, 1), 1340_47), (date(2027, 2, 1), 3)]
    assert [item.amount for item in expected(facts, months)] == [1340_47, 1206_42, 3]
    with pytest.raises(ValueError):
        expected(facts, [(MARCH, -1)])


def test_what_is_conflicting_is_listed() -> None:
    facts = RefundFacts(0, 55, Cohort.FIRST_WAVE, piis=True)
    names = {use.name for use in expected(facts, [(MARCH, 1)])[0].unconfirmed}
    assert names == {"refund.first_wave.piis"}


def test_staff_and_lasting_job() -> None:
    assert staff_subsidy(Cohort.FIRST_WAVE, 2028)[0] == 1036_00
    assert staff_subsidy(Cohort.FIRST_WAVE, 2029)[0] == 518_00
    assert staff_subsidy(Cohort.NEW_ENTRANT, 2026)[0] == 518_00
    assert [lasting_job_bonus(months, MARCH) for months in (11, 12, 13)] == [0, 1776_00, 1776_00]


def test_many_rights_give_the_same_as_one_by_one() -> None:
    rng = np.random.default_rng(20260301)
    size = 500
    paid = rng.integers(0, 200_000, size)
    rates = rng.choice([55, 60, 65, 70], size)
    piis, protection = rng.random(size) < 0.5, rng.random(size) < 0.2
    start = MARCH.toordinal()
    excluded = rng.integers(start - 120, start + 200, size)
    requested = excluded + rng.integers(-30, 200, size)
    lost = rng.random(size) < 0.8
    groups = cohorts(excluded, requested, lost, parameter_store.shipped())
    table = refunds(RefundFacts(paid, rates, groups, piis, protection), date(2027, 5, 1))
    for row in range(size):
        group = cohort(
            date.fromordinal(int(excluded[row])),
            date.fromordinal(int(requested[row])),
            bool(lost[row]),
        )
        facts = RefundFacts(0, int(rates[row]), group, bool(piis[row]), bool(protection[row]))
        one = expected(facts, [(date(2027, 5, 1), int(paid[row]))])[0]
        assert (one.rate, one.amount) == (table.rate[row], table.amount[row])  # type: ignore[index]


@given(
    st.integers(0, 10_000_000),
    st.sampled_from([55, 65, 70]),
    st.sampled_from(Cohort),
    st.booleans(),
    st.dates(date(2026, 7, 1), date(2040, 1, 1)),
)
def test_the_refund_stays_between_nothing_and_what_was_paid(
    paid: int, rate: int, group: Cohort, piis: bool, month: date
) -> None:
    found = expected(RefundFacts(0, rate, group, piis), [(month, paid)], piis_share=(1, 2))[0]
    assert 0 <= found.amount <= paid
    without = expected(RefundFacts(0, rate, group, False), [(month, paid)], piis_share=(1, 2))[0]
    assert without.amount <= found.amount


def test_nothing_of_the_reform_applies_before_it() -> None:
    law = RefundLaw.on(MARCH - timedelta(days=61), parameter_store.shipped())
    assert law.new_entrant == 0 and law.first_wave == 0
    assert all(use.name.startswith("refund.") for use in law.parameters)
