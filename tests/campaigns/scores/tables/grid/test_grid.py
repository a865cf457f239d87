"""The grid: what each person reads of which tier, its signs and filters, and in how many queries."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from blocs.models.people import Post
from campaigns.models import BlocYear
from campaigns.scores.tables.grid import Grid
from campaigns.scores.tables.grid_cells import Words, Writer
from tests import factories as make
from tests.benchmarks.grid import make_scores
from tests.campaigns.conftest import page_address
from tests.campaigns.scores.rankings.conftest import Scored
from tests.pages import Page, read

pytestmark = pytest.mark.django_db


def grid_of(scored, user, **asked):
    return Grid(BlocYear.objects.get(pk=scored.bloc_year.pk), user, asked)


def plain(html):
    return " ".join(re.sub("<[^>]+>", "", html).split())


def cells(grid):
    """{name of a row: {criterion: what its cell says}} as read aloud."""
    signs = re.compile('<span class="grid__mark".*?</span>')
    return {
        row.name: {key: plain(signs.sub("", html)) for key, html in row.written.items()} for row in grid.rows
    }


@pytest.fixture
def address(scored):
    return page_address(scored.bloc_year, "score-grid")


def officer_of(unit):
    return make.user_with("officer", unit)


def test_cells_say_points_and_what_is_to_be_known_of_them(scored, staff):
    one, two = scored.unit("Một"), scored.unit("Hai")
    own = scored.give(one, "self", fields={"b2": {"points": None, "not_applicable": True, "base": 0}})
    scored.give(one, a2="15", a3=None, counts=False)
    scored.give(two, "self", a1="0")
    make.EvidenceFactory(sheet=own, criterion=scored.criteria["a1"])
    grid = grid_of(scored, staff, cap="check")

    assert cells(grid) == {
        "Viện Một": {
            "a1": "chưa chấm thiếu minh chứng",
            **dict.fromkeys(("a2", "a3", "b1", "b2", "b3"), "chưa chấm"),
        },
        "Một": {
            "a1": "38,00",
            "a2": "15,00 khác",
            "a3": "chưa chấm",
            "b1": "11,00",
            "b2": "5,00 khác",
            "b3": "3,00",
        },
        "Hai": {
            "a1": "chưa chấm thiếu minh chứng",
            **dict.fromkeys(("a2", "a3", "b1", "b2", "b3"), "chưa chấm"),
        },
    }
    states = {row.name: (row.state, row.total, row.missing, row.deviating) for row in grid.rows}
    assert states == {
        "Viện Một": ("chưa bắt đầu", "", 6, 0),
        "Một": ("Đang chấm", "72,00", 1, 2),
        "Hai": ("chưa bắt đầu", "", 6, 0),
    }
    own = cells(grid_of(scored, staff, cap="self"))
    assert (own["Một"]["b2"], own["Hai"]["a1"]) == ("không áp dụng", "0,00 thiếu minh chứng")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (Words("8,00"), "8,00"),
        (Words("8,00", is_deviating=True, lacks_evidence=True), "8,00≠ khác○ thiếu minh chứng"),
        (Words("8,00", beside="7,00"), "8,00[7,00]"),
        (Words("8,00", beside=""), "8,00[× không áp dụng]"),
        (Words(), "× không áp dụng"),
        (Words(is_missing=True), "– chưa chấm"),
        (Words(is_missing=True, lacks_evidence=True, beside="7,00"), "– chưa chấm○ thiếu minh chứng[7,00]"),
        (Words("<b>", beside="&"), "&lt;b&gt;[&amp;]"),
    ],
)
def test_cell_is_written_once_and_escaped(words, said, monkeypatch):
    writer = Writer()
    html = writer[words]
    monkeypatch.setattr(writer, "_template", None)

    assert writer[words] is html
    html = html.replace('<small class="grid__beside">', "[").replace("</small>", "]")
    assert plain(html) == said


def test_sections_are_added_up_with_their_caps(scored, staff):
    one = scored.unit("Một")
    scored.give(one, "self")
    row = next(row for row in grid_of(scored, staff, cap="self").rows if row.name == "Một")

    assert [total for _cells, total, _title in row.bands] == ["76,00", "19,00"]


def test_another_tier_stands_beside(scored, staff):
    one = scored.unit("Một")
    scored.give(one, "check", a1="30")
    scored.give(one, "leader", a1="31", a2="20")
    found = cells(grid_of(scored, staff, cap="leader", so="check"))["Một"]

    assert (found["a1"], found["a2"]) == ("31,00 khác thiếu minh chứng30,00", "20,0020,00")
    assert cells(grid_of(scored, staff, cap="leader", so="leader"))["Một"]["a2"] == "20,00"


@pytest.mark.parametrize(
    ("asked", "rows", "columns"),
    [
        ({}, ["Viện Một", "Một", "Hai"], ["a1", "a2", "a3", "b1", "b2", "b3"]),
        ({"muc": "b"}, ["Viện Một", "Một", "Hai"], ["b1", "b2", "b3"]),
        ({"muc": "không có"}, ["Viện Một", "Một", "Hai"], ["a1", "a2", "a3", "b1", "b2", "b3"]),
        ({"chi": "khac"}, ["Một"], ["a2"]),
        ({"chi": "khac", "muc": "b"}, [], []),
        ({"chi": "thieu"}, ["Viện Một", "Hai"], ["a1", "a2", "a3", "b1", "b2", "b3"]),
    ],
)
def test_grid_is_filtered(scored, staff, asked, rows, columns):
    one, two = scored.unit("Một"), scored.unit("Hai")
    for unit in (one, two):
        scored.give(unit, "self")
    scored.give(one, a2="1", counts=False)
    scored.give(two, counts=False, a3=None)
    grid = grid_of(scored, staff, cap="check", **asked)

    assert [row.name for row in grid.rows] == rows
    assert [column.key for band in grid.bands for column in band.columns] == columns


def test_sections_that_a_tier_does_not_score_are_left_out(bloc_year, named, staff):
    scored = Scored(bloc_year, tiers={"a": ["self", "check"], "b": ["self"]})
    assert [tier for tier, _label in grid_of(scored, staff).tiers] == ["self", "check"]
    grid = grid_of(scored, staff, cap="check")
    assert [column.key for band in grid.bands for column in band.columns] == ["a1", "a2", "a3"]


def test_tier_is_the_one_that_is_worked_on(scored, staff):
    one = scored.unit("Một")
    assert grid_of(scored, staff).tier == "self"
    scored.give(one, "self")
    scored.give(one, "check", counts=False)
    assert grid_of(scored, staff).tier == "check"
    assert grid_of(scored, officer_of(one)).tier == "self"
    scored.give(one, "leader")
    assert grid_of(scored, staff).tier == "check"
    assert grid_of(scored, staff, cap="department").tier == "department"
    assert grid_of(scored, staff, cap="không có").tier == "check"


# Who reads what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tier", ["self", "check", "leader", "conference", "department"])
def test_unit_never_reads_what_is_not_released_to_it(client, scored, tier, address):
    one, two = scored.unit("Một"), scored.unit("Hai")
    for number, each in enumerate(["self", "check", "leader", "conference", "department"]):
        scored.give(one, each, counts=each == "self", a1=f"{number + 11}.25")
        scored.give(two, each, counts=True, a1=f"{number + 21}.75")
    client.force_login(officer_of(one))
    text = client.get(f"{address}?cap={tier}&so=department").content.decode()

    assert re.findall(r">(1\d,25)", text) == (["11,25"] if tier == "self" else [])
    assert not re.search(r"2\d,75", text)
    assert [row.name for row in grid_of(scored, officer_of(one), cap=tier).rows] == ["Một"]
    for cell in (f"{one.pk}-a1", f"{two.pk}-a1"):
        answer = client.get(f"{address}?cap={tier}&o={cell}")
        opened = answer.content.decode()
        assert not re.search(r"(1[2-5],25|2\d,75)", opened)
        alone = client.get(f"{address}?cap={tier}&o={cell}", headers={"HX-Request": "true"})
        assert alone.status_code == (404 if cell.startswith(f"{two.pk}-") else 200)


def test_unit_that_checks_across_reads_its_own_and_no_other_checkers_points(bloc_year, named, staff):
    scored = Scored(bloc_year, check_mode="blind", checkers=2)
    one, two, three = (scored.unit(name) for name in ("Một", "Hai", "Ba"))
    for checker, points in ((two, "31"), (three, "32")):
        make.CheckAssignmentFactory(bloc_year=bloc_year, unit=one, checker=checker)
        scored.give(one, "check", checker=checker, counts=False, a1=points)

    def read_by(user):
        return {name: row["a1"][:5] for name, row in cells(grid_of(scored, user, cap="check")).items()}

    assert read_by(officer_of(two)) == {"Một ← Hai": "31,00"}
    assert read_by(officer_of(one)) == {}
    assert read_by(staff) == {"Một ← Hai": "31,00", "Một ← Ba": "32,00"}


def test_grid_of_another_bloc_is_not_there(client, people, address):
    client.force_login(people["another bloc's secretary"])
    assert client.get(address).status_code == 404


def test_bloc_without_criteria_says_what_comes_first(client, bloc_year, staff):
    client.force_login(staff)
    address = page_address(bloc_year, "score-grid")
    assert "Khối chưa có bộ tiêu chí" in read(client, address).text
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("key", ["x", "1-", "-a1", "99999999-a1", "a-a1", "1.x-a1", "²-a1"])
def test_cell_that_is_not_there(client, scored, staff, key, address):
    client.force_login(staff)
    assert "cell-title" not in client.get(address, {"o": key}).content.decode()
    assert client.get(address, {"o": key}, headers={"HX-Request": "true"}).status_code == 404
    assert client.post(f"{address}?o={key}").status_code == 404


def test_open_unit_bears_the_names_of_its_columns_for_a_phone(client, scored, staff, address):
    scored.unit("Một")
    two = scored.unit("Hai")
    client.force_login(staff)
    html = client.get(address, {"o": str(two.pk)}).content.decode()
    row = html[html.index('<tr class="grid__open">') :]
    row = row[: row.index("</tr>")]
    assert "Hai" in row and 'data-label="A1 Xử lý văn bản đến đúng hạn"' in row
    assert html.count('class="grid__open"') == 1 and "Hai" in Page(client.get(address)).text


# Speed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [Post.Role.STAFF, Post.Role.OFFICER])
def test_queries_depend_on_neither_units_nor_criteria(client, who):
    counts = []
    for units, criteria in ((2, 6), (12, 18)):
        with transaction.atomic():
            bloc_year = make_scores(units, criteria)
            client.force_login(make.user_with(who, bloc_year.seats.first().unit))
            client.get("/")
            address = page_address(bloc_year, "score-grid")
            unit = bloc_year.seats.first().unit_id
            of_each = []
            for query in ("?cap=check&so=self", f"?cap=check&o={unit}-tieu-chi-1"):
                with CaptureQueriesContext(connection) as queries:
                    html = client.get(address + query).content.decode()
                assert html.count(f"o={unit}-tieu-chi-") >= criteria
                of_each.append(len(queries))
            counts.append(of_each)
            transaction.set_rollback(True)
    assert counts[0] == counts[1]
    assert max(counts[0]) < 45
