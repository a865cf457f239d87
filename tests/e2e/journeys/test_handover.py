"""The bloc of 2020 changes hands on 1 January: the old leader's unit still finishes that year's report."""

import re

import pytest

from blocs.models import IssuedDocument
from campaigns.models import Handover, Seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def first_of_january(on_day):
    on_day("2021-01-01")


def test_bloc_changes_hands(first_of_january, bloc_year, passwords, worker, arrive, report):
    seats = bloc_year.seats_in_order()
    taker = next(seat.unit for seat in seats if seat.role == Seat.Role.MEMBER)
    Seat.objects.filter(bloc_year=bloc_year.successor(), role=Seat.Role.LEADER).update(unit=taker)
    secretary = arrive("thu-ky-khoi")
    page = secretary.page

    secretary.tap(page.get_by_role("link", name=re.compile("[Bb]àn giao")).first)
    secretary.write(page.get_by_label(re.compile("^Ngày bàn giao")), "01/01/2021")
    secretary.write(page.get_by_label(re.compile("^Người giao")), "Đinh Hữu Phí")
    secretary.write(page.get_by_label(re.compile("^Người nhận")), "Nguyễn Văn An")
    secretary.tap(page.get_by_role("button", name="Ghi nhận đã bàn giao"))
    page.get_by_text("Đã ghi nhận bàn giao").first.wait_for()

    handover = Handover.objects.get()
    assert (handover.to_unit, str(handover.completed_on)) == (taker, "2021-01-01")
    report("J12 hand a bloc over on 1 January", secretary.tally)
    assert secretary.tally.screens <= 3
    assert secretary.tally.seconds < 60

    page.goto(page.url.split("/nam/")[0] + bloc_year.get_absolute_url())
    page.get_by_role("link", name=re.compile("Báo cáo chính thức")).first.click()
    page.get_by_role("button", name="Lập dự thảo lần 1").click()
    page.get_by_role("link", name=re.compile("du-thao-01.*pdf")).wait_for()
    assert IssuedDocument.objects.get().draft_number == 1
    newcomer = arrive("can-bo-don-vi").page
    assert newcomer.get_by_role("link", name=re.compile("2021")).count() > 0
