"""The grid and the ranking in a real browser: by keyboard, on a phone, without JavaScript, accessible."""

import pytest
from playwright.sync_api import expect

from campaigns.scores import actions
from campaigns.scores.models import Score
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.campaigns.scores.rankings.conftest import Scored
from tests.e2e.conftest import PHONE
from tests.e2e.test_pages import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scored(transactional_db):
    """A bloc whose first unit is being checked; another one has scored itself."""
    make.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True)
    scored = Scored(make.SeatFactory(role="leader").bloc_year)
    make.UnitStateFactory(unit=scored.bloc_year.seats.get().unit, official_name="Viện Một")
    for name in ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế"):
        unit = scored.unit(name)
        scored.give(unit, "self", fields={"a1": {"figures": {"ty-le": {"achieved": "38", "plan": "40"}}}})
        if name != "Sở Y tế":
            figures = {"figures": {"ty-le": {"achieved": "38", "plan": "40"}}}
            scored.give(unit, "check", counts=False, fields={"a1": figures})
    return scored


@pytest.fixture
def grid(scored, live_server):
    return f"{live_server.url}{page_address(scored.bloc_year, 'score-grid')}?cap=check"


def test_a_cell_is_filled_in_by_keyboard_alone(page, faults, scored, enter, grid):
    enter(make.user_with("staff"))
    page.goto(grid)
    row = page.get_by_role("row", name="Sở Nội vụ")
    row.get_by_role("link", name="20,00").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("3")
    box = page.get_by_label("Thực hiện (văn bản)")
    box.wait_for()
    assert (box.input_value(), box.evaluate("box => box === document.activeElement")) == ("3", True)
    page.keyboard.type("0")
    page.get_by_label("Lý do", exact=True).select_option("no-evidence")
    page.get_by_role("button", name="Lưu ô này").press("Enter")
    row.get_by_role("link", name="30,00").wait_for()
    assert "30,00" in page.evaluate("document.activeElement.textContent")
    assert "87,00" in row.inner_text()
    assert Score.objects.get(sheet__tier="check", points=30).reason_code == "no-evidence"

    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    assert "30,00" in page.evaluate("document.activeElement.textContent")
    assert faults == []


def test_refusal_shows_both_versions(page, scored, enter, grid):
    enter(make.user_with("staff"))
    page.goto(grid)
    page.get_by_role("row", name="Sở Nội vụ").get_by_role("link", name="38,00").click()
    page.get_by_label("Thực hiện (văn bản)").fill("30")
    page.get_by_label("Lý do", exact=True).select_option("no-evidence")
    Score.objects.filter(sheet__tier="check", criterion__key="a1").update(version=2)
    page.get_by_role("button", name="Lưu ô này").click()
    page.get_by_text("Chưa ghi đè").wait_for()
    assert page.get_by_text("Bản của anh/chị", exact=True).is_visible()
    assert not Score.objects.filter(points=30).exists()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_grid_works_without_javascript(page, scored, enter, grid):
    enter(make.user_with("staff"))
    page.goto(grid)
    page.get_by_role("row", name="Sở Nội vụ").get_by_role("link", name="38,00").click()
    page.get_by_label("Thực hiện (văn bản)").fill("30")
    page.get_by_label("Lý do", exact=True).select_option("no-evidence")
    page.get_by_role("button", name="Lưu ô này").click()
    assert page.get_by_text("Đã lưu lúc").is_visible()
    assert Score.objects.filter(sheet__tier="check", points=30).exists()


def test_pages_are_accessible_and_fit_a_phone(page, faults, scored, enter, grid, live_server):
    staff = make.user_with("staff")
    enter(staff)
    actions.make_ranking(bloc_year=scored.bloc_year, by=staff)
    unit = scored.bloc_year.seats.order_by("pk").last().unit
    addresses = [
        grid,
        f"{grid}&o={unit.pk}-a1",
        f"{grid}&so=self&o={unit.pk}",
        *(
            live_server.url + page_address(scored.bloc_year, *name)
            for name in (
                ("ranking",),
                ("ranking-release",),
                ("ranking-known",),
                ("ranking-unit", unit.code),
                ("score-differences",),
            )
        ),
    ]
    found = {}
    for address in addresses:
        page.goto(address)
        wide = violations(page)
        page.set_viewport_size(PHONE)
        found[address] = wide, violations(page), max(0, too_wide(page))
        page.set_viewport_size({"width": 1366, "height": 768})
    assert {address: each for address, each in found.items() if each != ([], [], 0)} == {}
    assert faults == []


def test_phone_shows_one_unit_at_a_time(page, scored, enter, grid):
    enter(make.user_with("staff"))
    page.set_viewport_size(PHONE)
    page.goto(grid)
    assert page.get_by_role("link", name="38,00").count() == 0  # the leader's unit, which has no sheet
    page.get_by_label("Đơn vị", exact=True).select_option(label="Sở Tài chính")
    page.get_by_role("button", name="Xem").click()
    assert page.locator("tr.grid__open").inner_text().count("38,00") == 1
    assert page.locator("tbody tr:visible").count() == 1
