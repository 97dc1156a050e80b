"""Marks French labels for translation, and writes dates in French.

The law never translates: whoever renders does.
"""

from datetime import date

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def _(text: str) -> str:
    """Mark `text` as translatable and return it unchanged."""
    return text


def long_date(day: date) -> str:
    """Write a date in full French, for instance "vendredi 27 mars 2026"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number} {_MONTHS[day.month - 1]} {day.year}"
