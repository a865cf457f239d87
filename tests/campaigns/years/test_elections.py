"""Who leads the bloc next year: its next year opened, seats given, corrected, never two leaders."""

from datetime import date

import pytest
import time_machine
from django.db import transaction

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from campaigns import actions
from campaigns.models import BlocYear, EmulationYear, Seat
from tests import factories as make

pytestmark = pytest.mark.django_db

PAPER = Paper(day=date(2020, 12, 15))
MAY = ("staff", "secretary", "officer")


@pytest.fixture
def units(leader, member):
    """The units of the bloc: this year's leader and three others."""
    others = [make.SeatFactory(bloc_year=leader.bloc_year).unit for _number in range(2)]
    return [leader.unit, member.unit, *others]


def elect(bloc_year, by, leader, *deputies, **told):
    return actions.record_election(
        bloc_year=BlocYear.objects.get(pk=bloc_year.pk), leader=leader, deputies=list(deputies), by=by, **told
    )


def seats(bloc_year):
    return {seat.unit_id: str(seat.role) for seat in bloc_year.seats.all()}


def test_who_may(people, bloc_year, units):
    for who, user in people.items():
        if who not in MAY:
            for attempt in (
                lambda user=user: elect(bloc_year, user, units[1]),
                lambda user=user: actions.open_next_year(bloc_year=bloc_year, by=user),
            ):
                with pytest.raises(Refused):
                    attempt()
    assert not Entry.objects.exists()
    for who in MAY:
        with transaction.atomic():
            elect(bloc_year, people[who], units[1])
            transaction.set_rollback(True)


def test_next_year_is_opened_with_its_units_and_those_elected_lead(secretary, bloc_year, units):
    bloc_year.leader_label = "Cụm trưởng"
    bloc_year.save()

    following = elect(bloc_year, secretary, units[1], units[2], paper=PAPER)

    assert (following.year.code, following.year.first_day, following.year.last_day) == (
        "2021",
        date(2021, 1, 1),
        date(2021, 12, 31),
    )
    assert (following.name, following.organiser, following.leader_label) == (
        bloc_year.name,
        bloc_year.organiser,
        "Cụm trưởng",
    )
    roles = ["member", "leader", "deputy", "member"]
    assert seats(following) == dict(zip([unit.pk for unit in units], roles, strict=True))
    opened, elected = Entry.objects.order_by("pk")
    assert (opened.act, elected.act) == ("bloc-year.open-next", "election.record")
    assert opened.payload.data["after"]["units"] == [unit.pk for unit in units]
    assert elected.payload.data == {
        "before": {"leader": [], "deputy": []},
        "after": {"leader": [units[1].pk], "deputy": [units[2].pk]},
    }
    assert {opened.paper.day, elected.paper.day} == {PAPER.day}


def test_next_year_that_is_known_gets_the_names(secretary, bloc_year, units):
    following = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
    make.SeatFactory(bloc_year=following, role="leader", unit=None)
    make.SeatFactory(bloc_year=following, role="deputy", unit=None)

    assert elect(bloc_year, secretary, units[2], units[0]) == following

    roles = ["deputy", "member", "leader", "member"]
    assert seats(following) == dict(zip([unit.pk for unit in units], roles, strict=True))
    assert EmulationYear.objects.count() == 2
    before = Entry.objects.get().payload.data["before"]
    assert before == {"leader": [None], "deputy": [None]}


def test_result_is_corrected(secretary, bloc_year, units):
    elect(bloc_year, secretary, units[1], units[2])
    following = elect(bloc_year, secretary, units[2], units[1], units[3])

    roles = ["member", "deputy", "leader", "deputy"]
    assert seats(following) == dict(zip([unit.pk for unit in units], roles, strict=True))
    assert Seat.objects.filter(bloc_year=following).count() == 4


def test_unit_that_has_left_is_not_carried_over(secretary, bloc_year, member, units):
    Seat.objects.filter(pk=member.pk).update(last_day=date(2020, 6, 30))

    following = elect(bloc_year, secretary, units[2])

    assert member.unit_id not in seats(following)


def test_unit_holds_one_role(secretary, bloc_year, units):
    for deputies in ([units[1]], [units[2], units[2]]):
        with pytest.raises(Refused, match="Mỗi đơn vị chỉ giữ một vai trò"):
            elect(bloc_year, secretary, units[1], *deputies)
    assert not EmulationYear.objects.filter(code="2021").exists()


def test_next_year_is_opened_once(secretary, bloc_year):
    actions.open_next_year(bloc_year=bloc_year, by=secretary)
    with pytest.raises(Refused, match="đã mở"):
        actions.open_next_year(bloc_year=bloc_year, by=secretary)


def test_window_of_the_election(secretary, bloc_year, units):
    make.PhaseFactory(year=bloc_year.year, kind="election", last_day=date(2020, 12, 20))
    with time_machine.travel("2020-12-21 08:00+07:00"):
        with pytest.raises(Refused, match="đã hết hạn ngày 20/12/2020"):
            elect(bloc_year, secretary, units[1])
        assert not EmulationYear.objects.filter(code="2021").exists()
        elect(bloc_year, secretary, units[1], paper=PAPER, reason="giấy về muộn")


@pytest.mark.parametrize("closed", ["this", "next"])
def test_closed_years_stay_as_they_are(secretary, bloc_year, units, closed):
    following = elect(bloc_year, secretary, units[1])
    BlocYear.objects.filter(pk=(bloc_year if closed == "this" else following).pk).update(
        closed_on=date(2021, 12, 31)
    )
    with pytest.raises(Refused, match="đã khoá"):
        elect(bloc_year, secretary, units[2])
