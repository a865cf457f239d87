"""Which figures count for a unit, and that many units are gathered in as many queries as one."""

from decimal import Decimal

import pytest
from django.utils import timezone

from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import CriteriaSection, CriteriaSet, Score, ScoreSheet
from campaigns.scores.sheets.counting import kept_results, result_of, scores_of, sheet_totals, snapshot
from tests import factories as make
from tests.factories.year import choose

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    return make.BlocYearFactory()


@pytest.fixture
def criterion(bloc_year):
    """The one criterion of the set that the bloc uses."""
    criterion = make.CriterionFactory(section__criteria_set__year=bloc_year.year)
    choose(bloc_year, criterion.criteria_set)
    return criterion


@pytest.fixture
def score(bloc_year, criterion):
    """Give a unit points at a tier; what is released counts from then on."""

    def give(unit, tier, points, *, counts=True, checker=None, **fields):
        now = timezone.now()
        sheet = make.ScoreSheetFactory(
            bloc_year=bloc_year, unit=unit, tier=tier, checker=checker, criteria_set=criterion.criteria_set
        )
        fields = {"points": points, "base": points or 0, "criterion": criterion} | fields
        made = make.ScoreFactory(sheet=sheet, **fields)
        if counts:
            state = {"state": "sent", "sent_at": now} if tier == "self" else {
                "state": "released", "released_at": now, "number": 1
            }  # fmt: skip
            ScoreSheet.objects.filter(pk=sheet.pk).update(**state)
        return made

    return give


@pytest.fixture
def total(bloc_year):
    def of(unit):
        bloc_year.refresh_from_db()
        found = scores_of([bloc_year])[bloc_year.pk].totals(unit.pk)
        return found and found.total

    return of


def test_last_tier_that_counts_gives_the_total(score, total):
    unit = make.UnitFactory()
    assert total(unit) is None
    score(unit, "self", Decimal(9), counts=False)
    assert total(unit) is None  # not sent yet
    ScoreSheet.objects.update(state="sent", sent_at=timezone.now())
    assert total(unit) == Decimal(9)
    score(unit, "check", Decimal("8.5"))
    assert total(unit) == Decimal("8.5")
    score(unit, "leader", Decimal(7), counts=False)
    assert total(unit) == Decimal("8.5")
    score(unit, "department", Decimal(0))
    assert total(unit) == Decimal(0)


def test_section_may_name_the_tier_that_counts(score, total, criterion):
    unit = make.UnitFactory()
    CriteriaSection.objects.update(counting_tier="check")
    score(unit, "self", Decimal(9))
    assert total(unit) == Decimal(9)
    score(unit, "check", Decimal(8))
    score(unit, "department", Decimal(5))

    assert total(unit) == Decimal(8)


def test_tier_that_was_opened_again_counts_as_it_was_last_released(score, total):
    unit = make.UnitFactory()
    score(unit, "self", Decimal(9))
    given = score(unit, "leader", Decimal(8))
    make.SheetVersionFactory(sheet=given.sheet, number=1, scores=snapshot([given]))
    ScoreSheet.objects.filter(pk=given.sheet_id).update(state="draft")
    Score.objects.filter(pk=given.pk).update(points=1, base=1)

    assert total(unit) == Decimal(8)


def test_scoring_that_the_unit_took_back_does_not_count(score, total):
    unit = make.UnitFactory()
    given = score(unit, "self", Decimal(9))
    make.SheetVersionFactory(sheet=given.sheet, number=1, scores=snapshot([given]))
    ScoreSheet.objects.update(state="draft", number=1)

    assert total(unit) is None


def test_several_checkers_count_as_their_average_rounded_half_up(score, total, bloc_year):
    unit = make.UnitFactory()
    for points in ("8", "8.5", "9.005"):
        score(unit, "check", Decimal(points), checker=make.UnitFactory())

    assert total(unit) == Decimal("8.50")
    (tier, result), = scores_of([bloc_year])[bloc_year.pk].counting(unit.pk).values()  # fmt: skip
    assert (tier, result.working) == ("check", ("trung bình của 3 đơn vị chấm",))


def test_criterion_that_does_not_apply_gives_the_average_of_the_others(score, total, criterion):
    one, two, three = make.UnitFactory.create_batch(3)
    CriteriaSet.objects.update(na_policy="average")
    type(criterion).objects.update(may_be_not_applicable=True)
    score(one, "self", Decimal(9))
    score(two, "self", Decimal(6))
    score(three, "self", None, not_applicable=True)

    assert total(three) == Decimal("7.50")


def test_sheet_is_whole_without_what_its_tier_does_not_score(criterion):
    CriteriaSection.objects.update(tiers=["department"])
    plan = plan_of(criterion.criteria_set)

    assert sheet_totals(plan, "self", {}).missing == ()
    assert sheet_totals(plan, "department", {}).missing == (criterion.key,)


def test_version_keeps_what_a_score_said(score):
    given = score(make.UnitFactory(), "check", Decimal("8.40"), working="42/50 văn bản = 84% → 8,4 điểm\nhai")
    version = make.SheetVersionFactory(scores=snapshot([given]))
    version.refresh_from_db()

    assert kept_results(version) == {given.criterion.key: result_of(given)}


def test_many_units_and_blocs_are_gathered_in_as_many_queries_as_one(
    score, bloc_year, django_assert_num_queries
):
    score(make.UnitFactory(), "self", Decimal(9))
    with django_assert_num_queries(5):
        scores_of([bloc_year])[bloc_year.pk].totals(0)
    for _each in range(3):
        unit = make.UnitFactory()
        score(unit, "self", Decimal(9))
        score(unit, "leader", Decimal(9))
    other = make.BlocYearFactory(year=bloc_year.year, criteria_set=chosen_set(bloc_year))
    with django_assert_num_queries(5):
        found = scores_of([bloc_year, other])
        assert [found[bloc_year.pk].totals(unit).total for unit in found[bloc_year.pk].sheets_of] == [9] * 4
