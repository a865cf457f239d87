"""The days proposed for the phases of a year, and what is pointed out of a day."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from campaigns.models import EmulationYear, Phase

Kind = Phase.Kind
SATURDAY = 5
# The custom of most ministries: (month, day) of first and last day, and whether the last is in the next year.
CUSTOM = {
    Kind.PLAN: ((1, 1), (3, 31), False),
    Kind.PLEDGE: ((1, 1), (3, 31), False),
    Kind.ACTIVITIES: ((1, 1), (11, 30), False),
    Kind.MID_YEAR: ((6, 1), (7, 31), False),
    Kind.SCORING: ((10, 15), (11, 10), False),
    Kind.CHECK: ((11, 11), (11, 25), False),
    Kind.EXPLANATION: ((11, 20), (11, 30), False),
    Kind.PREPARATORY: ((11, 15), (12, 15), False),
    Kind.CONFERENCE: ((11, 15), (12, 25), False),
    Kind.VOTE: ((11, 15), (12, 25), False),
    Kind.PROPOSALS: ((11, 15), (12, 25), False),
    Kind.ELECTION: ((11, 15), (12, 31), False),
    Kind.REPORT: ((12, 1), (1, 15), True),
}


def proposed_days(year):
    """{kind: (first day or None, last day)}: those of an earlier year moved to it, else as is custom."""
    dated = Phase.objects.filter(bloc_year__isnull=True, year__first_day__lt=year.first_day)
    before = EmulationYear.objects.filter(pk__in=dated.values("year")).first()
    return moved_days(before, year) if before else {kind: _custom(year, kind) for kind in Kind}


def moved_days(before, year):
    """{kind: (first day or None, last day)} of a year moved to another; as is custom where it has none."""
    years = year.first_day.year - before.first_day.year
    moved = {
        Kind(phase.kind): (phase.first_day and _moved(phase.first_day, years), _moved(phase.last_day, years))
        for phase in before.phases.filter(bloc_year__isnull=True)
    }
    return moved or {kind: _custom(year, kind) for kind in Kind}


def day_off(day):
    """What is to be known of a deadline on a day without office hours, and the working day before it."""
    if day.weekday() < SATURDAY:
        return ""
    friday = day - timedelta(days=day.weekday() - SATURDAY + 1)
    words = _("Thứ Bảy") if day.weekday() == SATURDAY else _("Chủ nhật")
    return _("%(words)s; ngày làm việc trước đó: %(day)s") % {"words": words, "day": f"{friday:%d/%m/%Y}"}


def _custom(year, kind):
    (month, first), (last_month, last), is_next = CUSTOM[kind]
    start = year.first_day.year
    return date(start, month, first), date(start + is_next, last_month, last)


def _moved(day, years):
    """The same day of another year; 29 February becomes 28 where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
