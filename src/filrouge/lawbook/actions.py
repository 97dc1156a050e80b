"""Writing in the law book: add a value for the installation, choose a reading for the centre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.records import store
from filrouge.base.trail.journal import record_act
from filrouge.law import choices as law_choices
from filrouge.law.added_values import AddedValueError, read_added
from filrouge.law.index_formula import Deviation
from filrouge.law.parameter_questions import examine
from filrouge.law.parameter_store import ParameterError, ParameterStore, ParameterValue
from filrouge.lawbook import queries
from filrouge.lawbook.access import demand_writing
from filrouge.lawbook.models import CentreChoice, ParameterLine


@dataclass(frozen=True, slots=True)
class Preview:
    """What a line would change: the value it replaces from its first day, what the check says.

    ``before`` is ``None`` where there was no value. ``deviations`` are amounts that the index
    formula would not give, beyond those published so.
    """

    line: ParameterValue
    before: ParameterValue | None
    next_change: date | None
    deviations: tuple[Deviation, ...]
    corrects: bool


def preview(actor: Actor, fields: Mapping[str, object]) -> Preview:
    """Read a line as typed and say what it would change; writes nothing.

    Raises ``ValidationError`` by field.
    """
    demand_writing(actor)
    current = queries.store_for()
    line = _read(actor, fields, current)
    after = _with(current, line)
    known = {item.valid_from for item in current.history(line.name)}
    later = sorted(day for day in known if day > line.valid_from)
    before = set(examine(current).deviations)
    return Preview(
        line=line,
        before=queries.entry_on(current, line.name, line.valid_from),
        next_change=later[0] if later else None,
        deviations=tuple(one for one in examine(after).deviations if one not in before),
        corrects=line.valid_from in known,
    )


@transaction.atomic
def add_value(actor: Actor, fields: Mapping[str, object]) -> ParameterLine:
    """Add one value for the whole installation; it is used from its date.

    *fields* are the texts of ``law.added_values.read_added``, without the author. Raises
    ``ValidationError`` by field; what is shipped is never touched.
    """
    demand_writing(actor)
    current = queries.store_for()
    line = _read(actor, fields, current)
    _with(current, line)
    added = ParameterLine(
        name=line.name,
        unit=line.unit.value,
        value=list(line.value) if isinstance(line.value, tuple) else line.value,
        valid_from=line.valid_from,
        valid_to=line.valid_to,
        known_from=line.known_from or actor.today,
        article=line.article,
        source=line.source,
        status=line.status.value,
        note=line.note,
        author=line.author,
        user=actor.user,
        created_at=actor.now,
    )
    store(added)
    record_act(actor, "lawbook.add_value", "parameter", added.pk, why=line.name)
    return added


def _read(actor: Actor, fields: Mapping[str, object], current: ParameterStore) -> ParameterValue:
    given = {**fields, "author": f"{actor.user.get_full_name()}, {actor.centre.short_name}"}
    try:
        line = read_added(given, current)
    except AddedValueError as error:
        raise ValidationError(
            {one.field: _sentence(one.message) for one in error.problems}
        ) from None
    if line.known_from is not None and line.known_from > actor.today:
        raise ValidationError(
            {"known_from": _("Une valeur qui n'est pas encore connue ne s'ajoute pas.")}
        )
    return line


def _with(current: ParameterStore, line: ParameterValue) -> ParameterStore:
    """The store with the line; a gap or an overlap is refused at its dates."""
    place = (line.name, line.valid_from, line.known_from, line.origin)
    kept = [
        one
        for one in current.lines()
        if (one.name, one.valid_from, one.known_from, one.origin) != place
    ]
    try:
        return ParameterStore([*kept, line])
    except ParameterError as error:
        field = "valid_to" if line.valid_to else "valid_from"
        raise ValidationError({field: _sentence(str(error).rpartition(" : ")[2])}) from None


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


@transaction.atomic
def choose_reading(actor: Actor, key: str, reading: str, reason: str) -> CentreChoice:
    """Take a reading of an open text for the centre; computations follow it from now on.

    What is frozen keeps the reading it was computed with. Raises ``ValidationError`` by field.
    """
    demand_writing(actor)
    try:
        known = law_choices.choice(key).readings
    except law_choices.ChoiceError as error:
        raise ValidationError(str(error)) from None
    if reading not in known:
        raise ValidationError({"reading": _("Choisissez une des lectures.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Dites pourquoi le centre lit le texte ainsi.")})
    chosen = CentreChoice(
        centre=actor.centre,
        key=key,
        reading=reading,
        reason=reason.strip(),
        author=actor.membership,
        chosen_at=actor.now,
    )
    store(chosen)
    record_act(actor, "lawbook.choose_reading", "choice", chosen.pk, why=f"{key}: {reading}")
    return chosen
