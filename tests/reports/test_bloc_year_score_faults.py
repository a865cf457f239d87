"""Every fault in the scores of a bloc-year file is told with its line, table and key; nothing is loaded."""

import re
from functools import partial

import pytest
from django.core.management import CommandError

from campaigns.models import BlocYear, Seat
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import CriteriaSet, ScoreSheet
from tests.factories import ScoreSheetFactory, UnitFactory
from tests.reports.bloc_year_files import (
    CRITERIA,
    NAMED_CRITERIA,
    PART,
    SCORES,
    kept_scores,
    load,
    write_scored,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return partial(write_scored, tmp_path)


SECOND = 'unit = "cuc-hai"\ntier = "self"\ncriterion = "b2"'
RESULT = '\n[[results]]\nunit = "cuc-mot"\ntotal = 84.2\n'
FAULTS = {
    "neither set": ('file = "bo-tieu-chi.toml"\n', "", "bảng [criteria]: ghi một trong hai: shipped"),
    "both sets": (
        'file = "bo-tieu-chi.toml"\n',
        'file = "bo-tieu-chi.toml"\nshipped = "mac-dinh-100-10"\n',
        "bảng [criteria]: ghi một trong hai: shipped",
    ),
    "no such file": (
        'file = "bo-tieu-chi.toml"',
        'file = "khong-co.toml"',
        "bảng [criteria], khoá file: không đọc được tệp khong-co.toml",
    ),
    "no criteria in the file": (
        'file = "bo-tieu-chi.toml"',
        'file = "khoi-2019.toml"',
        "bảng [criteria], khoá file: khoi-2019.toml, dòng 1: thiếu khoá name.",
    ),
    "no such shipped set": (
        'file = "bo-tieu-chi.toml"',
        'shipped = "tien-giang"',
        "khoá shipped: không có bộ tiêu chí “tien-giang” đi kèm phần mềm. "
        "Chọn một trong: mac-dinh-100-10, tien-giang-2022.",
    ),
    "no criteria at all": (NAMED_CRITERIA, "", "bảng [scores]: cần bảng [criteria]: bộ tiêu chí của năm đó."),
    "unknown criterion": (
        'criterion = "a1"\nfigures',
        'criterion = "a9"\nfigures',
        "bảng [scores], khoá criterion: bộ tiêu chí không có tiêu chí “a9”. "
        "Các mã có thể dùng: a1, a2, a3, b1, b2, b3.",
    ),
    "unit without a seat": (
        'unit = "cuc-hai"\ntier = "self"\ncriterion = "a1"',
        'unit = "bo"\ntier = "self"\ncriterion = "a1"',
        "bảng [scores], khoá unit: đơn vị bo không có trong Khối năm đó. Hãy sửa mã; thêm [[seats]].",
    ),
    "unknown unit": (
        SECOND,
        SECOND.replace("cuc-hai", "cuc-ba"),
        "bảng [scores], khoá unit: không có đơn vị nào mang mã “cuc-ba”.",
    ),
    "unknown tier": (
        SECOND,
        SECOND.replace("self", "team"),
        "khoá tier: không có “team”. Chọn một trong: self, check, leader, conference, department.",
    ),
    "points below the bounds": (
        "points = 12.5",
        "points = -1",
        "bảng [scores], khoá points: Tiêu chí này không dưới 0 điểm, đang ghi -1. Hãy kiểm tra lại.",
    ),
    "too many decimals": (
        "points = 12.5",
        "points = 12.555",
        "khoá points: Điểm chỉ có tối đa 2 chữ số thập phân, đang ghi 12,555.",
    ),
    "points in quotes": ("points = 12.5", 'points = "12,5"', "khoá points: phải là số, không có dấu nháy"),
    "figures and points": (
        "points = 12.5",
        "points = 12.5\nfigures = { cham = { points = 12 } }",
        "bảng [scores]: ghi một trong ba: figures",
    ),
    "nothing said": ("points = 12.5\n", "", "bảng [scores]: ghi một trong ba: figures"),
    "applies and is not said": (
        "not_applicable = true",
        "not_applicable = false",
        "bảng [scores]: ghi một trong ba: figures",
    ),
    "must apply": (
        "figures = {}",
        "not_applicable = true",
        "khoá not_applicable: Tiêu chí “B3” áp dụng cho mọi đơn vị, không thể ghi là không áp dụng.",
    ),
    "figure left out": (
        "achieved = 42, plan = 50",
        "achieved = 42",
        "khoá figures.ty-le.plan: Chưa có “",
    ),
    "figure below nought": (
        "achieved = 42",
        "achieved = -42",
        "khoá figures.ty-le.achieved: “",
    ),
    "no such grade": ('grade = "B"', 'grade = "E"', "khoá figures.loai.grade: “"),
    "unknown measure": (
        "ty-le = {",
        "tile = {",
        "khoá figures.tile: tiêu chí này không hỏi số liệu ở “tile”. Các cách tính có hỏi: ty-le.",
    ),
    "unknown figure": (
        "achieved = 42",
        "done = 42",
        "khoá figures.ty-le.done: không có số liệu “done”. Các số liệu được hỏi: achieved, plan.",
    ),
    "figures that are no table": (
        "figures = { ty-le = { achieved = 42, plan = 50 } }",
        "figures = 42",
        "khoá figures: phải là bảng",
    ),
    "measure that is no table": (
        "{ achieved = 42, plan = 50 }",
        "42",
        "khoá figures.ty-le: phải là một bảng: { tên số liệu = giá trị }.",
    ),
    "list for a figure": (
        "achieved = 42",
        "achieved = [42]",
        "khoá figures.ty-le.achieved: phải là một số, một ngày, một chữ, hoặc true, false.",
    ),
    "scored twice": (
        SECOND + "\nfigures = { co = { answer = true } }",
        SECOND.replace('"b2"', '"A1"') + "\npoints = 40",
        "bảng [scores]: điểm chấm này đã ghi ở dòng ",
    ),
    "total that the scores do not come to": (
        PART,
        PART + RESULT,
        "khoá total: tổng điểm ghi là 84,2, còn các tiêu chí ở [[scores]] cộng lại được 84,1.",
    ),
}


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_told_and_nothing_is_loaded(file, old, new, fault):
    with pytest.raises(CommandError) as error:
        load(file((old, new)))

    assert fault in str(error.value)
    assert not BlocYear.objects.exists()
    assert not CriteriaSet.objects.exists()


def test_fault_names_the_line_of_the_figure(file):
    path = file(("achieved = 42", "achieved = true"))
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "achieved = true" in text)

    with pytest.raises(CommandError, match=rf"dòng {line}: bảng \[scores\], khoá figures.ty-le.achieved: "):
        load(path)


def test_fault_of_the_year_is_told_alone(file):
    path = file()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('year = "2019"', 'year = "2018"'), encoding="utf-8")

    with pytest.raises(CommandError) as error:
        load(path)
    assert re.findall(r"dòng \d+: (.*): không có năm", str(error.value)) == ["bảng [bloc_year], khoá year"]
    assert "Sửa 1 lỗi" in str(error.value)


def test_unsound_criteria_are_told_with_what_is_wrong(file):
    with pytest.raises(CommandError) as error:
        load(file(criteria=CRITERIA.replace("maximum = 100\n", "maximum = 90\n")))

    assert (
        "bảng [criteria], khoá file: bo-tieu-chi.toml, cả bộ: Tổng điểm chuẩn của các mục là 100, "
        "khác tổng điểm của bộ tiêu chí là 90." in str(error.value)
    )


def test_ambiguous_code_is_told_with_the_keys_to_choose_from(file):
    scores = '[criteria]\nshipped = "mac-dinh-100-10"\n[[scores]]\nunit = "cuc-mot"\ntier = "self"\n'
    with pytest.raises(CommandError) as error:
        load(file(scores=scores + 'criterion = "5"\npoints = 3\n[[scores]]\nunit = "cuc-mot"\ntier = "self"\n'
                  'criterion = "4"\npoints = 3\n'))  # fmt: skip

    assert "có 4 tiêu chí mang số “4”. Ghi bằng mã: a4, b4, c4, f4." in str(error.value)
    assert "mang số “5”" not in str(error.value)


def test_tier_that_does_not_score_a_criterion_is_told(file):
    section = 'title = "Phong trào thi đua"\n'
    assert CRITERIA.count(section) == 1

    with pytest.raises(CommandError, match="tiêu chí b1 không do cấp “Kiểm tra” chấm theo bộ tiêu chí này"):
        load(file(criteria=CRITERIA.replace(section, f'{section}tiers = ["self", "leader"]\n')))


def test_not_applicable_is_refused_where_the_set_knows_no_such_thing(file):
    scores = """
[criteria]
shipped = "tien-giang-2022"

[[scores]]
unit = "cuc-mot"
tier = "self"
criterion = "a1"
not_applicable = true
"""
    with pytest.raises(
        CommandError, match="khoá not_applicable: bộ tiêu chí này không có tiêu chí “không áp"
    ):
        load(file(scores=scores))


def test_frozen_set_is_never_changed_by_a_file(file):
    load(file())
    before = kept_scores()
    criteria = CRITERIA.replace("Nhân rộng điển hình tiên tiến", "Nhân điển hình")

    with pytest.raises(CommandError) as error:
        load(file(criteria=criteria), update=True)
    assert (
        "bảng [criteria]: khác với bộ tiêu chí “Bộ tiêu chí năm 2019” mà Khối đang dùng ở B1 Nhân điển hình. "
        "Bộ đã ban hành không sửa bằng tệp" in str(error.value)
    )
    assert kept_scores() == before


def test_sheet_scored_in_the_system_is_not_changed_by_a_file(file):
    load(file())
    bloc_year = BlocYear.objects.get()
    unit = UnitFactory(code="cuc-ba")
    Seat.objects.create(bloc_year=bloc_year, unit=unit)
    ScoreSheetFactory(bloc_year=bloc_year, unit=unit, criteria_set=chosen_set(bloc_year))
    scores = '\n[[scores]]\nunit = "cuc-ba"\ntier = "self"\ncriterion = "a1"\npoints = 40\n'
    before = kept_scores()

    with pytest.raises(CommandError, match="được chấm, sửa trên hệ thống nên không sửa bằng tệp"):
        load(file(scores=SCORES + scores), update=True)
    assert kept_scores() == before


def test_sheet_opened_again_in_the_system_is_not_changed_by_a_file(file):
    load(file())
    ScoreSheet.objects.get(tier="check").move_to("draft")
    before = kept_scores()

    with pytest.raises(CommandError, match="Cục Một: Kiểm tra được chấm, sửa trên hệ thống"):
        load(file(("points = 12.5", "points = 13")), update=True)
    assert kept_scores() == before
