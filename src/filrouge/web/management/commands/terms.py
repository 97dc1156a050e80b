"""``filrouge terms --received DATE``: the legal terms of a request, each with its article."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from filrouge.law import cli
from filrouge.web.management.commands._plain import PlainCommand, law_command


class Command(PlainCommand):
    help = "donner les délais légaux d'une demande, avec leur article"

    def add_arguments(self, parser: CommandParser) -> None:
        cli.add_terms_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        law_command(cli.run_terms, options, self.stdout)  # type: ignore[arg-type]
