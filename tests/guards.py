"""Classes of mistakes that make any test fail, wherever they happen.

``conftest.py`` turns them on; each says what to do instead.
"""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from django.apps import apps
from django.db import connection, models
from django.db.models.query import ModelIterable, QuerySet
from django.template.base import FilterExpression, VariableDoesNotExist
from django.template.defaultfilters import default as default_filter
from django.template.defaultfilters import default_if_none
from django.test import TransactionTestCase

from filrouge.base.trail import protection

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class NetworkForbidden(Exception):
    """A test tried to reach another machine."""


@contextmanager
def no_network() -> Iterator[None]:
    """Only this machine answers: loopback and unix sockets."""
    connect = socket.socket.connect

    def local_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise NetworkForbidden(f"a test may not reach {address[0]}")
        connect(self, address)

    with mock.patch.object(socket.socket, "connect", local_connect):
        yield


class Unordered(AssertionError):
    """A part of an unordered queryset was taken: which rows come is left to chance."""


@contextmanager
def ordered_querysets() -> Iterator[None]:
    """A slice of an unordered queryset fails; a whole one comes in random order."""
    get_item, fetch_all = QuerySet.__getitem__, QuerySet._fetch_all

    def checked_item(self: QuerySet[Any], key: Any) -> Any:
        if self._result_cache is None and not self.ordered and not self.query.is_empty():
            raise Unordered(f"order_by() is missing before this slice of {self.model.__name__}")
        return get_item(self, key)

    def shuffled_fetch(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch_all(self)
        rows: Any = self._result_cache
        if fresh and not self.ordered and self._iterable_class is ModelIterable and len(rows) > 1:
            random.shuffle(rows)

    with (
        mock.patch.object(QuerySet, "__getitem__", checked_item),
        mock.patch.object(QuerySet, "_fetch_all", shuffled_fetch),
    ):
        yield


@contextmanager
def default_filters_take_undefined() -> Iterator[None]:
    """``{{ name|default:"…" }}`` is what ``default`` is for: there an undefined name is fine."""
    resolve = FilterExpression.resolve

    def lenient(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:
        first: Callable[..., Any] | None = self.filters[0][0] if self.filters else None
        if self.is_var and first in (default_filter, default_if_none):
            try:
                self.var.resolve(context)
            except VariableDoesNotExist:
                return resolve(self, context, ignore_failures=True)
        return resolve(self, context, ignore_failures)

    with mock.patch.object(FilterExpression, "resolve", lenient):
        yield


@contextmanager
def flush_lifts_triggers() -> Iterator[None]:
    """Emptying the tables after a test that commits is the one deletion that is allowed."""
    teardown = TransactionTestCase._fixture_teardown

    def lifted(self: TransactionTestCase) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for protected in protection.PROTECTED:
                    for event in ("update", "delete"):
                        cursor.execute(f'DROP TRIGGER IF EXISTS "{protected.table}_no_{event}"')
        try:
            teardown(self)
        finally:
            protection.install()

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", lifted):
        yield


@contextmanager
def always() -> Iterator[None]:
    """Every guard that holds in all tests."""
    with ExitStack() as stack:
        for guard in (
            no_network,
            ordered_querysets,
            default_filters_take_undefined,
            flush_lifts_triggers,
        ):
            stack.enter_context(guard())
        yield


# --- guards that a test asks for -----------------------------------------------------------


class ReachesAllCentres(AssertionError):
    """A SELECT on a centre's table names neither the centre nor a key."""


def centre_tables() -> set[str]:
    """Tables of which every row belongs to one centre."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        if any(
            isinstance(field, models.Field) and field.column == "centre_id"
            for field in model._meta.concrete_fields
        )
    }


_TABLES = re.compile(r'(?:FROM|JOIN)\s+"(\w+)"')
_KEY = re.compile(r'"(?:id|\w+_id)"\s*(?:=|IN\b)', re.IGNORECASE)


def reaches_all_centres(sql: str, tables: set[str]) -> bool:
    """Whether *sql* reads one of *tables* without ``centre_id = …`` or a key in its WHERE."""
    if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
        return False
    if not any(table in tables for table in _TABLES.findall(sql)):
        return False
    _head, found, where = sql.partition(" WHERE ")
    return not (found and _KEY.search(where))


@contextmanager
def one_centre_only() -> Iterator[None]:
    """Fail on a SELECT that could show another centre's rows."""
    tables = centre_tables()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, more: Any) -> Any:
        if reaches_all_centres(sql, tables):
            raise ReachesAllCentres(sql)
        return execute(sql, params, many, more)

    with connection.execute_wrapper(watch):
        yield


@contextmanager
def counted_selects() -> Iterator[list[str]]:
    """The SELECTs that run meanwhile; savepoints, session writes and the like do not count."""
    seen: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, more: Any) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(sql)
        return execute(sql, params, many, more)

    with connection.execute_wrapper(watch):
        yield seen
