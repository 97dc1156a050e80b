"""A computation's steps as lines of the explained table, the same on pages and in letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from filrouge.law.money import Cents, format_euros

SIGNS = {"resource": -1, "exemption": 1}
SURE = ("A", "B")


def figure_lines(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines for ``figure_table``: label, article, rule, inputs, parameters, amount in cents.

    *steps* are plain dictionaries as ``law.steps.Step.as_dict`` writes them and as they are frozen.
    """
    return [_line(step) for step in steps]


def _line(step: Mapping[str, Any]) -> dict[str, Any]:
    uses = step.get("parameters") or []
    amount, role = step.get("amount"), step.get("role", "")
    sign = SIGNS.get(role, 1)
    return {
        "label": step["label"],
        "article": step.get("article", ""),
        "rule": step.get("rule", ""),
        "inputs": [(one["label"], written(one["value"], one["unit"])) for one in step["inputs"]],
        "parameter": " ; ".join(
            f"{use['label']} : {written(use['value'], use['unit'])}" for use in uses
        ),
        "source": " ; ".join(dict.fromkeys(use["source"] for use in uses)),
        "status": max((use["status"] for use in uses), default=""),
        "amount": None if amount is None else sign * amount,
        "signed": role in SIGNS,
        "total": role == "result",
    }


def written(value: Any, unit: str) -> str:
    """A figure with its unit, in words people read."""
    if isinstance(value, list | tuple):
        return " / ".join(written(one, unit) for one in value)
    if unit.startswith("eur") and isinstance(value, int):
        return format_euros(Cents(value))
    return f"{value}"


def unsure(step: Mapping[str, Any]) -> str:
    """The values of a step that no source confirms, named; empty when all are confirmed."""
    uses = step.get("parameters") or []
    return ", ".join(use["label"] for use in uses if use["status"] not in SURE)
