"""What the grid of scores is made of: its columns under their sections, its rows, what its cells say."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.template.loader import get_template


@dataclass(frozen=True)
class Column:
    """A criterion as a column."""

    key: str
    code: str
    text: str
    maximum: object

    @property
    def name(self):
        """The criterion by its code and text."""
        return " ".join(filter(None, [self.code, self.text]))


@dataclass(frozen=True)
class Band:
    """A section over its columns, the last of which is its sum."""

    section: object
    columns: list

    @property
    def title(self):
        """The section's name."""
        return named(self.section)

    @property
    def code(self):
        """How its sum is named."""
        return self.section.code or self.section.title

    @property
    def width(self):
        """How many columns it has."""
        return len(self.columns) + 1


@dataclass
class Row:
    """A unit at the tier, or one of those that checked it.

    `written` has what its cells say by the keys of their columns, `bands` what the page shows of it, for each
    band: [(query that opens the cell, what it says, its column's name)], the sum, the band's title. Names of
    columns and bands are given where the row is the open one, for a phone; else they are empty.
    """

    key: str
    unit_id: int
    checker_id: int | None
    name: str
    state: str = ""
    total: str = ""
    missing: int = 0
    deviating: int = 0
    is_open: bool = False
    written: dict = field(default_factory=dict)
    bands: list = field(default_factory=list)


class Words(NamedTuple):
    """What a cell says: points as written, empty where the criterion does not apply, and signs.

    `beside` are the points of the tier that stands beside, None where none does.
    """

    points: str = ""
    is_missing: bool = False
    is_deviating: bool = False
    lacks_evidence: bool = False
    beside: str | None = None


class Writer(dict):
    """{what a cell says: its HTML}: of thousands of cells few differ, and each of these is rendered once."""

    def __init__(self):
        super().__init__()
        self._template = get_template("scores/grid_words.html#words")

    def __missing__(self, words):
        self[words] = self._template.render({"words": words})
        return self[words]


def unit_of(key):
    """The unit that a cell or row is of, by its key; None where the key names none."""
    unit = key.partition("-")[0].partition(".")[0]
    return int(unit) if unit.isascii() and unit.isdecimal() else None


def key_of(unit, checker=None):
    """How a row is named in an address."""
    return f"{unit}.{checker}" if checker else str(unit)


def named(section):
    """A section by its code and title."""
    return " ".join(filter(None, [section.code, section.title]))


def columns_of(section):
    """The criteria of a section and of those in it, as columns."""
    for part in section.parts:
        if hasattr(part, "parts"):
            yield from columns_of(part)
        else:
            yield Column(part.key, part.code, part.text, part.maximum)
