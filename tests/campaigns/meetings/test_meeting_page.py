"""The pages of a meeting: when, where, what came of it, who was there, what was said; its one next step."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from blocs.models import Entry
from campaigns.models import Attendance, Meeting, Statement, Task
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.forms import Fields, send
from tests.pages import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("named")]

DAY = date(2020, 12, 15)
BEFORE, THAT_DAY, AFTER = "2020-12-10 08:00+07:00", "2020-12-15 08:00+07:00", "2020-12-20 08:00+07:00"


@pytest.fixture
def conference(leader):
    return make.MeetingFactory(
        bloc_year=leader.bloc_year,
        kind=Meeting.Kind.YEAR_END,
        title="Hội nghị năm 2020",
        first_day=DAY,
        last_day=DAY,
        place_name="Hội trường A",
        host=leader.unit,
    )


@pytest.fixture
def guest(conference, leader):
    return make.AttendanceFactory(
        meeting=conference,
        unit=leader.unit,
        name="Nguyễn Văn An",
        title="Viện trưởng",
        presence="expected",
        is_invited=True,
    )


@pytest.fixture
def at_the_door(client, secretary):
    """The secretary's browser on the day of the conference."""
    with time_machine.travel(THAT_DAY):
        client.force_login(secretary)
        yield client


def place(meeting, name, *more):
    return page_address(meeting.bloc_year, f"meeting-{name}", meeting.pk, *more)


def test_meeting_says_when_where_what_and_who(page_of, conference, member):
    conference.chair_name, conference.chair_title = "Đinh Văn Chủ", "Viện trưởng"
    conference.save()
    make.AgendaItemFactory(meeting=conference, place=1, title="Khai mạc", outcome="Đã khai mạc.")
    make.AgendaItemFactory(meeting=conference, place=2, title="Bầu Khối trưởng")
    make.AttendanceFactory(meeting=conference, title="Lãnh đạo các đơn vị", place=1)
    make.AttendanceFactory(
        meeting=conference, name="Phạm B", title="Thứ trưởng", capacity="ministry", place=2, presence="absent"
    )
    make.StatementFactory(
        meeting=conference, speaker="Lê C", speaker_title="Vụ trưởng", text="Cần đổi mới.", is_request=True
    )
    make.StatementFactory(meeting=conference, kind="conclusion", speaker="Lê C", text="Nhất trí.")
    make.TaskFactory(meeting=conference, text="Báo cáo.", due=DAY)
    page = page_of("member's officer", conference.get_absolute_url())
    assert page.title == "Hội nghị năm 2020"
    for words in (
        "Thời gian Ngày 15 tháng 12 năm 2020 Nơi tổ chức Hội trường A Đơn vị chủ trì Viện Một",
        "Người chủ trì Đinh Văn Chủ, Viện trưởng",
        "1 Khai mạc Đã khai mạc. 2 Bầu Khối trưởng chưa có số liệu",
        "Phạm B Thứ trưởng Lãnh đạo bộ Vắng Chưa nêu tên Lãnh đạo các đơn vị Đơn vị thành viên Có mặt",
        "Lê C, Vụ trưởng Ý kiến thảo luận Yêu cầu, kiến nghị Cần đổi mới.",
        "Lê C Nhất trí.",
        "Nhiệm vụ Đơn vị thực hiện Hạn Tình trạng Báo cáo. Khối trưởng 15/12/2020 Quá hạn",
    ):
        assert words in page.text
    assert page.into_records() == {} and "Ghi nhận cuộc họp đã họp" not in page.text


@pytest.mark.parametrize(
    ("moment", "known", "step"),
    [
        (BEFORE, [], "Ghi chương trình trong sổ số liệu"),
        (BEFORE, ["item", "guest"], "Ghi trả lời giấy mời"),
        (THAT_DAY, ["item", "guest"], "Điểm danh"),
        (AFTER, ["item", "guest"], "Ghi: Thời gian, thành phần"),
        (AFTER, ["item", "present"], "Ghi: Kết quả từng nội dung"),
        (AFTER, ["outcome", "present"], "Ghi: Đề nghị, điển hình"),
    ],
)
def test_meeting_has_one_next_step(client, secretary, conference, leader, moment, known, step):
    if "item" in known or "outcome" in known:
        make.AgendaItemFactory(meeting=conference, outcome="Thông qua." if "outcome" in known else "")
    if "guest" in known:
        make.AttendanceFactory(meeting=conference, presence="expected", is_invited=True)
    if "present" in known:
        make.AttendanceFactory(meeting=conference)
    with time_machine.travel(moment):
        client.force_login(secretary)
        response = client.get(conference.get_absolute_url())
    assert response.context["next"].title == step


def test_meeting_of_which_nothing_is_known_says_so(page_of, bloc_year):
    meeting = make.MeetingFactory(bloc_year=bloc_year)
    text = page_of("clerk", meeting.get_absolute_url()).text
    unknown = "Thời gian chưa có số liệu Nơi tổ chức chưa có số liệu Đơn vị chủ trì chưa có số liệu"
    assert unknown in text
    for words in (
        "Chưa ghi chương trình.",
        "Chưa ghi thành phần dự.",
        "Chưa ghi ý kiến, phát biểu nào.",
        "Chưa ghi kết luận và nhiệm vụ nào.",
    ):
        assert words in text


def test_meeting_is_planned_with_what_is_usual(client, secretary, bloc_year, leader):
    with time_machine.travel(BEFORE):
        client.force_login(secretary)
        address = page_address(bloc_year, "meeting-plan")
        assert "Hội nghị tổng kết" in read(client, address).links
        answer = send(client, f"{address}?loai=mid-year", {"first_day": "15/12/2020", "starts_at": "8:30"})
    meeting = Meeting.objects.get()
    assert answer.url == meeting.get_absolute_url()
    assert (meeting.kind, meeting.first_day, meeting.last_day, meeting.host) == (
        "mid-year",
        DAY,
        DAY,
        leader.unit,
    )
    assert f"{meeting.starts_at:%H:%M}" == "08:30"
    assert meeting.agendaitems.count() == 5 and meeting.attendances.get().unit == leader.unit


def test_year_end_conference_is_offered_once(client, secretary, conference):
    client.force_login(secretary)
    address = page_address(conference.bloc_year, "meeting-plan")
    kinds = client.get(address).context["kinds"]
    offered = [label for kind, label in Meeting.Kind.choices if kind != "year-end"]
    assert [each.title for each in kinds] == offered
    assert client.get(f"{address}?loai=year-end").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 403), ("member's officer", 403), ("another bloc's secretary", 404), ("nobody", 404)],
)
def test_pages_that_change_a_meeting_are_for_its_keepers(client, people, conference, guest, who, status):
    addresses = [page_address(conference.bloc_year, "meeting-plan")]
    addresses += [place(conference, name) for name in ("attendance", "invite", "statement", "conclusions")]
    client.force_login(people[who])
    assert {client.get(address).status_code for address in addresses} == {status}
    addresses.append(place(conference, "reply", guest.pk))
    assert {client.post(address, {"reply": "coming"}).status_code for address in addresses} == {status}
    assert not Entry.objects.exists()


def test_guests_are_invited_after_the_units(client, secretary, conference, guest):
    with time_machine.travel(BEFORE):
        client.force_login(secretary)
        address = place(conference, "invite")
        typed = {"guest1-address_form": "Ông", "guest1-name": "Phạm B", "guest1-title": "Thứ trưởng"}
        assert send(client, address, typed).url == f"{conference.get_absolute_url()}#attendance"
        assert "ít nhất một người được mời" in Page(send(client, address)).text
        assert "Hãy ghi chức vụ của người dự." in Page(send(client, address, {"guest2-name": "Lê C"})).text

    invited = conference.attendances.order_by("place").last()
    assert (invited.as_addressed, invited.capacity, invited.presence, invited.is_invited) == (
        "Ông Phạm B",
        "ministry",
        "expected",
        True,
    )


def test_reply_is_noted_in_one_tap_and_taken_back_in_another(client, secretary, conference, guest):
    with time_machine.travel(BEFORE):
        client.force_login(secretary)
        address = place(conference, "reply", guest.pk)
        for answer, words in (("coming", "1/1 sẽ dự"), ("declined", "0/1 sẽ dự"), ("", "chưa trả lời")):
            client.post(address, {"reply": answer})
            guest.refresh_from_db()
            assert guest.reply == answer
            assert words in read(client, conference.get_absolute_url()).text
        part = client.post(address, {"reply": "coming"}, headers={"HX-Request": "true"})
        assert part.content.decode().count("<form") == 1 and 'aria-pressed="true"' in part.content.decode()
        assert client.post(address, {"reply": "maybe"}).status_code == 404
        foreign = make.AttendanceFactory()
        assert client.post(place(conference, "reply", foreign.pk), {"reply": "coming"}).status_code == 404


def test_everybody_is_present_but_for_exceptions(at_the_door, conference, guest, member):
    shared = {"meeting": conference, "unit": member.unit, "presence": "expected"}
    other = make.AttendanceFactory(name="Trần Bình", **shared)
    typed = {f"row{other.pk}-present": None, "guest-title": "Phóng viên"}
    assert send(at_the_door, place(conference, "attendance"), typed).status_code == 302

    found = [(each.title, each.presence) for each in conference.attendances.order_by("place")]
    assert found == [
        ("Viện trưởng", "present"),
        ("Đại diện đơn vị thành viên", "absent"),
        ("Phóng viên", "present"),
    ]
    assert Entry.objects.get().act == "meeting.note-attendance"
    assert "Đã ghi 2/3 người có mặt" in read(at_the_door, place(conference, "attendance")).text


def test_one_row_is_saved_alone(at_the_door, conference, guest, member):
    make.AttendanceFactory(meeting=conference, unit=member.unit, presence="expected")
    address, key = place(conference, "attendance"), f"row{guest.pk}"
    substitute = {
        f"{key}-name": "Trần Thị Bình",
        f"{key}-title": "Phó Viện trưởng",
        f"{key}-has_authorisation": "on",
    }
    send(at_the_door, address, substitute | {"only": key, "guest-title": "Phóng viên"})

    row, other = conference.attendances.order_by("place")
    assert (row.name, row.presence, row.replaced_name, row.has_authorisation) == (
        "Trần Thị Bình",
        "present",
        "Nguyễn Văn An",
        True,
    )
    assert other.presence == "expected"
    shown = Fields(at_the_door.get(address)).sent  # a script sends the whole form and says which row
    sent = {name: value for name, value in shown.items() if name != f"{key}-present"} | {"only": key}
    part = at_the_door.post(address, sent, headers={"HX-Request": "true"})
    assert part.content.decode().count("<li") == 1 and "Vắng" in part.content.decode()
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.presence, row.name, other.presence) == ("absent", "Trần Thị Bình", "expected")


def test_older_page_does_not_undo_what_was_noted_meanwhile(at_the_door, conference, guest):
    address = place(conference, "attendance")
    shown = Fields(at_the_door.get(address)).sent
    Attendance.objects.filter(pk=guest.pk).update(presence="absent")

    at_the_door.post(address, shown)

    assert Attendance.objects.get().presence == "absent"
    assert not Entry.objects.exists()


def test_older_page_is_refused_with_both_texts(at_the_door, conference, guest):
    address, key = place(conference, "attendance"), f"row{guest.pk}"
    shown = Fields(at_the_door.get(address)).sent
    send(at_the_door, address, {f"{key}-name": "Trần Thị Bình", f"{key}-title": "Phó Viện trưởng"})
    other = {f"{key}-name": "Lê Văn Cường", f"{key}-title": "Trưởng phòng"}

    answer = at_the_door.post(address, shown | other)

    assert "họ và tên: bản đã lưu “Trần Thị Bình”, bản của anh/chị “Lê Văn Cường”" in Page(answer).text
    row = Attendance.objects.get()
    assert (row.name, row.replaced_name) == ("Trần Thị Bình", "Nguyễn Văn An")
    assert Entry.objects.count() == 1
    assert "bấm nút một lần nữa" in Page(answer).text
    assert at_the_door.post(address, Fields(answer).sent).status_code == 302
    assert Attendance.objects.get().name == "Lê Văn Cường"


def test_two_keepers_note_the_same(at_the_door, conference, guest):
    address = place(conference, "attendance")
    shown = Fields(at_the_door.get(address)).sent
    absent = {name: value for name, value in shown.items() if name != f"row{guest.pk}-present"}

    for _keeper in range(2):
        assert at_the_door.post(address, absent).status_code == 302
    assert Attendance.objects.get().presence == "absent"


@pytest.mark.parametrize("name", ["attendance", "record"])
def test_row_that_somebody_else_removed_is_told_of_with_what_was_typed(at_the_door, conference, guest, name):
    address = place(conference, name)
    other = make.AttendanceFactory(meeting=conference, title="Đại diện Cục Hai")
    shown = Fields(at_the_door.get(address)).sent
    typed = {f"row{other.pk}-name": "Lê Văn Cường", f"row{other.pk}-title": "Cục trưởng"}
    other.delete()

    answer = at_the_door.post(address, shown | typed)

    assert "vừa được người khác xoá (đã gõ: Lê Văn Cường, Cục trưởng)" in Page(answer).text
    assert not Attendance.objects.filter(name="Lê Văn Cường").exists()
    assert not Entry.objects.exists()


def test_meetings_page_in_the_admin_does_not_undo_the_door(client, secretary, at_the_door, conference, guest):
    change = reverse("admin:campaigns_meeting_change", args=[conference.pk])
    shown = Fields(client.get(change)).sent
    send(at_the_door, place(conference, "attendance"))

    assert client.post(change, shown).status_code == 302
    assert Attendance.objects.get().presence == "present"
    both = client.post(change, shown | {"attendances-0-presence": "absent"})
    assert both.status_code == 409
    assert Attendance.objects.get().presence == "present"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "Trần Thị Bình"}, "Nguyễn Văn An: Hãy ghi chức vụ của người dự."),
        ({"title": "Phó Viện trưởng"}, "Hãy ghi họ và tên của người dự."),
        ({"has_authorisation": "on"}, "Giấy ủy quyền chỉ ghi cho người dự thay."),
    ],
)
def test_what_is_wrong_in_a_row_is_said(at_the_door, conference, guest, typed, words):
    typed = {f"row{guest.pk}-{name}": value for name, value in typed.items()}
    answer = send(at_the_door, place(conference, "attendance"), typed)
    assert words in Page(answer).text
    assert not Entry.objects.exists()


def test_statement_and_conclusion_are_added(at_the_door, conference, member):
    statement = {"kind": "discussion", "speaker": "Lê C", "text": "Cần đổi mới.", "is_request": "on"}
    send(at_the_door, place(conference, "statement"), statement)
    told = {
        "text": "Nhất trí.",
        "task1-text": "Báo cáo.",
        "task1-unit": member.unit_id,
        "task1-due": "31/12/2020",
        "task3-text": "Hoàn thiện.",
    }
    answer = send(at_the_door, place(conference, "conclusions"), told)

    assert answer.url == f"{conference.get_absolute_url()}#conclusions"
    assert [each.text for each in Statement.objects.all()] == ["Cần đổi mới.", "Nhất trí."]
    assert [(each.text, each.unit, each.due) for each in Task.objects.all()] == [
        ("Báo cáo.", member.unit, date(2020, 12, 31)),
        ("Hoàn thiện.", None, None),
    ]
    wrong = send(at_the_door, place(conference, "conclusions"), {"task2-due": "31/12/2020"})
    assert "Nhiệm vụ 2: Hãy ghi nhiệm vụ." in Page(wrong).text
    empty = send(at_the_door, place(conference, "conclusions"))
    assert "Hãy ghi kết luận hoặc ít nhất một nhiệm vụ." in Page(empty).text
