"""The two years of the demonstration ministry: blocs, seats, phases, campaigns, hand-overs."""

from datetime import date, timedelta

from campaigns.models import BlocYear, Campaign, EmulationYear, Handover, Phase, Seat
from reports.ministry.building import words

NOT_CLOSED = 3  # blocs whose last year is still open
Kind, Role = Phase.Kind, Seat.Role

# Kind of phase, its first and last day as (month, day); the report is due in the year that follows.
PHASES = [
    (Kind.PLAN, (1, 1), (2, 28)),
    (Kind.PLEDGE, None, (3, 31)),
    (Kind.ACTIVITIES, (3, 1), (11, 30)),
    (Kind.MID_YEAR, (6, 1), (7, 31)),
    (Kind.SCORING, (11, 1), (11, 30)),
    (Kind.CHECK, (11, 15), (12, 10)),
    (Kind.EXPLANATION, (11, 25), (12, 15)),
    (Kind.PREPARATORY, (11, 15), (12, 10)),
    (Kind.CONFERENCE, (12, 1), (12, 25)),
    (Kind.VOTE, (12, 1), (12, 25)),
    (Kind.ELECTION, (12, 1), (12, 25)),
    (Kind.PROPOSALS, (12, 1), (12, 31)),
]


def build(builder, root, groups):
    """Add both years with their phases, blocs, seats, campaigns and hand-overs."""
    ministry = _ministry_campaign(builder, root)
    before, now = (_year(builder, number) for number in (builder.year - 1, builder.year))
    for place, group in enumerate(groups):
        closed = place < len(groups) - NOT_CLOSED
        group.before = _bloc_year(builder, group, before, root, group.leads_before)
        group.before.closed_on = before.last_day if closed else None
        group.now = _bloc_year(builder, group, now, root, group.leads if closed else None)
        for bloc_year, leads, deputy in (
            (group.before, group.leads_before, group.leads),
            (group.now, group.leads, group.deputy),
        ):
            _seats(builder, group, bloc_year, leads, deputy)
        _handover(builder, group, completed_on=before.last_day if closed else None)
    for group in builder.some_of(groups, 2):
        _exception(builder, group)
    _campaigns(builder, ministry, groups)


def _year(builder, number):
    year = builder.add(
        EmulationYear(code=str(number), first_day=date(number, 1, 1), last_day=date(number, 12, 31))
    )
    for kind, first, last in PHASES:
        first_day = first and date(number, *first)
        builder.add(Phase(year=year, kind=kind, first_day=first_day, last_day=date(number, *last)))
    builder.add(Phase(year=year, kind=Kind.REPORT, last_day=date(number + 1, 1, 31)))
    return year


def _bloc_year(builder, group, year, root, planner):
    """A bloc in a year; its plan is the planner's, and not issued yet where there is none."""
    bloc_year = builder.add(BlocYear(bloc=group.bloc, year=year, name=group.name, organiser=root))
    if planner:
        bloc_year.plan_reference = f"{builder.number(10, 90)}/KH-{planner.symbol}"
        bloc_year.plan_issued_on = year.first_day + timedelta(days=4)
    return bloc_year


def _seats(builder, group, bloc_year, leads, deputy):
    """The seats of a year; a unit that was merged sat in its bloc until that day."""
    for member in group.members:
        role = Role.LEADER if member is leads else Role.DEPUTY if member is deputy else Role.MEMBER
        builder.add(
            Seat(
                bloc_year=bloc_year,
                unit=member.unit,
                role=role,
                representative=member.head.full_name,
                representative_title=member.head_title,
            )
        )
        if member.absorbed and bloc_year is group.before:
            builder.add(
                Seat(bloc_year=bloc_year, unit=member.absorbed, last_day=date(builder.year - 1, 6, 30))
            )


def _handover(builder, group, completed_on):
    """The hand-over between last year's leader and this year's: done, or only begun."""
    before, after = group.leads_before, group.leads
    handover = Handover(
        bloc_year=group.before, from_unit=before.unit, to_unit=after.unit, completed_on=completed_on
    )
    if completed_on:
        handover.day = completed_on - timedelta(days=2)
        handover.place = before.place
        handover.giver_name, handover.giver_title = before.head.full_name, before.head_title
        handover.receiver_name, handover.receiver_title = after.head.full_name, after.head_title
        handover.other_items = "Cờ luân lưu của Khối, 01 chiếc"
    builder.add(handover)


def _exception(builder, group):
    """A bloc that has more time for its joint activities."""
    builder.add(
        Phase(
            year=group.now.year,
            bloc_year=group.now,
            kind=Kind.ACTIVITIES,
            first_day=date(builder.year, 3, 1),
            last_day=date(builder.year, 12, 15),
            reason="Khối đề nghị lùi Ngày hội vì mưa bão",
        )
    )


def _ministry_campaign(builder, root):
    """A campaign of the ministry over several years."""
    return builder.add(
        Campaign(
            code="bo-mau-thi-dua",
            launched_by=root,
            name="Bộ Mẫu thi đua làm tốt việc nhỏ",
            first_day=date(builder.year - 1, 1, 1),
            last_day=date(builder.year + 2, 12, 31),
        )
    )


def _campaigns(builder, ministry, groups):
    """A campaign of each bloc in each year, within the ministry's."""
    for group in groups:
        for bloc_year, leads in ((group.before, group.leads_before), (group.now, group.leads)):
            builder.add(
                Campaign(
                    code=f"{group.bloc.code[:70]}-{bloc_year.year.code}",
                    bloc_year=bloc_year,
                    parent=ministry,
                    launched_by=leads.unit,
                    theme=builder.one_of(words()["year"]["themes"]),
                    launched_at=leads.place,
                    first_day=bloc_year.year.first_day,
                    last_day=bloc_year.year.last_day,
                )
            )
