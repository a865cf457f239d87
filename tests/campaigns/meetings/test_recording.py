"""A conference held on paper, recorded screen by screen: the paper told of once, the usual filled in."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.models import Entry
from campaigns.meetings.agendas import CHOSEN, usual_outcomes
from campaigns.meetings.guests import voters
from campaigns.meetings.recording import kept_paper, screens_of
from campaigns.models import BlocYear, EmulationYear, Meeting, Pledge
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.forms import send
from tests.pages import Page, read
from tests.reports.trees import png

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("named")]

DAY, NOW = date(2020, 12, 15), "2020-12-16 09:00+07:00"
THEME = "Đoàn kết, đổi mới sáng tạo"


@pytest.fixture
def units(leader):
    """The bloc's other units, each with a representative."""
    leader.representative, leader.representative_title = "Đinh Văn Chủ", "Viện trưởng"
    leader.save()
    units = [
        make.UnitStateFactory(official_name=f"Cục {number}", decree_place=number).unit for number in (1, 2, 3)
    ]
    for number, unit in enumerate(units, 1):
        make.SeatFactory(
            bloc_year=leader.bloc_year,
            unit=unit,
            representative=f"Lê Văn {number}",
            representative_title="Cục trưởng",
        )
    return units


@pytest.fixture
def at_desk(client, secretary):
    """The secretary's browser on the day after the conference."""
    with time_machine.travel(NOW):
        client.force_login(secretary)
        yield client


def record(client, bloc_year, **typed):
    """The first screen of a conference that nobody planned, and the conference."""
    typed = {"first_day": "15/12/2020", "paper_scan": SimpleUploadedFile("bien-ban.png", png())} | typed
    answer = send(client, page_address(bloc_year, "meeting-record-new", "year-end"), typed)
    return answer, Meeting.objects.filter(kind="year-end").first()


def chosen(meeting):
    """What is typed on the second screen: the likeliest decisions, all votes for the awards."""
    items = {item.kind: item for item in meeting.agendaitems.all() if item.kind in CHOSEN}
    typed = {f"{each.pk}-phrase": usual_outcomes(each, meeting.bloc_year, 0)[0] for each in items.values()}
    return typed | {f"{items['vote'].pk}-agreed": str(voters(meeting.attendances.all()))}


def screen(meeting, key):
    return page_address(meeting.bloc_year, f"meeting-{key}", meeting.pk)


def test_normal_conference_is_five_screens_with_almost_nothing_typed(at_desk, bloc_year, units):
    award = make.AwardNameFactory(name="Cờ thi đua của Bộ").kind
    typed = [
        {"first_day": "15/12/2020", "paper_scan": SimpleUploadedFile("bien-ban.png", png())},
        chosen,
        {"award1-award": award.pk, "award1-recipient": f"u{units[0].pk}"},
        {"leader": units[0].pk, "deputy_1": units[1].pk},
        {"theme": THEME},
    ]
    address = page_address(bloc_year, "meeting-record-new", "year-end")
    for each in typed:
        each = each(Meeting.objects.get()) if callable(each) else each
        answer = send(at_desk, address, each)
        assert answer.status_code == 302, Page(answer).text
        address = answer.url

    meeting = Meeting.objects.get()
    assert address == meeting.get_absolute_url()
    assert [(each.key, each.progress.value) for each in screens_of(meeting, None)] == [
        (key, "done") for key in ("record", "outcomes", "proposals", "election", "pledge")
    ]
    written = "".join(
        value for each in typed if not callable(each) for value in each.values() if isinstance(value, str)
    )
    assert len(written) < 120
    papers = {
        entry.act: (entry.paper.day, entry.paper.place, entry.paper.scan_id)
        for entry in Entry.objects.select_related("paper")
    }
    scan = kept_paper(meeting).paper.scan
    assert bytes(scan.content) == png()
    assert papers == dict.fromkeys(
        [
            "meeting.record",
            "meeting.note-outcomes",
            "nomination.propose",
            "bloc-year.open-next",
            "election.record",
            "pledge.sign",
        ],
        (DAY, "Trụ sở Viện Một", scan.pk),
    )
    following = BlocYear.objects.get(year__code="2021")
    roles = {(seat.unit_id, seat.role) for seat in following.seats.all()}
    assert {(units[0].pk, "leader"), (units[1].pk, "deputy"), (units[2].pk, "member")} < roles
    pledge = Pledge.objects.get()
    assert (pledge.theme, pledge.signed_on, pledge.signed_count, pledge.signing_units) == (THEME, DAY, 4, 4)
    assert {each.signer_name for each in pledge.signatures.all()} == {
        *("Đinh Văn Chủ", "Lê Văn 1", "Lê Văn 2", "Lê Văn 3")
    }
    page = read(at_desk, meeting.get_absolute_url())
    assert "theo văn bản giấy" in page.text and "Biểu quyết giơ tay: 4/4 đơn vị đồng ý (100%)." in page.text


def test_first_screen_fills_in_what_is_usual_and_notes_who_was_there(at_desk, bloc_year, leader, units):
    absent = f"unit{units[2].pk}"
    substitute = {f"unit{units[1].pk}-name": "Trần Thị Bình", f"unit{units[1].pk}-title": "Phó Cục trưởng"}
    guest = {"guest0-name": "Phạm B", "guest0-title": "Thứ trưởng"}
    answer, meeting = record(at_desk, bloc_year, **{f"{absent}-present": None}, **substitute, **guest)

    assert answer.url == screen(meeting, "outcomes")
    assert (meeting.title, meeting.host, meeting.place_name) == (
        "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020",
        leader.unit,
        "Trụ sở Viện Một",
    )
    assert (meeting.chair_name, meeting.chair_title) == ("Đinh Văn Chủ", "Viện trưởng, Khối trưởng")
    assert [
        (each.name, each.title, each.capacity, each.presence, each.replaced_name)
        for each in meeting.attendances.all()
    ] == [
        ("Đinh Văn Chủ", "Viện trưởng", "member", "present", ""),
        ("Lê Văn 1", "Cục trưởng", "member", "present", ""),
        ("Trần Thị Bình", "Phó Cục trưởng", "member", "present", "Lê Văn 2"),
        ("Lê Văn 3", "Cục trưởng", "member", "absent", ""),
        ("Phạm B", "Thứ trưởng", "ministry", "present", ""),
    ]
    assert meeting.agendaitems.count() == 11
    assert Entry.objects.get().paper.participants.startswith("Đinh Văn Chủ - Viện trưởng; Lê Văn 1")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"first_day": ""}, "Ngày họp : Hãy điền"),
        ({"first_day": "17/12/2020"}, "ngày họp không được sau hôm nay"),
        ({"first_day": "15/12/2025"}, "Ngày này không thuộc năm thi đua 2020"),
        ({"paper_scan": SimpleUploadedFile("bien-ban.docx", b"PK")}, "Chỉ nhận tệp PDF, JPG hoặc PNG"),
        ({"guest0-name": "Phạm B"}, "Hãy ghi chức vụ của người dự"),
    ],
)
def test_what_is_wrong_on_the_first_screen_is_said_and_nothing_kept(at_desk, bloc_year, units, typed, words):
    answer, meeting = record(at_desk, bloc_year, **typed)

    assert words in Page(answer).text
    assert meeting is None and not Entry.objects.exists()


def test_year_end_conference_that_is_planned_is_recorded_itself(at_desk, bloc_year):
    planned = make.MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=DAY, last_day=DAY)
    answer = at_desk.get(page_address(bloc_year, "meeting-record-new", "year-end"))

    assert answer.url == screen(planned, "record")
    assert send(at_desk, answer.url).url == screen(planned, "outcomes")
    assert Meeting.objects.get() == planned
    assert planned.attendances.count() == 1


def test_outcomes_are_ready_and_votes_counted_among_those_present(at_desk, bloc_year, units):
    _answer, meeting = record(at_desk, bloc_year, **{f"unit{units[2].pk}-present": None})
    vote, report = (meeting.agendaitems.get(kind=kind) for kind in ("vote", "report"))
    decided, against = chosen(meeting), {f"{vote.pk}-against": "1"}
    for typed, words in (
        (decided | against, "Tổng số phiếu 4 khác số đơn vị có mặt 3."),
        (against, "Hãy chọn kết quả cùng với số phiếu."),
    ):
        assert words in Page(send(at_desk, screen(meeting, "outcomes"), typed)).text

    typed = (decided | against) | {
        f"{vote.pk}-agreed": "2",
        f"{report.pk}-phrase": "own",
        f"{report.pk}-text": "Sửa lại mục II.",
    }
    assert send(at_desk, screen(meeting, "outcomes"), typed).status_code == 302

    vote.refresh_from_db()
    report.refresh_from_db()
    assert vote.outcome == (
        "Thống nhất đề nghị khen thưởng. Biểu quyết giơ tay: 2/3 đơn vị đồng ý (66,67%), 1/3 không đồng ý."
    )
    assert report.outcome == "Sửa lại mục II."
    assert meeting.agendaitems.filter(outcome="").count() == 0
    again = send(at_desk, screen(meeting, "outcomes"))
    assert again.status_code == 302  # nothing changed: no second entry
    assert Entry.objects.filter(act="meeting.note-outcomes").count() == 1


def test_reason_is_asked_for_once_the_window_has_closed_and_offered_again(at_desk, bloc_year, units):
    make.PhaseFactory(year=bloc_year.year, kind="conference", last_day=date(2020, 12, 10))
    make.PhaseFactory(year=bloc_year.year, kind="election", last_day=date(2020, 12, 10))
    answer, _none = record(at_desk, bloc_year)
    assert "“Hội nghị tổng kết” đã hết hạn ngày 10/12/2020" in Page(answer).text

    _answer, meeting = record(at_desk, bloc_year, reason="Biên bản về muộn")
    assert send(at_desk, screen(meeting, "outcomes")).status_code == 302
    assert send(at_desk, screen(meeting, "election"), {"leader": units[0].pk}).status_code == 302

    reasons = set(Entry.objects.values_list("reason", flat=True))
    assert reasons == {"Biên bản về muộn"}


def test_screens_are_those_of_the_kind(bloc_year):
    keys = {
        kind: [
            each.key
            for each in screens_of(make.MeetingFactory.build(bloc_year=bloc_year, kind=kind, pk=0), None)
        ]
        for kind in Meeting.Kind.values
    }
    two = ["record", "outcomes"]
    assert keys == {
        "year-end": ["record", "outcomes", "proposals", "election", "pledge"],
        "election": [*two, "election"],
        "signing": two,
        "exemplar": [*two, "proposals"],
        "mid-year": two,
        "preparatory": two,
        "activity": two,
    }


def test_screen_may_be_passed_over_and_done_later(at_desk, bloc_year, units):
    _answer, meeting = record(at_desk, bloc_year)
    page = read(at_desk, screen(meeting, "outcomes"))
    assert page.links["Bỏ qua phần này"] == screen(meeting, "proposals")
    assert page.links["Để sau"] == meeting.get_absolute_url()

    meeting_page = read(at_desk, meeting.get_absolute_url())
    assert meeting_page.links["Ghi: Kết quả từng nội dung"] == screen(meeting, "outcomes")
    assert send(at_desk, screen(meeting, "pledge")).url == meeting.get_absolute_url()
    assert Pledge.objects.get().bloc_years.get().year.code == "2021"
    assert EmulationYear.objects.filter(code="2021").count() == 1


def test_nothing_decided_is_recorded_unless_it_is_chosen(at_desk, bloc_year, units):
    _answer, meeting = record(at_desk, bloc_year)
    assert send(at_desk, screen(meeting, "outcomes")).status_code == 302

    assert set(meeting.agendaitems.filter(outcome="").values_list("kind", flat=True)) == set(CHOSEN)
    assert {each.progress.value for each in screens_of(meeting, None) if each.key == "outcomes"} == {
        "under-way"
    }


def test_outcomes_without_anybody_present_lead_to_the_first_screen(at_desk, bloc_year):
    meeting = make.MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=DAY, last_day=DAY)
    make.AgendaItemFactory(meeting=meeting, kind="report")
    page = read(at_desk, screen(meeting, "outcomes"))

    assert page.links["Ghi phần thời gian, thành phần trước"] == screen(meeting, "record")
    send(at_desk, screen(meeting, "outcomes"))
    assert meeting.agendaitems.get().outcome == "Hội nghị nhất trí thông qua báo cáo."


def test_who_is_not_named_is_there_only_when_ticked_or_named(at_desk, bloc_year, leader, units):
    planned = make.MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=DAY, last_day=DAY)
    rows = [
        make.AttendanceFactory(meeting=planned, presence="expected", name=name, title=title)
        for name, title in (("Lê An", "Cục trưởng"), ("", "Lãnh đạo Bộ"), ("", "Vụ"), ("", "Khách mời"))
    ]
    typed = {f"row{rows[2].pk}-present": "on", f"row{rows[3].pk}-name": "Phạm B"}
    typed[f"row{rows[3].pk}-title"] = "Phó Chánh Văn phòng"
    assert send(at_desk, screen(planned, "record"), typed).status_code == 302

    found = [(each.name, each.presence) for each in planned.attendances.order_by("place")]
    assert found == [("Lê An", "present"), ("", "expected"), ("", "present"), ("Phạm B", "present")]


def test_what_follows_an_election_is_said_before(at_desk, bloc_year, units):
    _answer, meeting = record(at_desk, bloc_year)
    assert "sẽ mở năm sau của Khối" in read(at_desk, screen(meeting, "election")).text
    send(at_desk, screen(meeting, "election"), {"leader": units[0].pk})
    assert "mở lại trang này ghi lại kết quả bầu" in read(at_desk, screen(meeting, "election")).text


@pytest.mark.parametrize("name", ["attendance", "conclusions", "statement", "outcomes"])
@pytest.mark.parametrize(
    ("first_day", "last_day", "words"),
    [(date(2020, 12, 18), date(2020, 12, 25), ""), (None, date(2020, 12, 15), "đã hết hạn ngày 15/12/2020")],
)
def test_held_meeting_waits_for_no_window(at_desk, bloc_year, units, name, first_day, last_day, words):
    for kind in ("conference", "vote"):
        make.PhaseFactory(year=bloc_year.year, kind=kind, first_day=first_day, last_day=last_day)
    meeting = make.MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=DAY, last_day=DAY)
    make.AgendaItemFactory(meeting=meeting, kind="report")
    typed = {
        "attendance": {"guest-name": "Phạm B", "guest-title": "Thứ trưởng"},
        "conclusions": {"text": "Giữ vững phong trào."},
        "statement": {"kind": "discussion", "text": "Nhất trí."},
        "outcomes": {},
    }
    answer = send(at_desk, screen(meeting, name), typed[name])
    if not words:
        assert answer.status_code == 302, Page(answer).text
        return
    assert answer.status_code == 200
    assert Page(answer).text.count(words) == 1
    assert '<details class="paper-fields" open>' in answer.content.decode()


@pytest.mark.parametrize("key", ["record", "outcomes", "proposals", "election", "pledge", "scan"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 403), ("member's officer", 403), ("another bloc's secretary", 404), ("nobody", 404)],
)
def test_screens_are_for_who_keeps_the_bloc(client, people, bloc_year, key, who, status):
    meeting = make.MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=DAY, last_day=DAY)
    client.force_login(people[who])
    assert client.get(screen(meeting, key)).status_code == status
    assert client.post(screen(meeting, key)).status_code in (status, 405)
    assert not Entry.objects.exists()


def test_scan_is_given_to_who_keeps_the_bloc(at_desk, bloc_year):
    _answer, meeting = record(at_desk, bloc_year)
    answer = at_desk.get(screen(meeting, "scan"))
    assert (answer.content, answer["Content-Type"]) == (png(), "image/png")
    assert str(meeting.pk) in answer["Content-Disposition"]
