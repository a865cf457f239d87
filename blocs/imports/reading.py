"""A grid as officials fill it in, read as records below a header that is found by its titles.

The national motto and titles above the table, the numbering of columns, repeated headers, totals and the
signatures below are recognised; what was left aside is told with its reason.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from blocs.imports import totals
from blocs.imports.opening import DAY, NUMERIC, Cell, Grid
from blocs.text import fold, nfc

# A value is a number or a word, and stands for its own row alone.
TEXT, NUMBER, TICK, CODE, VALUE = "text", "number", "tick", "code", "value"
LAST_HEADER_ROW = 60
FEWEST_TITLES = 2

_DITTO = {"nt", "-nt-", "nhu tren", '"', "''", "〃", "- nt -"}
_NOTHING = {"-", "–", "—", ".", "..", "...", "…"}
_TICKS = {"x", "v", "co", "yes", "dat", "✓", "✔"}
_NUMBERING = re.compile(r"\(?(\d{1,2}|[a-e])\)?(?:\s*=.*)?", re.IGNORECASE)
_GROUP_MARK = re.compile(r"(?:[IVX]+|[A-H])(?:[.)/-].*)?")
_SIGNATURE = re.compile(
    r"(?:nguoi (?:lap|cham|tong hop|ky)|lap bieu|thu truong|truong (?:phong|ban|don vi)|"
    r"\(?ky(?:,| ten\b| va ghi\b| ghi\b|$)|tm\.|t/m|kt\.|tl\.|noi nhan|xac nhan|"
    r"(?:pho )?(?:giam doc|cuc truong|vu truong|vien truong|bo truong|chu tich|hieu truong)|"
    r".{0,40}ngay\W.{0,12}thang\W.{0,12}nam\b).*"
)
_LONGEST_CODE = 12
_ADDED_UP = 1000  # rows of which totals are added up
_LONGEST_SIGNATURE = 100
_SIGNED_ROWS = 15  # how far from the end signatures may begin where no column holds numbers


@dataclass(frozen=True)
class Column:
    """A column that a kind of sheet knows: its title, what else people call it, how its cells are read.

    A merged cell stands for every row that it covers, unless it is `once`; "nt" in a text is as above, where
    it is `ditto`. A row that says something in a column that `marks` stands above the signatures.
    """

    key: str
    title: str | Promise
    aliases: tuple[str, ...] = ()
    reads: str = TEXT
    required: bool = False
    once: bool = False
    ditto: bool = True
    marks: bool = False


@dataclass(frozen=True)
class Mapping:
    """Where a table stands: the sheet's title, the last row of its header, {key: place} of its columns.

    `place` is that of the sheet in its file, where two may have one title. `taken` are rows that people asked
    to be read although they look like none of the table.
    """

    sheet: str
    header: int
    columns: dict[str, int]
    taken: tuple[int, ...] = ()
    place: int = 0

    def as_data(self):
        """The mapping as JSON keeps it."""
        return {"sheet": self.sheet, "place": self.place, "header": self.header, "columns": self.columns}


@dataclass(frozen=True)
class Record:
    """A row of the table: its number in the sheet, {key of a column: cell}, the group that it stands in.

    One that is `taken` was asked for by people: it is read whatever it looks like.
    """

    row: int
    cells: dict[str, Cell]
    group: str = ""
    is_group: bool = False
    taken: bool = False

    def text(self, key):
        """What a cell says, empty where the table has no such column."""
        return self.cells[key].text if key in self.cells else ""

    def typed(self, key):
        """What a cell says, with its line breaks."""
        return self.cells[key].typed if self.text(key) else ""

    def says_nothing(self, key):
        """Whether somebody wrote into a cell that there is nothing: "-"."""
        return key in self.cells and not self.cells[key] and bool(self.cells[key].typed)


@dataclass(frozen=True)
class Skipped:
    """A row that is no record: its number, what it says, and why it was left aside.

    With `holds` it has a number or a name that would be missed: it is shown where people look, and may be
    read after all. It may be `hidden` in its sheet.
    """

    row: int
    text: str
    why: str
    holds: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Reading:
    """What a table says: its records, and what was left aside."""

    mapping: Mapping
    records: tuple[Record, ...]
    skipped: tuple[Skipped, ...] = ()


def find(grids: tuple[Grid, ...], columns: tuple[Column, ...]) -> Mapping | None:
    """Where the table with these columns stands, or None where no header says all that are required."""
    found = [mapping for grid in grids if (mapping := _find_in(grid, columns))]
    return max(found, key=lambda mapping: len(mapping.columns), default=None)


def _find_in(grid, columns):
    best, places, origins = None, {}, _origins(grid)
    for row in range(1, min(len(grid.lines), LAST_HEADER_ROW) + 1):
        for last in (row, row + 1):
            found = _places(_headings(grid, origins, row, last), columns)
            complete = all(column.key in found for column in columns if column.required)
            if complete and len(found) > max(len(places), FEWEST_TITLES - 1):
                best, places = last, found
    if best is None:
        return None
    return Mapping(grid.title, _end_of_header(grid, origins, best, places), places, place=grid.place)


def _end_of_header(grid, origins, last, places):
    """The last row of a header, of which some titles reach down to it and others have further ones below."""
    while last < min(len(grid.lines), LAST_HEADER_ROW):
        below = last + 1
        tops = {place: origins.get((below, place), (below, place))[0] for place in places.values()}
        own = [grid.cell(below, place) for place, top in tops.items() if top == below]
        others = [cell for cell in _line(grid, below) if cell and cell.column not in tops]
        reaches_down = any(top < below for top in tops.values())
        if not (reaches_down and others) or any(own) or any(cell.kind or cell.fault for cell in others):
            break
        last = below
    return last


def headings(grid: Grid, row: int) -> list[tuple[int, str]]:
    """[(place, title)] of the columns under a header that ends with this row, for people to choose from."""
    return [
        (place, texts[-1]) for place, texts in _headings(grid, _origins(grid), max(row - 1, 1), row).items()
    ]


def read(grid: Grid, mapping: Mapping, columns: tuple[Column, ...], known: Iterable[str] = ()) -> Reading:
    """The records below the header, with merged cells undone and what is no record left aside.

    `known` are names that are no totals, whatever they are: of units and criteria.
    """
    by_key = {column.key: column for column in columns if column.key in mapping.columns}
    rows = list(_rows(grid, mapping, by_key))
    numbers = [key for key, column in by_key.items() if column.reads == NUMBER]
    last = _last_row(grid, rows, numbers, [key for key, column in by_key.items() if column.marks])
    names = {nfc(name).lower() for name in known}
    records, skipped = [], list(_above(grid, mapping))
    group, above, signed, sums = "", {}, False, {key: totals.Sums() for key in numbers}
    for row, cells in rows:
        said = " ".join(cell.text for cell in _line(grid, row) if cell.text)
        signed = signed or row > last and any(_is_signature(cell.text) for cell in _line(grid, row))
        taken = row in mapping.taken
        if not taken and (why := _why_no_record(grid, mapping, row, cells, signed)):
            skipped += [Skipped(row, said, *why)] if said else []
            continue
        cells = {key: _read(cell, by_key[key], above.get(key)) for key, cell in cells.items()}
        above |= {key: cell for key, cell in cells.items() if cell.text}
        is_group = not any(cells[key] for key in numbers) and _is_group(grid, mapping, row, cells)
        if is_group:
            group = " ".join(dict.fromkeys(cell.text for cell in cells.values() if cell.text))
        record = Record(row, cells, group, is_group, taken)
        if not taken and _is_total(record, numbers, names):
            why = _why_total(record, sums) if row <= _ADDED_UP else _("dòng tổng cộng")
            skipped.append(Skipped(row, said, why, holds=True))
            continue
        records.append(record)
        for key in numbers:
            sums[key].add(_level(record, numbers), record.text(key))
    return Reading(mapping, tuple(records), tuple(skipped))


def _last_row(grid, rows, numbers, marks):
    """The last row that says something in a column of numbers or one that marks: signatures stand below."""
    return max(
        (
            row
            for row, cells in rows
            if any(map(cells.get, marks)) or any(_is_number(cells[key]) for key in numbers)
        ),
        default=0 if numbers or marks else len(grid.lines) - _SIGNED_ROWS,
    )


def plain(text: str) -> str:
    """A title as it is compared: folded, without what stands in brackets, letters and digits alone."""
    return " ".join(re.findall(r"\w+", re.sub(r"\([^)]*\)", " ", fold(text))))


def _origins(grid):
    """{(row, column): (row, column) of the first cell of the merged range that it lies in}."""
    return {
        (row, column): (top, left)
        for left, top, right, bottom in grid.merged
        for row in range(top, min(bottom, len(grid.lines)) + 1)
        for column in range(left, right + 1)
    }


def _headings(grid, origins, first, last):
    """{place: what its title may be} of a header of one row or two, the most exact one last."""
    found = {}
    width = max((len(_line(grid, row)) for row in (first, last)), default=0)
    for place in range(1, width + 1):
        above, below = (grid.cell(*origins.get((row, place), (row, place))).text for row in (first, last))
        texts = [above] if above == below else [above, below, f"{above} {below}"] if below else [above]
        if any(texts):
            found[place] = [text.strip() for text in texts if text.strip()]
    return found


def _places(headings, columns):
    """{key of a column: its place}: equal titles first, then those that begin as a known one does."""
    names = {column.key: {plain(str(name)) for name in (column.title, *column.aliases)} for column in columns}
    fits = sorted(
        (name != title, -len(name), place, key)
        for place, texts in headings.items()
        for title in map(plain, texts)
        for key, known in names.items()
        for name in known
        if title == name or title.startswith(f"{name} ")
    )
    places = {}
    for _exact, _length, place, key in fits:
        if key not in places and place not in places.values():
            places[key] = place
    return places


def _line(grid, row):
    return grid.lines[row - 1] if 0 < row <= len(grid.lines) else ()


def _rows(grid, mapping, known) -> Iterator[tuple[int, dict[str, Cell]]]:
    """(number, cells by key) of every row below the header; a cell merged downwards stands in each row."""
    origins = _origins(grid)
    for row in range(mapping.header + 1, len(grid.lines) + 1):
        cells = {}
        for key, column in known.items():
            place = mapping.columns[key]
            top, left = origins.get((row, place), (row, place))
            down = left == place and not column.once
            cells[key] = grid.cell(top if down else row, place)
        yield row, cells


def _above(grid, mapping):
    for row in range(1, mapping.header + 1):
        if said := " ".join(cell.text for cell in _line(grid, row) if cell.text):
            yield Skipped(row, said, _("phần đầu, trên bảng"))


def _why_no_record(grid, mapping, row, cells, signed):
    """(why a row is no record, whether it holds what would be missed, whether it is hidden), else None."""
    if signed:
        return _("phần ký, dưới bảng"), False
    if row in grid.hidden_rows and any(_line(grid, row)):
        return _("dòng ẩn hoặc bị lọc trong Excel"), True, True
    if not any(cells.values()):
        return _("không có gì ở các cột đã nhận"), True
    if row == mapping.header + 1 and _is_numbering(cells):
        return _("dòng đánh số cột"), False
    titles = [cell.text for cell in _line(grid, mapping.header)]
    if any(titles) and [cell.text for cell in _line(grid, row)] == titles:
        return _("tiêu đề bảng lặp lại"), False
    return None


def _is_numbering(cells):
    texts = [cell.text for cell in cells.values() if cell]
    return len(texts) > 1 and all(_NUMBERING.fullmatch(text) for text in texts)


def _is_number(cell):
    return bool(cell.fault or re.fullmatch(r"-?[\d.,]+%?", number_text(cell.text)))


def _is_signature(text):
    return len(text) <= _LONGEST_SIGNATURE and bool(_SIGNATURE.fullmatch(fold(text)))


def _is_group(grid, mapping, row, cells):
    """Whether a row without a number names a group: alone in its row, merged across, or marked I, A, B."""
    filled = [cell.text for cell in cells.values() if cell]
    across = any(top <= row <= bottom and right > left for left, top, right, bottom in grid.merged)
    return len(filled) == 1 or across or bool(_GROUP_MARK.fullmatch(filled[0]))


def _is_total(record, numbers, names):
    words = {cell.text for key, cell in record.cells.items() if key not in numbers and cell.text}
    if len(words) != 1 or not any(record.cells[key] for key in numbers):
        return False
    (said,) = words
    return nfc(said).lower() not in names and totals.is_phrase(said)


def _why_total(record, sums):
    for key, column in sums.items():
        if not column.reach(record.text(key)):
            return _("dòng tổng cộng; %(number)s không bằng tổng các dòng trên") % {
                "number": record.text(key)
            }
    return _("dòng tổng cộng")


def _level(record, numbers):
    """How a row is numbered, in kind: I, 1, a and 1.1 are four levels; a row without a number is another."""
    first = next((cell.text for key, cell in record.cells.items() if key not in numbers), "")
    if record.is_group or len(first) > _LONGEST_CODE:
        return ()
    parts = re.findall(r"[^\W\d_]+|\d+", first)[:3]
    return tuple("1" if part.isdigit() else "I" if re.fullmatch("[IVX]+", part) else "a" for part in parts)


def _read(cell, column, above):
    """A cell as its column reads it; one that says that there is nothing keeps that as it was typed."""
    text = cell.text
    if column.reads in (NUMBER, CODE) and cell.kind == DAY:
        return replace(cell, fault=_made_a_day(text, "." if column.reads == CODE else ","))
    if column.reads == CODE and cell.kind == NUMERIC:
        text = text.replace(",", ".")
    elif column.reads == TEXT and column.ditto and fold(text) in _DITTO:
        return replace(cell, text=above.text, typed=above.typed) if above else replace(cell, text="")
    elif column.reads == NUMBER:
        text = number_text(text)
    elif column.reads == TICK and fold(text) in _TICKS:
        text = "yes"
    if text in _NOTHING and column.reads != CODE and (column.reads != TEXT or not column.required):
        return replace(cell, text="")
    return cell if text == cell.text else replace(cell, text=text, typed=text)


def _made_a_day(text, point):
    """Words for a number or code such as 15.5 that a spreadsheet took for a day of this year."""
    day, month, *_year = (int(part) for part in re.findall(r"\d+", text)[:3])
    return _(
        "Excel đã đổi nội dung ô thành ngày %(day)s. Hãy gõ lại, ví dụ %(number)s (trong Excel: định dạng "
        "ô là Text trước khi gõ)."
    ) % {"day": text, "number": f"{day}{point}{month}"}


def number_text(text: str) -> str:
    """A number as people type it into a cell, without its sign of plus and the word "điểm" behind it."""
    bare = re.sub(r"\s*(?:điểm|đ)\.?$", "", text.strip(), flags=re.IGNORECASE)
    return re.sub(r"^[–−-]\s*(?=\d)", "-", bare.removeprefix("+").strip())
