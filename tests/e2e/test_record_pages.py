"""The admin as the leader's unit uses it: every page accessible, within its width, without a complaint."""

import pytest
from django.contrib import admin
from django.urls import reverse

from campaigns.models import BlocYear, Meeting, Observation
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_pages import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages_of(model):
    """The pages of a model and of its newest row."""
    place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = [reverse(f"{place}_changelist"), reverse(f"{place}_add")]
    if row := model._default_manager.order_by("-pk").first():
        pages += [reverse(f"{place}_{page}", args=[row.pk]) for page in ("change", "history", "delete")]
    return pages


@pytest.mark.parametrize(("username", "window"), [("can-bo-bo", DESKTOP), ("thu-ky-khoi", PHONE)])
def test_record_pages_are_accessible_and_fit(page, live_server, sign_in, bloc_year, faults, username, window):
    sign_in(username)
    page.set_viewport_size(window)
    found = []

    for address in [
        reverse("admin:index"),
        *(each for model in admin.site._registry for each in pages_of(model)),
    ]:
        faults.clear()
        status = page.goto(live_server.url + address).status
        complaints = [fault for fault in faults if status == 200]  # a browser complains of a refusal, too
        found += [(address, fault) for fault in [*complaints, *violations(page)]]
        if too_wide(page) > 0:
            found.append((address, "wider than the window"))

    assert found == []


def test_leaders_unit_finds_one_bloc_and_its_report(page, live_server, sign_in, bloc_year):
    other = BlocYear.objects.get(pk=bloc_year.pk)
    other.pk, other.name, other.bloc = (
        None,
        "Khối thi đua khác",
        type(bloc_year.bloc).objects.create(code="khac"),
    )
    other.save()
    sign_in("thu-ky-khoi")
    page.get_by_role("link", name="Sổ số liệu").click()
    page.get_by_role("link", name="Khối thi đua trong năm").click()
    assert page.get_by_text("Khối thi đua khác").count() == 0
    page.locator("#result_list th a").last.click()
    page.get_by_role("link", name="Báo cáo chính thức").click()
    assert page.get_by_role("button", name="Lập dự thảo lần 1").is_visible()


def test_two_people_edit_one_row_and_nobody_overwrites(page, live_server, sign_in, bloc_year):
    sign_in("thu-ky-khoi")
    row = Observation.objects.filter(bloc_year=bloc_year).first()
    page.goto(live_server.url + reverse("admin:campaigns_observation_change", args=[row.pk]))
    Observation.objects.filter(pk=row.pk).update(text="Lời của người khác.", version=row.version + 1)
    page.get_by_label("Nội dung").fill("Lời của tôi.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert page.get_by_role("cell", name="Lời của tôi.").is_visible()
    page.get_by_role("link", name="Mở bản mới để sửa").click()
    assert page.get_by_label("Nội dung").input_value() == "Lời của người khác."


def test_meeting_is_kept_without_javascript(browser, live_server, passwords, bloc_year):
    page = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport=DESKTOP).new_page()
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("thu-ky-khoi")
    page.get_by_label("Mật khẩu").fill(passwords["thu-ky-khoi"])
    page.get_by_role("button", name="Đăng nhập").click()
    meeting = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    page.goto(live_server.url + reverse("admin:campaigns_meeting_change", args=[meeting.pk]))
    page.get_by_label("Nơi tổ chức").fill("Hội trường lớn")
    page.get_by_role("button", name="Lưu", exact=True).click()
    meeting.refresh_from_db()
    assert meeting.place_name == "Hội trường lớn"
    page.context.close()
