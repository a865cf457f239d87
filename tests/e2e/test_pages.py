"""Every page in a real browser: accessible, within its width, without a complaint, without JavaScript."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse

from campaigns.models import Meeting
from reports.documents import MEETING_PAPERS
from tests import factories
from tests.e2e.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages_of(bloc_year):
    """The web pages about a bloc's year."""
    year, bloc = bloc_year.year.code, bloc_year.bloc.code
    conference = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    return [
        reverse("year", args=[year]),
        reverse("bloc-year", args=[year, bloc]),
        reverse("meeting", args=[year, bloc, conference.pk]),
        reverse("proposals", args=[year, bloc]),
        reverse("report", args=[year, bloc, "official"]),
        reverse("report", args=[year, bloc, "conference"]),
    ]


def desks_of(bloc_year, username):
    """The pages at which the ministry's staff, or the bloc's secretary, do their work."""
    year, bloc = bloc_year.year.code, bloc_year.bloc.code
    conference = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    common = ["home", "search", "help", "account_change_password", "usersessions_list"]
    if username == "can-bo-bo":
        common += ["accounts", "invite", "posts"]
        of_year = [reverse(name, args=[year]) for name in ("phases", "phase-extend", "board", "year-tasks")]
        return [*map(reverse, common), *of_year, reverse("search") + "?q=so+huu"]
    of_bloc = ["plan", "handover", "meeting-plan", "pledge-sign", "bloc-tasks"]
    of_meeting = [
        "meeting-attendance",
        "meeting-record",
        "meeting-outcomes",
        "meeting-election",
        "meeting-papers",
    ]
    return [
        *map(reverse, common),
        *(reverse(name, args=[year, bloc]) for name in of_bloc),
        *(reverse(name, args=[year, bloc, conference.pk]) for name in of_meeting),
    ]


def papers_of(bloc_year):
    """The papers of the year-end conference."""
    conference = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    return [kind.address(conference, "") for kind in MEETING_PAPERS]


def violations(page):
    """What axe finds, as rule and place."""
    return [(rule["id"], node["target"]) for rule in axe(page) for node in rule["nodes"]]


def axe(page):
    """The violations that axe finds on a page as it stands now; its script is read once by each page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")


def too_wide(page):
    """By how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(
    ("username", "pages"),
    [
        ("can-bo-bo", pages_of),
        ("thu-ky-khoi", pages_of),
        ("can-bo-don-vi", pages_of),
        ("can-bo-bo", lambda bloc_year: desks_of(bloc_year, "can-bo-bo")),
        ("thu-ky-khoi", lambda bloc_year: desks_of(bloc_year, "thu-ky-khoi")),
        ("thu-ky-khoi", papers_of),
    ],
)
def test_pages_are_accessible_and_fit_at_both_widths(
    page, live_server, sign_in, bloc_year, faults, username, pages
):
    sign_in(username)
    found = []

    for address in pages(bloc_year):
        page.goto(live_server.url + address)
        for window in (DESKTOP, PHONE):
            page.set_viewport_size(window)
            complaints = list(faults)  # before axe, whose own styles the policy refuses
            found += [(address, window["width"], fault) for fault in [*complaints, *violations(page)]]
            if too_wide(page) > 0:
                found.append((address, window["width"], "wider than the window"))
            faults.clear()

    assert found == []


def test_sign_in_page_is_accessible_at_both_widths(page, live_server, bloc_year, faults):
    found = []

    page.goto(f"{live_server.url}/tai-khoan/login/")
    for window in (DESKTOP, PHONE):
        page.set_viewport_size(window)
        found += [*faults, *violations(page)]
        faults.clear()

    assert found == []


def test_draft_is_made_without_javascript(browser, live_server, passwords, worker, bloc_year):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("thu-ky-khoi")
    page.get_by_label("Mật khẩu").fill(passwords["thu-ky-khoi"])
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(live_server.url + reverse("report", args=["2020", bloc_year.bloc.code, "official"]))

    page.get_by_role("button", name="Lập dự thảo lần 1").click()
    page.wait_for_url("**/bao-cao-tong-ket/official/", timeout=30_000)

    assert page.get_by_role("link", name=re.compile("du-thao-01.*pdf")).count() == 1
    context.close()


def test_report_is_led_by_keyboard_alone(page, live_server, sign_in, worker, bloc_year):
    sign_in("thu-ky-khoi")
    page.goto(live_server.url + reverse("report", args=["2020", bloc_year.bloc.code, "official"]))
    reached = []

    for _press in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || ''").strip())
        if reached[-1].startswith("Lập dự thảo lần 1"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("du-thao-01.*pdf")).wait_for(timeout=30_000)

    assert reached[0] == "Đến nội dung chính"


def test_admin_shows_the_leaders_unit_one_bloc(page, live_server, sign_in, bloc_year):
    other = factories.BlocYearFactory(year=bloc_year.year, name="Khối bí mật của đơn vị khác")
    foreign = factories.UnitStateFactory(official_name="Cục bí mật").unit
    factories.SeatFactory(bloc_year=other, unit=foreign, role="leader")
    meeting = factories.MeetingFactory(bloc_year=other, title="Hội nghị bí mật")
    factories.ObservationFactory(bloc_year=other, text="Nhận định bí mật")
    factories.NominationFactory(bloc_year=other, unit=foreign)
    factories.ExemplarFactory(bloc_year=other, kind="collective", unit=foreign)
    sign_in("thu-ky-khoi")
    models = ["blocyear", "meeting", "observation", "pledge", "seat", "campaign"]
    lists = [reverse(f"admin:campaigns_{model}_changelist") for model in models]
    lists += [
        reverse(f"admin:{name}_changelist") for name in ("nominations_nomination", "decisions_exemplar")
    ]
    leaked = []

    page.goto(live_server.url + reverse("admin:index"))
    for address in [*lists, *(f"{each}add/" for each in lists)]:
        page.goto(live_server.url + address)
        if "bí mật" in page.content():
            leaked.append(address)
    guessed = page.goto(live_server.url + reverse("admin:campaigns_meeting_change", args=[meeting.pk]))

    assert leaked == []
    assert "bí mật" not in guessed.text()
    page.goto(live_server.url + reverse("admin:campaigns_blocyear_changelist"))
    assert bloc_year.name in page.content()
