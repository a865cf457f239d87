"""A sheet is sent with evidence lacking only by somebody who was told of which criteria."""

import pytest
from django.urls import reverse

from campaigns.scores import actions
from campaigns.scores.sheets.actions.evidence import Piece
from tests.factories import SeatFactory, user_with
from tests.forms import Fields
from tests.pages import read

A1 = "A1 Xử lý văn bản đến đúng hạn: gửi đi không có minh chứng."


@pytest.fixture
def address(bloc_year, member):
    def address(name):
        return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, member.unit.code])

    return address


@pytest.fixture
def evidenced(filled, criterion, officer):
    piece = Piece(criterion("a1"), address="https://eoffice.example/1")
    actions.add_evidence(sheet=filled, pieces=[piece], is_free_of_secrets=True, by=officer)
    return filled


def test_what_lacks_evidence_is_told_before_it_is_sent(client, address, filled, officer):
    client.force_login(officer)
    page = read(client, address("score-unit"))
    assert "Gửi phiếu tự chấm" not in page.buttons
    assert address("score-send") in page.addresses
    page = read(client, address("score-send"))
    assert page.text.count("gửi đi không có minh chứng") == 1
    assert A1 in page.text
    assert page.buttons == ["Vẫn gửi"]
    assert page.links["Quay lại bổ sung"] == f"{address('score-own')}?muc=a#tieu-chi-a1"
    filled.refresh_from_db()
    assert filled.state == "draft"

    fields = Fields(client.get(address("score-send"))).sent
    assert client.post(address("score-send"), fields).url == address("score-unit")
    filled.refresh_from_db()
    assert filled.state == "sent"


def test_with_its_evidence_it_is_sent_at_once(client, address, evidenced, officer):
    client.force_login(officer)
    page = read(client, address("score-unit"))
    assert "Gửi phiếu tự chấm" in " ".join(page.buttons)
    assert address("score-send") not in page.addresses
    assert "minh chứng" not in read(client, address("score-send")).text
    assert client.post(address("score-send")).url == address("score-unit")


def test_what_does_not_apply_needs_no_evidence(client, address, filled, officer):
    filled.scores.filter(criterion__key="a1").update(not_applicable=True, points=None)
    client.force_login(officer)
    assert address("score-send") not in read(client, address("score-unit")).addresses


def test_nobody_else_is_asked(client, address, filled, staff, secretary, bloc_year):
    other = user_with("officer", SeatFactory(bloc_year=bloc_year).unit)
    found = {}
    for who, user in {"staff": staff, "leader": secretary, "another member": other}.items():
        client.force_login(user)
        found[who] = client.get(address("score-send")).status_code
    assert found == {"staff": 403, "leader": 404, "another member": 404}
