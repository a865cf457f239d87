"""Web pages of what is proposed and honoured."""

from itertools import groupby

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from awards.decisions.actions import honour
from awards.decisions.models import Exemplar
from awards.nominations.actions import propose
from awards.nominations.models import Nomination
from blocs import notation
from blocs.contributions import Button
from blocs.history import from_paper
from blocs.models import Unit
from blocs.permissions import may_edit
from campaigns.years.views import find_bloc_year, places_of


@require_GET
def proposals(request, year, bloc):
    """What a bloc proposes, high to low, and the exemplars it honours; names not known yet say so."""
    bloc_year = find_bloc_year(request.user, year, bloc)
    day = bloc_year.year.last_day
    nominations = Nomination.objects.visible_to(request.user).filter(bloc_year=bloc_year)
    nominations = nominations.select_related("award", "unit", "person", "proposed_at")
    nominations = nominations.prefetch_related("award__names", "unit__states").in_print_order()
    exemplars = Exemplar.objects.visible_to(request.user).filter(bloc_year=bloc_year)
    exemplars = exemplars.select_related("unit", "person", "honoured_at").prefetch_related("unit__states")
    exemplars = list(exemplars.order_by("place", "pk"))
    root = Unit.objects.prefetch_related("states").filter(is_root=True).first()
    meetings = {each.proposed_at for each in nominations if each.proposed_at}
    meetings |= {each.honoured_at for each in exemplars if each.honoured_at}
    papers = from_paper(meetings, propose, honour)
    by_award = [
        (
            award.name(day, authority=root),
            [_row(bloc_year, each, each.proposed_at, papers) for each in rows],
        )
        for award, rows in groupby(nominations, key=lambda each: each.award)
    ]
    by_kind = [
        (
            _("Điển hình tiên tiến: %(kind)s") % {"kind": label},
            [_row(bloc_year, each, each.honoured_at, papers) for each in exemplars if each.kind == kind],
        )
        for kind, label in Exemplar.Kind.choices
    ]
    by_kind = [(label, rows) for label, rows in by_kind if rows]
    unnamed = [row for _label, rows in by_award + by_kind for row in rows if not row["recipient"]]
    may = may_edit(request.user, bloc_year, timezone.localdate())
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, request.user),
        "figures": [
            {"label": label, "text": notation.count(len(rows)), "note": _unnamed(rows)}
            for label, rows in by_award + by_kind
        ],
        "nominations": by_award,
        "exemplars": by_kind,
        "may_edit": bool(may),
        "next": Button(_("Ghi tên còn thiếu"), unnamed[0]["address"]) if may and unnamed else None,
        "note": _("Còn %(count)s chỗ chỉ biết số lượng.") % {"count": notation.count(len(unnamed))},
    }
    return render(request, "awards/proposals.html", context)


def _row(bloc_year, row, meeting, papers):
    """What the page says of a nomination or exemplar; no recipient while only the number is known."""
    if meeting:
        meeting.bloc_year = bloc_year  # a meeting of the same bloc-year: its address needs no query
    name = row.person.full_name if row.person else ""
    return {
        "recipient": row.unit.name(bloc_year.year.last_day) if row.unit else name,
        "achievement": row.achievement,
        "meeting": meeting,
        "on_paper": bool(meeting and meeting.pk in papers),
        "address": reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]),
    }


def _unnamed(rows):
    unnamed = sum(not row["recipient"] for row in rows)
    if not unnamed:
        return ""
    return (
        _("chỉ biết số lượng") if unnamed == len(rows) else _("%(count)s chưa nêu tên") % {"count": unnamed}
    )
