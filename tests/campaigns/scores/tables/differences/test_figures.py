"""What differs between tiers, worked out from figures alone."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from campaigns.scores.tables.differences import by_criterion, by_unit, cells, outliers, pairs

D = Decimal


def test_what_one_side_does_not_know_is_left_out():
    own = {"một": {"a": D(9), "b": D(5), "c": D(1)}, "hai": {"a": D(8)}}
    check = {"một": {"a": D("8.5"), "b": D(6)}, "ba": {"a": D(1)}}

    assert cells(own, check) == {("một", "a"): Fraction(-1, 2), ("một", "b"): Fraction(1)}
    assert cells({"một": {"a": None}}, {"một": {"a": D(0)}}) == {}
    assert cells({"một": {"a": D(0)}}, {"một": {"a": D(0)}}) == {("một", "a"): 0}


def test_deviations_add_up_by_unit_and_by_criterion():
    found = {("một", "a"): Fraction(-1), ("một", "b"): Fraction(0), ("hai", "a"): Fraction(2)}

    units = [
        (each.key, each.cells, each.total, each.mean, each.raised, each.lowered) for each in by_unit(found)
    ]
    assert units == [("hai", 1, 2, 2, 1, 0), ("một", 2, -1, Fraction(-1, 2), 0, 1)]
    assert [(each.key, each.mean) for each in by_criterion(found)] == [("a", Fraction(1, 2)), ("b", 0)]


def test_only_pairs_that_checked_each_other_are_compared():
    given = {(1, 2): Fraction(1), (2, 1): Fraction(2), (3, 1): Fraction(-1), (1, 4): Fraction(-3)}
    (pair,) = pairs(given)

    assert (pair.one, pair.two, pair.given, pair.got) == (1, 2, 1, 2)
    assert (pair.usual, pair.leaning) == (-2, 3)  # the lower of both, above what the others give
    assert pairs({(1, 2): Fraction(1)}) == []
    assert pairs({}) == []


def test_one_sided_kindness_does_not_come_first():
    given = {(1, 2): Fraction(9), (2, 1): Fraction(-1), (3, 4): Fraction(1), (4, 3): Fraction(1)}

    assert [(pair.one, pair.two) for pair in pairs(given)] == [(3, 4), (1, 2)]


@pytest.mark.parametrize("seed", range(20))
def test_planted_pairs_come_first(seed):
    """Twenty units check one another at random; two pairs raise what they give each other by a point."""
    draw = Random(seed)
    units = range(20)
    planted = {(0, 1), (6, 13)}
    given = {
        (checker, unit): Fraction(draw.gauss(-0.5, 0.15))
        for checker in units
        for unit in units
        if checker != unit and draw.random() < 0.5
    }
    for one, two in planted:
        for pair in ((one, two), (two, one)):
            given[pair] = Fraction(draw.gauss(0.5, 0.15))

    assert {(pair.one, pair.two) for pair in pairs(given)[:2]} == planted


def test_outliers_are_told_by_the_middle_and_are_not_moved_by_each_other():
    usual = {f"đơn vị {number}": Fraction(number % 5 - 2, 10) for number in range(20)}
    found = outliers(usual | {"xa": Fraction(-4), "xa nhất": Fraction(9)})

    assert [each.key for each in found] == ["xa nhất", "xa"]
    assert (found[0].middle, found[0].value) == (0, 9)
    assert found[0].times > found[1].times > 3


def test_whatever_differs_stands_out_where_most_are_equal():
    found = outliers({"một": Fraction(0), "hai": Fraction(0), "ba": Fraction(0), "tư": Fraction(-1)})

    assert [(each.key, each.times) for each in found] == [("tư", None)]
    assert outliers({"một": Fraction(0), "hai": Fraction(9)}) == []
    assert outliers(dict.fromkeys(range(9), Fraction(1))) == []
