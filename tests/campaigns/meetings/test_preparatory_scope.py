"""Whose is what a preparatory meeting concluded, before and after the conference."""

from datetime import date

import pytest
import time_machine

from campaigns.models import Task
from tests import factories as make

pytestmark = pytest.mark.django_db

CONFERENCE = date(2020, 12, 15)


@pytest.fixture
def bloc_year():
    """A bloc's year with a task of its preparatory meeting, before its conference."""
    found = make.BlocYearFactory()
    make.TaskFactory(meeting=make.MeetingFactory(bloc_year=found, kind="preparatory"))
    make.MeetingFactory(bloc_year=found, kind="year-end", first_day=CONFERENCE, last_day=CONFERENCE)
    return found


def sees(unit):
    return Task.objects.visible_to(make.user_with("officer", unit)).exists()


@pytest.mark.parametrize(
    ("role", "moment", "seen"),
    [
        ("leader", "2020-12-10", True),
        ("member", "2020-12-10", False),
        ("deputy", "2020-12-10", False),
        ("member", "2020-12-15 23:00+07:00", False),
        ("member", "2020-12-16 01:00+07:00", True),
    ],
)
def test_conclusions_are_the_leaders_until_the_day_after_the_conference(bloc_year, role, moment, seen):
    seat = make.SeatFactory(bloc_year=bloc_year, role=role)
    if role != "leader":
        make.SeatFactory(bloc_year=bloc_year, role="leader")

    with time_machine.travel(moment):
        assert sees(seat.unit) is seen


def test_conclusions_open_when_the_year_is_closed(bloc_year):
    seat = make.SeatFactory(bloc_year=bloc_year)
    bloc_year.closed_on = date(2020, 12, 1)
    bloc_year.save()

    with time_machine.travel("2020-12-10"):
        assert sees(seat.unit)


@pytest.mark.parametrize(("named", "seen"), [(False, True), (True, False)])
def test_who_led_last_reads_them_while_no_leader_is_named(bloc_year, named, seen):
    before = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2019")
    earlier = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2018")
    last = make.SeatFactory(bloc_year=before, role="leader")
    long_ago = make.SeatFactory(bloc_year=earlier, role="leader")
    for unit in (last.unit, long_ago.unit):
        make.SeatFactory(bloc_year=bloc_year, unit=unit)
    if named:
        make.SeatFactory(bloc_year=bloc_year, role="leader")

    with time_machine.travel("2020-12-10"):
        assert sees(last.unit) is seen
        assert not sees(long_ago.unit)
