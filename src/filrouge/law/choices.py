"""Choices between readings, where a text is unknown (U) or sources contradict each other (X).

Each stands here once: the question, the readings that can be defended, the one taken unless the
centre takes another, and why. `entitlement(case, choices={"assets.several": "each"})` switches
one; what was taken is shown in the steps and frozen with the result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from filrouge.law.labels import _
from filrouge.law.parameter_store import ParameterValue, Status, Unit
from filrouge.law.reading import FIRST_DAY

_DECREE = "AR du 11 juillet 2002, art. "


class ChoiceError(ValueError):
    """A choice that does not exist, or a reading that is not one of its readings. In French."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question the texts leave open.

    Attributes:
        key: stable name.
        question: what is open, in French.
        readings: each reading that can be defended, by its stable name, as a French sentence.
        default: the reading taken unless the centre says otherwise.
        article: the text concerned.
        source: what was seen.
        status: U (text not seen) or X (sources contradict each other).
        since: day from which the question arises.
    """

    key: str
    question: str
    readings: Mapping[str, str]
    default: str
    article: str
    source: str
    status: Status
    since: date = FIRST_DAY

    def taken(self, reading: str) -> ParameterValue:
        """The reading taken, in the form in which a step shows its parameters."""
        is_default = reading == self.default
        said = _("lecture retenue") if is_default else _("lecture choisie par le centre")
        return ParameterValue(
            name=self.key,
            label=self.question,
            value=reading,
            unit=Unit.CHOICE,
            valid_from=self.since,
            article=self.article,
            source=self.source,
            status=self.status,
            note=f"{self.readings[reading]} ({said})",
        )


CHOICES: tuple[Choice, ...] = (
    Choice(
        "ris.first_month.rounding",
        _("Arrondi d'un mois incomplet"),
        {
            "once": _("Une seule division : droit annuel × jours ÷ (12 × jours du mois)."),
            "month_first": _("Le mois est arrondi au cent, puis ramené aux jours et arrondi."),
        },
        "once",
        "Loi du 26 mai 2002, art. 21",
        _("règle de l'arrondi non trouvée dans un texte ; l'écart est d'un cent au plus"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "ris.parts.rounding",
        _("Arrondi d'un mois en plusieurs parties"),
        {
            "each": _("Chaque partie du mois est un droit : elle est arrondie au cent."),
            "total": _("Les parties sont additionnées sans arrondi, le total est arrondi."),
        },
        "each",
        "Loi du 26 mai 2002, art. 21",
        _("règle de l'arrondi non trouvée dans un texte"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "category.alternating_custody",
        _("Enfant en hébergement alterné égalitaire"),
        {
            "dependent": _("L'enfant est à charge : catégorie 3 pour tout le mois."),
            "not_dependent": _("L'enfant n'est pas compté : le centre décide pour chaque période."),
        },
        "dependent",
        "Loi du 26 mai 2002, art. 14 § 1",
        _("Cass. 27/6/2022 : plus de demi-catégorie 3 ; texte de la circulaire modifiée non vu"),
        Status.CONFLICTING,
    ),
    Choice(
        "exemption.unchecked_ceilings",
        _("Primes de formation et indemnités de volontaire"),
        {
            "in_full": _(
                "Exonérées en entier quand la part exonérée n'est pas donnée ; à vérifier par la "
                "personne qui traite le dossier."
            ),
            "ask": _("Sans la part exonérée, le calcul est refusé."),
        },
        "in_full",
        _DECREE + "22 § 1",
        _("la liste existe, les plafonds n'ont pas été trouvés"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "assets.rented.rule",
        _("Bien donné en location et intérêts hypothécaires"),
        {
            "highest": _(
                "Intérêts déduits du forfait ; puis le plus élevé du forfait et du loyer × part."
            ),
            "interest_after": _(
                "Le plus élevé du forfait et du loyer × part ; puis les intérêts sont déduits."
            ),
        },
        "highest",
        _DECREE + "25 et 26",
        _("principe connu, détail du texte non vu"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "assets.mortgage.limit",
        _("Limite de la déduction des intérêts hypothécaires"),
        {
            "none": _("Les intérêts sont déduits jusqu'à zéro."),
            "half": _("Les intérêts sont déduits de la moitié du montant au plus."),
        },
        "none",
        _DECREE + "25",
        _("règle sans limite dans le résumé suivi ; la limite existe dans un texte voisin (GRAPA)"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "assets.several",
        _("Abattement quand plusieurs biens du même type sont possédés"),
        {
            "once": _("Une fois, sur le bien où il est le plus favorable à la personne."),
            "each": _("Une fois par bien."),
        },
        "once",
        _DECREE + "25",
        _("texte non vu ; l'abattement est lié aux enfants, donc au ménage"),
        Status.CONFLICTING,
    ),
    Choice(
        "assets.capital.shares",
        _("Seuils quand les capitaux sont détenus en parts différentes"),
        {
            "by_share": _("Chaque groupe de même part a ses seuils, × sa part."),
            "lowest": _("Tout est additionné ; seuils × la part la plus petite."),
        },
        "by_share",
        _DECREE + "27",
        _("les seuils suivent la part ; rien n'a été trouvé pour des parts différentes"),
        Status.CONFLICTING,
    ),
    Choice(
        "transfers.abatement",
        _("Abattement annuel quand plusieurs biens ont été vendus"),
        {
            "once": _("Une fois par période, depuis la plus ancienne vente."),
            "each": _("Une fois par bien vendu, depuis sa vente."),
        },
        "once",
        _DECREE + "31",
        _("texte non vu"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "transfers.anniversary",
        _("Anniversaire auquel l'abattement annuel est appliqué de nouveau"),
        {
            "right": _("Celui du premier jour du droit."),
            "none": _("Aucun : l'abattement du début reste."),
        },
        "right",
        _DECREE + "31",
        _("« puis une fois à chaque anniversaire » ; de quel jour n'est pas dit"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "transfers.slices",
        _("Tranches de l'art. 27 pour ce qui reste d'un bien cédé"),
        {
            "apart": _("Appliquées à part, seuils × la plus petite part cédée."),
            "with_capital": _(
                "Appliquées au total avec les capitaux, seuils × la plus petite part."
            ),
        },
        "apart",
        _DECREE + "28",
        _("« comme un capital mobilier » ; l'addition avec les capitaux n'est pas dite"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "spi.variants",
        _("Revenu artistique et autre revenu du travail ensemble"),
        {
            "highest": _("Une seule exonération : la plus favorable."),
            "added": _("Chaque revenu a son exonération."),
        },
        "highest",
        _DECREE + "35",
        _("règle de cumul non trouvée"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "spi.counter",
        _("Unité du compteur de trois ans"),
        {
            "days": _("Jours civils des périodes travaillées, 1 095 au plus."),
            "months": _("Mois dans lesquels une période a été travaillée, 36 au plus."),
        },
        "days",
        _DECREE + "35",
        _("depuis le 1/10/2014 seules les périodes travaillées comptent ; l'unité n'est pas dite"),
        Status.UNCONFIRMED,
    ),
    Choice(
        "cohabitants.partner.comparison",
        _("Période de comparaison des ressources des cohabitants"),
        {
            "month": _("Le mois : montant mensuel publié de la catégorie 1, puis × 12."),
            "year": _("L'année : montant annuel de la catégorie 1."),
        },
        "month",
        _DECREE + "34",
        _(
            "seul exemple publié vu : 1 000,00 moins 842,12 = 157,88 par mois ; comparer les années "
            "change au plus 10 cents par an"
        ),
        Status.UNCONFIRMED,
    ),
    Choice(
        "cohabitants.sum",
        _("Plusieurs cohabitants dont les ressources comptent"),
        {
            "together": _(
                "La somme de leurs ressources moins un montant de catégorie 1 pour chacun."
            ),
            "each": _("Pour chacun, ce qui dépasse un montant de catégorie 1."),
        },
        "together",
        _DECREE + "34",
        _("circulaire avec exemples non vue ; la somme est la formule du résumé suivi"),
        Status.CONFLICTING,
    ),
    Choice(
        "cohabitants.equity",
        _("Exception d'équité pour les débiteurs d'aliments depuis le 1/3/2026"),
        {
            "allowed": _("Compter est obligatoire, sauf exception d'équité motivée."),
            "refused": _("Compter est obligatoire, sans exception."),
        },
        "allowed",
        _DECREE + "34",
        _("l'annonce parle d'obligation ; un commentaire juridique garde l'équité"),
        Status.CONFLICTING,
        date(2026, 3, 1),
    ),
    Choice(
        "cohabitants.family_supplements",
        _("Suppléments d'allocations familiales reçus par le cohabitant pour le demandeur"),
        {
            "counted": _("Ils comptent, sauf le supplément pour handicap."),
            "exempt": _("Aucun supplément ne compte."),
        },
        "counted",
        _DECREE + "34",
        _("une page de CPAS exclut les suppléments ; un commentaire n'exclut que le handicap"),
        Status.CONFLICTING,
        date(2026, 3, 1),
    ),
)
"""Every open question, in the order of the computation."""

_BY_KEY = {choice.key: choice for choice in CHOICES}


@dataclass(frozen=True, slots=True)
class Readings:
    """One reading per choice."""

    taken: tuple[tuple[str, str], ...]
    _by_key: Mapping[str, str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", dict(self.taken))

    def __getitem__(self, key: str) -> str:
        """Reading taken for a choice."""
        return self._by_key[key]

    def use(self, key: str) -> ParameterValue:
        """The reading taken, as a step shows it."""
        return _use(key, self[key])

    def as_dict(self) -> dict[str, str]:
        """Reading by choice."""
        return dict(self.taken)


@lru_cache(maxsize=256)
def _use(key: str, reading: str) -> ParameterValue:
    return _BY_KEY[key].taken(reading)


def choice(key: str) -> Choice:
    """The choice of a key.

    Raises:
        ChoiceError: there is none.
    """
    try:
        return _BY_KEY[key]
    except KeyError:
        known = ", ".join(_BY_KEY)
        raise ChoiceError(f"Le choix « {key} » n'existe pas. Choix permis : {known}.") from None


def readings(choices: Mapping[str, str] | None = None) -> Readings:
    """The reading of every choice: the centre's where it took one, else the default.

    Raises:
        ChoiceError: an unknown choice or reading.
    """
    return _readings(tuple(sorted((choices or {}).items())))


@lru_cache(maxsize=256)
def _readings(chosen: tuple[tuple[str, str], ...]) -> Readings:
    for key, reading in chosen:
        known = choice(key).readings
        if reading not in known:
            allowed = ", ".join(known)
            raise ChoiceError(
                f"{key} : la lecture « {reading} » n'existe pas. Lectures permises : {allowed}."
            )
    wanted = dict(chosen)
    return Readings(tuple((item.key, wanted.get(item.key, item.default)) for item in CHOICES))
