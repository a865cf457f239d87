"""Kinds of sheets: what an app declares of a table that it reads, and the form of a row of it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.http import Http404

from blocs import numbers
from blocs.imports.opening import Grid
from blocs.imports.reading import Column, Mapping, Reading, Skipped
from blocs.registers import RegisterByKey
from blocs.text import lined, nfc

# {code of a kind: its class}, filled by each app's `ready()`.
kinds = RegisterByKey("kinds of spreadsheet")


@dataclass(frozen=True)
class Row:
    """A row as its sheet says it: its name in forms, its texts by field, what cannot be read, addresses.

    The name is the same whenever the file is read, so that what was mended stays with its row.
    """

    name: str
    number: int
    fields: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stored:
    """What is stored under a key: how people call it, and its values by field as they are written."""

    label: str
    values: dict[str, str]


class RowForm(forms.Form):
    """One row to keep, bound to what its sheet says.

    `compared` are the fields that are stored too, `named` those whose texts people call the row by.
    """

    use_required_attribute = False
    compared = named = ()

    def __init__(self, *args, sheet, **kwargs):
        self.sheet = sheet
        super().__init__(*args, **kwargs)

    def label(self):
        """How people call what the row is about."""
        return nfc(" ".join(self.data.get(self.add_prefix(name)) or "" for name in self.named))

    def values(self):
        """Its values by field as they are written, to compare with what is stored."""
        return {name: written(self.cleaned_data[name]) for name in self.compared}


class Sheet(ABC):
    """A table that can be read into one object of an app; an instance stands for that object.

    `kind` is its code, `layouts` the columns in the shapes that people give the table, `form` that of a row.
    `summary` says what is read, `missing_words` what becomes of what is stored and not in the file. With
    `takes_paper` the table may be a paper that was signed, and is recorded as one; with `compares_all` rows
    that are the same as what is stored say nothing new.
    """

    kind = ""
    title = summary = missing_words = ""
    layout_names = ()
    form = RowForm
    takes_paper = compares_all = False

    @classmethod
    @abstractmethod
    def find(cls, about, user):
        """The sheet of the object with this key, as far as the person may see it; Http404 otherwise."""

    @property
    @abstractmethod
    def about(self):
        """The key of the object, as `find` takes it."""

    @property
    @abstractmethod
    def layouts(self) -> tuple[tuple[Column, ...], ...]:
        """The columns of each shape of the table."""

    @abstractmethod
    def may(self, user):
        """The post or the refusal of whoever wishes to read a table in."""

    @abstractmethod
    def places(self) -> list[tuple[str, str]]:
        """[(title, address)] of the way to where the table belongs, the object's own page last."""

    @property
    @abstractmethod
    def upload_address(self):
        """Where a file is sent."""

    @abstractmethod
    def rows(self, reading: Reading) -> Iterator[Row]:
        """The rows that a reading holds."""

    def fits(self, mapping: Mapping) -> bool:
        """Whether a header that says what is required says enough to read the table."""
        return True

    def belongs_elsewhere(self, grids: tuple[Grid, ...]) -> str:
        """Words that say what a file is and where it is sent, where it is another known table; else none."""
        return ""

    def aside(self) -> list[Skipped]:
        """Rows that `rows` left aside, for the person to see."""
        return []

    def names(self) -> Iterable[str]:
        """Names of what is known, which are no totals although they may read like one."""
        return ()

    @abstractmethod
    def stored(self) -> dict[str, Stored]:
        """What is stored of the object by key."""

    @abstractmethod
    def keys(self, rows):
        """{name of a row: what it is about} of sound rows [(Row, form)], as what is stored is called."""

    def check(self, rows):
        """Look at all sound rows [(Row, form)] together: add to the forms what is wrong, yield hints."""
        return iter(())

    def needs_paper(self, rows):
        """Whether rows are kept that only count as recorded from paper; asked where it `takes_paper`."""
        return False

    @abstractmethod
    def apply(self, rows, *, by, paper, reason):
        """Call the ordinary acts with the sound rows [(Row, form)] that are kept, in one transaction."""


def written(value):
    """A cleaned value as the preview writes it: a number with its comma and no idle zeros, text in lines."""
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return numbers.written(int(value) if whole else value.normalize())
    return "" if value is None else lined(str(value))


def register(sheet):
    """Register a class as the sheet of its kind."""
    kinds[sheet.kind] = sheet
    return sheet


def sheet_of(spreadsheet, user):
    """The sheet of a kept file; 404 where its kind or object is not there for the person any more."""
    if spreadsheet.kind not in kinds:
        raise Http404
    return kinds[spreadsheet.kind].find(spreadsheet.about, user)
