"""The page of a bloc's year, and what every page below it begins with."""

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from blocs import days, notation
from blocs.contributions import Button, registry
from blocs.permissions import is_staff, may_edit
from campaigns.models import BlocYear, Campaign, Meeting, Observation, Seat
from campaigns.steps import when
from campaigns.timeline import next_step

MEMBER = Seat.Role.MEMBER


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
    return get_object_or_404(known.prefetch_related(seats_with_units()), year__code=year, bloc__code=bloc)


def seats_with_units():
    """The seats of bloc-years with their units, for all rows of a list at once."""
    return Prefetch(
        "seats", Seat.objects.select_related("unit").prefetch_related("unit__states").order_by("pk")
    )


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
