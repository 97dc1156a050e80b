"""Things given or sold in the ten years before the request (art. 28 to 32).

The net value of each transfer, the thresholds × share, and what is left after the abatement are
amounts of money: each is rounded to the cent (a choice of ours, so that nothing overflows).
"""

from collections.abc import Callable
from dataclasses import dataclass

from filrouge.law.days import month_of, whole_years
from filrouge.law.money import round_half_up
from filrouge.law.operations import (
    Truth,
    Whole,
    maximum,
    plus,
    take,
    where,
)
from filrouge.law.parameter_store import ParameterValue
from filrouge.law.ris.figures import Figures, TransferFigures
from filrouge.law.ris.rules import (
    TRANSFER,
    TRANSFER_ABATEMENT,
    TRANSFER_LEFT,
    TRANSFER_TOO_OLD,
    TRANSFER_VALUE,
)
from filrouge.law.ris.slices import slices
from filrouge.law.ris.values import RisLaw, number, table
from filrouge.law.steps import Explainer

_FAR = 10**9
"""A month number after any date."""


@dataclass(frozen=True, slots=True)
class Transferred:
    """What is left of things given or sold, and the thresholds × their smallest share; cents."""

    left: Whole
    lower: Whole
    upper: Whole


def transferred(facts: Figures, law: RisLaw, explain: Explainer) -> Transferred | None:
    """What art. 28 to 32 leave to be counted as movable capital; None when nothing was given."""
    things = facts.transfers
    if things.is_empty():
        return None
    started = where(facts.starts_on > 0, facts.starts_on, law.day)
    asked = things.spread(where(facts.requested_on > 0, facts.requested_on, started))

    def in_force(one: TransferFigures) -> Truth:
        return whole_years(one.on, asked) < number(law.transfer_years)

    def value(one: TransferFigures) -> Whole:
        return where(in_force(one), net_value(one, law), 0)

    def threshold(line: int) -> Whole:
        def of_one(one: TransferFigures) -> Whole:
            prorated = round_half_up(line * one.share_top, one.share_bottom)
            return where(in_force(one), prorated, line)

        return things.lowest(of_one, line)

    total = explain.step(
        TRANSFER_VALUE,
        things.summed(value),
        1,
        True,
        lambda: _values_used(facts, law),
    )
    explain.step(
        TRANSFER_TOO_OLD,
        0,
        1,
        lambda: things.summed(lambda one: where(in_force(one), 0, 1)) > 0,
        (law.transfer_years,),
    )
    left = _after_abatement(facts, law, value, started, total)
    explain.step(
        TRANSFER_ABATEMENT,
        total - left,
        1,
        lambda: total > left,
        lambda: (law.transfer_abatement, *_readings_used(facts, law)),
    )
    choice = () if facts.capitals.is_empty() else (law.taken.use("transfers.slices"),)
    explain.step(TRANSFER_LEFT, left, 1, True, choice)
    lower, upper = number(law.capital_lower), number(law.capital_upper)
    return Transferred(left, threshold(lower), threshold(upper))


def _values_used(facts: Figures, law: RisLaw) -> tuple[ParameterValue, ...]:
    """The values that matter for the transfers of one case."""
    summed = facts.transfers.summed
    asked = (
        (law.transfer_usufruct, summed(lambda one: where(one.right == 2, 1, 0))),
        (law.transfer_bare, summed(lambda one: where(one.right == 3, 1, 0))),
        (law.transfer_slice, summed(lambda one: one.home)),
    )
    return tuple(line for line, matters in asked if matters)


def _readings_used(facts: Figures, law: RisLaw) -> tuple[ParameterValue, ...]:
    """The open questions that matter for the transfers of one case."""
    several = facts.transfers.summed(lambda one: one.for_value) > 1
    passed = whole_years(where(facts.starts_on > 0, facts.starts_on, law.day), law.day) > 0
    asked = (("transfers.abatement", several), ("transfers.anniversary", passed))
    return tuple(law.taken.use(key) for key, matters in asked if matters)


def net_value(one: TransferFigures, law: RisLaw) -> Whole:
    """Market value × share × right held, less the first slice and debts, × what is counted."""
    rates = (100, number(law.transfer_usufruct), number(law.transfer_bare))
    gross = one.value * one.share_top * take(one.right, rates)
    first_slice = 100 * number(law.transfer_slice) * one.share_top * one.for_value * one.home
    debts = 100 * one.debts * one.share_bottom * one.for_value
    net = maximum(0, gross - first_slice - debts)
    return round_half_up(net * one.percent, 100 * 100 * one.share_bottom)


def _after_abatement(
    facts: Figures,
    law: RisLaw,
    value: Callable[[TransferFigures], Whole],
    started: Whole,
    total: Whole,
) -> Whole:
    """What is left after the yearly abatement of art. 31, for things sold."""
    things = facts.transfers
    yearly = take(facts.category, table(law.transfer_abatement))
    passed: Whole = 0
    if law.taken["transfers.anniversary"] == "right":
        passed = maximum(0, whole_years(started, law.day))

    def abated(amount: Whole, since: Whole, until: Whole, years: Whole, per_year: Whole) -> Whole:
        months = maximum(0, month_of(until) - since - 1) + 12 * years
        return round_half_up(maximum(0, 12 * amount - per_year * months), 12)

    if law.taken["transfers.abatement"] == "each":
        until, years = things.spread(started), things.spread(passed)
        per_year = things.spread(yearly)

        def left(one: TransferFigures) -> Whole:
            after = abated(value(one), month_of(one.on), until, years, per_year)
            return where(one.for_value > 0, after, value(one))

        return things.summed(left)

    def sale_month(one: TransferFigures) -> Whole:
        return where((one.for_value > 0) & (value(one) > 0), month_of(one.on), _FAR)

    sold = things.summed(lambda one: value(one) * one.for_value)
    oldest = things.lowest(sale_month, _FAR)
    return plus(total - sold, abated(sold, oldest, started, passed, yearly))


def transfer_income(
    facts: Figures, law: RisLaw, found: Transferred | None, explain: Explainer
) -> Whole:
    """Art. 28: the slices of art. 27 on what is left, over 100 × denominator."""
    if found is None:
        return 0
    counted = slices(found.left, found.lower, found.upper, law) * facts.denominator
    uses = (law.capital_lower, law.capital_upper, law.capital_middle_rate, law.capital_upper_rate)
    return explain.step(TRANSFER, counted, 100 * facts.denominator, True, uses)
