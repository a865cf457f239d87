"""Every address, asked for by every kind of user, of the own bloc and of a foreign one: nothing leaks.

The answers stand in tests/data/addresses.txt. An address that is new fails here until it has a line there.
"""

from pathlib import Path

import pytest
from django.db import transaction

from tests import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

TABLE = Path(__file__).with_name("data") / "addresses.txt"
ROLES = [
    "anonymous",
    "nobody",
    "officer c",
    "secretary c",
    "officer a",
    "secretary a",
    "clerk a",
    "staff",
    "administrator",
]

OUTSIDE_LEADING_UNIT = {"nobody", "officer c", "secretary c", "officer a"}


def table():
    """{route: {column: letters by role}} as the file says."""
    lines = [line.split() for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {route: dict(zip(addresses.COLUMNS, letters, strict=True)) for route, *letters in lines}


EXPECTED = table()


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The three blocs, made once: every answer is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield addresses.Site()
        transaction.set_rollback(True)


def test_every_address_has_a_line_and_every_line_an_address():
    known = {route or "/" for route in addresses.routes()}

    assert known - set(EXPECTED) == set()
    assert set(EXPECTED) - known == set()


@pytest.mark.parametrize("role", ROLES)
def test_addresses_answer_as_written_and_give_nothing_away(site, settings, role):
    settings.REQUIRE_MFA = False
    others, leaks, without_reason = {}, [], []
    for route, column, letter, text in addresses.walk(site, role):
        expected = EXPECTED[route or "/"][column][ROLES.index(role)]
        if letter != expected:
            others[route, column] = f"{letter} instead of {expected}"
        if role not in addresses.SEE_ALL and addresses.secrets_in(text):
            leaks.append((route, column))
        if role in OUTSIDE_LEADING_UNIT and addresses.CLOSED in text:
            leaks.append((route, column))
        if letter == "3" and not addresses.reason_in(text):
            without_reason.append((route, column))

    assert others == {}
    assert leaks == []
    assert without_reason == []


def test_preparatory_meeting_says_nothing_to_the_other_units(site):
    pages = list(addresses.pages_of_preparatory(site, site.roles["officer a"]))
    read = dict(addresses.pages_of_preparatory(site, site.roles["secretary a"]))

    assert [route for route, text in pages if addresses.CLOSED in text] == []
    assert addresses.CLOSED in read[addresses.MEETING]
