"""Differences between the tiers of scoring: a page of the department, in no document of a bloc."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from blocs.exports import spreadsheet
from blocs.permissions import require
from campaigns.scores.criteria.chosen import WITH_SET
from campaigns.scores.models import Tier
from campaigns.scores.permissions import may_see_differences
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.tables.difference_tables import COMPARED, Differences, written
from campaigns.years.views.bloc_years import find_bloc_year, places_of

PAGE_SIZE = 50
UNITS, CRITERIA, PAIRS, OUTLIERS = "don-vi", "tieu-chi", "cheo", "noi-bat"


@require_GET
def differences(request, year, bloc):
    """How the tiers differ: by unit, by criterion, between units that checked each other, what stands out."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    require(may_see_differences(request.user, bloc_year, timezone.localdate()))
    earlier, later = _compared(request.GET.get("giua", ""))
    found = Differences(bloc_year, earlier, later)
    parts = _parts()
    part = request.GET.get("xem", "") if request.GET.get("xem") in parts else UNITS
    rows = {
        UNITS: found.units,
        CRITERIA: found.by_criterion,
        PAIRS: found.pairs,
        OUTLIERS: found.outliers,
    }[part]()
    if request.GET.get("export") == "xlsx":
        name = f"chenh-lech-{part}-{bloc_year.bloc.code}-{bloc_year.year.code}"
        return spreadsheet(name, *_exported(part, rows))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, request.user),
        "parts": list(parts.items()),
        "part": part,
        "title": parts[part],
        "compared": [(f"{one}-{two}", _both(one, two)) for one, two in COMPARED],
        "chosen": f"{earlier}-{later}",
        "earlier": earlier.label,
        "later": later.label,
        "page": page,
        "rows": _shown(part, page.object_list),
    }
    return render(request, "scores/differences.html", context)


def _parts():
    return {
        UNITS: _("Theo đơn vị"),
        CRITERIA: _("Theo tiêu chí"),
        PAIRS: _("Chấm lẫn nhau"),
        OUTLIERS: _("Khác hẳn số đông"),
    }


def _compared(wanted):
    """The earlier and the later tier that are asked for; the unit's own and the check unless told."""
    return next((pair for pair in COMPARED if "-".join(pair) == wanted), COMPARED[0])


def _both(one, two):
    return _("%(later)s so với %(earlier)s") % {"later": two.label, "earlier": one.label}


def _shown(part, rows):
    """The rows as written."""
    if part == OUTLIERS:
        return rows
    if part == PAIRS:
        return [
            (one, two, written(each.given), written(each.got), written(each.usual), written(each.leaning))
            for one, two, each in rows
        ]
    return [
        {
            "name": name,
            "cells": each.cells,
            "total": written(each.total),
            "mean": written(each.mean),
            "raised": each.raised,
            "lowered": each.lowered,
            "marks": marks,
            "said": "; ".join(f"{Tier(tier).label} {total}" for tier, total, _place in marks or ()),
        }
        for name, each, marks in rows
    ]


def _exported(part, rows):
    """(header, rows) of the spreadsheet; numbers stay numbers."""
    if part == OUTLIERS:
        header = [_("Loại"), _("Tên"), _("Chênh lệch trung bình"), _("Trung vị"), _("Nhận xét")]
        return header, [[row[name] for name in ("kind", "name", "value", "middle", "words")] for row in rows]
    if part == PAIRS:
        header = [_("Đơn vị"), _("Đơn vị"), _("Đơn vị đầu cho"), _("Đơn vị sau cho"), _("Mức thường")]
        return [*header, _("Hơn mức thường")], [
            [one, two, *(rounded(value, 4) for value in (each.given, each.got, each.usual, each.leaning))]
            for one, two, each in rows
        ]
    header = [_("Tên"), _("Số ô so được"), _("Tổng chênh lệch"), _("Trung bình mỗi ô"), _("Số ô tăng")]
    return [*header, _("Số ô giảm")], [
        [name, each.cells, rounded(each.total, 4), rounded(each.mean, 4), each.raised, each.lowered]
        for name, each, _marks in rows
    ]
