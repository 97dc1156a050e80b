"""The facts of one person from which the integration income is computed.

Money is in euro cents; `as_dict` and `from_dict` write and read euros as text ("1314.20").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from filrouge.law.category import Category, Relation
from filrouge.law.labels import _
from filrouge.law.money import Cents, plain_euros
from filrouge.law.reading import (
    FIRST_DAY,
    CaseError,
    CaseProblem,
    Reader,
    money_problem,
    share_problem,
)

Share = tuple[int, int]
"""A share of ownership: numerator and denominator."""

NOTHING = Cents(0)
MAX_CHILDREN = 30
MAX_CHEQUES = 10_000


class IncomeKind(StrEnum):
    """Kinds of income: those that count, then those art. 22 § 1 leaves out."""

    WAGE = "wage"
    SELF_EMPLOYED = "self_employed"
    UNEMPLOYMENT = "unemployment"
    SICKNESS = "sickness"
    PENSION = "pension"
    OWN_MAINTENANCE = "own_maintenance"
    OWN_FAMILY_BENEFIT = "own_family_benefit"
    FREE_HOUSING = "free_housing"
    OTHER = "other"
    ALE_CHEQUES = "ale_cheques"
    CPAS_AID = "cpas_aid"
    CHILDREN_FAMILY_BENEFIT = "children_family_benefit"
    CHILD_MAINTENANCE = "child_maintenance"
    STUDY_GRANT = "study_grant"
    FOSTER_CARE = "foster_care"
    DISABILITY_INTEGRATION = "disability_integration"
    DISABILITY_FAMILY_SUPPLEMENT = "disability_family_supplement"
    CARE_ALLOWANCE = "care_allowance"
    IRREGULAR_GIFT = "irregular_gift"
    TRAINING_PREMIUM = "training_premium"
    TRANSITION_INTERNSHIP = "transition_internship"
    VOLUNTEER = "volunteer"
    ATTENDANCE_TOKENS = "attendance_tokens"
    GUARDIAN_FLAT_RATE = "guardian_flat_rate"
    MOVING_ALLOWANCE = "moving_allowance"
    TAX_CREDIT = "tax_credit"
    WAR_ANNUITY = "war_annuity"

    @property
    def label(self) -> str:
        """Name in French."""
        return _KIND_LABELS[self]

    @property
    def article(self) -> str:
        """Article of the decree of 11 July 2002 that says how it counts."""
        return f"AR du 11 juillet 2002, art. {_KIND_ARTICLES.get(self, '22 § 1')}"

    @property
    def is_exempt(self) -> bool:
        """True when art. 22 § 1 leaves it out in full."""
        return self not in _KIND_ARTICLES and self is not IncomeKind.ALE_CHEQUES

    @property
    def is_work(self) -> bool:
        """True when the socio-professional exemption (art. 35) may apply."""
        return self in (IncomeKind.WAGE, IncomeKind.SELF_EMPLOYED)

    @property
    def has_unchecked_ceiling(self) -> bool:
        """True when the law caps the exemption and the cap is not in our data."""
        return self in (IncomeKind.TRAINING_PREMIUM, IncomeKind.VOLUNTEER)


_KIND_LABELS = {
    IncomeKind.WAGE: _("Salaire net"),
    IncomeKind.SELF_EMPLOYED: _("Revenu d'indépendant"),
    IncomeKind.UNEMPLOYMENT: _("Allocations de chômage ou d'insertion"),
    IncomeKind.SICKNESS: _("Indemnités de mutuelle"),
    IncomeKind.PENSION: _("Pension"),
    IncomeKind.OWN_MAINTENANCE: _("Pension alimentaire pour soi-même"),
    IncomeKind.OWN_FAMILY_BENEFIT: _("Allocations familiales perçues pour soi-même"),
    IncomeKind.FREE_HOUSING: _("Logement payé par un tiers qui ne cohabite pas"),
    IncomeKind.OTHER: _("Autre ressource"),
    IncomeKind.ALE_CHEQUES: _("Chèques ALE"),
    IncomeKind.CPAS_AID: _("Aide du CPAS"),
    IncomeKind.CHILDREN_FAMILY_BENEFIT: _("Allocations familiales pour ses enfants"),
    IncomeKind.CHILD_MAINTENANCE: _("Pension alimentaire pour ses enfants"),
    IncomeKind.STUDY_GRANT: _("Bourse d'études"),
    IncomeKind.FOSTER_CARE: _("Indemnité d'accueil d'un enfant placé"),
    IncomeKind.DISABILITY_INTEGRATION: _("Allocation d'intégration pour personne handicapée"),
    IncomeKind.DISABILITY_FAMILY_SUPPLEMENT: _("Supplément familial pour handicap"),
    IncomeKind.CARE_ALLOWANCE: _("Allocation pour soins de longue durée"),
    IncomeKind.IRREGULAR_GIFT: _("Don irrégulier"),
    IncomeKind.TRAINING_PREMIUM: _("Prime de formation ou d'encouragement"),
    IncomeKind.TRANSITION_INTERNSHIP: _("Allocation de stage de transition"),
    IncomeKind.VOLUNTEER: _("Indemnité de volontaire"),
    IncomeKind.ATTENDANCE_TOKENS: _("Jetons de présence d'un mandat public"),
    IncomeKind.GUARDIAN_FLAT_RATE: _("Forfait de tuteur d'un mineur"),
    IncomeKind.MOVING_ALLOWANCE: _("Allocation de déménagement, d'installation ou de loyer"),
    IncomeKind.TAX_CREDIT: _("Crédit d'impôt remboursable"),
    IncomeKind.WAR_ANNUITY: _("Rente ou indemnité de guerre"),
}

_KIND_ARTICLES = {
    IncomeKind.WAGE: "23 et 35",
    IncomeKind.SELF_EMPLOYED: "24 et 35",
    IncomeKind.UNEMPLOYMENT: "22 § 1",
    IncomeKind.SICKNESS: "22 § 1",
    IncomeKind.PENSION: "22 § 1",
    IncomeKind.OWN_MAINTENANCE: "22 § 1",
    IncomeKind.OWN_FAMILY_BENEFIT: "22 § 1",
    IncomeKind.FREE_HOUSING: "33",
    IncomeKind.OTHER: "22 § 1",
}


class Period(StrEnum):
    """What an income's amount covers."""

    MONTH = "month"
    YEAR = "year"

    @property
    def per_year(self) -> int:
        """How many of them make a year."""
        return 12 if self is Period.MONTH else 1


class PropertyKind(StrEnum):
    """Built or unbuilt property (art. 25)."""

    BUILT = "built"
    UNBUILT = "unbuilt"

    @property
    def label(self) -> str:
        """Name in French."""
        return _("Immeuble bâti") if self is PropertyKind.BUILT else _("Terrain non bâti")


@dataclass(frozen=True, slots=True)
class Income:
    """One income of the applicant.

    Attributes:
        kind: what it is; says whether it counts.
        amount: net, in cents, per `period`.
        period: month or year.
        label: the worker's own words, to tell two of a kind apart.
        spi: the socio-professional exemption of art. 35 is open for it (work only).
        cheques: number of ALE cheques per `period` (ALE only).
    """

    kind: IncomeKind
    amount: Cents
    period: Period = Period.MONTH
    label: str = ""
    spi: bool = False
    cheques: int = 0

    @property
    def yearly(self) -> int:
        """Cents per year."""
        return self.amount * self.period.per_year


@dataclass(frozen=True, slots=True)
class Capital:
    """Movable capital: the whole amount in cents, and the applicant's share of it (art. 27)."""

    amount: Cents
    share: Share = (1, 1)
    label: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """Property owned or held in usufruct (art. 25 and 26).

    Attributes:
        kind: built or unbuilt.
        cadastral_income: non-indexed, of the whole property, in cents per year.
        share: the applicant's share.
        mortgage_interest: interest the applicant pays for it, in cents per year.
        rent: rent of the whole property, in cents per year, when it is let; None when not.
    """

    kind: PropertyKind
    cadastral_income: Cents
    share: Share = (1, 1)
    mortgage_interest: Cents = NOTHING
    rent: Cents | None = None


@dataclass(frozen=True, slots=True)
class Spouse:
    """Spouse or partner who lives with the applicant and does not share the request (art. 34).

    Attributes:
        net_monthly: all resources that count, in cents per month.
        has_right_to_integration: has the right to social integration in their own name.
        activation_wage: works under article 60 § 7 or an activation measure.
    """

    net_monthly: Cents
    has_right_to_integration: bool = False
    activation_wage: bool = False


@dataclass(frozen=True, slots=True)
class Cohabitant:
    """Someone else under the same roof. An unknown birth date counts as an adult."""

    relation: Relation
    birth_date: date | None = None
    label: str = ""


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
        properties: at most one built and one unbuilt are computed.
        spouse: spouse or partner who does not share the request.
        cohabitants: other people under the roof.
        full_time_student: follows full-time studies.
        property_transferred: gave or sold property in the ten years before the request.

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

    def __post_init__(self) -> None:
        if self.requested_on == date.min:
            object.__setattr__(self, "requested_on", self.on)
        if self.starts_on == date.min:
            object.__setattr__(self, "starts_on", self.requested_on)
        problems = [*_date_problems(self), *_number_problems(self), *_asset_problems(self)]
        if problems:
            raise CaseError(problems)

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form, read back by `from_dict`. Money as euro text ("1314.20")."""
        return {
            "on": self.on.isoformat(),
            "category": int(self.category),
            "requested_on": self.requested_on.isoformat(),
            "starts_on": self.starts_on.isoformat(),
            "children": self.children,
            "incomes": [_income_dict(income) for income in self.incomes],
            "capital": [
                {
                    "amount": plain_euros(item.amount),
                    "share": _share_text(item.share),
                    "label": item.label,
                }
                for item in self.capital
            ],
            "properties": [_property_dict(item) for item in self.properties],
            "spouse": _spouse_dict(self.spouse) if self.spouse else None,
            "cohabitants": [
                {
                    "relation": item.relation.value,
                    "birth_date": item.birth_date.isoformat() if item.birth_date else None,
                    "label": item.label,
                }
                for item in self.cohabitants
            ],
            "full_time_student": self.full_time_student,
            "property_transferred": self.property_transferred,
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
        facts = _read_facts(reader)
        reader.finish()
        if problems or day is None or category is None:
            raise CaseError(problems + _range_problems(facts))
        return cls(
            on=day,
            category=category,
            requested_on=requested_on or day,
            starts_on=starts_on or requested_on or day,
            children=facts.children,
            incomes=facts.incomes,
            capital=facts.capital,
            properties=facts.properties,
            spouse=facts.spouse,
            cohabitants=facts.cohabitants,
            full_time_student=reader.boolean("full_time_student"),
            property_transferred=reader.boolean("property_transferred"),
        )


@dataclass(frozen=True, slots=True)
class _Facts:
    children: int
    incomes: tuple[Income, ...]
    capital: tuple[Capital, ...]
    properties: tuple[Property, ...]
    spouse: Spouse | None
    cohabitants: tuple[Cohabitant, ...]


def _read_facts(reader: Reader) -> _Facts:
    reader.boolean("full_time_student")
    reader.boolean("property_transferred")
    spouse = reader.inner("spouse")
    return _Facts(
        children=reader.integer("children", 0),
        incomes=tuple(_read_income(item) for item in reader.items("incomes")),
        capital=tuple(_read_capital(item) for item in reader.items("capital")),
        properties=tuple(_read_property(item) for item in reader.items("properties")),
        spouse=_read_spouse(spouse) if spouse else None,
        cohabitants=tuple(_read_cohabitant(item) for item in reader.items("cohabitants")),
    )


def _read_income(reader: Reader) -> Income:
    income = Income(
        kind=reader.choice("kind", IncomeKind) or IncomeKind.OTHER,
        amount=reader.money("amount"),
        period=reader.choice("period", Period, Period.MONTH) or Period.MONTH,
        label=reader.text("label"),
        spi=reader.boolean("spi"),
        cheques=reader.integer("cheques", 0),
    )
    reader.finish()
    return income


def _read_capital(reader: Reader) -> Capital:
    capital = Capital(reader.money("amount"), reader.share("share"), reader.text("label"))
    reader.finish()
    return capital


def _read_property(reader: Reader) -> Property:
    item = Property(
        kind=reader.choice("kind", PropertyKind) or PropertyKind.BUILT,
        cadastral_income=reader.money("cadastral_income"),
        share=reader.share("share"),
        mortgage_interest=reader.money("mortgage_interest", NOTHING),
        rent=reader.optional_money("rent"),
    )
    reader.finish()
    return item


def _read_spouse(reader: Reader) -> Spouse:
    spouse = Spouse(
        net_monthly=reader.money("net_monthly"),
        has_right_to_integration=reader.boolean("has_right_to_integration"),
        activation_wage=reader.boolean("activation_wage"),
    )
    reader.finish()
    return spouse


def _read_cohabitant(reader: Reader) -> Cohabitant:
    cohabitant = Cohabitant(
        relation=reader.choice("relation", Relation) or Relation.UNRELATED,
        birth_date=reader.day("birth_date"),
        label=reader.text("label"),
    )
    reader.finish()
    return cohabitant


def _share_text(share: Share) -> str:
    return f"{share[0]}/{share[1]}"


def _income_dict(income: Income) -> dict[str, object]:
    return {
        "kind": income.kind.value,
        "amount": plain_euros(income.amount),
        "period": income.period.value,
        "label": income.label,
        "spi": income.spi,
        "cheques": income.cheques,
    }


def _property_dict(item: Property) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "cadastral_income": plain_euros(item.cadastral_income),
        "share": _share_text(item.share),
        "mortgage_interest": plain_euros(item.mortgage_interest),
        "rent": None if item.rent is None else plain_euros(item.rent),
    }


def _spouse_dict(spouse: Spouse) -> dict[str, object]:
    return {
        "net_monthly": plain_euros(spouse.net_monthly),
        "has_right_to_integration": spouse.has_right_to_integration,
        "activation_wage": spouse.activation_wage,
    }


def _date_problems(case: Case) -> list[CaseProblem]:
    problems = [
        CaseProblem(name, "Le calcul n'existe pas avant le 1er octobre 2002.")
        for name, day in (
            ("on", case.on),
            ("requested_on", case.requested_on),
            ("starts_on", case.starts_on),
        )
        if day < FIRST_DAY
    ]
    if case.starts_on < case.requested_on:
        problems.append(
            CaseProblem("starts_on", "Le droit ne peut pas commencer avant la demande.")
        )
    if case.on < case.starts_on.replace(day=1):
        problems.append(
            CaseProblem("on", "La date du calcul précède le mois où le droit commence.")
        )
    for position, item in enumerate(case.cohabitants):
        if item.birth_date and item.birth_date > case.on:
            problems.append(
                CaseProblem(
                    f"cohabitants[{position}].birth_date",
                    "La date de naissance est après la date du calcul.",
                )
            )
    return problems


def _number_problems(case: "Case | _Facts") -> list[CaseProblem]:
    problems: list[CaseProblem] = []
    if not 0 <= case.children <= MAX_CHILDREN:
        problems.append(CaseProblem("children", f"Le nombre d'enfants va de 0 à {MAX_CHILDREN}."))
    for position, income in enumerate(case.incomes):
        path = f"incomes[{position}]"
        if message := money_problem(income.amount):
            problems.append(CaseProblem(f"{path}.amount", message))
        if income.spi and not income.kind.is_work:
            problems.append(
                CaseProblem(
                    f"{path}.spi",
                    "L'exonération socioprofessionnelle ne vaut que pour un revenu du travail.",
                )
            )
        if not 0 <= income.cheques <= MAX_CHEQUES:
            problems.append(
                CaseProblem(f"{path}.cheques", f"Le nombre de chèques va de 0 à {MAX_CHEQUES}.")
            )
        if income.cheques and income.kind is not IncomeKind.ALE_CHEQUES:
            problems.append(
                CaseProblem(f"{path}.cheques", "Ce champ ne vaut que pour des chèques ALE.")
            )
    if case.spouse and (message := money_problem(case.spouse.net_monthly)):
        problems.append(CaseProblem("spouse.net_monthly", message))
    return problems


def _asset_problems(case: "Case | _Facts") -> list[CaseProblem]:
    checks: list[tuple[str, str | None]] = []
    for position, item in enumerate(case.capital):
        checks.append((f"capital[{position}].amount", money_problem(item.amount)))
        checks.append((f"capital[{position}].share", share_problem(*item.share)))
    for position, estate in enumerate(case.properties):
        path = f"properties[{position}]"
        checks.append((f"{path}.cadastral_income", money_problem(estate.cadastral_income)))
        checks.append((f"{path}.mortgage_interest", money_problem(estate.mortgage_interest)))
        checks.append((f"{path}.rent", money_problem(estate.rent or 0)))
        checks.append((f"{path}.share", share_problem(*estate.share)))
    return [CaseProblem(path, message) for path, message in checks if message]


def _range_problems(facts: _Facts) -> list[CaseProblem]:
    return [*_number_problems(facts), *_asset_problems(facts)]
