"""In a browser: what is typed is saved meanwhile, offered again, and survives the end of the session."""

import pytest
from django.urls import reverse

from blocs.models import Draft
from campaigns.models import Meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "Trụ sở Cục Mẫu, Hà Nội"


@pytest.fixture
def form(page, live_server, sign_in, bloc_year):
    """The form of the year-end conference, open before the bloc's secretary."""
    sign_in("thu-ky-khoi")
    conference = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    page.goto(live_server.url + reverse("admin:campaigns_meeting_change", args=[conference.pk]))
    return conference


def place_name(page):
    return page.locator("[name=place_name]")


def offer(page):
    return page.locator(".draft__offer")


def saved(page):
    page.get_by_text("Đã lưu nháp lúc").wait_for(timeout=10_000)


def test_draft_is_saved_restored_and_forgotten(page, form, faults):
    place_name(page).fill(TEXT)
    saved(page)
    page.reload()
    offer(page).wait_for()
    before = place_name(page).input_value()

    page.get_by_role("button", name="Khôi phục").click()
    restored = place_name(page).input_value()
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()

    form.refresh_from_db()
    assert (before, restored, form.place_name) == ("trụ sở Cục Sở hữu trí tuệ", TEXT, TEXT)
    assert Draft.objects.count() == 0
    assert faults == []


def test_draft_that_is_not_wanted_is_not_offered_again(page, form, faults):
    place_name(page).fill(TEXT)
    saved(page)
    page.reload()
    offer(page).wait_for()

    with page.expect_response("**/nhap/"):
        page.get_by_role("button", name="Bỏ bản nháp").click()

    assert not offer(page).is_visible()
    assert Draft.objects.count() == 0
    assert faults == []


def test_draft_speaks_of_the_rows_as_they_were_shown(page, form):
    """Somebody else saves one row meanwhile: it is not undone, and no text lands elsewhere."""
    first, second, third = form.agendaitems.order_by("place")[:3]
    page.locator("[name=agendaitems-2-presenter]").fill("Bà Lê Thị C")
    saved(page)
    page.goto("about:blank")
    first.title = "Khai mạc, do người khác sửa"
    first.save()
    page.go_back()
    offer(page).wait_for()

    page.get_by_role("button", name="Khôi phục").click()
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()

    first.refresh_from_db()
    third.refresh_from_db()
    assert (first.title, third.presenter) == ("Khai mạc, do người khác sửa", "Bà Lê Thị C")
    second_title = second.title
    second.refresh_from_db()
    assert second.title == second_title


def test_rows_that_were_added_come_back_with_the_draft(page, form):
    group = page.locator("#attendances-group")
    total = int(group.locator("[name=attendances-TOTAL_FORMS]").input_value())
    group.locator(".add-row a").click()
    page.locator(f"[name=attendances-{total}-name]").fill("Nguyễn Văn Mới")
    saved(page)
    page.reload()
    offer(page).wait_for()

    page.get_by_role("button", name="Khôi phục").click()

    assert page.locator(f"[name=attendances-{total}-name]").input_value() == "Nguyễn Văn Mới"


@pytest.mark.parametrize("scripts", [True, False])
def test_text_survives_the_end_of_the_session(browser, live_server, passwords, bloc_year, scripts):
    context = browser.new_context(java_script_enabled=scripts, locale="vi-VN")
    page = context.new_page()
    conference = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    address = reverse("admin:campaigns_meeting_change", args=[conference.pk])

    def fill_in():
        page.get_by_label("Tên đăng nhập").fill("thu-ky-khoi")
        page.get_by_label("Mật khẩu").fill(passwords["thu-ky-khoi"])
        page.get_by_role("button", name="Đăng nhập").click()

    page.goto(f"{live_server.url}/tai-khoan/login/?next={address}")
    fill_in()
    context.clear_cookies(name="sessionid")
    place_name(page).fill(TEXT)
    if scripts:
        page.get_by_text("Phiên đăng nhập đã hết.").wait_for(timeout=10_000)
    page.locator("[name=_continue]").click()
    fill_in()

    assert page.get_by_role("heading", level=1).inner_text() == "Nội dung anh/chị vừa gửi vẫn còn"
    assert TEXT in page.locator("main").inner_text()
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_load_state()
    conference.refresh_from_db()
    assert conference.place_name == TEXT
    context.close()


def test_mine_is_saved_over_a_newer_version_knowingly(page, form, live_server):
    place_name(page).fill(TEXT)
    newer = Meeting.objects.get(pk=form.pk)
    newer.place_name, newer.version = "Hội trường khác", newer.version + 1
    newer.save()

    page.locator("[name=_continue]").click()
    shown = page.locator("main").inner_text()
    page.get_by_role("button", name="Lưu bản của tôi").click()
    page.wait_for_load_state()

    form.refresh_from_db()
    assert TEXT in shown
    assert "Hội trường khác" in shown
    assert form.place_name == TEXT
