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
    CheckAssignment,
    Correction,
    CriteriaSet,
    EmulationYear,
    Explanation,
    Inspection,
    InspectionMember,
    Phase,
    ScoreSheet,
    Tier,
)
from campaigns.score_steps import page
from campaigns.succession import next_code
from campaigns.windows import phases_of

State, Kind = ScoreSheet.State, Phase.Kind
NEWS = timedelta(days=7)  # how long an answer stands on the home page of whoever asked
OPENED_AHEAD = timedelta(days=60)  # before the last day of a year that the next one waits to be opened
BLOC_TIERS = (Tier.CHECK, Tier.LEADER, Tier.CONFERENCE)


def of_units(units, bloc_years):
    """For a unit's officer: what came back, what was answered, whom to check, what to answer."""
    scored = [each for each in bloc_years if each.criteria_set_id]
    if not scored:
        return
    yield from _returned(units, scored)
    yield from _answered(units, scored)
    yield from _to_check(units, scored)
    asked = unanswered().filter(sheet__bloc_year__in=scored, sheet__checker__in=units)
    yield from _counted(asked, "sheet__bloc_year", scored, TO_ANSWER, Kind.EXPLANATION)


def of_keepers(bloc_years):
    """For the leader's unit: what the sheets of its bloc wait for."""
    scored = [each for each in bloc_years if each.criteria_set_id]
    if not scored:
        return
    sheets = ScoreSheet.objects.filter(bloc_year__in=scored)
    sent = sheets.filter(tier=Tier.SELF, state=State.SENT)
    yield from _counted(sent, "bloc_year", scored, TO_RECEIVE, Kind.CHECK)
    whole = sheets.filter(tier__in=BLOC_TIERS, checker=None, state=State.DRAFT, is_complete=True)
    yield from _counted(whole, "bloc_year", scored, TO_RELEASE, Kind.CHECK)
    asked = unanswered().filter(sheet__bloc_year__in=scored, sheet__tier__in=BLOC_TIERS, sheet__checker=None)
    yield from _counted(asked, "sheet__bloc_year", scored, TO_ANSWER, Kind.EXPLANATION)


def of_department(today):
    """For staff: the year to open, criteria to freeze and to choose, the department's own tier."""
    under_way = EmulationYear.objects.filter(last_day__gte=today)
    yield from _year_to_open(today)
    yield from _criteria(under_way)
    scored = list(
        BlocYear.objects.filter(closed_on=None, criteria_set__isnull=False).select_related("year", "bloc")
    )
    sheets = ScoreSheet.objects.filter(tier=Tier.DEPARTMENT, state=State.DRAFT, is_complete=True)
    yield from _counted(sheets, "bloc_year", scored, TO_RELEASE, Kind.PROPOSALS)
    asked = unanswered().filter(sheet__tier=Tier.DEPARTMENT)
    yield from _counted(asked, "sheet__bloc_year", scored, TO_ANSWER, Kind.EXPLANATION)


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


def _to_check(units, scored):
    """Units that these must check: across, once the unit has sent its own scoring, or in a sitting."""
    dues = {key: phases.get(Kind.CHECK) for key, phases in phases_of(scored).items()}
    sheets = ScoreSheet.objects.filter(bloc_year__in=scored).filter(
        Q(tier=Tier.SELF) & ~Q(state=State.DRAFT) | Q(tier=Tier.CHECK, state=State.RELEASED)
    )
    known = set(sheets.values_list("bloc_year", "unit", "tier", "checker"))
    across = CheckAssignment.objects.filter(bloc_year__in=scored, checker__in=units)
    for each in _with_units(across):
        unit = each.bloc_year_id, each.unit_id
        if (*unit, Tier.SELF, None) in known and (*unit, Tier.CHECK, each.checker_id) not in known:
            title = _("Chấm chéo %(unit)s") % {"unit": each.unit.short_name()}
            due = dues[each.bloc_year_id]
            address = page(each.bloc_year, "score-unit", each.unit.code)
            yield Waiting(title, each.bloc_year.name, address, due=due and due.last_day)
    teams = InspectionMember.objects.filter(side=InspectionMember.Side.TEAM, unit__in=units)
    sitting = Inspection.objects.filter(bloc_year__in=scored, held_on=None, pk__in=teams.values("inspection"))
    for each in _with_units(sitting.exclude(unit__in=units)):
        title = _("Kiểm tra %(unit)s") % {"unit": each.unit.short_name()}
        due = dues[each.bloc_year_id]
        address = page(each.bloc_year, "score-sitting", each.unit.code)
        yield Waiting(title, each.bloc_year.name, address, due=each.day or due and due.last_day)


def _counted(rows, path, scored, words, kind):
    """One line for each bloc-year in which there are such rows."""
    counts = dict(rows.filter(**{f"{path}__in": scored}).values_list(path).annotate(Count("pk")).order_by())
    if not counts:
        return
    found = [each for each in scored if each.pk in counts]
    phases = phases_of(found)
    for each in found:
        phase = phases[each.pk].get(kind)
        title = words % {"count": notation.count(counts[each.pk])}
        yield Waiting(title, each.name, page(each, "scores"), due=phase and phase.last_day)


def _year_to_open(today):
    """The newest year, where it ends soon or is over and none follows it."""
    newest = EmulationYear.objects.first()
    if newest and newest.last_day - OPENED_AHEAD <= today:
        title = _("Mở năm thi đua %(year)s") % {"year": next_code(newest.code)}
        yield Waiting(title, _year(newest), reverse("open-year"), due=newest.last_day)


def _criteria(under_way):
    """Blocs of years under way without criteria, and drafts to freeze, by year."""
    without = BlocYear.objects.filter(year__in=under_way, closed_on=None, criteria_set=None)
    drafts = CriteriaSet.objects.filter(year__in=under_way, state=CriteriaSet.State.DRAFT)
    counts = [
        (without, _("%(count)s khối chưa có bộ tiêu chí chấm điểm")),
        (drafts, _("Ban hành %(count)s bộ tiêu chí còn dự thảo")),
    ]
    years = {each.pk: each for each in under_way}
    for rows, words in counts:
        for year, count in rows.order_by().values_list("year").annotate(Count("pk")):
            address = reverse("criteria-sets", args=[years[year].code])
            yield Waiting(words % {"count": notation.count(count)}, _year(years[year]), address)


def _with_sheets(rows):
    return rows.select_related("sheet__unit", "sheet__bloc_year__year", "sheet__bloc_year__bloc")


def _with_units(rows):
    rows = rows.select_related("unit", "bloc_year__year", "bloc_year__bloc")
    return rows.prefetch_related("unit__states")


def _year(year):
    return capfirst(_("năm %(year)s") % {"year": year})
