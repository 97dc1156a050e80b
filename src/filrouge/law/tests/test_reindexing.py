"""A new index over all running rights: preview, totals, who to notify."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from filrouge.law import parameter_store
from filrouge.law.parameter_store import Origin
from filrouge.law.reindexing import preview

MARCH = date(2026, 3, 1)


def table() -> dict[str, np.ndarray]:
    return {
        "category": np.array([1, 2, 3, 2], dtype=np.int64),
        "ordinary": np.array([0, 0, 0, 10_000_000], dtype=np.int64),
    }


def test_the_preview_says_who_changes_from_what_to_what_and_the_total() -> None:
    found = preview(table(), MARCH)
    assert found.old.tolist() == [876_13, 1314_20, 1776_07, 0]
    assert found.new.tolist() == [893_65, 1340_47, 1811_57, 0]
    assert found.changed.tolist() == [0, 1, 2]
    assert found.total_difference == 17_52 + 26_27 + 35_50
    assert (found.total_new - found.total_old, found.raised, found.lowered) == (79_29, 3, 0)
    assert list(found.rows("abcd"))[1] == ("b", 1314_20, 1340_47, 26_27)
    with pytest.raises(ValueError):
        list(found.rows("abc"))


def test_a_day_without_new_amounts_changes_nobody() -> None:
    found = preview(table(), date(2026, 3, 2))
    assert found.changed.size == 0 and found.total_difference == 0


def test_a_correction_learnt_later_is_compared_with_the_former_values() -> None:
    shipped = parameter_store.shipped()
    lines = [
        replace(
            shipped.entry(name, MARCH),
            value=value,
            origin=Origin.INSTALLATION,
            author="Directrice",
            known_from=date(2026, 3, 20),
        )
        for name, value in (
            ("ris.amount.yearly", (10_723_68, 16_085_64, 21_738_88)),
            ("ris.amount.monthly", (893_64, 1340_47, 1811_57)),
        )
    ]
    corrected = shipped.with_values(lines)
    found = preview(table(), date(2026, 4, 1), corrected, shipped)
    assert found.difference.tolist() == [-1, 0, 0, 0]
    assert (found.lowered, found.changed.tolist()) == (1, [0])
    assert found.former_digest == shipped.digest() != found.digest
