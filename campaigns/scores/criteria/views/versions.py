"""Freezing a set of criteria, beginning its next version, and letting that take effect."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.actions import remove
from blocs.permissions import Refused, require
from blocs.views.confirming import confirm
from campaigns.models import BlocYear
from campaigns.scores import actions
from campaigns.scores.criteria.forms.sets import DoneForm, FreezeForm, ReasonForm
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.sets import bloc_years_of, touched_by
from campaigns.scores.criteria.views.finding import find_draft, find_set
from campaigns.scores.permissions import may_keep_criteria


@require_http_methods(["GET", "POST"])
def freeze(request, year, pk):
    """Freeze a first version and say which blocs use it."""
    found = find_draft(request.user, year, pk)
    free = BlocYear.objects.filter(year=found.year, chosen_criteria=None, closed_on=None)
    if found.bloc_id:
        free = free.none()
    form = FreezeForm(
        request.POST or None,
        request.FILES or None,
        bloc_years=free.select_related("bloc").order_by("bloc__place", "pk"),
    )
    context = {
        "title": _("Ban hành bộ tiêu chí"),
        "submit": _("Ban hành bộ tiêu chí"),
        "consequences": [
            _("Bộ tiêu chí không sửa được nữa; về sau cần sửa thì lập phiên bản mới, kèm lý do."),
            _("Các khối được chọn chấm điểm theo bộ tiêu chí này."),
        ],
    }

    def do():
        told = {"bloc_years": form.cleaned_data["bloc_years"], "reason": form.cleaned_data["reason"]}
        actions.freeze(criteria_set=found, by=request.user, paper=form.paper(), **told)

    return _act(request, found, form, context, do, _("Đã ban hành bộ tiêu chí."))


@require_http_methods(["GET", "POST"])
def version(request, year, pk):
    """Begin the next version of a frozen set."""
    found = find_set(request.user, year, pk)
    require(may_keep_criteria(request.user, found, timezone.localdate()))
    form = ReasonForm(request.POST or None, request.FILES or None)
    context = {
        "title": _("Lập phiên bản mới"),
        "submit": _("Lập phiên bản mới"),
        "consequences": [
            _("Phiên bản mới là dự thảo, nội dung như phiên bản đang dùng; các khối chưa bị ảnh hưởng."),
            _("Trước khi áp dụng, hệ thống cho biết điểm của đơn vị nào, tiêu chí nào thay đổi."),
        ],
    }
    made = []

    def do():
        reason = form.cleaned_data["reason"]
        made.append(
            actions.begin_version(criteria_set=found, reason=reason, by=request.user, paper=form.paper())
        )

    response = _act(request, found, form, context, do, _("Đã lập phiên bản mới. Hãy sửa rồi áp dụng."))
    return redirect(made[0]) if made else response


@require_http_methods(["GET", "POST"])
def adopt(request, year, pk):
    """Let a new version take effect, once it was read whose scores it touches."""
    found = find_draft(request.user, year, pk)
    form = DoneForm(request.POST or None, request.FILES or None)
    context = {
        "title": _("Áp dụng phiên bản mới"),
        "submit": _("Áp dụng phiên bản này"),
        "consequences": [
            _("Điểm của tiêu chí không thay đổi giữ nguyên."),
            _("Điểm của tiêu chí thay đổi được tính lại từ số liệu đã ghi; thiếu số liệu thì chờ chấm lại."),
            _("Phiếu đã công bố mà điểm thay đổi phải được công bố lại; bản đã công bố vẫn xem được."),
        ],
    }
    if found.previous_id:
        context |= _touched(found)

    def do():
        reason = form.cleaned_data["reason"]
        actions.adopt_version(criteria_set=found, by=request.user, paper=form.paper(), reason=reason)

    return _act(request, found, form, context, do, _("Đã áp dụng phiên bản mới của bộ tiêu chí."))


@require_http_methods(["GET", "POST"])
def discard(request, year, pk):
    """Throw a draft away, after a question."""
    found = find_draft(request.user, year, pk)
    return confirm(
        request,
        title=_("Xoá dự thảo “%(set)s”?") % {"set": found},
        consequences=[_("Mọi mục, tiêu chí của dự thảo bị xoá. Chưa khối nào dùng dự thảo này.")],
        submit=_("Xoá dự thảo"),
        back=reverse("criteria-sets", args=[year]),
        do=lambda data: remove(obj=found, by=request.user),
        done=_("Đã xoá dự thảo."),
        danger=True,
    )


def _act(request, criteria_set, form, context, do, done):
    """Ask with a form, do it, and go back to the set; a refusal stands on the page."""
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(criteria_set)
    context = {"touched": [], "users": []} | context
    context |= {"set": criteria_set, "year": criteria_set.year, "form": form}
    return render(request, "scores/criteria/act.html", context)


def _touched(criteria_set):
    """Whose scores a version changes: by sheet, which criteria."""
    codes = {
        key: each.code or each.text
        for plan in (plan_of(criteria_set.previous), plan_of(criteria_set))
        for key, each in plan.criteria.items()
    }
    day = criteria_set.year.last_day
    return {
        "users": [each.name for each in bloc_years_of(criteria_set.previous).order_by("bloc__place", "pk")],
        "touched": [
            (
                each.sheet.bloc_year.name,
                each.sheet.unit.name(day),
                each.sheet.get_tier_display(),
                ", ".join(codes[key] for key in each.changed),
                ", ".join(codes[key] for key in each.gone),
                ", ".join(codes[key] for key in each.added),
            )
            for each in touched_by(criteria_set)
        ],
    }
