"""Acts on drafts of criteria and on which bloc uses which set."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, advance, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, EmulationYear
from campaigns.scores.criteria.actions.parts import Parts
from campaigns.scores.criteria.chosen import chosen_set, chosen_sets
from campaigns.scores.criteria.files import Content, write
from campaigns.scores.criteria.sets import content_of, neighbours
from campaigns.scores.models import ChosenCriteria, CriteriaSet, ScoreSheet
from campaigns.scores.permissions import may_choose_criteria, may_edit_criteria, may_start_criteria
from campaigns.scores.scoring.measures import KINDS
from campaigns.scores.scoring.plan import Plan
from campaigns.scores.states import CRITERIA


@act("criteria.start", gettext_lazy("Lập bộ tiêu chí"), any_day="a draft is written at any time, then frozen")
def start_set(*, year, by, name="", bloc=None, content=None, cloned_from=None, reason="", paper=None):
    """Begin a draft for a year: empty, from a content (of a file) or from another set, whose keys it keeps.

    Number and day of the document that issued the other set are not taken over.
    """
    EmulationYear.objects.locked(year.pk)
    criteria_set = CriteriaSet(year=year, bloc=bloc, cloned_from=cloned_from)
    post = require(may_start_criteria(by, criteria_set, timezone.localdate()))
    if cloned_from is not None:
        content = replace(content_of(cloned_from), reference="", issued_on=None)
    content = content or Content(Plan(name=name, sections=()))
    _require_kinds(content.plan)
    Parts(criteria_set).take_fields(content)
    criteria_set.name = name or content.plan.name
    criteria_set.save()
    Parts(criteria_set).fill(content.plan, content.beside)
    after = {
        "year": year.code,
        "bloc": bloc and bloc.code,
        "cloned_from": cloned_from,
        "content": _file(content),
    }
    record(criteria_set, by=by, post=post, after=after, reason=reason, paper=paper)
    return criteria_set


@act(
    "criteria.write",
    gettext_lazy("Ghi lại toàn bộ nội dung bộ tiêu chí"),
    any_day="a draft is written at any time, then frozen",
)
def write_parts(*, criteria_set, plan, by, beside=None, shown_version=None, reason="", paper=None):
    """Replace all sections, criteria and measures of a draft, and what a plan says of the whole set.

    `beside` is what stands beside sections and criteria; without it, those whose keys stay keep theirs.
    Refused where somebody else has changed the set since `shown_version`.
    """
    criteria_set, post = _locked_draft(criteria_set, by)
    if shown_version is not None and criteria_set.version != shown_version:
        refuse(_("Người khác vừa sửa bộ tiêu chí này. Chưa lưu gì: hãy mở lại trang rồi làm lại."))
    _require_kinds(plan)
    before = content_of(criteria_set)
    beside = before.beside if beside is None else beside
    criteria_set.sections.all().delete()
    criteria_set.name = plan.name or criteria_set.name
    Parts(criteria_set).take_plan_fields(plan)
    criteria_set.save()
    Parts(criteria_set).fill(plan, beside)
    told = {"before": {"content": _file(before)}, "after": {"content": _file(content_of(criteria_set))}}
    record(criteria_set, by=by, post=post, reason=reason, paper=paper, **told)
    return criteria_set


@act(
    "criteria.move",
    gettext_lazy("Đổi thứ tự trong bộ tiêu chí"),
    any_day="a draft is written at any time, then frozen",
)
def move_part(*, part, up, by, reason="", paper=None):
    """Move a section, criterion or measure of a draft before or after its neighbour."""
    _criteria_set, post = _locked_draft(part.root(), by)
    order = neighbours(part)
    at = next((place for place, each in enumerate(order) if _same(each, part)), None)
    if at is None:
        refuse(_("Dữ liệu này vừa được người khác xoá."))
    other = at - 1 if up else at + 1
    if not 0 <= other < len(order):
        refuse(_("Phần này đã ở đầu.") if up else _("Phần này đã ở cuối."))
    before = [each.key for each in order]
    order[at], order[other] = order[other], order[at]
    for place, each in enumerate(order, start=1):
        if each.place != place:
            each.place = place
            each.save()
    told = {"before": {"order": before}, "after": {"order": [each.key for each in order]}}
    record(part, by=by, post=post, reason=reason, paper=paper, **told)
    return part


@act(
    "criteria.freeze",
    gettext_lazy("Ban hành bộ tiêu chí"),
    any_day="a draft is written at any time, then frozen",
)
def freeze(*, criteria_set, by, bloc_years=(), reason="", paper=None):
    """Freeze a first version, which must have no fault, and give it to blocs of its year.

    A bloc's own set goes to that bloc.
    """
    criteria_set = CriteriaSet.objects.locked(criteria_set.pk)
    if criteria_set.previous_id:
        refuse(_("Đây là phiên bản sửa đổi: hãy áp dụng phiên bản, để điểm đã chấm được chuyển theo."))
    year = BlocYear.objects.select_for_update().filter(year=criteria_set.year_id).order_by("pk")
    if criteria_set.bloc_id:
        given = list(year.filter(bloc=criteria_set.bloc_id))
    else:
        given = list(year.filter(pk__in=[each.pk for each in bloc_years]))
    advance(
        CRITERIA,
        criteria_set,
        "freeze",
        by=by,
        reason=reason,
        paper=paper,
        frozen_on=timezone.localdate(),
        also={"given_to": [str(each) for each in given]},
    )
    for bloc_year in given:
        _give(bloc_year, criteria_set)
    return criteria_set


@act(
    "criteria.choose",
    gettext_lazy("Giao bộ tiêu chí cho các khối"),
    any_day="a bloc needs criteria as long as its year is open",
)
def choose_criteria(*, year, chosen, by, reason="", paper=None):
    """Say which set blocs of a year use: {bloc-year: frozen set or None}. Refused once there are sheets."""
    year = EmulationYear.objects.locked(year.pk)
    post = require(may_choose_criteria(by, year, timezone.localdate()))
    wanted = {bloc_year.pk: criteria_set for bloc_year, criteria_set in chosen.items()}
    before, after = {}, {}
    bloc_years = BlocYear.objects.select_for_update(no_key=True).filter(year=year, pk__in=wanted)
    bloc_years = list(bloc_years.order_by("pk"))
    chosen_sets(bloc_years)
    for bloc_year in bloc_years:
        criteria_set = wanted[bloc_year.pk]
        used = chosen_set(bloc_year)
        if used != criteria_set:
            before[bloc_year.pk], after[bloc_year.pk] = used and used.pk, criteria_set
            _give(bloc_year, criteria_set)
    if not after:
        refuse(_("Chưa có khối nào đổi bộ tiêu chí."))
    record(year, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return year


def _give(bloc_year, criteria_set):
    """Let a locked bloc-year use a set; refused where that cannot be."""
    told = {"bloc": bloc_year.name, "set": criteria_set}
    if criteria_set is not None:
        if criteria_set.state != CriteriaSet.State.FROZEN:
            refuse(_("“%(set)s” còn là dự thảo. Hãy ban hành bộ tiêu chí trước.") % told)
        if criteria_set.year_id != bloc_year.year_id or criteria_set.bloc_id not in (None, bloc_year.bloc_id):
            refuse(_("“%(set)s” không phải của năm và khối này (%(bloc)s).") % told)
    if bloc_year.closed_on:
        refuse(_("%(bloc)s: hồ sơ năm của Khối đã khoá.") % told)
    if ScoreSheet.objects.filter(bloc_year=bloc_year).exists():
        refuse(
            _("%(bloc)s đã có phiếu chấm điểm. Muốn đổi, hãy lập phiên bản mới của bộ tiêu chí đang dùng.")
            % told
        )
    ChosenCriteria.objects.choose(bloc_year, criteria_set)
    bloc_year.save()


def _locked_draft(criteria_set, by):
    """(a draft whose row is locked, the post of whoever may edit it)."""
    criteria_set = CriteriaSet.objects.locked(criteria_set.pk)
    return criteria_set, require(may_edit_criteria(by, criteria_set, timezone.localdate()))


def _require_kinds(plan):
    """Refuse a measure that nobody could work out."""
    for criterion in plan.criteria.values():
        for measure in criterion.measures:
            if measure.kind not in KINDS:
                refuse(
                    _("Tiêu chí %(code)s: không có cách tính điểm loại “%(kind)s”.")
                    % {"code": criterion.code or criterion.text, "kind": measure.kind}
                )


def _same(one, other):
    return type(one) is type(other) and one.pk == other.pk


def _file(content):
    """A content as the journal keeps it: the text of its file."""
    return write(content).decode()
