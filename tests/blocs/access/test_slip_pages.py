"""The page that takes a slip's code, and the sessions that end with it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs import actions
from blocs.actions.slips import Newcomer
from blocs.models import Invitation, Post, User
from tests.factories import UnitStateFactory, user_with
from tests.pages import read

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PASSWORD = "mat-khau-moi-rat-dai"


@pytest.fixture
def office():
    return UnitStateFactory(official_name="Cục Một").unit


@pytest.fixture
def officer(office):
    return user_with("officer", office)


@pytest.fixture
def slip(staff, office):
    post = Post(unit=office, role="officer", title="Chuyên viên", first_day=TODAY, basis="1/QĐ")
    return actions.invite(newcomer=Newcomer(full_name="Nguyễn Văn An"), post=post, by=staff)


def typed(slip, **change):
    return {"username": "an.nv", "code": slip.code.lower(), "password": PASSWORD, "again": PASSWORD} | change


def errors(response):
    return {field: list(found) for field, found in response.context["form"].errors.items()}


def test_code_signs_in_and_leads_home(client, slip):
    response = client.post(reverse("use-code"), typed(slip))

    assert response.headers["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(slip.invitation.user_id)
    assert User.objects.get(username="an.nv").check_password(PASSWORD)


def test_code_signs_in_in_the_place_of_who_was_there(client, slip, staff):
    client.force_login(staff)
    client.post(reverse("use-code"), typed(slip))

    assert client.session["_auth_user_id"] == str(slip.invitation.user_id)


def test_same_words_for_a_wrong_code_and_an_unknown_name(client, slip):
    wrong = errors(client.post(reverse("use-code"), typed(slip, code="2222-2222-2222")))
    nobody = errors(client.post(reverse("use-code"), typed(slip, username="khong.co")))

    assert wrong == nobody
    assert list(wrong) == ["__all__"]
    assert Invitation.objects.get().attempts == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"again": "khac-hoan-toan-x"}, "again"),
        ({"password": "ngan", "again": "ngan"}, "password"),
        ({"code": ""}, "code"),
    ],
)
def test_mistake_in_the_password_costs_no_attempt(client, slip, change, field):
    response = client.post(reverse("use-code"), typed(slip, **change) | {"code": change.get("code", "2222")})

    assert list(errors(response)) == [field]
    assert Invitation.objects.get().attempts == 0


def test_codes_are_tried_at_a_limited_rate(client, slip, settings):
    settings.ACCOUNT_RATE_LIMITS = {"use_code": "3/m/ip"}
    statuses = [
        client.post(reverse("use-code"), typed(slip, code="2222")).status_code for _attempt in range(4)
    ]

    assert statuses == [200, 200, 200, 429]


def test_old_sessions_end_when_a_code_is_used(client, staff, officer):
    officer.set_password("mat-khau-cu-rat-dai")
    officer.save()
    elsewhere = type(client)()
    elsewhere.post(reverse("account_login"), {"login": officer.username, "password": "mat-khau-cu-rat-dai"})
    assert elsewhere.get(reverse("usersessions_list")).status_code == 200
    slip = actions.renew_slip(user=officer, by=staff)
    client.post(reverse("use-code"), typed(slip, username=officer.username))

    assert elsewhere.get(reverse("usersessions_list")).status_code == 302
    assert client.get(reverse("usersessions_list")).status_code == 200


def test_sessions_end_when_an_account_is_stopped(client, staff, officer):
    client.force_login(officer)
    assert client.get(reverse("usersessions_list")).status_code == 200
    actions.deactivate(user=officer, by=staff, reason="Chuyển công tác")

    assert client.get(reverse("usersessions_list")).status_code == 302


def test_sign_in_page_shows_the_way_to_the_code(client):
    page = read(client, reverse("account_login"))

    assert page.links["Nhập mã"] == reverse("use-code")
    assert re.search(
        r'<input[^>]*name="login"[^>]*autofocus', client.get(reverse("account_login")).content.decode()
    )
