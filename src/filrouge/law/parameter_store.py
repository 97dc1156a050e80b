"""The dated values of the law: read from YAML, checked when loaded, asked by name and date.

Every value says its unit, from when it is valid, its article, its source and how sure we are.
A correction or a confirmation is a new line with a later `known_from`; a shipped line is never
edited. Lines come in layers (`Origin`): shipped with the program, added for the installation,
chosen by a centre. On a date the line that began last holds; between lines that begin the same
day, the one known last; known the same day, the most local one.
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

from filrouge.law.labels import _
from filrouge.law.money import parse_euros
from filrouge.law.parameter_reading import ParameterError, Place, read_yaml

__all__ = [
    "Level",
    "Origin",
    "ParameterError",
    "ParameterStore",
    "ParameterValue",
    "Status",
    "Unit",
    "Value",
    "digest",
    "history",
    "load",
    "parse_value",
    "read_file",
    "shipped",
    "value",
]

SHIPPED = Path(__file__).parent / "parameters"

_LINE_FIELDS = frozenset(
    {"valid_from", "valid_to", "known_from", "value", "status", "source", "note", "article"}
)
_PARAMETER_FIELDS = frozenset({"label", "unit", "article", "size", "level", "options", "values"})


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
    """Unit of a value; euro units are stored in cents, hours in minutes."""

    EUR = "eur"
    EUR_PER_MONTH = "eur_per_month"
    EUR_PER_YEAR = "eur_per_year"
    EUR_PER_CHEQUE = "eur_per_cheque"
    EUR_PER_HOUR = "eur_per_hour"
    EUR_PER_LITRE = "eur_per_litre"
    PERCENT = "percent"
    POINTS = "points"
    PERMILLE = "permille"
    FACTOR = "factor"
    STEP = "index_step"
    MINUTES = "minutes"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    LITRES = "litres"
    PEOPLE = "people"
    COUNT = "count"
    CODE = "code"
    DATE = "date"
    CHOICE = "choice"

    @property
    def is_money(self) -> bool:
        """True when the value is in cents."""
        return self.value.startswith("eur")

    @property
    def is_text(self) -> bool:
        """True when the value is a word or a date, not a number."""
        return self in (Unit.CHOICE, Unit.DATE)

    @property
    def label(self) -> str:
        """Name in French."""
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    Unit.EUR: _("euros"),
    Unit.EUR_PER_MONTH: _("euros par mois"),
    Unit.EUR_PER_YEAR: _("euros par an"),
    Unit.EUR_PER_CHEQUE: _("euros par chèque"),
    Unit.EUR_PER_HOUR: _("euros par heure"),
    Unit.EUR_PER_LITRE: _("euros par litre"),
    Unit.PERCENT: _("pour cent"),
    Unit.POINTS: _("points de pourcentage"),
    Unit.PERMILLE: _("pour mille"),
    Unit.FACTOR: _("facteur"),
    Unit.STEP: _("échelon d'indexation"),
    Unit.MINUTES: _("minutes"),
    Unit.CALENDAR_DAYS: _("jours calendrier"),
    Unit.WORKING_DAYS: _("jours ouvrables"),
    Unit.MONTHS: _("mois"),
    Unit.YEARS: _("ans"),
    Unit.LITRES: _("litres"),
    Unit.PEOPLE: _("personnes"),
    Unit.COUNT: _("nombre"),
    Unit.CODE: _("code"),
    Unit.DATE: _("date"),
    Unit.CHOICE: _("choix"),
}


class Origin(StrEnum):
    """Where a line comes from; a later one is more local."""

    SHIPPED = "shipped"
    INSTALLATION = "installation"
    CENTRE = "centre"

    @property
    def label(self) -> str:
        """Name in French."""
        return _ORIGIN_LABELS[self]

    @property
    def rank(self) -> int:
        """Order of the layers."""
        return tuple(Origin).index(self)


_ORIGIN_LABELS = {
    Origin.SHIPPED: _("livré avec le programme"),
    Origin.INSTALLATION: _("ajouté pour l'installation"),
    Origin.CENTRE: _("choisi par le centre"),
}


class Level(StrEnum):
    """Who may set a value: the law for everybody, or each centre."""

    NATIONAL = "national"
    CENTRE = "centre"


Value: TypeAlias = int | str | tuple[int, ...]


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
    origin: Origin = Origin.SHIPPED
    author: str = ""
    level: Level = Level.NATIONAL
    options: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        """Number of figures: 1, or the length of the table."""
        return len(self.value) if isinstance(self.value, tuple) else 1

    @property
    def number(self) -> int:
        """The value, when it is one whole number.

        Raises:
            ParameterError: it is a table or a word.
        """
        if not isinstance(self.value, int):
            raise ParameterError(f"Le paramètre {self.name} n'est pas un nombre seul.")
        return self.value

    @property
    def table(self) -> tuple[int, ...]:
        """The value, when it is a table.

        Raises:
            ParameterError: it is one number or a word.
        """
        if not isinstance(self.value, tuple):
            raise ParameterError(f"Le paramètre {self.name} n'est pas un tableau.")
        return self.value

    @property
    def meaning(self) -> str:
        """What a choice means, in French; empty when the file does not say."""
        return dict(self.options).get(str(self.value), "")

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
            "origin": self.origin.value,
            "author": self.author,
        }


class ParameterStore:
    """All values, by name and date. Immutable: `with_values` gives a new store."""

    def __init__(self, values: Iterable[ParameterValue]) -> None:
        """Check order, gaps, overlaps and layers.

        Raises:
            ParameterError: two lines of a parameter overlap, leave a gap, or an added line has
                another unit or size, no author, or a value that its layer may not set.
        """
        by_name: dict[str, list[ParameterValue]] = {}
        for value in values:
            by_name.setdefault(value.name, []).append(value)
        for lines in by_name.values():
            lines.sort(key=_place_in_history)
            _check_periods(lines)
            _check_layers(lines)
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
        return self.entry(name, on).number

    def table(self, name: str, on: date) -> tuple[int, ...]:
        """The value on a date of a parameter that has one number per category.

        Raises:
            ParameterError: absent, or not a table.
        """
        return self.entry(name, on).table

    def day(self, name: str, on: date) -> date:
        """The value on a date of a parameter that is itself a date.

        Raises:
            ParameterError: absent, or not a date.
        """
        entry = self.entry(name, on)
        if entry.unit is not Unit.DATE:
            raise ParameterError(f"Le paramètre {name} n'est pas une date.")
        return date.fromisoformat(str(entry.value))

    def lines(self) -> tuple[ParameterValue, ...]:
        """Every line, by name and date."""
        return tuple(line for lines in self._by_name.values() for line in lines)

    def with_values(self, extra: Iterable[ParameterValue]) -> "ParameterStore":
        """A new store that also holds these lines (a new index, a correction, a choice).

        Raises:
            ParameterError: the lines overlap existing ones, or their layer may not set them.
        """
        return ParameterStore([*self.lines(), *extra])

    def as_known_on(self, day: date) -> "ParameterStore":
        """The store without what was learnt after a day: what a decision of that day could use."""
        known = [line for line in self.lines() if (line.known_from or date.min) <= day]
        return ParameterStore(known)

    def layer(self, *origins: Origin) -> tuple[ParameterValue, ...]:
        """The lines of some layers, by name and date."""
        return tuple(line for line in self.lines() if line.origin in origins)

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the canonical content: frozen with every decision."""
        if self._digest is None:
            content = [line.as_dict() for line in self.lines()]
            text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            self._digest = hashlib.sha256(text.encode()).hexdigest()
        return self._digest


def _place_in_history(line: ParameterValue) -> tuple[date, date, int]:
    return (line.valid_from, line.known_from or date.min, line.origin.rank)


def _check_periods(lines: list[ParameterValue]) -> None:
    for earlier, later in pairwise(lines):
        place = f"{later.name}, valeur du {later.valid_from:%d/%m/%Y}"
        if earlier.valid_from == later.valid_from:
            if _place_in_history(earlier) == _place_in_history(later):
                raise ParameterError(f"{place} : deux valeurs pour la même date.")
        elif earlier.valid_to and earlier.valid_to >= later.valid_from:
            raise ParameterError(f"{place} : elle chevauche la précédente.")
        elif earlier.valid_to and earlier.valid_to + timedelta(days=1) < later.valid_from:
            raise ParameterError(f"{place} : il y a un trou avant elle.")


def _check_layers(lines: list[ParameterValue]) -> None:
    shipped_lines = [line for line in lines if line.origin is Origin.SHIPPED]
    for line in lines:
        problem = _layer_problem(line, shipped_lines[0] if shipped_lines else None)
        if problem:
            place = f"{line.name}, valeur du {line.valid_from:%d/%m/%Y}"
            raise ParameterError(f"{place} : {problem}")


def _layer_problem(line: ParameterValue, model: ParameterValue | None) -> str | None:
    if line.options and str(line.value) not in dict(line.options):
        allowed = ", ".join(option for option, _meaning in line.options)
        return f"« {line.value} » n'est pas permis, choisissez parmi {allowed}."
    if line.origin is Origin.SHIPPED:
        return None
    if model is None:
        return "ce paramètre n'existe pas dans les valeurs livrées."
    if (line.unit, line.size) != (model.unit, model.size):
        return f"l'unité attendue est {model.unit.label} (nombre de valeurs : {model.size})."
    if not line.author.strip() or not line.source.strip() or line.known_from is None:
        return "une valeur ajoutée a un auteur, une source et une date de connaissance."
    may_choose = model.level is Level.CENTRE or model.unit is Unit.CHOICE
    if line.origin is Origin.CENTRE and not may_choose:
        return "une valeur nationale ne se change pas au niveau d'un centre."
    return None


def parse_value(text: str, unit: Unit) -> int:
    """Read one figure written by a person: euros into cents, other units as whole numbers.

    Raises:
        ValueError: with a French sentence.
    """
    try:
        number = parse_euros(text) if unit.is_money else int(text)
    except ValueError:
        raise ValueError(f"« {text} » n'est pas une valeur en {unit.label}.") from None
    if number < 0:
        raise ValueError("une valeur négative n'est pas permise.")
    return number


def _number(place: Place, unit: Unit) -> int:
    try:
        return parse_value(place.text(), unit)
    except ValueError as error:
        raise place.error(str(error)) from None


def _value(place: Place, unit: Unit, size: int) -> Value:
    if unit is Unit.DATE:
        return place.date().isoformat()
    if unit is Unit.CHOICE:
        return place.text()
    if size == 1:
        return _number(place, unit)
    items = place.items()
    if len(items) != size:
        raise place.error(f"{size} valeurs sont attendues, {len(items)} sont données.")
    return tuple(_number(item, unit) for item in items)


def _parameter(name: str, place: Place) -> list[ParameterValue]:
    fields = place.checked_fields(_PARAMETER_FIELDS, ("label", "unit", "values"))
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
    if not lines:
        raise fields["values"].error("il manque au moins une valeur.")
    return lines


def _level(fields: Mapping[str, Place]) -> Level:
    if "level" not in fields:
        return Level.NATIONAL
    try:
        return Level(fields["level"].text())
    except ValueError:
        raise fields["level"].error("le niveau est « national » ou « centre ».") from None


def _options(fields: Mapping[str, Place]) -> tuple[tuple[str, str], ...]:
    if "options" not in fields:
        return ()
    return tuple((key, place.text()) for key, place in fields["options"].fields().items())


def _check_follows(lines: list[ParameterValue], line: ParameterValue, place: Place) -> None:
    if not lines:
        return
    if line.valid_from < lines[-1].valid_from:
        raise place.error("les valeurs ne sont pas dans l'ordre des dates.")
    try:
        _check_periods([lines[-1], line])
    except ParameterError as error:
        raise place.error(str(error)) from None


def _line(
    name: str, fields: Mapping[str, Place], place: Place, unit: Unit, size: int
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
    source = line["source"].text()
    article = line.get("article", fields.get("article"))
    options = _options(fields)
    read = _value(line["value"], unit, size)
    if options and str(read) not in dict(options):
        allowed = ", ".join(option for option, _meaning in options)
        raise line["value"].error(f"« {read} » n'est pas permis, choisissez parmi {allowed}.")
    return ParameterValue(
        name=name,
        label=fields["label"].text(),
        value=read,
        unit=unit,
        valid_from=valid_from,
        article=article.text() if article else f"Source : {source}",
        source=source,
        status=status,
        valid_to=valid_to,
        known_from=line["known_from"].date() if "known_from" in line else None,
        note=line["note"].text() if "note" in line else "",
        level=_level(fields),
        options=options,
    )


def read_file(path: Path) -> list[ParameterValue]:
    """Read one parameter file.

    Raises:
        ParameterError: naming the file and the line.
    """
    root = read_yaml(path)
    if root is None:
        raise ParameterError(f"{path.name}, ligne 1 : le fichier est vide.")
    values: list[ParameterValue] = []
    for name, place in root.fields().items():
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
