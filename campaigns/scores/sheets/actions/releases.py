"""Acts by which scores become known and are opened again: a sheet, a whole tier, sheets that are reopened."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from blocs.journal import act, advance, record
from blocs.permissions import Refused, refuse, require
from campaigns.models import BlocYear
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import Reopening, ScoreSheet, SheetVersion, Tier
from campaigns.scores.permissions import may_release_sheet, may_reopen_scores, may_score
from campaigns.scores.sheets.actions.sheets import begin_sheet
from campaigns.scores.sheets.among import among, compared
from campaigns.scores.sheets.counting import compare_anew, keep_totals, result_of, snapshot
from campaigns.scores.sheets.filling import filling_of
from campaigns.scores.states import SHEET
from campaigns.scores.windows import OF_TIER, require_sheet_window

State = ScoreSheet.State


@act("score.release", pgettext_lazy("act", "Công bố điểm một đơn vị"))
def release_sheet(*, sheet, by, paper=None, reason="", together=()):
    """Release what a tier gives a unit, whole and with its grounds; a version keeps what it says.

    Where units are compared, its points are settled now: by what counts, and by the sheets that are released
    together with it.
    """
    bloc_year = BlocYear.objects.locked(sheet.bloc_year_id, no_key=True)
    sheet = _locked_sheet(sheet, bloc_year)
    if paper is None and not sheet.from_paper:
        require(may_score(by, sheet, timezone.localdate()))  # others record from paper alone
    require_sheet_window(sheet, paper=paper, reason=reason)
    filling = filling_of(sheet)
    if silent := filling.without_grounds():
        codes = ", ".join(filling.plan.code_of(each.criterion) for each in silent)
        refuse(_("Hãy ghi lý do ở các tiêu chí có điểm khác cấp trước: %(codes)s.") % {"codes": codes})
    _settle(sheet, together)
    advance(
        SHEET,
        sheet,
        "release",
        by=by,
        reason=reason,
        paper=paper,
        also={"unit": sheet.unit_id, "tier": sheet.tier, "total": sheet.total},
        released_at=timezone.now(),
        number=sheet.number + 1,
        from_paper=sheet.from_paper or paper is not None,
    )
    _keep_version(sheet)
    return sheet


@act(
    "score.release-tier",
    pgettext_lazy("act", "Công bố điểm của cả Khối"),
    any_day="the release of each sheet asks",
)
def release_tier(*, bloc_year, tier, sheets, by, paper=None, reason=""):
    """Release the complete sheets of a tier at once, those that were shown; all of them or none."""
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    asked = ScoreSheet(bloc_year=bloc_year, tier=tier)
    post = require(may_release_sheet(by, asked, timezone.localdate()))
    known = ScoreSheet.objects.filter(bloc_year=bloc_year, tier=tier, checker=None)
    known = list(known.filter(pk__in=[each.pk for each in sheets]).select_related("unit"))
    if not known or len(known) < len(sheets):
        refuse(_("Danh sách phiếu vừa thay đổi. Hãy mở lại trang."))
    for sheet in known:
        sheet.bloc_year = bloc_year
        try:
            release_sheet(sheet=sheet, by=by, paper=paper, reason=reason, together=known)
        except Refused as refused:
            _refuse_all(sheet.unit, bloc_year, refused)
    after = {"tier": tier, "units": sorted(each.unit_id for each in known)}
    record(bloc_year, by=by, post=post, after=after, reason=reason, paper=paper)
    return known


@act(
    "score.confirm",
    gettext_lazy("Thống nhất điểm tại Hội nghị"),
    any_day="the release of each sheet asks",
)
def confirm_scores(*, bloc_year, units, by, meeting=None, paper=None, reason=""):
    """Release for the conference what counts of units; what it changed of a unit stands in its sheet already.

    All of these units or none. The entry is the meeting's, where one is known.
    """
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    post = require(
        may_release_sheet(by, ScoreSheet(bloc_year=bloc_year, tier=Tier.CONFERENCE), timezone.localdate())
    )
    known = {
        each.unit_id: each
        for each in ScoreSheet.objects.filter(bloc_year=bloc_year, tier=Tier.CONFERENCE, unit__in=units)
    }
    told = {"by": by, "paper": paper, "reason": reason}
    if not units:
        refuse(_("Hãy chọn ít nhất một đơn vị."))
    for unit in units:
        try:
            sheet = known.get(unit.pk) or begin_sheet(
                bloc_year=bloc_year, unit=unit, tier=Tier.CONFERENCE, **told
            )
            sheet.bloc_year = bloc_year
            release_sheet(sheet=sheet, together=known.values(), **told)
        except Refused as refused:
            _refuse_all(unit, bloc_year, refused)
    after = {"tier": Tier.CONFERENCE, "units": sorted(each.pk for each in units)}
    record(meeting or bloc_year, by=by, post=post, after=after, reason=reason, paper=paper)


@act(
    "score.reopen-sheet",
    gettext_lazy("Mở lại phiếu chấm điểm"),
    any_day="reopening is what opens a window",
)
def reopen_sheet(*, sheet, reopening, by, paper=None):
    """Open a sheet again that was sent or released; what it said stays as its version."""
    sheet = _locked_sheet(sheet, reopening.bloc_year)
    now = timezone.now()
    last = sheet.versions.order_by("-number").first()
    if last is None or last.scores != snapshot(sheet.scores.select_related("criterion")):
        sheet.number += 1
        _keep_version(sheet, reason=reopening.reason)
    for correction in sheet.corrections.filter(closed_at=None):
        correction.answered_at = correction.answered_at or now
        correction.closed_at = now
        correction.save()
    advance(
        SHEET,
        sheet,
        "reopen",
        by=by,
        reason=reopening.reason,
        paper=paper,
        also={"unit": sheet.unit_id, "tier": sheet.tier},
    )


@act(
    "score.reopen",
    gettext_lazy("Mở lại việc chấm điểm"),
    any_day="reopening is what opens a window",
)
def reopen_scores(*, bloc_year, units, phase_kind, last_day, reason, by, paper=None):
    """Open a phase of scoring again for named units until a day; their sheets of it can be changed again.

    What had been released stays as a version and counts until something else is released; what a unit had
    sent stays as a version and counts again once the unit has sent. A sheet that was returned is open
    already, in what its correction names.
    """
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    tiers = [tier for tier in Tier.values if OF_TIER[tier] == phase_kind]
    if not tiers:
        refuse(_("Giai đoạn này không phải giai đoạn chấm điểm."))
    post = _may_reopen(by, bloc_year, tiers)
    if not reason.strip():
        refuse(_("Hãy ghi lý do mở lại."))
    if last_day < timezone.localdate():
        refuse(_("Hạn mới không được trước hôm nay."))
    units = list(units)
    seated = {seat.unit_id for seat in bloc_year.seats.all()}
    if not units or not {each.pk for each in units} <= seated:
        refuse(_("Hãy chọn các đơn vị trong Khối được mở lại."))
    reopening = Reopening.objects.create(
        bloc_year=bloc_year,
        phase_kind=phase_kind,
        last_day=last_day,
        reason=reason,
        made_at=timezone.now(),
        made_by=post,
    )
    reopening.units.set(units)
    closed = [State.SENT, State.OPENED, State.RELEASED]
    opened = list(
        ScoreSheet.objects.filter(bloc_year=bloc_year, unit__in=units, tier__in=tiers, state__in=closed)
    )
    for sheet in opened:
        reopen_sheet(sheet=sheet, reopening=reopening, by=by, paper=paper)
    after = {
        "units": [each.pk for each in units],
        "phase": phase_kind,
        "last_day": last_day,
        "sheets": [each.pk for each in opened],
    }
    record(bloc_year, by=by, post=post, after=after, reason=reason, paper=paper)
    return reopening


def _locked_sheet(sheet, bloc_year):
    """The sheet as it stands now, locked after its bloc's year."""
    sheet = ScoreSheet.objects.locked(sheet.pk, "unit", "criteria_set")
    sheet.bloc_year = bloc_year
    return sheet


def _refuse_all(unit, bloc_year, refused):
    """Refuse the whole for the sake of one unit."""
    name = unit.name(bloc_year.year.last_day)
    refuse(_("Chưa công bố phiếu nào. %(unit)s: %(reason)s") % {"unit": name, "reason": refused})


def _may_reopen(by, bloc_year, tiers):
    """The post that may open at least one of a phase's tiers again; refuses with the last reason."""
    answers = [
        may_reopen_scores(by, ScoreSheet(bloc_year=bloc_year, tier=tier), timezone.localdate())
        for tier in tiers
    ]
    return require(next((each for each in answers if each), answers[-1]))


def _keep_version(sheet, reason=""):
    """Keep what a sheet says now as the version of its number."""
    return SheetVersion.objects.create(
        sheet=sheet,
        number=sheet.number,
        made_at=timezone.now(),
        total=sheet.total,
        scores=snapshot(sheet.scores.select_related("criterion")),
        criteria_set=sheet.criteria_set,
        reason=reason,
    )


def _settle(sheet, together):
    """Keep what the criteria that compare units come to as it is released."""
    plan = plan_of(sheet.criteria_set)
    if not compared(plan):
        return
    units = among({sheet.bloc_year_id: plan}, together)
    scores = {each.criterion.key: each for each in sheet.scores.select_related("criterion")}
    for score in compare_anew(sheet, plan, scores, units, settled=True):
        score.version += 1
        score.save()
    keep_totals(sheet, plan, {key: result_of(each) for key, each in scores.items()})
