"""What one save asks of the database; and that the next one asks anew who may and until when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blocs.models import Entry, Post
from campaigns.actions import close_bloc_year, extend_phase
from campaigns.models import BlocYear, Phase, Seat
from campaigns.scores import actions
from campaigns.scores.models import Score
from tests.factories import (
    FIGURES,
    BlocYearFactory,
    EmulationYearFactory,
    PhaseFactory,
    SeatFactory,
    UnitStateFactory,
    frozen_set,
    user_with,
)

JSON = {"accept": "application/json"}
MOST_QUERIES = 12


@pytest.fixture
def seat(transactional_db):
    """A unit's seat in a year that runs today, committed as in a real request."""
    today = timezone.localdate()
    year = EmulationYearFactory(
        code=f"{today.year}", first_day=today - timedelta(days=300), last_day=today + timedelta(days=60)
    )
    PhaseFactory(year=year, kind="scoring", last_day=today + timedelta(days=1))
    bloc_year = BlocYearFactory(year=year, criteria_set=frozen_set(year))
    return SeatFactory(bloc_year=bloc_year, unit=UnitStateFactory(official_name="Cục Một").unit)


@pytest.fixture
def officer(seat):
    return user_with("officer", seat.unit)


@pytest.fixture
def sheet(seat, officer):
    return actions.begin_sheet(bloc_year=seat.bloc_year, unit=seat.unit, tier="self", by=officer)


@pytest.fixture
def client(officer, sheet):
    """The officer's, on the page of scoring: the session was kept as seen, the plan was asked for."""
    client = Client()
    client.force_login(officer)
    client.get(address_of(sheet))
    return client


def address_of(sheet):
    bloc_year = sheet.bloc_year
    return reverse("score-own", args=[bloc_year.year.code, bloc_year.bloc.code, sheet.unit.code])


def save(client, sheet, key="a1", version=0, **more):
    told = {
        f"{key}-{measure}__{name}": text
        for measure, figures in FIGURES[key].items()
        for name, text in figures.items()
    }
    sent = {"criterion": key, f"{key}-shown_version": version, f"{key}-grounds": "", **told, **more}
    return client.post(address_of(sheet), sent, headers=JSON)


def test_queries_of_one_save(client, sheet):
    save(client, sheet)
    with CaptureQueriesContext(connection) as captured:
        response = save(client, sheet, "a2")

    assert response.status_code == 200
    assert len(captured) <= MOST_QUERIES, [each["sql"][:120] for each in captured]
    assert Score.objects.filter(sheet=sheet).count() == 2
    entry = Entry.objects.first()
    assert (entry.act, entry.object_name) == ("sheet.save-score", "Cục Một: Tự chấm")
    assert entry.payload.data["after"]["a2"]["points"] == "15"


def test_queries_of_a_change_and_of_a_bigger_bloc(client, sheet):
    for _unit in range(5):
        SeatFactory(bloc_year=sheet.bloc_year)
    save(client, sheet)
    with CaptureQueriesContext(connection) as captured:
        response = save(client, sheet, version=1, **{"a1-ty-le__achieved": "45"})

    assert (response.status_code, response.json()["version"]) == (200, 2)
    assert len(captured) <= MOST_QUERIES


def test_a_post_that_ended_scores_no_more(client, sheet, officer):
    assert save(client, sheet).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    Post.objects.filter(person=officer.person).update(last_day=yesterday)

    assert save(client, sheet, "a2").status_code in (403, 404)
    assert Score.objects.filter(sheet=sheet).count() == 1


def test_a_unit_that_left_the_bloc_scores_no_more(client, sheet, seat):
    assert save(client, sheet).status_code == 200
    Seat.objects.filter(pk=seat.pk).update(bloc_year=BlocYearFactory(year=seat.bloc_year.year))

    assert save(client, sheet, "a2").status_code == 404
    assert Score.objects.filter(sheet=sheet).count() == 1


def test_a_phase_that_ended_or_was_extended_shows_at_once(client, sheet):
    assert save(client, sheet).status_code == 200
    today = timezone.localdate()
    phase = Phase.objects.get(kind="scoring")
    Phase.objects.update(last_day=today - timedelta(days=1))

    refused = save(client, sheet, "a2")
    assert (refused.status_code, "đã hết hạn" in refused.json()["words"]) == (422, True)
    extend_phase(year=phase.year, kind="scoring", last_day=today, reason="Mạng hỏng", by=user_with("staff"))
    assert save(client, sheet, "a2").status_code == 200


def test_a_year_that_was_closed_takes_no_save(client, sheet):
    close_bloc_year(bloc_year=sheet.bloc_year, by=user_with("staff"))

    assert save(client, sheet).status_code == 403
    assert not Score.objects.filter(sheet=sheet).exists()


def test_another_unit_has_no_way_to_the_sheet(sheet):
    stranger = Client()
    stranger.force_login(user_with("officer", SeatFactory(bloc_year=sheet.bloc_year).unit))

    assert save(stranger, sheet).status_code == 403
    assert not Score.objects.exists()
    assert BlocYear.objects.get(pk=sheet.bloc_year.pk).closed_on is None
