"""The page of a meeting, and the way to plan one."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import notation
from blocs.contributions import Button, Progress, registry
from blocs.files.incoming import ENDINGS
from blocs.permissions import Refused, may_edit, require
from campaigns import actions
from campaigns.meetings.agendas import usual_title
from campaigns.meetings.forms.meetings import MeetingForm
from campaigns.meetings.guests import in_order
from campaigns.meetings.recording import kept_paper, screens_of
from campaigns.models import AgendaItem, Attendance, Meeting, Seat, Statement, Task
from campaigns.reach import may_read
from campaigns.timeline.steps import when
from campaigns.years.views.bloc_years import find_bloc_year, places_of

Presence = Attendance.Presence
CONCLUSION = Statement.Kind.CONCLUSION


@require_GET
def meeting(request, year, bloc, pk):
    """A meeting: when and where, who is invited and came, its agenda with outcomes, what was said and asked.

    What a preparatory meeting dealt with is read by the leader's unit and the department alone until the
    year-end conference is over.
    """
    bloc_year, found = find_meeting(request.user, year, bloc, pk)
    user, today = request.user, timezone.localdate()
    is_open = may_read(user, found)
    may = is_open and bool(may_edit(user, found, today))
    kept = kept_paper(found) if is_open else None
    screens = screens_of(found, user) if may else []
    papers = registry.buttons_of("campaigns.meeting", [found], user)[found.pk] if is_open else []
    attendances = in_order(found.attendances.all())
    statements = list(found.statements.all())
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, user),
        "meeting": found,
        "facts": _facts(found, bloc_year),
        "is_open": is_open,
        "is_preparatory": found.kind == Meeting.Kind.PREPARATORY,
        "agenda": found.agendaitems.all(),
        "attendances": attendances,
        "attended": _counted(attendances),
        "came": any(each.presence != Presence.EXPECTED for each in attendances),
        "replies": Attendance.Reply,
        "statements": [each for each in statements if each.kind != CONCLUSION],
        "conclusions": [each for each in statements if each.kind == CONCLUSION],
        "tasks": found.tasks.all(),
        "today": today,
        "papers": papers,
        "kept": kept,
        "kept_note": paper_in_words(kept) if kept else "",
        "screens": screens if found.first_day is None or found.first_day <= today else [],
        "may_edit": may,
        "address": reverse("admin:campaigns_meeting_change", args=[found.pk]),
        "next": _next(found, bloc_year, screens, papers, today) if may else None,
    }
    return render(request, "campaigns/meetings/meeting.html", context)


@require_http_methods(["GET", "POST"])
def plan(request, year, bloc):
    """Plan a meeting of a kind: its agenda and whom it expects come from what is usual."""
    bloc_year = find_bloc_year(request.user, year, bloc)
    kinds = _kinds_to_plan(bloc_year)
    kind = request.GET.get("loai", kinds[0])
    if kind not in kinds:
        raise Http404
    planned = Meeting(bloc_year=bloc_year, kind=kind)
    require(may_edit(request.user, planned, timezone.localdate()))
    units = [seat.unit for seat in bloc_year.seats_in_order() if seat.unit]
    initial = usual(bloc_year, kind, request.user)
    form = MeetingForm(
        request.POST or None, request.FILES or None, instance=planned, units=units, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_meeting(
                meeting=form.instance, by=request.user, paper=form.paper(), reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã lập kế hoạch, chương trình và thành phần dự kiến."))
            return redirect(made)
    here = reverse("meeting-plan", args=[year, bloc])
    context = {
        "bloc_year": bloc_year,
        "kind": Meeting.Kind(kind),
        "kinds": [Button(Meeting.Kind(each).label, f"{here}?loai={each}") for each in kinds],
        "here": f"{here}?loai={kind}",
        "form": form,
        "cancel": bloc_year.get_absolute_url(),
    }
    return render(request, "campaigns/meetings/plan.html", context)


@require_POST
def reply(request, year, bloc, pk, attendance):
    """Note in one tap whether a guest is coming."""
    _bloc_year, found = find_open_meeting(request.user, year, bloc, pk)
    guest = get_object_or_404(found.attendances, pk=attendance)
    answer = request.POST.get("reply", "")
    if answer not in ("", *Attendance.Reply.values):
        raise Http404
    guest.meeting = found
    actions.note_reply(attendance=guest, reply=answer, by=request.user)
    if request.htmx:
        guest.reply = answer
        context = {"each": guest, "meeting": found, "bloc_year": _bloc_year, "replies": Attendance.Reply}
        return render(request, "campaigns/meetings/meeting.html#reply", context)
    return redirect(f"{found.get_absolute_url()}#attendance")


@require_GET
def scan(request, year, bloc, pk):
    """The scan of the paper that a meeting was recorded from."""
    _bloc_year, found = find_open_meeting(request.user, year, bloc, pk)
    kept = kept_paper(found)
    if kept is None or kept.paper.scan is None:
        raise Http404
    file = kept.paper.scan
    name = f"ban-chup-{found.pk}.{ENDINGS[file.media_type]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(file.content), content_type=file.media_type, headers=headers)


def find_meeting(user, year, bloc, pk):
    """(bloc-year, meeting with its parts) of an address, as far as this person may see them, or 404."""
    bloc_year = find_bloc_year(user, year, bloc)
    tasks = Task.objects.visible_to(user).select_related("unit").prefetch_related("unit__states")
    attendances = Attendance.objects.visible_to(user).select_related("unit").prefetch_related("unit__states")
    meetings = Meeting.objects.visible_to(user).filter(bloc_year=bloc_year).select_related("host")
    found = get_object_or_404(
        meetings.prefetch_related(
            "host__states",
            Prefetch("agendaitems", AgendaItem.objects.visible_to(user)),
            Prefetch("statements", Statement.objects.visible_to(user)),
            Prefetch("attendances", attendances),
            Prefetch("tasks", tasks),
        ),
        pk=pk,
    )
    found.bloc_year = bloc_year
    return bloc_year, found


def find_open_meeting(user, year, bloc, pk):
    """The same for a page that changes the meeting: refuses whoever may not, 404 where it is closed."""
    bloc_year, found = find_meeting(user, year, bloc, pk)
    if not may_read(user, found):
        raise Http404
    require(may_edit(user, found, timezone.localdate()))
    return bloc_year, found


def usual(bloc_year, kind, user):
    """What a new meeting of a kind begins with: its usual name, the leader as host and chair."""
    leader = next((seat for seat in bloc_year.seats_in_order() if seat.role == Seat.Role.LEADER), None)
    unit = leader.unit if leader else None
    found = {"title": usual_title(bloc_year, kind), "host": unit}
    if unit:
        found["place_name"] = _("Trụ sở %(unit)s") % {"unit": unit.name(bloc_year.year.last_day)}
    if leader and leader.representative:
        chair = filter(None, [leader.representative_title, bloc_year.leader_label])
        found |= {"chair_name": leader.representative, "chair_title": ", ".join(chair)}
    post = user.standing().post("secretary")
    if post:
        found |= {"secretary_name": user.get_full_name(), "secretary_title": post.title}
    return found


def paper_in_words(kept):
    """What a meeting was recorded from: its day, place and whether a scan is kept."""
    said = [_("ngày %(day)s") % {"day": notation.day(kept.paper.day)}, kept.paper.place]
    if kept.paper.scan is None:
        said.append(_("chưa có bản chụp"))
    return ", ".join(each for each in said if each)


def _kinds_to_plan(bloc_year):
    """The kinds that may still be planned: a bloc has one year-end conference."""
    known = {each.kind for each in bloc_year.meetings.all()}
    return [kind for kind in Meeting.Kind.values if kind != Meeting.Kind.YEAR_END or kind not in known]


def _facts(meeting, bloc_year):
    day = bloc_year.year.last_day
    unknown = _("chưa có số liệu")
    hours = [f"{each:%H:%M}" for each in (meeting.starts_at, meeting.ends_at) if each]
    time = ", ".join(filter(None, [" - ".join(hours), when(meeting)]))
    facts = [
        (_("Thời gian"), capfirst(time) or unknown),
        (_("Nơi tổ chức"), meeting.place_name or unknown),
        (_("Đơn vị chủ trì"), meeting.host.name(day) if meeting.host else unknown),
    ]
    for label, name, title in (
        (_("Người chủ trì"), meeting.chair_name, meeting.chair_title),
        (_("Thư ký"), meeting.secretary_name, meeting.secretary_title),
    ):
        if name or title:
            facts.append((label, ", ".join(filter(None, [name, title]))))
    return facts


def _counted(attendances):
    """How many are there, absent, coming, in words."""
    present = sum(each.presence == Presence.PRESENT for each in attendances)
    absent = sum(each.presence == Presence.ABSENT for each in attendances)
    if present or absent:
        return _("%(present)s có mặt, %(absent)s vắng") % {"present": present, "absent": absent}
    coming = sum(each.reply == Attendance.Reply.COMING for each in attendances)
    return _("%(coming)s/%(all)s sẽ dự") % {"coming": coming, "all": len(attendances)}


def _next(meeting, bloc_year, screens, papers, today):
    """The one next step: before the day the preparation, on the day who is there, then what came of it."""
    place = [bloc_year.year.code, bloc_year.bloc.code, meeting.pk]
    address = reverse("admin:campaigns_meeting_change", args=[meeting.pk])
    if meeting.first_day and meeting.first_day > today:
        if not meeting.agendaitems.all():
            return Button(_("Ghi chương trình trong sổ số liệu"), f"{address}#agendaitems-group")
        if any(each.is_invited and not each.reply for each in meeting.attendances.all()):
            return Button(_("Ghi trả lời giấy mời"), "#attendance")
        return papers[0] if papers else None
    guests = meeting.attendances.all()
    awaited = any(each.presence == Presence.EXPECTED and each.name for each in guests)
    unnoted = guests and all(each.presence == Presence.EXPECTED for each in guests)
    if meeting.first_day == today and (awaited or unnoted):
        return Button(_("Điểm danh"), reverse("meeting-attendance", args=place))
    left = next((screen for screen in screens if screen.progress is not Progress.DONE), None)
    if left:
        return Button(_("Ghi: %(screen)s") % {"screen": left.title}, left.address)
    return papers[0] if papers else None
