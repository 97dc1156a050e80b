"""Sanctions of art. 30 of the law of 26 May 2002: how long, when, and after which steps."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from filrouge.law import parameter_store
from filrouge.law.checks import Check, check, unconfirmed, uses
from filrouge.law.labels import _, long_date
from filrouge.law.parameter_store import ParameterStore, Unit
from filrouge.law.steps import ParameterUse, Recorder, Rule, Step, StepInput, StepRole
from filrouge.law.terms import add_months

LONGEST = Rule(
    "sanction.longest",
    _("Suspension la plus longue"),
    _(
        "Durée du cas ; celle de la récidive quand le fait suit une sanction définitive du même cas."
    ),
    "Loi du 26 mai 2002, art. 30",
    StepRole.RESULT,
    Unit.MONTHS,
)
SERVED = Rule(
    "sanction.served",
    _("Suspension exécutée, sursis déduit"),
    _("Durée décidée moins la partie avec sursis."),
    "Loi du 26 mai 2002, art. 30",
    StepRole.RESULT,
    Unit.MONTHS,
)
RULES = (LONGEST, SERVED)


class Fault(StrEnum):
    """Cases of art. 30."""

    DECLARATION = "declaration"
    FRAUD = "fraud"
    PIIS = "piis"

    @property
    def label(self) -> str:
        """Name in French."""
        return _FAULT_LABELS[self]

    @property
    def branch(self) -> str:
        """Case whose repeat window is shared: a fraud repeats a false declaration."""
        return "piis" if self is Fault.PIIS else "declaration"


_FAULT_LABELS = {
    Fault.DECLARATION: _("déclaration omise, inexacte ou incomplète"),
    Fault.FRAUD: _("déclaration omise ou inexacte, avec intention frauduleuse"),
    Fault.PIIS: _("projet individualisé d'intégration sociale (PIIS) non respecté"),
}


@dataclass(frozen=True, slots=True)
class FormerSanction:
    """A sanction that became final (no appeal left)."""

    fault: Fault
    final_on: date


@dataclass(frozen=True, slots=True)
class SanctionLimit:
    """The longest suspension that may be decided.

    Attributes:
        months: total or partial suspension, at most.
        repeats: the former sanction that makes this a repeat, None for a first time.
        window_end: last day on which the repeat counts, None for a first time.
        steps: how it was found.
        parameters: values of the law used.
    """

    months: int
    repeats: FormerSanction | None
    window_end: date | None
    steps: tuple[Step, ...]
    parameters: tuple[ParameterUse, ...]

    @property
    def unconfirmed(self) -> tuple[ParameterUse, ...]:
        """Values used that no source states or that sources contradict."""
        return unconfirmed(self.parameters)


def longest(
    fault: Fault,
    committed_on: date,
    former: tuple[FormerSanction, ...] = (),
    store: ParameterStore | None = None,
) -> SanctionLimit:
    """The longest suspension for a fault.

    Args:
        fault: case of art. 30.
        committed_on: day of the fact (for a PIIS, day of the breach after the notice).
        former: earlier sanctions that became final; those of another case do not count.
        store: values of the law; the shipped ones when None.
    """
    store = store or parameter_store.shipped()
    window = store.entry(f"sanction.{fault.branch}.repeat_window", committed_on)
    years = window.number
    repeated = [
        item
        for item in former
        if item.fault.branch == fault.branch
        and item.final_on < committed_on <= add_months(item.final_on, 12 * years)
    ]
    latest = max(repeated, key=lambda item: item.final_on, default=None)
    name = f"sanction.{fault.value}{'.repeat' if latest else ''}.months"
    limit = store.entry(name, committed_on)
    months = limit.number
    recorder = Recorder()
    recorder.step(LONGEST, months, parameters=(limit, window))
    return SanctionLimit(
        months=months,
        repeats=latest,
        window_end=add_months(latest.final_on, 12 * years) if latest else None,
        steps=recorder.steps,
        parameters=uses(limit, window),
    )


def served(
    months: int, deferred: int, decided_on: date, store: ParameterStore | None = None
) -> tuple[Step, ...]:
    """The part of a suspension that is really served, in one explained step.

    Args:
        months: suspension decided.
        deferred: part of it that is deferred (sursis), from 0 to all of it.
        decided_on: day of the decision.
        store: values of the law; the shipped ones when None.

    Raises:
        ValueError: the deferral is negative or longer than the suspension.
    """
    if not 0 <= deferred <= months:
        raise ValueError("the deferral goes from nothing to the whole suspension")
    entry = (store or parameter_store.shipped()).entry("sanction.deferral", decided_on)
    inputs = (
        StepInput(_("Suspension décidée"), months, Unit.MONTHS),
        StepInput(_("Partie avec sursis"), deferred, Unit.MONTHS),
    )
    recorder = Recorder({SERVED.key: inputs})
    recorder.step(SERVED, months - deferred, parameters=(entry,))
    return recorder.steps


def start_window(
    decided_on: date, notified_on: date, store: ParameterStore | None = None
) -> tuple[date, date]:
    """First and last day on which a suspension may begin.

    The day after the notification at the earliest; the first day of the third month after the
    month of the decision at the latest (status X, see `sanction.start.latest_month`).

    Raises:
        ValueError: notified before decided.
    """
    if notified_on < decided_on:
        raise ValueError("notified before decided")
    entry = (store or parameter_store.shipped()).entry("sanction.start.latest_month", decided_on)
    return notified_on + timedelta(days=1), add_months(decided_on.replace(day=1), entry.number)


@dataclass(frozen=True, slots=True)
class SanctionFile:
    """What the file holds before a sanction is decided; None when not known.

    Attributes:
        fault: case of art. 30.
        committed_on: day of the fact.
        decided_on: day of the decision.
        months: suspension proposed.
        hearing_told_on: day the person was told in writing of the right to be heard.
        notice_on: day of the formal notice (PIIS).
        lawful_reason: the person has a lawful reason (PIIS).
        intent_proved: the fraudulent intent is proved (fraud).
        worker_heard: the social worker in charge gave an opinion.
        former: earlier final sanctions.
    """

    fault: Fault
    committed_on: date
    decided_on: date
    months: int
    hearing_told_on: date | None = None
    notice_on: date | None = None
    lawful_reason: bool | None = None
    intent_proved: bool | None = None
    worker_heard: bool | None = None
    former: tuple[FormerSanction, ...] = ()


def checks(facts: SanctionFile, store: ParameterStore | None = None) -> tuple[Check, ...]:
    """What must hold before a sanction is decided."""
    store = store or parameter_store.shipped()
    found = [_duration_check(facts, store), _hearing_check(facts, store)]
    if facts.fault is Fault.FRAUD:
        found.append(
            check(
                "intent",
                _("L'intention frauduleuse est prouvée par le centre"),
                facts.intent_proved,
                _("Sans preuve de l'intention, la durée est celle d'une déclaration inexacte."),
                store.entry("sanction.fraud.months", facts.decided_on),
            )
        )
    if facts.fault is Fault.PIIS:
        found += _piis_checks(facts, store)
    return tuple(found)


def _duration_check(facts: SanctionFile, store: ParameterStore) -> Check:
    limit = longest(facts.fault, facts.committed_on, facts.former, store)
    text = _("{months} mois proposés, {limit} mois au plus pour ce cas.")
    if limit.repeats:
        text = _("{months} mois proposés, {limit} mois au plus en récidive (délai : {end}).")
    reason = text.format(
        months=facts.months,
        limit=limit.months,
        end=long_date(limit.window_end) if limit.window_end else "",
    )
    return Check(
        "duration",
        _("La durée ne dépasse pas celle de la loi"),
        check("", "", 0 < facts.months <= limit.months, "").verdict,
        reason,
        LONGEST.article,
        parameters=limit.parameters,
    )


def _hearing_check(facts: SanctionFile, store: ParameterStore) -> Check:
    told = facts.hearing_told_on
    answer = None if told is None else told < facts.decided_on
    reason = _("Le jour de l'information écrite n'est pas connu : sans elle la sanction est nulle.")
    if told is not None:
        reason = _("Personne informée par écrit le {told}, décision le {decided}.").format(
            told=long_date(told), decided=long_date(facts.decided_on)
        )
    return check(
        "hearing",
        _("La personne a été informée avant, par écrit, de son droit d'être entendue"),
        answer,
        reason,
        store.entry("hearing.sanction", facts.decided_on),
        store.entry("hearing.notice", facts.decided_on),
    )


def _piis_checks(facts: SanctionFile, store: ParameterStore) -> list[Check]:
    entry = store.entry("sanction.piis.months", facts.decided_on)
    noticed = facts.notice_on
    answer = None if noticed is None else noticed < facts.decided_on
    no_reason = None if facts.lawful_reason is None else not facts.lawful_reason
    return [
        check(
            "notice",
            _("Une mise en demeure a précédé"),
            answer,
            _("La mise en demeure est envoyée avant la décision de sanction."),
            entry,
        ),
        check(
            "lawful_reason",
            _("La personne n'a pas de motif légitime"),
            no_reason,
            _("Un motif légitime exclut la sanction."),
            entry,
        ),
        check(
            "worker",
            _("L'avis du travailleur social a été demandé"),
            facts.worker_heard,
            _("L'avis du travailleur social chargé du dossier est demandé avant la décision."),
            article="Source : Guide-Bxl p=7444 ; droitsquotidiens.be",
            blocking=False,
        ),
    ]
