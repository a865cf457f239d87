from datetime import date

import pytest
from django.utils import translation

from blocs import days


@pytest.mark.parametrize(("language", "words"), [("vi", "ngày 05 tháng 02 năm 2021"), ("en", "05/02/2021")])
def test_day_in_words(language, words):
    with translation.override(language):
        assert days.day_in_words(date(2021, 2, 5)) == words


@pytest.mark.parametrize(
    ("first", "last", "vietnamese", "english"),
    [
        (date(2020, 12, 15), date(2020, 12, 15), "ngày 15 tháng 12 năm 2020", "15/12/2020"),
        (date(2020, 7, 1), date(2020, 7, 31), "tháng 7 năm 2020", "01/07/2020 - 31/07/2020"),
        (date(2020, 1, 1), date(2020, 12, 31), "năm 2020", "01/01/2020 - 31/12/2020"),
    ],
)
def test_period(first, last, vietnamese, english):
    with translation.override("vi"):
        assert days.period(first, last) == vietnamese
    with translation.override("en"):
        assert days.period(first, last) == english


@pytest.mark.parametrize("language", ["vi", "en"])
def test_period_that_ends_before_it_begins(language):
    with translation.override(language), pytest.raises(ValueError, match="ends .* before it begins"):
        days.period(date(2020, 2, 1), date(2020, 1, 31))
