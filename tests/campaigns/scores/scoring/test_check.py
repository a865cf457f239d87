"""What is wrong with a set before it is frozen: each fault at its place, in words that say what to do."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaigns.scores.scoring.check import faults_of, maximum_of
from campaigns.scores.scoring.plan import TieBreak
from tests.campaigns.scores.scoring.making import (
    bonus,
    criterion,
    deduction,
    measure,
    note,
    plan,
    section,
)

SOUND = plan(
    section(
        "a",
        criterion(60, measure("ratio"), key="a1"),
        criterion(30, measure("manual"), key="a2"),
        maximum=D(90),
    ),
    section("b", section("b-1", criterion(10, deduction("per-case", points="1"), key="b1", starts="full"))),
    maximum=D(100),
    tie_breaks=(TieBreak("section", "b-1"), TieBreak("fewer-deductions")),
)


def told(*sections, **rest):
    return [
        (fault.key, fault.words) for fault in faults_of(replace(SOUND, **rest) if rest else plan(*sections))
    ]


def of_criterion(maximum, *measures, **rest):
    return told(section("s", criterion(maximum, *measures, **rest)))


def test_a_sound_plan_has_no_fault():
    assert faults_of(SOUND) == []


def test_full_points_of_a_section_are_those_of_its_parts():
    assert [maximum_of(each) for each in SOUND.sections] == [D(90), D(10)]


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ({"digits": 5}, "Số chữ số thập phân của điểm phải từ 0 đến 4."),
        ({"na_policy": "none"}, "Hãy chọn cách tính tiêu chí không áp dụng."),
        (
            {"maximum": D(110)},
            "Tổng điểm chuẩn của các mục là 100, khác tổng điểm của bộ tiêu chí là 110.",
        ),
        ({"bonus_cap": D(-1)}, "Mức trần điểm thưởng không được âm, đang là -1."),
        ({"bonus_cap": D("1.125")}, "Mức trần điểm thưởng là 1,125, quá 2 chữ số thập phân của bộ tiêu chí."),
        ({"tie_breaks": (TieBreak("votes"),)}, "Cách xét thứ 1 khi bằng điểm không có. Hãy chọn lại."),
        (
            {"tie_breaks": (TieBreak("more-bonus"), TieBreak("section", "z"))},
            "Cách xét thứ 2 khi bằng điểm nói đến mục “z”, mà bộ tiêu chí không có.",
        ),
        (
            {"tie_breaks": (TieBreak("more-bonus"), TieBreak("more-bonus"))},
            "Cách xét thứ 2 khi bằng điểm đã có ở trên.",
        ),
        (
            {"sections": (), "maximum": None, "tie_breaks": ()},
            "Bộ tiêu chí chưa có mục nào. Hãy thêm ít nhất một mục.",
        ),
    ],
)
def test_faults_of_the_whole(rest, words):
    assert told(**rest) == [("", words)]


ONE = criterion(10, measure("manual"), key="c")


@pytest.mark.parametrize(
    ("sections", "key", "words"),
    [
        ([section("s")], "s", "Mục chưa có tiêu chí nào. Hãy thêm tiêu chí hoặc bỏ mục."),
        (
            [section("s", ONE, maximum=D(9))],
            "s",
            "Các phần của mục cộng lại được 10 điểm, khác điểm của mục là 9.",
        ),
        ([section("s", ONE, tiers=("self", "court"))], "s", "Không có cấp chấm “court”."),
        (
            [section("s", ONE, tiers=("self",), counting_tier="check")],
            "s",
            "Cấp chấm lấy điểm của mục không nằm trong các cấp chấm mục này. Hãy chọn lại.",
        ),
        (
            [section("s", section("t", ONE, tiers=("self",)), counting_tier="check")],
            "t",
            "Cấp chấm lấy điểm của mục không nằm trong các cấp chấm mục này. Hãy chọn lại.",
        ),
        (
            [section("c", ONE)],
            "c",
            "Mã khoá “c” dùng 2 lần. Mỗi mục, tiêu chí một mã khóa riêng.",
        ),
        (
            [section("Mục", ONE)],
            "Mục",
            "Mã khoá “Mục” chỉ được có chữ thường không dấu, chữ số và gạch nối ở giữa.",
        ),
        ([section("s", ONE, deduction_cap=D(-2))], "s", "Mức trần điểm trừ không được âm, đang là -2."),
    ],
)
def test_faults_of_sections(sections, key, words):
    assert told(*sections) == [(key, words)]


@pytest.mark.parametrize(
    ("of", "key", "words"),
    [
        (criterion(10), "c", "Tiêu chí chưa có cách tính điểm nào. Hãy thêm ít nhất một cách."),
        (criterion(10, note("note")), "c", "Tiêu chí chưa có cách tính điểm nào. Hãy thêm ít nhất một cách."),
        (
            criterion(10, measure("yes-no", points="4"), measure("ratio", key="n", points="5")),
            "c",
            "Các cách tính điểm cộng lại chỉ được 9, không đạt tới điểm chuẩn 10.",
        ),
        (
            criterion(10, bonus("yes-no", points="4")),
            "c",
            "Các cách tính điểm cộng lại chỉ được 0, không đạt tới điểm chuẩn 10.",
        ),
        (
            criterion(10, measure("yes-no", points="6"), measure("ratio", key="n", points="5")),
            "c",
            "Các cách tính điểm cộng lại được 11, quá điểm chuẩn 10 của tiêu chí.",
        ),
        (
            criterion(10, measure("ratio", limit_percent="120")),
            "c",
            "Các cách tính điểm cộng lại được 12, quá điểm chuẩn 10 của tiêu chí.",
        ),
        (
            criterion(10, measure("yes-no"), starts="full"),
            "c",
            "Tiêu chí bắt đầu từ điểm chuẩn thì chỉ có thưởng và trừ. Hãy bỏ các cách tính điểm chuẩn.",
        ),
        (
            criterion(10, measure("yes-no"), starts="half"),
            "c",
            "Hãy chọn tiêu chí bắt đầu từ điểm chuẩn hay từ 0.",
        ),
        (
            criterion(10, measure("yes-no"), lowest="11"),
            "c",
            "Điểm thấp nhất của tiêu chí lớn hơn điểm chuẩn.",
        ),
        (
            criterion(10, measure("yes-no"), may_be_not_applicable=True),
            "c",
            "Bộ tiêu chí không cho ghi “không áp dụng”, mà tiêu chí này cho phép. Hãy sửa một trong hai.",
        ),
        (
            criterion(10, measure("yes-no"), bonus_cap="2"),
            "c",
            "Tiêu chí có mức trần điểm thưởng mà không có điểm thưởng nào.",
        ),
        (
            criterion(10, measure("yes-no"), deduction_cap="2"),
            "c",
            "Tiêu chí có mức trần điểm trừ mà không có điểm trừ nào.",
        ),
        (
            criterion("10.125", measure("yes-no")),
            "c",
            "Điểm chuẩn là 10,125, quá 2 chữ số thập phân của bộ tiêu chí.",
        ),
        (
            criterion(10, measure("yes-no"), bonus("per-case", key="n", points="0.001", cap="0.005")),
            "c/n",
            "Mức trần là 0,005, quá 2 chữ số thập phân của bộ tiêu chí.",
        ),
        (
            criterion(10, measure("yes-no", points="5"), measure("yes-no", points="5")),
            "c/m",
            "Mã khoá “m” dùng 2 lần trong một tiêu chí.",
        ),
    ],
)
def test_faults_of_criteria(of, key, words):
    assert told(section("s", of)) == [(key, words)]


def test_alternatives_may_together_be_above_full_points():
    either = measure("yes-no", key="a", points="10"), measure("yes-no", key="b", points="6", unless=["a"])
    assert of_criterion(10, *either) == []
