"""``filrouge import persons FILE``: a list of persons, examined first, written when asked."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from filrouge.base import statistics
from filrouge.base.access.actor import Actor, system_actor
from filrouge.people import importing
from filrouge.people.importing import Line, Stopped, Table, UnreadableFile, Verdict
from filrouge.web.management.commands._plain import PlainCommand, chosen_centre


class Command(PlainCommand):
    help = "importer une liste de personnes (CSV ou XLSX) ; sans --write, rien n'est écrit"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["persons"], metavar="persons")
        parser.add_argument("file", metavar="FICHIER", help="liste en CSV ou XLSX")
        parser.add_argument("--centre", help="nom court du centre, s'il y en a plusieurs")
        parser.add_argument("--write", action="store_true", help="écrire, après l'examen")
        parser.add_argument(
            "--skip-errors",
            action="store_true",
            help="écrire les bonnes lignes même si d'autres sont refusées",
        )
        parser.add_argument(
            "--batch", type=int, default=200, help="lignes par transaction, au plus (200)"
        )
        parser.epilog = (
            "Colonnes : "
            + ", ".join(headers[0] for headers in importing.COLUMNS.values())
            + ". Nom et prénom sont nécessaires. Interrompu, l'import continue où il s'est arrêté."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch est au moins 1.", returncode=2)
        actor = system_actor(chosen_centre(options["centre"]), timezone.now())
        try:
            table = importing.read_table(Path(options["file"]))
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        lines = importing.examine(actor, table)
        self.report(table, lines)
        refused = [line for line in lines if line.errors]
        if refused and options["write"] and not options["skip_errors"]:
            raise CommandError(
                "Rien n'a été écrit. Corrigez ces lignes, ou laissez-les de côté avec "
                "--skip-errors."
            )
        if options["write"]:
            refused += self.write(actor, table, lines, options)
        else:
            self.stdout.write("Essai : rien n'a été écrit. Ajoutez --write pour importer.")
        if refused and not options["skip_errors"]:
            sys.exit(1)

    def report(self, table: Table, lines: list[Line]) -> None:
        """One line each, then the count of each verdict."""
        for line in lines:
            errors = f" : {' '.join(line.errors)}" if line.errors else ""
            self.stdout.write(f"Ligne {line.number}  {line.who or '?'}  {line.verdict}{errors}")
        for header in table.ignored:
            self.stdout.write(f"Colonne « {header} » : inconnue, elle n'est pas importée.")
        counts = Counter(line.verdict for line in lines)
        told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
        self.stdout.write(f"{len(lines)} lignes : {told or 'aucune'}.")

    def write(
        self, actor: Actor, table: Table, lines: list[Line], options: dict[str, Any]
    ) -> list[Line]:
        total = sum(line.verdict is Verdict.NEW for line in lines)
        with Progress(
            TextColumn("Import"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        ) as bar:
            task = bar.add_task("", total=total)
            try:
                written, refused = importing.write(
                    actor,
                    table,
                    lines,
                    batch=options["batch"],
                    skip_errors=options["skip_errors"],
                    progress=lambda count: bar.advance(task, count),
                )
            except Stopped as stop:
                raise CommandError(
                    f"Arrêt à la ligne {stop.line.told} {stop.written} personnes sont écrites et "
                    "le restent ; relancez la même commande pour continuer."
                ) from None
        statistics.refresh()
        for line in refused:
            self.stderr.write(f"Ligne {line.told}")
        self.stdout.write(f"{written} personnes enregistrées dans {actor.centre.name}.")
        return refused
