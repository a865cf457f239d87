"""Scores of a past year in its file: by the criteria of that year, as far as the sources have them."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.management import CommandError
from django.urls import reverse
from django.utils import timezone

from blocs import notation
from blocs.models import Entry, Post
from campaigns.models import BlocYear
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.files import read, read_shipped
from campaigns.scores.criteria.sets import content_of
from campaigns.scores.models import CriteriaSet, Score, ScoreSheet
from campaigns.scores.rankings.making import make
from campaigns.scores.sheets.counting import scores_of
from reports.documents.base import Stage
from reports.documents.scores import SHEET
from reports.issuing import tree_of
from tests.factories import frozen_set, user_with
from tests.factories.year import choose
from tests.pages import read as read_page
from tests.reports.bloc_year_files import (
    CRITERIA,
    NAMED_CRITERIA,
    PART,
    SCORES,
    WHOLE,
    kept_scores,
    load,
    write_scored,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return partial(write_scored, tmp_path)


def told(sheet):
    return {
        each.criterion.key: (each.points, each.stated, each.not_applicable, each.reason)
        for each in sheet.scores.select_related("criterion")
    }


# Loading ----------------------------------------------------------------------------------------------------


def test_set_of_the_year_is_made_for_the_bloc_and_frozen(file):
    load(file())

    bloc_year, made = BlocYear.objects.get(), CriteriaSet.objects.get()
    assert chosen_set(bloc_year) == made
    assert (made.bloc, made.year, made.number) == (bloc_year.bloc, bloc_year.year, 1)
    assert made.is_frozen
    assert content_of(made) == read(CRITERIA.encode())


def test_shipped_set_is_made_as_it_comes_along(file):
    load(file(scores='[criteria]\nshipped = "tien-giang-2022"\n'))

    assert content_of(CriteriaSet.objects.get()) == read_shipped("tien-giang-2022")


def test_whole_sheet_is_released_with_points_worked_out_from_figures(file):
    load(file())

    sheet = ScoreSheet.objects.get(tier="check")
    assert told(sheet) == {
        "a1": (Decimal("33.6"), False, False, ""),
        "a2": (Decimal(15), False, False, ""),
        "a3": (Decimal(18), False, False, ""),
        "b1": (Decimal("12.5"), True, False, "Theo biên bản"),
        "b2": (None, False, True, ""),
        "b3": (Decimal(0), False, False, ""),
    }
    figures = {each.criterion.key: each.figures for each in sheet.scores.select_related("criterion")}
    assert figures == {
        "a1": {"ty-le": {"achieved": "42", "plan": "50"}},
        "a2": {"loai": {"grade": "B"}},
        "a3": {"tre": {"cases": "1"}},
        "b1": {},
        "b2": {},
        "b3": {},
    }
    assert sheet.scores.get(criterion__key="a1").working == "42/50 văn bản = 84% → 33,6 điểm"
    assert sheet.scores.get(criterion__key="a3").deduction == 2
    assert (sheet.unit.code, sheet.state, sheet.number, sheet.is_complete, sheet.from_paper) == (
        "cuc-mot",
        "released",
        1,
        True,
        True,
    )
    assert sheet.total == Decimal("84.1")  # 33.6 + 15 + 18 + 12.5, and 5 for what does not apply
    (version,) = sheet.versions.all()
    assert (version.total, {row["key"]: row["points"] for row in version.scores}) == (
        sheet.total,
        {"a1": "33.6000", "a2": "15.0000", "a3": "18.0000", "b1": "12.5000", "b2": None, "b3": "0.0000"},
    )


def test_sheet_known_in_part_is_received_and_stays_incomplete_without_a_total(file):
    load(file())

    sheet = ScoreSheet.objects.get(tier="self")
    assert told(sheet) == {"a1": (Decimal(0), True, False, ""), "b2": (Decimal(5), False, False, "")}
    assert (sheet.unit.code, sheet.state, sheet.number, sheet.is_complete, sheet.total) == (
        "cuc-hai",
        "opened",
        1,
        False,
        None,
    )
    assert sheet.opened_at is not None
    assert sheet.versions.get().total is None


def test_ranking_counts_what_is_whole_and_lists_what_is_not(file):
    load(file())

    rows = {
        row["code"]: (row["status"], row["rank"], row["total"]) for row in make(BlocYear.objects.get()).rows
    }
    assert rows["cuc-mot"] == ("ranked", 1, "84.10")
    assert rows["cuc-hai"][:2] == ("missing", None)


def test_day_in_the_file_is_weighed_in_the_year_of_the_file(file):
    scores = """
[criteria]
shipped = "tien-giang-2022"

[[scores]]
unit = "cuc-mot"
tier = "self"
criterion = "3.1"
figures = { 3-1-2 = { done_on = 2019-02-15 } }
"""
    load(file(scores=scores))

    assert told(ScoreSheet.objects.get()) == {"3-1": (Decimal("1.5"), False, False, "")}
    assert Score.objects.get().figures == {"3-1-2": {"done_on": "2019-02-15"}}


def test_load_is_one_journal_entry(file):
    load(file())

    added = Entry.objects.get().payload.data["after"]["added"]
    assert added.count("bộ tiêu chí “Bộ tiêu chí năm 2019”") == 1
    assert [each for each in added if each.startswith("phiếu")] == [
        "phiếu chấm điểm “Cục Một: Kiểm tra”",
        "phiếu chấm điểm “Cục Hai: Tự chấm”",
    ]
    assert "điểm chấm “Cục Một: Kiểm tra - A1”" in added


# Loading again ----------------------------------------------------------------------------------------------


def test_same_file_again_changes_nothing(file):
    load(file())
    before = kept_scores()

    assert load(file()) == "Khối các Cục năm 2019: không có gì thay đổi.\n"
    assert load(file(), update=True) == "Khối các Cục năm 2019: không có gì thay đổi.\n"
    assert kept_scores() == before


ANOTHER = '\n[[scores]]\nunit = "cuc-hai"\ntier = "self"\ncriterion = "a2"\npoints = 9\n'
DIFFERENCES = {
    "figures": (
        ("achieved = 42", "achieved = 43"),
        [
            "điểm chấm “Cục Một: Kiểm tra - A1”, số liệu: đã có ty-le: plan 50, achieved 42, "
            "trong tệp ty-le: achieved 43, plan 50",
            "điểm chấm “Cục Một: Kiểm tra - A1”, điểm: đã có 33,6, trong tệp 34,4",
        ],
        ("check", 2, Decimal("84.9")),
    ),
    "points": (
        ("points = 12.5", "points = 12"),
        ["điểm chấm “Cục Một: Kiểm tra - B1”, điểm: đã có 12,5, trong tệp 12"],
        ("check", 2, Decimal("83.6")),
    ),
    "points for figures": (
        ("figures.loai.grade = \"B\"", "points = 15"),
        [
            "điểm chấm “Cục Một: Kiểm tra - A2”, số liệu: đã có loai: grade B, trong tệp (trống)",
            "điểm chấm “Cục Một: Kiểm tra - A2”, chỉ biết điểm: đã có không, trong tệp có",
        ],
        ("check", 2, Decimal("84.1")),
    ),
    "reason": (
        ("Theo biên bản", "Theo thông báo"),
        [
            "điểm chấm “Cục Một: Kiểm tra - B1”, lý do, giải thích: "
            "đã có “Theo biên bản”, trong tệp “Theo thông báo”"
        ],
        ("check", 2, Decimal("84.1")),
    ),
    "criterion": (
        ("points = 0\n", f"points = 0\n{ANOTHER}"),
        ["thêm 1 điểm chấm"],
        ("self", 2, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("replacement", "lines", "then"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_difference_is_listed_and_written_only_with_update(file, replacement, lines, then):
    load(file())
    before = kept_scores()
    path = file(replacement)

    with pytest.raises(CommandError, match="chưa thay đổi gì. Thêm --update"):
        load(path)
    assert kept_scores() == before

    assert [line.strip() for line in load(path, update=True).splitlines()[1:]] == lines
    tier, number, total = then
    sheet = ScoreSheet.objects.get(tier=tier)
    assert (sheet.number, sheet.total, sheet.state) == (
        number,
        total,
        "released" if tier == "check" else "opened",
    )
    assert [each.reason for each in sheet.versions.all()] == ["", "Nạp lại từ tệp khoi-2019.toml"]
    assert ScoreSheet.objects.exclude(tier=tier).get().number == 1
    assert load(path) == "Khối các Cục năm 2019: không có gì thay đổi.\n"


def test_sheet_becomes_whole_once_the_rest_is_known(file):
    load(file())
    rest = "".join(
        f'\n[[scores]]\nunit = "cuc-hai"\ntier = "self"\ncriterion = "{key}"\npoints = {points}\n'
        for key, points in {"a2": 20, "a3": 20, "b1": 15, "b3": 5}.items()
    )

    load(file(scores=SCORES + rest), update=True)

    sheet = ScoreSheet.objects.get(tier="self")
    assert (sheet.is_complete, sheet.total) == (True, Decimal(65))


def test_year_known_before_takes_its_criteria_and_scores_with_update(file):
    load(file(scores=""))

    with pytest.raises(CommandError, match="Thêm --update"):
        load(file())
    assert "  thêm 1 bộ tiêu chí Khối dùng\n" in load(file(), update=True)
    assert chosen_set(BlocYear.objects.get()) == CriteriaSet.objects.get()
    assert ScoreSheet.objects.count() == 2


def test_scores_that_only_the_database_has_are_shown_and_kept(file):
    load(file())
    shown = load(file(scores=NAMED_CRITERIA + PART.rpartition("[[scores]]")[0]))

    assert [line.strip() for line in shown.splitlines()[1:]] == [
        "đã có mà tệp không nêu (giữ nguyên): phiếu chấm điểm “Cục Một: Kiểm tra”",
        "đã có mà tệp không nêu (giữ nguyên): điểm chấm “Cục Hai: Tự chấm - B2”",
    ]
    assert Score.objects.count() == 8


# Beside other things that are known -------------------------------------------------------------------------

RESULT = '\n[[results]]\nunit = "cuc-mot"\ntotal = 84.1\n'


def test_result_that_agrees_is_loaded_beside_the_scores(file):
    load(file(scores=SCORES + RESULT))

    bloc_year = BlocYear.objects.get()
    unit = bloc_year.known_results.get().unit
    assert scores_of([bloc_year])[bloc_year.pk].totals(unit.pk).total == bloc_year.known_results.get().total


@pytest.mark.parametrize(
    "scores", [NAMED_CRITERIA + PART, NAMED_CRITERIA + WHOLE.replace('"check"', '"self"')]
)
def test_result_is_not_held_against_part_of_the_criteria_nor_against_the_units_own_scoring(file, scores):
    unit = "cuc-hai" if scores.endswith(PART) else "cuc-mot"
    load(file(scores=scores + RESULT.replace("cuc-mot", unit).replace("84.1", "84.2")))

    assert BlocYear.objects.get().known_results.get().total == Decimal("84.2")


def test_set_that_the_bloc_shares_with_others_is_used_where_it_says_the_same(file):
    load(file(scores=""))
    bloc_year = BlocYear.objects.get()
    shared = frozen_set(bloc_year.year, name="Bộ tiêu chí năm 2019")
    choose(BlocYear.objects.get(), shared)

    load(file(), update=True)

    assert CriteriaSet.objects.get() == shared
    assert shared.frozen_on == date(2019, 1, 1)
    assert ScoreSheet.objects.filter(criteria_set=shared).count() == 2


# What is shown of it ----------------------------------------------------------------------------------------


def test_pages_show_what_is_whole_and_what_is_not(file, client):
    load(file())
    client.force_login(user_with(Post.Role.STAFF))
    bloc_year = BlocYear.objects.get()
    year_and_bloc = [bloc_year.year.code, bloc_year.bloc.code]

    overview = read_page(client, reverse("scores", args=year_and_bloc)).text
    unit = read_page(client, reverse("score-unit", args=[*year_and_bloc, "cuc-mot"])).text
    part = read_page(client, reverse("score-unit", args=[*year_and_bloc, "cuc-hai"])).text
    grid = read_page(client, reverse("score-grid", args=year_and_bloc)).text

    assert "Cục Một (Khối trưởng)" in overview and "Cục Hai" in overview
    assert overview.count("chưa đủ") == 1
    assert "84,1" in overview and "84,1" in unit and "84,1" in grid
    assert "42/50 văn bản = 84% → 33,6 điểm" in unit
    assert "theo văn bản giấy → 12,5 điểm" in unit
    assert "theo văn bản giấy → 0 điểm" in part


def test_printed_sheets_say_when_they_were_written_down_and_what_is_missing(file):
    load(file())
    today = notation.day(timezone.localdate())
    printed = {
        seat.unit.code: str(tree_of(SHEET, SHEET.gather(seat, None), "", Stage()).body)
        for seat in BlocYear.objects.get().seats.all()
    }

    assert f"Kiểm tra: Tổ kiểm tra, ghi nhận ngày {today} theo văn bản giấy." in printed["cuc-mot"]
    assert f"Tự chấm: Cục Hai, ghi nhận ngày {today} theo văn bản giấy." in printed["cuc-hai"]
    assert "Chưa chấm: A2, A3, B1, B3; tổng điểm mới tính phần đã chấm." in printed["cuc-hai"]
    assert "Chưa chấm" not in printed["cuc-mot"]


COMPARED = """
format = 1
name = "Bộ tiêu chí so sánh"
maximum = 10
bonus_cap = "none"
[[sections]]
key = "a"
title = "Thu ngân sách"
[[sections.criteria]]
key = "a1"
text = "Kết quả thu"
maximum = 10
[[sections.criteria.measures]]
key = "thu"
kind = "target-and-best"
"""


def test_units_of_a_file_are_compared_with_one_another(tmp_path):
    told = "".join(
        f"""
[[scores]]
unit = "{unit}"
tier = "check"
criterion = "a1"
figures = {{ thu = {{ achieved = {achieved}, plan = 10 }} }}
"""
        for unit, achieved in (("cuc-mot", 12), ("cuc-hai", 15))
    )

    path = write_scored(tmp_path, scores=NAMED_CRITERIA + told, criteria=COMPARED)
    load(path)

    assert [(str(each.points), each.working) for each in Score.objects.order_by("sheet__unit__code")] == [
        ("10.0000", "15/10, vượt 5, cao nhất → 10 điểm"),
        ("7.0000", "12/10, vượt 2, đơn vị cao nhất vượt 5: 5 + 2/5 × 5 → 7 điểm"),
    ]
    assert "không có gì thay đổi" in load(path)
