"""In a browser, on a slow line: a button that is pressed twice acts once, with and without a script."""

import time

import pytest

from campaigns.meetings.views import statements
from campaigns.models import Meeting, Statement
from tests.campaigns.conftest import page_address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "Cần đổi mới cách chấm điểm."


@pytest.mark.parametrize("has_script", [True, False])
def test_statement_is_added_once(browser, live_server, bloc_year, passwords, monkeypatch, has_script):
    page = browser.new_context(java_script_enabled=has_script, locale="vi-VN").new_page()
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("thu-ky-khoi")
    page.get_by_label("Mật khẩu").fill(passwords["thu-ky-khoi"])
    page.get_by_role("button", name="Đăng nhập").click()
    conference = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    known, posts = Statement.objects.count(), []
    page.goto(live_server.url + page_address(bloc_year, "meeting-statement", conference.pk))
    page.get_by_label("Người phát biểu", exact=True).fill("Lê Văn Cường")
    page.get_by_label("Nội dung").fill(TEXT)
    page.get_by_label("Loại").select_option("discussion")
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    do = statements._done
    monkeypatch.setattr(statements, "_done", lambda *told, **more: time.sleep(1.5) or do(*told, **more))

    button = page.locator(".form__do button")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    for _press in range(2):  # by the mouse: a locator would wait for the answer
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        time.sleep(0.7)
    page.wait_for_url("**#statements")

    assert Statement.objects.count() == known + 1
    assert len([each for each in posts if each.endswith("/phat-bieu/")]) == (1 if has_script else 2)
    page.context.close()
