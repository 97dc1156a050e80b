"""The individual project of social integration (PIIS): who must have one, when, and its code.

Law of 26 May 2002, art. 11; law of 21 July 2016; royal decree of 11 July 2002, art. 10 to 21.
For a couple the duty is checked partner by partner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from filrouge.law import parameter_store
from filrouge.law.category import age
from filrouge.law.checks import Check, check, unconfirmed, uses
from filrouge.law.labels import _, long_date
from filrouge.law.parameter_store import ParameterStore, ParameterValue
from filrouge.law.steps import ParameterUse
from filrouge.law.terms import Term, TermKind, add_months, compute

EXTENSION = date(2016, 11, 1)
"""From then people of 25 and older may owe a project (law of 21 July 2016)."""


class Reason(StrEnum):
    """Why a project is due, or not."""

    UNDER_AGE = "under_age"
    NO_RECENT_RIGHT = "no_recent_right"
    RECENT_RIGHT = "recent_right"
    BEFORE_EXTENSION = "before_extension"
    EXEMPT = "exempt"
    JOB_AND_INCOME = "job_and_income"


class PiisKind(StrEnum):
    """What the project is about, for form B."""

    GENERAL = "general"
    STUDIES = "studies"
    STUDIES_WITH_INCOME = "studies_with_income"


@dataclass(frozen=True, slots=True)
class PiisDuty:
    """Whether a project is compulsory, and until when it must be signed.

    Attributes:
        required: True when compulsory; False means the centre may propose one, and a project the
            centre asks for binds the person.
        cause: which rule decided.
        reason: the same as a French sentence, with the dates used.
        article: where the law says so.
        sign_by: the term to sign, None when not compulsory.
        parameters: values of the law used.
    """

    required: bool
    cause: Reason
    reason: str
    article: str
    sign_by: Term | None
    parameters: tuple[ParameterUse, ...]

    @property
    def unconfirmed(self) -> tuple[ParameterUse, ...]:
        """Values used that no source states or that sources contradict."""
        return unconfirmed(self.parameters)


def duty(
    birth_date: date,
    decided_on: date,
    last_right_day: date | None = None,
    *,
    exempt_for: str = "",
    job_and_income: bool = False,
    store: ParameterStore | None = None,
) -> PiisDuty:
    """Whether a project is compulsory on the day of a decision.

    Args:
        birth_date: of the person (of each partner in turn, for a couple).
        decided_on: day of the decision that the conditions are met.
        last_right_day: last day with a right to social integration before this one, in any
            centre; None when there never was one.
        exempt_for: written reason of health or equity; empty when there is none.
        job_and_income: a job and the income are granted together.
        store: values of the law; the shipped ones when None.
    """
    store = store or parameter_store.shipped()
    limit = store.entry("piis.age", decided_on)
    exemption = store.entry("piis.exemption", decided_on)
    years = age(birth_date, decided_on)
    if exempt_for.strip():
        text = _("Pas de PIIS, pour une raison de santé ou d'équité : {reason}.")
        return _not_due(
            Reason.EXEMPT, text.format(reason=exempt_for.strip().rstrip(".")), exemption
        )
    if decided_on >= EXTENSION and job_and_income:
        text = _("Un emploi et le revenu d'intégration sont accordés ensemble : facultatif.")
        return _not_due(Reason.JOB_AND_INCOME, text, store.entry("piis.job_and_income", decided_on))
    if years < limit.number:
        text = _("La personne a {years} ans, moins de {limit} : obligatoire.").format(
            years=years, limit=limit.number
        )
        return _due(Reason.UNDER_AGE, text, decided_on, store, limit)
    if decided_on < EXTENSION:
        text = _("La personne a {years} ans : facultatif avant le 1er novembre 2016.")
        return _not_due(Reason.BEFORE_EXTENSION, text.format(years=years), limit)
    return _duty_of_older(decided_on, last_right_day, store)


def _duty_of_older(
    decided_on: date, last_right_day: date | None, store: ParameterStore
) -> PiisDuty:
    window = store.entry("piis.prior_right.months", decided_on)
    since = add_months(decided_on, -window.number)
    if last_right_day is not None and since <= last_right_day:
        text = _("Le droit à l'intégration sociale courait encore le {day} : facultatif.")
        return _not_due(Reason.RECENT_RIGHT, text.format(day=long_date(last_right_day)), window)
    text = _("Aucun droit à l'intégration sociale depuis le {since} : obligatoire.")
    return _due(
        Reason.NO_RECENT_RIGHT, text.format(since=long_date(since)), decided_on, store, window
    )


def _due(
    cause: Reason, reason: str, decided_on: date, store: ParameterStore, entry: ParameterValue
) -> PiisDuty:
    sign_by = compute(TermKind.PIIS_SIGNATURE, decided_on, store=store)
    return PiisDuty(
        True, cause, reason, entry.article, sign_by, (*uses(entry), *sign_by.parameters)
    )


def _not_due(cause: Reason, reason: str, entry: ParameterValue) -> PiisDuty:
    return PiisDuty(False, cause, reason, entry.article, None, uses(entry))


def reflection(handed_on: date, store: ParameterStore | None = None) -> Term:
    """The time to think after the project is handed over; signed after it, not before."""
    return compute(TermKind.PIIS_REFLECTION, handed_on, store=store)


def evaluations(
    signed_on: date, ends_on: date, store: ParameterStore | None = None
) -> tuple[Term, ...]:
    """Terms of the evaluations of a project, spread evenly, until it ends."""
    found = list[Term]()
    start = signed_on
    while (term := compute(TermKind.PIIS_EVALUATION, start, store=store)).due <= ends_on:
        found.append(term)
        start = term.due
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation that took place."""

    held_on: date
    in_person: bool = True


def check_evaluations(
    signed_on: date,
    held: Iterable[Evaluation],
    on: date,
    store: ParameterStore | None = None,
) -> tuple[Check, ...]:
    """Whether the project had its evaluations, year of the contract by year, up to a day.

    The running year is not known until it has the number or ends.
    """
    store = store or parameter_store.shipped()
    least = store.entry("piis.evaluations", signed_on)
    in_person = store.entry("piis.evaluations.in_person", signed_on)
    items = tuple(held)
    found = list[Check]()
    year = 0
    while (start := add_months(signed_on, 12 * year)) <= on:
        end = add_months(signed_on, 12 * (year + 1))
        mine = [item for item in items if start < item.held_on <= end]
        met = sum(item.in_person for item in mine)
        enough = len(mine) >= least.number and met >= in_person.number
        reason = _(
            "Année du contrat commencée le {start} : {count} évaluations sur {least}, "
            "{met} en présence sur {in_person}."
        ).format(
            start=long_date(start),
            count=len(mine),
            least=least.number,
            met=met,
            in_person=in_person.number,
        )
        answer = enough if enough or end < on else None
        found.append(
            check(
                f"evaluations.{year + 1}",
                _("Le PIIS a été évalué assez souvent"),
                answer,
                reason,
                least,
                in_person,
                blocking=False,
            )
        )
        year += 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known before a project is signed; None when not known.

    Attributes:
        handed_on: day the draft was handed over.
        signed_on: day of the signature.
        needs_assessed: the needs of the person were assessed before.
        explained: content, reach and consequences were explained.
        hearing_told: the person knows of the right to be heard before signing.
    """

    handed_on: date
    signed_on: date
    needs_assessed: bool | None = None
    explained: bool | None = None
    hearing_told: bool | None = None


def check_signature(facts: Signature, store: ParameterStore | None = None) -> tuple[Check, ...]:
    """What must come before the signature."""
    store = store or parameter_store.shipped()
    think = reflection(facts.handed_on, store)
    length = store.entry("term.piis_reflection.ris", facts.handed_on)
    told = store.entry("hearing.other", facts.signed_on)
    reason = _("Projet remis le {handed}, réflexion jusqu'au {due}, signé le {signed}.").format(
        handed=long_date(facts.handed_on),
        due=long_date(think.due),
        signed=long_date(facts.signed_on),
    )
    return (
        check(
            "reflection",
            _("La personne a eu le temps de réfléchir"),
            facts.signed_on > think.due,
            reason,
            length,
        ),
        check(
            "needs",
            _("Les besoins ont été évalués avant"),
            facts.needs_assessed,
            _("L'évaluation des besoins précède le contrat."),
            article="AR du 11 juillet 2002, art. 11",
        ),
        check(
            "explained",
            _("La teneur, la portée et les conséquences ont été expliquées"),
            facts.explained,
            _("Le travailleur social explique le contrat avant la signature."),
            article="Source : droitsquotidiens.be ; lange-law.be",
        ),
        check(
            "hearing",
            _("La personne sait qu'elle peut être entendue avant de signer"),
            facts.hearing_told,
            _("Le droit d'être entendu par le conseil est dit avant la signature."),
            told,
            blocking=str(told.value) == "required",
        ),
    )


def form_b_code(
    kind: PiisKind,
    signed_on: date,
    month: date,
    *,
    exempt: bool = False,
    store: ParameterStore | None = None,
) -> ParameterValue:
    """The code of form B for a month (from 1 November 2016).

    The general project has its own code for the first year from the signature, then that of an
    extension. The subsidy starts at the signature, not at the grant.

    Args:
        kind: what the project is about.
        signed_on: day of the signature.
        month: any day of the month asked.
        exempt: no project, for health or equity.
        store: values of the law; the shipped ones when None.

    Raises:
        ParameterError: before 1 November 2016.
        ValueError: the month ends before the signature.
    """
    store = store or parameter_store.shipped()
    if exempt:
        return store.entry("piis.code.exempt", month)
    if (month.year, month.month) < (signed_on.year, signed_on.month):
        raise ValueError("the month ends before the signature")
    if kind is not PiisKind.GENERAL:
        return store.entry(f"piis.code.{kind.value}", month)
    first_year_ends = add_months(signed_on, 12)
    extended = (month.year, month.month) >= (first_year_ends.year, first_year_ends.month)
    return store.entry(f"piis.code.{'extension' if extended else 'general'}", month)


def waits_for_new_signature(
    interrupted_on: date, resumed_on: date, store: ParameterStore | None = None
) -> bool:
    """True when a break lasted more than three months: the subsidy waits for a new signature."""
    entry = (store or parameter_store.shipped()).entry("piis.subsidy.break", interrupted_on)
    return resumed_on > add_months(interrupted_on, entry.number)
