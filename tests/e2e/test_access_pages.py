"""The pages by which access is given, in a real browser: accessible, within their width, slip and QR too."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from blocs.models import Post
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_pages import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "mot-mat-khau-rat-dai"


@pytest.fixture
def look(page, faults):
    """Note what is wrong with the page that is open, at both widths."""
    found = []

    def look(name):
        for window in (DESKTOP, PHONE):
            page.set_viewport_size(window)
            found.extend((name, window["width"], fault) for fault in [*faults, *violations(page)])
            if too_wide(page) > 0:
                found.append((name, window["width"], "wider than the window"))
            faults.clear()
        page.set_viewport_size(DESKTOP)

    look.found = found
    return look


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=re.compile(f"^{name}")).click()


def test_access_is_given_and_taken(page, live_server, sign_in, look):
    post = Post.objects.get(person__user__username="thu-ky-khoi")
    sign_in("can-bo-bo")
    for name, key in (
        ("person", post.person_id),
        ("account-deactivate", post.person_id),
        ("account-email", post.person_id),
        ("post-end", post.pk),
        ("post-open-work", post.pk),
    ):
        page.goto(live_server.url + reverse(name, args=[key]))
        look(name)
    page.goto(live_server.url + reverse("post-substitute", args=[post.pk]))
    press(page, "Giao làm thay")
    look("substitute, refused")
    page.get_by_label("Họ và tên người mới").fill("Lê Thị Chi")
    page.get_by_label("Đến hết ngày").fill("31/12/2099")
    page.get_by_label("Căn cứ").fill("Giấy ủy quyền số 1")
    press(page, "Giao làm thay")
    look("slip")
    code = re.search(r"\w{4}-\w{4}-\w{4}", page.locator(".slip__codes").inner_text())[0]
    page.goto(live_server.url + reverse("slip"))
    look("slip, gone")

    page.context.clear_cookies()
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("link", name="Nhập mã").click()
    press(page, "Đặt mật khẩu")
    look("code, refused")
    page.get_by_label("Tên đăng nhập").fill("chi.lt")
    page.get_by_label("Mã trên phiếu").fill(code.lower())
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu mới").fill(PASSWORD)
    press(page, "Đặt mật khẩu")
    page.wait_for_url(live_server.url + reverse("home"))

    assert "làm thay Thư ký Khối" in page.get_by_role("banner").text_content()
    assert look.found == []


def test_second_factor_is_set_up_and_asked_for(page, live_server, sign_in, look, settings):
    settings.REQUIRE_MFA = True
    sign_in("quan-tri")
    page.wait_for_url(live_server.url + reverse("mfa_activate_totp"))
    assert page.locator(".set-up__picture").evaluate("picture => picture.naturalWidth") > 0
    look("set up")
    secret = page.locator(".set-up code").text_content()
    page.get_by_label("Mã xác thực").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    press(page, "Bật xác thực hai lớp")
    page.wait_for_url(live_server.url + reverse("mfa_view_recovery_codes"))
    look("recovery codes")
    code = page.locator(".codes code").first.text_content()
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "usersessions_list"):
        page.goto(live_server.url + reverse(name))
        look(name)
    page.context.clear_cookies()
    sign_in("quan-tri")
    look("code asked for")
    page.get_by_label("Mã xác thực").fill(code)
    press(page, "Đăng nhập")
    page.wait_for_url(live_server.url + reverse("home"))

    assert look.found == []
