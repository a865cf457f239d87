"""Help: three pictures and three sentences for each main screen, one tap from the screen itself."""

import re

import pytest
from django.urls import get_resolver, reverse

from config import help as guide
from tests.e2e.help_pictures import FOLDER, PICTURES
from tests.factories import user_with
from tests.pages import read

pytestmark = pytest.mark.django_db

LARGEST = 40_000  # bytes of a picture, for a slow line


@pytest.fixture
def reader(client):
    client.force_login(user_with("staff"))
    return client


@pytest.mark.parametrize("key", guide.PAGES)
def test_each_help_has_three_pictures_that_are_there_and_small(reader, key):
    html = reader.get(reverse("help-page", args=[key])).content.decode()
    shown = re.findall(r'class="lessons__picture" src="/static/img/help/([^"]+)"', html)

    assert shown == [f"{key}-{number}.webp" for number in (1, 2, 3)]
    assert [name for name in shown if not 0 < (FOLDER / name).stat().st_size < LARGEST] == []


def test_every_picture_is_shown():
    kept = {path.name for path in FOLDER.iterdir()}

    assert kept == {f"{key}-{number}.webp" for key in guide.PAGES for number in (1, 2, 3)}
    assert {key: len(shots) for key, shots in PICTURES.items()} == dict.fromkeys(guide.PAGES, 3)


@pytest.mark.parametrize(("key", "found"), guide.PAGES.items())
def test_sentences_are_short(key, found):
    assert [str(each) for each in found.sentences if len(str(each)) > 110] == []


def test_help_is_for_screens_that_are_there():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)} | {"admin"}

    assert set(guide.SCREENS) - names == set()


@pytest.mark.parametrize(
    ("address", "help_address"),
    [
        (reverse("admin:index"), "/giup/so-so-lieu/"),
        (reverse("admin:campaigns_meeting_changelist"), "/giup/so-so-lieu/"),
        (reverse("help"), "/giup/"),
        (reverse("account_email"), "/giup/"),
    ],
)
def test_page_leads_to_its_help(reader, address, help_address):
    html = reader.get(address).content.decode()

    assert re.findall(r'class="masthead__help" href="([^"]*)"', html) == [help_address]
    assert re.findall(r'class="foot__guide" href="([^"]*)"', html) == [help_address]


def test_list_leads_to_every_help(reader):
    addresses = read(reader, reverse("help")).addresses

    assert {reverse("help-page", args=[key]) for key in guide.PAGES} - set(addresses) == set()


def test_help_that_is_not_there(reader):
    assert reader.get(reverse("help-page", args=["khong-co"])).status_code == 404


def test_help_asks_for_a_sign_in(client):
    assert client.get(reverse("help")).url.startswith(reverse("account_login"))
