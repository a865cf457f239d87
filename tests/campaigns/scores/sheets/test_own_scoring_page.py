"""The page on which a unit scores itself: saved by form and by script, section by section."""

import re

import pytest
from django.urls import reverse

from campaigns.scores import actions
from campaigns.scores.models import Score
from tests.factories import FIGURES, SeatFactory, user_with
from tests.pages import read


@pytest.fixture
def address(bloc_year, member):
    def address(name, *more):
        return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, member.unit.code, *more])

    return address


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


def typed(key, figures, version=0, **more):
    told = {
        f"{key}-{measure}__{name}": text for measure, each in figures.items() for name, text in each.items()
    }
    return {"criterion": key, f"{key}-shown_version": version, f"{key}-grounds": "", **told, **more}


def test_a_unit_begins_from_its_page(as_officer, address):
    page = read(as_officer, address("score-own"))
    assert "Bắt đầu tự chấm điểm" in page.text
    response = as_officer.post(address("score-begin"))
    assert (response.status_code, response.url) == (302, address("score-own"))


def test_a_unit_that_sits_there_no_more_has_no_page(as_officer, address, sheet, member):
    member.delete()

    assert as_officer.get(address("score-own")).status_code == 404


def test_how_points_come_about_is_told_before_figures_are_filled_in(as_officer, address, sheet):
    page = read(as_officer, address("score-own"))

    assert "40 điểm × thực hiện / kế hoạch (văn bản)" in page.text


def test_points_and_their_working_are_shown_after_saving(as_officer, address, sheet):
    own = address("score-own")
    response = as_officer.post(own, typed("a1", FIGURES["a1"]))
    assert (response.status_code, response.url) == (302, f"{own}?muc=a#tieu-chi-a1")
    page = read(as_officer, own)
    assert "33,6 điểm" in page.text
    assert "42/50 văn bản = 84% → 33,6 điểm" in page.text
    assert re.search(r"Đã lưu lúc \d\d:\d\d", page.text)
    assert "1/6 tiêu chí" in page.text
    assert "Tiêu chí chưa chấm tiếp theo: A2" in page.links


def test_the_next_criterion_follows(as_officer, address, sheet):
    own = address("score-own")
    told = typed("a3", FIGURES["a3"], next="1")
    assert as_officer.post(own, told).url == f"{own}?muc=b#tieu-chi-b1"


def test_sections_are_shown_one_at_a_time(as_officer, address, sheet):
    first, second = (read(as_officer, f"{address('score-own')}?muc={key}") for key in "ab")
    assert [each for each in first.headings if each[:2] in ("A1", "A2", "A3", "B1")] == [
        "A1. Xử lý văn bản đến đúng hạn",
        "A2. Xếp loại cải cách hành chính",
        "A3. Chấp hành chế độ báo cáo",
    ]
    assert "Nhân rộng điển hình tiên tiến" in second.text
    assert "Xử lý văn bản đến đúng hạn" not in second.text


@pytest.mark.parametrize(
    ("key", "figures", "words"),
    [
        ("a1", {"ty-le": {"achieved": "42", "plan": ""}}, "Chưa có “Kế hoạch”"),
        ("a1", {"ty-le": {"achieved": "nhiều", "plan": "50"}}, "field__error"),
        ("b1", FIGURES["b1"], "hãy ghi lý do"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_it(as_officer, address, sheet, key, figures, words):
    response = as_officer.post(address("score-own"), typed(key, figures))
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Score.objects.exists()


def test_what_is_typed_is_saved_by_the_script(as_officer, address, sheet):
    json = {"headers": {"accept": "application/json"}}
    told = as_officer.post(address("score-own"), typed("a1", FIGURES["a1"]), **json).json()
    assert (told["version"], told["points"], told["progress"], told["total"]) == (
        1,
        "33,6 điểm",
        "1/6 tiêu chí",
        "33,6 điểm",
    )
    again = as_officer.post(address("score-own"), typed("a1", FIGURES["a1"], 1), **json)
    assert (again.status_code, again.json()["version"]) == (200, 1)
    half = as_officer.post(address("score-own"), typed("a2", {"loai": {"grade": ""}}), **json)
    assert half.status_code == 422
    assert half.json()["words"].startswith("Chưa lưu: Chưa có “Xếp loại”")


def test_both_texts_are_shown_where_somebody_saved_meanwhile(as_officer, address, sheet, criterion, officer):
    actions.save_score(
        sheet=sheet, criterion=criterion("a1"), figures=FIGURES["a1"], shown_version=0, by=officer
    )
    other = {"ty-le": {"achieved": "45", "plan": "50"}}
    html = as_officer.post(address("score-own"), typed("a1", other)).content.decode()
    assert "Bản đang lưu: 33,6 điểm (42/50 văn bản = 84% → 33,6 điểm)" in html
    assert 'value="45"' in html


def test_the_unit_alone_scores_itself(client, address, sheet, secretary, staff, bloc_year):
    others = [
        (secretary, 403),
        (staff, 403),
        (user_with("officer", SeatFactory(bloc_year=bloc_year).unit), 403),
        (user_with("officer", SeatFactory().unit), 404),
    ]
    found = []
    for user, _status in others:
        client.force_login(user)
        found.append(client.get(address("score-own")).status_code)
    assert found == [status for _user, status in others]


def test_a_sent_sheet_is_read_not_edited(as_officer, address, filled, officer):
    actions.send_sheet(sheet=filled, by=officer)
    assert as_officer.get(address("score-own")).url == address("score-unit")


def test_only_the_named_criteria_have_boxes(as_officer, address, filled, officer, secretary, criterion):
    sent = actions.send_sheet(sheet=filled, by=officer)
    actions.open_sheet(sheet=sent, by=secretary)
    actions.return_sheet(
        sheet=sent,
        points=[(criterion("a1"), "Thiếu danh sách")],
        due=sent.bloc_year.year.last_day,
        reason="Chưa khớp",
        by=secretary,
    )
    html = as_officer.get(f"{address('score-own')}?muc=a").content.decode()
    assert "Cần chỉnh sửa. Thiếu danh sách" in " ".join(html.split())
    assert 'name="a1-ty-le__achieved"' in html
    assert 'name="a2-loai__grade"' not in html
