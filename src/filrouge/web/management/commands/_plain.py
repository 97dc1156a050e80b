"""What our commands share: bad usage and bad input are sentences, in French."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn, TextIO

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection

from filrouge.base.centres.models import Centre
from filrouge.law.cli import CommandRefusal

_WORDS = (
    (r"the following arguments are required: (.+)", r"Il manque : \1."),
    (r"unrecognized arguments: (.+)", r"Argument inconnu : \1."),
    (r"argument (.+): expected one argument", r"\1 attend une valeur."),
    (
        r"argument (.+): invalid choice: '?(.+?)'? \(choose from (.+)\)",
        r"\1 : « \2 » n'est pas permis, choisissez parmi \3.",
    ),
    (r"argument (.+): invalid int value: '(.*)'", r"\1 : « \2 » n'est pas un nombre entier."),
    (r"ambiguous option: (.+) could match (.+)", r"\1 peut vouloir dire \2 : précisez."),
    (r"argument (.+): not allowed with argument (.+)", r"\1 ne va pas avec \2."),
)


def in_french(message: str) -> str:
    """The sentence for a mistake that argparse found."""
    for pattern, words in _WORDS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(words)
    return f"Commande mal écrite ({message})."


def _misused(parser: ArgumentParser, message: str) -> NoReturn:
    raise CommandError(f"{in_french(message)} Aide : {parser.prog} --help", returncode=2)


class _Told(Exception):
    """A sentence on its way to the terminal."""

    def __init__(self, sentence: str, returncode: int) -> None:
        super().__init__(sentence)
        self.returncode = returncode


class PlainCommand(BaseCommand):
    """A command whose every failure is one clear sentence."""

    requires_system_checks = []
    on_terminal = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser("filrouge", subcommand, **kwargs)
        parser.error = partial(_misused, parser)  # type: ignore[method-assign]
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        self.on_terminal = True
        try:
            super().run_from_argv(argv)
        except (_Told, CommandError) as error:
            # Arguments are parsed before Django catches anything.
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return self.explained(*args, **options)
        except CommandError as error:
            if self.on_terminal:
                # Django would write "CommandError:" before the sentence.
                raise _Told(str(error), error.returncode) from None
            raise

    def explained(self, *args: Any, **options: Any) -> str | None:
        """Run the command; what can go wrong outside of it becomes a sentence."""
        try:
            return super().execute(*args, **options)
        except CommandRefusal as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=1) from None
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(database_trouble(error), returncode=1) from None


def database_trouble(error: Exception) -> str:
    """Why the database did not answer, and what to do."""
    text = str(error).strip()
    if "no such table" in text or ("does not exist" in text and "relation" in text):
        return "La base n'est pas encore prête : lancez « filrouge migrate »."
    if "locked" in text:
        return "La base est occupée par un autre travail : réessayez dans une minute."
    where = connection.settings_dict
    return (
        f"La base ne répond pas ({where['HOST'] or where['NAME']}) : {text.splitlines()[0]}"
        if text
        else "La base ne répond pas."
    )


def law_command(run: Callable[[Any, TextIO], int], options: dict[str, Any], out: TextIO) -> None:
    """Run a command of ``filrouge.law.cli``; leaves with its exit code when it is not zero."""
    from argparse import Namespace

    code = run(Namespace(**options), out)
    if code:
        sys.exit(code)


def chosen_centre(name: str | None) -> Centre:
    """The centre of that (short) name, or the only one there is."""
    centres = list(Centre.objects.order_by("short_name"))
    known = ", ".join(centre.short_name for centre in centres)
    if not centres:
        raise CommandError(
            "Aucun centre n'existe encore : « filrouge create_administrator » en ouvre un."
        )
    if name is None:
        if len(centres) > 1:
            raise CommandError(f"Plusieurs centres existent, dites lequel : --centre ({known}).")
        return centres[0]
    for centre in centres:
        if name.casefold() in (centre.short_name.casefold(), centre.name.casefold()):
            return centre
    raise CommandError(f"Aucun centre ne s'appelle « {name} ». Il y a : {known}.")
