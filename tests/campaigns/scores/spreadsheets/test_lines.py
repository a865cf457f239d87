import pytest

from blocs.imports.opening import open_book
from blocs.imports.reading import find, read
from blocs.text import fold
from campaigns.scores.spreadsheets.criteria import COLUMNS
from campaigns.scores.spreadsheets.lines import cap_in, classified, code_parts, line_of
from tests.blocs.imports.books import book
from tests.campaigns.scores.spreadsheets.tables import DISTRICTS, districts

HEADER = ["STT", "Nội dung", "Điểm chuẩn", "Điểm thưởng", "Điểm trừ"]


def lines(content):
    (grid,) = open_book(content)
    return classified(map(line_of, read(grid, find((grid,), COLUMNS), COLUMNS).records))


def kinds(*rows, merged=()):
    return [(line.kind, line.code) for line in lines(book([HEADER, *rows], merged=merged))]


def test_the_parts_of_the_real_table_are_told_apart():
    found = lines(districts())
    counted = {kind: [line.code for line in found if line.kind == kind] for kind in ("section", "subsection")}

    assert counted == {"section": ["TC1", "TC2", "TC3", "TC4", "TC5"], "subsection": ["a", "b", "C", "d"]}
    assert [line.code for line in found if line.kind == "criterion"] == [
        *("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1", "b2", "b3", "b4"),
        *("C1", "C2", "C3", "C4", "C5", "C6", "d1", "d2", "2.1", "2.2", "3.1", "3.2", "3.3"),
        *("4.1", "4.2", "4.3", "5.a", "5.b"),
    ]
    assert len(found) == len(DISTRICTS["rows"])


def test_its_quirks_are_read_as_they_are_meant():
    by_code = {line.code: line for line in lines(districts()) if line.code}
    told = {code: (line.bonus, line.deduction, line.cap) for code, line in by_code.items()}

    assert told["b.2.6"] == ("", "0,5", "")  # minus in the column of bonuses
    assert told["4.1.1"] == ("", "1", "")
    assert told["C2.4"] == ("0,1", "", "0,5")  # no number in any column: its words say them
    assert told["a1.1"] == ("", "0,5", "")
    assert (by_code["a4"].points, by_code["a8"].points) == ("3.5", "3,5")
    assert [code for code, line in by_code.items() if line.disqualifies] == ["5.2"]
    assert told["5.2"] == ("", "", "")


TABLES = {
    "roman sections": (
        [["I", "NHIỆM VỤ", 10], ["1", "Chấp hành", 6], ["2", "Báo cáo", 4], ["II", "ĐIỂM TRỪ", None]],
        ["section I", "criterion 1", "criterion 2", "section II"],
    ),
    "sections by what adds up": (
        [["1", "Nhiệm vụ", 10], ["1.1", "Chấp hành", 6], ["1.2", "Báo cáo", 4], ["2", "Phối hợp", 5]],
        ["section 1", "criterion 1.1", "criterion 1.2", "criterion 2"],
    ),
    "bands below a criterion add up to nothing": (
        [["1", "Nhiệm vụ", 10], ["1.1", "Đạt 90%", 10], ["1.2", "Đạt 80%", 8]],
        ["criterion 1", "case 1.1", "case 1.2"],
    ),
    "deductions alone": (
        [
            ["I", "NHIỆM VỤ", 5],
            ["1", "Chấp hành", 5],
            ["II", "TRỪ", 0],
            ["1", "Không báo cáo", None, None, 5],
        ],
        ["section I", "criterion 1", "section II", "criterion 1"],
    ),
    "points that cannot be read": (
        [
            ["1", "Chấp hành", "1O"],
            ["2", "Báo cáo", "1.500"],
            ["3", "Phối hợp", "=1+1"],
            ["3.1", "Mỗi lần", "x"],
        ],
        ["criterion 1", "criterion 2", "criterion 3", "case 3.1"],
    ),
    "three levels": (
        [["I", "Phần", 10], ["1", "B", 10], ["a", "C", 6], ["a1", "D", 6], ["b", "E", 4], ["b1", "F", 4]],
        ["section I", "subsection 1", "section-3 a", "criterion a1", "section-3 b", "criterion b1"],
    ),
    "capitals over romans": (
        [["A", "Phần", 10], ["I", "B", 6], ["1", "C", 6], ["II", "D", 4], ["1", "E", 4], ["B", "F", 5]],
        ["section A", "subsection I", "criterion 1", "subsection II", "criterion 1", "criterion B"],
    ),
    "points behind numbers, carelessly": (
        [["1.", "Một", 10], ["2", "B", 5], ["3.", "C", 5]],
        ["criterion 1", "criterion 2", "criterion 3"],
    ),
    "no codes, bands": (
        [[None, "Chấp hành", 10], [None, "Đạt 90%", 10], [None, "Đạt 80%", 8], [None, "Phối hợp", 5]],
        ["criterion ", "case ", "case ", "criterion "],
    ),
    "no codes": (
        [[None, "Chấp hành", 5], [None, "- Mỗi lần chậm", None, None, "-1"], [None, "Ghi chú"]],
        ["criterion ", "case ", "note "],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_lines_are_told_by_codes_sums_and_columns(name):
    rows, expected = TABLES[name]

    assert [f"{kind} {code}" for kind, code in kinds(*rows)] == expected


def test_a_row_merged_across_is_parted_into_code_and_words():
    rows = [["I. NHIỆM VỤ CHUYÊN MÔN"], ["1", "Chấp hành", 6]]
    content = book([HEADER, *rows], merged=["A2:E2"])

    assert [(line.kind, line.code, line.text) for line in lines(content)] == [
        ("section", "I", "NHIỆM VỤ CHUYÊN MÔN"),
        ("criterion", "1", "Chấp hành"),
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("a7", "a.7"), ("a.7.1", "a7.1"), ("TC1", "1"), ("Tiêu chuẩn 2", "2."), ("C1", "c.1")]
)
def test_codes_that_are_written_otherwise_are_the_same(one, other):
    assert code_parts(one) == code_parts(other)


@pytest.mark.parametrize(("one", "other"), [("d", "đ"), ("d.1", "đ.1"), ("Đ", "D")])
def test_d_and_its_sister_are_two_letters_of_a_numbering(one, other):
    assert code_parts(one) != code_parts(other)


@pytest.mark.parametrize(
    ("text", "cap"),
    [
        ("Tổng điểm trừ của mục a1 không quá 1,5 điểm", "1,5"),
        ("cộng 0,5 điểm (Điểm cộng tối đa là 1 điểm).", "1"),
        ("Điểm trừ tối đa 01 điểm", "1"),
        ("điểm cộng tối đa không quá 0.5 điểm", "0,5"),
        ("* Điểm trừ, cộng tối đa đối với d2 không quá 7 điểm", "7"),
        ("Mỗi trường hợp trừ 2 điểm", ""),
        ("Tối đa 3 báo cáo", ""),
    ],
)
def test_caps_are_found_in_words(text, cap):
    assert cap_in(fold(text)) == cap
