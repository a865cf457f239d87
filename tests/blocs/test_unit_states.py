"""full_clean() tells overlapping names of one unit from those of another, before the database is asked."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from blocs.models import UnitState
from tests.factories import UnitFactory, UnitStateFactory


@pytest.fixture
def state(db):
    return UnitStateFactory(first_day=date(2018, 1, 1), last_day=date(2019, 12, 31))


def follower(unit, first_day):
    return UnitState(unit=unit, official_name="Cục", kind=UnitState.Kind.AUTHORITY, first_day=first_day)


@pytest.mark.parametrize("first_day", [None, date(2017, 1, 1), date(2018, 1, 1), date(2019, 12, 31)])
def test_two_names_of_one_unit_on_a_day_are_refused(state, first_day):
    with pytest.raises(ValidationError, match="Đơn vị đã có tên khác trong khoảng thời gian này"):
        follower(state.unit, first_day).full_clean(exclude=["sort_key"])


def test_next_name_of_a_unit_begins_the_day_after(state):
    follower(state.unit, date(2020, 1, 1)).full_clean(exclude=["sort_key"])


def test_names_of_different_units_may_hold_on_one_day(state):
    follower(UnitFactory(), date(2018, 1, 1)).full_clean(exclude=["sort_key"])


def test_saved_name_does_not_clash_with_itself(state):
    state.full_clean(exclude=["sort_key"])
