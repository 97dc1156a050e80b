"""The law as this installation and this centre know it, and what its pages ask of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from filrouge.base.access.actor import Actor
from filrouge.law import choices as law_choices
from filrouge.law import parameter_store
from filrouge.law.choices import Choice
from filrouge.law.parameter_questions import folded
from filrouge.law.parameter_store import ParameterError, ParameterStore, ParameterValue
from filrouge.lawbook.models import CentreChoice, ParameterLine

SUBJECTS = {
    "ris": gettext_noop("Montants du revenu d'intégration"),
    "exemption": gettext_noop("Exonérations"),
    "spi": gettext_noop("Exonération socioprofessionnelle"),
    "assets": gettext_noop("Épargne, biens et biens cédés"),
    "cohabitants": gettext_noop("Personnes qui cohabitent"),
    "abroad": gettext_noop("Séjour à l'étranger"),
    "detention": gettext_noop("Détention"),
    "term": gettext_noop("Délais"),
    "hearing": gettext_noop("Audition"),
    "sanction": gettext_noop("Sanctions"),
    "piis": gettext_noop("PIIS"),
    "article60": gettext_noop("Article 60, § 7"),
    "iop": gettext_noop("Stages d'observation (IOP)"),
    "recovery": gettext_noop("Récupération"),
    "refund": gettext_noop("Remboursement par l'État"),
    "guarantee": gettext_noop("Garantie locative"),
    "installation": gettext_noop("Prime d'installation"),
    "heating": gettext_noop("Allocation de chauffage"),
    "unemployment": gettext_noop("Chômage"),
    "figure": gettext_noop("Repères"),
}
"""Subjects by the first word of a parameter's name, in the order of the page."""

_KEPT = 4
_stores: OrderedDict[tuple[UUID, ...], ParameterStore] = OrderedDict()


# ---------------------------------------------------------------- the layered law


def store_for(on_known: date | None = None) -> ParameterStore:
    """The values of the law: shipped, and added for this installation.

    One small query; the store itself is built again only when a line was added. *on_known*
    leaves out what was learnt after that day.
    """
    keys = tuple(ParameterLine.objects.order_by("created_at", "id").values_list("pk", flat=True))
    store = _stores.get(keys)
    if store is None:
        store = _layered(ParameterLine.objects.filter(pk__in=keys).order_by("created_at", "id"))
        _stores[keys] = store
        while len(_stores) > _KEPT:
            _stores.popitem(last=False)
    return store if on_known is None else store.as_known_on(on_known)


def _layered(lines: Iterable[ParameterLine]) -> ParameterStore:
    shipped = parameter_store.shipped()
    known = set(shipped.names())
    found = [line.over(shipped.history(line.name)[-1]) for line in lines if line.name in known]
    return shipped.with_values(standing(found)) if found else shipped


def standing(lines: Iterable[ParameterValue]) -> list[ParameterValue]:
    """The lines without those that a later one corrects: same name, start and day of knowledge."""
    return list({(line.name, line.valid_from, line.known_from): line for line in lines}.values())


def overtaken(name: str) -> list[ParameterLine]:
    """Added lines of a parameter that a later one corrected the same day: kept, no longer read."""
    lines = list(ParameterLine.objects.filter(name=name).order_by("created_at", "id"))
    last = {(line.valid_from, line.known_from): line.pk for line in lines}
    return [line for line in lines if last[line.valid_from, line.known_from] != line.pk]


def choices_of(centre_id: UUID) -> dict[str, str]:
    """The reading a centre takes for each question on which it took one.

    A reading that the program no longer knows is left aside: the documented one holds again.
    """
    return {
        key: one.reading
        for key, one in taken_by(centre_id).items()
        if one.reading in law_choices.choice(key).readings
    }


def taken_by(centre_id: UUID) -> dict[str, CentreChoice]:
    """The latest choice of a centre on each question."""
    rows = CentreChoice.objects.filter(centre_id=centre_id).select_related("author__user")
    known = {choice.key for choice in law_choices.CHOICES}
    return {row.key: row for row in rows.order_by("chosen_at", "id") if row.key in known}


# ---------------------------------------------------------------- the list


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter on a date: its line then, and the last known one when it has none."""

    name: str
    label: str
    entry: ParameterValue | None
    last: ParameterValue


@dataclass(frozen=True, slots=True)
class Subject:
    key: str
    label: str
    lines: tuple[Line, ...]


def subjects(store: ParameterStore, on: date, words: str = "", status: str = "") -> list[Subject]:
    """Every parameter by subject, narrowed by words and by how sure its value of the day is."""
    groups: dict[str, list[Line]] = {}
    for name in store.names():
        line = _line(store, name, on)
        if status and (line.entry is None or line.entry.status.value != status):
            continue
        if words and not _holds(store, name, words):
            continue
        groups.setdefault(name.partition(".")[0], []).append(line)
    order = [*SUBJECTS, *(key for key in groups if key not in SUBJECTS)]
    return [Subject(key, subject_label(key), tuple(groups[key])) for key in order if key in groups]


def subject_label(name: str) -> str:
    key = name.partition(".")[0]
    return _(SUBJECTS[key]) if key in SUBJECTS else key


def _line(store: ParameterStore, name: str, on: date) -> Line:
    last = store.history(name)[-1]
    return Line(name, last.label, entry_on(store, name, on), last)


def entry_on(store: ParameterStore, name: str, on: date) -> ParameterValue | None:
    """The line of a date; ``None`` when the parameter has no value then."""
    try:
        return store.entry(name, on)
    except ParameterError:
        return None


def _holds(store: ParameterStore, name: str, words: str) -> bool:
    texts = [subject_label(name), name]
    for line in store.history(name):
        texts += [line.label, line.article, line.source, line.note]
    text = folded(" ".join(texts))
    return all(word in text for word in folded(words).split())


# ---------------------------------------------------------------- open questions


@dataclass(frozen=True, slots=True)
class Question:
    """A text that is open, the readings that can be defended, and the one the centre takes."""

    choice: Choice
    taken: CentreChoice | None

    @property
    def reading(self) -> str:
        if self.taken is not None and self.taken.reading in self.choice.readings:
            return self.taken.reading
        return self.choice.default

    @property
    def readings(self) -> list[tuple[str, str, bool]]:
        """Key, sentence, whether it is the one the program takes by itself."""
        return [
            (key, text, key == self.choice.default) for key, text in self.choice.readings.items()
        ]

    @property
    def sentence(self) -> str:
        return self.choice.readings[self.reading]


def questions(actor: Actor) -> list[Question]:
    """Every open question with the centre's reading."""
    taken: Mapping[str, CentreChoice] = taken_by(actor.centre_id)
    return [Question(choice, taken.get(choice.key)) for choice in law_choices.CHOICES]
