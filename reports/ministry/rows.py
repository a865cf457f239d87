"""All rows of the demonstration ministry, in the order in which they depend on each other."""

from awards.models import AwardKind
from reports.ministry import meetings, organisation, people, pledges, records, years
from reports.ministry.building import Builder


def build(seed, year):
    """The ministry in a year and the year before it: its builder with rows not saved yet, its blocs."""
    builder = Builder(seed, year)
    root, department, groups = organisation.build(builder)
    for group in groups:
        group.leads_before, group.leads, group.deputy = builder.some_of(group.members, 3)
    people.build(builder, root, department, groups)
    years.build(builder, root, groups)
    pledges.build(builder, groups)
    awards = AwardKind.objects.in_bulk(field_name="code")
    for group in groups:
        conference = meetings.held(builder, group)
        meetings.planned(builder, group)
        records.add_observations(builder, group)
        records.add_proposals(builder, group, conference, awards)
    return builder, groups
