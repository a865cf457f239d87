from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from blocs.models import Entry
from blocs.permissions import Refused
from blocs.text import fold, sort_key
from campaigns.actions import close_bloc_year
from campaigns.models import BlocYear, EmulationYear, Seat
from tests.factories import (
    BlocFactory,
    BlocYearFactory,
    EmulationYearFactory,
    ObservationFactory,
    SeatFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


# Years ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "last", "following", "period"),
    [
        ("2020", date(2020, 12, 31), "2021", (date(2021, 1, 1), date(2021, 12, 31))),
        ("2020-2021", date(2021, 8, 31), "2021-2022", (date(2021, 9, 1), date(2022, 8, 31))),
        ("2019", date(2019, 2, 28), "2020", (date(2019, 3, 1), date(2020, 2, 29))),
    ],
)
def test_year_after_a_year(code, last, following, period):
    year = EmulationYearFactory.build(code=code, last_day=last)
    assert (year.next_code, year.next_period) == (following, period)


@pytest.mark.parametrize(
    ("code", "sound"),
    [
        ("2020", True),
        ("2020-2021", True),
        ("20", False),
        ("2020-21", False),
        ("2020/2021", False),
        ("năm 2020", False),
    ],
)
def test_code_of_an_emulation_year(code, sound):
    year = EmulationYear(code=code, first_day=date(2020, 1, 1), last_day=date(2020, 12, 31))
    if sound:
        year.save()
        assert EmulationYear.objects.get().code == code
    else:
        with pytest.raises(IntegrityError, match="emulation_year_code"):
            year.save()


@pytest.mark.parametrize("last_day", [date(2020, 1, 1), date(2019, 12, 31)])
def test_emulation_year_that_ends_as_it_begins(last_day):
    with pytest.raises(IntegrityError, match="emulation_year_days_in_order"):
        EmulationYearFactory(last_day=last_day)


def test_emulation_years_may_overlap_and_stand_newest_first():
    years = {code: EmulationYearFactory(code=code) for code in ("2020", "2021", "2020-2021", "2019")}

    assert list(EmulationYear.objects.all()) == [
        years[code] for code in ("2021", "2020", "2020-2021", "2019")
    ]


def test_bloc_has_one_row_a_year():
    bloc_year = BlocYearFactory()

    with pytest.raises(IntegrityError, match="bloc_once_a_year"):
        BlocYearFactory(bloc=bloc_year.bloc, year=bloc_year.year)


def test_keys_of_a_bloc_year_follow_its_name():
    bloc_year = BlocYearFactory(name="Khối thi đua Đo lường")

    assert (bloc_year.search_key, bloc_year.sort_key) == (fold(bloc_year.name), sort_key(bloc_year.name))


def test_years_before_and_after_are_the_nearest_known():
    bloc = BlocFactory()
    years = {
        code: BlocYearFactory(bloc=bloc, year=EmulationYearFactory(code=code))
        for code in ("2017", "2019", "2020")
    }
    BlocYearFactory(year=EmulationYearFactory(code="2018"))

    assert [
        each and each.year.code for each in (years["2019"].predecessor(), years["2017"].predecessor())
    ] == [
        "2017",
        None,
    ]
    assert [each and each.year.code for each in (years["2017"].successor(), years["2020"].successor())] == [
        "2019",
        None,
    ]


# Seats ------------------------------------------------------------------------------------------------------

JANUARY, JUNE, JULY, DECEMBER = date(2020, 1, 1), date(2020, 6, 30), date(2020, 7, 1), date(2020, 12, 31)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((None, None), (None, None), True),
        ((None, None), (JULY, DECEMBER), True),
        ((JANUARY, JUNE), (JUNE, DECEMBER), True),
        ((JANUARY, JUNE), (JULY, DECEMBER), False),
        ((None, JUNE), (JULY, None), False),
        ((JULY, None), (None, JUNE), False),
    ],
)
@pytest.mark.parametrize(
    ("whose", "fault"),
    [
        ("the unit's", "one_seat_for_a_unit_at_a_time"),
        ("the leader's", "one_leader_at_a_time"),
    ],
)
def test_seats_that_exclude_each_other_do_not_overlap(whose, fault, first, second, overlap):
    bloc_year = BlocYearFactory()
    same = {"unit": UnitFactory()} if whose == "the unit's" else {"role": "leader"}
    SeatFactory(bloc_year=bloc_year, first_day=first[0], last_day=first[1], **same)
    seat = SeatFactory.build(
        **{"bloc_year": bloc_year, "unit": UnitFactory(), "first_day": second[0], "last_day": second[1]}
        | same
    )

    if overlap:
        with pytest.raises(ValidationError, match="Đơn vị đã có trong khối|Khối đã có Khối trưởng"):
            seat.full_clean()
        with pytest.raises(IntegrityError, match=fault):
            seat.save()
    else:
        seat.full_clean()
        seat.save()
        assert bloc_year.seats.count() == 2


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"role": "deputy"}, "bloc-year"),
        ({"role": "member"}, "bloc-year"),
        ({"role": "leader"}, "unit"),
    ],
)
def test_seats_that_stand_beside_each_other(other, same):
    leader = SeatFactory(role="leader")
    beside = SeatFactory(
        **other | ({"bloc_year": leader.bloc_year} if same == "bloc-year" else {"unit": leader.unit})
    )

    assert set(Seat.objects.all()) == {leader, beside}


def test_leader_elected_but_not_named_excludes_another():
    seat = SeatFactory(role="leader", unit=None)

    with pytest.raises(IntegrityError, match="one_leader_at_a_time"):
        SeatFactory(bloc_year=seat.bloc_year, role="leader")


@pytest.mark.parametrize("role", Seat.Role.values)
def test_seat_of_a_unit_that_is_not_known(role):
    if role == "member":
        with pytest.raises(IntegrityError, match="member_seat_has_unit"):
            SeatFactory(unit=None, role=role)
    else:
        assert str(SeatFactory(unit=None, role=role)) == f"— ({Seat.Role(role).label})"


def test_deputies_that_are_not_named_may_be_several():
    bloc_year = BlocYearFactory()
    for _deputy in range(2):
        SeatFactory(bloc_year=bloc_year, unit=None, role="deputy")

    assert bloc_year.seats.count() == 2


def test_seat_that_ends_before_it_begins():
    with pytest.raises(IntegrityError):
        SeatFactory(first_day=JULY, last_day=JUNE)


def test_seats_stand_leader_deputies_then_members_as_the_decree_has_them(django_assert_num_queries):
    bloc_year = BlocYearFactory()
    order = [("deputy", None), ("deputy", 9), ("leader", 7), ("member", 3), ("member", 1), ("member", 3)]
    made = [
        SeatFactory(bloc_year=bloc_year, role=role, unit=place and UnitFactory(decree_place=place))
        for role, place in order
    ]

    with django_assert_num_queries(2):
        seats = bloc_year.seats_in_order()
        [seat.unit and seat.unit.name() for seat in seats]
    assert seats == [made[n] for n in (2, 0, 1, 4, 3, 5)]


@pytest.mark.parametrize(
    ("role", "label"), [("leader", "Cụm trưởng"), ("deputy", "Cụm phó"), ("member", "Thành viên")]
)
def test_role_in_the_words_of_the_year(role, label):
    bloc_year = BlocYearFactory(leader_label="Cụm trưởng", deputy_label="Cụm phó")

    assert SeatFactory(bloc_year=bloc_year, role=role).role_label == label


def test_bloc_years_led_by_units():
    led, member, unknown = SeatFactory(role="leader"), SeatFactory(), SeatFactory(role="leader", unit=None)
    units = [led.unit_id, member.unit_id]

    assert list(BlocYear.objects.led_by(units)) == [led.bloc_year]
    assert list(BlocYear.objects.led_by([])) == []
    assert unknown.bloc_year not in BlocYear.objects.led_by([None])


def test_observations_stand_once_in_their_place():
    seat = SeatFactory()
    ObservationFactory(bloc_year=seat.bloc_year, kind="task", place=1)
    ObservationFactory(bloc_year=seat.bloc_year, kind="cause", place=1)

    with pytest.raises(IntegrityError, match="observation_place_once"):
        ObservationFactory(bloc_year=seat.bloc_year, kind="task", place=1)


# Closing ----------------------------------------------------------------------------------------------------


def test_close_a_bloc_year(bloc_year, staff):
    closed = close_bloc_year(bloc_year=bloc_year, by=staff)

    assert (closed.closed_on, closed.version) == (timezone.localdate(), 2)
    assert Entry.objects.get().payload.data["after"] == {"closed_on": closed.closed_on.isoformat()}
    with pytest.raises(Refused, match="Hồ sơ năm của Khối đã khoá"):
        close_bloc_year(bloc_year=bloc_year, by=staff)


def test_close_a_bloc_year_by_its_leader(bloc_year, secretary):
    with pytest.raises(Refused, match="do cán bộ thi đua, khen thưởng của bộ thực hiện"):
        close_bloc_year(bloc_year=bloc_year, by=secretary)
    bloc_year.refresh_from_db()
    assert bloc_year.closed_on is None
