"""Commands on the values of the law: `show`, `history`, `diff`, `check`, `search`, `docs`.

Same shape as in `cli`: `add_<name>_arguments(parser)` and `run_<name>(options, out)`.
"""

import argparse
import json
from pathlib import Path
from typing import TextIO

from filrouge.law import parameter_printing as printing
from filrouge.law.command_input import CommandRefusal, day, store_with, year_or_day
from filrouge.law.parameter_questions import (
    Change,
    Report,
    differences,
    examine,
    matching,
    search,
)
from filrouge.law.parameter_store import ParameterError, ParameterValue


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--values",
        metavar="FICHIER",
        action="append",
        help="fichier de valeurs ajoutées (docs/law.md), à superposer aux valeurs livrées",
    )
    parser.add_argument("--json", action="store_true", help="écrire des données, en centimes")


def _write(options: argparse.Namespace, out: TextIO, data: object, text: str) -> None:
    if options.json:
        text = json.dumps(data, ensure_ascii=False, indent=2)
    out.write(text + "\n")


def add_show_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `show`."""
    parser.add_argument("name", metavar="NOM", help="paramètre ou famille, par ex. ris.amounts")
    parser.add_argument("--on", metavar="DATE", help="date de la loi ; la dernière valeur sinon")
    parser.add_argument("--known-on", metavar="DATE", help="ce qui était connu ce jour-là")
    _add_common(parser)


def run_show(options: argparse.Namespace, out: TextIO) -> int:
    """Print the value of a parameter, or of a family, on a date.

    Raises:
        CommandRefusal: unknown name, wrong date, or no value on that date.
    """
    store = store_with(options.values)
    if options.known_on:
        store = store.as_known_on(day(options.known_on))
    on = day(options.on) if options.on else None
    try:
        names = matching(store, options.name)
        found = [store.entry(name, on) if on else store.history(name)[-1] for name in names]
    except ParameterError as error:
        raise CommandRefusal(str(error)) from None
    data = [_data(line) for line in found]
    _write(options, out, data, printing.entries_table([line] for line in found))
    return 0


def add_history_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `history`."""
    parser.add_argument("name", metavar="NOM", help="paramètre ou famille, par ex. ris.amounts")
    _add_common(parser)


def run_history(options: argparse.Namespace, out: TextIO) -> int:
    """Print every line of a parameter, or of a family.

    Raises:
        CommandRefusal: unknown name.
    """
    store = store_with(options.values)
    try:
        groups = [store.history(name) for name in matching(store, options.name)]
    except ParameterError as error:
        raise CommandRefusal(str(error)) from None
    data = [_data(line) for group in groups for line in group]
    _write(options, out, data, printing.entries_table(groups))
    return 0


def add_diff_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `diff`."""
    parser.add_argument("first", metavar="DATE", help="première date")
    parser.add_argument("last", metavar="DATE", help="seconde date")
    _add_common(parser)


def run_diff(options: argparse.Namespace, out: TextIO) -> int:
    """Print what changed in the law between two dates.

    Raises:
        CommandRefusal: a date is wrong, or the period is upside down.
    """
    store = store_with(options.values)
    first, last = year_or_day(options.first, end=False), year_or_day(options.last, end=True)
    try:
        changes = differences(store, first, last)
    except ParameterError as error:
        raise CommandRefusal(str(error)) from None
    data = [_change_data(change) for change in changes]
    _write(options, out, data, printing.changes_table(changes, first, last))
    return 0


def add_search_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `search`."""
    parser.add_argument("words", metavar="MOT", nargs="+", help="mots, accents facultatifs")
    _add_common(parser)


def run_search(options: argparse.Namespace, out: TextIO) -> int:
    """Print the parameters that hold all the words; 1 when there is none.

    Raises:
        CommandRefusal: nothing to look for.
    """
    store = store_with(options.values)
    words = " ".join(options.words)
    try:
        found = search(store, words)
    except ParameterError as error:
        raise CommandRefusal(str(error)) from None
    text = printing.entries_table([line] for line in found)
    _write(options, out, [_data(line) for line in found], text or f"Rien sur « {words} ».")
    return 0 if found else 1


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `check`."""
    _add_common(parser)


def run_check(options: argparse.Namespace, out: TextIO) -> int:
    """Check every value: files, index formula, what is not confirmed; 1 when a fault is found.

    Raises:
        CommandRefusal: a file is wrong, with its line.
    """
    report = examine(store_with(options.values))
    _write(options, out, _report_data(report), printing.report_text(report))
    return 0 if report.is_sound else 1


def add_docs_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `docs`."""
    parser.add_argument("directory", metavar="DOSSIER", help="par exemple docs/law")
    parser.add_argument("--examples", metavar="DOSSIER", default="examples", help="cas du revenu")


def run_docs(options: argparse.Namespace, out: TextIO) -> int:
    """Write the page of every rule.

    Raises:
        CommandRefusal: the folder cannot be written, or the examples are missing.
    """
    from filrouge.law.rule_pages import write_pages

    if not Path(options.examples).is_dir():
        raise CommandRefusal(f"Le dossier des cas {options.examples} n'existe pas.")
    try:
        written = write_pages(Path(options.directory), Path(options.examples))
    except OSError as error:
        raise CommandRefusal(f"Le dossier ne peut pas être écrit ({error.strerror}).") from None
    out.write(f"{len(written)} pages écrites dans {options.directory}.\n")
    return 0


def _data(line: ParameterValue) -> dict[str, object]:
    return {"label": line.label, **line.as_dict()}


def _change_data(change: Change) -> dict[str, object]:
    return {
        "name": change.name,
        "label": change.label,
        "before": _data(change.before) if change.before else None,
        "after": _data(change.after) if change.after else None,
    }


def _report_data(report: Report) -> dict[str, object]:
    return {
        "sound": report.is_sound,
        "parameters": report.names,
        "lines": report.lines,
        "digest": report.digest,
        "deviations": [
            {
                "name": item.name,
                "valid_from": item.valid_from.isoformat(),
                "category": item.category,
                "published": item.published,
                "computed": item.computed,
                "known": item.is_known,
            }
            for item in report.deviations
        ],
        "unconfirmed": [_data(line) for line in report.unconfirmed],
        "computed": [_data(line) for line in report.computed],
        "overtaken": [_data(line) for line in report.overtaken],
        "choices": [
            {
                "key": choice.key,
                "question": choice.question,
                "readings": dict(choice.readings),
                "default": choice.default,
                "article": choice.article,
                "source": choice.source,
                "status": choice.status.value,
            }
            for choice in report.choices
        ],
    }


COMMANDS = {
    "show": ("montrer une valeur de la loi à une date", add_show_arguments, run_show),
    "history": ("montrer toutes les valeurs d'un paramètre", add_history_arguments, run_history),
    "diff": ("dire ce qui a changé entre deux dates", add_diff_arguments, run_diff),
    "search": ("chercher un mot dans les valeurs de la loi", add_search_arguments, run_search),
    "check": ("vérifier toutes les valeurs de la loi", add_check_arguments, run_check),
    "docs": ("écrire une page par règle", add_docs_arguments, run_docs),
}
