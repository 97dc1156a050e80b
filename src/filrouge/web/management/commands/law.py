"""``filrouge law show ris.amounts --on 2025-06-01``: read, compare and check the values of the law."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.management.base import CommandParser

from filrouge.law import parameter_commands
from filrouge.web.management.commands._plain import PlainCommand, _misused, law_command


class Command(PlainCommand):
    help = "lire, comparer et vérifier les valeurs de la loi"

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="QUOI")
        for name, (summary, add_arguments, _run) in parameter_commands.COMMANDS.items():
            inner = commands.add_parser(name, help=summary, description=summary)
            inner.error = partial(_misused, inner)  # type: ignore[method-assign]
            add_arguments(inner)

    def handle(self, *args: Any, **options: Any) -> None:
        _summary, _add_arguments, run = parameter_commands.COMMANDS[options["what"]]
        law_command(run, options, self.stdout)  # type: ignore[arg-type]
