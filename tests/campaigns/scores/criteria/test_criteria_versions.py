"""A later change of criteria is a new version: what it touches is said before, and no score is lost."""

from decimal import Decimal as D

import pytest
from django.utils import timezone

from blocs.models import Entry
from blocs.permissions import Refused
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.sets import touched_by
from campaigns.scores.models import Criterion, Measure, Score, SheetVersion
from campaigns.scores.scoring.score import score as work_out
from campaigns.scores.sheets.counting import keep_result, result_of, sheet_totals
from tests import factories as make
from tests.factories.scores import FIGURES, frozen_set
from tests.factories.year import choose

pytestmark = pytest.mark.django_db

SENT = {"state": "sent", "sent_at": timezone.now()}
RELEASED = {"state": "released", "released_at": timezone.now(), "number": 1}


@pytest.fixture
def criteria_set(bloc_year):
    used = frozen_set(bloc_year.year)
    choose(bloc_year, used)
    return used


@pytest.fixture
def draft(criteria_set, staff):
    return actions.begin_version(criteria_set=criteria_set, reason="Bộ trưởng chỉ đạo", by=staff)


def scored(bloc_year, unit, tier="self", without=(), **state):
    """A sheet of a unit with the points of FIGURES; in its state once they stand."""
    sheet = make.ScoreSheetFactory(
        bloc_year=bloc_year, unit=unit, tier=tier, criteria_set=chosen_set(bloc_year)
    )
    plan = plan_of(sheet.criteria_set)
    for row in sheet.criteria_set.criteria.exclude(key__in=without):
        result = work_out(plan.criteria[row.key], FIGURES[row.key], digits=2)
        keep_result(
            make.ScoreFactory.build(sheet=sheet, criterion=row, figures=FIGURES[row.key]), result
        ).save()
    found = sheet_totals(plan, tier, {each.criterion.key: result_of(each) for each in sheet.scores.all()})
    sheet.total, sheet.is_complete = found.total, not found.missing
    for name, value in state.items():
        setattr(sheet, name, value)
    sheet.save()
    return sheet


def points_of(sheet):
    rows = Score.objects.filter(sheet=sheet).select_related("criterion__criteria_set")
    assert {row.criterion.criteria_set_id for row in rows} <= {sheet.criteria_set_id}
    return {row.criterion.key: row.points for row in rows}


POINTS = {"a1": D("33.6"), "a2": D(15), "a3": D(18), "b1": D(12), "b2": D(5), "b3": D(2)}


def half_of_a3(draft):
    """Half a point less is taken for each late report."""
    Measure.objects.filter(criterion__criteria_set=draft, key="tre").update(points=D("1.5"))


def other_question_of_b2(draft):
    """A plan is no longer had or not had, but made by a day."""
    bands = [{"up_to": "0", "points": "5"}]
    settings = {"of": "days", "bands": bands, "otherwise": "0"}
    Measure.objects.filter(criterion__criteria_set=draft, key="co").update(kind="lateness", settings=settings)


def without_b1(draft):
    """The criterion of 15 points goes, another of 15 comes."""
    Criterion.objects.filter(criteria_set=draft, key="b1").delete()
    section = draft.sections.get(key="b")
    added = make.CriterionFactory(section=section, key="b9", code="B9", maximum=15, place=9)
    make.MeasureFactory(criterion=added, key="co", kind="yes-no", points=15, settings={})


def only_words(draft):
    Criterion.objects.filter(criteria_set=draft, key="a1").update(text="Văn bản đến", code="1")


@pytest.mark.parametrize(
    ("change", "changed", "gone", "added", "points", "state", "complete"),
    [
        (only_words, None, None, None, POINTS, "sent", True),
        (half_of_a3, ("a3",), (), (), POINTS | {"a3": D("18.5")}, "sent", True),
        (
            other_question_of_b2,
            ("b2",),
            (),
            (),
            {key: points for key, points in POINTS.items() if key != "b2"},
            "draft",
            False,
        ),
        (
            without_b1,
            (),
            ("b1",),
            ("b9",),
            {key: points for key, points in POINTS.items() if key != "b1"},
            "draft",
            False,
        ),
    ],
)
def test_version_touches_only_what_it_changes(
    bloc_year, member, staff, draft, change, changed, gone, added, points, state, complete
):
    sheet = scored(bloc_year, member.unit, **SENT)
    change(draft)
    assert [(each.sheet, each.changed, each.gone, each.added) for each in touched_by(draft)] == (
        [] if changed is None else [(sheet, changed, gone, added)]
    )

    adopted = actions.adopt_version(criteria_set=draft, by=staff)

    sheet.refresh_from_db()
    bloc_year.refresh_from_db()
    assert (chosen_set(bloc_year), sheet.criteria_set) == (adopted, adopted)
    assert points_of(sheet) == points
    assert (sheet.state, sheet.is_complete, sheet.total) == (state, complete, sum(points.values()))
    versions = SheetVersion.objects.filter(sheet=sheet)
    assert [(each.criteria_set, each.total) for each in versions] == (
        [] if changed is None else [(adopted.previous, sum(POINTS.values()))]
    )
    for version in versions:
        assert {row["key"]: D(row["points"]) for row in version.scores} == POINTS


def test_released_sheet_is_opened_again_only_where_it_is_touched(bloc_year, member, staff, draft):
    touched = scored(bloc_year, member.unit, "check", **RELEASED)
    other = scored(bloc_year, member.unit, "leader", without=("a3",), **RELEASED)
    half_of_a3(draft)
    actions.adopt_version(criteria_set=draft, by=staff)
    touched.refresh_from_db()
    other.refresh_from_db()
    assert (touched.state, other.state) == ("draft", "released")
    assert points_of(touched)["a3"] == D("18.5")
    assert points_of(other) == {key: points for key, points in POINTS.items() if key != "a3"}
    assert [(each.sheet, each.number) for each in SheetVersion.objects.all()] == [(touched, 1)]


def test_version_that_was_kept_at_release_is_not_kept_twice(bloc_year, member, staff, draft):
    sheet = scored(bloc_year, member.unit, "check", **RELEASED)
    make.SheetVersionFactory(sheet=sheet, number=1)
    half_of_a3(draft)
    actions.adopt_version(criteria_set=draft, by=staff)
    assert sheet.versions.count() == 1


def test_draft_of_a_tier_is_worked_out_anew_and_the_journal_keeps_what_it_said(
    bloc_year, member, staff, draft
):
    sheet = scored(bloc_year, member.unit, "check")
    other_question_of_b2(draft)
    actions.adopt_version(criteria_set=draft, by=staff)
    sheet.refresh_from_db()
    assert (sheet.state, "b2" in points_of(sheet), sheet.versions.count()) == ("draft", False, 0)
    told = Entry.objects.first().payload.data["after"]["touched"]
    assert [(each["changed"], [row["figures"] for row in each["before"]]) for each in told] == [
        (["b2"], [FIGURES["b2"]])
    ]


def test_sheet_under_correction_is_asked_for_what_it_lacks(bloc_year, member, staff, draft):
    sheet = scored(bloc_year, member.unit, state="returned", sent_at=timezone.now())
    correction = make.CorrectionFactory(sheet=sheet)
    named = sheet.criteria_set.criteria.get(key="a1")
    make.CorrectionPointFactory(correction=correction, criterion=named)
    question = make.ExplanationFactory(sheet=sheet, criterion=sheet.criteria_set.criteria.get(key="b1"))
    without_b1(draft)
    actions.adopt_version(criteria_set=draft, by=staff)
    sheet.refresh_from_db()
    question.refresh_from_db()
    assert sheet.state == "returned"
    points = correction.points.select_related("criterion").order_by("pk")
    assert [(each.criterion.criteria_set, each.criterion.key) for each in points] == [
        (draft, "a1"),
        (draft, "b9"),
    ]
    assert question.criterion.criteria_set == draft.previous


def test_points_known_from_paper_stay_where_the_criterion_can_give_them(bloc_year, member, staff, draft):
    sheet = scored(bloc_year, member.unit, "check")
    sheet.scores.filter(criterion__key="a3").update(stated=True, figures={}, points=17, base=20, deduction=3)
    sheet.scores.filter(criterion__key="b1").update(stated=True, figures={}, points=12)
    half_of_a3(draft)
    Criterion.objects.filter(criteria_set=draft, key="b1").update(maximum=10)
    Measure.objects.filter(criterion__criteria_set=draft, key="cham").update(points=10)
    Criterion.objects.filter(criteria_set=draft, key="b2").update(maximum=10)
    Measure.objects.filter(criterion__criteria_set=draft, key="co").update(points=10)
    actions.adopt_version(criteria_set=draft, by=staff)
    sheet.refresh_from_db()
    expected = {key: points for key, points in POINTS.items() if key != "b1"} | {"a3": D(17), "b2": D(10)}
    assert points_of(sheet) == expected


def test_closed_bloc_keeps_the_version_before(bloc_year, member, staff, draft, criteria_set):
    sheet = scored(bloc_year, member.unit, **SENT)
    type(bloc_year).objects.filter(pk=bloc_year.pk).update(closed_on=timezone.localdate())
    half_of_a3(draft)
    assert touched_by(draft) == []
    actions.adopt_version(criteria_set=draft, by=staff)
    sheet.refresh_from_db()
    bloc_year.refresh_from_db()
    assert (chosen_set(bloc_year), sheet.criteria_set, points_of(sheet)) == (criteria_set,) * 2 + (POINTS,)


def test_each_version_has_a_reason_and_one_after_it(criteria_set, draft, staff):
    assert (draft.number, draft.previous, draft.reason) == (2, criteria_set, "Bộ trưởng chỉ đạo")
    assert plan_of(draft) == plan_of(criteria_set)
    for of, reason, refusal in [
        (criteria_set, "Sửa lần nữa", "đã có phiên bản sau"),
        (draft, "Sửa", "còn là dự thảo"),
    ]:
        with pytest.raises(Refused, match=refusal):
            actions.begin_version(criteria_set=of, reason=reason, by=staff)
    lone = frozen_set(make.EmulationYearFactory(code="2021"))
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        actions.begin_version(criteria_set=lone, reason="  ", by=staff)


def test_version_is_adopted_and_a_first_one_frozen(criteria_set, draft, staff, secretary):
    with pytest.raises(Refused, match="phiên bản sửa đổi"):
        actions.freeze(criteria_set=draft, by=staff)
    first = make.CriteriaSetFactory(year=criteria_set.year)
    with pytest.raises(Refused, match="phiên bản đầu"):
        actions.adopt_version(criteria_set=first, by=staff)
    with pytest.raises(Refused, match="cán bộ thi đua, khen thưởng của bộ lập"):
        actions.adopt_version(criteria_set=draft, by=secretary)
    Criterion.objects.filter(criteria_set=draft, key="a1").update(maximum=1)
    with pytest.raises(Refused, match="chỗ phải sửa"):
        actions.adopt_version(criteria_set=draft, by=staff)
