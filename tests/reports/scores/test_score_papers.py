"""The papers of scores: what stands in them, in what order, for whom."""

from datetime import date, time
from decimal import Decimal

import pytest

from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.rankings.making import make as make_ranking
from campaigns.scores.scoring.plan import Criterion, Plan
from campaigns.scores.scoring.plan import Section as PlanSection
from reports.blocks import Bullets, Column, Figure, Missing, Table, documents_of
from reports.documents.base import Stage
from reports.documents.scores import INSPECTION, INSPECTION_COPIES, RANKING, SCORE_TABLE, SHEET
from reports.issuing import tree_of
from tests import factories as make
from tests.reports import meeting_world
from tests.reports.scores import world

pytestmark = pytest.mark.django_db
LOWER = {"a1": {"ty-le": {"achieved": "40", "plan": "50"}}}
WHY = "Hai văn bản trễ hạn"


def tree(kind, subject, *reader):
    return tree_of(kind, kind.gather(subject, *reader), "", Stage())


def tables(document):
    """The tables of a document's body, in order."""
    found = []

    def walk(blocks):
        for block in blocks:
            if isinstance(block, Table):
                found.append(block)
            walk(getattr(block, "blocks", ()))

    walk(document.body)
    return found


def shown(row):
    return [cell.text if isinstance(cell, Figure) else cell for cell in row]


def words(document):
    return str(document)


@pytest.fixture
def scored(bloc_year, leader, member):
    """The leader's unit and a member scored themselves; the member was checked, one figure lower."""
    world.set_of(bloc_year)
    world.sheet_of(bloc_year, leader.unit, figures={"a2": {"loai": {"grade": "A"}}})
    world.sheet_of(bloc_year, member.unit)
    world.sheet_of(bloc_year, member.unit, "check", figures=LOWER, reasons={"a1": WHY})
    return bloc_year


@pytest.fixture
def sitting(scored, leader, member):
    inspection = make.InspectionFactory(
        bloc_year=scored,
        unit=member.unit,
        team_name="Tổ kiểm tra số 1",
        day=date(2020, 11, 25),
        starts_at=time(8),
        ends_at=time(9, 30),
        place_name="trụ sở Viện Hai",
        conclusion="Hai bên thống nhất.\nĐơn vị bổ sung minh chứng.",
    )
    make.InspectionMemberFactory(
        inspection=inspection, unit=leader.unit, name="Đinh Hữu A", title="Viện trưởng"
    )
    make.InspectionMemberFactory(
        inspection=inspection, side="unit", unit=member.unit, name="Lê Thị B", title="Phó Viện trưởng"
    )
    return inspection


def ranked(bloc_year, state="draft", **fields):
    made = make_ranking(bloc_year)
    return make.RankingFactory(
        bloc_year=bloc_year,
        state=state,
        rows=made.rows,
        tie_words=made.tie_words,
        **({"released_at": world.AT} if state == "released" else {}),
        **fields,
    )


# The table


def test_table_has_units_by_sections_then_criteria_by_units(scored, people):
    ranked(scored, "released")
    by_sections, by_criteria = tables(tree(SCORE_TABLE, scored, people["secretary"]))

    assert [shown(row) for row in by_sections.rows] == [
        ["1", "Viện Một", "71,60", "19,00", "2,00", "2,00", "90,60", "1", None],
        ["2", "Viện Hai", "65,00", "19,00", "2,00", "2,00", "84,00", "2", None],
    ]
    assert by_criteria.columns[3:] == (
        Column("Viện Một", 15, "center"),
        Column("Viện Hai", 15, "center"),
    )
    assert [shown(row) for row in by_criteria.rows] == [
        ["A", "Nhiệm vụ chuyên môn", "80,00", "71,60", "65,00"],
        ["A1", "Xử lý văn bản đến đúng hạn", "40,00", "33,60", "32,00"],
        ["A2", "Xếp loại cải cách hành chính", "20,00", "20,00", "15,00"],
        ["A3", "Chấp hành chế độ báo cáo", "20,00", "18,00", "18,00"],
        ["B", "Phong trào thi đua", "20,00", "19,00", "19,00"],
        ["B1", "Nhân rộng điển hình tiên tiến", "15,00", "12,00", "12,00"],
        ["B2", "Có kế hoạch phong trào", "5,00", "5,00", "5,00"],
        ["B3", "Thành tích được khen", "0,00", "2,00", "2,00"],
    ]
    assert (by_criteria.groups, shown(by_criteria.total)) == (
        (0, 4),
        [None, "Tổng cộng", "100,00", "90,60", "84,00"],
    )


def test_unit_without_a_sheet_is_named_and_never_counted_as_nought(scored, people):
    make.SeatFactory(bloc_year=scored, unit=make.UnitStateFactory(official_name="Viện Vắng").unit)
    partial = make.SeatFactory(bloc_year=scored, unit=make.UnitStateFactory(official_name="Viện Dở").unit)
    world.sheet_of(scored, partial.unit, figures={"b1": None, "b2": None})
    found = tables(tree(SCORE_TABLE, scored, people["secretary"]))[0].rows
    rows = {row[1]: shown(row) for row in found}

    assert rows["Viện Dở"][-3:] == [None, None, "chưa chấm 2 tiêu chí: B1, B2"]
    assert rows["Viện Vắng"][2:] == [*[None] * 6, "chưa có phiếu chấm điểm"]


@pytest.mark.parametrize(("units", "size", "tables_of_criteria"), [(8, "A4", 1), (9, "A3", 1), (19, "A3", 2)])
def test_table_of_many_units_lies_on_a3_in_as_many_tables_as_stay_legible(
    scored, people, units, size, tables_of_criteria
):
    meeting_world.member_units(scored, units)
    document = tree(SCORE_TABLE, scored, people["secretary"])

    assert (document.landscape, document.size) == (True, size)
    _by_sections, *by_criteria = tables(document)
    assert len(by_criteria) == tables_of_criteria
    assert sum(len(each.columns) - 3 for each in by_criteria) == units + 2


@pytest.mark.parametrize(
    ("state", "fields", "note"),
    [
        (None, {}, "Số liệu tạm thời: chưa có bảng xếp hạng."),
        ("draft", {}, "Số liệu dự kiến: bảng xếp hạng chưa công bố."),
        (
            "released",
            {"is_provisional": True, "provisional_reason": "còn 01 đề nghị giải trình"},
            "Số liệu tạm thời: còn 01 đề nghị giải trình.",
        ),
    ],
)
def test_table_says_what_its_figures_are(scored, people, state, fields, note):
    if state:
        ranked(scored, state, **fields)
    assert tree(SCORE_TABLE, scored, people["secretary"]).body[0].words == note


def test_bloc_without_scores_says_so(bloc_year, people):
    document = tree(SCORE_TABLE, bloc_year, people["secretary"])

    assert [type(block) for block in document.body][-1] is Missing
    assert document.signatures == ()


# A unit's sheet


def test_sheet_has_the_tiers_side_by_side_with_workings_and_reasons(scored, sitting, member, people):
    document = tree(SHEET, member, people["member"])
    (table,) = tables(document)

    assert [column.title for column in table.columns] == [
        "Mục", "Tiêu chí", "Điểm chuẩn", "Tự chấm", "Kiểm tra", "Điểm được tính", "Cách tính, lý do",
    ]  # fmt: skip
    assert [shown(row)[2:6] for row in table.rows[:3]] == [
        ["80,00", "66,60", "65,00", "65,00"],
        ["40,00", "33,60", "32,00", "32,00"],
        ["20,00", "15,00", "15,00", "15,00"],
    ]
    assert table.rows[1][-1] == (
        f"Tự chấm: 42/50 văn bản = 84% → 33,6 điểm. Kiểm tra: 40/50 văn bản = 80% → 32 điểm; lý do: {WHY}."
    )
    assert table.rows[2][-1] == "Tự chấm: xếp loại B (Khá) → 15 điểm."
    assert shown(table.total)[2:6] == ["100,00", "85,60", "84,00", "84,00"]
    desks = [item.words for item in document.body[1].items]
    assert desks == [
        "Tự chấm: Viện Hai, gửi ngày 20/11/2020.",
        "Kiểm tra: Tổ kiểm tra số 1 (Viện Một), công bố ngày 20/11/2020.",
    ]


def test_sheet_names_no_person_behind_a_figure(scored, sitting, member, people):
    said = words(tree(SHEET, member, people["member"]).body)

    assert "Đinh Hữu A" not in said and "Lê Thị B" not in said


def test_sheet_leaves_out_what_is_not_released_and_of_other_units(scored, member, leader, people):
    world.sheet_of(scored, member.unit, "leader", "draft", figures={"b1": {"cham": {"points": "7.77"}}})
    world.sheet_of(scored, member.unit, "department", "draft", figures={"b1": {"cham": {"points": "6.66"}}})
    world.sheet_of(scored, leader.unit, "check", "draft", figures={"b1": {"cham": {"points": "5.55"}}})
    said = words(tree(SHEET, member, people["member"]).body)

    assert all(figure not in said for figure in ("7.77", "6.66", "5.55", "7,77", "6,66", "5,55"))
    others = tree(SHEET, leader, people["member"])
    assert tables(others) == []


def test_sheet_of_another_unit_is_read_once_the_ranking_is_released(scored, leader, people):
    assert tables(tree(SHEET, leader, people["member"])) == []
    ranked(scored, "released")
    (table,) = tables(tree(SHEET, leader, people["member"]))
    assert shown(table.total)[2:5] == ["100,00", "90,60", "90,60"]


def test_sheet_gives_questions_and_answers_by_the_desk(scored, member, people):
    checked = scored.score_sheets.get(tier="check")
    criterion = chosen_set(scored).criteria.get(key="a1")
    make.ExplanationFactory(sheet=checked, criterion=criterion, question="Vì sao?")
    make.ExplanationFactory(
        sheet=checked,
        criterion=criterion,
        question="Còn mục này?",
        answer="Hai văn bản trễ.",
        answered_at=world.AT,
        answered_by=make.PostFactory(),
        desk="Tổ kiểm tra",
    )
    section = tree(SHEET, member, people["member"]).body[-1]

    assert [block.words for block in section.blocks] == [
        "Mục A1: Vì sao? Chưa trả lời.",
        "Mục A1: Còn mục này? Trả lời (Tổ kiểm tra): Hai văn bản trễ.",
    ]


# The minutes of a sitting


def test_minutes_say_what_was_changed_and_why(sitting):
    document = tree(INSPECTION, sitting)
    opening, people_part, results, conclusion, ending = document.body

    assert opening.words == (
        "Hôm nay, từ 08 giờ 00 đến 09 giờ 30 ngày 25 tháng 11 năm 2020, tại trụ sở Viện Hai, "
        "Tổ kiểm tra số 1 của Khối Viện kiểm tra, thống nhất điểm thi đua năm 2020 với Viện Hai."
    )
    assert [block.items[0].words for block in people_part.blocks[1::2]] == [
        "Đinh Hữu A, Viện trưởng, Viện Một.",
        "Lê Thị B, Phó Viện trưởng.",
    ]
    counted, deviations, sums = results.blocks
    assert counted.words == (
        "Đã kiểm tra 06 tiêu chí: giữ nguyên điểm tự chấm 05 tiêu chí, điều chỉnh 01 tiêu chí."
    )
    assert [shown(row) for row in deviations.rows] == [
        ["1", "A1", "Xử lý văn bản đến đúng hạn", "33,60", "32,00", WHY]
    ]
    assert shown(sums.total) == [None, "Tổng cộng", "100,00", "85,60", "84,00"]
    assert [block.words for block in conclusion.blocks] == [
        "Hai bên thống nhất.",
        "Đơn vị bổ sung minh chứng.",
    ]
    assert "02 bản" in ending.words
    assert [each.name for each in document.signatures] == ["Lê Thị B", "Đinh Hữu A"]


def test_minutes_come_in_two_copies_that_differ_in_a_line(sitting):
    both = documents_of(tree(INSPECTION_COPIES, sitting))

    assert [each.edition for each in both] == ["Bản lưu tại đơn vị được kiểm tra", "Bản lưu tại Khối"]
    assert both[0].body == both[1].body


def test_minutes_come_after_the_sitting(scored, member):
    sitting = make.InspectionFactory(bloc_year=scored, unit=member.unit)
    refusal = INSPECTION.awaits(INSPECTION.gather(sitting))

    assert str(refusal) == "Chưa lập được: chưa ghi ngày kiểm tra."


# The ranking


def test_ranking_says_ties_in_words_and_who_is_not_ranked(scored, leader, member):
    tied = make.SeatFactory(bloc_year=scored, unit=make.UnitStateFactory(official_name="Viện Ba").unit)
    world.sheet_of(scored, tied.unit, figures=LOWER)
    make.SeatFactory(bloc_year=scored, unit=make.UnitStateFactory(official_name="Viện Vắng").unit)
    ranking = ranked(scored, "released", is_provisional=True, provisional_reason="còn phiếu mở lại")
    document = tree(RANKING, scored)
    standings, others = tables(document)

    first, *equals = [shown(row) for row in standings.rows]
    assert first == ["1", "Viện Một", "71,60", "19,00", "90,60", None]
    assert sorted(equals) == [
        ["2", "Viện Ba", "65,00", "19,00", "84,00", "cùng hạng với Viện Hai"],
        ["2", "Viện Hai", "65,00", "19,00", "84,00", "cùng hạng với Viện Ba"],
    ]
    assert [shown(row) for row in others.rows] == [["1", "Viện Vắng", None, "chưa có phiếu chấm điểm"]]
    assert document.edition == "Tạm thời"
    said = [block.words for block in document.body if hasattr(block, "words")]
    assert ranking.tie_words in said
    assert said[-1] == "Xếp hạng còn tạm thời vì: còn phiếu mở lại."


def test_ranking_lists_who_is_not_proposed_for_flags_and_leaves_an_empty_column_out(scored):
    ranking = ranked(scored)
    ranking.rows[1]["excluded"] = ["có đơn thư vượt cấp"]
    ranking.save()
    document = tree(RANKING, scored)

    assert [column.title for column in tables(document)[0].columns] == [
        "Xếp thứ", "Đơn vị", "Mục A", "Mục B", "Tổng điểm",
    ]  # fmt: skip
    (listed,) = [block for block in document.body if isinstance(block, Bullets)]
    assert [item.words for item in listed.items] == ["Viện Hai: có đơn thư vượt cấp."]


@pytest.mark.parametrize(
    ("section", "code", "name"), [("A", "A1", "A1"), ("B", "2", "B.2"), ("", "3", "3"), ("C", "", "C")]
)
def test_criterion_is_called_by_its_section_too(section, code, name):
    criterion = Criterion("k", code, "Việc", Decimal(1), ())
    assert Plan("Bộ", (PlanSection("s", section, "Mục", (criterion,)),)).codes == {"k": name}


def test_ranking_that_is_a_draft_is_only_expected(scored):
    ranked(scored)
    assert tree(RANKING, scored).edition == "Dự kiến"


def test_of_a_past_year_what_is_known_is_printed_and_nothing_worked_out(bloc_year, leader, member):
    make.KnownResultFactory(bloc_year=bloc_year, unit=member.unit, total=Decimal("97.5"))
    make.KnownResultFactory(bloc_year=bloc_year, unit=leader.unit, total=None, rank=1, note="Biên bản")
    make.SeatFactory(bloc_year=bloc_year, unit=make.UnitStateFactory().unit)
    document = tree(RANKING, bloc_year)
    (known,) = tables(document)

    assert [shown(row) for row in known.rows] == [
        ["1", "Viện Một", None, "1", "chỉ biết thứ hạng; Biên bản"],
        ["2", "Viện Hai", "97,50", None, "chỉ biết tổng điểm"],
    ]
    assert document.body[-1].words == "Còn 01 đơn vị chưa có dữ liệu điểm."


# The year-end report


def report(bloc_year, edition):
    from reports.documents import YEAR_END_SUMMARY  # noqa: PLC0415

    return tree_of(YEAR_END_SUMMARY, YEAR_END_SUMMARY.gather(bloc_year), edition, Stage())


def ranking_titles(document):
    return [part.title for part in document.body[1].blocks if part.key == "ranking"]


@pytest.mark.parametrize(
    ("state", "fields", "conference", "official"),
    [
        (None, {}, [], []),
        ("draft", {}, ["Kết quả chấm điểm, xếp hạng (dự kiến)"], []),
        ("released", {}, ["Kết quả chấm điểm, xếp hạng"], ["Kết quả chấm điểm, xếp hạng"]),
        (
            "released",
            {"is_provisional": True, "provisional_reason": "còn phiếu mở lại"},
            ["Kết quả chấm điểm, xếp hạng (tạm thời)"],
            ["Kết quả chấm điểm, xếp hạng (tạm thời)"],
        ),
    ],
)
def test_report_carries_ranking_and_tables_once_there_is_one(scored, state, fields, conference, official):
    if state:
        ranked(scored, state, **fields)
    for edition, titles in (("conference", conference), ("official", official)):
        document = report(scored, edition)
        assert ranking_titles(document) == titles
        annexes = [each.title for each in document.annexes if each.landscape]
        assert annexes == (["Bảng tổng hợp điểm theo mục", "Bảng điểm theo tiêu chí"] if titles else [])


def test_no_paper_of_the_bloc_tells_of_divergence(scored, sitting, member, people):
    ranked(scored, "released")
    papers = [
        tree(SCORE_TABLE, scored, people["staff"]),
        tree(SHEET, member, people["staff"]),
        tree(INSPECTION, sitting),
        tree(RANKING, scored),
        report(scored, "official"),
    ]
    assert not any("chênh lệch" in words(paper).casefold() for paper in papers)
