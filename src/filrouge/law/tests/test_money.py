"""Reading, writing and rounding money."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law.money import Cents, format_euros, parse_euros, plain_euros, round_half_up


def test_amounts_are_written_in_french_typography() -> None:
    assert format_euros(Cents(131_420)) == "1\u202f314,20\u00a0€"
    assert format_euros(Cents(-5)) == "−\u00a00,05\u00a0€"
    assert format_euros(Cents(123_456_789)) == "1\u202f234\u202f567,89\u00a0€"


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1314.20", 131_420),
        ("1 314,20", 131_420),
        ("1\u202f314,20\u00a0€", 131_420),
        ("1.314,20", 131_420),
        ("1314", 131_400),
        ("0,5", 50),
        ("-3.10", -310),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, cents: int) -> None:
    assert parse_euros(text) == cents


@pytest.mark.parametrize(
    "text", ["", "abc", "1,234.50", "1.234", "1e3", "12,345", "--1", "1/2", "٣"]
)
def test_what_is_not_clearly_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_euros(text)


@given(st.integers(-(10**11), 10**11))
def test_an_amount_written_is_read_back(cents: int) -> None:
    assert parse_euros(plain_euros(cents)) == cents


@given(st.integers(0, 10**15), st.integers(1, 10**6))
def test_rounding_is_half_up_for_ints_and_arrays(numerator: int, denominator: int) -> None:
    # Decimal needs enough digits to hold the quotient exactly around a half.
    from decimal import localcontext

    with localcontext() as context:
        context.prec = 60
        exact = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("1e-20"))
        expected = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert round_half_up(numerator, denominator) == expected
    array = round_half_up(np.array([numerator], dtype=np.int64), denominator)
    assert isinstance(array, np.ndarray)
    assert array[0] == expected
