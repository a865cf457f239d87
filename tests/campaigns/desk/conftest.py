"""Who has not signed yet, for those who remind."""

from datetime import date

import pytest

from tests import factories as make
from tests.factories import user_with


@pytest.fixture
def pledge(bloc_year, leader, member):
    """A pledge that the leader has signed and the member has not, due at the end of March."""
    make.PhaseFactory(year=bloc_year.year, kind="pledge", last_day=date(2020, 3, 31))
    make.UnitStateFactory(unit=leader.unit, official_name="Viện Một")
    make.UnitStateFactory(unit=member.unit, official_name="Viện Hai")
    pledge = make.PledgeFactory()
    pledge.bloc_years.add(bloc_year)
    make.SignatureFactory(pledge=pledge, unit=leader.unit)
    return pledge


@pytest.fixture
def officer(member):
    """The officer of the unit that has not signed, who reads mail."""
    user = user_with("officer", member.unit, telephone="024 1234 567")
    user.email = "can-bo@don-vi.example"
    user.save()
    return user


@pytest.fixture
def foreign(other):
    """A unit of another bloc that has not signed either."""
    seat = make.SeatFactory(bloc_year=other)
    make.UnitStateFactory(unit=seat.unit, official_name="Cục Kín")
    make.PledgeFactory().bloc_years.add(other)
    return seat
