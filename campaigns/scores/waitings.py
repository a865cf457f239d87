"""What of the scores waits for a person: sheets to correct, receive, check, release; points to read, explain.

That a unit must score itself, a team check and the leader's unit rank are steps of the year; they wait like
all steps.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.contributions import Waiting, registry
from blocs.permissions import is_staff
from campaigns.desk import waitings
from campaigns.desk.waitings import own
from campaigns.keeping import is_department, kept_bloc_years
from campaigns.models import BlocYear, EmulationYear, Phase
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Correction, CriteriaSet, Explanation, InspectionMember, ScoreSheet, Tier
from campaigns.scores.places import page
from campaigns.scores.progress import OF_BLOC
from campaigns.scores.scoring import wording
from campaigns.scores.sheets.of_unit import columns_of

State, Kind = ScoreSheet.State, Phase.Kind
NEWS = timedelta(days=7)  # how long an answer stands on the home page of whoever asked
READ_WITHIN = timedelta(days=14)  # how long released points do, where no window of explanations is set


def register():
    """Put what waits of the scores on everybody's home page."""
    after_steps = registry.waitings.index(waitings.steps) + 1  # of which they tell more exactly
    registry.waitings.insert(after_steps, scores)


def scores(user):
    """What of the scores waits for the unit's officer, for the leader's unit, for staff."""
    today = timezone.localdate()
    if is_staff(user, None, today):
        yield from of_department(today)
    work = own(user)
    steps = work.steps  # asked first: it keeps with each bloc-year how far its scoring is
    scorings = {each.pk: each.scoring for each in work.bloc_years if chosen_set(each)}
    if not scorings:
        return
    dues = {(key, step.key): step.due for key in scorings for step in steps[key]}
    yield from of_units(user, work.units, scorings, dues)
    if not is_department(user):
        kept = set(kept_bloc_years(user).values_list("pk", flat=True))
        yield from of_keepers({key: scoring for key, scoring in scorings.items() if key in kept}, dues)


def of_units(user, units, scorings, dues):
    """For a unit's officer: what came back, what was released or answered, whom to check, what to answer.

    `scorings` are of the unit's blocs; `dues` are the days by which steps are due: {(bloc-year, step): day}.
    """
    if not scorings:
        return
    if any(units & scoring.returned for scoring in scorings.values()):
        yield from _returned(units, scorings)
    if any(units & scoring.replied for scoring in scorings.values()):
        yield from _answered(units, scorings)
    if any(unit in units for scoring in scorings.values() for unit, _tier, _checker in scoring.released):
        yield from _released(user, units, scorings, dues)
    yield from _to_check(units, scorings, dues)
    for key, scoring in scorings.items():
        asked = [each for each in scoring.unanswered if each.checker in units]
        yield from _to_answer(scoring.bloc_year, asked, dues.get((key, Kind.EXPLANATION)))


def of_keepers(scorings, dues):
    """For the leader's unit: what the sheets of its bloc wait for."""
    for key, scoring in scorings.items():
        whole = sum(tier in OF_BLOC for tier in scoring.whole)
        for count, words in ((scoring.unreceived, TO_RECEIVE), (whole, TO_RELEASE)):
            yield from _counted(scoring.bloc_year, count, words, Kind.CHECK, dues.get((key, Kind.CHECK)))
        asked = [each for each in scoring.unanswered if each.tier in OF_BLOC and not each.checker]
        yield from _to_answer(scoring.bloc_year, asked, dues.get((key, Kind.EXPLANATION)))


def of_department(today):
    """For staff: criteria to freeze and to choose, the department's own tier."""
    yield from _criteria(today)
    own = ScoreSheet.objects.filter(tier=Tier.DEPARTMENT, bloc_year__closed_on=None)
    whole = own.filter(state=State.DRAFT, is_complete=True)
    asked = Explanation.objects.unanswered().filter(sheet__in=own)
    for rows, path, words, kind in (
        (whole, "bloc_year", TO_RELEASE, Kind.PROPOSALS),
        (asked, "sheet__bloc_year", TO_ANSWER, Kind.EXPLANATION),
    ):
        counts = dict(rows.order_by().values_list(path).annotate(Count("pk")))
        if counts:
            for each in BlocYear.objects.filter(pk__in=counts).select_related("year", "bloc"):
                yield from _counted(each, counts[each.pk], words, kind)


def _counted(bloc_year, count, words, kind, due=None, address=None):
    """A line where there is something to do."""
    if count:
        title = words % {"count": notation.count(count)}
        address = address or page(bloc_year, "scores")
        yield Waiting(title, bloc_year.name, address, due=due, step=(bloc_year.pk, kind))


def _to_answer(bloc_year, asked, due):
    """Questions to answer; the way leads to the answer itself where there is one alone."""
    address = None
    if len(asked) == 1:
        units = {seat.unit_id: seat.unit for seat in bloc_year.seats.all() if seat.unit_id}
        address = page(bloc_year, "score-answer", units[asked[0].unit].code, asked[0].key)
    yield from _counted(bloc_year, len(asked), TO_ANSWER, Kind.EXPLANATION, due, address)


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


def _released(user, units, scorings, dues):
    """What was released of the units, as long as they may ask why; without a window for some days."""
    today, found = timezone.localdate(), defaultdict(list)
    known = ScoreSheet.objects.visible_to(user).filter(unit__in=units, bloc_year__in=scorings)
    for sheet in known.select_related("unit").order_by("pk"):
        sheet.bloc_year = scorings[sheet.bloc_year_id].bloc_year
        found[sheet.bloc_year_id, sheet.unit_id].append(sheet)
    for (key, unit), sheets in found.items():
        sheets.sort(key=lambda each: Tier.values.index(each.tier))
        released = [each for each in columns_of(sheets) if each.sheet.state == State.RELEASED]
        if not released:
            continue
        due = dues.get((key, Kind.EXPLANATION))
        if due:
            again = [day for each, day in scorings[key].reopened[Kind.EXPLANATION] if each == unit]
            due = max([due, *again])
        last = due or max(timezone.localdate(each.sheet.released_at) for each in released) + READ_WITHIN
        if today <= last:
            yield Waiting(
                _("Xem điểm đã công bố"),
                scorings[key].bloc_year.name,
                page(scorings[key].bloc_year, "score-unit", sheets[0].unit.code),
                due=due,
                note=_points(released, sheets[0]),
            )


def _points(released, first):
    """What the tiers gave, and beside it what the unit gave itself: Kiểm tra 84,05 (tự chấm 87,79)."""
    told = "; ".join(f"{each.title} {each.total}".strip() for each in released)
    if first.tier != Tier.SELF or first.total is None:
        return told
    return _("%(points)s (tự chấm %(own)s)") % {"points": told, "own": wording.number(first.total)}


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
    title = words % {"unit": unit.short_name()}
    return Waiting(title, bloc_year.name, address, due=due, step=(bloc_year.pk, Kind.CHECK))


def _criteria(today):
    """Blocs of years under way without criteria, and drafts to freeze, by year."""
    without = Q(bloc_years__closed_on=None, bloc_years__chosen_criteria=None, bloc_years__isnull=False)
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
