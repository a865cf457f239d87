"""Every kind of measure: figures in, points and the line of working out."""

import re
from decimal import Decimal as D
from pathlib import Path

import pytest

from campaigns.scores.scoring.measures import KINDS
from campaigns.scores.scoring.measures.kind import COMMON_SETTINGS
from tests.campaigns.scores.scoring.making import (
    bands,
    bonus,
    criterion,
    days,
    deduction,
    measure,
    note,
    worked,
)

LATE = days(("0", "2"), ("2", "1.5"), ("5", "1"), ("10", "0.5"))
SIGNED = bands(("above 95", "1.5"), ("75", "1"), ("50", "0.5"))
BACKLOG = bands(("21", "0"), ("11", "90"), ("1", "100"))
GRADES = [
    {"grade": "A", "label": "Tốt", "points": "10"},
    {"grade": "B", "label": "Khá", "percent": "80"},
    {"grade": "C", "points": "5"},
]
ONE = {
    "ratio": measure("ratio", unit="văn bản"),
    "ratio of a fixed plan": measure("ratio", plan="90", unit="%"),
    "ratio with points of its own": measure("ratio", points="5"),
    "ratio to 120%": measure("ratio", points="5", limit_percent="120"),
    "1% is 1 point": measure("ratio", points="100", per_percent="1"),
    "2% is 1 point": measure("ratio", points="50", per_percent="0.5"),
    "ratio from 50%": measure("ratio", from_percent="50"),
    "ratio with a cap": measure("ratio", cap="8"),
    "inverse": measure("inverse", unit="hộ"),
    "inverse to 110%": measure("inverse", points="5", limit_percent="110", plan="2", unit="%"),
    "bands of a value": measure("bands", unit="%", bands=SIGNED),
    "bands of a share": measure("bands", of="share", unit="văn bản", bands=SIGNED, otherwise="0.1"),
    "bands above 100%": measure(
        "bands", of="share", may_exceed=True, bands=bands(("120", "2"), ("above 100", "1"))
    ),
    "lateness of days": measure("lateness", of="days", bands=LATE),
    "lateness of dates": measure("lateness", bands=LATE, otherwise="0.2"),
    "lateness to a day": measure("lateness", due="01-31", bands=LATE),
    "lateness to next year's day": measure("lateness", due="01-10", due_next_year=True, bands=LATE),
    "yes-no": measure("yes-no", points="2"),
    "yes-no with points for no": measure("yes-no", points="2", no="0.5"),
    "graded": measure("graded", grades=GRADES),
    "per-case": measure("per-case", points="0.2", cap="1", unit="bài"),
    "per-case free": measure("per-case", points="0.5", free="2"),
    "backlog": measure("backlog", unit="vụ việc", bands=BACKLOG, otherwise="110"),
    "manual": measure("manual", points="5"),
}


@pytest.mark.parametrize(
    ("name", "figures", "points", "line"),
    [
        ("ratio", {"achieved": "42", "plan": "50"}, "8.4", "42/50 văn bản = 84% → 8,4 điểm"),
        ("ratio", {"achieved": "0", "plan": "50"}, "0", "0/50 văn bản = 0% → 0 điểm"),
        ("ratio", {"achieved": "2", "plan": "3"}, "6.67", "2/3 văn bản = 66,67% → 6,67 điểm"),
        ("ratio", {"achieved": "60", "plan": "50"}, "10", "60/50 văn bản = 120%, tính 100% → 10 điểm"),
        ("ratio", {"achieved": "1200.5", "plan": "2401"}, "5", "1.200,5/2.401 văn bản = 50% → 5 điểm"),
        ("ratio of a fixed plan", {"achieved": "81"}, "9", "81%/90% = 90% → 9 điểm"),
        ("ratio with points of its own", {"achieved": "1", "plan": "3"}, "1.67", "1/3 = 33,33% → 1,67 điểm"),
        ("ratio to 120%", {"achieved": "11", "plan": "10"}, "5.5", "11/10 = 110% → 5,5 điểm"),
        ("ratio to 120%", {"achieved": "13", "plan": "10"}, "6", "13/10 = 130%, tính 120% → 6 điểm"),
        (
            "1% is 1 point",
            {"achieved": "87", "plan": "100"},
            "87",
            "87/100 = 87%, mỗi 1% được 1 điểm → 87 điểm",
        ),
        (
            "2% is 1 point",
            {"achieved": "45", "plan": "50"},
            "45",
            "45/50 = 90%, mỗi 1% được 0,5 điểm → 45 điểm",
        ),
        (
            "2% is 1 point",
            {"achieved": "60", "plan": "50"},
            "50",
            "60/50 = 120%, tính 100%, mỗi 1% được 0,5 điểm → 50 điểm",
        ),
        (
            "ratio from 50%",
            {"achieved": "49.999", "plan": "100"},
            "0",
            "49,999/100 = 49,999%, dưới 50% → 0 điểm",
        ),
        ("ratio from 50%", {"achieved": "50", "plan": "100"}, "5", "50/100 = 50% → 5 điểm"),
        ("ratio with a cap", {"achieved": "9", "plan": "10"}, "8", "9/10 = 90%, 9 điểm, tối đa 8 → 8 điểm"),
        ("inverse", {"achieved": "50", "plan": "42"}, "8.4", "kế hoạch/thực hiện 42/50 hộ = 84% → 8,4 điểm"),
        (
            "inverse",
            {"achieved": "40", "plan": "42"},
            "10",
            "kế hoạch/thực hiện 42/40 hộ = 105%, tính 100% → 10 điểm",
        ),
        ("inverse", {"achieved": "0", "plan": "42"}, "10", "thực hiện 0 hộ, kế hoạch 42 hộ → 10 điểm"),
        ("inverse", {"achieved": "0", "plan": "0"}, "10", "thực hiện 0 hộ, kế hoạch 0 hộ → 10 điểm"),
        ("inverse", {"achieved": "3", "plan": "0"}, "0", "kế hoạch/thực hiện 0/3 hộ = 0% → 0 điểm"),
        (
            "inverse to 110%",
            {"achieved": "1.6"},
            "5.5",
            "kế hoạch/thực hiện 2%/1,6% = 125%, tính 110% → 5,5 điểm",
        ),
        ("bands of a value", {"value": "95.01"}, "1.5", "95,01% → 1,5 điểm"),
        ("bands of a value", {"value": "95"}, "1", "95% → 1 điểm"),
        ("bands of a value", {"value": "75"}, "1", "75% → 1 điểm"),
        ("bands of a value", {"value": "74.99"}, "0.5", "74,99% → 0,5 điểm"),
        ("bands of a value", {"value": "49.9"}, "0", "49,9% → 0 điểm"),
        ("bands of a value", {"value": "0"}, "0", "0% → 0 điểm"),
        ("bands of a share", {"part": "96", "whole": "100"}, "1.5", "96/100 văn bản = 96% → 1,5 điểm"),
        ("bands of a share", {"part": "1", "whole": "3"}, "0.1", "1/3 văn bản = 33,33% → 0,1 điểm"),
        (
            "bands of a share",
            {"part": "74999", "whole": "100000"},
            "0.5",
            "74.999/100.000 văn bản = 74,999% → 0,5 điểm",
        ),
        ("bands above 100%", {"part": "110", "whole": "100"}, "1", "110/100 = 110% → 1 điểm"),
        ("lateness of days", {"days_late": "0"}, "2", "đúng hạn → 2 điểm"),
        ("lateness of days", {"days_late": "1"}, "1.5", "chậm 1 ngày → 1,5 điểm"),
        ("lateness of days", {"days_late": "2"}, "1.5", "chậm 2 ngày → 1,5 điểm"),
        ("lateness of days", {"days_late": "3"}, "1", "chậm 3 ngày → 1 điểm"),
        ("lateness of days", {"days_late": "10"}, "0.5", "chậm 10 ngày → 0,5 điểm"),
        ("lateness of days", {"days_late": "11"}, "0", "chậm 11 ngày → 0 điểm"),
        ("lateness of days", {"not_done": "yes"}, "0", "chưa thực hiện → 0 điểm"),
        (
            "lateness of dates",
            {"due_on": "2022-06-15", "done_on": "2022-06-10"},
            "2",
            "sớm 5 ngày (hạn 15/06/2022) → 2 điểm",
        ),
        (
            "lateness of dates",
            {"due_on": "2022-06-15", "not_done": "yes"},
            "0.2",
            "chưa thực hiện (hạn 15/06/2022) → 0,2 điểm",
        ),
        ("lateness to a day", {"done_on": "2022-02-03"}, "1", "chậm 3 ngày (hạn 31/01/2022) → 1 điểm"),
        ("lateness to a day", {"done_on": "2022-01-31"}, "2", "đúng hạn (hạn 31/01/2022) → 2 điểm"),
        (
            "lateness to next year's day",
            {"done_on": "2023-01-12", "not_done": "no"},
            "1.5",
            "chậm 2 ngày (hạn 10/01/2023) → 1,5 điểm",
        ),
        ("yes-no", {"answer": "yes"}, "2", "có → 2 điểm"),
        ("yes-no", {"answer": "no"}, "0", "không → 0 điểm"),
        ("yes-no with points for no", {"answer": "no"}, "0.5", "không → 0,5 điểm"),
        ("graded", {"grade": "A"}, "10", "xếp loại A (Tốt) → 10 điểm"),
        ("graded", {"grade": "B"}, "8", "xếp loại B (Khá) → 8 điểm"),
        ("graded", {"grade": "C"}, "5", "xếp loại C → 5 điểm"),
        ("per-case", {"cases": "3"}, "0.6", "3 bài × 0,2 → 0,6 điểm"),
        ("per-case", {"cases": "7"}, "1", "7 bài × 0,2 = 1,4 điểm, tối đa 1 → 1 điểm"),
        (
            "per-case free",
            {"cases": "5"},
            "1.5",
            "5 trường hợp, trong đó 2 không tính: 3 × 0,5 → 1,5 điểm",
        ),
        (
            "per-case free",
            {"cases": "1"},
            "0",
            "1 trường hợp, trong đó 1 không tính: 0 × 0,5 → 0 điểm",
        ),
        ("backlog", {"outstanding": "0", "total": "40"}, "110", "tồn đọng: 0/40 vụ việc = 0% → 110 điểm"),
        ("backlog", {"outstanding": "4", "total": "40"}, "100", "tồn đọng: 4/40 vụ việc = 10% → 100 điểm"),
        ("backlog", {"outstanding": "6", "total": "40"}, "90", "tồn đọng: 6/40 vụ việc = 15% → 90 điểm"),
        ("backlog", {"outstanding": "9", "total": "40"}, "0", "tồn đọng: 9/40 vụ việc = 22,5% → 0 điểm"),
        (
            "backlog",
            {"outstanding": "0", "total": "0"},
            "110",
            "tồn đọng: không có việc phải giải quyết → 110 điểm",
        ),
        ("manual", {"points": "4.5"}, "4.5", "chấm trực tiếp → 4,5 điểm"),
        ("manual", {"points": "0"}, "0", "chấm trực tiếp → 0 điểm"),
    ],
)
def test_working(name, figures, points, line):
    maximum = {"1% is 1 point": 100, "2% is 1 point": 50, "backlog": 110}.get(name, 10)
    assert worked(criterion(maximum, ONE[name]), {"m": figures}) == (D(points), (line,))


@pytest.mark.parametrize("cases", [{}, {"cases": ""}, {"cases": "0"}])
def test_no_case_is_not_written_down(cases):
    assert worked(criterion(10, ONE["per-case"]), {"m": cases}) == (D(0), ())


FULL = "điểm chuẩn 10 điểm"


@pytest.mark.parametrize(
    ("taken", "figures", "points", "lines"),
    [
        (
            deduction("per-case", points="0.5", cap="1"),
            {"cases": "3"},
            "9",
            ("3 trường hợp × 0,5 = 1,5 điểm, tối đa 1 → trừ 1 điểm", "10 - 1 = 9 điểm"),
        ),
        (deduction("per-case", points="0.5"), {}, "10", ()),
        (deduction("yes-no", points="2"), {"answer": "yes"}, "8", ("có → trừ 2 điểm", "10 - 2 = 8 điểm")),
        (deduction("yes-no", points="2"), {"answer": "no"}, "10", ()),
        (deduction("yes-no", points="2"), {}, "10", ()),
        (
            deduction("backlog", bands=bands(("21", "10"), ("11", "4"), ("1", "2"))),
            {"outstanding": "6", "total": "50"},
            "6",
            ("tồn đọng: 6/50 = 12% → trừ 4 điểm", "10 - 4 = 6 điểm"),
        ),
        (
            deduction("lateness", of="days", bands=days(("4", "0"), ("9", "5")), otherwise="10"),
            {"days_late": "2"},
            "10",
            ("chậm 2 ngày → không trừ điểm",),
        ),
        (
            deduction(
                "graded", grades=[{"grade": "A", "points": "0"}, {"grade": "D", "percent": "50"}], points="6"
            ),
            {"grade": "D"},
            "7",
            ("xếp loại D → trừ 3 điểm", "10 - 3 = 7 điểm"),
        ),
        (
            deduction("manual", points="3", text="Vi phạm khác"),
            {"points": "1.5"},
            "8.5",
            ("chấm trực tiếp → trừ 1,5 điểm", "10 - 1,5 = 8,5 điểm"),
        ),
        (deduction("manual", points="3"), {}, "10", ()),
        (
            bonus("per-case", points="0.1", unit="báo cáo"),
            {"cases": "3"},
            "10.3",
            ("3 báo cáo × 0,1 → +0,3 điểm", "10 + 0,3 = 10,3 điểm"),
        ),
        (bonus("ratio", points="2"), {}, "10", ()),
        (bonus("ratio", points="2"), {"achieved": "0", "plan": "4"}, "10", ("0/4 = 0% → 0 điểm",)),
        (note("note"), {}, "10", ()),
    ],
)
def test_what_is_given_and_taken(taken, figures, points, lines):
    full = criterion(10, taken, starts="full")
    assert worked(full, {"m": figures}) == (D(points), (FULL, *lines))


ABOVE = {
    "1% of maximum for 1%": bonus("above-plan", percent_of_maximum="1", cap_percent="10"),
    "points for 1%": bonus("above-plan", points="0.1", cap="1"),
    "without a cap": bonus("above-plan", points="0.1"),
    "whole steps of 5%": bonus("above-plan", points="0.5", step_percent="5", whole_steps=True, cap="2"),
    "from 92%, at once": bonus(
        "above-plan", points="0.1", from_percent="92", at_once="0.1", whole_steps=True, cap="0.5"
    ),
}


@pytest.mark.parametrize(
    ("name", "achieved", "points", "line"),
    [
        ("1% of maximum for 1%", "100", "0", None),
        ("1% of maximum for 1%", "90", "0", None),
        ("1% of maximum for 1%", "104", "0.4", "vượt 4% → +0,4 điểm"),
        ("1% of maximum for 1%", "104.5", "0.45", "vượt 4,5% → +0,45 điểm"),
        ("1% of maximum for 1%", "112", "1", "vượt 12% (tính 10%) → +1 điểm"),
        ("points for 1%", "112", "1", "vượt 12% (tính 10%) → +1 điểm"),
        ("without a cap", "250", "15", "vượt 150% → +15 điểm"),
        ("whole steps of 5%", "104.9", "0", "vượt 4,9% (tính 0%) → 0 điểm"),
        ("whole steps of 5%", "114", "1", "vượt 14% (tính 10%) → +1 điểm"),
        ("whole steps of 5%", "190", "2", "vượt 90% (tính 20%) → +2 điểm"),
        ("from 92%, at once", "92", "0", None),
        ("from 92%, at once", "92.5", "0.1", "vượt mốc 92% là 0,5%: 0,1 + 0 × 0,1 → +0,1 điểm"),
        ("from 92%, at once", "94", "0.3", "vượt mốc 92% là 2%: 0,1 + 2 × 0,1 → +0,3 điểm"),
        (
            "from 92%, at once",
            "99",
            "0.5",
            "vượt mốc 92% là 7%: 0,1 + 7 × 0,1 = 0,8 điểm, tối đa 0,5 → +0,5 điểm",
        ),
    ],
)
def test_bonus_above_plan(name, achieved, points, line):
    full = criterion(10, ABOVE[name], starts="full")
    found, lines = worked(full, {"m": {"achieved": achieved, "plan": "100"}})
    shown = (
        () if line is None else (f"{achieved.replace('.', ',')}/100 = {achieved.replace('.', ',')}%, {line}",)
    )
    assert (found - 10, lines[1:2]) == (D(points), shown)


def test_the_ratio_and_its_bonus_share_figures():
    ratio = measure("ratio", key="ti-le", code="1.1", unit="văn bản")
    above = bonus(
        "above-plan", key="vuot", code="1.2", figures_of="ti-le", percent_of_maximum="1", cap_percent="10"
    )
    assert worked(criterion(10, ratio, above), {"ti-le": {"achieved": "56", "plan": "50"}}) == (
        D(11),
        (
            "1.1: 56/50 văn bản = 112%, tính 100% → 10 điểm",
            "1.2: vượt 12% (tính 10%) → +1 điểm",
            "10 + 1 = 11 điểm",
        ),
    )


def test_nothing_achieved_where_less_is_better_earns_the_whole_bonus():
    inverse = measure("inverse", key="giam", code="a")
    above = bonus("above-plan", key="vuot", code="b", figures_of="giam", points="0.1", cap="1")
    found, lines = worked(criterion(10, inverse, above), {"giam": {"achieved": "0", "plan": "4"}})
    assert (found, lines[1]) == (D(11), "b: thực hiện 0, kế hoạch 4, thưởng tối đa → +1 điểm")


CLASSES = [
    {"from": "2000", "bands": bands(("10", "2.7"), ("1", "1.2"))},
    {"from": "1000", "bands": bands(("10", "2.5"), ("1", "1"))},
    {"from": "0", "bands": bands(("10", "2"), ("1", "0.5")), "otherwise": "0.1"},
]


@pytest.mark.parametrize(
    ("size", "part", "points", "class_words"),
    [
        ("999", "10", "2", "từ 0 hồ sơ"),
        ("1000", "10", "2.5", "từ 1.000 hồ sơ"),
        ("1999", "9.99", "1", "từ 1.000 hồ sơ"),
        ("2000", "1", "1.2", "từ 2.000 hồ sơ"),
        ("500", "0.99", "0.1", "từ 0 hồ sơ"),
    ],
)
def test_classes_of_units_have_their_own_bands(size, part, points, class_words):
    classed = measure(
        "bands", of="share", classes=CLASSES, class_label="Hồ sơ tiếp nhận trong năm", class_unit="hồ sơ"
    )
    found, (line,) = worked(criterion(3, classed), {"m": {"part": part, "whole": "100", "class_of": size}})
    assert found == D(points)
    assert f"(nhóm {class_words})" in line


def test_every_kind_is_worked_out_here():
    tried = {each.kind for each in [*ONE.values(), *ABOVE.values()]} | {"note"}
    elsewhere = {"disqualification", "target-and-best"}  # with what excludes; where units are compared
    assert set(KINDS) - tried == elsewhere


def test_the_page_for_whoever_writes_a_set_names_every_kind_and_setting():
    page = (Path(__file__).parents[4] / "docs" / "scoring.md").read_text()
    named = set(re.findall(r"`([a-z_-]+)", page))
    known = set(KINDS).union(COMMON_SETTINGS, *(kind.settings for kind in KINDS.values()))
    assert known - named == set()
