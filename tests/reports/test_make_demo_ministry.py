"""The demonstration ministry: whole, made up, the same again for the same seed and year."""

import hashlib
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from blocs.models import Entry, Person, Post, Succession, Unit, UnitState, User
from blocs.models.people import Operator
from blocs.permissions import Refused
from campaigns.models import BlocYear, EmulationYear, Handover, Phase, Pledge, Seat, Signature
from reports.actions import make_demo_ministry
from tests.factories import UnitFactory, user_with

pytestmark = pytest.mark.django_db

JOURNAL = {"entry", "payload", "seal", "paperrecord"}
APPS = ("blocs", "campaigns", "scores", "awards", "nominations", "decisions")
OURS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in APPS and model._meta.model_name not in JOURNAL
]


@pytest.fixture
def debug(settings):
    settings.DEBUG = True


def make(seed=2026):
    return make_demo_ministry(seed=seed, by=Operator("tester"))


def without_keys(value):
    """A kept value without the keys of units in it."""
    if isinstance(value, list):
        return [without_keys(each) for each in value]
    if isinstance(value, dict):
        return {name: without_keys(each) for name, each in value.items() if name not in ("unit", "tied_with")}
    return value


def digest():
    """All rows without keys, passwords and times: what a row refers to counts by its place among its like."""
    places = {
        model: {
            key: place for place, key in enumerate(model.objects.order_by("pk").values_list("pk", flat=True))
        }
        for model in OURS
    }
    text = hashlib.sha256()
    for model in OURS:
        fields = [
            field
            for field in model._meta.concrete_fields
            if not field.primary_key
            and field.get_internal_type() != "DateTimeField"
            and field.name != "password"
        ]
        for row in model.objects.order_by("pk"):
            values = [
                places[field.related_model].get(field.value_from_object(row))
                if field.is_relation and field.related_model in places
                else without_keys(field.value_from_object(row))
                for field in fields
            ]
            text.update(f"{model._meta.label}{values}".encode())
    return text.hexdigest()


def digest_of(seed, day):
    with time_machine.travel(f"{day} 12:00:00+07:00"), transaction.atomic():
        make(seed)
        found = digest()
        transaction.set_rollback(True)
    return found


def made_in_may():
    with time_machine.travel("2026-05-20 12:00:00+07:00"):
        return make()


MADE_ONCE = made_in_may


@pytest.fixture
def ministry(made_once):
    """How many rows of each kind were made."""
    return made_once


def test_seed_makes_the_same_ministry_all_year():
    first = digest_of(2026, "2026-02-01")

    assert digest_of(2026, "2026-11-30") == first
    assert digest_of(7, "2026-02-01") != first


def test_ministry_is_whole(ministry):
    now = BlocYear.objects.filter(year__code="2026")
    seats = Seat.objects.filter(bloc_year__in=now)

    assert set(EmulationYear.objects.values_list("code", flat=True)) == {"2025", "2026"}
    assert (now.count(), seats.values("unit").distinct().count()) == (15, 200)
    assert BlocYear.objects.filter(year__code="2025", closed_on=date(2025, 12, 31)).count() == 12
    assert Handover.objects.filter(completed_on=None).count() == 3
    assert Succession.objects.get().from_unit.seats.get().last_day == date(2025, 6, 30)
    assert UnitState.objects.filter(first_day=date(2025, 3, 1)).count() == 4
    assert {each.kind for each in Phase.objects.filter(year__code="2026")} == set(Phase.Kind)
    assert all(count for count in ministry.values())


def test_posts_are_given_as_a_ministry_gives_them(ministry):
    held = Post.objects.held_on(date(2026, 5, 20))
    leaders = Seat.objects.filter(bloc_year__year__code="2026", role="leader")

    assert {role: held.filter(role=role).count() for role in ("staff", "administrator", "clerk")} == {
        "staff": 4,
        "administrator": 1,
        "clerk": 15,
    }
    assert not leaders.exclude(unit__in=held.filter(role="secretary").values("unit")).exists()
    assert not leaders.exclude(unit__in=held.filter(role="clerk").values("unit")).exists()
    officers = held.filter(role="officer", on_behalf_of=None)
    assert officers.count() == officers.values("unit").distinct().count() == 200
    assert held.get(on_behalf_of__isnull=False).basis


def test_thirty_seven_units_have_not_signed(ministry):
    seats = Seat.objects.filter(bloc_year__year__code="2026").values_list("bloc_year", "unit")
    signed = Signature.objects.filter(pledge__bloc_years__year__code="2026")
    missing = set(seats) - set(signed.values_list("pledge__bloc_years", "unit"))
    incomplete = {bloc_year for bloc_year, _unit in missing}

    assert len(missing) == 37
    pledges = Pledge.objects.filter(bloc_years__year__code="2026")
    assert set(pledges.filter(signed_on=None).values_list("bloc_years", flat=True)) == incomplete
    assert 0 < len(incomplete) < 15


def test_nobody_in_it_is_real(ministry):
    assert Unit.objects.get(is_root=True).name() == "Bộ Mẫu (dữ liệu minh hoạ)"
    assert not Person.objects.filter(is_fictitious=False).exists()
    assert {user.email.split("@")[1] for user in User.objects.all()} == {"bo-mau.example"}
    assert not any(user.has_usable_password() for user in User.objects.all())
    telephones = Post.objects.exclude(telephone="").values_list("telephone", flat=True)
    assert all(each.startswith("024 0000 ") for each in telephones)


def test_rows_are_found_and_sorted_as_if_typed(ministry):
    person, state = Person.objects.first(), UnitState.objects.get(symbol="CHĐ")

    assert person.search_key and person.sort_key
    assert "hai dang" in state.search_key
    assert state.unit.decree_place == state.decree_place
    assert not Post.objects.filter(search_key="").exists()
    assert not BlocYear.objects.filter(search_key="").exists()


def test_one_act_of_the_operator_is_journalled(ministry):
    entry = Entry.objects.get()

    assert (entry.act, entry.post.role, entry.object_name) == (
        "ministry.make-demo",
        "operator",
        "Bộ Mẫu (dữ liệu minh hoạ)",
    )
    assert entry.payload.data["after"] == {"seed": 2026, "year": 2026, "rows": ministry}


def test_only_the_operator_makes_it():
    staff = user_with("staff")

    with pytest.raises(Refused, match="lệnh trên máy chủ"):
        make_demo_ministry(seed=1, by=staff)


def test_it_never_stands_beside_other_units():
    UnitFactory()

    with pytest.raises(Refused, match="chưa có đơn vị nào"):
        make()
    assert Unit.objects.count() == 1


@time_machine.travel("2027-02-01 12:00:00+07:00")
def test_command_makes_it_once_and_of_the_present_year(debug):
    said = StringIO()
    call_command("make_demo_ministry", seed=5, stdout=said)
    call_command("make_demo_ministry", seed=5, stdout=said)

    assert "thêm 15 khối thi đua\n" in said.getvalue()
    assert said.getvalue().endswith("Bộ minh hoạ đã có, giữ nguyên.\n")
    assert Entry.objects.count() == 1
    assert set(EmulationYear.objects.values_list("code", flat=True)) == {"2026", "2027"}


def test_command_refuses_another_ministry(debug):
    UnitFactory(is_root=True)

    with pytest.raises(CommandError, match="chưa có đơn vị nào"):
        call_command("make_demo_ministry")


def test_command_is_for_debug_only():
    with pytest.raises(CommandError, match="DEBUG=on"):
        call_command("make_demo_ministry")
    assert not Unit.objects.exists()


def test_trial_accounts_stand_on_it(debug, ministry, tmp_path):
    said = StringIO()
    call_command("make_trial_accounts", passwords=tmp_path / "accounts.txt", stdout=said)

    assert said.getvalue().count("(tài khoản dùng thử)") == 5
