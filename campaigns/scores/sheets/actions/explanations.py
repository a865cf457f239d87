"""Acts of explaining scores: a unit asks why a released figure stands, the desk that gave it answers."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import Refused, asks, refuse, require, unless_on_paper
from campaigns.models import Phase
from campaigns.scores.models import Explanation, Reopening, ScoreSheet, Tier
from campaigns.scores.permissions import (
    may_answer_explanation,
    may_ask_explanation,
    may_record_scores,
    may_reopen_scores,
)
from campaigns.scores.sheets.actions.releases import reopen_sheet
from campaigns.scores.sheets.locking import locked
from campaigns.scores.windows import OF_TIER, closed_to_unit


@act("explanation.ask", gettext_lazy("Đề nghị giải trình điểm"))
def ask_explanation(*, sheet, criterion, question, by, paper=None, reason=""):
    """Ask the desk that scored a unit why a released figure stands; others record what was asked on paper."""
    sheet = locked(sheet)
    post = _asks(sheet, by, paper)
    closed = closed_to_unit(sheet.bloc_year, Phase.Kind.EXPLANATION, sheet.unit_id)
    unless_on_paper(closed, paper=paper, reason=reason)
    if sheet.tier == Tier.SELF:
        refuse(_("Chỉ đề nghị giải trình điểm do cấp khác chấm."))
    if sheet.state != ScoreSheet.State.RELEASED:
        refuse(_("Điểm chưa công bố nên chưa đề nghị giải trình được."))
    if not question.strip():
        refuse(_("Hãy ghi nội dung đề nghị giải trình."))
    if not sheet.scores.filter(criterion=criterion).exists():
        refuse(_("Cấp này không chấm tiêu chí đó."))
    if sheet.explanations.unanswered().filter(criterion=criterion).exists():
        refuse(_("Tiêu chí này đã có đề nghị giải trình đang chờ trả lời."))
    asked = Explanation.objects.create(
        sheet=sheet,
        criterion=criterion,
        question=question.strip(),
        asked_at=timezone.now(),
        asked_by=post,
    )
    after = {"criterion": criterion.key, "tier": sheet.tier, "question": asked.question}
    record(asked, by=by, post=post, after=after, reason=reason, paper=paper)
    return asked


@act(
    "explanation.answer",
    gettext_lazy("Trả lời đề nghị giải trình điểm"),
    any_day="what was asked in time is answered, however late",
)
def answer_explanation(*, explanation, answer, by, last_day=None, paper=None, reason=""):
    """Answer by name of the desk. With `last_day` the figure changes: the sheet is open again until then."""
    sheet = locked(explanation.sheet)
    explanation = Explanation.objects.locked(explanation.pk, "criterion")
    explanation.sheet = sheet
    post = require(may_answer_explanation(by, sheet, timezone.localdate()))
    if explanation.answered_at:
        refuse(_("Đề nghị này đã được trả lời."))
    if not answer.strip():
        refuse(_("Hãy ghi nội dung trả lời."))
    explanation.answer, explanation.desk = answer.strip(), sheet.answering_desk()
    explanation.answered_at, explanation.answered_by = timezone.now(), post
    explanation.save()
    if last_day:
        _reopen(explanation, by, last_day, paper)
    after = {"answer": explanation.answer, "desk": explanation.desk, "reopened_until": last_day}
    record(explanation, by=by, post=post, after=after, reason=reason, paper=paper)
    return explanation


@asks("permission")
def _asks(sheet, by, paper):
    """The post of the unit that is scored; or of who records from paper what it asked."""
    day = timezone.localdate()
    own = may_ask_explanation(by, sheet, day)
    if own:
        return own
    post = paper and may_record_scores(by, sheet, day)
    if not post:
        raise Refused(own)
    return post


def _reopen(explanation, by, last_day, paper):
    """Open the sheet again for the figure that changes; what it said stays as its version."""
    sheet = explanation.sheet
    post = require(may_reopen_scores(by, sheet, timezone.localdate()))
    if sheet.state != ScoreSheet.State.RELEASED:
        refuse(_("Phiếu đang mở sẵn: hãy trả lời, rồi sửa điểm và công bố lại."))
    if last_day < timezone.localdate():
        refuse(_("Hạn mới không được trước hôm nay."))
    words = _("Điều chỉnh sau giải trình tiêu chí %(code)s") % {
        "code": explanation.criterion.code or explanation.criterion.text[:60]
    }
    reopening = Reopening.objects.create(
        bloc_year=sheet.bloc_year,
        phase_kind=OF_TIER[sheet.tier],
        last_day=last_day,
        reason=words,
        made_at=timezone.now(),
        made_by=post,
    )
    reopening.units.set([sheet.unit])
    reopen_sheet(sheet=sheet, reopening=reopening, by=by, paper=paper)
