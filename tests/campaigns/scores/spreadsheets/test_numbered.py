"""A set that calls its criteria 1, 2, 3 in every section: tables name them by their section, A.1."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from blocs.imports.preview import Preview
from campaigns.scores.spreadsheets.blocs import BlocScoresSheet
from campaigns.scores.spreadsheets.handed import bloc_table, unit_table
from campaigns.scores.spreadsheets.units import UnitScoresSheet
from tests.blocs.imports.books import book, saved
from tests.campaigns.scores.spreadsheets.tables import kept
from tests.factories import BlocYearFactory, draft_set

CODES = ["A.1", "A.2", "A.3", "B.1", "B.2", "B.3"]


@pytest.fixture
def bloc_year(year):
    criteria_set = draft_set(year)
    for each in criteria_set.criteria.all():
        each.code, each.text = each.key[1], f"Việc {each.key[1]}"  # the same words in both sections
        each.save()
    criteria_set.frozen_on = criteria_set.year.first_day
    criteria_set.move_to("frozen")
    return BlocYearFactory(year=year, criteria_set=criteria_set)


@pytest.fixture
def unit_sheet(bloc_year, member):
    return lambda: UnitScoresSheet(bloc_year, member.unit)


def opened(answer):
    return load_workbook(BytesIO(answer.content))


def codes(page):
    """The codes of a table in their order, those of sections too, each once."""
    return list(dict.fromkeys(cell.value for cell in page["A"][1:]))


def test_a_units_table_and_its_preview_say_the_section(unit_sheet, officer):
    made = opened(unit_table(unit_sheet()))
    assert codes(made.active) == ["A", *CODES[:3], "B", *CODES[3:]]
    (row,) = [cell.row for cell in made.active["I"] if cell.value == "b2/co/answer"]
    made.active[f"F{row}"] = "Có"
    made.active.delete_cols(9)
    (line,) = Preview(kept(unit_sheet(), saved(made), officer), unit_sheet()).lines

    assert (line.row.fields["figure"], line.errors) == ("b2/co/answer", [])
    assert line.label.startswith("B.2 Việc 2")


def test_a_units_own_table_may_say_the_section(unit_sheet, officer):
    content = book([["STT", "Tiêu chí", "Điểm tự chấm"], ["B.2", "Việc 2", 1], ["A.2", "Việc 2", 2]])
    lines = Preview(kept(unit_sheet(), content, officer), unit_sheet()).lines

    assert [line.row.fields["criterion"] for line in lines] == ["b2", "a2"]


def test_a_blocs_table_says_the_section_and_reads_back(bloc_year, leader, secretary, officer):
    made = opened(bloc_table(BlocScoresSheet(bloc_year, "self")))
    assert codes(made.active) == ["A", *CODES[:3], "B", *CODES[3:]]
    (row,) = [cell.row for cell in made.active["A"] if cell.value == "B.2"]
    made.active[f"C{row}"] = 1
    sheet = BlocScoresSheet(bloc_year, "self")
    (line,) = Preview(kept(sheet, saved(made), secretary), sheet).lines

    assert line.row.fields["criterion"] == "b2"
