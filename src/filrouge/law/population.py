"""The same formula over a population held in columns (`filrouge.law.population_table`).

Columns are named like the fields of `ris.Figures`. Work goes by chunks that stay in the
processor's cache; no loop over people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from filrouge.law import parameter_store
from filrouge.law.choices import readings
from filrouge.law.money import round_half_up
from filrouge.law.operations import IntArray
from filrouge.law.parameter_store import ParameterStore
from filrouge.law.population_table import Population, PopulationError, Table, columns
from filrouge.law.ris.formula import compute
from filrouge.law.ris.values import law_on
from filrouge.law.steps import Silent

__all__ = [
    "CHUNK",
    "Population",
    "PopulationError",
    "PopulationRights",
    "columns",
    "entitlements",
    "monthly_rights",
]

CHUNK = 32_000


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


def entitlements(
    table: Table,
    on: date,
    store: ParameterStore | None = None,
    chunk: int = CHUNK,
    choices: Mapping[str, str] | None = None,
) -> PopulationRights:
    """The right of every row on one date; same figures as `ris.entitlement`, to the cent.

    Args:
        table: columns named like the fields of `ris.Figures` (mapping, structured array, data
            frame) or a `Population`; `category` is needed, the others have a default.
        on: date of the law.
        store: values of the law; the shipped ones when None.
        chunk: rows computed at once.
        choices: readings of the centre.

    Raises:
        PopulationError: a column is missing, unknown, of a wrong type or impossible.
        ParameterError: the law data has no value for the date.
        ChoiceError: an unknown choice or reading.
    """
    people = table if isinstance(table, Population) else Population.read(table)
    law = law_on(on, store or parameter_store.shipped(), readings(choices))
    countable, monthly, first = (np.empty(people.size, dtype=np.int64) for _column in range(3))
    silent = Silent()
    for start in range(0, people.size, chunk):
        part = slice(start, min(start + chunk, people.size))
        right = compute(people.part(part.start, part.stop), law, silent)
        countable[part] = round_half_up(right.countable, right.scale)
        monthly[part] = right.monthly
        first[part] = right.first_month
    return PopulationRights(countable, monthly, first)


def monthly_rights(
    table: Table,
    days: Sequence[date],
    store: ParameterStore | None = None,
    chunk: int = CHUNK,
    choices: Mapping[str, str] | None = None,
) -> IntArray:
    """What is due for the month of each day: one line per day, one column per row; cents, int64.

    Facts that change with time (start of the right, anniversaries, the six years of art. 35,
    ages, the switch of art. 34) follow each day. The month in which a right starts is paid by
    days, months before it give 0.

    Args and errors as for `entitlements`.
    """
    people = table if isinstance(table, Population) else Population.read(table)
    store = store or parameter_store.shipped()
    laws = [law_on(day, store, readings(choices)) for day in days]
    due = np.empty((len(laws), people.size), dtype=np.int64)
    silent = Silent()
    for start in range(0, people.size, chunk):
        stop = min(start + chunk, people.size)
        facts = people.part(start, stop)
        for position, law in enumerate(laws):
            right = compute(facts, law, silent)
            line = due[position, start:stop]
            line[:] = right.monthly
            if isinstance(right.days, np.ndarray):
                np.copyto(line, right.first_month, where=right.days > 0)
    return due
