"""No link is shown to whom it does not open: from home on, every page of every account, link by link."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from blocs.models import User
from tests.e2e.conftest import shipped_bloc

pytestmark = [pytest.mark.whole, pytest.mark.django_db]

PEOPLE = ("can-bo-bo", "thu-ky-khoi", "van-thu", "can-bo-don-vi", "quan-tri")
MOST = 300  # pages of one person
MADE_ONCE = shipped_bloc
LEADS_OUT = ("/tai-khoan/logout/",)


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "a" and told.get("href") and "download" not in told:
            self.found.append(told["href"])


def pattern(address):
    """An address without its numbers and questions: pages alike are asked a few times, not each time."""
    parts = urlsplit(address)
    path = "/".join("#" if part.isdecimal() else part for part in parts.path.split("/"))
    names = sorted(each.partition("=")[0] for each in parts.query.split("&") if each)
    return path, tuple(names)


def crawl(client):
    """{address: (status, the page that links to it)} of the pages of a person."""
    found, waiting, alike = {}, [("/", "")], {}
    while waiting and len(found) < MOST:
        address, by = waiting.pop(0)
        answer = client.get(address)
        found[address] = answer.status_code, by
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for link in Links(answer.content.decode()).found:
            target = urldefrag(urljoin(address, link)).url
            kind = pattern(target)
            known = target in found or any(target == each for each, _by in waiting)
            if target.startswith("/") and not known and target not in LEADS_OUT and alike.get(kind, 0) < 2:
                alike[kind] = alike.get(kind, 0) + 1
                waiting.append((target, address))
    return found


@pytest.mark.parametrize("name", PEOPLE)
def test_every_link_opens(made_once, name):
    client = Client()
    client.force_login(User.objects.get(username=name))
    found = crawl(client)

    assert len(found) > 10
    assert {each: told for each, told in found.items() if told[0] not in (200, 302)} == {}
