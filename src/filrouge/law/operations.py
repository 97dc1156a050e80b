"""Operations that a rule may use: the same for one case (int) and for a population (arrays).

Both branches of `where` are always evaluated, so rules must be total: no branch may fail.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

IntArray: TypeAlias = npt.NDArray[Any]
"""An int64 array (a bool array for conditions)."""

Whole: TypeAlias = int | IntArray
"""A whole number for one case, or one per case of a population."""

Truth: TypeAlias = bool | IntArray
"""A condition for one case, or one per case of a population."""


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


def pick(rank: Whole, table: Sequence[int]) -> Whole:
    """Value of a table by rank counted from 1 (a category picks its amount).

    Raises:
        IndexError: a rank is outside 1..len(table).
    """
    if isinstance(rank, np.ndarray):
        if rank.size and (rank.min() < 1 or rank.max() > len(table)):
            raise IndexError(f"rank outside 1..{len(table)}")
        found: IntArray = np.asarray(table, dtype=np.int64)[rank - 1]
        return found
    if not 1 <= rank <= len(table):
        raise IndexError(f"rank {rank} outside 1..{len(table)}")
    return table[rank - 1]
