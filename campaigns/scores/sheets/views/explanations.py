"""Questions about released figures: asked by the unit, answered by name of the desk."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.permissions import Refused, require
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import Explanation, Score, ScoreSheet
from campaigns.scores.permissions import may_answer_explanation, may_ask_explanation, may_record_scores
from campaigns.scores.sheets.forms.sheets import AnswerForm, AskForm
from campaigns.scores.sheets.of_unit import given_in_words
from campaigns.scores.sheets.views.units import context_of, find_unit
from campaigns.scores.windows import closed_to_unit
from campaigns.windows import in_words


@require_http_methods(["GET", "POST"])
def ask(request, year, bloc, unit, sheet, key):
    """Ask why a released figure stands."""
    bloc_year, found = find_unit(request.user, year, bloc, unit)
    sheets = ScoreSheet.objects.visible_to(request.user).filter(bloc_year=bloc_year, unit=found)
    asked = get_object_or_404(sheets, pk=sheet)
    asked.bloc_year, asked.unit = bloc_year, found
    score = get_object_or_404(asked.scores.select_related("criterion"), criterion__key=key)
    today = timezone.localdate()
    require(may_ask_explanation(request.user, asked, today) or may_record_scores(request.user, asked, today))
    form = AskForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.ask_explanation(
                sheet=asked,
                criterion=score.criterion,
                question=data["question"],
                by=request.user,
                paper=form.paper(),
                reason=data["reason"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Đã gửi đề nghị giải trình. Câu trả lời sẽ hiện ở trang điểm của đơn vị.")
            )
            return redirect("score-unit", year, bloc, unit)
    context = context_of(bloc_year, found, request.user) | {
        "form": form,
        "facts": _facts(asked, score),
        "window": in_words(closed_to_unit(bloc_year, Phase.Kind.EXPLANATION, found.pk)),
    }
    return render(request, "scores/ask.html", context)


@require_http_methods(["GET", "POST"])
def answer(request, year, bloc, unit, pk):
    """Answer a question about a figure in the name of the desk."""
    bloc_year, found = find_unit(request.user, year, bloc, unit)
    known = Explanation.objects.visible_to(request.user).filter(sheet__bloc_year=bloc_year, sheet__unit=found)
    asked = get_object_or_404(known.select_related("sheet", "criterion"), pk=pk)
    asked.sheet.bloc_year, asked.sheet.unit = bloc_year, found
    require(may_answer_explanation(request.user, asked.sheet, timezone.localdate()))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.answer_explanation(
                explanation=asked, answer=data["answer"], last_day=data["last_day"], by=request.user
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã trả lời đề nghị giải trình."))
            return redirect("score-unit", year, bloc, unit)
    score = Score.objects.filter(sheet=asked.sheet, criterion=asked.criterion).first()
    context = context_of(bloc_year, found, request.user) | {
        "form": form,
        "explanation": asked,
        "desk": asked.sheet.answering_desk(),
        "facts": _facts(asked.sheet, score) if score else [],
    }
    return render(request, "scores/answer.html", context)


def _facts(sheet, score):
    """What a figure is and how it came about."""
    points = given_in_words(score.points, score.not_applicable)
    facts = [
        (_("Tiêu chí"), plan_of(sheet.criteria_set).name_of(score.criterion)),
        (_("Nơi chấm"), sheet.desk),
        (_("Điểm"), points),
    ]
    if score.working:
        facts.append((_("Cách tính"), "; ".join(score.working.splitlines())))
    if score.reason_words:
        facts.append((_("Lý do"), score.reason_words))
    return facts
