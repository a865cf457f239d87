"""What PostgreSQL itself refuses of criteria, sheets, scores and rankings, whoever asks."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from campaigns.scores.models import CriteriaSet, Score, ScoreSheet
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    """A measure of a set that is frozen since."""
    measure = make.MeasureFactory()
    CriteriaSet.objects.filter(pk=measure.criterion.criteria_set_id).update(
        state="frozen", frozen_on=timezone.localdate()
    )
    return measure


@pytest.fixture
def score():
    return make.ScoreFactory(sheet=make.ScoreSheetFactory(tier="check"))


def release(sheet):
    """A sheet as it is once released."""
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="released", released_at=timezone.now(), number=1)


def refused(act):
    """The message with which PostgreSQL refuses."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
        with connection.cursor() as cursor:  # what is asked at the end of a transaction is asked now
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(refusal.value).splitlines()[0]


@pytest.mark.parametrize(
    ("row_of", "field", "value"),
    [
        (lambda measure: measure, "points", Decimal(9)),
        (lambda measure: measure.criterion, "maximum", Decimal(9)),
        (lambda measure: measure.criterion.section, "title", "Khác"),
        (lambda measure: measure.criterion.criteria_set, "digits", 1),
    ],
    ids=["measure", "criterion", "section", "set"],
)
def test_frozen_criteria_stay_as_they_are(measure, row_of, field, value):
    row = row_of(measure)
    rows = type(row).objects.filter(pk=row.pk)
    table = row._meta.db_table

    assert (
        refused(lambda: rows.update(**{field: value})) == f"UPDATE of {table} is refused: the set is frozen"
    )
    assert refused(row.delete).endswith("is refused: the set is frozen")
    assert rows.get() == row


def test_nothing_is_added_to_a_frozen_set(measure):
    section = measure.criterion.section

    assert refused(lambda: make.CriterionFactory(section=section)).endswith("the set is frozen")
    assert refused(lambda: make.MeasureFactory(criterion=measure.criterion)).endswith("the set is frozen")


def test_part_is_not_moved_into_a_frozen_set(measure):
    other = make.CriterionFactory()

    said = refused(lambda: type(other).objects.filter(pk=other.pk).update(
        criteria_set=measure.criterion.criteria_set, section=measure.criterion.section
    ))  # fmt: skip
    assert said == "UPDATE of scores_criterion is refused: the set is frozen"


def test_draft_is_edited_and_thrown_away_whole():
    criteria_set = make.MeasureFactory().criterion.criteria_set
    CriteriaSet.objects.filter(pk=criteria_set.pk).update(digits=1)

    assert criteria_set.delete()[0] == 4


def test_released_score_stays_until_the_sheet_is_opened_again(score):
    release(score.sheet)
    scores = Score.objects.filter(pk=score.pk)

    assert refused(lambda: scores.update(points=9, base=9)) == (
        "UPDATE of scores_score is refused: the sheet is released"
    )
    assert refused(scores.delete) == "DELETE of scores_score is refused: the sheet is released"
    assert refused(lambda: make.ScoreFactory(sheet=score.sheet)) == (
        "INSERT of scores_score is refused: the sheet is released"
    )
    ScoreSheet.objects.filter(pk=score.sheet_id).update(state="draft")
    assert scores.update(points=9, base=9) == 1


def test_score_belongs_to_the_set_of_its_sheet(score):
    foreign = make.CriterionFactory()

    said = refused(lambda: Score.objects.filter(pk=score.pk).update(criterion=foreign))
    assert said == f"the criterion of score {score.pk} is not of its sheet's set"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        (
            {"tier": "self", "state": "released", "released_at": timezone.now(), "number": 1},
            "sheet_state_of_its_tier",
        ),
        ({"tier": "check", "state": "sent", "sent_at": timezone.now()}, "sheet_state_of_its_tier"),
        ({"tier": "check", "state": "released"}, "released_sheet_has_its_time"),
        ({"tier": "self", "state": "sent"}, "sent_sheet_has_its_time"),
    ],
)  # fmt: skip
def test_sheet_is_in_a_state_of_its_tier(fields, constraint):
    assert constraint in refused(lambda: make.ScoreSheetFactory(**fields))


def test_nobody_has_two_sheets_of_a_tier_nor_checks_itself():
    sheet = make.ScoreSheetFactory(tier="check")
    again = {"bloc_year": sheet.bloc_year, "unit": sheet.unit, "tier": "check"}

    assert "one_sheet_a_tier" in refused(lambda: make.ScoreSheetFactory(**again))
    assert "nobody_checks_itself" in refused(lambda: make.ScoreSheetFactory(**again, checker=sheet.unit))
    make.ScoreSheetFactory(**again, checker=make.UnitFactory())


def test_released_ranking_only_gives_way_to_a_later_one():
    ranking = make.RankingFactory(state="released", released_at=timezone.now(), rows=[{"rank": 1}])
    rows = type(ranking).objects.filter(pk=ranking.pk)

    assert "the document is released" in refused(lambda: rows.update(rows=[]))
    assert "refused" in refused(ranking.delete)
    assert rows.update(state="superseded") == 1


@pytest.mark.parametrize("factory", [make.SheetVersionFactory, make.ReopeningFactory])
def test_what_is_remembered_is_never_changed(factory):
    row = factory()

    assert "refused" in refused(lambda: type(row).objects.filter(pk=row.pk).update(reason="khác"))
    assert "refused" in refused(row.delete)
