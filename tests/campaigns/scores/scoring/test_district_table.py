"""The hardest criteria of a real table (districts of one province, 2022), written as measures."""

from decimal import Decimal as D

import pytest

from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.score import score
from tests.campaigns.scores.scoring.making import (
    YEAR,
    bands,
    bonus,
    criterion,
    days,
    deduction,
    measure,
    note,
    plan,
    section,
    worked,
)

A4 = criterion(
    "3.5",
    deduction("yes-no", key="1-1", code="a4.1.1", points="1"),
    deduction("bands", key="1-2", code="a4.1.2", unit="%", bands=bands(("98.5", "0")), otherwise="0.5"),
    deduction("per-case", key="1-3", code="a4.1.3", points="0.5"),
    note(
        "note", key="2", code="a4.2", text="Đạt đủ các tiêu chí thì cộng điểm đối với 01 trong 02 trường hợp"
    ),
    bonus(
        "bands",
        key="2-1",
        code="a4.2.1",
        figures_of="1-2",
        unit="%",
        bands=bands(("99", "1")),
        unless=["1-1", "1-2", "1-3"],
    ),
    bonus(
        "bands",
        key="2-2",
        code="a4.2.2",
        unit="%",
        bands=bands(("95", "1")),
        only_if=["2-1"],
        unless=["1-1", "1-2", "1-3"],
    ),
    key="a4",
    starts="full",
    deduction_cap="2",
    bonus_cap="2",
)
B2 = criterion(
    5,
    bonus("per-case", key="1", code="b2.1", points="0.5", cap="1", unit="giếng"),
    deduction("per-case", key="2", code="b2.2", points="0.5", cap="1", unit="giếng"),
    deduction("per-case", key="3", code="b2.3", points="0.2", cap="1", unit="lần"),
    deduction("per-case", key="4", code="b2.4", points="0.5", cap="1", unit="nội dung"),
    bonus("yes-no", key="5", code="b.2.5", points="0.5"),
    deduction("yes-no", key="6", code="b.2.6", points="0.5"),
    deduction("per-case", key="7", code="b.2.7", points="0.5", cap="1"),
    key="b2",
    starts="full",
)
C1 = criterion(
    5,
    measure("bands", of="share", unit="hộ", bands=bands(("above 98", "5"), ("97", "4"), ("96", "3"))),
    key="c1",
)
C2 = criterion(
    5,
    measure(
        "bands",
        key="rate",
        code="C2.1",
        of="share",
        unit="cơ sở",
        bands=bands(("above 90", "5"), ("80", "4"), ("70", "3")),
    ),
    bonus(
        "above-plan",
        key="more",
        code="C2.4",
        figures_of="rate",
        points="0.1",
        cap="0.5",
        from_percent="92",
        at_once="0.1",
        whole_steps=True,
    ),
    key="c2",
)
C3 = criterion(
    5,
    measure("yes-no", key="1", code="C3.1", points="2"),
    deduction("per-case", key="1-papers", code="C3.1-", points="0.1", cap="0.5", unit="mục", only_if=["1"]),
    measure("yes-no", key="2", code="C3.2", points="3"),
    deduction("per-case", key="2-none", code="C3.2-", points="0.2", cap="2", unit="xã", only_if=["2"]),
    deduction("per-case", key="2-few", code="C3.2--", points="0.1", cap="1", unit="xã", only_if=["2"]),
    bonus("per-case", key="3", code="C3.3", points="0.2", cap="1", free="2", unit="lần", unless=["2-none"]),
    key="c3",
)
C5 = criterion(
    5,
    measure("yes-no", key="guide", code="C5.1", points="0.5"),
    measure("yes-no", key="plan", code="C5.1-", points="0.5"),
    measure("yes-no", key="plans", code="C5.2", points="1"),
    deduction("per-case", key="no-plan", code="C5.2-", points="0.2", cap="1", unit="xã"),
    measure("yes-no", key="report", code="C5.3", points="3"),
    deduction("per-case", key="failed", code="C5.3-", points="0.2", cap="2", unit="xã"),
    key="c5",
)
D1 = criterion(
    3,
    deduction("yes-no", key="none", code="d1.1", points="3"),
    deduction(
        "bands",
        key="below",
        code="d1.2",
        of="share",
        unit="cuộc",
        may_exceed=True,
        bands=bands(("100", "0"), ("95", "1")),
        otherwise="2",
        unless=["none"],
    ),
    bonus(
        "bands", key="above", code="d1.4", figures_of="below", bands=bands(("120", "2"), ("above 100", "1"))
    ),
    key="d1",
    starts="full",
)
D2 = criterion(
    7,
    deduction("per-case", key="1", code="d2.1", points="1"),
    bonus("per-case", key="3", code="d2.3", points="1", cap="2", unit="vụ"),
    deduction("per-case", key="4", code="d2.4", points="0.5"),
    key="d2",
    starts="full",
    bonus_cap="7",
    deduction_cap="7",
)
REFORM_PLAN = criterion(
    2, measure("lateness", due="01-31", bands=days(("0", "2")), otherwise="1.5"), key="reform-plan"
)


def classes(*rows):
    return [{"from": mark, "bands": bands(*each)} for mark, each in rows]


DOSSIERS = criterion(
    6,
    deduction(
        "bands",
        key="late",
        code="3.3.3",
        of="share",
        unit="hồ sơ",
        labels={"part": "Hồ sơ trễ hạn", "whole": "Hồ sơ tiếp nhận trong năm"},
        class_by="whole",
        classes=classes(
            ("2000", (("10", "1.7"), ("7", "1.2"), ("1", "0.7"), ("above 0", "0.2"))),
            ("1000", (("10", "2"), ("7", "1.5"), ("1", "1"), ("above 0", "0.5"))),
            ("0", (("10", "2.5"), ("7", "2"), ("1", "1.5"), ("above 0", "1"))),
        ),
    ),
    bonus(
        "bands",
        key="early",
        code="3.3.2",
        of="share",
        unit="hồ sơ",
        figures_of="late",
        shares=["whole"],
        labels={"part": "Hồ sơ trước hạn"},
        class_by="whole",
        unless=["late"],
        classes=classes(
            ("2000", (("10", "2.7"), ("7", "2.2"), ("5", "1.7"), ("1", "1.2"))),
            ("1000", (("10", "2.5"), ("7", "2"), ("5", "1.5"), ("1", "1"))),
            ("0", (("10", "2"), ("7", "1.5"), ("5", "1"), ("1", "0.5"))),
        ),
    ),
    deduction("yes-no", key="letters", code="3.3.4", points="2"),
    key="dossiers",
    starts="full",
)
REPORTS = criterion(
    2,
    deduction("per-case", key="late", code="5.1", points="0.5", unit="báo cáo"),
    note(
        "disqualification",
        key="none",
        code="5.2",
        text="Không gửi báo cáo giải trình chấm điểm thi đua và bản chấm điểm thi đua",
        verdict="không xếp loại",
    ),
    key="reports",
    starts="full",
)
ALL = (A4, B2, C1, C2, C3, C5, D1, D2, REFORM_PLAN, DOSSIERS, REPORTS)


def share(part, whole):
    return {"part": str(part), "whole": str(whole)}


def counts(**cases):
    return {key.removeprefix("_").replace("_", "-"): {"cases": str(value)} for key, value in cases.items()}


YES = {"answer": "yes"}


@pytest.mark.parametrize(
    ("of", "figures", "points"),
    [
        (A4, {"1-2": {"value": "98.4"}}, "3"),
        (A4, {"1-2": {"value": "98.5"}}, "3.5"),
        (A4, {"1-2": {"value": "99"}}, "4.5"),
        (A4, {"1-2": {"value": "99"}, "2-2": {"value": "95"}}, "5.5"),
        (A4, {"1-2": {"value": "98.9"}, "2-2": {"value": "95"}}, "3.5"),
        (A4, {"1-2": {"value": "99"}, "2-2": {"value": "95"}, "1-1": YES}, "2.5"),
        (A4, {"1-2": {"value": "90"}, "1-1": YES} | counts(_1_3=3), "1.5"),
        (B2, {}, "5"),
        (B2, counts(_1=3, _2=1), "5.5"),
        (B2, counts(_2=9, _3=9, _4=9, _7=9) | {"6": YES}, "0.5"),
        (B2, counts(_1=1) | {"5": YES}, "6"),
        (C1, {"m": share(981, 1000)}, "5"),
        (C1, {"m": share(980, 1000)}, "4"),
        (C1, {"m": share(9699, 10000)}, "3"),
        (C1, {"m": share(959, 1000)}, "0"),
        (C2, {"rate": share(90, 100)}, "4"),
        (C2, {"rate": share(91, 100)}, "5"),
        (C2, {"rate": share(921, 1000)}, "5.1"),
        (C2, {"rate": share(93, 100)}, "5.2"),
        (C2, {"rate": share(100, 100)}, "5.5"),
        (C2, {"rate": share(69, 100)}, "0"),
        (C3, {"1": YES, "2": YES}, "5"),
        (C3, {"1": YES, "2": YES} | counts(_1_papers=7, _2_none=3, _2_few=4), "3.5"),
        (C3, {"1": {"answer": "no"}, "2": YES} | counts(_1_papers=3, _3=4), "3.4"),
        (C3, {"1": YES, "2": YES} | counts(_3=9), "6"),
        (C3, {"1": YES, "2": YES} | counts(_3=9, _2_none=1), "4.8"),
        (C5, dict.fromkeys(("guide", "plan", "plans", "report"), YES), "5"),
        (
            C5,
            {"guide": YES, "plan": {"answer": "no"}, "plans": YES, "report": YES}
            | counts(no_plan=6, failed=4),
            "2.7",
        ),
        (D1, {"below": share(20, 20)}, "3"),
        (D1, {"below": share(19, 20)}, "2"),
        (D1, {"below": share(18, 20)}, "1"),
        (D1, {"below": share(21, 20)}, "4"),
        (D1, {"below": share(24, 20)}, "5"),
        (D1, {"below": share(0, 20), "none": YES}, "0"),
        (D2, counts(_1=3, _4=1), "3.5"),
        (D2, counts(_1=9), "0"),
        (D2, counts(_3=4), "9"),
        (REFORM_PLAN, {"m": {"done_on": "2022-01-31"}}, "2"),
        (REFORM_PLAN, {"m": {"done_on": "2022-02-01"}}, "1.5"),
        (DOSSIERS, {"late": share(0, 999)}, "6"),
        (DOSSIERS, {"late": share(0, 999), "early": {"part": "100"}}, "8"),
        (DOSSIERS, {"late": share(0, 1500), "early": {"part": "75"}}, "7.5"),
        (DOSSIERS, {"late": share(0, 2000), "early": {"part": "20"}}, "7.2"),
        (DOSSIERS, {"late": share(0, 2000), "early": {"part": "19"}}, "6"),
        (DOSSIERS, {"late": share(1, 2000), "early": {"part": "500"}}, "5.8"),
        (DOSSIERS, {"late": share(70, 1000)}, "4.5"),
        (DOSSIERS, {"late": share(99, 990), "letters": YES}, "1.5"),
        (REPORTS, counts(late=1), "1.5"),
        (REPORTS, counts(late=9), "0"),
    ],
)
def test_points(of, figures, points):
    assert worked(of, figures)[0] == D(points)


def test_who_sends_no_scores_is_not_ranked():
    found = score(REPORTS, {"none": {"happened": "yes"}}, digits=2, **YEAR)
    assert found.disqualifies == ("Không gửi báo cáo giải trình chấm điểm thi đua và bản chấm điểm thi đua",)
    assert found.working[-1] == "5.2: có → không xếp loại"


def test_the_working_says_it_all():
    figures = {"late": share(0, 1500), "early": {"part": "75"}}
    assert worked(DOSSIERS, figures)[1] == (
        "điểm chuẩn 6 điểm",
        "3.3.3: 0/1.500 hồ sơ = 0% (nhóm từ 1.000 hồ sơ) → không trừ điểm",
        "3.3.2: 75/1.500 hồ sơ = 5% (nhóm từ 1.000 hồ sơ) → +1,5 điểm",
        "6 + 1,5 = 7,5 điểm",
    )


def test_the_table_is_sound():
    whole = plan(section("all", *ALL), maximum=sum(each.maximum for each in ALL))
    assert faults_of(whole) == []
