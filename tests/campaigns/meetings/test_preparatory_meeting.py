"""What a preparatory meeting dealt with stays closed to others until the year-end conference is over."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from blocs.journal import Paper
from campaigns import actions
from campaigns.meetings.tasks import waiting
from tests import factories as make
from tests.campaigns.conftest import page_address

pytestmark = pytest.mark.django_db

HELD, CONFERENCE = date(2020, 12, 10), date(2020, 12, 15)
BEFORE, THAT_DAY, AFTER = "2020-12-11 08:00+07:00", "2020-12-15 20:00+07:00", "2020-12-16 00:30+07:00"
SECRET = "Bí mật"
MAY = ("staff", "secretary", "officer", "clerk", "administrator")


@pytest.fixture
def preparatory(bloc_year, leader, member, secretary):
    """A preparatory meeting every part of which bears the secret, recorded through the acts."""
    make.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True)
    for seat in (leader, member):
        make.UnitStateFactory(unit=seat.unit)
    meeting = make.MeetingFactory(
        bloc_year=bloc_year, kind="preparatory", title="Họp trù bị", first_day=HELD, last_day=HELD
    )
    make.MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=CONFERENCE, last_day=CONFERENCE)
    item = make.AgendaItemFactory(meeting=meeting, title=f"{SECRET} chương trình", kind="vote")
    guest = make.AttendanceFactory(
        meeting=meeting, unit=member.unit, name=f"{SECRET} người dự", presence="expected"
    )
    paper = Paper(day=HELD, participants=f"{SECRET} thành phần")
    with time_machine.travel(BEFORE):
        by = {"by": secretary, "paper": paper, "reason": f"{SECRET} lý do"}
        actions.record_meeting(meeting=meeting, attendances=[(guest, {})], **by)
        actions.note_outcomes(meeting=meeting, outcomes=[(item, f"{SECRET} kết quả")], **by)
        actions.note_statement(
            statement=make.StatementFactory.build(meeting=meeting, text=f"{SECRET} ý kiến"), **by
        )
        tasks = [(f"{SECRET} nhiệm vụ", member.unit, HELD)]
        actions.conclude(meeting=meeting, text=f"{SECRET} kết luận", tasks=tasks, **by)
    return meeting


def pages(meeting):
    """Every page of ours on which something of a meeting could stand."""
    bloc_year, task = meeting.bloc_year, meeting.tasks.get()
    admin = [reverse(f"admin:campaigns_meeting_{page}", args=[meeting.pk]) for page in ("change", "history")]
    return [
        reverse("home"),
        bloc_year.year.get_absolute_url(),
        bloc_year.get_absolute_url(),
        meeting.get_absolute_url(),
        page_address(bloc_year, "bloc-tasks"),
        page_address(bloc_year, "task", task.pk),
        page_address(bloc_year, "proposals"),
        page_address(bloc_year, "report", "conference"),
        f"{reverse('search')}?q=bi+mat",
        reverse("admin:index"),
        reverse("admin:campaigns_meeting_changelist"),
        *admin,
    ]


def exported(meeting):
    return page_address(meeting.bloc_year, "bloc-tasks") + "?export=xlsx"


@pytest.mark.parametrize(
    ("who", "moment", "sees"),
    [
        *((who, BEFORE, True) for who in MAY),
        ("member's officer", BEFORE, False),
        ("member's officer", THAT_DAY, False),
        ("member's officer", AFTER, True),
        ("another bloc's secretary", AFTER, False),
    ],
)
def test_who_reads_it_when(client, people, preparatory, who, moment, sees):
    with time_machine.travel(moment):
        client.force_login(people[who])
        found = {}
        for address in pages(preparatory):
            response = client.get(address, follow=True)
            found[address] = response.content.decode().count(SECRET) if response.status_code == 200 else 0
        rows = client.get(exported(preparatory))
        titles = [each.title for tasks in waiting([people[who]]).values() for each in tasks]

    assert (found[preparatory.get_absolute_url()] > 0) is sees
    if not sees:
        assert {address: count for address, count in found.items() if count} == {}
        assert rows.status_code == 404 or SECRET not in _text(rows)
        assert titles == []
    elif who == "member's officer":
        assert titles == [f"{SECRET} nhiệm vụ"]
        assert SECRET in _text(rows)


def test_member_is_told_why(client, people, preparatory):
    with time_machine.travel(BEFORE):
        client.force_login(people["member's officer"])
        page = client.get(preparatory.get_absolute_url()).content.decode()
        addresses = [
            page_address(preparatory.bloc_year, "task", preparatory.tasks.get().pk),
            *(
                page_address(preparatory.bloc_year, f"meeting-{name}", preparatory.pk)
                for name in ("record", "outcomes", "attendance", "statement", "conclusions", "scan")
            ),
        ]
        assert {client.get(address).status_code for address in addresses} == {404}

    told = "Kết luận họp trù bị chỉ đơn vị Khối trưởng và cán bộ bộ xem được cho đến hết Hội nghị tổng kết"
    assert told in page


def _text(response):
    rows = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    return " ".join(str(cell) for row in rows for cell in row)
