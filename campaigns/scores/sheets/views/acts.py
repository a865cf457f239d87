"""What is done with a unit's sheet: begun, sent, recalled, opened, returned, recorded from paper."""

from itertools import groupby
from operator import itemgetter

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs.permissions import Refused, require
from blocs.views.confirming import confirm
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import Correction, ScoreSheet, SheetVersion, Tier
from campaigns.scores.permissions import may_record_scores, may_return_sheet, scores_own_unit
from campaigns.scores.scoring import wording
from campaigns.scores.sheets.actions.sheets import BadRows
from campaigns.scores.sheets.counting import kept_results, scores_of
from campaigns.scores.sheets.filling import criteria_without_evidence, filling_of
from campaigns.scores.sheets.forms.sheets import PaperPointsForm, ReturnForm
from campaigns.scores.sheets.of_unit import points_in_words
from campaigns.scores.sheets.views.units import context_of, find_own_sheet, find_unit, way_to
from campaigns.scores.tables.grid_cells import named
from campaigns.scores.windows import closed_to_sheet
from campaigns.windows import in_words


@require_POST
def begin(request, year, bloc, unit):
    """Begin the unit's own sheet."""
    bloc_year, found = find_unit(request.user, year, bloc, unit)
    actions.begin_sheet(bloc_year=bloc_year, unit=found, tier=Tier.SELF, by=request.user)
    return redirect("score-own", year, bloc, unit)


@require_http_methods(["GET", "POST"])
def send(request, year, bloc, unit):
    """Send the unit's own sheet to the next desk; asked for with evidence lacking, it first says of what."""
    sheet = find_own_sheet(request.user, year, bloc, unit)
    if request.method == "GET":
        require(scores_own_unit(request.user, sheet, timezone.localdate()))
    filling = filling_of(sheet)
    lacking = set(criteria_without_evidence(sheet))
    bare = [each for each in filling.criteria() if each.pk in lacking]

    def do(_data):
        actions.send_sheet(sheet=sheet, by=request.user)
        words = _("Đã gửi phiếu. Anh/chị rút lại được cho tới khi nơi nhận tiếp nhận phiếu.")
        messages.success(request, words)
        return redirect("score-unit", year, bloc, unit)

    words = _("%(criterion)s: gửi đi không có minh chứng.")
    return confirm(
        request,
        title=_("Gửi phiếu khi còn thiếu minh chứng?") if bare else _("Gửi phiếu tự chấm?"),
        question=_("Các tiêu chí dưới đây cần minh chứng mà chưa có.") if bare else "",
        consequences=[words % {"criterion": filling.plan.name_of(each)} for each in bare],
        submit=_("Vẫn gửi") if bare else _("Gửi phiếu tự chấm"),
        cancel_words=_("Quay lại bổ sung") if bare else "",
        back=way_to(sheet, bare[0]) if bare else reverse("score-unit", args=[year, bloc, unit]),
        do=do,
    )


@require_POST
def recall(request, year, bloc, unit):
    """Take the sheet back before the next desk has opened it."""
    sheet = find_own_sheet(request.user, year, bloc, unit)
    actions.recall_sheet(sheet=sheet, by=request.user)
    messages.success(request, _("Đã rút lại phiếu. Sửa xong thì gửi lại."))
    return redirect("score-own", year, bloc, unit)


@require_POST
def take_over(request, year, bloc, unit):
    """Open what a unit has sent: it is then returned, no longer recalled."""
    sheet = find_own_sheet(request.user, year, bloc, unit)
    actions.open_sheet(sheet=sheet, by=request.user)
    messages.success(request, _("Đã tiếp nhận phiếu."))
    return redirect("score-unit", year, bloc, unit)


@require_http_methods(["GET", "POST"])
def return_for_correction(request, year, bloc, unit):
    """Return a sheet for named criteria."""
    sheet = find_own_sheet(request.user, year, bloc, unit)
    require(may_return_sheet(request.user, sheet, timezone.localdate()))
    filling = filling_of(sheet)
    form = ReturnForm(request.POST or None, filling=filling)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.return_sheet(
                sheet=sheet, points=form.points(), due=data["due"], reason=data["reason"], by=request.user
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã trả lại phiếu. Đơn vị chỉ sửa được các tiêu chí đã nêu."))
            return redirect("score-unit", year, bloc, unit)
    context = context_of(sheet.bloc_year, sheet.unit, request.user)
    context |= {"form": form, "groups": _groups(filling, form.rows)}
    return render(request, "scores/return.html", context)


@require_POST
def close_correction(request, year, bloc, unit, pk):
    """Say that what was corrected is in order."""
    sheet = find_own_sheet(request.user, year, bloc, unit)
    correction = get_object_or_404(Correction.objects.visible_to(request.user).filter(sheet=sheet), pk=pk)
    correction.sheet = sheet
    actions.close_correction(correction=correction, by=request.user)
    messages.success(request, _("Đã ghi nhận phần chỉnh sửa."))
    return redirect("score-unit", year, bloc, unit)


@require_http_methods(["GET", "POST"])
def paper(request, year, bloc, unit, tier):
    """Record the points of a paper sheet of a tier, typed down one column."""
    if tier not in Tier.values:
        raise Http404
    bloc_year, found = find_unit(request.user, year, bloc, unit)
    if chosen_set(bloc_year) is None:
        raise Http404
    sheet = _sheet(request.user, bloc_year, found, tier)
    require(may_record_scores(request.user, sheet, timezone.localdate()))
    filling = _filling(sheet)
    form = PaperPointsForm(request.POST or None, request.FILES or None, filling=filling)
    if request.method == "POST" and form.is_valid() and _recorded(form, sheet, request.user):
        messages.success(request, _("Đã ghi nhận phiếu từ văn bản giấy."))
        return redirect("score-unit", year, bloc, unit)
    context = context_of(bloc_year, found, request.user) | {
        "form": form,
        "tier": Tier(tier),
        "window": in_words(closed_to_sheet(sheet)),
        "closed": "" if sheet.is_open else sheet.get_state_display(),
        "rows": [
            (filling.plan.name_of(each), wording.number(each.maximum), *boxes) for each, *boxes in form.rows
        ],
    }
    return render(request, "scores/paper.html", context)


@require_GET
def version(request, year, bloc, unit, pk):
    """What a sheet said when it was sent, released or opened again."""
    bloc_year, found = find_unit(request.user, year, bloc, unit)
    versions = SheetVersion.objects.visible_to(request.user)
    versions = versions.filter(sheet__bloc_year=bloc_year, sheet__unit=found).select_related("sheet")
    kept = get_object_or_404(versions, pk=pk)
    kept.sheet.bloc_year, kept.sheet.unit = bloc_year, found
    plan, results = plan_of(kept.criteria_set), kept_results(kept)
    rows = {row["key"]: row for row in kept.scores}
    context = context_of(bloc_year, found, request.user) | {
        "version": kept,
        "desk": kept.sheet.desk,
        "total": "" if kept.total is None else points_in_words(kept.total),
        "rows": [
            (plan.name_of(criterion), _told(results[key]), rows[key])
            for key, criterion in plan.criteria.items()
            if key in rows
        ],
    }
    return render(request, "scores/version.html", context)


def _sheet(user, bloc_year, unit, tier):
    """The sheet of a tier that is recorded from paper, or one not begun."""
    place = {"bloc_year": bloc_year, "unit": unit, "tier": tier, "checker": None}
    sheet = ScoreSheet.objects.filter(**place).first()
    if sheet is None:
        return ScoreSheet(**place, criteria_set=chosen_set(bloc_year))
    if not ScoreSheet.objects.visible_to(user).filter(pk=sheet.pk).exists() and sheet.scores.exists():
        raise Http404  # the unit scores itself on screen: what it drafts is its own
    sheet.bloc_year, sheet.unit = bloc_year, unit
    return sheet


def _filling(sheet):
    """The sheet's filling; of one not begun, with what it would begin with."""
    scores = scores_of([sheet.bloc_year], ScoreSheet.objects.filter(unit=sheet.unit))[sheet.bloc_year.pk]
    filling = filling_of(sheet, scores)
    if sheet.pk is None:
        filling.scores = dict(filling.below)
    return filling


def _recorded(form, sheet, by):
    """Whether all was kept: the sheet begun where it was not, its rows, and sent where that is asked."""
    data = form.cleaned_data
    told = {"by": by, "paper": form.paper(), "reason": data["reason"]}
    try:
        with transaction.atomic():
            if sheet.pk is None:
                place = {"bloc_year": sheet.bloc_year, "unit": sheet.unit, "tier": sheet.tier}
                sheet = actions.begin_sheet(**place, **told)
            if rows := form.told():
                actions.save_scores(sheet=sheet, rows=rows, **told)
            if data.get("send"):
                actions.send_sheet(sheet=sheet, **told)
    except BadRows as bad:
        for row, faults in bad.faults:
            for fault in faults:
                name = "grounds" if fault.question == "grounds" else "points"
                form.add_error(f"{name}-{row.criterion.key}", fault.words)
    except Refused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _groups(filling, rows):
    """[(sections in words, [(name, points, tick, note) of each criterion in them])] in the set's order."""
    return [
        (
            " / ".join(map(named, sections)),
            [
                (filling.plan.name_of(each), _shown(filling.scores.get(each.key)), *rows[each.key])
                for _sections, each in found
            ],
        )
        for sections, found in groupby(filling.plan.walk(), key=itemgetter(0))
    ]


def _shown(score):
    return "" if score is None else _told(score)


def _told(result):
    return _("không áp dụng") if result.not_applicable else wording.number(result.points)
