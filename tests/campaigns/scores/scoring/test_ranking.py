"""The order of units: ties, what settles them, and who does not rank."""

from decimal import Decimal as D

import pytest

from campaigns.scores.scoring.plan import TieBreak
from campaigns.scores.scoring.ranking import Entry, in_words, rank
from campaigns.scores.scoring.totals import totals
from tests.campaigns.scores.scoring.making import criterion, measure, plan, result, section

PLAN = plan(
    section("a", criterion(60, measure("manual"), key="a1")),
    section("b", criterion(40, measure("manual"), key="b1")),
)
BY_SECTION, FEWER, MORE = TieBreak("section", "a"), TieBreak("fewer-deductions"), TieBreak("more-bonus")


def entry(key, a=0, b=0, bonus=0, deduction=0, **rest):
    out = {name: rest.pop(name) for name in ("out", "known_rank") if name in rest}
    found = totals(PLAN, {"a1": result(a, bonus, deduction, **rest), "b1": result(b)})
    return Entry(key, found, **out)


def ranks(entries, *tie_breaks, settled=None):
    return {each.key: each.rank for each in rank(entries, tie_breaks, settled, plan=PLAN)}


def test_higher_total_first():
    entries = [entry("x", 50, 30), entry("y", 55, 30), entry("z", 40, 30)]
    assert [(each.key, each.rank, each.total) for each in rank(entries)] == [
        ("y", 1, D(85)),
        ("x", 2, D(80)),
        ("z", 3, D(70)),
    ]


def test_equal_totals_share_a_rank_and_the_next_is_left_out():
    found = rank([entry("x", 50, 30), entry("y", 40, 40), entry("z", 40, 30), entry("w", 50, 30)])
    assert [(each.key, each.rank, each.tied_with) for each in found] == [
        ("x", 1, ("y", "w")),
        ("y", 1, ("x", "w")),
        ("w", 1, ("x", "y")),
        ("z", 4, ()),
    ]


TIED = [
    entry("x", 50, 30, 2, 2),
    entry("y", 45, 35, 1, 1),
    entry("z", 45, 35),
    entry("w", 46, 35, 0, 1),
    entry("v", 30, 40),
]


@pytest.mark.parametrize(
    ("tie_breaks", "expected"),
    [
        ((), {"x": 1, "y": 1, "z": 1, "w": 1, "v": 5}),
        ((BY_SECTION,), {"x": 1, "y": 2, "z": 2, "w": 2, "v": 5}),
        ((FEWER,), {"z": 1, "y": 2, "w": 2, "x": 4, "v": 5}),
        ((FEWER, MORE), {"z": 1, "y": 2, "w": 3, "x": 4, "v": 5}),
        ((BY_SECTION, MORE), {"x": 1, "y": 2, "z": 3, "w": 3, "v": 5}),
        ((BY_SECTION, FEWER, MORE), {"x": 1, "z": 2, "y": 3, "w": 4, "v": 5}),
    ],
)
def test_tie_breaks_go_in_order(tie_breaks, expected):
    assert ranks(TIED, *tie_breaks) == expected


def test_what_decided_is_told():
    found = {
        each.key: each.decided_by for each in rank(TIED, [BY_SECTION, FEWER], {"y": 2, "w": 1}, plan=PLAN)
    }
    assert found == {
        "x": "điểm mục A cao hơn",
        "z": "điểm mục A cao hơn; ít điểm trừ hơn",
        "y": "điểm mục A cao hơn; ít điểm trừ hơn; hội nghị thống nhất",
        "w": "điểm mục A cao hơn; ít điểm trừ hơn; hội nghị thống nhất",
        "v": "",
    }


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        ({"x": 2, "y": 1}, {"x": 2, "y": 1, "z": 3}),
        ({"x": 1, "y": 1}, {"x": 1, "y": 1, "z": 3}),
        ({"x": 1}, {"x": 1, "y": 1, "z": 3}),
        ({"z": 1, "x": 2, "y": 3}, {"x": 1, "y": 2, "z": 3}),
    ],
)
def test_the_conference_settles_equal_totals_alone(settled, expected):
    entries = [entry("x", 50, 30), entry("y", 50, 30), entry("z", 40, 30)]
    assert ranks(entries, settled=settled) == expected


def test_who_does_not_rank():
    entries = [
        entry("x", 50, 30),
        entry("late", 60, 40, out="Không nộp báo cáo"),
        entry("disqualified", 60, 40, disqualifies=("Mất đoàn kết", "Nộp chậm")),
        entry("both", 60, 40, out="Không nộp báo cáo", disqualifies=("Nộp chậm",)),
        Entry("unknown"),
        Entry("incomplete", totals(PLAN, {"a1": result(60)})),
        entry("zero"),
    ]
    found = rank(entries)
    assert [(each.key, each.rank, each.total, each.out) for each in found] == [
        ("x", 1, D(80), ""),
        ("zero", 2, D(0), ""),
        ("late", None, D(100), "Không nộp báo cáo"),
        ("disqualified", None, D(100), "Mất đoàn kết; Nộp chậm"),
        ("both", None, D(100), "Không nộp báo cáo; Nộp chậm"),
        ("unknown", None, None, ""),
        ("incomplete", None, None, ""),
    ]


def test_a_past_year_may_have_totals_alone():
    entries = [Entry("x", total=D(80)), entry("y", 50, 30), Entry("z", total=D("80.5")), Entry("w")]
    found = rank(entries, [BY_SECTION], plan=PLAN)
    assert [(each.key, each.rank, each.tied_with) for each in found] == [
        ("z", 1, ()),
        ("x", 2, ("y",)),
        ("y", 2, ("x",)),
        ("w", None, ()),
    ]


def test_beside_known_ranks_nothing_is_worked_out():
    entries = [
        Entry("x", total=D(80)),
        Entry("y", known_rank=2),
        Entry("z", total=D(70), known_rank=1),
        Entry("w", known_rank=2),
        Entry("out", known_rank=3, out="Bị thu hồi kết quả"),
    ]
    assert [(each.key, each.rank, each.tied_with) for each in rank(entries)] == [
        ("z", 1, ()),
        ("y", 2, ("w",)),
        ("w", 2, ("y",)),
        ("x", None, ()),
        ("out", None, ()),
    ]


@pytest.mark.parametrize(
    ("tie_breaks", "words"),
    [
        ((), "Bằng điểm thì xếp cùng hạng, trừ khi hội nghị thống nhất thứ tự."),
        (
            (BY_SECTION, FEWER, MORE),
            "Bằng điểm thì xét lần lượt: điểm mục A cao hơn; ít điểm trừ hơn; nhiều điểm thưởng hơn. "
            "Vẫn bằng nhau thì xếp cùng hạng, trừ khi hội nghị thống nhất thứ tự.",
        ),
    ],
)
def test_tie_breaks_in_words(tie_breaks, words):
    assert in_words(tie_breaks, PLAN) == words
