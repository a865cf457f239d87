"""What the sets that come along give for figures: every rule of the real table, and a bloc guideline."""

from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from campaigns.scores.criteria.files import read, read_shipped, shipped
from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.score import score
from campaigns.scores.scoring.totals import counting, totals

TABLE = read_shipped("tien-giang-2022")
HUNG_YEN = Path(__file__).resolve().parents[3] / "data" / "criteria-hung-yen-2021.toml"
GUIDELINE = read(HUNG_YEN.read_bytes()).plan
YEAR = {"first_day": date(2022, 1, 1), "last_day": date(2022, 12, 31)}


def given(plan, key, **figures):
    """(points, base, bonus, deduction) of a criterion; figures by the end of the measure's key."""
    told = {f"{key}-{end.lstrip('m')}": each for end, each in figures.items()}
    found = score(plan.criteria[key], told, digits=plan.digits, **YEAR)
    return found.points, found.base, found.bonus, found.deduction


def cases(number):
    return {"cases": str(number)}


YES, NO, ON_TIME, LATE = (
    {"answer": "yes"},
    {"answer": "no"},
    {"done_on": "2022-01-31"},
    {"done_on": "2022-02-01"},
)


@pytest.mark.parametrize(
    "content", [each.content for each in shipped()], ids=[each.name for each in shipped()]
)
def test_shipped_sets_have_no_fault(content):
    assert faults_of(content.plan) == []


def test_guideline_is_expressible_without_code():
    assert faults_of(GUIDELINE) == []


def share(part, whole):
    return {"part": str(part), "whole": str(whole)}


def value(percent):
    return {"value": str(percent)}


def files(early, late, whole, received):
    return {
        "m35": {"part": str(late), "whole": str(whole), "class_of": str(received)},
        "m36": {"part": str(early)},
    }


@pytest.mark.parametrize(
    ("key", "figures", "points"),
    [
        ("a1", {}, ["3", "3", "0", "0"]),
        ("a1", {"m1": cases(2), "m2": cases(2)}, ["1.5", "3", "0", "1.5"]),
        ("a2", {"m1": cases(1), "m2": cases(1), "m3": cases(3)}, ["1", "3", "0", "2"]),
        ("a3", {"m1": YES, "m2": YES}, ["0.5", "3", "0", "2.5"]),
        ("a4", {"m3": value("98.5")}, ["3.5", "3.5", "0", "0"]),
        ("a4", {"m2": YES, "m3": value(90), "m4": cases(3)}, ["1.5", "3.5", "0", "2"]),
        ("a4", {"m3": value(99)}, ["4.5", "3.5", "1", "0"]),
        ("a4", {"m3": value(99), "m7": value(95)}, ["5.5", "3.5", "2", "0"]),
        ("a4", {"m3": value(98.9), "m7": value(95)}, ["3.5", "3.5", "0", "0"]),
        ("a4", {"m3": value(99), "m4": cases(1)}, ["3", "3.5", "0", "0.5"]),
        ("a5", {"m1": cases(5)}, ["1", "3", "0", "2"]),
        ("a6", {"m1": cases(2)}, ["2", "3", "0", "1"]),
        ("a7", {"m1": YES, "m2": cases(2), "m6": cases(3)}, ["5.1", "3", "3", "0.9"]),
        ("a8", {"m1": cases(1), "m2": YES}, ["2", "3.5", "0", "1.5"]),
        ("a9", {"m1": YES, "m2": YES, "m3": YES, "m4": cases(4)}, ["2.9", "5", "0.4", "2.5"]),
        ("b1", {"m1": cases(7), "m2": cases(1)}, ["0.75", "2", "0", "1.25"]),
        ("b2", {"m1": cases(9), "m2": cases(3), "m5": YES}, ["5.5", "5", "1.5", "1"]),
        ("b2", {"m3": cases(9), "m4": cases(3), "m6": YES, "m7": cases(4)}, ["1.5", "5", "0", "3.5"]),
        ("b3", {"m1": YES, "m2": cases(30)}, ["1.5", "3", "0.5", "2"]),
        ("b4", {"m1": cases(9), "m2": YES, "m3": cases(2)}, ["1", "5", "0", "4"]),
        ("c1", {"m4": share(981, 1000)}, ["5", "5", "0", "0"]),
        ("c1", {"m4": share(98, 100)}, ["4", "4", "0", "0"]),
        ("c1", {"m4": share(9699, 10000)}, ["3", "3", "0", "0"]),
        ("c1", {"m4": share(95, 100)}, ["0", "0", "0", "0"]),
        ("c2", {"m4": share(92, 100)}, ["5", "5", "0", "0"]),
        ("c2", {"m4": share(921, 1000)}, ["5.1", "5", "0.1", "0"]),
        ("c2", {"m4": share(94, 100)}, ["5.3", "5", "0.3", "0"]),
        ("c2", {"m4": share(100, 100)}, ["5.5", "5", "0.5", "0"]),
        ("c3", {"m2": YES, "m6": YES, "m10": cases(9)}, ["6", "5", "1", "0"]),
        (
            "c3",
            {"m2": YES, "m4": cases(9), "m6": YES, "m8": cases(20), "m9": cases(20)},
            ["1.5", "5", "0", "3.5"],
        ),
        ("c3", {"m2": NO, "m6": YES}, ["3", "3", "0", "0"]),
        ("c4", {"m2": YES, "m5": share(20, 20)}, ["4", "4", "0", "0"]),
        ("c4", {"m2": NO, "m5": share(19, 20)}, ["0", "0", "0", "0"]),
        (
            "c5",
            {"m2": YES, "m4": NO, "m7": YES, "m9": cases(2), "m11": YES, "m12": cases(30)},
            ["2.1", "4.5", "0", "2.4"],
        ),
        ("c6", {"m1": YES, "m3": cases(9)}, ["0.5", "1", "0", "0.5"]),
        ("d1", {"m1": YES, "m6": value(0)}, ["0", "3", "0", "3"]),
        ("d1", {"m6": value("94.9")}, ["1", "3", "0", "2"]),
        ("d1", {"m6": value(95)}, ["2", "3", "0", "1"]),
        ("d1", {"m6": value("119.9")}, ["4", "3", "1", "0"]),
        ("d1", {"m6": value(120)}, ["5", "3", "2", "0"]),
        ("d2", {"m1": cases(9), "m2": cases(9), "m3": cases(3)}, ["2", "7", "2", "7"]),
        ("2-1", {"m3": cases(1)}, ["-1", "1", "0", "2"]),
        ("2-2", {"m1": cases(3), "m2": YES}, ["1.5", "1", "1.5", "1"]),
        ("3-1", {"m2": ON_TIME}, ["2", "2", "0", "0"]),
        ("3-1", {"m2": LATE}, ["1.5", "1.5", "0", "0"]),
        ("3-1", {"m2": {"not_done": "yes"}}, ["0", "0", "0", "0"]),
        ("3-2", {"m1": YES}, ["2.5", "2", "0.5", "0"]),
        ("3-2", {"m2": YES, "m3": YES}, ["1", "2", "0", "1"]),
        ("3-3", files(10, 0, 100, 999), ["8", "6", "2", "0"]),
        ("3-3", files(7, 0, 100, 1000), ["8", "6", "2", "0"]),
        ("3-3", files(5, 0, 100, 2000), ["7.7", "6", "1.7", "0"]),
        ("3-3", files(50, 1, 1000, 999), ["5", "6", "0", "1"]),
        ("3-3", files(0, 10, 100, 1500), ["4", "6", "0", "2"]),
        ("3-3", files(0, 7, 100, 2000), ["4.8", "6", "0", "1.2"]),
        ("3-3", files(0, 0, 100, 10) | {"m34": YES}, ["4", "6", "0", "2"]),
        ("4-1", {"m1": ON_TIME}, ["1", "1", "0", "0"]),
        ("4-1", {"m1": LATE}, ["0", "0", "0", "0"]),
        ("4-2", {"m1": cases(1)}, ["0", "0.5", "0", "0.5"]),
        ("4-3", {"m1": cases(9), "m2": cases(2)}, ["1.5", "1.5", "1", "1"]),
        ("5-a", {"m1": cases(1)}, ["1.5", "2", "0", "0.5"]),
        ("5-b", {"m1": cases(2), "m2": cases(1)}, ["1", "3", "0", "2"]),
    ],
)
def test_real_table_gives_what_it_says(key, figures, points):
    assert given(TABLE.plan, key, **figures) == tuple(D(each) for each in points)


def test_every_criterion_of_the_real_table_is_tried():
    marks = test_real_table_gives_what_it_says.pytestmark
    tried = {key for mark in marks if mark.name == "parametrize" for key, *_rest in mark.args[1]}
    assert tried == set(TABLE.plan.criteria)


def test_unit_that_sends_no_score_sheet_is_not_ranked():
    found = score(TABLE.plan.criteria["5-a"], {"5-a-2": {"happened": "yes"}}, digits=2)
    assert found.disqualifies == ("Không gửi báo cáo giải trình chấm điểm thi đua và bản chấm điểm thi đua",)
    assert "không xếp loại" in " ".join(found.working)


def test_sections_of_the_real_table_say_who_assesses_them():
    assert {key: TABLE.beside[key].assessor for key in ("tc1-a", "tc1-d", "tc2", "4-3", "tc5")} == {
        "tc1-a": "Phòng Quản lý đất đai",
        "tc1-d": "Thanh tra Sở",
        "tc2": "Văn phòng Sở",
        "4-3": "Bộ phận phụ trách Bản tin",
        "tc5": "Văn phòng Sở",
    }


# The guideline ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "figures", "points"),
    [
        ("i-1", {"m1": {"achieved": "90", "plan": "100"}}, ["90", "90", "0", "0"]),
        ("i-1", {"m1": {"achieved": "103", "plan": "100"}}, ["103", "100", "3", "0"]),
        ("i-1", {"m1": {"achieved": "150", "plan": "100"}}, ["110", "100", "10", "0"]),
        ("i-3", {"m1": {"achieved": "4", "plan": "3"}}, ["15", "15", "0", "0"]),
        ("i-3", {"m1": {"achieved": "2.5", "plan": "2.6"}}, ["20.8", "20", "0.8", "0"]),
        ("ii-1", {"m1": {"grade": "B"}}, ["48", "48", "0", "0"]),
        ("ii-3", {"m1": YES}, ["5", "0", "5", "0"]),
        ("iii-2", {"m1": YES, "m2": cases(2)}, ["-15", "0", "0", "15"]),
        ("iii-3", {"m1": {"days_late": "4"}}, ["0", "0", "0", "0"]),
        ("iii-3", {"m1": {"days_late": "5"}}, ["-5", "0", "0", "5"]),
        ("iii-3", {"m1": {"days_late": "14"}}, ["-10", "0", "0", "10"]),
        ("iii-3", {"m1": {"days_late": "15"}}, ["-20", "0", "0", "20"]),
        ("iii-4", {"m1": cases(1), "m2": YES, "m3": cases(1)}, ["-30", "0", "0", "30"]),
    ],
)
def test_guideline_gives_what_it_says(key, figures, points):
    assert given(GUIDELINE, key, **figures) == tuple(D(each) for each in points)


def test_discipline_takes_points_and_keeps_from_flags():
    found = score(GUIDELINE.criteria["iii-5"], {"iii-5-1": cases(1)}, digits=2)
    assert (found.points, len(found.excludes_from_flags), found.disqualifies) == (D(-20), 1, ())


def test_total_is_what_the_leader_gave_and_what_the_department_gave():
    over = {"achieved": "150", "plan": "100"}
    under = {"achieved": "50", "plan": "100"}
    grade = {"grade": "A"}
    nothing = {"iii-2": {}, "iii-3": {"iii-3-1": {"days_late": "0"}}, "iii-4": {}, "iii-5": {}}

    def scored(keys, quantity):
        told = {
            "i-1": {"i-1-1": quantity},
            "i-2": {"i-2-1": quantity},
            **{f"i-{number}": {f"i-{number}-1": {"achieved": "1", "plan": "2"}} for number in range(3, 7)},
            "ii-1": {"ii-1-1": grade},
            "ii-2": {"ii-2-1": grade},
            "ii-3": {},
            "iii-1": {"iii-1-1": grade, "iii-1-2": YES},
            **nothing,
        }
        return {key: score(GUIDELINE.criteria[key], told[key], digits=2) for key in keys}

    own = [key for key in GUIDELINE.criteria if not key.startswith("iii")]
    third = [key for key in GUIDELINE.criteria if key.startswith("iii")]
    found = counting(
        GUIDELINE,
        {"self": scored(own, under), "leader": scored(own, over), "department": scored(third, over)},
    )
    assert {tier for tier, _result in found.values()} == {"leader", "department"}
    result = totals(GUIDELINE, {key: each for key, (_tier, each) in found.items()})
    # 200 + at most 20 of quantities, 100 of qualities, 50 + 5 of the department
    assert (result.total, result.sections["i"].points, result.sections["iii"].points) == (
        D(375),
        D(220),
        D(55),
    )
