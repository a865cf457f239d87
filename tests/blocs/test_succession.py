"""Units that are merged, split, handed on or dissolved."""

from datetime import date

import pytest

from blocs import actions
from blocs.models import Entry, Succession
from blocs.permissions import Refused
from tests import factories as make
from tests.factories import user_with

pytestmark = pytest.mark.django_db

DAY = date(2021, 3, 1)
BASIS = "Nghị định 01/2021/NĐ-CP"


@pytest.fixture
def units(db):
    return [make.UnitStateFactory(official_name=f"Cục {name}").unit for name in ("Cũ", "Một", "Hai")]


def succeed(units, kind, number, **more):
    options = {"on": DAY, "basis": BASIS, "by": user_with("staff")} | more
    return actions.succeed(unit=units[0], kind=kind, successors=units[1 : 1 + number], **options)


@pytest.mark.parametrize(
    ("kind", "number"), [("merger", 1), ("transfer", 1), ("split", 2), ("dissolution", 0)]
)
def test_unit_ends_the_day_before_and_its_successors_are_known(units, kind, number):
    succeed(units, kind, number)
    old = units[0]
    assert [state.last_day for state in old.states.all()] == [date(2021, 2, 28)]
    assert [each.to_unit for each in Succession.objects.all()] == (units[1 : 1 + number] or [None])
    assert {(each.on, each.kind, each.basis) for each in Succession.objects.all()} == {(DAY, kind, BASIS)}
    entry = Entry.objects.select_related("payload").latest("pk")
    assert (entry.act, entry.object_key) == ("unit.succeed", str(old.pk))
    assert entry.payload.data["after"]["successors"] == [str(unit.pk) for unit in units[1 : 1 + number]]


@pytest.mark.parametrize(
    ("kind", "number"),
    [("merger", 0), ("merger", 2), ("transfer", 2), ("split", 1), ("split", 0), ("dissolution", 1)],
)
def test_form_and_number_of_successors_must_agree(units, kind, number):
    with pytest.raises(Refused):
        succeed(units, kind, number)
    assert not Succession.objects.exists()


def test_refused_without_basis_twice_into_itself_and_before_its_name(units):
    with pytest.raises(Refused, match="số, ngày văn bản"):
        succeed(units, "merger", 1, basis=" ")
    with pytest.raises(Refused, match="khác đơn vị cũ"):
        succeed([units[0], units[0]], "merger", 1)
    units[0].states.update(first_day=DAY)
    with pytest.raises(Refused, match="không mang tên"):
        succeed(units, "merger", 1)
    units[0].states.update(first_day=None)
    succeed(units, "merger", 1)
    with pytest.raises(Refused, match="đã kết thúc hoạt động từ ngày 01/03/2021"):
        succeed(units, "dissolution", 0)


@pytest.mark.parametrize("role", ["secretary", "officer", "clerk"])
def test_only_who_keeps_units_may(units, role):
    with pytest.raises(Refused):
        succeed(units, "merger", 1, by=user_with(role, units[0]))


# A new name -------------------------------------------------------------------------------------------------


def rename(unit, **more):
    options = {"first_day": DAY, "official_name": "Cục Mới", "basis": BASIS, "by": user_with("staff")} | more
    return actions.rename_unit(unit=unit, **options)


def test_unit_bears_another_name_from_a_day_and_all_else_stays(units):
    old = units[0].states.get()
    old.symbol, old.aliases, old.decree_place = "CC", ["Cục Cổ"], 7
    old.save()

    rename(units[0], short_name="CM")

    now = units[0].states.get(first_day=DAY)
    assert [str(units[0].name(day)) for day in (date(2021, 2, 28), DAY)] == ["Cục Cũ", "Cục Mới"]
    assert (now.short_name, now.symbol, now.aliases, now.decree_place) == ("CM", "CC", ["Cục Cổ"], 7)
    assert (now.kind, now.last_day) == (old.kind, None)
    entry = Entry.objects.get()
    assert (entry.act, entry.payload.data["before"]["official_name"]) == ("unit.rename", "Cục Cũ")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"official_name": "Cục  Cũ"}, "Tên mới phải khác"),
        ({"basis": " "}, "số, ngày văn bản"),
        ({"first_day": date(2019, 1, 1)}, "không mang tên đang dùng"),
    ],
)
def test_name_that_cannot_be_is_refused(units, told, said):
    units[0].states.update(first_day=date(2020, 1, 1))

    with pytest.raises(Refused, match=said):
        rename(units[0], **told)
    assert [state.last_day for state in units[0].states.all()] == [None]


@pytest.mark.parametrize("role", ["secretary", "officer", "clerk"])
def test_only_who_keeps_units_renames_them(units, role):
    with pytest.raises(Refused):
        rename(units[0], by=user_with(role, units[0]))
