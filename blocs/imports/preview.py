"""What a kept file would change: its rows as forms, with what was mended, beside what is stored."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from blocs.imports.legacy import converted
from blocs.imports.opening import Grid, open_book
from blocs.imports.reading import Mapping, find, headings, read
from blocs.imports.sheets import Row, RowForm
from blocs.models import SpreadsheetImport, User

WRONG, PARKED, ADDED, CHANGED, SAME = "wrong", "parked", "added", "changed", "same"
CONVERTED, AS_TYPED = "converted", "as-typed"  # what people said of text of old fonts
REMEMBERED = 5  # how many earlier files lend the titles of their columns


@dataclass(frozen=True)
class Line:
    """A row of the preview: its form, how it compares with what is stored, and what would change in it."""

    row: Row
    form: RowForm
    state: str
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def label(self):
        """What the row is about, as far as it can be read."""
        return self.form.label()[:300] or _("Dòng %(number)s") % {"number": self.row.number}

    @property
    def told(self):
        """[(label of a field, value)] of a sound row, beside what it is called by."""
        values = self.form.values().items()
        return [
            (self.form.fields[name].label, value) for name, value in values if name not in self.form.named
        ]

    @property
    def errors(self):
        """[(address or field, words)] of what is wrong."""
        names = {
            name: self.row.addresses.get(name) or str(self.form.fields[name].label)
            for name in self.form.fields
        }
        return [
            (names.get(name, _("Dòng %(number)s") % {"number": self.row.number}), message)
            for name, messages in self.form.errors.items()
            for message in messages
        ]


class Preview:
    """A kept file read through its sheet."""

    def __init__(self, spreadsheet, sheet):
        self.spreadsheet, self.sheet = spreadsheet, sheet

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        grids = open_book(bytes(self.spreadsheet.file.content))
        return grids if self.spreadsheet.mapping.get("letters") == AS_TYPED else converted(grids)

    @cached_property
    def mapping(self) -> Mapping | None:
        """Where the table stands, as it was found or as people said."""
        data = self.spreadsheet.mapping
        if not data:
            return None
        taken, place = tuple(data.get("taken", ())), data.get("place")
        if place is None:  # kept before sheets were told apart by their place
            place = next(grid.place for grid in self.grids if grid.title == data["sheet"])
        return Mapping(data["sheet"], data["header"], data["columns"], taken, place)

    @cached_property
    def columns(self):
        """The columns of the layout that the table has."""
        return self.sheet.layouts[self.spreadsheet.mapping["layout"]]

    @cached_property
    def reading(self):
        return read(self.grid, self.mapping, self.columns, self.sheet.names())

    @cached_property
    def grid(self):
        """The sheet that is read."""
        return _grid_of(self.grids, self.mapping)

    @property
    def asks_for_letters(self):
        """Whether text was put into Unicode, and nobody has said yet that it is right."""
        return bool(self.grid.converted) and self.spreadsheet.mapping.get("letters") != CONVERTED

    @cached_property
    def others(self):
        """Other sheets of the file that hold such a table too."""
        return [grid for grid in self.grids if grid != self.grid and find((grid,), self.columns)]

    @cached_property
    def stored(self):
        return self.sheet.stored()

    @property
    def lines(self) -> list[Line]:
        """Every row with how it stands, in the order of the file."""
        return self._compared[0]

    @property
    def hints(self) -> list[str]:
        """What is worth a look and nothing to mend."""
        return self._compared[1]

    @cached_property
    def _compared(self):
        bound = [(row, self._form(row)) for row in self.sheet.rows(self.reading)]
        parked = set(self.spreadsheet.parked)
        kept = [(row, form) for row, form in bound if row.name not in parked and form.is_valid()]
        self._refuse_doubles(kept)
        hints = list(self.sheet.check([(row, form) for row, form in kept if form.is_valid()]))
        self.keys = self.sheet.keys([(row, form) for row, form in kept if form.is_valid()])
        return [self._line(row, form, row.name in parked) for row, form in bound], hints, self.sheet.aside()

    @cached_property
    def missing(self):
        """What is stored and not in the file, by the words that people call it by."""
        if any(line.state == WRONG for line in self.lines):
            return []  # a wrong row may be the one that is missed
        named = set(self.keys.values())
        return [stored.label for key, stored in self.stored.items() if key not in named]

    @property
    def rows(self):
        """[(Row, form)] of the rows that would be kept."""
        return [(line.row, line.form) for line in self.lines if line.state not in (WRONG, PARKED)]

    @property
    def skipped(self):
        """What was left aside of the file, in its order."""
        return sorted((*self.reading.skipped, *self._compared[2]), key=lambda each: each.row)

    @property
    def held(self):
        """What was left aside although it holds a number or a name."""
        return [each for each in self.skipped if each.holds]

    @property
    def around(self):
        """What was left aside because it stands around the table, or says nothing to keep."""
        return [each for each in self.skipped if not each.holds]

    @property
    def mark(self):
        """What the page shows, in short: another mark is another comparison."""
        shown = [(line.row.name, line.state, line.changes, line.form.data) for line in self.lines]
        return hashlib.sha256(repr((shown, self.missing)).encode()).hexdigest()[:16]

    def count(self, *states):
        """How many rows stand so."""
        return sum(line.state in states for line in self.lines)

    def _form(self, row):
        mended = self.spreadsheet.mends.get(row.name, {})
        data = {f"{row.name}-{name}": text for name, text in (row.fields | mended).items()}
        form = self.sheet.form(data, sheet=self.sheet, prefix=row.name)
        form.is_valid()
        for name, words in row.faults.items():
            if name not in mended:
                form.errors.pop(name, None)
                form.add_error(name, words)
        return form

    def _refuse_doubles(self, rows):
        first, keys = {}, self.sheet.keys(rows)
        for row, form in rows:
            key = keys[row.name]
            if key in first:
                words = _("Trùng với dòng %(number)s của tệp.") % {"number": first[key].number}
                form.add_error(None, words)
            first.setdefault(key, row)

    def _line(self, row, form, is_parked):
        if is_parked:
            return Line(row, form, PARKED)
        if not form.is_valid():
            return Line(row, form, WRONG)
        stored = self.stored.get(self.keys[row.name])
        if stored is None:
            return Line(row, form, ADDED)
        changes = tuple(
            (str(form.fields[name].label), stored.values.get(name, ""), value)
            for name, value in form.values().items()
            if stored.values.get(name, "") != value
        )
        return Line(row, form, CHANGED if changes else SAME, changes)


def found_mapping(grids, sheet, user):
    """How the columns of a table are to be read, as its row keeps it; None where its header is not known.

    Of several sheets that fit, the one that was open when the file was saved is taken, else the one that says
    most. Titles that this person or somebody of the same unit once said are known too.
    """
    learnt = _learnt(sheet, user)
    fits = []
    for number, layout in enumerate(sheet.layouts):
        columns = tuple(
            replace(column, aliases=(*column.aliases, *learnt.get(column.key, ()))) for column in layout
        )
        for grid in grids:
            if (mapping := find((grid,), columns)) and sheet.fits(mapping):
                order = (not grid.hidden, grid.active, len(mapping.columns), -number, -grid.place)
                fits.append((order, number, mapping))
    if not fits:
        return None
    _order, number, mapping = max(fits, key=lambda fit: fit[0])
    return kept_mapping(grids, mapping, number)


def _grid_of(grids, mapping):
    return next(grid for grid in grids if grid.place == mapping.place)


def kept_mapping(grids, mapping, layout):
    """A mapping as JSON keeps it, with the titles that its columns bear in this file."""
    titles = dict(headings(_grid_of(grids, mapping), mapping.header))
    said = {key: titles.get(place, "") for key, place in mapping.columns.items()}
    return mapping.as_data() | {"layout": layout, "titles": said}


def _learnt(sheet, user):
    """{key of a column: titles} that were said for earlier files of this kind in the person's units."""
    colleagues = User.objects.filter(person__posts__unit__in=user.standing().unit_ids)
    known = SpreadsheetImport.objects.filter(
        Q(user=user) | Q(user__in=colleagues), kind=sheet.kind, applied_at__isnull=False
    )
    learnt = {}
    for mapping in known.order_by("-pk").values_list("mapping", flat=True)[:REMEMBERED]:
        for key, title in mapping.get("titles", {}).items():
            learnt.setdefault(key, []).extend([title] if title else [])
    return learnt
