"""Pages of what is known of past years: entered by unit, and a unit over the years."""

from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from blocs.actions import edit
from blocs.forms import add_refusal
from blocs.models import Unit
from blocs.permissions import Refused, may_edit, require
from campaigns.scores.criteria.chosen import WITH_SET
from campaigns.scores.models import KnownResult, Ranking
from campaigns.scores.rankings.forms import KnownResultForm
from campaigns.scores.rankings.making import RANKED
from campaigns.scores.rankings.tables import known_table, written
from campaigns.years.views.bloc_years import find_bloc_year, places_of


@require_GET
def known_results(request, year, bloc):
    """What is known of the units in a past year, each with the way to enter it."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    require(may_edit(request.user, KnownResult(bloc_year=bloc_year), timezone.localdate()))
    units = [seat.unit for seat in bloc_year.seats_in_order() if seat.unit_id]
    day = bloc_year.year.last_day
    rows = known_table(bloc_year, request.user) or [
        (unit, unit.name(day), "", "", _("chưa biết"), "") for unit in dict.fromkeys(units)
    ]
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, request.user),
        "rows": rows,
        "closed": _closed(bloc_year),
    }
    return render(request, "scores/known_results.html", context)


@require_http_methods(["GET", "POST"])
def known_result(request, year, bloc, unit):
    """Enter what is known of one unit in a past year."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    known = Unit.objects.visible_to(request.user).filter(seats__bloc_year=bloc_year)
    found = get_object_or_404(known.distinct().prefetch_related("states"), code=unit)
    result = KnownResult.objects.visible_to(request.user).filter(bloc_year=bloc_year, unit=found).first()
    result = result or KnownResult(bloc_year=bloc_year, unit=found)
    result.bloc_year = bloc_year
    require(may_edit(request.user, result, timezone.localdate()))
    if closed := _closed(bloc_year):
        messages.warning(request, closed)
        return redirect("ranking-known", year, bloc)
    form = KnownResultForm(request.POST or None, request.FILES or None, instance=result)
    if request.method == "POST" and form.is_valid():
        told = {"paper": form.paper(), "reason": form.cleaned_data["reason"]}
        try:
            edit(form=form, by=request.user, **told)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Đã ghi kết quả đã biết."))
            return redirect("ranking-known", year, bloc)
    context = {
        "bloc_year": bloc_year,
        "form": form,
        "back": reverse("ranking-known", args=[year, bloc]),
        "reasons": [],
        "title": _("Kết quả đã biết của %(unit)s") % {"unit": found.name(bloc_year.year.last_day)},
        "summary": _("Ghi đúng những gì tài liệu cũ nêu; phần chưa biết để trống."),
        "submit": _("Ghi kết quả"),
    }
    return render(request, "scores/ranking_act.html", context)


@require_GET
def unit_over_years(request, year, bloc, unit):
    """How a unit stood over the years, as far as it is known, with a bar for each total."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    known = Unit.objects.visible_to(request.user).filter(seats__bloc_year=bloc_year)
    found = get_object_or_404(known.distinct().prefetch_related("states"), code=unit)
    rows = _history(request.user, found)
    highest = max((row["points"] for row in rows if row["points"] is not None), default=Decimal(0))
    for row in rows:
        row["percent"] = _percent(row["points"], highest)
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, request.user),
        "name": found.name(bloc_year.year.last_day),
        "rows": rows,
    }
    return render(request, "scores/unit_over_years.html", context)


def _history(user, unit):
    """The rows of released rankings and of known results of a unit, the newest year first."""
    found = {}
    results = KnownResult.objects.visible_to(user).filter(unit=unit)
    for each in results.select_related("bloc_year__year", "bloc_year__bloc"):
        words = _("chỉ biết thứ hạng") if each.total is None else _("chỉ biết tổng điểm")
        points = None if each.total is None else each.total.normalize()
        note = "" if each.rank and each.total is not None else words
        found[each.bloc_year] = _year(each.bloc_year, each.rank, points, note)
    rankings = Ranking.objects.visible_to(user).filter(state=Ranking.State.RELEASED)
    rankings = rankings.filter(rows__contains=[{"unit": unit.pk}])
    for each in rankings.select_related("bloc_year__year", "bloc_year__bloc"):
        row = next(row for row in each.rows if row["unit"] == unit.pk)
        points = Decimal(row["total"]) if row["status"] == RANKED else None
        found[each.bloc_year] = _year(each.bloc_year, row["rank"], points, row["out"]) | {
            "of": sum(other["status"] == RANKED for other in each.rows),
            "is_provisional": each.is_provisional,
        }
    return sorted(found.values(), key=lambda row: row["bloc_year"].year.first_day, reverse=True)


def _year(bloc_year, rank, points, note):
    total = written(points)
    return {
        "bloc_year": bloc_year,
        "rank": rank,
        "of": None,
        "points": points,
        "total": total,
        "note": note,
        "is_provisional": False,
    }


def _percent(points, highest):
    return max(0, round(100 * points / highest)) if points is not None and highest > 0 else None


def _closed(bloc_year):
    """Why nothing known is entered for a year: it is not over, or it is ranked by its own sheets."""
    if bloc_year.year.last_day >= timezone.localdate():
        return _("Năm này chưa kết thúc: thứ hạng lập từ phiếu chấm điểm.")
    if bloc_year.rankings.exists():
        return _("Năm này đã có bảng xếp hạng lập từ phiếu chấm điểm.")
    return ""
