"""Exact numbers, rounded as a clerk with a calculator rounds: half up, never by way of a float."""

import re
from decimal import Decimal
from fractions import Fraction
from math import floor

_EXACT = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


def rounded(value: Fraction | Decimal | int, digits: int) -> Decimal:
    """The value with so many decimals, half away from nought: 2.345 is 2.35, -2.345 is -2.35.

    Raises TypeError for a float, which has no exact value to round.
    """
    if isinstance(value, float):
        raise TypeError("a float is not exact")
    steps = floor(abs(Fraction(value)) * 10**digits + Fraction(1, 2))
    return Decimal(f"{-steps if value < 0 else steps}e-{digits}")


def exact(text: str) -> Decimal:
    """The number of a plain decimal text: "0.5". Raises ValueError for anything else, numbers too."""
    if not isinstance(text, str) or not text.isascii() or not _EXACT.fullmatch(text):
        raise ValueError("no exact decimal")
    return Decimal(text)
