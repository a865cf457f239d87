"""The character NUL, which no database keeps, in every address, question and field: never answered 500."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests import addresses
from tests.forms import Fields

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

NUL = "a\0b"
OURS = ["draft-of", "shown-to", "shown_version", "role"]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The three blocs, made once: every answer is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield addresses.Site()
        transaction.set_rollback(True)


@pytest.fixture
def visitor(site, settings):
    settings.REQUIRE_MFA = False
    made = addresses.Visitor(raise_request_exception=False)
    made.force_login(site.roles["staff"])
    return made


@pytest.mark.parametrize("path", ["/nam/2026%00/", "/%00", "/static/a%00.css", "/tim/?q=%00", "/tim/?%00=1"])
def test_an_address_or_question_with_nul_is_answered_400(visitor, path):
    assert visitor.get(path).status_code == 400


def test_a_cookie_with_nul_is_answered_400(client, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = NUL

    assert client.get(reverse("account_login")).status_code == 400


def test_no_address_with_nul_in_one_of_its_keys_is_answered_500(site, visitor):
    found = {}
    for route in addresses.routes():
        for key in addresses.keys_in(route):
            path = addresses.address(site, route, addresses.OWN, **{key: "2020%00"})
            found[path] = visitor.get(path).status_code

    assert {path: status for path, status in found.items() if status not in (400, 404)} == {}


def test_no_field_with_nul_is_answered_500(site, visitor):
    found = {}
    for route in addresses.routes():
        path = addresses.address(site, route, addresses.OWN)
        response, text = addresses.ask(visitor, "get", path, None)
        if response.status_code != 200 or "<form" not in text or response.streaming:
            continue
        fields = Fields(response).sent
        names = [name for name in fields if name != "csrfmiddlewaretoken"]
        wrong = [dict.fromkeys(names, NUL), *({**fields, name: NUL} for name in names[:2] + OURS)]
        wrong += [{NUL: NUL}, {f"{name}\0": "1" for name in names}]
        for sent in wrong:
            answer, _text = addresses.ask(visitor, "post", path, sent)
            if answer.status_code >= 500:
                found.setdefault(path, []).append([name for name, value in sent.items() if value == NUL])

    assert found == {}
