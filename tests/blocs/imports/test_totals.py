import pytest

from blocs.imports.totals import Sums, is_phrase

TOTALS = """Tổng|Tổng cộng|Cộng|Tổng số|Tổng điểm|Tổng số điểm|Cộng mục I|TỔNG CỘNG:|Tổng cộng (I+II)
Tổng cộng I + II|Tổng điểm chuẩn|Cộng phần II|Tổng điểm tự chấm|Cộng tiêu chuẩn 2|Tổng điểm của khối"""
NAMES = """Công tác chuyên môn|Tổng cục Một|Cổng Thông tin điện tử|Công ty Hai|Công đoàn Bộ|Cộng đồng Số
Tổng kết các phong trào thi đua|Tổng hợp, báo cáo|Công|Cống hiến|Tổng công ty A|Cộng tác viên|Tổng biên tập
Công khai, minh bạch|Tổng số văn bản đến|Cộng 0,5 điểm"""


@pytest.mark.parametrize("text", TOTALS.replace("\n", "|").split("|"))
def test_an_exact_short_phrase_is_a_total(text):
    assert is_phrase(text)


@pytest.mark.parametrize("text", NAMES.replace("\n", "|").split("|"))
def test_what_only_begins_so_is_none(text):
    assert not is_phrase(text)


ROWS = [("I", "10"), ("1", "6"), ("1", "4"), ("I", "5,5"), ("1", "3,5"), ("1", "2")]


@pytest.mark.parametrize(
    ("number", "reached"),
    [("15,5", True), ("31", True), ("5,5", True), ("16", False), ("10", False), ("", True), ("mười", True)],
)
def test_a_total_is_the_sum_of_what_stands_above(number, reached):
    sums = Sums()
    for level, text in ROWS:
        sums.add(level, text)

    assert sums.reach(number) is reached
