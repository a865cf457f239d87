"""What every request carries: its id and its language."""

import uuid

import pytest
from django.conf import settings
from django.urls import reverse

from config.middleware import current_request_id

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
