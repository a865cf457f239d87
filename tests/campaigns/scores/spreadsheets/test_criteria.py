from decimal import Decimal

import pytest

from blocs.imports.preview import Preview
from blocs.models import Entry
from blocs.permissions import Refused
from campaigns.scores.criteria.actions import start_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.sets import content_of
from campaigns.scores.models import CriteriaSet
from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.score import score
from campaigns.scores.spreadsheets.criteria import CriteriaSheet
from tests.blocs.imports.books import book
from tests.campaigns.scores.spreadsheets.tables import apply, districts, kept, mend, states
from tests.factories import EmulationYearFactory

HEADER = ["STT", "Nội dung", "Điểm chuẩn", "Điểm thưởng", "Điểm trừ", "Tài liệu minh chứng"]
SMALL = [
    HEADER,
    ["I", "NHIỆM VỤ", 10, None, None, None],
    ["1", "Chấp hành kỷ luật", 6, None, None, "Quyết định"],
    ["1.1", "Mỗi trường hợp vi phạm: trừ 0,5 điểm, không quá 2 điểm", None, None, -0.5, None],
    ["2", "Sáng kiến", 4, None, None, None],
]


@pytest.fixture
def draft(staff):
    return start_set(year=EmulationYearFactory(), name="Bộ tiêu chí", by=staff)


@pytest.fixture
def sheet(draft):
    return CriteriaSheet(draft)


def test_the_real_table_becomes_a_draft_without_a_fault(staff, sheet, draft):
    spreadsheet = kept(sheet, districts(), staff)
    preview = Preview(spreadsheet, sheet)

    assert set(states(preview).values()) == {"added"}
    assert preview.hints == []

    apply(spreadsheet, sheet, staff)

    plan = plan_of(draft)
    assert faults_of(plan) == []
    assert (len(plan.criteria), [section.maximum for section in plan.sections]) == (31, [80, 2, 10, 3, 5])
    assert (plan.criteria["a7"].deduction_cap, plan.criteria["a7"].bonus_cap) == (Decimal("1.5"), None)
    assert (plan.criteria["d2"].deduction_cap, plan.criteria["d2"].bonus_cap) == (7, 7)
    assert content_of(draft).beside["a"].assessor == "Phòng Quản lý đất đai"
    taken = {"a-7-2": {"cases": "4"}, "a-7-1": {"answer": "yes"}, "a-7-6": {"cases": "1"}}
    assert score(plan.criteria["a7"], taken, digits=2).points == Decimal("2.70")


def test_a_table_read_again_changes_nothing(staff, draft):
    apply(kept(CriteriaSheet(draft), districts(), staff), CriteriaSheet(draft), staff)
    draft.refresh_from_db()
    again = Preview(kept(CriteriaSheet(draft), districts(), staff), CriteriaSheet(draft))
    differing = [line.label for line in again.lines if line.state not in ("same", "added")]

    assert (differing, again.missing) == ([], [])
    assert {line.form.cleaned_data["kind"] for line in again.lines if line.state == "added"} <= {"note"}


def test_what_differs_from_the_draft_is_shown_before_it_is_kept(staff, draft):
    apply(kept(CriteriaSheet(draft), book(SMALL), staff), CriteriaSheet(draft), staff)
    draft.refresh_from_db()
    other = [*SMALL[:2], ["1", "Chấp hành kỷ luật", 7, *SMALL[2][3:]], *SMALL[3:4], ["3", "Phối hợp", 3]]
    preview = Preview(kept(CriteriaSheet(draft), book(other), staff), CriteriaSheet(draft))

    assert states(preview) == {"r2": "same", "r3": "changed", "r4": "same", "r5": "added"}
    assert preview.lines[1].changes == (("Điểm chuẩn", "6", "7"),)
    assert preview.missing == ["2 Sáng kiến"]


def test_keys_stay_with_their_codes(staff, draft):
    apply(kept(CriteriaSheet(draft), book(SMALL), staff), CriteriaSheet(draft), staff)
    before = set(plan_of(draft).criteria)
    draft.refresh_from_db()
    other = [*SMALL[:2], ["2", "Sáng kiến, cải tiến", 4], ["1", "Chấp hành", 6]]
    apply(kept(CriteriaSheet(draft), book(other), staff), CriteriaSheet(draft), staff)

    assert list(plan_of(draft).criteria) == sorted(before, reverse=True)


def test_notes_and_evidence_stand_beside_their_criterion(staff, sheet, draft):
    apply(kept(sheet, book(SMALL), staff), sheet, staff)

    assert {key: said.note for key, said in content_of(draft).beside.items()} == {"1": "Quyết định"}


def test_sums_that_do_not_agree_are_said_with_their_row(staff, sheet):
    wrong = [*SMALL[:4], ["2", "Sáng kiến", 3]]
    preview = Preview(kept(sheet, book(wrong), staff), sheet)

    assert [hint for hint in preview.hints if hint.startswith("Dòng 2: ")] == [
        "Dòng 2: Các phần của mục cộng lại được 9 điểm, khác điểm của mục là 10."
    ]


CELLS = {
    "a word for a number": ("năm", "D3", "C3"),
    "two readings": ("1.125", "C3", "C3"),
    "a formula": ("=1+1", "C3", "C3"),
    "an error": ("#REF!", "C3", "C3"),
    "more than there can be": (12345678901, "C3", "C3"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_that_cannot_be_read_is_told_by_its_address_and_mended(staff, sheet, draft, name):
    typed, _place, address = CELLS[name]
    rows = [*SMALL[:2], ["1", "Chấp hành kỷ luật", typed], *SMALL[3:]]
    spreadsheet = kept(sheet, book(rows), staff)
    wrong = [line for line in Preview(spreadsheet, sheet).lines if line.state == "wrong"]

    assert [(where, bool(words)) for line in wrong for where, words in line.errors][0] == (address, True)
    with pytest.raises(Refused, match="phải sửa"):
        apply(spreadsheet, sheet, staff)

    mend(spreadsheet, sheet, r3={"points": "6", "kind": "criterion"}, r4={"kind": "case"})
    spreadsheet.refresh_from_db()
    apply(spreadsheet, sheet, staff)

    assert plan_of(draft).criteria["1"].maximum == 6


def test_a_row_is_left_out_by_choice_alone_and_stays_listed(staff, sheet, draft):
    spreadsheet = kept(sheet, book([*SMALL, ["3", "Khác", "chưa rõ", None, None, None]]), staff)
    mend(spreadsheet, sheet, r6={"park": "on"})
    spreadsheet.refresh_from_db()
    preview = Preview(spreadsheet, sheet)

    assert (spreadsheet.parked, states(preview)["r6"]) == (["r6"], "parked")
    apply(spreadsheet, sheet, staff)
    assert list(plan_of(draft).criteria) == ["1", "2"]
    assert Entry.objects.filter(act="import.apply").get().payload.data["after"]["parked"] == ["r6"]


def test_a_mend_taken_back_is_forgotten(staff, sheet):
    spreadsheet = kept(sheet, book(SMALL), staff)
    mend(spreadsheet, sheet, r3={"points": "7"})
    assert spreadsheet.mends == {"r3": {"points": "7"}}
    mend(spreadsheet, sheet, r3={"points": "6"})
    assert spreadsheet.mends == {}


def test_nothing_is_kept_of_a_file_whose_draft_changed_meanwhile(staff, sheet, draft):
    spreadsheet = kept(sheet, book(SMALL), staff)
    CriteriaSet.objects.filter(pk=draft.pk).update(version=7)

    with pytest.raises(Refused, match="Người khác vừa sửa"):
        apply(spreadsheet, sheet, staff)

    spreadsheet.refresh_from_db()
    assert (plan_of(draft).sections, spreadsheet.applied_at) == ((), None)
    assert not Entry.objects.filter(act__in=["criteria.write", "import.apply"]).exists()


def test_a_file_is_applied_once(staff, sheet):
    spreadsheet = kept(sheet, book(SMALL), staff)
    apply(spreadsheet, sheet, staff)

    with pytest.raises(Refused, match="đã được ghi"):
        apply(spreadsheet, sheet, staff)
