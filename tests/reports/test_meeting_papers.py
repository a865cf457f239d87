"""Papers of a meeting: their exact words, from few rows and from many, from what is and is not known."""

from datetime import date, timedelta

import lxml.html
import pytest
from django.utils import timezone

from reports import issuing
from reports.blocks import Bundle, Plate, documents_of, read
from reports.documents import MEETING_PAPERS, PAPERS
from reports.documents.base import Stage
from reports.documents.meetings.facts import MeetingFacts
from reports.documents.phrases import shortened
from reports.views.pages import missing_in
from reports.writers.docx import to_docx
from reports.writers.html import to_html
from reports.writers.pdf import to_pdf
from tests import factories as make
from tests.reports import meeting_world as world
from tests.reports.trees import pages_of

pytestmark = pytest.mark.django_db
LAST = date(2019, 12, 20)
KINDS = [kind.code for kind in MEETING_PAPERS]


def tree(meeting, kind, stage=None):
    """The tree of a paper, everything asked for anew."""
    return issuing.tree_of(PAPERS[kind], MeetingFacts.of(meeting), "", stage or Stage())


def text(paper):
    """The printed words in reading order."""
    page = lxml.html.document_fromstring(to_html(paper))
    return " ".join(" ".join(page.body.itertext()).split())


@pytest.fixture
def units(leader):
    return [leader.unit, *world.member_units(leader.bloc_year, 2)]


@pytest.fixture
def meeting(leader, units):
    return world.fill(world.conference(leader), units)


@pytest.fixture
def bare(leader):
    """A meeting of which nothing but its name is known."""
    return make.MeetingFactory(bloc_year=leader.bloc_year, kind="year-end", title="Hội nghị tổng kết")


@pytest.fixture
def large(root):
    """A meeting with long texts, many people and tasks, and a conference before it."""
    leader = make.SeatFactory(role="leader", unit=make.UnitStateFactory(symbol="V9").unit)
    units = [leader.unit, *world.member_units(leader.bloc_year, 14)]
    before = make.BlocYearFactory(bloc=leader.bloc_year.bloc, year__code="2019")
    conference = make.MeetingFactory(bloc_year=before, kind="year-end", first_day=LAST, last_day=LAST)
    long = "Xây dựng quy chế hoạt động của Khối và gửi lấy ý kiến các đơn vị thành viên " * 5
    for place in range(1, 13):
        make.TaskFactory(meeting=conference, place=place, text=long, unit=leader.unit)
        make.ObservationFactory(bloc_year=leader.bloc_year, kind="recommendation", text=long)
        make.NominationFactory(bloc_year=leader.bloc_year, award=make.AwardNameFactory(name=long[:90]).kind)
    return world.fill(world.conference(leader, title=long[:290]), units, long=True)


# Invitations ------------------------------------------------------------------------------------------------


def test_invitation_is_issued_to_a_list_with_the_programme(meeting):
    said = text(tree(meeting, "invitation"))

    assert "Số: /GM-V1 Hà Nội, ngày tháng năm 2020" in said
    assert (
        "GIẤY MỜI Dự Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020 Khối trưởng Khối Viện trân "
        "trọng "
        "kính mời: các đại biểu có tên trong danh sách kèm theo. Tới dự: Hội nghị tổng kết công tác thi đua, "
        "khen thưởng năm 2020. Thời gian: 08 giờ 30, ngày 15 tháng 12 năm 2020. Địa điểm: trụ sở Viện "
        "Một, Hà "
        "Nội. Chủ trì: Đinh Hữu A, Viện trưởng Viện Một. Nội dung: theo chương trình kèm theo." in said
    )
    assert (
        "báo cho đơn vị mời chậm nhất ngày 11 tháng 12 năm 2020. Rất mong quý đại biểu sắp xếp thời gian tới "
        "dự để Hội nghị thành công./. Nơi nhận: Như trên; Lưu: VT. TM. KHỐI THI ĐUA KHỐI TRƯỞNG Đinh Hữu A"
        in said
    )
    assert "1 Ông Hoàng Văn Lâm Thứ trưởng 2 Ông Bùi Văn Khang Viện trưởng, Viện Mẫu 02" in said
    assert "2 08 giờ 36 Báo cáo tổng kết năm 2020 Viện trưởng Viện Một" in said


def test_each_named_guest_has_a_page_of_the_invitation(meeting):
    copies = tree(meeting, "invitation-copies")

    assert isinstance(copies, Bundle)
    assert [each.body[0].words for each in copies.documents] == [
        f"Khối trưởng Khối Viện trân trọng kính mời: {guest}."
        for guest in (
            "Ông Hoàng Văn Lâm, Thứ trưởng",
            "Ông Bùi Văn Khang, Viện trưởng, Viện Mẫu 02",
            "Bà Đỗ Thị Hạnh, Viện trưởng, Viện Mẫu 01",
            "Ông Vũ Văn Giang, Viện trưởng, Viện Một",
        )
    ]
    assert all(each.annexes == () for each in copies.documents)
    assert "danh sách" not in text(copies)
    assert len(pages_of(to_pdf(copies))) == 4


def test_guest_without_a_name_gets_a_page_by_post_and_unit(meeting, units):
    world.attend(meeting, 50, "guest", "", "Đại diện lãnh đạo", unit=units[1])
    meeting.attendances.filter(place=50).update(is_invited=True)
    copies = tree(meeting, "invitation-copies")
    assert copies.documents[-1].body[0].words == (
        "Khối trưởng Khối Viện trân trọng kính mời: Đại diện lãnh đạo, Viện Mẫu 01."
    )
    assert "5 Đại diện lãnh đạo, Viện Mẫu 01" in text(tree(meeting, "invitation"))


def test_invitation_names_who_answers_the_telephone_where_that_is_known(meeting, leader):
    known = {"unit": leader.unit, "first_day": date(2020, 1, 1), "person__address_form": "Bà"}
    make.PostFactory(**known, role="officer", title="Chuyên viên", telephone="024 111")
    make.PostFactory(
        **known, role="secretary", title="Thư ký", telephone="024 222", person__full_name="Ngô Thị Minh"
    )
    make.PostFactory(role="secretary", first_day=date(2020, 1, 1), telephone="024 333")
    said = text(tree(meeting, "invitation"))
    assert "năm 2020; liên hệ: Bà Ngô Thị Minh, Thư ký, điện thoại 024 222. Rất mong" in said


def test_copies_bear_number_and_day_once_the_invitation_has_them(meeting, leader):
    assert {each.letterhead.number for each in tree(meeting, "invitation-copies").documents} == {None}
    make.IssuedDocumentFactory(
        kind="invitation", subject=meeting, issuer=leader.unit, numbered=True, number=7
    )
    copies = tree(meeting, "invitation-copies")
    assert {(each.letterhead.number, each.letterhead.day) for each in copies.documents} == {
        (7, date(2020, 12, 16))
    }


# Papers for the hall ----------------------------------------------------------------------------------------


def test_signing_list_stands_by_rank_and_units_in_the_decrees_order_with_room_for_others(meeting):
    paper = tree(meeting, "signing-list")
    said = text(paper)

    assert (
        "I. LÃNH ĐẠO BỘ STT Họ và tên Chức vụ, đơn vị Ký tên 1 Ông Hoàng Văn Lâm Thứ trưởng II. ĐƠN VỊ "
        "THÀNH VIÊN "
        "STT Họ và tên Chức vụ, đơn vị Ký tên 2 Ông Bùi Văn Khang Viện trưởng, Viện Mẫu 02 3 Bà Đỗ Thị "
        "Hạnh Viện "
        "trưởng, Viện Mẫu 01 4 Ông Vũ Văn Giang Viện trưởng, Viện Một III. KHÁCH MỜI STT Họ và tên Chức "
        "vụ, đơn "
        "vị Ký tên 5 Đại diện cơ quan báo chí IV. ĐẠI BIỂU KHÁC STT Họ và tên Chức vụ, đơn vị Ký tên 6 7 "
        "8 9 10"
    ) in said
    assert "Số:" not in said


def test_plates_are_made_for_who_is_named(meeting):
    paper = tree(meeting, "plates")

    assert paper.body == (
        Plate("Ông Hoàng Văn Lâm", "Thứ trưởng"),
        Plate("Ông Bùi Văn Khang", "Viện trưởng, Viện Mẫu 02"),
        Plate("Bà Đỗ Thị Hạnh", "Viện trưởng, Viện Mẫu 01"),
        Plate("Ông Vũ Văn Giang", "Viện trưởng, Viện Một"),
    )
    pages = pages_of(to_pdf(paper))
    assert len(pages) == 4
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pages} == {(842, 595)}


@pytest.mark.parametrize("name", ["Bà Lê Ý", "Ông Tôn Thất Nguyễn Phúc Hoàng Vĩnh Khang Trường"])
def test_name_on_a_plate_keeps_to_one_line(name):
    paper = read(
        {
            **PLATES_DATA,
            "body": [{"kind": "Plate", "name": name, "title": "Viện trưởng Viện Nghiên cứu và Phát triển"}],
        }
    )
    (page,) = pages_of(to_pdf(paper))
    assert page.extract_text().count(name.upper()) == 2


PLATES_DATA = {
    "kind": "Document",
    "title": "Biển tên",
    "type_name": "",
    "subject": "Biển tên",
    "letterhead": None,
    "signatures": [],
}


def test_programme(meeting):
    said = text(tree(meeting, "programme"))
    assert (
        "CHƯƠNG TRÌNH Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020 Thời gian: 08 giờ 30" in said
    )
    assert "TT Thời gian Nội dung Người thực hiện 1 08 giờ 33 Khai mạc, giới thiệu đại biểu" in said


def test_columns_of_the_programme_that_nothing_fills_are_left_out(bare):
    make.AgendaItemFactory(meeting=bare, place=1, title="Khai mạc")
    assert "TT Nội dung 1 Khai mạc" in text(tree(bare, "programme"))


# Minutes and conclusions ------------------------------------------------------------------------------------


def test_minutes_follow_the_decrees_form(meeting):
    said = text(tree(meeting, "minutes"))
    for words in (
        "Số: /BB-V1",
        "BIÊN BẢN Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020 Thời gian bắt đầu: 08 giờ 30, "
        "ngày 15 "
        "tháng 12 năm 2020. Địa điểm: trụ sở Viện Một, Hà Nội. I. THÀNH PHẦN THAM DỰ Chủ trì: Đinh Hữu "
        "A, Viện "
        "trưởng Viện Một. Thư ký: Ngô Thị Minh, Chánh Văn phòng Viện Một. Lãnh đạo bộ:",
        "Số đơn vị thành viên có mặt: 03/03 đơn vị.",
        "II. NỘI DUNG 1. Khai mạc, giới thiệu đại biểu Người trình bày: Viện trưởng Viện Một. Hội nghị "
        "đã thông "
        "qua nội dung 1.",
        "III. Ý KIẾN, PHÁT BIỂU Đồng chí Hoàng Văn Lâm, Thứ trưởng: Khối nhân rộng điển hình tiên tiến.",
        "IV. KẾT LUẬN Thống nhất phương hướng, nhiệm vụ năm 2021 Các đơn vị gửi kế hoạch đúng hạn",
        "1 Nhiệm vụ thứ 1 của năm 2021 Viện Một 31/03/2021 2 Nhiệm vụ thứ 2 của năm 2021 Các đơn vị "
        "trong Khối",
        "Hội nghị kết thúc vào 11 giờ 45, ngày 15 tháng 12 năm 2020. Biên bản được lập thành 02 bản, đã "
        "đọc lại "
        "cho người dự cùng nghe và thống nhất./. THƯ KÝ Ngô Thị Minh CHỦ TỌA Đinh Hữu A Nơi nhận:",
    ):
        assert words in said


def test_minutes_and_notice_state_nothing_before_the_meeting(meeting):
    ahead = timezone.localdate() + timedelta(days=5)
    meeting.first_day = meeting.last_day = ahead
    meeting.save()
    meeting.statements.all().delete()
    meeting.agendaitems.update(outcome="")
    paper = tree(meeting, "minutes")
    said = text(paper)
    for words in ("đã đọc lại", "Người trình bày", "Lãnh đạo bộ:"):
        assert words not in said
    missing = [each.text.removeprefix("chưa có số liệu: ") for each in missing_in(paper)]
    assert missing == [
        "người có mặt",
        *(f"kết quả “{title}”" for _kind, title, _presenter in world.ITEMS),
        "kết luận",
        "diễn biến, kết thúc Hội nghị",
    ]
    notice = tree(meeting, "conclusions")
    assert "kết luận như sau" not in text(notice)
    assert [each.text for each in missing_in(notice)] == ["chưa có số liệu: kết luận"]


def test_minutes_count_persons_where_all_are_named_and_say_who_came_for_whom(meeting, units):
    assert "Tổng số người có mặt" not in text(tree(meeting, "minutes"))
    meeting.attendances.filter(name="").delete()
    meeting.attendances.filter(unit=units[1]).update(
        name="Cao Thị Phó", replaced_name="Đỗ Thị Hạnh", replaced_title="Viện trưởng", has_authorisation=True
    )
    meeting.attendances.filter(unit=units[2]).update(presence="absent")
    said = text(tree(meeting, "minutes"))
    assert "(dự thay Đỗ Thị Hạnh, Viện trưởng; có giấy ủy quyền);" in said
    assert "Tổng số người có mặt: 03 người. Số đơn vị thành viên có mặt: 02/03 đơn vị. Vắng mặt:" in said


def test_notice_of_conclusions_names_tasks_and_what_was_asked(meeting):
    said = text(tree(meeting, "conclusions"))
    for words in (
        "Số: /TB-V1",
        "THÔNG BÁO Kết luận tại Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020 Ngày 15 tháng "
        "12 năm "
        "2020, tại trụ sở Viện Một, Hà Nội, Khối Viện đã tổ chức Hội nghị tổng kết",
        "Dự Hội nghị có: lãnh đạo bộ, đơn vị thành viên, khách mời.",
        "II. Ý KIẾN CHỈ ĐẠO, YÊU CẦU ĐƯỢC TIẾP THU Đồng chí Hoàng Văn Lâm, Thứ trưởng: Khối nhân rộng",
        "III. NHIỆM VỤ Phân công thực hiện TT Nội dung Đơn vị thực hiện Hạn 1 Nhiệm vụ thứ 1",
        "Khối trưởng Khối Viện thông báo để các đơn vị biết, tổ chức thực hiện./.",
    ):
        assert words in said


# The brief --------------------------------------------------------------------------------------------------


def test_brief_says_what_is_decided_and_what_was_concluded_before(meeting, leader):
    before = make.BlocYearFactory(bloc=leader.bloc_year.bloc, year__code="2019")
    conference = make.MeetingFactory(bloc_year=before, kind="year-end", first_day=LAST, last_day=LAST)
    late = {"meeting": conference, "unit": leader.unit, "due": date(2020, 6, 30)}
    make.TaskFactory(**late, text="Sửa quy chế")
    make.TaskFactory(**late, text="Họp sơ kết", done_on=date(2020, 7, 1))
    said = text(tree(meeting, "brief"))
    for words in (
        "Thành phần lãnh đạo bộ: 01; đơn vị thành viên: 03; khách mời: 01",
        "II. NỘI DUNG CẦN QUYẾT ĐỊNH Suy tôn đơn vị dẫn đầu. Biểu dương điển hình tiên tiến. Bầu Khối trưởng",
        "Đã xong 01/02 nhiệm vụ theo kết luận. Nhiệm vụ Đơn vị Tình hình Sửa quy chế Viện Một Quá hạn "
        "30/06/2020 "
        "Họp sơ kết Viện Một Xong ngày 01/07/2020",
    ):
        assert words in said


def test_brief_is_two_pages_however_much_was_written(large):
    assert len(pages_of(to_pdf(tree(large, "brief")))) == 2


@pytest.mark.parametrize(
    ("length", "written"), [(40, "một hai ba bốn"), (14, "một hai ba bốn"), (12, "một hai ba..."), (3, "...")]
)
def test_long_text_is_shortened_at_a_word(length, written):
    assert shortened("một hai ba bốn", length) == written


# All of them ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_prints_from_few_rows_and_from_many(meeting, large, kind):
    for each in (meeting, large):
        paper = tree(each, kind)
        assert to_pdf(paper).startswith(b"%PDF")
        assert to_docx(paper).startswith(b"PK")


@pytest.mark.parametrize("kind", KINDS)
def test_paper_of_a_meeting_of_which_nothing_is_known_says_where_it_is_entered(bare, kind):
    paper = tree(bare, kind)
    missing = list(missing_in(paper))
    assert missing
    assert {each.address.partition("#")[0] for each in missing} == {bare.get_absolute_url()}
    assert "chưa có số liệu" not in text(paper)


@pytest.mark.parametrize("kind", KINDS)
def test_papers_are_gathered_in_as_many_queries_for_many_rows(
    meeting, large, kind, django_assert_max_num_queries
):
    for each in (meeting, large):
        with django_assert_max_num_queries(32):
            tree(each, kind)


def test_documents_of_a_bundle_are_its_documents(meeting):
    copies = tree(meeting, "invitation-copies")
    assert documents_of(copies) == copies.documents
    assert documents_of(copies.documents[0]) == (copies.documents[0],)
    with pytest.raises(ValueError, match="holds a document"):
        Bundle(title="Không có gì", documents=())
