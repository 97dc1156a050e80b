"""What cannot be computed: a fact or a decision is missing, or the law of the time is unknown.

Said in French; never guessed.
"""

from collections.abc import Iterator
from datetime import date

from filrouge.law.case import Case, Cohabitant, SpiKind
from filrouge.law.category import COUPLE, Category, is_minor
from filrouge.law.labels import _
from filrouge.law.ris.cohabitants import new_regime
from filrouge.law.ris.figures import Figures, opens_exemption
from filrouge.law.ris.formula import Right
from filrouge.law.ris.values import ARTISTIC, RisLaw

SINGLE_PARENT_END = date(2004, 12, 31)
"""Until then single parents had a category of their own (law of 26 May 2002, first text)."""


def gaps(case: Case, facts: Figures, law: RisLaw, right: Right) -> tuple[str, ...]:
    """Reasons why a case cannot be computed, in French; empty when it can."""
    found = (
        *_household_gaps(case, facts, law, right),
        *_asset_gaps(case),
        *_period_gaps(case, law),
    )
    return tuple(dict.fromkeys(found))


def _household_gaps(case: Case, facts: Figures, law: RisLaw, right: Right) -> Iterator[str]:
    is_new = bool(new_regime(facts, law))
    nothing_counted = case.attribution is not None and case.attribution.percent == 0
    for cohabitant in case.cohabitants:
        if cohabitant.relation in COUPLE and case.spouse is None:
            yield _("Le conjoint ou partenaire cohabite : ses ressources doivent être indiquées.")
        elif (
            cohabitant.net_monthly is None
            and not nothing_counted
            and _may_count(cohabitant, case, is_new)
        ):
            yield _unknown_resources(cohabitant, is_new)
    if right.undecided and case.attribution is None:
        yield _(
            "Un majeur du premier degré cohabite : le centre peut compter ses ressources "
            "(art. 34 d'avant le 1er mars 2026). Indiquez sa décision motivée."
        )


def _may_count(cohabitant: Cohabitant, case: Case, is_new: bool) -> bool:
    circle = (1, 2) if is_new else (1,)
    return cohabitant.circle in circle and not is_minor(cohabitant.birth_date, case.on)


def _unknown_resources(cohabitant: Cohabitant, is_new: bool) -> str:
    if is_new:
        template = _(
            "Un débiteur d'aliments majeur cohabite ({relation}) : ses ressources comptent "
            "depuis le 1er mars 2026 (art. 34) et doivent être indiquées."
        )
    else:
        template = _(
            "Un majeur du premier degré cohabite ({relation}) : le centre peut compter ses "
            "ressources (art. 34) ; indiquez-les, ou la décision motivée de ne rien compter."
        )
    return template.format(relation=cohabitant.relation.label)


def _asset_gaps(case: Case) -> Iterator[str]:
    if case.property_transferred and not case.transfers:
        yield _(
            "Un bien a été cédé dans les dix ans avant la demande (art. 28 à 32) : sa valeur, sa "
            "date et la part doivent être indiquées."
        )


def _period_gaps(case: Case, law: RisLaw) -> Iterator[str]:
    if (
        case.on <= SINGLE_PARENT_END
        and case.category is Category.DEPENDENT_FAMILY
        and not case.spouse
    ):
        yield _(
            "Avant le 1er janvier 2005, les familles monoparentales avaient leur propre montant."
        )
    artistic = any(
        income.spi_kind is SpiKind.ARTISTIC and opens_exemption(income, case)
        for income in case.incomes
    )
    if artistic and law.spi_artistic.name != ARTISTIC:
        yield _("Avant le 1er janvier 2022, l'exonération artistique n'est pas connue ici.")
    if law.taken["exemption.unchecked_ceilings"] == "ask" and any(
        income.kind.has_unchecked_ceiling and income.exempt_part is None for income in case.incomes
    ):
        yield _("La part exonérée d'une prime ou d'une indemnité de volontaire manque (art. 22).")
