"""``filrouge check``: Django's checks, then the house's own."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands.check import Command as DjangoCheck
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from filrouge.base.centres.models import Centre
from filrouge.base.trail import protection
from filrouge.base.trail.journal import Verification, verify
from filrouge.base.trail.models import Chain
from filrouge.law import parameter_store
from filrouge.law.parameter_store import ParameterError
from filrouge.web.management.commands._plain import database_trouble

REASONS = {
    "missing": "l'entrée {at} manque",
    "altered": "l'entrée {at} a été modifiée",
    "truncated": "la fin a été coupée à partir de l'entrée {at}",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    sound: bool
    text: str


class Command(DjangoCheck):
    help = "vérifier la configuration, les paramètres légaux, la base et les traces"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--configuration-only",
            action="store_true",
            help="les vérifications de Django seulement, sans ouvrir la base",
        )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        super().handle(*app_labels, **options)
        only_django = options["list_tags"] or options["tags"] or app_labels
        if options["configuration_only"] or only_django:
            return
        faults = 0
        for finding in examine():
            faults += not finding.sound
            stream = self.stdout if finding.sound else self.stderr
            stream.write(f"{'✓' if finding.sound else '✗'} {finding.text}")
        if faults:
            self.stderr.write("1 faute." if faults == 1 else f"{faults} fautes.")
            sys.exit(1)


def examine() -> Iterator[Finding]:
    """Everything the house checks about itself, in the order of dependence."""
    yield from _parameters()
    yield from _secrets()
    try:
        ready = yield from _database()
        if ready:
            yield from _triggers()
            yield from _chains()
            yield from _documents()
    except DatabaseError as error:
        yield Finding(False, database_trouble(error))


def _parameters() -> Iterator[Finding]:
    try:
        digest = parameter_store.shipped().digest()
    except ParameterError as error:
        yield Finding(False, f"Paramètres légaux : {error}")
        return
    yield Finding(True, f"Paramètres légaux : lisibles, empreinte {digest[:16]}")


def _secrets() -> Iterator[Finding]:
    data = Path(settings.ENVIRONMENT.data)
    for name in ("secret.key", "documents.key"):
        path = data / name
        if not path.exists():
            continue
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            yield Finding(
                False,
                f"{path} peut être lu par d'autres (droits {mode:o}) : chmod 600 {path}",
            )
        else:
            yield Finding(True, f"{name} : lisible par Filrouge seul")


def _database() -> Generator[Finding, None, bool]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield Finding(
            False,
            f"Base : {len(waiting)} migration(s) à appliquer, lancez « filrouge migrate »",
        )
        return False
    yield Finding(True, f"Base : {connection.vendor}, à jour")
    return True


def _triggers() -> Iterator[Finding]:
    missing = protection.missing()
    for table in missing:
        yield Finding(
            False,
            f"La table {table} n'est plus protégée contre les changements : "
            "lancez « filrouge migrate »",
        )
    if not missing:
        yield Finding(True, f"Protection : {len(protection.PROTECTED)} tables en ajout seul")


def _chains() -> Iterator[Finding]:
    for centre in Centre.objects.order_by("short_name"):
        for chain in Chain:
            yield _told(centre, verify(centre.pk, chain))


def _told(centre: Centre, found: Verification) -> Finding:
    title = f"Chaîne des {found.chain.label} de {centre.short_name}"
    if found.sound:
        return Finding(
            True, f"{title} : intacte, longueur {found.length}, fin {found.last_digest[:16]}"
        )
    reason = REASONS[found.reason].format(at=found.broken_at)
    return Finding(False, f"{title} : {reason}")


def _documents() -> Iterator[Finding]:
    from django.core.files.storage import default_storage

    from filrouge.dossier.documents.models import Document

    kept = set(Document.objects.values_list("stored_as", flat=True).iterator(chunk_size=5000))
    stored = set(default_storage.names())  # type: ignore[attr-defined]
    lost = sorted(kept - stored)
    for name in lost[:20]:
        yield Finding(False, f"Document perdu : {name} est connu de la base, pas du disque")
    if len(lost) > 20:
        yield Finding(False, f"Documents perdus : et {len(lost) - 20} autres")
    if not lost:
        extra = len(stored - kept)
        more = f", {extra} fichiers sans ligne dans la base" if extra else ""
        yield Finding(True, f"Documents : {len(kept)}, tous présents{more}")
