"""The dated values of the law: read from YAML, checked when loaded, asked by name and date.

Every value says its unit, from when it is valid, its article, its source and how sure we are.
A correction is a new line with a later `known_from`; a shipped line is never edited.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import yaml

from filrouge.law.money import parse_euros

SHIPPED = Path(__file__).parent / "parameters"

_LINE_FIELDS = frozenset(
    {"valid_from", "valid_to", "known_from", "value", "status", "source", "note", "article"}
)
_PARAMETER_FIELDS = frozenset({"label", "unit", "article", "size", "values"})


class Status(StrEnum):
    """How sure we are of a value."""

    OFFICIAL = "A"
    SECONDARY = "B"
    COMPUTED = "C"
    UNCONFIRMED = "U"
    CONFLICTING = "X"

    @property
    def is_confirmed(self) -> bool:
        """True when a source states the value itself (A or B)."""
        return self in (Status.OFFICIAL, Status.SECONDARY)


class Unit(StrEnum):
    """Unit of a value; euro units are stored in cents."""

    EUR = "eur"
    EUR_PER_MONTH = "eur_per_month"
    EUR_PER_YEAR = "eur_per_year"
    EUR_PER_CHEQUE = "eur_per_cheque"
    PERCENT = "percent"
    FACTOR = "factor"
    STEP = "index_step"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    CHOICE = "choice"

    @property
    def is_money(self) -> bool:
        """True when the value is in cents."""
        return self.value.startswith("eur")


Value: TypeAlias = int | str | tuple[int, ...]


class ParameterError(Exception):
    """A parameter file is wrong, or a value is asked that the law data does not hold."""


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One line of the law's data: a value valid from a date (to a date, when the law ended it)."""

    name: str
    label: str
    value: Value
    unit: Unit
    valid_from: date
    article: str
    source: str
    status: Status
    valid_to: date | None = None
    known_from: date | None = None
    note: str = ""

    def as_dict(self) -> dict[str, object]:
        """Canonical JSON-safe form; the digest is taken over it. Money is in cents."""
        return {
            "name": self.name,
            "value": list(self.value) if isinstance(self.value, tuple) else self.value,
            "unit": self.unit.value,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "known_from": self.known_from.isoformat() if self.known_from else None,
            "article": self.article,
            "source": self.source,
            "status": self.status.value,
            "note": self.note,
        }


class ParameterStore:
    """All values, by name and date. Immutable: `with_values` gives a new store."""

    def __init__(self, values: Iterable[ParameterValue]) -> None:
        """Check order, gaps and overlaps.

        Raises:
            ParameterError: two lines of a parameter overlap, or leave a gap.
        """
        by_name: dict[str, list[ParameterValue]] = {}
        for value in values:
            by_name.setdefault(value.name, []).append(value)
        for lines in by_name.values():
            lines.sort(key=lambda line: (line.valid_from, line.known_from or date.min))
            _check_periods(lines)
        self._by_name = {name: tuple(lines) for name, lines in sorted(by_name.items())}
        self._digest: str | None = None

    def names(self) -> tuple[str, ...]:
        """Names of all parameters, sorted."""
        return tuple(self._by_name)

    def history(self, name: str) -> tuple[ParameterValue, ...]:
        """All lines of a parameter, oldest first.

        Raises:
            ParameterError: no such parameter.
        """
        try:
            return self._by_name[name]
        except KeyError:
            raise ParameterError(f"Paramètre inconnu : {name}.") from None

    def entry(self, name: str, on: date, known_on: date | None = None) -> ParameterValue:
        """The line valid on a date, with its article, source and status.

        Args:
            name: parameter, for instance "ris.amount.yearly".
            on: date the law is asked for.
            known_on: leave out corrections learnt after this date; all are used when None.

        Raises:
            ParameterError: no such parameter, or no value on that date.
        """
        for line in reversed(self.history(name)):
            if line.valid_from > on:
                continue
            if known_on and line.known_from and line.known_from > known_on:
                continue
            if line.valid_to and line.valid_to < on:
                break
            return line
        raise ParameterError(f"Le paramètre {name} n'a pas de valeur au {on:%d/%m/%Y}.")

    def value(self, name: str, on: date) -> Value:
        """The value on a date (money in cents; a tuple is by category 1, 2, 3).

        Raises:
            ParameterError: no such parameter, or no value on that date.
        """
        return self.entry(name, on).value

    def number(self, name: str, on: date) -> int:
        """The value on a date of a parameter that is one whole number.

        Raises:
            ParameterError: absent, or not one number.
        """
        value = self.value(name, on)
        if not isinstance(value, int):
            raise ParameterError(f"Le paramètre {name} n'est pas un nombre seul.")
        return value

    def table(self, name: str, on: date) -> tuple[int, ...]:
        """The value on a date of a parameter that has one number per category.

        Raises:
            ParameterError: absent, or not a table.
        """
        value = self.value(name, on)
        if not isinstance(value, tuple):
            raise ParameterError(f"Le paramètre {name} n'est pas un tableau.")
        return value

    def with_values(self, extra: Iterable[ParameterValue]) -> "ParameterStore":
        """A new store that also holds these lines (a new index, a correction).

        Raises:
            ParameterError: the lines overlap existing ones.
        """
        mine = [line for lines in self._by_name.values() for line in lines]
        return ParameterStore([*mine, *extra])

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the canonical content: frozen with every decision."""
        if self._digest is None:
            content = [line.as_dict() for lines in self._by_name.values() for line in lines]
            text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            self._digest = hashlib.sha256(text.encode()).hexdigest()
        return self._digest


def _check_periods(lines: list[ParameterValue]) -> None:
    for earlier, later in pairwise(lines):
        place = f"{later.name}, valeur du {later.valid_from:%d/%m/%Y}"
        if earlier.valid_from == later.valid_from:
            if (earlier.known_from or date.min) == (later.known_from or date.min):
                raise ParameterError(f"{place} : deux valeurs pour la même date.")
        elif earlier.valid_to and earlier.valid_to >= later.valid_from:
            raise ParameterError(f"{place} : elle chevauche la précédente.")
        elif earlier.valid_to and earlier.valid_to + timedelta(days=1) < later.valid_from:
            raise ParameterError(f"{place} : il y a un trou avant elle.")


class _Place:
    """A node of a YAML file, to read it strictly and name its file and line in errors."""

    def __init__(self, path: Path, node: yaml.Node) -> None:
        self.path = path
        self.node = node

    def error(self, message: str) -> ParameterError:
        return ParameterError(
            f"{self.path.name}, ligne {self.node.start_mark.line + 1} : {message}"
        )

    def fields(self) -> dict[str, "_Place"]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("une liste de champs est attendue.")
        found: dict[str, _Place] = {}
        for key, value in self.node.value:
            name = str(key.value)
            if name in found:
                raise _Place(self.path, key).error(f"le champ « {name} » est écrit deux fois.")
            found[name] = _Place(self.path, value)
        return found

    def checked_fields(self, allowed: frozenset[str], needed: Iterable[str]) -> dict[str, "_Place"]:
        fields = self.fields()
        for name, place in fields.items():
            if name not in allowed:
                raise place.error(f"champ inconnu « {name} ».")
        for name in needed:
            if name not in fields:
                raise self.error(f"il manque le champ « {name} ».")
        return fields

    def items(self) -> list["_Place"]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("une liste est attendue.")
        return [_Place(self.path, node) for node in self.node.value]

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.error("un texte est attendu.")
        return str(self.node.value).strip()

    def date(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.error("une date AAAA-MM-JJ est attendue.") from None


def _number(place: _Place, unit: Unit) -> int:
    text = place.text()
    try:
        number = parse_euros(text) if unit.is_money else int(text)
    except ValueError:
        raise place.error(f"« {text} » n'est pas une valeur en {unit.value}.") from None
    if number < 0:
        raise place.error("une valeur négative n'est pas permise.")
    return number


def _value(place: _Place, unit: Unit, size: int) -> Value:
    if unit is Unit.CHOICE:
        return place.text()
    if size == 1:
        return _number(place, unit)
    items = place.items()
    if len(items) != size:
        raise place.error(f"{size} valeurs sont attendues, {len(items)} sont données.")
    return tuple(_number(item, unit) for item in items)


def _parameter(name: str, place: _Place) -> list[ParameterValue]:
    fields = place.checked_fields(_PARAMETER_FIELDS, ("label", "unit", "article", "values"))
    try:
        unit = Unit(fields["unit"].text())
    except ValueError:
        raise fields["unit"].error("unité inconnue.") from None
    size = _number(fields["size"], Unit.FACTOR) if "size" in fields else 1
    lines: list[ParameterValue] = []
    for item in fields["values"].items():
        line = _line(name, fields, item, unit, size)
        _check_follows(lines, line, item)
        lines.append(line)
    return lines


def _check_follows(lines: list[ParameterValue], line: ParameterValue, place: _Place) -> None:
    if not lines:
        return
    if line.valid_from < lines[-1].valid_from:
        raise place.error("les valeurs ne sont pas dans l'ordre des dates.")
    try:
        _check_periods([lines[-1], line])
    except ParameterError as error:
        raise place.error(str(error)) from None


def _line(
    name: str, fields: Mapping[str, _Place], place: _Place, unit: Unit, size: int
) -> ParameterValue:
    line = place.checked_fields(_LINE_FIELDS, ("valid_from", "value", "status", "source"))
    try:
        status = Status(line["status"].text())
    except ValueError:
        raise line["status"].error("le statut est A, B, C, U ou X.") from None
    valid_from = line["valid_from"].date()
    valid_to = line["valid_to"].date() if "valid_to" in line else None
    if valid_to and valid_to < valid_from:
        raise line["valid_to"].error("la fin précède le début.")
    return ParameterValue(
        name=name,
        label=fields["label"].text(),
        value=_value(line["value"], unit, size),
        unit=unit,
        valid_from=valid_from,
        article=line.get("article", fields["article"]).text(),
        source=line["source"].text(),
        status=status,
        valid_to=valid_to,
        known_from=line["known_from"].date() if "known_from" in line else None,
        note=line["note"].text() if "note" in line else "",
    )


def read_file(path: Path) -> list[ParameterValue]:
    """Read one parameter file.

    Raises:
        ParameterError: naming the file and the line.
    """
    loader: type[yaml.Loader] = getattr(yaml, "CLoader", yaml.Loader)
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ParameterError(f"{path.name}, ligne {line} : YAML illisible.") from error
    if root is None:
        raise ParameterError(f"{path.name}, ligne 1 : le fichier est vide.")
    values: list[ParameterValue] = []
    for name, place in _Place(path, root).fields().items():
        values.extend(_parameter(name, place))
    return values


def load(directory: Path) -> ParameterStore:
    """Read every YAML file of a directory into one store.

    Raises:
        ParameterError: naming the file and the line.
    """
    values: list[ParameterValue] = []
    owner: dict[str, str] = {}
    for path in sorted(directory.glob("*.yaml")):
        lines = read_file(path)
        for name in {line.name for line in lines}:
            if owner.setdefault(name, path.name) != path.name:
                raise ParameterError(f"{path.name} : {name} est déjà dans {owner[name]}.")
        values.extend(lines)
    return ParameterStore(values)


@cache
def shipped() -> ParameterStore:
    """The values that come with the program, read once."""
    return load(SHIPPED)


def value(name: str, on: date) -> Value:
    """Shipped value on a date (money in cents). Raises `ParameterError` when absent."""
    return shipped().value(name, on)


def history(name: str) -> tuple[ParameterValue, ...]:
    """All shipped lines of a parameter, oldest first. Raises `ParameterError` when absent."""
    return shipped().history(name)


def digest() -> str:
    """SHA-256 of the shipped values."""
    return shipped().digest()
