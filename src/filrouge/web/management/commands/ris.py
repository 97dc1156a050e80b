"""``filrouge ris CASE.yaml``: the explained computation of a case file."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from filrouge.law import cli
from filrouge.web.management.commands._plain import PlainCommand, law_command


class Command(PlainCommand):
    help = "calculer et expliquer le revenu d'intégration d'un fichier de cas"

    def add_arguments(self, parser: CommandParser) -> None:
        cli.add_ris_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        law_command(cli.run_ris, options, self.stdout)  # type: ignore[arg-type]
