"""The page of a meeting: when, where, what came of it, who was there, what was said."""

from datetime import date

import pytest

from campaigns.models import Meeting
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("named")]


@pytest.fixture
def conference(leader):
    return make.MeetingFactory(
        bloc_year=leader.bloc_year,
        kind=Meeting.Kind.YEAR_END,
        title="Hội nghị năm 2020",
        first_day=date(2020, 12, 15),
        last_day=date(2020, 12, 15),
        place_name="Hội trường A",
        host=leader.unit,
    )


def test_meeting_says_when_where_what_and_who(page_of, conference):
    make.AgendaItemFactory(meeting=conference, place=1, title="Khai mạc", outcome="Đã khai mạc.")
    make.AgendaItemFactory(meeting=conference, place=2, title="Bầu Khối trưởng")
    make.AttendanceFactory(meeting=conference, name="Phạm B", title="Thứ trưởng", capacity="ministry")
    make.AttendanceFactory(meeting=conference, title="Lãnh đạo các đơn vị")
    make.StatementFactory(
        meeting=conference, speaker="Lê C", speaker_title="Vụ trưởng", text="Cần đổi mới.", is_request=True
    )
    page = page_of("member's officer", conference.get_absolute_url())
    assert page.title == "Hội nghị năm 2020"
    for words in (
        "Thời gian Ngày 15 tháng 12 năm 2020 Nơi tổ chức Hội trường A Đơn vị chủ trì Viện Một",
        "1 Khai mạc Đã khai mạc. 2 Bầu Khối trưởng chưa có số liệu",
        "Phạm B Thứ trưởng Lãnh đạo bộ Chưa nêu tên Lãnh đạo các đơn vị Đơn vị thành viên",
        "Lê C, Vụ trưởng Ý kiến thảo luận Yêu cầu, kiến nghị Cần đổi mới.",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    ("known", "next_step"),
    [
        ([], "Ghi chương trình"),
        (["item"], "Ghi kết quả từng nội dung"),
        (["item with outcome"], "Ghi thành phần dự"),
        (["item with outcome", "attendance"], None),
    ],
)
def test_meeting_leads_to_what_is_missing(page_of, conference, known, next_step):
    if known:
        outcome = "Thông qua." if "outcome" in known[0] else ""
        make.AgendaItemFactory(meeting=conference, outcome=outcome)
    if "attendance" in known:
        make.AttendanceFactory(meeting=conference)
    links = page_of("secretary", conference.get_absolute_url()).links
    offered = [words for words in links if words.startswith("Ghi ")]
    assert offered == ([next_step] if next_step else [])


def test_meeting_of_which_nothing_is_known_says_so(page_of, bloc_year):
    meeting = make.MeetingFactory(bloc_year=bloc_year)
    text = page_of("clerk", meeting.get_absolute_url()).text
    unknown = "Thời gian chưa có số liệu Nơi tổ chức chưa có số liệu Đơn vị chủ trì chưa có số liệu"
    assert unknown in text
    for words in ("Chưa ghi chương trình.", "Chưa ghi thành phần dự.", "Chưa ghi ý kiến, phát biểu nào."):
        assert words in text
