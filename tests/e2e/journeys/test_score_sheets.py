"""Sixty criteria: what it costs a unit to score itself, and a team to sit with it."""

import re
from time import perf_counter

import pytest

from campaigns.scores import actions
from campaigns.scores.sheets.filling import Row
from tests import factories as make
from tests.e2e.bloc_of_ten import LEADER, lay_bloc
from tests.factories.year import choose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GRADES = [{"grade": "A", "label": "Tốt", "points": "2"}, {"grade": "B", "label": "Khá", "points": "1"}]
RATIO = {"key": "do", "kind": "ratio", "points": 2, "settings": {"unit": "văn bản"}}
GRADED = {"key": "do", "kind": "graded", "points": 2, "settings": {"grades": GRADES}}
CASES = {"key": "do", "kind": "per-case", "effect": "deduction", "points": 1, "settings": {"unit": "lần"}}
ANSWERED = {"key": "do", "kind": "yes-no", "points": 2, "settings": {}}
# The ten criteria of each of six sections: measure, and the figures that a unit reports.
TEN = [
    *[(RATIO, {"achieved": "180", "plan": "200"})] * 4,
    *[(GRADED, {"grade": "A"})] * 2,
    *[(CASES, {"cases": "1"})] * 2,
    *[(ANSWERED, {"answer": "yes"})] * 2,
]
SECTIONS = "abcdef"
DEVIATIONS = {"a5": "B", "b5": "B", "c7": "2", "d7": "2", "e1": "170", "f1": "150"}
EVIDENCE = "Báo cáo số 45/BC-QPT ngày 12/10/2026 kèm Công văn số 7/QPT-VP ngày 03/11/2026."


@pytest.fixture
def bloc(on_day):
    """The bloc of ten with a frozen set of sixty criteria."""
    on_day("2026-11-18")
    bloc = lay_bloc()
    criteria_set = make.CriteriaSetFactory(year=bloc.bloc_year.year, name="Sáu mươi tiêu chí", scale=120)
    for place, code in enumerate(SECTIONS, 1):
        section = make.CriteriaSectionFactory(
            criteria_set=criteria_set, key=code, code=code.upper(), place=place, title=f"Nhiệm vụ {place}"
        )
        for number, (measure, _figures) in enumerate(TEN, 1):
            criterion = make.CriterionFactory(
                section=section,
                key=f"{code}{number}",
                code=f"{code.upper()}{number}",
                place=number,
                maximum=2,
                starts="full" if measure is CASES else "zero",
            )
            make.MeasureFactory(criterion=criterion, **measure)
    criteria_set.frozen_on = criteria_set.year.first_day
    criteria_set.move_to("frozen")
    choose(bloc.bloc_year, criteria_set)
    return bloc


def test_unit_scores_itself_by_sixty_criteria(bloc, arrive, report, live_server):
    officer = arrive("quy")
    page = officer.page
    page.goto(f"{live_server.url}/nam/2026/khoi/khoi-muoi/diem/quy/")
    officer.begin()

    officer.tap(page.get_by_role("main").get_by_role("button", name="Bắt đầu tự chấm điểm"))
    for number, code in enumerate(SECTIONS, 1):
        for place, (_measure, figures) in enumerate(TEN, 1):
            for question, value in figures.items():
                fill(officer, page.locator(f"[name='{code}{place}-do__{question}']"), value)
        page.locator("[data-progress]", has_text=f"{number}0/60").wait_for()
        criterion = page.locator(f"#tieu-chi-{code}1")
        officer.tap(criterion.locator("aside summary"))
        officer.write(criterion.locator("textarea[name$=text]"), EVIDENCE)
        officer.tap(criterion.get_by_label(re.compile("Tôi xác nhận")))
        officer.tap(criterion.get_by_role("button", name="Thêm minh chứng"))
        page.locator(f"#tieu-chi-{code}1").get_by_text("45/BC-QPT").first.wait_for(state="attached")
        if number < len(SECTIONS):
            officer.tap(page.locator(".section-nav a").filter(has_text=f"Nhiệm vụ {number + 1}"))
    officer.tap(page.get_by_role("link", name="Đã chấm đủ: xem lại rồi gửi"))
    officer.tap(page.get_by_role("main").get_by_role("button", name="Gửi phiếu tự chấm"))
    page.get_by_text("Đã gửi phiếu.").wait_for()

    sheet = bloc.sheet("quy")
    assert (sheet.state, sheet.scores.count(), f"{sheet.total:.2f}") == ("sent", 60, "103.20")
    found = [document for each in sheet.evidence.all() for document in each.documents]
    assert len(found) == 2 * len(SECTIONS)
    report("J4 self-score of 60 criteria", officer.tally)
    assert officer.tally.screens <= 3
    assert officer.tally.seconds < 45 * 60


def test_team_sits_with_a_unit_of_sixty_criteria(bloc, arrive, report, worker, live_server):
    by, criteria = bloc.users["quy"], bloc.criteria
    sheet = actions.begin_sheet(bloc_year=bloc.bloc_year, unit=bloc.units["quy"], tier="self", by=by)
    rows = [
        Row(criteria[f"{code}{place}"], figures={"do": figures})
        for code in SECTIONS
        for place, (_measure, figures) in enumerate(TEN, 1)
    ]
    actions.save_scores(sheet=sheet, rows=rows, by=by)
    actions.send_sheet(sheet=sheet, by=by)
    team = arrive(LEADER)
    page = team.page
    page.goto(f"{live_server.url}/nam/2026/khoi/khoi-muoi/diem/quy/kiem-tra/")
    team.begin()

    for key, value in DEVIATIONS.items():
        row = page.locator(f"[data-score='{key}']")
        fill(team, row.locator("[name*='-do__']").first, value)
        team.choose(row.locator("[name$=grounds_code]"), "Thiếu minh chứng")
        row.get_by_text("Đã lưu.").wait_for()
    deviations = team.tally

    team.begin()
    start = perf_counter()
    team.tap(page.get_by_role("button", name="Kết thúc, công bố điểm kiểm tra và in biên bản"))
    team.tap(page.get_by_role("button", name="Lập bản PDF để in"))
    file = page.get_by_role("main").get_by_role("link", name=re.compile(r"\.pdf"))
    file.first.wait_for(timeout=60_000)
    with page.expect_download() as found:
        team.tap(file.first)
    assert found.value.path().read_bytes().startswith(b"%PDF")
    team.tally.server = perf_counter() - start  # a worker prints: what counts is how long people wait

    checked = bloc.sheet("quy", "check")
    assert (checked.state, f"{checked.total:.2f}") == ("released", "98.80")
    assert set(checked.scores.exclude(reason_code="").values_list("criterion__key", flat=True)) == set(
        DEVIATIONS
    )
    report("J5 one deviation of a sitting", deviations.share(len(DEVIATIONS)))
    report("J5 minutes on the printer after the last point", team.tally)
    assert deviations.share(len(DEVIATIONS)).seconds < 8
    assert team.tally.seconds < 60


def fill(hands, field, value):
    """Type a figure, or choose it where it is chosen."""
    if field.evaluate("each => each.tagName") == "SELECT":
        hands.choose(field, field.locator(f"option[value='{value}']").inner_text())
    else:
        hands.write(field, value)
        field.blur()
