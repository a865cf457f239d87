"""The open cell: what stands beside it, saved one at a time, and nobody overwrites what they never saw."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from campaigns.scores.models import Score, ScoreSheet
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.forms import Fields, send
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

ALONE = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def unit(scored):
    return scored.unit("Một")


@pytest.fixture
def officer(client, unit):
    """The officer of the unit, signed in."""
    user = make.user_with("officer", unit)
    client.force_login(user)
    return user


@pytest.fixture
def cell(scored, unit):
    """The address of a cell of the unit's own scoring."""
    return lambda key, tier="self": (
        f"{page_address(scored.bloc_year, 'score-grid')}?cap={tier}&o={unit.pk}-{key}"
    )


def ratio(achieved, plan="50"):
    return {"ty-le__achieved": achieved, "ty-le__plan": plan}


def test_sheet_is_begun_and_one_cell_saved_at_a_time(client, officer, unit, cell):
    page = read(client, cell("a1"))
    assert "Bắt đầu chấm đơn vị này" in page.buttons and "Đơn vị chưa nộp minh chứng" in page.text
    assert client.post(cell("a1")).status_code == 302
    sheet = ScoreSheet.objects.get()
    assert (sheet.unit, sheet.tier, sheet.scores.count()) == (unit, "self", 0)

    assert send(client, cell("a1"), ratio("42")).url == cell("a1")
    assert [(each.criterion.key, each.points) for each in Score.objects.all()] == [("a1", Decimal("33.6"))]
    page = read(client, cell("a1"))
    assert "Đã lưu lúc" in page.text and "42/50 văn bản = 84% → 33,6 điểm" in page.text

    assert send(client, cell("a1"), ratio("45")).status_code == 302
    assert Score.objects.get().points == Decimal(36)


def test_zero_is_a_score(client, officer, cell):
    client.post(cell("a1"))
    assert send(client, cell("a1"), ratio("0")).status_code == 302
    assert (Score.objects.get().points, ScoreSheet.objects.get().total) == (0, 0)
    assert "0,00" in read(client, cell("a1")).text


def test_cell_alone_is_answered_for_the_page_that_is_open(client, officer, unit, cell):
    client.post(cell("a1"))
    fields = Fields(client.get(cell("a1"))).sent | ratio("42")
    answer = client.post(cell("a1"), fields, **ALONE)
    html = answer.content.decode()
    assert "<html" not in html and "data-saved" in html
    assert f'<template data-written="{unit.pk}-a1">33,60' in html
    assert f'<template data-total="{unit.pk}">33,60</template>' in html


def test_nobody_overwrites_what_they_never_saw(client, officer, cell):
    client.post(cell("a1"))
    shown = Fields(client.get(cell("a1"))).sent
    send(client, cell("a1"), ratio("42"))

    for options in ({}, ALONE):
        answer = client.post(cell("a1"), shown | ratio("30"), **options)
        text = Page(answer).text
        assert "vừa được người khác lưu. Chưa ghi đè" in text
        assert "Bản đã lưu 33,60 (42, 50)" in text
        assert "Bản của anh/chị 24,00 (30, 50)" in text
        assert 'value="30"' in answer.content.decode()
    assert Score.objects.get().points == Decimal("33.6")


def test_faults_of_figures_stand_beside_their_boxes(client, officer, cell):
    client.post(cell("a1"))
    answer = send(client, cell("a1"), ratio("nhiều"))
    assert answer.status_code == 200 and "field__error" in answer.content.decode()
    answer = send(client, cell("b1"), {"cham__points": "12"})
    assert "hãy ghi lý do" in Page(answer).text
    assert send(client, cell("b1"), {"cham__points": "12", "grounds": "Có mô hình"}).status_code == 302
    assert not Score.objects.filter(criterion__key="a1").exists()


def test_criterion_that_does_not_apply(client, officer, cell):
    client.post(cell("a1"))
    assert send(client, cell("b2"), {"not_applicable": "on"}).status_code == 302
    assert Score.objects.get().not_applicable
    assert "không áp dụng" in read(client, cell("b2")).text
    assert "not_applicable" not in Fields(client.get(cell("a1"))).sent


def test_check_begins_with_the_units_points_and_owes_a_reason_where_it_differs(
    client, scored, unit, secretary, cell
):
    own = scored.give(unit, "self", fields={"a1": {"figures": {"ty-le": {"achieved": "38", "plan": "40"}}}})
    make.EvidenceFactory(sheet=own, criterion=scored.criteria["a1"], file_name="minh-chung.pdf")
    client.force_login(secretary)
    assert "minh-chung.pdf" in read(client, cell("a1", "check")).text
    client.post(cell("a1", "check"))
    assert ScoreSheet.objects.get(tier="check").total == own.total

    told = ratio("30", "40")
    assert "hãy chọn hoặc ghi lý do" in Page(send(client, cell("a1", "check"), told)).text
    assert send(client, cell("a1", "check"), told | {"grounds_code": "no-evidence"}).status_code == 302
    page = read(client, cell("a1", "check"))
    assert "Một 38,00" in page.text and "Tổ kiểm tra 30,00" in page.text
    assert "Lý do: Thiếu minh chứng" in page.text
    assert own.scores.get(criterion__key="a1").points == 38


@pytest.mark.parametrize(
    ("tier", "who", "words"),
    [
        ("self", "secretary", "do cán bộ thi đua, khen thưởng của chính đơn vị lập"),
        ("leader", "member's officer", None),
        ("department", "secretary", "do cán bộ thi đua, khen thưởng của bộ"),
    ],
)
def test_nobody_fills_in_another_desks_tier(client, scored, unit, people, cell, tier, who, words):
    sheet = scored.give(unit, tier, counts=tier == "self")
    client.force_login(people[who])
    if words is None:
        assert "cell-title" not in client.get(cell("a1", tier)).content.decode()
        assert client.post(cell("a1", tier), ratio("1")).status_code == 404
    else:
        assert words in read(client, cell("a1", tier)).text
        assert client.post(cell("a1", tier), ratio("1") | {"shown_version": "1"}).status_code == 403
    assert sheet.scores.get(criterion__key="a1").points == 38


def test_sent_sheet_and_closed_window_say_why_nothing_is_filled_in(client, scored, unit, officer, cell):
    scored.give(unit, "self")
    assert "Phiếu ở trạng thái “Đã gửi”" in read(client, cell("a1")).text
    assert client.post(cell("a1"), ratio("1") | {"shown_version": "1"}).status_code == 403

    ScoreSheet.objects.update(state="draft")
    make.PhaseFactory(year=scored.bloc_year.year, kind="scoring", last_day=date(2020, 12, 20))
    with time_machine.travel("2020-12-25 08:00+07:00"):
        client.force_login(officer)
        assert "đã hết hạn ngày 20/12/2020" in read(client, cell("a1")).text
        assert client.post(cell("a1"), ratio("1") | {"shown_version": "1"}).status_code == 403
    assert Score.objects.get(criterion__key="a1").points == 38
