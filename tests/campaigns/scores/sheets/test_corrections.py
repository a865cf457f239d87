"""A sheet returned for named criteria: only these are edited, only who asked reviews again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from blocs.permissions import Refused
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.models import Correction
from tests.factories import FIGURES

BETTER = {"ty-le": {"achieved": "45", "plan": "50"}}


@pytest.fixture
def opened(filled, officer, secretary):
    sent = actions.send_sheet(sheet=filled, by=officer)
    return actions.open_sheet(sheet=sent, by=secretary)


@pytest.fixture
def correction(opened, criterion, secretary):
    return actions.return_sheet(
        sheet=opened,
        points=[(criterion("a1"), "Thiếu danh sách văn bản")],
        due=timezone.localdate() + timedelta(days=3),
        reason="Số liệu chưa khớp",
        by=secretary,
    )


def correct(sheet, criterion, officer):
    return actions.save_score(
        sheet=sheet, criterion=criterion("a1"), figures=BETTER, shown_version=1, by=officer
    )


def test_only_the_named_criteria_are_open(correction, criterion, officer):
    sheet = correction.sheet
    assert list(correction.points.values_list("criterion__key", "note")) == [
        ("a1", "Thiếu danh sách văn bản")
    ]
    assert correction.before["a1"]["points"] == "33.6000"
    with pytest.raises(Refused, match="Chỉ sửa được các tiêu chí"):
        actions.save_score(
            sheet=sheet,
            criterion=criterion("a2"),
            figures={"loai": {"grade": "A"}},
            shown_version=1,
            by=officer,
        )
    assert correct(sheet, criterion, officer).points == 36


def test_a_returned_sheet_is_open_until_it_is_due(correction, criterion, officer):
    today = timezone.localdate()
    Phase.objects.filter(kind="scoring").update(last_day=today - timedelta(days=5))
    correct(correction.sheet, criterion, officer)
    actions.send_sheet(sheet=correction.sheet, by=officer)
    actions.recall_sheet(sheet=correction.sheet, by=officer)
    Correction.objects.update(due=today - timedelta(days=1))
    with pytest.raises(Refused, match="đã hết hạn"):
        actions.send_sheet(sheet=correction.sheet, by=officer)


def test_only_who_asked_reviews_again(correction, criterion, officer, secretary, staff):
    sheet = correction.sheet
    correct(sheet, criterion, officer)
    actions.send_sheet(sheet=sheet, by=officer)
    correction.refresh_from_db()
    assert correction.answered_at is not None
    with pytest.raises(Refused, match="Nơi yêu cầu chỉnh sửa"):
        actions.open_sheet(sheet=sheet, by=staff)
    with pytest.raises(Refused, match="chưa được tiếp nhận lại"):
        actions.close_correction(correction=correction, by=secretary)
    actions.open_sheet(sheet=sheet, by=secretary)
    with pytest.raises(Refused, match="Nơi yêu cầu chỉnh sửa"):
        actions.close_correction(correction=correction, by=staff)
    actions.close_correction(correction=correction, by=secretary)
    correction.refresh_from_db()
    sheet.refresh_from_db()
    assert (correction.closed_at is None, sheet.state, sheet.total) == (False, "opened", Decimal("88"))
    with pytest.raises(Refused, match="đã xem lại xong"):
        actions.close_correction(correction=correction, by=secretary)


def test_what_is_still_wrong_is_asked_for_anew(correction, criterion, officer, secretary):
    sheet = correction.sheet
    correct(sheet, criterion, officer)
    actions.send_sheet(sheet=sheet, by=officer)
    actions.open_sheet(sheet=sheet, by=secretary)
    again = actions.return_sheet(
        sheet=sheet,
        points=[(criterion("a2"), "")],
        due=timezone.localdate(),
        reason="Xếp loại chưa đúng",
        by=secretary,
    )
    correction.refresh_from_db()
    assert (correction.closed_at is None, again.closed_at is None, list(again.before)) == (
        False,
        True,
        ["a2"],
    )
    with pytest.raises(Refused, match="Chỉ sửa được các tiêu chí"):
        actions.save_score(
            sheet=sheet, criterion=criterion("a1"), figures=FIGURES["a1"], shown_version=2, by=officer
        )


def test_a_correction_is_recalled_to_the_same_criteria(correction, officer):
    actions.send_sheet(sheet=correction.sheet, by=officer)
    sheet = actions.recall_sheet(sheet=correction.sheet, by=officer)
    correction.refresh_from_db()
    assert (sheet.state, correction.answered_at) == ("returned", None)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"points": []}, "ít nhất một tiêu chí"),
        ({"reason": " "}, "lý do trả lại"),
        ({"due": timezone.localdate() - timedelta(days=1)}, "không được trước hôm nay"),
    ],
)
def test_a_return_says_what_why_and_until_when(opened, criterion, secretary, told, words):
    whole = {
        "points": [(criterion("a1"), "")],
        "due": timezone.localdate(),
        "reason": "Số liệu chưa khớp",
    }
    with pytest.raises(Refused, match=words):
        actions.return_sheet(sheet=opened, by=secretary, **(whole | told))
    assert not Correction.objects.exists()
