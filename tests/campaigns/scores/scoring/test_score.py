"""A criterion as a whole: conditions, caps, its lowest points, what excludes, what paper says, its bounds."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaigns.scores.scoring.plan import FigureFault, Result
from campaigns.scores.scoring.score import bounds, faults, score, stated
from tests.campaigns.scores.scoring.making import bonus, criterion, deduction, measure, note, worked

CASES = {
    "a": deduction("per-case", key="a", code="a", points="0.5", cap="1"),
    "b": deduction("per-case", key="b", code="b", points="1"),
    "x": bonus("per-case", key="x", code="x", points="1"),
    "y": bonus(
        "yes-no",
        key="y",
        text="Có mô hình mới được nhân rộng trong toàn ngành, được cấp trên công nhận",
        points="2",
    ),
}


def cases(**counts):
    return {key: {"cases": str(count)} for key, count in counts.items()}


@pytest.mark.parametrize(
    ("rest", "figures", "points", "lines"),
    [
        ({}, {}, "3", ()),
        ({}, cases(a=1), "2.5", ("a: 1 trường hợp × 0,5 → trừ 0,5 điểm", "3 - 0,5 = 2,5 điểm")),
        (
            {},
            cases(a=1, b=1, x=2),
            "3.5",
            (
                "a: 1 trường hợp × 0,5 → trừ 0,5 điểm",
                "b: 1 trường hợp × 1 → trừ 1 điểm",
                "x: 2 trường hợp × 1 → +2 điểm",
                "3 + 2 - 1,5 = 3,5 điểm",
            ),
        ),
        (
            {"deduction_cap": "1.2"},
            cases(a=1, b=1),
            "1.8",
            (
                "a: 1 trường hợp × 0,5 → trừ 0,5 điểm",
                "b: 1 trường hợp × 1 → trừ 1 điểm",
                "tổng điểm trừ 1,5, tối đa 1,2 → trừ 1,2 điểm",
                "3 - 1,2 = 1,8 điểm",
            ),
        ),
        (
            {"bonus_cap": "2"},
            cases(x=5),
            "5",
            ("x: 5 trường hợp × 1 → +5 điểm", "tổng điểm thưởng 5, tối đa 2 → +2 điểm", "3 + 2 = 5 điểm"),
        ),
        (
            {},
            cases(b=7),
            "0",
            ("b: 7 trường hợp × 1 → trừ 7 điểm", "không dưới 0 điểm → trừ 3 điểm", "3 - 3 = 0 điểm"),
        ),
        (
            {"lowest": "-2"},
            cases(b=7),
            "-2",
            ("b: 7 trường hợp × 1 → trừ 7 điểm", "không dưới -2 điểm → trừ 5 điểm", "3 - 5 = -2 điểm"),
        ),
        ({"lowest": None}, cases(b=7), "-4", ("b: 7 trường hợp × 1 → trừ 7 điểm", "3 - 7 = -4 điểm")),
        (
            {},
            {"y": {"answer": "yes"}},
            "5",
            ("Có mô hình mới được nhân rộng trong toàn ngành, được cấp…: có → +2 điểm", "3 + 2 = 5 điểm"),
        ),
    ],
)
def test_what_is_put_together(rest, figures, points, lines):
    full = criterion(3, *CASES.values(), starts="full", **rest)
    assert worked(full, figures) == (D(points), ("điểm chuẩn 3 điểm", *lines))


def test_points_are_always_base_and_bonus_without_the_deduction():
    full = criterion(3, *CASES.values(), starts="full")
    found = score(full, cases(b=9, x=1), digits=2)
    assert (found.points, found.base, found.bonus, found.deduction) == (D(0), D(3), D(1), D(4))


def test_each_measure_is_rounded_before_it_is_added():
    parts = [measure("ratio", key=key, code=key, points="1") for key in "abc"]
    figures = {key: {"achieved": "1", "plan": "3"} for key in "abc"}
    assert worked(criterion(3, *parts), figures, digits=1) == (
        D("0.9"),
        (
            "a: 1/3 = 33,33% → 0,3 điểm",
            "b: 1/3 = 33,33% → 0,3 điểm",
            "c: 1/3 = 33,33% → 0,3 điểm",
            "0,3 + 0,3 + 0,3 = 0,9 điểm",
        ),
    )


def test_base_stays_within_full_points():
    articles = measure("per-case", key="a", points="0.2", unit="bài")
    assert worked(criterion(1, articles), {"a": {"cases": "9"}}) == (
        D(1),
        ("9 bài × 0,2 → 1,8 điểm", "tổng 1,8 điểm, tối đa 1 → 1 điểm"),
    )


@pytest.mark.parametrize(
    ("figures", "points", "last"),
    [
        ({"x": {"cases": "1"}}, "4", "3 + 1 = 4 điểm"),
        ({"x": {"cases": "1"}, "a": {"cases": "1"}}, "2.5", "3 - 0,5 = 2,5 điểm"),
        ({"x": {"cases": "1"}, "b": {"cases": "0"}}, "4", "3 + 1 = 4 điểm"),
        ({"z": {"answer": "yes"}}, "3", "z: có → không tính vì chưa đạt x"),
        ({"x": {"cases": "1"}, "z": {"answer": "yes"}}, "5", "3 + 2 = 5 điểm"),
    ],
)
def test_a_measure_may_depend_on_others(figures, points, last):
    only_whole = bonus("per-case", key="x", code="x", points="1", unless=["a", "b"])
    besides = bonus("yes-no", key="z", code="z", points="1", only_if=["x"])
    full = criterion(3, CASES["a"], CASES["b"], only_whole, besides, starts="full")
    found, lines = worked(full, figures)
    assert (found, lines[-1]) == (D(points), last)


def test_what_counts_nothing_says_why():
    only_whole = bonus("per-case", key="x", code="x", points="1", unless=["a", "b"])
    full = criterion(3, CASES["a"], CASES["b"], only_whole, starts="full")
    assert worked(full, cases(a=1, b=1, x=1))[1][3] == "x: 1 trường hợp × 1 → không tính vì có a, b"


DISCIPLINE = deduction(
    "per-case", key="a", text="Lãnh đạo bị kỷ luật\ncảnh cáo trở lên", points="20", excludes_from_flags=True
)


def test_what_excludes_from_flags():
    full = criterion(30, DISCIPLINE, starts="full")
    found = score(full, cases(a=1), digits=2)
    assert (found.points, found.excludes_from_flags, found.disqualifies) == (
        D(10),
        ("Lãnh đạo bị kỷ luật cảnh cáo trở lên",),
        (),
    )
    assert found.working[1] == "1 trường hợp × 20 → trừ 20 điểm, không được đề nghị tặng Cờ, Bằng khen"
    assert score(full, cases(a=0), digits=2).excludes_from_flags == ()


@pytest.mark.parametrize(
    ("happened", "disqualifies", "lines"),
    [
        ("yes", ("Không gửi bản chấm điểm",), ("5.2: có → không xếp loại",)),
        ("no", (), ()),
        ("", (), ()),
    ],
)
def test_what_disqualifies(happened, disqualifies, lines):
    out = note(
        "disqualification", key="out", code="5.2", text="Không gửi bản chấm điểm", verdict="không xếp loại"
    )
    full = criterion(2, deduction("per-case", key="late", points="1"), out, starts="full")
    found = score(full, {"out": {"happened": happened}}, digits=2)
    assert (found.points, found.disqualifies, found.working) == (
        D(2),
        disqualifies,
        ("điểm chuẩn 2 điểm", *lines),
    )


def test_what_counts_nothing_excludes_nobody():
    reported = note("yes-no", key="told", code="2.1", text="Đơn vị tự phát hiện, xử lý")
    full = criterion(30, reported, replace(DISCIPLINE, settings={"unless": ["told"]}), starts="full")
    found = score(full, cases(a=1) | {"told": {"answer": "yes"}}, digits=2)
    assert (found.points, found.excludes_from_flags) == (D(30), ())
    assert found.working[1:] == (
        "2.1: có → không tính điểm",
        "Lãnh đạo bị kỷ luật cảnh cáo trở lên: 1 trường hợp × 20 → không tính vì có 2.1",
    )


@pytest.mark.parametrize(
    ("figures", "parts", "last"),
    [
        ({"m": {"answer": "no"}}, ("1", "1", "0", "0"), "không dưới 1 điểm → 1 điểm"),
        ({"m": {"answer": "no"}} | cases(b=1), ("1", "1", "0", "0"), "không dưới 1 điểm → không trừ điểm"),
        ({"m": {"answer": "yes"}} | cases(b=7), ("1", "3", "0", "2"), "3 - 2 = 1 điểm"),
    ],
)
def test_a_lowest_above_nought_is_given_in_any_case(figures, parts, last):
    found = score(criterion(3, measure("yes-no"), CASES["b"], lowest="1"), figures, digits=2)
    assert (found.points, found.base, found.bonus, found.deduction) == tuple(map(D, parts))
    assert found.working[-1] == last


def test_a_deduction_may_disqualify_too():
    full = criterion(
        2, deduction("yes-no", text="Mất đoàn kết", points="2", disqualifies=True), starts="full"
    )
    found = score(full, {"m": {"answer": "yes"}}, digits=2)
    assert (found.points, found.disqualifies) == (D(0), ("Mất đoàn kết",))
    assert found.working[1] == "có → trừ 2 điểm, không xét"


def test_a_case_may_exclude_without_points():
    silent = note("yes-no", text="Có đơn thư tố cáo đúng", excludes_from_flags=True)
    found = score(criterion(2, silent, starts="full"), {"m": {"answer": "yes"}}, digits=2)
    assert (found.points, found.excludes_from_flags) == (D(2), ("Có đơn thư tố cáo đúng",))
    assert found.working == ("điểm chuẩn 2 điểm", "có → không được đề nghị tặng Cờ, Bằng khen")


def test_what_does_not_apply_has_no_points():
    may_be = criterion(5, measure("yes-no"), may_be_not_applicable=True)
    assert score(may_be, {}, digits=2, not_applicable=True) == Result(
        None, working=("không áp dụng",), not_applicable=True
    )
    assert faults(may_be, {}, digits=2, not_applicable=True) == []


def test_what_applies_to_all_cannot_be_put_aside():
    applies = criterion(5, measure("yes-no"), code="2.1")
    with pytest.raises(FigureFault) as refused:
        score(applies, {}, digits=2, not_applicable=True)
    words = "Tiêu chí “2.1” áp dụng cho mọi đơn vị, không thể ghi là không áp dụng."
    assert (refused.value.question, refused.value.words) == ("not_applicable", words)
    assert [each.words for each in faults(applies, {}, digits=2, not_applicable=True)] == [words]


@pytest.mark.parametrize(
    ("starts", "lowest", "points", "parts"),
    [
        ("zero", 0, "0", ("0", "0", "0")),
        ("zero", 0, "3.5", ("3.5", "0", "0")),
        ("zero", 0, "5", ("5", "0", "0")),
        ("zero", 0, "6", ("5", "1", "0")),
        ("zero", None, "-2", ("0", "0", "2")),
        ("full", 0, "3.5", ("5", "0", "1.5")),
        ("full", 0, "5", ("5", "0", "0")),
        ("full", 0, "6", ("5", "1", "0")),
        ("full", None, "-2", ("5", "0", "7")),
    ],
)
def test_points_from_paper(starts, lowest, points, parts):
    on_paper = criterion(5, CASES["b"], CASES["x"], starts=starts, lowest=lowest)
    found = stated(on_paper, D(points), digits=2)
    assert (found.points, found.base, found.bonus, found.deduction) == (D(points), *map(D, parts))
    assert found.working == (f"theo văn bản giấy → {points.replace('.', ',')} điểm",)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("-0.5", "Tiêu chí này không dưới 0 điểm, đang ghi -0,5. Hãy kiểm tra lại."),
        ("7.5", "Tiêu chí này không quá 7 điểm, đang ghi 7,5. Hãy kiểm tra lại."),
        ("4.123", "Điểm chỉ có tối đa 2 chữ số thập phân, đang ghi 4,123."),
    ],
)
def test_points_from_paper_that_cannot_be(points, words):
    bounded = criterion(5, CASES["b"], CASES["x"], bonus_cap="2")
    with pytest.raises(FigureFault) as refused:
        stated(bounded, D(points), digits=2)
    assert (refused.value.question, refused.value.words) == ("points", words)


@pytest.mark.parametrize(
    ("bounded", "expected"),
    [
        (criterion(3, measure("yes-no")), ("0", "3")),
        (criterion(3, CASES["a"], starts="full"), ("0", "3")),
        (criterion(3, CASES["a"], starts="full", lowest=None), ("2", "3")),
        (criterion(3, CASES["a"], CASES["b"], starts="full", lowest=None), (None, "3")),
        (criterion(3, CASES["a"], CASES["b"], starts="full", lowest=None, deduction_cap="2"), ("1", "3")),
        (criterion(0, CASES["b"], lowest=None), (None, "0")),
        (criterion(3, CASES["x"], starts="full"), ("0", None)),
        (criterion(3, CASES["x"], starts="full", bonus_cap="1.5"), ("0", "4.5")),
        (criterion(3, CASES["y"], starts="full"), ("0", "5")),
        (
            criterion(3, CASES["y"], bonus("above-plan", key="z", points="1", cap="1.5"), starts="full"),
            ("0", "6.5"),
        ),
        (
            criterion(3, bonus("above-plan", percent_of_maximum="1", cap_percent="10"), starts="full"),
            ("0", "3.3"),
        ),
    ],
)
def test_bounds(bounded, expected):
    assert bounds(bounded) == tuple(each and D(each) for each in expected)
