"""Who is there: noted at the door of a meeting, row by row or all at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.forms import AGAIN, PaperFields, add_refusal, show_newer
from blocs.permissions import Refused
from blocs.versions import Unchanged
from campaigns import actions
from campaigns.meetings.forms.meetings import AttendanceRow, GuestRow, InvitedRow
from campaigns.meetings.guests import in_order
from campaigns.meetings.views.meetings import find_open_meeting
from campaigns.models import Attendance
from campaigns.windows import closed_to, closed_words, phase_kind_of

Presence = Attendance.Presence
INVITED = ("ministry", "department", "guest")  # one empty row for each
USUAL_TITLES = ["Cục trưởng", "Phó Cục trưởng", "Vụ trưởng", "Phó Vụ trưởng", "Viện trưởng"]


@require_http_methods(["GET", "POST"])
def attendance(request, year, bloc, pk):
    """Those expected, present unless said otherwise; who came instead; who came besides."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    posted = request.POST if request.method == "POST" else None
    attendances = in_order(meeting.attendances.all())
    rows = rows_of(attendances, posted)
    guest = GuestRow(posted, prefix="guest", use_required_attribute=False)
    form = PaperFields(posted, request.FILES or None)
    sound = posted is not None and _is_sound(form, guest, rows, posted, alone=_is_alone(request))
    if sound and _saved(request, meeting, form, guest, rows):
        if not request.htmx:
            return redirect("meeting-attendance", year, bloc, pk)
        _bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
        attendances = in_order(meeting.attendances.all())
        sent = {row.key for row in rows}
        rows = [row for row in rows_of(attendances) if row.key in sent]
    context = {
        "bloc_year": bloc_year,
        "meeting": meeting,
        "form": form,
        "rows": rows,
        "guest": guest,
        "window": closed_to(meeting),
        "came": _came(attendances),
        "titles": titles_of(attendances),
        "here": reverse("meeting-attendance", args=[year, bloc, pk]),
    }
    part = "#rows" if request.htmx else ""
    return render(request, f"campaigns/meetings/attendance.html{part}", context)


@require_http_methods(["GET", "POST"])
def invite(request, year, bloc, pk):
    """Add guests to those whom a meeting expects: the ministry's leaders, the department, others."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    posted = request.POST if request.method == "POST" else None
    form = PaperFields(posted, request.FILES or None)
    rows = [
        InvitedRow(
            posted, prefix=f"guest{number}", initial={"capacity": capacity}, use_required_attribute=False
        )
        for number, capacity in enumerate(INVITED, 1)
    ]
    if posted is not None:
        if all([form.is_valid(), *(row.is_valid() for row in rows)]):
            guests = [guest for guest in (row.attendance() for row in rows) if guest]
            told = {"paper": form.paper(), "reason": form.cleaned_data["reason"]}
            try:
                actions.invite(meeting=meeting, guests=guests, by=request.user, **told)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Đã thêm người được mời."))
                return redirect(f"{meeting.get_absolute_url()}#attendance")
        explain(form, [(_("Người được mời"), row) for row in rows])
    context = {
        "bloc_year": bloc_year,
        "meeting": meeting,
        "form": form,
        "rows": rows,
        "window": closed_words(bloc_year, phase_kind_of(meeting), before=False),
        "here": reverse("meeting-invite", args=[year, bloc, pk]),
    }
    return render(request, "campaigns/meetings/invite.html", context)


def rows_of(attendances, posted=None):
    """A form for each attendance; once sent, for those alone that were sent."""
    known = [(key_of(each), each) for each in attendances]
    if posted is None:
        return [AttendanceRow(attendance=each, key=key) for key, each in known]
    sent = {posted["only"]} if "only" in posted else set(posted.getlist("row"))
    return [AttendanceRow(posted, attendance=each, key=key) for key, each in known if key in sent]


def require_known_rows(form, rows, posted):
    """Say above a form which rows that were sent somebody else has removed, and what was typed there."""
    sent = {posted["only"]} if "only" in posted else set(posted.getlist("row"))
    for key in sorted(sent - {row.key for row in rows}):
        typed = [posted.get(f"{key}-{name}", "").strip() for name in ("name", "title")]
        told = {"row": ", ".join(filter(None, typed)) or "–"}
        words = _("Một dòng vừa được người khác xoá (đã gõ: %(row)s). Hãy mở lại trang.")
        form.add_error(None, words % told)


def show_newer_rows(form, rows, refused):
    """Show the rows that somebody else has noted otherwise as of now, to be written over knowingly."""
    parts = {part.row.pk: part.row for part in getattr(refused, "parts", ())}
    for row in rows:
        if row.attendance.pk in parts:
            show_newer(row, {f"{row.key}-shown_version": parts[row.attendance.pk].version})
    if parts and not refused.newer:
        form.add_error(None, AGAIN)


def key_of(attendance):
    """What a row is called in its form: by its key, or by its unit while it is only expected."""
    return f"row{attendance.pk}" if attendance.pk else f"unit{attendance.unit_id}"


def titles_of(attendances):
    """Posts to choose from while a name is typed: those of this meeting, then the usual ones."""
    return list(dict.fromkeys([*(each.title for each in attendances if each.name), *USUAL_TITLES]))


def explain(form, rows):
    """Add to a form what is wrong in its rows, so that the list above the page names all of it."""
    for label, row in rows:
        for messages_of_field in row.errors.values():
            for message in messages_of_field:
                form.add_error(None, f"{label}: {message}")


def name_of(attendance):
    """Whom a row is about, in words."""
    return attendance.as_addressed or attendance.title


def _is_alone(request):
    """Whether one row was sent, not the whole page."""
    return bool(request.htmx) or "only" in request.POST


def _is_sound(form, guest, rows, posted, alone):
    sound = all([form.is_valid(), *(row.is_valid() for row in rows), alone or guest.is_valid()])
    require_known_rows(form, rows, posted)
    if not sound:
        labelled = [(name_of(row.attendance), row) for row in rows]
        explain(form, [*labelled, *([] if alone else [(_("Người dự thêm"), guest)])])
    return sound and form.is_valid()


def _saved(request, meeting, form, guest, rows):
    noted = [(row.shown(), row.changes()) for row in rows]
    added = None if _is_alone(request) else guest.attendance()
    if added:
        noted.append((added, {}))
    if not any(changes or each.pk is None for each, changes in noted):
        messages.info(request, _("Không có gì thay đổi để ghi."))
        return True
    try:
        actions.note_attendance(
            meeting=meeting,
            attendances=noted,
            by=request.user,
            paper=form.paper(),
            reason=form.cleaned_data["reason"],
        )
    except Unchanged:
        return True  # somebody else has noted the same
    except Refused as refused:
        add_refusal(form, refused)
        show_newer_rows(form, rows, refused)
        return False
    if not request.htmx:
        messages.success(request, _("Đã ghi điểm danh."))
    return True


def _came(attendances):
    """How many are there of how many."""
    present = sum(each.presence == Presence.PRESENT for each in attendances)
    return _("Đã ghi %(present)s/%(all)s người có mặt") % {"present": present, "all": len(attendances)}
