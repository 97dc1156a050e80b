"""The whole formula, for one case (ints) or a population (int64 arrays).

Everything is counted per year as a numerator over `scale = 100 * denominator` cents (100 for the
percentages of art. 27 and 34) and divided once, where the law rounds: the month of
art. 14 § 2. Facts that nobody gave are plain zeros, and cost nothing.
"""

from dataclasses import dataclass

from filrouge.law.days import day_of_month, month_of
from filrouge.law.money import round_half_up
from filrouge.law.operations import (
    Truth,
    Whole,
    is_absent,
    maximum,
    minimum,
    plus,
    take,
    times,
    where,
)
from filrouge.law.ris.assets import capital_income, property_income
from filrouge.law.ris.cohabitants import cohabitant_income
from filrouge.law.ris.figures import Figures
from filrouge.law.ris.rules import (
    BASE,
    COUNTABLE,
    COUPLE_PAID,
    FIRST_MONTH,
    GENERAL,
    MONTHLY,
    ORDINARY,
    YEARLY,
)
from filrouge.law.ris.transfers import transfer_income, transferred
from filrouge.law.ris.values import RisLaw, table
from filrouge.law.ris.work import ale_income, work_income
from filrouge.law.steps import Explainer


@dataclass(frozen=True, slots=True)
class Right:
    """Result of the formula. Yearly values are numerators over `scale` (cents).

    Attributes:
        scale: 100 × common denominator of the shares (1 × without facts counted in percent).
        category_amount: yearly amount of the category.
        countable: resources taken into account.
        yearly: right per year.
        monthly: right per month, in cents.
        first_month: amount of a first, partial month, in cents; 0 when the month is whole.
        days: days paid in that month; 0 when whole.
        month_length: days of that month.
        spi_applies: the exemption for work was applied.
        undecided: yearly cents on which the centre must decide under the old article 34.
    """

    scale: Whole
    category_amount: Whole
    countable: Whole
    yearly: Whole
    monthly: Whole
    first_month: Whole
    days: Whole
    month_length: Whole
    spi_applies: Truth
    undecided: Whole


def compute(facts: Figures, law: RisLaw, explain: Explainer) -> Right:
    """The whole formula, for one case or a population.

    Args:
        facts: see `Figures`.
        law: values on the date.
        explain: recorder of one case, or `Silent` for a population.
    """
    scale = facts.scale
    ceiling = take(facts.category, table(law.yearly), scale)
    explain.step(BASE, ceiling, scale, parameters=(law.yearly,))
    others, undecided = _without_work(facts, law, scale, explain)
    ale = ale_income(facts, law, scale, explain)
    work = work_income(facts, law, scale, plus(others, ale), ceiling, explain)
    total = plus(others, ale, work.counted)
    countable = _less_general_exemption(facts, law, scale, total, ale, ceiling, explain)
    yearly = maximum(0, ceiling - countable)
    if not is_absent(facts.couple_paid):
        yearly = where(facts.couple_paid > 0, 0, yearly)
        explain.step(COUPLE_PAID, 0, 1, facts.couple_paid > 0)
    if not is_absent(facts.starts_on):
        yearly = where(month_of(facts.starts_on) > month_of(law.day), 0, yearly)
    explain.step(YEARLY, yearly, scale)
    monthly = explain.step(MONTHLY, round_half_up(yearly, 12 * scale))
    days, length = first_month_days(facts, law)
    first_month = _part_of_month(yearly, monthly, days, length, scale, law)
    explain.step(
        FIRST_MONTH, first_month, 1, days > 0, (law.taken.use("ris.first_month.rounding"),)
    )
    return Right(
        scale=scale,
        category_amount=ceiling,
        countable=countable,
        yearly=yearly,
        monthly=monthly,
        first_month=first_month,
        days=days,
        month_length=length,
        spi_applies=work.exempted,
        undecided=undecided,
    )


def _without_work(
    facts: Figures, law: RisLaw, scale: Whole, explain: Explainer
) -> tuple[Whole, Whole]:
    """Resources that the exemptions for work do not touch, over `scale`; then the undecided."""
    ordinary = plus(facts.ordinary, facts.incomes.summed(lambda one: one.amount))
    if not is_absent(ordinary):
        ordinary = times(ordinary, scale)
        explain.step(ORDINARY, ordinary, scale, lambda: ordinary > 0)
    estate = property_income(facts, law, explain)
    given = transferred(facts, law, explain)
    apart = law.taken["transfers.slices"] == "apart"
    capital = capital_income(facts, law, None if apart else given, explain)
    from_given = transfer_income(facts, law, given if apart else None, explain)
    people, undecided = cohabitant_income(facts, law, explain)
    if not is_absent(people):
        people = times(people, facts.denominator)
    return plus(ordinary, estate, capital, from_given, people), undecided


def _less_general_exemption(
    facts: Figures,
    law: RisLaw,
    scale: Whole,
    total: Whole,
    ale: Whole,
    ceiling: Whole,
    explain: Explainer,
) -> Whole:
    """Art. 22 § 2: off the total when it stays under the amount; never off the ALE part."""
    if is_absent(total):
        return explain.step(COUNTABLE, 0)
    allowed = take(facts.category, table(law.general), scale)
    exemptible = total if is_absent(ale) else total - ale
    exemption = where(total < ceiling, minimum(allowed, exemptible), 0)
    explain.step(GENERAL, exemption, scale, lambda: exemption > 0, (law.general,))
    return explain.step(COUNTABLE, total - exemption, scale)


def first_month_days(facts: Figures, law: RisLaw) -> tuple[Whole, Whole]:
    """Days paid in the month of the law's date, and its length; 0 days when it is whole.

    The day of the request counts. Only the month in which the right starts can be partial.
    """
    if is_absent(facts.starts_on):
        return facts.days, facts.month_length
    length = law.days_in_month
    start = facts.starts_on
    same_month = month_of(start) == month_of(law.day)
    partial = same_month & (day_of_month(start) > 1)
    return where(partial, length - day_of_month(start) + 1, 0), length


def _part_of_month(
    yearly: Whole, monthly: Whole, days: Whole, length: Whole, scale: Whole, law: RisLaw
) -> Whole:
    if is_absent(days):
        return 0
    if law.taken["ris.first_month.rounding"] == "month_first":
        return round_half_up(monthly * days, length)
    return round_half_up(yearly * days, 12 * scale * length)
