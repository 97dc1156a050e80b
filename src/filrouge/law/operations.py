"""Operations that a rule may use: the same for one case (int) and for a population (arrays).

Both branches of `where` are always evaluated, so rules must be total: no branch may fail.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

IntArray: TypeAlias = npt.NDArray[Any]
"""An int64 array (a bool array for conditions)."""

Whole: TypeAlias = int | IntArray
"""A whole number for one case, or one per case of a population."""

Truth: TypeAlias = bool | IntArray
"""A condition for one case, or one per case of a population."""

T = TypeVar("T")


def maximum(left: Whole, right: Whole) -> Whole:
    """Larger of two values, element by element."""
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        return np.maximum(left, right)
    return left if left >= right else right


def minimum(left: Whole, right: Whole) -> Whole:
    """Smaller of two values, element by element."""
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        return np.minimum(left, right)
    return left if left <= right else right


def where(condition: Truth, then: Whole, otherwise: Whole) -> Whole:
    """`then` where the condition holds, else `otherwise`."""
    if isinstance(condition, np.ndarray):
        return np.where(condition, then, otherwise)
    return then if condition else otherwise


def negate(condition: Truth) -> Truth:
    """True where the condition does not hold."""
    return ~condition if isinstance(condition, np.ndarray) else not condition


def is_absent(value: Whole | Truth) -> bool:
    """True for the plain zero of a fact that nobody gave; lets a rule skip its work."""
    return not isinstance(value, np.ndarray) and not value


def plus(*values: Whole) -> Whole:
    """Sum; plain zeros cost nothing."""
    total: Whole = 0
    for value in values:
        if is_absent(total):
            total = value
        elif not is_absent(value):
            total = total + value
    return total


def times(value: Whole, factor: Whole) -> Whole:
    """Product; a plain factor of 1 costs nothing."""
    if not isinstance(factor, np.ndarray) and factor == 1:
        return value
    return value * factor


def pick(rank: Whole, table: Sequence[int]) -> Whole:
    """Value of a table by rank counted from 1 (a category picks its amount).

    Raises:
        IndexError: a rank is outside 1..len(table).
    """
    if isinstance(rank, np.ndarray):
        if rank.size and (rank.min() < 1 or rank.max() > len(table)):
            raise IndexError(f"rank outside 1..{len(table)}")
        return take(rank, table)
    if not 1 <= rank <= len(table):
        raise IndexError(f"rank {rank} outside 1..{len(table)}")
    return table[rank - 1]


def take(rank: Whole, table: Sequence[int], factor: Whole = 1) -> Whole:
    """As `pick`, for ranks that were checked when they were read; × a factor."""
    if not isinstance(rank, np.ndarray):
        return table[rank - 1] * factor
    values = np.array((0, *table), dtype=np.int64)
    if not isinstance(factor, np.ndarray):
        values *= factor
        factor = 1
    found: IntArray = np.take(values, rank, mode="clip")
    return times(found, factor)


class Items(Generic[T]):
    """Things of which a case has any number: properties, transfers, people under the roof.

    A rule on one thing is written once; `summed` applies it to the things of one case (ints) or
    of a population (arrays) and adds up by case.
    """

    def is_empty(self) -> bool:
        """True when there is nothing in it at all."""
        raise NotImplementedError

    def spread(self, value: Whole) -> Whole:
        """A value of the case, repeated for each of its things."""
        raise NotImplementedError

    def summed(self, formula: Callable[[T], Whole]) -> Whole:
        """Sum by case of a formula on one thing."""
        raise NotImplementedError

    def lowest(self, formula: Callable[[T], Whole], otherwise: int) -> Whole:
        """Lowest by case of a formula on one thing, at most `otherwise`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class OneCase(Items[T]):
    """The things of one case."""

    things: tuple[T, ...] = ()

    def is_empty(self) -> bool:
        """True when the case has none."""
        return not self.things

    def spread(self, value: Whole) -> Whole:
        """The value itself."""
        return value

    def summed(self, formula: Callable[[T], Whole]) -> Whole:
        """Sum over the things."""
        return plus(*(formula(thing) for thing in self.things))

    def lowest(self, formula: Callable[[T], Whole], otherwise: int) -> Whole:
        """Lowest over the things."""
        found: Whole = otherwise
        for thing in self.things:
            found = minimum(found, formula(thing))
        return found


@dataclass(frozen=True, slots=True)
class ManyCases(Items[T]):
    """The things of a population: columns of things, case after case.

    Attributes:
        columns: one array per fact of a thing.
        offsets: where the things of each case start, and the end (cases + 1 numbers).
    """

    columns: T
    offsets: IntArray
    _counts: IntArray = field(init=False, compare=False, repr=False)
    _filled: IntArray = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        counts = np.diff(self.offsets)
        object.__setattr__(self, "_counts", counts)
        object.__setattr__(self, "_filled", np.flatnonzero(counts))

    def is_empty(self) -> bool:
        """True when no case has any."""
        return bool(self.offsets[0] == self.offsets[-1])

    def spread(self, value: Whole) -> Whole:
        """The value of each case, once for each of its things."""
        if not isinstance(value, np.ndarray):
            return value
        return np.repeat(value, self._counts)

    def summed(self, formula: Callable[[T], Whole]) -> Whole:
        """Sum by case, exact in int64."""
        if self.is_empty():
            return 0
        values = formula(self.columns)
        if not isinstance(values, np.ndarray):
            return values * self._counts
        sums: IntArray = np.add.reduceat(values, self.offsets[self._filled])
        return self._by_case(sums, 0)

    def lowest(self, formula: Callable[[T], Whole], otherwise: int) -> Whole:
        """Lowest by case."""
        if self.is_empty():
            return otherwise
        size = int(self.offsets[-1])
        values = np.broadcast_to(np.asarray(formula(self.columns)), (size,))
        lowest = np.minimum.reduceat(values, self.offsets[self._filled])
        return self._by_case(np.minimum(lowest, otherwise), otherwise)

    def _by_case(self, values: IntArray, otherwise: int) -> IntArray:
        """Values of the cases that have things, and of the others."""
        if len(self._filled) == len(self._counts):
            return values
        found = np.full(len(self._counts), otherwise, dtype=np.int64)
        found[self._filled] = values
        return found
