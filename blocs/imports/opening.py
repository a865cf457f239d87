"""A spreadsheet's bytes as tables of text: bounded before anything is parsed, refused in plain words."""

import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from blocs import notation
from blocs.imports.shown import shown
from blocs.text import lined, nfc

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 40 * 2**20
MOST_PARTS = 2000
MOST_SHEETS = 20
MOST_ROWS = 5000
MOST_COLUMNS = 200
MOST_CELLS = 200_000

NUMERIC, DAY = "number", "day"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What the libraries raise for broken files; a parser tells broken XML as a SyntaxError.
_BROKEN = (BadZipFile, zlib.error, InvalidFileException, DefusedXmlException, SyntaxError, LookupError)
_BROKEN += (ValueError, TypeError, AttributeError, EOFError, OSError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as people read it: where it stands, its text, and why it cannot be read where it cannot.

    `typed` is its text with its line breaks; `kind` says that it is no text but a number or a day.
    """

    row: int
    column: int
    text: str = ""
    fault: str = ""
    typed: str = field(default="", compare=False)
    kind: str = field(default="", compare=False)

    def __bool__(self):
        return bool(self.text or self.fault)

    @property
    def address(self):
        """Where it stands as a spreadsheet says it: B7."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True)
class Grid:
    """One sheet: its lines of cells from A1 on, its merged ranges as (column, row, last column, last row)."""

    title: str
    lines: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False

    def cell(self, row, column):
        """The cell of a row and a column, both counted from 1; an empty one outside the sheet."""
        line = self.lines[row - 1] if 0 < row <= len(self.lines) else ()
        return line[column - 1] if 0 < column <= len(line) else Cell(row, column)


def open_book(content: bytes) -> tuple[Grid, ...]:
    """The sheets of an .xlsx file, visible ones first.

    Raises ValidationError, in words that say what to do, for another kind of file, one with a password, one
    that is broken and one that is larger than what people fill in by hand.
    """
    _check(content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_parts(archive)
            grids = _grids(content, archive)
    except ValidationError:
        raise
    except _BROKEN as error:
        raise ValidationError(
            _("Tệp Excel bị hỏng, không mở được. Hãy mở bằng Excel, lưu lại rồi gửi lại.")
        ) from error
    filled = [grid for grid in grids if grid.lines]
    if not filled:
        raise ValidationError(_("Tệp không có ô nào ghi chữ hoặc số."))
    return tuple(sorted(filled, key=lambda grid: grid.hidden))


def _check(content):
    if not content:
        raise ValidationError(_("Tệp rỗng. Hãy chọn lại tệp."))
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("Tệp lớn hơn %(limit)s MB. Hãy bỏ ảnh và các trang không dùng, rồi gửi lại.")
            % {"limit": MOST_BYTES // 2**20}
        )
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise ValidationError(_("Tệp Excel có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."))
        raise ValidationError(
            _("Tệp là bản Excel cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành (Save As) .xlsx rồi gửi lại.")
        )
    if not content.startswith(_ZIP):
        raise ValidationError(_("Chỉ nhận bảng tính Excel (.xlsx). Hãy chọn lại tệp."))


def _check_parts(archive):
    """What the archive says of itself; a part that is longer than it says is refused when it is read."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        if "content.xml" in names:
            raise ValidationError(
                _("Tệp là bảng tính OpenDocument (.ods). Hãy chọn Lưu thành (Save As) .xlsx rồi gửi lại.")
            )
        raise ValidationError(_("Chỉ nhận bảng tính Excel (.xlsx). Hãy chọn lại tệp."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValidationError(
            _("Tệp giải nén ra quá lớn. Hãy chép riêng bảng cần nhập sang một tệp mới rồi gửi lại.")
        )


def _grids(content, archive):
    paths = _paths(archive)
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        if len(book.worksheets) > MOST_SHEETS:
            raise ValidationError(
                _("Tệp có hơn %(limit)s trang. Hãy giữ lại trang cần nhập rồi gửi lại.")
                % {"limit": MOST_SHEETS}
            )
        return [_grid(sheet, archive, paths[sheet.title]) for sheet in book.worksheets]
    finally:
        book.close()


def _grid(sheet, archive, path):
    merged, formulas = _structure(archive, path)
    sheet.reset_dimensions()  # what a file says of its size is not what stands in it
    lines, last, cells = [], 0, 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        line = tuple(_cell(cell, number, place, formulas) for place, cell in enumerate(row, 1))
        if not any(line):
            line = ()
        else:
            last = number
            cells += len(line)
            if number > MOST_ROWS or any(line[MOST_COLUMNS:]) or cells > MOST_CELLS:
                _refuse_size(sheet.title)
        if number <= MOST_ROWS:
            lines.append(line[:MOST_COLUMNS])
    return Grid(nfc(sheet.title), tuple(lines[:last]), merged, hidden=sheet.sheet_state != "visible")


def _refuse_size(title):
    raise ValidationError(
        _("Trang “%(title)s” có hơn %(rows)s dòng hoặc %(columns)s cột. Hãy chép riêng bảng cần nhập.")
        % {"title": title, "rows": MOST_ROWS, "columns": MOST_COLUMNS}
    )


def _paths(archive):
    """{title of a sheet: its part in the archive}, as the workbook says."""
    targets = {
        node.get("Id"): node.get("Target")
        for node in _nodes(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    paths = {}
    for node in _nodes(archive, "xl/workbook.xml", "sheet"):
        target = targets[next(value for name, value in node.items() if name.endswith("}id"))]
        paths[node.get("name")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return paths


def _structure(archive, path):
    """(merged ranges, {(row, column)} of formulas that were saved without their value) of a sheet."""
    merged, formulas, covered = [], set(), 0
    for node in _nodes(archive, path, "c", "mergeCell"):
        if node.tag.endswith("}mergeCell"):
            first, top, last, bottom = range_boundaries(node.get("ref"))
            last, bottom = min(last, MOST_COLUMNS), min(bottom, MOST_ROWS)
            merged.append((first, top, last, bottom))
            covered += max(last - first + 1, 1) * max(bottom - top + 1, 1)
            if covered > MOST_ROWS * MOST_COLUMNS:
                raise ValueError("merged ranges overlap")
        elif _lacks_value(node):
            column, row, _last, _bottom = range_boundaries(node.get("r"))
            formulas.add((row, column))
    return tuple(merged), formulas


def _lacks_value(node):
    """Whether a cell is a formula whose result was not saved; an empty text is a result."""
    parts = {part.tag.rpartition("}")[2]: part.text for part in node}
    return "f" in parts and not parts.get("v") and node.get("t") != "str"


def _nodes(archive, path, *names):
    """The elements of some names in a part of the archive; what was looked at is let go."""
    with archive.open(path) as source:
        for _event, node in iterparse(source):
            name = node.tag.rpartition("}")[2]
            if name in names:
                yield node
            if name in (*names, "row"):
                node.clear()


def _cell(cell, row, column, formulas):
    if (row, column) in formulas:
        return Cell(row, column, fault=_("ô chứa công thức, chưa có kết quả; hãy ghi số vào ô"))
    if cell.value is None:
        return Cell(row, column)
    if cell.data_type == "e":
        return Cell(row, column, fault=_("ô báo lỗi %(error)s của Excel") % {"error": cell.value})
    text = _text(cell.value, cell.number_format or "")
    return Cell(row, column, nfc(text), typed=text, kind=_kind(cell.value))


def _text(value, written_as):
    """A value as people read it in the cell, with its lines: 0,5 or 84% or 31/01/2022."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, int | float):
        return shown(value, written_as)
    if isinstance(value, datetime) and value.time() != time():
        return f"{notation.day(value)} {value:%H:%M}"
    if isinstance(value, date):
        return notation.day(value)
    return lined(str(value).removeprefix("'").replace("_x000D_", ""))


def _kind(value):
    if isinstance(value, bool):
        return ""
    return NUMERIC if isinstance(value, int | float) else DAY if isinstance(value, date) else ""
