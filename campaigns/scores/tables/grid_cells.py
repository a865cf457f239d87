"""What the grid of scores is made of: its columns under their sections, its rows, the signs in its cells."""

from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Column:
    """A criterion as a column: `escaped` is what every cell of it needs of its key and name."""

    key: str
    code: str
    text: str
    maximum: object
    name: str
    escaped: str


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
    """A unit at the tier, or one of those that checked it: its cells as they are written, by their keys."""

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
    cells: str = ""


def marks():
    """{name: what stands in a cell besides points}: a sign, and words for those who do not see it."""
    signs = {
        "missing": ("–", _("chưa chấm")),
        "not-applicable": ("×", _("không áp dụng")),
        "deviating": ("≠", _("khác")),
        "no-evidence": ("○", _("thiếu minh chứng")),
    }
    return {
        name: f'<span class="grid__mark" aria-hidden="true">{sign}</span>'
        f'<span class="visually-hidden"> {escape(words)}</span>'
        for name, (sign, words) in signs.items()
    }


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
            name = escape(" ".join(filter(None, [part.code, part.text])))
            yield Column(part.key, part.code, part.text, part.maximum, name, escape(part.key))
