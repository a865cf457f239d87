"""What a paper is about, as its address names it and as this person may see it; 404 otherwise."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404

from blocs.models import User
from campaigns.models import Handover, Meeting, ReminderWave, Seat
from campaigns.scores.models import Inspection
from campaigns.years.views import find_bloc_year, places_of
from reports.documents import MEETING_PAPERS, PAPERS, YEAR_END_SUMMARY
from reports.documents.base import DocumentKind, PrintedKind
from reports.documents.handover import HANDOVER
from reports.documents.reminder_letter import REMINDER_LETTER
from reports.documents.scores import INSPECTION, INSPECTION_COPIES, RANKING, SCORE_TABLE, SHEET


@dataclass(frozen=True)
class Found:
    """A kind of paper about a subject for a reader, in an edition, with the pages beside it."""

    kind: PrintedKind
    subject: Model
    reader: User
    edition: str = ""
    beside: list = field(default_factory=list)

    @cached_property
    def facts(self):
        """What the paper says, gathered once."""
        return self.kind.facts(self.subject, self.reader)

    @property
    def address(self):
        return self.kind.address(self.subject, self.edition)

    @property
    def draft_address(self):
        """Where the next draft is asked for."""
        return f"{self.address}lap-du-thao/"

    @property
    def print_address(self):
        """Where a PDF to be printed is asked for."""
        return f"{self.address}ban-in/"

    def file_address(self, ending):
        """Where the paper as it is today is had as a file."""
        return f"{self.address}hom-nay.{ending}"

    @property
    def is_issued(self):
        """Whether the paper has a life of its own, and is not only printed."""
        return isinstance(self.kind, DocumentKind)


def of_bloc_year(user, year, bloc, edition):
    """The report of a bloc's year."""
    if edition not in YEAR_END_SUMMARY.editions:
        raise Http404
    bloc_year = find_bloc_year(user, year, bloc)
    return Found(YEAR_END_SUMMARY, bloc_year, user, edition, places_of(bloc_year, user))


def of_meeting(user, year, bloc, pk, kind):
    """A paper of a meeting."""
    if PAPERS.get(kind) not in MEETING_PAPERS:
        raise Http404
    return Found(PAPERS[kind], find_meeting(user, year, bloc, pk), user)


def of_scores(user, year, bloc):
    """The table of a bloc's scores."""
    return Found(SCORE_TABLE, find_bloc_year(user, year, bloc), user)


def of_ranking(user, year, bloc):
    """The notice of a bloc's ranking."""
    return Found(RANKING, find_bloc_year(user, year, bloc), user)


def of_unit(user, year, bloc, unit):
    """The sheet of a unit of a bloc, by its first seat there."""
    seats = Seat.objects.visible_to(user).select_related("bloc_year__year", "bloc_year__bloc", "unit")
    found = seats.filter(bloc_year__year__code=year, bloc_year__bloc__code=bloc, unit__code=unit).first()
    if found is None:
        raise Http404
    return Found(SHEET, found, user)


def of_inspection(user, year, bloc, unit):
    """The minutes of a team's sitting with a unit."""
    return Found(INSPECTION, find_inspection(user, year, bloc, unit), user)


def of_inspection_copies(user, year, bloc, unit):
    """The same in two copies, to be signed on the spot."""
    return Found(INSPECTION_COPIES, find_inspection(user, year, bloc, unit), user)


def of_handover(user, year, bloc):
    """The minutes of a bloc's hand-over."""
    handovers = Handover.objects.visible_to(user).select_related(
        "bloc_year__year", "bloc_year__bloc", "from_unit"
    )
    found = get_object_or_404(handovers, bloc_year__year__code=year, bloc_year__bloc__code=bloc)
    return Found(HANDOVER, found, user)


def of_wave(user, year, wave):
    """The letter of a wave of reminders."""
    waves = ReminderWave.objects.visible_to(user).select_related("year")
    return Found(REMINDER_LETTER, get_object_or_404(waves, year__code=year, pk=wave), user)


def find_inspection(user, year, bloc, unit):
    """A sitting that this person may see; 404 otherwise."""
    known = Inspection.objects.visible_to(user).select_related("bloc_year__year", "bloc_year__bloc", "unit")
    return get_object_or_404(known, bloc_year__year__code=year, bloc_year__bloc__code=bloc, unit__code=unit)


def find_meeting(user, year, bloc, pk):
    """A meeting whose content this person may read: a preparatory one stays closed at first."""
    meetings = Meeting.objects.visible_to(user)
    standing = user.standing()
    if not standing.sees_all:
        meetings = meetings.open_to(standing.unit_ids)
    meetings = meetings.select_related("bloc_year__year", "bloc_year__bloc")
    return get_object_or_404(meetings, bloc_year__year__code=year, bloc_year__bloc__code=bloc, pk=pk)
