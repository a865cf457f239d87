import pytest
from django.urls import reverse

from blocs.models.people import Operator
from tests.factories import SeatFactory, UnitStateFactory, UserFactory, user_with
from tests.pages import read

BLOC, OTHER = "Khối thi đua Viện", "Khối thi đua Kín"


def page_address(bloc_year, name, *more):
    """The address of a page of a bloc's year."""
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, *more])


@pytest.fixture
def leader(db):
    """The leader's seat of a bloc's year."""
    return SeatFactory(role="leader")


@pytest.fixture
def bloc_year(leader):
    return leader.bloc_year


@pytest.fixture
def member(bloc_year):
    return SeatFactory(bloc_year=bloc_year)


@pytest.fixture
def secretary(leader):
    return user_with("secretary", leader.unit)


@pytest.fixture
def staff(db):
    return user_with("staff")


@pytest.fixture
def people(staff, secretary, leader, member):
    """One of each kind of user, seen from a bloc's year."""
    return {
        "staff": staff,
        "secretary": secretary,
        "officer": user_with("officer", leader.unit),
        "clerk": user_with("clerk", leader.unit),
        "member's officer": user_with("officer", member.unit),
        "another bloc's secretary": user_with("secretary", SeatFactory(role="leader").unit),
        "administrator": user_with("administrator"),
        "operator": Operator("root"),
        "nobody": UserFactory(),
    }


@pytest.fixture
def page_of(client, people):
    """The page at an address as one of the people reads it."""

    def page_of(who, address):
        client.force_login(people[who])
        return read(client, address)

    return page_of


@pytest.fixture
def named(leader):
    """The bloc and its leader's unit bear names."""
    UnitStateFactory(unit=leader.unit, official_name="Viện Một")
    leader.bloc_year.name = BLOC
    leader.bloc_year.save()


@pytest.fixture
def other():
    """Another bloc's year, whose data could leak."""
    return SeatFactory(role="leader", bloc_year__name=OTHER).bloc_year


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client
