"""The timeline of a bloc's year: what is known of each step, when it is due, which units must still act."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.contributions import Progress, Step
from campaigns.leaders import leading_units
from campaigns.timeline.timelines import next_step_of, timelines
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = date(2020, 12, 15)


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel("2020-12-20 08:00+07:00"):
        yield


def step_of(bloc_year, staff, key):
    """One step of a bloc's year."""
    bloc_year = type(bloc_year).objects.get(pk=bloc_year.pk)
    return next(step for step in timelines([bloc_year], staff)[bloc_year.pk] if step.key == key)


def test_units_that_have_not_signed_the_pledge_are_named(bloc_year, leader, member, staff):
    gone = make.SeatFactory(bloc_year=bloc_year, last_day=date(2020, 6, 30))
    assert step_of(bloc_year, staff, "pledge").pending == (leader.unit_id,)  # it is not written yet

    pledge = make.PledgeFactory()
    pledge.bloc_years.add(bloc_year)
    assert set(step_of(bloc_year, staff, "pledge").pending) == {leader.unit_id, member.unit_id}

    make.SignatureFactory(pledge=pledge, unit=member.unit)
    make.SignatureFactory(pledge=pledge, unit=gone.unit)
    pledge.signed_on = DAY
    pledge.save()
    step = step_of(bloc_year, staff, "pledge")
    assert (step.progress, step.pending) == (Progress.UNDER_WAY, (leader.unit_id,))

    make.SignatureFactory(pledge=pledge, unit=leader.unit)
    step = step_of(bloc_year, staff, "pledge")
    assert (step.progress, step.pending, step.day) == (Progress.DONE, (), DAY)


def test_pledge_of_which_only_the_signing_is_known_is_signed(bloc_year, member, staff):
    make.PledgeFactory(signed_on=DAY).bloc_years.add(bloc_year)

    step = step_of(bloc_year, staff, "pledge")
    assert (step.progress, step.pending) == (Progress.DONE, ())


@pytest.mark.parametrize(
    ("kind", "key"), [("mid-year", "mid-year"), ("preparatory", "preparatory"), ("year-end", "conference")]
)
@pytest.mark.parametrize(
    ("day", "progress"),
    [(None, Progress.UNDER_WAY), (date(2020, 12, 21), Progress.UNDER_WAY), (DAY, Progress.DONE)],
)
def test_meeting_is_done_once_held(bloc_year, leader, staff, kind, key, day, progress):
    make.MeetingFactory(bloc_year=bloc_year, kind=kind, first_day=day, last_day=day)

    step = step_of(bloc_year, staff, key)
    assert (step.progress, step.day) == (progress, day)
    assert step.pending == (() if progress is Progress.DONE else (leader.unit_id,))
    assert step_of(bloc_year, staff, "activities").progress is Progress.WAITING


@pytest.mark.parametrize(("kind", "key"), [("scores", "scoring"), ("vote", "vote")])
@pytest.mark.parametrize(("outcome", "progress"), [("", Progress.WAITING), ("Thông qua.", Progress.DONE)])
def test_what_the_conference_decided_is_known_by_its_outcome(
    bloc_year, other, staff, kind, key, outcome, progress
):
    meetings = [make.MeetingFactory(bloc_year=each, kind="year-end") for each in (bloc_year, other)]
    make.AgendaItemFactory(meeting=meetings[0], kind=kind, outcome=outcome)
    make.AgendaItemFactory(meeting=meetings[1], kind=kind, outcome="Của khối khác.")
    make.AgendaItemFactory(
        meeting=make.MeetingFactory(bloc_year=bloc_year, kind="mid-year"), kind=kind, outcome="Sơ kết."
    )

    assert step_of(bloc_year, staff, key).progress is progress


@pytest.mark.parametrize(
    ("following", "completed", "progress"),
    [
        (None, False, Progress.WAITING),
        ("nobody", False, Progress.WAITING),
        ("same", False, Progress.DONE),
        ("another", False, Progress.WAITING),
        ("another", None, Progress.UNDER_WAY),
        ("another", True, Progress.DONE),
    ],
)
def test_hand_over_is_due_where_the_leader_changes(bloc_year, leader, staff, following, completed, progress):
    if following:
        after = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
        units = {"nobody": None, "same": leader.unit, "another": make.UnitFactory()}
        make.SeatFactory(bloc_year=after, role="leader", unit=units[following])
    if completed is not False:
        done = {"day": DAY, "completed_on": DAY, "giver_name": "A", "receiver_name": "B"} if completed else {}
        make.HandoverFactory(bloc_year=bloc_year, from_unit=leader.unit, **done)

    assert step_of(bloc_year, staff, "handover").progress is progress


@pytest.mark.parametrize("named", [True, False])
def test_units_that_lead_are_the_same_for_one_and_for_many(bloc_year, leader, named):
    leader.last_day = date(2020, 12, 31)
    leader.save()
    following = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
    make.SeatFactory(bloc_year=following, role="leader", unit=make.UnitFactory() if named else None)
    years = [bloc_year, following, make.BlocYearFactory(year__code="2021")]

    for day in (date(2019, 5, 1), DAY, date(2021, 2, 1)):
        assert leading_units(years, day) == {each.pk: each.leading_units(day) for each in years}


def test_timelines_of_many_are_made_in_as_many_queries_as_of_one(staff):
    blocs = [make.SeatFactory(role="leader").bloc_year for _each in range(4)]
    counts = []
    timelines(blocs[:1], staff)  # what the process keeps is asked for once
    for some in (blocs[:1], blocs):
        some = list(type(blocs[0]).objects.filter(pk__in=[each.pk for each in some]))
        with CaptureQueriesContext(connection) as queries:
            timelines(some, staff)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("day", "page"), [(date(2020, 12, 21), ""), (DAY, "meeting-outcomes"), (None, "meeting-outcomes")]
)
def test_what_was_decided_is_recorded_at_the_conference_from_its_day_on(bloc_year, leader, staff, day, page):
    meeting = make.MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=day, last_day=day)
    address = page and reverse(page, args=[bloc_year.year.code, bloc_year.bloc.code, meeting.pk])
    officer = make.user_with("officer", make.UnitFactory())

    for key in ("scoring", "vote"):
        step = step_of(bloc_year, staff, key)
        assert (step.paper, step.address) == (address, address or meeting.get_absolute_url())
        assert step_of(bloc_year, officer, key).address == meeting.get_absolute_url()
    for key in ("conference", "election", "proposals"):
        assert bool(step_of(bloc_year, staff, key).paper) == bool(page)


OWN, OTHER = 1, 2


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("scoring", (OWN, OTHER)), ("check", (OTHER,))], "scoring"),
        ([("scoring", (OTHER,)), ("explanation", ()), ("check", (OWN,))], "check"),
        ([("scoring", (OTHER,)), ("check", (OTHER,)), ("explanation", ())], "explanation"),
        ([("scoring", (OTHER,)), ("check", (OTHER,))], None),
        ([], None),
    ],
)
def test_next_step_of_a_unit_is_never_others_alone(steps, expected):
    known = [
        Step(key, place, key, Progress.UNDER_WAY, pending=pending)
        for place, (key, pending) in enumerate(steps)
    ]
    done = Step("plan", 0, "plan", Progress.DONE, pending=(OWN,))
    found = next_step_of([done, *known], {OWN})
    assert (found and found.key) == expected
