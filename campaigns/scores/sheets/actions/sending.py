"""Acts by which a unit's own sheet goes to the next desk and comes back: sent, recalled, opened, returned."""

from copy import copy

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from blocs.journal import act, advance, record
from blocs.permissions import refuse, require
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import (
    CorrectedScore,
    Correction,
    CorrectionPoint,
    Score,
    ScoreSheet,
    SheetVersion,
)
from campaigns.scores.permissions import may_return_sheet
from campaigns.scores.sheets.counting import keep_totals, restore, result_of, snapshot
from campaigns.scores.sheets.locking import locked, locked_alone, require_desk
from campaigns.scores.states import SHEET
from campaigns.scores.windows import require_sheet_window

State = ScoreSheet.State


@act("sheet.send", gettext_lazy("Gửi phiếu tự chấm"))
def send_sheet(*, sheet, by, paper=None, reason=""):
    """Send a unit's own sheet, or what it corrected, to the next desk; a version keeps what was sent.

    Units of one bloc send beside one another.
    """
    sheet = locked_alone(sheet)
    if SHEET.find(sheet.state, "send"):
        require_desk(sheet, by, paper)
        require_sheet_window(sheet, paper=paper, reason=reason)
    if sheet.is_corrected:
        _take_corrections(sheet)
    now = timezone.now()
    advance(
        SHEET,
        sheet,
        "send",
        by=by,
        reason=reason,
        paper=paper,
        also={"total": sheet.total},
        sent_at=now,
        opened_at=None,
        number=sheet.number + 1,
    )
    SheetVersion.objects.create(
        sheet=sheet,
        number=sheet.number,
        made_at=now,
        total=sheet.total,
        scores=snapshot(sheet.scores.select_related("criterion")),
        criteria_set=sheet.criteria_set,
    )
    _answer(sheet, now)
    return sheet


@act("sheet.recall", gettext_lazy("Rút lại phiếu tự chấm"))
def recall_sheet(*, sheet, by, paper=None, reason=""):
    """Take a sheet back that the next desk has not opened, or what was corrected of it."""
    sheet = locked_alone(sheet)
    action = "recall_correction" if sheet.corrections.filter(closed_at=None).exists() else "recall"
    if row := SHEET.find(sheet.state, action):
        then = copy(sheet)
        then.state = row.next
        require_sheet_window(then, paper=paper, reason=reason)  # else it could not be sent again
    corrections = list(sheet.corrections.filter(closed_at=None))
    advance(SHEET, sheet, action, by=by, reason=reason, paper=paper)
    for correction in corrections:
        _take_back(sheet, correction)
    _answer(sheet, None)
    return sheet


@act(
    "sheet.open",
    gettext_lazy("Tiếp nhận phiếu tự chấm"),
    any_day="what was sent in time is received, however late",
)
def open_sheet(*, sheet, by, paper=None, reason=""):
    """Begin to work with what a unit sent: from now on it is returned, no longer recalled."""
    sheet = locked(sheet)
    advance(
        SHEET,
        sheet,
        "open",
        by=by,
        reason=reason,
        paper=paper,
        opened_at=timezone.now(),
    )
    return sheet


@act(
    "sheet.return",
    pgettext_lazy("act", "Trả lại phiếu để chỉnh sửa"),
    any_day="a return says itself until when it is corrected",
)
def return_sheet(*, sheet, points, due, reason, by, paper=None):
    """Return a sheet for named criteria, [(criterion, what is wrong)], until a day; the correction.

    A correction that was answered is closed with it: what is still wrong is asked for anew.
    """
    sheet = locked(sheet)
    points = list(points)
    post = require(may_return_sheet(by, sheet, timezone.localdate()))
    if not points:
        refuse(_("Hãy chọn ít nhất một tiêu chí cần chỉnh sửa."))
    if any(criterion.criteria_set_id != sheet.criteria_set_id for criterion, _note in points):
        refuse(_("Có tiêu chí không thuộc bộ tiêu chí của phiếu này."))
    if not reason.strip():
        refuse(_("Hãy ghi lý do trả lại."))
    if due < timezone.localdate():
        refuse(_("Hạn chỉnh sửa không được trước hôm nay."))
    named = {criterion.pk: note for criterion, note in points}
    also = {"due": due, "criteria": {criterion.key: note for criterion, note in points}}
    advance(SHEET, sheet, "return", by=by, reason=reason, paper=paper, also=also)
    now = timezone.now()
    for answered in sheet.corrections.filter(closed_at=None):
        _close(answered, now)
    scores = sheet.scores.filter(criterion__in=named).select_related("criterion")
    correction = Correction.objects.create(
        sheet=sheet,
        asked_by=post,
        asked_at=now,
        due=due,
        reason=reason,
        before={each["key"]: each for each in snapshot(scores)},
    )
    for criterion, note in points:
        CorrectionPoint.objects.create(correction=correction, criterion=criterion, note=note)
    return correction


@act(
    "sheet.close-correction",
    gettext_lazy("Xem lại xong phần chỉnh sửa"),
    any_day="a return says itself until when it is corrected",
)
def close_correction(*, correction, by, paper=None, reason=""):
    """Say that what a unit corrected is in order."""
    sheet = locked(correction.sheet)
    correction = Correction.objects.locked(correction.pk)
    correction.sheet = sheet
    if correction.closed_at:
        refuse(_("Yêu cầu chỉnh sửa này đã xem lại xong."))
    post = require(may_return_sheet(by, sheet, timezone.localdate()))
    if sheet.state != State.OPENED or correction.answered_at is None:
        refuse(_("Đơn vị chưa gửi lại, hoặc phiếu chưa được tiếp nhận lại."))
    _close(correction, timezone.now())
    after = {"closed_at": correction.closed_at}
    record(correction, by=by, post=post, after=after, reason=reason, paper=paper)
    return correction


def _take_corrections(sheet):
    """Let what was typed into a sheet that was returned be what it says."""
    known = {each.criterion_id: each for each in sheet.scores.all()}
    for typed in sheet.corrected.all():
        new = Score(sheet=sheet, criterion_id=typed.criterion_id, version=0)
        score = known.get(typed.criterion_id, new)
        score.take_over(typed)
        score.version = max(score.version, typed.version) + 1
        score.save()
        typed.delete()
    _add_up(sheet)


def _take_back(sheet, correction):
    """Let what was returned stand again; what was sent after it is typed and no more."""
    named = set(correction.points.values_list("criterion", flat=True))
    for score in sheet.scores.filter(criterion__in=named).select_related("criterion"):
        typed = CorrectedScore(sheet=sheet, criterion=score.criterion, version=score.version)
        typed.take_over(score)
        typed.save()
        before = correction.before.get(score.criterion.key)
        if before is None:
            score.delete()
            continue
        restore(score, before)
        score.save()
    _add_up(sheet)
    sheet.save()


def _add_up(sheet):
    """Work out anew what a sheet comes to and whether it is whole; not yet saved."""
    results = {each.criterion.key: result_of(each) for each in sheet.scores.select_related("criterion")}
    keep_totals(sheet, plan_of(sheet.criteria_set), results)


def _answer(sheet, at):
    """Note when the open correction of a sheet was answered; None when the answer was taken back."""
    for correction in sheet.corrections.filter(closed_at=None):
        correction.answered_at = at
        correction.save()


def _close(correction, at):
    correction.closed_at = at
    correction.save()
