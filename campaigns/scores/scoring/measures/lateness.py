"""The measure of days: done in time or so many days late."""

import datetime
import re
from fractions import Fraction

from blocs import notation
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.language import gettext_noop
from campaigns.scores.scoring.measures.bands import bad_numbers_of
from campaigns.scores.scoring.measures.kind import Kind, Work, label_of, register, yes_no
from campaigns.scores.scoring.measures.titles import titled
from campaigns.scores.scoring.plan import Question
from campaigns.scores.scoring.rounding import exact

_DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@register
class Lateness(Kind):
    """Points by the days from when it was due to when it was done."""

    code = "lateness"
    name = gettext_noop("Theo số ngày chậm")
    settings = frozenset({"of", "due", "due_next_year", "bands", "otherwise"})

    def questions(self, measure, criterion):
        not_done = yes_no(measure, "not_done", _("Chưa thực hiện"), optional=True)
        if measure.settings.get("of") == "days":
            label = label_of(measure, "days_late", _("Số ngày chậm"))
            return (Question("days_late", label, "whole", _("ngày"), optional=True), not_done)
        done_on = Question("done_on", label_of(measure, "done_on", _("Ngày thực hiện")), "day", optional=True)
        if "due" in measure.settings:
            return (done_on, not_done)
        return (Question("due_on", label_of(measure, "due_on", _("Hạn")), "day"), done_on, not_done)

    def work(self, measure, criterion, figures, year):
        due = None if measure.settings.get("of") == "days" else self._due(measure, figures, year)
        limit = f" (hạn {notation.day(due)})" if due else ""
        if self._not_done(figures, due):
            points = Fraction(exact(measure.settings.get("otherwise", "0")))
            return Work(points, f"chưa thực hiện{limit}", points > 0)
        if due is None:
            days = int(figures.read("days_late"))
        else:
            days = (self._near(figures, "done_on", year) - due).days
        points = _points_of(days, measure.settings)
        return Work(points, f"{_in_words(days)}{limit}", points > 0)

    def highest(self, measure, criterion):
        points = [each["points"] for each in measure.settings["bands"]]
        return max(Fraction(exact(each)) for each in [*points, measure.settings.get("otherwise", "0")])

    def check(self, measure, criterion):
        settings = measure.settings
        if settings.get("of", "dates") not in ("dates", "days"):
            words = _(
                "“%(name)s” phải là “dates” (ngày đến hạn và ngày thực hiện) hoặc “days” (số ngày chậm)."
            )
            yield words % {"name": titled("of")}
        if "due" in settings and not _is_day_of_year(settings["due"]):
            words = _("“%(name)s” phải là tháng và ngày có trong mọi năm, viết trong tệp như “01-31”.")
            yield words % {"name": titled("due")}
        if settings.get("due_next_year") and "due" not in settings:
            words = _("“%(name)s” chỉ dùng khi có “%(other)s”.")
            yield words % {"name": titled("due_next_year"), "other": titled("due")}
        yield from _check_bands(settings)

    def _due(self, measure, figures, year):
        if "due" not in measure.settings:
            return self._near(figures, "due_on", year)
        if year is None:
            raise ValueError("a day of the year falls due only in a known year")
        first, last = year
        if measure.settings.get("due_next_year"):
            first, last = last + datetime.timedelta(days=1), last + datetime.timedelta(days=366)
        return _in_year(measure.settings["due"], first, last)

    def _near(self, figures, name, year):
        """A day of the year or of the ones beside it: further off, the year is mistyped."""
        day = figures.read(name)
        if year is not None and not year[0].year - 1 <= day.year <= year[1].year + 1:
            words = _("“%(label)s” là %(day)s, quá xa năm thi đua. Hãy kiểm tra lại năm.")
            raise figures.fault(name, words % {"label": figures.label(name), "day": notation.day(day)})
        return day

    def _not_done(self, figures, due):
        """Whether it was not done at all: either that or when, never both."""
        not_done, name = figures.read("not_done"), "days_late" if due is None else "done_on"
        done = figures.answered(name)
        if not_done and done:
            words = _("Đã chọn “%(not_done)s” thì bỏ trống “%(done)s”, hoặc ngược lại.")
            told = {"not_done": figures.label("not_done"), "done": figures.label(name)}
            raise figures.fault("not_done", words % told)
        if not not_done and not done:
            words = _("Hãy ghi “%(done)s”, hoặc chọn “%(not_done)s”.")
            told = {"not_done": figures.label("not_done"), "done": figures.label(name)}
            raise figures.fault(name, words % told)
        return not_done


def _in_words(days):
    if days > 0:
        return f"chậm {days} ngày"
    return f"sớm {-days} ngày" if days else "đúng hạn"


def _points_of(days, settings):
    for band in settings["bands"]:
        if days <= exact(band["up_to"]):
            return Fraction(exact(band["points"]))
    return Fraction(exact(settings.get("otherwise", "0")))


def _in_year(month_and_day, first, last):
    """The day of that month and day within the year; of a part of a year, the one nearest before it."""
    days = [
        datetime.date.fromisoformat(f"{year}-{month_and_day}")
        for year in range(first.year - 1, last.year + 1)
    ]
    within = [day for day in days if first <= day <= last]
    return within[0] if within else max(day for day in days if day < first)


def _is_day_of_year(text):
    if not isinstance(text, str) or not _DAY_OF_YEAR.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(f"2001-{text}")
    except ValueError:
        return False
    return True


def _check_bands(settings):
    bands = settings.get("bands") or []
    if not bands:
        yield _("Hãy ghi ít nhất một mức.")
    bad = [words for band in bands for words in bad_numbers_of(band, "points")]
    if "otherwise" in settings:
        bad += bad_numbers_of(settings, "otherwise")
    marks = []
    for band in bands:
        try:
            marks.append(int(band["up_to"]))
        except (KeyError, ValueError, TypeError):
            words = _("“%(name)s” phải là số ngày: “0” là đúng hạn, “-3” là sớm 3 ngày.")
            bad.append(words % {"name": titled("up_to")})
    yield from bad
    if strange := sorted({name for band in bands for name in band} - {"up_to", "points"}):
        yield _("Một mức chỉ có “up_to”, “points”; không có “%(name)s”.") % {"name": strange[0]}
    if not bad and sorted(set(marks)) != marks:
        yield _("Các mức phải xếp từ ít ngày chậm đến nhiều ngày chậm, không mức nào trùng nhau.")
