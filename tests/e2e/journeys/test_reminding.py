"""Remind the 37 of 200 units that have not signed the pledge: three screens, nothing typed."""

import re

import pytest

from campaigns.models import Reminder, Signature

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_staff_remind_37_of_200_units(on_day, ministry, arrive, report):
    on_day("2026-03-26")
    ministry()
    staff = arrive("can-bo-bo")
    page = staff.page

    staff.tap(page.get_by_role("link", name=re.compile("chưa ký giao ước")).first)
    staff.tap(page.get_by_label(re.compile("Chọn cả 37 đơn vị")))
    staff.tap(page.get_by_role("button", name="Nhắc những đơn vị đã chọn").first)
    staff.tap(page.get_by_label("Công văn"))
    staff.tap(page.get_by_role("button", name="Nhắc 37 đơn vị"))
    page.wait_for_url("**/don-doc/nhac/*/")

    reminded = set(Reminder.objects.values_list("unit", flat=True))
    signed = Signature.objects.filter(pledge__bloc_years__year__code="2026").values_list("unit", flat=True)
    assert len(reminded) == 37
    assert reminded & set(signed) == set()
    assert set(Reminder.objects.values_list("channel", flat=True)) == {"in-app", "mail", "zalo", "letter"}
    assert (staff.tally.screens, staff.tally.keys) == (3, 0)
    assert staff.tally.seconds < 60
    report("J6 remind 37 of 200 units", staff.tally)
