"""What of the scores waits for a person: sheets to correct, to receive, to check, to release, to explain.

That a unit must score itself, a team check and the leader's unit rank are steps of the year; they wait like
all steps.
"""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.contributions import Waiting
from campaigns.explanations import unanswered
from campaigns.models import (
    BlocYear,
    Correction,
    CriteriaSet,
    EmulationYear,
    Explanation,
    InspectionMember,
    Phase,
    ScoreSheet,
    Tier,
)
from campaigns.score_steps import OF_BLOC, page
from campaigns.succession import next_code

State, Kind = ScoreSheet.State, Phase.Kind
NEWS = timedelta(days=7)  # how long an answer stands on the home page of whoever asked
OPENED_AHEAD = timedelta(days=60)  # before the last day of a year that the next one waits to be opened


def of_units(units, scorings, dues):
    """For a unit's officer: what came back, what was answered, whom to check, what to answer.

    `scorings` are of the unit's blocs; `dues` are the days by which steps are due: {(bloc-year, step): day}.
    """
    if not scorings:
        return
    if any(units & scoring.returned for scoring in scorings.values()):
        yield from _returned(units, scorings)
    if any(units & scoring.replied for scoring in scorings.values()):
        yield from _answered(units, scorings)
    yield from _to_check(units, scorings, dues)
    for key, scoring in scorings.items():
        asked = sum(checker in units for _tier, checker in scoring.unanswered)
        yield from _counted(scoring.bloc_year, asked, TO_ANSWER, dues.get((key, Kind.EXPLANATION)))


def of_keepers(scorings, dues):
    """For the leader's unit: what the sheets of its bloc wait for."""
    for key, scoring in scorings.items():
        whole = sum(tier in OF_BLOC for tier in scoring.whole)
        asked = sum(tier in OF_BLOC and not checker for tier, checker in scoring.unanswered)
        for count, words, kind in (
            (scoring.unreceived, TO_RECEIVE, Kind.CHECK),
            (whole, TO_RELEASE, Kind.CHECK),
            (asked, TO_ANSWER, Kind.EXPLANATION),
        ):
            yield from _counted(scoring.bloc_year, count, words, dues.get((key, kind)))


def of_department(today):
    """For staff: the year to open, criteria to freeze and to choose, the department's own tier."""
    yield from _year_to_open(today)
    yield from _criteria(today)
    own = ScoreSheet.objects.filter(tier=Tier.DEPARTMENT, bloc_year__closed_on=None)
    whole = own.filter(state=State.DRAFT, is_complete=True)
    asked = unanswered().filter(sheet__in=own)
    for rows, path, words in ((whole, "bloc_year", TO_RELEASE), (asked, "sheet__bloc_year", TO_ANSWER)):
        counts = dict(rows.order_by().values_list(path).annotate(Count("pk")))
        if counts:
            for each in BlocYear.objects.filter(pk__in=counts).select_related("year", "bloc"):
                yield from _counted(each, counts[each.pk], words)


def _counted(bloc_year, count, words, due=None):
    """A line where there is something to do."""
    if count:
        title = words % {"count": notation.count(count)}
        yield Waiting(title, bloc_year.name, page(bloc_year, "scores"), due=due)


TO_RECEIVE = gettext_lazy("Tiếp nhận %(count)s phiếu tự chấm điểm")
TO_RELEASE = gettext_lazy("Công bố %(count)s phiếu đã chấm đủ")
TO_ANSWER = gettext_lazy("Trả lời %(count)s đề nghị giải trình điểm")


def _returned(units, scored):
    """Sheets of the units that were returned, with the day by which they are corrected."""
    open_ = Correction.objects.filter(closed_at=None, sheet__state=State.RETURNED)
    open_ = open_.filter(sheet__unit__in=units, sheet__bloc_year__in=scored)
    for each in _with_sheets(open_.annotate(count=Count("points"))):
        title = _("Chỉnh sửa %(count)s tiêu chí bị trả lại") % {"count": notation.count(each.count)}
        bloc_year = each.sheet.bloc_year
        address = page(bloc_year, "score-own", each.sheet.unit.code)
        yield Waiting(title, bloc_year.name, address, due=each.due, note=each.reason)


def _answered(units, scored):
    """What desks answered the units in the last days."""
    answered = Explanation.objects.filter(answered_at__gte=timezone.now() - NEWS)
    for each in _with_sheets(answered.filter(sheet__unit__in=units, sheet__bloc_year__in=scored)):
        bloc_year = each.sheet.bloc_year
        address = page(bloc_year, "score-unit", each.sheet.unit.code)
        yield Waiting(_("Đã có trả lời giải trình điểm"), bloc_year.name, address, note=each.desk)


def _to_check(units, scorings, dues):
    """Units that these must check: across, once the unit has begun its own scoring, or in a sitting."""
    units_of = {
        key: {seat.unit_id: seat.unit for seat in scoring.bloc_year.seats.all() if seat.unit_id}
        for key, scoring in scorings.items()
    }
    for key, scoring in scorings.items():
        for unit, checker in scoring.undone_checks:
            if checker in units and unit in scoring.ready and unit in units_of[key]:
                due = dues.get((key, Kind.CHECK))
                words = _("Chấm chéo %(unit)s")
                yield _check(scoring.bloc_year, units_of[key][unit], words, "score-unit", due)
    if not any(scoring.sittings for scoring in scorings.values()):
        return
    teams = InspectionMember.objects.filter(side=InspectionMember.Side.TEAM, unit__in=units)
    teams = teams.filter(inspection__bloc_year__in=scorings, inspection__held_on=None)
    sitting = teams.exclude(inspection__unit__in=units).order_by("inspection").distinct()
    for key, unit, day in sitting.values_list("inspection__bloc_year", "inspection__unit", "inspection__day"):
        if unit in units_of[key]:
            due = day or dues.get((key, Kind.CHECK))
            words = _("Kiểm tra %(unit)s")
            yield _check(scorings[key].bloc_year, units_of[key][unit], words, "score-sitting", due)


def _check(bloc_year, unit, words, name, due):
    address = page(bloc_year, name, unit.code)
    return Waiting(words % {"unit": unit.short_name()}, bloc_year.name, address, due=due)


def _year_to_open(today):
    """The newest year, where it ends soon or is over and none follows it."""
    newest = EmulationYear.objects.first()
    if newest and newest.last_day - OPENED_AHEAD <= today:
        title = _("Mở năm thi đua %(year)s") % {"year": next_code(newest.code)}
        yield Waiting(title, _year(newest), reverse("open-year"), due=newest.last_day)


def _criteria(today):
    """Blocs of years under way without criteria, and drafts to freeze, by year."""
    without = Q(bloc_years__closed_on=None, bloc_years__criteria_set=None, bloc_years__isnull=False)
    drafts = Q(criteria_sets__state=CriteriaSet.State.DRAFT)
    years = EmulationYear.objects.filter(last_day__gte=today).annotate(
        without=Count("bloc_years", filter=without, distinct=True),
        drafts=Count("criteria_sets", filter=drafts, distinct=True),
    )
    for year in years:
        for count, words in (
            (year.without, _("%(count)s khối chưa có bộ tiêu chí chấm điểm")),
            (year.drafts, _("Ban hành %(count)s bộ tiêu chí còn dự thảo")),
        ):
            if count:
                address = reverse("criteria-sets", args=[year.code])
                yield Waiting(words % {"count": notation.count(count)}, _year(year), address)


def _with_sheets(rows):
    return rows.select_related("sheet__unit", "sheet__bloc_year__year", "sheet__bloc_year__bloc")


def _year(year):
    return capfirst(_("năm %(year)s") % {"year": year})
