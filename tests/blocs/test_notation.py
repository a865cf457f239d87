from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs import notation


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (12, "12"), (999, "999"), (1490, "1.490"), (-3, "-3")],
)
def test_count(value, written):
    assert notation.count(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (7, "7"),
        (1490000, "1.490.000"),
        (-1490000, "-1.490.000"),
        (Decimal("97.5"), "97,5"),
        (Decimal("97.50"), "97,50"),
        (Decimal("0.00"), "0,00"),
        (Decimal("1234567.89"), "1.234.567,89"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_number(value, written):
    assert notation.number(value) == written


def test_number_of_a_float_is_refused():
    with pytest.raises(ValueError, match="format code 'd'"):
        notation.number(0.1)


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Fraction(21, 25), "84%"),
        (Fraction(2, 3), "66,67%"),
        (Fraction(1, 8), "12,5%"),
        (Fraction(779 - 508, 41692), "0,65%"),
        (Fraction(1), "100%"),
        (0, "0%"),
        (Fraction(12, 1), "1.200%"),
        (Decimal("0.805"), "80,5%"),
        (Fraction(66665, 1000000), "6,67%"),
    ],
)
def test_percent(share, written):
    assert notation.percent(share) == written


def test_percent_to_whole_numbers():
    assert notation.percent(Fraction(2, 3), places=0) == "67%"


def test_dong():
    assert notation.dong(1_490_000) == "1.490.000 đồng"


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (date(2021, 2, 5), "05/02/2021", "ngày 05 tháng 02 năm 2021"),
        (date(2020, 3, 5), "05/03/2020", "ngày 05 tháng 3 năm 2020"),
        (date(2020, 12, 15), "15/12/2020", "ngày 15 tháng 12 năm 2020"),
        (date(2021, 1, 31), "31/01/2021", "ngày 31 tháng 01 năm 2021"),
    ],
)
def test_day(value, digits, words):
    assert notation.day(value) == digits
    assert notation.day_in_words(value) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2020, 11, 7), date(2020, 11, 7), "ngày 07 tháng 11 năm 2020"),
        (date(2020, 7, 1), date(2020, 7, 31), "tháng 7 năm 2020"),
        (date(2021, 2, 1), date(2021, 2, 28), "tháng 02 năm 2021"),
        (date(2020, 2, 1), date(2020, 2, 29), "tháng 02 năm 2020"),
        (date(2020, 1, 1), date(2020, 12, 31), "năm 2020"),
        (date(2021, 1, 1), date(2025, 12, 31), "giai đoạn 2021 - 2025"),
        (
            date(2020, 2, 1),
            date(2020, 2, 28),
            "từ ngày 01 tháng 02 năm 2020 đến ngày 28 tháng 02 năm 2020",
        ),
        (
            date(2020, 7, 1),
            date(2020, 8, 31),
            "từ ngày 01 tháng 7 năm 2020 đến ngày 31 tháng 8 năm 2020",
        ),
        (
            date(2020, 9, 1),
            date(2021, 8, 31),
            "từ ngày 01 tháng 9 năm 2020 đến ngày 31 tháng 8 năm 2021",
        ),
    ],
)
def test_period(first, last, words):
    assert notation.period(first, last) == words


def test_period_that_ends_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        notation.period(date(2020, 2, 2), date(2020, 2, 1))


@given(st.integers())
def test_written_whole_numbers_read_back(value):
    assert int(notation.number(value).replace(".", "")) == value
    assert int(notation.count(value).replace(".", "")) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_written_decimals_read_back(value):
    assert Decimal(notation.number(value).replace(".", "").replace(",", ".")) == value


@given(st.fractions(min_value=0, max_value=1000))
def test_percent_is_the_nearest_hundredth(share):
    written = notation.percent(share).removesuffix("%").replace(".", "").replace(",", ".")
    assert abs(Fraction(written) - share * 100) <= Fraction(1, 200)


edges = st.sampled_from(
    [
        date(year, month, 1) + timedelta(days=shift)
        for year in (2019, 2020, 2021)
        for month in (1, 2, 3, 7)
        for shift in (-1, 0, 1)
    ]
)
periods = st.tuples(edges, edges).map(sorted)


@given(periods, periods)
def test_different_periods_never_read_the_same(one, other):
    assert (notation.period(*one) == notation.period(*other)) == (one == other)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
        (1490, "một nghìn bốn trăm chín mươi"),
        (2000, "hai nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (45015, "bốn mươi lăm nghìn không trăm mười lăm"),
        (1490000, "một triệu bốn trăm chín mươi nghìn"),
        (-7, "âm bảy"),
        (Decimal("1.49"), "một phẩy bốn chín"),
        (Decimal("0.005"), "không phẩy không không năm"),
    ],
)
def test_number_in_words(value, words):
    assert notation.in_words(value) == words
