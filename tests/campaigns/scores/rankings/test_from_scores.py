"""From figures that are typed to the ranking: whoever is excluded or unfinished never ranks."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.scores import actions
from campaigns.scores.models import ScoreSheet
from campaigns.scores.rankings.making import make as made_of
from tests import factories as make

pytestmark = pytest.mark.django_db


def scored_by_itself(scored, unit, figures):
    """The unit's own sheet, filled in and sent through the acts."""
    officer = make.user_with("officer", unit)
    sheet = actions.begin_sheet(bloc_year=scored.bloc_year, unit=unit, tier="self", by=officer)
    for key, told in figures.items():
        actions.save_score(
            sheet=sheet,
            criterion=scored.criteria[key],
            figures=told,
            grounds="Có mô hình",
            shown_version=0,
            by=officer,
        )
    return officer, sheet


def test_sent_sheet_ranks_and_an_unfinished_one_does_not(scored, named):
    whole, unfinished = scored.unit("Đủ"), scored.unit("Thiếu")
    officer, sheet = scored_by_itself(scored, whole, make.FIGURES)
    scored_by_itself(scored, unfinished, {"a1": make.FIGURES["a1"]})
    assert {row["rank"] for row in made_of(scored.bloc_year).rows} == {None}
    actions.send_sheet(sheet=sheet, by=officer)

    rows = {row["name"]: (row["rank"], row["total"]) for row in made_of(scored.bloc_year).rows}
    assert rows == {"Đủ": (1, "85.60"), "Thiếu": (None, None), "Viện Một": (None, None)}


UNIT = st.fixed_dictionaries(
    {
        "points": st.lists(st.sampled_from(["0", "5", "5.25", "20"]), min_size=6, max_size=6),
        "missing": st.booleans(),
        "out": st.booleans(),
    }
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(UNIT, min_size=1, max_size=5))
def test_whoever_is_excluded_never_ranks_and_ranks_follow_the_points(scored, told):
    forget(scored)
    units = []
    for number, each in enumerate(told):
        unit = scored.unit(f"Đơn vị {number}")
        points = dict(zip(("a1", "a2", "a3", "b1", "b2", "b3"), each["points"], strict=True))
        missing = {"b1": None} if each["missing"] else {}
        out = {"fields": {"a1": {"disqualifies": "Bị kỷ luật"}}} if each["out"] else {}
        scored.give(unit, **(points | missing), **out)
        units.append((unit.pk, each))
    rows = {row["unit"]: row for row in made_of(scored.bloc_year).rows}

    for key, each in units:
        assert (rows[key]["rank"] is None) == (each["missing"] or each["out"])
    ranked = sorted((row for row in rows.values() if row["rank"]), key=lambda row: row["rank"])
    totals = [Decimal(row["total"]) for row in ranked]
    assert totals == sorted(totals, reverse=True)
    assert all(row["rank"] == 1 + sum(other["rank"] < row["rank"] for other in ranked) for row in ranked)


def forget(scored):
    """Take all units but the leader's out of the bloc: examples share one database."""
    ScoreSheet.objects.filter(state="released").update(state="draft")
    for sheet in ScoreSheet.objects.all():
        sheet.scores.all().delete()
        sheet.delete()
    scored.bloc_year.seats.exclude(role="leader").delete()
