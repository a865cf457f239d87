"""Units that are merged, split, handed on or dissolved."""

from datetime import date

import pytest
from django.urls import reverse

from blocs import actions
from blocs.models import Entry, Succession
from blocs.permissions import Refused
from tests import factories as make
from tests.blocs.two_blocs import Marked, address
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


def test_page_asks_and_records(client, units):
    client.force_login(user_with("staff"))
    page = reverse("unit-succeed", args=[units[0].pk])
    change = reverse("admin:blocs_unit_change", args=[units[0].pk])
    assert f'href="{page}"' in client.get(change).content.decode()
    data = {"on": "01/03/2021", "kind": "split", "successors": [units[1].pk], "basis": BASIS}
    assert "Chia, tách thì chọn từ hai đơn vị mới." in client.post(page, data).content.decode()
    data["successors"] = [units[1].pk, units[2].pk]
    assert client.post(page, data).url == change
    shown = client.get(change).content.decode()
    assert f'href="{page}"' not in shown
    assert "Đơn vị này đã kết thúc hoạt động từ ngày 01/03/2021." in shown


def test_page_is_closed_to_others(client):
    world = Marked()
    client.force_login(world.people["leader a"])
    assert client.get(reverse("unit-succeed", args=[world.units["leader a"].pk])).status_code == 403
    assert client.get(reverse("unit-succeed", args=[world.units["leader b"].pk])).status_code == 404
    unit = client.get(address(type(world.units["leader a"]), "change", world.units["leader a"].pk))
    assert "ke-thua" not in unit.content.decode()
