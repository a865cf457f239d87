"""The points that a conference agrees: a screen of recording it, for units with the figures that count."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.contributions import Progress, Step, registry
from campaigns.models import Meeting
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import ScoreSheet, Tier
from campaigns.scores.scoring import wording
from campaigns.scores.scoring.plan import of_tier
from campaigns.scores.sheets.counting import scores_of

PLACE = 3  # after what came of the items of the agenda


@dataclass(frozen=True)
class Agreed:
    """One unit before the conference: what counts now, what the conference gives, whether it is released."""

    unit: object
    name: str
    counts: str
    total: str
    is_released: bool
    is_whole: bool
    address: str


def register():
    """Add the screen to those of a year-end conference."""
    registry.recording.append(screens)


def screens(meeting, user):
    """The screen where the points are agreed, of a conference of a bloc whose criteria ask for it."""
    bloc_year = meeting.bloc_year
    if meeting.kind != Meeting.Kind.YEAR_END or chosen_set(bloc_year) is None:
        return
    sheets = ScoreSheet.objects.filter(bloc_year=bloc_year, tier=Tier.CONFERENCE)
    states = list(sheets.values_list("state", flat=True))
    released = states.count(ScoreSheet.State.RELEASED)
    units = len({seat.unit_id for seat in bloc_year.seats.all() if seat.unit_id})
    progress = Progress.UNDER_WAY if states else Progress.WAITING
    yield Step(
        key="scores",
        place=PLACE,
        title=_("Thống nhất điểm"),
        progress=Progress.DONE if units and released >= units else progress,
        address=reverse("meeting-scores", args=[bloc_year.year.code, bloc_year.bloc.code, meeting.pk]),
    )


def agreed(bloc_year):
    """What each unit has before the conference, in the order of the bloc; empty where it scores nothing."""
    scores = scores_of([bloc_year])[bloc_year.pk]
    if scores.plan is None or not of_tier(scores.plan, Tier.CONFERENCE).criteria:
        return []
    units = {seat.unit_id: seat.unit for seat in bloc_year.seats_in_order() if seat.unit_id}
    return [_agreed(bloc_year, scores, unit) for unit in units.values()]


def _agreed(bloc_year, scores, unit):
    totals = scores.totals(unit.pk)
    sheet = scores.sheet(unit.pk, Tier.CONFERENCE)
    of_conference = set(of_tier(scores.plan, Tier.CONFERENCE).criteria)
    missing = of_conference & set(totals.missing) if totals else of_conference
    place = [bloc_year.year.code, bloc_year.bloc.code, unit.code]
    return Agreed(
        unit=unit,
        name=unit.name(bloc_year.year.last_day),
        counts=wording.number(totals.total) if totals else "",
        total="" if sheet is None or sheet.total is None else wording.number(sheet.total),
        is_released=sheet is not None and sheet.state == ScoreSheet.State.RELEASED,
        is_whole=sheet.is_complete if sheet else not missing,
        address=reverse("score-tier", args=[*place, Tier.CONFERENCE]),
    )
