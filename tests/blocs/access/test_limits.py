"""How often signing in may be tried: by account, and by account and address; never by address alone."""

import unicodedata
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import UserFactory, user_with

pytestmark = pytest.mark.django_db

PASSWORD = "mật-khẩu-rất-dài"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def user():
    user = user_with("officer")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(login, password, address="10.0.0.1"):
    return Client(REMOTE_ADDR=address).post(reverse("account_login"), {"login": login, "password": password})


def test_account_tried_too_often_from_an_address_is_refused_there_alone(user):
    for _try in range(5):
        assert sign_in(user.username, "sai").status_code == 200
    assert "Đã nhập sai nhiều lần" in sign_in(user.username, PASSWORD).content.decode()

    assert sign_in(user.username, PASSWORD, address="10.0.0.2").status_code == 302


def test_one_address_alone_cannot_lock_an_account_for_others(user):
    """As many tries as its own limit lets it make within an hour."""
    moment = timezone.now()
    for round_ in range(12):
        with time_machine.travel(moment + timedelta(seconds=301 * round_), tick=False):
            for _try in range(6):
                sign_in(user.username.upper(), "sai")

    with time_machine.travel(moment + timedelta(seconds=301 * 12), tick=False):
        assert sign_in(user.username, PASSWORD, address="10.0.0.2").status_code == 302


def test_account_tried_from_many_addresses_is_refused_everywhere(user):
    for number in range(100):
        sign_in(user.username, "sai", address=f"10.1.0.{number}")

    assert "Đã nhập sai nhiều lần" in sign_in(user.username, PASSWORD, address="10.2.0.1").content.decode()


def test_a_whole_building_signs_in_from_one_address():
    people = [UserFactory() for _number in range(60)]
    for each in people:
        each.set_password(PASSWORD)
        each.save()

    assert [sign_in(each.username, "sai").status_code for each in people] == [200] * 60
    assert [sign_in(each.username, PASSWORD).status_code for each in people] == [302] * 60


@pytest.mark.parametrize("kept", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_letters_with_marks_are_the_same_whatever_keyboard_composes_them(user, kept, typed):
    user.set_password(unicodedata.normalize(kept, PASSWORD))
    user.save()

    assert user.check_password(unicodedata.normalize(typed, PASSWORD))
    assert sign_in(user.username, unicodedata.normalize(typed, PASSWORD)).status_code == 302
    assert not user.check_password("mat-khau-rat-dai")


@pytest.mark.parametrize("name", ["home", "account_change_password", "admin:index"])
def test_what_a_signed_in_person_is_shown_is_stored_nowhere(client, user, name):
    client.force_login(user)

    assert client.get(reverse(name)).headers["Cache-Control"] == "private, no-store"
