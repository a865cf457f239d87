"""Totals of a unit: sections, caps on the way, criteria that do not apply, the tier whose figure counts."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaigns.scores.scoring.plan import CHECK, CONFERENCE, DEPARTMENT, LEADER, SELF, Result
from campaigns.scores.scoring.totals import SectionTotal, counting, totals
from tests.campaigns.scores.scoring.making import criterion, measure, plan, result, section

NOT_APPLICABLE = Result(None, not_applicable=True)


def plain(key, maximum, code=""):
    return criterion(
        maximum, measure("manual"), key=key, code=code or key.upper(), may_be_not_applicable=True
    )


NESTED = plan(
    section(
        "i",
        section("i-a", plain("a1", 30), plain("a2", 20), bonus_cap=D(3)),
        plain("b", 10),
        bonus_cap=D(4),
        deduction_cap=D(2),
    ),
    section("ii", plain("c", 40)),
    bonus_cap=D(5),
)
RESULTS = {
    "a1": result("25.50", 2),
    "a2": result("20", "2.5", 1),
    "b": result("9.33", 3, "2.5"),
    "c": result("40", 2),
}


def test_caps_are_applied_from_the_inside_out():
    found = totals(NESTED, RESULTS)
    assert found.sections == {
        "i": SectionTotal(D("56.83"), D("54.83"), D(4), D(2), D(2), D("1.5")),
        "i-a": SectionTotal(D("47.50"), D("45.50"), D(3), D(1), D("1.5"), D(0)),
        "ii": SectionTotal(D(42), D(40), D(2), D(0), D(0), D(0)),
    }
    assert (found.total, found.base, found.bonus, found.deduction, found.cut) == (
        D("97.83"),
        D("94.83"),
        D(5),
        D(2),
        D(1),
    )
    assert found.missing == ()
    assert found.working == (
        "Mục I-A: điểm thưởng 4,5, tối đa 3 điểm",
        "Mục I: điểm thưởng 6, tối đa 4 điểm",
        "Mục I: điểm trừ 3,5, tối đa 2 điểm",
        "Toàn bộ: điểm thưởng 6, tối đa 5 điểm",
    )


def test_without_caps_everything_counts():
    open_ended = plan(section("i", plain("a1", 30)), section("ii", plain("c", 40)))
    found = totals(open_ended, {"a1": result(30, 50), "c": result(40, 0, 90)})
    assert (found.total, found.cut, found.working) == (D(30), D(0), ())


def test_rounded_points_are_added_as_they_are():
    thirds = plan(section("i", *(plain(f"c{number}", 1) for number in range(3))))
    assert totals(thirds, {f"c{number}": result("0.33") for number in range(3)}).total == D("0.99")


def test_zero_is_a_score_and_what_is_missing_is_none():
    found = totals(NESTED, {"a1": result(0), "c": result(0)})
    assert (found.total, found.missing) == (D(0), ("a2", "b"))


def test_what_excludes_is_told_once():
    twice = {
        "a1": result(1, excludes_from_flags=("Kỷ luật",), disqualifies=("Nộp chậm",)),
        "c": result(1, excludes_from_flags=("Kỷ luật", "Đơn thư")),
    }
    found = totals(NESTED, twice)
    assert (found.excludes_from_flags, found.disqualifies) == (("Kỷ luật", "Đơn thư"), ("Nộp chậm",))


FLAT = plan(section("i", plain("a", 60, "1"), plain("b", 30, "2"), plain("c", 10, "3")))
APPLYING = {"a": result("50.5", 2, "0.5"), "b": NOT_APPLICABLE, "c": result(10)}


@pytest.mark.parametrize(
    ("policy", "averages", "total", "missing", "lines"),
    [
        ("forbidden", {}, "62.00", ("b",), ()),
        ("full", {}, "92.00", (), ("2: không áp dụng, tính điểm chuẩn 30 điểm",)),
        (
            "average",
            {"b": D("22.345")},
            "84.35",
            (),
            ("2: không áp dụng, tính điểm bình quân của các đơn vị có áp dụng, 22,35 điểm",),
        ),
        ("average", {}, "92.00", (), ("2: không áp dụng, tính điểm chuẩn 30 điểm",)),
        ("scale", {}, "87.71", (), ("60/70 điểm áp dụng × 100 = 85,71 điểm",)),
    ],
)
def test_what_does_not_apply(policy, averages, total, missing, lines):
    found = totals(replace(FLAT, na_policy=policy), APPLYING, averages)
    assert (found.total, found.missing, found.working) == (D(total), missing, lines)
    assert found.total == found.base + found.bonus - found.deduction


def test_where_nothing_applies_there_is_nothing_to_scale():
    found = totals(replace(FLAT, na_policy="scale"), dict.fromkeys("abc", NOT_APPLICABLE))
    assert (found.total, found.missing) == (D(0), ("a", "b", "c"))


def test_a_negative_sum_is_not_scaled():
    results = {"a": result(0, 0, 7), "b": NOT_APPLICABLE, "c": result(5)}
    found = totals(replace(FLAT, na_policy="scale"), results)
    assert (found.total, found.working) == (D(-2), ())


def test_scaled_points_keep_to_the_digits_of_the_set():
    thirds = replace(FLAT, na_policy="scale", digits=1)
    assert str(totals(thirds, {"a": result("50"), "b": result(30), "c": NOT_APPLICABLE}).total) == "88.9"


TIERS = plan(
    section("self-scored", plain("a", 10)),
    section("council", plain("b", 10), section("within", plain("c", 10)), counting_tier=DEPARTMENT),
    section("leaders", plain("d", 10), tiers=(SELF, LEADER)),
    section("self-counts", plain("e", 10), counting_tier=SELF),
)
BY_TIER = {
    tier: {key: result(points) for key in "abcde"}
    for points, tier in enumerate([SELF, CHECK, LEADER, CONFERENCE, DEPARTMENT])
}


def counted(*tiers, without=()):
    given = {
        tier: {key: each for key, each in BY_TIER[tier].items() if (tier, key) not in without}
        for tier in tiers
    }
    return {key: tier for key, (tier, _) in counting(TIERS, given).items()}


@pytest.mark.parametrize(
    ("tiers", "counts"),
    [
        ((), {}),
        ((SELF,), dict.fromkeys("abcde", SELF)),
        ((SELF, CHECK), {"a": CHECK, "b": CHECK, "c": CHECK, "d": SELF, "e": SELF}),
        ((CHECK,), {"a": CHECK, "b": CHECK, "c": CHECK, "e": CHECK}),
        ((SELF, CHECK, LEADER), {"a": LEADER, "b": LEADER, "c": LEADER, "d": LEADER, "e": SELF}),
        ((DEPARTMENT, SELF), {"a": DEPARTMENT, "b": DEPARTMENT, "c": DEPARTMENT, "d": SELF, "e": SELF}),
        (
            (SELF, CONFERENCE, DEPARTMENT),
            {"a": DEPARTMENT, "b": DEPARTMENT, "c": DEPARTMENT, "d": SELF, "e": SELF},
        ),
    ],
)
def test_the_tier_that_counts(tiers, counts):
    assert counted(*tiers) == counts


def test_the_last_tier_counts_criterion_by_criterion():
    assert counted(SELF, CHECK, without=[(CHECK, "a")]) == {
        "a": SELF,
        "b": CHECK,
        "c": CHECK,
        "d": SELF,
        "e": SELF,
    }


def test_zero_of_a_later_tier_counts():
    found = counting(TIERS, {SELF: {"a": result(9)}, CHECK: {"a": result(0)}})
    assert found == {"a": (CHECK, result(0))}
