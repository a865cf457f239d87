"""How a ranking is made of what counts: who ranks, who does not and why, and why it may still change."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Seat
from campaigns.scores.rankings.making import make as made_of
from campaigns.scores.sheets.counting import snapshot
from tests import factories as make
from tests.campaigns.scores.rankings.conftest import Scored

pytestmark = pytest.mark.django_db


def rows_of(bloc_year, *names, settled=None):
    """{unit's name: its row, or what is asked of it}, in the order of the ranking."""
    rows = made_of(bloc_year, settled).rows
    return {row["name"]: tuple(row[name] for name in names) if names else row for row in rows}


@pytest.fixture(autouse=True)
def _leader_is_named(named):
    """The leader's unit, which is given no sheet, bears its name."""


def test_highest_total_is_first_and_says_by_whose_figures(scored):
    one, two = scored.unit("Một"), scored.unit("Hai")
    scored.give(one, "self", a1="40")
    scored.give(one, "check")
    scored.give(two, "self", b1="15")

    assert rows_of(scored.bloc_year, "rank", "total", "tiers") == {
        "Hai": (1, "99.00", ["self"]),
        "Một": (2, "95.00", ["check"]),
        "Viện Một": (None, None, []),
    }
    row = rows_of(scored.bloc_year)["Một"]
    assert (row["sections"], row["section_tiers"]) == (
        {"a": "76.00", "b": "19.00"},
        {"a": ["check"], "b": ["check"]},
    )
    assert (row["base"], row["bonus"], row["deduction"]) == ("92.00", "3.00", "0.00")


def test_missing_sheet_is_listed_and_is_no_zero(scored):
    whole, partly, nothing = scored.unit("Đủ"), scored.unit("Thiếu"), scored.unit("Chưa có")
    zero = dict.fromkeys(("a1", "a2", "a3", "b1", "b2", "b3"), "0")
    scored.give(whole, **zero)
    scored.give(partly, "self", a2=None, b1=None)
    scored.give(nothing, "self", counts=False)

    assert rows_of(scored.bloc_year, "status", "rank", "total", "out") == {
        "Đủ": ("ranked", 1, "0.00", ""),
        "Viện Một": ("missing", None, None, "chưa có phiếu chấm điểm"),
        "Thiếu": ("missing", None, None, "chưa chấm 2 tiêu chí: A2, B1"),
        "Chưa có": ("missing", None, None, "chưa có phiếu chấm điểm"),
    }


def test_disqualified_unit_is_shown_with_the_reason_and_never_ranks(scored):
    best, other = scored.unit("Nhất"), scored.unit("Nhì")
    scored.give(best, b1="15", fields={"a1": {"disqualifies": "Có người bị xử lý hình sự"}})
    scored.give(other, fields={"a1": {"excludes_from_flags": "Nộp báo cáo muộn"}})

    found = rows_of(scored.bloc_year, "status", "rank", "total", "out", "excluded")
    assert found["Nhất"] == ("disqualified", None, "99.00", "Có người bị xử lý hình sự", [])
    assert found["Nhì"] == ("ranked", 1, "95.00", "", ["Nộp báo cáo muộn"])


def test_ties_go_by_the_tie_breaks_then_share_a_rank(scored):
    ahead, one, two, last = (scored.unit(name) for name in ("Trước", "Một", "Hai", "Cuối"))
    scored.give(ahead, a1="39", b1="10")
    scored.give(one)
    scored.give(two)
    scored.give(last, a1="1")

    found = rows_of(scored.bloc_year, "rank", "total", "decided_by", "tied_with")
    assert found["Trước"] == (1, "95.00", "điểm mục A cao hơn", [])
    assert found["Một"] == (2, "95.00", "điểm mục A cao hơn", [two.pk])
    assert found["Hai"] == (2, "95.00", "điểm mục A cao hơn", [one.pk])
    assert found["Cuối"][:2] == (4, "58.00")
    assert made_of(scored.bloc_year).ties == [{"units": [one.pk, two.pk], "total": "95.00", "rank": 2}]


def test_decision_holds_for_the_tie_that_it_was_about_alone(scored):
    one, two, three = (scored.unit(name) for name in ("Một", "Hai", "Ba"))
    scored.give(one)
    sheet = scored.give(two)
    settled = {"ties": [{"units": [two.pk, one.pk], "total": "95.00", "reason": "Biểu quyết"}]}

    found = made_of(scored.bloc_year, settled)
    assert [(row["name"], row["rank"]) for row in found.rows][:2] == [("Hai", 1), ("Một", 2)]
    assert found.rows[0]["decided_by"] == "hội nghị thống nhất"
    assert found.settled["ties"] == settled["ties"]

    scored.give(three)  # now three units are tied, of which nobody decided
    found = made_of(scored.bloc_year, settled)
    assert [row["rank"] for row in found.rows][:3] == [1, 1, 1]
    assert found.settled["ties"] == []
    assert sheet.total == 95


@pytest.mark.parametrize(
    ("days", "stay"),
    [
        ([("04-01", None)], "từ ngày 01/04/2020"),
        ([(None, "06-30")], "đến hết ngày 30/06/2020"),
        ([("04-01", "06-30")], "từ ngày 01/04/2020 đến hết ngày 30/06/2020"),
        ([(None, "03-31"), ("10-01", None)], "đến hết ngày 31/03/2020; từ ngày 01/10/2020"),
        ([(None, "06-30"), ("07-01", None)], ""),
        ([("01-01", "12-31")], ""),
    ],
)
def test_unit_that_was_there_for_a_part_of_the_year_is_listed_with_its_days(scored, days, stay):
    def day(text):
        return text and date.fromisoformat(f"2020-{text}")

    unit = make.UnitStateFactory(official_name="Sở Mới").unit
    for first, last in days:
        make.SeatFactory(bloc_year=scored.bloc_year, unit=unit, first_day=day(first), last_day=day(last))
    scored.give(unit)

    row = rows_of(scored.bloc_year)["Sở Mới"]
    assert (row["stay"], row["status"]) == (stay, "part-year" if stay else "ranked")
    assert (row["rank"], row["total"]) == (None if stay else 1, "95.00")
    settled = {"part_year": {"units": [unit.pk], "reason": "Hội nghị thống nhất"}}
    assert rows_of(scored.bloc_year, "rank", settled=settled)["Sở Mới"] == (1,)


def test_units_rank_within_their_group_and_over_all(scored):
    for name, group, points in (
        ("Bắc Một", "Nhóm Bắc", "9"),
        ("Bắc Hai", "Nhóm Bắc", "7"),
        ("Nam Một", "Nhóm Nam", "8"),
        ("Riêng", "", "10"),
    ):
        scored.give(scored.unit(name, group=group), b1=points)
    scored.unit("Nam Chưa", group="Nhóm Nam")

    found = rows_of(scored.bloc_year, "rank", "group", "group_rank")
    found.pop("Viện Một")
    assert found == {
        "Riêng": (1, "", None),
        "Bắc Một": (2, "Nhóm Bắc", 1),
        "Nam Một": (3, "Nhóm Nam", 1),
        "Bắc Hai": (4, "Nhóm Bắc", 2),
        "Nam Chưa": (None, "Nhóm Nam", None),
    }


def test_ranking_says_why_it_is_provisional(scored):
    own, checked, opened = (scored.unit(name) for name in ("Tự chấm", "Đã kiểm tra", "Mở lại"))
    scored.give(own, "self")
    sheet = scored.give(checked)
    again = scored.give(opened)
    assert made_of(scored.bloc_year).reasons == ["điểm tự chấm chưa được kiểm tra, thẩm định: Tự chấm"]

    make.SheetVersionFactory(sheet=again, number=1, scores=snapshot(again.scores.all()))
    type(again).objects.filter(pk=again.pk).update(state="draft")
    make.ReopeningFactory(
        bloc_year=scored.bloc_year, units=[checked], last_day=timezone.localdate(), phase_kind="check"
    )
    make.CorrectionFactory(sheet=scored.give(scored.unit("Sửa"), "self", counts=False), due=date(2020, 1, 1))
    make.ExplanationFactory(sheet=sheet, criterion=scored.criteria["a1"])
    found = made_of(scored.bloc_year)
    assert found.reasons == [
        "điểm tự chấm chưa được kiểm tra, thẩm định: Tự chấm",
        "phiếu đang mở lại để sửa: Đã kiểm tra, Mở lại",
        "còn 01 yêu cầu chỉnh sửa chưa xong",
        "còn 01 đề nghị giải trình chưa trả lời",
    ]
    assert [row["total"] for row in found.rows if row["name"] == "Mở lại"] == ["95.00"]


def test_section_that_the_unit_alone_scores_makes_nothing_provisional(bloc_year):
    scored = Scored(bloc_year, tiers={"a": ["self"], "b": ["self"]})
    scored.give(scored.unit("Một"), "self")

    assert made_of(bloc_year).reasons == []


def test_bloc_without_criteria_ranks_nobody(bloc_year, leader):
    found = made_of(bloc_year)

    assert [(row["unit"], row["status"]) for row in found.rows] == [(leader.unit_id, "missing")]
    assert (found.ties, found.tie_words, found.reasons) == ([], "", [])


def test_many_units_take_as_many_queries_as_one(scored):
    counts = []
    for number in (1, 4):
        for _unit in range(number):
            scored.give(scored.unit(f"Đơn vị {Seat.objects.count()}"))
        bloc_year = type(scored.bloc_year).objects.get(pk=scored.bloc_year.pk)
        with CaptureQueriesContext(connection) as queries:
            made_of(bloc_year)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 20
