"""Criteria in which units are compared: points follow the others' figures until a tier releases them."""

from decimal import Decimal as D

import pytest
from django.utils import timezone

from campaigns.scores import actions
from campaigns.scores.models import Score, ScoreSheet
from campaigns.scores.scoring.score import MAY_CHANGE
from campaigns.scores.sheets.counting import scores_of
from campaigns.scores.sheets.filling import Row, filling_of
from tests import factories as make
from tests.factories import user_with
from tests.factories.year import choose

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year(year):
    """A bloc whose set has one criterion of ten points that compares its units."""
    section = make.CriteriaSectionFactory(
        criteria_set=make.CriteriaSetFactory(year=year, scale=10), key="a", maximum=10
    )
    criterion = make.CriterionFactory(section=section, key="a1", maximum=10)
    make.MeasureFactory(criterion=criterion, key="m", kind="target-and-best", settings={"unit": "văn bản"})
    criteria_set = section.criteria_set
    criteria_set.frozen_on = year.first_day
    criteria_set.move_to("frozen")
    bloc_year = make.BlocYearFactory(year=year)
    choose(bloc_year, criteria_set)
    return bloc_year


def told(achieved, target="10"):
    return {"m": {"achieved": achieved, "plan": target}}


@pytest.fixture
def scored(bloc_year):
    """Add a unit that scored itself with these figures and has sent them, or not yet."""

    def add(achieved, target="10", *, sent=True, **seat):
        seat = make.SeatFactory(bloc_year=bloc_year, **seat)
        criteria_set = bloc_year.chosen_criteria.criteria_set
        sheet = make.ScoreSheetFactory(bloc_year=bloc_year, unit=seat.unit, criteria_set=criteria_set)
        criterion = criteria_set.criteria.get()
        make.ScoreFactory(sheet=sheet, criterion=criterion, figures=told(achieved, target), points=D(10))
        state = {"state": "sent", "sent_at": timezone.now()} if sent else {}
        ScoreSheet.objects.filter(pk=sheet.pk).update(is_complete=True, total=10, **state)
        sheet.refresh_from_db()
        return sheet

    return add


def totals(bloc_year, sheets):
    found = scores_of([bloc_year])[bloc_year.pk]
    return [f"{found.totals(each.unit_id).total:.2f}" for each in sheets]


@pytest.mark.parametrize(
    ("units", "points"),
    [
        ([("12", "10"), ("15", "10"), ("10", "10"), ("8", "10")], ["7.00", "10.00", "5.00", "4.00"]),
        ([("3", "0"), ("4", "0")], ["7.50", "10.00"]),
    ],
)
def test_what_units_sent_is_compared(bloc_year, scored, units, points):
    assert totals(bloc_year, [scored(*each) for each in units]) == points


def test_points_of_one_change_when_another_sends_and_the_sheet_says_so(bloc_year, scored):
    first = scored("12")
    later = scored("15", sent=False)
    assert totals(bloc_year, [first]) == ["10.00"]

    ScoreSheet.objects.filter(pk=later.pk).update(state="sent", sent_at=timezone.now())

    assert totals(bloc_year, [first, later]) == ["7.00", "10.00"]
    found = scores_of([bloc_year], ScoreSheet.objects.filter(pk=first.pk))[bloc_year.pk]
    score = found.scores[first.pk]["a1"]
    assert (score.points, found.sheets[0].total) == (D("7.00"), D("7.00"))
    assert score.working.splitlines()[-1] == MAY_CHANGE
    assert Score.objects.get(sheet=first).points == D(10)  # nothing is written by reading


def test_unit_is_compared_as_it_types_with_what_others_sent(bloc_year, scored):
    scored("15")
    scored("100", sent=False)
    own = scored("9", sent=False)
    criterion = bloc_year.chosen_criteria.criteria_set.criteria.get()

    result = filling_of(own).result(Row(criterion, told("12")))

    assert (result.points, result.working[-1]) == (D("7.00"), MAY_CHANGE)


@pytest.fixture
def released(bloc_year, scored):
    """(the sheets of the leader's tier, all released at once; their secretary)."""
    sheets = [scored("12", role="leader"), scored("15"), scored("10"), scored("8")]
    secretary = user_with("secretary", sheets[0].unit)
    led = [
        actions.begin_sheet(bloc_year=bloc_year, unit=each.unit, tier="leader", by=secretary)
        for each in sheets
    ]
    criterion = bloc_year.chosen_criteria.criteria_set.criteria.get()
    row = Row(criterion, told("20"), grounds="Đếm lại", shown_version=led[1].scores.get().version)
    actions.save_scores(sheet=led[1], rows=[row], by=secretary)
    actions.release_tier(bloc_year=bloc_year, tier="leader", sheets=led, by=secretary)
    return [ScoreSheet.objects.get(pk=each.pk) for each in led], secretary


def test_tier_that_is_released_at_once_is_compared_by_its_own_figures(bloc_year, released):
    led, _secretary = released

    assert [each.total for each in led] == [6, 10, 5, 4]
    assert totals(bloc_year, led) == ["6.00", "10.00", "5.00", "4.00"]
    kept = [each.versions.get().scores[0] for each in led]
    assert [D(each["points"]) for each in kept] == [6, 10, 5, 4]
    assert not any(MAY_CHANGE in each["working"] for each in kept)


def test_what_a_tier_released_keeps_its_values(bloc_year, scored, released):
    led, _secretary = released

    scored("50")
    Score.objects.filter(sheet__tier="self", sheet__unit=led[2].unit).update(figures=told("30"))

    assert totals(bloc_year, led) == ["6.00", "10.00", "5.00", "4.00"]


def test_tier_owes_no_grounds_where_other_units_alone_changed(bloc_year, scored):
    first = scored("12", role="leader")
    secretary = user_with("secretary", first.unit)
    led = actions.begin_sheet(bloc_year=bloc_year, unit=first.unit, tier="leader", by=secretary)
    second = scored("15")

    actions.release_sheet(sheet=led, by=secretary)

    assert ScoreSheet.objects.get(pk=led.pk).total == D(7)
    assert second.unit != first.unit


@pytest.mark.parametrize("count", [1, 12])
def test_many_units_are_compared_in_one_query_more(bloc_year, scored, django_assert_num_queries, count):
    for place in range(count):
        scored(str(10 + place))
    scores_of([bloc_year])  # the plan is kept
    with django_assert_num_queries(6):
        found = scores_of([bloc_year])[bloc_year.pk]
        assert len(found.sheets) == count
