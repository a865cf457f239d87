"""Web pages of what is proposed and honoured."""

from itertools import groupby

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.models import Exemplar, Nomination
from blocs.models import Unit
from blocs.permissions import may_edit
from campaigns.views import find_bloc_year


@require_GET
def proposals(request, year, bloc):
    """What a bloc proposes, high to low, and the exemplars it honours; names not known yet say so."""
    bloc_year = find_bloc_year(request.user, year, bloc)
    day = bloc_year.year.last_day
    nominations = Nomination.objects.visible_to(request.user).filter(bloc_year=bloc_year)
    nominations = nominations.select_related("award", "unit", "person", "proposed_at")
    nominations = nominations.prefetch_related("award__names", "unit__states").in_print_order()
    exemplars = Exemplar.objects.visible_to(request.user).filter(bloc_year=bloc_year)
    exemplars = list(exemplars.select_related("unit", "person").prefetch_related("unit__states"))
    root = Unit.objects.prefetch_related("states").filter(is_root=True).first()
    context = {
        "bloc_year": bloc_year,
        "day": day,
        "nominations": [
            (award.name(day, authority=root), [(row, _recipient(row, day)) for row in rows])
            for award, rows in groupby(nominations, key=lambda row: row.award)
        ],
        "exemplars": [
            (label, found)
            for kind, label in Exemplar.Kind.choices
            if (found := [(row, _recipient(row, day)) for row in exemplars if row.kind == kind])
        ],
        "may_edit": bool(may_edit(request.user, bloc_year, timezone.localdate())),
    }
    return render(request, "awards/proposals.html", context)


def _recipient(row, day):
    """The name of a recipient as it was that year; empty while only the number is known."""
    if row.unit:
        return row.unit.name(day)
    return row.person.full_name if row.person else ""
