"""The two chains prove what happened, and the tables that must not change cannot."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Centre, Submission
from filrouge.base.trail import protection
from filrouge.base.trail.journal import record_act, record_reading, verify
from filrouge.base.trail.models import Chain, ChainHead, Entry, Payload, ReadPerson
from tests import world

pytestmark = pytest.mark.django_db

PROTECTED = [protected.model for protected in protection.PROTECTED]


def act(actor: Actor, detail: str = "") -> Entry:
    return record_act(actor, "tests.act", "test", uuid.uuid4(), why="test", detail=detail)


def read(actor: Actor, *people: uuid.UUID) -> Entry:
    return record_reading(actor, "tests.read", "person", None, opened=people, listed=[])


def without_triggers(table: str) -> None:
    """What only the owner of the database can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        else:
            for event in ("update", "delete"):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{event}"')


def test_each_chain_grows_on_its_own_and_verifies(system: Actor, centre: Centre) -> None:
    for _ in range(3):
        act(system)
    for _ in range(2):
        read(system, uuid.uuid4())
    acts, reads = verify(centre.pk, Chain.ACTS), verify(centre.pk, Chain.READS)
    assert (acts.sound, acts.length) == (True, 3)
    assert (reads.sound, reads.length) == (True, 2)
    assert acts.last_digest != reads.last_digest


def test_each_centre_has_chains_of_its_own(
    system: Actor, centre: Centre, other_centre: Centre
) -> None:
    act(system)
    act(world.system(other_centre))
    act(world.system(other_centre))
    assert verify(centre.pk, Chain.ACTS).length == 1
    assert verify(other_centre.pk, Chain.ACTS).length == 2


def test_an_empty_chain_is_sound(centre: Centre) -> None:
    found = verify(centre.pk, Chain.ACTS)
    assert (found.sound, found.length, found.last_digest) == (True, 0, "0" * 64)


def test_an_act_that_is_rolled_back_leaves_no_trace_and_no_gap(
    system: Actor, centre: Centre
) -> None:
    act(system)
    with pytest.raises(RuntimeError), transaction.atomic():
        act(system)
        raise RuntimeError
    assert act(system).sequence == 2
    assert verify(centre.pk, Chain.ACTS).sound


def test_an_altered_entry_is_found(system: Actor, centre: Centre) -> None:
    entries = [act(system) for _ in range(4)]
    without_triggers(Entry._meta.db_table)
    Entry.objects.filter(pk=entries[1].pk).update(canonical=entries[1].canonical + " ")
    found = verify(centre.pk, Chain.ACTS)
    assert (found.sound, found.broken_at, found.reason) == (False, 2, "altered")


def test_an_entry_hashed_again_after_it_was_altered_breaks_the_next(
    system: Actor, centre: Centre
) -> None:
    from filrouge.base.trail.journal import link

    entries = [act(system) for _ in range(4)]
    without_triggers(Entry._meta.db_table)
    text = entries[1].canonical.replace("tests.act", "tests.other")
    Entry.objects.filter(pk=entries[1].pk).update(
        canonical=text, digest=link(entries[1].previous, text)
    )
    found = verify(centre.pk, Chain.ACTS)
    assert (found.sound, found.broken_at, found.reason) == (False, 3, "altered")


def test_a_missing_entry_is_found(system: Actor, centre: Centre) -> None:
    entries = [act(system) for _ in range(4)]
    without_triggers(Entry._meta.db_table)
    Entry.objects.filter(pk=entries[2].pk).delete()
    found = verify(centre.pk, Chain.ACTS)
    assert (found.sound, found.broken_at, found.reason) == (False, 3, "missing")


def test_a_chain_that_lost_its_end_is_found(system: Actor, centre: Centre) -> None:
    entries = [act(system) for _ in range(4)]
    without_triggers(Entry._meta.db_table)
    Entry.objects.filter(pk=entries[3].pk).delete()
    found = verify(centre.pk, Chain.ACTS)
    assert (found.sound, found.broken_at, found.reason) == (False, 4, "truncated")


def test_a_chain_whose_head_was_removed_too_is_found(system: Actor, centre: Centre) -> None:
    act(system)
    ChainHead.objects.filter(centre=centre).delete()
    assert not verify(centre.pk, Chain.ACTS).sound


def test_what_can_be_erased_stands_apart_and_its_erasure_leaves_the_chain_sound(
    system: Actor, centre: Centre
) -> None:
    entry = act(system, detail="Marie Dubois habite rue du Fil")
    assert "Marie" not in entry.canonical
    assert Payload.objects.get(entry=entry).digest in entry.canonical
    Payload.objects.filter(entry=entry).delete()
    assert verify(centre.pk, Chain.ACTS).sound


def test_an_entry_says_when_it_happened_not_when_it_was_written(system: Actor) -> None:
    moment = system.now - timedelta(days=30)
    assert act(system.at(moment)).at == moment


def test_a_reading_says_whose_file_was_opened_and_who_stood_in_a_list(system: Actor) -> None:
    opened, listed = uuid.uuid4(), uuid.uuid4()
    entry = record_reading(system, "tests.read", "list", None, opened=[opened], listed=[listed])
    people = ReadPerson.objects.filter(entry=entry)
    assert dict(people.values_list("person_id", "opened")) == {opened: True, listed: False}


# --- tables in which nothing changes ---------------------------------------------------------


def raw_row(model: type[models.Model]) -> Any:
    """Put one row into the table by SQL alone, foreign keys unchecked; gives its key."""
    columns: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.BigAutoField):
            continue
        columns[field.column] = field.get_db_prep_save(sample(field), connection)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks}) '
            f'RETURNING "{model._meta.pk.column}"',
            list(columns.values()),
        )
        return cursor.fetchone()[0]


def sample(field: Any) -> Any:
    """A value that the column takes."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if field.null:
        return None
    if field.choices and not isinstance(field, models.ForeignKey):
        return field.choices[0][0]
    match target:
        case models.UUIDField():
            return uuid.uuid4()
        case models.BooleanField():
            return False
        case models.DateTimeField():
            return world.MONDAY
        case models.DateField():
            return world.MONDAY.date()
        case models.IntegerField():
            return 1
        case models.JSONField():
            return {}
        case models.CharField() | models.TextField():
            return "x"
    raise AssertionError(f"no sample for {field}")


@contextmanager
def unchecked_rows(model: type[models.Model]) -> Iterator[None]:
    """Rows whose meaning nobody checks, and of which nothing is kept."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            for constraint in model._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    cursor.execute(
                        f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{constraint.name}"'
                    )
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
            transaction.set_rollback(True)


def execute(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("label", PROTECTED)
def test_a_row_of_a_protected_table_can_be_neither_changed_nor_deleted(label: str) -> None:
    model = apps.get_model(label)
    protected = next(known for known in protection.PROTECTED if known.model == label)
    table, pk = model._meta.db_table, model._meta.pk.column
    with unchecked_rows(model):
        key = raw_row(model)
        for field in model._meta.concrete_fields:
            if field.column in protected.may_change:
                continue
            with pytest.raises(DatabaseError, match="append-only"):
                execute(f'UPDATE "{table}" SET "{field.column}" = %s', changed(field))
        with pytest.raises(DatabaseError, match="append-only"):
            execute(f'DELETE FROM "{table}" WHERE "{pk}" = %s', key)


def changed(field: Any) -> Any:
    """Another value than ``sample`` gives."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    match target:
        case models.UUIDField():
            value: Any = uuid.uuid4()
        case models.BooleanField():
            value = True
        case models.DateTimeField():
            value = world.MONDAY + timedelta(days=1)
        case models.DateField():
            value = world.MONDAY.date() + timedelta(days=1)
        case models.IntegerField():
            value = 2
        case models.JSONField():
            value = {"changed": True}
        case _:
            value = "y"
    return target.get_db_prep_save(value, connection)


def test_a_permitted_column_is_written_once_and_the_others_never(system: Actor) -> None:
    protected = protection.Protected("centres.Submission", may_change=("outcome",))
    table = protected.table
    with connection.cursor() as cursor:
        for statement in protection._statements(connection.vendor, protected):
            cursor.execute(statement)
    kept = Submission.objects.create(centre=system.centre, user=system.user, key="k", outcome="")
    execute(f'UPDATE "{table}" SET "outcome" = %s', "first")
    with pytest.raises(DatabaseError, match="append-only"):
        execute(f'UPDATE "{table}" SET "outcome" = %s', "second")
    with pytest.raises(DatabaseError, match="append-only"):
        execute(f'UPDATE "{table}" SET "key" = %s', "other")
    kept.refresh_from_db()
    assert (kept.outcome, kept.key) == ("first", "k")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("label", PROTECTED)
def test_protection_is_back_after_a_migration_that_rebuilds_the_table(label: str) -> None:
    model = apps.get_model(label)
    assert protection.missing() == []
    field = next(f for f in model._meta.concrete_fields if not (f.primary_key or f.is_relation))
    wider = rebuilt(field)
    with connection.schema_editor() as editor:
        editor.alter_field(model, field, wider)
    try:
        if connection.vendor == "sqlite":
            assert protection.missing() == [model._meta.db_table], "the danger is real"
        call_command("migrate", verbosity=0, interactive=False)
        assert protection.missing() == []
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(model, wider, field)
        protection.install()
    assert protection.missing() == []


def rebuilt(field: Any) -> Any:
    """The same column with another type: on SQLite Django makes the table anew."""
    wider = copy(field)
    wider.__dict__.pop("cached_col", None)
    if isinstance(field, models.CharField):
        wider.max_length = field.max_length + 1
    else:
        wider.null = not field.null
    return wider
