"""What the report of last year is made of: observations, proposals, exemplars."""

from awards.decisions.models import Exemplar
from awards.nominations.models import Nomination
from campaigns.models import Observation
from reports.ministry.building import words

# Award, how many units or colleagues of units are proposed for it.
PROPOSALS = [("CTDCP", "unit", 1), ("CTDB", "unit", 2), ("BKB", "person", 3), ("CSTDB", "person", 2)]


def add_observations(builder, group):
    """Add what the report says of a bloc's last year."""
    places = {}
    filled = {
        "members": len(group.members),
        "leader": group.leads_before.name,
        "deputy": group.leads.name,
    }
    for kind, text in words()["year"]["observations"]:
        places[kind] = places.get(kind, 0) + 1
        builder.add(
            Observation(bloc_year=group.before, kind=kind, place=places[kind], text=text.format(**filled))
        )


def add_proposals(builder, group, conference, awards):
    """Add what a bloc proposed and honoured at last year's conference."""
    for code, recipient, number in PROPOSALS:
        for place, member in enumerate(builder.some_of(group.members, number), start=1):
            nomination = Nomination(
                bloc_year=group.before,
                award=awards[code],
                place=place,
                achievement="Hoàn thành xuất sắc nhiệm vụ; có sáng kiến được áp dụng.",
                proposed_at=conference,
            )
            if recipient == "unit":
                nomination.unit = member.unit
            else:
                nomination.person = member.colleagues[1]
            builder.add(nomination)
    unit, *others = builder.some_of(group.members, 3)
    _exemplar(builder, group, conference, Exemplar.Kind.COLLECTIVE, 1, unit=unit.unit)
    for place, member in enumerate(others, start=1):
        person = member.colleagues[1]
        _exemplar(builder, group, conference, Exemplar.Kind.INDIVIDUAL, place, person=person)


def _exemplar(builder, group, conference, kind, place, **recipient):
    builder.add(
        Exemplar(
            bloc_year=group.before,
            kind=kind,
            place=place,
            achievement="Cách làm được các đơn vị trong Khối học theo.",
            honoured_at=conference,
            **recipient,
        )
    )
