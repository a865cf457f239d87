"""Who sits at a sitting: the team proposed from the bloc's leader and deputies, the unit's representative."""

from campaigns.models import Seat
from campaigns.scores.models import InspectionMember

Side = InspectionMember.Side


def team_seats(bloc_year, unit_id, day):
    """The seats of the leader and the deputies who check a unit; nobody checks the own unit."""
    return [
        seat
        for seat in bloc_year.seats_in_order()
        if seat.role != Seat.Role.MEMBER and seat.unit_id not in (None, unit_id) and seat.holds_on(day)
    ]


def members_of(inspection):
    """The members of a known inspection, the team first, in their order."""
    return sorted(inspection.members.all(), key=lambda each: (each.side != Side.TEAM, each.place, each.pk))


def with_team(inspection, seats, chosen):
    """The members where these units make up the team: who is known stays, others come and go.

    `seats` are {unit key: seat}, of which the representatives come; the checked unit's own sits opposite.
    """
    known = members_of(inspection) if inspection.pk else []
    kept = [
        each for each in known if each.side == Side.UNIT or each.unit_id is None or each.unit_id in chosen
    ]
    there = {each.unit_id for each in kept if each.side == Side.TEAM}
    team = [each for each in kept if each.side == Side.TEAM]
    team += [_member(Side.TEAM, seats[key]) for key in chosen if key not in there and key in seats]
    own = [each for each in kept if each.side == Side.UNIT]
    if not inspection.pk and inspection.unit_id in seats:
        own = [_member(Side.UNIT, seats[inspection.unit_id])]
    return [*team, *own]


def _member(side, seat):
    return InspectionMember(
        side=side, name=seat.representative, title=seat.representative_title, unit=seat.unit
    )
