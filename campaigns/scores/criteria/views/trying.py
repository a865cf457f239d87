"""Trying a criterion: figures typed, the working read, nothing kept."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.views.finding import find_part, find_set
from campaigns.scores.scoring import wording
from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.score import score
from campaigns.scores.sheets.forms.figures import FiguresForm


@require_GET
def trying(request, year, pk, criterion):
    """What a criterion gives for figures that are typed here."""
    found = find_set(request.user, year, pk)
    row = find_part(found, "tieu-chi", criterion)
    plan = plan_of(found)
    pure = plan.criteria[row.key]
    faults = [fault.words for fault in faults_of(plan) if fault.key.split("/")[0] == row.key]
    context = {"year": found.year, "set": found, "criterion": row, "faults": faults, "form": None}
    if not faults:
        shown = {"criterion": pure, "digits": plan.digits, "year": found.year}
        form = FiguresForm(request.GET if "thu" in request.GET else None, **shown)
        days = {"first_day": found.year.first_day, "last_day": found.year.last_day}
        context["form"] = form
        if form.is_bound and form.is_valid():
            result = score(pure, form.figures(), digits=plan.digits, **days)
            context |= {"result": result, "points": wording.number(result.points)}
    context["title"] = _("Tính thử")
    return render(request, "scores/criteria/try.html", context)
