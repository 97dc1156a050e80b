"""Writing to the two chains, and proving that nobody touched them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from filrouge.base.access.actor import Actor
from filrouge.base.trail.models import Chain, ChainHead, Entry, Payload, ReadPerson


def canonical(content: Mapping[str, Any]) -> str:
    """The one text form of an entry: sorted keys, no spaces, dates in ISO 8601."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def link(previous: str, text: str) -> str:
    """Digest of a link: SHA-256 of the previous digest and the canonical text."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def record_act(
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: UUID,
    *,
    person_id: UUID | None = None,
    why: str = "",
    detail: str = "",
) -> Entry:
    """Append an act; the last thing an action does before its transaction ends.

    *detail* may hold words that will have to be erased one day: it is kept apart. *why* names
    the mission, the claim or the reason, by key or code, never a person by name.
    """
    return _append(
        Chain.ACTS, actor, action, subject_kind, subject_id, person_id, {"why": why}, detail
    )


def record_reading(
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: UUID | None,
    *,
    opened: Iterable[UUID],
    listed: Iterable[UUID],
    why: str = "",
) -> Entry:
    """Append one reading of a request, in a short transaction of its own."""
    opened, listed = sorted(set(opened)), sorted(set(listed))
    content = {"why": why, "opened": opened, "listed": listed}
    with transaction.atomic():
        person = opened[0] if len(opened) == 1 else None
        entry = _append(Chain.READS, actor, action, subject_kind, subject_id, person, content, "")
        same = {"entry_id": entry.pk, "centre_id": actor.centre_id}
        _insert(ReadPerson, [same | {"person_id": key, "opened": True} for key in opened])
        _insert(ReadPerson, [same | {"person_id": key, "opened": False} for key in listed])
    return entry


def _append(
    chain: Chain,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: UUID | None,
    person_id: UUID | None,
    more: Mapping[str, Any],
    detail: str,
) -> Entry:
    before, previous = _locked_head(actor.centre_id, chain)
    sequence = before + 1
    payload_digest = hashlib.sha256(detail.encode()).hexdigest() if detail else ""
    text = canonical(
        {
            "chain": chain.value,
            "sequence": sequence,
            "at": actor.now,
            "user": actor.user.pk,
            "role": actor.role.value,
            "membership": actor.membership.pk,
            "action": action,
            "kind": subject_kind,
            "subject": subject_id,
            "person": person_id,
            "address": actor.address,
            "request": actor.request_id,
            "payload": payload_digest,
            **more,
        }
    )
    entry = Entry(
        centre_id=actor.centre_id,
        chain=chain,
        sequence=sequence,
        at=actor.now,
        user_id=actor.user.pk,
        role=actor.role,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        person_id=person_id,
        canonical=text,
        previous=previous,
        digest=link(previous, text),
    )
    _insert(Entry, [entry.__dict__])
    if detail:
        Payload.objects.create(entry=entry, digest=payload_digest, text=detail)
    _move_head(actor.centre_id, chain, sequence, entry.digest)
    return entry


def _insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of the journals: columns by attribute name.

    Every request ends here, so the statement is composed once and no instance is made.
    """
    if not rows:
        return
    statement, fields = _statement(model)
    values = [
        [field.get_db_prep_save(row[field.attname], connection) for field in fields] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


@cache
def _statement(model: type[models.Model]) -> tuple[str, list[models.Field[Any, Any]]]:
    quote = connection.ops.quote_name
    fields = [
        field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)
    ]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})", fields  # noqa: S608


def _locked_head(centre_id: UUID, chain: Chain) -> tuple[int, str]:
    """Sequence and digest of the last link, locked until the transaction ends.

    In the words of SQL, as what follows: half of what an entry cost was composing these two
    statements again and again.
    """
    row = _read_head(centre_id, chain)
    if row is None:
        ChainHead.objects.get_or_create(centre_id=centre_id, chain=chain)
        row = _read_head(centre_id, chain)
        assert row is not None  # noqa: S101 - made one line above
    return row


def _read_head(centre_id: UUID, chain: Chain) -> tuple[int, str] | None:
    statement = (
        'SELECT "sequence", "digest" FROM "trail_chainhead" WHERE "centre_id" = %s AND "chain" = %s'
    )
    if connection.features.has_select_for_update:
        statement += " FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(statement, [_stored(centre_id), chain.value])
        row: tuple[int, str] | None = cursor.fetchone()
        return row


def _move_head(centre_id: UUID, chain: Chain, sequence: int, digest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE "trail_chainhead" SET "sequence" = %s, "digest" = %s '
            'WHERE "centre_id" = %s AND "chain" = %s',
            [sequence, digest, _stored(centre_id), chain.value],
        )


def _stored(key: UUID) -> Any:
    """A key as the engine at hand keeps it."""
    return ChainHead._meta.pk.get_db_prep_value(key, connection)


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along a chain found; ``broken_at`` is the first bad sequence number."""

    chain: Chain
    length: int
    last_digest: str
    broken_at: int | None
    reason: str

    @property
    def sound(self) -> bool:
        return self.broken_at is None


def verify(centre_id: UUID, chain: Chain) -> Verification:
    """Walk a whole chain from its first link and compare its end with the stored head."""
    previous, expected = "0" * 64, 1
    entries = Entry.objects.filter(centre_id=centre_id, chain=chain).order_by("sequence")
    rows = entries.values_list("sequence", "canonical", "previous", "digest")
    for sequence, text, before, digest in rows.iterator(chunk_size=5000):
        if sequence != expected:
            return Verification(chain, expected - 1, previous, expected, "missing")
        if before != previous or digest != link(previous, text):
            return Verification(chain, expected - 1, previous, expected, "altered")
        previous, expected = digest, expected + 1
    head = ChainHead.objects.filter(centre_id=centre_id, chain=chain).first()
    end = (head.sequence, head.digest) if head is not None else (0, "0" * 64)
    if end != (expected - 1, previous):
        return Verification(chain, expected - 1, previous, expected, "truncated")
    return Verification(chain, expected - 1, previous, None, "")
