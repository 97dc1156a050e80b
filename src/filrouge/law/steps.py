"""The explanation of a computation, recorded by the same lines that compute."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, TypeAlias, TypeVar

from filrouge.law.money import Cents, round_half_up
from filrouge.law.operations import Truth, Whole
from filrouge.law.parameter_store import ParameterValue, Status, Unit, Value

N = TypeVar("N", bound=Whole)

Applies: TypeAlias = Truth | Callable[[], Truth]
"""Whether a step belongs to the account; a function is asked only when something is recorded."""

Uses: TypeAlias = tuple[ParameterValue, ...] | Callable[[], tuple[ParameterValue, ...]]
"""Values of the law used by a step; a function is asked only for a step that is recorded."""


class StepRole(StrEnum):
    """Place of a step in the account: what it does to the right."""

    BASE = "base"
    RESOURCE = "resource"
    EXEMPTION = "exemption"
    SUBTOTAL = "subtotal"
    RESULT = "result"
    NOTE = "note"

    @property
    def sign(self) -> str:
        """Sign to print before the amount ("+", "−" or nothing)."""
        return {"resource": "−", "exemption": "+"}.get(self.value, "")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a step is: a stable key, its French label and rule, its article, its unit."""

    key: str
    label: str
    text: str
    article: str
    role: StepRole
    unit: Unit = Unit.EUR_PER_YEAR


@dataclass(frozen=True, slots=True)
class ParameterUse:
    """A value of the law used by a step, with its origin and how sure we are."""

    name: str
    label: str
    value: Value
    unit: Unit
    valid_from: date
    article: str
    source: str
    status: Status
    note: str = ""

    @classmethod
    def of(cls, entry: ParameterValue) -> "ParameterUse":
        """The use of a stored line."""
        return cls(
            entry.name,
            entry.label,
            entry.value,
            entry.unit,
            entry.valid_from,
            entry.article,
            entry.source,
            entry.status,
            entry.note,
        )

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form (money in cents)."""
        return {
            "name": self.name,
            "label": self.label,
            "value": list(self.value) if isinstance(self.value, tuple) else self.value,
            "unit": self.unit.value,
            "valid_from": self.valid_from.isoformat(),
            "article": self.article,
            "source": self.source,
            "status": self.status.value,
            "note": self.note,
        }


@lru_cache(maxsize=4096)
def _use_of(entry: ParameterValue) -> ParameterUse:
    return ParameterUse.of(entry)


@dataclass(frozen=True, slots=True)
class StepInput:
    """A figure that entered a step (cents unless the unit says otherwise)."""

    label: str
    value: int
    unit: Unit

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {"label": self.label, "value": self.value, "unit": self.unit.value}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation.

    Attributes:
        key: stable name of the rule.
        label: what the line is, in French.
        rule: how it is computed, in French.
        article: where the law says so.
        amount: cents, rounded for display only (the computation keeps the fraction); None for
            a note.
        unit: of the amount.
        role: what the line does to the right.
        inputs: figures that entered it.
        parameters: values of the law used, with source and status.
    """

    key: str
    label: str
    rule: str
    article: str
    amount: Cents | None
    unit: Unit
    role: StepRole
    inputs: tuple[StepInput, ...] = ()
    parameters: tuple[ParameterUse, ...] = ()

    @property
    def signed_amount(self) -> int | None:
        """Amount as it acts on the right: resources are negative."""
        if self.amount is None:
            return None
        return -self.amount if self.role is StepRole.RESOURCE else self.amount

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form (money in cents)."""
        return {
            "key": self.key,
            "label": self.label,
            "rule": self.rule,
            "article": self.article,
            "amount": self.amount,
            "unit": self.unit.value,
            "role": self.role.value,
            "inputs": [item.as_dict() for item in self.inputs],
            "parameters": [use.as_dict() for use in self.parameters],
        }


class Explainer(Protocol):
    """What a formula asks of its recorder: gives the value back unchanged."""

    def step(
        self,
        rule: Rule,
        value: N,
        over: Whole = 1,
        applies: Applies = True,
        parameters: Uses = (),
    ) -> N:
        """Return `value`; note it as `value / over` cents when `applies`."""


class Silent:
    """Records nothing: population runs."""

    def step(
        self,
        rule: Rule,
        value: N,
        over: Whole = 1,
        applies: Applies = True,
        parameters: Uses = (),
    ) -> N:
        """Return `value` unchanged."""
        return value


class Recorder:
    """Keeps the steps of one case, in order.

    Args:
        inputs: figures of the case to show with a step, by the step's key.
        articles: articles more precise for this case than the rule's own, by the step's key.
    """

    def __init__(
        self,
        inputs: Mapping[str, tuple[StepInput, ...]] | None = None,
        articles: Mapping[str, str] | None = None,
    ) -> None:
        self._inputs = inputs or {}
        self._articles = articles or {}
        self._steps: list[Step] = []

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps recorded so far."""
        return tuple(self._steps)

    def step(
        self,
        rule: Rule,
        value: N,
        over: Whole = 1,
        applies: Applies = True,
        parameters: Uses = (),
    ) -> N:
        """Return `value` unchanged; record it as `value / over` cents when `applies`."""
        if not (applies() if callable(applies) else applies):
            return value
        uses = parameters() if callable(parameters) else parameters
        amount = None if rule.role is StepRole.NOTE else Cents(int(round_half_up(value, over)))
        self._steps.append(
            Step(
                key=rule.key,
                label=rule.label,
                rule=rule.text,
                article=self._articles.get(rule.key, rule.article),
                amount=amount,
                unit=rule.unit,
                role=rule.role,
                inputs=self._inputs.get(rule.key, ()),
                parameters=tuple(_use_of(entry) for entry in uses),
            )
        )
        return value
