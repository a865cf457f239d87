"""The admin as the leader's unit uses it: every page accessible, within its width, without a complaint."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from campaigns.models import BlocYear, Meeting, Observation
from tests import factories
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_pages import axe, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages_of(model):
    """The pages of a model and of its newest row."""
    place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = [reverse(f"{place}_changelist"), reverse(f"{place}_add")]
    if row := model._default_manager.order_by("-pk").first():
        pages += [reverse(f"{place}_{page}", args=[row.pk]) for page in ("change", "history", "delete")]
    return pages


# What axe may say of Django's own parts, with the reason why it stays; nothing serious is ever let pass.
LEFT = {}  # (rule, part of the address): reason
SERIOUS = ("serious", "critical")


def complaints_of(page, address):
    """What axe says of a page and is not left for a reason."""
    return [
        (address, rule["id"], node["target"])
        for rule in axe(page)
        for node in rule["nodes"]
        if rule["impact"] in SERIOUS
        or not any(rule["id"] == known and part in address for known, part in LEFT)
    ]


@pytest.mark.parametrize(("username", "window"), [("can-bo-bo", DESKTOP), ("thu-ky-khoi", PHONE)])
def test_record_pages_are_accessible_and_fit(page, live_server, sign_in, bloc_year, faults, username, window):
    sign_in(username)
    page.set_viewport_size(window)
    found = []

    for address in [
        reverse("admin:index"),
        reverse("search") + "?q=cuc",
        *(each for model in admin.site._registry for each in pages_of(model)),
    ]:
        faults.clear()
        status = page.goto(live_server.url + address).status
        complaints = [fault for fault in faults if status == 200]  # a browser complains of a refusal, too
        found += [(address, fault) for fault in complaints] + complaints_of(page, address)
        if too_wide(page) > 0:
            found.append((address, "wider than the window"))

    assert found == []


def test_pages_of_a_save_that_failed_are_accessible_and_fit(page, live_server, sign_in, bloc_year):
    """A save refused after the last day, a number that is asked about, a row saved by somebody else."""
    factories.PhaseFactory(year=bloc_year.year, kind="conference", last_day=date(2020, 12, 1))
    meeting = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    observation = Observation.objects.filter(bloc_year=bloc_year).first()
    sign_in("can-bo-bo")
    found = []

    def look(name):
        page.wait_for_load_state()
        for window in (DESKTOP, PHONE):
            page.set_viewport_size(window)
            found.extend(complaints_of(page, name))
            if too_wide(page) > 0:
                found.append((name, window["width"], "wider than the window"))
        page.set_viewport_size(DESKTOP)

    page.goto(live_server.url + reverse("admin:campaigns_meeting_change", args=[meeting.pk]))
    page.get_by_label("Nơi tổ chức").fill("Hội trường lớn")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert page.get_by_label("Nơi tổ chức").input_value() == "Hội trường lớn"
    assert page.get_by_label("Ngày ghi trên giấy").is_visible()
    look("refused")

    page.goto(live_server.url + reverse("admin:campaigns_blocyear_change", args=[bloc_year.pk]))
    page.get_by_label("Số đơn vị theo nguồn").fill("1.490")
    page.get_by_role("button", name="Lưu", exact=True).click()
    look("asked")
    page.get_by_label("1.490 (một nghìn bốn trăm chín mươi)").check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    bloc_year.refresh_from_db()
    assert bloc_year.known_member_count == 1490

    page.goto(live_server.url + reverse("admin:campaigns_observation_change", args=[observation.pk]))
    Observation.objects.filter(pk=observation.pk).update(text="Lời khác.", version=observation.version + 1)
    page.get_by_label("Nội dung").fill("Lời của tôi.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    look("stale")

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
    page.get_by_role("link", name="Mở bản vừa được lưu").click()
    assert page.get_by_label("Nội dung").input_value() == "Lời của người khác."


@pytest.fixture
def plain(browser, live_server, passwords, bloc_year):
    """A browser without JavaScript, in which the bloc's secretary is signed in."""
    page = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport=DESKTOP).new_page()
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("thu-ky-khoi")
    page.get_by_label("Mật khẩu").fill(passwords["thu-ky-khoi"])
    page.get_by_role("button", name="Đăng nhập").click()
    yield page
    page.context.close()


def test_meeting_and_its_agenda_are_kept_without_javascript(plain, live_server, bloc_year):
    meeting = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    known = meeting.agendaitems.count()
    plain.goto(live_server.url + reverse("admin:campaigns_meeting_change", args=[meeting.pk]))
    plain.get_by_label("Nơi tổ chức").fill("Hội trường lớn")
    plain.get_by_role("button", name="Lưu rồi thêm 3 dòng trống").click()
    meeting.refresh_from_db()
    assert meeting.place_name == "Hội trường lớn"
    for row in range(2):
        plain.locator(f"#id_agendaitems-{known + row}-place").fill(str(90 + row))
        plain.locator(f"#id_agendaitems-{known + row}-title").fill(f"Nội dung thêm {row}")
    plain.get_by_role("button", name="Lưu", exact=True).click()
    assert list(meeting.agendaitems.filter(place__gte=90).values_list("title", flat=True)) == [
        "Nội dung thêm 0",
        "Nội dung thêm 1",
    ]


def test_row_is_added_found_filtered_exported_and_deleted_without_javascript(plain, live_server, bloc_year):
    plain.goto(live_server.url + reverse("admin:index"))
    plain.get_by_role("link", name="Thêm nhận định, đánh giá").click()
    plain.get_by_label("Khối trong năm").select_option(str(bloc_year.pk))
    plain.get_by_label("Mục").select_option("cause")
    plain.get_by_label("Thứ tự").fill("99")
    plain.get_by_label("Nội dung").fill("Nguyên nhân gõ không cần kịch bản.")
    plain.get_by_role("button", name="Lưu", exact=True).click()
    plain.locator("#changelist-filter").get_by_role("link", name="Nguyên nhân", exact=True).click()
    with plain.expect_download() as found:
        plain.get_by_role("link", name="Tải bảng này (Excel)").click()
    assert found.value.suggested_filename.endswith(".xlsx")
    plain.get_by_label("Tìm kiếm").fill("gõ không cần")
    plain.get_by_role("button", name="Tìm kiếm").click()
    plain.locator("#result_list th a").last.click()
    plain.get_by_role("link", name="Xóa").click()
    plain.locator("main").get_by_role("button", name="Xóa").click()
    assert not Observation.objects.filter(place=99).exists()


def test_every_record_page_keeps_its_forms_and_ways_without_javascript(plain, live_server, bloc_year):
    """No control waits for a script: each form has a button, each page a way back."""
    dead = []
    for address in (each for model in admin.site._registry for each in pages_of(model)):
        status = plain.goto(live_server.url + address).status
        if status != 200 or plain.url != live_server.url + address:
            continue
        forms = plain.locator("main form[method=post]")
        for number in range(forms.count()):
            form = forms.nth(number)
            typed = form.locator("input:not([type=hidden]):visible, select:visible, textarea:visible")
            if typed.count() and not form.locator("[type=submit]:visible").count():
                dead.append((address, "a form without a button"))
        if not plain.locator(".breadcrumbs a:visible").count():
            dead.append((address, "no way back"))
    assert dead == []
