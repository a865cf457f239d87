"""Rounding half up, against the same done on the digits of the text."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.rounding import exact, rounded


def by_hand(text, digits):
    """A decimal text rounded as on paper: look at the first digit that goes, carry when it is 5 or more."""
    sign, text = ("-" if text.startswith("-") else ""), text.removeprefix("-")
    whole, _, decimals = text.partition(".")
    decimals += "0" * (digits + 1)
    kept = int(whole + decimals[:digits]) + (decimals[digits] >= "5")
    shown = str(kept).rjust(digits + 1, "0")
    return D(sign + shown[: len(shown) - digits] + ("." + shown[len(shown) - digits :] if digits else ""))


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (D("2.345"), 2, "2.35"),
        (D("2.3449999"), 2, "2.34"),
        (D("-2.345"), 2, "-2.35"),
        (D("0.5"), 0, "1"),
        (D("1.5"), 0, "2"),
        (D("2.5"), 0, "3"),
        (D("0.125"), 2, "0.13"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(1, 3), 4, "0.3333"),
        (7, 2, "7.00"),
        (0, 2, "0.00"),
        (D("-0.001"), 2, "0.00"),
    ],
)
def test_rounded(value, digits, expected):
    assert str(rounded(value, digits)) == expected


@settings(max_examples=50)
@given(st.decimals(-(10**6), 10**6, places=5), st.integers(0, 4))
def test_rounded_as_on_paper(value, digits):
    assert rounded(value, digits) == by_hand(f"{value:f}", digits)


def test_float_is_refused():
    with pytest.raises(TypeError):
        rounded(0.1, 2)


@pytest.mark.parametrize(
    "value", ["", "0,5", "1e3", "5.", ".5", "NaN", " 5", "٣", "1" * 16, "0.1234567", 5, 0.5, None]
)
def test_only_plain_decimals_are_exact(value):
    with pytest.raises(ValueError, match="no exact decimal"):
        exact(value)


@pytest.mark.parametrize(
    ("value", "bounds", "written"),
    [
        (D(84), (), "84%"),
        (Fraction(200, 3), (), "66,67%"),
        (Fraction(79999, 1000), (D(80),), "79,999%"),
        (Fraction(79999, 1000), (D(90),), "80%"),
        (Fraction(80), (D(80),), "80%"),
        (Fraction(9799999999999, 10**11), (D(98),), "97,99999999999%"),
    ],
)
def test_percentage_does_not_look_like_the_bound_it_misses(value, bounds, written):
    assert wording.percent(value, bounds) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (D("8.40"), "8,4"),
        (D("10.00"), "10"),
        (D("1200"), "1.200"),
        (D("0.00"), "0"),
        (Fraction(1, 8), "0,125"),
    ],
)
def test_numbers_have_no_idle_zeros(value, written):
    assert wording.number(value) == written
