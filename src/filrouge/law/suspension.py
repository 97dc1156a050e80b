"""Payments suspended without any fault: stays abroad and detention.

A stay is given by its first and its last whole day abroad, both counted; whether the days of
departure and return count was not found in the sources.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from filrouge.law import parameter_store
from filrouge.law.checks import uses
from filrouge.law.labels import _
from filrouge.law.parameter_store import ParameterStore, Unit
from filrouge.law.steps import ParameterUse, Recorder, Rule, Step, StepInput, StepRole

WEEK = 7

ABROAD_USED = Rule(
    "abroad.used",
    _("Jours à l'étranger comptés dans l'année civile"),
    _("Somme des jours des séjours de l'année, selon le compte choisi."),
    "Loi du 26 mai 2002, art. 23 § 5",
    StepRole.SUBTOTAL,
    Unit.CALENDAR_DAYS,
)
ABROAD_SUSPENDED = Rule(
    "abroad.suspended",
    _("Jours dont le paiement est suspendu"),
    _("Chaque jour au-delà de 28 jours par année civile, sauf circonstances exceptionnelles."),
    "Loi du 26 mai 2002, art. 23 § 5",
    StepRole.RESULT,
    Unit.CALENDAR_DAYS,
)
RULES = (ABROAD_USED, ABROAD_SUSPENDED)


@dataclass(frozen=True, slots=True)
class Days:
    """Consecutive days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period upside down.

        Raises:
            ValueError: the last day comes before the first.
        """
        if self.last < self.first:
            raise ValueError("the last day comes before the first")

    @property
    def count(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def within(self, first: date, last: date) -> "Days | None":
        """The part that falls between two days, None when there is none."""
        start, end = max(self.first, first), min(self.last, last)
        return Days(start, end) if start <= end else None


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay abroad.

    Attributes:
        days: first and last day abroad.
        exceptional: the centre accepted exceptional circumstances: it pays, and the days past
            the limit are not suspended.
    """

    days: Days
    exceptional: bool = False


@dataclass(frozen=True, slots=True)
class AbroadResult:
    """Stays of one calendar year.

    Attributes:
        used: days counted in the year.
        suspended: periods whose payment is suspended.
        to_declare: stays long enough to be declared before leaving.
        steps: how it was found.
        parameters: values of the law used.
    """

    used: int
    suspended: tuple[Days, ...]
    to_declare: tuple[Stay, ...]
    steps: tuple[Step, ...]
    parameters: tuple[ParameterUse, ...]

    @property
    def suspended_days(self) -> int:
        """Number of days suspended."""
        return sum(days.count for days in self.suspended)


def abroad(stays: Iterable[Stay], year: int, store: ParameterStore | None = None) -> AbroadResult:
    """Days of a calendar year whose payment is suspended because of stays abroad.

    Args:
        stays: the stays; the part outside the year is left out.
        year: calendar year, from 2016 on.
        store: values of the law; the shipped ones when None.

    Raises:
        ValueError: two stays overlap.
        ParameterError: the law data has no rule for the year.
    """
    store = store or parameter_store.shipped()
    on = date(year, 12, 31)
    limit, counting = store.entry("abroad.days", on), store.entry("abroad.counting", on)
    declare = store.entry("abroad.declare", on)
    ordered = sorted(stays, key=lambda stay: stay.days.first)
    _refuse_overlap(ordered)
    used, suspended = 0, list[Days]()
    for stay in ordered:
        part = stay.days.within(date(year, 1, 1), on)
        if part is None:
            continue
        paid, counted = _paid_days(part.count, used, limit.number, str(counting.value))
        used += counted
        if paid < part.count and not stay.exceptional:
            suspended.append(Days(part.first + timedelta(days=paid), part.last))
    recorder = Recorder({ABROAD_USED.key: _inputs(ordered)})
    recorder.step(ABROAD_USED, used, parameters=(counting,))
    recorder.step(ABROAD_SUSPENDED, sum(days.count for days in suspended), parameters=(limit,))
    return AbroadResult(
        used=used,
        suspended=tuple(suspended),
        to_declare=tuple(stay for stay in ordered if stay.days.count >= declare.number),
        steps=recorder.steps,
        parameters=uses(limit, counting, declare),
    )


def _paid_days(length: int, used: int, limit: int, counting: str) -> tuple[int, int]:
    """Days of a stay that stay paid, and days it adds to the year's count."""
    left = max(0, limit - used)
    if counting == "days":
        return min(length, left), length
    whole = length - length % WEEK
    if left == 0:
        return 0, length
    if whole <= left:
        return length, whole
    return left, length


def _refuse_overlap(stays: list[Stay]) -> None:
    for position, stay in enumerate(stays[1:]):
        if stay.days.first <= stays[position].days.last:
            raise ValueError("two stays overlap")


def _inputs(stays: list[Stay]) -> tuple[StepInput, ...]:
    template = _("Séjour du {first:%d/%m/%Y} au {last:%d/%m/%Y}")
    return tuple(
        StepInput(
            template.format(first=stay.days.first, last=stay.days.last),
            stay.days.count,
            Unit.CALENDAR_DAYS,
        )
        for stay in stays
    )


def detained(
    detention: Days, on: date, store: ParameterStore | None = None
) -> tuple[Days, tuple[ParameterUse, ...]]:
    """The days of a detention, or of a placement by a judge, whose payment is suspended: all."""
    entry = (store or parameter_store.shipped()).entry("detention.payment", on)
    return detention, uses(entry)
