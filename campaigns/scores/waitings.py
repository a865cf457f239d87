"""What of the scores waits for a person: sheets to correct, receive, check, release; points to read, explain.

That a unit must score itself, a team check and the leader's unit rank are steps of the year; they wait like
all steps.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.contributions import Waiting, registry
from blocs.models import UnitState
from blocs.models.base import of_each
from campaigns.desk import waitings
from campaigns.desk.waitings import staff_among
from campaigns.desk.work import works_of
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


def scores(users):
    """What of the scores waits for each unit's officer, for the leader's unit, for staff."""
    staff = staff_among(users)
    of_all = list(of_department(timezone.localdate())) if staff else []
    found = defaultdict(list, {each.pk: [*of_all] for each in staff})
    scored = [own for own in map(_own, works_of(users).values()) if own.scorings]
    rows = Rows(scored)
    for own in scored:
        found[own.user.pk] += [*of_unit(own, rows), *of_keeper(own)]
    return found


@dataclass(frozen=True)
class Own:
    """The scorings of one person's blocs, and by which days steps are due: {(bloc-year, step): day}."""

    user: object
    units: set
    kept: set
    scorings: dict
    dues: dict


def _own(work):
    steps = work.steps  # asked first: it keeps with each bloc-year how far its scoring is
    scorings = {each.pk: each.scoring for each in work.bloc_years if chosen_set(each)}
    dues = {(key, step.key): step.due for key in scorings for step in steps[key]}
    return Own(work.user, work.units, work.kept, scorings, dues)


class Rows:
    """What was scored of some people's units, each kind asked once for all of them if there is any.

    More of it than one of them may be told: whoever is told picks the own.
    """

    def __init__(self, everybody):
        self.everybody = everybody

    @cached_property
    def returned(self):
        """Sheets that are to be corrected, with how much of each."""
        open_ = Correction.objects.filter(closed_at=None, sheet__state=State.RETURNED)
        return self._of_sheets(open_.annotate(count=Count("points")), lambda scoring: scoring.returned)

    @cached_property
    def answered(self):
        """What desks answered in the last days."""
        answered = Explanation.objects.filter(answered_at__gte=timezone.now() - NEWS)
        return self._of_sheets(answered, lambda scoring: scoring.replied)

    @cached_property
    def sheets(self):
        """{user key: sheets of the own units that each may see} of those to whom points were released."""

        def sheets_of(user):
            own = asked[user.pk]
            visible = ScoreSheet.objects.visible_to(user)
            return visible.filter(unit__in=own.units, bloc_year__in=own.scorings).select_related("unit")

        released = self._pairs(lambda scoring: {unit for unit, _tier, _checker in scoring.released})
        asked = {each.user.pk: each for each in self.everybody if released[each.user.pk]}
        found = of_each([each.user for each in asked.values()], sheets_of)
        for key, sheets in found.items():
            for sheet in sheets:
                sheet.bloc_year = asked[key].scorings[sheet.bloc_year_id].bloc_year
                sheet.unit = _units_in(sheet.bloc_year).get(sheet.unit_id, sheet.unit)
        UnitState.objects.read_for(sheet.unit for sheets in found.values() for sheet in sheets)
        return found

    @cached_property
    def sittings(self):
        """[(unit on the team, (bloc-year, unit that is checked, day))] of those that are still to come."""
        planned = {key for own in self.everybody for key, scoring in own.scorings.items() if scoring.sittings}
        if not planned:
            return []
        units = set().union(*(own.units for own in self.everybody))
        teams = InspectionMember.objects.filter(side=InspectionMember.Side.TEAM, unit__in=units)
        teams = teams.filter(inspection__bloc_year__in=planned, inspection__held_on=None)
        found = teams.order_by("inspection", "pk").select_related("inspection")
        return [
            (each.unit_id, (each.inspection.bloc_year_id, each.inspection.unit_id, each.inspection.day))
            for each in found
        ]

    def _of_sheets(self, rows, units_in):
        """Rows of sheets of the units that a scoring names."""
        pairs = set().union(*self._pairs(units_in).values())
        if not pairs:
            return []
        keys, units = zip(*pairs, strict=True)
        rows = rows.filter(sheet__bloc_year__in=keys, sheet__unit__in=units)
        return list(rows.select_related("sheet__unit", "sheet__bloc_year__year", "sheet__bloc_year__bloc"))

    def _pairs(self, units_in):
        """{user key: {(bloc-year, one of the own units)}} of the units that a scoring names."""
        return {
            own.user.pk: {
                (key, unit) for key, scoring in own.scorings.items() for unit in own.units & units_in(scoring)
            }
            for own in self.everybody
        }


def of_unit(own, rows):
    """For a unit's officer: what came back, what was released or answered, whom to check, what to answer."""
    yield from _returned(own, rows.returned)
    yield from _answered(own, rows.answered)
    yield from _released(own, rows.sheets.get(own.user.pk, []))
    yield from _to_check(own, rows.sittings)
    for key, scoring in own.scorings.items():
        asked = [each for each in scoring.unanswered if each.checker in own.units]
        yield from _to_answer(scoring.bloc_year, asked, own.dues.get((key, Kind.EXPLANATION)))


def of_keeper(own):
    """For the leader's unit: what the sheets of its bloc wait for."""
    dues = own.dues
    for key, scoring in own.scorings.items():
        if key not in own.kept:
            continue
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
        units = _units_in(bloc_year)
        address = page(bloc_year, "score-answer", units[asked[0].unit].code, asked[0].key)
    yield from _counted(bloc_year, len(asked), TO_ANSWER, Kind.EXPLANATION, due, address)


TO_RECEIVE = gettext_lazy("Tiếp nhận %(count)s phiếu tự chấm điểm")
TO_RELEASE = gettext_lazy("Công bố %(count)s phiếu đã chấm đủ")
TO_ANSWER = gettext_lazy("Trả lời %(count)s đề nghị giải trình điểm")


def _returned(own, corrections):
    """Sheets of the units that were returned, with the day by which they are corrected."""
    for each in _of(own, corrections):
        title = _("Chỉnh sửa %(count)s tiêu chí bị trả lại") % {"count": notation.count(each.count)}
        bloc_year = each.sheet.bloc_year
        address = page(bloc_year, "score-own", each.sheet.unit.code)
        yield Waiting(title, bloc_year.name, address, due=each.due, note=each.reason)


def _of(own, rows):
    """Rows of sheets of a person's own units."""
    return [
        each for each in rows if each.sheet.unit_id in own.units and each.sheet.bloc_year_id in own.scorings
    ]


def _released(own, visible):
    """What was released of the units, as long as they may ask why; without a window for some days."""
    today, found, scorings = timezone.localdate(), defaultdict(list), own.scorings
    for sheet in sorted(visible, key=lambda each: each.pk):
        found[sheet.bloc_year_id, sheet.unit_id].append(sheet)
    for (key, unit), sheets in found.items():
        sheets.sort(key=lambda each: Tier.values.index(each.tier))
        released = [each for each in columns_of(sheets) if each.sheet.state == State.RELEASED]
        if not released:
            continue
        due = own.dues.get((key, Kind.EXPLANATION))
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


def _answered(own, explanations):
    """What desks answered the units in the last days."""
    for each in _of(own, explanations):
        bloc_year = each.sheet.bloc_year
        address = page(bloc_year, "score-unit", each.sheet.unit.code)
        yield Waiting(_("Đã có trả lời giải trình điểm"), bloc_year.name, address, note=each.desk)


def _to_check(own, sittings):
    """Units that these must check: across, once the unit has begun its own scoring, or in a sitting."""
    units_of = {key: _units_in(scoring.bloc_year) for key, scoring in own.scorings.items()}
    for key, scoring in own.scorings.items():
        for unit, checker in scoring.undone_checks:
            if checker in own.units and unit in scoring.ready and unit in units_of[key]:
                due = own.dues.get((key, Kind.CHECK))
                words = _("Chấm chéo %(unit)s")
                yield _check(scoring.bloc_year, units_of[key][unit], words, "score-unit", due)
    # each once, also where several of the units sit on the team
    for key, unit, day in dict.fromkeys(sitting for team, sitting in sittings if team in own.units):
        if key in own.scorings and unit in units_of[key] and unit not in own.units:
            due = day or own.dues.get((key, Kind.CHECK))
            words = _("Kiểm tra %(unit)s")
            yield _check(own.scorings[key].bloc_year, units_of[key][unit], words, "score-sitting", due)


def _units_in(bloc_year):
    """{key: unit} of those that sit in a bloc's year at any time of it."""
    return {seat.unit_id: seat.unit for seat in bloc_year.seats.all() if seat.unit_id}


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


def _year(year):
    return capfirst(_("năm %(year)s") % {"year": year})
