"""Differences between tiers as the department reads them, and nobody else."""

from fractions import Fraction
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from campaigns.scores.models import ScoreSheet
from campaigns.scores.tables.difference_tables import Differences
from tests import factories as make
from tests.benchmarks.grid import make_scores
from tests.campaigns.conftest import page_address
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(scored):
    return page_address(scored.bloc_year, "score-differences")


@pytest.fixture
def units(scored):
    """Five units that check one another; the first two raise what they give each other."""
    units = [scored.unit(name) for name in ("Một", "Hai", "Ba", "Tư", "Năm")]
    for unit in units:
        scored.give(unit, "self")
    for place, checker in enumerate(units):
        for step in (1, 2):
            unit = units[(place + step) % 5]
            scored.give(unit, "check", checker=checker, a1="32")
    one, two = units[:2]
    ScoreSheet.objects.filter(unit=two, checker=one).update(state="draft")
    ScoreSheet.objects.get(unit=two, checker=one).scores.filter(criterion__key="a1").update(
        points=40, base=40
    )
    ScoreSheet.objects.filter(unit=two, checker=one).update(state="released")
    scored.give(one, "check", checker=two, a1="40")
    return units


def test_department_alone_reads_them(client, people, units, address):
    answers = {}
    for who, user in people.items():
        if who != "operator":
            client.force_login(user)
            answers[who] = client.get(address).status_code, client.get(f"{address}?export=xlsx").status_code
    assert answers == {
        "staff": (200, 200),
        **dict.fromkeys(("secretary", "officer", "clerk", "member's officer", "administrator"), (403, 403)),
        **dict.fromkeys(("another bloc's secretary", "nobody"), (404, 404)),
    }
    client.logout()
    assert client.get(address).status_code == 302


def test_units_and_criteria_are_compared_over_what_both_tiers_gave(client, staff, scored, units, address):
    leader = scored.give(units[4], "leader", a1="30", b1=None)
    client.force_login(staff)
    text = read(client, address).text
    assert "Năm −1,00 −6,00 0 1 6 Tự chấm 84,00 Kiểm tra 78,00 Khối trưởng thẩm định 76,00" in text.replace(
        ";", ""
    )
    text = read(client, f"{address}?giua=check-leader").text
    assert "Năm −0,40 −2,00 0 1 5" in text and "Một" not in text[text.index("Trung bình mỗi ô") :]
    assert "A1 Xử lý văn bản đến đúng hạn" in read(client, f"{address}?xem=tieu-chi").text
    assert leader.total == 76


def test_pair_that_raised_each_other_comes_first(client, staff, units, address):
    client.force_login(staff)
    text = read(client, f"{address}?xem=cheo").text
    assert "Một – Hai +0,33 +0,33 −1,00 +1,33" in text
    assert text.count(" – Hai ") == 1


def test_teams_that_sat_with_each_other_are_compared(scored):
    one, two, three = (scored.unit(name) for name in ("Một", "Hai", "Ba"))
    for unit, team, points in ((one, [two], "40"), (two, [one], "36"), (three, [one, three], "32")):
        inspection = make.InspectionFactory(bloc_year=scored.bloc_year, unit=unit)
        for member in team:
            make.InspectionMemberFactory(inspection=inspection, unit=member)
        make.InspectionMemberFactory(inspection=inspection, unit=three, side="unit")
        scored.give(unit, "self")
        scored.give(unit, "check", a1=points)
    found = Differences(scored.bloc_year, "self", "check")

    assert found.checked == {
        (two.pk, one.pk): Fraction(1, 3),
        (one.pk, two.pk): Fraction(-1, 3),
        (one.pk, three.pk): Fraction(-1),
    }
    assert [names for *names, _pair in found.pairs()] == [["Một", "Hai"]]


def test_what_stands_out_is_said_in_words(client, staff, scored, units, address):
    for number in range(6):
        unit = scored.unit(f"Khác {number}")
        scored.give(unit, "self")
        scored.give(unit, "check", a1="38" if number else "2")
    client.force_login(staff)
    text = read(client, f"{address}?xem=noi-bat").text
    assert "Khác 0 Đơn vị được chấm −6,00" in text
    assert "lần mức thường gặp" in text


@pytest.mark.parametrize("part", ["don-vi", "tieu-chi", "cheo", "noi-bat", "không có"])
def test_list_is_exported(client, staff, units, address, part):
    client.force_login(staff)
    answer = client.get(address, {"xem": part, "export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


def test_bloc_without_scores_says_so(client, staff, bloc_year, leader):
    client.force_login(staff)
    for part in ("don-vi", "tieu-chi", "cheo", "noi-bat"):
        text = read(client, page_address(bloc_year, "score-differences") + f"?xem={part}").text
        assert "Chưa có gì để so sánh" in text


def test_drafts_are_not_compared(client, staff, scored, address):
    unit = scored.unit("Một")
    scored.give(unit, "self")
    scored.give(unit, "check", counts=False, a1="1")
    client.force_login(staff)
    assert "Chưa có gì để so sánh" in read(client, address).text


@pytest.mark.parametrize("part", ["don-vi", "tieu-chi", "cheo", "noi-bat"])
def test_queries_do_not_grow(client, staff, part):
    counts = []
    for units, criteria in ((3, 6), (60, 6)):
        with transaction.atomic():
            bloc_year = make_scores(units, criteria)
            ScoreSheet.objects.filter(tier="check").update(
                state="released", number=1, released_at="2020-12-01T00:00Z"
            )
            client.force_login(staff)
            client.get("/")
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(page_address(bloc_year, "score-differences"), {"xem": part})
            counts.append(len(queries))
            if part == "don-vi" and units > 50:
                assert "trong tổng số 60" in answer.content.decode()
            transaction.set_rollback(True)
    assert counts[0] == counts[1] < 45
