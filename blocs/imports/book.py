"""A program of its own that reads a spreadsheet into cells as people read them, bounded in all it does.

Run by `blocs.imports.opening` as `python -m blocs.imports.book MEGABYTES SECONDS` with the file on standard
input; it needs neither Django nor a database. It answers with JSON on standard output: {"sheets": [...]}, or
{"refused": [what, {...}]} for what is no readable spreadsheet. Exit status EX_DATAERR is a broken file, any
other a crash, mostly for want of memory.
"""

import json
import os
import re
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from defusedxml.ElementTree import iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from blocs import notation
from blocs.ceilings import limit
from blocs.imports.shown import shown
from blocs.text import lined

MOST_UNPACKED = 40 * 2**20
MOST_PARTS = 2000
MOST_SHEETS = 20
MOST_ROWS = 5000
MOST_COLUMNS = 200
MOST_CELLS = 200_000
MOST_LETTERS = 10_000_000  # of all cells
LONGEST_TEXT = 32_767  # letters of a cell, as many as Excel takes

BOOK = "xl/workbook.xml"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
NUMERIC, DAY, YES_NO = "number", "day", "yes-no"
FORMULA, ERROR, TOO_LARGE = "formula", "error", "too-large"
LEGACY_FONT = re.compile(r"\.vn|vni[- ]", re.IGNORECASE)

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,9})")
_RANGE = re.compile(rf"{_ADDRESS.pattern}(?::{_ADDRESS.pattern})?")


class Refused(Exception):
    """A file that is not read: a word that says why, and figures that go with it."""

    def __init__(self, why, **told):
        self.why, self.told = why, told
        super().__init__(why)


def read_book(content: bytes) -> list[dict]:
    """The sheets of a file in their order. Raises Refused, and almost anything where the file is broken."""
    with ZipFile(BytesIO(content)) as archive:
        _check_parts(archive)
        book = _Book(archive)
        if len(book.sheets) > MOST_SHEETS:
            raise Refused("sheets", limit=MOST_SHEETS)
        return [_sheet(book, place) for place in range(len(book.sheets))]


def _check_parts(archive):
    """What the archive says of itself; a part that is longer than it says is refused when it is read."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if BOOK not in names:
        raise Refused("ods" if "content.xml" in names else "other")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("unpacked")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise ValueError("a part that is packed in a way that no spreadsheet is")


class _Book:
    """What the sheets of a file share: their parts, the texts, the formats, how days are counted."""

    def __init__(self, archive):
        self.archive, self.parts = archive, set(archive.namelist())
        self.letters = self.cells = 0
        self.sheets, self.active, self.epoch = [], 0, CALENDAR_WINDOWS_1900
        targets = {
            node.get("Id"): (node.get("Type", ""), node.get("Target", ""))
            for node in self.nodes("xl/_rels/workbook.xml.rels", "Relationship")
        }
        self.path_of = {kind.rpartition("/")[2]: _path(target) for kind, target in targets.values()}
        places = 0  # of sheets of all kinds, charts too
        for node in self.nodes(BOOK, "workbookPr", "workbookView", "sheet"):
            name = _name(node)
            if name == "workbookPr" and node.get("date1904") in ("1", "true"):
                self.epoch = CALENDAR_MAC_1904
            elif name == "workbookView":
                self.active = int(node.get("activeTab") or 0)
            elif name == "sheet":
                kind, target = targets[next(value for key, value in node.items() if key.endswith("}id"))]
                if kind.endswith("/worksheet"):
                    self.sheets.append((places, node.get("name"), _path(target), node.get("state")))
                places += 1
        self.formats, self.fonts = self._styles()
        self.texts = list(self._texts())

    def nodes(self, path, *names):
        """The elements of some names in a part of the archive; what was looked at is let go."""
        if path not in self.parts:
            return
        with self.archive.open(path) as source:
            for event, node in iterparse(source, events=("start", "end")):
                name = _name(node)
                if event == "start":
                    if path == BOOK and name == "workbook" and node.tag == f"{{{STRICT}}}workbook":
                        raise Refused("strict")
                    if name in ("sheetData", "sst"):
                        holder = node
                    continue
                if name in names:
                    yield node
                if name in ("row", "si"):
                    holder.clear()

    def _texts(self):
        """(text, name of its first font) of the shared texts, in their order."""
        return (_rich(node) for node in self.nodes(self.path_of.get("sharedStrings"), "si"))

    def _styles(self):
        """(the number format, the name of a font of old times) of each style of cells."""
        formats, fonts, styles = dict(BUILTIN_FORMATS), [], []
        for node in self.nodes(self.path_of.get("styles"), "numFmt", "fonts", "cellXfs"):
            match _name(node):
                case "numFmt":
                    formats[int(node.get("numFmtId"))] = node.get("formatCode", "")
                case "fonts":
                    fonts = [_font(font) for font in node]
                case "cellXfs":
                    styles = [(int(xf.get("numFmtId") or 0), int(xf.get("fontId") or 0)) for xf in node]
        return (
            [formats.get(number, "General") for number, _font_id in styles],
            [fonts[font] if font < len(fonts) else "" for _number, font in styles],
        )

    def count(self, cells, letters, title):
        """Count what was read. Raises Refused beyond what people fill in by hand."""
        self.cells += cells
        self.letters += letters
        if self.cells > MOST_CELLS or self.letters > MOST_LETTERS:
            refuse_size(title)


def refuse_size(title):
    """Refuse a sheet that is larger than what people fill in by hand."""
    raise Refused("size", title=title, rows=MOST_ROWS, columns=MOST_COLUMNS)


def _sheet(book, place):
    number, title, path, state = book.sheets[place]
    cells, merged, hidden, covered = [], [], [], 0
    counter = _Counter()
    for node in book.nodes(path, "row", "mergeCell"):
        if _name(node) == "mergeCell":
            first, top, last, bottom = _range(node.get("ref"))
            last, bottom = min(last, MOST_COLUMNS), min(bottom, MOST_ROWS)
            covered += max(last - first + 1, 1) * max(bottom - top + 1, 1)
            if covered > MOST_ROWS * MOST_COLUMNS:
                raise ValueError("merged ranges overlap")
            merged.append((first, top, last, bottom))
            continue
        row, found = _row(book, node, counter)
        if not found:
            continue
        if row > MOST_ROWS or found[-1][1] > MOST_COLUMNS:
            refuse_size(title)
        book.count(max(cell[1] for cell in found), sum(len(cell[2]) for cell in found), title)
        cells += found
        if node.get("hidden") in ("1", "true") or node.get("ht") in ("0", "0.0"):
            hidden.append(row)
    return {
        "title": title,
        "place": number,
        "active": number == book.active,
        "hidden": state in ("hidden", "veryHidden"),
        "merged": merged,
        "hidden_rows": hidden,
        "cells": cells,
    }


class _Counter:
    """The row at hand, where a file leaves its number out."""

    row = 0


def _row(book, node, counter):
    """(its number, its filled cells); what only has a colour is no cell."""
    counter.row = int(node.get("r") or counter.row + 1)
    column, found = 0, []
    for child in node:
        if _name(child) != "c":
            continue
        column = _address(child.get("r"))[0] if child.get("r") else column + 1
        if filled := _cell(book, child):
            found.append([counter.row, column, *filled])
    return counter.row, sorted(found, key=lambda cell: cell[1])


def _cell(book, node):
    """[text, its kind, why it cannot be read, its font of old times] of a cell; None where it is empty."""
    style = int(node.get("s") or 0)
    font = book.fonts[style] if style < len(book.fonts) else ""
    parts = {_name(part): part for part in node}
    kind, value = node.get("t", "n"), parts["v"].text if "v" in parts else None
    if "f" in parts and not value and kind not in ("str", "inlineStr"):
        return ["", "", [FORMULA, ""], font]
    if kind == "inlineStr" and "is" in parts:
        value, run_font = _rich(parts["is"])
        return _text(value, run_font or font)
    if not value:
        return None
    match kind:
        case "s":
            text, run_font = book.texts[int(value)]
            return _text(text, run_font or font)
        case "b":
            return [str(int(value)), YES_NO, None, ""]
        case "e":
            return ["", "", [ERROR, value[:20]], ""]
        case "n":
            return _number(book, value, book.formats[style] if style < len(book.formats) else "")
        case "d":
            return [_moment(datetime.fromisoformat(value)), DAY, None, ""]
    return _text(value, font)


def _text(value, font):
    text = lined(value.removeprefix("'").replace("_x000D_", "").replace("\0", ""))[:LONGEST_TEXT]
    return [text, "", None, font] if text else None


def _number(book, value, written_as):
    number = float(value)
    if not isfinite(number):
        return ["", "", [TOO_LARGE, ""], ""]
    if is_date_format(written_as) and not is_timedelta_format(written_as):
        try:
            found = from_excel(number, book.epoch)
        except (ValueError, OverflowError):
            found = None  # no day of the calendar: a number, whatever its format
        if found is not None:
            return [_moment(found), DAY if isinstance(found, date) else "", None, ""]
    exact = int(number) if number.is_integer() and abs(number) < 10**15 else number
    return [shown(exact, written_as), NUMERIC, None, ""]


def _moment(value):
    """A day, an hour or both as people read it: 31/01/2022 08:30."""
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return f"{notation.day(value)} {value:%H:%M}" if value.time() != time() else notation.day(value)


def _rich(node):
    """(text, name of its first font of old times) of a text that may change its looks; phonetics left out."""
    texts, font = [], ""
    for part in node:
        if _name(part) == "t":
            texts.append(part.text or "")
        elif _name(part) == "r":
            texts += [each.text or "" for each in part if _name(each) == "t"]
            font = font or next((_font(each) for each in part if _name(each) == "rPr"), "")
    return "".join(texts)[:LONGEST_TEXT], font


def _font(node):
    """The name of a font of old times, under which letters stand for others; of another font nothing."""
    names = (part.get("val") or "" for part in node if _name(part) in ("name", "rFont"))
    return next((name for name in names if LEGACY_FONT.match(name)), "")


def _name(node):
    return node.tag.rpartition("}")[2]


def _path(target):
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _address(text):
    """(column, row) of an address: B7 is 2, 7."""
    found = _ADDRESS.fullmatch(text)
    return _column(found[1]), int(found[2])


def _range(text):
    """(column, row, last column, last row) of a range."""
    found = _RANGE.fullmatch(text)
    first, top = _column(found[1]), int(found[2])
    return (first, top, _column(found[3]), int(found[4])) if found[3] else (first, top, first, top)


def _column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def answer(content: bytes) -> tuple[int, bytes]:
    """(exit status, JSON) of a file."""
    try:
        told = {"sheets": read_book(content)}
    except Refused as refused:
        told = {"refused": [refused.why, refused.told]}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a broken file makes of the libraries is told as one
        return os.EX_DATAERR, repr(error)[:300].encode()
    return os.EX_OK, json.dumps(told).encode()


def main() -> int:
    """Read the file, print its cells or why it is not read."""
    limit(*map(int, sys.argv[1:]))
    status, told = answer(sys.stdin.buffer.read())
    (sys.stderr if status else sys.stdout).buffer.write(told)
    return status


if __name__ == "__main__":
    sys.exit(main())
