"""The desk above the records: the blocs that one's unit leads, and what waits."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.contributions import Waiting, registry
from tests import factories as make
from tests.factories import user_with

pytestmark = pytest.mark.django_db


def desk(client, user):
    client.force_login(user)
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    return response.context["desk"], response.content.decode()


@pytest.fixture
def others(other):
    """Another bloc's year in the same year, whose name could leak."""
    return other


def test_leaders_unit_sees_the_timeline_of_its_bloc_alone(client, named, secretary, bloc_year, others):
    shown, page = desk(client, secretary)
    assert [each.bloc_year for each in shown["timelines"]] == [bloc_year]
    assert str(bloc_year) in page
    assert others.name not in page
    assert [step.key for step in shown["timelines"][0].steps][0] in ("plan", "pledge")


def test_newest_open_year_comes_first_and_a_closed_one_not_at_all(client, leader, secretary, bloc_year):
    def year(code, **more):
        made = make.BlocYearFactory(bloc=bloc_year.bloc, year__code=code, **more)
        make.SeatFactory(bloc_year=made, unit=leader.unit, role="leader")
        return made

    newer = year("2021")
    year("2019", closed_on="2020-03-01")
    shown, _page = desk(client, secretary)
    assert [each.bloc_year for each in shown["timelines"]] == [newer, bloc_year]


def test_next_year_without_units_is_no_timeline(client, secretary, bloc_year):
    make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
    shown, _page = desk(client, secretary)
    assert [each.bloc_year for each in shown["timelines"]] == [bloc_year]


def test_due_days_are_those_of_the_phases(client, secretary, bloc_year):
    phase = make.PhaseFactory(year=bloc_year.year, kind="pledge")
    shown, page = desk(client, secretary)
    steps = {step.key: step for step in shown["timelines"][0].steps}
    assert steps["pledge"].due == phase.last_day
    assert f"{phase.last_day:%d/%m/%Y}" in page


@pytest.mark.parametrize("who", ["staff", "administrator", "officer"])
def test_others_see_no_timeline_but_the_records(client, bloc_year, who):
    shown, page = desk(client, user_with(who))
    assert shown["timelines"] == []
    assert "record-groups" in page


def test_what_waits_stands_there_soonest_first(client, secretary, monkeypatch):
    soon, later = date(2020, 3, 1), date(2020, 12, 1)
    waitings = [
        Waiting("Ký giao ước", "Khối Một", "/ky/", due=soon),
        Waiting("Gửi báo cáo", "Khối Hai", "/gui/", due=later, note="nhắc 2 lần"),
    ]
    monkeypatch.setattr(
        registry, "waitings", [*registry.waitings, lambda users: {each.pk: waitings[::-1] for each in users}]
    )
    shown, page = desk(client, secretary)
    assert [each for each in shown["waitings"] if each in waitings] == waitings
    for words in ('href="/ky/"', "Khối Một", "nhắc 2 lần"):
        assert words in page


def test_empty_desk_says_so(client):
    _shown, page = desk(client, user_with("administrator"))
    assert "Không có việc nào chờ." in page


def test_records_say_what_they_hold_and_stand_in_the_order_of_work(client, secretary):
    client.force_login(secretary)
    groups = client.get(reverse("admin:index")).context["app_list"]
    models = groups[0]["models"]
    assert [model["object_name"] for model in models][:3] == ["BlocYear", "Seat", "Meeting"]
    assert [model["object_name"] for model in models if not model["note"]] == []
