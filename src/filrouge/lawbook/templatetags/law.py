"""How a value of the law is written on a page."""

from __future__ import annotations

from django import template

from filrouge.law.parameter_printing import figure, value_text
from filrouge.law.parameter_store import ParameterValue, Unit, Value
from filrouge.lawbook import queries
from filrouge.lawbook.charts import series_label

register = template.Library()


@register.filter
def law_value(entry: ParameterValue | None) -> str:
    """A value with its unit; the sentence of an option instead of its key."""
    if entry is None:
        return ""
    return entry.meaning or value_text(entry.value, entry.unit)


@register.filter
def law_parts(entry: ParameterValue) -> list[tuple[str, str]]:
    """The figures of a table, each with what it is for; one unlabelled part for the others."""
    if not isinstance(entry.value, tuple):
        return [("", law_value(entry))]
    return [
        (series_label(entry.name, rank, entry.size), _short(one, entry.unit))
        for rank, one in enumerate(entry.value)
    ]


def _short(value: int, unit: Unit) -> str:
    """A figure without the time it is for, which the heading says."""
    return figure(value, Unit.EUR if unit.is_money else unit)


@register.filter
def law_subject(name: str) -> str:
    """The subject of a parameter, in words."""
    return queries.subject_label(name)


def typed(value: Value, unit: Unit) -> str:
    """A value as a person types it."""
    if isinstance(value, tuple):
        return " ; ".join(typed(one, unit) for one in value)
    if isinstance(value, int) and unit.is_money:
        return f"{value // 100},{value % 100:02d}"
    return str(value)
