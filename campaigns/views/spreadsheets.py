"""Where officials' own spreadsheets are sent: criteria, and scores of a unit or of a whole bloc."""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from blocs.views.imports import upload
from campaigns.spreadsheets.criteria import CriteriaSheet


@require_http_methods(["GET", "POST"])
def criteria(request, year, pk):
    """Read a table of criteria into a draft."""
    sheet = CriteriaSheet.find(str(pk), request.user)
    if sheet.criteria_set.year.code != year:
        raise Http404
    return upload(request, sheet)
