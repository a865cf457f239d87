"""Acts of filling in a score sheet: each tier its own rows, nobody silently over another's."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import Refusal, Refused, refuse
from blocs.versions import Stale, Unchanged
from campaigns.models import BlocYear
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import CorrectedScore, Score, ScoreSheet, Tier
from campaigns.scores.scoring.plan import of_tier
from campaigns.scores.sheets.counting import keep_result, keep_totals, result_of, scores_of
from campaigns.scores.sheets.filling import Row, asked, below, filling_of
from campaigns.scores.sheets.locking import (
    locked,
    locked_alone,
    require_desk,
    require_open_sheet,
)
from campaigns.scores.windows import require_sheet_window


class BadRows(Refused):
    """Rows that cannot be kept: [(row, its faults)]; nothing was saved."""

    def __init__(self, faults):
        self.faults = faults
        words = "; ".join(
            f"{row.criterion.code or row.criterion.text}: {fault.words}"
            for row, found in faults
            for fault in found
        )
        super().__init__(Refusal(words))


class StaleScore(Stale):
    """Somebody else has saved the score since it was shown; carries its criterion and the score kept."""

    def __init__(self, row, kept, theirs, yours):
        self.criterion, self.kept = row.criterion, kept
        super().__init__(theirs, yours)


@act("sheet.begin", gettext_lazy("Bắt đầu chấm điểm"))
def begin_sheet(*, bloc_year, unit, tier, by, checker=None, paper=None, reason=""):
    """Begin the sheet of a tier for a unit, with its own copies of the figures that count below it."""
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    _require_frozen(bloc_year)
    sheet = ScoreSheet(
        bloc_year=bloc_year, unit=unit, tier=tier, checker=checker, criteria_set=chosen_set(bloc_year)
    )
    post = require_desk(sheet, by, paper)
    require_sheet_window(sheet, paper=paper, reason=reason)
    _require_place(sheet)
    sheet.save()
    scores = scores_of([bloc_year], ScoreSheet.objects.filter(unit=unit))[bloc_year.pk]
    keys = {each.key: each for each in chosen_set(bloc_year).criteria.all()}
    now, results = timezone.now(), {}
    for key, copy in below(scores, unit.pk, tier).items():
        copy.sheet, copy.criterion, copy.saved_at = sheet, keys[key], now
        copy.save()
        results[key] = result_of(copy)
    _add_up(sheet, scores.plan, results)
    after = {"tier": tier, "unit": unit.pk, "scores": {key: each.points for key, each in results.items()}}
    record(sheet, by=by, post=post, after=after, reason=reason, paper=paper)
    return sheet


@act("sheet.save-score", gettext_lazy("Chấm điểm một tiêu chí"))
def save_score(
    *,
    sheet,
    criterion,
    shown_version,
    by,
    figures=None,
    points=None,
    not_applicable=False,
    grounds_code="",
    grounds="",
    paper=None,
    reason="",
):
    """Keep the figures of one criterion with the points that follow from them; the score, with its time.

    Units of one bloc save beside one another. The filling of the score's sheet is what it holds now.
    """
    row = Row(criterion, figures, points, not_applicable, grounds_code, grounds, shown_version)
    return _save(locked_alone(sheet), [row], by, paper, reason)[0]


@act("sheet.save-scores", gettext_lazy("Chấm điểm nhiều tiêu chí"))
def save_scores(*, sheet, rows, by, paper=None, reason=""):
    """Keep many rows at once, all or none; the scores that changed. Raises BadRows for all that cannot be."""
    return _save(locked(sheet), rows, by, paper, reason)


def _save(sheet, rows, by, paper, reason):
    post = require_desk(sheet, by, paper)
    require_open_sheet(sheet, paper, reason)
    filling = filling_of(sheet)
    rows = list(rows)
    _check(filling, rows, paper)
    changed = [(row, kept) for row in rows if (kept := _changed(filling, row)) is not None]
    if not changed:
        raise Unchanged
    for row, (kept, new) in changed:
        if kept.version != row.shown_version if kept else row.shown_version:
            raise StaleScore(row, kept, _told(kept), _told(new))
    before, after, saved, now = {}, {}, [], timezone.now()
    for row, (kept, new) in changed:
        if kept:
            before[row.criterion.key] = _told(kept)
            new.pk, new.version = kept.pk, kept.version + 1
        new.saved_at = now
        new.save()
        after[row.criterion.key] = _told(new)
        filling.scores[row.criterion.key] = new
        saved.append(new)
    if sheet.is_corrected:  # its sum stays what was sent
        sheet.save()
    else:
        _add_up(sheet, filling.plan, {key: result_of(each) for key, each in filling.scores.items()})
    sheet.filling = filling
    for each in saved:
        each.sheet = sheet
    record(sheet, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return saved


def _check(filling, rows, paper):
    """Refuse rows that this sheet does not have or that are not open, and raise all other faults at once."""
    keys = [row.criterion.key for row in rows]
    if len(keys) != len(set(keys)):
        refuse(_("Một tiêu chí được ghi hai lần. Hãy giữ lại một."))
    for row in rows:
        code = {"code": row.criterion.code or row.criterion.text}
        if row.criterion.criteria_set_id != filling.sheet.criteria_set_id:
            refuse(_("Tiêu chí %(code)s không thuộc bộ tiêu chí của phiếu này.") % code)
        if row.criterion.key not in filling.plan.criteria:
            refuse(_("Tiêu chí %(code)s không do cấp này chấm.") % code)
        if filling.named is not None and row.criterion.key not in filling.named:
            refuse(_("Chỉ sửa được các tiêu chí mà nơi trả lại đã nêu; %(code)s không nằm trong đó.") % code)
        if row.is_stated and paper is None:
            refuse(_("Điểm tính ra từ số liệu. Chỉ ghi riêng điểm khi ghi nhận từ văn bản giấy."))
        if row.grounds_code and row.grounds_code not in Score.Reason.values:
            refuse(_("Không có lý do này trong danh sách."))
    faults = [(row, found) for row in rows if (found := filling.faults(row))]
    if faults:
        raise BadRows(faults)


def _changed(filling, row):
    """(the score kept or None, the new one) of a row; None where it says what is kept."""
    kept = filling.scores.get(row.criterion.key)
    is_known = row.figures is not None and not row.not_applicable
    new = (CorrectedScore if filling.sheet.is_corrected else Score)(
        sheet=filling.sheet,
        criterion=row.criterion,
        figures=asked(filling.plan.criteria[row.criterion.key], row.figures) if is_known else {},
        stated=row.is_stated,
        reason_code=row.grounds_code,
        reason=row.grounds.strip(),
    )
    keep_result(new, filling.result(row))
    return None if kept and _told(kept) == _told(new) else (kept, new)


def _told(score):
    """What a score says, as the journal and a comparison have it; points without idle zeros."""
    if score is None:
        return {}
    return {
        "figures": score.figures,
        "points": None if score.points is None else f"{score.points.normalize():f}",
        "stated": score.stated,
        "not_applicable": score.not_applicable,
        "reason_code": score.reason_code,
        "reason": score.reason,
    }


def _add_up(sheet, plan, results):
    """Keep the sheet's total and whether every criterion of its tier has its points."""
    keep_totals(sheet, plan, results)
    sheet.save()


def _require_frozen(bloc_year):
    if chosen_set(bloc_year) is None:
        refuse(_("Khối chưa có bộ tiêu chí. Đề nghị cán bộ thi đua, khen thưởng của bộ chọn bộ tiêu chí."))
    if not chosen_set(bloc_year).is_frozen:
        refuse(_("Bộ tiêu chí còn là dự thảo. Hãy ban hành bộ tiêu chí rồi mới chấm điểm."))


def _require_place(sheet):
    """Refuse a sheet of a unit outside the bloc, of a tier that scores nothing, and one begun before."""
    bloc_year = sheet.bloc_year
    if not bloc_year.seats.filter(unit=sheet.unit).exists():
        refuse(_("Đơn vị không thuộc Khối trong năm đó."))
    if not of_tier(plan_of(chosen_set(bloc_year)), sheet.tier).criteria:
        refuse(_("Bộ tiêu chí không có mục nào do cấp này chấm."))
    is_across = chosen_set(bloc_year).check_mode != "sitting"
    if sheet.checker:
        if sheet.tier != Tier.CHECK or not is_across:
            refuse(_("Bộ tiêu chí này không chấm chéo giữa các đơn vị."))
        if not bloc_year.check_assignments.filter(unit=sheet.unit, checker=sheet.checker).exists():
            refuse(_("Đơn vị chấm chưa được phân công chấm đơn vị này."))
    elif sheet.tier == Tier.CHECK and is_across:
        refuse(_("Bộ tiêu chí này chấm chéo: phiếu kiểm tra do đơn vị được phân công lập."))
    known = ScoreSheet.objects.filter(
        bloc_year=bloc_year, unit=sheet.unit, tier=sheet.tier, checker=sheet.checker
    )
    if known.exists():
        refuse(_("Phiếu này đã bắt đầu. Hãy mở lại trang để chấm tiếp."))
