"""Triggers that refuse to change or delete what must stay, on both engines.

Rooms declare their protected tables in ``PROTECTED``; triggers are installed again after every
``migrate`` because SQLite drops them silently when Django rebuilds a table.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import connections


@dataclass(frozen=True, slots=True)
class Protected:
    """A table of which rows never change, and whether they may be deleted at all."""

    model: str
    """``app_label.ModelName``"""
    may_change: tuple[str, ...] = ()
    """Columns that may still be written once, from empty to a value."""

    @property
    def table(self) -> str:
        return str(apps.get_model(self.model)._meta.db_table)


PROTECTED: list[Protected] = [
    Protected("trail.Entry"),
    Protected("trail.ReadPerson"),
]


def protect(model: str, *, may_change: tuple[str, ...] = ()) -> None:
    """Declare a table append-only; called by a room's ``AppConfig.ready``."""
    if all(known.model != model for known in PROTECTED):
        PROTECTED.append(Protected(model, may_change))


_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION filrouge_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE allowed text[]; changed integer;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
        allowed := TG_ARGV;
        SELECT count(*) INTO changed
          FROM jsonb_each(to_jsonb(OLD)) AS before
          JOIN jsonb_each(to_jsonb(NEW)) AS after USING (key)
         WHERE before.value IS DISTINCT FROM after.value
           AND NOT (key = ANY(allowed) AND before.value IN ('null'::jsonb, '""'::jsonb));
        IF changed = 0 THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def install(using: str = "default") -> None:
    """Create the missing triggers; does nothing where they stand."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for protected in PROTECTED:
            if protected.table not in tables:
                continue
            for statement in _statements(connection.vendor, protected):
                cursor.execute(statement)


def _statements(vendor: str, protected: Protected) -> list[str]:
    table = protected.table
    if vendor == "postgresql":
        arguments = ", ".join(f"'{column}'" for column in protected.may_change)
        return [
            f'DROP TRIGGER IF EXISTS "{table}_append_only" ON "{table}"',
            f'CREATE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION filrouge_append_only({arguments})",
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    return [
        f'DROP TRIGGER IF EXISTS "{table}_no_update"',
        f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" '
        f"{_sqlite_condition(protected)}{refuse}",
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_delete" BEFORE DELETE ON "{table}" {refuse}',
    ]


def _sqlite_condition(protected: Protected) -> str:
    """A WHEN clause that is false only if nothing but empty permitted columns changes."""
    if not protected.may_change:
        return ""
    fields = apps.get_model(protected.model)._meta.concrete_fields
    tests = []
    for field in fields:
        column = f'"{field.column}"'
        test = f"OLD.{column} IS NOT NEW.{column}"
        if field.column in protected.may_change:
            test = f"({test} AND OLD.{column} IS NOT NULL AND OLD.{column} <> '')"
        tests.append(test)
    return f"WHEN {' OR '.join(tests)} "


def missing(using: str = "default") -> list[str]:
    """Protected tables without their triggers; what ``filrouge check`` reports."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        found = {row[0] for row in cursor.fetchall()}
    suffixes = ("append_only",) if connection.vendor == "postgresql" else ("no_update", "no_delete")
    return [
        protected.table
        for protected in PROTECTED
        if not all(f"{protected.table}_{suffix}" in found for suffix in suffixes)
    ]
