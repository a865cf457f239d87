"""Scores of a past year in its file: totals, ranks, points of sections, as far as they are known."""

from decimal import Decimal

import pytest
from django.core.management import CommandError

from campaigns.models import BlocYear
from campaigns.scores.models import KnownResult
from reports.documents import YEAR_END_SUMMARY
from reports.documents.base import Stage
from reports.issuing import tree_of
from tests.reports.bloc_year_files import SMALL, load

RESULTS = """
[[results]]
unit = "cuc-mot"
total = 97.5
rank = 1
note = "Biên bản ghi cả điểm thưởng"

[[results.sections]]
code = "A"
points = 58.25

[[results.sections]]
code = "B"
points = 39

[[results]]
unit = "cuc-hai"
total = 95
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path):
    def write(results=RESULTS):
        path = tmp_path / "khoi-2019.toml"
        path.write_text(SMALL + results, encoding="utf-8")
        return path

    return write


def known():
    return {
        each.unit.code: (each.total, each.rank, each.sections, each.note)
        for each in KnownResult.objects.select_related("unit")
    }


def test_results_are_kept_exactly_and_no_further(write):
    load(write())

    assert known() == {
        "cuc-mot": (Decimal("97.5"), 1, {"A": "58.25", "B": "39"}, "Biên bản ghi cả điểm thưởng"),
        "cuc-hai": (Decimal(95), None, {}, ""),
    }


def test_what_is_there_already_is_not_loaded_again(write):
    load(write())
    assert "không có gì thay đổi" in load(write())


def test_difference_is_shown_and_changed_only_when_asked(write):
    load(write())
    path = write(RESULTS.replace("97.5", "97.25").replace("58.25", "58"))
    with pytest.raises(CommandError):
        load(path)
    assert known()["cuc-mot"][0] == Decimal("97.5")
    printed = load(path, update=True)
    assert "97,5" in printed and "97,25" in printed and "A: 58.25; B: 39" in printed
    assert known()["cuc-mot"][0] == Decimal("97.25")
    assert known()["cuc-mot"][2] == {"A": "58", "B": "39"}


def test_result_that_the_file_does_not_speak_of_is_shown_and_kept(write):
    load(write())
    load(write(RESULTS[: RESULTS.rindex("[[results]]")]))
    assert set(known()) == {"cuc-mot", "cuc-hai"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "total = 97.5",
            'total = "97,5"',
            "khoá total: phải là số, không có dấu nháy: 97.5, không phải chữ.",
        ),
        ("total = 97.5", "total = true", "khoá total: phải là số, không có dấu nháy: 97.5"),
        ("total = 97.5", "total = inf", "khoá total: phải là một số hữu hạn."),
        ("total = 97.5", "total = 97.123456", "khoá total: "),
        ("rank = 1", "rank = 1.5", "khoá rank: phải là số nguyên, không có dấu nháy, không phải số lẻ."),
        ('unit = "cuc-hai"', 'unit = "cuc-ba"', "không có đơn vị nào mang mã “cuc-ba”."),
        ('unit = "cuc-hai"', 'unit = "cuc-mot"', "kết quả đã biết này đã ghi ở dòng"),
        ("total = 95\n", "", "chưa nói gì về điểm: ghi total, rank hoặc [[results.sections]]."),
        ('code = "B"', 'code = "A"', "mục A đã ghi ở trên. Hãy bỏ bớt một."),
        ("points = 39\n", "", "thiếu khoá points. Hãy thêm vào."),
    ],
)
def test_faults_are_told_and_nothing_is_loaded(write, capsys, old, new, fault):
    assert RESULTS.count(old) == 1
    with pytest.raises(CommandError) as error:
        load(write(RESULTS.replace(old, new)))
    assert fault in str(error.value) + capsys.readouterr().err
    assert not BlocYear.objects.exists()


def test_report_says_what_is_only_partly_known(write):
    load(write())
    bloc_year = BlocYear.objects.get()
    document = tree_of(YEAR_END_SUMMARY, YEAR_END_SUMMARY.gather(bloc_year), "official", Stage())
    (section,) = [part for part in document.body[1].blocks if part.key == "ranking"]
    rows = [[getattr(cell, "text", cell) for cell in row] for row in section.blocks[0].rows]

    assert rows == [
        ["1", "Cục Một", "97,50", "1", "mục A: 58,25; mục B: 39,00; Biên bản ghi cả điểm thưởng"],
        ["2", "Cục Hai", "95,00", None, "chỉ biết tổng điểm"],
    ]
    assert not any(annex.landscape for annex in document.annexes)
