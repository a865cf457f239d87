import pytest

from blocs.imports.preview import Preview
from blocs.permissions import Refused
from blocs.versions import Stale
from campaigns.scores.actions import begin_sheet, save_score
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Score, ScoreSheet
from campaigns.scores.spreadsheets import scores
from campaigns.scores.spreadsheets.blocs import BlocScoresSheet
from tests.blocs.imports.books import book
from tests.campaigns.scores.spreadsheets.tables import apply, kept, mend, states
from tests.factories import FIGURES, UnitStateFactory


@pytest.fixture
def units(leader, member):
    """The leader's unit and a member, by the names that the tables use."""
    UnitStateFactory(unit=leader.unit, official_name="Viện Một", short_name="V1")
    UnitStateFactory(unit=member.unit, official_name="Viện Hai", symbol="VH")
    return leader.unit, member.unit


@pytest.fixture
def bloc_sheet(bloc_year, units):
    return lambda tier="self": BlocScoresSheet(bloc_year, tier)


BY_CRITERION = [
    ["TT", "Tiêu chí", "Điểm chuẩn", "Điểm tự chấm của các đơn vị", None],
    [None, None, None, "V1", "Viện Hai"],
    ["A", "Nhiệm vụ chuyên môn", 80, 60, 55],
    ["A1", "Xử lý văn bản đến đúng hạn", 40, 33.5, "30"],
    ["A2", "Xếp loại cải cách hành chính", 20, 15, "-"],
    [None, "Tổng cộng", 60, 48.5, 30],
]
BY_UNIT = [
    ["TT", "Tên đơn vị", "A1", "A2", "Tổng điểm"],
    [1, "Viện Một", 33.5, 15, 48.5],
    [2, "VH", 30, None, 30],
]
TABLES = {
    "criteria by units": (book(BY_CRITERION, merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"]), "d4 d5 e4"),
    "units by criteria": (book(BY_UNIT), "c2 c3 d2"),
}


def points():
    found = Score.objects.select_related("criterion", "sheet__unit")
    return {(each.sheet.unit.name(), each.criterion.key): float(each.points) for each in found}


@pytest.mark.parametrize("name", TABLES)
def test_a_blocs_table_is_read_in_both_shapes(bloc_sheet, secretary, paper, name):
    content, cells = TABLES[name]
    spreadsheet = kept(bloc_sheet(), content, secretary)

    assert states(Preview(spreadsheet, bloc_sheet())) == dict.fromkeys(cells.split(), "added")
    apply(spreadsheet, bloc_sheet(), secretary, paper=paper)

    assert points() == {("Viện Một", "a1"): 33.5, ("Viện Một", "a2"): 15.0, ("Viện Hai", "a1"): 30.0}
    told = {each.unit.name(): each.from_paper for each in ScoreSheet.objects.select_related("unit")}
    assert told == {"Viện Một": False, "Viện Hai": True}  # the first one's own desk recorded it


def test_nothing_is_half_kept_where_the_last_row_is_refused(
    bloc_year, bloc_sheet, units, secretary, officer, paper, monkeypatch
):
    spreadsheet = kept(bloc_sheet(), TABLES["units by criteria"][0], secretary)
    begin_sheet(bloc_year=bloc_year, unit=units[1], tier="self", by=officer)
    save = scores.save_scores

    def save_scores(*, sheet, rows, **told):
        if sheet.unit == units[1]:  # somebody else saves just before the last unit is kept
            criterion = chosen_set(bloc_year).criteria.get(key="a1")
            save_score(sheet=sheet, criterion=criterion, figures=FIGURES["a1"], shown_version=0, by=officer)
        return save(sheet=sheet, rows=rows, **told)

    monkeypatch.setattr(scores, "save_scores", save_scores)
    with pytest.raises((Stale, Refused)):
        apply(spreadsheet, bloc_sheet(), secretary, paper=paper)

    spreadsheet.refresh_from_db()
    assert (points(), spreadsheet.applied_at) == ({}, None)
    assert not ScoreSheet.objects.filter(unit=units[0]).exists()


def test_a_later_tier_needs_a_reason_where_it_differs(bloc_year, bloc_sheet, secretary, paper, units):
    apply(kept(bloc_sheet(), TABLES["units by criteria"][0], secretary), bloc_sheet(), secretary, paper=paper)
    ScoreSheet.objects.update(state="sent", sent_at="2026-01-01T00:00Z")
    other = [BY_UNIT[0], [1, "Viện Một", 33.5, 14, None]]
    spreadsheet = kept(bloc_sheet("leader"), book(other), secretary)
    wrong = [line for line in Preview(spreadsheet, bloc_sheet("leader")).lines if line.state == "wrong"]

    assert [(line.row.name, [where for where, _words in line.errors]) for line in wrong] == [
        ("d2", ["Ghi chú, lý do"])
    ]
    mend(spreadsheet, bloc_sheet("leader"), d2={"note": "Thiếu minh chứng"})
    spreadsheet.refresh_from_db()
    apply(spreadsheet, bloc_sheet("leader"), secretary, paper=paper)

    kept_score = Score.objects.get(sheet__tier="leader", criterion__key="a2")
    assert (float(kept_score.points), kept_score.reason) == (14.0, "Thiếu minh chứng")
    assert Score.objects.filter(sheet__tier="self", criterion__key="a2").get().points == 15


def test_a_name_that_is_nobodys_is_asked_about(bloc_sheet, secretary, units):
    rows = [*BY_UNIT, [3, "Viện Ba", 20, 10, None]]
    spreadsheet = kept(bloc_sheet(), book(rows), secretary)
    wrong = [line for line in Preview(spreadsheet, bloc_sheet()).lines if line.state == "wrong"]

    assert [(line.row.name, line.errors[0][0]) for line in wrong] == [("c4", "C4"), ("d4", "D4")]


def test_a_unit_records_nothing_for_the_bloc(bloc_sheet, officer):
    with pytest.raises(Refused):
        kept(bloc_sheet(), TABLES["units by criteria"][0], officer)
