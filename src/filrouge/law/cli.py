"""Commands of the law, used by `python -m filrouge.law` and by Django: `ris`, `terms`, `amounts`,
and those of `parameter_commands` (`show`, `history`, `diff`, `search`, `check`, `docs`).

Each command has `add_<name>_arguments(parser)` and `run_<name>(options, out)`, which returns the
exit code and raises `CommandRefusal` with one French sentence per error.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from filrouge.law import parameter_commands, parameter_store, printing
from filrouge.law.case_file import read_case
from filrouge.law.command_input import CommandRefusal, day, year_or_day
from filrouge.law.parameter_printing import WIDTH
from filrouge.law.parameter_store import ParameterError
from filrouge.law.reading import CaseError
from filrouge.law.ris import entitlement
from filrouge.law.terms import Regime, schedule

__all__ = ["COMMANDS", "CommandRefusal", "build_parser", "main"]

_AIDS = {"ris": Regime.RIS, "social": Regime.SOCIAL_AID}


class _Parser(argparse.ArgumentParser):
    """Says in French that the command is badly written; never a traceback."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Commande mal écrite. {self.format_usage().replace('usage:', 'Usage :')}")


def add_ris_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `ris`."""
    parser.add_argument("case", metavar="CAS.yaml", help="fichier du cas (docs/case-file.md)")
    parser.add_argument("--on", metavar="DATE", help="date de la loi, au lieu de celle du fichier")
    parser.add_argument("--json", action="store_true", help="écrire des données, en centimes")


def run_ris(options: argparse.Namespace, out: TextIO) -> int:
    """Print the explained computation of a case file; 0, or 3 when the case is not covered.

    Raises:
        CommandRefusal: the file or the date is wrong.
    """
    on = day(options.on) if options.on else None
    try:
        case = read_case(Path(options.case), on)
        result = entitlement(case)
    except CaseError as error:
        raise CommandRefusal("\n".join(str(problem) for problem in error.problems)) from None
    except ParameterError as error:
        raise CommandRefusal(str(error)) from None
    if options.json:
        data = {"case": case.as_dict(), "entitlement": result.as_dict()}
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        out.write(printing.entitlement_table(result) + "\n")
    return 0 if result.covered else 3


def add_terms_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `terms`."""
    parser.add_argument("--received", metavar="DATE", required=True, help="réception de la demande")
    parser.add_argument("--aid", choices=sorted(_AIDS), default="ris", help="aide demandée")
    parser.add_argument("--json", action="store_true", help="écrire des données")


def run_terms(options: argparse.Namespace, out: TextIO) -> int:
    """Print the terms of a request.

    Raises:
        CommandRefusal: the date is wrong.
    """
    received_on = day(options.received)
    regime = _AIDS[options.aid]
    terms = schedule(received_on, regime)
    if options.json:
        data = [term.as_dict() for term in terms]
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return 0
    title = f"Délais d'une demande de {regime.label} reçue le {received_on:%d/%m/%Y}"
    if regime is Regime.SOCIAL_AID:
        title = f"Délais d'une demande d'{regime.label} reçue le {received_on:%d/%m/%Y}"
    out.write(f"{title}\n{'═' * WIDTH}\n{printing.terms_table(terms)}\n")
    return 0


def add_amounts_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `amounts`."""
    parser.add_argument("--from", dest="first", default="2015", metavar="DATE|ANNÉE")
    parser.add_argument("--to", dest="last", default="2026", metavar="DATE|ANNÉE")


def run_amounts(options: argparse.Namespace, out: TextIO) -> int:
    """Print the amounts of the three categories, vector by vector.

    Raises:
        CommandRefusal: a date is wrong, or the period is upside down.
    """
    first = year_or_day(options.first, end=False)
    last = year_or_day(options.last, end=True)
    if last < first:
        raise CommandRefusal("La fin de la période précède son début.")
    out.write(printing.amounts_table(parameter_store.shipped(), first, last) + "\n")
    return 0


COMMANDS = {
    "ris": ("calculer et expliquer le revenu d'intégration", add_ris_arguments, run_ris),
    "terms": ("donner les délais légaux d'une demande", add_terms_arguments, run_terms),
    "amounts": ("donner les montants par date", add_amounts_arguments, run_amounts),
    **parameter_commands.COMMANDS,
}


def build_parser() -> argparse.ArgumentParser:
    """The parser of `python -m filrouge.law`."""
    parser = _Parser(prog="python -m filrouge.law", description="La loi, expliquée.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDE")
    for name, (summary, add_arguments, _run) in COMMANDS.items():
        add_arguments(commands.add_parser(name, help=summary, description=summary))
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; bad input is one French sentence per error on stderr and exit code 2."""
    options = build_parser().parse_args(arguments)
    _summary, _add_arguments, run = COMMANDS[options.command]
    try:
        return run(options, sys.stdout)
    except CommandRefusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    except BrokenPipeError:
        return 0
