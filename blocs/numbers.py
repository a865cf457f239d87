"""Numbers as officials type them: decimal comma, a point every three digits.

A single point before exactly three digits may be either: 1.490 is asked about, never guessed.
"""

import re
from decimal import Decimal

from blocs import notation

_ASKED = re.compile(r"(-?[1-9]\d*)\.(\d{3})")
_GROUPED = re.compile(r"(-?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_PLAIN = re.compile(r"(-?\d+)(?:[.,](\d+))?")


class Asked(ValueError):
    """A number that can be read in two ways; carries both."""

    def __init__(self, whole, fraction):
        self.readings = whole, fraction
        super().__init__(f"{whole} or {fraction}")


def read(text: str) -> int | Decimal:
    """The number that a text says, a Decimal where it has decimals.

    Raises Asked where a point stands before exactly three digits, ValueError where the text is no number.
    """
    text = "".join(text.split())
    if not text.isascii():
        raise ValueError("no number")
    if found := _ASKED.fullmatch(text):
        raise Asked(int("".join(found.groups())), Decimal(text))
    found = _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)
    if found is None:
        raise ValueError("no number")
    whole, decimals = found[1].replace(".", ""), found[2]
    return Decimal(f"{whole}.{decimals}") if decimals else int(whole)


def written(value: int | Decimal) -> str:
    """A number as it stands in its box: as on paper, but for a point that would be asked about."""
    text = notation.number(value)
    return text.replace(".", "") if _ASKED.fullmatch(text) else text


def readings(text: str, whole: bool = False) -> list[tuple[str, str]]:
    """[(the number beyond doubt, as on paper and in words)] of a text to be asked about, else nothing.

    With `whole`, only readings without a fraction.
    """
    try:
        read(text)
    except Asked as asked:
        numbers = [each for each in asked.readings if not whole or each == int(each)]
        return [(written(each), _said(each)) for each in numbers]
    except ValueError:
        pass
    return []


def _said(value):
    shown = int(value) if value == int(value) else value.normalize()
    return f"{notation.number(shown)} ({notation.in_words(shown)})"
