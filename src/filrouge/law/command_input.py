"""What a person types after a command of the law: dates, files of added values."""

from datetime import date, datetime
from pathlib import Path

from filrouge.law import parameter_store
from filrouge.law.added_values import read_added_file
from filrouge.law.parameter_store import ParameterError, ParameterStore
from filrouge.law.reading import FIRST_DAY

LATEST_DAY = date(2200, 1, 1)


class CommandRefusal(Exception):
    """What was asked cannot be done; the text says why, in French."""


def day(text: str) -> date:
    """Read a date, written 2026-03-01 or 01/03/2026.

    Raises:
        CommandRefusal: it is not a date, or outside the law.
    """
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if FIRST_DAY <= found < LATEST_DAY:
            return found
        raise CommandRefusal(f"La date {text} n'est pas entre le 01/10/2002 et le 01/01/2200.")
    raise CommandRefusal(f"« {text} » n'est pas une date, par exemple 2026-03-01.")


def year_or_day(text: str, end: bool) -> date:
    """Read a date, or a year as its first or last day.

    Raises:
        CommandRefusal: it is neither.
    """
    if len(text) == 4 and text.isascii() and text.isdigit():
        year = int(text)
        if FIRST_DAY.year <= year < LATEST_DAY.year:
            return date(year, 12, 31) if end else max(FIRST_DAY, date(year, 1, 1))
    return day(text)


def store_with(files: list[str] | None) -> ParameterStore:
    """The shipped values and those of files of added values, one after the other.

    Raises:
        CommandRefusal: a file is wrong, with its line.
    """
    try:
        store = parameter_store.shipped()
        for name in files or []:
            store = store.with_values(read_added_file(Path(name), store))
    except ParameterError as error:
        raise CommandRefusal(str(error)) from None
    return store
