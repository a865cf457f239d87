"""The windows of a year: which phase governs what, and what is refused outside it.

A bloc's own phase goes before that of the whole year. Where neither is set, nothing is refused. A phase ends
with the end of its last day, local time.
"""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import notation
from blocs.models import Bloc, Person, Post, Unit, UnitKind, UnitState
from blocs.permissions import Refusal, on_any_day, unless_on_paper, window_of
from campaigns.models import (
    AgendaItem,
    Attendance,
    BlocYear,
    Campaign,
    EmulationYear,
    Handover,
    Meeting,
    Observation,
    Phase,
    Pledge,
    PledgeContent,
    ReminderWave,
    Seat,
    Signature,
    Statement,
    Task,
)

Kind = Phase.Kind
# The phase of a kind of meeting; what is no milestone of the year is an activity.
OF_MEETING = {
    Meeting.Kind.YEAR_END: Kind.CONFERENCE,
    Meeting.Kind.MID_YEAR: Kind.MID_YEAR,
    Meeting.Kind.PREPARATORY: Kind.PREPARATORY,
    Meeting.Kind.ELECTION: Kind.ELECTION,
    Meeting.Kind.SIGNING: Kind.PLEDGE,
}


def phases_of(bloc_years):
    """{bloc-year key: {kind: phase}} for many bloc-years in one query."""
    bloc_years = list(bloc_years)
    known = Phase.objects.filter(
        Q(bloc_year__in=bloc_years)
        | Q(bloc_year__isnull=True, year__in={each.year_id for each in bloc_years})
    )
    of_year, own = defaultdict(dict), defaultdict(dict)
    for phase in known:
        if phase.bloc_year_id:
            own[phase.bloc_year_id][phase.kind] = phase
        else:
            of_year[phase.year_id][phase.kind] = phase
    return {each.pk: of_year[each.year_id] | own[each.pk] for each in bloc_years}


def phase_of(bloc_year, kind):
    """The phase that governs a step of a bloc's year, or None where no dates are set."""
    return phases_of([bloc_year])[bloc_year.pk].get(kind)


def closed(bloc_year, kind, day=None, *, before=True):
    """Why a step is outside its window on a day (today, unless told); None while it is inside.

    `before` asks for the first day too: what is only prepared may be written earlier.
    """
    day = day or timezone.localdate()
    phase = phase_of(bloc_year, kind)
    if phase is None:
        return None
    words = {"phase": phase.get_kind_display(), "bloc": bloc_year.name}
    if day > phase.last_day:
        return Refusal(
            _(
                "%(bloc)s: “%(phase)s” đã hết hạn ngày %(day)s. Việc đã làm trên giấy thì ghi nhận từ văn "
                "bản giấy kèm lý do; nếu chưa làm, đề nghị cán bộ thi đua, khen thưởng của bộ gia hạn."
            )
            % (words | {"day": notation.day(phase.last_day)})
        )
    if before and phase.first_day and day < phase.first_day:
        return Refusal(
            _(
                "%(bloc)s: “%(phase)s” bắt đầu từ ngày %(day)s. Việc đã làm trên giấy sớm hơn thì ghi nhận "
                "từ văn bản giấy kèm lý do."
            )
            % (words | {"day": notation.day(phase.first_day)})
        )
    return None


def phase_kind_of(meeting):
    """The kind of phase that governs a meeting."""
    return OF_MEETING.get(meeting.kind, Kind.ACTIVITIES)


def waits(meeting):
    """Whether what is noted of a meeting waits for its window to open: not once the meeting was held."""
    return not meeting.is_held(timezone.localdate())


def closed_to(meeting):
    """Why what is noted of a meeting is outside its window, for a page; empty while it is inside."""
    return closed_words(meeting.bloc_year, phase_kind_of(meeting), before=waits(meeting))


def closed_words(bloc_year, *kinds, before=True):
    """Why the first of some windows is not open today, for a page; empty while all are open."""
    refusals = (closed(bloc_year, kind, before=before) for kind in kinds)
    return next((str(refusal) for refusal in refusals if refusal is not None), "")


def in_words(refusal):
    """What a page says of a window: empty for None alone, because a refusal counts as false."""
    return "" if refusal is None else str(refusal)


def require_window(bloc_year, kind, *, paper=None, reason="", before=True):
    """Refuse an act of a step outside its window, unless it is recorded from paper and with a reason."""
    unless_on_paper(closed(bloc_year, kind, before=before), paper=paper, reason=reason)


# What is edited as rows may be prepared before the window opens; after its last day only from paper.


@window_of(Meeting)
def window_of_meeting(meeting):
    """The phase of its kind."""
    return closed(meeting.bloc_year, phase_kind_of(meeting), before=False)


@window_of(AgendaItem, Attendance, Statement)
def window_of_part(part):
    """The phase of the meeting."""
    return window_of_meeting(part.meeting)


@window_of(Pledge)
def window_of_pledge(pledge):
    """The first refusal among the bloc-years that it belongs to."""
    refusals = (closed(each, Kind.PLEDGE, before=False) for each in pledge.bloc_years.select_related("year"))
    return next((refusal for refusal in refusals if refusal is not None), None)


@window_of(PledgeContent, Signature)
def window_of_pledge_part(part):
    """The window of the pledge."""
    return window_of_pledge(part.pledge)


@window_of(Handover)
def window_of_handover(handover):
    """Open until both sides have handed over."""
    return Refusal(_("Việc bàn giao đã được ghi nhận.")) if handover.completed_on else None


on_any_day(EmulationYear, Phase, because="they are what windows are made of")
on_any_day(BlocYear, because="its name and organiser are mended until the year is closed")
on_any_day(Seat, because="seats follow decisions and elections, whenever they are made")
on_any_day(Campaign, because="campaigns run the whole year and beyond")
on_any_day(Observation, because="written as the year goes; the report that prints them has its window")
on_any_day(Task, because="carried out after the meeting, until it is done")
on_any_day(
    Unit, UnitState, UnitKind, Bloc, because="the organisation follows decisions, whenever they are made"
)
on_any_day(Person, Post, because="names and printed titles are mended at any time")
on_any_day(ReminderWave, because="reminders are sent whenever somebody is late")
