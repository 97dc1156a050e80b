"""Money as integer euro cents: rounding, reading and writing. No floats.

Inside the law an amount is an integer numerator over a known denominator; it is divided
once, by `round_half_up`, where the law rounds.
"""

import re
from typing import NewType

from filrouge.law.operations import Whole

Cents = NewType("Cents", int)
"""An amount in euro cents."""

MAX_AMOUNT = Cents(1_000_000_000)
"""Largest amount accepted for one input: 10,000,000 EUR, in cents."""

NARROW_SPACE = "\u202f"
HARD_SPACE = "\u00a0"

_PLAIN = re.compile(r"^[+-]?\d+(?:[.,]\d{1,2})?$", re.ASCII)
_DOTTED = re.compile(r"^[+-]?\d{1,3}(?:\.\d{3})+,\d{1,2}$", re.ASCII)


def round_half_up(numerator: Whole, denominator: Whole) -> Whole:
    """Divide and round to the nearest integer, halves upwards.

    Args:
        numerator: int or int64 array.
        denominator: int or int64 array, above zero. For arrays `2 * numerator + denominator`
            must stay below 2**63 (see `filrouge.law.population` for the bound).

    Raises:
        ZeroDivisionError: the int denominator is zero.
    """
    if isinstance(denominator, int) and denominator % 2 == 0:
        return (numerator + denominator // 2) // denominator
    return (2 * numerator + denominator) // (2 * denominator)


def format_euros(amount: Cents | int) -> str:
    """Write an amount in French typography: `1 314,20 €` (cents in, text out)."""
    euros, cents = divmod(abs(amount), 100)
    grouped = f"{euros:,}".replace(",", NARROW_SPACE)
    sign = f"−{HARD_SPACE}" if amount < 0 else ""
    return f"{sign}{grouped},{cents:02d}{HARD_SPACE}€"


def plain_euros(amount: Cents | int) -> str:
    """Write an amount for a file or JSON: `1314.20`, exact and read back by `parse_euros`."""
    euros, cents = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{euros}.{cents:02d}"


def parse_euros(text: str) -> Cents:
    """Read euros written by a person, exactly, into cents.

    Accepts `1314.20`, `1 314,20`, `1.314,20`, `1314`, with or without the euro sign.

    Raises:
        ValueError: the text is not an amount with at most two decimals.
    """
    compact = re.sub(r"\s|€|EUR", "", text)
    if _DOTTED.match(compact):
        compact = compact.replace(".", "")
    if not _PLAIN.match(compact):
        raise ValueError(text)
    euros, _separator, decimals = compact.replace(",", ".").partition(".")
    cents = int(euros.lstrip("+-")) * 100 + int(decimals.ljust(2, "0") or "0")
    return Cents(-cents if euros.startswith("-") else cents)
