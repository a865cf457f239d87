"""Recording a meeting that was held on paper: screen by screen, the paper told of once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.forms import AGAIN, add_refusal, show_newer
from blocs.permissions import Refused, may_edit, require
from campaigns import actions
from campaigns.meetings.forms.meetings import GuestRow
from campaigns.meetings.forms.recording import ElectionForm, OutcomeRow, RecordForm, ScreenForm
from campaigns.meetings.guests import expected, in_order, voters
from campaigns.meetings.recording import address_of, kept_paper, screens_of
from campaigns.meetings.views.attendance import (
    explain,
    name_of,
    require_known_rows,
    rows_of,
    show_newer_rows,
    titles_of,
)
from campaigns.meetings.views.meetings import find_open_meeting, paper_in_words, usual
from campaigns.models import AgendaItem, Meeting, Phase, Seat
from campaigns.windows import closed_words, phase_kind_of, waits
from campaigns.years.views.bloc_years import find_bloc_year

GUESTS = 3  # rows for who was there besides the units


@require_http_methods(["GET", "POST"])
def record_new(request, year, bloc, kind):
    """The first screen for a meeting that nobody planned; a known year-end conference has its own."""
    if kind not in Meeting.Kind.values:
        raise Http404
    bloc_year = find_bloc_year(request.user, year, bloc)
    if kind == Meeting.Kind.YEAR_END:
        known = next((each for each in bloc_year.meetings.all() if each.kind == kind), None)
        if known:
            return redirect("meeting-record", year, bloc, known.pk)
    meeting = Meeting(bloc_year=bloc_year, kind=kind)
    require(may_edit(request.user, meeting, timezone.localdate()))
    suggested = usual(bloc_year, kind, request.user)
    meeting.host = suggested.pop("host")
    return _record(request, bloc_year, meeting, expected(bloc_year), suggested)


@require_http_methods(["GET", "POST"])
def record(request, year, bloc, pk):
    """The first screen for a known meeting: when and where it was held, who was there."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    attendances = in_order(meeting.attendances.all()) or expected(bloc_year, meeting.last_day)
    suggested = usual(bloc_year, meeting.kind, request.user)
    unknown = {name: value for name, value in suggested.items() if not getattr(meeting, name)}
    return _record(request, bloc_year, meeting, attendances, unknown)


def _record(request, bloc_year, meeting, attendances, initial):
    posted = request.POST if request.method == "POST" else None
    window = closed_words(bloc_year, phase_kind_of(meeting))
    form = RecordForm(
        posted, request.FILES or None, instance=meeting, units=[], window=window, initial=initial
    )
    rows = rows_of(attendances, posted)
    guests = [
        GuestRow(posted, prefix=f"guest{number}", use_required_attribute=False) for number in range(GUESTS)
    ]
    if posted is not None:
        sound = all([form.is_valid(), *(each.is_valid() for each in (*rows, *guests))])
        require_known_rows(form, rows, posted)
        if sound and form.is_valid() and (made := _recorded(request, form, rows, guests)):
            messages.success(request, _("Đã ghi thời gian và thành phần."))
            return go_on(request, made, "record")
        labelled = [(name_of(row.attendance), row) for row in rows]
        explain(form, [*labelled, *((_("Người dự thêm"), each) for each in guests)])
    for guest, capacity in zip(guests, ("ministry", "department", "guest"), strict=True):
        guest.initial["capacity"] = capacity
    context = {"form": form, "rows": rows, "guests": guests, "titles": titles_of(attendances)}
    return show(request, bloc_year, meeting, "record", context, window=window)


def _recorded(request, form, rows, guests):
    added = [each for each in (guest.attendance() for guest in guests) if each]
    there = [row.attendance for row in rows if row.is_present]
    participants = "; ".join(str(each) for each in (*there, *added))
    try:
        return actions.record_meeting(
            meeting=form.instance,
            attendances=[*((row.shown(), row.changes()) for row in rows), *((each, {}) for each in added)],
            form=form,
            by=request.user,
            paper=form.paper(participants),
            reason=form.cleaned_data.get("reason", ""),
        )
    except Refused as refused:
        add_refusal(form, refused)
        show_newer_rows(form, rows, refused)
        return None


@require_http_methods(["GET", "POST"])
def outcomes(request, year, bloc, pk):
    """The second screen: what came of each item, with votes by hands of the units present."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    items = list(meeting.agendaitems.all())
    posted = request.POST if request.method == "POST" else None
    kinds = [phase_kind_of(meeting)]
    if any(item.kind == AgendaItem.Kind.VOTE for item in items):
        kinds.append(Phase.Kind.VOTE)
    form, window = screen_form(ScreenForm, request, meeting, kinds, before=waits(meeting))
    present = voters(meeting.attendances.all())
    rows = [OutcomeRow(posted, item=item, bloc_year=bloc_year, present=present) for item in items]
    if posted is not None:
        gone = {*posted.getlist("item")} - {str(row.item.pk) for row in rows}
        for key in sorted(gone) if form.is_valid() else ():
            words = _("Một nội dung vừa được người khác xoá (đã gõ: %(text)s). Hãy mở lại trang.")
            form.add_error(None, words % {"text": posted.get(f"{key}-text", "").strip() or "–"})
        if all([form.is_valid(), *(row.is_valid() for row in rows)]):
            noted = [(row.shown(), row.outcome()) for row in rows]
            if all(item.outcome == outcome for item, outcome in noted) or done(
                form, actions.note_outcomes, rows, meeting=meeting, outcomes=noted, by=request.user
            ):
                messages.success(request, _("Đã ghi kết quả từng nội dung."))
                return go_on(request, meeting, "outcomes")
        explain(form, [(row.item.title, row) for row in rows])
    context = {"form": form, "rows": rows, "present": present, "first": address_of(meeting, "record")}
    return show(request, bloc_year, meeting, "outcomes", context, window=window)


@require_http_methods(["GET", "POST"])
def election(request, year, bloc, pk):
    """The screen on which the units elected for the next year are chosen."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    form, window = screen_form(
        ElectionForm,
        request,
        meeting,
        [Phase.Kind.ELECTION],
        units=[seat.unit for seat in bloc_year.seats_in_order() if seat.unit],
        day=bloc_year.year.last_day,
        labels=(bloc_year.leader_label, bloc_year.deputy_label),
        elected=_elected(bloc_year),
    )
    if request.method == "POST" and form.is_valid():
        chosen = {"leader": form.cleaned_data["leader"], "deputies": form.deputies()}
        if done(form, actions.record_election, bloc_year=bloc_year, by=request.user, **chosen):
            messages.success(request, _("Đã ghi kết quả bầu. Các đơn vị trong Khối đã chuyển sang năm sau."))
            return go_on(request, meeting, "election")
    context = {"form": form, "following": bloc_year.successor()}
    return show(request, bloc_year, meeting, "election", context, window=window)


def screen_form(form, request, meeting, kinds, before=True, **arguments):
    """(form of a later screen, why its window is shut): the paper of the first screen is kept."""
    window = closed_words(meeting.bloc_year, *kinds, before=before)
    posted = request.POST if request.method == "POST" else None
    made = form(posted, request.FILES or None, kept=kept_paper(meeting), window=window, **arguments)
    return made, window


def done(form, action, rows=(), **arguments):
    """Whether an act of a screen was done; a refusal is shown above what was typed.

    Rows of items that somebody else has noted otherwise are shown as of now, to be written over knowingly.
    """
    try:
        action(**arguments, paper=form.paper(), reason=form.reason_given)
    except Refused as refused:
        add_refusal(form, refused)
        parts = {part.row.pk: part.row for part in getattr(refused, "parts", ())}
        for row in (each for each in rows if each.item.pk in parts):
            show_newer(row, {row.add_prefix("shown_version"): parts[row.item.pk].version})
        if parts:
            form.add_error(None, AGAIN)
        return False
    return True


def show(request, bloc_year, meeting, key, context, *, window, template=""):
    """A screen with its place among the others, and the way past it."""
    screens = screens_of(meeting, request.user) if meeting.pk else []
    kept = kept_paper(meeting) if meeting.pk else None
    place = next((number for number, screen in enumerate(screens, 1) if screen.key == key), 1)
    context |= {
        "bloc_year": bloc_year,
        "meeting": meeting,
        "screens": screens,
        "key": key,
        "number": place,
        "title": screens[place - 1].title if screens else _("Thời gian, thành phần"),
        "window": window,
        "kept_note": paper_in_words(kept) if kept else "",
        "goes_on": not meeting.pk or following(screens, key) is not None,
        "past": following(screens, key).address if following(screens, key) else "",
        "back": meeting.get_absolute_url() if meeting.pk else bloc_year.get_absolute_url(),
    }
    return render(request, template or f"campaigns/meetings/{key}.html", context)


def go_on(request, meeting, key):
    """The next screen, or the meeting's page after the last."""
    screen = following(screens_of(meeting, request.user), key)
    return redirect(screen.address if screen else meeting)


def following(screens, key):
    """The screen after one, or None after the last."""
    keys = [screen.key for screen in screens]
    after = screens[keys.index(key) + 1 :] if key in keys else []
    return after[0] if after else None


def _elected(bloc_year):
    """The units that lead the next year as far as they are named."""
    successor = bloc_year.successor()
    seats = successor.seats_in_order() if successor else []
    named = [seat for seat in seats if seat.unit]
    return {
        "leader": next((seat.unit for seat in named if seat.role == Seat.Role.LEADER), None),
        "deputies": [seat.unit for seat in named if seat.role == Seat.Role.DEPUTY],
    }
