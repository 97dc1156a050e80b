"""What every stored record shares: keys, the centre it belongs to, readable refusals."""

from __future__ import annotations

import os
import re
import time
import uuid
from collections.abc import Collection
from functools import cache
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.encoding import force_str
from django.utils.translation import gettext as _


def uuid7() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then chance.

    Python 3.11 has none of its own. Good for B-trees; never sorted by, never a secret.
    """
    stamp = time.time_ns() // 1_000_000
    value = (stamp & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)


class Record(models.Model):
    """A record with a key that may stand in an address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any
    ) -> Self:
        """Keep the row as it was read: ``store`` checks only the links that changed."""
        record = super().from_db(db, field_names, values, **how)
        record._state.read = dict(zip(field_names, values, strict=False))  # type: ignore[attr-defined]
        return record

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check each field; a column that may be null is not refused for being empty.

        ``blank`` is about forms, and our forms are written by hand: without this every
        nullable column would have to say it twice.
        """
        empty = {
            field.name
            for field in self._meta.concrete_fields
            if field.null and getattr(self, field.attname) is None
        }
        super().clean_fields(exclude=empty | set(exclude or ()))

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:
        """The label of a choice (``get_…_display``).

        Django translates and hashes every label of the list at each call: an eighth of a page
        that lists 25 requests.
        """
        value = getattr(self, field.attname)
        return str(force_str(_labels(field).get(value, value), strings_only=True))


@cache
def _labels(field: models.Field[Any, Any]) -> dict[Any, Any]:
    """Labels by value, not translated yet."""
    return dict(field.flatchoices)


class CentreRecord(Record):
    """A record of one centre; no key of it ever crosses into another centre."""

    centre = models.ForeignKey(
        "centres.Centre", on_delete=models.RESTRICT, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class VersionedRecord(CentreRecord):
    """A record that two people may edit: the form carries the version it was shown."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Conflict(Exception):
    """Somebody else changed the record since the form was shown (page 409)."""

    def __init__(self, record: models.Model) -> None:
        super().__init__(str(record))
        self.record = record
        self.typed: list[tuple[str, str]] = []
        """What the user had typed, label by label, when a form was at hand."""


class RuleBroken(ValidationError):
    """An action is refused by a rule; the message is for the user and says what to do."""


def check_version(record: VersionedRecord, shown: int | None) -> None:
    """Raise ``Conflict`` when the form was filled in on an older version of *record*."""
    if shown is not None and shown != record.version:
        raise Conflict(record)


def store(record: models.Model) -> None:
    """Validate, then write; a refusal by the database reads like a refusal by the form.

    Raises ``ValidationError`` in both cases. The database itself is asked to refuse what its
    constraints forbid, instead of being asked first and told afterwards; only when something
    is refused does ``full_clean`` run, so that the user reads every sentence at once.
    """
    try:
        _check(record)
    except ValidationError:
        record.full_clean()
        raise
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        record.full_clean()
        raise ValidationError(explain(record, error)) from error


def _check(record: models.Model) -> None:
    """What ``full_clean`` checks, without what the insert or update checks by itself."""
    record.clean_fields(exclude=_links_known(record))
    record.clean()
    for constraint in record._meta.constraints:
        if not _enforced(constraint):
            constraint.validate(type(record), record)


def _links_known(record: models.Model) -> set[str]:
    """Foreign keys that need no look-up: their row is in hand, or unchanged since it was read."""
    read = getattr(record._state, "read", {})
    cached = record._state.fields_cache
    known = set()
    for field in record._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        key = getattr(record, field.attname)
        row = cached.get(field.name)
        in_hand = row is not None and not row._state.adding and row.pk == key
        if in_hand or (field.attname in read and read[field.attname] == key):
            known.add(field.name)
    return known


def _enforced(constraint: models.BaseConstraint) -> bool:
    """Whether the database has the constraint: SQLite cannot treat two nulls as equal."""
    if isinstance(constraint, models.UniqueConstraint) and constraint.nulls_distinct is not None:
        return bool(connection.features.supports_nulls_distinct_unique_constraints)
    return True


def store_change(record: VersionedRecord) -> None:
    """Store a new version of a record that was locked and checked by the action."""
    record.version += 1
    store(record)


def explain(record: models.Model, error: IntegrityError) -> str:
    """The sentence of the constraint that *error* names (by name, or on SQLite by columns)."""
    text = str(error)
    for constraint in record._meta.constraints:
        if _names(record, constraint, text):
            return str(constraint.get_violation_error_message())
    return _("Cet enregistrement contredit une donnée déjà présente. Rechargez la page.")


_SQLITE_COLUMNS = re.compile(r"UNIQUE constraint failed: (.+)$")


def _names(record: models.Model, constraint: Any, text: str) -> bool:
    if constraint.name in text:
        return True
    match = _SQLITE_COLUMNS.search(text)
    if match is None or not isinstance(constraint, models.UniqueConstraint):
        return False
    failed = {column.strip() for column in match.group(1).split(",")}
    table = record._meta.db_table
    fields = [record._meta.get_field(name) for name in constraint.fields]
    return failed == {f"{table}.{getattr(field, 'column', field.name)}" for field in fields}
