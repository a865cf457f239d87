"""Web pages of the year's work."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from blocs import days, notation
from blocs.contributions import Button, Progress, registry
from blocs.exports import spreadsheet
from blocs.permissions import has_post, is_staff, may_edit
from campaigns.filters import BlocYearFilter
from campaigns.models import BlocYear, Campaign, EmulationYear, Meeting, Observation, Seat
from campaigns.steps import when

PAGE_SIZE = 25
MEMBER = Seat.Role.MEMBER


@require_GET
def home(request):
    """The newest emulation year with a bloc that this person may see; what to do where there is none."""
    years = EmulationYear.objects.visible_to(request.user)
    newest = years.filter(bloc_years__seats__role=Seat.Role.MEMBER).distinct().first() or years.first()
    if newest is None:
        context = {
            "post": has_post(request.user, None, timezone.localdate()),
            "is_staff": is_staff(request.user, None, timezone.localdate()),
        }
        return render(request, "campaigns/nothing.html", context)
    return redirect(newest)


@require_GET
@vary_on_headers("HX-Request")
def year(request, year):
    """An emulation year: its blocs with how far each is; filtered, sorted, paged, exported."""
    years = EmulationYear.objects.visible_to(request.user)
    found = get_object_or_404(years, code=year)
    blocs = BlocYear.objects.visible_to(request.user).filter(year=found).select_related("bloc", "year")
    list_filter = BlocYearFilter(request.GET, queryset=blocs.order_by("bloc__place", "pk"), request=request)
    listed = list_filter.qs.prefetch_related(_seats())
    if request.GET.get("export") == "xlsx":
        return _export(found, listed, request.user)
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = _rows(page.object_list, request.user)
    context = {
        "year": found,
        "places": [Button(_("Năm %(year)s") % {"year": each}, each.get_absolute_url()) for each in years],
        "filter": list_filter,
        "page": page,
        "rows": rows,
        "count": ngettext("%(count)s khối thi đua", "%(count)s khối thi đua", page.paginator.count)
        % {"count": notation.count(page.paginator.count)},
        "next": rows[0]["open"] if page.paginator.count == 1 else None,
    }
    swapped = request.htmx and not request.htmx.history_restore_request
    return render(request, "campaigns/year.html#list" if swapped else "campaigns/year.html", context)


@require_GET
def bloc_year(request, year, bloc):
    """A bloc's year: its timeline, units, pledge, campaigns, activities, observations and next year."""
    found = find_bloc_year(request.user, year, bloc)
    today = timezone.localdate()
    may = may_edit(request.user, found, today)
    steps = registry.steps_of([found], request.user)[found.pk]
    following = next_step(steps)
    successor = found.successor()
    seats = found.seats_in_order()
    named_next = [seat for seat in (successor.seats_in_order() if successor else []) if seat.role != MEMBER]
    context = {
        "bloc_year": found,
        "places": places_of(found, request.user),
        "steps": steps,
        "next_step": following,
        "next": Button(following.action, following.address) if may and following else None,
        "note": _("Việc tiếp theo: %(step)s") % {"step": following.title} if following else "",
        "today": today,
        "facts": _facts(found, seats),
        "seats": [(seat, seat.unit.name(found.year.last_day)) for seat in seats if seat.unit],
        "pledges": _pledges(found),
        "campaigns": _campaigns(found, request.user),
        "meetings": [(each, when(each)) for each in found.meetings.all()],
        "observations": _observations(found),
        "successor": successor,
        "next_seats": [
            (seat, seat.unit.name(successor.year.first_day) if seat.unit else "") for seat in named_next
        ],
        "next_pledges": _pledges(successor) if successor else [],
        "may_edit": bool(may),
        "may_edit_seats": bool(is_staff(request.user, found, today)),
        "may_name_next": bool(named_next and may_edit(request.user, named_next[0], today)),
    }
    return render(request, "campaigns/bloc_year.html", context)


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


def places_of(bloc_year, user):
    """The pages of a bloc's year, the way between them: its own, the conference, those of upper apps."""
    conference = next((each for each in bloc_year.meetings.all() if each.kind == Meeting.Kind.YEAR_END), None)
    return [
        Button(_("Tổng quan"), bloc_year.get_absolute_url()),
        *([Button(_("Hội nghị tổng kết"), conference.get_absolute_url())] if conference else []),
        *registry.buttons_of("campaigns.blocyear", [bloc_year], user)[bloc_year.pk],
    ]


def find_bloc_year(user, year, bloc):
    """The bloc-year of an address, as far as this person may see it; 404 otherwise."""
    known = BlocYear.objects.visible_to(user).select_related("year", "bloc", "organiser")
    return get_object_or_404(known.prefetch_related(_seats()), year__code=year, bloc__code=bloc)


def next_step(steps):
    """The first step that somebody must still take, or None; what a past year left unknown comes last."""
    open_steps = [step for step in steps if step.progress is not Progress.DONE]
    return min(open_steps, key=lambda step: step.progress is Progress.UNKNOWN, default=None)


def _seats():
    return Prefetch(
        "seats", Seat.objects.select_related("unit").prefetch_related("unit__states").order_by("pk")
    )


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


def _facts(bloc_year, seats):
    """What a bloc's year is, in words; what the sources do not say is said to be unknown."""
    day = bloc_year.year.last_day
    units = sum(seat.unit is not None for seat in seats)
    count = notation.count(units)
    if not units:
        known = bloc_year.known_member_count
        count = _("%(count)s (chỉ biết số lượng)") % {"count": notation.count(known)} if known else ""
    return [
        *((seat.role_label, _holder(seat, day)) for seat in seats if seat.role != Seat.Role.MEMBER),
        (_("Số đơn vị"), count or _("chưa có số liệu")),
        (_("Cơ quan tổ chức"), bloc_year.organiser.name(day)),
        (_("Thời gian"), capfirst(days.period(bloc_year.year.first_day, day))),
        (
            _("Hồ sơ năm"),
            _("đã khoá ngày %(day)s") % {"day": notation.day(bloc_year.closed_on)}
            if bloc_year.closed_on
            else _("đang mở"),
        ),
    ]


def _holder(seat, day):
    if seat.unit is None:
        return _("đã bầu, chưa nêu tên đơn vị")
    return f"{seat.unit.name(day)} ({seat.representative})" if seat.representative else seat.unit.name(day)


def _pledges(bloc_year):
    """[(pledge, its period)]."""
    pledges = list(bloc_year.pledges.all())
    prefetch_related_objects(pledges, "contents", "signatures__unit__states")
    return [(each, days.period(each.first_day, each.last_day)) for each in pledges]


def _campaigns(bloc_year, user):
    """[(campaign, its period)] of the ministry and of this bloc in its year."""
    running = Campaign.objects.visible_to(user).running_in(bloc_year.year).select_related("launched_by")
    return [
        (each, each.launched_by.name(bloc_year.year.last_day), days.period(each.first_day, each.last_day))
        for each in running.prefetch_related("launched_by__states")
        if each.bloc_year_id in (None, bloc_year.pk)
    ]


def _observations(bloc_year):
    """[(kind in words, observations)] in the order of the report."""
    known = list(bloc_year.observations.order_by("place", "pk"))
    by_kind = [
        (label, [each for each in known if each.kind == kind]) for kind, label in Observation.Kind.choices
    ]
    return [(label, found) for label, found in by_kind if found]


def _rows(bloc_years, user):
    """What the list says of each bloc, gathered for all of them at once."""
    bloc_years = list(bloc_years)
    steps = registry.steps_of(bloc_years, user)
    return [
        {
            "bloc_year": each,
            "open": Button(_("Mở trang của Khối"), each.get_absolute_url()),
            "leader": next(
                (
                    seat.unit.name(each.year.last_day)
                    for seat in each.seats.all()
                    if seat.role == Seat.Role.LEADER and seat.unit
                ),
                "",
            ),
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
            row["leader"],
            row["members"],
            row["done"],
            row["steps"],
            row["next"].title if row["next"] else "",
        ]
        for row in _rows(bloc_years, user)
    )
    return spreadsheet(f"khoi-thi-dua-{year.code}", header, rows)
