"""What every page keeps to, asked for by three kinds of user with one row of each kind and with many."""

import re
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve, reverse

from tests.rows import ADMIN_PAGES, EXPORTS, PAGES, SEEN_BY, Site

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

CEILING = 45
MANY = 4


@dataclass(frozen=True)
class Answer:
    """What a page answered; `html` is empty where it is no page, or says that there is none."""

    address: str
    status: int
    queries: int
    html: str

    @property
    def counted(self):
        return self.status, self.queries


def walk(client, who, number):
    """{page: Answer} of a site with so many rows, which is taken back."""
    seen = {name: page for name, page in PAGES.items() if who in SEEN_BY.get(name, {who})}
    with transaction.atomic():
        site, found = Site(number), {}
        client.force_login(getattr(site, who))
        client.get(reverse("usersessions_list"))  # the first in ten minutes keeps that the session was seen
        for name, page in (seen | ADMIN_PAGES | EXPORTS).items():
            address = page(site) + ("?export=xlsx" if name in EXPORTS else "")
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            is_page = response.status_code == 200 and "text/html" in response.get("Content-Type", "")
            html = response.content.decode() if is_page else ""
            found[name] = Answer(address, response.status_code, len(queries), html)
        transaction.set_rollback(True)
    return found


FORM = re.compile(r"<form\b(?P<tag>[^>]*)>(?P<inside>.*?)</form>", re.DOTALL)
ACTION = re.compile(r'\baction="([^"?#]*)')


def faults(answer):
    """What is wrong with the forms of a page that are sent by POST."""
    for form in FORM.finditer(answer.html):
        if not re.search(r'method="post"', form["tag"], re.IGNORECASE):
            continue
        if 'name="csrfmiddlewaretoken"' not in form["inside"]:
            yield "no token", form["tag"]
        action = ACTION.search(form["tag"])
        try:
            resolve(action[1] if action and action[1] else answer.address.partition("?")[0])
        except Resolver404:
            yield "leads nowhere", form["tag"]


@pytest.mark.parametrize("who", ["staff", "secretary", "officer"])
def test_queries_do_not_grow_with_rows_and_every_form_can_be_sent(client, who):
    """Asked in one walk and told in one piece: a page is too dear to be asked for again."""
    ContentType.objects.get_for_models(*apps.get_models())  # kept by the process, not asked for by each page
    one, many = walk(client, who, 1), walk(client, who, MANY)
    lawful = (200, 302) if who != "officer" else (200, 302, 403, 404)  # who keeps nothing of the bloc
    pages = [(name, each) for answers in (one, many) for name, each in answers.items() if each.html]
    found = {
        "grow with rows": {
            name: (one[name].counted, many[name].counted)
            for name in one
            if one[name].counted != many[name].counted
        },
        "are many": {name: each.queries for name, each in many.items() if each.queries > CEILING},
        "are refused": {
            name: each.status for name, each in many.items() if name in PAGES and each.status not in lawful
        },
        "cannot be sent": {name: wrong for name, each in pages if (wrong := list(faults(each)))},
        "have no form, not even to sign out": {
            name for name, each in pages if 'method="post"' not in each.html
        },
    }

    assert {fault: where for fault, where in found.items() if where} == {}
