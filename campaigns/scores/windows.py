"""The windows of scoring: which tier scores in which phase, and what was opened again for some units."""

from django.utils import timezone

from blocs.permissions import on_any_day, unless_on_paper, window_of
from campaigns.models import Phase
from campaigns.scores.models import (
    CriteriaSection,
    CriteriaSet,
    Criterion,
    Inspection,
    KnownResult,
    Measure,
    Reopening,
    ScoreSheet,
    Tier,
)
from campaigns.windows import closed

Kind = Phase.Kind

# The phase in which each tier scores.
OF_TIER = {
    Tier.SELF: Kind.SCORING,
    Tier.CHECK: Kind.CHECK,
    Tier.LEADER: Kind.CHECK,
    Tier.CONFERENCE: Kind.CONFERENCE,
    Tier.DEPARTMENT: Kind.PROPOSALS,
}


def closed_to_unit(bloc_year, kind, unit_id, day=None):
    """Why a step of scoring is outside its window for one unit; one that was opened again is inside."""
    day = day or timezone.localdate()
    refusal = closed(bloc_year, kind, day)
    if refusal is None:
        return None
    reopened = Reopening.objects.filter(
        bloc_year=bloc_year, phase_kind=kind, units=unit_id, last_day__gte=day
    )
    return None if reopened.exists() else refusal


def closed_to_sheet(sheet, day=None):
    """Why a sheet cannot be filled in on a day; one that was returned is open until its correction is due."""
    day = day or timezone.localdate()
    if sheet.state == ScoreSheet.State.RETURNED:
        due = sheet.corrections.filter(closed_at=None).values_list("due", flat=True).first()
        if due and day <= due:
            return None
    return closed_to_unit(sheet.bloc_year, OF_TIER[sheet.tier], sheet.unit_id, day)


def require_sheet_window(sheet, *, paper=None, reason=""):
    """Refuse to fill in a sheet outside its window, unless it is recorded from paper and with a reason."""
    unless_on_paper(closed_to_sheet(sheet), paper=paper, reason=reason)


@window_of(Inspection)
def window_of_inspection(inspection):
    """The phase of checking."""
    return closed(inspection.bloc_year, Kind.CHECK, before=False)


on_any_day(
    CriteriaSet, CriteriaSection, Criterion, Measure, because="a draft is written at any time, then frozen"
)
on_any_day(KnownResult, because="what is known of past years is entered whenever it is found")
