"""The screens of checking in a real browser: accessible, within their width, by the keyboard alone."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.scores.models import Inspection, Score, ScoreSheet
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.tally import DECISION, KEY
from tests.e2e.test_pages import too_wide, violations
from tests.factories import CheckAssignmentFactory, MeetingFactory, frozen_set
from tests.factories.year import choose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONGEST = 8  # seconds for one deviation


@pytest.fixture
def come(page, context, live_server, people):
    """A function: somebody has signed in."""

    def come(who):
        client = Client()
        client.force_login(people[who])
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return come


@pytest.fixture
def complaints(page):
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: message.type == "error" and found.append(message.text))
    return found


@pytest.fixture
def address(live_server, bloc_year, units):
    def address(name, *more):
        return live_server.url + reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, *more])

    return address


def faults_of(page, addresses, complaints):
    found = []
    for address in addresses:
        page.goto(address)
        for window in (DESKTOP, PHONE):
            page.set_viewport_size(window)
            said = list(complaints)  # before axe, whose own styles the policy refuses
            found += [(address, window["width"], fault) for fault in [*said, *violations(page)]]
            if too_wide(page) > 0:
                found.append((address, window["width"], "wider than the window"))
            complaints.clear()
    return found


def test_pages_of_sittings_are_accessible_and_fit(
    come, address, complaints, bloc_year, units, scored, inspection, today
):
    scored(units["member"])
    code = units["member"].code
    meeting = MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=today, last_day=today)

    pages = [
        *(address(name) for name in ("scores", "score-inspections", "score-reopen")),
        *(address(name, code) for name in ("score-sitting", "score-sitting-members")),
        address("score-tier", code, "leader"),
        address("score-release", "leader"),
        address("meeting-scores", meeting.pk),
    ]
    assert faults_of(come("leader's secretary"), pages, complaints) == []


def test_pages_of_assignments_are_accessible_and_fit(come, address, complaints, bloc_year, units):
    choose(bloc_year, frozen_set(bloc_year.year, name="Chấm chéo", check_mode="async"))
    page, pages = come("staff"), [address("scores"), address("score-assignments")]
    found = faults_of(page, pages, complaints)
    CheckAssignmentFactory(bloc_year=bloc_year, unit=units["member"], checker=units["other"])

    assert found + faults_of(page, pages, complaints) == []


class Typist:
    """Somebody at the keyboard: counts keys, decisions and what the person waited for."""

    def __init__(self, page):
        self.page, self.keys, self.decisions, self.waited = page, 0, 0, 0.0

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, text):
        self.keys += len(text)
        self.decisions += 1
        self.page.keyboard.type(text)

    @property
    def at(self):
        return self.page.evaluate("document.activeElement.name")

    def wait_for(self, words):
        begun = time.monotonic()
        self.page.locator("[data-summary]", has_text=words).wait_for(timeout=10_000)
        self.waited += time.monotonic() - begun

    @property
    def seconds(self):
        return KEY * self.keys + DECISION * self.decisions + self.waited


def test_deviation_is_typed_by_the_keyboard_alone_and_kept(
    come, address, complaints, units, scored, inspection
):
    scored(units["member"])
    page = come("deputy's officer")
    page.set_viewport_size(DESKTOP)
    page.goto(address("score-sitting", units["member"].code))
    typist = Typist(page)
    page.locator("[name=a2-loai__grade]").focus()  # where the person stands: one criterion further is next

    typist.press("Tab")
    assert typist.at == "a3-tre__cases"
    typist.type("3")
    typist.press("Tab")
    assert typist.at == "a3-grounds_code"
    typist.type("Sai")
    typist.press("Tab")
    typist.press("Tab")
    typist.wait_for("1 tiêu chí khác điểm")

    assert typist.at == "b1-cham__points"
    assert typist.seconds < LONGEST
    kept = Score.objects.get(sheet__tier="check", criterion__key="a3")
    assert (kept.points, kept.reason_code) == (14, "wrong-count")
    assert "81,6" in page.locator("[data-summary]").inner_text()
    assert complaints == []

    page.get_by_role("button", name="Kết thúc, công bố điểm kiểm tra").click()
    page.wait_for_load_state()
    assert "bien-ban" in page.url
    assert ScoreSheet.objects.get(tier="check").state == "released"
    assert Inspection.objects.get().held_on is not None


def test_what_cannot_be_kept_alone_is_sent_with_the_whole_form(come, address, units, scored, inspection):
    scored(units["member"])
    page = come("deputy's officer")
    page.goto(address("score-sitting", units["member"].code))

    page.locator("[name=a3-tre__cases]").fill("3")
    page.locator("[name=a3-tre__cases]").press("Tab")
    page.get_by_text("hãy chọn hoặc ghi lý do").wait_for()
    page.get_by_role("button", name="Lưu điểm").click()
    page.wait_for_load_state()

    assert page.locator("[name=a3-tre__cases]").input_value() == "3"
    assert page.locator(".notice--late").count() == 1
    assert not ScoreSheet.objects.filter(tier="check").exists()
