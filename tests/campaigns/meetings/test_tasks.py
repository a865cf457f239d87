"""Tasks that conclusions gave: who sees, finishes and reopens them, for whom they wait."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import transaction
from openpyxl import load_workbook

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from campaigns import actions
from campaigns.desk.work import works_of
from campaigns.meetings.tasks import waiting
from campaigns.models import Task
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.forms import send
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

NOW, DONE_ON = "2020-12-20 08:00+07:00", date(2020, 12, 18)


@pytest.fixture
def meeting(bloc_year):
    return make.MeetingFactory(bloc_year=bloc_year, kind="mid-year", title="Sơ kết")


@pytest.fixture
def task(meeting, member):
    return make.TaskFactory(meeting=meeting, text="Báo cáo số liệu.", unit=member.unit)


def finish(task, by, **told):
    return actions.finish_task(task=task, by=by, **({"done_on": DONE_ON, "result": "Đã gửi."} | told))


def test_who_finishes_and_reopens(people, task):
    may = {"staff": (True, True), "secretary": (True, True), "officer": (True, True)}
    may["member's officer"] = (True, False)
    with time_machine.travel(NOW):
        for who, user in people.items():
            finishes, reopens = may.get(who, (False, False))
            with transaction.atomic():
                if finishes:
                    finish(task, user)
                else:
                    with pytest.raises(Refused):
                        finish(task, user)
                transaction.set_rollback(True)
            with transaction.atomic():
                finish(task, people["staff"])
                if reopens:
                    actions.reopen_task(task=task, by=user, reason="Chưa đủ.")
                else:
                    with pytest.raises(Refused):
                        actions.reopen_task(task=task, by=user, reason="Chưa đủ.")
                transaction.set_rollback(True)


def test_task_is_finished_from_paper_and_opened_again(secretary, task):
    paper = Paper(day=DONE_ON)
    with time_machine.travel(NOW):
        finish(task, secretary, paper=paper)
        for refused, words in (
            (lambda: finish(task, secretary), "đã ghi hoàn thành"),
            (lambda: actions.reopen_task(task=task, by=secretary, reason=" "), "Hãy ghi lý do"),
        ):
            with pytest.raises(Refused, match=words):
                refused()
        actions.reopen_task(task=task, by=secretary, reason="Thiếu một đơn vị.")
        with pytest.raises(Refused, match="đang mở"):
            actions.reopen_task(task=task, by=secretary, reason="Nữa.")
        with pytest.raises(Refused, match="không được sau hôm nay"):
            finish(task, secretary, done_on=date(2020, 12, 21))

    kept = Task.objects.get()
    assert (kept.done_on, kept.result, kept.version) == (None, "", 3)
    finished, reopened = Entry.objects.order_by("pk")
    assert (finished.act, finished.paper.day) == ("task.finish", DONE_ON)
    assert finished.payload.data["after"] == {"done_on": "2020-12-18", "result": "Đã gửi."}
    assert (reopened.act, reopened.reason) == ("task.reopen", "Thiếu một đơn vị.")


def test_unit_finishes_its_task_on_its_page(client, people, task):
    client.force_login(people["member's officer"])
    address = page_address(task.meeting.bloc_year, "task", task.pk)
    assert send(client, address, {"result": "Đã gửi.", "done_on": "18/12/2020"}).url == address
    page = read(client, address)
    assert page.title == "Báo cáo số liệu."
    assert "Đã xong" in page.text and "Đã gửi." in page.text
    assert "Mở lại nhiệm vụ" not in page.buttons

    client.force_login(people["secretary"])
    assert "Mở lại nhiệm vụ" in read(client, address).buttons
    reopen = page_address(task.meeting.bloc_year, "task-reopen", task.pk)
    assert client.post(reopen, {"reason": "Chưa đủ."}).url == address
    assert client.post(reopen, {"reason": ""}).status_code == 403


def test_task_of_another_unit_is_read_and_not_finished(client, meeting, people):
    task = make.TaskFactory(meeting=meeting)
    client.force_login(people["member's officer"])
    address = page_address(meeting.bloc_year, "task", task.pk)
    page = read(client, address)
    assert "đơn vị được giao nhiệm vụ hoặc đơn vị Khối trưởng" in page.text
    assert "Đã gửi." not in Page(client.post(address, {"result": "Đã gửi.", "done_on": "1/1/2020"})).text
    assert Task.objects.get().done_on is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Muộn.", "Đang làm.", "Đã xong."]),
        ("?state=open", ["Muộn.", "Đang làm."]),
        ("?state=late", ["Muộn."]),
        ("?state=done", ["Đã xong."]),
        ("?due=15/12/2020", ["Muộn."]),
        ("?unit={unit}", ["Đang làm."]),
    ],
)
def test_lists_filter_and_export(client, staff, meeting, member, query, found):
    make.TaskFactory(meeting=meeting, text="Muộn.", due=date(2020, 12, 1))
    make.TaskFactory(meeting=meeting, text="Đang làm.", due=date(2020, 12, 31), unit=member.unit)
    make.TaskFactory(meeting=meeting, text="Đã xong.", done_on=DONE_ON, result="Đã gửi.")
    query = query.format(unit=member.unit_id)
    addresses = [page_address(meeting.bloc_year, "bloc-tasks"), f"/nam/{meeting.bloc_year.year}/nhiem-vu/"]
    with time_machine.travel(NOW):
        client.force_login(staff)
        for address in addresses:
            links = read(client, address + query).links
            assert {text for text in ("Muộn.", "Đang làm.", "Đã xong.") if text in links} == set(found)
            file = client.get(f"{address}{query or '?'}&export=xlsx").content
            rows = list(load_workbook(BytesIO(file)).active.iter_rows(values_only=True))
            assert {row[2] for row in rows[1:]} == set(found)


def test_list_of_a_year_holds_what_each_may_see(client, people, task):
    elsewhere = make.MeetingFactory(bloc_year=make.SeatFactory().bloc_year)
    make.TaskFactory(meeting=elsewhere, text="Của khối khác.")
    own, all_blocs = {"Báo cáo số liệu."}, {"Báo cáo số liệu.", "Của khối khác."}
    seen = {"staff": all_blocs, "administrator": all_blocs, "secretary": own, "member's officer": own}
    for who, texts in (seen | {"another bloc's secretary": set()}).items():
        client.force_login(people[who])
        links = read(client, "/nam/2020/nhiem-vu/").links
        assert {text for text in all_blocs if text in links} == texts, who
    client.force_login(people["nobody"])
    assert client.get("/nam/2020/nhiem-vu/").status_code == 404


def test_for_whom_tasks_wait(people, meeting, member, task):
    make.TaskFactory(meeting=meeting, text="Hoàn thiện.", due=date(2020, 12, 31))
    make.TaskFactory(meeting=meeting, text="Xong.", unit=member.unit, done_on=DONE_ON)
    late = make.TaskFactory(meeting=meeting, text="Muộn.", unit=member.unit, due=date(2020, 12, 1))
    with time_machine.travel(NOW):
        del people["operator"]
        found = waiting(people.values())
        waits = {
            who: [(each.title, each.due) for each in found.get(user.pk, [])] for who, user in people.items()
        }
    leaders = [
        ("Hoàn thiện.", date(2020, 12, 31)),
        ("Đôn đốc 1 nhiệm vụ quá hạn của các đơn vị", date(2020, 12, 1)),
    ]
    assert waits == {
        "staff": [],
        "secretary": leaders,
        "officer": leaders,
        "clerk": [],
        "member's officer": [("Báo cáo số liệu.", None), ("Muộn.", late.due)],
        "another bloc's secretary": [],
        "administrator": [],
        "nobody": [],
    }


def test_waiting_is_asked_for_in_constant_queries(django_assert_num_queries, people, meeting, member):
    for _each in range(5):
        make.TaskFactory(meeting=meeting, unit=member.unit, due=date(2020, 12, 1))
    users = [people["secretary"], people["member's officer"]]
    assert any(work.kept for work in works_of(users).values())  # which all that waits rests on
    with django_assert_num_queries(2):
        waiting(users)
