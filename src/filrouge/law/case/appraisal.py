"""What the centre decides to count where the law leaves it to the centre, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from filrouge.law.labels import _
from filrouge.law.money import Cents, plain_euros
from filrouge.law.reading import CaseProblem, Reader, money_problem


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A reasoned decision of the centre (art. 32 and 34): fictive attribution, equity exception.

    Attributes:
        percent: part counted of what the rule would count, 0 to 100.
        reason: the reason given in the decision; never empty.
        at_most: highest amount counted per month, in cents; None when there is none.
    """

    percent: int
    reason: str
    at_most: Cents | None = None

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "percent": self.percent,
            "reason": self.reason,
            "at_most": None if self.at_most is None else plain_euros(self.at_most),
        }

    @classmethod
    def read(cls, reader: Reader) -> "Appraisal":
        """Read the fields; errors go to the reader."""
        appraisal = cls(
            percent=reader.integer("percent"),
            reason=reader.text("reason"),
            at_most=reader.optional_money("at_most"),
        )
        reader.finish()
        return appraisal

    def problems(self, path: str) -> Iterator[CaseProblem]:
        """What cannot be accepted."""
        if not 0 <= self.percent <= 100:
            yield CaseProblem(f"{path}.percent", _("Le pourcentage va de 0 à 100."))
        if not self.reason.strip():
            yield CaseProblem(f"{path}.reason", _("La décision du centre doit être motivée."))
        if self.at_most is not None and (message := money_problem(self.at_most)):
            yield CaseProblem(f"{path}.at_most", message)
