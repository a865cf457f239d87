"""Figures that cannot be: each is refused in words that say what to do, at the place where it was typed."""

import pytest

from campaigns.scores.scoring.plan import FigureFault
from campaigns.scores.scoring.score import faults, questions, score
from tests.campaigns.scores.scoring.making import (
    YEAR,
    bands,
    bonus,
    criterion,
    days,
    deduction,
    measure,
    note,
)

MEASURES = {
    "ratio": measure("ratio", unit="văn bản"),
    "ratio of 90%": measure("ratio", plan="90", unit="%"),
    "ratio of little": measure("ratio", plan="0.5", unit="%", allow_below_one=True),
    "ratio within": measure("ratio", plan="90", unit="%", lowest="50", highest="120"),
    "value": measure("bands", unit="%", bands=bands(("90", "5"))),
    "value above": measure("bands", unit="%", may_exceed=True, bands=bands(("110", "5"))),
    "share": measure(
        "bands", of="share", bands=bands(("90", "5")), labels={"part": "Số hộ", "whole": "Tổng số hộ"}
    ),
    "backlog": measure("backlog", bands=bands(("90", "5"))),
    "lateness": measure("lateness", bands=days(("0", "5"))),
    "lateness of days": measure("lateness", of="days", bands=days(("0", "5"))),
    "yes-no": measure("yes-no"),
    "graded": measure("graded", grades=[{"grade": "A", "points": "5"}, {"grade": "B", "points": "3"}]),
    "per-case": measure("per-case", points="1"),
    "manual": measure("manual", points="5", lowest="1"),
    "manual to the full points": measure("manual"),
    "bonus": bonus("ratio", points="5"),
}
ABOUT_NINETY = "Hãy ghi 90 nếu muốn nói 90%; nếu đúng là 0,9% thì hỏi đơn vị lập bộ tiêu chí."


@pytest.mark.parametrize(
    ("name", "figures", "question", "words"),
    [
        ("ratio", {}, "achieved", "Chưa có “Thực hiện”. Hãy ghi; nếu là không thì ghi 0."),
        (
            "ratio",
            {"achieved": " ", "plan": "5"},
            "achieved",
            "Chưa có “Thực hiện”. Hãy ghi; nếu là không thì ghi 0.",
        ),
        ("ratio", {"achieved": "5"}, "plan", "Chưa có “Kế hoạch”. Hãy ghi; nếu là không thì ghi 0."),
        (
            "ratio",
            {"achieved": "4,5", "plan": "5"},
            "achieved",
            "“Thực hiện” phải là một số, ví dụ 42 hoặc 97,5.",
        ),
        (
            "ratio",
            {"achieved": "1e3", "plan": "5"},
            "achieved",
            "“Thực hiện” phải là một số, ví dụ 42 hoặc 97,5.",
        ),
        (
            "ratio",
            {"achieved": "-1.5", "plan": "5"},
            "achieved",
            "“Thực hiện” không được dưới 0 văn bản, đang ghi -1,5 văn bản. Hãy kiểm tra lại.",
        ),
        (
            "ratio",
            {"achieved": "5", "plan": "0"},
            "plan",
            "“Kế hoạch” phải lớn hơn 0. Nếu đơn vị không được giao thì ghi là không áp dụng.",
        ),
        (
            "ratio of 90%",
            {"achieved": "0.90"},
            "achieved",
            f"“Thực hiện” tính theo %, mà 0,9 giống một tỷ số. {ABOUT_NINETY}",
        ),
        (
            "ratio of 90%",
            {"achieved": "1"},
            "achieved",
            "“Thực hiện” tính theo %, mà 1 giống một tỷ số. Hãy ghi 100 nếu muốn nói 100%; "
            "nếu đúng là 1% thì hỏi đơn vị lập bộ tiêu chí.",
        ),
        (
            "ratio within",
            {"achieved": "9"},
            "achieved",
            "“Thực hiện” không được dưới 50%, đang ghi 9%. Hãy kiểm tra lại.",
        ),
        (
            "ratio within",
            {"achieved": "900"},
            "achieved",
            "“Thực hiện” không được quá 120%, đang ghi 900%. Hãy kiểm tra lại.",
        ),
        (
            "value",
            {"value": "0.9"},
            "value",
            f"“Kết quả đạt được” tính theo %, mà 0,9 giống một tỷ số. {ABOUT_NINETY}",
        ),
        (
            "value",
            {"value": "100.1"},
            "value",
            "“Kết quả đạt được” không được quá 100%, đang ghi 100,1%. Hãy kiểm tra lại.",
        ),
        (
            "share",
            {"part": "51", "whole": "50"},
            "part",
            "“Số hộ” đang nhiều hơn “Tổng số hộ”. Hãy kiểm tra lại hai số này.",
        ),
        (
            "share",
            {"part": "0", "whole": "0"},
            "whole",
            "“Tổng số hộ” phải lớn hơn 0. Nếu không phát sinh thì ghi là không áp dụng.",
        ),
        (
            "backlog",
            {"outstanding": "3", "total": "2"},
            "outstanding",
            "“Số còn tồn đọng” đang nhiều hơn “Tổng số phải giải quyết”. Hãy kiểm tra lại hai số này.",
        ),
        ("lateness", {"done_on": "2022-01-05"}, "due_on", "Chưa có “Hạn”. Hãy chọn."),
        (
            "lateness",
            {"due_on": "2022-02-30", "done_on": "2022-01-05"},
            "due_on",
            "“Hạn” phải là một ngày có trong lịch.",
        ),
        (
            "lateness",
            {"due_on": "2022-01-05", "done_on": "20220105"},
            "done_on",
            "“Ngày thực hiện” phải là một ngày có trong lịch.",
        ),
        (
            "lateness",
            {"due_on": "2022-01-05", "done_on": "2202-01-05"},
            "done_on",
            "“Ngày thực hiện” là 05/01/2202, quá xa năm thi đua. Hãy kiểm tra lại năm.",
        ),
        (
            "lateness",
            {"due_on": "2022-01-05"},
            "done_on",
            "Hãy ghi “Ngày thực hiện”, hoặc chọn “Chưa thực hiện”.",
        ),
        (
            "lateness",
            {"due_on": "2022-01-05", "done_on": "2022-01-05", "not_done": "yes"},
            "not_done",
            "Đã chọn “Chưa thực hiện” thì bỏ trống “Ngày thực hiện”, hoặc ngược lại.",
        ),
        ("lateness of days", {}, "days_late", "Hãy ghi “Số ngày chậm”, hoặc chọn “Chưa thực hiện”."),
        (
            "lateness of days",
            {"days_late": "-1"},
            "days_late",
            "“Số ngày chậm” phải là số nguyên, từ 0 trở lên.",
        ),
        ("yes-no", {}, "answer", "Chưa có “Có hay không”. Hãy chọn."),
        ("yes-no", {"answer": "có"}, "answer", "“Có hay không”: hãy chọn có hoặc không."),
        ("graded", {"grade": "E"}, "grade", "“Xếp loại”: hãy chọn một mục trong danh sách."),
        ("graded", {}, "grade", "Chưa có “Xếp loại”. Hãy chọn."),
        ("per-case", {"cases": "2.5"}, "cases", "“Số lượng” phải là số nguyên, từ 0 trở lên."),
        ("per-case", {"cases": "-2"}, "cases", "“Số lượng” phải là số nguyên, từ 0 trở lên."),
        ("manual", {}, "points", "Chưa có “Điểm chấm”. Hãy ghi; nếu là không thì ghi 0."),
        ("manual", {"points": "tám"}, "points", "“Điểm chấm” phải là một số điểm, ví dụ 8 hoặc 8,5."),
        (
            "manual",
            {"points": "5.5"},
            "points",
            "“Điểm chấm” không được quá 5 điểm, đang ghi 5,5 điểm. Hãy kiểm tra lại.",
        ),
        (
            "manual",
            {"points": "0.5"},
            "points",
            "“Điểm chấm” không được dưới 1 điểm, đang ghi 0,5 điểm. Hãy kiểm tra lại.",
        ),
        (
            "manual to the full points",
            {"points": "10.1"},
            "points",
            "“Điểm chấm” không được quá 10 điểm, đang ghi 10,1 điểm. Hãy kiểm tra lại.",
        ),
        ("bonus", {"achieved": "5"}, "plan", "Chưa có “Kế hoạch”. Hãy ghi; nếu là không thì ghi 0."),
    ],
)
def test_refused(name, figures, question, words):
    of_one = criterion(10, MEASURES[name])
    with pytest.raises(FigureFault) as refused:
        score(of_one, {"m": figures}, digits=2, **YEAR)
    fault = refused.value
    assert (fault.measure, fault.question, fault.words) == ("m", question, words)
    assert (fault.question, fault.words) in [
        (each.question, each.words) for each in faults(of_one, {"m": figures}, digits=2, **YEAR)
    ]


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("ratio of 90%", {"achieved": "0"}),
        ("ratio of 90%", {"achieved": "1.01"}),
        ("ratio of little", {"achieved": "0.4"}),
        ("ratio", {"achieved": "0.4", "plan": "1"}),
        ("value above", {"value": "112"}),
        ("lateness", {"due_on": "2022-01-05", "done_on": "2021-12-30", "not_done": "no"}),
        ("per-case", {}),
        ("bonus", {}),
    ],
)
def test_taken(name, figures):
    assert faults(criterion(10, MEASURES[name]), {"m": figures}, digits=2, **YEAR) == []


def test_all_faults_are_told_at_once_and_each_once():
    several = criterion(
        10,
        measure("ratio", key="a", points="5"),
        measure("yes-no", key="b", points="5"),
        bonus("above-plan", key="c", points="0.1", figures_of="a"),
        deduction("per-case", key="d", points="1"),
    )
    figures = {"a": {"achieved": "nhiều"}, "b": {"answer": "yes"}, "d": {"cases": "hai"}}
    assert [(each.measure, each.question) for each in faults(several, figures, digits=2)] == [
        ("a", "achieved"),
        ("a", "plan"),
        ("d", "cases"),
    ]


def asked(criterion):
    return {
        key: [(each.name, each.kind, each.unit) for each in of] for key, of in questions(criterion).items()
    }


def test_each_figure_is_asked_once():
    late = deduction("bands", key="late", of="share", unit="hồ sơ", bands=bands(("10", "2")))
    early = bonus(
        "bands", key="early", of="share", figures_of="late", shares=["whole"], bands=bands(("1", "1"))
    )
    ratio = measure("ratio", key="ratio", unit="%", plan="80")
    above = bonus("above-plan", key="above", figures_of="ratio", points="0.1")
    other = criterion(
        10, ratio, above, late, early, note("note", key="heading"), note("disqualification", key="out")
    )
    assert asked(other) == {
        "ratio": [("achieved", "number", "%")],
        "late": [("part", "number", "hồ sơ"), ("whole", "number", "hồ sơ")],
        "early": [("part", "number", "")],
        "out": [("happened", "yes-no", "")],
    }


def test_of_what_only_gives_or_takes_nothing_need_be_answered():
    several = criterion(
        10,
        measure("yes-no", key="base"),
        deduction("yes-no", key="taken", points="1"),
        deduction("backlog", key="backlog", bands=bands(("1", "1"))),
        bonus("ratio", key="given", points="1"),
    )
    optional = {key: [each.optional for each in of] for key, of in questions(several).items()}
    assert optional == {"base": [False], "taken": [True], "backlog": [False, False], "given": [True, True]}


def test_figures_of_other_measures_are_left_alone():
    figures = {"m": {"answer": "yes", "unit": "%"}, "of another version": {"cases": "x"}}
    assert faults(criterion(10, MEASURES["yes-no"]), figures, digits=2) == []


def test_labels_are_the_set_s_own():
    share = criterion(10, MEASURES["share"])
    assert [each.label for each in questions(share)["m"]] == ["Số hộ", "Tổng số hộ"]
