"""The scores of the demonstration ministry: every state, believable, worked out from their figures."""

from collections import Counter

import pytest
import time_machine
from django.db import connection, transaction

from blocs.models.people import Operator
from campaigns.models import BlocYear, Seat
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import (
    Correction,
    CriteriaSet,
    Evidence,
    Explanation,
    Inspection,
    KnownResult,
    Ranking,
    Score,
    ScoreSheet,
    SheetVersion,
)
from campaigns.scores.scoring.score import score
from reports.actions import make_demo_ministry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ministry(django_db_setup, django_db_blocker):
    """The ministry, made once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel("2026-11-22 12:00:00+07:00"):
            made = make_demo_ministry(seed=2026, by=Operator("tester"))
            connection.check_constraints()  # here once, or else by every test anew
            yield made
        transaction.set_rollback(True)


def test_blocs_of_the_year_use_the_shipped_criteria(ministry):
    sets = CriteriaSet.objects.filter(year__code="2026")

    assert [each.state for each in sets] == ["frozen"]
    assert set(
        BlocYear.objects.filter(year__code="2026").values_list("chosen_criteria__criteria_set", flat=True)
    ) == {sets.get().pk}
    assert BlocYear.objects.filter(year__code="2025", chosen_criteria=None).count() == 13


def test_every_state_of_scoring_has_something_to_show(ministry):
    states = set(ScoreSheet.objects.filter(bloc_year__year__code="2026").values_list("tier", "state"))

    assert states == {
        *[("self", state) for state in ("draft", "sent", "opened", "returned")],
        ("check", "draft"),
        ("check", "released"),
    }
    assert Explanation.objects.filter(answered_at=None).count() == 1
    assert Correction.objects.filter(closed_at=None).count() == 1
    assert Inspection.objects.filter(held_on=None).exists()
    assert Evidence.objects.filter(kind="link").exists() and Evidence.objects.filter(kind="text").exists()
    assert SheetVersion.objects.count() == ScoreSheet.objects.filter(state="released").count()
    seated = Seat.objects.filter(bloc_year__year__code="2026").count()
    late = seated - ScoreSheet.objects.filter(bloc_year__year__code="2026", tier="self").count()
    assert 10 < late < 80


def test_scores_are_what_their_figures_come_to(ministry):
    plan = plan_of(CriteriaSet.objects.get(year__code="2026"))
    known = Score.objects.filter(sheet__criteria_set__year__code="2026").select_related("criterion")
    for kept in known.order_by("pk")[::50]:
        found = score(plan.criteria[kept.criterion.key], kept.figures, digits=plan.digits)
        assert (kept.points, kept.working.splitlines()) == (found.points, list(found.working))


def test_rankings_name_who_is_out_and_who_is_missing(ministry):
    released = Ranking.objects.filter(bloc_year__year__code="2025")
    expected = Ranking.objects.get(bloc_year__year__code="2026")

    assert {each.state for each in released} == {"released"} and len(released) == 2
    assert expected.state == "draft"
    assert Counter(row["status"] for row in expected.rows) == {"ranked": 11, "disqualified": 1, "missing": 1}
    for ranking in released:
        ranks = [row["rank"] for row in ranking.rows if row["rank"]]
        assert ranks == sorted(ranks)
        assert len({row["total"] for row in ranking.rows}) > 5


def test_of_a_bloc_of_last_year_only_totals_are_known(ministry):
    known = KnownResult.objects.all()

    assert len(set(known.values_list("bloc_year", flat=True))) == 1
    assert {each.rank for each in known} == {None}
    assert known.count() == known.first().bloc_year.seats.count() - 2
