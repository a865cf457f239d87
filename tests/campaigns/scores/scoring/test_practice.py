"""Guidelines and tables from practice, written as measures without a line of code."""

from decimal import Decimal as D

import pytest

from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.score import bounds, score
from campaigns.scores.scoring.totals import totals
from tests.campaigns.scores.scoring.making import (
    YEAR,
    bands,
    bonus,
    criterion,
    days,
    deduction,
    measure,
    plan,
    section,
    worked,
)

# A provincial guideline of 2021: measured tasks with their excess as bonus, at most a tenth of each and 20
# points in all; tasks where less is better; tasks graded A to D; deductions of 5, 10 and 20 points.


def measured(key, maximum, kind="ratio"):
    ratio = measure(kind, key="plan", code=key)
    above = bonus(
        "above-plan", key="above", code=f"{key}+", figures_of="plan", percent_of_maximum="1", cap_percent="10"
    )
    return criterion(maximum, ratio, above, key=key, code=key)


GRADES = [
    {"grade": grade, "label": label, "percent": percent}
    for grade, label, percent in [
        ("A", "Tốt", "100"),
        ("B", "Khá", "80"),
        ("C", "Trung bình", "60"),
        ("D", "Yếu", "0"),
    ]
]
REPORT_LATE = days(("4", "0"), ("9", "5"), ("14", "10"))
GUIDELINE = plan(
    section(
        "i",
        *(measured(f"i-{number}", 100) for number in (1, 2, 3)),
        measured("i-4", 50, "inverse"),
        bonus_cap=D(20),
    ),
    section("ii", criterion(50, measure("graded", grades=GRADES), key="ii-1")),
    section(
        "iii",
        criterion(0, bonus("manual", points="5", text="Sáng tạo mang lại hiệu quả nổi bật"), key="iii-1"),
        criterion(
            0,
            deduction("per-case", key="absent", code="1", points="5", unit="lần"),
            deduction("lateness", key="report", code="2", of="days", bands=REPORT_LATE, otherwise="20"),
            deduction("per-case", key="warned", code="3", points="10", unit="lần"),
            deduction(
                "per-case",
                key="discipline",
                text="Lãnh đạo bị kỷ luật cảnh cáo trở lên",
                points="20",
                unit="người",
                excludes_from_flags=True,
            ),
            key="iii-2",
            lowest=None,
        ),
    ),
    digits=2,
    maximum=D(400),
)
FIGURES = {
    "i-1": {"plan": {"achieved": "108", "plan": "100"}},
    "i-2": {"plan": {"achieved": "130", "plan": "100"}},
    "i-3": {"plan": {"achieved": "84", "plan": "100"}},
    "i-4": {"plan": {"achieved": "2", "plan": "2.5"}},
    "ii-1": {"m": {"grade": "B"}},
    "iii-1": {"m": {"points": "5"}},
    "iii-2": {"report": {"days_late": "6"}},
}


def of_guideline(**other):
    figures = FIGURES | {key.replace("_", "-"): value for key, value in other.items()}
    return {key: score(each, figures[key], digits=2, **YEAR) for key, each in GUIDELINE.criteria.items()}


def test_the_guideline_is_sound():
    assert faults_of(GUIDELINE) == []


def test_a_year_under_the_guideline():
    found = totals(GUIDELINE, of_guideline())
    points = {key: each.points for key, each in of_guideline().items()}
    assert points == {
        "i-1": D(108),
        "i-2": D(110),
        "i-3": D(84),
        "i-4": D(55),
        "ii-1": D(40),
        "iii-1": D(5),
        "iii-2": D(-5),
    }
    assert (found.total, found.base, found.bonus, found.deduction) == (D(394), D(374), D(25), D(5))
    assert (found.sections["i"].points, found.sections["i"].cut) == (D(354), D(3))
    assert found.working == ("Mục I: điểm thưởng 23, tối đa 20 điểm",)


@pytest.mark.parametrize(
    ("days_late", "points"),
    [
        ("0", "0"),
        ("4", "0"),
        ("5", "-5"),
        ("9", "-5"),
        ("10", "-10"),
        ("14", "-10"),
        ("15", "-20"),
        ("90", "-20"),
    ],
)
def test_late_reports_under_the_guideline(days_late, points):
    assert of_guideline(iii_2={"report": {"days_late": days_late}})["iii-2"].points == D(points)


def test_discipline_excludes_from_flags_and_does_not_disqualify():
    report = {"report": {"days_late": "0"}}
    found = totals(GUIDELINE, of_guideline(iii_2=report | {"discipline": {"cases": "1"}}))
    assert (found.deduction, found.excludes_from_flags, found.disqualifies) == (
        D(20),
        ("Lãnh đạo bị kỷ luật cảnh cáo trở lên",),
        (),
    )


def test_deductions_of_the_guideline_have_no_bound():
    assert bounds(GUIDELINE.criteria["iii-2"]) == (None, D(0))


@pytest.mark.parametrize(
    ("achieved", "points"), [("100", "100"), ("99", "99"), ("99.5", "99.5"), ("120", "100"), ("0", "0")]
)
def test_one_percent_is_one_point(achieved, points):
    of_plan = criterion(100, measure("ratio", per_percent="1"))
    assert worked(of_plan, {"m": {"achieved": achieved, "plan": "100"}})[0] == D(points)


@pytest.mark.parametrize(("achieved", "points"), [("100", "50"), ("98", "49"), ("120", "50")])
def test_two_percent_are_one_point(achieved, points):
    research = criterion(50, measure("ratio", per_percent="0.5"))
    assert worked(research, {"m": {"achieved": achieved, "plan": "100"}})[0] == D(points)


@pytest.mark.parametrize(
    ("outstanding", "points"),
    [("0", "110"), ("1", "100"), ("10", "100"), ("11", "90"), ("20", "90"), ("21", "0")],
)
def test_backlog_of_a_ministry_s_table(outstanding, points):
    taken = bands(("21", "110"), ("11", "20"), ("1", "10"))
    main_work = criterion(110, deduction("backlog", bands=taken), starts="full")
    assert worked(main_work, {"m": {"outstanding": outstanding, "total": "100"}})[0] == D(points)


@pytest.mark.parametrize(
    ("signed", "points"), [("96", "1.5"), ("95", "1"), ("75", "1"), ("74", "0.5"), ("50", "0.5"), ("49", "0")]
)
def test_signed_documents(signed, points):
    of_signed = measure("bands", of="share", bands=bands(("above 95", "1.5"), ("75", "1"), ("50", "0.5")))
    assert worked(criterion("1.5", of_signed), {"m": {"part": signed, "whole": "100"}})[0] == D(points)


@pytest.mark.parametrize(
    ("done_on", "points"),
    [
        ("2022-12-15", "2"),
        ("2022-12-16", "1.5"),
        ("2022-12-17", "1.5"),
        ("2022-12-20", "1"),
        ("2022-12-25", "0.5"),
        ("2022-12-26", "0"),
    ],
)
def test_late_reports(done_on, points):
    late = days(("0", "2"), ("2", "1.5"), ("5", "1"), ("10", "0.5"))
    assert worked(criterion(2, measure("lateness", due="12-15", bands=late)), {"m": {"done_on": done_on}})[
        0
    ] == D(points)


def test_listed_bonuses_under_one_cap():
    flags = criterion(
        0,
        bonus("per-case", key="city", code="a", points="10"),
        bonus("per-case", key="state", code="b", points="15"),
        bonus_cap="20",
    )
    assert worked(flags, {"city": {"cases": "1"}, "state": {"cases": "1"}})[0] == D(20)
