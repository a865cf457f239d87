"""State tables of this app: every lawful move of a score sheet and of a ranking (docs/states.md)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from blocs.journal import StateTable, Transition
from blocs.permissions import refuse
from campaigns.scores import permissions
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import CriteriaSet, Ranking, ScoreSheet
from campaigns.scores.scoring.check import faults_of

State = ScoreSheet.State


def is_own_scoring(sheet, day):
    """Its tier is the unit's own scoring."""
    if sheet.tier != "self":
        refuse(_("Chỉ phiếu tự chấm điểm của đơn vị mới được gửi đi."))


def has_no_correction(sheet, day):
    """It was not sent again after a correction was asked for."""
    if sheet.corrections.filter(closed_at=None).exists():
        refuse(_("Phiếu đang chỉnh sửa theo yêu cầu: chỉ rút lại phần chỉnh sửa."))


def has_a_correction(sheet, day):
    """It was sent again after a correction was asked for."""
    if not sheet.corrections.filter(closed_at=None).exists():
        refuse(_("Phiếu không có yêu cầu chỉnh sửa nào đang mở."))


def is_whole(sheet, day):
    """Every criterion that this tier scores has its points."""
    if not sheet.is_complete:
        refuse(_("Phiếu còn tiêu chí chưa chấm. Hãy chấm đủ các tiêu chí; điểm 0 cũng là điểm."))


def is_own_and_whole(sheet, day):
    """It is the unit's own scoring and every criterion has its points."""
    is_own_scoring(sheet, day)
    is_whole(sheet, day)


def is_of_another_tier(sheet, day):
    """Its tier is not the unit's own scoring, and every criterion that it scores has its points."""
    if sheet.tier == "self":
        refuse(_("Phiếu tự chấm điểm được gửi đi, không công bố."))
    is_whole(sheet, day)


SHEET = StateTable(
    "ScoreSheet",
    (
        Transition(
            State.DRAFT,
            "send",
            permissions.may_send_sheet,
            State.SENT,
            guard=is_own_and_whole,
            title=gettext_lazy("Gửi phiếu tự chấm"),
        ),
        Transition(
            State.SENT,
            "recall",
            permissions.may_recall_sheet,
            State.DRAFT,
            guard=has_no_correction,
            title=gettext_lazy("Rút lại để sửa"),
        ),
        Transition(
            State.SENT,
            "recall_correction",
            permissions.may_recall_sheet,
            State.RETURNED,
            guard=has_a_correction,
            title=gettext_lazy("Rút lại phần chỉnh sửa"),
        ),
        Transition(
            State.SENT,
            "open",
            permissions.may_open_sheet,
            State.OPENED,
            title=gettext_lazy("Tiếp nhận phiếu"),
        ),
        Transition(
            State.OPENED,
            "return",
            permissions.may_return_sheet,
            State.RETURNED,
            title=gettext_lazy("Trả lại để chỉnh sửa"),
        ),
        Transition(
            State.RETURNED,
            "send",
            permissions.may_send_sheet,
            State.SENT,
            guard=is_own_and_whole,
            title=gettext_lazy("Gửi lại phần đã chỉnh sửa"),
        ),
        Transition(
            State.OPENED,
            "reopen",
            permissions.may_reopen_scores,
            State.DRAFT,
            guard=is_own_scoring,
            title=gettext_lazy("Mở lại phiếu"),
        ),
        Transition(
            State.SENT,
            "reopen",
            permissions.may_reopen_scores,
            State.DRAFT,
            guard=is_own_scoring,
            title=gettext_lazy("Mở lại phiếu"),
        ),
        Transition(
            State.DRAFT,
            "release",
            permissions.may_release_sheet,
            State.RELEASED,
            guard=is_of_another_tier,
            title=pgettext_lazy("act", "Công bố điểm"),
        ),
        Transition(
            State.RELEASED,
            "reopen",
            permissions.may_reopen_scores,
            State.DRAFT,
            title=gettext_lazy("Mở lại phiếu"),
        ),
    ),
    note=(
        "A returned sheet is open in the criteria that its correction names and in no other. When a new "
        "version of the criteria changes what a sheet says, a released one is a draft again, and so is a "
        "unit's own that lacks points then. A sheet of a past year that a bloc-year file brings is "
        "received or released at once, also where points are not known."
    ),
)

RANKING = StateTable(
    "Ranking",
    (
        Transition(
            Ranking.State.DRAFT,
            "release",
            permissions.may_keep_ranking,
            Ranking.State.RELEASED,
            title=gettext_lazy("Công bố bảng xếp hạng"),
        ),
    ),
    note="A released ranking is superseded when a later one of the same bloc's year is released.",
)


def is_sound(criteria_set, day):
    """Nothing is wrong with the set: points add up, every measure can be worked out."""
    if found := faults_of(plan_of(criteria_set)):
        refuse(
            _("Bộ tiêu chí còn %(count)s chỗ phải sửa, trước hết: %(words)s")
            % {"count": len(found), "words": found[0].words}
        )


CRITERIA = StateTable(
    "CriteriaSet",
    (
        Transition(
            CriteriaSet.State.DRAFT,
            "freeze",
            permissions.may_keep_criteria,
            CriteriaSet.State.FROZEN,
            guard=is_sound,
            title=gettext_lazy("Ban hành bộ tiêu chí"),
        ),
    ),
    note=(
        "A frozen set stays as it is. A later change is a new version, a draft with its reason. The set of a "
        "past year that a bloc-year file brings is frozen at once."
    ),
)
