"""The plan of a bloc and the closing of its year."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from blocs.models import Entry
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.pages import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("named")]

PLAN = {"reference": "12/KH-VM", "issued_on": "15/03/2020"}


@pytest.fixture(autouse=True)
def _in_the_year():
    with time_machine.travel("2020-04-10 08:00+07:00"):
        yield


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff", 302),
        ("secretary", 302),
        ("officer", 302),
        ("clerk", 403),
        ("member's officer", 403),
        ("administrator", 403),
        ("another bloc's secretary", 404),
        ("nobody", 404),
    ],
)
def test_plan_is_recorded_by_the_leaders_unit_and_staff(client, people, bloc_year, who, status):
    client.force_login(people[who])
    response = client.post(page_address(bloc_year, "plan"), PLAN)

    bloc_year.refresh_from_db()
    assert response.status_code == status
    assert (bloc_year.plan_issued_on is not None) == (status == 302)
    if status == 302:
        assert Entry.objects.get().act == "bloc-year.record-plan"
        assert "12/KH-VM ngày 15/03/2020" in read(client, bloc_year.get_absolute_url()).text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "đã hết hạn ngày 31/03/2020"),
        ({"paper_day": "15/03/2020"}, "đã hết hạn ngày 31/03/2020"),
        ({"paper_day": "15/03/2020", "reason": "Gửi muộn"}, ""),
        ({"issued_on": "11/04/2020"}, "không được sau hôm nay"),
    ],
)
def test_late_plan_is_recorded_from_paper_with_a_reason(client, secretary, bloc_year, more, said):
    make.PhaseFactory(year=bloc_year.year, kind="plan", last_day=date(2020, 3, 31))
    client.force_login(secretary)
    response = client.post(page_address(bloc_year, "plan"), PLAN | more)

    assert response.status_code == (200 if said else 302)
    assert said in (Page(response).text if said else "")


def test_timeline_offers_the_plan_and_its_paper_twin_to_who_may(page_of, bloc_year):
    own, others = (page_of(who, bloc_year.get_absolute_url()) for who in ("secretary", "member's officer"))

    assert own.links["Ghi số, ngày kế hoạch"] == page_address(bloc_year, "plan")
    twins = [address for words, address in own.links.items() if words.startswith("Ghi nhận từ văn bản giấy")]
    assert page_address(bloc_year, "plan") + "#paper" in twins
    assert "Ghi số, ngày kế hoạch" not in others.links


@pytest.mark.parametrize(
    ("last_day", "said"),
    [
        (date(2020, 4, 22), "Còn 12 ngày"),
        (date(2020, 4, 10), "Hết hạn hôm nay"),
        (date(2020, 4, 7), "Quá hạn 3 ngày"),
    ],
)
def test_timeline_says_how_many_days_are_left(page_of, bloc_year, last_day, said):
    make.PhaseFactory(year=bloc_year.year, kind="plan", last_day=last_day)

    assert said in page_of("clerk", bloc_year.get_absolute_url()).text


# Closing ----------------------------------------------------------------------------------------------------


def test_staff_reads_what_is_open_and_closes(client, people, bloc_year):
    client.force_login(people["staff"])
    address = page_address(bloc_year, "bloc-year-close")
    assert read(client, bloc_year.get_absolute_url()).links["Khoá hồ sơ năm"] == address
    page = read(client, address)
    assert {"Hội nghị tổng kết", "Báo cáo tổng kết năm"} <= set(page.links)

    client.post(address, {})

    bloc_year.refresh_from_db()
    assert bloc_year.closed_on == date(2020, 4, 10)
    assert "Khoá hồ sơ năm" not in read(client, bloc_year.get_absolute_url()).links
    assert client.post(address, {}).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 403), ("member's officer", 403), ("another bloc's secretary", 404)]
)
def test_others_do_not_close(client, people, bloc_year, who, status):
    client.force_login(people[who])
    address = page_address(bloc_year, "bloc-year-close")

    assert (client.get(address).status_code, client.post(address, {}).status_code) == (status, status)
    bloc_year.refresh_from_db()
    assert bloc_year.closed_on is None
    if status == 403:
        assert "Khoá hồ sơ năm" not in read(client, bloc_year.get_absolute_url()).links


def test_year_is_extended_from_the_blocs_page(page_of, bloc_year):
    links = page_of("staff", bloc_year.get_absolute_url()).links

    assert (
        links["Gia hạn cho Khối này"]
        == f"{reverse('phase-extend', args=['2020'])}?khoi={bloc_year.bloc.code}"
    )
