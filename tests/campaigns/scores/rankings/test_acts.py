"""The life of a ranking: drafted, settled, released and replaced, by whom and with which entries."""

from datetime import date

import pytest
import time_machine
from django.db import transaction

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from campaigns.scores import actions
from campaigns.scores.models import Ranking
from tests import factories as make

pytestmark = pytest.mark.django_db

MAY = {"staff", "secretary", "officer"}


@pytest.fixture
def tied(scored):
    """Two units with equal points."""
    units = scored.unit("Một"), scored.unit("Hai")
    for unit in units:
        scored.give(unit)
    return units


def order(ranking):
    return [(row["name"], row["rank"]) for row in ranking.rows if row["rank"]]


def draft(scored, by, **told):
    return actions.make_ranking(bloc_year=scored.bloc_year, by=by, **told)


def test_who_makes_settles_and_releases(scored, tied, people):
    acts = {
        "make": lambda ranking, by: draft(scored, by),
        "settle": lambda ranking, by: actions.settle_tie(ranking=ranking, units=tied, by=by, reason="Phiếu"),
        "part of the year": lambda ranking, by: actions.rank_part_year(
            ranking=ranking, units=[], by=by, reason="Không xếp đơn vị nào"
        ),
        "release": lambda ranking, by: actions.release_ranking(ranking=ranking, by=by),
    }
    for who, user in people.items():
        for name, act in acts.items():
            with transaction.atomic():
                ranking = draft(scored, people["staff"])
                if who in MAY:
                    act(ranking, user)
                else:
                    with pytest.raises(Refused):
                        act(ranking, user)
                assert name
                transaction.set_rollback(True)


def test_draft_is_renewed_and_keeps_its_number(scored, tied, secretary):
    ranking = draft(scored, secretary)
    scored.give(tied[0], "leader", b1="5")
    again = draft(scored, secretary)

    assert (again.pk, again.number, again.version) == (ranking.pk, 1, 2)
    assert order(again) == [("Hai", 1), ("Một", 2)]
    first, second = Entry.objects.order_by("pk")
    assert (first.act, second.act) == ("ranking.draft", "ranking.draft")
    assert second.payload.data["before"]["rows"][0]["rank"] == 1
    assert second.payload.data["after"]["rows"] == again.rows


def test_conference_settles_a_tie_with_its_reason(scored, tied, secretary):
    one, two = tied
    ranking = draft(scored, secretary)
    assert order(ranking) == [("Một", 1), ("Hai", 1)]
    for units, reason, words in (
        ([two, one], " ", "Hãy ghi lý do"),
        ([two], "Phiếu", "đủ các đơn vị đó"),
        ([two, one, one], "Phiếu", "đủ các đơn vị đó"),
        ([two, scored.unit("Ba")], "Phiếu", "đủ các đơn vị đó"),
    ):
        with pytest.raises(Refused, match=words):
            actions.settle_tie(ranking=ranking, units=units, by=secretary, reason=reason)
    ranking = actions.settle_tie(ranking=ranking, units=[two, one], by=secretary, reason="Phiếu 5/8")

    assert order(ranking) == [("Hai", 1), ("Một", 2)]
    assert ranking.settled["ties"] == [{"units": [two.pk, one.pk], "total": "95.00", "reason": "Phiếu 5/8"}]
    assert order(draft(scored, secretary)) == [("Hai", 1), ("Một", 2)]
    assert Entry.objects.filter(act="ranking.settle").get().reason == "Phiếu 5/8"


def test_conference_ranks_a_unit_of_a_part_of_the_year(scored, tied, secretary):
    late = scored.unit("Mới", first_day=date(2020, 5, 1))
    scored.give(late, b1="15")
    ranking = draft(scored, secretary)
    with pytest.raises(Refused, match="không ở trong Khối cả năm"):
        actions.rank_part_year(ranking=ranking, units=[tied[0]], by=secretary, reason="Nhất trí")
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        actions.rank_part_year(ranking=ranking, units=[late], by=secretary, reason="")
    ranking = actions.rank_part_year(ranking=ranking, units=[late], by=secretary, reason="Nhất trí")
    assert order(ranking)[0] == ("Mới", 1)
    assert order(draft(scored, secretary))[0] == ("Mới", 1)

    ranking = actions.rank_part_year(ranking=ranking, units=[], by=secretary, reason="Biểu quyết lại")
    assert order(ranking) == [("Một", 1), ("Hai", 1)]


def test_release_freezes_what_was_read_and_a_later_one_replaces_it(scored, tied, secretary):
    ranking = actions.release_ranking(ranking=draft(scored, secretary), by=secretary)
    assert (ranking.state, ranking.released_at is not None) == ("released", True)
    for act in (
        lambda: actions.release_ranking(ranking=ranking, by=secretary),
        lambda: actions.settle_tie(ranking=ranking, units=tied, by=secretary, reason="Nữa"),
    ):
        with pytest.raises(Refused, match="đã công bố"):
            act()

    scored.give(tied[0], "leader", b1="5")
    later = draft(scored, secretary)
    assert (later.number, Ranking.objects.get(pk=ranking.pk).rows) == (2, ranking.rows)
    with pytest.raises(Refused, match="Hãy ghi lý do công bố lại"):
        actions.release_ranking(ranking=later, by=secretary)
    actions.release_ranking(ranking=later, by=secretary, reason="Mở lại theo đề nghị của đơn vị")
    states = dict(Ranking.objects.values_list("number", "state"))
    assert states == {1: "superseded", 2: "released"}
    entry = Entry.objects.get(act="ranking.release", object_key=str(later.pk))
    assert entry.payload.data["after"]["supersedes"] == 1
    assert entry.payload.data["after"]["rows"] == later.rows


@pytest.mark.parametrize("change", ["figure", "name", "unit", "explanation"])
def test_draft_that_is_no_longer_so_is_not_released(scored, tied, secretary, change):
    ranking = draft(scored, secretary)
    sheet = ranking.bloc_year.score_sheets.first()
    {
        "figure": lambda: scored.give(tied[1], "leader", b1="12"),
        "name": lambda: tied[0].states.update(official_name="Một mới"),
        "unit": lambda: scored.unit("Ba"),
        "explanation": lambda: make.ExplanationFactory(sheet=sheet, criterion=scored.criteria["a1"]),
    }[change]()

    with pytest.raises(Refused, match="đã thay đổi"):
        actions.release_ranking(ranking=ranking, by=secretary)
    assert Ranking.objects.get().state == "draft"
    actions.release_ranking(ranking=draft(scored, secretary), by=secretary)


def test_ranking_without_a_ranked_unit_is_not_released(scored, secretary):
    with pytest.raises(Refused, match="Chưa đơn vị nào"):
        actions.release_ranking(ranking=draft(scored, secretary), by=secretary)


def test_bloc_without_criteria_gets_no_draft(bloc_year, secretary):
    with pytest.raises(Refused, match="chưa có bộ tiêu chí"):
        actions.make_ranking(bloc_year=bloc_year, by=secretary)


@pytest.mark.parametrize(
    ("phase", "tier", "refused"),
    [
        ("conference", "check", True),
        ("proposals", "check", False),
        ("conference", "department", False),
        ("proposals", "department", True),
    ],
)
def test_ranking_is_released_in_its_window_or_from_paper(scored, tied, secretary, phase, tier, refused):
    """The conference's, or where figures of the department count, that of the proposals."""
    if tier == "department":
        scored.give(tied[0], "department")
    make.PhaseFactory(year=scored.bloc_year.year, kind=phase, last_day=date(2020, 12, 20))
    with time_machine.travel("2020-12-25 08:00+07:00"):
        ranking = draft(scored, secretary)
        if not refused:
            actions.release_ranking(ranking=ranking, by=secretary)
            return
        with pytest.raises(Refused, match="đã hết hạn"):
            actions.release_ranking(ranking=ranking, by=secretary)
        paper = Paper(day=date(2020, 12, 18), place="Hội trường")
        actions.release_ranking(ranking=ranking, by=secretary, paper=paper, reason="Ghi muộn")
    entry = Entry.objects.get(act="ranking.release")
    assert (entry.paper.day, entry.reason) == (date(2020, 12, 18), "Ghi muộn")


def test_provisional_ranking_says_so_when_it_is_released(scored, secretary):
    scored.give(scored.unit("Một"), "self")
    ranking = actions.release_ranking(ranking=draft(scored, secretary), by=secretary)

    assert ranking.is_provisional
    assert ranking.provisional_reason == "điểm tự chấm chưa được kiểm tra, thẩm định: Một"
