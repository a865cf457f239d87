"""The page of a hand-over: what the next leader takes over, and the record that both sides fill in."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs import notation
from blocs.actions import edit
from blocs.contributions import Progress
from blocs.forms import add_refusal
from blocs.permissions import Refused, require
from campaigns import actions
from campaigns.desk.boards import officers_of
from campaigns.handovers.forms import HandoverForm
from campaigns.leaders import leading_units, seated_units, seats_with_units
from campaigns.models import BlocYear, Handover, Task
from campaigns.permissions import may_edit_handover
from campaigns.timeline.timelines import timelines
from config.masthead import address_of

FIRST_STEPS = 3


@require_http_methods(["GET", "POST"])
def handover(request, year, bloc):
    """A bloc's hand-over to the next leader: drafted from the year, filled in and completed by both sides."""
    bloc_year = get_object_or_404(
        BlocYear.objects.select_related("year", "bloc").prefetch_related(seats_with_units()),
        year__code=year,
        bloc__code=bloc,
    )
    successor = bloc_year.successor()
    if successor:
        prefetch_related_objects([successor], seats_with_units())
    found = _handover(bloc_year, successor)
    if not _is_party(request.user, bloc_year, found):
        raise Http404
    context = {"bloc_year": bloc_year, "successor": successor, "title": _("Bàn giao nhiệm vụ Khối trưởng")}
    if found is None or successor is None:
        return render(request, "campaigns/handover.html", context | {"handover": None})
    may = may_edit_handover(request.user, found, timezone.localdate())
    form = HandoverForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST":
        require(may)
        if form.is_valid() and _saved(request, form):
            return redirect(request.path)
    day = bloc_year.year.last_day
    facts = [
        (_("Bên giao"), found.from_unit.name(day)),
        (_("Bên nhận"), found.to_unit.name(day)),
        (_("Khối"), bloc_year.name),
        (_("Năm bàn giao"), bloc_year.year.code),
    ]
    if found.completed_on:
        facts.append((_("Đã bàn giao"), f"{notation.day(found.day)}, {found.place}".rstrip(", ")))
    context |= {
        "handover": found,
        "facts": facts,
        "form": form if may and (form.is_bound or not found.completed_on) else None,
        "document": address_of("handover-document", year, bloc) if found.pk else "",
        "first_steps": _first_steps(successor, request.user),
        "contacts": _contacts(successor),
        "tasks": _tasks(bloc_year, request.user),
        "today": timezone.localdate(),
    }
    return render(request, "campaigns/handover.html", context)


def _handover(bloc_year, successor):
    """The hand-over of a bloc's year or its draft; None while the next leader is the same or not named."""
    known = Handover.objects.filter(bloc_year=bloc_year).select_related("from_unit", "to_unit").first()
    if known or successor is None:
        if known:
            known.bloc_year = bloc_year
        return known
    givers = leading_units([bloc_year], bloc_year.year.last_day)[bloc_year.pk]
    takers = [
        seat.unit
        for seat in successor.seats.select_related("unit").order_by("pk")
        if seat.role == seat.Role.LEADER and seat.unit_id
    ]
    if not givers or not takers or takers[0].pk in givers:
        return None
    giver = next((seat.unit for seat in bloc_year.seats.all() if seat.unit_id in givers), None)
    return Handover(bloc_year=bloc_year, from_unit=giver, to_unit=takers[0]) if giver else None


def _is_party(user, bloc_year, handover):
    """Whether a person belongs to one of both sides, or sees everything."""
    standing = user.standing()
    if standing.sees_all:
        return True
    if handover is None:
        return bool(leading_units([bloc_year], bloc_year.year.last_day)[bloc_year.pk] & standing.unit_ids)
    return bool({handover.from_unit_id, handover.to_unit_id} & standing.unit_ids)


def _saved(request, form):
    """Save what both sides filled in and, where that was asked for, record the hand-over as done."""
    paper, reason = form.paper(), form.cleaned_data["reason"]
    try:
        kept = edit(form=form, by=request.user, reason=reason, paper=paper)
        if "complete" in request.POST:
            actions.complete_handover(handover=kept, by=request.user, paper=paper, reason=reason)
            messages.success(request, _("Đã ghi nhận bàn giao. Từ nay bên nhận giữ hồ sơ năm mới của Khối."))
        else:
            messages.success(request, _("Đã lưu biên bản bàn giao."))
    except IntegrityError:
        form.add_error(None, _("Bên kia vừa lập biên bản này. Hãy mở lại trang để sửa tiếp bản chung."))
        return False
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True


def _first_steps(successor, user):
    """The next three things of the new year."""
    steps = timelines([successor], user)[successor.pk]
    return [step for step in steps if step.progress is not Progress.DONE][:FIRST_STEPS]


def _tasks(bloc_year, user):
    """What the year's meetings asked for and is not done: taken over also by who did not sit there."""
    meetings = bloc_year.meetings.open_to(user.standing().unit_ids)
    return Task.objects.open().filter(meeting__in=meetings)


def _contacts(successor):
    """[(unit, post)] of those who do the emulation work of the bloc's units, in their order."""
    officers = officers_of(seated_units(successor, timezone.localdate()))
    return [
        (seat.unit.name(), post)
        for seat in successor.seats_in_order()
        if seat.unit
        for post in officers.get(seat.unit_id, [])
    ]
