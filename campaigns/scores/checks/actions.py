"""Acts of checking: sittings planned, units assigned to check one another."""

import secrets

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require, require_open
from blocs.versions import Stale
from campaigns.leaders import seated_units
from campaigns.models import BlocYear, Phase
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import CheckAssignment, CriteriaSet, Inspection, ScoreSheet, Tier
from campaigns.scores.permissions import may_assign_checks, may_edit_inspection, may_score
from campaigns.scores.scoring.assignment import assign
from campaigns.scores.sheets.actions.releases import release_sheet
from campaigns.scores.sheets.actions.sheets import begin_sheet
from campaigns.scores.windows import require_sheet_window
from campaigns.windows import require_window

PLANNED = ("team_name", "day", "starts_at", "ends_at", "place_name")
HELD = ("day", "place_name", "conclusion", "held_on")
OF_MEMBER = ("side", "name", "title", "unit_id")


@act("inspection.plan", gettext_lazy("Lập lịch kiểm tra"))
def plan_inspections(*, bloc_year, plans, by, paper=None, reason=""):
    """Plan sittings of a bloc's units, many at once: (inspection, its members in their order) each.

    A known inspection carries the version that was shown; its members are replaced by those told.
    """
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    post = require(may_edit_inspection(by, Inspection(bloc_year=bloc_year), timezone.localdate()))
    require_open(Inspection(bloc_year=bloc_year), paper=paper, reason=reason)
    seated = seated_units(bloc_year, timezone.localdate())
    known = {each.pk: each for each in bloc_year.inspections.select_for_update(of=("self",))}
    parts = []
    for inspection, members in plans:
        if inspection.unit_id not in seated:
            refuse(_("Có đơn vị không thuộc Khối trong năm này."))
        if any(each.unit_id == inspection.unit_id for each in members if each.side == each.Side.TEAM):
            refuse(_("Tổ kiểm tra một đơn vị không có người của chính đơn vị đó."))
        parts += _planned(bloc_year, inspection, members, known)
    if not parts:
        refuse(_("Không có gì thay đổi để ghi."))
    record(bloc_year, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)


@act("inspection.conclude", gettext_lazy("Kết thúc buổi kiểm tra"))
def conclude_inspection(*, inspection, conclusion, shown_version, by, paper=None, reason=""):
    """Record that a sitting was held and what it concluded, and release what it gave the unit.

    `inspection` is a known one, or a new one where nobody planned it. Day and place of a sitting that was
    held on paper are those of the paper.
    """
    bloc_year = BlocYear.objects.locked(inspection.bloc_year_id, no_key=True)
    if inspection.pk:
        kept = Inspection.objects.locked(inspection.pk)
    else:
        kept = Inspection(bloc_year=bloc_year, unit=inspection.unit, team_name=inspection.team_name)
    kept.bloc_year = bloc_year
    sheet = _sheet_of(kept)
    post = require(may_score(by, sheet, timezone.localdate()))
    require_sheet_window(sheet, paper=paper, reason=reason)
    if kept.held_on and sheet.state == sheet.State.RELEASED:
        refuse(_("Buổi kiểm tra đã được ghi nhận và điểm đã công bố."))
    if kept.pk and kept.version != shown_version:
        raise Stale(theirs={"conclusion": kept.conclusion}, yours={"conclusion": conclusion}, row=kept)
    before = {name: getattr(kept, name) for name in HELD} if kept.pk else {}
    _hold(kept, conclusion, paper)
    after = {name: getattr(kept, name) for name in HELD}
    record(kept, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    told = {"by": by, "paper": paper, "reason": reason}
    if sheet.pk is None:
        sheet = begin_sheet(bloc_year=bloc_year, unit=kept.unit, tier=Tier.CHECK, **told)
    release_sheet(sheet=sheet, **told)
    return kept


@act("check.assign", gettext_lazy("Phân công chấm chéo"))
def assign_checks(*, bloc_year, by, pairs=None, paper=None, reason=""):
    """Draw which units check which: nobody their own, few pairs that check each other, the load even.

    What was drawn on paper is told as `pairs`, {unit: units that check it}. The journal keeps the seed by
    which the draw can be repeated.
    """
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    post = require(may_assign_checks(by, bloc_year, timezone.localdate()))
    require_window(bloc_year, Phase.Kind.CHECK, paper=paper, reason=reason, before=False)
    criteria_set = chosen_set(bloc_year)
    if criteria_set is None or criteria_set.check_mode == CriteriaSet.CheckMode.SITTING:
        refuse(_("Bộ tiêu chí của Khối không dùng cách chấm chéo trên hệ thống."))
    if bloc_year.check_assignments.exists():
        refuse(_("Khối đã phân công chấm chéo. Muốn phân công lại thì rút lại phân công trước."))
    units, checkers, seed = seated_units(bloc_year, timezone.localdate()), criteria_set.checkers, ""
    if pairs is None:
        if len(units) <= checkers:
            refuse(_("Khối có quá ít đơn vị để mỗi đơn vị được các đơn vị khác chấm."))
        seed = secrets.token_hex(8)
        drawn = assign(units, checkers, seed)
    else:
        drawn = {unit.pk: tuple(each.pk for each in chosen) for unit, chosen in pairs.items()}
        _require_sound(drawn, units, checkers)
    rows = [
        CheckAssignment(bloc_year=bloc_year, unit_id=unit, checker_id=each)
        for unit in drawn
        for each in drawn[unit]
    ]
    CheckAssignment.objects.bulk_create(rows)
    after = {"seed": seed, "assigned": {str(unit): list(chosen) for unit, chosen in drawn.items()}}
    record(bloc_year, by=by, post=post, after=after, reason=reason, paper=paper)
    return rows


@act("check.withdraw", gettext_lazy("Rút lại phân công chấm chéo"))
def withdraw_checks(*, bloc_year, by, paper=None, reason=""):
    """Take back who checks whom, as long as no unit has begun to check."""
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    post = require(may_assign_checks(by, bloc_year, timezone.localdate()))
    require_window(bloc_year, Phase.Kind.CHECK, paper=paper, reason=reason, before=False)
    if ScoreSheet.objects.filter(bloc_year=bloc_year, tier=Tier.CHECK, checker__isnull=False).exists():
        refuse(_("Đã có đơn vị bắt đầu chấm nên không rút lại phân công được."))
    assigned = list(bloc_year.check_assignments.values_list("unit", "checker"))
    if not assigned:
        refuse(_("Khối chưa phân công chấm chéo."))
    bloc_year.check_assignments.all().delete()
    record(bloc_year, by=by, post=post, before={"assigned": assigned}, reason=reason, paper=paper)


def _sheet_of(inspection):
    """The sheet of a sitting, or one not begun."""
    place = {"bloc_year": inspection.bloc_year, "unit": inspection.unit, "tier": Tier.CHECK, "checker": None}
    sheet = ScoreSheet.objects.filter(**place).first() or ScoreSheet(**place)
    sheet.bloc_year = inspection.bloc_year
    return sheet


def _hold(inspection, conclusion, paper):
    """Note that an inspection was held, on the day of the paper, the planned one or today."""
    today = timezone.localdate()
    inspection.day = paper.day if paper else inspection.day or today
    if inspection.day > today:
        refuse(_("Chưa đến ngày kiểm tra đã định. Hãy sửa ngày trong lịch kiểm tra trước."))
    if paper and paper.place:
        inspection.place_name = paper.place
    inspection.conclusion, inspection.held_on = conclusion, today
    inspection.save()


def _planned(bloc_year, inspection, members, known):
    """Write one plan where it differs from what stands there, and tell what was written."""
    kept = known.get(inspection.pk)
    if inspection.pk and kept is None:
        refuse(_("Lịch kiểm tra vừa được người khác sửa. Hãy mở lại trang."))
    if kept and kept.held_on:
        refuse(_("Buổi kiểm tra đã ghi nhận xong thì không sửa lịch nữa."))
    before = _told(kept) if kept else {}
    after = {name: getattr(inspection, name) for name in PLANNED}
    after["members"] = [{name: getattr(each, name) for name in OF_MEMBER} for each in members]
    if before == after:
        return
    if kept and kept.version != inspection.version:
        raise Stale(theirs=before, yours=after)
    row = kept or Inspection(bloc_year=bloc_year, unit_id=inspection.unit_id)
    for name in PLANNED:
        setattr(row, name, after[name])
    if kept:
        row.members.all().delete()
    elif bloc_year.inspections.filter(unit=row.unit_id).exists():
        refuse(_("Lịch kiểm tra vừa được người khác sửa. Hãy mở lại trang."))
    row.save()
    for place, member in enumerate(members, 1):
        row.members.create(place=place, **{name: getattr(member, name) for name in OF_MEMBER})
    yield {"model": row._meta.label_lower, "unit": row.unit_id, "before": before, "after": after}


def _told(inspection):
    """What is planned of an inspection and who sits there."""
    told = {name: getattr(inspection, name) for name in PLANNED}
    members = inspection.members.order_by("place", "pk").values(*OF_MEMBER)
    return told | {"members": list(members)}


def _require_sound(drawn, units, checkers):
    """Refuse pairs told from paper that no draw could give."""
    if set(drawn) != units:
        refuse(_("Hãy ghi đơn vị chấm cho từng đơn vị trong Khối."))
    for unit, chosen in drawn.items():
        if unit in chosen:
            refuse(_("Đơn vị không chấm chéo chính mình."))
        if len(set(chosen)) != checkers or not set(chosen) <= units:
            refuse(_("Mỗi đơn vị cần đúng %(count)s đơn vị khác trong Khối chấm.") % {"count": checkers})
