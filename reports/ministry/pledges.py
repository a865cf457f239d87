"""The pledges of the demonstration ministry: signed by all units last year, by all but some this year."""

from datetime import date, timedelta

from campaigns.models import Pledge, PledgeContent, Signature
from reports.ministry.building import words

NOT_SIGNED = 37  # units that have not signed this year's pledge
COMPLETE = 6  # blocs in which every unit has


def build(builder, groups):
    """Add both years' pledges of each bloc, with contents and signatures."""
    others = [
        member
        for group in groups[COMPLETE:]
        for member in group.members
        if member is not group.leads  # who brings the pledge has signed it
    ]
    missing = builder.some_of(others, NOT_SIGNED)
    for group in groups:
        _pledge(builder, group, group.before, date(builder.year - 2, 12, 18), group.leads_before, missing=[])
        _pledge(builder, group, group.now, group.conference_day, group.leads, missing)


def _pledge(builder, group, bloc_year, day, leads, missing):
    year = bloc_year.year
    signing = [member for member in group.members if member not in missing]
    pledge = builder.add(
        Pledge(
            code=f"giao-uoc-{group.bloc.place}-{year.code}",
            theme=builder.one_of(words()["year"]["themes"]),
            first_day=year.first_day,
            last_day=year.last_day,
            presented_by=leads.head.full_name,
            presented_by_title=leads.head_title,
            signed_on=day if len(signing) == len(group.members) else None,
            signed_at=leads.place,
            signing_units=len(group.members),
        )
    )
    if pledge.signed_on:
        pledge.signed_count = len(signing)
    builder.add(Pledge.bloc_years.through(pledge=pledge, blocyear=bloc_year))
    for place, text in enumerate(words()["year"]["pledge"], start=1):
        builder.add(PledgeContent(pledge=pledge, place=place, text=text.format(year=year.code)))
    for member in signing:
        later = builder.number(0, 8) if day.year == builder.year - 1 else 0
        builder.add(
            Signature(
                pledge=pledge,
                unit=member.unit,
                signer_name=member.head.full_name,
                signer_title=member.head_title,
                signed_on=day + timedelta(days=later),
            )
        )
