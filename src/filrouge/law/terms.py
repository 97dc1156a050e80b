"""Legal terms of a procedure: when each ends, and how it was counted.

The day of the starting fact does not count. What a term does when it ends on a day off is data
(`procedure_terms.yaml`); where no rule was found the end stays where it falls, marked U.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

from filrouge.law import parameter_store
from filrouge.law.labels import _, long_date
from filrouge.law.parameter_store import (
    ParameterError,
    ParameterStore,
    ParameterValue,
    Status,
    Unit,
)
from filrouge.law.steps import ParameterUse

SATURDAY, SUNDAY = 5, 6


class Regime(StrEnum):
    """Which law the aid follows."""

    RIS = "ris"
    SOCIAL_AID = "social_aid"

    @property
    def label(self) -> str:
        """Name in French."""
        return _("revenu d'intégration") if self is Regime.RIS else _("aide sociale")


class TermKind(StrEnum):
    """Terms of the procedure; values are stable. Some exist for one regime only."""

    TRANSFER = "transfer"
    DECISION = "decision"
    NOTIFICATION = "notification"
    PAYMENT = "payment"
    REGISTRATION = "registration"
    APPEAL = "appeal"
    REVIEW = "review"
    SECOND_REFUSAL = "second_refusal"
    MINISTER = "minister"
    SILENCE = "silence"
    LATE_INTEREST = "late_interest"
    LATE_DECISION_INTEREST = "late_decision_interest"
    PIIS_SIGNATURE = "piis_signature"
    PIIS_REFLECTION = "piis_reflection"
    PIIS_INTERVIEW = "piis_interview"
    PIIS_EVALUATION = "piis_evaluation"
    SANCTION_REPEAT = "sanction_repeat"
    PIIS_SANCTION_REPEAT = "piis_sanction_repeat"
    RECOVERY = "recovery"
    RECOVERY_DEBTOR = "recovery_debtor"
    RECOVERY_THIRD_PARTY = "recovery_third_party"
    HEATING_REQUEST = "heating_request"
    MEDICAL_DECISION = "medical_decision"
    MEDICAL_ENTRY = "medical_entry"

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """The regimes that have this term."""
        names = parameter_store.shipped().names()
        return tuple(regime for regime in Regime if f"term.{self.value}.{regime.value}" in names)

    @property
    def label(self) -> str:
        """What must be done, in French."""
        name = f"term.{self.value}.{self.regimes[0].value}"
        return parameter_store.history(name)[0].label

    @property
    def starts_from(self) -> str:
        """The fact that starts the term, in French."""
        return _STARTS[self]


_STARTS = {
    TermKind.TRANSFER: _("la réception de la demande"),
    TermKind.DECISION: _("la réception de la demande"),
    TermKind.NOTIFICATION: _("la décision"),
    TermKind.PAYMENT: _("la décision"),
    TermKind.REGISTRATION: _("la décision"),
    TermKind.APPEAL: _("la notification"),
    TermKind.REVIEW: _("la dernière décision"),
    TermKind.SECOND_REFUSAL: _("la réception de la demande transmise"),
    TermKind.MINISTER: _("la saisine du SPP Intégration sociale"),
    TermKind.SILENCE: _("la réception de la demande"),
    TermKind.LATE_INTEREST: _("la décision"),
    TermKind.LATE_DECISION_INTEREST: _("la réception de la demande"),
    TermKind.PIIS_SIGNATURE: _("la décision"),
    TermKind.PIIS_REFLECTION: _("la remise du projet"),
    TermKind.PIIS_INTERVIEW: _("la demande d'entretien"),
    TermKind.PIIS_EVALUATION: _("la signature ou l'évaluation précédente"),
    TermKind.SANCTION_REPEAT: _("le jour où la sanction est devenue définitive"),
    TermKind.PIIS_SANCTION_REPEAT: _("le jour où la sanction est devenue définitive"),
    TermKind.RECOVERY: _("le paiement"),
    TermKind.RECOVERY_DEBTOR: _("le paiement"),
    TermKind.RECOVERY_THIRD_PARTY: _("le paiement"),
    TermKind.HEATING_REQUEST: _("la livraison"),
    TermKind.MEDICAL_DECISION: _("la demande"),
    TermKind.MEDICAL_ENTRY: _("les soins"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One legal term.

    Attributes:
        kind: which term.
        regime: law followed.
        label: what must be done, in French.
        article: where the law says so.
        start: day of the starting fact.
        due: last day.
        counting: how the end was found, in French.
        status: how sure we are; also of the rule for days off when the end falls on one.
        source: where the length comes from.
        projected: True when the starting fact has not happened and its last day is supposed.
        parameters: values of the law used.
    """

    kind: TermKind
    regime: Regime
    label: str
    article: str
    start: date
    due: date
    counting: str
    status: Status
    source: str
    projected: bool
    parameters: tuple[ParameterUse, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "kind": self.kind.value,
            "regime": self.regime.value,
            "label": self.label,
            "article": self.article,
            "start": self.start.isoformat(),
            "due": self.due.isoformat(),
            "counting": self.counting,
            "status": self.status.value,
            "source": self.source,
            "projected": self.projected,
            "parameters": [use.as_dict() for use in self.parameters],
        }


def compute(
    kind: TermKind,
    start: date,
    regime: Regime = Regime.RIS,
    *,
    projected: bool = False,
    store: ParameterStore | None = None,
    fact: str | None = None,
) -> Term:
    """When a term ends.

    Args:
        kind: which term.
        start: day of the fact that starts it (`kind.starts_from`).
            The decision on a request that another centre transferred starts on the day that
            centre sent it (law of 26 May 2002, art. 21 § 1, second paragraph).
        regime: law followed by the aid.
        projected: the starting fact is supposed.
        store: values of the law; the shipped ones when None.
        fact: the starting fact in French, when it is not the usual one of the kind.

    Raises:
        ParameterError: the law data has no such term on that day.
    """
    store = store or parameter_store.shipped()
    length = store.entry(f"term.{kind.value}.{regime.value}", start)
    shift = store.entry(f"term.{kind.value}.shift", start)
    end = _end(start, length)
    due = _shifted(end, shift)
    return Term(
        kind=kind,
        regime=regime,
        label=length.label,
        article=length.article,
        start=start,
        due=due,
        counting=_counting(fact or kind.starts_from, start, length, end, due),
        status=length.status if is_working_day(end) else max(length.status, shift.status),
        source=length.source,
        projected=projected,
        parameters=(ParameterUse.of(length), ParameterUse.of(shift)),
    )


def for_request(received_on: date, regime: Regime = Regime.RIS) -> tuple[Term, ...]:
    """Terms that the receipt of a request starts at once: transfer and decision."""
    return (
        compute(TermKind.TRANSFER, received_on, regime),
        compute(TermKind.DECISION, received_on, regime),
    )


def for_transferred_request(
    sent_on: date,
    received_on: date,
    regime: Regime = Regime.RIS,
    store: ParameterStore | None = None,
) -> tuple[Term, ...]:
    """Terms of a request that another centre sent here.

    The decision runs from the day the first centre sent the request (art. 21 § 1, al. 2), the
    referral to the SPP IS after a second refusal from the day it arrived.

    Args:
        sent_on: day the first centre sent it.
        received_on: day it arrived here.
        regime: law followed by the aid.
        store: values of the law; the shipped ones when None.

    Raises:
        ValueError: it arrived before it was sent.
    """
    if received_on < sent_on:
        raise ValueError("received before sent")
    sent = _("l'envoi de la demande par le premier centre")
    return (
        compute(TermKind.SECOND_REFUSAL, received_on, regime, store=store),
        compute(TermKind.DECISION, sent_on, regime, store=store, fact=sent),
    )


def interest_from(
    received_on: date,
    decided_on: date,
    late_by_the_centre: bool,
    store: ParameterStore | None = None,
) -> Term:
    """From when late interest runs on the first payment (art. 23).

    From the 16th day after the decision; when the decision itself is late through the centre,
    from the 46th day after the request if that is earlier.
    """
    usual = compute(TermKind.LATE_INTEREST, decided_on, store=store)
    limit = compute(TermKind.DECISION, received_on, store=store)
    if not late_by_the_centre or decided_on <= limit.due:
        return usual
    late = compute(TermKind.LATE_DECISION_INTEREST, received_on, store=store)
    return min(late, usual, key=lambda term: term.due)


def schedule(received_on: date, regime: Regime = Regime.RIS) -> tuple[Term, ...]:
    """All terms of a request if every step takes its last day; the later ones are projected."""
    transfer, decision = for_request(received_on, regime)
    notification = compute(TermKind.NOTIFICATION, decision.due, regime, projected=True)
    return (
        transfer,
        decision,
        notification,
        compute(TermKind.PAYMENT, decision.due, regime, projected=True),
        compute(TermKind.APPEAL, notification.due, regime, projected=True),
        compute(TermKind.REVIEW, decision.due, regime, projected=True),
    )


def _end(start: date, length: ParameterValue) -> date:
    if not isinstance(length.value, int):
        raise ParameterError(f"{length.name} : une durée en nombre entier est attendue.")
    if length.unit is Unit.CALENDAR_DAYS:
        return start + timedelta(days=length.value)
    if length.unit is Unit.WORKING_DAYS:
        return add_working_days(start, length.value)
    if length.unit is Unit.MONTHS:
        return add_months(start, length.value)
    if length.unit is Unit.YEARS:
        return add_months(start, 12 * length.value)
    raise ParameterError(f"{length.name} : « {length.unit.value} » n'est pas une durée.")


def _shifted(end: date, shift: ParameterValue) -> date:
    if shift.value == "none":
        return end
    if shift.value == "next_working_day":
        return next_working_day(end)
    raise ParameterError(f"{shift.name} : le choix « {shift.value} » n'est pas connu.")


_UNITS = {
    Unit.CALENDAR_DAYS: (_("jour calendrier"), _("jours calendrier")),
    Unit.WORKING_DAYS: (_("jour ouvrable"), _("jours ouvrables")),
    Unit.MONTHS: (_("mois"), _("mois")),
    Unit.YEARS: (_("an"), _("ans")),
}


def _counting(fact: str, start: date, length: ParameterValue, end: date, due: date) -> str:
    singular, plural = _UNITS[length.unit]
    unit = singular if length.value == 1 else plural
    text = _("{count} {unit} après {fact} du {start}, ce jour non compté.").format(
        count=length.value, unit=unit, fact=fact, start=long_date(start)
    )
    if due != end:
        text += _(" La fin tombe le {end}, jour de repos : elle passe au {due}.").format(
            end=long_date(end), due=long_date(due)
        )
    elif not is_working_day(due):
        text += _(" La fin tombe un jour de repos ; aucun report n'est appliqué.")
    return text


@cache
def _public_holidays(year: int) -> dict[date, str]:
    return {
        day: str(name)
        for day, name in holidays.country_holidays("BE", years=year, language="fr").items()
    }


def public_holiday(day: date) -> str | None:
    """Name in French of the Belgian legal holiday on a day, None when there is none.

    Easter and Whit Sunday are in the list of the package used but are not among the ten legal
    holidays; as Sundays they are days off anyway, so they are left out here.
    """
    name = _public_holidays(day.year).get(day)
    if name is None or (day.weekday() == SUNDAY and _is_easter_or_whit(day)):
        return None
    return name


def _is_easter_or_whit(day: date) -> bool:
    """Sundays followed by the holiday Monday of Easter or Whitsun."""
    following = _public_holidays(day.year).get(day + timedelta(days=1), "")
    return following.startswith("Lundi")


def is_working_day(day: date) -> bool:
    """Monday to Friday, not a Belgian legal holiday."""
    return day.weekday() < SATURDAY and public_holiday(day) is None


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the next one."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start` (not counted); `start` itself for 0.

    Raises:
        ValueError: `count` is negative.
    """
    if count < 0:
        raise ValueError("count is negative")
    day = start
    for _number in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def add_months(start: date, count: int) -> date:
    """Same day `count` months later, or the last day of that month when it is shorter."""
    months = start.year * 12 + start.month - 1 + count
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def convocation_cutoff(session_on: date, clear_days: int) -> date:
    """Last day to close the agenda and send the convocation of a session.

    Clear days leave out both the day of sending and the day of the session.

    Args:
        session_on: day of the session.
        clear_days: number of clear days between the two.

    Raises:
        ValueError: `clear_days` is negative.
    """
    if clear_days < 0:
        raise ValueError("clear_days is negative")
    return session_on - timedelta(days=clear_days + 1)
