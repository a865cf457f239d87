"""The pages of a bloc's scoring and their papers: for everybody, and a sitting by keyboard alone."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.scores import actions
from campaigns.scores.models import Inspection
from tests import factories as make
from tests.e2e.bloc_of_ten import LEADER, lay_bloc
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_pages import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAFF, CHECKED, SENT = "can-bo-bo", "hai-duong", "sang-che"


@pytest.fixture
def bloc(on_day):
    """The bloc of ten: two units have sent their sheets, one of them was checked, one sitting is planned."""
    on_day("2026-11-18")
    bloc = lay_bloc()
    staff = bloc.users[STAFF]
    criteria_set = bloc.bloc_year.year.criteria_sets.get()
    actions.freeze(criteria_set=criteria_set, bloc_years=[bloc.bloc_year], by=staff)
    bloc.bloc_year.refresh_from_db()
    for code in (CHECKED, SENT):
        bloc.score_itself(code)
    planned = [
        Inspection(
            bloc_year=bloc.bloc_year, unit=bloc.units[code], day=timezone.localdate(), starts_at=time(8)
        )
        for code in (CHECKED, SENT)
    ]
    members = [
        make.InspectionMemberFactory.build(inspection=None, unit=bloc.units["quy"]),
        make.InspectionMemberFactory.build(inspection=None, side="unit", name="Trần Thị Bình"),
    ]
    actions.plan_inspections(bloc_year=bloc.bloc_year, plans=[(each, members) for each in planned], by=staff)
    held = bloc.bloc_year.inspections.get(unit=bloc.units[CHECKED])
    actions.conclude_inspection(
        inspection=held, conclusion="Thống nhất.", shown_version=held.version, by=staff
    )
    return bloc


def addresses_of(bloc):
    """[(who, address)] of the pages on which a bloc is checked and scored, and of their papers."""
    bloc_year, today = bloc.bloc_year, timezone.localdate()
    place = [bloc_year.year.code, bloc_year.bloc.code]
    meeting = make.MeetingFactory(
        bloc_year=bloc_year, kind="year-end", title="Hội nghị tổng kết", first_day=today, last_day=today
    )
    actions.make_ranking(bloc_year=bloc_year, by=bloc.users[LEADER])
    for who in (STAFF, LEADER, CHECKED):
        yield who, reverse("scores", args=place)
    of_bloc = ["score-inspections", "score-reopen", "score-table", "ranking-paper"]
    yield from ((LEADER, reverse(name, args=place)) for name in of_bloc)
    yield LEADER, reverse("score-release", args=[*place, "leader"])
    yield LEADER, reverse("meeting-scores", args=[*place, meeting.pk])
    for name in ("score-sitting", "score-sitting-members"):
        yield LEADER, reverse(name, args=[*place, SENT])
    yield LEADER, reverse("score-sitting", args=[*place, CHECKED])
    yield LEADER, reverse("score-tier", args=[*place, CHECKED, "leader"])
    yield STAFF, reverse("score-tier", args=[*place, CHECKED, "department"])
    for name in ("score-sheet-paper", "inspection-minutes", "inspection-copies"):
        yield LEADER, reverse(name, args=[*place, CHECKED])
    yield STAFF, reverse("open-year")
    yield STAFF, reverse("unit-change", args=[bloc.units[CHECKED].pk])


def test_pages_are_accessible_and_fit_at_both_widths(page, live_server, bloc, enter, faults):
    found = []

    for who, address in addresses_of(bloc):
        enter(bloc.users[who])
        response = page.goto(live_server.url + address)
        for window in (DESKTOP, PHONE):
            page.set_viewport_size(window)
            complaints = list(faults)  # before axe, whose own styles the policy refuses
            page.locator("main details").evaluate_all("all => all.forEach(each => (each.open = true))")
            found += [(address, window["width"], fault) for fault in [*complaints, *violations(page)]]
            if response.status != 200 or too_wide(page) > 0:
                found.append((address, window["width"], response.status, too_wide(page)))
            faults.clear()

    assert found == []


def test_sitting_is_held_by_keyboard_alone(page, live_server, bloc, enter, faults):
    bloc_year = bloc.bloc_year
    enter(bloc.users[LEADER])
    place = [bloc_year.year.code, bloc_year.bloc.code, SENT]
    page.goto(live_server.url + reverse("score-sitting", args=place))
    row = page.locator("[data-score='a3']")

    tab_to(page, "[data-score='a3'] [name$=__cases]")
    page.keyboard.press("Control+A")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    row.get_by_text("Điểm khác với điểm đã có").wait_for()
    tab_to(page, "[data-score='a3'] [name$=grounds_code]")
    page.keyboard.press("N")  # Ngoài thời gian tính thành tích thi đua
    page.keyboard.press("Tab")
    row.get_by_text("Đã lưu.").wait_for()
    tab_to(page, "button[name=conclude]")
    page.keyboard.press("Enter")
    page.get_by_text("Đã kết thúc buổi kiểm tra").wait_for()

    sheet = bloc.sheet(SENT, "check")
    assert (sheet.state, f"{sheet.total:.2f}") == ("released", "98.01")
    assert sheet.scores.get(criterion__key="a3").reason_code == "outside-period"
    assert faults == []


def tab_to(page, selector):
    """Press Tab until something that matches has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by keyboard")
