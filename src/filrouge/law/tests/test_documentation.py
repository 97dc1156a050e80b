"""The case file format is documented field by field."""

from dataclasses import fields
from pathlib import Path

import pytest

from filrouge.law.case import (
    Appraisal,
    BusinessOrigin,
    Capital,
    Case,
    Cohabitant,
    Income,
    IncomeKind,
    Ownership,
    Property,
    SpiCounter,
    SpiKind,
    Spouse,
    Transfer,
    WorkedPeriod,
)
from filrouge.law.category import Category, Relation

DOCS = Path(__file__).parents[4] / "docs"


@pytest.mark.parametrize(
    "kind",
    [
        Case,
        Income,
        SpiCounter,
        WorkedPeriod,
        Capital,
        Property,
        Transfer,
        Spouse,
        Cohabitant,
        Appraisal,
    ],
)
def test_every_field_of_the_case_file_is_documented(kind: type) -> None:
    text = (DOCS / "case-file.md").read_text(encoding="utf-8")
    missing = [field.name for field in fields(kind) if f"| `{field.name}` |" not in text]
    assert missing == []


def test_every_kind_of_income_and_relation_is_documented() -> None:
    text = (DOCS / "case-file.md").read_text(encoding="utf-8")
    values = [
        item.value for item in (*IncomeKind, *Relation, *Ownership, *SpiKind, *BusinessOrigin)
    ]
    names = [item.name.lower() for item in Category]
    assert [value for value in (*values, *names) if f"`{value}`" not in text] == []
