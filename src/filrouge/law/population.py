"""The same formula over a population held in columns.

Columns are int64 arrays named like the fields of `ris.Figures`. Work goes by chunks that stay
in the processor's cache. int64 bound: a column of yearly money holds at most
12 × 10,000,000 EUR (1.2e10 cents), the common denominator of shares at most 10,000; every sum
over 100 × denominator then stays under 1e17, far below 2**63 (9.2e18).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

import numpy as np

from filrouge.law import parameter_store
from filrouge.law.case import Case
from filrouge.law.money import MAX_AMOUNT, round_half_up
from filrouge.law.operations import IntArray, Whole
from filrouge.law.parameter_store import ParameterStore
from filrouge.law.reading import MAX_SHARE_DENOMINATOR
from filrouge.law.ris import Figures, RisLaw, compute, figures
from filrouge.law.steps import Silent

CHUNK = 32_000
_NAMES = tuple(field.name for field in fields(Figures))
_MAX_YEARLY = 12 * MAX_AMOUNT
_OVER_DENOMINATOR = frozenset(
    {
        "capital",
        "capital_share",
        "built_income",
        "built_share",
        "built_rent",
        "unbuilt_income",
        "unbuilt_share",
        "unbuilt_rent",
    }
)


class PopulationError(ValueError):
    """A column is missing, unknown, of a wrong type or holds an impossible value."""


@dataclass(frozen=True, slots=True)
class PopulationRights:
    """Rights of a population, in its order; cents, int64.

    Attributes:
        countable: resources taken into account per year (rounded, as for one case).
        monthly_right: right per month.
        first_month: amount of the first, partial month; 0 when the month is whole.
    """

    countable: IntArray
    monthly_right: IntArray
    first_month: IntArray


def columns(cases: Sequence[Case]) -> dict[str, IntArray]:
    """Columns of a list of cases, one row each, in order."""
    rows = [asdict(figures(case)) for case in cases]
    return {name: np.array([row[name] for row in rows], dtype=np.int64) for name in _NAMES}


def entitlements(
    table: Mapping[str, IntArray],
    on: date,
    store: ParameterStore | None = None,
    chunk: int = CHUNK,
) -> PopulationRights:
    """The right of every row on one date; same figures as `ris.entitlement`, to the cent.

    Args:
        table: int64 columns named like the fields of `ris.Figures`; `category` is needed, the
            others are 0 (or 1, or a 30-day month) when absent.
        on: date of the law.
        store: values of the law; the shipped ones when None.
        chunk: rows computed at once.

    Raises:
        PopulationError: a column is missing, unknown, of a wrong type or impossible.
        ParameterError: the law data has no value for the date.
    """
    size = _checked_size(table)
    law = RisLaw.on(on, store or parameter_store.shipped())
    countable, monthly, first = (np.empty(size, dtype=np.int64) for _column in range(3))
    silent = Silent()
    for start in range(0, size, chunk):
        part = slice(start, start + chunk)
        facts = _part(table, part, min(chunk, size - start))
        right = compute(facts, law, silent)
        countable[part] = round_half_up(right.countable, right.scale)
        monthly[part] = right.monthly
        first[part] = right.first_month
    return PopulationRights(countable, monthly, first)


def _part(table: Mapping[str, IntArray], part: slice, size: int) -> Figures:
    given: dict[str, Whole] = {name: column[part] for name, column in table.items()}
    given.setdefault("ordinary", np.zeros(size, dtype=np.int64))
    return Figures(**given)


def _checked_size(table: Mapping[str, IntArray]) -> int:
    if "category" not in table:
        raise PopulationError("La colonne « category » manque.")
    size = len(table["category"])
    for name, column in table.items():
        if name not in _NAMES:
            raise PopulationError(f"La colonne « {name} » n'est pas connue.")
        if not isinstance(column, np.ndarray) or column.dtype != np.int64 or column.ndim != 1:
            raise PopulationError(f"La colonne « {name} » doit être une suite d'entiers int64.")
        if len(column) != size:
            raise PopulationError(f"La colonne « {name} » n'a pas {size} lignes.")
        if size:
            _check_range(name, column, table)
    return size


def _check_range(name: str, column: IntArray, table: Mapping[str, IntArray]) -> None:
    low, high = {
        "category": (1, 3),
        "denominator": (1, MAX_SHARE_DENOMINATOR),
        "month_length": (28, 31),
        "days": (0, 31),
        "children": (0, 30),
    }.get(name, (0, _MAX_YEARLY))
    limit: int | IntArray = high
    if name in _OVER_DENOMINATOR:
        limit = high * table.get("denominator", np.ones(1, dtype=np.int64))
    wrong = np.flatnonzero((column < low) | (column > limit))
    if wrong.size:
        raise PopulationError(
            f"La colonne « {name} » a une valeur impossible à la ligne {int(wrong[0]) + 1}."
        )
