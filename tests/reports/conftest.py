import pytest

from tests import factories as make
from tests.factories import UserFactory, user_with


@pytest.fixture
def root(db):
    """The ministry whose name stands above that of the issuing unit."""
    return make.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True, place_of_issue="Hà Nội").unit


@pytest.fixture
def leader(root):
    """The leader's seat of a bloc's year."""
    unit = make.UnitStateFactory(official_name="Viện Một", symbol="V1").unit
    return make.SeatFactory(
        role="leader",
        unit=unit,
        bloc_year__name="Khối Viện",
        representative="Đinh Hữu A",
        representative_title="Viện trưởng",
    )


@pytest.fixture
def bloc_year(leader):
    return leader.bloc_year


@pytest.fixture
def member(bloc_year):
    unit = make.UnitStateFactory(official_name="Viện Hai").unit
    return make.SeatFactory(bloc_year=bloc_year, unit=unit)


@pytest.fixture
def people(leader, member):
    """One of each kind of user, seen from a bloc's year."""
    return {
        "staff": user_with("staff"),
        "secretary": user_with("secretary", leader.unit),
        "clerk": user_with("clerk", leader.unit),
        "member": user_with("officer", member.unit),
        "stranger": user_with("secretary", make.SeatFactory(role="leader").unit),
        "administrator": user_with("administrator"),
        "nobody": UserFactory(),
    }
