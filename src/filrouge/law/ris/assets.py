"""Property and movable capital (art. 25 to 27)."""

from filrouge.law.operations import Truth, Whole, maximum, minimum, negate, plus, where
from filrouge.law.parameter_store import ParameterValue
from filrouge.law.ris.figures import CapitalFigures, Figures, PropertyFigures
from filrouge.law.ris.rules import BUILT, CAPITAL, PROPERTY_CHOICE, UNBUILT
from filrouge.law.ris.slices import slices
from filrouge.law.ris.transfers import Transferred
from filrouge.law.ris.values import RisLaw, number
from filrouge.law.steps import Explainer

_NO_LIMIT = 10**15
"""Above any threshold × share."""


def property_income(facts: Figures, law: RisLaw, explain: Explainer) -> Whole:
    """Art. 25 and 26: built and unbuilt property, over 100 × denominator."""
    owned = facts.properties
    if owned.is_empty():
        return 0
    scale = 100 * facts.denominator
    children = owned.spread(facts.children)
    denominator = owned.spread(facts.denominator)

    def of_kind(built: int, abatement: Whole) -> Whole:
        def counted(one: PropertyFigures) -> Whole:
            return _counted(one, abatement, denominator, law) * (one.built == built)

        if law.taken["assets.several"] == "each":
            return owned.summed(counted)

        def in_full(one: PropertyFigures) -> Whole:
            return _counted(one, 0, denominator, law) * (one.built == built)

        best = owned.lowest(lambda one: counted(one) - in_full(one), 0)
        return plus(owned.summed(in_full), best)

    from_built = explain.step(
        BUILT,
        of_kind(1, number(law.built) + number(law.built_child) * children),
        scale,
        lambda: _how_many(facts, 1) > 0,
        (law.built, law.built_child, law.factor),
    )
    from_unbuilt = explain.step(
        UNBUILT,
        of_kind(0, number(law.unbuilt)),
        scale,
        lambda: _how_many(facts, 0) > 0,
        (law.unbuilt, law.factor),
    )
    explain.step(
        PROPERTY_CHOICE,
        0,
        1,
        lambda: bool(_readings_used(facts, law)),
        lambda: _readings_used(facts, law),
    )
    return plus(from_built, from_unbuilt)


def _how_many(facts: Figures, built: int) -> Whole:
    return facts.properties.summed(lambda one: where(one.built == built, 1, 0))


def _readings_used(facts: Figures, law: RisLaw) -> tuple[ParameterValue, ...]:
    """The open questions that matter for the properties of one case."""
    interest = facts.properties.summed(lambda one: one.interest)
    rent = facts.properties.summed(lambda one: one.rent)
    asked = (
        ("assets.rented.rule", interest + rent > 0),
        ("assets.mortgage.limit", interest > 0),
        ("assets.several", maximum(_how_many(facts, 0), _how_many(facts, 1)) > 1),
    )
    return tuple(law.taken.use(key) for key, matters in asked if matters)


def _counted(one: PropertyFigures, abatement: Whole, denominator: Whole, law: RisLaw) -> Whole:
    """One property, over 100 × denominator: flat amount less interest, or the rent if higher."""
    flat = 100 * number(law.factor) * maximum(0, one.income - one.share * abatement)
    rent = 100 * one.rent
    interest = 100 * one.interest * denominator
    if law.taken["assets.rented.rule"] == "interest_after":
        return _less_interest(maximum(flat, rent), interest, law)
    return maximum(_less_interest(flat, interest, law), rent)


def _less_interest(amount: Whole, interest: Whole, law: RisLaw) -> Whole:
    least = amount // 2 if law.taken["assets.mortgage.limit"] == "half" else 0
    return maximum(amount - interest, least)


def capital_income(
    facts: Figures, law: RisLaw, transferred: Transferred | None, explain: Explainer
) -> Whole:
    """Art. 27: movable capital, over 100 × denominator.

    Args:
        transferred: what is left of things given or sold, when the reading adds it here.
    """
    if facts.capitals.is_empty() and transferred is None:
        return 0
    held = facts.capitals

    def one_group(one: CapitalFigures) -> Whole:
        lower, upper = number(law.capital_lower), number(law.capital_upper)
        return slices(one.amount, one.share * lower, one.share * upper, law)

    if law.taken["assets.capital.shares"] == "lowest":
        counted = _together(facts, law, None)
    else:
        counted = held.summed(one_group)
    if transferred is not None:
        both = _together(facts, law, transferred)
        counted = where(transferred.left > 0, both, counted)
    scale = 100 * facts.denominator
    uses = (law.capital_lower, law.capital_upper, law.capital_middle_rate, law.capital_upper_rate)
    choice = law.taken.use("assets.capital.shares")

    def groups() -> Whole:
        return held.summed(lambda one: one.amount > 0)

    def added() -> Truth:
        return False if transferred is None else transferred.left > 0

    explain.step(CAPITAL, counted, scale, lambda: (groups() == 1) | added(), uses)
    return explain.step(
        CAPITAL, counted, scale, lambda: (groups() > 1) & negate(added()), (*uses, choice)
    )


def _together(facts: Figures, law: RisLaw, transferred: Transferred | None) -> Whole:
    """All capitals added up (with what was given or sold), thresholds × the smallest share."""
    held = facts.capitals
    amount = held.summed(lambda one: one.amount)
    share = minimum(held.lowest(lambda one: one.share, _NO_LIMIT), facts.denominator)
    lower, upper = share * number(law.capital_lower), share * number(law.capital_upper)
    if transferred is not None:
        amount = amount + transferred.left * facts.denominator
        lower = minimum(lower, transferred.lower * facts.denominator)
        upper = minimum(upper, transferred.upper * facts.denominator)
    return slices(amount, lower, upper, law)
