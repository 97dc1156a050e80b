"""Taking back what was not due: how much, until when, in how many payments, or not at all.

Law of 26 May 2002, art. 24, 25 and 29. Amounts are cents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from filrouge.law import parameter_store
from filrouge.law.checks import Check, check, unconfirmed, uses
from filrouge.law.labels import _, long_date
from filrouge.law.money import format_euros
from filrouge.law.operations import Whole, maximum, minimum
from filrouge.law.parameter_store import ParameterStore, ParameterValue, Unit
from filrouge.law.steps import (
    Explainer,
    ParameterUse,
    Recorder,
    Rule,
    Silent,
    Step,
    StepInput,
    StepRole,
)
from filrouge.law.terms import Regime, TermKind, add_months, compute

ADVANCE = Rule(
    "recovery.advance",
    _("Avance à récupérer sur les arriérés d'une autre prestation"),
    _("Payé moins ce qui restait dû avec cette ressource, sans dépasser les arriérés."),
    "Loi du 26 mai 2002, art. 24",
    StepRole.RESULT,
    Unit.EUR,
)
UNDUE = Rule(
    "recovery.undue",
    _("Total payé sans être dû"),
    _("Pour chaque paiement : payé moins dû, jamais sous zéro."),
    "Loi du 26 mai 2002, art. 24",
    StepRole.SUBTOTAL,
    Unit.EUR,
)
PRESCRIBED = Rule(
    "recovery.prescribed",
    _("Part prescrite"),
    _("Paiements dont le délai de prescription a pris fin avant la récupération."),
    "Loi du 26 mai 2002, art. 29",
    StepRole.RESOURCE,
    Unit.EUR,
)
RECOVERABLE = Rule(
    "recovery.recoverable",
    _("Montant qui peut encore être récupéré"),
    _("Total indu moins la part prescrite."),
    "Loi du 26 mai 2002, art. 24 et 29",
    StepRole.RESULT,
    Unit.EUR,
)
RULES = (UNDUE, PRESCRIBED, RECOVERABLE, ADVANCE)

MENTIONS = (
    _("que les sommes ont été payées sans être dues"),
    _("le montant total, et comment il est calculé"),
    _("les dispositions de la loi qui n'ont pas été respectées"),
    _("le délai de prescription"),
    _("que le centre peut renoncer, et comment le demander"),
    _("que la personne peut proposer de payer en plusieurs fois"),
)
"""What a decision to recover must say (art. 25 § 2); otherwise the appeal term does not run."""


class Debtor(StrEnum):
    """From whom it is recovered."""

    BENEFICIARY = "beneficiary"
    MAINTENANCE_DEBTOR = "maintenance_debtor"
    THIRD_PARTY = "third_party"
    THIRD_PARTY_CRIME = "third_party_crime"

    @property
    def label(self) -> str:
        """Name in French."""
        return _DEBTOR_LABELS[self]

    @property
    def term(self) -> TermKind:
        """Its prescription term (the longest one, for a crime)."""
        return _DEBTOR_TERMS[self]


_DEBTOR_LABELS = {
    Debtor.BENEFICIARY: _("la personne"),
    Debtor.MAINTENANCE_DEBTOR: _("un débiteur d'aliments"),
    Debtor.THIRD_PARTY: _("un tiers responsable"),
    Debtor.THIRD_PARTY_CRIME: _("un tiers responsable d'une infraction pénale"),
}
_DEBTOR_TERMS = {
    Debtor.BENEFICIARY: TermKind.RECOVERY,
    Debtor.MAINTENANCE_DEBTOR: TermKind.RECOVERY_DEBTOR,
    Debtor.THIRD_PARTY: TermKind.RECOVERY_THIRD_PARTY,
    Debtor.THIRD_PARTY_CRIME: TermKind.RECOVERY_THIRD_PARTY,
}


@dataclass(frozen=True, slots=True)
class Prescription:
    """Until when a sum may be claimed.

    Attributes:
        last_day: last day on which it may still be claimed.
        counted: interruptions that restarted the term.
        without_effect: interruptions that came after the end.
        reason: how it was counted, in French.
        parameters: values of the law used.
    """

    last_day: date
    counted: tuple[date, ...]
    without_effect: tuple[date, ...]
    reason: str
    parameters: tuple[ParameterUse, ...]

    @property
    def unconfirmed(self) -> tuple[ParameterUse, ...]:
        """Values used that no source states or that sources contradict."""
        return unconfirmed(self.parameters)


def prescription(
    paid_on: date,
    debtor: Debtor = Debtor.BENEFICIARY,
    interruptions: Iterable[date] = (),
    *,
    known_on: date | None = None,
    regime: Regime = Regime.RIS,
    store: ParameterStore | None = None,
) -> Prescription:
    """The last day to claim a payment (art. 29; art. 102 of the organic law for social aid).

    A registered letter, or a delivery against receipt, sent before the end starts the whole term
    again. For a crime: 5 years from the day it is known, at most 20 years from the payment.

    Args:
        paid_on: day of the payment.
        debtor: from whom it is claimed.
        interruptions: days of the interrupting acts.
        known_on: day the crime became known (needed for `THIRD_PARTY_CRIME`).
        regime: law followed by the aid; social aid knows the beneficiary only.
        store: values of the law; the shipped ones when None.

    Raises:
        ValueError: a crime without the day it became known, or an act before the payment.
        ParameterError: the law data has no term for this debtor and regime.
    """
    store = store or parameter_store.shipped()
    acts = sorted(set(interruptions))
    if acts and acts[0] < paid_on:
        raise ValueError("an interruption comes before the payment")
    if debtor is Debtor.THIRD_PARTY_CRIME:
        return _prescription_of_crime(paid_on, known_on, acts, store)
    term = compute(debtor.term, paid_on, regime, store=store)
    end, counted = term.due, list[date]()
    for act in acts:
        if act <= end:
            end = compute(debtor.term, act, regime, store=store).due
            counted.append(act)
    interruption = store.entry("recovery.interruption", paid_on)
    return Prescription(
        last_day=end,
        counted=tuple(counted),
        without_effect=tuple(act for act in acts if act not in counted),
        reason=_prescription_reason(term.counting, counted, end),
        parameters=(*term.parameters, *uses(interruption)),
    )


def _prescription_of_crime(
    paid_on: date, known_on: date | None, acts: Sequence[date], store: ParameterStore
) -> Prescription:
    if known_on is None:
        raise ValueError("the day the crime became known is needed")
    knowledge = store.entry("recovery.third_party.knowledge", paid_on)
    longest = store.entry("recovery.third_party.longest", paid_on)
    end, counted = add_months(known_on, 12 * knowledge.number), list[date]()
    for act in acts:
        if act <= end:
            end = add_months(act, 12 * knowledge.number)
            counted.append(act)
    limit = add_months(paid_on, 12 * longest.number)
    text = _("{years} ans depuis la connaissance du {known}, {most} ans au plus.").format(
        years=knowledge.number, known=long_date(known_on), most=longest.number
    )
    return Prescription(
        last_day=min(end, limit),
        counted=tuple(counted),
        without_effect=tuple(act for act in acts if act not in counted),
        reason=_prescription_reason(text, counted, min(end, limit)),
        parameters=uses(knowledge, longest),
    )


def _prescription_reason(text: str, counted: Sequence[date], end: date) -> str:
    if counted:
        days = ", ".join(long_date(day) for day in counted)
        text += _(" Interrompue le {days} : le délai entier recommence, jusqu'au {end}.").format(
            days=days, end=long_date(end)
        )
    return text


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment looked at again: day, cents paid, cents that were due."""

    paid_on: date
    paid: int
    due: int = 0


@dataclass(frozen=True, slots=True)
class Recovery:
    """What can still be taken back, in cents.

    Attributes:
        undue: total paid without being due.
        prescribed: part whose prescription has run out.
        recoverable: what remains.
        first_payment, last_payment: period of the undue payments, None when there is none.
        next_prescription: last day to claim the oldest payment still open.
        steps: how it was found.
        parameters: values of the law used.
    """

    undue: int
    prescribed: int
    recoverable: int
    first_payment: date | None
    last_payment: date | None
    next_prescription: date | None
    steps: tuple[Step, ...]
    parameters: tuple[ParameterUse, ...]


def recoverable(
    payments: Iterable[Payment],
    claimed_on: date,
    debtor: Debtor = Debtor.BENEFICIARY,
    interruptions: Iterable[date] = (),
    store: ParameterStore | None = None,
    regime: Regime = Regime.RIS,
) -> Recovery:
    """What can be recovered of a series of payments, each with its own prescription.

    Args:
        payments: payments to look at again.
        claimed_on: day of the act that claims them.
        debtor: from whom it is claimed (a crime is asked payment by payment, `prescription`).
        interruptions: earlier interrupting acts; each counts for the payments before it.
        store: values of the law; the shipped ones when None.
        regime: law followed by the aid; social aid knows the beneficiary only.

    Raises:
        ValueError: an amount is negative.
        ParameterError: the law data has no term for this debtor and regime.
    """
    store = store or parameter_store.shipped()
    acts = sorted(set(interruptions))
    term = f"term.{debtor.term.value}.{regime.value}"
    undue = [item for item in sorted(payments, key=lambda item: item.paid_on) if _undue(item)]
    total, lost, uses_found = 0, 0, tuple[ParameterUse, ...]()
    still_open = list[date]()
    for item in undue:
        after = [act for act in acts if act >= item.paid_on]
        limit = prescription(item.paid_on, debtor, after, regime=regime, store=store)
        uses_found = limit.parameters
        total += _undue(item)
        if limit.last_day < claimed_on:
            lost += _undue(item)
        else:
            still_open.append(limit.last_day)
    return Recovery(
        undue=total,
        prescribed=lost,
        recoverable=total - lost,
        first_payment=undue[0].paid_on if undue else None,
        last_payment=undue[-1].paid_on if undue else None,
        next_prescription=min(still_open, default=None),
        steps=_recovery_steps(undue, lost, store.entry(term, claimed_on), regime),
        parameters=uses_found,
    )


def _undue(item: Payment) -> int:
    if item.paid < 0 or item.due < 0:
        raise ValueError("an amount is negative")
    return max(0, item.paid - item.due)


def _recovery_steps(
    undue: Sequence[Payment], lost: int, term: ParameterValue, regime: Regime
) -> tuple[Step, ...]:
    template = _("Paiement du {day:%d/%m/%Y} : payé moins dû")
    inputs = tuple(
        StepInput(template.format(day=item.paid_on), _undue(item), Unit.EUR) for item in undue
    )
    total = sum(_undue(item) for item in undue)
    articles = dict.fromkeys((UNDUE.key, PRESCRIBED.key, RECOVERABLE.key), term.article)
    recorder = Recorder({UNDUE.key: inputs}, articles if regime is Regime.SOCIAL_AID else None)
    recorder.step(UNDUE, total)
    recorder.step(PRESCRIBED, lost, applies=lost > 0, parameters=(term,))
    recorder.step(RECOVERABLE, total - lost)
    return recorder.steps


def advance(
    paid: Whole,
    due_with_benefit: Whole,
    arrears: Whole,
    on: date,
    store: ParameterStore | None = None,
    explain: Explainer | None = None,
) -> Whole:
    """What the centre takes from arrears of another benefit it advanced; int or int64 array.

    Args:
        paid: income paid for the period of the arrears, cents.
        due_with_benefit: what would have been due, had the benefit been paid in time, cents.
        arrears: arrears of the benefit for the same period, cents.
        on: day of the decision.
        store: values of the law; the shipped ones when None.
        explain: recorder of the steps; nothing is recorded when None.
    """
    entry = (store or parameter_store.shipped()).entry("recovery.advance", on)
    found = minimum(maximum(paid - due_with_benefit, 0), maximum(arrears, 0))
    return (explain or Silent()).step(ADVANCE, found, parameters=(entry,))


def instalments(debt: int, count: int, first_on: date) -> tuple[tuple[date, int], ...]:
    """An even monthly plan: equal amounts in cents, the last one carries the remainder.

    Raises:
        ValueError: nothing is owed, or there are more payments than cents.
    """
    if debt < 1 or not 1 <= count <= debt:
        raise ValueError("nothing to spread")
    amount = debt // count
    amounts = [amount] * (count - 1) + [debt - amount * (count - 1)]
    return tuple((add_months(first_on, rank), cents) for rank, cents in enumerate(amounts))


def check_instalments(
    debt: int,
    plan: Sequence[tuple[date, int]],
    prescribed_on: date,
    on: date,
    store: ParameterStore | None = None,
) -> tuple[Check, ...]:
    """Whether a plan of payments pays the debt, in order, before it is prescribed.

    Args:
        debt: what is owed, cents.
        plan: days and cents.
        prescribed_on: last day to claim the debt.
        on: day of the decision.
        store: values of the law; the shipped ones when None.
    """
    total = sum(cents for _day, cents in plan)
    days = [day for day, _cents in plan]
    entry = (store or parameter_store.shipped()).entry("recovery.instalment.limit", on)
    sums = _("{plan} prévus en {count} paiements pour {debt} dus.").format(
        plan=format_euros(total), count=len(plan), debt=format_euros(debt)
    )
    ordered = all(cents > 0 for _day, cents in plan) and days == sorted(set(days))
    last = days[-1] if days else None
    in_time = last is not None and last <= prescribed_on
    end = _("Dernier paiement le {last}, prescription après le {limit}.").format(
        last=long_date(last) if last else "?", limit=long_date(prescribed_on)
    )
    return (
        check("total", _("Le plan rembourse toute la dette"), total == debt, sums, entry),
        check("order", _("Chaque paiement a un montant et un jour à lui"), ordered, sums, entry),
        check(
            "prescription",
            _("Le plan finit avant la prescription"),
            in_time,
            end,
            (store or parameter_store.shipped()).entry("recovery.interruption", on),
            blocking=False,
        ),
    )


def check_waiver(
    individual: bool | None, reason: str, on: date, store: ParameterStore | None = None
) -> tuple[Check, ...]:
    """Whether the centre may give up recovering: one person's decision, reasoned by equity."""
    entry = (store or parameter_store.shipped()).entry("recovery.waiver", on)
    return (
        check(
            "individual",
            _("La renonciation est décidée pour une personne"),
            individual,
            _("Une règle générale de renonciation n'est pas permise."),
            entry,
        ),
        check(
            "equity",
            _("Les raisons d'équité sont écrites"),
            bool(reason.strip()),
            _("La décision dit pourquoi l'équité demande de ne pas récupérer."),
            entry,
        ),
    )


def effect_of_centre_error(notified_on: date, store: ParameterStore | None = None) -> date:
    """First day of a less favourable decision after an error of the centre, in good faith.

    The first of the month after the notification (charter of the insured, art. 17).
    """
    (store or parameter_store.shipped()).entry("recovery.centre_error", notified_on)
    return add_months(notified_on.replace(day=1), 1)
