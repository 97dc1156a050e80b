"""The need-to-know sheet of an agenda item: what a decision needs, and nothing more.

The room that proposes builds it; council freezes it as JSON and never looks further.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SheetFinding:
    condition: str
    result: str
    text: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A term that a decision starts, and whose turn it will be."""

    term: str
    """``law.terms.TermKind`` value: notification, payment, ..."""
    regime: str
    next_step: str
    button: str
    address: str
    role: str
    only_if_granted: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All amounts are integer euro cents; dates are ISO text so that the sheet is plain JSON."""

    reference: str
    initials: str
    """Shown instead of the name until the sheet is opened."""
    name: str
    birth_year: int | None
    aid: str
    aid_label: str
    asked: str
    received_on: str
    decide_before: str
    household: str
    findings: tuple[SheetFinding, ...]
    measure: str
    amount_cents: int | None
    category: int | None
    starts_on: str | None
    ends_on: str | None
    rhythm: str
    calculation: tuple[dict[str, Any], ...]
    """Steps of the entitlement, as ``law.ris`` gives them in ``as_dict``."""
    grounds_in_fact: str
    grounds_in_law: str
    piis: str
    follow_up: tuple[FollowUp, ...] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
