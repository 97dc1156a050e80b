"""Work income and its exemptions (art. 23, 24 and 35)."""

from dataclasses import dataclass

from filrouge.law.days import month_of, whole_years
from filrouge.law.operations import (
    Truth,
    Whole,
    is_absent,
    maximum,
    minimum,
    negate,
    plus,
    where,
)
from filrouge.law.parameter_store import ParameterValue
from filrouge.law.ris.figures import Figures
from filrouge.law.ris.rules import (
    ALE,
    SPI_CHOICE,
    SPI_EXEMPT,
    SPI_SPENT,
    WORK,
    WORK_IN_FULL,
    WORK_MONTH,
)
from filrouge.law.ris.values import RisLaw, number
from filrouge.law.steps import Explainer

DAYS_PER_COUNTED_YEAR = 365
"""Days of one of the three years of art. 35, when the counter is kept in days."""


@dataclass(frozen=True, slots=True)
class WorkIncome:
    """Work income that counts, over the scale, and whether the exemption applied."""

    counted: Whole
    exempted: Truth


def ale_income(facts: Figures, law: RisLaw, scale: Whole, explain: Explainer) -> Whole:
    """Art. 22 § 1: ALE cheques above the ceiling, over `scale`."""
    if is_absent(facts.ale):
        return 0
    above = maximum(0, facts.ale - facts.ale_cheques * number(law.ale_cheque)) * scale
    return explain.step(ALE, above, scale, lambda: facts.ale > 0, (law.ale_cheque,))


def work_income(
    facts: Figures,
    law: RisLaw,
    scale: Whole,
    others: Whole,
    ceiling: Whole,
    explain: Explainer,
) -> WorkIncome:
    """Art. 35: work income after the exemption, applied only if a top-up remains due after it.

    Args:
        scale: what yearly values are a numerator over.
        others: the other resources.
        ceiling: amount of the category.
    """
    if is_absent(facts.work) and is_absent(facts.artistic):
        return WorkIncome(0, others < ceiling)
    gross = plus(facts.work, facts.artistic)
    is_open = counter_is_open(facts, law)
    allowed = where(is_open, _exemption(facts, law, explain), 0)
    reduced = (gross - allowed) * scale
    applies = plus(others, reduced) < ceiling
    work = where(applies, reduced, gross * scale)
    explain.step(
        WORK_MONTH,
        reduced,
        12 * scale,
        lambda: (facts.work > 0) & (facts.artistic <= 0) & is_open,
        lambda: (_general_line(facts, law),),
    )
    explain.step(WORK, work, scale, lambda: (gross > 0) & applies & is_open)
    explain.step(WORK_IN_FULL, work, scale, lambda: (gross > 0) & negate(applies) & is_open)
    explain.step(
        SPI_SPENT,
        work,
        scale,
        lambda: (gross > 0) & negate(is_open),
        lambda: (law.spi_years, law.spi_window, law.taken.use("spi.counter")),
    )
    return WorkIncome(work, applies & is_open)


def _exemption(facts: Figures, law: RisLaw, explain: Explainer) -> Whole:
    """Exemption per year: the general one by the month, the artistic one by the year."""
    general: Whole = 0
    artistic: Whole = 0
    if not is_absent(facts.work):
        general = minimum(facts.work, 12 * _general_month(facts, law))
    if not is_absent(facts.artistic):
        artistic = minimum(facts.artistic, number(law.spi_artistic))
    both = law.taken["spi.variants"] == "added"
    found = plus(general, artistic) if both else maximum(general, artistic)
    explain.step(SPI_EXEMPT, found, 1, lambda: facts.artistic > 0, (law.spi_artistic,))
    explain.step(
        SPI_CHOICE,
        0,
        1,
        lambda: (facts.artistic > 0) & (facts.work > 0),
        (law.taken.use("spi.variants"),),
    )
    return found


def _general_month(facts: Figures, law: RisLaw) -> Whole:
    month: Whole = number(law.spi)
    if not is_absent(facts.student_grant):
        month = where(facts.student_grant > 0, number(law.spi_student), month)
    if not is_absent(facts.shortage_from) and law.knows_shortage:
        month = where(shortage_is_open(facts, law), number(law.spi_shortage), month)
    return month


def _general_line(facts: Figures, law: RisLaw) -> ParameterValue:
    """The line of the law that gave the month's exemption (shown for one case)."""
    if law.knows_shortage and shortage_is_open(facts, law):
        return law.spi_shortage
    if facts.student_grant:
        return law.spi_student
    return law.spi


def shortage_is_open(facts: Figures, law: RisLaw) -> Truth:
    """True in the three months of a job in shortage."""
    passed = month_of(law.day) - month_of(facts.shortage_from)
    inside = (passed >= 0) & (passed < number(law.shortage_months))
    return (facts.shortage_from > 0) & inside


def counter_is_open(facts: Figures, law: RisLaw) -> Truth:
    """True while the three years within six are not used up; True when nothing was used."""
    if is_absent(facts.spi_first):
        return True
    years = number(law.spi_years)
    if law.taken["spi.counter"] == "months":
        left = facts.spi_months < 12 * years
    else:
        left = facts.spi_days < DAYS_PER_COUNTED_YEAR * years
    inside = whole_years(facts.spi_first, law.day) < number(law.spi_window)
    return (facts.spi_first <= 0) | (left & inside)
