"""Small things that the steps of bloc-years rest on, read in one statement for all of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import connection

from campaigns.models import AgendaItem, BlocYear, EmulationYear, Handover, Meeting, Pledge, Signature

_TABLES = {
    model._meta.model_name: model._meta.db_table
    for model in (AgendaItem, BlocYear, EmulationYear, Handover, Meeting, Signature)
} | {"link": Pledge.bloc_years.through._meta.db_table}

_READ = """
SELECT 'outcome', meeting.bloc_year_id, NULL::bigint, item.kind, NULL::date, NULL::date
FROM {agendaitem} item JOIN {meeting} meeting ON meeting.id = item.meeting_id
WHERE meeting.bloc_year_id = ANY(%(keys)s) AND meeting.kind = %(year_end)s AND item.outcome <> ''
UNION ALL SELECT 'handover', bloc_year_id, NULL, '', day, completed_on
FROM {handover} WHERE bloc_year_id = ANY(%(keys)s)
UNION ALL SELECT 'signed', pledge_id, unit_id, '', NULL, NULL
FROM {signature} WHERE pledge_id IN (SELECT pledge_id FROM {link} WHERE blocyear_id = ANY(%(keys)s))
UNION ALL SELECT 'year', bloc_year.bloc_id, bloc_year.id, '', year.first_day, NULL
FROM {blocyear} bloc_year JOIN {emulationyear} year ON year.id = bloc_year.year_id
WHERE bloc_year.bloc_id = ANY(%(blocs)s)
""".format(**_TABLES)  # noqa: S608  names of our own tables


class Handed(NamedTuple):
    """When a bloc was handed over, and when both sides had signed."""

    day: date | None
    completed_on: date | None


@dataclass
class Facts:
    """What the steps of some bloc-years rest on."""

    outcomes: dict = field(default_factory=lambda: defaultdict(set))  # {bloc-year: kinds of settled items}
    handovers: dict = field(default_factory=dict)  # {bloc-year: Handed}
    signed: dict = field(default_factory=lambda: defaultdict(set))  # {pledge: units that signed}
    years: dict = field(default_factory=lambda: defaultdict(list))  # {bloc: (first day, bloc-year) in order}


def facts_of(bloc_years):
    """What was settled at year-end conferences, handed over and signed, and which years a bloc has.

    Kept with each bloc-year, for the steps of upper apps: like what is prefetched, of these instances alone.
    """
    kept = {id(facts): facts for facts in (getattr(each, "facts", None) for each in bloc_years)}
    if len(kept) == 1 and None not in kept.values():
        return next(iter(kept.values()))
    asked = {
        "keys": [each.pk for each in bloc_years],
        "blocs": [each.bloc_id for each in bloc_years],
        "year_end": Meeting.Kind.YEAR_END.value,
    }
    found = Facts()
    with connection.cursor() as cursor:
        cursor.execute(_READ, asked)
        for kind, key, row, text, day, other_day in cursor.fetchall():
            if kind == "outcome":
                found.outcomes[key].add(text)
            elif kind == "handover":
                found.handovers[key] = Handed(day, other_day)
            elif kind == "signed":
                found.signed[key].add(row)
            else:
                found.years[key].append((day, row))
    for years in found.years.values():
        years.sort()
    for each in bloc_years:
        each.facts = found
    return found
