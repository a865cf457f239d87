"""The pages of criteria in a real browser: accessible, within their width, and worked without scripts."""

import re

import pytest
from django.urls import reverse

from blocs.models import User
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.files import read_shipped
from campaigns.scores.models import CriteriaSet
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_pages import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(passwords):
    return User.objects.get(username="can-bo-bo")


def pages_of(year, staff):
    """Every kind of page, of sets that are large, faulty, frozen, followed."""
    table = actions.start_set(year=year, content=read_shipped("tien-giang-2022"), by=staff)
    frozen = actions.start_set(year=year, content=read_shipped("mac-dinh-100-10"), by=staff)
    actions.freeze(criteria_set=frozen, by=staff)
    version = actions.begin_version(criteria_set=frozen, reason="Sửa theo chỉ đạo", by=staff)
    version.sections.filter(key="d").update(maximum=6)
    criterion = table.criteria.get(key="3-3")
    bands = criterion.measures.get(key="3-3-35")
    new = table.criteria.get(key="c1")

    def of(name, criteria_set, *more):
        return reverse(f"criteria-{name}", args=[year.code, criteria_set.pk, *more])

    tried = "?thu=1&c1-4__part=98&c1-4__whole=100"
    return [
        reverse("criteria-sets", args=[year.code]),
        reverse("criteria-start", args=[year.code]),
        reverse("criteria-choose", args=[year.code]),
        of("set", table),
        of("set", frozen),
        of("set", version),
        of("fields", table),
        of("section", table, table.sections.get(key="tc1").pk),
        of("criterion", table, criterion.pk),
        of("measure-new", table, new.pk),
        of("measure", table, criterion.pk, bands.pk),
        of("try", table, new.pk) + tried,
        of("compare", version),
        of("freeze", table),
        of("version", frozen),
        of("adopt", version),
    ]


def test_pages_are_accessible_and_fit_at_both_widths(page, live_server, sign_in, bloc_year, faults, staff):
    addresses = pages_of(bloc_year.year, staff)
    sign_in("can-bo-bo")
    found = []
    for address in addresses:
        page.goto(live_server.url + address)
        for window in (DESKTOP, PHONE):
            page.set_viewport_size(window)
            complaints = list(faults)  # before axe, whose own styles the policy refuses
            found += [(address, window["width"], fault) for fault in [*complaints, *violations(page)]]
            if too_wide(page) > 0:
                found.append((address, window["width"], "wider than the window"))
            faults.clear()

    assert found == []


def test_set_is_begun_edited_tried_and_frozen_without_javascript(browser, live_server, passwords, bloc_year):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("can-bo-bo")
    page.get_by_label("Mật khẩu").fill(passwords["can-bo-bo"])
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(live_server.url + reverse("criteria-sets", args=[bloc_year.year.code]))

    page.get_by_role("link", name="Lập bộ tiêu chí").first.click()
    page.get_by_label("100 + 10 (đề xuất)").check()
    page.get_by_role("button", name="Lập bộ tiêu chí").click()
    page.get_by_role("link", name=re.compile("^Hoàn thành nhiệm vụ trong")).click()
    page.get_by_role("link", name="Thêm cách tính điểm").click()
    page.get_by_role("link", name="Theo từng trường hợp").click()
    page.get_by_label("Tác dụng").select_option("deduction")
    page.get_by_label("Nội dung").fill("Nhiệm vụ phải làm lại")
    page.get_by_label("Điểm", exact=True).fill("0,5")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Tính thử").click()
    page.get_by_label("Thực hiện").fill("42")
    page.get_by_label("Kế hoạch").fill("50")
    page.get_by_label("Số lượng").fill("2")
    page.get_by_role("button", name="Tính thử").click()

    assert page.get_by_role("heading", name="Kết quả: 28,4 điểm").count() == 1

    page.get_by_role("link", name="Về bộ tiêu chí").click()
    page.get_by_role("link", name="Ban hành bộ tiêu chí").click()
    page.get_by_role("button", name="Ban hành bộ tiêu chí").click()
    assert "đã ban hành, không sửa được" in page.inner_text("main")
    bloc_year.refresh_from_db()
    assert chosen_set(bloc_year) == CriteriaSet.objects.get()
    context.close()
