"""How long a job under article 60 § 7 of the organic law of 8 July 1976 may last.

Long enough to obtain full unemployment benefit and no longer. The days to prove are those in
force on the day the benefit would be asked, the day after the job ends: a job begun under the
former scale ends under the new one when it runs past 1 March 2026.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from filrouge.law import parameter_store
from filrouge.law.category import age
from filrouge.law.checks import least_sure, unconfirmed, uses
from filrouge.law.labels import _
from filrouge.law.operations import Whole, minimum
from filrouge.law.parameter_store import (
    ParameterError,
    ParameterStore,
    ParameterValue,
    Status,
    Unit,
)
from filrouge.law.steps import ParameterUse, Recorder, Rule, Step, StepInput, StepRole
from filrouge.law.terms import add_months

NEEDED = Rule(
    "article60.needed",
    _("Jours de travail à prouver"),
    _("Nombre de jours de la tranche d'âge le jour où le chômage serait demandé."),
    "Source : réglementation du chômage, admissibilité",
    StepRole.BASE,
    Unit.COUNT,
)
PROVED = Rule(
    "article60.proved",
    _("Jours déjà prouvés dans la période de référence"),
    _("Jours de travail ou assimilés déjà acquis."),
    "Source : réglementation du chômage, admissibilité",
    StepRole.RESOURCE,
    Unit.COUNT,
)
LENGTH = Rule(
    "article60.length",
    _("Durée du contrat"),
    _("Jours restants ÷ (26 × part d'un temps plein), arrondi au mois supérieur."),
    "Loi organique du 8 juillet 1976, art. 60 § 7",
    StepRole.RESULT,
    Unit.MONTHS,
)
RULES = (NEEDED, PROVED, LENGTH)


@dataclass(frozen=True, slots=True)
class Article60:
    """The longest subsidised job.

    Attributes:
        months: length.
        last_day: last day of the job; None when nothing is left to prove.
        days_needed, days_left: days to prove, and those that remain.
        reference_months: period in which they are proved.
        hireable: False when the person already has the days: no job under article 60 then.
        steps: how it was found.
        parameters: values of the law used.
    """

    months: int
    last_day: date | None
    days_needed: int
    days_left: int
    reference_months: int
    hireable: bool
    steps: tuple[Step, ...]
    parameters: tuple[ParameterUse, ...]

    @property
    def status(self) -> Status:
        """The least sure status of the values used."""
        return least_sure(self.parameters)

    @property
    def unconfirmed(self) -> tuple[ParameterUse, ...]:
        """Values used that no source states or that sources contradict."""
        return unconfirmed(self.parameters)


def longest(
    birth_date: date,
    starts_on: date,
    days_proved: int = 0,
    work_share: tuple[int, int] = (1, 1),
    store: ParameterStore | None = None,
) -> Article60:
    """The longest job under article 60 § 7 from a day.

    Args:
        birth_date: of the worker.
        starts_on: first day of the job.
        days_proved: days that still count in the reference period.
        work_share: share of full time (numerator, denominator); part time is admitted by half
            days in the unemployment rules, here days are counted in proportion (not confirmed).
        store: values of the law; the shipped ones when None.

    Raises:
        ValueError: a share above full time, or negative days.
        ParameterError: the law data has no rule on that day.
    """
    store = store or parameter_store.shipped()
    top, bottom = work_share
    if days_proved < 0 or not 0 < top <= bottom:
        raise ValueError("days below zero, or a share outside full time")
    for line in _rules_from(starts_on, store):
        found = _under(line, birth_date, starts_on, days_proved, work_share, store)
        asked_on = (found.last_day or starts_on) + timedelta(days=1)
        if line.valid_to is None or asked_on <= line.valid_to:
            return found
    raise ParameterError(f"Aucune règle de l'article 60 au {starts_on:%d/%m/%Y}.")


def _rules_from(on: date, store: ParameterStore) -> list[ParameterValue]:
    """The rule of a day and the later ones, each as known last."""
    first = store.entry("article60.days", on)
    starts = {line.valid_from for line in store.history("article60.days")}
    later = sorted(start for start in starts if start > first.valid_from)
    return [first, *(store.entry("article60.days", start) for start in later)]


def _under(
    line: ParameterValue,
    birth_date: date,
    starts_on: date,
    days_proved: int,
    work_share: tuple[int, int],
    store: ParameterStore,
) -> Article60:
    """The job as the rule of one line allows it; it never ends before that rule begins."""
    on = max(line.valid_from, starts_on)
    limits = store.entry("article60.age_limits", on)
    reference = store.entry("article60.reference_months", on)
    month = store.entry("article60.days_per_month", on)
    top, bottom = work_share
    band, months = _band(age(birth_date, on), limits), 0
    while True:
        needed = line.table[band]
        left = max(0, needed - days_proved)
        months = -(-left * bottom // (month.number * top))
        last_day = add_months(starts_on, months) - timedelta(days=1) if months else None
        if last_day and last_day < line.valid_from - timedelta(days=1):
            last_day = line.valid_from - timedelta(days=1)
            months = _months_until(starts_on, line.valid_from)
        older = _band(age(birth_date, (last_day or on) + timedelta(days=1)), limits)
        if older <= band:
            break
        band = older
    return Article60(
        months=months,
        last_day=last_day,
        days_needed=needed,
        days_left=left,
        reference_months=reference.table[band],
        hireable=left > 0,
        steps=_steps(line, needed, days_proved, months, work_share, month),
        parameters=uses(line, limits, reference, month),
    )


def _months_until(start: date, end: date) -> int:
    """Months from a day to another, a part of a month counted whole."""
    months = 12 * (end.year - start.year) + end.month - start.month
    return months if add_months(start, months) >= end else months + 1


def _band(years: int, limits: ParameterValue) -> int:
    return sum(years >= limit for limit in limits.table)


def _steps(
    line: ParameterValue,
    needed: int,
    proved: int,
    months: int,
    work_share: tuple[int, int],
    month: ParameterValue,
) -> tuple[Step, ...]:
    share = StepInput(
        _("Part d'un temps plein, en %"), 100 * work_share[0] // work_share[1], Unit.PERCENT
    )
    recorder = Recorder({LENGTH.key: (share,)})
    recorder.step(NEEDED, needed, parameters=(line,))
    recorder.step(PROVED, min(proved, needed), applies=proved > 0)
    recorder.step(LENGTH, months, parameters=(month,))
    return recorder.steps


def unemployment_months(career_days: Whole, on: date, store: ParameterStore | None = None) -> Whole:
    """Months of unemployment benefit after the job (from 1 March 2026); int or int64 array.

    Twelve months, one more for each 104 days of career, at most 24.

    Args:
        career_days: days of work or assimilated, over the whole career.
        on: day the benefit is asked.
        store: values of the law; the shipped ones when None.
    """
    store = store or parameter_store.shipped()
    base = store.number("unemployment.base_months", on)
    per_month = store.number("unemployment.days_per_extra_month", on)
    most = store.number("unemployment.longest_months", on)
    return minimum(base + career_days // per_month, most)
