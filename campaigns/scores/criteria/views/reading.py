"""What the page of a set says above its table: its state, its own fields in words, what may be done."""

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import notation
from blocs.contributions import Button
from campaigns.models import BlocYear
from campaigns.scores.criteria.views.finding import address
from campaigns.scores.models import CriteriaSet
from campaigns.scores.permissions import may_edit_criteria, may_keep_criteria
from campaigns.scores.scoring import wording
from campaigns.scores.scoring.ranking import in_words


def badge_of(criteria_set):
    """(the state in words, its tone)."""
    return criteria_set.get_state_display(), "done" if criteria_set.is_frozen else "doing"


def facts_of(criteria_set, plan, user):
    """The set's own fields in words, and the blocs that use it as far as this person sees them."""
    users = (
        BlocYear.objects.visible_to(user)
        .filter(chosen_criteria__criteria_set=criteria_set)
        .order_by("bloc__place", "pk")
    )
    names = [each.name for each in users]
    tie_breaks = in_words(plan.tie_breaks, plan)
    facts = [
        (_("Tổng điểm chuẩn"), wording.number(criteria_set.scale)),
        (_("Điểm thưởng"), _bonus(criteria_set)),
        *_deduction(criteria_set),
        (_("Làm tròn"), _("%(digits)s chữ số thập phân, nửa thì lên") % {"digits": criteria_set.digits}),
        (_("Tiêu chí không áp dụng"), criteria_set.get_na_policy_display()),
        (_("Cách kiểm tra"), _check(criteria_set)),
        (_("Khi bằng điểm"), tie_breaks),
        (_("Văn bản"), _document(criteria_set)),
        (_("Các khối sử dụng"), "; ".join(names) or _("chưa khối nào")),
    ]
    if criteria_set.previous_id:
        facts.append((_("Lý do sửa đổi"), criteria_set.reason))
    if criteria_set.frozen_on:
        facts.append((_("Ban hành trên hệ thống"), notation.day(criteria_set.frozen_on)))
    return facts


def _bonus(criteria_set):
    if criteria_set.bonus_cap is None:
        return _("không giới hạn")
    return _("tối đa %(points)s điểm") % {"points": wording.number(criteria_set.bonus_cap)}


def _deduction(criteria_set):
    if criteria_set.deduction_share is None:
        return []
    share = wording.number(criteria_set.deduction_share)
    return [(_("Điểm trừ"), _("tối đa %(share)s%% điểm thưởng") % {"share": share})]


def _check(criteria_set):
    words = criteria_set.get_check_mode_display()
    if criteria_set.check_mode == CriteriaSet.CheckMode.SITTING:
        return words
    return _("%(mode)s; mỗi đơn vị do %(count)s đơn vị chấm") % {
        "mode": words,
        "count": notation.count(criteria_set.checkers),
    }


def _document(criteria_set):
    if not criteria_set.reference:
        return _("chưa ghi")
    if not criteria_set.issued_on:
        return criteria_set.reference
    return _("%(reference)s ngày %(day)s") % {
        "reference": criteria_set.reference,
        "day": notation.day(criteria_set.issued_on),
    }


def buttons_of(criteria_set, user, faults):
    """What may be done with a set, and why not where it is near but not possible."""
    day = timezone.localdate()
    if not may_keep_criteria(user, criteria_set, day):
        return []
    if criteria_set.is_frozen:
        return [_next_version(criteria_set)]
    may_edit = may_edit_criteria(user, criteria_set, day)
    refusal = (
        _("Còn %(count)s chỗ phải sửa, xem danh sách bên dưới.") % {"count": len(faults)} if faults else ""
    )
    if criteria_set.previous_id:
        issue = Button(_("Áp dụng phiên bản này"), address("adopt", criteria_set), refusal)
    else:
        issue = Button(_("Ban hành bộ tiêu chí"), address("freeze", criteria_set), refusal)
    return [
        issue,
        Button(_("Sửa thông tin chung"), address("fields", criteria_set), "" if may_edit else str(may_edit)),
        Button(_("Xoá dự thảo"), address("discard", criteria_set)),
    ]


def _next_version(criteria_set):
    later = CriteriaSet.objects.filter(previous=criteria_set).first()
    if later:
        return Button(
            _("Mở phiên bản %(number)s") % {"number": later.number},
            address("set", later),
        )
    return Button(_("Lập phiên bản mới"), address("version", criteria_set))
