import pytest

from blocs.models.people import Operator
from tests.factories import SeatFactory, UserFactory, user_with


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
