"""A text column compared byte by byte on both engines, so that prefix search uses the B-tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField


class KeyTextField(TextColumn):
    """``CharField`` with ``COLLATE "C"`` on PostgreSQL; SQLite compares bytes already.

    With a language's collation an index cannot serve ``part >= 'x' AND part < 'y'``: the same
    search took 400 ms instead of 0.1 on a million names.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = dict(super().db_parameters(connection))
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters
