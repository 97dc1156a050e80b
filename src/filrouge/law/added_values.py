"""Values added by an administrator: a new index, a correction, a centre's choice.

From a form (`read_added`: one error per field) or from a file (`read_added_file`: file and line).
A line says who added it, where it comes from, from when it is valid and from when it is known:

    - name: ris.amount.monthly
      valid_from: 2027-01-01
      known_from: 2026-12-18
      value: [911.52, 1367.28, 1847.80]
      status: A
      source: "Moniteur belge du 18 décembre 2026"
      author: "Directrice générale"

Then `store.with_values(lines)` layers them; what is shipped stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filrouge.law.labels import _
from filrouge.law.parameter_reading import Place, read_yaml
from filrouge.law.parameter_store import (
    Level,
    Origin,
    ParameterError,
    ParameterStore,
    ParameterValue,
    Status,
    Unit,
    Value,
    parse_value,
)

_FIELDS = (
    "name",
    "value",
    "valid_from",
    "valid_to",
    "known_from",
    "status",
    "source",
    "author",
    "article",
    "note",
)
_NEEDED = ("name", "value", "valid_from", "known_from", "status", "source", "author")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One error: which field, and what, in French."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field} : {self.message}"


class AddedValueError(ParameterError):
    """An added line is wrong; nothing is added.

    Attributes:
        problems: every error found, by field.
    """

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


def read_added(
    fields: Mapping[str, object], store: ParameterStore, origin: Origin = Origin.INSTALLATION
) -> ParameterValue:
    """Read one added line from the fields of a form.

    Args:
        fields: texts by field name; `value` may be a list, or one text with its figures
            separated by ";".
        store: the values it is added to: name, unit, size and options come from there.
        origin: layer; a centre sets choices and the values that the law leaves to it only.

    Raises:
        AddedValueError: every wrong field.
    """
    reading = _Reading(fields, store, origin)
    line = reading.line()
    if line is None or reading.problems:
        raise AddedValueError(reading.problems)
    return line


def read_added_file(
    path: Path, store: ParameterStore, origin: Origin = Origin.INSTALLATION
) -> tuple[ParameterValue, ...]:
    """Read a YAML list of added lines.

    Raises:
        ParameterError: naming the file and the line.
    """
    root = read_yaml(path)
    if root is None:
        raise ParameterError(f"{path.name}, ligne 1 : le fichier est vide.")
    lines = list[ParameterValue]()
    for item in root.items():
        lines.append(_from_place(item, store, origin))
        try:
            store.with_values(lines)
        except ParameterError as error:
            raise item.error(str(error)) from None
    return tuple(lines)


def _from_place(item: Place, store: ParameterStore, origin: Origin) -> ParameterValue:
    places = item.checked_fields(frozenset(_FIELDS), ())
    fields: dict[str, object] = {
        name: _plain(place) if name == "value" else place.text() for name, place in places.items()
    }
    try:
        return read_added(fields, store, origin)
    except AddedValueError as error:
        problem = error.problems[0]
        place = places.get(problem.field, item)
        raise place.error(str(problem)) from None


def _plain(place: Place) -> object:
    return [item.text() for item in place.items()] if place.is_list() else place.text()


def switched(
    store: ParameterStore, choices: Mapping[str, str], author: str, known_from: date
) -> ParameterStore:
    """The store with a centre's readings: `{"refund.first_wave.criterion": "exclusion"}`.

    The same shape as `choices.readings` takes for the integration income; a name that is in the
    store is switched here, the others there.

    Args:
        store: values of the law.
        choices: reading by parameter name.
        author: who chose.
        known_from: day of the choice.

    Raises:
        AddedValueError: an unknown parameter, a value that a centre may not set, or an unknown
            reading.
    """
    lines = list[ParameterValue]()
    for name, reading in choices.items():
        starts = (
            {line.valid_from for line in store.history(name)}
            if name in store.names()
            else {known_from}
        )
        for start in sorted(starts):
            fields = {
                "name": name,
                "value": reading,
                "valid_from": start,
                "known_from": known_from,
                "status": Status.CONFLICTING,
                "source": _("choix du centre"),
                "note": _("Lecture choisie par le centre."),
                "author": author,
            }
            lines.append(read_added(fields, store, Origin.CENTRE))
    return store.with_values(lines)


class _Reading:
    """Reads the fields of one line, noting every error."""

    def __init__(self, fields: Mapping[str, object], store: ParameterStore, origin: Origin) -> None:
        self.fields = {name: value for name, value in fields.items() if value not in (None, "")}
        self.store = store
        self.origin = origin
        self.problems: list[FieldProblem] = []

    def fail(self, field: str, message: str) -> None:
        self.problems.append(FieldProblem(field, message))

    def line(self) -> ParameterValue | None:
        for field in self.fields:
            if field not in _FIELDS:
                self.fail(field, _("ce champ n'est pas connu."))
        for field in _NEEDED:
            if not str(self.fields.get(field, "")).strip():
                self.fail(field, _("ce champ est obligatoire."))
        model = self._model()
        valid_from, valid_to = self._day("valid_from"), self._day("valid_to")
        known_from, status = self._day("known_from"), self._status()
        if valid_from and valid_to and valid_to < valid_from:
            self.fail("valid_to", _("la fin précède le début."))
        if model is None:
            return None
        value = self._value(model)
        if value is None or valid_from is None or known_from is None or status is None:
            return None
        if status not in (Status.OFFICIAL, Status.SECONDARY) and not self._text("note"):
            self.fail("note", _("une valeur C, U ou X dit ce qu'il faut savoir."))
        return ParameterValue(
            name=model.name,
            label=model.label,
            value=value,
            unit=model.unit,
            valid_from=valid_from,
            article=self._text("article") or model.article,
            source=self._text("source"),
            status=status,
            valid_to=valid_to,
            known_from=known_from,
            note=self._text("note"),
            origin=self.origin,
            author=self._text("author"),
            level=model.level,
            options=model.options,
        )

    def _text(self, field: str) -> str:
        return str(self.fields.get(field, "")).strip()

    def _model(self) -> ParameterValue | None:
        name = self._text("name")
        if not name:
            return None
        if name not in self.store.names():
            self.fail("name", _("ce paramètre n'existe pas."))
            return None
        model = self.store.history(name)[-1]
        chosen = model.level is Level.CENTRE or model.unit is Unit.CHOICE
        if self.origin is Origin.CENTRE and not chosen:
            self.fail("name", _("une valeur nationale ne se change pas au niveau d'un centre."))
        return model

    def _day(self, field: str) -> date | None:
        given = self.fields.get(field)
        if given is None or isinstance(given, date):
            return given
        text = self._text(field)
        try:
            if len(text) == 10 and text[2] == text[5] == "/":
                text = f"{text[6:]}-{text[3:5]}-{text[:2]}"
            return date.fromisoformat(text)
        except ValueError:
            self.fail(field, _("une date est attendue, par exemple 2027-01-01."))
            return None

    def _status(self) -> Status | None:
        text = self._text("status").upper()
        if not text:
            return None
        try:
            return Status(text)
        except ValueError:
            self.fail("status", _("le statut est A, B, C, U ou X."))
            return None

    def _value(self, model: ParameterValue) -> Value | None:
        given = self.fields.get("value")
        if given is None:
            return None
        parts = given if isinstance(given, list | tuple) else str(given).split(";")
        texts = [str(part).strip() for part in parts]
        if len(texts) != model.size:
            template = _("{wanted} valeurs sont attendues, {given} sont données.")
            self.fail("value", template.format(wanted=model.size, given=len(texts)))
            return None
        if model.unit.is_text:
            return self._word(texts[0], model)
        try:
            numbers = tuple(parse_value(text, model.unit) for text in texts)
        except ValueError as error:
            self.fail("value", str(error))
            return None
        return numbers if isinstance(model.value, tuple) else numbers[0]

    def _word(self, text: str, model: ParameterValue) -> str | None:
        options = [option for option, _meaning in model.options]
        if model.unit is Unit.DATE:
            try:
                return date.fromisoformat(text).isoformat()
            except ValueError:
                self.fail("value", _("une date est attendue, par exemple 2027-01-01."))
                return None
        if options and text not in options:
            template = _("« {given} » n'est pas permis, choisissez parmi {allowed}.")
            self.fail("value", template.format(given=text, allowed=", ".join(options)))
            return None
        return text
