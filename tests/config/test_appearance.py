"""How the pages look to one person: chosen with a form, kept in a cookie, the same on every page."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from config import tokens
from config.appearance import COOKIE, Appearance
from tests.factories import user_with

pytestmark = pytest.mark.django_db

UNCHOSEN = ("normal", "(prefers-contrast: more)")


def look(client, address):
    """The size of the letters and where the theme of high contrast holds, as a page says."""
    html = client.get(address).content.decode()
    [size] = re.findall(r'<html [^>]*data-size="([^"]*)"', html)
    [media] = re.findall(r'css/contrast[^"]*" media="([^"]*)"', html)
    return size, media


@pytest.mark.parametrize(
    ("cookie", "shown"),
    [
        ("", UNCHOSEN),
        ("size:large.contrast:high", ("large", "all")),
        ("size:normal.contrast:normal", ("normal", "not all")),
        ("size:larger", ("larger", "(prefers-contrast: more)")),
        ("size:huge.contrast:none", UNCHOSEN),
        ("size:large.evil:<script>", ("large", "(prefers-contrast: more)")),
        ("...:::", UNCHOSEN),
    ],
)
@pytest.mark.parametrize("name", ["account_login", "help", "admin:index"])
def test_every_page_looks_as_was_chosen(client, cookie, shown, name):
    if name != "account_login":
        client.force_login(user_with("staff"))
    client.cookies[COOKIE] = cookie

    assert look(client, reverse(name)) == shown


@pytest.mark.parametrize(
    ("before", "wish", "after"),
    [
        ("", {"size": "large"}, Appearance("large", "")),
        ("size:large", {"contrast": "high"}, Appearance("large", "high")),
        ("size:large.contrast:high", {"size": "normal"}, Appearance("normal", "high")),
        ("size:large", {"size": "huge", "contrast": ""}, Appearance("large", "")),
        ("size:large", {}, Appearance("large", "")),
    ],
)
def test_choosing_one_thing_keeps_the_other(client, rf, before, wish, after):
    client.cookies[COOKIE] = before

    response = client.post(reverse("appearance"), {"next": "/giup/", **wish})
    rf.cookies[COOKIE] = response.cookies[COOKIE].value

    assert response.url == "/giup/"
    assert Appearance.of(rf.get("/")) == after


def test_choosing_leads_nowhere_else(client):
    assert client.post(reverse("appearance"), {"next": "https://elsewhere.example/"}).url == "/"


def test_what_is_chosen_is_marked(client):
    client.cookies[COOKIE] = "size:large.contrast:high"
    html = client.get(reverse("account_login")).content.decode()

    pressed = re.findall(r'name="(\w+)" value="(\w+)" aria-pressed="true"', html)

    assert pressed == [("size", "large"), ("contrast", "high")]


@pytest.mark.parametrize("name", tokens.THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), tokens.PAIRS)
def test_contrast_of_a_theme(name, ink, ground, least):
    values = tokens.theme(name)

    assert tokens.contrast(values[ink], values[ground]) >= least


def test_theme_of_high_contrast_sets_only_tokens_that_are_there():
    css = settings.BASE_DIR / "static" / "css"
    own = {name for name, _value in tokens.TOKEN.findall((css / "contrast.css").read_text("utf-8"))}

    assert own - set(tokens.theme("tokens")) == set()


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#fff", 21), ("#fff", "#ffffff", 1), ("#767676", "#fff", 4.54)]
)
def test_contrast_is_counted_as_wcag_counts(one, other, ratio):
    assert round(tokens.contrast(one, other), 2) == ratio
    assert tokens.contrast(other, one) == tokens.contrast(one, other)
