"""The facts of one person from which the integration income is computed.

Money is in euro cents; `as_dict` and `from_dict` write and read euros as text ("1314.20").
Each kind of fact stands in its own module with its checks, its reading and its writing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from filrouge.law.case.appraisal import Appraisal
from filrouge.law.case.assets import NOTHING, Capital, Property, Share, Transfer
from filrouge.law.case.household import (
    FIRST_DEGREE,
    MAINTENANCE_DEBTORS,
    Cohabitant,
    Spouse,
)
from filrouge.law.case.incomes import MAX_CHEQUES, Income, SpiCounter, WorkedPeriod
from filrouge.law.case.kinds import (
    BusinessOrigin,
    IncomeKind,
    Ownership,
    Period,
    PropertyKind,
    SpiKind,
)
from filrouge.law.category import COUPLE, Category, Relation
from filrouge.law.reading import FIRST_DAY, CaseError, CaseProblem, Reader

__all__ = [
    "FIRST_DAY",
    "FIRST_DEGREE",
    "MAINTENANCE_DEBTORS",
    "MAX_CHEQUES",
    "NOTHING",
    "Appraisal",
    "BusinessOrigin",
    "Capital",
    "Case",
    "CaseError",
    "CaseProblem",
    "Category",
    "Cohabitant",
    "Income",
    "IncomeKind",
    "Ownership",
    "Period",
    "Property",
    "PropertyKind",
    "Relation",
    "Share",
    "SpiCounter",
    "SpiKind",
    "Spouse",
    "Transfer",
    "WorkedPeriod",
]

MAX_CHILDREN = 30
MAX_PARENTS = 2


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one person, for the law in force on a date.

    Attributes:
        on: date of the law used (amounts, articles).
        category: category of the integration income.
        requested_on: date of the request; `on` when not given. Says which article 34 applies.
        starts_on: first day of the right; `requested_on` when not given. When it falls inside
            the month of `on`, that month is paid by days.
        children: dependent minor children (abatement of art. 25).
        incomes: what the applicant receives.
        capital: movable capital.
        properties: property owned or held in usufruct.
        spouse: spouse or partner who does not share the request.
        cohabitants: other people under the roof.
        full_time_student: follows full-time studies.
        property_transferred: gave or sold something in the ten years before the request; the
            `transfers` then say what.
        reviewed_on: last review of a running file: from the first review after 1/3/2026 the new
            article 34 applies.
        transfers: what was given or sold.
        attribution: what the centre decides to count of the resources of cohabitants: fictive
            attribution until 28/2/2026, equity exception since.
        spi_counter: what was used of the exemption for work; None when not looked up.

    Raises:
        CaseError: some fact is impossible; every error is listed.
    """

    on: date
    category: Category
    requested_on: date = field(default=date.min)
    starts_on: date = field(default=date.min)
    children: int = 0
    incomes: tuple[Income, ...] = ()
    capital: tuple[Capital, ...] = ()
    properties: tuple[Property, ...] = ()
    spouse: Spouse | None = None
    cohabitants: tuple[Cohabitant, ...] = ()
    full_time_student: bool = False
    property_transferred: bool = False
    reviewed_on: date | None = None
    transfers: tuple[Transfer, ...] = ()
    attribution: Appraisal | None = None
    spi_counter: SpiCounter | None = None

    def __post_init__(self) -> None:
        if self.requested_on == date.min:
            object.__setattr__(self, "requested_on", self.on)
        if self.starts_on == date.min:
            object.__setattr__(self, "starts_on", self.requested_on)
        problems = [*_date_problems(self), *_fact_problems(self.children, self._facts())]
        problems += _household_problems(self)
        if problems:
            raise CaseError(problems)

    def _facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _FACTS}

    @property
    def has_study_grant(self) -> bool:
        """True when a study grant is among the incomes."""
        return any(income.kind is IncomeKind.STUDY_GRANT for income in self.incomes)

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form, read back by `from_dict`. Money as euro text ("1314.20")."""
        return {
            "on": self.on.isoformat(),
            "category": int(self.category),
            "requested_on": self.requested_on.isoformat(),
            "starts_on": self.starts_on.isoformat(),
            "children": self.children,
            "incomes": [income.as_dict() for income in self.incomes],
            "capital": [item.as_dict() for item in self.capital],
            "properties": [item.as_dict() for item in self.properties],
            "spouse": self.spouse.as_dict() if self.spouse else None,
            "cohabitants": [item.as_dict() for item in self.cohabitants],
            "full_time_student": self.full_time_student,
            "property_transferred": self.property_transferred,
            "reviewed_on": self.reviewed_on.isoformat() if self.reviewed_on else None,
            "transfers": [item.as_dict() for item in self.transfers],
            "attribution": self.attribution.as_dict() if self.attribution else None,
            "spi_counter": self.spi_counter.as_dict() if self.spi_counter else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object], on: date | None = None) -> "Case":
        """Read a case from plain data (a case file, stored JSON).

        Args:
            data: fields of `docs/case-file.md`; euros as text or whole numbers, never floats.
            on: date of the law, instead of the one in the data.

        Raises:
            CaseError: every error, each with its place and a French sentence.
        """
        problems: list[CaseProblem] = []
        reader = Reader(data, "", problems)
        requested_on = reader.day("requested_on")
        starts_on = reader.day("starts_on", requested_on)
        written_on = reader.day("on", starts_on, needed=on is None and starts_on is None)
        day = on or written_on
        category = reader.choice("category", Category)
        children = reader.integer("children", 0)
        facts = _read_facts(reader)
        plain: dict[str, Any] = {
            "full_time_student": reader.boolean("full_time_student"),
            "property_transferred": reader.boolean("property_transferred"),
            "reviewed_on": reader.day("reviewed_on"),
        }
        reader.finish()
        if problems or day is None or category is None:
            raise CaseError([*problems, *_fact_problems(children, facts)])
        return cls(
            on=day,
            category=category,
            requested_on=requested_on or day,
            starts_on=starts_on or requested_on or day,
            children=children,
            **facts,
            **plain,
        )


_FACTS = (
    "incomes", "capital", "properties", "spouse", "cohabitants", "transfers", "attribution",
    "spi_counter",
)  # fmt: skip


def _read_facts(reader: Reader) -> dict[str, Any]:
    spouse, attribution = reader.inner("spouse"), reader.inner("attribution")
    counter = reader.inner("spi_counter")
    return {
        "incomes": tuple(Income.read(item) for item in reader.items("incomes")),
        "capital": tuple(Capital.read(item) for item in reader.items("capital")),
        "properties": tuple(Property.read(item) for item in reader.items("properties")),
        "spouse": Spouse.read(spouse) if spouse else None,
        "cohabitants": tuple(Cohabitant.read(item) for item in reader.items("cohabitants")),
        "transfers": tuple(Transfer.read(item) for item in reader.items("transfers")),
        "attribution": Appraisal.read(attribution) if attribution else None,
        "spi_counter": SpiCounter.read(counter) if counter else None,
    }


def _fact_problems(children: int, facts: Mapping[str, Any]) -> Iterator[CaseProblem]:
    """Problems of each fact by itself, whatever the others."""
    if not 0 <= children <= MAX_CHILDREN:
        yield CaseProblem("children", f"Le nombre d'enfants va de 0 à {MAX_CHILDREN}.")
    for name, found in facts.items():
        if isinstance(found, tuple):
            for position, item in enumerate(found):
                yield from item.problems(f"{name}[{position}]")
        elif found is not None:
            yield from found.problems(name)


def _date_problems(case: Case) -> Iterator[CaseProblem]:
    for name in ("on", "requested_on", "starts_on"):
        if getattr(case, name) < FIRST_DAY:
            yield CaseProblem(name, "Le calcul n'existe pas avant le 1er octobre 2002.")
    if case.starts_on < case.requested_on:
        yield CaseProblem("starts_on", "Le droit ne peut pas commencer avant la demande.")
    if case.on < case.starts_on.replace(day=1):
        yield CaseProblem("on", "La date du calcul précède le mois où le droit commence.")
    if case.reviewed_on and not case.starts_on <= case.reviewed_on <= case.on:
        yield CaseProblem("reviewed_on", "La révision tombe entre le début du droit et le calcul.")
    for position, item in enumerate(case.cohabitants):
        if item.birth_date and item.birth_date > case.on:
            yield CaseProblem(
                f"cohabitants[{position}].birth_date",
                "La date de naissance est après la date du calcul.",
            )
    for position, transfer in enumerate(case.transfers):
        if transfer.transferred_on > case.on:
            yield CaseProblem(
                f"transfers[{position}].transferred_on",
                "La cession est après la date du calcul.",
            )
    for position, income in enumerate(case.incomes):
        if income.reference_year and income.reference_year > case.on.year:
            yield CaseProblem(
                f"incomes[{position}].reference_year",
                "L'année de référence est après la date du calcul.",
            )
    if case.spi_counter and case.spi_counter.first_day and case.spi_counter.first_day > case.on:
        yield CaseProblem("spi_counter.first_day", "Le premier jour est après la date du calcul.")


def _household_problems(case: Case) -> Iterator[CaseProblem]:
    relations = [item.relation for item in case.cohabitants]
    if sum(relation in COUPLE for relation in relations) > 1:
        yield CaseProblem("cohabitants", "Il y a deux conjoints ou partenaires sous le toit.")
    if relations.count(Relation.PARENT) > MAX_PARENTS:
        yield CaseProblem("cohabitants", "Il y a plus de deux parents sous le toit.")
    wants_shortage = any(income.spi_kind is SpiKind.SHORTAGE for income in case.incomes)
    if wants_shortage and (case.spi_counter is None or case.spi_counter.shortage_from is None):
        yield CaseProblem(
            "spi_counter.shortage_from",
            "Un métier en pénurie demande le premier jour de ses trois mois.",
        )
