"""Recording a meeting held on paper: its screens in their order, and the paper told of on the first."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.contributions import Progress, Step, registry
from blocs.journal import Paper
from blocs.models import Entry
from campaigns.actions import record_meeting
from campaigns.models import Attendance, Meeting, Seat

WITH_ELECTION = (Meeting.Kind.YEAR_END, Meeting.Kind.ELECTION)


@dataclass(frozen=True)
class Kept:
    """The paper that a meeting was recorded from, with the reason given where its window had closed."""

    paper: Paper
    reason: str


def register():
    """Add this app's screens to those of every meeting."""
    registry.recording.append(screens)


def screens_of(meeting, user):
    """The screens of a meeting in their order, each with how far it is."""
    found = [screen for provider in registry.recording for screen in provider(meeting, user)]
    return sorted(found, key=lambda screen: screen.place)


def screens(meeting, user):
    """The screens that this app knows: who was there, what came of the agenda, election, pledge."""
    present = any(each.presence == Attendance.Presence.PRESENT for each in meeting.attendances.all())
    items = list(meeting.agendaitems.all())
    yield _screen(
        meeting, "record", 1, _("Thời gian, thành phần"), bool(meeting.first_day and present), present
    )
    yield _screen(
        meeting,
        "outcomes",
        2,
        _("Kết quả từng nội dung"),
        bool(items) and all(item.outcome for item in items),
        any(item.outcome for item in items),
    )
    if meeting.kind in WITH_ELECTION:
        yield _election(meeting)
    if meeting.kind == Meeting.Kind.YEAR_END:
        yield _pledge(meeting)


def kept_paper(meeting):
    """The paper that a meeting was last recorded from, or None where it was not."""
    entries = Entry.objects.about(meeting).filter(act=record_meeting.act.code, paper__isnull=False)
    entry = entries.select_related("paper__scan").defer("paper__scan__content").first()
    if entry is None:
        return None
    paper = entry.paper
    return Kept(
        Paper(day=paper.day, place=paper.place, participants=paper.participants, scan=paper.scan),
        entry.reason,
    )


def _election(meeting):
    successor = meeting.bloc_year.successor()
    seats = list(successor.seats.all()) if successor else []
    leader = next((seat for seat in seats if seat.role == Seat.Role.LEADER), None)
    title = _("Bầu %(leader)s, %(deputy)s năm sau") % {
        "leader": meeting.bloc_year.leader_label,
        "deputy": meeting.bloc_year.deputy_label,
    }
    return _screen(meeting, "election", 5, title, bool(leader and leader.unit_id), leader)


def _pledge(meeting):
    successor = meeting.bloc_year.successor()
    pledges = list(successor.pledges.all()) if successor else []
    signed = any(pledge.is_signed for pledge in pledges)
    return _screen(meeting, "pledge", 6, _("Ký giao ước năm sau"), signed, pledges)


def _screen(meeting, key, place, title, done, begun):
    progress = Progress.DONE if done else Progress.UNDER_WAY if begun else Progress.WAITING
    return Step(key=key, place=place, title=title, progress=progress, address=address_of(meeting, key))


def address_of(meeting, key):
    """The address of a screen of a meeting."""
    bloc_year = meeting.bloc_year
    return reverse(f"meeting-{key}", args=[bloc_year.year.code, bloc_year.bloc.code, meeting.pk])
