"""Meetings: planned with what is usual; who answers and comes; what is decided and said; who may, when."""

from datetime import date, time

import pytest
import time_machine
from django.db import transaction

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from blocs.versions import Stale
from campaigns import actions
from campaigns.meetings.agendas import USUAL_AGENDAS, USUAL_OUTCOMES, USUAL_TITLES, hand_vote
from campaigns.models import AgendaItem, Attendance, Meeting, Statement
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY, NOW = date(2020, 12, 15), "2020-12-15 08:00+07:00"
PAPER = Paper(day=DAY, place="Hội trường A", participants="10 đơn vị")
MAY = ("staff", "secretary", "officer")


@pytest.fixture
def conference(leader, member):
    return make.MeetingFactory(
        bloc_year=leader.bloc_year, kind="year-end", title="Hội nghị", first_day=DAY, last_day=DAY
    )


@pytest.fixture
def guest(conference, leader):
    return make.AttendanceFactory(
        meeting=conference, unit=leader.unit, name="Nguyễn Văn An", title="Viện trưởng", presence="expected"
    )


@pytest.fixture
def item(conference):
    return make.AgendaItemFactory(meeting=conference, kind="vote", title="Bình xét")


ACTS = {
    "meeting.plan": lambda **by: actions.plan_meeting(
        meeting=Meeting(bloc_year=by.pop("meeting").bloc_year, kind="mid-year", title="Sơ kết"), **by
    ),
    "meeting.record": lambda meeting, **by: actions.record_meeting(meeting=meeting, attendances=[], **by),
    "meeting.invite": lambda meeting, **by: actions.invite(
        meeting=meeting, guests=[Attendance(capacity="ministry", title="Thứ trưởng")], **by
    ),
    "meeting.note-reply": lambda meeting, **by: actions.note_reply(
        attendance=meeting.attendances.get(), reply="coming", **by
    ),
    "meeting.note-attendance": lambda meeting, **by: actions.note_attendance(
        meeting=meeting, attendances=[(meeting.attendances.get(), {"presence": "present"})], **by
    ),
    "meeting.note-outcomes": lambda meeting, **by: actions.note_outcomes(
        meeting=meeting, outcomes=[(meeting.agendaitems.get(), "Nhất trí.")], **by
    ),
    "meeting.note-statement": lambda meeting, **by: actions.note_statement(
        statement=Statement(meeting=meeting, kind="discussion", text="Đồng ý."), **by
    ),
    "meeting.conclude": lambda meeting, **by: actions.conclude(
        meeting=meeting, text="Kết luận.", tasks=[], **by
    ),
}
WINDOWS = {"meeting.plan": "mid-year"}


def act(code, meeting, **by):
    return ACTS[code](meeting=Meeting.objects.get(pk=meeting.pk), **by)


@pytest.mark.parametrize("code", ACTS)
@pytest.mark.usefixtures("guest", "item")
def test_who_may(people, conference, code):
    with time_machine.travel(NOW):
        for who, user in people.items():
            if who not in MAY:
                with pytest.raises(Refused):
                    act(code, conference, by=user)
        assert not Entry.objects.exists()
        for who in MAY:
            with transaction.atomic():
                act(code, conference, by=people[who])
                transaction.set_rollback(True)


@pytest.mark.parametrize("code", ACTS)
@pytest.mark.usefixtures("guest", "item")
def test_one_entry_with_its_paper(secretary, conference, code):
    with time_machine.travel(NOW):
        act(code, conference, by=secretary, paper=PAPER)

    entry = Entry.objects.get()
    assert entry.act == code
    assert (entry.paper.day, entry.paper.place, entry.paper.participants) == (
        DAY,
        "Hội trường A",
        "10 đơn vị",
    )


@pytest.mark.parametrize("code", ACTS)
@pytest.mark.usefixtures("guest", "item")
def test_after_the_window_only_paper_with_a_reason(secretary, conference, code):
    kind = WINDOWS.get(code, "conference")
    make.PhaseFactory(year=conference.bloc_year.year, kind=kind, last_day=DAY)

    with time_machine.travel("2020-12-20 08:00+07:00"):
        for told in ({}, {"paper": PAPER}, {"reason": "muộn"}):
            with pytest.raises(Refused, match="đã hết hạn ngày 15/12/2020"):
                act(code, conference, by=secretary, **told)
        act(code, conference, by=secretary, paper=PAPER, reason="giấy về muộn")

    assert Entry.objects.get().reason == "giấy về muộn"


@pytest.mark.parametrize("code", ACTS)
@pytest.mark.usefixtures("guest", "item")
def test_nothing_of_a_closed_year_changes(secretary, conference, code):
    conference.bloc_year.closed_on = DAY
    conference.bloc_year.save()

    with pytest.raises(Refused, match="Hồ sơ năm của Khối đã khoá"):
        act(code, conference, by=secretary)


@pytest.mark.parametrize("kind", Meeting.Kind.values)
def test_plan_lays_the_usual_agenda_and_expects_each_unit(secretary, leader, member, kind):
    leader.representative, leader.representative_title = "Nguyễn Văn An", "Viện trưởng"
    leader.save()
    person = make.PersonFactory(full_name="Nguyễn Văn An", address_form="Ông")
    make.PostFactory(person=person, unit=leader.unit)
    make.UnitStateFactory(unit=member.unit, official_name="Cục Hai")
    planned = Meeting(bloc_year=leader.bloc_year, kind=kind, title="Cuộc họp", first_day=DAY, last_day=DAY)

    actions.plan_meeting(meeting=planned, by=secretary)

    items = planned.agendaitems.all()
    assert [item.kind for item in items] == [each for each, _title in USUAL_AGENDAS[kind]]
    assert not [item.title for item in items if "{" in item.title or item.outcome]
    expected = [
        ("Ông Nguyễn Văn An", "Viện trưởng", leader.unit_id, "expected", True),
        ("", "Đại diện Cục Hai", member.unit_id, "expected", True),
    ]
    assert [
        (each.as_addressed, each.title, each.unit_id, each.presence, each.is_invited)
        for each in planned.attendances.all()
    ] == ([] if kind == "activity" else expected)
    added = Entry.objects.get().payload.data["after"]["parts"]
    assert len(added) == len(items) + planned.attendances.count()


def test_year_end_agenda_keeps_the_order_of_blocs():
    kinds = [str(kind) for kind, _title in USUAL_AGENDAS["year-end"]]
    assert kinds == [
        *("opening", "report", "scores", "discussion", "direction", "direction"),
        *("vote", "exemplars", "election", "pledge", "closing"),
    ]
    assert set(USUAL_AGENDAS) == set(USUAL_TITLES) == set(Meeting.Kind)
    assert set(USUAL_OUTCOMES) == set(AgendaItem.Kind)


def test_bloc_plans_one_year_end_conference(secretary, conference):
    with pytest.raises(Refused, match="đã có Hội nghị tổng kết"):
        actions.plan_meeting(
            meeting=Meeting(bloc_year=conference.bloc_year, kind="year-end", title="Hội nghị hai"),
            by=secretary,
        )


@pytest.mark.parametrize(
    ("first", "changes", "now"),
    [
        ({}, {"presence": "absent"}, ("Nguyễn Văn An", "Viện trưởng", "", "", False)),
        (
            {},
            {"presence": "present", "name": "Trần Thị Bình", "title": "Phó Viện trưởng"},
            ("Trần Thị Bình", "Phó Viện trưởng", "Nguyễn Văn An", "Viện trưởng", False),
        ),
        (
            {},
            {"name": "Trần Thị Bình", "title": "Phó Viện trưởng", "has_authorisation": True},
            ("Trần Thị Bình", "Phó Viện trưởng", "Nguyễn Văn An", "Viện trưởng", True),
        ),
        (
            {"name": "Trần Thị Bình", "title": "Phó Viện trưởng", "has_authorisation": True},
            {"name": "Lê Văn Cường", "title": "Trưởng phòng"},
            ("Lê Văn Cường", "Trưởng phòng", "Nguyễn Văn An", "Viện trưởng", True),
        ),
        (
            {"name": "Trần Thị Bình", "title": "Phó Viện trưởng", "has_authorisation": True},
            {"name": "Nguyễn Văn An", "title": "Viện trưởng"},
            ("Nguyễn Văn An", "Viện trưởng", "", "", False),
        ),
    ],
)
def test_person_expected_is_kept_when_somebody_else_comes(secretary, guest, first, changes, now):
    with time_machine.travel(NOW):
        for each in filter(None, (first, changes)):
            guest.refresh_from_db()
            actions.note_attendance(meeting=guest.meeting, attendances=[(guest, each)], by=secretary)

    row = Attendance.objects.get()
    told = (row.name, row.title, row.replaced_name, row.replaced_title, row.has_authorisation)
    assert told == now


def test_unnamed_guest_is_named_and_replaces_nobody(secretary, conference):
    guest = make.AttendanceFactory(meeting=conference, title="Đại diện Cục Hai", presence="expected")
    named = {"name": "Lê Văn Cường", "title": "Cục trưởng"}
    with time_machine.travel(NOW):
        actions.note_attendance(meeting=conference, attendances=[(guest, named)], by=secretary)
        with pytest.raises(Refused, match="Giấy ủy quyền chỉ ghi cho người dự thay"):
            actions.note_attendance(
                meeting=conference, attendances=[(guest, {"has_authorisation": True})], by=secretary
            )

    assert Attendance.objects.get().replaced_name == ""


@pytest.mark.usefixtures("guest")
def test_journal_holds_only_the_difference(secretary, conference, guest):
    other = make.AttendanceFactory(meeting=conference, presence="present")
    noted = [
        (guest, {"presence": "absent"}),
        (other, {"presence": "present"}),
        (Attendance(capacity="guest", title="Phóng viên", presence="present"), {}),
    ]
    with time_machine.travel(NOW):
        actions.note_attendance(meeting=conference, attendances=noted, by=secretary)

    changed, added = Entry.objects.get().payload.data["after"]["parts"]
    assert changed == {
        "model": "campaigns.attendance",
        "key": guest.pk,
        "before": {"presence": "expected"},
        "after": {"presence": "absent"},
    }
    assert (added["added"]["title"], added["added"]["place"]) == ("Phóng viên", other.place + 1)


def test_nobody_is_there_before_the_day(secretary, conference, guest):
    with time_machine.travel("2020-12-14 08:00+07:00"):
        for attempt in (
            lambda: act("meeting.note-attendance", conference, by=secretary),
            lambda: act("meeting.record", conference, by=secretary),
        ):
            with pytest.raises(Refused, match="ngày họp"):
                attempt()


def test_guest_of_another_meeting_is_refused(secretary, conference):
    foreign = make.AttendanceFactory(meeting=make.MeetingFactory(bloc_year=conference.bloc_year))
    with time_machine.travel(NOW), pytest.raises(Refused, match="vừa được người khác sửa"):
        actions.note_attendance(
            meeting=conference, attendances=[(foreign, {"presence": "absent"})], by=secretary
        )
    assert Attendance.objects.get().presence == "present"


@pytest.mark.usefixtures("guest")
def test_outcome_is_not_written_over_a_newer_one(secretary, conference, item):
    shown = AgendaItem.objects.get()
    actions.note_outcomes(meeting=conference, outcomes=[(item, "Nhất trí.")], by=secretary)

    with pytest.raises(Stale):
        actions.note_outcomes(meeting=conference, outcomes=[(shown, "Không nhất trí.")], by=secretary)
    with pytest.raises(Refused, match="Không có gì thay đổi"):
        actions.note_outcomes(meeting=conference, outcomes=[(shown, "Nhất trí.")], by=secretary)
    assert AgendaItem.objects.get().outcome == "Nhất trí."


def test_window_of_the_vote_holds_for_what_is_voted(secretary, conference, item):
    make.PhaseFactory(year=conference.bloc_year.year, kind="vote", last_day=date(2020, 12, 10))
    other = make.AgendaItemFactory(meeting=conference, kind="report")
    with time_machine.travel(NOW):
        actions.note_outcomes(meeting=conference, outcomes=[(other, "Thông qua.")], by=secretary)
        with pytest.raises(Refused, match="“Bình xét, suy tôn” đã hết hạn"):
            actions.note_outcomes(meeting=conference, outcomes=[(item, "Nhất trí.")], by=secretary)


def test_planned_meeting_is_recorded_as_it_was_held(secretary, conference, guest, item):
    shown = Meeting.objects.get()
    shown.place_name, shown.starts_at = "Hội trường B", time(8, 30)
    with time_machine.travel(NOW):
        actions.record_meeting(
            meeting=shown,
            attendances=[(guest, {"presence": "present"})],
            by=secretary,
            paper=PAPER,
        )

    kept = Meeting.objects.get()
    assert (kept.place_name, kept.starts_at, kept.version) == ("Hội trường B", time(8, 30), 2)
    assert Attendance.objects.get().presence == "present"
    assert kept.agendaitems.count() == 1
    payload = Entry.objects.get().payload.data
    assert payload["before"] == {"place_name": "", "starts_at": None}
    assert set(payload["after"]) == {"place_name", "starts_at", "parts"}


def test_conclusion_is_the_chairs_and_tasks_follow_in_order(secretary, conference, member):
    conference.chair_name, conference.chair_title = "Phạm B", "Thứ trưởng"
    conference.save()
    tasks = [("Báo cáo kết quả.", member.unit, DAY), ("Hoàn thiện báo cáo.", None, None)]

    actions.conclude(meeting=conference, text="Nhất trí.", tasks=tasks, by=secretary)

    said = Statement.objects.get()
    assert (said.kind, said.speaker, said.speaker_title) == ("conclusion", "Phạm B", "Thứ trưởng")
    found = [(task.place, task.text, task.unit, task.due) for task in conference.tasks.all()]
    assert found == [(1, *tasks[0]), (2, *tasks[1])]
    with pytest.raises(Refused, match="Hãy ghi kết luận"):
        actions.conclude(meeting=conference, text="", tasks=[], by=secretary)


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ((10, 0, 0), "Biểu quyết giơ tay: 10/10 đơn vị đồng ý (100%)."),
        (
            (8, 1, 1),
            "Biểu quyết giơ tay: 8/10 đơn vị đồng ý (80%), 1/10 không đồng ý, 1/10 không có ý kiến.",
        ),
        ((2, 1, 0), "Biểu quyết giơ tay: 2/3 đơn vị đồng ý (66,67%), 1/3 không đồng ý."),
    ],
)
def test_vote_by_hands_in_words(votes, words):
    assert hand_vote(*votes) == words
