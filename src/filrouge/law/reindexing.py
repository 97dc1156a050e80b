"""A new index applied to all running rights, as one operation over columns.

First a preview (who, old, new, difference, total), for a person to accept; then the caller writes
the new entitlements and notifies the rows listed. Amounts are cents per month.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from filrouge.law import parameter_store
from filrouge.law.operations import IntArray
from filrouge.law.parameter_store import ParameterStore
from filrouge.law.population import entitlements
from filrouge.law.population_table import Table

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class IndexPreview:
    """Old and new right of every row, in the order of the table; int64 cents per month.

    Attributes:
        before, after: last day of the former amounts, first day of the new ones.
        old, new: right per month.
        former_digest, digest: of the values used for each, frozen with the entitlements.
    """

    before: date
    after: date
    old: IntArray
    new: IntArray
    former_digest: str
    digest: str

    @property
    def difference(self) -> IntArray:
        """New minus old."""
        found: IntArray = self.new - self.old
        return found

    @property
    def changed(self) -> IntArray:
        """Positions of the rows whose right changes: the people to notify."""
        return np.flatnonzero(self.difference)

    @property
    def total_old(self) -> int:
        """Sum of the former rights."""
        return int(self.old.sum())

    @property
    def total_new(self) -> int:
        """Sum of the new rights."""
        return int(self.new.sum())

    @property
    def total_difference(self) -> int:
        """What the index costs in a month."""
        return self.total_new - self.total_old

    @property
    def raised(self) -> int:
        """Number of rights that go up."""
        return int((self.difference > 0).sum())

    @property
    def lowered(self) -> int:
        """Number of rights that go down: to be looked at before accepting."""
        return int((self.difference < 0).sum())

    def rows(self, keys: Sequence[Key]) -> Iterator[tuple[Key, int, int, int]]:
        """Key, old, new and difference of each right that changes.

        Args:
            keys: key of each row of the table, in its order.

        Raises:
            ValueError: there are not as many keys as rows.
        """
        if len(keys) != len(self.old):
            raise ValueError("one key per row is needed")
        for position in self.changed.tolist():
            old, new = int(self.old[position]), int(self.new[position])
            yield keys[position], old, new, new - old


def preview(
    table: Table,
    after: date,
    store: ParameterStore | None = None,
    former: ParameterStore | None = None,
    choices: Mapping[str, str] | None = None,
) -> IndexPreview:
    """What the amounts of a day change for running rights, compared with the day before.

    Args:
        table: columns of the running rights (`population.entitlements`).
        after: first day of the new amounts.
        store: values with the new amounts; the shipped ones when None.
        former: values the running rights were computed with; the same as `store` when None.
        choices: readings of the centre.

    Raises:
        PopulationError: a column is missing, unknown, of a wrong type or impossible.
        ParameterError: the law data has no value on one of the days.
    """
    store = store or parameter_store.shipped()
    former = former or store
    before = after - timedelta(days=1)
    old = entitlements(table, before, former, choices=choices).monthly_right
    new = entitlements(table, after, store, choices=choices).monthly_right
    return IndexPreview(before, after, old, new, former.digest(), store.digest())
