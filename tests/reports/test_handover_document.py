"""Biên bản bàn giao: drafted from the year that is handed over, for two sides."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.permissions import Refused
from reports import issuing
from tests import factories as make
from tests.factories import user_with
from tests.pages import read
from tests.reports import meeting_world as world
from tests.reports.test_meeting_papers import text
from tests.reports.trees import pages_of

pytestmark = pytest.mark.django_db
DAY = date(2021, 1, 4)


@pytest.fixture
def handover(leader, member):
    return make.HandoverFactory(
        bloc_year=leader.bloc_year,
        from_unit=leader.unit,
        to_unit=member.unit,
        day=DAY,
        place="Hà Nội",
        giver_name="Đinh Hữu A",
        giver_title="Viện trưởng",
        receiver_name="Lê Thị B",
        receiver_title="Viện trưởng",
        other_items="Cờ luân lưu, 01 chiếc\nSổ theo dõi, 02 quyển",
    )


@pytest.fixture
def sides(handover, people):
    """The giving and the receiving side, and who is neither."""
    return {
        "staff": people["staff"],
        "giver": people["secretary"],
        "receiver": people["member"],
        "other": user_with("officer", make.SeatFactory(bloc_year=handover.bloc_year).unit),
        "stranger": people["stranger"],
    }


def address(handover):
    bloc_year = handover.bloc_year
    return reverse("handover-document", args=[bloc_year.year.code, bloc_year.bloc.code])


def test_minutes_of_a_year_of_which_little_is_known(handover):
    said = text(issuing.preview(handover, "handover"))
    for words in (
        "Số: /BB-V1",
        "BIÊN BẢN Bàn giao nhiệm vụ Khối trưởng Khối Viện năm 2021",
        "Hôm nay, ngày 04 tháng 01 năm 2021, tại Hà Nội, chúng tôi gồm: Bên giao: Viện Một, đại diện là "
        "Đinh Hữu "
        "A, Viện trưởng. Bên nhận: Viện Hai, đại diện là Lê Thị B, Viện trưởng.",
        "I. TÌNH HÌNH CỦA KHỐI Khối Viện năm 2020 có 02 đơn vị (danh sách kèm theo); Khối trưởng: Viện Một.",
        "II. HỒ SƠ, VĂN BẢN ĐÃ BAN HÀNH Chưa có văn bản nào của năm được cấp số trên hệ thống.",
        "III. HỘI NGHỊ, HOẠT ĐỘNG ĐÃ TỔ CHỨC Chưa ghi hội nghị, hoạt động nào.",
        "IV. VIỆC CÒN PHẢI LÀM Báo cáo tổng kết năm 2020: chưa lập; bên giao tiếp tục hoàn thành;",
        "V. HIỆN VẬT, TÀI LIỆU KHÁC Cờ luân lưu, 01 chiếc; Sổ theo dõi, 02 quyển.",
        "mỗi bên giữ 01 bản; hai bên cùng đọc lại, thống nhất và ký tên./. ĐẠI DIỆN BÊN GIAO Đinh Hữu A "
        "ĐẠI DIỆN "
        "BÊN NHẬN Lê Thị B",
    ):
        assert words in said


def test_minutes_of_a_full_year(handover, leader, member):
    world.fill(world.conference(leader), [leader.unit, member.unit])
    hidden = world.conference(leader, kind="preparatory", title="Họp trù bị kín")
    shared = {"issuer": leader.unit, "released": True}
    make.IssuedDocumentFactory(
        **shared, subject=leader.bloc_year, edition="official", number=9, symbol="BC-V1", title="Tổng kết năm"
    )
    make.IssuedDocumentFactory(**shared, subject=hidden, kind="minutes", type_code="BB", title="Trù bị")
    make.IssuedDocumentFactory(
        **shared, subject=make.BlocYearFactory(), type_code="TB", title="Của khối khác"
    )
    make.IssuedDocumentFactory(
        subject=leader.bloc_year, issuer=leader.unit, kind="khac", title="Chưa có số", type_code="KH"
    )
    pledge = make.PledgeFactory(theme="Đoàn kết", signed_on=date(2020, 3, 20))
    pledge.bloc_years.add(leader.bloc_year)
    make.PostFactory(
        unit=member.unit, role="officer", title="Chuyên viên", telephone="024 0000 0000",
        person=make.PersonFactory(full_name="Mai Thị Liên"),
    )  # fmt: skip
    make.PostFactory(unit=member.unit, title="Viện trưởng", person=make.PersonFactory(full_name="Người Khác"))
    said = text(issuing.preview(handover, "handover"))
    for words in (
        "Chủ đề thi đua: “Đoàn kết”.",
        "1 09/BC-V1 16/12/2020 Tổng kết năm",
        "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020, ngày 15 tháng 12 năm 2020, tại trụ sở "
        "Viện Một",
        "Báo cáo tổng kết năm 2020: đã phát hành, số 09/BC-V1;",
        "1 Nhiệm vụ thứ 1 của năm 2021 Viện Một 31/03/2021",
        "1 Viện Hai Mai Thị Liên Chuyên viên 024 0000 0000",
    ):
        assert words in said
    for absent in ("Của khối khác", "Chưa có số", "Người Khác"):
        assert absent not in said


@pytest.mark.parametrize("held", [True, False])
def test_what_a_preparatory_meeting_left_is_told_once_the_conference_is_over(handover, leader, held):
    closed = world.conference(leader, kind="preparatory", title="Họp trù bị kín")
    make.TaskFactory(meeting=closed, text="Việc kín")
    document = make.IssuedDocumentFactory(
        subject=closed,
        kind="minutes",
        type_code="BB",
        title="Biên bản kín",
        issuer=leader.unit,
        numbered=True,
    )
    if held:
        world.conference(leader)
    said = text(issuing.preview(handover, "handover"))
    assert [words in said for words in ("Việc kín", document.title, "Họp trù bị kín")] == [held] * 3


@pytest.mark.parametrize(
    ("who", "reads", "drafts"),
    [("staff", True, True), ("giver", True, True), ("receiver", True, False)],
)
def test_both_sides_read_it_and_the_giving_one_drafts(client, handover, sides, who, reads, drafts):
    client.force_login(sides[who])
    page = read(client, address(handover))
    assert ("Bên giao: Viện Một" in page.text) == reads
    assert ("Lập dự thảo lần 1" in page.buttons) == drafts
    if not drafts:
        assert "Dự thảo do đơn vị ban hành lập: Viện Một." in page.text
        with pytest.raises(Refused, match="Dự thảo do đơn vị ban hành lập: Viện Một"):
            issuing.draft(handover, "handover", by=sides[who])


@pytest.mark.parametrize("who", ["other", "stranger"])
def test_others_do_not_find_it(client, handover, sides, who):
    client.force_login(sides[who])
    assert client.get(address(handover)).status_code == 404


def test_draft_is_issued_by_the_giving_unit_and_reaches_both(handover, sides, leader, member):
    version = issuing.draft(handover, "handover", by=sides["giver"])
    document = version.document
    assert (document.issuer, document.type_code, document.file_stem) == (
        leader.unit,
        "BB",
        "BB-ban-giao-khoi-2020",
    )
    assert issuing.recipients(document) == [leader.unit, member.unit]
    assert issuing.expected_signer(document) == ("Đinh Hữu A", "Viện trưởng")
    assert len(pages_of(bytes(version.pdf.content))) >= 2
