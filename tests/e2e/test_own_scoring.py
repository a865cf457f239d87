"""A unit scores itself in a browser: saved as typed, with and without scripts; its pages for everybody."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Score
from tests.campaigns.scores.sheets.conftest import rows_of
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_pages import axe
from tests.factories import (
    BlocYearFactory,
    EmulationYearFactory,
    SeatFactory,
    UnitStateFactory,
    frozen_set,
    user_with,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Scored:
    """A bloc of a leader and a member, whose unit has begun to score itself."""

    def __init__(self):
        year = EmulationYearFactory(code=f"{timezone.localdate():%Y}")
        self.bloc_year = BlocYearFactory(year=year, criteria_set=frozen_set(year))
        leader, member = (
            SeatFactory(bloc_year=self.bloc_year, role=role, unit=UnitStateFactory(official_name=name).unit)
            for role, name in (("leader", "Viện Một"), ("member", "Viện Hai"))
        )
        self.unit = member.unit
        self.secretary = user_with("secretary", leader.unit)
        self.officer = user_with("officer", member.unit)
        self.sheet = actions.begin_sheet(
            bloc_year=self.bloc_year, unit=self.unit, tier="self", by=self.officer
        )

    def address(self, name, *more):
        return reverse(name, args=[self.bloc_year.year.code, self.bloc_year.bloc.code, self.unit.code, *more])

    def criterion(self, key):
        return chosen_set(self.bloc_year).criteria.get(key=key)


@pytest.fixture
def scored(transactional_db):
    return Scored()


def test_what_is_typed_is_saved_with_its_points_and_time(page, live_server, scored, enter, faults):
    enter(scored.officer)
    page.goto(live_server.url + scored.address("score-own"))
    page.get_by_label("Thực hiện (văn bản)").fill("42")
    page.get_by_label("Kế hoạch (văn bản)").fill("50")
    page.keyboard.press("Tab")
    result = page.locator('[data-result="a1"]')
    expect(result).to_contain_text("42/50 văn bản = 84% → 33,6 điểm")
    expect(result).to_contain_text("Đã lưu lúc")
    expect(page.get_by_text("1/6 tiêu chí").first).to_be_visible()
    assert f"{Score.objects.get().points:.1f}" == "33.6"
    page.get_by_label("Thực hiện (văn bản)").fill("45")
    page.locator("#tieu-chi-a1").get_by_role("button", name="Lưu và sang tiêu chí tiếp").click()
    expect(page).to_have_url(f"{live_server.url}{scored.address('score-own')}?muc=a#tieu-chi-a2")
    assert Score.objects.get().points == 36
    page.get_by_label("Xếp loại", exact=True).select_option("B")
    expect(page.locator('[data-result="a2"]')).to_contain_text("15 điểm")
    assert faults == []


def test_what_is_typed_before_the_script_is_there_is_saved(page, live_server, scored, enter):
    enter(scored.officer)
    held = []
    page.route("**/own_scoring*.js", lambda route: held.append(route))
    page.goto(live_server.url + scored.address("score-own"), wait_until="commit")
    page.get_by_label("Thực hiện (văn bản)").fill("42")
    page.get_by_label("Kế hoạch (văn bản)").fill("50")
    page.get_by_label("Kế hoạch (văn bản)").blur()

    held[0].continue_()

    expect(page.locator('[data-result="a1"]')).to_contain_text("Đã lưu lúc")
    assert f"{Score.objects.get().points:.1f}" == "33.6"


def test_what_was_typed_last_is_saved_though_the_page_is_left_at_once(page, live_server, scored, enter):
    enter(scored.officer)
    page.goto(live_server.url + scored.address("score-own"))
    page.get_by_label("Thực hiện (văn bản)").fill("42")
    page.get_by_label("Kế hoạch (văn bản)").fill("50")
    page.locator(".section-nav a").last.click()
    page.wait_for_url("**?muc=b")
    for _wait in range(50):
        if Score.objects.exists():
            break
        page.wait_for_timeout(100)
    assert f"{Score.objects.get().points:.1f}" == "33.6"


def addresses_of(scored):
    """[(who, address)] of every page of a unit's scores, in a state where each has most to show."""
    officer, secretary = scored.officer, scored.secretary
    own = [(officer, scored.address("score-own")), (officer, scored.address("score-evidence", "a1"))]
    yield from own
    actions.save_scores(sheet=scored.sheet, rows=rows_of(chosen_set(scored.bloc_year)), by=officer)
    yield from own
    sheet = actions.send_sheet(sheet=scored.sheet, by=officer)
    yield secretary, scored.address("score-unit")
    actions.open_sheet(sheet=sheet, by=secretary)
    yield secretary, scored.address("score-return")
    yield secretary, scored.address("score-paper", "leader")
    told = {"due": timezone.localdate(), "reason": "Chưa khớp", "by": secretary}
    actions.return_sheet(sheet=sheet, points=[(scored.criterion("a1"), "Thiếu tệp")], **told)
    yield from own
    actions.send_sheet(sheet=sheet, by=officer)
    check = actions.begin_sheet(bloc_year=scored.bloc_year, unit=scored.unit, tier="check", by=secretary)
    released = actions.release_sheet(sheet=check, by=secretary)
    yield officer, scored.address("score-ask", released.pk, "a1")
    asked = actions.ask_explanation(
        sheet=released, criterion=scored.criterion("a1"), question="Vì sao?", by=officer
    )
    yield secretary, scored.address("score-answer", asked.pk)
    yield officer, scored.address("score-unit")
    yield officer, scored.address("score-version", released.versions.get().pk)
    yield officer, scored.address("score-own")


def test_pages_are_for_everybody(page, live_server, scored, enter, faults):
    found = {}
    for number, (user, address) in enumerate(addresses_of(scored)):
        enter(user)
        page.goto(live_server.url + address)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            page.locator("details").evaluate_all("all => all.forEach(each => (each.open = true))")
            violations = [each["id"] for each in axe(page)]
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if violations or wide > 0:
                found[number, address, size["width"]] = violations, wide
    assert found == {}
    assert faults == []
