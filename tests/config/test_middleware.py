"""What every request carries: its id and its language."""

import uuid

import pytest
from django.conf import settings
from django.urls import reverse

from config.middleware import current_request_id
from tests.factories import user_with

pytestmark = pytest.mark.django_db

LOGIN = "account_login"


@pytest.mark.parametrize(
    ("cookie", "wish", "language"),
    [
        (None, None, "vi"),
        (None, "en-US,en;q=0.9", "vi"),
        ("vi", "en", "vi"),
        ("en", None, "en"),
        ("en", "vi", "en"),
        ("xx", "en", "vi"),
    ],
)
def test_language_is_the_one_that_was_chosen_here(client, cookie, wish, language):
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = client.get(reverse(LOGIN), headers={"Accept-Language": wish} if wish else {})
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()
    assert "Cookie" in response["Vary"]


def test_language_is_chosen_without_signing_in(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": reverse(LOGIN)})
    assert response.url == reverse(LOGIN)
    assert client.get(response.url)["Content-Language"] == "en"


def test_language_switch_leads_nowhere_else(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert response.url == "/"


def test_requests_have_ids_of_their_own(client):
    ids = {client.get(reverse(LOGIN))["X-Request-Id"] for _request in range(2)}
    assert len({uuid.UUID(each) for each in ids}) == 2


def test_outside_a_request_each_question_has_its_own_id():
    assert current_request_id() != current_request_id()


class Broken(Exception):
    """A fault of ours."""


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("address", ["/khong-co/", "/giup/khong-co/"])
def test_missing_page_is_ours_on_a_trial_site_too(client, settings, debug, address):
    settings.DEBUG = debug
    client.force_login(user_with("staff"))
    response = client.get(address)
    assert response.status_code == 404
    assert "<h1>Không có trang này</h1>" in response.content.decode()


@pytest.mark.parametrize("debug", [True, False])
def test_fault_is_our_page_and_is_logged(client, settings, monkeypatch, caplog, debug):
    def broken():
        raise Broken

    settings.DEBUG = debug
    client.raise_request_exception = False
    monkeypatch.setattr("config.ui.describe_installation", broken)
    response = client.get(reverse(LOGIN))
    assert response.status_code == 500
    assert "<h1>Hệ thống gặp lỗi, chưa lưu được việc vừa làm</h1>" in response.content.decode()
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [Broken]


def test_address_without_its_last_slash_still_leads_there(client, settings):
    settings.DEBUG = True
    response = client.get("/giup")
    assert (response.status_code, response["Location"]) == (301, "/giup/")
