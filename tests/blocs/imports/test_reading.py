from datetime import date

import pytest

from blocs.imports.opening import open_book
from blocs.imports.reading import (
    CODE,
    NUMBER,
    TICK,
    Column,
    Mapping,
    find,
    headings,
    number_text,
    plain,
    read,
)
from tests.blocs.imports.books import book

COLUMNS = (
    Column("code", "Mã", ("STT", "TT")),
    Column("text", "Tiêu chí", ("Nội dung", "Tiêu chuẩn thi đua"), required=True),
    Column("points", "Điểm", ("Điểm chuẩn", "Điểm tối đa"), reads=NUMBER, once=True, required=True),
    Column("bonus", "Điểm thưởng", ("Điểm cộng",), reads=NUMBER),
    Column("by", "Đơn vị theo dõi", ditto=True),
    Column("done", "Đã có", reads=TICK),
)


def found(rows, **options):
    grids = open_book(book(rows, **options))
    mapping = find(grids, COLUMNS)
    return mapping, read(grids[0], mapping, COLUMNS) if mapping else None


def texts(reading, *keys):
    return [(record.row, *(record.text(key) for key in keys)) for record in reading.records]


HEADERS = {
    "as declared": ([["Mã", "Tiêu chí", "Điểm", "Điểm thưởng"]], 1, "code text points bonus"),
    "aliases without marks": ([["stt", "NOI DUNG", "diem chuan"]], 1, "code text points"),
    "brackets": ([["TT", "Nội dung (của bộ)", "Điểm chuẩn\n(tối đa)"]], 1, "code text points"),
    "more words": ([["TT", "Nội dung tiêu chí", "Điểm chuẩn của bộ"]], 1, "code text points"),
    "other order": ([["Điểm cộng", "Điểm tối đa", "Tiêu chí"]], 1, "bonus points text"),
    "below titles": (
        [["BỘ …", None, "CỘNG HÒA"], [], ["BẢNG ĐIỂM"], ["TT", "Tiêu chí", "Điểm"]],
        4,
        "code text points",
    ),
    "an unknown column between": ([["TT", "Ghi chú", "Tiêu chí", "Điểm"]], 1, "code  text points"),
    "one required is missing": ([["TT", "Tiêu chí", "Điểm thưởng"]], None, ""),
    "no header": ([["1", "Chấp hành", 5]], None, ""),
}


@pytest.mark.parametrize("name", HEADERS)
def test_the_header_is_found_by_its_titles(name):
    rows, header, keys = HEADERS[name]

    mapping, _reading = found([*rows, ["a", "b", 1]])

    if header is None:
        assert mapping is None
    else:
        columns = {key: place for place, key in enumerate(keys.split(" "), 1) if key}
        assert mapping == Mapping("Bảng điểm", header, columns)


def test_a_header_of_two_rows_is_read_from_both():
    rows = [["TT", "Tiêu chí", "Điểm", None], [None, None, "chuẩn", "thưởng"], ["1", "Chấp hành", 5, 1]]

    mapping, reading = found(rows, merged=["A1:A2", "B1:B2", "C1:D1"])

    assert mapping == Mapping("Bảng điểm", 2, {"code": 1, "text": 2, "points": 3, "bonus": 4})
    assert texts(reading, "code", "text", "points", "bonus") == [(3, "1", "Chấp hành", "5", "1")]


def test_titles_are_offered_to_choose_from_where_no_header_is_known():
    rows = [["Cột lạ", "Điểm", None], [None, "tự ghi", "khác"], ["1", 5, 6]]
    (grid,) = open_book(book(rows, merged=["A1:A2", "B1:C1"]))

    assert headings(grid, 2) == [(1, "Cột lạ"), (2, "Điểm tự ghi"), (3, "Điểm khác")]


def test_a_table_as_it_is_printed_is_read_without_its_surroundings():
    rows = [
        ["BỘ A", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None],
        ["Khối thi đua số I", None, "Độc lập - Tự do - Hạnh phúc", None],
        [],
        ["BẢNG ĐIỂM", None, None, None],
        ["TT", "Tiêu chí", "Điểm chuẩn", "Điểm thưởng"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["I. NHIỆM VỤ CHUYÊN MÔN", None, None, None],
        ["1", "Giám đốc chấp hành kỷ luật", 5, None],
        [None, "Ký, ban hành văn bản đúng hạn", "3,5", "-"],
        ["TT", "Tiêu chí", "Điểm chuẩn", "Điểm thưởng"],
        ["2", "Phối hợp", "2 điểm", "+0,5"],
        [None, "Tổng cộng", 10.5, None],
        [None, None, None, None, "chữ ở cột lạ"],
        ["Ghi chú: chấm đến hai chữ số", None, None, None],
        [None, None, "Hà Nội, ngày    tháng 12 năm 2022", None],
        ["NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ", None],
        [],
        ["Nguyễn Văn A", None, "Trần Thị B", None],
    ]

    _mapping, reading = found(rows, merged=["A4:D4", "A7:D7", "C1:D1", "A14:D14"])

    assert texts(reading, "code", "text", "points", "bonus") == [
        (7, "I. NHIỆM VỤ CHUYÊN MÔN", "", "", ""),
        (8, "1", "Giám đốc chấp hành kỷ luật", "5", ""),
        (9, "", "Ký, ban hành văn bản đúng hạn", "3,5", ""),
        (11, "2", "Phối hợp", "2", "0,5"),
        (14, "Ghi chú: chấm đến hai chữ số", "", "", ""),
    ]
    assert [record.group for record in reading.records[:4]] == ["I. NHIỆM VỤ CHUYÊN MÔN"] * 4
    assert [record.row for record in reading.records if record.is_group] == [7, 14]
    assert [(each.row, each.why) for each in reading.skipped] == [
        (1, "phần đầu, trên bảng"),
        (2, "phần đầu, trên bảng"),
        (4, "phần đầu, trên bảng"),
        (5, "phần đầu, trên bảng"),
        (6, "dòng đánh số cột"),
        (10, "tiêu đề bảng lặp lại"),
        (12, "dòng tổng cộng"),
        (13, "không có gì ở các cột đã nhận"),
        (15, "phần ký, dưới bảng"),
        (16, "phần ký, dưới bảng"),
        (18, "phần ký, dưới bảng"),
    ]


def test_a_cell_merged_downwards_stands_in_each_row_but_points_count_once():
    rows = [["TT", "Tiêu chí", "Điểm"], ["1", "Chấp hành", 5], [None, "Phối hợp", None]]

    _mapping, reading = found(rows, merged=["A2:A3", "C2:C3"])

    assert texts(reading, "code", "text", "points") == [(2, "1", "Chấp hành", "5"), (3, "1", "Phối hợp", "")]


def test_ditto_and_ticks_are_read_where_a_column_has_them():
    header = ["Tiêu chí", "Điểm", "Đơn vị theo dõi", "Đã có"]
    rows = [["a", 1, "Văn phòng", "x"], ["nt", 2, "nt", "X"], ["c", 3, "như trên", "-"], ["d", 4, "", "chưa"]]

    _mapping, reading = found([header, *rows])

    assert texts(reading, "text", "by", "done") == [
        (2, "a", "Văn phòng", "yes"),
        (3, "a", "Văn phòng", "yes"),
        (4, "c", "Văn phòng", ""),
        (5, "d", "", "chưa"),
    ]


def test_a_cell_that_cannot_be_read_keeps_its_place_and_reason():
    _mapping, reading = found([["Tiêu chí", "Điểm"], ["Chấp hành", "=1+1"]])

    (record,) = reading.records
    assert (record.cells["points"].address, record.cells["points"].fault) == (
        "B2",
        "ô chứa công thức, chưa có kết quả; hãy ghi số vào ô",
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *(("0,5", "0,5"), ("-0.5", "-0.5"), ("+1", "1"), ("− 0,5", "-0,5"), ("3 điểm", "3"), ("2đ", "2")),
        *(("(không xếp loại)", "(không xếp loại)"), ("- Có kế hoạch", "- Có kế hoạch"), ("", "")),
    ],
)
def test_a_number_is_read_as_people_write_it_into_a_cell(typed, expected):
    assert number_text(typed) == expected


def test_titles_are_compared_without_marks_and_brackets():
    assert plain("  ĐIỂM chuẩn\n(tối đa 100 điểm): ") == "diem chuan"


CODES = (Column("code", "STT", reads=CODE), *COLUMNS[1:])


def test_codes_that_were_typed_as_numbers_keep_their_point_and_their_nought():
    rows = [["STT", "Tiêu chí", "Điểm"], [1.9, "a", 1.5], [1.1, "b", 2], [1.11, "c", 2], ["1.12", "d", 2]]
    grids = open_book(book(rows, formats=[(f"A{row}", "0.00") for row in (3, 4)]))
    reading = read(grids[0], find(grids, CODES), CODES)

    assert texts(reading, "code", "points") == [
        (2, "1.9", "1,5"),
        (3, "1.10", "2"),
        (4, "1.11", "2"),
        (5, "1.12", "2"),
    ]


def test_a_day_that_was_made_of_a_number_says_so():
    rows = [["STT", "Tiêu chí", "Điểm"], [date(2026, 5, 1), "a", date(2026, 5, 15)]]
    grids = open_book(book(rows, formats=[("A2", "dd/mm/yyyy"), ("C2", "dd/mm/yyyy")]))
    (record,) = read(grids[0], find(grids, CODES), CODES).records

    assert [record.cells[key].fault for key in ("code", "text", "points")] == [
        "Excel đã đổi nội dung ô thành ngày 01/05/2026. Hãy gõ lại, ví dụ 1.5 (trong Excel: định dạng ô là "
        "Text trước khi gõ).",
        "",
        "Excel đã đổi nội dung ô thành ngày 15/05/2026. Hãy gõ lại, ví dụ 15,5 (trong Excel: định dạng ô là "
        "Text trước khi gõ).",
    ]


BELOW = {
    "Ký giao ước thi đua đầu năm": True,
    "Ký kết chương trình phối hợp": True,
    "Ghi chú: chấm đến hai chữ số": True,
    "(Ký, ghi rõ họ tên)": False,
    "Ký tên, đóng dấu": False,
    "NGƯỜI LẬP BIỂU": False,
    "THỦ TRƯỞNG ĐƠN VỊ": False,
    "Hà Nội, ngày 5 tháng 12 năm 2026": False,
}


@pytest.mark.parametrize("text", BELOW)
def test_what_stands_below_the_last_number_is_read_unless_it_is_a_signature(text):
    _mapping, reading = found([["TT", "Tiêu chí", "Điểm"], ["1", "Chấp hành", 5], [None, text, None]])

    assert (len(reading.records) == 2) is BELOW[text]
