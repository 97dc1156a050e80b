"""A population table that is wrong is refused before anything is computed."""

from datetime import date

import numpy as np
import pytest

from filrouge.law.operations import (
    ManyCases,
    OneCase,
    is_absent,
    maximum,
    minimum,
    pick,
    plus,
    times,
    where,
)
from filrouge.law.population import PopulationError, entitlements

ON = date(2026, 3, 1)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"ordinary": ints(1)}, "category"),
        ({"category": ints(1), "income": ints(1)}, "n'est pas connue"),
        ({"category": ints(1), "ordinary": np.array([1.5])}, "int64"),
        ({"category": ints(1), "ordinary": [1]}, "int64"),
        ({"category": ints(1, 2), "ordinary": ints(1)}, "2 lignes"),
        ({"category": ints(1, 4)}, "ligne 2"),
        ({"category": ints(1), "ordinary": ints(-1)}, "ligne 1"),
        ({"category": ints(1), "denominator": ints(10_001)}, "ligne 1"),
        ({"category": ints(1), "month_length": ints(0)}, "ligne 1"),
        ({"category": ints(1), "capital": ints(10**12)}, "ligne 1"),
    ],
)
def test_a_wrong_table_is_refused(table: dict[str, np.ndarray], words: str) -> None:
    with pytest.raises(PopulationError, match=words):
        entitlements(table, ON)


def test_an_empty_population_has_no_right_and_a_bare_one_has_the_full_amount() -> None:
    assert entitlements({"category": ints()}, ON).monthly_right.size == 0
    rights = entitlements({"category": ints(1, 2, 3)}, ON)
    assert rights.monthly_right.tolist() == [89_365, 134_047, 181_157]
    assert rights.first_month.tolist() == [0, 0, 0]


def test_operations_do_the_same_on_ints_and_arrays() -> None:
    assert maximum(1, 2) == 2 and minimum(1, 2) == 1
    assert where(True, 1, 2) == 1 and pick(2, (5, 6, 7)) == 6
    assert maximum(0, ints(-1, 3)).tolist() == [0, 3]
    assert minimum(ints(5, 1), 2).tolist() == [2, 1]
    assert where(ints(1, 2) > 1, 9, ints(7, 8)).tolist() == [7, 9]
    assert pick(ints(3, 1), (5, 6, 7)).tolist() == [7, 5]
    for rank in (0, 4, ints(0), ints(4)):
        with pytest.raises(IndexError):
            pick(rank, (5, 6, 7))


@pytest.mark.parametrize(
    ("things", "words"),
    [
        ({"properties": {"income": ints(1)}}, "properties.row"),
        ({"properties": {"row": ints(0), "rooms": ints(1)}}, "n'est pas connue"),
        ({"properties": {"row": ints(0), "income": np.array([1.0])}}, "int64"),
        ({"properties": {"row": ints(2)}}, "impossible à la ligne 1"),
        ({"properties": {"row": ints(1, 0)}}, "dans l'ordre"),
        ({"properties": {"row": ints(0, 1), "income": ints(1)}}, "2 lignes"),
        ({"capitals": {"row": ints(0), "share": ints(2)}}, "impossible"),
        ({"transfers": {"row": ints(0), "share_top": ints(2), "share_bottom": ints(1)}}, "share"),
        ({"cohabitants": {"row": ints(0), "monthly": ints(-1)}}, "impossible"),
        ({"cohabitants": {"row": np.zeros(21, dtype=np.int64)}}, "plus de 20"),
        ({"properties": 5}, "des colonnes"),
        ({"built_income": ints(1, 1), "properties": {"row": ints(0)}}, "deux fois"),
    ],
)
def test_a_wrong_table_of_things_is_refused(things: dict[str, object], words: str) -> None:
    with pytest.raises(PopulationError, match=words):
        entitlements({"category": ints(1, 2)} | things, ON)


def test_a_structured_array_is_read_by_its_fields() -> None:
    rows = np.zeros(3, dtype=[("category", np.int64), ("ordinary", np.int64)])
    rows["category"] = (1, 2, 3)
    rows["ordinary"] = (0, 1_000_00, 99_000_00)
    assert entitlements(rows, ON).monthly_right.tolist() == [89_365, 127_797, 0]
    wrong = rows.astype([("category", np.int64), ("ordinary", np.float64)])
    with pytest.raises(PopulationError, match="int64"):
        entitlements(wrong, ON)


class Frame:
    """What a table of Polars or pandas looks like from outside."""

    def __init__(self, **columns: np.ndarray) -> None:
        self._columns = columns

    @property
    def columns(self) -> list[str]:
        return list(self._columns)

    def __getitem__(self, name: str) -> "Frame.Column":
        return Frame.Column(self._columns[name])

    class Column:
        def __init__(self, values: np.ndarray) -> None:
            self._values = values

        def to_numpy(self) -> np.ndarray:
            return self._values


class Arrow:
    """What an Arrow table looks like from outside."""

    def __init__(self, **columns: np.ndarray) -> None:
        self._columns = columns
        self.column_names = list(columns)

    def column(self, name: str) -> Frame.Column:
        return Frame.Column(self._columns[name])


@pytest.mark.parametrize("kind", [Frame, Arrow])
def test_a_data_frame_is_read_by_its_columns_without_any_dependency(kind: type) -> None:
    starts = np.array(["2026-03-16", "NaT"], dtype="datetime64[D]")
    table = kind(category=ints(1, 2), starts_on=starts)
    rights = entitlements(table, ON)
    assert rights.monthly_right.tolist() == [89_365, 134_047]
    assert rights.first_month.tolist() == [46_124, 0]
    with pytest.raises(PopulationError, match="colonnes"):
        entitlements(7, ON)


def test_short_columns_and_tables_of_things_give_the_same() -> None:
    short = {
        "category": ints(2, 2),
        "capital": ints(25_500_00, 0),
        "capital_share": ints(1, 0),
        "built_income": ints(0, 2_000_00),
        "built_share": ints(0, 1),
        "unbuilt_income": ints(130_00, 0),
        "unbuilt_share": ints(1, 0),
    }
    long = {
        "category": ints(2, 2),
        "capitals": {"row": ints(0), "amount": ints(25_500_00), "share": ints(1)},
        "properties": {
            "row": ints(0, 1),
            "built": ints(0, 1),
            "income": ints(130_00, 2_000_00),
            "share": ints(1, 1),
        },
    }
    first, second = entitlements(short, ON), entitlements(long, ON)
    assert first.countable.tolist() == second.countable.tolist() == [1_728_00, 3_500_00]


def test_operations_on_things_do_the_same_one_by_one() -> None:
    one = OneCase((3, 5))
    assert one.summed(lambda value: value) == 8 and one.lowest(lambda value: value, 4) == 3
    assert one.spread(7) == 7 and OneCase(()).lowest(lambda value: value, 4) == 4
    many = ManyCases(ints(3, 5, 9), ints(0, 2, 2, 3))
    assert many.summed(lambda value: value).tolist() == [8, 0, 9]
    assert many.summed(lambda _value: 1).tolist() == [2, 0, 1]
    assert many.lowest(lambda value: value, 4).tolist() == [3, 4, 4]
    assert many.spread(ints(1, 2, 3)).tolist() == [1, 1, 3]
    assert plus(0, 2, 3) == 5 and times(7, 1) == 7 and is_absent(0) and not is_absent(ints(0))
