from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given
from openpyxl import load_workbook

from reports.blocks import Annex, Bundle, Column, Figure, Missing, Paragraph, Section, Table
from reports.writers.xlsx import has_tables, to_xlsx
from tests.reports.trees import letter, list_that_lies, report, table, trees

ONE = (Column("Đơn vị"),)


def opened(paper):
    return load_workbook(BytesIO(to_xlsx(paper)))


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_table_has_a_sheet_under_the_title_of_its_place():
    book = opened(report())

    assert book.sheetnames == [
        "Bảng 1. Khen thưởng",
        "Bảng 2. Số liệu",
        "Danh sách đơn vị",
        "Bảng điểm",
    ]
    assert cells(book["Bảng 1. Khen thưởng"]) == [
        ["Báo cáo tổng kết năm 2020", None, None, None],
        ["Bảng 1. Khen thưởng", None, None, None],
        ["Trình Hội nghị", None, None, None],
        ["DỰ THẢO lần 3, ngày 14/12/2020", None, None, None],
        [None, None, None, None],
        ["STT", "Đơn vị", "Số", "Tiền"],
        [1, "Cục 1", 1, 1_490_000],
        [2, "Cục 2", 2, 2_980_000],
        [3, "Cục 3", 3, 4_470_000],
        [None, "Tổng cộng", 6, "..."],
    ]


@pytest.mark.parametrize(
    ("figure", "value", "written"),
    [
        (Figure(8), 8, "#,##0"),
        (Figure(Decimal("97.50")), 97.5, "#,##0.00"),
        (Figure(Decimal("-1.5"), "điểm"), -1.5, '#,##0.0 "điểm"'),
        (Figure(1_490_000, "đồng"), 1_490_000, '#,##0 "đồng"'),
        (Figure(Fraction(4, 5)), 0.8, "0%"),
        (Figure(Fraction(2, 3)), pytest.approx(2 / 3), "0.00%"),
        (Figure(None), "...", "General"),
    ],
)
def test_a_figure_is_a_number_written_with_its_decimals_and_unit(figure, value, written):
    cell = opened(letter(Table(ONE, ((figure,),)))).active["A5"]

    assert (cell.value, cell.number_format) == (value, written)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@"])
def test_no_text_becomes_a_formula(begins):
    words = f"{begins}1+1"
    sheet = opened(letter(Table((Column(words),), ((words,),), words), title=words, subject=words)).active

    assert [row[0] for row in cells(sheet)] == [words, None, words, words]
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


def test_the_header_stays_in_sight_and_on_every_page():
    sheet = opened(list_that_lies()).worksheets[0]

    assert sheet["A5"].value == "STT"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C6", "$5:$5")
    assert sheet["E5"].alignment.text_rotation == 90
    assert sheet.oddFooter.center.text == "Trang &P/&N"


def test_groups_are_written_across_in_bold():
    sheet = opened(list_that_lies()).worksheets[0]

    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A26:E26", "A46:E46", "A6:E6"]
    assert (sheet["A6"].value, sheet["A6"].font.b, sheet["A7"].font.b) == ("Nhóm", True, False)


def test_a_group_with_cells_of_its_own_keeps_them():
    rows = (("I", Figure(20)), ("1", Figure(10)))
    sheet = opened(letter(Table((Column("TT"), Column("Điểm")), rows, groups=(0,)))).active

    assert cells(sheet)[-2:] == [["I", 20], [1, 10]]
    assert (sheet["B5"].font.b, sheet["B6"].font.b) == (True, False)


def test_sheets_of_paper_are_those_of_the_part():
    rows = (("a",),)
    paper = letter(
        Table(ONE, rows),
        annexes=(
            Annex("", "Nằm", (Table(ONE, rows),), landscape=True),
            Annex("", "Rộng", (Table(ONE, rows),), landscape=True, size="A3"),
        ),
    )

    assert [(each.page_setup.orientation, each.page_setup.paperSize) for each in opened(paper)] == [
        ("portrait", 9),
        ("landscape", 9),
        ("landscape", 8),
    ]
    assert {each.page_setup.fitToHeight for each in opened(paper)} == {0}


def test_names_of_sheets_are_allowed_and_differ():
    name = "Bảng [1]: điểm/mục của các đơn vị trong Khối"
    paper = letter(
        Table(ONE, (("a",),), name), Table(ONE, (("b",),), name), Table(ONE, (("c",),)), subject="'"
    )

    assert opened(paper).sheetnames == [
        "Bảng  1   điểm mục của các đơn",
        "Bảng  1   điểm mục của các đơ 2",
        "Bảng",
    ]


def test_a_bundle_has_the_tables_of_each_of_its_documents():
    paper = Bundle("Giấy mời", (letter(table(1)), letter(table(2))))

    assert [sheet.max_row for sheet in opened(paper)] == [5, 6]


@pytest.mark.parametrize(
    ("paper", "has"),
    [
        (letter(Paragraph.plain("Một.")), False),
        (letter(Section("Mục", (Table(ONE, ()),))), False),
        (letter(Section("Mục", (Missing("Chưa có.", "/a/", "Nhập"),))), False),
        (letter(Section("Mục", (table(1),))), True),
        (letter(annexes=(Annex("", "Bảng", (table(1),)),)), True),
    ],
)
def test_what_has_no_table_has_no_spreadsheet(paper, has):
    assert has_tables(paper) is has
    if not has:
        with pytest.raises(ValueError, match="tables"):
            to_xlsx(paper)


@given(trees)
def test_any_tree_with_tables_is_written(document):
    if has_tables(document):
        assert opened(document).worksheets
