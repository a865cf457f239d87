"""Campaigns, pledges and meetings: what is only partly known stays so, what cannot be is refused."""

from datetime import date

import pytest
from django.db import IntegrityError

from campaigns.models import AgendaItem, Attendance, Campaign, Meeting, Statement
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    BlocYearFactory,
    CampaignFactory,
    EmulationYearFactory,
    MeetingFactory,
    PledgeContentFactory,
    PledgeFactory,
    SignatureFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH = date(2020, 2, 5), date(2020, 3, 20)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": "", "theme": "Đổi mới"}, None),
        ({"name": "Phong trào", "theme": ""}, None),
        ({"name": "", "theme": ""}, "campaign_has_name_or_theme"),
        ({"first_day": MARCH, "last_day": FEBRUARY}, "campaign_days_in_order"),
        ({"first_day": MARCH, "last_day": MARCH}, None),
    ],
)
def test_campaign(fields, fault):
    if fault:
        with pytest.raises(IntegrityError, match=fault):
            CampaignFactory(**fields)
    else:
        assert str(CampaignFactory(**fields)) == (fields.get("name", "Phong trào thi đua") or fields["theme"])


def test_campaigns_that_run_in_a_year():
    year = EmulationYearFactory(code="2020")
    periods = [
        (date(2019, 1, 1), date(2019, 12, 31), False),
        (date(2019, 1, 1), date(2020, 1, 1), True),
        (date(2020, 12, 31), date(2025, 12, 31), True),
        (date(2016, 1, 1), date(2025, 12, 31), True),
        (date(2021, 1, 1), date(2021, 12, 31), False),
    ]
    made = [(CampaignFactory(first_day=first, last_day=last), runs) for first, last, runs in periods]

    assert set(Campaign.objects.running_in(year)) == {campaign for campaign, runs in made if runs}


@pytest.mark.parametrize(
    ("fields", "sound"),
    [
        ({}, True),
        ({"signed_on": MARCH}, True),
        ({"signed_on": MARCH, "signing_units": 10}, True),
        ({"signed_on": MARCH, "signing_units": 10, "signed_count": 10}, True),
        ({"signed_on": MARCH, "signing_units": 10, "signed_count": 0}, True),
        ({"signed_on": MARCH, "signing_units": 10, "signed_count": 11}, False),
        ({"signed_on": MARCH, "signed_count": 10}, False),
        ({"signing_units": 10, "signed_count": 10}, True),
    ],
)
def test_pledge_is_signed_by_n_of_all_or_nobody_knows_by_how_many(fields, sound):
    if sound:
        assert PledgeFactory(**fields).signed_count == fields.get("signed_count")
    else:
        with pytest.raises(IntegrityError, match="pledge_signed_by_n_of_all"):
            PledgeFactory(**fields)


def test_pledge_that_ends_before_it_begins():
    with pytest.raises(IntegrityError, match="pledge_days_in_order"):
        PledgeFactory(first_day=MARCH, last_day=FEBRUARY)


def test_pledge_is_named_by_its_period():
    assert str(PledgeFactory()) == "Giao ước thi đua từ 01/01/2020 đến 31/12/2020"


def test_unit_signs_a_pledge_once():
    signature = SignatureFactory()
    SignatureFactory(unit=signature.unit)

    with pytest.raises(IntegrityError, match="unit_signs_pledge_once"):
        SignatureFactory(pledge=signature.pledge, unit=signature.unit)


def test_root_of_a_pledge_is_its_first_bloc_year():
    first, second = BlocYearFactory(), BlocYearFactory()
    pledge = PledgeFactory()
    assert pledge.root() == pledge

    pledge.bloc_years.add(second, first)
    assert pledge.root() == PledgeContentFactory(pledge=pledge).root() == first


@pytest.mark.parametrize(
    ("first_day", "last_day", "sound"),
    [
        (None, None, True),
        (FEBRUARY, FEBRUARY, True),
        (FEBRUARY, MARCH, True),
        (MARCH, FEBRUARY, False),
        (FEBRUARY, None, False),
        (None, MARCH, False),
    ],
)
def test_meeting_on_a_day_in_a_period_or_at_a_time_unknown(first_day, last_day, sound):
    if sound:
        meeting = MeetingFactory(first_day=first_day, last_day=last_day)
        assert meeting.is_one_day is (first_day == last_day == FEBRUARY)
    else:
        with pytest.raises(IntegrityError, match="meeting_days_in_order"):
            MeetingFactory(first_day=first_day, last_day=last_day)


@pytest.mark.parametrize("kind", Meeting.Kind.values)
def test_bloc_has_one_year_end_conference_and_any_number_of_other_meetings(kind):
    meeting = MeetingFactory(kind=kind)
    MeetingFactory(kind=kind)

    if kind == "year-end":
        with pytest.raises(IntegrityError, match="one_year_end_conference"):
            MeetingFactory(bloc_year=meeting.bloc_year, kind=kind)
    else:
        MeetingFactory(bloc_year=meeting.bloc_year, kind=kind)
        assert meeting.bloc_year.meetings.count() == 2


@pytest.mark.parametrize("factory", [AgendaItemFactory, AttendanceFactory, StatementFactory])
def test_parts_of_a_meeting_stand_in_their_places(factory):
    meeting = MeetingFactory()
    second, first = factory(meeting=meeting, place=2), factory(meeting=meeting, place=1)

    assert list(factory._meta.model.objects.all()) == [first, second]
    assert first.root() == meeting.bloc_year
    with pytest.raises(IntegrityError, match="place_once"):
        factory(meeting=meeting, place=2)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (AgendaItem(title="Khai mạc"), "Khai mạc"),
        (Attendance(name="Trần Thị Bình", title="Cục trưởng"), "Trần Thị Bình - Cục trưởng"),
        (Attendance(title="Đại diện các đơn vị"), "Đại diện các đơn vị"),
        (
            Statement(speaker="Trần Thị Bình", speaker_title="Cục trưởng", text="Nhất trí."),
            "Trần Thị Bình, Cục trưởng: Nhất trí.",
        ),
        (Statement(speaker_title="Cục trưởng", text="Nhất trí."), "Cục trưởng: Nhất trí."),
    ],
)
def test_part_of_a_meeting_says_who_or_what(part, words):
    assert str(part) == words
