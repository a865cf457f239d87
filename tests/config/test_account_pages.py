"""Pages of whoever is not signed in yet, and of failures."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def heading(response):
    return re.findall(r"<h1>(.*?)</h1>", response.content.decode())


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("account_login", "Đăng nhập"),
        ("account_signup", "Không tự đăng ký tài khoản"),
        ("account_reset_password", "Quên mật khẩu"),
        ("account_inactive", "Tài khoản đã ngừng dùng"),
    ],
)
def test_page_open_to_all(client, name, title):
    response = client.get(reverse(name))
    assert (response.status_code, heading(response)) == (200, [title])


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("account_change_password", "Đổi mật khẩu"),
        ("account_logout", "Đăng xuất khỏi Thi Đua?"),
        ("account_reauthenticate", "Nhập lại mật khẩu"),
        ("account_email", "Việc này do cán bộ phụ trách làm"),
    ],
)
def test_page_of_one_signed_in(client, name, title):
    client.force_login(UserFactory(password="mot-mat-khau-dai"))
    response = client.get(reverse(name))
    assert (response.status_code, heading(response)) == (200, [title])


def test_wrong_password_says_what_to_look_at(client):
    response = client.post(reverse("account_login"), {"login": "thu-ky", "password": "sai"})
    assert re.findall(r"<li>(.*?)</li>", response.content.decode()) == [
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy xem phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
    ]


def test_form_sent_from_another_session():
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "thu-ky", "password": "x"})
    assert (response.status_code, heading(response)) == (403, ["Chưa lưu: phiên làm việc đã đổi"])


def test_address_that_is_not_there(client):
    response = client.get("/khong-co/")
    assert (response.status_code, heading(response)) == (404, ["Không có trang này"])


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html", "429.html"])
def test_failure_needs_neither_request_nor_database(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "<main" in render_to_string(name)
