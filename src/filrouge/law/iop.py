"""Observation placements (stage d'insertion par l'observation professionnelle, IOP).

Checked before a placement begins and while it runs. Hours are minutes; they decide: ten
full-time days are 76 hours, so twenty half-days are lawful. Every result shows the sum it used.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from filrouge.law import parameter_store
from filrouge.law.category import age
from filrouge.law.checks import Check, check, unconfirmed, uses
from filrouge.law.labels import _, long_date
from filrouge.law.money import round_half_up
from filrouge.law.operations import Whole
from filrouge.law.parameter_store import ParameterStore, ParameterValue, Unit
from filrouge.law.steps import ParameterUse, Recorder, Rule, Step, StepInput, StepRole
from filrouge.law.terms import add_months

_SOURCE = "Source : Fédération des CPAS, présentation du stage IOP"

LENGTH = Rule(
    "iop.length",
    _("Durée du stage"),
    _("Somme des heures prévues : au plus 76 heures, soit dix jours à temps plein."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.MINUTES,
)
CREDIT = Rule(
    "iop.credit",
    _("Crédit utilisé, ce stage compris"),
    _("Somme des heures de tous les stages des trois ans : au plus 228 heures."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.MINUTES,
)
WEEK = Rule(
    "iop.week",
    _("Semaine la plus chargée"),
    _("Somme des heures d'une semaine, du lundi au dimanche : au plus 38 heures."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.MINUTES,
)
ATTENDED = Rule(
    "iop.attended",
    _("Présence"),
    _("Heures (ou jours) de présence ÷ heures (ou jours) prévus."),
    _SOURCE,
    StepRole.SUBTOTAL,
    Unit.PERCENT,
)
HOURLY = Rule(
    "iop.indemnity.hourly",
    _("Indemnité à l'heure"),
    _("Heures de présence × 2 EUR, arrondi une fois au cent."),
    _SOURCE,
    StepRole.RESULT,
    Unit.EUR,
)
FLAT = Rule(
    "iop.indemnity.flat",
    _("Indemnité forfaitaire"),
    _("100 EUR pour dix jours si la présence atteint 80 %, sinon rien."),
    _SOURCE,
    StepRole.RESULT,
    Unit.EUR,
)
TRAVEL = Rule(
    "iop.travel",
    _("Frais de déplacement"),
    _("Forfait lié au tarif TEC ou SNCB × jours de présence."),
    _SOURCE,
    StepRole.RESULT,
    Unit.EUR,
)
RULES = (LENGTH, CREDIT, WEEK, ATTENDED, HOURLY, FLAT, TRAVEL)

PROCEDURE = (
    _("Définir les objectifs et choisir le partenaire"),
    _("Signer la convention, à trois"),
    _("Suivre le stage"),
    _("Déclarer le stage (Dimona)"),
    _("Évaluer"),
)
"""The five steps that the procedure always has."""


class PartnerKind(StrEnum):
    """Who may welcome a trainee; a private commercial partner may not."""

    PUBLIC = "public"
    NON_COMMERCIAL = "non_commercial"
    COMMERCIAL = "commercial"


@dataclass(frozen=True, slots=True)
class Placement:
    """A placement, planned or done.

    Attributes:
        schedule: minutes by day.
        partner: stable key of the partner.
        tasks: stable key of the programme of tasks.
    """

    schedule: Mapping[date, int]
    partner: str = ""
    tasks: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty or impossible schedule.

        Raises:
            ValueError: no day, or a day without minutes or of more than 24 hours.
        """
        if not self.schedule:
            raise ValueError("a placement has at least one day")
        if any(not 0 < minutes <= 24 * 60 for minutes in self.schedule.values()):
            raise ValueError("a day holds between one minute and 24 hours")

    @property
    def first_day(self) -> date:
        """First day."""
        return min(self.schedule)

    @property
    def last_day(self) -> date:
        """Last day."""
        return max(self.schedule)

    @property
    def minutes(self) -> int:
        """Total."""
        return sum(self.schedule.values())

    @property
    def days(self) -> int:
        """Number of days."""
        return len(self.schedule)

    def between(self, first: date, last: date) -> int:
        """Minutes of the days between two days, both included."""
        return sum(minutes for day, minutes in self.schedule.items() if first <= day <= last)


@dataclass(frozen=True, slots=True)
class Request:
    """A placement to check; None when not known.

    Attributes:
        placement: what is planned.
        birth_date: of the trainee.
        former: earlier placements, and any other already agreed on.
        entitled: integration income or equivalent social aid runs.
        in_pathway: a pathway of insertion (ISP) runs.
        partner_kind: kind of partner.
        evaluated: the placement before this one was evaluated.
        new_objectives: new objectives were set.
        tutor: a tutor is named.
        signed: number of signatures on the agreement.
        accident_insured, liability_insured: both insurances are taken out.
        dimona: declared.
        drives_on_duty: the trainee would drive during the hours of the placement.
    """

    placement: Placement
    birth_date: date
    former: Sequence[Placement] = field(default_factory=tuple)
    entitled: bool | None = None
    in_pathway: bool | None = None
    partner_kind: PartnerKind | None = None
    evaluated: bool | None = None
    new_objectives: bool | None = None
    tutor: bool | None = None
    signed: int | None = None
    accident_insured: bool | None = None
    liability_insured: bool | None = None
    dimona: bool | None = None
    drives_on_duty: bool | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """Outcome of the checks of a placement, with the sums used."""

    checks: tuple[Check, ...]
    steps: tuple[Step, ...]

    @property
    def unconfirmed(self) -> tuple[ParameterUse, ...]:
        """Values used that no source states or that sources contradict."""
        return unconfirmed(use for item in self.checks for use in item.parameters)


def examine(request: Request, store: ParameterStore | None = None) -> Examination:
    """Check a placement before it begins: length, credit, week, sequence, people, papers."""
    store = store or parameter_store.shipped()
    recorder = Recorder(_step_inputs(request))
    figures = [
        _length(request, store, recorder),
        _credit(request, store, recorder),
        _week(request, store, recorder),
    ]
    return Examination(
        (*figures, *_sequence(request, store), *_people(request, store), *_papers(request)),
        recorder.steps,
    )


def hours(minutes: int) -> str:
    """Write minutes as hours, for instance "7 h 36"."""
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest:02d}" if rest else f"{whole} h"


def _step_inputs(request: Request) -> dict[str, tuple[StepInput, ...]]:
    template = _("Stage du {first:%d/%m/%Y} au {last:%d/%m/%Y}")
    return {
        CREDIT.key: tuple(
            StepInput(
                template.format(first=item.first_day, last=item.last_day),
                item.minutes,
                Unit.MINUTES,
            )
            for item in (*request.former, request.placement)
        )
    }


def _length(request: Request, store: ParameterStore, recorder: Recorder) -> Check:
    placement = request.placement
    limit = store.entry("iop.placement.minutes", placement.first_day)
    recorder.step(LENGTH, placement.minutes, parameters=(limit,))
    reason = _("{used} prévues en {days} jours, {limit} au plus.").format(
        used=hours(placement.minutes), days=placement.days, limit=hours(limit.number)
    )
    return check(
        "length",
        _("Le stage ne dépasse pas 76 heures"),
        placement.minutes <= limit.number,
        reason,
        limit,
    )


def _credit(request: Request, store: ParameterStore, recorder: Recorder) -> Check:
    on = request.placement.first_day
    limit = store.entry("iop.credit.minutes", on)
    years = store.entry("iop.credit.years", on)
    window = store.entry("iop.credit.window", on)
    first, last, used = credit_used(request.placement, request.former, store)
    recorder.step(CREDIT, used, parameters=(limit, years, window))
    reason = _("{used} du {first} au {last}, {limit} au plus ; il reste {left}.").format(
        used=hours(used),
        first=long_date(first),
        last=long_date(last),
        limit=hours(limit.number),
        left=hours(max(0, limit.number - used)),
    )
    return check(
        "credit",
        _("Le crédit de 228 heures sur trois ans n'est pas dépassé"),
        used <= limit.number,
        reason,
        limit,
        years,
        window,
    )


def credit_used(
    placement: Placement, former: Iterable[Placement], store: ParameterStore | None = None
) -> tuple[date, date, int]:
    """The fullest three years that hold the placement: first day, last day, minutes used.

    With the rolling reading, the three years that end with this placement and those that end
    with each later one already agreed on; with the other reading, the period of three years
    counted from the first placement.
    """
    store = store or parameter_store.shipped()
    items = (*former, placement)
    years = store.number("iop.credit.years", placement.first_day)
    if store.value("iop.credit.window", placement.first_day) == "from_first":
        starts = _periods(min(item.first_day for item in items), placement, years)
    else:
        ends = sorted({item.last_day for item in items if item.last_day >= placement.last_day})
        starts = [add_months(end, -12 * years) + timedelta(days=1) for end in ends]
        windows = [(start, end) for start, end in zip(starts, ends, strict=True)]
        return _fullest(items, [w for w in windows if w[0] <= placement.last_day])
    windows = [(start, add_months(start, 12 * years) - timedelta(days=1)) for start in starts]
    return _fullest(items, windows)


def _periods(first: date, placement: Placement, years: int) -> list[date]:
    """First days of the fixed periods that the placement touches."""
    found, rank = list[date](), 0
    while (start := add_months(first, 12 * years * rank)) <= placement.last_day:
        if add_months(first, 12 * years * (rank + 1)) > placement.first_day:
            found.append(start)
        rank += 1
    return found


def _fullest(
    items: Iterable[Placement], windows: Sequence[tuple[date, date]]
) -> tuple[date, date, int]:
    placements = tuple(items)
    sums = [
        (first, last, sum(item.between(first, last) for item in placements))
        for first, last in windows
    ]
    return max(sums, key=lambda item: item[2])


def _week(request: Request, store: ParameterStore, recorder: Recorder) -> Check:
    limit = store.entry("iop.week.minutes", request.placement.first_day)
    weeks: dict[date, int] = {}
    for item in (request.placement, *request.former):
        for day, minutes in item.schedule.items():
            monday = day - timedelta(days=day.weekday())
            weeks[monday] = weeks.get(monday, 0) + minutes
    mine = {day - timedelta(days=day.weekday()) for day in request.placement.schedule}
    monday = max(sorted(mine), key=lambda day: weeks[day])
    recorder.step(WEEK, weeks[monday], parameters=(limit,))
    reason = _("{used} la semaine du {monday}, {limit} au plus.").format(
        used=hours(weeks[monday]), monday=long_date(monday), limit=hours(limit.number)
    )
    return check(
        "week",
        _("Aucune semaine ne dépasse 38 heures"),
        weeks[monday] <= limit.number,
        reason,
        limit,
    )


def _sequence(request: Request, store: ParameterStore) -> list[Check]:
    """Second placement: evaluation, other tasks with the same partner; third: new objectives."""
    placement = request.placement
    before = sorted(
        (item for item in request.former if item.last_day < placement.first_day),
        key=lambda item: item.last_day,
    )
    overlap = len(before) < sum(item.first_day <= placement.last_day for item in request.former)
    row = store.entry("iop.in_a_row", placement.first_day)
    rank = _("C'est le stage n° {rank}.").format(rank=len(before) + 1)
    found = [
        check(
            "overlap",
            _("Aucun autre stage ne court en même temps"),
            not overlap,
            _("Deux stages en même temps ne permettent pas l'évaluation entre les deux."),
            row,
            blocking=False,
        )
    ]
    if not before:
        return found
    label = _("Le stage précédent a été évalué")
    found.append(check("evaluated", label, request.evaluated, rank, row))
    last = before[-1]
    if placement.partner and placement.partner == last.partner:
        known = bool(placement.tasks and last.tasks)
        found.append(
            check(
                "other_tasks",
                _("Chez le même partenaire, les tâches ne sont pas les mêmes"),
                placement.tasks != last.tasks if known else None,
                _("Même partenaire que le stage fini le {day}.").format(
                    day=long_date(last.last_day)
                ),
                row,
            )
        )
    if len(before) >= 2:
        label = _("De nouveaux objectifs sont fixés")
        found.append(check("new_objectives", label, request.new_objectives, rank, row))
    return found


def _people(request: Request, store: ParameterStore) -> list[Check]:
    start = request.placement.first_day
    limit = store.entry("iop.age", start)
    years = age(request.birth_date, start)
    kind = request.partner_kind
    return [
        check(
            "age",
            _("Le stagiaire a 18 ans"),
            years >= limit.number,
            _("{years} ans le {day}.").format(years=years, day=long_date(start)),
            limit,
        ),
        _asked(
            "entitled", _("Un revenu d'intégration ou une aide équivalente court"), request.entitled
        ),
        _asked("pathway", _("Un parcours d'insertion est en cours"), request.in_pathway),
        _asked(
            "partner",
            _("Le partenaire est public ou privé non commercial"),
            None if kind is None else kind is not PartnerKind.COMMERCIAL,
        ),
        _asked("tutor", _("Le partenaire a désigné un tuteur"), request.tutor),
    ]


def _papers(request: Request) -> list[Check]:
    signed = None if request.signed is None else request.signed >= 3
    driving = None if request.drives_on_duty is None else not request.drives_on_duty
    return [
        _asked("signatures", _("Les trois parties ont signé la convention"), signed),
        _asked(
            "accident",
            _("Une assurance accidents corporels est souscrite"),
            request.accident_insured,
        ),
        _asked(
            "liability", _("Une responsabilité civile est souscrite"), request.liability_insured
        ),
        _asked("dimona", _("La déclaration Dimona est faite"), request.dimona),
        _asked("driving", _("Le stagiaire ne conduit pas pendant les heures de stage"), driving),
    ]


def _asked(key: str, label: str, answer: bool | None) -> Check:
    return check(key, label, answer, _("Condition du stage."), article=_SOURCE)


@dataclass(frozen=True, slots=True)
class Payout:
    """What the trainee receives, in cents, with its steps."""

    amount: int
    steps: tuple[Step, ...]
    parameters: tuple[ParameterUse, ...]

    @property
    def unconfirmed(self) -> tuple[ParameterUse, ...]:
        """Values used that no source states or that sources contradict."""
        return unconfirmed(self.parameters)


def hourly_indemnity(minutes: Whole, on: date, store: ParameterStore | None = None) -> Whole:
    """Indemnity by the hour, cents; int or int64 array of attended minutes."""
    rate = (store or parameter_store.shipped()).number("iop.indemnity.hour", on)
    return round_half_up(minutes * rate, 60)


def explained_hourly(attended: int, on: date, store: ParameterStore | None = None) -> Payout:
    """The hourly indemnity of one placement, explained (attended minutes)."""
    store = store or parameter_store.shipped()
    entries = (store.entry("iop.indemnity.hour", on), store.entry("iop.indemnity.resource", on))
    inputs = (StepInput(_("Présence"), attended, Unit.MINUTES),)
    recorder = Recorder({HOURLY.key: inputs})
    amount = recorder.step(HOURLY, int(hourly_indemnity(attended, on, store)), parameters=entries)
    return Payout(amount, recorder.steps, uses(*entries))


def flat_indemnity(
    planned: Placement, attended: Mapping[date, int], store: ParameterStore | None = None
) -> Payout:
    """The flat indemnity: 100 EUR for ten days when attendance reaches 80 %.

    Args:
        planned: the placement as agreed.
        attended: minutes by day, from the attendance sheet.
        store: values of the law; the shipped ones when None.

    Raises:
        ValueError: an attendance is negative.
    """
    store = store or parameter_store.shipped()
    if any(minutes < 0 for minutes in attended.values()):
        raise ValueError("an attendance is negative")
    on = planned.first_day
    flat, days = store.entry("iop.indemnity.flat", on), store.entry("iop.indemnity.days", on)
    least = store.entry("iop.indemnity.attendance", on)
    basis, short = store.entry("iop.indemnity.basis", on), store.entry("iop.indemnity.short", on)
    here, due = _attendance(planned, attended, str(basis.value))
    enough = 100 * here >= least.number * due
    amount = _flat_amount(planned, flat, days, short, store) if enough else 0
    unit = Unit.MINUTES if basis.value == "minutes" else Unit.COUNT
    inputs = (
        StepInput(_("Présence"), here, unit),
        StepInput(_("Prévu"), due, unit),
    )
    recorder = Recorder({ATTENDED.key: inputs})
    recorder.step(ATTENDED, 100 * here // due, parameters=(least, basis))
    recorder.step(FLAT, amount, parameters=(flat, days, short))
    entries = (flat, days, least, basis, short, store.entry("iop.indemnity.resource", on))
    return Payout(amount, recorder.steps, uses(*entries))


def _attendance(planned: Placement, attended: Mapping[date, int], basis: str) -> tuple[int, int]:
    """What was attended and what was due, in minutes or days; extra time does not make up."""
    here = {day: min(attended.get(day, 0), minutes) for day, minutes in planned.schedule.items()}
    if basis == "days":
        return sum(minutes > 0 for minutes in here.values()), planned.days
    return sum(here.values()), planned.minutes


def _flat_amount(
    planned: Placement,
    flat: ParameterValue,
    days: ParameterValue,
    short: ParameterValue,
    store: ParameterStore,
) -> int:
    """The hours decide: ten days are ten times a full-time day."""
    full = days.number * store.number("iop.day.minutes", planned.first_day)
    if planned.minutes >= full:
        return flat.number
    if short.value == "in_proportion":
        return int(round_half_up(flat.number * planned.minutes, full))
    return 0


def travel_refund(
    fare_per_day: int, attended: Mapping[date, int], on: date, store: ParameterStore | None = None
) -> Payout:
    """Travel of the days attended, at a flat fare per day (cents, set by the centre).

    Raises:
        ValueError: the fare is negative.
    """
    if fare_per_day < 0:
        raise ValueError("the fare is negative")
    entry = (store or parameter_store.shipped()).entry("iop.travel", on)
    days = sum(minutes > 0 for minutes in attended.values())
    inputs = (
        StepInput(_("Forfait par jour"), fare_per_day, Unit.EUR),
        StepInput(_("Jours de présence"), days, Unit.COUNT),
    )
    recorder = Recorder({TRAVEL.key: inputs})
    amount = recorder.step(TRAVEL, fare_per_day * days, parameters=(entry,))
    return Payout(amount, recorder.steps, uses(entry))
