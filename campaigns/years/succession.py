"""The year after a year: its code and its days."""

from datetime import date, timedelta


def next_code(code):
    """ "2021" after "2020", "2021-2022" after "2020-2021"."""
    return "-".join(str(int(each) + 1) for each in code.split("-"))


def next_period(year):
    """(first day, last day) of the year after an emulation year: it begins the day after and is as long."""
    return year.last_day + timedelta(days=1), _a_year_later(year.last_day)


def _a_year_later(day):
    """The same day a year later; the end of February stays its end."""
    tomorrow = day + timedelta(days=1)
    return date(tomorrow.year + 1, tomorrow.month, tomorrow.day) - timedelta(days=1)
