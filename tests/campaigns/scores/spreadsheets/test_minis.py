"""Small tables with a trap each, read as a person reads them."""

import pytest
from django.urls import reverse

from blocs.imports.preview import Preview
from campaigns.scores.criteria.actions import start_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import Score
from campaigns.scores.scoring.check import maximum_of
from campaigns.scores.spreadsheets.blocs import BlocScoresSheet
from campaigns.scores.spreadsheets.criteria import CriteriaSheet
from campaigns.scores.spreadsheets.units import UnitScoresSheet
from tests.blocs.imports.books import book
from tests.campaigns.scores.spreadsheets import minis
from tests.campaigns.scores.spreadsheets.tables import apply, kept
from tests.factories import BlocYearFactory, EmulationYearFactory, SeatFactory, UnitStateFactory, draft_set
from tests.pages import read


@pytest.fixture
def draft(staff):
    return start_set(year=EmulationYearFactory(), name="Bộ tiêu chí", by=staff)


def plan(draft, rows, staff):
    apply(kept(CriteriaSheet(draft), book(rows), staff), CriteriaSheet(draft), staff)
    return plan_of(draft)


def sections(parts, depth=0):
    """[(depth, code)] of the sections, from the top."""
    found = []
    for part in parts:
        if hasattr(part, "parts"):
            found += [(depth, part.code), *sections(part.parts, depth + 1)]
    return found


SETS = {
    "rows that begin as totals do": (minis.NO_CODES, [(0, "")], 4, 100),
    "codes in some rows": (minis.SOME_CODES, [(0, "")], 3, 100),
    "three levels": (minis.THREE_LEVELS, [(0, "I"), (1, "1"), (2, "a"), (2, "b")], 3, 100),
    "numbered through": (
        minis.CONTINUOUS,
        [(0, "I"), (1, "1"), (1, "2"), (0, "II"), (1, "1")],
        5,
        100,
    ),
    "a sum on the head": (minis.SUM_ON_HEAD, [(0, "I")], 1, 10),
    "d and đ": (minis.LETTERS, [(0, "c"), (0, "d"), (0, "đ")], 6, 30),
}


@pytest.mark.parametrize("name", SETS)
def test_a_small_table_of_criteria_is_read_as_people_read_it(staff, draft, name):
    rows, headings, criteria, points = SETS[name]
    found = plan(draft, rows, staff)

    assert sections(found.sections) == headings
    assert (len(found.criteria), sum(map(maximum_of, found.sections))) == (criteria, points)


@pytest.mark.parametrize("name", SETS)
def test_a_small_table_read_again_changes_nothing(staff, draft, name):
    plan(draft, SETS[name][0], staff)
    draft.refresh_from_db()
    again = Preview(kept(CriteriaSheet(draft), book(SETS[name][0]), staff), CriteriaSheet(draft))

    assert {line.state for line in again.lines} == {"same"}
    assert again.missing == []


def test_a_sum_on_the_head_is_a_cap_and_no_measure(staff, draft):
    (criterion,) = plan(draft, minis.SUM_ON_HEAD, staff).criteria.values()

    assert (criterion.bonus_cap, float(criterion.deduction_cap)) == (2, 1.5)
    assert [(each.code, each.effect) for each in criterion.measures if each.effect != "base"] == [
        ("1.1", "bonus"),
        ("1.2", "bonus"),
        ("1.3", "deduction"),
    ]


def test_a_cap_below_one_of_its_cases_is_asked_about(staff, draft):
    rows = [*minis.SUM_ON_HEAD[:2], ["1", "Việc được giao", 10, 1, None], *minis.SUM_ON_HEAD[3:]]
    preview = Preview(kept(CriteriaSheet(draft), book(rows), staff), CriteriaSheet(draft))

    assert [hint for hint in preview.hints if hint.startswith("Dòng 3")] == [
        "Dòng 3: điểm thưởng 1 được hiểu là mức tối đa, nhưng có trường hợp cho 2."
    ]


@pytest.fixture
def bloc_year(year):
    """A bloc of three units whose criteria begin as totals do."""
    criteria_set = draft_set(year)
    texts = {"a1": "Công tác chuyên môn", "a2": "Phong trào thi đua"}
    for each in criteria_set.criteria.all():
        each.code, each.text = "", texts.get(each.key, f"Việc {each.key}")
        each.maximum = max(each.maximum, 60)
        each.save()
    criteria_set.frozen_on = criteria_set.year.first_day
    criteria_set.move_to("frozen")
    return BlocYearFactory(year=year, criteria_set=criteria_set)


@pytest.fixture
def units(bloc_year, leader, member):
    seats = [leader, member, SeatFactory(bloc_year=bloc_year)]
    for seat, name in zip(seats, ["Tổng cục Một", "Công ty Hai", "Cục Ba"], strict=True):
        UnitStateFactory(unit=seat.unit, official_name=name)
    return [seat.unit for seat in seats]


TABLES = {
    "units down": minis.UNITS_DOWN,
    "units down, numbered": minis.UNITS_DOWN_NUMBERED,
    "criteria down": minis.CRITERIA_DOWN,
    "with totals": [*minis.UNITS_DOWN, ["Tổng cộng", 150, 108]],
}


@pytest.mark.parametrize("name", TABLES)
def test_six_points_of_three_units_are_read(bloc_year, units, secretary, paper, name):
    sheet = BlocScoresSheet(bloc_year, "self")
    apply(kept(sheet, book(TABLES[name]), secretary), sheet, secretary, paper=paper)

    found = {
        (each.sheet.unit.name(), each.criterion.key): float(each.points)
        for each in Score.objects.select_related("criterion", "sheet__unit")
    }
    assert found == {
        ("Tổng cục Một", "a1"): 55,
        ("Tổng cục Một", "a2"): 40,
        ("Công ty Hai", "a1"): 50,
        ("Công ty Hai", "a2"): 38,
        ("Cục Ba", "a1"): 45,
        ("Cục Ba", "a2"): 30,
    }


def test_a_units_own_table_is_read(bloc_year, units, officer):
    sheet = UnitScoresSheet(bloc_year, units[1])
    preview = Preview(kept(sheet, book(minis.OWN), officer), sheet)

    assert [(line.row.fields["criterion"], line.row.fields["points"]) for line in preview.lines] == [
        ("a1", "55"),
        ("a2", "40"),
    ]


def test_a_unit_that_is_called_a_total_is_a_unit(bloc_year, units, secretary):
    UnitStateFactory(unit=SeatFactory(bloc_year=bloc_year).unit, official_name="Tổng số")
    sheet = BlocScoresSheet(bloc_year, "self")
    content = book([*minis.UNITS_DOWN, ["Tổng số", 50, 30], ["Tổng cộng", 200, 138]])
    preview = Preview(kept(sheet, content, secretary), sheet)

    assert [line.row.number for line in preview.lines] == [2, 2, 3, 3, 4, 4, 5, 5]
    assert [(each.row, each.why) for each in preview.held] == [(6, "dòng tổng cộng")]


def test_what_is_left_aside_stands_open_with_a_button_that_reads_it(client, staff, draft):
    client.force_login(staff)
    rows = [*minis.NO_CODES, [None, None, "Việc ở cột lạ"], ["Tổng cộng", 90]]
    spreadsheet = kept(CriteriaSheet(draft), book(rows), staff)
    address = reverse("import", args=[spreadsheet.pk])
    page = read(client, address)

    assert "Dòng có số hoặc chữ mà chưa đọc: 2" in page.text
    assert "Dòng 6 (không có gì ở các cột đã nhận): Việc ở cột lạ" in page.text
    assert "Dòng 7 (dòng tổng cộng; 90 không bằng tổng các dòng trên): Tổng cộng 90" in page.text
    assert page.text.index("Dòng 7 (") < page.text.index("So với hệ thống Sửa")
    assert page.buttons == ["Đọc dòng này 6", "Đọc dòng này 7", "Ghi 4 dòng"]
    assert client.post(address, {"take": "7"}).url == address
    page = read(client, address)

    assert page.buttons == ["Đọc dòng này 6", "Ghi 5 dòng"]
    assert "Tổng cộng" in page.text


@pytest.mark.parametrize("asked", ["1", "2", "x", "99999999999999999999", "7\0"])
def test_only_rows_that_were_left_aside_can_be_asked_for(client, staff, draft, asked):
    client.force_login(staff)
    spreadsheet = kept(CriteriaSheet(draft), book([*minis.NO_CODES, ["Tổng cộng", 100]]), staff)
    client.post(reverse("import", args=[spreadsheet.pk]), {"take": asked})
    spreadsheet.refresh_from_db()

    assert spreadsheet.mapping.get("taken", []) == []
