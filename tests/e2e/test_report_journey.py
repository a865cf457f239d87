"""The year-end report from the first draft to the released copy, as the ministry's staff live it."""

import re
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from pypdf import PdfReader

from blocs.journal import newest_head, verify
from blocs.models import Entry, IssuedDocument, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What the two published sources say of 2020, and what the conference, the vote and the election left.
FACTS = [
    "10 đơn vị thành viên",
    "01 Tổng cục, 06 Cục, 01 Ban và 02 Quỹ",
    "Cục Sở hữu trí tuệ",
    "Đinh Hữu Phí",
    "Cục Ứng dụng và Phát triển công nghệ",
    "Nguyễn Đức Hoàng",
    "tháng 7 năm 2020",
    "ngày 07 tháng 11 năm 2020",
    "ngày 15 tháng 12 năm 2020",
    "01 Cờ thi đua của Chính phủ",
    "02 Cờ thi đua của Bộ",
    "01 tập thể và 03 cá nhân điển hình tiên tiến",
    "nhân rộng các điển hình tiên tiến",
    "bầu Khối trưởng và Khối phó năm 2021",
    "Đoàn kết, đổi mới sáng tạo, thi đua đưa nhanh khoa học và công nghệ vào cuộc sống",
    "Đoàn kết, kỷ cương, Đổi mới sáng tạo, hiệu quả",
    "giai đoạn 2021 - 2025",
    "Phạm Công Tạc",
    "Lê Ngân Giang",
]
NOT_KNOWN = ["chưa có số liệu", "DỰ THẢO", "None"]


def text_of(path):
    """The words of a PDF with single spaces."""
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def download(page, name):
    """Click a file's link and return the file."""
    with page.expect_download() as found:
        page.get_by_role("link", name=name).click()
    return found.value


def test_staff_lead_the_report_from_draft_to_release(
    page, live_server, sign_in, worker, bloc_year, faults, tmp_path
):
    page.set_default_timeout(20_000)
    sign_in("can-bo-bo")
    page.get_by_role("link", name="Năm thi đua").first.click()
    page.get_by_role("link", name=bloc_year.name).first.click()
    page.get_by_role("link", name=re.compile("Báo cáo tổng kết")).first.click()
    page.get_by_role("link", name="Chính thức").first.click()

    page.get_by_role("button", name="Lập dự thảo lần 1").click()
    page.wait_for_url("**/bao-cao-tong-ket/official/")
    draft = download(page, re.compile(r"BC-tong-ket-khoi-2020_du-thao-01_\d{8}\.pdf"))
    assert re.fullmatch(r"BC-tong-ket-khoi-2020_du-thao-01_\d{8}\.pdf", draft.suggested_filename)
    assert "DỰ THẢO lần 1" in text_of(draft.path())

    page.get_by_role("button", name="Trình ký").click()
    page.wait_for_url("**/bao-cao-tong-ket/official/")
    for_signature = download(page, re.compile(r"BC-tong-ket-khoi-2020_trinh-ky_\d{8}\.pdf"))
    signed = tmp_path / "ban-quet.pdf"
    signed.write_bytes(for_signature.path().read_bytes() + b"% what comes back signed is another file\n")
    assert "Số: /BC-SHTT" in text_of(signed)

    page.get_by_role("link", name="Lưu bản đã ký").first.click()
    page.get_by_label("Bản đã ký").set_input_files(signed)
    page.get_by_label("Ngày ký").fill("18/12/2020")
    assert page.get_by_role("textbox", name=re.compile("^Người ký")).input_value() == "Đinh Hữu Phí"
    page.get_by_role("button", name="Lưu bản đã ký").click()

    page.get_by_role("link", name="Ghi số, ngày").first.click()
    page.get_by_role("spinbutton", name="Số").fill("45")
    page.get_by_label("Ngày, tháng, năm").fill("21/12/2020")
    page.get_by_role("button", name="Ghi số, ngày").click()

    page.get_by_role("link", name="Phát hành").click()
    page.get_by_role("button", name="Phát hành").click()
    page.wait_for_url("**/bao-cao-tong-ket/official/")
    released = download(page, re.compile(r"BC-tong-ket-khoi-2020_so-45_\d{8}\.pdf"))
    text = text_of(released.path())
    assert [fact for fact in FACTS if fact not in text] == []
    assert [words for words in NOT_KNOWN if words in text] == []
    document = IssuedDocument.objects.get()
    assert document.state == IssuedDocument.State.RELEASED
    assert "Số: 45/BC-SHTT" in text
    assert "ngày 21 tháng 12 năm 2020" in text
    assert document.journal_head in text.replace(" ", "")
    assert faults == []

    assert verify().faults == ()
    assert verify(document.journal_head).faults == ()
    assert newest_head() != document.journal_head
    acts = list(
        Entry.objects.order_by("pk")
        .filter(object_kind="blocs.issueddocument")
        .values_list("act", "paper__day")
    )
    assert [act for act, _day in acts] == [
        "document.make-draft",
        "document.send-to-signature",
        "document.file-signed",
        "document.assign-number",
        "document.release",
    ]
    assert [str(day) for act, day in acts if day] == ["2020-12-18", "2020-12-21"]
    # No leader ever signed in: one session, of the staff.
    assert {session.get_decoded()["_auth_user_id"] for session in Session.objects.all()} == {
        str(User.objects.get(username="can-bo-bo").pk)
    }
    assert set(User.objects.exclude(last_login=None).values_list("username", flat=True)) == {"can-bo-bo"}
