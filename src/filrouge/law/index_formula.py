"""The index formula: a check on the published amounts, and the amounts of a step to come.

yearly = round2(base × coefficient), coefficient = round4(1.02^n), monthly = round2(yearly / 12).
The year is rounded before it is divided. What is published stays as published: the formula only
checks it. Amounts are cents.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from filrouge.law import parameter_store
from filrouge.law.money import round_half_up
from filrouge.law.operations import Whole
from filrouge.law.parameter_store import ParameterStore

COEFFICIENT_SCALE = 10_000
"""The coefficient has four decimals."""

KNOWN_DEVIATIONS = frozenset({("ris.amount.monthly", date(2009, 6, 1), 1)})
"""Published amounts that differ from the formula: June 2009, category 1, 483.85 for 483.86."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A published amount that the formula does not give."""

    name: str
    valid_from: date
    category: int
    published: int
    computed: int

    @property
    def is_known(self) -> bool:
        """True when the difference is in the publication itself."""
        return (self.name, self.valid_from, self.category) in KNOWN_DEVIATIONS


def coefficient(step: int) -> int:
    """Coefficient of an index step, in ten-thousandths: round4(1.02^n).

    Raises:
        ValueError: the step is negative.
    """
    if step < 0:
        raise ValueError("an index step is not negative")
    return int(round_half_up(102**step * COEFFICIENT_SCALE, 100**step))


def yearly(base: Whole, step: int) -> Whole:
    """Yearly amount of a base (cents), int or int64 array."""
    return round_half_up(base * coefficient(step), COEFFICIENT_SCALE)


def monthly(amount: Whole) -> Whole:
    """Monthly amount of a yearly one (cents), int or int64 array."""
    return round_half_up(amount, 12)


def deviations(store: ParameterStore | None = None) -> tuple[Deviation, ...]:
    """Amounts of the store that the formula does not give, the known one included."""
    return tuple(_deviations(store or parameter_store.shipped()))


def _deviations(store: ParameterStore) -> Iterator[Deviation]:
    names = ("ris.amount.yearly", "ris.amount.monthly", "ris.base.yearly", "ris.index_step")
    starts = {line.valid_from for name in names for line in store.history(name)}
    for on in sorted(starts):
        step = store.number("ris.index_step", on)
        bases = store.table("ris.base.yearly", on)
        years = store.table("ris.amount.yearly", on)
        months = store.table("ris.amount.monthly", on)
        for rank, base in enumerate(bases):
            year = int(yearly(base, step))
            pairs = (
                ("ris.amount.yearly", years[rank], year),
                ("ris.amount.monthly", months[rank], int(monthly(year))),
            )
            for name, published, computed in pairs:
                start = store.entry(name, on).valid_from
                if published != computed and start == on:
                    yield Deviation(name, on, rank + 1, published, computed)


def amounts_at_step(
    step: int, on: date, store: ParameterStore | None = None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Yearly and monthly amounts of the three categories at a step, with the bases of a day.

    What a new index would give: to be entered as computed (C) until the amounts are published.
    """
    bases = (store or parameter_store.shipped()).table("ris.base.yearly", on)
    years = tuple(int(yearly(base, step)) for base in bases)
    return years, tuple(int(monthly(amount)) for amount in years)
