"""The slices by which a capital becomes a yearly income (art. 27)."""

from filrouge.law.operations import Whole, is_absent, maximum, minimum
from filrouge.law.ris.values import RisLaw, number


def slices(amount: Whole, lower: Whole, upper: Whole, law: RisLaw) -> Whole:
    """The slices of art. 27 as percent × amount; amount and thresholds over one denominator."""
    if is_absent(amount):
        return 0
    middle = maximum(0, minimum(amount, upper) - lower)
    above = maximum(0, amount - upper)
    return middle * number(law.capital_middle_rate) + above * number(law.capital_upper_rate)
