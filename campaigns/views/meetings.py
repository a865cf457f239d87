"""The page of a meeting."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from blocs.contributions import Button
from blocs.permissions import may_edit
from campaigns.models import Meeting
from campaigns.steps import when
from campaigns.views.bloc_years import find_bloc_year, places_of


@require_GET
def meeting(request, year, bloc, pk):
    """A meeting: when and where, who attended, its agenda with outcomes, what was said."""
    found_year = find_bloc_year(request.user, year, bloc)
    meetings = Meeting.objects.visible_to(request.user).filter(bloc_year=found_year).select_related("host")
    found = get_object_or_404(
        meetings.prefetch_related("agendaitems", "attendances", "statements", "host__states"),
        pk=pk,
    )
    day = found_year.year.last_day
    may = bool(may_edit(request.user, found, timezone.localdate()))
    address = reverse("admin:campaigns_meeting_change", args=[found.pk])
    context = {
        "bloc_year": found_year,
        "places": places_of(found_year, request.user),
        "meeting": found,
        "facts": [
            (_("Thời gian"), capfirst(when(found)) or _("chưa có số liệu")),
            (_("Nơi tổ chức"), found.place_name or _("chưa có số liệu")),
            (_("Đơn vị chủ trì"), found.host.name(day) if found.host else _("chưa có số liệu")),
        ],
        "agenda": found.agendaitems.all(),
        "attendances": found.attendances.all(),
        "statements": found.statements.all(),
        "may_edit": may,
        "address": address,
        "next": _open_in_meeting(found, address) if may else None,
    }
    return render(request, "campaigns/meeting.html", context)


def _open_in_meeting(meeting, address):
    """What is still to be entered of a meeting, the first thing first; None when nothing is."""
    missing = [
        (not meeting.first_day, _("Ghi ngày tổ chức"), ""),
        (not meeting.agendaitems.all(), _("Ghi chương trình"), "#agendaitems-group"),
        (
            any(not item.outcome for item in meeting.agendaitems.all()),
            _("Ghi kết quả từng nội dung"),
            "#agendaitems-group",
        ),
        (not meeting.attendances.all(), _("Ghi thành phần dự"), "#attendances-group"),
    ]
    return next((Button(title, address + anchor) for lacks, title, anchor in missing if lacks), None)
