"""Resources of the people under the roof (art. 34), under both regimes."""

from collections.abc import Callable

from filrouge.law.category import Category
from filrouge.law.operations import Truth, Whole, is_absent, maximum, minimum, plus, where
from filrouge.law.parameter_store import ParameterValue
from filrouge.law.ris.figures import CohabitantFigures, Figures
from filrouge.law.ris.rules import (
    COHABITANTS,
    COHABITANTS_DECIDED,
    COHABITANTS_MONTH,
    FAMILY_BENEFIT,
    SPOUSE,
    SPOUSE_IN_FULL,
    SPOUSE_MONTH,
)
from filrouge.law.ris.values import RisLaw, table
from filrouge.law.steps import Explainer


def new_regime(facts: Figures, law: RisLaw) -> Truth:
    """True when the article 34 of 1/3/2026 applies.

    To requests since then; to running files from their next review.
    """
    if law.day < law.switch:
        return False
    asked = facts.requested_on
    return (asked <= 0) | (asked >= law.switch) | (facts.reviewed_on >= law.switch)


def cohabitant_income(facts: Figures, law: RisLaw, explain: Explainer) -> tuple[Whole, Whole]:
    """Art. 34, in cents per year × percent; then what the centre had to decide on.

    The second value is the part above one category 1 amount per person, before any decision, in
    cents per year: a case under the old regime cannot be computed without one when it is not 0.
    """
    if is_absent(facts.spouse) and facts.cohabitants.is_empty():
        return 0, 0
    is_new = new_regime(facts, law)
    in_full = (facts.spouse > 0) & (facts.category == Category.DEPENDENT_FAMILY)
    alone = (facts.spouse > 0) & (facts.category != Category.DEPENDENT_FAMILY)
    full = where(in_full, 12 * facts.spouse_monthly, 0)
    explain.step(SPOUSE_IN_FULL, full, 1, in_full, lambda: (_regime(law, is_new),))
    if facts.cohabitants.is_empty():
        above = where(alone, _above(facts.spouse_monthly, 1, law), 0)
        _explain_spouse(above, alone, is_new, law, explain)
        return 100 * plus(full, above), 0
    return _with_others(facts, law, explain, full, alone, is_new)


def _with_others(
    facts: Figures, law: RisLaw, explain: Explainer, full: Whole, alone: Truth, is_new: Truth
) -> tuple[Whole, Whole]:
    people = facts.cohabitants
    per_person: Truth = is_new if isinstance(is_new, bool) else people.spread(is_new) > 0

    def counts(one: CohabitantFigures) -> Truth:
        in_circle = where(per_person, one.circle > 0, one.circle == 1)
        return (one.adult_on <= law.day) & (in_circle > 0)

    persons = people.summed(lambda one: where(counts(one), 1, 0))
    monthly = people.summed(lambda one: where(counts(one), one.monthly, 0))
    if law.taken["cohabitants.sum"] == "each":
        pooled_spouse: Truth = False
        excess = people.summed(lambda one: where(counts(one), _above(one.monthly, 1, law), 0))
    else:
        pooled_spouse = is_new & alone & (persons > 0)
        excess = _above(
            plus(monthly, where(pooled_spouse, facts.spouse_monthly, 0)),
            plus(persons, where(pooled_spouse, 1, 0)),
            law,
        )
    apart = alone & (where(pooled_spouse, 0, 1) > 0)
    above = where(apart, _above(facts.spouse_monthly, 1, law), 0)
    _explain_spouse(above, apart, is_new, law, explain)
    counted = _decided(facts, law, excess, is_new)
    _explain_others(facts, law, explain, excess, counted, persons, is_new)
    benefit = _family_benefit(facts, law, explain, counts, is_new)
    return plus(100 * plus(full, above, benefit), counted), where(is_new, 0, excess)


def _above(monthly: Whole, persons: Whole, law: RisLaw) -> Whole:
    """Yearly cents above one category 1 amount per person."""
    if law.taken["cohabitants.partner.comparison"] == "year":
        return maximum(0, 12 * monthly - persons * table(law.yearly)[0])
    return 12 * maximum(0, monthly - persons * table(law.monthly)[0])


def _decided(facts: Figures, law: RisLaw, excess: Whole, is_new: Truth) -> Whole:
    """What the centre counts of the excess: yearly cents × percent."""
    undecided = facts.attribution < 0
    percent = where(undecided, where(is_new, 100, 0), facts.attribution)
    limit = 12 * facts.attribution_limit
    if law.taken["cohabitants.equity"] == "refused":
        percent = where(is_new, 100, percent)
        limit = where(is_new, excess, limit)
    return minimum(excess * percent, 100 * limit)


def _family_benefit(
    facts: Figures,
    law: RisLaw,
    explain: Explainer,
    counts: Callable[[CohabitantFigures], Truth],
    is_new: Truth,
) -> Whole:
    """Family benefits received for the applicant, in cents per year (from 1/3/2026)."""

    def monthly(one: CohabitantFigures) -> Whole:
        supplement = (
            one.supplement if law.taken["cohabitants.family_supplements"] == "counted" else 0
        )
        return where(counts(one), plus(one.benefit, supplement), 0)

    def has_supplement() -> Truth:
        return facts.cohabitants.summed(lambda one: one.supplement) > 0

    benefit = where(is_new, 12 * facts.cohabitants.summed(monthly), 0)
    choice = law.taken.use("cohabitants.family_supplements")
    explain.step(
        FAMILY_BENEFIT,
        benefit,
        1,
        lambda: (benefit > 0) | (is_new & has_supplement()),
        lambda: (law.new_regime, choice) if has_supplement() else (law.new_regime,),
    )
    return benefit


def _explain_spouse(
    above: Whole, present: Truth, is_new: Truth, law: RisLaw, explain: Explainer
) -> None:
    choice = law.taken.use("cohabitants.partner.comparison")
    explain.step(SPOUSE_MONTH, above, 12, present, (law.monthly, choice))
    explain.step(SPOUSE, above, 1, present, lambda: (_regime(law, is_new),))


def _explain_others(
    facts: Figures,
    law: RisLaw,
    explain: Explainer,
    excess: Whole,
    counted: Whole,
    persons: Whole,
    is_new: Truth,
) -> None:
    taken = law.taken

    def uses() -> tuple[ParameterValue, ...]:
        sums = (taken.use("cohabitants.sum"),) if persons > 1 or facts.spouse > 0 else ()
        return (law.monthly, taken.use("cohabitants.partner.comparison"), *sums)

    def decided() -> Truth:
        return (persons > 0) & (facts.attribution >= 0)

    explain.step(COHABITANTS_MONTH, excess, 12, lambda: persons > 0, uses)
    explain.step(
        COHABITANTS_DECIDED,
        counted,
        1200,
        decided,
        lambda: (taken.use("cohabitants.equity"),) if is_new else (law.old_regime,),
    )
    explain.step(COHABITANTS, counted, 100, lambda: persons > 0, lambda: (_regime(law, is_new),))


def _regime(law: RisLaw, is_new: Truth) -> ParameterValue:
    return law.new_regime if is_new else law.old_regime
