"""Reads plain data (YAML, JSON) strictly, collecting every error with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

from filrouge.law.money import MAX_AMOUNT, Cents, parse_euros

E = TypeVar("E", bound=Enum)

FIRST_DAY = date(2002, 10, 1)
"""First day of the law of 26 May 2002; nothing is computed before."""

MAX_SHARE_DENOMINATOR = 10_000
"""Finest share read, so that a population fits int64."""

_TRUE = frozenset({"true", "yes", "oui", "vrai"})
_FALSE = frozenset({"false", "no", "non", "faux"})


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """One error: where (`incomes[0].amount`) and what, in French."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path} : {self.message}" if self.path else self.message


class CaseError(ValueError):
    """The data of a case is wrong; nothing is computed.

    Attributes:
        problems: every error found. `path` and `message` are those of the first one.
    """

    def __init__(self, problems: Sequence[CaseProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(str(problem) for problem in self.problems))

    @property
    def path(self) -> str:
        """Place of the first error."""
        return self.problems[0].path

    @property
    def message(self) -> str:
        """Sentence of the first error."""
        return self.problems[0].message


def money_problem(amount: int) -> str | None:
    """Why an amount in cents cannot be accepted, in French; None when it can."""
    if amount < 0:
        return "Le montant est négatif : indiquez un montant positif ou nul."
    if amount > MAX_AMOUNT:
        return "Le montant dépasse 10 000 000 EUR : vérifiez-le."
    return None


def share_problem(numerator: int, denominator: int) -> str | None:
    """Why a share cannot be accepted, in French; None when it can."""
    if denominator < 1 or denominator > MAX_SHARE_DENOMINATOR:
        return "Le dénominateur de la part va de 1 à 10 000."
    if numerator < 1 or numerator > denominator:
        return "La part est plus grande que zéro et ne dépasse pas 1."
    return None


class Reader:
    """Reads the fields of one mapping; every error goes to a shared list."""

    def __init__(self, data: object, path: str, problems: list[CaseProblem]) -> None:
        self._path = path
        self._problems = problems
        self._data: Mapping[str, object] = {}
        self._read: set[str] = set()
        self._is_readable = isinstance(data, Mapping)
        if isinstance(data, Mapping):
            self._data = {str(key): value for key, value in data.items()}
        else:
            problems.append(CaseProblem(path, "Un ensemble de champs « nom: valeur » est attendu."))

    def fail(self, name: str, message: str) -> None:
        """Note an error at a field."""
        path = f"{self._path}.{name}" if self._path and name else self._path or name
        self._problems.append(CaseProblem(path, message))

    def _take(self, name: str, needed: bool) -> object | None:
        self._read.add(name)
        value = self._data.get(name)
        if value is None or value == "" or value == "null":
            if needed and self._is_readable:
                self.fail(name, "Ce champ est obligatoire.")
            return None
        return value

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self._take(name, needed=False)
        if value is None:
            return default
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value)
        self.fail(name, "Un texte est attendu.")
        return default

    def money(self, name: str, default: Cents | None = None) -> Cents:
        """Euros as text or whole number, into cents; needed when there is no default."""
        value = self._take(name, needed=default is None)
        fallback = Cents(0) if default is None else default
        if value is None:
            return fallback
        if isinstance(value, float):
            self.fail(name, "Écrivez le montant entre guillemets, par exemple « 1314.20 ».")
            return fallback
        try:
            amount = parse_euros("" if isinstance(value, bool) else str(value))
        except ValueError:
            self.fail(name, f"« {value} » n'est pas un montant en euros, par exemple 1 314,20.")
            return fallback
        return amount

    def optional_money(self, name: str) -> Cents | None:
        """Euros into cents, or None when absent."""
        if self._take(name, needed=False) is None:
            return None
        return self.money(name)

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number; needed when there is no default."""
        value = self._take(name, needed=default is None)
        if value is None:
            return default or 0
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        text = str(value).strip()
        if isinstance(value, str) and text.lstrip("-").isascii() and text.lstrip("-").isdigit():
            return int(text)
        self.fail(name, f"« {value} » n'est pas un nombre entier.")
        return default or 0

    def optional_integer(self, name: str) -> int | None:
        """A whole number, or None when absent."""
        if self._take(name, needed=False) is None:
            return None
        return self.integer(name)

    def boolean(self, name: str, default: bool = False) -> bool:
        """Yes or no."""
        value = self._take(name, needed=False)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        text = str(value).strip().lower()
        if text in _TRUE:
            return True
        if text not in _FALSE:
            self.fail(name, f"« {value} » n'est ni oui ni non.")
        return False

    def day(self, name: str, default: date | None = None, needed: bool = False) -> date | None:
        """A date written YYYY-MM-DD or DD/MM/YYYY."""
        value = self._take(name, needed=needed)
        if value is None:
            return default
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(str(value).strip(), pattern).date()  # noqa: DTZ007
            except ValueError:
                continue
        self.fail(name, f"« {value} » n'est pas une date, par exemple 2026-03-01.")
        return default

    def choice(self, name: str, kind: type[E], default: E | None = None) -> E | None:
        """One of the members of an enumeration, by value or by name."""
        value = self._take(name, needed=default is None)
        if value is None:
            return default
        wanted = str(value).strip().lower()
        for member in kind:
            if wanted in (str(member.value), member.name.lower()):
                return member
        allowed = ", ".join(str(member.value) for member in kind)
        self.fail(name, f"« {value} » n'est pas connu. Valeurs permises : {allowed}.")
        return default

    def share(self, name: str) -> tuple[int, int]:
        """A share written 1/2 or 1, whole when absent."""
        value = self._take(name, needed=False)
        if value is None:
            return (1, 1)
        if isinstance(value, list | tuple) and len(value) == 2:
            value = f"{value[0]}/{value[1]}"
        top, _bar, bottom = str(value).replace(" ", "").partition("/")
        bottom = bottom or "1"
        if top.isascii() and bottom.isascii() and top.isdigit() and bottom.isdigit():
            return (int(top), int(bottom))
        self.fail(name, f"« {value} » n'est pas une part, par exemple 1/2.")
        return (1, 1)

    def items(self, name: str) -> list["Reader"]:
        """A list of mappings, empty when absent."""
        value = self._take(name, needed=False)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.fail(name, "Une liste est attendue.")
            return []
        prefix = f"{self._path}.{name}" if self._path else name
        return [
            Reader(item, f"{prefix}[{position}]", self._problems)
            for position, item in enumerate(value)
        ]

    def inner(self, name: str) -> "Reader | None":
        """A mapping, None when absent."""
        value = self._take(name, needed=False)
        if value is None:
            return None
        return Reader(value, f"{self._path}.{name}" if self._path else name, self._problems)

    def finish(self) -> None:
        """Note the fields that nobody asked for."""
        for name in self._data:
            if name not in self._read:
                known = ", ".join(sorted(self._read))
                self.fail(name, f"Champ inconnu. Champs permis : {known}.")
