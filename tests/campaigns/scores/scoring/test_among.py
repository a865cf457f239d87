"""The measure that compares units; ranking by class first; deductions bounded by the bonus."""

from decimal import Decimal as D

import pytest

from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.plan import TieBreak
from campaigns.scores.scoring.ranking import Entry, in_words, rank
from campaigns.scores.scoring.score import MAY_CHANGE, compares_units, faults, score
from campaigns.scores.scoring.totals import totals
from tests.campaigns.scores.scoring.making import bonus, criterion, deduction, measure, plan, result, section

COMPARED = criterion(10, measure("target-and-best", unit="văn bản"))


def told(achieved, target):
    return {"m": {"achieved": achieved, "plan": target}}


def worked(all_units, of=COMPARED, digits=2):
    """[(points, line)] of each of the units among all of them."""
    found = []
    for place, figures in enumerate(all_units):
        others = all_units[:place] + all_units[place + 1 :]
        result = score(of, figures, digits=digits, others=others)
        found.append((result.points, result.working[0]))
    return found


@pytest.mark.parametrize(
    ("units", "points"),
    [
        ([("12", "10"), ("15", "10"), ("10", "10"), ("8", "10")], ["7.00", "10.00", "5.00", "4.00"]),
        ([("3", "0"), ("4", "0")], ["7.50", "10.00"]),
        ([("15", "10"), ("15", "10")], ["10.00", "10.00"]),
        ([("11", "10")], ["10.00"]),
        ([("0", "10"), ("10", "10")], ["0.00", "5.00"]),
        ([("0", "0"), ("0", "0")], ["0.00", "0.00"]),
        ([("3", "0"), ("100", "50"), ("6", "0")], ["5.00", "10.00", "10.00"]),
        ([("1", "3"), ("2", "3")], ["1.67", "3.33"]),
        ([("13", "10"), ("17", "10")], ["7.14", "10.00"]),
    ],
)
def test_result_is_judged_by_target_and_by_the_best_unit(units, points):
    found = worked([told(*each) for each in units])
    assert [each for each, _line in found] == [D(each) for each in points]


def test_working_says_what_the_unit_was_compared_with():
    units = [told(each, "10") for each in ("12", "15", "10", "8")]
    assert [line for _points, line in worked(units)] == [
        "12/10 văn bản, vượt 2 văn bản, đơn vị cao nhất vượt 5 văn bản: 5 + 2/5 × 5 → 7 điểm",
        "15/10 văn bản, vượt 5 văn bản, cao nhất → 10 điểm",
        "10/10 văn bản, đạt chỉ tiêu, tính trên 5 điểm → 5 điểm",
        "8/10 văn bản = 80%, chưa đạt chỉ tiêu, tính trên 5 điểm → 4 điểm",
    ]
    assert [line for _points, line in worked([told("3", "0"), told("4", "0")])] == [
        "không giao chỉ tiêu, 3/4 văn bản của đơn vị cao nhất → 7,5 điểm",
        "không giao chỉ tiêu, 4/4 văn bản của đơn vị cao nhất → 10 điểm",
    ]


def test_units_whose_figures_are_not_whole_are_not_among_them():
    others = [told("15", ""), told("", "10"), {}, told("một", "10")]
    assert score(COMPARED, told("12", "10"), digits=2, others=others).points == D(10)


def test_sheet_says_that_points_may_change_while_others_may():
    provisional = score(COMPARED, told("12", "10"), digits=2, settled=False)
    assert provisional.working[-1] == MAY_CHANGE
    assert MAY_CHANGE not in score(COMPARED, told("12", "10"), digits=2).working
    plain = criterion(10, measure("ratio"))
    assert MAY_CHANGE not in score(plain, told("8", "10"), digits=2, settled=False).working
    assert (compares_units(COMPARED), compares_units(plain)) == (True, False)


def test_fixed_target_may_be_nought_and_figures_may_be_shared():
    fixed = criterion(10, measure("target-and-best", plan="0"))
    shared = criterion(
        10,
        measure("ratio", key="a", points="5"),
        measure("target-and-best", key="b", points="5", figures_of="a"),
    )
    assert worked([{"m": {"achieved": each}} for each in ("3", "4")], fixed)[0][0] == D("7.50")
    units = [{"a": {"achieved": each, "plan": "10"}} for each in ("12", "15")]
    assert score(shared, units[0], digits=2, others=units[1:]).points == D("8.50")  # 5 and 2.5 + 2/5 x 2.5
    assert [each.question for each in faults(COMPARED, {}, digits=2)] == ["achieved", "plan"]


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (COMPARED, []),
        (criterion(0, bonus("target-and-best")), ["Hãy ghi số điểm thưởng"]),
        (criterion(0, deduction("target-and-best", points="2")), ["không dùng được cho loại điểm này"]),
        (criterion(10, measure("target-and-best", plan="-1")), ["không được âm"]),
    ],
)
def test_measure_is_checked(of, words):
    found = [each.words for each in faults_of(plan(section("a", of)))]
    assert len(found) == len(words) and all(part in each for part, each in zip(words, found, strict=True))


# Class first, then points -----------------------------------------------------------------------------------

CLASSED = plan(
    section("loai", criterion(3, measure("manual"), key="l")),
    section("b", criterion(97, measure("manual"), key="b1")),
    class_section="loai",
)


def entry(key, grade, points):
    return Entry(key, totals(CLASSED, {"l": result(grade), "b1": result(points)}))


def test_class_comes_first_then_points_then_tie_breaks():
    entries = [entry("x", 1, 97), entry("y", 3, 50), entry("z", 3, 60), entry("w", 1, 97)]
    found = rank(entries, (TieBreak("more-bonus"),), plan=CLASSED)
    assert [(each.key, each.rank) for each in found] == [("z", 1), ("y", 2), ("x", 3), ("w", 3)]
    assert [(each.key, each.rank) for each in rank(entries)][0] == ("x", 1)  # by totals alone
    assert in_words((), CLASSED) == (
        "Xếp theo loại ở mục LOAI trước, rồi theo tổng điểm. Bằng điểm thì xếp cùng hạng, trừ khi hội nghị "
        "thống nhất thứ tự."
    )


def test_section_of_classes_must_be_there():
    wrong = plan(section("b", criterion(10, measure("manual"))), class_section="loai")
    assert [each.words for each in faults_of(wrong)] == [
        "Mục dùng để xếp loại trước “loai” không có trong bộ tiêu chí."
    ]


# Deductions at most a share of the bonus --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "bonus_points", "taken", "counted", "line"),
    [
        ("50", 8, 6, 4, ("Toàn bộ: điểm trừ 6, tối đa 50% của 8 điểm thưởng là 4 điểm",)),
        ("50", 8, 4, 4, ()),
        ("50", 8, 3, 3, ()),
        ("100", 0, 3, 0, ("Toàn bộ: điểm trừ 3, tối đa 100% của 0 điểm thưởng là 0 điểm",)),
        ("33", 5, 3, "1.65", ("Toàn bộ: điểm trừ 3, tối đa 33% của 5 điểm thưởng là 1,65 điểm",)),
        (None, 0, 3, 3, ()),
    ],
)
def test_deductions_are_at_most_a_share_of_the_bonus(share, bonus_points, taken, counted, line):
    bounded = plan(
        section("a", criterion(90, measure("manual"), key="a1")), deduction_share=share and D(share)
    )
    found = totals(bounded, {"a1": result(80, bonus_points, taken)})
    assert (found.deduction, found.total, found.working) == (
        D(counted),
        80 + bonus_points - D(counted),
        line,
    )
