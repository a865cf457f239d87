"""A sheet returned for named criteria: only these are edited, only who asked reviews again."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.permissions import Refused
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.models import CorrectedScore, Correction
from campaigns.scores.sheets.actions.sheets import StaleScore
from campaigns.scores.sheets.counting import scores_of
from campaigns.scores.sheets.filling import own_filling_of
from tests.factories import FIGURES, SeatFactory, user_with
from tests.pages import read

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


@pytest.fixture
def page_of_unit(client):
    """The words of a page of a unit's scores, as somebody reads it."""

    def page_of_unit(user, sheet, name="score-unit"):
        client.force_login(user)
        place = [sheet.bloc_year.year.code, sheet.bloc_year.bloc.code, sheet.unit.code]
        return set(re.findall(r"[\w,]+", read(client, reverse(name, args=place)).text))

    return page_of_unit


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


def counted(sheet):
    """What a unit comes to in its bloc."""
    return scores_of([sheet.bloc_year])[sheet.bloc_year_id].totals(sheet.unit_id).total


def test_what_was_sent_stands_while_it_is_corrected(correction, criterion, officer, secretary):
    sheet = correction.sheet
    correct(sheet, criterion, officer)
    sheet.refresh_from_db()

    assert (sheet.total, counted(sheet)) == (Decimal("85.6"), Decimal("85.6"))
    assert sheet.scores.get(criterion__key="a1").points == Decimal("33.6")
    checked = actions.begin_sheet(bloc_year=sheet.bloc_year, unit=sheet.unit, tier="check", by=secretary)
    assert checked.scores.get(criterion__key="a1").points == Decimal("33.6")
    rows = actions.make_ranking(bloc_year=sheet.bloc_year, by=secretary).rows
    assert [each["total"] for each in rows if each["unit"] == sheet.unit_id] == ["85.60"]

    actions.send_sheet(sheet=sheet, by=officer)

    sheet.refresh_from_db()
    assert (sheet.total, counted(sheet)) == (88, 88)
    assert (sheet.scores.get(criterion__key="a1").points, sheet.corrected.count()) == (36, 0)
    assert [each.total for each in sheet.versions.order_by("number")] == [Decimal("85.6"), 88]


def test_only_the_unit_reads_what_it_corrects(correction, criterion, officer, secretary, staff, page_of_unit):
    sheet = correction.sheet
    correct(sheet, criterion, officer)
    other = user_with("officer", SeatFactory(bloc_year=sheet.bloc_year).unit)

    seen = {
        who: CorrectedScore.objects.visible_to(user).count()
        for who, user in (("officer", officer), ("secretary", secretary), ("other", other))
    }
    assert seen == {"officer": 1, "secretary": 0, "other": 0}
    for user in (secretary, staff):
        assert not {"88", "36"} & page_of_unit(user, sheet)
    assert {"88", "36"} <= page_of_unit(officer, sheet, "score-own")


def test_a_recalled_correction_leaves_what_was_returned(correction, criterion, officer):
    sheet = correction.sheet
    correct(sheet, criterion, officer)
    actions.send_sheet(sheet=sheet, by=officer)
    actions.recall_sheet(sheet=sheet, by=officer)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.total, counted(sheet)) == ("returned", Decimal("85.6"), Decimal("85.6"))
    assert own_filling_of(sheet).scores["a1"].points == 36
    actions.send_sheet(sheet=sheet, by=officer)
    sheet.refresh_from_db()
    assert (sheet.total, counted(sheet)) == (88, 88)


def test_a_correction_of_what_is_corrected_meanwhile_is_told(correction, criterion, officer):
    correct(correction.sheet, criterion, officer)

    with pytest.raises(StaleScore):
        actions.save_score(
            sheet=correction.sheet,
            criterion=criterion("a1"),
            figures=FIGURES["a1"],
            shown_version=1,
            by=officer,
        )


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
