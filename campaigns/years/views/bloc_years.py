"""The page of a bloc's year, and what every page below it begins with."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from blocs import days, notation
from blocs.contributions import Button, Progress, registry
from blocs.history import from_paper
from blocs.permissions import Refused, is_staff, may_edit, require
from campaigns import actions
from campaigns.leaders import read_names, seats_without_names
from campaigns.models import BlocYear, Campaign, Meeting, Observation, Seat
from campaigns.permissions import may_close_bloc_year, may_record_plan
from campaigns.timeline.steps import when
from campaigns.timeline.timelines import next_step, timelines
from campaigns.years.forms.years import CloseForm, PlanForm

MEMBER = Seat.Role.MEMBER


@require_GET
def bloc_year(request, year, bloc):
    """A bloc's year: its timeline, units, pledge, campaigns, activities, observations and next year."""
    found = find_bloc_year(request.user, year, bloc)
    today = timezone.localdate()
    may = may_edit(request.user, found, today)
    steps = timelines([found], request.user)[found.pk]
    following = next_step(steps)
    successor = found.successor() if found.following else None
    seats = found.seats_in_order()
    named_next = [seat for seat in (successor.seats_in_order() if successor else []) if seat.role != MEMBER]
    pledges, next_pledges = _pledges(found, successor)
    context = {
        "bloc_year": found,
        "places": places_of(found, request.user),
        "steps": steps,
        "next_step": following,
        "next": Button(following.action, following.paper or following.address) if may and following else None,
        "note": _("Việc tiếp theo: %(step)s") % {"step": following.title} if following else "",
        "today": today,
        "facts": _facts(found, seats),
        "exceptions": sorted(
            (each for each in found.governing.values() if each.bloc_year_id),
            key=lambda phase: (phase.last_day, phase.pk),
        ),
        "may_extend": bool(is_staff(request.user, found, today)),
        "may_close": bool(not found.closed_on and may_close_bloc_year(request.user, found, today)),
        "seats": [(seat, seat.unit.name(found.year.last_day)) for seat in seats if seat.unit],
        "pledges": pledges,
        "campaigns": _campaigns(found, request.user),
        "meetings": [(each, when(each)) for each in found.meetings.all()],
        "observations": _observations(found),
        "successor": successor,
        "elected_on_paper": bool(from_paper([found], actions.record_election)),
        "next_seats": [
            (seat, seat.unit.name(successor.year.first_day) if seat.unit else "") for seat in named_next
        ],
        "next_pledges": next_pledges,
        "may_edit": bool(may),
        "may_edit_seats": bool(is_staff(request.user, found, today)),
        "may_name_next": bool(named_next and may_edit(request.user, named_next[0], today)),
    }
    return render(request, "campaigns/bloc_year.html", context)


@require_http_methods(["GET", "POST"])
def plan(request, year, bloc):
    """Record number and day of the plan that the leader's unit has issued."""
    found = find_bloc_year(request.user, year, bloc)
    require(may_record_plan(request.user, found, timezone.localdate()))
    known = {"reference": found.plan_reference, "issued_on": found.plan_issued_on}
    form = PlanForm(request.POST or None, request.FILES or None, initial=known)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.record_plan(
                bloc_year=found,
                reference=data["reference"],
                issued_on=data["issued_on"],
                by=request.user,
                paper=form.paper(),
                reason=data["reason"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi kế hoạch của Khối."))
            return redirect(found)
    context = {
        "bloc_year": found,
        "form": form,
        "title": _("Ghi kế hoạch của Khối"),
        "submit": _("Ghi kế hoạch"),
    }
    return render(request, "campaigns/bloc_year_act.html", context)


@require_http_methods(["GET", "POST"])
def close(request, year, bloc):
    """Close a bloc's year, once the person has read what is still open."""
    found = find_bloc_year(request.user, year, bloc)
    require(may_close_bloc_year(request.user, found, timezone.localdate()))
    data = request.POST if request.method == "POST" else None  # nothing need be filled in
    form = CloseForm(data, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.close_bloc_year(
            bloc_year=found, by=request.user, paper=form.paper(), reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Đã khoá hồ sơ năm của Khối."))
        return redirect(found)
    steps = timelines([found], request.user)[found.pk]
    context = {
        "bloc_year": found,
        "form": form,
        "title": _("Khoá hồ sơ năm của Khối"),
        "submit": _("Khoá hồ sơ năm"),
        "question": _("Sau khi khoá, đơn vị Khối trưởng của năm này không sửa được hồ sơ nữa."),
        "open": [step for step in steps if step.progress is not Progress.DONE],
        "is_closing": True,
    }
    return render(request, "campaigns/bloc_year_act.html", context)


def places_of(bloc_year, user):
    """The pages of a bloc's year, the way between them: its own, the conference, those of upper apps."""
    conference = next((each for each in bloc_year.meetings.all() if each.kind == Meeting.Kind.YEAR_END), None)
    return [
        Button(_("Tổng quan"), bloc_year.get_absolute_url()),
        *([Button(_("Hội nghị tổng kết"), conference.get_absolute_url())] if conference else []),
        *registry.buttons_of("campaigns.blocyear", [bloc_year], user)[bloc_year.pk],
    ]


def find_bloc_year(user, year, bloc, *related):
    """The bloc-year of an address, as far as this person may see it; 404 otherwise.

    `related` names what else is asked together with it.
    """
    known = BlocYear.objects.visible_to(user).select_related("year", "bloc", "organiser", *related)
    known = known.prefetch_related(seats_without_names())
    found = get_object_or_404(known, year__code=year, bloc__code=bloc)
    read_names(found.seats.all(), user, found.organiser)
    return found


def _facts(bloc_year, seats):
    """What a bloc's year is, in words; what the sources do not say is said to be unknown."""
    day = bloc_year.year.last_day
    units = sum(seat.unit is not None for seat in seats)
    known = bloc_year.known_member_count or units
    words = {"count": notation.count(known), "listed": notation.count(units)}
    count = words["count"] if known else ""
    if known != units:
        count = _("%(count)s (danh sách mới có %(listed)s)") if units else _("%(count)s (chỉ biết số lượng)")
        count %= words
    return [
        *((seat.role_label, _holder(seat, day)) for seat in seats if seat.role != Seat.Role.MEMBER),
        (_("Số đơn vị"), count or _("chưa có số liệu")),
        (_("Cơ quan tổ chức"), bloc_year.organiser.name(day)),
        (_("Thời gian"), capfirst(days.period(bloc_year.year.first_day, day))),
        *([(_("Kế hoạch của Khối"), _plan(bloc_year))] if bloc_year.plan_issued_on else []),
        (
            _("Hồ sơ năm"),
            _("đã khoá ngày %(day)s") % {"day": notation.day(bloc_year.closed_on)}
            if bloc_year.closed_on
            else _("đang mở"),
        ),
    ]


def _plan(bloc_year):
    words = {"reference": bloc_year.plan_reference, "day": notation.day(bloc_year.plan_issued_on)}
    return _("%(reference)s ngày %(day)s") % words


def _holder(seat, day):
    if seat.unit is None:
        return _("đã bầu, chưa nêu tên đơn vị")
    return f"{seat.unit.name(day)} ({seat.representative})" if seat.representative else seat.unit.name(day)


def _pledges(*bloc_years):
    """Of each bloc-year [(pledge, its period, whether its signing was recorded from paper)], in one go."""
    found = [each for each in bloc_years if each]
    prefetch_related_objects(found, "pledges")  # as far as the steps have not asked for them already
    known = [pledge for each in found for pledge in each.pledges.all()]
    prefetch_related_objects(known, "contents", "signatures__unit__states")
    papers = from_paper(known, actions.sign_pledge)
    return [
        [
            (each, days.period(each.first_day, each.last_day), each.pk in papers)
            for each in (bloc_year.pledges.all() if bloc_year else ())
        ]
        for bloc_year in bloc_years
    ]


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
