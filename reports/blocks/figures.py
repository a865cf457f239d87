"""What every part of a document's tree has in common, and the numbers in it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise

from blocs import notation

OMITTED = {"Cc", "Cf", "Cn", "Cs"}  # Unicode categories that paper does not show and XML partly forbids
UNKNOWN = "..."  # the sign of official statistics for what exists and is not known


def clean(text: object) -> str:
    """The text in NFC, any white space as one space, control and unassigned characters left out."""
    text = str(text)
    if not text.isprintable():
        text = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in OMITTED)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def tidy(value: Any) -> Any:
    """The value with its text cleaned, also inside lists and mappings, and its lists as tuples."""
    if isinstance(value, str | Promise):
        return clean(value)
    if isinstance(value, list | tuple):
        return tuple(tidy(item) for item in value)
    if isinstance(value, Mapping):
        return {key: tidy(item) for key, item in value.items()}
    return value


def local(address: str) -> str:
    """The address, which must be a path of this site. Raises ValueError."""
    if address and (not address.startswith("/") or address.startswith(("//", "/\\"))):
        raise ValueError(f"not a path of this site: {address!r}")
    return address


@dataclass(frozen=True)
class Node:
    """What every part of the tree has in common: its text is clean and its lists are tuples."""

    def __post_init__(self) -> None:
        for each in fields(self):
            object.__setattr__(self, each.name, tidy(getattr(self, each.name)))
        self.check()

    def check(self) -> None:
        """Raises ValueError or TypeError when the parts do not fit together."""


@dataclass(frozen=True)
class Rows(Node):
    """Which rows of which model a figure counts, and the path of the page that shows them."""

    model: str
    keys: tuple[int, ...]
    address: str = ""

    def check(self) -> None:
        local(self.address)


@dataclass(frozen=True)
class Figure(Node):
    """A number that knows its unit and the rows it counts.

    An int is a count, a Fraction a share shown as percent, a Decimal a measure with its own decimals, None a
    number that exists and is not known. Floats are refused: they are no exact numbers.
    """

    value: int | Decimal | Fraction | None
    unit: str = ""
    rows: Rows | None = None

    def check(self) -> None:
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal | Fraction | None):
            raise TypeError(f"not an exact number: {self.value!r}")
        if isinstance(self.value, Decimal) and not self.value.is_finite():
            raise ValueError(f"not a number: {self.value}")

    @property
    def text(self) -> str:
        """The figure as officials write it: 01, 84%, 1.490.000 đồng, 97,5 điểm."""
        if self.value is None:
            return UNKNOWN
        if isinstance(self.value, Fraction):
            return notation.percent(self.value)
        if self.unit == "đồng":
            return notation.dong(self.value)
        written = notation.count(self.value) if isinstance(self.value, int) else notation.number(self.value)
        return f"{written} {self.unit}".rstrip()
