"""The grid of 100 units by 60 criteria, from view entry to rendered response, against the least there is:

the same cells fetched by one SQL statement and rendered by the bare template engine. A cell is a link with
its points, those of the unit's own scoring to tell what differs, and whether evidence is there.
"""

from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import connection
from django.template import Context, Engine
from django.utils import timezone

from campaigns.models import Seat
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import (
    CriteriaSection,
    CriteriaSet,
    Criterion,
    Evidence,
    Measure,
    Score,
    ScoreSheet,
)
from campaigns.scores.tables.views.grid import grid
from tests import factories
from tests.benchmarks.measuring import compare
from tests.benchmarks.pages import queries, request

NAME = "grid"
UNITS, CRITERIA, SECTIONS = 100, 60, 6

SQL = """
SELECT unit.id, state.official_name, sheet.total, criterion.key, score.points, own.points,
       EXISTS (SELECT FROM scores_evidence evidence
               WHERE evidence.sheet_id = self.id AND evidence.criterion_id = criterion.id)
FROM campaigns_seat seat
JOIN blocs_unit unit ON unit.id = seat.unit_id
JOIN blocs_unitstate state ON state.unit_id = unit.id
JOIN scores_scoresheet sheet
  ON sheet.unit_id = unit.id AND sheet.bloc_year_id = seat.bloc_year_id AND sheet.tier = 'check'
JOIN scores_criterion criterion ON criterion.criteria_set_id = sheet.criteria_set_id
LEFT JOIN scores_score score ON score.sheet_id = sheet.id AND score.criterion_id = criterion.id
LEFT JOIN scores_scoresheet self
  ON self.unit_id = unit.id AND self.bloc_year_id = seat.bloc_year_id AND self.tier = 'self'
LEFT JOIN scores_score own ON own.sheet_id = self.id AND own.criterion_id = criterion.id
WHERE seat.bloc_year_id = %(key)s
ORDER BY unit.decree_place, unit.id, criterion.place
"""
TEMPLATE = """<!doctype html><title>{{ title }}</title><table>{% for unit, name, total, cells in rows %}
<tr><th>{{ name }}</th><td>{{ total }}</td>{% for key, points, own, evidence in cells %}<td>
<a href="?o={{ unit }}-{{ key }}">{{ points }}{% if points != own %} ≠{% endif %}{% if not evidence %} ○
{% endif %}</a></td>{% endfor %}</tr>{% endfor %}</table>"""


def run():
    """The grid of one tier as the department reads it."""
    bloc_year = make_scores(UNITS, CRITERIA)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # both plan their queries as on a database that is not new
    staff = factories.user_with("staff")
    template = Engine().from_string(TEMPLATE)

    def page():
        made = request(staff, {"cap": "check"})
        return grid(made, bloc_year.year.code, bloc_year.bloc.code).content

    def cell():
        """One cell alone, as it is opened beside the grid."""
        unit = bloc_year.seats.first().unit_id
        made = request(staff, {"cap": "check", "o": f"{unit}-tieu-chi-1"})
        made.htmx = True
        return grid(made, bloc_year.year.code, bloc_year.bloc.code).content

    def bare():
        return template.render(Context({"title": "2020", "rows": list(rows(bloc_year.pk))}))

    than = "one SQL statement and the bare template engine"
    return [
        compare("grid, 100 units by 60 criteria", page, bare, than=than),
        compare("one cell of it", cell, bare, than=f"{than}, of the whole grid"),
        queries("grid, 100 units by 60 criteria", page, bare),
        queries("one cell of it", cell, bare),
    ]


def rows(key):
    """(unit, name, total, cells) of one statement, a row for each unit."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"key": key})
        found = cursor.fetchall()
    for (unit, name, total), cells in groupby(found, lambda row: row[:3]):
        yield unit, name, total, [cell[3:] for cell in cells]


def make_scores(units, criteria):
    """A bloc's year whose units have scored themselves and been checked, with deviations and evidence."""
    year = factories.EmulationYearFactory(
        code="2020", first_day=date(2020, 1, 1), last_day=date(2020, 12, 31)
    )
    bloc_year = factories.BlocYearFactory(year=year, criteria_set=make_set(year, criteria))
    now, post = timezone.now(), factories.PostFactory()
    known = list(Criterion.objects.filter(criteria_set=chosen_set(bloc_year)))
    states = [factories.UnitStateFactory() for _unit in range(units)]
    Seat.objects.bulk_create(Seat(bloc_year=bloc_year, unit=state.unit) for state in states)
    for tier, taken in (("self", 0), ("check", 1)):
        sheets = ScoreSheet.objects.bulk_create(
            ScoreSheet(
                bloc_year=bloc_year,
                unit=state.unit,
                tier=tier,
                criteria_set=chosen_set(bloc_year),
                state="sent" if tier == "self" else "draft",
                sent_at=now if tier == "self" else None,
                total=Decimal(90),
            )
            for state in states
        )
        Score.objects.bulk_create(
            Score(
                sheet=sheet,
                criterion=criterion,
                points=Decimal(place % 10) / 4 + (taken if (place + number) % 9 == 0 else 0),
                saved_at=now,
            )
            for number, sheet in enumerate(sheets)
            for place, criterion in enumerate(known)
            if tier == "self" or (place + number) % 20
        )
        if tier == "self":
            Evidence.objects.bulk_create(
                Evidence(
                    sheet=sheet, criterion=criterion, kind="text", text="Có", added_at=now, added_by=post
                )
                for number, sheet in enumerate(sheets)
                for place, criterion in enumerate(known)
                if (place + number) % 4
            )
    return bloc_year


def make_set(year, criteria):
    """A frozen set of so many criteria in six sections."""
    made = CriteriaSet.objects.create(year=year, name="Bộ tiêu chí")
    sections = CriteriaSection.objects.bulk_create(
        CriteriaSection(criteria_set=made, key=f"muc-{place}", code=str(place), title="Mục", place=place)
        for place in range(1, SECTIONS + 1)
    )
    known = Criterion.objects.bulk_create(
        Criterion(
            criteria_set=made,
            section=sections[place * SECTIONS // criteria],
            key=f"tieu-chi-{place + 1}",
            code=str(place + 1),
            place=place + 1,
            text="Hoàn thành kế hoạch công tác năm",
            maximum=Decimal(10),
            needs_evidence=place % 2 == 0,
        )
        for place in range(criteria)
    )
    Measure.objects.bulk_create(
        Measure(criterion=each, key="ty-le", kind="ratio", points=Decimal(10), settings={"unit": "văn bản"})
        for each in known
    )
    made.frozen_on = year.first_day
    made.move_to("frozen")
    return made
