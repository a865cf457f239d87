"""The hand-over of a bloc: both sides fill in one record; the old leader still finishes the old year."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused, may_draft, may_edit
from campaigns import actions
from campaigns.models import Handover, Observation
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.factories import user_with
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

TYPED = {
    "day": "01/01/2021",
    "place": "Hà Nội",
    "giver_name": "Đinh Hữu A",
    "giver_title": "Viện trưởng",
    "receiver_name": "Lê Thị B",
    "receiver_title": "Cục trưởng",
    "other_items": "Cờ luân lưu, 01 chiếc",
}


@pytest.fixture(autouse=True)
def _on_new_years_day():
    with time_machine.travel("2021-01-01 09:00+07:00"):
        yield


@pytest.fixture
def following(bloc_year):
    return make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021", name="Khối năm mới")


@pytest.fixture
def taker(following):
    """The seat of the next leader, whose unit had no seat in the old year."""
    seat = make.SeatFactory(bloc_year=following, role="leader")
    make.UnitStateFactory(unit=seat.unit, official_name="Cục Nhận")
    return seat


@pytest.fixture
def receiver(taker):
    return user_with("officer", taker.unit, telephone="024 999", title="Chuyên viên chính")


@pytest.fixture
def parties(people, receiver):
    return people | {"receiver": receiver}


@pytest.fixture
def address(bloc_year):
    return page_address(bloc_year, "handover")


def fill_in(client, address, **more):
    handover = Handover.objects.first()
    shown = {"shown_version": handover.version} if handover else {}
    return client.post(address, TYPED | shown | more)


@pytest.mark.parametrize(
    ("who", "status", "edits"),
    [
        ("staff", 200, True),
        ("secretary", 200, True),
        ("receiver", 200, True),
        ("administrator", 200, False),
        ("clerk", 200, False),
        ("member's officer", 404, False),
        ("another bloc's secretary", 404, False),
        ("nobody", 404, False),
    ],
)
def test_hand_over_is_between_both_sides_and_the_department(client, parties, address, who, status, edits):
    client.force_login(parties[who])
    response = client.get(address)
    assert response.status_code == status
    assert ("Ghi nhận đã bàn giao" in Page(response).buttons) == edits

    assert fill_in(client, address).status_code == (302 if edits else {200: 403, 404: 404}[status])
    assert Handover.objects.exists() == edits


def test_record_is_drafted_from_the_year_and_shows_what_is_taken_over(
    client, receiver, address, bloc_year, leader, following
):
    make.UnitStateFactory(unit=leader.unit, official_name="Viện Giao")
    conference = make.MeetingFactory(bloc_year=bloc_year, kind="year-end")
    make.TaskFactory(meeting=conference, text="Gửi hồ sơ khen thưởng")
    make.TaskFactory(meeting=conference, text="Đã xong rồi", done_on=date(2020, 12, 20))
    make.PhaseFactory(year=following.year, kind="plan", last_day=date(2021, 3, 31))
    client.force_login(receiver)
    page = read(client, address)

    assert "Bên giao Viện Giao Bên nhận Cục Nhận" in page.text
    assert "Ba việc tiếp theo của năm 2021 Ghi số, ngày kế hoạch (còn 89 ngày)" in page.text
    assert "Cục Nhận Nguyễn Văn An Chuyên viên chính 024 999" in page.text
    assert "Gửi hồ sơ khen thưởng" in page.text
    assert "Đã xong rồi" not in page.text


def test_both_sides_fill_in_one_record_and_nobody_overwrites(client, parties, address):
    client.force_login(parties["secretary"])
    fill_in(client, address)
    client.force_login(parties["receiver"])
    assert fill_in(client, address, receiver_name="Lê Thị C").status_code == 302

    stale = client.post(address, TYPED | {"shown_version": 1})
    assert "vừa sửa dữ liệu này" in Page(stale).text
    assert Handover.objects.get().receiver_name == "Lê Thị C"


def test_hand_over_done_on_paper_is_completed_with_its_day_and_place(client, parties, address):
    client.force_login(parties["receiver"])
    with time_machine.travel("2021-01-05 09:00+07:00"):
        response = fill_in(
            client, address, complete="1", paper_day="04/01/2021", paper_place="Trụ sở Cục", day="", place=""
        )
        assert response.url == address
        handover = Handover.objects.get()
        assert (handover.day, handover.place) == (date(2021, 1, 4), "Trụ sở Cục")
        assert handover.completed_on == date(2021, 1, 5)
        page = read(client, address)
    assert "Đã bàn giao 04/01/2021, Trụ sở Cục" in page.text
    assert page.buttons == []
    assert [entry.act for entry in Entry.objects.order_by("pk")] == ["record.edit", "handover.complete"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"receiver_name": ""}, "còn thiếu ngày bàn giao, người giao hoặc người nhận"),
        ({"day": ""}, "còn thiếu ngày bàn giao, người giao hoặc người nhận"),
        ({"day": "05/01/2021"}, "Ngày bàn giao chưa tới"),
    ],
)
def test_hand_over_that_lacks_something_is_kept_and_not_completed(client, parties, address, more, said):
    client.force_login(parties["secretary"])
    response = fill_in(client, address, complete="1", **more)

    assert said in Page(response).text
    assert Handover.objects.get().completed_on is None


def test_completed_hand_over_is_not_changed_or_completed_again(client, parties, address):
    client.force_login(parties["secretary"])
    fill_in(client, address, complete="1")
    handover = Handover.objects.get()

    assert "đã được ghi nhận" in Page(fill_in(client, address, giver_name="Ai khác")).text
    with pytest.raises(Refused, match="đã được ghi nhận"):
        actions.complete_handover(handover=handover, by=parties["receiver"], paper=Paper(date(2021, 1, 1)))
    assert Handover.objects.get().giver_name == "Đinh Hữu A"


@pytest.mark.parametrize("named", ["nobody", "same"])
def test_nothing_is_handed_over_while_there_is_no_other_leader(
    client, people, address, following, leader, named
):
    make.SeatFactory(bloc_year=following, role="leader", unit=leader.unit if named == "same" else None)
    client.force_login(people["secretary"])
    page = read(client, address)

    assert "Chưa có gì để bàn giao" in page.text
    assert page.buttons == []
    assert client.post(address, TYPED).status_code == 200
    assert not Handover.objects.exists()


def test_on_new_years_day_the_old_leader_finishes_the_old_year_and_the_new_one_begins(
    client, parties, bloc_year, following, address
):
    old, new = parties["secretary"], parties["receiver"]
    day = date(2021, 1, 1)
    observations = {each: Observation(bloc_year=each, kind="result") for each in (bloc_year, following)}

    def may():
        return [
            (bool(may_edit(user, observations[each], day)), bool(may_draft(user, each, day)))
            for user in (old, new)
            for each in (bloc_year, following)
        ]

    yes, no = (True, True), (False, False)
    assert may() == [yes, no, no, yes]
    client.force_login(old)
    assert "Lập báo cáo tổng kết" in read(client, bloc_year.get_absolute_url()).links

    fill_in(client, address, complete="1")
    bloc_year.refresh_from_db()
    assert may() == [yes, no, no, yes]  # handing over takes nothing of the old year away

    actions.close_bloc_year(bloc_year=bloc_year, by=parties["staff"])
    bloc_year.refresh_from_db()
    assert may() == [no, no, no, yes]
    assert reverse("admin:campaigns_observation_add") not in str(
        read(client, bloc_year.get_absolute_url()).addresses
    )
