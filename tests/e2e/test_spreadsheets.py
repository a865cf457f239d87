"""An official's own table in a real browser: sent, mended, kept; each page accessible at both widths."""

from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from blocs.models.people import Operator
from campaigns.scores.criteria.actions import start_set
from campaigns.scores.criteria.plans import plan_of
from tests.blocs.imports.books import book, saved
from tests.campaigns.scores.spreadsheets.tables import districts
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_pages import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(bloc_year):
    return start_set(year=bloc_year.year, name="Bộ tiêu chí dự thảo", by=Operator("tester"))


@pytest.fixture
def look(page, faults):
    """What is wrong with the page that is open, at both widths."""

    def look(name):
        found = []
        for window in (DESKTOP, PHONE):
            page.set_viewport_size(window)
            found += [*faults, *violations(page)]
            if too_wide(page) > 0:
                found.append((name, window["width"], "wider than the window"))
            faults.clear()
        return found

    return look


def send(page, tmp_path, content):
    path = Path(tmp_path) / "bang.xlsx"
    path.write_bytes(content)
    page.get_by_label("Tệp Excel").set_input_files(path)
    page.get_by_role("button", name="Đọc tệp").click()


def test_a_table_is_sent_mended_and_kept(page, live_server, sign_in, look, tmp_path, bloc_year, draft):
    sign_in("can-bo-bo")
    page.goto(live_server.url + reverse("criteria-import", args=["2020", draft.pk]))
    assert look("upload") == []
    rows = [["Việc", "Số", "Bớt"], ["Chấp hành", 5, None], ["- Mỗi lần chậm: trừ 1 điểm", None, "một"]]
    send(page, tmp_path, book(rows))
    page.get_by_role("heading", name="Chọn cột của bảng").wait_for()
    assert look("columns") == []
    page.get_by_label("Tiêu chí").select_option(label="Việc")
    page.get_by_label("Điểm chuẩn").select_option(label="Số")
    page.get_by_label("Điểm trừ").select_option(label="Bớt")
    page.get_by_role("button", name="Đọc bảng").click()
    page.get_by_role("heading", name="Phải sửa trước khi ghi").wait_for()
    assert look("mend") == []
    page.get_by_label("Điểm trừ").fill("1")
    page.get_by_role("button", name="Lưu chỗ sửa").click()
    page.get_by_role("button", name="Ghi 2 dòng").click()
    page.wait_for_url(f"**{draft.get_absolute_url()}")

    (criterion,) = plan_of(draft).criteria.values()
    assert (criterion.maximum, criterion.measures[0].points) == (5, 1)


def test_the_preview_of_a_whole_table_fits(page, live_server, sign_in, look, tmp_path, bloc_year, draft):
    sign_in("can-bo-bo")
    page.goto(live_server.url + reverse("criteria-import", args=["2020", draft.pk]))
    send(page, tmp_path, districts())
    page.get_by_role("heading", name="Các dòng của tệp").wait_for()

    assert look("preview") == []


def test_what_was_left_aside_is_read_after_all(page, live_server, sign_in, look, tmp_path, bloc_year, draft):
    sign_in("can-bo-bo")
    page.goto(live_server.url + reverse("criteria-import", args=["2020", draft.pk]))
    rows = [["STT", "Néi dung tiªu chÝ", "§iÓm chuÈn"], ["1", "ChÊp hµnh ph¸p luËt cña Nhµ n\u2212íc", 60]]
    rows += [["2", "S¸ng kiÕn", 30], ["3", "Phèi hîp", 10], [None, "Tæng céng", 90]]
    made = load_workbook(BytesIO(book(rows)))
    made.active.row_dimensions[3].hidden = made.active.row_dimensions[4].hidden = True
    send(page, tmp_path, saved(made))
    page.get_by_role("heading", name="Dòng có số hoặc chữ mà chưa đọc: 3").wait_for()
    assert look("aside") == []
    page.get_by_role("button", name="Đúng, dùng chữ đã chuyển").click()
    page.get_by_role("button", name="Đọc cả 2 dòng ẩn").click()
    page.get_by_role("button", name="Ghi 3 dòng").click()
    page.wait_for_url(f"**{draft.get_absolute_url()}")

    assert [each.text for each in plan_of(draft).criteria.values()] == [
        "Chấp hành pháp luật của Nhà nước",
        "Sáng kiến",
        "Phối hợp",
    ]
