"""The six conditions of the right to social integration (law of 26 May 2002, art. 3, 4 and 7).

As data: what each asks, the evidence usually seen, and whether someone may be exempt from it. As
a function: `assess(situation, on)` says of each whether it is met, not met, or not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import TypeAlias

from filrouge.law.category import ADULT_AGE, age
from filrouge.law.labels import _
from filrouge.law.parameter_store import Status
from filrouge.law.reading import FIRST_DAY, CaseError, CaseProblem
from filrouge.law.terms import add_months


class ConditionKey(StrEnum):
    """The six conditions; values are stable."""

    RESIDENCE = "residence"
    AGE = "age"
    STATUS = "status"
    RESOURCES = "resources"
    WORK = "work"
    OTHER_RIGHTS = "other_rights"


class Exemption(StrEnum):
    """Why someone is exempt from a condition."""

    HEALTH = "health"
    EQUITY = "equity"

    @property
    def label(self) -> str:
        """Name in French."""
        return _("raison de santé") if self is Exemption.HEALTH else _("raison d'équité")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition.

    Attributes:
        key: stable name.
        label: short name in French.
        question: what the inquiry must establish, in French.
        article: where the law says so.
        evidence: what is usually looked at, in French; none of it may be demanded as the only
            possible proof.
        exemptions: reasons for which someone may be exempt.
        status: how sure we are of the rule's detail.
        note: what to watch, in French.
    """

    key: ConditionKey
    label: str
    question: str
    article: str
    evidence: tuple[str, ...]
    exemptions: tuple[Exemption, ...] = ()
    status: Status = Status.SECONDARY
    note: str = ""


CONDITIONS: tuple[Condition, ...] = (
    Condition(
        ConditionKey.RESIDENCE,
        _("Résidence"),
        _("La personne réside-t-elle effectivement, habituellement et légalement en Belgique ?"),
        "Loi du 26 mai 2002, art. 3, 1°",
        (
            _("visite à domicile"),
            _("registre national"),
            _("titre de séjour"),
            _("bail, s'il existe"),
        ),
        note=_("Ni bail, ni logement, ni inscription ne peuvent être exigés."),
    ),
    Condition(
        ConditionKey.AGE,
        _("Âge"),
        _("La personne a-t-elle 18 ans, ou est-elle assimilée à un majeur ?"),
        "Loi du 26 mai 2002, art. 3, 2° et art. 7",
        (_("registre national"), _("acte de mariage"), _("certificat de grossesse")),
        status=Status.OFFICIAL,
        note=_("Mineur assimilé : émancipé par mariage, avec enfant à charge, ou enceinte."),
    ),
    Condition(
        ConditionKey.STATUS,
        _("Nationalité ou statut"),
        _("La personne a-t-elle la nationalité ou un statut de séjour visés par la loi ?"),
        "Loi du 26 mai 2002, art. 3, 3°",
        (_("registre national"), _("titre de séjour"), _("décision du CGRA")),
        note=_(
            "Belge, citoyen de l'Union ou membre de sa famille, inscrit au registre de la "
            "population, réfugié, apatride, protection subsidiaire."
        ),
    ),
    Condition(
        ConditionKey.RESOURCES,
        _("Ressources"),
        _("La personne est-elle sans ressources suffisantes, ni moyen d'en obtenir ?"),
        "Loi du 26 mai 2002, art. 3, 4°",
        (
            _("fiches de paie"),
            _("attestations d'allocations"),
            _("avertissement-extrait de rôle"),
            _("données de la Banque-Carrefour"),
        ),
        note=_("Les extraits de compte ne peuvent pas être demandés systématiquement."),
    ),
    Condition(
        ConditionKey.WORK,
        _("Disposition à travailler"),
        _("La personne est-elle disposée à travailler ?"),
        "Loi du 26 mai 2002, art. 3, 5°",
        (
            _("inscription comme demandeur d'emploi"),
            _("recherches d'emploi"),
            _("certificat médical"),
            _("inscription aux études"),
        ),
        exemptions=(Exemption.HEALTH, Exemption.EQUITY),
        note=_("Des études peuvent être une raison d'équité. Dire qui l'apprécie."),
    ),
    Condition(
        ConditionKey.OTHER_RIGHTS,
        _("Autres droits sociaux"),
        _("La personne a-t-elle fait valoir ses droits aux autres prestations sociales ?"),
        "Loi du 26 mai 2002, art. 3, 6° et art. 4",
        (
            _("demande de chômage"),
            _("demande d'indemnités de mutuelle"),
            _("demande de pension"),
            _("demande d'allocations de handicap"),
        ),
        note=_(
            "Le centre peut renvoyer vers les débiteurs d'aliments, sans y être obligé, "
            "et doit peser les relations familiales."
        ),
    ),
)
"""The six conditions, in the order of the law."""


def condition(key: ConditionKey) -> Condition:
    """The condition of a key."""
    return next(item for item in CONDITIONS if item.key is key)


class Result(IntEnum):
    """Outcome of a condition; the order is that of certainty in favour of the person."""

    NOT_MET = 0
    UNKNOWN = 1
    MET = 2

    @property
    def label(self) -> str:
        """Name in French."""
        return {
            Result.NOT_MET: _("non remplie"),
            Result.UNKNOWN: _("à établir"),
            Result.MET: _("remplie"),
        }[self]


class StayKind(StrEnum):
    """Nationality or stay status (art. 3, 3°)."""

    BELGIAN = "belgian"
    EU_CITIZEN = "eu_citizen"
    EU_FAMILY = "eu_family"
    POPULATION_REGISTER = "population_register"
    REFUGEE = "refugee"
    STATELESS = "stateless"
    SUBSIDIARY_PROTECTION = "subsidiary_protection"
    FOREIGNERS_REGISTER = "foreigners_register"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Name in French."""
        return _STAY_LABELS[self]


_STAY_LABELS = {
    StayKind.BELGIAN: _("nationalité belge"),
    StayKind.EU_CITIZEN: _("citoyen de l'Union européenne"),
    StayKind.EU_FAMILY: _("membre de la famille d'un citoyen de l'Union"),
    StayKind.POPULATION_REGISTER: _("étranger inscrit au registre de la population"),
    StayKind.REFUGEE: _("réfugié reconnu"),
    StayKind.STATELESS: _("apatride"),
    StayKind.SUBSIDIARY_PROTECTION: _("protection subsidiaire"),
    StayKind.FOREIGNERS_REGISTER: _("étranger inscrit au seul registre des étrangers"),
    StayKind.OTHER: _("autre situation de séjour"),
}

SUBSIDIARY_PROTECTION_SINCE = date(2016, 11, 1)
"""Subsidiary protection opens the right since the law of 21 July 2016 (day of entry: status U)."""

EU_MONTHS = 3
"""An EU citizen needs a right of residence of more than this many months."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A nationality or stay status, with its days (both included; None when open)."""

    kind: StayKind
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """True when it holds on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a person, for the six conditions. None means not known yet.

    Every yes-or-no fact is worded so that "yes" never weakens the right.

    Attributes:
        lives_in_belgium: resides there effectively and habitually; no lease, dwelling or
            registration may be asked for.
        stays_lawfully: the stay is lawful.
        birth_date: for the age.
        is_married: emancipated by marriage (minors).
        has_dependent_child: (minors).
        is_pregnant: (minors).
        stays: nationality and stay statuses; None when nothing is known.
        is_eu_worker: works or is self-employed in Belgium (EU citizens, first three months).
        lacks_resources: the computed right is above zero (`Entitlement.monthly_right`).
        cannot_obtain_more: cannot get enough by own effort or otherwise.
        is_willing_to_work: shows it.
        has_health_reason: exempt from showing it, for health.
        has_equity_reason: exempt from showing it, for equity (studies for instance).
        claimed_other_rights: claimed the social benefits they may have, Belgian or foreign.
        maintenance_is_asked: the centre asks that maintenance debtors be called on (it may).
        claimed_maintenance: did so.
        family_reason_against: family relations are a reason not to.
    """

    lives_in_belgium: bool | None = None
    stays_lawfully: bool | None = None
    birth_date: date | None = None
    is_married: bool | None = None
    has_dependent_child: bool | None = None
    is_pregnant: bool | None = None
    stays: tuple[Stay, ...] | None = None
    is_eu_worker: bool | None = None
    lacks_resources: bool | None = None
    cannot_obtain_more: bool | None = None
    is_willing_to_work: bool | None = None
    has_health_reason: bool | None = None
    has_equity_reason: bool | None = None
    claimed_other_rights: bool | None = None
    maintenance_is_asked: bool = False
    claimed_maintenance: bool | None = None
    family_reason_against: bool | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Outcome of one condition, with its reasons in French."""

    condition: Condition
    result: Result
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "condition": self.condition.key.value,
            "result": self.result.name.lower(),
            "reasons": list(self.reasons),
            "article": self.condition.article,
            "status": self.condition.status.value,
        }


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The six conditions on a day, and what they give together."""

    on: date
    assessments: tuple[Assessment, ...]

    @property
    def result(self) -> Result:
        """The weakest of the six: the conditions are cumulative."""
        return together(*(item.result for item in self.assessments))

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "on": self.on.isoformat(),
            "result": self.result.name.lower(),
            "assessments": [item.as_dict() for item in self.assessments],
        }


def together(*results: Result) -> Result:
    """All are needed: the weakest."""
    return min(results, default=Result.MET)


def either(*results: Result) -> Result:
    """One is enough: the strongest."""
    return max(results, default=Result.NOT_MET)


def known(fact: bool | None) -> Result:
    """A fact as an outcome."""
    if fact is None:
        return Result.UNKNOWN
    return Result.MET if fact else Result.NOT_MET


def assess(situation: Situation, on: date) -> Eligibility:
    """The six conditions of the right to social integration, each met, not met or not known.

    Args:
        situation: what is known.
        on: the day looked at.

    Raises:
        CaseError: an impossible date (birth after the day, a status that ends before it begins).

    Source: law of 26 May 2002, art. 3, 4 and 7.
    """
    problems = list(_problems(situation, on))
    if problems:
        raise CaseError(problems)
    outcomes = (
        (ConditionKey.RESIDENCE, _residence(situation)),
        (ConditionKey.AGE, _adulthood(situation, on)),
        (ConditionKey.STATUS, _status(situation, on)),
        (ConditionKey.RESOURCES, _resources(situation)),
        (ConditionKey.WORK, _work(situation)),
        (ConditionKey.OTHER_RIGHTS, _other_rights(situation)),
    )
    return Eligibility(
        on, tuple(Assessment(condition(key), result, why) for key, (result, why) in outcomes)
    )


Outcome: TypeAlias = tuple[Result, tuple[str, ...]]


def _problems(situation: Situation, on: date) -> Iterator[CaseProblem]:
    if on < FIRST_DAY:
        yield CaseProblem("on", _("Le droit n'existe pas avant le 1er octobre 2002."))
    if situation.birth_date and situation.birth_date > on:
        yield CaseProblem("birth_date", _("La date de naissance est après la date examinée."))
    for position, stay in enumerate(situation.stays or ()):
        if stay.since and stay.until and stay.until < stay.since:
            yield CaseProblem(f"stays[{position}].until", _("La fin du statut précède son début."))


def _residence(situation: Situation) -> Outcome:
    lives, lawful = known(situation.lives_in_belgium), known(situation.stays_lawfully)
    why = {
        Result.NOT_MET: _("La personne ne réside pas effectivement et habituellement en Belgique."),
        Result.UNKNOWN: _("La résidence effective et habituelle est à établir."),
        Result.MET: _("La personne réside effectivement et habituellement en Belgique."),
    }[lives]
    stay = {
        Result.NOT_MET: _("Le séjour n'est pas légal."),
        Result.UNKNOWN: _("La légalité du séjour est à établir."),
        Result.MET: _("Le séjour est légal."),
    }[lawful]
    return together(lives, lawful), (why, stay)


def _adulthood(situation: Situation, on: date) -> Outcome:
    assimilated = (
        (situation.is_married, _("Mineur émancipé par mariage.")),
        (situation.has_dependent_child, _("Mineur avec enfant à charge.")),
        (situation.is_pregnant, _("Mineure enceinte.")),
    )
    as_adult = either(*(known(fact) for fact, _reason in assimilated))
    reasons = tuple(reason for fact, reason in assimilated if fact)
    if situation.birth_date is None:
        if as_adult is Result.MET:
            return Result.MET, reasons
        return Result.UNKNOWN, (_("La date de naissance est à établir."),)
    years = age(situation.birth_date, on)
    if years >= ADULT_AGE:
        return Result.MET, (_("La personne a {years} ans.").format(years=years),)
    if as_adult is Result.MET:
        return Result.MET, reasons
    if as_adult is Result.UNKNOWN:
        return Result.UNKNOWN, (
            _("Mineur : mariage, enfant à charge ou grossesse sont à établir."),
        )
    return Result.NOT_MET, (
        _("Mineur non assimilé à un majeur : seule l'aide sociale peut être demandée."),
    )


def _status(situation: Situation, on: date) -> Outcome:
    if situation.stays is None:
        return Result.UNKNOWN, (_("La nationalité ou le statut de séjour est à établir."),)
    found = [_stay(stay, situation, on) for stay in situation.stays if stay.holds(on)]
    if not found:
        return Result.NOT_MET, (_("Aucun statut ne vaut ce jour-là."),)
    best = either(*(result for result, _why in found))
    return best, tuple(why for result, why in found if result is best)


def _stay(stay: Stay, situation: Situation, on: date) -> tuple[Result, str]:
    if stay.kind is StayKind.FOREIGNERS_REGISTER:
        return Result.NOT_MET, _(
            "Inscription au seul registre des étrangers : l'aide sociale équivalente peut être "
            "demandée."
        )
    if stay.kind is StayKind.OTHER:
        return Result.NOT_MET, _("Cette situation de séjour n'ouvre pas ce droit.")
    if stay.kind is StayKind.SUBSIDIARY_PROTECTION and on < SUBSIDIARY_PROTECTION_SINCE:
        return Result.NOT_MET, _(
            "La protection subsidiaire n'ouvre ce droit que depuis la loi du 21 juillet 2016."
        )
    if stay.kind in (StayKind.EU_CITIZEN, StayKind.EU_FAMILY):
        return _european(stay, situation, on)
    return Result.MET, f"{stay.kind.label.capitalize()}."


def _european(stay: Stay, situation: Situation, on: date) -> tuple[Result, str]:
    settled = known(None if stay.since is None else add_months(stay.since, EU_MONTHS) <= on)
    worker = known(situation.is_eu_worker)
    result = either(settled, worker)
    why = {
        Result.MET: _("Droit de séjour de plus de trois mois, ou travail en Belgique."),
        Result.UNKNOWN: _("Le début du droit de séjour, ou le travail, est à établir."),
        Result.NOT_MET: _("Trois premiers mois de séjour, sans travail salarié ou indépendant."),
    }[result]
    return result, f"{stay.kind.label.capitalize()}. {why}"


def _resources(situation: Situation) -> Outcome:
    lacks, cannot = known(situation.lacks_resources), known(situation.cannot_obtain_more)
    result = together(lacks, cannot)
    if lacks is Result.NOT_MET:
        return result, (_("Les ressources atteignent le montant de la catégorie."),)
    if lacks is Result.UNKNOWN:
        return result, (_("Le calcul des ressources reste à faire."),)
    why = {
        Result.MET: _("Les ressources sont insuffisantes, sans moyen d'en obtenir davantage."),
        Result.UNKNOWN: _("Voir si la personne peut obtenir des ressources suffisantes."),
        Result.NOT_MET: _("La personne peut obtenir des ressources suffisantes par ses efforts."),
    }[cannot]
    return result, (why,)


def _work(situation: Situation) -> Outcome:
    ways = (
        (situation.is_willing_to_work, _("La personne est disposée à travailler.")),
        (situation.has_health_reason, _("Exemptée pour une raison de santé.")),
        (situation.has_equity_reason, _("Exemptée pour une raison d'équité.")),
    )
    result = either(*(known(fact) for fact, _reason in ways))
    if result is Result.MET:
        return result, tuple(reason for fact, reason in ways if fact)
    if result is Result.UNKNOWN:
        return result, (_("Disposition à travailler, ou raison de santé ou d'équité, à établir."),)
    return result, (_("Pas disposée à travailler, sans raison de santé ni d'équité."),)


def _other_rights(situation: Situation) -> Outcome:
    benefits = known(situation.claimed_other_rights)
    why = {
        Result.MET: _("Les autres droits sociaux ont été demandés."),
        Result.UNKNOWN: _("Les autres droits sociaux sont à vérifier."),
        Result.NOT_MET: _("Un autre droit social n'a pas été demandé."),
    }[benefits]
    if not situation.maintenance_is_asked:
        return benefits, (why,)
    facts = (situation.claimed_maintenance, situation.family_reason_against)
    maintenance = either(*(known(fact) for fact in facts))
    more = {
        Result.MET: _("Débiteurs d'aliments : appelés, ou écartés pour une raison familiale."),
        Result.UNKNOWN: _(
            "Débiteurs d'aliments : le centre le demande, la démarche est à établir."
        ),
        Result.NOT_MET: _("Débiteurs d'aliments : le centre le demande, rien n'a été fait."),
    }[maintenance]
    return together(benefits, maintenance), (why, more)
