"""What is paid for a month in several parts, and what another benefit paid late gives back.

Law of 26 May 2002, art. 21 (the right starts on the day of the request) and art. 24.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from filrouge.law import parameter_store
from filrouge.law.case import Case, Income
from filrouge.law.choices import readings
from filrouge.law.days import month_length
from filrouge.law.labels import _
from filrouge.law.money import Cents, round_half_up
from filrouge.law.parameter_store import ParameterStore
from filrouge.law.reading import CaseError, CaseProblem, money_problem
from filrouge.law.ris.entitlement import Entitlement, entitlement
from filrouge.law.ris.figures import figures
from filrouge.law.ris.formula import compute
from filrouge.law.ris.values import law_on
from filrouge.law.steps import Silent


@dataclass(frozen=True, slots=True)
class MonthPart:
    """Part of a month lived in one situation, both days included."""

    first: date
    last: date
    case: Case


@dataclass(frozen=True, slots=True)
class PaidPart:
    """What a part of a month gives: days paid, amount in cents, and why."""

    first: date
    last: date
    days: int
    amount: Cents
    entitlement: Entitlement


@dataclass(frozen=True, slots=True)
class MonthPayment:
    """What is due for a month. Money in cents.

    Attributes:
        amount: total of the month.
        parts: each situation of the month; the parts add up to the amount, but for a cent when
            the centre rounds the total only.
        days: days of the month.
        covered: False when a part cannot be computed.
    """

    amount: Cents
    parts: tuple[PaidPart, ...]
    days: int
    covered: bool

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form (money in cents)."""
        return {
            "amount": self.amount,
            "days": self.days,
            "covered": self.covered,
            "parts": [
                {
                    "first": part.first.isoformat(),
                    "last": part.last.isoformat(),
                    "days": part.days,
                    "amount": part.amount,
                    "entitlement": part.entitlement.as_dict(),
                }
                for part in self.parts
            ],
        }


def month_payment(
    parts: Sequence[MonthPart],
    store: ParameterStore | None = None,
    choices: Mapping[str, str] | None = None,
) -> MonthPayment:
    """What is due for one month lived in several situations (another category, work, a move).

    Each part is the yearly right of its situation × its days ÷ (12 × days of the month). Days
    before the request, and days in no part, are not paid.

    Args:
        parts: in the order of the days, all in one month.
        store: values of the law; the shipped ones when None.
        choices: readings of the centre.

    Raises:
        CaseError: the parts are not in one month, are upside down or overlap.
    """
    problems = list(_part_problems(parts))
    if problems:
        raise CaseError(problems)
    store = store or parameter_store.shipped()
    length = month_length(parts[0].first)
    day = Fraction(1, 12 * length)
    shares = [_yearly(part, store, choices) * _paid_days(part) * day for part in parts]
    paid = tuple(
        PaidPart(
            first=part.first,
            last=part.last,
            days=_paid_days(part),
            amount=Cents(_rounded(share)),
            entitlement=entitlement(_at(part), store, choices),
        )
        for part, share in zip(parts, shares, strict=True)
    )
    total = int(sum(part.amount for part in paid))
    if readings(choices)["ris.parts.rounding"] == "total":
        total = _rounded(sum(shares, Fraction(0)))
    covered = all(part.entitlement.covered for part in paid)
    return MonthPayment(Cents(total), paid, length, covered)


def _part_problems(parts: Sequence[MonthPart]) -> Iterator[CaseProblem]:
    if not parts:
        yield CaseProblem("parts", _("Il faut au moins une partie."))
        return
    month = parts[0].first.replace(day=1)
    previous: date | None = None
    for position, part in enumerate(parts):
        path = f"parts[{position}]"
        if part.last < part.first:
            yield CaseProblem(f"{path}.last", _("La fin de la partie précède son début."))
        if part.first.replace(day=1) != month or part.last.replace(day=1) != month:
            yield CaseProblem(path, _("Toutes les parties sont dans le même mois."))
        if previous and part.first <= previous:
            yield CaseProblem(f"{path}.first", _("Les parties se suivent sans se chevaucher."))
        if part.case.starts_on > part.last:
            yield CaseProblem(f"{path}.case.starts_on", _("Le droit commence après cette partie."))
        previous = part.last


def _at(part: MonthPart) -> Case:
    """The case with the law of its own day when that is in the part, else of the first paid day."""
    if part.first <= part.case.on <= part.last:
        return part.case
    return replace(part.case, on=max(part.first, part.case.starts_on))


def _paid_days(part: MonthPart) -> int:
    return (part.last - max(part.first, part.case.starts_on)).days + 1


def _yearly(part: MonthPart, store: ParameterStore, choices: Mapping[str, str] | None) -> Fraction:
    case = _at(part)
    law = law_on(case.on, store, readings(choices))
    right = compute(figures(case), law, Silent())
    return Fraction(int(right.yearly), int(right.scale))


def _rounded(amount: Fraction) -> int:
    return int(round_half_up(amount.numerator, amount.denominator))


@dataclass(frozen=True, slots=True)
class MonthAdvance:
    """One month of integration income paid while another benefit was awaited. Cents.

    Attributes:
        month: first day of the month.
        paid: integration income due without the benefit (paid as an advance).
        due: integration income due when the benefit counts.
        benefit: benefit of that month, paid late.
        recoverable: what the centre gets back from the paying body.
    """

    month: date
    paid: Cents
    due: Cents
    benefit: Cents
    recoverable: Cents


@dataclass(frozen=True, slots=True)
class Advance:
    """What the centre recovers by subrogation when another benefit is paid late. Cents.

    Attributes:
        months: each month.
        recoverable: total, paid to the centre by the paying body.
        left_to_person: what remains of the arrears for the person.
        covered: False when a month cannot be computed.
    """

    months: tuple[MonthAdvance, ...]
    recoverable: Cents
    left_to_person: Cents
    covered: bool


def advance(
    case: Case,
    benefits: Mapping[date, Income],
    store: ParameterStore | None = None,
    choices: Mapping[str, str] | None = None,
) -> Advance:
    """Months of integration income paid as an advance on another benefit paid late (art. 24).

    For each month: the difference between what was due without the benefit and with it, at most
    the benefit of that month. The first month of the right goes by days on both sides.

    Args:
        case: the situation during these months, without the benefit.
        benefits: the benefit of each month (per month), by the month's first day.
        store: values of the law; the shipped ones when None.
        choices: readings of the centre.

    Raises:
        CaseError: a month is not a first day, precedes the right, or an amount is impossible.
    """
    problems = list(_benefit_problems(case, benefits))
    if problems:
        raise CaseError(problems)
    months: list[MonthAdvance] = []
    covered = True
    for month, benefit in sorted(benefits.items()):
        last = month + timedelta(days=month_length(month) - 1)
        without = month_payment((MonthPart(month, last, case),), store, choices)
        counted = replace(case, incomes=(*case.incomes, benefit))
        due = month_payment((MonthPart(month, last, counted),), store, choices)
        covered = covered and without.covered and due.covered
        recoverable = min(max(0, without.amount - due.amount), benefit.amount)
        months.append(
            MonthAdvance(month, without.amount, due.amount, benefit.amount, Cents(recoverable))
        )
    total = sum(line.recoverable for line in months)
    arrears = sum(line.benefit for line in months)
    return Advance(tuple(months), Cents(total), Cents(arrears - total), covered)


def _benefit_problems(case: Case, benefits: Mapping[date, Income]) -> Iterator[CaseProblem]:
    if not benefits:
        yield CaseProblem("benefits", _("Il faut au moins un mois."))
    for month, benefit in sorted(benefits.items()):
        path = f"benefits[{month.isoformat()}]"
        if month.day != 1:
            yield CaseProblem(path, _("Chaque mois est donné par son premier jour."))
        elif month < case.starts_on.replace(day=1):
            yield CaseProblem(path, _("Le mois précède le droit."))
        if benefit.period.per_year != 12:
            yield CaseProblem(f"{path}.period", _("Le montant est par mois."))
        if message := money_problem(benefit.amount):
            yield CaseProblem(f"{path}.amount", message)
