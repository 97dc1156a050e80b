"""Reads a population held in columns, strictly: every column is checked before anything is computed.

A table is a mapping of columns, a NumPy structured array, or a table of Polars, pandas or Arrow
(none of them is needed by the program: they are only asked for their columns). Columns are int64;
columns of dates may also be `datetime64`. Things of which a case has any number (capitals,
properties, transfers, cohabitants) are tables of their own with a `row` column: the number of the
case they belong to, from 0, in order.

int64 bound: a column of yearly money holds at most 12 × 10,000,000 EUR (1.2e10 cents), of monthly
money 10,000,000 EUR, the common denominator of shares is at most 10,000, a case has at most 20
things of a kind. Every sum over 100 × denominator then stays under 2e18, and twice that, which
rounding needs, under 2**63 (9.2e18).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeAlias

import numpy as np

from filrouge.law.case import Case
from filrouge.law.days import day_number
from filrouge.law.money import MAX_AMOUNT
from filrouge.law.operations import IntArray, Items, ManyCases, OneCase, Whole
from filrouge.law.reading import MAX_SHARE_DENOMINATOR
from filrouge.law.ris.figures import (
    CapitalFigures,
    CohabitantFigures,
    Figures,
    IncomeFigures,
    PropertyFigures,
    TransferFigures,
    figures,
)

Table: TypeAlias = Any
"""A mapping of columns, a structured array, or a data frame."""

MAX_THINGS = 20
"""Things of one kind that a case may have in a population."""

THINGS: dict[str, type] = {
    "incomes": IncomeFigures,
    "capitals": CapitalFigures,
    "properties": PropertyFigures,
    "transfers": TransferFigures,
    "cohabitants": CohabitantFigures,
}

_NAMES = tuple(one.name for one in fields(Figures) if one.name not in THINGS)
_MAX_YEARLY = 12 * MAX_AMOUNT
_MAX_DAY = day_number(date(2200, 1, 1))
_DATES = frozenset(
    {"starts_on", "requested_on", "reviewed_on", "shortage_from", "spi_first", "on", "adult_on"}
)
_RANGES = {
    "category": (1, 3),
    "children": (0, 30),
    "denominator": (1, MAX_SHARE_DENOMINATOR),
    "month_length": (28, 31),
    "days": (0, 31),
    "student_grant": (0, 1),
    "couple_paid": (0, 1),
    "spouse": (0, 1),
    "attribution": (-1, 100),
    "attribution_limit": (0, MAX_AMOUNT),
    "spi_days": (0, 100_000),
    "spi_months": (0, 10_000),
    "ale_cheques": (0, 12 * 10_000),
    "built": (0, 1),
    "right": (1, 3),
    "for_value": (0, 1),
    "home": (0, 1),
    "percent": (0, 100),
    "circle": (0, 2),
    "share_top": (0, MAX_SHARE_DENOMINATOR),
    "share_bottom": (1, MAX_SHARE_DENOMINATOR),
    "value": (0, MAX_AMOUNT),
    "debts": (0, MAX_AMOUNT),
    "monthly": (0, MAX_AMOUNT),
    "benefit": (0, MAX_AMOUNT),
    "supplement": (0, MAX_AMOUNT),
} | dict.fromkeys(_DATES, (0, _MAX_DAY))
_OVER_DENOMINATOR = {
    "capitals": frozenset({"amount"}),
    "properties": frozenset({"income", "rent"}),
}
_SHORT = {
    "capital": ("capitals", "amount"),
    "capital_share": ("capitals", "share"),
    "built_income": ("built", "income"),
    "built_share": ("built", "share"),
    "built_interest": ("built", "interest"),
    "built_rent": ("built", "rent"),
    "unbuilt_income": ("unbuilt", "income"),
    "unbuilt_share": ("unbuilt", "share"),
    "unbuilt_interest": ("unbuilt", "interest"),
    "unbuilt_rent": ("unbuilt", "rent"),
}
"""Short columns for one capital, one built and one unbuilt property per case."""


class PopulationError(ValueError):
    """A column is missing, unknown, of a wrong type or holds an impossible value. In French."""


@dataclass(frozen=True, slots=True)
class Population:
    """A checked population: columns of cases, and things by case."""

    size: int
    columns: Mapping[str, IntArray]
    things: Mapping[str, ManyCases[Any]]

    @classmethod
    def read(cls, table: Table) -> "Population":
        """Check every column of a table.

        Raises:
            PopulationError: a column is missing, unknown, of a wrong type or impossible.
        """
        given = dict(_as_mapping(table, "la table"))
        nested = {name: given.pop(name) for name in THINGS if name in given}
        columns = {name: _column(name, given[name]) for name in given}
        if "category" not in columns:
            raise PopulationError("La colonne « category » manque.")
        size = len(columns["category"])
        for name, column in columns.items():
            if name not in _NAMES and name not in _SHORT:
                raise PopulationError(f"La colonne « {name} » n'est pas connue.")
            _check_length(name, column, size)
        short = {name: columns.pop(name) for name in tuple(columns) if name in _SHORT}
        for name, column in columns.items():
            _check_range(name, column, *_RANGES.get(name, (0, _MAX_YEARLY)))
        denominator = columns.get("denominator", np.ones(1, dtype=np.int64))
        for name, column in short.items():
            over = 1 if _SHORT[name][1] == "interest" else denominator
            high = 1 if _SHORT[name][1] == "share" else _MAX_YEARLY
            _check_range(name, column, 0, high * over)
        things = {
            name: _things(name, content, size, columns.get("denominator"))
            for name, content in nested.items()
        }
        things |= _short_things(short, size, things)
        if "spouse" not in columns and "spouse_monthly" in columns:
            columns["spouse"] = (columns["spouse_monthly"] > 0).astype(np.int64)
        return cls(size, columns, things)

    def part(self, start: int, stop: int) -> Figures:
        """The figures of the cases from one row to another (excluded)."""
        given: dict[str, Any] = {name: column[start:stop] for name, column in self.columns.items()}
        for name, many in self.things.items():
            given[name] = _slice(many, start, stop)
        return Figures(**given)


def _as_mapping(table: Table, place: str) -> Mapping[str, Any]:
    if isinstance(table, Mapping):
        return table
    if isinstance(table, np.ndarray) and table.dtype.names:
        return {name: table[name] for name in table.dtype.names}
    if hasattr(table, "column_names") and hasattr(table, "column"):  # Arrow
        return {name: table.column(name).to_numpy() for name in table.column_names}
    if hasattr(table, "columns") and hasattr(table, "__getitem__"):  # Polars, pandas
        return {str(name): table[name].to_numpy() for name in table.columns}
    raise PopulationError(f"On ne peut pas lire {place} : des colonnes sont attendues.")


def _column(name: str, column: object) -> IntArray:
    if isinstance(column, np.ndarray) and column.ndim == 1:
        if name in _DATES and column.dtype.kind == "M":
            return _day_numbers(column)
        if column.dtype == np.int64:
            return np.ascontiguousarray(column)
    raise PopulationError(f"La colonne « {name} » doit être une suite d'entiers int64.")


def _day_numbers(column: IntArray) -> IntArray:
    """Day numbers of `datetime64` values; 0 for no date."""
    months = column.astype("datetime64[M]")
    days = (column.astype("datetime64[D]") - months).astype(np.int64)
    numbers = (months.astype(np.int64) + 1970 * 12) * 31 + days
    return np.where(np.isnat(column), 0, numbers)


def _check_length(name: str, column: IntArray, size: int) -> None:
    if len(column) != size:
        raise PopulationError(f"La colonne « {name} » n'a pas {size} lignes.")


def _check_range(name: str, column: IntArray, low: int, high: Whole) -> None:
    if not column.size:
        return
    if isinstance(high, int) and column.min() >= low and column.max() <= high:
        return
    wrong = np.flatnonzero((column < low) | (column > high))
    if wrong.size:
        raise PopulationError(
            f"La colonne « {name} » a une valeur impossible à la ligne {int(wrong[0]) + 1}."
        )


def _things(group: str, content: Table, size: int, denominator: IntArray | None) -> ManyCases[Any]:
    given = {
        name: _column(f"{group}.{name}" if name not in _DATES else name, column)
        for name, column in _as_mapping(content, f"« {group} »").items()
    }
    if "row" not in given:
        raise PopulationError(f"La colonne « {group}.row » manque.")
    row = given.pop("row")
    known = [one.name for one in fields(THINGS[group])]
    for name, column in given.items():
        if name not in known:
            raise PopulationError(f"La colonne « {group}.{name} » n'est pas connue.")
        _check_length(f"{group}.{name}", column, len(row))
    _check_range(f"{group}.row", row, 0, size - 1)
    if np.any(np.diff(row) < 0):
        raise PopulationError(f"La colonne « {group}.row » n'est pas dans l'ordre des lignes.")
    over: Whole = 1 if denominator is None else denominator[row]
    for name, column in given.items():
        low, high = _RANGES.get(name, (0, _MAX_YEARLY))
        limit: Whole = high
        if name in _OVER_DENOMINATOR.get(group, ()):
            limit = high * over
        elif name == "share":
            limit = over
        _check_range(f"{group}.{name}", column, low, limit)
    if "share_top" in given and "share_bottom" in given:
        _check_range(f"{group}.share_top", given["share_top"], 0, given["share_bottom"])
    return _many(THINGS[group], given, row, size)


def _many(kind: type, given: Mapping[str, IntArray], row: IntArray, size: int) -> ManyCases[Any]:
    offsets = np.searchsorted(row, np.arange(size + 1))
    if len(row) and int(np.diff(offsets).max()) > MAX_THINGS:
        raise PopulationError(f"Une ligne a plus de {MAX_THINGS} éléments du même genre.")
    return ManyCases(kind(**given), offsets)


def _short_things(
    short: Mapping[str, IntArray], size: int, nested: Mapping[str, object]
) -> dict[str, ManyCases[Any]]:
    """The things given by the short columns, one of each per case."""
    by_group: dict[str, dict[str, IntArray]] = {}
    for name, column in short.items():
        group, field = _SHORT[name]
        by_group.setdefault(group, {})[field] = column
    found: dict[str, ManyCases[Any]] = {}
    kinds = [group for group in ("built", "unbuilt") if group in by_group]
    for group, target in (("capitals", "capitals"), *((kind, "properties") for kind in kinds)):
        if group in by_group and target in nested:
            raise PopulationError(f"« {target} » est donné deux fois : colonnes courtes et table.")
    if "capitals" in by_group:
        rows, columns = _present(by_group["capitals"])
        found["capitals"] = _many(CapitalFigures, columns, rows, size)
    if kinds:
        parts = [_present(by_group[kind]) for kind in kinds]
        rows = np.concatenate([part[0] for part in parts])
        order = np.argsort(rows, kind="stable")
        marks = [
            np.full(len(part[0]), int(kind == "built"), dtype=np.int64)
            for kind, part in zip(kinds, parts, strict=True)
        ]
        columns = {
            name: _joined([part[1].get(name) for part in parts], [len(part[0]) for part in parts])
            for name in ("income", "share", "interest", "rent")
        }
        columns["built"] = np.concatenate(marks)
        ordered = {name: column[order] for name, column in columns.items()}
        found["properties"] = _many(PropertyFigures, ordered, rows[order], size)
    return found


def _present(columns: Mapping[str, IntArray]) -> tuple[IntArray, dict[str, IntArray]]:
    there = sum((column > 0 for column in columns.values()), start=np.zeros(1, dtype=bool))
    rows = np.flatnonzero(there)
    return rows, {name: column[rows] for name, column in columns.items()}


def _joined(columns: Sequence[IntArray | None], sizes: Iterable[int]) -> IntArray:
    return np.concatenate(
        [
            np.zeros(size, dtype=np.int64) if column is None else column
            for column, size in zip(columns, sizes, strict=True)
        ]
    )


def _slice(many: ManyCases[Any], start: int, stop: int) -> Items[Any]:
    if stop - start == len(many.offsets) - 1:
        return many
    first, last = int(many.offsets[start]), int(many.offsets[stop])
    if first == last:
        return OneCase()
    kind = type(many.columns)
    values = {one.name: getattr(many.columns, one.name) for one in fields(kind)}
    cut = {
        name: value[first:last] if isinstance(value, np.ndarray) else value
        for name, value in values.items()
    }
    return ManyCases(kind(**cut), many.offsets[start : stop + 1] - first)


def columns(cases: Sequence[Case]) -> dict[str, Any]:
    """Columns of a list of cases, one row each, in order; things in tables of their own."""
    rows = [figures(case) for case in cases]
    found: dict[str, Any] = {
        name: np.array([getattr(row, name) for row in rows], dtype=np.int64) for name in _NAMES
    }
    for group, kind in THINGS.items():
        things = [
            (position, thing)
            for position, row in enumerate(rows)
            for thing in getattr(row, group).things
        ]
        table = {"row": np.array([position for position, _thing in things], dtype=np.int64)}
        for one in fields(kind):
            table[one.name] = np.array(
                [getattr(thing, one.name) for _position, thing in things], dtype=np.int64
            )
        found[group] = table
    return found
