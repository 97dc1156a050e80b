"""What a rule found: met, not met or not known, why, where the law says so, and whether it blocks.

What the law forbids blocks; what good practice advises warns.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from filrouge.law.labels import _
from filrouge.law.parameter_store import ParameterValue, Status
from filrouge.law.steps import ParameterUse


class Verdict(StrEnum):
    """Outcome of a check."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"

    @classmethod
    def of(cls, answer: bool | None) -> "Verdict":
        """The verdict of a fact that may be unknown."""
        if answer is None:
            return cls.NOT_KNOWN
        return cls.MET if answer else cls.NOT_MET

    @property
    def label(self) -> str:
        """Name in French."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {
    Verdict.MET: _("respecté"),
    Verdict.NOT_MET: _("pas respecté"),
    Verdict.NOT_KNOWN: _("pas connu"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must, or should, hold.

    Attributes:
        key: stable name.
        label: what must hold, in French.
        verdict: met, not met or not known.
        reason: why, with the figures used, in French.
        article: where the law says so, or the source.
        blocking: True when the law forbids going on, False for a warning.
        parameters: values of the law used.
    """

    key: str
    label: str
    verdict: Verdict
    reason: str
    article: str
    blocking: bool = True
    parameters: tuple[ParameterUse, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "key": self.key,
            "label": self.label,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "article": self.article,
            "blocking": self.blocking,
            "parameters": [use.as_dict() for use in self.parameters],
        }


def check(
    key: str,
    label: str,
    answer: bool | None,
    reason: str,
    *entries: ParameterValue,
    article: str = "",
    blocking: bool = True,
) -> Check:
    """A check whose article, unless given, is that of the first value of the law it used."""
    return Check(
        key=key,
        label=label,
        verdict=Verdict.of(answer),
        reason=reason,
        article=article or (entries[0].article if entries else ""),
        blocking=blocking,
        parameters=uses(*entries),
    )


def uses(*entries: ParameterValue) -> tuple[ParameterUse, ...]:
    """Values of the law, as they are shown with a result."""
    return tuple(ParameterUse.of(entry) for entry in entries)


def blocking(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that stop the act: what the law asks and is not met."""
    return tuple(item for item in checks if item.blocking and item.verdict is Verdict.NOT_MET)


def to_answer(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that wait for an answer."""
    return tuple(item for item in checks if item.verdict is Verdict.NOT_KNOWN)


def unconfirmed(parameters: Iterable[ParameterUse]) -> tuple[ParameterUse, ...]:
    """The values used that no source states or that sources contradict (C, U, X), each once."""
    doubtful = [use for use in parameters if not use.status.is_confirmed]
    return tuple({use.name: use for use in doubtful}.values())


def least_sure(parameters: Iterable[ParameterUse]) -> Status:
    """The least sure status of the values used; A when there is none."""
    return max((use.status for use in parameters), default=Status.OFFICIAL)
