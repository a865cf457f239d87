"""Days and periods on pages, in the language their reader chose; `notation` is how papers have them."""

import datetime

from django.conf import settings
from django.utils.translation import get_language

from blocs import notation


def day_in_words(date: datetime.date) -> str:
    """ "ngày 05 tháng 02 năm 2021" for who reads Vietnamese, 05/02/2021 for others."""
    return notation.day_in_words(date) if _reads_vietnamese() else notation.day(date)


def period(first: datetime.date, last: datetime.date) -> str:
    """The period as papers have it for who reads Vietnamese, in digits for others.

    Raises ValueError when it ends before it begins.
    """
    words = notation.period(first, last)
    if _reads_vietnamese():
        return words
    return notation.day(first) if first == last else f"{notation.day(first)} - {notation.day(last)}"


def _reads_vietnamese():
    return get_language() == settings.LANGUAGE_CODE
