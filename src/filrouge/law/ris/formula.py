"""The integration income (revenu d'intégration, RIS): what a person may receive, and why.

Law of 26 May 2002, art. 14; royal decree of 11 July 2002, art. 22 to 35. The formula stands
once, in `compute`; it takes one case (ints) or a population (int64 arrays).

Everything is counted per year as a numerator over `100 * share_denominator` cents (100 for the
percentages of art. 27) and divided once, where the law rounds: the month of art. 14 § 2.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import lcm

import filrouge
from filrouge.law import parameter_store
from filrouge.law.case import (
    Capital,
    Case,
    Cohabitant,
    Income,
    IncomeKind,
    Period,
    Property,
    PropertyKind,
    Share,
    Spouse,
)
from filrouge.law.category import Category
from filrouge.law.coverage import gaps
from filrouge.law.labels import _
from filrouge.law.money import Cents, round_half_up
from filrouge.law.operations import Truth, Whole, maximum, minimum, pick, where
from filrouge.law.parameter_store import ParameterError, ParameterStore, ParameterValue, Unit
from filrouge.law.reading import CaseError, CaseProblem
from filrouge.law.ris_rules import (
    ALE,
    BASE,
    BUILT,
    CAPITAL,
    COUNTABLE,
    EXEMPT,
    EXEMPT_UNCHECKED,
    FIRST_MONTH,
    GENERAL,
    MONTHLY,
    ORDINARY,
    PROPERTY_CHOICE,
    SPOUSE,
    SPOUSE_IN_FULL,
    SPOUSE_LEFT_OUT,
    SPOUSE_MONTH,
    UNBUILT,
    WORK,
    WORK_IN_FULL,
    WORK_MONTH,
    YEARLY,
)
from filrouge.law.steps import (
    Explainer,
    ParameterUse,
    Recorder,
    Step,
    StepInput,
)

__all__ = [
    "Capital",
    "Case",
    "CaseError",
    "CaseProblem",
    "Category",
    "Cohabitant",
    "Entitlement",
    "Figures",
    "Income",
    "IncomeKind",
    "Period",
    "Property",
    "PropertyKind",
    "Right",
    "RisLaw",
    "Share",
    "Spouse",
    "compute",
    "entitlement",
    "figures",
]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the formula needs: ints for one case, int64 arrays for a population.

    Money is in cents per year unless said; "over the denominator" means multiplied by
    `denominator`, the least common multiple of the ownership shares.

    Attributes:
        category: 1, 2 or 3.
        children: dependent minor children.
        ordinary: income that counts in full.
        work: work income with the exemption of art. 35 open.
        ale: ALE income.
        ale_cheques: number of ALE cheques per year.
        denominator: common denominator of the shares.
        capital: the applicant's capital, over the denominator (cents, not per year).
        capital_share: the share of the capital, over the denominator.
        built_income, unbuilt_income: cadastral income × share, over the denominator.
        built_share, unbuilt_share: share, over the denominator.
        built_interest, unbuilt_interest: mortgage interest.
        built_rent, unbuilt_rent: rent × share, over the denominator.
        spouse_monthly: resources of the spouse or partner that may count, cents per month.
        days: days paid in the first month; 0 when the month is whole.
        month_length: days of that month.
    """

    category: Whole
    children: Whole = 0
    ordinary: Whole = 0
    work: Whole = 0
    ale: Whole = 0
    ale_cheques: Whole = 0
    denominator: Whole = 1
    capital: Whole = 0
    capital_share: Whole = 0
    built_income: Whole = 0
    built_share: Whole = 0
    built_interest: Whole = 0
    built_rent: Whole = 0
    unbuilt_income: Whole = 0
    unbuilt_share: Whole = 0
    unbuilt_interest: Whole = 0
    unbuilt_rent: Whole = 0
    spouse_monthly: Whole = 0
    days: Whole = 0
    month_length: Whole = 30


@dataclass(frozen=True, slots=True)
class RisLaw:
    """The values of the law on one date, ready for the formula."""

    yearly: ParameterValue
    monthly: ParameterValue
    general: ParameterValue
    spi: ParameterValue
    ale_cheque: ParameterValue
    built: ParameterValue
    built_child: ParameterValue
    unbuilt: ParameterValue
    factor: ParameterValue
    rented: ParameterValue
    capital_lower: ParameterValue
    capital_upper: ParameterValue
    capital_middle_rate: ParameterValue
    capital_upper_rate: ParameterValue
    regime: ParameterValue
    comparison: ParameterValue
    partner_with_right: ParameterValue
    ceilings: ParameterValue
    rounding: ParameterValue

    @classmethod
    def on(cls, day: date, store: ParameterStore) -> "RisLaw":
        """Values in force on a day.

        Raises:
            ParameterError: a value is missing, or a choice is one the formula does not know.
        """
        law = cls(**{name: store.entry(key, day) for name, key in _PARAMETERS.items()})
        for line, known in (
            (law.rented, "highest"),
            (law.comparison, "month"),
            (law.partner_with_right, "not_counted"),
            (law.ceilings, "in_full"),
            (law.rounding, "once"),
        ):
            if line.value != known:
                raise ParameterError(f"{line.name} : le choix « {line.value} » n'est pas connu.")
        return law


_PARAMETERS = {
    "yearly": "ris.amount.yearly",
    "monthly": "ris.amount.monthly",
    "general": "exemption.general",
    "spi": "exemption.spi.monthly",
    "ale_cheque": "exemption.ale_cheque",
    "built": "assets.built.abatement",
    "built_child": "assets.built.abatement_per_child",
    "unbuilt": "assets.unbuilt.abatement",
    "factor": "assets.property.factor",
    "rented": "assets.rented.rule",
    "capital_lower": "assets.capital.lower",
    "capital_upper": "assets.capital.upper",
    "capital_middle_rate": "assets.capital.middle_rate",
    "capital_upper_rate": "assets.capital.upper_rate",
    "regime": "cohabitants.regime",
    "comparison": "cohabitants.partner.comparison",
    "partner_with_right": "cohabitants.partner_with_right",
    "ceilings": "exemption.unchecked_ceilings",
    "rounding": "ris.first_month.rounding",
}


@lru_cache(maxsize=512)
def _law_on(day: date, store: ParameterStore) -> RisLaw:
    return RisLaw.on(day, store)


def _number(line: ParameterValue) -> int:
    if not isinstance(line.value, int):
        raise ParameterError(f"{line.name} : un nombre seul est attendu.")
    return line.value


def _table(line: ParameterValue) -> tuple[int, ...]:
    if not isinstance(line.value, tuple):
        raise ParameterError(f"{line.name} : un tableau par catégorie est attendu.")
    return line.value


@dataclass(frozen=True, slots=True)
class Right:
    """Result of the formula. Yearly values are numerators over `scale` (cents)."""

    scale: Whole
    category_amount: Whole
    countable: Whole
    yearly: Whole
    monthly: Whole
    first_month: Whole
    spi_applies: Truth


def compute(facts: Figures, law: RisLaw, explain: Explainer) -> Right:
    """The whole formula, for one case or a population.

    Args:
        facts: see `Figures`.
        law: values on the date.
        explain: recorder of one case, or `Silent` for a population.
    """
    scale = 100 * facts.denominator
    amount = pick(facts.category, _table(law.yearly))
    explain.step(BASE, amount, parameters=(law.yearly,))
    unaffected = _without_work(facts, law, explain)
    ale = maximum(0, facts.ale - facts.ale_cheques * _number(law.ale_cheque)) * scale
    ceiling = amount * scale
    reduced = maximum(0, facts.work - 12 * _number(law.spi)) * scale
    spi_applies = unaffected + ale + reduced < ceiling
    work = where(spi_applies, reduced, facts.work * scale)
    explain.step(WORK_MONTH, reduced, 12 * scale, facts.work > 0, (law.spi,))
    explain.step(WORK, work, scale, (facts.work > 0) & spi_applies)
    explain.step(WORK_IN_FULL, work, scale, (facts.work > 0) & (ceiling <= work + unaffected + ale))
    explain.step(ALE, ale, scale, facts.ale > 0, (law.ale_cheque,))
    total = unaffected + work + ale
    exemption = _general_exemption(facts, law, total, ale, ceiling, scale)
    explain.step(GENERAL, exemption, scale, exemption > 0, (law.general,))
    countable = explain.step(COUNTABLE, total - exemption, scale)
    yearly = explain.step(YEARLY, maximum(0, ceiling - countable), scale)
    monthly = explain.step(MONTHLY, round_half_up(yearly, 12 * scale))
    first_month = round_half_up(yearly * facts.days, 12 * scale * facts.month_length)
    explain.step(FIRST_MONTH, first_month, 1, facts.days > 0, (law.rounding,))
    return Right(scale, amount, countable, yearly, monthly, first_month, spi_applies)


def _without_work(facts: Figures, law: RisLaw, explain: Explainer) -> Whole:
    """Resources that the exemptions for work do not touch, over `scale`."""
    scale = 100 * facts.denominator
    ordinary = explain.step(ORDINARY, facts.ordinary * scale, scale, facts.ordinary > 0)
    built = _property(
        facts.built_income,
        facts.built_share * (_number(law.built) + _number(law.built_child) * facts.children),
        facts.built_interest * facts.denominator,
        facts.built_rent,
        _number(law.factor),
    )
    built_uses = (law.built, law.built_child, law.factor)
    explain.step(BUILT, built, facts.denominator, facts.built_share > 0, built_uses)
    unbuilt = _property(
        facts.unbuilt_income,
        facts.unbuilt_share * _number(law.unbuilt),
        facts.unbuilt_interest * facts.denominator,
        facts.unbuilt_rent,
        _number(law.factor),
    )
    unbuilt_uses = (law.unbuilt, law.factor)
    explain.step(UNBUILT, unbuilt, facts.denominator, facts.unbuilt_share > 0, unbuilt_uses)
    choices = facts.built_interest + facts.built_rent + facts.unbuilt_interest + facts.unbuilt_rent
    explain.step(PROPERTY_CHOICE, choices, 1, choices > 0, (law.rented,))
    capital = _capital(facts, law, explain)
    spouse = _spouse(facts, law, explain)
    return ordinary + 100 * (built + unbuilt) + capital + spouse * scale


def _property(income: Whole, abatement: Whole, interest: Whole, rent: Whole, factor: int) -> Whole:
    """Art. 25 and 26, over the denominator: flat amount less interest, or the rent if higher."""
    flat = maximum(0, maximum(0, income - abatement) * factor - interest)
    return maximum(flat, rent)


def _capital(facts: Figures, law: RisLaw, explain: Explainer) -> Whole:
    """Art. 27, over 100 × denominator."""
    lower = facts.capital_share * _number(law.capital_lower)
    upper = facts.capital_share * _number(law.capital_upper)
    middle = maximum(0, minimum(facts.capital, upper) - lower)
    above = maximum(0, facts.capital - upper)
    counted = middle * _number(law.capital_middle_rate) + above * _number(law.capital_upper_rate)
    uses = (law.capital_lower, law.capital_upper, law.capital_middle_rate, law.capital_upper_rate)
    return explain.step(CAPITAL, counted, 100 * facts.denominator, facts.capital > 0, uses)


def _spouse(facts: Figures, law: RisLaw, explain: Explainer) -> Whole:
    """Art. 34 for the spouse or partner, in cents per year."""
    dependent_family = facts.category == Category.DEPENDENT_FAMILY
    present = facts.spouse_monthly > 0
    one_cohabitant = pick(1, _table(law.monthly))
    above = maximum(0, facts.spouse_monthly - one_cohabitant)
    monthly = where(dependent_family, facts.spouse_monthly, above)
    only_above = present & (facts.category != Category.DEPENDENT_FAMILY)
    explain.step(SPOUSE_MONTH, monthly, 1, only_above, (law.monthly, law.comparison))
    explain.step(SPOUSE, monthly * 12, 1, only_above, (law.regime,))
    explain.step(SPOUSE_IN_FULL, monthly * 12, 1, present & dependent_family, (law.regime,))
    return monthly * 12


def _general_exemption(
    facts: Figures, law: RisLaw, total: Whole, ale: Whole, ceiling: Whole, scale: Whole
) -> Whole:
    """Art. 22 § 2, over `scale`; never on the ALE part."""
    allowed = pick(facts.category, _table(law.general)) * scale
    return where(total < ceiling, minimum(allowed, total - ale), 0)


def figures(case: Case) -> Figures:
    """Bring the facts of one case to the figures of the formula."""
    shares = [item.share for item in case.capital] + [item.share for item in case.properties]
    denominator = lcm(*(bottom for _top, bottom in shares))
    counted = [income for income in case.incomes if not income.kind.is_exempt]
    ordinary = [
        income for income in counted if income.kind is not IncomeKind.ALE_CHEQUES and not income.spi
    ]
    cheques = [income for income in counted if income.kind is IncomeKind.ALE_CHEQUES]
    built = _first(case.properties, PropertyKind.BUILT)
    unbuilt = _first(case.properties, PropertyKind.UNBUILT)
    days, length = first_month_days(case)
    return Figures(
        category=int(case.category),
        children=case.children,
        ordinary=sum(income.yearly for income in ordinary),
        work=sum(income.yearly for income in counted if income.spi),
        ale=sum(income.yearly for income in cheques),
        ale_cheques=sum(income.cheques * income.period.per_year for income in cheques),
        denominator=denominator,
        capital=sum(item.amount * _over(item.share, denominator) for item in case.capital),
        capital_share=min((_over(item.share, denominator) for item in case.capital), default=0),
        built_income=built.cadastral_income * _over(built.share, denominator) if built else 0,
        built_share=_over(built.share, denominator) if built else 0,
        built_interest=built.mortgage_interest if built else 0,
        built_rent=(built.rent or 0) * _over(built.share, denominator) if built else 0,
        unbuilt_income=(
            unbuilt.cadastral_income * _over(unbuilt.share, denominator) if unbuilt else 0
        ),
        unbuilt_share=_over(unbuilt.share, denominator) if unbuilt else 0,
        unbuilt_interest=unbuilt.mortgage_interest if unbuilt else 0,
        unbuilt_rent=(unbuilt.rent or 0) * _over(unbuilt.share, denominator) if unbuilt else 0,
        spouse_monthly=_spouse_that_counts(case),
        days=days,
        month_length=length,
    )


def _first(properties: tuple[Property, ...], kind: PropertyKind) -> Property | None:
    return next((item for item in properties if item.kind is kind), None)


def _over(share: Share, denominator: int) -> int:
    return share[0] * (denominator // share[1])


def _spouse_that_counts(case: Case) -> int:
    if case.spouse is None or case.spouse.has_right_to_integration:
        return 0
    return case.spouse.net_monthly


def first_month_days(case: Case) -> tuple[int, int]:
    """Days paid in the month of `on`, and its length; 0 days when the month is whole.

    The day of the request counts. Only the month in which the right starts can be partial.
    """
    start = case.starts_on
    length = monthrange(start.year, start.month)[1]
    same_month = (start.year, start.month) == (case.on.year, case.on.month)
    if not same_month or start.day == 1:
        return 0, monthrange(case.on.year, case.on.month)[1]
    return length - start.day + 1, length


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a person may receive, explained. Money in cents.

    Attributes:
        covered: False when the law of this version cannot compute the case; the amounts are
            then indicative only, and must not be frozen.
        not_covered: the reasons, in French.
        on: date of the law.
        category: category used.
        yearly_amount: yearly amount of the category.
        countable: resources taken into account per year (rounded for display).
        yearly_right: right per year (rounded for display; the month comes from the fraction).
        monthly_right: right per month.
        first_month: amount of the first, partial month; None when the month is whole.
        first_month_days: days paid in it (0 when whole).
        first_month_length: days in that month.
        steps: the explanation.
        unconfirmed: values used that no source states (status C, U or X).
        parameters_digest: SHA-256 of the law data used.
        package_version: version of the program.
    """

    covered: bool
    not_covered: tuple[str, ...]
    on: date
    category: Category
    yearly_amount: Cents
    countable: Cents
    yearly_right: Cents
    monthly_right: Cents
    first_month: Cents | None
    first_month_days: int
    first_month_length: int
    steps: tuple[Step, ...]
    unconfirmed: tuple[ParameterUse, ...]
    parameters_digest: str
    package_version: str = field(default=filrouge.__version__)

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form (money in cents)."""
        return {
            "covered": self.covered,
            "not_covered": list(self.not_covered),
            "on": self.on.isoformat(),
            "category": int(self.category),
            "yearly_amount": self.yearly_amount,
            "countable": self.countable,
            "yearly_right": self.yearly_right,
            "monthly_right": self.monthly_right,
            "first_month": self.first_month,
            "first_month_days": self.first_month_days,
            "first_month_length": self.first_month_length,
            "steps": [step.as_dict() for step in self.steps],
            "unconfirmed": [use.as_dict() for use in self.unconfirmed],
            "parameters_digest": self.parameters_digest,
            "package_version": self.package_version,
        }


def entitlement(case: Case, store: ParameterStore | None = None) -> Entitlement:
    """The integration income of one person on `case.on`, with its explanation.

    Args:
        case: the facts; already checked.
        store: values of the law; the shipped ones when None.

    Raises:
        ParameterError: the law data has no value for the date.
    """
    store = store or parameter_store.shipped()
    law = _law_on(case.on, store)
    facts = figures(case)
    recorder = Recorder(_step_inputs(case), {BASE.key: case.category.article})
    right = compute(facts, law, recorder)
    _note_what_is_left_out(case, law, recorder)
    reasons = gaps(case, store)
    days = int(facts.days)
    return Entitlement(
        covered=not reasons,
        not_covered=reasons,
        on=case.on,
        category=case.category,
        yearly_amount=Cents(int(right.category_amount)),
        countable=Cents(int(round_half_up(right.countable, right.scale))),
        yearly_right=Cents(int(round_half_up(right.yearly, right.scale))),
        monthly_right=Cents(int(right.monthly)),
        first_month=Cents(int(right.first_month)) if days else None,
        first_month_days=days,
        first_month_length=int(facts.month_length),
        steps=recorder.steps,
        unconfirmed=_unconfirmed(recorder.steps),
        parameters_digest=store.digest(),
    )


def _note_what_is_left_out(case: Case, law: RisLaw, recorder: Recorder) -> None:
    keys = {_income_step(income) for income in case.incomes}
    with_right = case.spouse is not None and case.spouse.has_right_to_integration
    recorder.step(EXEMPT, 0, applies=EXEMPT.key in keys)
    recorder.step(EXEMPT_UNCHECKED, 0, 1, EXEMPT_UNCHECKED.key in keys, (law.ceilings,))
    recorder.step(SPOUSE_LEFT_OUT, 0, 1, with_right, (law.partner_with_right,))


def _unconfirmed(steps: tuple[Step, ...]) -> tuple[ParameterUse, ...]:
    found = {use.name: use for step in steps for use in step.parameters}
    return tuple(use for use in found.values() if not use.status.is_confirmed)


def _step_inputs(case: Case) -> dict[str, tuple[StepInput, ...]]:
    """Figures of the case to show beside each step."""
    found: dict[str, list[StepInput]] = {}
    for income in case.incomes:
        unit = Unit.EUR_PER_MONTH if income.period is Period.MONTH else Unit.EUR_PER_YEAR
        label = income.label or income.kind.label
        found.setdefault(_income_step(income), []).append(StepInput(label, income.amount, unit))
    for item in case.capital:
        label = item.label or _("Capital")
        found.setdefault("capital", []).append(StepInput(label, item.amount, Unit.EUR))
    for estate in case.properties:
        label = _("Revenu cadastral non indexé")
        line = StepInput(label, estate.cadastral_income, Unit.EUR_PER_YEAR)
        found.setdefault(estate.kind.value, []).append(line)
    if case.spouse:
        line = StepInput(_("Ressources nettes"), case.spouse.net_monthly, Unit.EUR_PER_MONTH)
        above = case.category is not Category.DEPENDENT_FAMILY
        left_out = case.spouse.has_right_to_integration
        found[(SPOUSE_MONTH if above and not left_out else SPOUSE).key] = [line]
    return {key: tuple(lines) for key, lines in found.items()}


def _income_step(income: Income) -> str:
    if income.kind.is_exempt:
        return EXEMPT_UNCHECKED.key if income.kind.has_unchecked_ceiling else EXEMPT.key
    if income.kind is IncomeKind.ALE_CHEQUES:
        return ALE.key
    return WORK_MONTH.key if income.spi else ORDINARY.key
