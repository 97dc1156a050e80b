"""People under the roof whose resources may count (art. 34)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from filrouge.law.case.assets import NOTHING
from filrouge.law.category import Relation
from filrouge.law.labels import _
from filrouge.law.money import Cents, plain_euros
from filrouge.law.reading import CaseProblem, Reader, money_problem

FIRST_DEGREE = frozenset({Relation.PARENT, Relation.CHILD})
"""Until 28/2/2026 the centre may count the resources of these, when adult."""

MAINTENANCE_DEBTORS = FIRST_DEGREE | {
    Relation.EX_SPOUSE,
    Relation.GRANDPARENT,
    Relation.GRANDCHILD,
    Relation.PARENT_IN_LAW,
    Relation.CHILD_IN_LAW,
}
"""Adults who owe maintenance, besides the spouse or partner (art. 34 from 1/3/2026)."""


@dataclass(frozen=True, slots=True)
class Spouse:
    """Spouse or partner who lives with the applicant and does not share the request (art. 34).

    Attributes:
        net_monthly: all resources that count, in cents per month.
        has_right_to_integration: has the right to social integration in their own name.
        activation_wage: works under article 60 § 7 or an activation measure; `net_monthly` is
            then that wage, and counts even with the right to integration.
        receives_couple_amount: already receives the category 3 amount, which covers both.
    """

    net_monthly: Cents
    has_right_to_integration: bool = False
    activation_wage: bool = False
    receives_couple_amount: bool = False

    @property
    def counts(self) -> bool:
        """True when art. 34 looks at the resources."""
        return self.activation_wage or not self.has_right_to_integration

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "net_monthly": plain_euros(self.net_monthly),
            "has_right_to_integration": self.has_right_to_integration,
            "activation_wage": self.activation_wage,
            "receives_couple_amount": self.receives_couple_amount,
        }

    @classmethod
    def read(cls, reader: Reader) -> "Spouse":
        """Read the fields; errors go to the reader."""
        spouse = cls(
            net_monthly=reader.money("net_monthly"),
            has_right_to_integration=reader.boolean("has_right_to_integration"),
            activation_wage=reader.boolean("activation_wage"),
            receives_couple_amount=reader.boolean("receives_couple_amount"),
        )
        reader.finish()
        return spouse

    def problems(self, path: str) -> Iterator[CaseProblem]:
        """What cannot be accepted."""
        if message := money_problem(self.net_monthly):
            yield CaseProblem(f"{path}.net_monthly", message)
        if self.receives_couple_amount and not self.has_right_to_integration:
            yield CaseProblem(
                f"{path}.receives_couple_amount",
                _("Recevoir la catégorie 3 suppose le droit à l'intégration sociale."),
            )


@dataclass(frozen=True, slots=True)
class Cohabitant:
    """Someone else under the same roof. An unknown birth date counts as an adult.

    Attributes:
        relation: what the person is to the applicant; says whether the resources may count.
        birth_date: None when unknown.
        label: the worker's own words.
        net_monthly: all resources that count, in cents per month; None when not known.
        has_right_to_integration: receives the integration income; resources then do not count.
        family_benefit: family benefits received for the applicant, in cents per month, without
            supplements (counted from 1/3/2026).
        family_supplements: supplements of these, in cents per month, without the one for
            disability, which never counts.
    """

    relation: Relation
    birth_date: date | None = None
    label: str = ""
    net_monthly: Cents | None = None
    has_right_to_integration: bool = False
    family_benefit: Cents = NOTHING
    family_supplements: Cents = NOTHING

    @property
    def circle(self) -> int:
        """1 for the first degree, 2 for other maintenance debtors, 0 for those never counted."""
        if self.has_right_to_integration:
            return 0
        if self.relation in FIRST_DEGREE:
            return 1
        return 2 if self.relation in MAINTENANCE_DEBTORS else 0

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "relation": self.relation.value,
            "birth_date": self.birth_date.isoformat() if self.birth_date else None,
            "label": self.label,
            "net_monthly": None if self.net_monthly is None else plain_euros(self.net_monthly),
            "has_right_to_integration": self.has_right_to_integration,
            "family_benefit": plain_euros(self.family_benefit),
            "family_supplements": plain_euros(self.family_supplements),
        }

    @classmethod
    def read(cls, reader: Reader) -> "Cohabitant":
        """Read the fields; errors go to the reader."""
        cohabitant = cls(
            relation=reader.choice("relation", Relation) or Relation.UNRELATED,
            birth_date=reader.day("birth_date"),
            label=reader.text("label"),
            net_monthly=reader.optional_money("net_monthly"),
            has_right_to_integration=reader.boolean("has_right_to_integration"),
            family_benefit=reader.money("family_benefit", NOTHING),
            family_supplements=reader.money("family_supplements", NOTHING),
        )
        reader.finish()
        return cohabitant

    def problems(self, path: str) -> Iterator[CaseProblem]:
        """What cannot be accepted."""
        for name, amount in (
            ("net_monthly", self.net_monthly or 0),
            ("family_benefit", self.family_benefit),
            ("family_supplements", self.family_supplements),
        ):
            if message := money_problem(amount):
                yield CaseProblem(f"{path}.{name}", message)
