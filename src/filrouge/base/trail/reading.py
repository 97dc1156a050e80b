"""What a request shows of whom, gathered while it runs and logged once before it answers.

Access functions and list queries call ``note_opened`` and ``note_listed``; the middleware of
the shell writes the one entry. Outside a request (commands, jobs) ``gathering`` is used by the
command itself; with no gathering open, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Gathered:
    """People whose data a request showed, and for what."""

    opened: set[UUID] = field(default_factory=set)
    listed: set[UUID] = field(default_factory=set)
    subject_kind: str = ""
    subject_id: UUID | None = None
    why: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.opened and not self.listed and self.subject_id is None


_current: ContextVar[Gathered | None] = ContextVar("reading", default=None)


@contextmanager
def gathering() -> Iterator[Gathered]:
    """Collect what is read until the block ends."""
    gathered = Gathered()
    token = _current.set(gathered)
    try:
        yield gathered
    finally:
        _current.reset(token)


def note_opened(
    person_id: UUID | None,
    *,
    subject_kind: str = "person",
    subject_id: UUID | None = None,
    why: str = "",
) -> None:
    """A file (or a claim, a sheet, a letter) of this person was opened."""
    gathered = _current.get()
    if gathered is None:
        return
    if person_id is not None:
        gathered.opened.add(person_id)
    gathered.subject_kind = gathered.subject_kind or subject_kind
    gathered.subject_id = gathered.subject_id or subject_id or person_id
    gathered.why = gathered.why or why


def note_listed(person_ids: Iterable[UUID]) -> None:
    """Lines about these people were shown in a list or a search."""
    gathered = _current.get()
    if gathered is not None:
        gathered.listed.update(person_ids)
