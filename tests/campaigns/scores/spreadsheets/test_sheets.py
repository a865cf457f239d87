"""What a workbook hides, and which of its sheets is read."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from blocs.imports.preview import Preview
from campaigns.scores.criteria.actions import start_set
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Score
from campaigns.scores.spreadsheets.blocs import BlocScoresSheet
from campaigns.scores.spreadsheets.criteria import CriteriaSheet
from campaigns.scores.spreadsheets.units import UnitScoresSheet
from tests.blocs.imports.books import altered, book, saved
from tests.campaigns.scores.spreadsheets import minis
from tests.campaigns.scores.spreadsheets.tables import apply, kept, states
from tests.campaigns.scores.spreadsheets.test_blocs import BY_CRITERION
from tests.factories import EmulationYearFactory, UnitStateFactory
from tests.pages import read


@pytest.fixture
def draft(staff):
    return start_set(year=EmulationYearFactory(), name="Bộ tiêu chí", by=staff)


def hidden(*rows):
    made = load_workbook(BytesIO(book(minis.HIDDEN)))
    for row in rows:
        made.active.row_dimensions[row].hidden = True
    return saved(made)


def without_height():
    return altered(
        book(minis.HIDDEN),
        xl_worksheets_sheet1_xml=lambda part: part.replace(
            b'<row r="3"', b'<row r="3" ht="0" customHeight="1"'
        ),
    )


def points(preview):
    return sum(int(line.row.fields["points"] or 0) for line in preview.lines)


@pytest.mark.parametrize("content", [hidden(3), without_height()])
def test_a_hidden_row_is_told_and_not_read_unless_asked(client, staff, draft, content):
    client.force_login(staff)
    spreadsheet = kept(CriteriaSheet(draft), content, staff)
    address = reverse("import", args=[spreadsheet.pk])
    page = read(client, address)

    assert points(Preview(spreadsheet, CriteriaSheet(draft))) == 100
    assert "Dòng 3 (dòng ẩn hoặc bị lọc trong Excel): 2 Việc cũ đã bỏ 30" in page.text
    client.post(address, {"take": "3"})
    spreadsheet.refresh_from_db()
    assert points(Preview(spreadsheet, CriteriaSheet(draft))) == 130


def test_all_hidden_rows_are_read_by_one_button(client, staff, draft):
    client.force_login(staff)
    spreadsheet = kept(CriteriaSheet(draft), hidden(3, 4), staff)
    address = reverse("import", args=[spreadsheet.pk])
    assert "Đọc cả 2 dòng ẩn" in read(client, address).buttons
    client.post(address, {"take": "hidden"})
    spreadsheet.refresh_from_db()

    assert spreadsheet.mapping["taken"] == [3, 4]


def sheets(*tables, active=0):
    """A book of sheets: (title, rows, state)."""
    made = Workbook()
    made.remove(made.active)
    for title, rows, state in tables:
        page = made.create_sheet(title)
        page.sheet_state = state
        for row in rows:
            page.append(row)
    made.active = active
    return saved(made)


HEAD = ["STT", "Tiêu chí", "Điểm chuẩn"]
TEN = [HEAD, ["1", "Việc A", 10]]
THIRTY_NINE = [[*HEAD, "Điểm thưởng", "Ghi chú"], ["1", "Việc A", 39, 1, "x"]]
BOOKS = {
    "the active one": (sheets(("Một", TEN, "visible"), ("Hai", THIRTY_NINE, "visible"), active=0), 0, 10),
    "the other active one": (
        sheets(("Một", TEN, "visible"), ("Hai", THIRTY_NINE, "visible"), active=1),
        1,
        39,
    ),
    "two of nearly one title": (
        sheets(("Tự chấm", TEN, "visible"), ("Tự  chấm", THIRTY_NINE, "visible"), active=1),
        1,
        39,
    ),
    "none of the active one": (
        sheets(("Bìa", [["Bìa"]], "visible"), ("Một", TEN, "visible"), ("Hai", THIRTY_NINE, "visible")),
        2,
        39,
    ),
    "hidden ones last": (sheets(("Một", THIRTY_NINE, "hidden"), ("Hai", TEN, "visible"), active=1), 1, 10),
}


@pytest.mark.parametrize("name", BOOKS)
def test_the_sheet_that_was_open_is_read_and_named(client, staff, draft, name):
    content, place, total = BOOKS[name]
    client.force_login(staff)
    spreadsheet = kept(CriteriaSheet(draft), content, staff)
    preview = Preview(spreadsheet, CriteriaSheet(draft))
    page = read(client, reverse("import", args=[spreadsheet.pk]))

    assert (preview.grid.place, points(preview)) == (place, total)
    assert "Trang khác cũng có bảng" in page.text


def test_sheets_of_one_title_are_told_apart_where_one_is_chosen(client, staff, draft):
    client.force_login(staff)
    spreadsheet = kept(CriteriaSheet(draft), BOOKS["two of nearly one title"][0], staff)
    columns = read(client, reverse("import-columns", args=[spreadsheet.pk]))
    assert "Tự chấm (trang thứ 1) Tự chấm (trang thứ 2)" in columns.text
    address = f"{reverse('import-columns', args=[spreadsheet.pk])}?trang=0&dong=1"
    client.post(address, {"code": "1", "text": "2", "points": "3"})
    spreadsheet.refresh_from_db()

    assert points(Preview(spreadsheet, CriteriaSheet(draft))) == 10


def test_a_head_of_two_rows_with_its_numbers_is_no_row(staff, draft):
    content = book(minis.TWO_ROW_HEAD, merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"])
    preview = Preview(kept(CriteriaSheet(draft), content, staff), CriteriaSheet(draft))

    assert states(preview) == {"r4": "added", "r5": "added"}
    assert (points(preview), preview.held) == (100, [])
    assert preview.mapping.header == 2


@pytest.fixture
def units(leader, member):
    UnitStateFactory(unit=leader.unit, official_name="Viện Một", short_name="V1")
    UnitStateFactory(unit=member.unit, official_name="Viện Hai", symbol="VH")


def test_a_dash_is_listed_as_empty(bloc_year, units, secretary):
    sheet = BlocScoresSheet(bloc_year, "self")
    content = book(BY_CRITERION, merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"])
    preview = Preview(kept(sheet, content, secretary), sheet)

    assert "e5" not in states(preview)
    assert (5, "E5", "ghi “-”, coi là trống") in [(each.row, each.text, each.why) for each in preview.around]


@pytest.mark.parametrize("typed", ["x", "X", "kad", "KAD", "Không áp dụng", "k.a.d"])
def test_what_does_not_apply_is_read_where_the_set_allows_it(bloc_year, units, member, officer, paper, typed):
    texts = {each.key: each.text for each in chosen_set(bloc_year).criteria.all()}
    rows = [["STT", "Tiêu chí", "Điểm tự chấm"], ["B2", texts["b2"], typed], ["A1", texts["a1"], typed]]
    content = book(rows)

    def sheet():
        return UnitScoresSheet(bloc_year, member.unit)

    lines = Preview(kept(sheet(), content, officer), sheet()).lines
    allowed = {line.row.fields["criterion"]: not line.errors for line in lines}
    assert allowed == {"b2": True, "a1": False}
    apply(kept(sheet(), book(rows[:2]), officer), sheet(), officer, paper=paper)

    score = Score.objects.get(sheet__unit=member.unit)
    assert (score.criterion.key, score.not_applicable) == ("b2", True)
    again = Preview(kept(sheet(), book(rows[:2]), officer), sheet())
    assert set(states(again).values()) == {"same"}


def test_ditto_is_the_text_above(bloc_year, units, member, officer):
    rows = [["STT", "Tiêu chí", "Điểm tự chấm", "Minh chứng"], ["A1", "Việc A1", 5, "Báo cáo\nsố 1"]]
    rows += [["A2", "Việc A2", 6, "nt"], ["A3", "Việc A3", 7, "-"], ["B2", "Việc B2", 1, "-nt-"]]
    sheet = UnitScoresSheet(bloc_year, member.unit)
    lines = Preview(kept(sheet, book(rows), officer), sheet).lines

    assert [line.row.fields["note"] for line in lines] == [
        "Báo cáo\nsố 1",
        "Báo cáo\nsố 1",
        "",
        "Báo cáo\nsố 1",
    ]
