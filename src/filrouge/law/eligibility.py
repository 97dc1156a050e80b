"""The six conditions of the right to social integration (law of 26 May 2002, art. 3 and 4).

As data: what each asks, the evidence usually seen, and whether someone may be exempt from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from filrouge.law.labels import _
from filrouge.law.parameter_store import Status


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
