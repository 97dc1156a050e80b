"""What the law of this version cannot yet compute. Said in French; never guessed."""

from datetime import date

from filrouge.law.case import Case, Cohabitant, Income, PropertyKind
from filrouge.law.category import COUPLE, Category, Relation, is_minor
from filrouge.law.labels import _
from filrouge.law.money import format_euros
from filrouge.law.parameter_store import ParameterStore

SINGLE_PARENT_END = date(2004, 12, 31)
"""Until then single parents had a category of their own (law of 26 May 2002, first text)."""

STUDENT_SPI_END = date(2021, 12, 31)
"""Until then full-time students had other amounts for the exemption of art. 35."""

FIRST_DEGREE = frozenset({Relation.PARENT, Relation.CHILD})

MAINTENANCE_DEBTORS = FIRST_DEGREE | {
    Relation.EX_SPOUSE,
    Relation.GRANDPARENT,
    Relation.GRANDCHILD,
    Relation.PARENT_IN_LAW,
    Relation.CHILD_IN_LAW,
}
"""Adults who owe maintenance, besides the spouse or partner (art. 34 from 1/3/2026)."""


def gaps(case: Case, store: ParameterStore) -> tuple[str, ...]:
    """Reasons why a case cannot be computed, in French; empty when it can."""
    return (
        *_household_gaps(case, store),
        *_spouse_gaps(case),
        *_asset_gaps(case, store),
        *_period_gaps(case),
    )


def _counts(cohabitant: Cohabitant, case: Case, regime: str) -> bool:
    circle = FIRST_DEGREE if regime == "first_degree_optional" else MAINTENANCE_DEBTORS
    return cohabitant.relation in circle and not is_minor(cohabitant.birth_date, case.on)


def _household_gaps(case: Case, store: ParameterStore) -> list[str]:
    regime = str(store.value("cohabitants.regime", case.on))
    found: list[str] = []
    for cohabitant in case.cohabitants:
        if cohabitant.relation in COUPLE and case.spouse is None:
            found.append(
                _("Le conjoint ou partenaire cohabite : ses ressources doivent être indiquées.")
            )
        elif _counts(cohabitant, case, regime):
            found.append(_cohabitant_gap(cohabitant, regime))
    return list(dict.fromkeys(found))


def _cohabitant_gap(cohabitant: Cohabitant, regime: str) -> str:
    if regime == "first_degree_optional":
        template = _(
            "Un majeur du premier degré cohabite ({relation}) : le centre peut compter ses "
            "ressources (art. 34), ce calcul n'est pas encore couvert."
        )
    else:
        template = _(
            "Un débiteur d'aliments majeur cohabite ({relation}) : ses ressources comptent "
            "depuis le 1er mars 2026 (art. 34), ce calcul n'est pas encore couvert."
        )
    return template.format(relation=cohabitant.relation.label)


def _spouse_gaps(case: Case) -> list[str]:
    if case.spouse and case.spouse.has_right_to_integration and case.spouse.activation_wage:
        return [
            _(
                "Le partenaire a droit à l'intégration sociale et travaille sous l'article 60 § 7 "
                "ou une mesure d'activation : ce calcul n'est pas encore couvert."
            )
        ]
    return []


def _asset_gaps(case: Case, store: ParameterStore) -> list[str]:
    found: list[str] = []
    if case.property_transferred:
        found.append(
            _(
                "Un bien a été cédé dans les dix ans avant la demande (art. 28 à 32) : "
                "ce calcul n'est pas encore couvert."
            )
        )
    for kind in PropertyKind:
        if sum(item.kind is kind for item in case.properties) > 1:
            template = _(
                "Plusieurs biens du même type ({kind}) : le partage de l'abattement "
                "de l'art. 25 n'est pas confirmé."
            )
            found.append(template.format(kind=kind.label.lower()))
    if _capital_shares_matter(case, store):
        found.append(
            _(
                "Des capitaux détenus en parts différentes : la répartition des seuils "
                "de l'art. 27 n'est pas confirmée."
            )
        )
    return found


def _capital_shares_matter(case: Case, store: ParameterStore) -> bool:
    """True when shares differ and the total could pass a threshold under some reading."""
    shares = {item.share[0] / item.share[1]: item.share for item in case.capital}
    if len(shares) < 2:
        return False
    numerator, denominator = shares[min(shares)]
    lower = store.number("assets.capital.lower", case.on)
    owned = sum(-(-item.amount * item.share[0] // item.share[1]) for item in case.capital)
    return owned * denominator > lower * numerator


def _period_gaps(case: Case) -> list[str]:
    found: list[str] = []
    if (
        case.on <= SINGLE_PARENT_END
        and case.category is Category.DEPENDENT_FAMILY
        and not case.spouse
    ):
        found.append(
            _("Avant le 1er janvier 2005, les familles monoparentales avaient leur propre montant.")
        )
    if case.on <= STUDENT_SPI_END and case.full_time_student:
        found.extend(_student_gap(income) for income in case.incomes if income.spi)
    return list(dict.fromkeys(found))


def _student_gap(income: Income) -> str:
    template = _(
        "Avant le 1er janvier 2022, l'exonération des étudiants avait d'autres montants "
        "({amount} de revenu du travail)."
    )
    return template.format(amount=format_euros(income.amount))
