"""The right of one person, with its explanation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import filrouge
from filrouge.law import parameter_store
from filrouge.law.case import BusinessOrigin, Case, Income, IncomeKind, Period
from filrouge.law.category import Category
from filrouge.law.choices import Readings, readings
from filrouge.law.labels import _
from filrouge.law.money import Cents, round_half_up
from filrouge.law.parameter_store import ParameterStore, Unit
from filrouge.law.ris import rules
from filrouge.law.ris.coverage import gaps
from filrouge.law.ris.figures import figures, opens_exemption
from filrouge.law.ris.formula import Right, compute
from filrouge.law.ris.values import RisLaw, law_on
from filrouge.law.steps import ParameterUse, Recorder, Step, StepInput


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a person may receive, explained. Money in cents.

    Attributes:
        covered: False when the case cannot be computed; the amounts are then indicative only,
            and must not be frozen.
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
        choices: the reading taken for every open question, by key.
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
    choices: tuple[tuple[str, str], ...] = ()

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
            "choices": dict(self.choices),
        }


def entitlement(
    case: Case,
    store: ParameterStore | None = None,
    choices: Mapping[str, str] | None = None,
) -> Entitlement:
    """The integration income of one person on `case.on`, with its explanation.

    Args:
        case: the facts; already checked.
        store: values of the law; the shipped ones when None.
        choices: readings that the centre takes instead of the documented ones, by key of
            `filrouge.law.choices`.

    Raises:
        ParameterError: the law data has no value for the date.
        ChoiceError: an unknown choice or reading.
    """
    store = store or parameter_store.shipped()
    taken = readings(choices)
    law = law_on(case.on, store, taken)
    recorder = Recorder(_step_inputs(case), {rules.BASE.key: case.category.article})
    facts = figures(case)
    right = compute(facts, law, recorder)
    _note_what_is_left_out(case, law, recorder)
    reasons = gaps(case, facts, law, right)
    return _result(case, store, taken, right, recorder.steps, reasons)


def _result(
    case: Case,
    store: ParameterStore,
    taken: Readings,
    right: Right,
    steps: tuple[Step, ...],
    reasons: tuple[str, ...],
) -> Entitlement:
    days = int(right.days)
    return Entitlement(
        covered=not reasons,
        not_covered=reasons,
        on=case.on,
        category=case.category,
        yearly_amount=Cents(int(right.category_amount) // int(right.scale)),
        countable=Cents(int(round_half_up(right.countable, right.scale))),
        yearly_right=Cents(int(round_half_up(right.yearly, right.scale))),
        monthly_right=Cents(int(right.monthly)),
        first_month=Cents(int(right.first_month)) if days else None,
        first_month_days=days,
        first_month_length=int(right.month_length),
        steps=steps,
        unconfirmed=unconfirmed(steps),
        parameters_digest=store.digest(),
        choices=taken.taken,
    )


def unconfirmed(steps: Iterable[Step]) -> tuple[ParameterUse, ...]:
    """Values used that no source states."""
    found = {use.name: use for step in steps for use in step.parameters}
    return tuple(use for use in found.values() if not use.status.is_confirmed)


def _note_what_is_left_out(case: Case, law: RisLaw, recorder: Recorder) -> None:
    keys = {_income_step(income, case) for income in case.incomes}
    spouse = case.spouse
    left_out = spouse is not None and not spouse.counts
    activated = spouse is not None and spouse.counts and spouse.has_right_to_integration
    ceilings = law.taken.use("exemption.unchecked_ceilings")
    recorder.step(rules.EXEMPT, 0, applies=rules.EXEMPT.key in keys)
    recorder.step(rules.EXEMPT_UNCHECKED, 0, 1, rules.EXEMPT_UNCHECKED.key in keys, (ceilings,))
    recorder.step(rules.SPOUSE_LEFT_OUT, 0, 1, left_out, (law.partner_with_right,))
    recorder.step(rules.SPOUSE_WITH_ACTIVATION, 0, 1, activated, (law.partner_with_right,))
    asks = any(opens_exemption(income, case) for income in case.incomes)
    refused = any(income.spi and not opens_exemption(income, case) for income in case.incomes)
    recorder.step(rules.SPI_TOO_EARLY, 0, applies=refused)
    recorder.step(rules.SPI_NO_COUNTER, 0, applies=asks and case.spi_counter is None)
    recorder.step(
        rules.MONTH_MADE_WHOLE, 0, applies=any(income.covers_days for income in case.incomes)
    )
    recorder.step(rules.SELF_EMPLOYED, 0, applies=rules.SELF_EMPLOYED.key in _notes(case))
    recorder.step(rules.TRANSFER_EQUITY, 0, applies=any(item.equity for item in case.transfers))
    recorder.step(rules.COHABITANTS_REASON, 0, applies=case.attribution is not None)


def _notes(case: Case) -> dict[str, list[StepInput]]:
    """Lines that say something without a figure of their own, by the step's key."""
    found: dict[str, list[StepInput]] = {}
    for income in case.incomes:
        shown = _income_line(income)
        if income.covers_days:
            days = StepInput(_("Jours payés"), income.covers_days, Unit.CALENDAR_DAYS)
            found.setdefault(rules.MONTH_MADE_WHOLE.key, []).extend((shown, days))
        if income.spi and not opens_exemption(income, case):
            found.setdefault(rules.SPI_TOO_EARLY.key, []).append(shown)
        if income.reference_year is not None or income.business is not BusinessOrigin.OWN:
            year = f" {income.reference_year}" if income.reference_year else ""
            label = f"{income.business.label}{year}"
            line = StepInput(label, income.amount, shown.unit)
            found.setdefault(rules.SELF_EMPLOYED.key, []).append(line)
    for item in case.transfers:
        if item.equity:
            line = StepInput(item.equity.reason, item.equity.percent, Unit.PERCENT)
            found.setdefault(rules.TRANSFER_EQUITY.key, []).append(line)
    if case.attribution:
        line = StepInput(case.attribution.reason, case.attribution.percent, Unit.PERCENT)
        found[rules.COHABITANTS_REASON.key] = [line]
    return found


def _step_inputs(case: Case) -> dict[str, tuple[StepInput, ...]]:
    """Figures of the case to show beside each step."""
    found = _notes(case)
    for income in case.incomes:
        found.setdefault(_income_step(income, case), []).append(_income_line(income))
        if income.kind.is_exempt and income.exempt_part is not None:
            found.setdefault(rules.EXEMPT.key, []).append(
                StepInput(_("Part exonérée"), income.exempt_part, _unit(income))
            )
    for item in case.capital:
        label = item.label or _("Capital")
        line = StepInput(label, item.amount, Unit.EUR)
        found.setdefault(rules.CAPITAL.key, []).append(line)
    for estate in case.properties:
        label = estate.label or _("Revenu cadastral non indexé")
        line = StepInput(label, estate.cadastral_income, Unit.EUR_PER_YEAR)
        found.setdefault(estate.kind.value, []).append(line)
    for transfer in case.transfers:
        label = transfer.label or f"{_('Cession du')} {transfer.transferred_on:%d/%m/%Y}"
        line = StepInput(label, transfer.value, Unit.EUR)
        found.setdefault(rules.TRANSFER_VALUE.key, []).append(line)
    found.update(_household_inputs(case))
    return {key: tuple(lines) for key, lines in found.items()}


def _household_inputs(case: Case) -> dict[str, list[StepInput]]:
    found: dict[str, list[StepInput]] = {}
    if case.spouse:
        label = _("Ressources nettes")
        line = StepInput(label, case.spouse.net_monthly, Unit.EUR_PER_MONTH)
        above = case.category is not Category.DEPENDENT_FAMILY and case.spouse.counts
        found[(rules.SPOUSE_MONTH if above else rules.SPOUSE).key] = [line]
    for item in case.cohabitants:
        if not item.circle or item.net_monthly is None:
            continue
        label = item.label or item.relation.label.capitalize()
        line = StepInput(label, item.net_monthly, Unit.EUR_PER_MONTH)
        found.setdefault(rules.COHABITANTS_MONTH.key, []).append(line)
        for amount, name in (
            (item.family_benefit, _("Allocations familiales")),
            (item.family_supplements, _("Suppléments d'allocations familiales")),
        ):
            if amount:
                benefit = StepInput(f"{name}, {label}", amount, Unit.EUR_PER_MONTH)
                found.setdefault(rules.FAMILY_BENEFIT.key, []).append(benefit)
    if case.spouse and case.spouse.counts and rules.COHABITANTS_MONTH.key in found:
        label = _("Conjoint ou partenaire, s'il est compté ici")
        line = StepInput(label, case.spouse.net_monthly, Unit.EUR_PER_MONTH)
        found[rules.COHABITANTS_MONTH.key].append(line)
    return found


def _income_line(income: Income) -> StepInput:
    return StepInput(income.label or income.kind.label, income.amount, _unit(income))


def _unit(income: Income) -> Unit:
    return Unit.EUR_PER_MONTH if income.period is Period.MONTH else Unit.EUR_PER_YEAR


def _income_step(income: Income, case: Case) -> str:
    if income.is_left_out:
        if income.business is BusinessOrigin.BUSINESS_TRANSFER:
            return rules.SELF_EMPLOYED.key + "_left_out"
        unchecked = income.kind.has_unchecked_ceiling
        return rules.EXEMPT_UNCHECKED.key if unchecked else rules.EXEMPT.key
    if income.kind is IncomeKind.ALE_CHEQUES:
        return rules.ALE.key
    if not opens_exemption(income, case):
        return rules.ORDINARY.key
    return rules.WORK_MONTH.key
