"""Where officials' own spreadsheets are sent: criteria, and scores of a unit or of a whole bloc."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.permissions import require
from blocs.views.imports import upload
from campaigns.models import BlocYear
from campaigns.scores.models import Tier
from campaigns.scores.spreadsheets.blocs import BlocScoresSheet
from campaigns.scores.spreadsheets.criteria import CriteriaSheet
from campaigns.scores.spreadsheets.handed import bloc_table, unit_table
from campaigns.scores.spreadsheets.units import UnitScoresSheet


@require_http_methods(["GET", "POST"])
def criteria(request, year, pk):
    """Read a table of criteria into a draft."""
    sheet = CriteriaSheet.find(str(pk), request.user)
    if sheet.criteria_set.year.code != year:
        raise Http404
    return upload(request, sheet)


@require_http_methods(["GET", "POST"])
def unit_scores(request, year, bloc, unit):
    """Read a unit's own table, or hand out the one to fill in."""
    bloc_years = BlocYear.objects.filter(year__code=year, bloc__code=bloc)
    sheet = UnitScoresSheet.of(bloc_years, request.user, unit__code=unit)
    if not sheet.may(request.user) and sheet.unit.pk not in request.user.standing().unit_ids:
        raise Http404
    if request.GET.get("export") == "xlsx":
        require(sheet.may(request.user))
        return unit_table(sheet)
    template = (_("Tải bảng mẫu đã điền sẵn (Excel)"), f"{request.path}?export=xlsx")
    return upload(request, sheet, template=template)


@require_http_methods(["GET", "POST"])
def bloc_scores(request, year, bloc, tier=Tier.SELF):
    """Read a bloc's whole table into the sheets of a tier, or hand out an empty one."""
    bloc_years = BlocYear.objects.filter(year__code=year, bloc__code=bloc)
    sheet = BlocScoresSheet.of(bloc_years, request.user, tier)
    if request.GET.get("export") == "xlsx":
        require(sheet.may(request.user))
        return bloc_table(sheet)
    template = (_("Tải bảng trống của cả khối (Excel)"), f"{request.path}?export=xlsx")
    tiers = [
        (label, reverse("score-import", args=[year, bloc, each]), each == tier)
        for each, label in Tier.choices
    ]
    return upload(request, sheet, template=template, choices=tiers)
