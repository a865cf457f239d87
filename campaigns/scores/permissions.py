"""Who may do what with criteria and scores: each tier is its own desk's, and nobody touches another's."""

from django.utils.translation import gettext_lazy as _

from blocs.models import Post
from blocs.permissions import Refusal, all_of, editor_of, first_of, has_post, is_operator, is_staff
from campaigns.models import BlocYear
from campaigns.permissions import leads
from campaigns.scores.models import (
    CriteriaSection,
    CriteriaSet,
    Criterion,
    Inspection,
    InspectionMember,
    KnownResult,
    Measure,
    ScoreSheet,
    Tier,
)

Role = Post.Role
OFFICERS = (Role.OFFICER, Role.SECRETARY)


def _at_root(permission):
    """The same permission, asked about the bloc-year that a row belongs to."""

    def asked(user, obj, day):
        return permission(user, obj.root() if not isinstance(obj, BlocYear) else obj, day)

    asked.__doc__ = permission.__doc__
    return asked


leads_bloc = _at_root(leads)


def scores_own_unit(user, sheet, day):
    """The officer or secretary of the unit that is scored."""
    if sheet.bloc_year.closed_on:
        return Refusal(_("Hồ sơ năm của Khối đã khoá."))
    return user.standing().post(*OFFICERS, unit_ids={sheet.unit_id}) or Refusal(
        _("Phiếu tự chấm điểm do cán bộ thi đua, khen thưởng của chính đơn vị lập.")
    )


def sits_on_team(user, sheet, day):
    """The officer or secretary of a unit that sits on the team which checks the unit."""
    units = set(
        InspectionMember.objects.filter(
            inspection__bloc_year=sheet.bloc_year_id,
            inspection__unit=sheet.unit_id,
            side=InspectionMember.Side.TEAM,
            unit__isnull=False,
        ).values_list("unit", flat=True)
    )
    if sheet.bloc_year.closed_on:
        return Refusal(_("Hồ sơ năm của Khối đã khoá."))
    return user.standing().post(*OFFICERS, unit_ids=units - {sheet.unit_id}) or Refusal(
        _("Việc này thuộc về tổ kiểm tra đơn vị và đơn vị Khối trưởng.")
    )


def checks_across(user, sheet, day):
    """The officer or secretary of the unit that was assigned to check the unit."""
    if sheet.bloc_year.closed_on:
        return Refusal(_("Hồ sơ năm của Khối đã khoá."))
    return user.standing().post(*OFFICERS, unit_ids={sheet.checker_id}) or Refusal(
        _("Phiếu này do đơn vị được phân công chấm chéo lập.")
    )


def may_check(user, sheet, day):
    """The unit assigned to check; at a sitting staff, the leader's unit and the units on the team.

    No unit checks itself, the leader's neither.
    """
    if sheet.checker_id:
        return checks_across(user, sheet, day)
    answer = first_of(is_staff, leads_bloc, sits_on_team)(user, sheet, day)
    if answer and answer.role in OFFICERS and answer.unit_id == sheet.unit_id:
        return Refusal(
            _(
                "Đơn vị không tự kiểm tra mình: tổ kiểm tra đơn vị đứng đầu gồm đơn vị phó, đơn vị thành "
                "viên hoặc cán bộ của bộ."
            )
        )
    return answer


BY_TIER = {
    Tier.SELF: scores_own_unit,
    Tier.CHECK: may_check,
    Tier.LEADER: leads_bloc,
    Tier.CONFERENCE: first_of(is_staff, leads_bloc),
    Tier.DEPARTMENT: is_staff,
}


def may_score(user, sheet, day):
    """The desk of the sheet's tier: the unit itself, its checkers, the leader's unit, staff."""
    return BY_TIER[sheet.tier](user, sheet, day)


def may_record_scores(user, sheet, day):
    """Staff, and the leader's unit but for the department's tier; from paper only."""
    if sheet.tier == Tier.DEPARTMENT:
        return is_staff(user, sheet, day)
    return first_of(is_staff, leads_bloc)(user, sheet, day)


def reviews(user, sheet, day):
    """Staff, the leader's unit, the team that checks; of a corrected sheet only the desk that asked."""
    correction = sheet.corrections.filter(closed_at=None).select_related("asked_by").first()
    if correction:
        return user.standing().post(
            correction.asked_by.role, unit_ids={correction.asked_by.unit_id}
        ) or Refusal(_("Nơi yêu cầu chỉnh sửa xem lại phần đã sửa; nơi khác không xem lại thay."))
    own = user.standing().post(*OFFICERS, unit_ids={sheet.unit_id})
    assigned = ScoreSheet(bloc_year=sheet.bloc_year, unit_id=sheet.unit_id)
    checkers = set(
        sheet.bloc_year.check_assignments.filter(unit=sheet.unit_id).values_list("checker", flat=True)
    )
    crossing = user.standing().post(*OFFICERS, unit_ids=checkers)
    answer = first_of(is_staff, leads_bloc, sits_on_team)(user, assigned, day)
    if own and answer and answer.unit_id == sheet.unit_id and answer.role != Role.STAFF:
        return Refusal(_("Đơn vị không tự tiếp nhận, trả lại phiếu của chính mình."))
    return answer or crossing or answer


may_send_sheet = first_of(scores_own_unit, is_staff, leads_bloc)
may_recall_sheet = scores_own_unit
may_open_sheet = reviews
may_return_sheet = reviews
may_release_sheet = first_of(may_score, may_record_scores)


def may_reopen_scores(user, sheet, day):
    """Staff; and the leader's unit, but for the department's tier."""
    return may_record_scores(user, sheet, day)


may_ask_explanation = scores_own_unit
may_answer_explanation = may_score
may_edit_inspection = editor_of(Inspection)(first_of(is_staff, leads_bloc))
may_assign_checks = first_of(is_staff, leads_bloc)
may_keep_ranking = first_of(is_staff, leads_bloc)
may_see_differences = is_staff
editor_of(KnownResult)(first_of(is_staff, leads_bloc))


def keeps_own_set(user, part, day):
    """The leader's unit, for the set of its own bloc's year."""
    criteria_set = part.root()
    bloc_year = (
        criteria_set.bloc_id
        and BlocYear.objects.filter(bloc=criteria_set.bloc_id, year=criteria_set.year_id).first()
    )
    if not bloc_year:
        return Refusal(_("Bộ tiêu chí chung của các khối do cán bộ thi đua, khen thưởng của bộ lập."))
    return leads(user, bloc_year, day)


def is_draft(user, part, day):
    """As long as the set is a draft."""
    if part.root().is_frozen:
        return Refusal(
            _("Bộ tiêu chí đã ban hành, không sửa được nữa. Cần sửa thì lập phiên bản mới, kèm lý do.")
        )
    return has_post(user, part, day)


may_keep_criteria = first_of(is_staff, keeps_own_set)
may_edit_criteria = editor_of(CriteriaSet, CriteriaSection, Criterion, Measure)(
    all_of(may_keep_criteria, is_draft)
)
may_start_criteria = first_of(is_operator, may_keep_criteria)
may_choose_criteria = is_staff
