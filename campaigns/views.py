"""Web pages of the year's work."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from blocs import notation
from blocs.contributions import Progress, registry
from blocs.exports import spreadsheet
from blocs.permissions import may_edit
from campaigns.filters import BlocYearFilter
from campaigns.models import BlocYear, Campaign, EmulationYear, Meeting, Observation, Seat
from campaigns.steps import when

PAGE_SIZE = 25


@require_GET
def home(request):
    """The newest emulation year with a bloc that this person may see; what to do where there is none."""
    years = EmulationYear.objects.visible_to(request.user)
    newest = years.filter(bloc_years__seats__role=Seat.Role.MEMBER).distinct().first() or years.first()
    if newest is None:
        return render(request, "campaigns/nothing.html")
    return redirect(newest)


@require_GET
def year(request, year):
    """An emulation year: its blocs with how far each is; filtered, sorted, paged, exported."""
    years = EmulationYear.objects.visible_to(request.user)
    found = get_object_or_404(years, code=year)
    blocs = BlocYear.objects.visible_to(request.user).filter(year=found).select_related("bloc", "year")
    list_filter = BlocYearFilter(request.GET, queryset=blocs.order_by("bloc__place", "pk"), request=request)
    listed = list_filter.qs.prefetch_related(_seats())
    if request.GET.get("export") == "xlsx":
        return _export(found, list_filter.qs.prefetch_related(_seats()), request.user)
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = _rows(page.object_list, request.user)
    context = {"year": found, "years": years, "filter": list_filter, "page": page, "rows": rows}
    return render(request, "campaigns/year.html#list" if request.htmx else "campaigns/year.html", context)


@require_GET
def bloc_year(request, year, bloc):
    """A bloc's year: its timeline, units, pledge, campaigns, activities, observations and next year."""
    found = find_bloc_year(request.user, year, bloc)
    steps = registry.steps_of([found], request.user)[found.pk]
    successor = found.successor()
    kinds = dict(Observation.Kind.choices)
    observations = {}
    for each in found.observations.order_by("place", "pk"):
        observations.setdefault(kinds[each.kind], []).append(each)
    campaigns = Campaign.objects.visible_to(request.user).running_in(found.year).select_related("launched_by")
    context = {
        "bloc_year": found,
        "steps": steps,
        "next_step": next_step(steps),
        "today": timezone.localdate(),
        "seats": found.seats_in_order(),
        "day": found.year.last_day,
        "pledges": found.pledges.prefetch_related("contents", "signatures__unit__states"),
        "campaigns": [
            (each, notation.period(each.first_day, each.last_day))
            for each in campaigns.prefetch_related("launched_by__states")
            if each.bloc_year_id in (None, found.pk)
        ],
        "meetings": [(each, when(each)) for each in found.meetings.order_by("first_day", "pk")],
        "observations": observations,
        "successor": successor,
        "next_seats": [
            seat
            for seat in (successor.seats_in_order() if successor else [])
            if seat.role != Seat.Role.MEMBER
        ],
        "next_pledges": successor.pledges.prefetch_related("contents") if successor else [],
        "buttons": registry.buttons_of("campaigns.blocyear", [found], request.user)[found.pk],
        "may_edit": bool(may_edit(request.user, found, timezone.localdate())),
    }
    return render(request, "campaigns/bloc_year.html", context)


@require_GET
def meeting(request, year, bloc, pk):
    """A meeting: when and where, who attended, its agenda with outcomes, what was said."""
    found_year = find_bloc_year(request.user, year, bloc)
    meetings = Meeting.objects.visible_to(request.user).filter(bloc_year=found_year).select_related("host")
    found = get_object_or_404(
        meetings.prefetch_related("agendaitems", "attendances", "statements", "host__states"), pk=pk
    )
    context = {
        "bloc_year": found_year,
        "meeting": found,
        "when": when(found),
        "day": found_year.year.last_day,
        "buttons": registry.buttons_of("campaigns.meeting", [found], request.user)[found.pk],
        "may_edit": bool(may_edit(request.user, found, timezone.localdate())),
    }
    return render(request, "campaigns/meeting.html", context)


def find_bloc_year(user, year, bloc):
    """The bloc-year of an address, as far as this person may see it; 404 otherwise."""
    known = BlocYear.objects.visible_to(user).select_related("year", "bloc", "organiser")
    return get_object_or_404(known.prefetch_related(_seats()), year__code=year, bloc__code=bloc)


def next_step(steps):
    """The first step that somebody must still take, or None."""
    return next((step for step in steps if step.progress is not Progress.DONE), None)


def _seats():
    return Prefetch(
        "seats", Seat.objects.select_related("unit").prefetch_related("unit__states").order_by("pk")
    )


def _rows(bloc_years, user):
    """What the list says of each bloc, gathered for all of them at once."""
    bloc_years = list(bloc_years)
    steps = registry.steps_of(bloc_years, user)
    return [
        {
            "bloc_year": each,
            "leader": next((s.unit for s in each.seats.all() if s.role == Seat.Role.LEADER and s.unit), None),
            "members": sum(seat.unit_id is not None for seat in each.seats.all()),
            "done": sum(step.progress is Progress.DONE for step in steps[each.pk]),
            "steps": len(steps[each.pk]),
            "next": next_step(steps[each.pk]),
        }
        for each in bloc_years
    ]


def _export(year, bloc_years, user):
    header = [
        _("Khối thi đua"),
        _("Khối trưởng"),
        _("Số đơn vị"),
        _("Bước đã xong"),
        _("Tổng số bước"),
        _("Việc tiếp theo"),
    ]
    rows = (
        [
            row["bloc_year"].name,
            row["leader"].name(year.last_day) if row["leader"] else "",
            row["members"],
            row["done"],
            row["steps"],
            row["next"].title if row["next"] else "",
        ]
        for row in _rows(bloc_years, user)
    )
    return spreadsheet(f"khoi-thi-dua-{year.code}", header, rows)
