"""The head of every page: the places of who is signed in, where one stands, in which post."""

import re

import pytest
from django.urls import reverse

from config import masthead
from config.masthead import Masthead, Place, address_of
from tests import factories as make
from tests.factories import UserFactory, user_with

pytestmark = pytest.mark.django_db


class Visitor:
    """Whoever asks for a page: signed in or not, into the records or not."""

    is_active = True

    def __init__(self, is_staff):
        self.is_staff = is_staff


@pytest.fixture
def head(rf, monkeypatch):
    """The head of the page at an address, with places of its own."""

    def head(path, found, is_staff=False):
        monkeypatch.setattr(masthead, "places", [lambda request: found])
        request = rf.get(path)
        request.user = Visitor(is_staff)
        return [(place.title, current) for place, current in Masthead(request).places]

    return head


YEARS = Place("Năm", "/nam/2020/", 2, ("/nam/", "/van-ban/"))
BOARD = Place("Đôn đốc", "/nam/2020/don-doc/", 3, ("/nam/2020/don-doc/",))
HOME = Place("Việc", "/", 1)
LATER = Place("Chưa có", "", 4, ("/",))


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["page", "", ""]),
        ("/nam/2020/", ["", "page", ""]),
        ("/nam/2021/", ["", "true", ""]),
        ("/van-ban/1/", ["", "true", ""]),
        ("/nam/2020/don-doc/", ["", "", "page"]),
        ("/nam/2020/don-doc/1/", ["", "", "true"]),
        ("/giup/", ["", "", ""]),
    ],
)
def test_one_place_at_most_is_where_one_stands(head, path, current):
    found = head(path, [BOARD, LATER, YEARS, HOME])

    assert found == list(zip(["Việc", "Năm", "Đôn đốc"], current, strict=True))


def test_records_stand_in_the_head_of_those_who_may_enter(head):
    address = reverse("admin:index")

    assert head(f"{address}a/", [HOME], is_staff=True) == [("Việc", ""), ("Sổ số liệu", "true")]
    assert head(f"{address}a/", [HOME]) == [("Việc", "")]


@pytest.mark.parametrize(("name", "address"), [("health", "/suc-khoe/"), ("no-such-page", "")])
def test_address_of_a_page_that_may_not_be_there(name, address):
    assert address_of(name) == address


def said(client, address="help"):
    """What stands in the head of a page, tags aside."""
    html = client.get(reverse(address)).content.decode()
    head = html[html.find('<header class="masthead') : html.find("</header>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", head))


def test_head_says_who_is_signed_in_as_what(client):
    unit = make.UnitStateFactory(official_name="Cục Mẫu Một", short_name="Cục M1").unit
    user = user_with("secretary", unit)
    other = make.PostFactory(unit=unit, role="officer", person=make.PersonFactory(full_name="Lê Thị Bình"))
    make.PostFactory(
        person=user.person,
        unit=unit,
        role="officer",
        on_behalf_of=other,
        last_day="2999-12-31",
        basis="Giấy 1",
    )
    client.force_login(user)

    words = said(client)

    assert "Nguyễn Văn An Thư ký Khối, Cục M1" in words
    assert "Cán bộ thi đua, khen thưởng của đơn vị, Cục M1 (làm thay Lê Thị Bình)" in words


def test_head_of_somebody_without_a_post(client):
    client.force_login(UserFactory())

    assert "Chưa được giao nhiệm vụ nào." in said(client)


def test_head_of_whoever_is_not_signed_in(client):
    assert "Đăng xuất" not in said(client, "account_login")
    assert "Việc của tôi" not in said(client, "account_login")


@pytest.mark.parametrize(
    ("role", "kept"), [("staff", True), ("secretary", False), ("officer", False), ("administrator", True)]
)
def test_places_of_accounts(client, role, kept):
    client.force_login(user_with(role))
    there = kept and address_of("accounts")

    assert ("Người dùng" in said(client)) is bool(there)
