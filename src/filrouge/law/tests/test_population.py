"""A population table that is wrong is refused before anything is computed."""

from datetime import date

import numpy as np
import pytest

from filrouge.law.operations import maximum, minimum, pick, where
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
