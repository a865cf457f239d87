from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blocs.models import Unit, UnitState
from tests.factories import SuccessionFactory, UnitFactory, UnitStateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    """A unit renamed twice, with a gap in what is known of it."""
    unit = UnitFactory(code="cuc-thu-nghiem")
    for name, first_day, last_day in [
        ("Vụ Thử nghiệm", date(2005, 1, 1), date(2009, 12, 31)),
        ("Cục Thử nghiệm mới", date(2018, 1, 1), None),
        ("Cục Thử nghiệm", date(2010, 1, 1), date(2015, 12, 31)),
    ]:
        UnitStateFactory(unit=unit, official_name=name, first_day=first_day, last_day=last_day)
    return unit


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2005, 1, 1), "Vụ Thử nghiệm"),
        (date(2009, 12, 31), "Vụ Thử nghiệm"),
        (date(2010, 1, 1), "Cục Thử nghiệm"),
        (date(2018, 1, 1), "Cục Thử nghiệm mới"),
        (None, "Cục Thử nghiệm mới"),
        # What is not known is told by the nearest that is.
        (date(2016, 6, 1), "Cục Thử nghiệm"),
        (date(1990, 1, 1), "Vụ Thử nghiệm"),
    ],
)
def test_name_of_a_unit_on_a_day(unit, day, name, django_assert_num_queries):
    assert unit.name(day) == name
    with django_assert_num_queries(2):
        assert Unit.objects.prefetch_related("states").get().name(day) == name


def test_name_of_a_unit_known_from_and_until_any_day():
    unit = UnitStateFactory(official_name="Cục Cũ", last_day=date(2017, 12, 31)).unit
    UnitStateFactory(unit=unit, official_name="Cục Mới", first_day=date(2018, 1, 1))

    assert [unit.name(date(year, 6, 1)) for year in (1980, 2017, 2018, 2050)] == [
        "Cục Cũ",
        "Cục Cũ",
        "Cục Mới",
        "Cục Mới",
    ]


def test_name_of_a_unit_of_which_nothing_is_known():
    assert str(UnitFactory(code="quy-thu-nghiem")) == "quy-thu-nghiem"


@pytest.mark.parametrize(("short_name", "told"), [("Cục TN", "Cục TN"), ("", "Cục Thử nghiệm")])
def test_short_name(short_name, told):
    state = UnitStateFactory(official_name="Cục Thử nghiệm", short_name=short_name)

    assert state.unit.short_name() == told


@pytest.mark.parametrize(
    ("first_day", "last_day", "overlaps"),
    [
        (None, date(2004, 12, 31), False),
        (date(2016, 1, 1), date(2017, 12, 31), False),
        (date(2016, 1, 1), date(2018, 1, 1), True),
        (date(2015, 12, 31), date(2015, 12, 31), True),
        (date(2030, 1, 1), None, True),
        (None, None, True),
    ],
)
def test_states_of_a_unit_do_not_overlap(unit, first_day, last_day, overlaps):
    state = UnitStateFactory.build(unit=unit, first_day=first_day, last_day=last_day)
    if overlaps:
        with pytest.raises(ValidationError, match="Đơn vị đã có tên khác trong khoảng thời gian này"):
            state.full_clean()
        with pytest.raises(IntegrityError, match="unit_states_do_not_overlap"):
            state.save()
    else:
        state.full_clean()
        state.save()
        assert unit.states.count() == 4


def test_states_of_two_units_stand_side_by_side():
    UnitStateFactory()
    UnitStateFactory()

    assert UnitState.objects.count() == 2


def test_state_that_ends_before_it_begins():
    with pytest.raises(IntegrityError):
        UnitStateFactory(first_day=date(2020, 2, 1), last_day=date(2020, 1, 31))


def test_one_root_unit():
    UnitFactory(is_root=True)

    with pytest.raises(IntegrityError, match="one_root_unit"):
        UnitFactory(is_root=True)


def test_units_stand_in_the_order_of_the_decree():
    places = [(3, "c"), (1, "b"), (2, "a"), (2, "d")]
    units = {code: UnitFactory(code=code, decree_place=place) for place, code in places}

    assert list(Unit.objects.in_decree_order()) == [units[code] for code in "badc"]
    assert list(Unit.objects.all()) == [units[code] for code in "badc"]


@pytest.mark.parametrize(
    ("kind", "to_unit", "fault"),
    [
        ("merger", True, None),
        ("dissolution", False, None),
        ("merger", False, "succession_has_successor"),
        ("split", "itself", "succession_between_two_units"),
    ],
)
def test_succession_is_between_two_units_or_a_dissolution(kind, to_unit, fault):
    old = UnitFactory()
    new = old if to_unit == "itself" else UnitFactory() if to_unit else None
    if fault is None:
        assert SuccessionFactory(kind=kind, from_unit=old, to_unit=new).pk
    else:
        with pytest.raises(IntegrityError, match=fault), transaction.atomic():
            SuccessionFactory(kind=kind, from_unit=old, to_unit=new)


def test_succession_reads_from_old_to_new():
    old, new = (UnitStateFactory(official_name=name).unit for name in ("Cục Cũ", "Cục Mới"))

    assert str(SuccessionFactory(from_unit=old, to_unit=new)) == "Cục Cũ → Cục Mới"
    assert str(SuccessionFactory(from_unit=old, to_unit=None, kind="dissolution")) == "Cục Cũ → giải thể"
