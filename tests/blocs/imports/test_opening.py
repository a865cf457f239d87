import re
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from blocs.imports import book as limits
from blocs.imports import opening
from blocs.imports.opening import Cell, open_book
from tests.blocs.imports.books import altered, archive, book, saved, with_shared_texts

SMALL = book([["Mã", "Điểm"], ["1", 2]])
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %s "%s">' % (bytes([98 + n]), b"&%s;" % bytes([97 + n]) * 10) for n in range(9))
    + b"]>"
)


def laughing(part):
    return LAUGHS + part.partition(b"?>")[2] if part.startswith(b"<?xml") else LAUGHS + part


def many_sheets():
    made = Workbook()
    for _number in range(limits.MOST_SHEETS):
        made.create_sheet()
    return saved(made)


def far_away(address):
    made = Workbook()
    made.active["A1"], made.active[address] = "Mã", "x"
    return saved(made)


def overlapping(part):
    every = b'<mergeCell ref="A1:GR5000"/>' * 2
    return part.replace(b"</sheetData>", b'</sheetData><mergeCells count="2">%s</mergeCells>' % every)


REFUSED = {
    "nothing": (b"", "Tệp rỗng"),
    "words": ("Điểm chuẩn".encode(), "Chỉ nhận bảng tính Excel (.xlsx)"),
    "the old format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "bản Excel cũ (.xls)"),
    "a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "có mật khẩu",
    ),
    "OpenDocument": (
        archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"),
        "OpenDocument (.ods)",
    ),
    "a Word document": (archive(document_xml="<x/>"), "Chỉ nhận bảng tính Excel (.xlsx)"),
    "half a file": (SMALL[: len(SMALL) // 2], "bị hỏng"),
    "a zip in name": (b"PK\x03\x04" + bytes(100), "bị hỏng"),
    "no XML in a sheet": (altered(SMALL, xl_worksheets_sheet1_xml=lambda part: part[:200]), "bị hỏng"),
    "no XML in the book": (altered(SMALL, xl_workbook_xml=lambda part: b"<book"), "bị hỏng"),
    "expanding entities in a sheet": (altered(SMALL, xl_worksheets_sheet1_xml=laughing), "bị hỏng"),
    "expanding entities in the book": (altered(SMALL, xl_workbook_xml=laughing), "bị hỏng"),
    "merged ranges over each other": (altered(SMALL, xl_worksheets_sheet1_xml=overlapping), "bị hỏng"),
    "nothing filled in": (saved(Workbook()), "không có ô nào"),
    "too many sheets": (many_sheets(), "hơn 20 trang"),
    "too many rows": (far_away(f"A{limits.MOST_ROWS + 1}"), "hơn 5000 dòng"),
    "too many columns": (far_away("XFD1"), "200 cột"),
    "a part that grows": (
        altered(SMALL, xl_styles_xml=lambda part: part + b" " * (limits.MOST_UNPACKED + 1)),
        "giải nén ra quá lớn",
    ),
    "too many bytes": (SMALL + bytes(opening.MOST_BYTES), "lớn hơn 10 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_readable_spreadsheet_is_refused_in_words(name):
    content, words = REFUSED[name]

    with pytest.raises(ValidationError) as refused:
        open_book(content)

    assert words in refused.value.messages[0]


WRITTEN = {
    "text": ("  Mục   I ", None, "Mục I"),
    "whole": (12, None, "12"),
    "decimals": (0.5, None, "0,5"),
    "binary dust": (0.1 + 0.2, None, "0,3"),
    "thousands": (1490, None, "1490"),
    "three decimals": (1.125, None, "1,125"),
    "negative": (-0.5, None, "-0,5"),
    "large": (1e20, None, "100.000.000.000.000.000.000"),
    "share": (0.84, "0%", "84%"),
    "share with decimals": (0.985, "0.0%", "98,5%"),
    "percent sign in words": (98.5, '0.0"%"', "98,5"),
    "day": (date(2022, 1, 31), "dd/mm/yyyy", "31/01/2022"),
    "day and hour": (datetime(2022, 1, 31, 8, 30), "dd/mm/yyyy hh:mm", "31/01/2022 08:30"),
    "yes": (True, None, "có"),
    "neutralised": ("'=1+1", None, "=1+1"),
    "error": ("#DIV/0!", None, ""),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_cell_is_read_as_people_read_it(name):
    value, written_as, expected = WRITTEN[name]
    formats = [("A1", written_as)] if written_as else []

    (grid,) = open_book(book([[value, "."]], formats=formats))

    assert grid.cell(1, 1).text == expected


def test_a_formula_without_its_result_and_an_error_say_so_at_their_place():
    (grid,) = open_book(book([["=1+1", "#REF!", "", "chữ"]]))

    assert [(cell.address, cell.fault) for cell in grid.lines[0]] == [
        ("A1", "ô chứa công thức, chưa có kết quả; hãy ghi số vào ô"),
        ("B1", "ô báo lỗi #REF! của Excel"),
        ("C1", ""),
        ("D1", ""),
    ]


RESULTS = {
    "a number": (b'<c r="A1"><f>1+1</f><v>2</v></c>', Cell(1, 1, "2")),
    "an empty text": (b'<c r="A1" t="str"><f>B1</f><v></v></c>', Cell(1, 1)),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_formula_counts_by_the_result_that_was_saved_with_it(name):
    formula, cell = RESULTS[name]
    content = altered(
        SMALL,
        xl_worksheets_sheet1_xml=lambda part: re.sub(
            rb"<sheetData>.*</sheetData>",
            b'<sheetData><row r="1">%s<c r="B1"><v>7</v></c></row></sheetData>' % formula,
            part,
        ),
    )

    (grid,) = open_book(content)

    assert grid.cell(1, 1) == cell
    assert grid.cell(1, 2) == Cell(1, 2, "7")


def test_empty_rows_that_were_only_coloured_do_not_count():
    made = Workbook()
    made.active["A1"] = "Mã"
    made.active.cell(limits.MOST_ROWS + 10, 3).number_format = "0.00"

    (grid,) = open_book(saved(made))

    assert grid.lines == ((Cell(1, 1, "Mã"),),)


def test_hidden_sheets_come_last_and_empty_ones_not_at_all():
    made = Workbook()
    made.active["A1"] = "cũ"
    made.active.sheet_state = "hidden"
    made.create_sheet("Trống")
    made.create_sheet("Điểm")["B2"] = "mới"

    assert [grid.title for grid in open_book(saved(made))] == ["Điểm", "Sheet"]


def test_merged_ranges_are_told():
    (grid,) = open_book(book([["Tiêu chí", None, "Điểm"]], merged=["A1:B2", "C1:C2"]))

    assert sorted(grid.merged) == [(1, 1, 2, 2), (3, 1, 3, 2)]


def test_texts_are_read_wherever_they_stand():
    content = book([["Tiêu chí", "Điểm"], ["Chấp hành\nkỷ luật", 5]])

    assert open_book(with_shared_texts(content)) == open_book(content)


def test_a_text_that_changes_its_looks_is_one_text_without_its_phonetics():
    rich = b"<r><t>Ch\xe1\xba\xa5p </t></r><r><rPr><b/></rPr><t>h\xc3\xa0nh</t></r><rPh><t>x</t></rPh>"
    content = altered(
        with_shared_texts(book([["a"]]), [rich]),
        xl_worksheets_sheet1_xml=lambda part: part.replace(b"<v>0</v>", b"<v>1</v>"),
    )

    assert open_book(content)[0].cell(1, 1).text == "Chấp hành"
