"""Broken and hostile books, some hundred of them: refused in words, never a fault, never without end."""

import re
import time
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import Workbook

from blocs.imports import opening
from blocs.imports.opening import open_book, run
from blocs.imports.reading import NUMBER, Column, find, read
from tests.blocs.imports.books import altered, book, saved, with_shared_texts

ROWS = [["STT", "Tiêu chí", "Điểm"], ["1", "Chấp hành", 6], ["2", "Sáng kiến", 4], [None, "Tổng cộng", 10]]
SMALL = with_shared_texts(book(ROWS, merged=["A1:B1"]))
COLUMNS = (
    Column("code", "STT"),
    Column("text", "Tiêu chí", required=True),
    Column("points", "Điểm", reads=NUMBER, required=True),
)
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def data(xml):
    """The book with these rows in its sheet."""
    return altered(
        SMALL,
        xl_worksheets_sheet1_xml=lambda part: re.sub(
            rb"<sheetData>.*</sheetData>", lambda _found: b"<sheetData>%s</sheetData>" % xml, part, flags=re.S
        ),
    )


def packed(method):
    result = BytesIO()
    with ZipFile(BytesIO(SMALL)) as source, ZipFile(result, "w", method) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name), method)
    return result.getvalue()


def with_password():
    """A file whose parts are marked as encrypted."""
    content = bytearray(SMALL)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + place] |= 1
            start = content.find(signature, start + 4)
    return bytes(content)


def without_ids(part):
    return re.sub(rb' r:id="[^"]*"', b"", part)


def many_texts():
    """A short text that is meant two hundred thousand times, and a long one that is meant often."""
    made = Workbook()
    for _row in range(1000):
        made.active.append(["x" * 30000])
    return saved(made)


REFUSED = {
    "a row beyond all rows": (data(b'<row r="99999999999"><c><v>1</v></c></row>'), "hơn 5000 dòng"),
    "an address beyond all": (data(b'<row><c r="A99999999999"><v>1</v></c></row>'), "bị hỏng"),
    "a row far down": (data(b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>'), "hơn 5000 dòng"),
    "a column far out": (data(b'<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "200 cột"),
    "an address that is none": (data(b'<row r="1"><c r="1A"><v>1</v></c></row>'), "bị hỏng"),
    "a row that is no number": (data(b'<row r="x"><c r="A1"><v>1</v></c></row>'), "bị hỏng"),
    "a text that is not there": (data(b'<row r="1"><c r="A1" t="s"><v>999</v></c></row>'), "bị hỏng"),
    "a number that is none": (data(b'<row r="1"><c r="A1"><v>abc</v></c></row>'), "bị hỏng"),
    "a day that is none": (data(b'<row r="1"><c r="A1" t="d"><v>today</v></c></row>'), "bị hỏng"),
    "a style that is no number": (data(b'<row r="1"><c r="A1" s="x"><v>1</v></c></row>'), "bị hỏng"),
    "parts with a password": (with_password(), "có mật khẩu"),
    "parts packed by LZMA": (packed(ZIP_LZMA), "bị hỏng"),
    "parts packed by bzip2": (packed(ZIP_BZIP2), "bị hỏng"),
    "a sheet without its id": (altered(SMALL, xl_workbook_xml=without_ids), "bị hỏng"),
    "no relations": (altered(SMALL, xl__rels_workbook_xml_rels=lambda part: b"<x/>"), "bị hỏng"),
    "Strict Open XML": (
        altered(SMALL, xl_workbook_xml=lambda part: part.replace(MAIN, STRICT)),
        "Strict Open XML",
    ),
    "a range that is none": (
        altered(SMALL, xl_worksheets_sheet1_xml=lambda part: part.replace(b'ref="A1:B1"', b'ref="A1:"')),
        "bị hỏng",
    ),
    "more letters than people write": (many_texts(), "Hãy chép riêng bảng"),
    "a zip in a zip": (b"PK\x03\x04" + SMALL[:40], "bị hỏng"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_book_is_refused_in_words(name):
    content, words = REFUSED[name]

    with pytest.raises(ValidationError) as refused:
        open_book(content)

    assert words in refused.value.messages[0]


READ = {
    "a number beyond all numbers": (b"<c r='A1'><v>1e309</v></c>", "", "ô ghi số quá lớn"),
    "no number": (b"<c r='A1'><v>NaN</v></c>", "", "ô ghi số quá lớn"),
    "digits without end": (b"<c r='A1'><v>%s</v></c>" % (b"9" * 5000), "", "ô ghi số quá lớn"),
    "an escaped NUL": (b"<c r='A1' t='inlineStr'><is><t>a_x0000_b</t></is></c>", "a_x0000_b", ""),
    "a day of no calendar": (b"<c r='A1' s='1'><v>99999999999</v></c>", "99.999.999.999", ""),
    "an hour": (b"<c r='A1' t='d'><v>2026-05-15T08:30:00</v></c>", "15/05/2026 08:30", ""),
    "a style that is not there": (b"<c r='A1' s='9999'><v>5</v></c>", "5", ""),
    "cells without addresses": (b"<c t='str'><v>a</v></c>", "a", ""),
    "cells in another order": (b"<c r='B1'><v>2</v></c><c r='A1'><v>1</v></c>", "1", ""),
}


@pytest.mark.parametrize("name", READ)
def test_an_odd_cell_is_read_or_told(name):
    cells, text, fault = READ[name]
    (grid,) = open_book(data(b"<row>%s</row><row><c><v>7</v></c></row>" % cells))

    assert (grid.cell(1, 1).text, grid.cell(1, 1).fault[: len(fault)]) == (text, fault)
    assert grid.cell(2, 1).text == "7"


def test_rows_that_were_only_coloured_may_lie_at_the_very_end():
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" s="1"><c r="A1048576"/></row>'
    (grid,) = open_book(data(rows))

    assert len(grid.lines) == 1


def looked_at(content):
    """A book as far as a page would look at it: read, its header found, its rows read."""
    try:
        grids = open_book(content)
    except ValidationError as refused:
        return refused.messages
    if mapping := find(grids, COLUMNS):
        read(next(grid for grid in grids if grid.title == mapping.sheet), mapping, COLUMNS)
    return None


PARTS = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
PARTS += ["xl/sharedStrings.xml"]
PUT = [b"1e309", b"-1", b"<", b'"', b"&#0;"]


@hypothesis_settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PARTS), st.data())
def test_a_part_that_was_changed_anywhere_is_read_or_refused(path, draws):
    def broken(part):
        start = draws.draw(st.integers(0, len(part)))
        length = draws.draw(st.integers(0, 40))
        put = draws.draw(st.one_of(st.binary(max_size=12), st.sampled_from(PUT)))
        return part[:start] + put + part[start + length :]

    looked_at(altered(SMALL, **{path.replace("/", "_").replace(".", "_"): broken}))


@hypothesis_settings(max_examples=100)
@given(st.data())
def test_a_file_that_was_changed_anywhere_is_read_or_refused(draws):
    content = bytearray(SMALL)
    for _change in range(draws.draw(st.integers(1, 6))):
        content[draws.draw(st.integers(4, len(content) - 1))] = draws.draw(st.integers(0, 255))

    looked_at(bytes(content))


# The program itself


def slow():
    """Many cells of a book that takes longer to read than it is given."""
    row = b"<row>%s</row>" % (b"<c><f>A1</f><v>1</v></c>" * 190)
    return data(row * 1000)


def test_the_program_answers_as_reading_here_does():
    told = run(SMALL)

    assert b"Ch\\u1ea5p h\\u00e0nh" in told
    assert told == opening.run(SMALL)


def test_what_takes_too_long_is_killed(monkeypatch):
    monkeypatch.setattr(settings, "READ_SECONDS", 0.05)
    begun = time.monotonic()
    with pytest.raises(ValidationError, match="quá lớn"):
        run(slow())

    assert time.monotonic() - begun < 5


def test_what_takes_too_much_memory_is_refused(monkeypatch):
    monkeypatch.setattr(settings, "READ_MEMORY_MB", 64)
    with pytest.raises(ValidationError, match="quá lớn"):
        run(with_shared_texts(book(ROWS), [b"<t>%s</t>" % (b"&#7891;" * 5_500_000)]))


def test_what_is_broken_is_refused_by_the_program_too():
    with pytest.raises(ValidationError, match="bị hỏng"):
        run(SMALL[:300])
