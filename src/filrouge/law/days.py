"""Dates as whole numbers, so that a rule on dates is written once for a case and a population.

A day number is `(year × 12 + month − 1) × 31 + day − 1`: it keeps the order of dates, and its
quotient by 31 is a month number. 0 means "no date". Differences of day numbers are not days.
"""

from calendar import monthrange
from datetime import date

from filrouge.law.operations import Truth, Whole

DAYS = 31
DAYS_PER_YEAR = 12 * DAYS


def day_number(day: date | None) -> int:
    """The number of a date; 0 for None."""
    return 0 if day is None else (day.year * 12 + day.month - 1) * DAYS + day.day - 1


def date_of(number: int) -> date | None:
    """The date of a day number; None for 0.

    Raises:
        ValueError: the number is not the one of a date.
    """
    month, day = divmod(number, DAYS)
    return date(month // 12, month % 12 + 1, day + 1) if number else None


def month_of(number: Whole) -> Whole:
    """Month number of a day number."""
    return number // DAYS


def day_of_month(number: Whole) -> Whole:
    """Day of the month, counted from 1."""
    return number % DAYS + 1


def whole_years(first: Whole, last: Whole) -> Whole:
    """Whole years from one day number to a later one (anniversaries passed)."""
    return (last - first) // DAYS_PER_YEAR


def is_given(number: Whole) -> Truth:
    """True where there is a date."""
    return number > 0


def month_length(day: date) -> int:
    """Days in the month of a date."""
    return monthrange(day.year, day.month)[1]
