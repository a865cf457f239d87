"""What every model and act must say, and that silence is found."""

import pytest
from django.core.checks import run_checks
from django.db import models

from blocs import checks, journal, permissions
from blocs.contributions import Registry
from blocs.journal import Act, record
from blocs.models import Unit
from blocs.permissions import NoWindow, Refusal, closed_window, require, require_open
from blocs.registers import NothingRegistered, Register, RegisterByKey
from campaigns.models import Meeting
from tests.factories import MeetingFactory, UnitFactory


def test_the_product_says_all_of_it():
    assert [each for each in run_checks() if each.id.startswith("blocs.")] == []


def unasked(*, unit, by):
    record(unit, by=by, post=by.standing().posts[0])


def permitted(*, unit, by):
    require(by)


def governed(*, unit, by):
    helper(unit)


def helper(unit):
    require_open(unit)
    require(unit)


@pytest.mark.parametrize(
    ("function", "more", "found"),
    [
        (unasked, {}, ["blocs.E001", "blocs.E003"]),
        (unasked, {"any_day": "always"}, ["blocs.E001"]),
        (unasked, {"any_day": "always", "anybody": "everyone"}, []),
        (permitted, {}, ["blocs.E003"]),
        (permitted, {"any_day": "always"}, []),
        (governed, {}, []),
        (governed, {"any_day": "always"}, ["blocs.E002"]),
    ],
)
def test_act_that_does_not_say(monkeypatch, function, more, found):
    monkeypatch.setattr(checks, "acts", {"test.act": Act("test.act", "Việc", function, **more)})
    monkeypatch.setattr(checks, "OURS", (*checks.OURS, "tests"))

    assert [each.id for each in checks.check_acts(None)] == found


def test_every_act_of_the_product_is_checked(monkeypatch):
    asked = []
    monkeypatch.setattr(checks, "asked_by", lambda function: asked.append(function) or {"permission"})
    list(checks.check_acts(None))

    codes = sorted(code for code in journal.acts if not code.startswith("test."))
    assert asked == [journal.acts[code].function for code in codes]
    assert len(asked) > 80


def test_model_without_a_window_is_named(monkeypatch):
    register = RegisterByKey("windows")
    register |= {model: closed for model, closed in permissions.windows.items() if model is not Meeting}
    monkeypatch.setattr(checks, "windows", register)

    assert [each.id for each in checks.check_models(None)] == ["blocs.E005"]


def test_model_with_a_window_and_without_one_is_named(monkeypatch):
    register = RegisterByKey("any_day")
    register |= permissions.any_day | {Meeting: "always"}
    monkeypatch.setattr(checks, "any_day", register)

    assert [each.id for each in checks.check_models(None)] == ["blocs.E006"]


def test_model_that_is_not_scoped_is_named(monkeypatch):
    plain = models.Manager()
    plain.model = Unit
    monkeypatch.setattr(Unit._meta, "default_manager", plain)

    assert [each.id for each in checks.check_models(None)] == ["blocs.E004"]


@pytest.mark.django_db
def test_row_whose_window_nobody_named_is_not_open(monkeypatch):
    meeting, unit = MeetingFactory(), UnitFactory()
    assert closed_window(meeting) is None and closed_window(unit) is None
    monkeypatch.delitem(permissions.windows, Meeting)
    monkeypatch.delitem(permissions.any_day, Unit)

    for row in (meeting, unit):
        with pytest.raises(NoWindow, match=row._meta.label):
            closed_window(row)


# Registers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda registry: registry.steps_of([], None),
        lambda registry: registry.buttons_of("campaigns.meeting", [], None),
        lambda registry: registry.reopened_of([]),
        lambda registry: registry.carried_into(None, []),
        lambda registry: registry.left_open_by(None, None),
        lambda registry: registry.reach_of([]),
        lambda registry: registry.ways.get("scoring"),
        lambda registry: list(registry.recording),
        lambda registry: list(registry.ticks),
        lambda registry: list(registry.waitings),
    ],
)
def test_registry_that_nobody_filled_is_an_error(ask):
    with pytest.raises(NothingRegistered):
        ask(Registry())


@pytest.mark.parametrize(
    "ask",
    [lambda register: register["a"], lambda register: register.get("a"), lambda register: "a" in register],
)
def test_register_by_key(ask):
    register = RegisterByKey("things")
    with pytest.raises(NothingRegistered, match="Nothing is registered as things"):
        ask(register)
    register["b"] = 1

    assert register.get("a") is None and "a" not in register and register["b"] == 1
    with pytest.raises(KeyError):
        register["a"]


def test_register_keeps_its_order():
    register = Register("things", [2])
    register.append(1)

    assert list(register) == [2, 1]


def test_refusal_is_no_permission():
    with pytest.raises(permissions.Refused):
        require(Refusal("Không"))
