"""A spreadsheet's bytes as tables of text: read by a program of its own, refused in plain words."""

import json
import logging
import os
import subprocess
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import ceilings
from blocs.imports.book import DAY, ERROR, FORMULA, MOST_COLUMNS, MOST_ROWS, NUMERIC, TOO_LARGE, YES_NO
from blocs.text import nfc

__all__ = ["DAY", "MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "NUMERIC", "Cell", "Grid", "open_book"]

MODULE = "blocs.imports.book"
MOST_BYTES = 10 * 2**20

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER = gettext_lazy("Chỉ nhận bảng tính Excel (.xlsx). Hãy chọn lại tệp.")
BROKEN = gettext_lazy("Tệp Excel bị hỏng, không mở được. Hãy mở bằng Excel, lưu lại rồi gửi lại.")
_UNPACKED = gettext_lazy(
    "Tệp giải nén ra quá lớn. Hãy chép riêng bảng cần nhập sang một tệp mới rồi gửi lại."
)
_PASSWORD = gettext_lazy("Tệp Excel có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
_REFUSED = {
    "other": _OTHER,
    "unpacked": _UNPACKED,
    "password": _PASSWORD,
    "ods": gettext_lazy(
        "Tệp là bảng tính OpenDocument (.ods). Hãy chọn Lưu thành (Save As) .xlsx rồi gửi lại."
    ),
    "strict": gettext_lazy(
        "Tệp lưu theo kiểu “Strict Open XML Spreadsheet”. Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu "
        "“Excel Workbook (.xlsx)” rồi gửi lại."
    ),
    "sheets": gettext_lazy("Tệp có hơn %(limit)s trang. Hãy giữ lại trang cần nhập rồi gửi lại."),
    "size": gettext_lazy(
        "Trang “%(title)s” có hơn %(rows)s dòng hoặc %(columns)s cột. Hãy chép riêng bảng cần nhập."
    ),
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as people read it: where it stands, its text, and why it cannot be read where it cannot.

    `typed` is its text with its line breaks; `kind` says that it is no text but a number or a day; `font` is
    the font of old times that its text was typed for.
    """

    row: int
    column: int
    text: str = ""
    fault: str = ""
    typed: str = field(default="", compare=False)
    kind: str = field(default="", compare=False)
    font: str = field(default="", compare=False)

    def __bool__(self):
        return bool(self.text or self.fault)

    @property
    def address(self):
        """Where it stands as a spreadsheet says it: B7."""
        letters, column = "", self.column
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True)
class Grid:
    """One sheet: its lines of cells from A1 on, its merged ranges as (column, row, last column, last row).

    `place` is where it stands in its file, by which sheets of one title are told apart; the `active` one is
    that which was open when the file was saved. Of its rows some may be hidden, or filtered away. `converted`
    are (address, before, after) of the cells whose text of old fonts was put into Unicode.
    """

    title: str
    lines: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    place: int = 0
    active: bool = False
    hidden_rows: frozenset[int] = frozenset()
    converted: tuple[tuple[str, str, str], ...] = ()

    def cell(self, row, column):
        """The cell of a row and a column, both counted from 1; an empty one outside the sheet."""
        line = self.lines[row - 1] if 0 < row <= len(self.lines) else ()
        return line[column - 1] if 0 < column <= len(line) else Cell(row, column)


def open_book(content: bytes) -> tuple[Grid, ...]:
    """The sheets of an .xlsx file that hold anything, visible ones first.

    Takes at most settings.READ_SECONDS and settings.READ_MEMORY_MB. Raises ValidationError, in words that say
    what to do, for another kind of file, one with a password, one that is broken, and one that is larger than
    what people fill in by hand.
    """
    _check(content)
    told = json.loads(run(content))
    if "refused" in told:
        why, figures = told["refused"]
        raise ValidationError(_REFUSED[why] % figures)
    grids = [_grid(sheet) for sheet in told["sheets"] if sheet["cells"]]
    if not grids:
        raise ValidationError(_("Tệp không có ô nào ghi chữ hoặc số."))
    return tuple(sorted(grids, key=lambda grid: grid.hidden))


def run(content: bytes) -> bytes:
    """What the reading program answers to a file. Raises ValidationError."""
    seconds, megabytes = settings.READ_SECONDS, settings.READ_MEMORY_MB
    try:
        result = ceilings.run(MODULE, content, megabytes=megabytes, seconds=seconds)
    except subprocess.TimeoutExpired as error:
        raise ValidationError(_UNPACKED) from error
    if result.returncode == 0:
        return result.stdout
    complaint = result.stderr.decode(errors="replace").rpartition("\n")[2][:300]
    logger.warning("reading a spreadsheet ended with %s: %s", result.returncode, complaint)
    raise ValidationError(BROKEN if result.returncode == os.EX_DATAERR else _UNPACKED)


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
            raise ValidationError(_PASSWORD)
        raise ValidationError(
            _("Tệp là bản Excel cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành (Save As) .xlsx rồi gửi lại.")
        )
    if not content.startswith(_ZIP):
        raise ValidationError(_OTHER)


def _grid(sheet):
    by_row = {}
    for row, column, *told in sheet["cells"]:
        by_row.setdefault(row, {})[column] = _cell(row, column, *told)
    lines = [
        tuple(line.get(column) or Cell(row, column) for column in range(1, max(line) + 1))
        if (line := by_row.get(row))
        else ()
        for row in range(1, max(by_row) + 1)
    ]
    return Grid(
        title=nfc(sheet["title"]),
        lines=tuple(lines),
        merged=tuple(map(tuple, sheet["merged"])),
        hidden=sheet["hidden"],
        place=sheet["place"],
        active=sheet["active"],
        hidden_rows=frozenset(sheet["hidden_rows"]),
    )


def _cell(row, column, text, kind, fault, font):
    if kind == YES_NO:
        text, kind = _("có") if text == "1" else _("không"), ""
    return Cell(row, column, nfc(text), _fault(fault), text, kind, font)


def _fault(fault):
    """Why a cell cannot be read, in words; empty where it can."""
    if fault is None:
        return ""
    what, told = fault
    return {
        FORMULA: _("ô chứa công thức, chưa có kết quả; hãy ghi số vào ô"),
        ERROR: _("ô báo lỗi %(error)s của Excel") % {"error": told},
        TOO_LARGE: _("ô ghi số quá lớn, không đọc được; hãy ghi lại số"),
    }[what]
