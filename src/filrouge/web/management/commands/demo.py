"""``filrouge demo``: the demo centre, built or rebuilt."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import connection, connections
from django.utils import timezone, translation
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from filrouge.base import statistics
from filrouge.claims.queries import STAGES
from filrouge.demo import centre, load
from filrouge.dossier.documents.models import Document
from filrouge.web.management.commands._plain import PlainCommand


def day(text: str) -> date:
    """A day written as 2026-03-18."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"« {text} » n'est pas une date : 2026-03-18") from None


class Command(PlainCommand):
    help = "construire le centre de démonstration « Valbourg »"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=load.SEED, help=f"graine du hasard ({load.SEED})"
        )
        parser.add_argument(
            "--today", type=day, help="jour où la démonstration se joue (aujourd'hui)"
        )
        parser.add_argument(
            "--reset", action="store_true", help="effacer la démonstration et la reconstruire"
        )
        parser.add_argument(
            "--yes", action="store_true", help="confirmer l'effacement (PostgreSQL)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not _has_tables():
            call_command("migrate", verbosity=0, interactive=False)
        if options["reset"]:
            self.reset(confirmed=options["yes"])
        if load.is_loaded():
            raise CommandError(
                "La démonstration est déjà chargée : --reset l'efface et la reconstruit."
            )
        today = options["today"] or timezone.localdate()
        started = time.perf_counter()
        try:
            summary = self.build(today, options["seed"])
        except load.DemoRefused as refusal:
            raise CommandError(str(refusal)) from None
        statistics.refresh()
        self.tell(summary, time.perf_counter() - started)

    def build(self, today: date, seed: int) -> load.Summary:
        console = Console(stderr=True)
        columns = (
            TextColumn("Valbourg se construit"), BarColumn(),
            TextColumn("{task.completed}/{task.total} étapes"), TimeElapsedColumn(),
        )  # fmt: skip
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("", total=None)
            with translation.override(settings.LANGUAGE_CODE):
                return load.load(
                    today, seed, lambda done, of: progress.update(task, completed=done, total=of)
                )

    def tell(self, summary: load.Summary, seconds: float) -> None:
        self.stdout.write(
            f"CPAS de Valbourg, au {summary.today:%d/%m/%Y} : {summary.files} dossiers, "
            f"{summary.claims} demandes, {summary.running_ris} revenus d'intégration en cours "
            f"({seconds:.1f} s)."
        )
        self.stdout.write(
            "  ".join(
                f"{STAGES[stage]} {count}" for stage, count in summary.stages.items() if count
            )
        )
        self.stdout.write(f"Mot de passe de tous les comptes : {centre.PASSWORD}")
        width = max(len(account.email) for account in centre.accounts())
        for account in centre.accounts():
            self.stdout.write(f"  {account.email:<{width}}  {account.role}")

    def reset(self, *, confirmed: bool) -> None:
        """Empty the database, if nothing but the demo stands in it."""
        if not load.stands_alone():
            raise CommandError(
                "Cette base contient autre chose que la démonstration : rien n'est effacé."
            )
        if connection.vendor == "sqlite":
            _remove_documents()
            _remove_sqlite_file()
            call_command("migrate", verbosity=0, interactive=False)
            return
        if not confirmed:
            raise CommandError(
                f"Tout le contenu de la base « {connection.settings_dict['NAME']} » sera effacé : "
                "confirmez avec --yes."
            )
        _remove_documents()
        call_command("flush", verbosity=0, interactive=False)


def _has_tables() -> bool:
    return "centres_centre" in connection.introspection.table_names()


def _remove_documents() -> None:
    """The stored files of the demo; the keys stay."""
    for name in Document.objects.values_list("stored_as", flat=True).iterator():
        default_storage.delete(name)


def _remove_sqlite_file() -> None:
    """Protected tables refuse DELETE: the file itself goes, and is made again."""
    path = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
