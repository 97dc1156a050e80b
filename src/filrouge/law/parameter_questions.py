"""Questions on the values of the law: find, compare two dates, check the whole store."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import pairwise

from filrouge.law import index_formula
from filrouge.law.choices import CHOICES, Choice
from filrouge.law.index_formula import Deviation
from filrouge.law.parameter_store import (
    Origin,
    ParameterError,
    ParameterStore,
    ParameterValue,
    Status,
)

FORMULA_NAMES = frozenset(
    {"ris.amount.yearly", "ris.amount.monthly", "ris.base.yearly", "ris.index_step"}
)


def matching(store: ParameterStore, asked: str) -> tuple[str, ...]:
    """Names meant by what a person typed: the name itself, or a family ("ris.amounts").

    Raises:
        ParameterError: nothing has that name; near ones are given.
    """
    wanted = asked.strip().strip(".").lower()
    names = store.names()
    if wanted in names:
        return (wanted,)
    stems = dict.fromkeys((wanted, wanted.removesuffix("s")))
    for stem in stems:
        family = tuple(name for name in names if stem and name.startswith(f"{stem}."))
        if family or stem in names:
            return family or (stem,)
    near = get_close_matches(wanted, names, n=3)
    hint = f" Voulez-vous dire {' ou '.join(near)} ?" if near else ""
    raise ParameterError(f"Paramètre inconnu : {asked}.{hint}")


def search(store: ParameterStore, words: str) -> tuple[ParameterValue, ...]:
    """Last line of each parameter that holds all the words, accents and case left aside.

    Raises:
        ParameterError: nothing to look for.
    """
    wanted = folded(words).split()
    if not wanted:
        raise ParameterError("Donnez au moins un mot à chercher.")
    found = []
    for name in store.names():
        lines = store.history(name)
        text = folded(
            " ".join(
                " ".join((line.name, line.label, line.article, line.source, line.note))
                for line in lines
            )
        )
        if all(word in text for word in wanted):
            found.append(lines[-1])
    return tuple(found)


def folded(text: str) -> str:
    """Text without accents or case, to compare."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("’", "'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter that differs between two dates; None where it had no value."""

    name: str
    label: str
    before: ParameterValue | None
    after: ParameterValue | None


def differences(store: ParameterStore, first: date, last: date) -> tuple[Change, ...]:
    """What changed between two dates: another value, another certainty, a measure begun or ended.

    Raises:
        ParameterError: the dates are upside down.
    """
    if last < first:
        raise ParameterError("La seconde date précède la première.")
    found = []
    for name in store.names():
        before, after = _entry_or_none(store, name, first), _entry_or_none(store, name, last)
        if _facts(before) != _facts(after):
            label = store.history(name)[-1].label
            found.append(Change(name, label, before, after))
    return tuple(found)


def _entry_or_none(store: ParameterStore, name: str, on: date) -> ParameterValue | None:
    try:
        return store.entry(name, on)
    except ParameterError:
        return None


def _facts(entry: ParameterValue | None) -> object:
    return (entry.value, entry.status) if entry else None


@dataclass(frozen=True, slots=True)
class Report:
    """Outcome of the check of a store.

    Attributes:
        names, lines: how many parameters, how many lines.
        digest: of the whole content.
        deviations: amounts that the index formula does not give.
        unconfirmed: lines whose status is U or X.
        computed: lines computed by us (C).
        overtaken: lines of the installation or of a centre that no longer hold, because a line
            known later begins the same day.
        choices: open questions of the integration income, with the reading taken.
    """

    names: int
    lines: int
    digest: str
    deviations: tuple[Deviation, ...]
    unconfirmed: tuple[ParameterValue, ...]
    computed: tuple[ParameterValue, ...]
    overtaken: tuple[ParameterValue, ...]
    choices: tuple[Choice, ...] = CHOICES

    @property
    def is_sound(self) -> bool:
        """True when the only deviations are those of the publications themselves."""
        return all(deviation.is_known for deviation in self.deviations)


def examine(store: ParameterStore) -> Report:
    """Check a store that was loaded (schema, order, gaps and overlaps are checked by then)."""
    lines = store.lines()
    has_formula = set(store.names()) >= FORMULA_NAMES
    return Report(
        names=len(store.names()),
        lines=len(lines),
        digest=store.digest(),
        deviations=index_formula.deviations(store) if has_formula else (),
        unconfirmed=tuple(
            line for line in lines if line.status in (Status.UNCONFIRMED, Status.CONFLICTING)
        ),
        computed=tuple(line for line in lines if line.status is Status.COMPUTED),
        overtaken=_overtaken(store),
    )


def _overtaken(store: ParameterStore) -> tuple[ParameterValue, ...]:
    return tuple(
        earlier
        for name in store.names()
        for earlier, later in pairwise(store.history(name))
        if earlier.origin is not Origin.SHIPPED and earlier.valid_from == later.valid_from
    )
