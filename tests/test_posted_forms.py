"""Every form that a page offers can really be sent: it carries its token and leads to a known address."""

import re

import pytest
from django.urls import Resolver404, resolve

from tests.test_queries import PAGES, Site

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

FORM = re.compile(r"<form\b(?P<tag>[^>]*)>(?P<inside>.*?)</form>", re.DOTALL)
ACTION = re.compile(r'\baction="([^"?#]*)')


def faults(html, address):
    """What is wrong with the forms of a page that are sent by POST."""
    for form in FORM.finditer(html):
        if not re.search(r'method="post"', form["tag"], re.IGNORECASE):
            continue
        if 'name="csrfmiddlewaretoken"' not in form["inside"]:
            yield "no token", form["tag"]
        action = ACTION.search(form["tag"])
        try:
            resolve(action[1] if action and action[1] else address.partition("?")[0])
        except Resolver404:
            yield "leads nowhere", form["tag"]


def site():
    return Site(1)


MADE_ONCE = site


@pytest.mark.parametrize("who", ["staff", "secretary"])
def test_every_form_has_its_token_and_leads_somewhere(client, made_once, who):
    site = made_once
    client.force_login(getattr(site, who))
    found, forms = {}, 0
    for name, page in PAGES.items():
        address = page(site)
        response = client.get(address)
        if response.status_code == 200 and "text/html" in response.get("Content-Type", ""):
            html = response.content.decode()
            forms += html.count('method="post"')
            if wrong := list(faults(html, address)):
                found[name] = wrong

    assert found == {}
    assert forms > len(PAGES)
