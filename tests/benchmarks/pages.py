"""The year's list page and the bloc's page, from view entry to rendered response, against the least there is:

the same rows fetched by one SQL statement and rendered by the bare template engine.
"""

from datetime import date

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection
from django.template import Context, Engine
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from campaigns.models import Seat
from campaigns.years.views.bloc_years import bloc_year
from campaigns.years.views.years import year
from tests import factories
from tests.benchmarks.measuring import Row, compare

NAME = "pages"
BLOCS, UNITS = 15, 10

LIST_SQL = """
SELECT by.name, leader.official_name, count(seat.unit_id)
FROM campaigns_blocyear by
JOIN campaigns_emulationyear y ON y.id = by.year_id
LEFT JOIN campaigns_seat seat ON seat.bloc_year_id = by.id
LEFT JOIN campaigns_seat first ON first.bloc_year_id = by.id AND first.role = 'leader'
LEFT JOIN blocs_unitstate leader ON leader.unit_id = first.unit_id
WHERE y.code = '2020'
GROUP BY by.id, by.name, leader.official_name
ORDER BY by.id LIMIT 25
"""
LIST_TEMPLATE = """<!doctype html><title>{{ title }}</title><table>{% for name, leader, members in rows %}
<tr><th>{{ name }}</th><td>{{ leader }}</td><td>{{ members }}</td></tr>{% endfor %}</table>"""

BLOC_SQL = """
SELECT 'unit', state.official_name, seat.role FROM campaigns_seat seat
JOIN blocs_unitstate state ON state.unit_id = seat.unit_id WHERE seat.bloc_year_id = %(key)s
UNION ALL SELECT 'observation', text, kind FROM campaigns_observation WHERE bloc_year_id = %(key)s
UNION ALL SELECT 'meeting', title, place_name FROM campaigns_meeting WHERE bloc_year_id = %(key)s
UNION ALL SELECT 'proposal', kind.code, '' FROM nominations_nomination nomination
JOIN awards_awardkind kind ON kind.id = nomination.award_id WHERE nomination.bloc_year_id = %(key)s
UNION ALL SELECT 'pledge', pledge.theme, '' FROM campaigns_pledge pledge
JOIN campaigns_pledge_bloc_years link ON link.pledge_id = pledge.id WHERE link.blocyear_id = %(key)s
"""
BLOC_TEMPLATE = """<!doctype html><title>{{ title }}</title><table>{% for kind, name, note in rows %}
<tr><th>{{ kind }}</th><td>{{ name }}</td><td>{{ note }}</td></tr>{% endfor %}</table>"""


def run():
    """Both pages with a year of 15 blocs of 10 units."""
    bloc_years = make_year()
    staff = factories.user_with("staff")
    first = bloc_years[0]
    engine = Engine()
    list_template, bloc_template = engine.from_string(LIST_TEMPLATE), engine.from_string(BLOC_TEMPLATE)

    def list_page():
        return year(request(staff), "2020").content

    def bare_list():
        return bare(list_template, LIST_SQL, {})

    def bloc_page():
        return bloc_year(request(staff), "2020", first.bloc.code).content

    def bare_bloc():
        return bare(bloc_template, BLOC_SQL, {"key": first.pk})

    than = "one SQL statement and the bare template engine"
    return [
        compare("year's list page", list_page, bare_list, than=than),
        compare("bloc's page", bloc_page, bare_bloc, than=than),
        queries("year's list page", list_page, bare_list),
        queries("bloc's page", bloc_page, bare_bloc),
    ]


def queries(figure, ours, baseline):
    """How many queries each needs."""
    counts = []
    for function in (ours, baseline):
        with CaptureQueriesContext(connection) as captured:
            function()
        counts.append(len(captured))
    return Row(f"{figure}, queries", *counts, than="one SQL statement", unit="")


def bare(template, sql, parameters):
    """The rows of one statement in a template that holds nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    return template.render(Context({"title": "2020", "rows": rows}))


class NoMessages(BaseStorage):
    """A request's messages, of which there are none."""

    def _get(self, *args, **kwargs):
        return [], True


def request(user, query=None):
    """A page view by somebody whose posts are read anew, as in a real request."""
    made = RequestFactory().get("/", query)
    made.user = type(user).objects.get(pk=user.pk)
    made.session = SessionStore()
    made.htmx = False
    made._messages = NoMessages(made)
    return made


def make_year():
    """A year with its blocs, each with units, observations, meetings, proposals and a pledge."""
    year = factories.EmulationYearFactory(
        code="2020", first_day=date(2020, 1, 1), last_day=date(2020, 12, 31)
    )
    award = factories.AwardKindFactory()
    bloc_years = []
    for _bloc in range(BLOCS):
        bloc_year = factories.BlocYearFactory(year=year)
        for place in range(UNITS):
            unit = factories.UnitStateFactory().unit
            role = Seat.Role.LEADER if place == 0 else Seat.Role.MEMBER
            factories.SeatFactory(bloc_year=bloc_year, unit=unit, role=role)
        for place in range(1, 9):
            factories.ObservationFactory(bloc_year=bloc_year, place=place)
        for _meeting in range(3):
            factories.MeetingFactory(bloc_year=bloc_year, kind="activity")
        for place in range(1, 4):
            factories.NominationFactory(bloc_year=bloc_year, award=award, place=place)
        pledge = factories.PledgeFactory()
        pledge.bloc_years.add(bloc_year)
        bloc_years.append(bloc_year)
    return bloc_years
