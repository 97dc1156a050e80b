"""What the State refunds to the centre on the integration income it pays.

The rate follows the size of the centre, the project of integration and, for people who lost
unemployment benefit in 2026, the reform. One formula, `compute`, for one right (ints) or many
(int64 arrays). Amounts are cents, rates per thousand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from filrouge.law import parameter_store
from filrouge.law.checks import unconfirmed, uses
from filrouge.law.labels import _
from filrouge.law.money import round_half_up
from filrouge.law.operations import Truth, Whole, maximum, minimum, where
from filrouge.law.parameter_store import ParameterStore, ParameterValue, Unit
from filrouge.law.steps import (
    Explainer,
    ParameterUse,
    Recorder,
    Rule,
    Silent,
    Step,
    StepRole,
)

FULL = 1000
"""The whole, per thousand."""

_SOURCE = "Source : Primabook, node/24 ; news.belgium.be 18/07/2025"

PAID = Rule(
    "refund.paid",
    _("Revenu d'intégration payé pour le mois"),
    _("Montant payé par le centre."),
    _SOURCE,
    StepRole.BASE,
    Unit.EUR,
)
SIZE = Rule(
    "refund.size",
    _("Taux selon la taille du centre"),
    _("55 %, 65 % ou 70 % selon le nombre de bénéficiaires de l'avant-dernière année."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.PERMILLE,
)
FIRST_WAVE = Rule(
    "refund.first_wave",
    _("Taux de la première vague, à la place du taux selon la taille"),
    _("Taux de l'année pour les personnes exclues du chômage de janvier à juin 2026."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.PERMILLE,
)
NEW_ENTRANT = Rule(
    "refund.new_entrant",
    _("Taux des nouveaux entrants"),
    _("Taux selon la taille plus 15 points, demande depuis le 1er juillet 2026."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.PERMILLE,
)
PIIS = Rule(
    "refund.piis",
    _("Supplément pour un PIIS"),
    _("10 points ; depuis 2028, selon la part des dossiers du centre avec un PIIS."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.PERMILLE,
)
PROTECTION = Rule(
    "refund.protection",
    _("Supplément pour la protection temporaire avec un PIIS"),
    _("10 points de plus."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.PERMILLE,
)
RATE = Rule(
    "refund.rate",
    _("Taux du remboursement"),
    _("Taux de base plus les suppléments."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.PERMILLE,
)
AMOUNT = Rule(
    "refund.amount",
    _("Remboursement attendu pour le mois"),
    _("Montant payé × taux, arrondi une seule fois au cent."),
    _SOURCE,
    StepRole.RESULT,
    Unit.EUR,
)
RULES = (PAID, SIZE, FIRST_WAVE, NEW_ENTRANT, PIIS, PROTECTION, RATE, AMOUNT)


class Cohort(IntEnum):
    """Groups of the reform of 2026."""

    NONE = 0
    FIRST_WAVE = 1
    NEW_ENTRANT = 2

    @property
    def label(self) -> str:
        """Name in French."""
        return _COHORT_LABELS[self]


_COHORT_LABELS = {
    Cohort.NONE: _("hors réforme"),
    Cohort.FIRST_WAVE: _("première vague"),
    Cohort.NEW_ENTRANT: _("nouvel entrant"),
}


@dataclass(frozen=True, slots=True)
class RefundLaw:
    """Values of the law for one month; rates per thousand.

    Attributes:
        first_wave: rate of the first wave; 0 before 2026.
        first_wave_piis: what the PIIS adds to it: "added", "within_hundred" or "not_added".
        new_entrant: points added for new entrants; 0 before July 2026.
        piis: points added by a project.
        protection: points added for temporary protection with a project.
        entries: the lines used, by rule.
    """

    first_wave: int
    first_wave_piis: str
    new_entrant: int
    piis: int
    protection: int
    entries: Mapping[str, tuple[ParameterValue, ...]]

    @classmethod
    def on(
        cls, on: date, store: ParameterStore, piis_share: tuple[int, int] | None = None
    ) -> "RefundLaw":
        """The law of a day.

        Args:
            on: any day of the month.
            store: values of the law.
            piis_share: files with a project and all files of the centre (needed from 2028).

        Raises:
            ParameterError: no rule on that day.
            ValueError: from 2028, the share is missing or impossible.
        """
        wave = _entries(store, on, "refund.first_wave.rate", "refund.first_wave.piis")
        entrant = _entries(store, on, "refund.new_entrants")
        protection = _entries(store, on, "refund.temporary_protection")
        rate, piis = _piis_points(on, store, piis_share)
        return cls(
            first_wave=10 * wave[0].number if wave else 0,
            first_wave_piis=str(wave[1].value) if wave else "added",
            new_entrant=10 * entrant[0].number if entrant else 0,
            piis=rate,
            protection=10 * protection[0].number if protection else 0,
            entries={
                SIZE.key: _entries(store, on, "refund.size.rates"),
                FIRST_WAVE.key: wave,
                NEW_ENTRANT.key: entrant,
                PIIS.key: piis,
                PROTECTION.key: protection,
            },
        )

    @property
    def parameters(self) -> tuple[ParameterUse, ...]:
        """Every value of the law read, each once."""
        found = {entry.name: entry for group in self.entries.values() for entry in group}
        return uses(*found.values())


def _entries(store: ParameterStore, on: date, *names: str) -> tuple[ParameterValue, ...]:
    """The lines of a day, none when the measure has not begun."""
    if on < store.history(names[0])[0].valid_from:
        return ()
    return tuple(store.entry(name, on) for name in names)


def _piis_points(
    on: date, store: ParameterStore, share: tuple[int, int] | None
) -> tuple[int, tuple[ParameterValue, ...]]:
    bands = _entries(store, on, "refund.piis.share_limits", "refund.piis.share_rates")
    if not bands:
        entry = store.entry("refund.piis", on)
        return 10 * entry.number, (entry,)
    if share is None:
        raise ValueError("from 2028 the share of files with a project is needed")
    return int(piis_band(share[0], share[1], bands[0].table, bands[1].table)), bands


def piis_band(with_piis: Whole, files: Whole, limits: Sequence[int], rates: Sequence[int]) -> Whole:
    """Supplement of the PIIS from 2028, per thousand, by the share of files with a project.

    A share equal to a limit belongs to the band above it. Ints or int64 arrays.

    Raises:
        ValueError: (one centre) the share is above the whole, or there is no file.
    """
    if isinstance(with_piis, int) and isinstance(files, int) and not 0 <= with_piis <= files > 0:
        raise ValueError("the share of files with a project goes from nothing to all of them")
    found: Whole = rates[0]
    for limit, rate in zip(limits, rates[1:], strict=True):
        found = where(100 * with_piis >= limit * files, rate, found)
    return found


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """One right of one month, or columns of many.

    Attributes:
        paid: income paid for the month, cents.
        size_rate: rate of the centre, percent (`size_rate`).
        cohort: group of the reform (`Cohort`).
        piis: a project runs (and its subsidy has begun).
        temporary_protection: temporary protection.
    """

    paid: Whole
    size_rate: Whole
    cohort: Whole = int(Cohort.NONE)
    piis: Truth = False
    temporary_protection: Truth = False


@dataclass(frozen=True, slots=True)
class Refund:
    """Refund of a month: rate per thousand and cents (ints, or arrays)."""

    rate: Whole
    amount: Whole


def compute(facts: RefundFacts, law: RefundLaw, explain: Explainer) -> Refund:
    """The one formula of the refund; int or int64 arrays.

    Bound for arrays: `paid` up to 1e9 cents keeps everything under 1e13.
    """
    wave = facts.cohort == int(Cohort.FIRST_WAVE)
    entrant = facts.cohort == int(Cohort.NEW_ENTRANT)
    explain.step(PAID, facts.paid)
    size = explain.step(SIZE, 10 * facts.size_rate, parameters=law.entries[SIZE.key])
    raised = explain.step(
        NEW_ENTRANT,
        where(entrant, size + law.new_entrant, size),
        applies=entrant,
        parameters=law.entries[NEW_ENTRANT.key],
    )
    base = explain.step(
        FIRST_WAVE,
        where(wave, law.first_wave, raised),
        applies=wave,
        parameters=law.entries[FIRST_WAVE.key],
    )
    project = explain.step(
        PIIS,
        where(facts.piis, law.piis, 0),
        applies=facts.piis,
        parameters=law.entries[PIIS.key],
    )
    protected = facts.piis & facts.temporary_protection
    protection = explain.step(
        PROTECTION,
        where(protected, law.protection, 0),
        applies=protected,
        parameters=law.entries[PROTECTION.key],
    )
    total = base + project + protection
    limited = {
        "added": total,
        "within_hundred": minimum(total, maximum(base, FULL)),
        "not_added": base,
    }[law.first_wave_piis]
    rate = explain.step(RATE, where(wave, limited, total))
    amount = explain.step(AMOUNT, round_half_up(facts.paid * rate, FULL))
    return Refund(rate, amount)


@dataclass(frozen=True, slots=True)
class MonthRefund:
    """Expected refund of one month, in cents, with its steps."""

    month: date
    paid: int
    rate: int
    amount: int
    steps: tuple[Step, ...]
    parameters: tuple[ParameterUse, ...]

    @property
    def unconfirmed(self) -> tuple[ParameterUse, ...]:
        """Values used that no source states or that sources contradict."""
        return unconfirmed(self.parameters)


def expected(
    facts: RefundFacts,
    months: Sequence[tuple[date, int]],
    store: ParameterStore | None = None,
    piis_share: tuple[int, int] | None = None,
) -> tuple[MonthRefund, ...]:
    """Expected income of the centre for one right, month by month, each with the law of its month.

    Args:
        facts: situation of the right; `paid` is replaced by that of each month.
        months: first day of each month, and cents paid for it.
        store: values of the law; the shipped ones when None.
        piis_share: files with a project and all files of the centre (needed from 2028).

    Raises:
        ParameterError: no rule on a month.
        ValueError: an amount is negative, or the share of 2028 is missing.
    """
    store = store or parameter_store.shipped()
    found = list[MonthRefund]()
    for month, paid in months:
        if paid < 0:
            raise ValueError("an amount is negative")
        law = RefundLaw.on(month, store, piis_share)
        recorder = Recorder()
        refund = compute(replace(facts, paid=paid), law, recorder)
        steps = recorder.steps
        read = {use.name: use for step in steps for use in step.parameters}
        found.append(
            MonthRefund(
                month, paid, int(refund.rate), int(refund.amount), steps, tuple(read.values())
            )
        )
    return tuple(found)


def refunds(
    facts: RefundFacts,
    on: date,
    store: ParameterStore | None = None,
    piis_share: tuple[int, int] | None = None,
) -> Refund:
    """Refund of many rights for one month: the columns of `facts` are int64 (bool) arrays."""
    law = RefundLaw.on(on, store or parameter_store.shipped(), piis_share)
    return compute(facts, law, Silent())


def cohort(
    excluded_on: date | None,
    requested_on: date,
    lost_unemployment: bool,
    store: ParameterStore | None = None,
) -> Cohort:
    """Group of the reform of one person.

    Args:
        excluded_on: first day without unemployment benefit because of the reform.
        requested_on: day of the request for the integration income.
        lost_unemployment: unemployment benefit was lost (an insertion allowance does not count,
            nor does the right that a member of the household derives).
        store: values of the law; the shipped ones when None.
    """
    store = store or parameter_store.shipped()
    excluded = excluded_on.toordinal() if excluded_on else 0
    return Cohort(int(cohorts(excluded, requested_on.toordinal(), lost_unemployment, store)))


def cohorts(
    excluded: Whole, requested: Whole, lost_unemployment: Truth, store: ParameterStore
) -> Whole:
    """Groups of the reform; days are ordinals (`date.toordinal`), 0 when there is none.

    The law is read as it stands on 1 July 2026, when both groups exist; the reading of the first
    wave is `refund.first_wave.criterion` (status X).
    """
    on = store.history("refund.new_entrants.first")[0].valid_from

    def day(name: str) -> int:
        return store.day(f"refund.{name}", on).toordinal()

    in_wave = (excluded >= day("first_wave.exclusions.first")) & (
        excluded <= day("first_wave.exclusions.last")
    )
    in_time = (requested >= day("first_wave.requests.first")) & (
        requested <= day("first_wave.requests.last")
    )
    if store.value("refund.first_wave.criterion", on) == "exclusion":
        in_time = in_time | (requested > 0)
    first = lost_unemployment & (excluded > 0) & in_wave & in_time
    entrant = lost_unemployment & (excluded > 0) & (requested >= day("new_entrants.first"))
    later = where(entrant, int(Cohort.NEW_ENTRANT), int(Cohort.NONE))
    return where(first, int(Cohort.FIRST_WAVE), later)


def size_rate(
    sums: Mapping[int, Whole],
    year: int,
    start: tuple[int, Whole] | None = None,
    store: ParameterStore | None = None,
) -> Whole:
    """Rate of a centre for a year, percent, followed year by year; ints or int64 arrays.

    A first access to a higher rate asks the threshold and a rise of 5 % on the year before; a
    rate once reached comes back with the threshold alone (not confirmed). Under the threshold
    the rate loses one point a year, down to that of the size, unless the number fell by less
    than 3 % on the year before.

    Args:
        sums: by year, the sum of the twelve monthly numbers of beneficiaries.
        year: year of the refund; the numbers of the year before last count.
        start: a year and the rate it had; without it the first year that can be computed takes
            the rate of its size.
        store: values of the law; the shipped ones when None.

    Raises:
        ValueError: the numbers of a needed year are missing, or the year comes before the start.
    """
    store = store or parameter_store.shipped()
    if not sums:
        raise ValueError("no year is known")
    first = min(sums) + 2
    known, rate = start or (first, _size_band(sums[first - 2], date(first, 1, 1), store))
    if year < known:
        raise ValueError("the year comes before the first known rate")
    reached = rate
    for current in range(known + 1, year + 1):
        missing = {current - 2, current - 3} - set(sums)
        if missing:
            raise ValueError(f"the numbers of {min(missing)} are missing")
        rate = _next_rate(rate, reached, sums[current - 2], sums[current - 3], current, store)
        reached = maximum(reached, rate)
    return rate


def _size_band(total: Whole, on: date, store: ParameterStore) -> Whole:
    low, high = store.table("refund.size.thresholds", on)
    small, middle, large = store.table("refund.size.rates", on)
    return where(total >= 12 * high, large, where(total >= 12 * low, middle, small))


def _next_rate(
    rate: Whole, reached: Whole, total: Whole, before: Whole, year: int, store: ParameterStore
) -> Whole:
    on = date(year, 1, 1)
    rise = store.number("refund.size.first_access", on)
    points = store.number("refund.size.fall", on)
    tolerance = store.number("refund.size.tolerance", on)
    target = _size_band(total, on, store)
    may_rise = (target <= reached) | (100 * total >= (100 + rise) * before)
    small_fall = 100 * (before - total) < tolerance * before
    up = where(may_rise, target, rate)
    down = where(small_fall, rate, maximum(rate - points, target))
    return where(target > rate, up, where(target < rate, down, rate))


def staff_subsidy(
    group: Cohort, year: int, store: ParameterStore | None = None
) -> tuple[int, ParameterUse]:
    """Staff subsidy of one file for a year, cents, and the value of the law used (from 2026)."""
    store = store or parameter_store.shipped()
    name = "refund.staff.first_wave" if group is Cohort.FIRST_WAVE else "refund.staff"
    entry = store.entry(name, date(year, 1, 1))
    return entry.number, uses(entry)[0]


def lasting_job_bonus(months_worked: Whole, on: date, store: ParameterStore | None = None) -> Whole:
    """Bonus for a lasting job after a project, cents: from one year of work; int or array."""
    store = store or parameter_store.shipped()
    least = store.number("refund.lasting_job.months", on)
    return where(months_worked >= least, store.number("refund.lasting_job", on), 0)
