"""``filrouge amounts``: the amounts of the three categories, by date."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from filrouge.law import cli
from filrouge.web.management.commands._plain import PlainCommand, law_command


class Command(PlainCommand):
    help = "donner les montants du revenu d'intégration par date"

    def add_arguments(self, parser: CommandParser) -> None:
        cli.add_amounts_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        law_command(cli.run_amounts, options, self.stdout)  # type: ignore[arg-type]
