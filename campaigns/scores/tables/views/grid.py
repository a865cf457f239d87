"""The grid of a bloc's scores: units by criteria, and beside it the cell that is open."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.contributions import Button
from campaigns.scores.criteria.chosen import WITH_SET, chosen_set
from campaigns.scores.tables.cells import Cell
from campaigns.scores.tables.grid import DEVIATING, MISSING, Grid
from campaigns.scores.tables.grid_cells import unit_of
from campaigns.years.views.bloc_years import find_bloc_year, places_of

ASKED = ("cap", "so", "muc", "chi", "o")


@require_http_methods(["GET", "POST"])
def grid(request, year, bloc):
    """Units by criteria at one tier; a cell that is open is filled in beside it, one at a time."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    if chosen_set(bloc_year) is None:
        if request.method == "POST":
            raise Http404
        return _empty(request, bloc_year)
    asked = {name: request.GET.get(name, "") for name in ASKED}
    if request.htmx:
        return _cell_alone(request, bloc_year, asked)
    shown = Grid(bloc_year, request.user, asked)
    posted = request.POST if request.method == "POST" else None
    cell = Cell.find(shown, asked["o"], posted)
    if posted is not None:
        if cell is None:
            raise Http404
        if cell.act():
            return redirect(f"{request.path}?{shown.query}o={cell.key}")
    context = {"bloc_year": bloc_year, "grid": shown, "cell": cell}
    return render(request, "scores/grid.html", context | _around(request, bloc_year, shown))


def _cell_alone(request, bloc_year, asked):
    """The open cell without the grid around it, read for its unit alone."""
    unit = unit_of(asked["o"])
    posted = request.POST if request.method == "POST" else None
    shown = Grid(bloc_year, request.user, asked, unit=unit)
    cell = Cell.find(shown, asked["o"], posted) if unit else None
    if cell is None:
        raise Http404
    if posted is not None and cell.act():
        shown = Grid(bloc_year, request.user, asked, unit=unit)
        cell = Cell.find(shown, asked["o"])
        cell.saved = True
    context = {"bloc_year": bloc_year, "grid": shown, "cell": cell}
    return render(request, "scores/cell_open.html", context)


def _around(request, bloc_year, shown):
    """What stands around the cells: filters, the ways to other pages."""
    only = {"": _("Tất cả"), MISSING: _("Chỉ ô chưa chấm"), DEVIATING: _("Chỉ ô khác điểm")}
    return {
        "places": places_of(bloc_year, request.user),
        "choices": [
            ("cap", _("Cấp chấm"), shown.tiers, shown.tier),
            ("so", _("Đặt cạnh"), [("", _("Không")), *_others(shown)], shown.beside),
            ("muc", _("Mục"), [("", _("Tất cả các mục")), *shown.sections], shown.section),
            ("chi", _("Hiện"), list(only.items()), shown.only),
        ],
    }


def _others(shown):
    return [(tier, label) for tier, label in shown.tiers if tier != shown.tier]


def _empty(request, bloc_year):
    context = {
        "bloc_year": bloc_year,
        "grid": None,
        "cell": None,
        "places": places_of(bloc_year, request.user),
        "choices": [],
        "next": Button(_("Về trang của Khối"), bloc_year.get_absolute_url()),
    }
    return render(request, "scores/grid.html", context)
