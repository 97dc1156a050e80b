"""The frozen calculation of a sheet as lines of the explained table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from filrouge.law.money import format_euros

_SIGNS = {"resource": -1, "exemption": 1}


def lines_of(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines for ``figure_table`` from steps as ``law.steps.Step.as_dict`` writes them."""
    return [_line(step) for step in steps]


def _line(step: Mapping[str, Any]) -> dict[str, Any]:
    uses = step["parameters"]
    role, amount = step["role"], step["amount"]
    return {
        "label": step["label"],
        "article": step["article"],
        "rule": step["rule"],
        "inputs": [(one["label"], _figure(one["value"], one["unit"])) for one in step["inputs"]],
        "parameter": " ; ".join(
            f"{use['label']} : {_figure(use['value'], use['unit'])}" for use in uses
        ),
        "source": " ; ".join(dict.fromkeys(use["source"] for use in uses)),
        "status": max((use["status"] for use in uses), default=""),
        "amount": None if amount is None else _SIGNS.get(role, 1) * amount,
        "signed": role in _SIGNS,
        "total": role == "result",
    }


def _figure(value: Any, unit: str) -> str:
    if isinstance(value, list | tuple):
        return " / ".join(_figure(one, unit) for one in value)
    if unit.startswith("eur") and isinstance(value, int):
        return format_euros(value)
    return str(value)
