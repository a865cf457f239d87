from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from blocs.actions.imports import apply_spreadsheet
from blocs.imports.opening import open_book
from blocs.imports.preview import Preview, found_mapping
from blocs.models import Entry
from blocs.permissions import Refused
from campaigns.scores.actions import begin_sheet, save_score
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Score, ScoreSheet
from campaigns.scores.spreadsheets.handed import unit_table
from campaigns.scores.spreadsheets.units import UnitScoresSheet
from tests.blocs.imports.books import book, saved
from tests.campaigns.scores.spreadsheets.tables import apply, kept, mend, states
from tests.factories import FIGURES, UnitStateFactory
from tests.pages import read

OWN = [
    ["TRƯỜNG A", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["BẢNG TỰ CHẤM ĐIỂM NĂM"],
    ["STT", "Nội dung tiêu chí", "Điểm chuẩn", "Điểm đơn vị tự chấm", "Tài liệu minh chứng"],
    ["A", "Thực hiện nhiệm vụ chuyên môn", 80, 68.5, None],
    ["A1", "Xử lý văn bản đến đúng hạn", 40, "33,5", "Báo cáo số 12"],
    ["A.2", "Xếp loại cải cách hành chính", 20, 15, None],
    ["A3", "Chấp hành chế độ báo cáo", 20, 20, None],
    [None, "Nhân rộng điển hình tiên tiến", 15, None, None],
    [None, "Tổng cộng", 100, 68.5, None],
    [None, None, None, "Hà Nội, ngày 5 tháng 12 năm 2022"],
    [None, None, None, "THỦ TRƯỞNG ĐƠN VỊ"],
]


@pytest.fixture
def unit_sheet(bloc_year, member):
    """The sheet as each request makes it anew."""
    UnitStateFactory(unit=member.unit, official_name="Viện Hai")
    return lambda: UnitScoresSheet(bloc_year, member.unit)


def points(unit):
    scores = Score.objects.filter(sheet__unit=unit).select_related("criterion")
    return {each.criterion.key: (str(each.points.normalize()), each.stated, each.reason) for each in scores}


def test_a_units_own_table_is_recorded_from_paper(unit_sheet, officer, member, paper):
    spreadsheet = kept(unit_sheet(), book(OWN), officer)
    preview = Preview(spreadsheet, unit_sheet())

    assert states(preview) == {"r5": "added", "r6": "added", "r7": "added"}
    assert [(each.row, each.why) for each in preview.skipped if each.row in (4, 8)] == [
        (4, "điểm của mục hoặc của từng trường hợp; chỉ nhận điểm của tiêu chí"),
        (8, "không ghi điểm"),
    ]
    assert unit_sheet().needs_paper(preview.rows)

    apply(spreadsheet, unit_sheet(), officer, paper=paper)

    assert points(member.unit) == {
        "a1": ("33.5", True, "Báo cáo số 12"),
        "a2": ("15", True, ""),
        "a3": ("2E+1", True, ""),
    }


def test_points_alone_are_refused_without_a_paper_and_nothing_is_kept(unit_sheet, officer, member):
    spreadsheet = kept(unit_sheet(), book(OWN), officer)

    with pytest.raises(Refused, match="Chỉ ghi riêng điểm khi ghi nhận từ văn bản giấy"):
        apply(spreadsheet, unit_sheet(), officer)

    assert not ScoreSheet.objects.filter(unit=member.unit).exists()
    assert not Entry.objects.filter(act__in=["sheet.begin", "import.apply"]).exists()


WRONG = {
    "beyond its points": (["A1", "Xử lý văn bản đến đúng hạn", 40, 41, None], "D5", "không quá 40 điểm"),
    "too many decimals": (["A1", "Xử lý văn bản đến đúng hạn", 40, 33.333, None], "D5", "2 chữ số thập phân"),
    "no criterion": (["7", "Việc khác", 40, 5, None], "Tiêu chí", ""),
    "no number": (["A1", "Xử lý văn bản đến đúng hạn", 40, "tốt", None], "D5", ""),
    "a formula": (["A1", "Xử lý văn bản đến đúng hạn", 40, "=1+1", None], "D5", "ô chứa công thức"),
    "twice": (["A2", "Xếp loại cải cách hành chính", 20, 10, None], "Dòng 6", "Trùng với dòng 5"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_row_that_cannot_be_kept_says_where_and_why(unit_sheet, officer, member, paper, name):
    row, where, words = WRONG[name]
    spreadsheet = kept(unit_sheet(), book([*OWN[:4], row, *OWN[5:]]), officer)
    wrong = [line for line in Preview(spreadsheet, unit_sheet()).lines if line.state == "wrong"]

    ((found, said),) = [error for line in wrong for error in line.errors]
    assert (found, words in said) == (where, True)
    with pytest.raises(Refused, match="Còn 1 dòng phải sửa"):
        apply(spreadsheet, unit_sheet(), officer, paper=paper)
    assert points(member.unit) == {}


def test_a_row_of_no_known_criterion_is_given_one_in_the_preview(unit_sheet, officer, member, paper):
    unknown = ["7", "Công tác văn thư", 40, 5, None]
    spreadsheet = kept(unit_sheet(), book([*OWN[:4], unknown, *OWN[5:]]), officer)
    mend(spreadsheet, unit_sheet(), r5={"criterion": "a1"})
    spreadsheet.refresh_from_db()
    apply(spreadsheet, unit_sheet(), officer, paper=paper)

    assert points(member.unit)["a1"] == ("5", True, "")


def downloaded(sheet):
    return load_workbook(BytesIO(unit_table(sheet).content))


def rows_of(page):
    """{figure: its row} of a table that was handed out."""
    return {page[f"I{row}"].value: row for row in range(2, page.max_row + 1) if page[f"I{row}"].value}


def fill(made, figures, column="F"):
    """The table that was handed out, with these figures typed into it."""
    page = made.active
    for figure, row in rows_of(page).items():
        key, measure, question = figure.split("/")
        page[f"{column}{row}"] = figures.get(key, {}).get(measure, {}).get(question)
    return saved(made)


def test_the_table_that_is_handed_out_is_for_people(unit_sheet):
    page = downloaded(unit_sheet()).active
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=1)]
    graded = rows[rows_of(page)["a2/loai/grade"] - 1]

    assert (page.title, page.column_dimensions["I"].hidden, page["A2"].font.bold) == (
        "Tự chấm điểm",
        True,
        True,
    )
    assert rows[0][:2] == ["Số, ký hiệu", "Tiêu chí"]
    assert rows[1][:2] == ["A", "Nhiệm vụ chuyên môn"]
    assert (graded[0], graded[4]) == ("A2", "Tốt / Khá / Trung bình / Yếu")
    assert [(str(each.sqref), each.formula1) for each in page.data_validations.dataValidation][0] == (
        f"F{rows_of(page)['a2/loai/grade']}",
        '"Tốt,Khá,Trung bình,Yếu"',
    )


def test_the_table_is_read_by_its_words_where_its_codes_were_deleted(unit_sheet, officer, member):
    made = load_workbook(BytesIO(fill(downloaded(unit_sheet()), FIGURES)))
    made.active[f"H{rows_of(made.active)['b1/cham/points']}"] = "Theo hướng dẫn"
    made.active.delete_cols(9)
    apply(kept(unit_sheet(), saved(made), officer), unit_sheet(), officer)

    found = Score.objects.filter(sheet__unit=member.unit).select_related("criterion")
    assert {each.criterion.key: each.figures for each in found} == FIGURES


def test_a_row_without_code_and_known_words_is_told(unit_sheet, officer):
    made = load_workbook(BytesIO(fill(downloaded(unit_sheet()), FIGURES)))
    row = rows_of(made.active)["b2/co/answer"]
    made.active[f"I{row}"], made.active[f"D{row}"] = None, "Việc khác"
    preview = Preview(kept(unit_sheet(), saved(made), officer), unit_sheet())
    told = {line.row.number: line.errors for line in preview.lines if line.state == "wrong"}

    assert told[row] == [
        (
            f"F{row}",
            "Không rõ đây là số liệu nào. Hãy tải lại bảng mẫu và ghi vào đó, hoặc để lại dòng này.",
        )
    ]


def test_the_table_that_is_handed_out_reads_back_without_any_mapping(unit_sheet, officer, member):
    content = fill(downloaded(unit_sheet()), FIGURES)
    judged = load_workbook(BytesIO(content))
    for row in range(2, judged.active.max_row + 1):
        if (judged.active[f"I{row}"].value or "").startswith("b1/"):
            judged.active[f"H{row}"] = "Theo hướng dẫn"
    spreadsheet = kept(unit_sheet(), saved(judged), officer)

    assert not unit_sheet().needs_paper(Preview(spreadsheet, unit_sheet()).rows)
    apply(spreadsheet, unit_sheet(), officer)

    sheet = ScoreSheet.objects.get(unit=member.unit)
    assert {each.criterion.key: each.figures for each in sheet.scores.select_related("criterion")} == FIGURES
    assert (str(sheet.total), sheet.is_complete, sheet.from_paper) == ("85.6000", True, False)
    again = kept(unit_sheet(), saved(downloaded(unit_sheet())), officer)
    preview = Preview(again, unit_sheet())
    assert (set(states(preview).values()), preview.missing) == ({"same"}, [])


TYPED = {
    "yes": ("b2/co/answer", "có", {"co": {"answer": "yes"}}),
    "no": ("b2/co/answer", "Không", {"co": {"answer": "no"}}),
    "a grade by its code": ("a2/loai/grade", "c", {"loai": {"grade": "C"}}),
    "a grade by its words": ("a2/loai/grade", "trung bình", {"loai": {"grade": "C"}}),
    "not applicable": ("b2/co/answer", "Không áp dụng", {}),
}


@pytest.mark.parametrize("name", TYPED)
def test_figures_are_read_as_people_type_them(unit_sheet, officer, member, name):
    figure, typed, expected = TYPED[name]
    key, measure, question = figure.split("/")
    content = fill(downloaded(unit_sheet()), {key: {measure: {question: typed}}})
    apply(kept(unit_sheet(), content, officer), unit_sheet(), officer)

    score = Score.objects.get(sheet__unit=member.unit)
    assert (score.figures, score.not_applicable) == (expected, not expected)


def test_a_figure_that_cannot_be_is_told_at_its_cell(unit_sheet, officer):
    content = fill(downloaded(unit_sheet()), {"a1": {"ty-le": {"achieved": "bốn", "plan": 50}}})
    preview = Preview(kept(unit_sheet(), content, officer), unit_sheet())
    page = load_workbook(BytesIO(content)).active
    row = rows_of(page)["a1/ty-le/achieved"]

    assert [(line.row.number, line.errors[0][0]) for line in preview.lines if line.state == "wrong"][0] == (
        row,
        f"F{row}",
    )


def test_a_cross_is_no_yes(unit_sheet, officer):
    content = fill(downloaded(unit_sheet()), {"b2": {"co": {"answer": "x"}}})
    (line,) = Preview(kept(unit_sheet(), content, officer), unit_sheet()).lines

    assert [words for _where, words in line.errors] == ["Hãy ghi Có hoặc Không."]


def crossed(sheet, **values):
    """The table with a cross in the column of what does not apply, and these cells."""
    made = downloaded(sheet)
    row = rows_of(made.active)["b2/co/answer"]
    made.active[f"G{row}"] = "x"
    for column, value in values.items():
        made.active[f"{column}{row}"] = value
    return saved(made)


def test_what_does_not_apply_is_crossed_in_its_column(unit_sheet, officer, member):
    apply(kept(unit_sheet(), crossed(unit_sheet()), officer), unit_sheet(), officer)

    score = Score.objects.get(sheet__unit=member.unit)
    assert (score.criterion.key, score.figures, score.not_applicable) == ("b2", {}, True)
    page = downloaded(unit_sheet()).active
    assert page[f"G{rows_of(page)['b2/co/answer']}"].value == "x"


def test_a_cross_is_refused_where_the_criterion_always_applies(unit_sheet, officer):
    made = downloaded(unit_sheet())
    row = rows_of(made.active)["a2/loai/grade"]
    made.active[f"G{row}"] = "x"
    (line,) = Preview(kept(unit_sheet(), saved(made), officer), unit_sheet()).lines

    assert [words for _where, words in line.errors] == [
        "Tiêu chí “A2” áp dụng cho mọi đơn vị, không thể ghi là không áp dụng."
    ]


def test_a_row_that_begins_as_signatures_do_is_read(unit_sheet, officer):
    made = load_workbook(BytesIO(fill(downloaded(unit_sheet()), FIGURES)))
    first = rows_of(made.active)["a1/ty-le/achieved"]
    made.active[f"B{first}"] = "Ký giao ước thi đua"
    made.active[f"D{made.active.max_row + 2}"] = "THỦ TRƯỞNG ĐƠN VỊ"
    preview = Preview(kept(unit_sheet(), saved(made), officer), unit_sheet())

    assert len(preview.lines) == len(rows_of(made.active))


def test_a_figure_and_a_cross_are_asked_about(unit_sheet, officer):
    content = crossed(unit_sheet(), F="Có")
    (line,) = Preview(kept(unit_sheet(), content, officer), unit_sheet()).lines

    assert [words for _where, words in line.errors] == [
        "Đã ghi số liệu thì không ghi x ở cột “Không áp dụng”. Hãy giữ một trong hai."
    ]


def test_what_changed_meanwhile_is_not_overwritten(bloc_year, unit_sheet, officer, member, paper):
    sheet = begin_sheet(bloc_year=bloc_year, unit=member.unit, tier="self", by=officer)
    spreadsheet = kept(unit_sheet(), book(OWN), officer)
    shown = Preview(spreadsheet, unit_sheet()).mark
    criterion = chosen_set(bloc_year).criteria.get(key="a1")
    save_score(sheet=sheet, criterion=criterion, figures=FIGURES["a1"], shown_version=0, by=officer)

    with pytest.raises(Refused, match="Dữ liệu vừa thay đổi"):
        apply_spreadsheet(spreadsheet=spreadsheet, sheet=unit_sheet(), by=officer, shown=shown, paper=paper)

    assert points(member.unit) == {"a1": ("33.6", False, "")}


def test_titles_that_were_named_once_are_known_the_next_time(unit_sheet, officer, paper, member):
    rows = [["Việc", "Được"], ["Xử lý văn bản đến đúng hạn", 30]]
    grids = open_book(book(rows))
    assert found_mapping(grids, unit_sheet(), officer) is None

    spreadsheet = kept(unit_sheet(), book(rows), officer)
    mapping = {"sheet": "Bảng điểm", "header": 1, "columns": {"text": 1, "points": 2}, "layout": 0}
    spreadsheet.mapping = mapping | {"titles": {"text": "Việc", "points": "Được"}}
    spreadsheet.save()
    apply(spreadsheet, unit_sheet(), officer, paper=paper)

    assert found_mapping(grids, unit_sheet(), officer)["columns"] == {"text": 1, "points": 2}


def with_lines(sheet, member, officer):
    """A sheet with reasons of two lines and of one, as the page and a file keep them."""
    content = fill(downloaded(sheet()), FIGURES)
    made = load_workbook(BytesIO(content))
    for row in range(2, made.active.max_row + 1):
        if made.active[f"I{row}"].value:
            made.active[f"H{row}"] = "Theo hướng dẫn\n- mục 1\n- mục  2"
    apply(kept(sheet(), saved(made), officer), sheet(), officer)


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_an_untouched_table_that_comes_back_changes_nothing(client, unit_sheet, officer, member, breaks):
    with_lines(unit_sheet, member, officer)
    for score in Score.objects.filter(sheet__unit=member.unit):
        assert score.reason == "Theo hướng dẫn\n- mục 1\n- mục 2"
        Score.objects.filter(pk=score.pk).update(reason=score.reason.replace("\n", breaks))
    spreadsheet = kept(unit_sheet(), saved(downloaded(unit_sheet())), officer)
    client.force_login(officer)
    page = read(client, reverse("import", args=[spreadsheet.pk]))

    assert "Không có gì thay đổi: tệp giống hệt dữ liệu trong hệ thống." in page.text
    assert page.buttons == []
    with pytest.raises(Refused, match="Không có gì thay đổi"):
        apply(spreadsheet, unit_sheet(), officer)


def test_averages_are_read_as_their_cells_show_them(unit_sheet, officer):
    rows = [*OWN[:4], ["A1", "Xử lý văn bản đến đúng hạn", 40, 100 / 3, None], *OWN[5:]]
    content = book(rows, formats=[("D5", "0.00")])
    line = Preview(kept(unit_sheet(), content, officer), unit_sheet()).lines[0]

    assert (line.row.fields["points"], line.errors) == ("33,33", [])


def test_an_average_without_a_format_is_asked_to_be_rounded(unit_sheet, officer):
    rows = [*OWN[:4], ["A1", "Xử lý văn bản đến đúng hạn", 40, 100 / 3, None], *OWN[5:]]
    line = Preview(kept(unit_sheet(), book(rows), officer), unit_sheet()).lines[0]

    assert line.errors == [("D5", "Số có hơn 10 chữ số. Hãy làm tròn, ví dụ 33,33.")]
