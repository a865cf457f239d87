"""The page of a unit's scores: all tiers side by side as far as one may see them, and what may be done."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.models import Entry
from blocs.permissions import Refused
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Explanation, Score, ScoreSheet, SheetVersion
from tests.campaigns.scores.sheets.conftest import rows_of
from tests.factories import (
    BlocYearFactory,
    CheckAssignmentFactory,
    ScoreSheetFactory,
    SeatFactory,
    UnitStateFactory,
    frozen_set,
    user_with,
)
from tests.pages import read

SECRET = "Zqlydokin"


@pytest.fixture
def address(bloc_year, member):
    def address(name, *more):
        return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, member.unit.code, *more])

    return address


@pytest.fixture
def page_of(client, address):
    def page_of(user):
        client.force_login(user)
        return read(client, address("score-unit"))

    return page_of


@pytest.fixture
def sent(filled, officer):
    return actions.send_sheet(sheet=filled, by=officer)


@pytest.fixture
def checked(sent, criterion, secretary):
    """A check that differs in one criterion and was released."""
    actions.open_sheet(sheet=sent, by=secretary)
    check = actions.begin_sheet(bloc_year=sent.bloc_year, unit=sent.unit, tier="check", by=secretary)
    actions.save_score(
        sheet=check,
        criterion=criterion("a1"),
        figures={"ty-le": {"achieved": "40", "plan": "50"}},
        grounds_code="no-evidence",
        grounds=SECRET,
        shown_version=0,
        by=secretary,
    )
    return check


def test_who_sees_the_page(client, address, filled, officer, secretary, staff, bloc_year):
    users = {
        "officer": officer,
        "secretary": secretary,
        "staff": staff,
        "another member": user_with("officer", SeatFactory(bloc_year=bloc_year).unit),
        "another bloc": user_with("secretary", SeatFactory(role="leader").unit),
    }
    found = {}
    for who, user in users.items():
        client.force_login(user)
        found[who] = client.get(address("score-unit")).status_code
    assert found == {
        "officer": 200,
        "secretary": 200,
        "staff": 200,
        "another member": 404,
        "another bloc": 404,
    }


def test_the_leaders_unit_reads_a_sheet_once_it_is_sent(page_of, filled, officer, secretary):
    assert "33,6" not in page_of(secretary).text
    actions.send_sheet(sheet=filled, by=officer)
    page = page_of(secretary)
    assert "42/50 văn bản = 84% → 33,6 điểm" in page.text
    assert "Tiếp nhận phiếu" in page.buttons


def test_a_tier_is_read_by_the_unit_once_it_is_released(page_of, checked, officer, secretary):
    assert SECRET in page_of(secretary).text
    assert SECRET not in page_of(officer).text
    actions.release_sheet(sheet=checked, by=secretary)
    page = page_of(officer)
    assert f"Thiếu minh chứng: {SECRET}" in page.text
    assert "Tổ kiểm tra" in page.text


def test_the_unit_reads_the_desk_never_the_person(page_of, checked, officer, secretary):
    secretary.person.full_name = "Zqnguyenvan"
    secretary.person.save()
    actions.release_sheet(sheet=checked, by=secretary)
    assert "Zqnguyenvan" not in page_of(officer).text


def test_who_opened_the_sheet_and_when_is_said(page_of, sent, officer, secretary, leader):
    UnitStateFactory(unit=leader.unit, official_name="Viện Một")
    actions.open_sheet(sheet=sent, by=secretary)
    assert "Viện Một tiếp nhận lúc" in page_of(officer).text


def test_a_sheet_goes_and_comes_back_by_its_buttons(client, address, filled, officer, secretary):
    def post(user, name, *more, **data):
        client.force_login(user)
        return client.post(address(name, *more), data)

    assert post(officer, "score-send").url == address("score-unit")
    assert post(officer, "score-recall").url == address("score-own")
    post(officer, "score-send")
    post(secretary, "score-open")
    assert post(officer, "score-recall").status_code == 403
    tomorrow = timezone.localdate() + timedelta(days=1)
    told = {"reason": "Chưa khớp", "due": f"{tomorrow:%d/%m/%Y}", "wrong-a1": "on", "note-a1": "Thiếu tệp"}
    assert post(secretary, "score-return", **told).url == address("score-unit")
    filled.refresh_from_db()
    assert filled.state == "returned"
    correction = filled.corrections.get()
    assert list(correction.points.values_list("criterion__key", "note")) == [("a1", "Thiếu tệp")]
    post(officer, "score-send")
    post(secretary, "score-open")
    assert post(secretary, "score-correction-close", correction.pk).url == address("score-unit")
    correction.refresh_from_db()
    assert correction.closed_at is not None


def test_a_refused_act_says_why_beside_its_button(page_of, sheet, officer):
    page = page_of(officer)
    assert "Gửi phiếu tự chấm" in page.text
    assert "còn tiêu chí chưa chấm" in page.text
    assert "Gửi phiếu tự chấm" not in page.buttons


def test_one_button_leads_on(client, address, sheet, officer, secretary):
    def primary(user):
        client.force_login(user)
        html = client.get(address("score-unit")).content.decode()
        return [each.strip() for each in re.findall("button--primary[^>]*>([^<]*)<", html)]

    def release(tier):
        above = actions.begin_sheet(bloc_year=sheet.bloc_year, unit=sheet.unit, tier=tier, by=secretary)
        above.refresh_from_db()
        actions.release_sheet(sheet=above, by=secretary)

    assert primary(officer) == ["Chấm tiếp"]
    actions.save_scores(sheet=sheet, rows=rows_of(sheet.criteria_set), by=officer)
    assert primary(officer) == ["Gửi phiếu tự chấm"]
    sheet.refresh_from_db()
    actions.send_sheet(sheet=sheet, by=officer)
    assert (primary(officer), primary(secretary)) == ([], ["Tiếp nhận phiếu"])
    actions.open_sheet(sheet=sheet, by=secretary)
    assert primary(secretary) == ["Kiểm tra"]
    release("check")
    assert primary(secretary) == ["Khối trưởng thẩm định"]
    release("leader")
    assert primary(secretary) == []


def test_units_that_check_one_another_come_before_the_leaders_unit(client, year):
    bloc_year = BlocYearFactory(year=year, criteria_set=frozen_set(year, check_mode="async"))
    secretary = user_with("secretary", SeatFactory(bloc_year=bloc_year, role="leader").unit)
    member, *checkers = (SeatFactory(bloc_year=bloc_year).unit for _each in range(3))
    told = {"bloc_year": bloc_year, "unit": member, "criteria_set": chosen_set(bloc_year)}
    now = timezone.now()
    ScoreSheetFactory(**told, state="opened", sent_at=now, opened_at=now)
    client.force_login(secretary)
    address = reverse("score-unit", args=[year.code, bloc_year.bloc.code, member.code])
    primary = []
    for checker in checkers:
        CheckAssignmentFactory(bloc_year=bloc_year, unit=member, checker=checker)
    for checker in checkers:
        primary.append("button--primary" in client.get(address).content.decode())
        ScoreSheetFactory(**told, tier="check", checker=checker, state="released", released_at=now, number=1)
    primary.append("button--primary" in client.get(address).content.decode())
    assert primary == [False, False, True]


def test_a_sheet_at_its_unit_leads_nobody_else_on(client, address, sent, secretary, criterion):
    actions.open_sheet(sheet=sent, by=secretary)
    actions.return_sheet(
        sheet=sent,
        points=[(criterion("a1"), "")],
        due=timezone.localdate(),
        reason="Chưa khớp",
        by=secretary,
    )
    client.force_login(secretary)
    assert "button--primary" not in client.get(address("score-unit")).content.decode()


def test_a_sheet_is_not_returned_once_a_tier_above_is_released(client, address, checked, secretary):
    def is_offered():
        client.force_login(secretary)
        return address("score-return") in read(client, address("score-unit")).addresses

    assert is_offered()
    actions.release_sheet(sheet=checked, by=secretary)
    assert not is_offered()


def test_the_difference_of_a_correction_is_shown(page_of, sent, officer, secretary, criterion):
    actions.open_sheet(sheet=sent, by=secretary)
    due = timezone.localdate()
    actions.return_sheet(
        sheet=sent, points=[(criterion("a1"), "")], due=due, reason="Chưa khớp", by=secretary
    )
    better = {"ty-le": {"achieved": "45", "plan": "50"}}
    actions.save_score(sheet=sent, criterion=criterion("a1"), figures=better, shown_version=1, by=officer)
    actions.send_sheet(sheet=sent, by=officer)
    text = page_of(secretary).text
    assert "33,6 điểm 36 điểm" in text


def test_what_was_sent_can_be_read_later(client, address, sent, officer, staff):
    version = SheetVersion.objects.get()
    client.force_login(officer)
    assert "42/50 văn bản = 84% → 33,6 điểm" in read(client, address("score-version", version.pk)).text
    client.force_login(user_with("officer", SeatFactory(bloc_year=sent.bloc_year).unit))
    assert client.get(address("score-version", version.pk)).status_code == 404


def test_a_question_is_asked_and_answered_in_the_desks_name(
    client, address, page_of, checked, officer, secretary
):
    released = actions.release_sheet(sheet=checked, by=secretary)
    client.force_login(officer)
    ask = address("score-ask", released.pk, "a1")
    assert ask in read(client, address("score-unit")).addresses
    assert client.post(ask, {"question": "Vì sao giảm?"}).status_code == 302
    explanation = Explanation.objects.get()
    client.force_login(secretary)
    answer = address("score-answer", explanation.pk)
    assert client.post(answer, {"answer": "Thiếu danh sách", "outcome": "keeps"}).status_code == 302
    page = page_of(officer)
    assert "Tổ kiểm tra: Thiếu danh sách" in page.text


def test_an_answer_may_open_the_sheet_again(client, address, checked, officer, secretary, criterion):
    released = actions.release_sheet(sheet=checked, by=secretary)
    explanation = actions.ask_explanation(
        sheet=released, criterion=criterion("a1"), question="Vì sao?", by=officer
    )
    client.force_login(secretary)
    day = timezone.localdate() + timedelta(days=2)
    told = {"answer": "Sẽ tính lại", "outcome": "changes", "last_day": f"{day:%d/%m/%Y}"}
    assert client.post(address("score-answer", explanation.pk), told).status_code == 302
    released.refresh_from_db()
    assert (released.state, released.bloc_year.reopenings.get().last_day) == ("draft", day)
    assert released.versions.count() == 1


def test_explanations_wait_for_their_window(checked, officer, secretary, criterion):
    released = actions.release_sheet(sheet=checked, by=secretary)
    Phase.objects.filter(kind="explanation").update(last_day=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="đã hết hạn"):
        actions.ask_explanation(sheet=released, criterion=criterion("a1"), question="Vì sao?", by=officer)
    assert not Explanation.objects.exists()


POINTS = {"a1": "30", "a2": "15", "a3": "18", "b1": "12", "b2": "5", "b3": "2"}


def of_paper(points, **more):
    day = timezone.localdate()
    return {"paper_day": f"{day:%d/%m/%Y}", **{f"points-{key}": each for key, each in points.items()}, **more}


def test_a_unit_may_score_wholly_on_paper(client, address, member, secretary, page_of, officer):
    client.force_login(secretary)
    paper = address("score-paper", "self")
    read(client, paper)
    response = client.post(paper, of_paper(POINTS, send="on"))
    assert (response.status_code, response.url) == (302, address("score-unit"))
    sheet = ScoreSheet.objects.get()
    assert (sheet.state, sheet.from_paper, f"{sheet.total:.1f}") == ("sent", True, "82.0")
    assert set(Score.objects.values_list("stated", flat=True)) == {True}
    assert Entry.objects.filter(paper__isnull=False).count() == 3
    assert "theo văn bản giấy" in page_of(officer).text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (of_paper({"a1": "41"}), "40"),
        ({"points-a1": "30"}, "Ngày ghi trên giấy"),
        (of_paper({"a1": "30"}, send="on"), "còn tiêu chí chưa chấm"),
    ],
)
def test_a_paper_sheet_that_cannot_be_kept(client, address, member, secretary, told, words):
    client.force_login(secretary)
    response = client.post(address("score-paper", "self"), told)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not ScoreSheet.objects.exists()


def test_a_tier_is_recorded_from_paper_with_its_reasons(client, address, sent, secretary):
    client.force_login(secretary)
    paper = address("score-paper", "leader")
    same = {"a1": "33,6", "a2": "15", "a3": "18", "b1": "12", "b2": "5", "b3": "2"}
    versions = {f"version-{key}": 0 for key in same}
    told = of_paper(same | {"a1": "30"}, **versions)
    assert client.post(paper, told).status_code == 200
    told |= {"code-a1": "no-evidence"}
    assert client.post(paper, told).status_code == 302
    sheet = ScoreSheet.objects.get(tier="leader")
    assert (sheet.is_complete, f"{sheet.total:.1f}") == (True, "82.0")


def test_a_draft_on_screen_is_not_shown_on_the_paper_page(client, address, filled, secretary, staff):
    client.force_login(secretary)
    assert client.get(address("score-paper", "self")).status_code == 404
    client.force_login(staff)
    assert client.get(address("score-paper", "self")).status_code == 200


def test_a_closed_window_is_told_beside_each_act(page_of, filled, officer):
    Phase.objects.filter(kind="scoring").update(last_day=timezone.localdate() - timedelta(days=1))
    page = page_of(officer)
    assert "“Tự chấm điểm” đã hết hạn" in page.text
    assert "Gửi phiếu tự chấm" not in page.buttons
