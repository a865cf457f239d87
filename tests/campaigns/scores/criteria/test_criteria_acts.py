"""Sets of criteria: begun, written, moved, frozen, given to blocs; who may, and what a frozen set refuses."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from blocs.models import Entry
from blocs.models.people import Operator
from blocs.permissions import Refused
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.files import Beside, read_shipped, shipped
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.sets import content_of
from campaigns.scores.models import CriteriaSet
from campaigns.scores.permissions import (
    may_choose_criteria,
    may_edit_criteria,
    may_keep_criteria,
    may_start_criteria,
)
from campaigns.scores.scoring.plan import Criterion, Measure, Plan, Section
from tests import factories as make
from tests.factories.scores import frozen_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(bloc_year):
    return bloc_year.year


def small_plan(maximum=10, **fields):
    """A plan of one criterion, without a fault as long as it has 10 points."""
    measure = Measure(key="m", kind="yes-no", points=D(10))
    criterion = Criterion(key="a1", code="1", text="Có kế hoạch", maximum=D(maximum), measures=(measure,))
    section = Section(key="a", code="A", title="Kế hoạch", parts=(criterion,), maximum=D(10))
    return Plan(**{"name": "Bộ nhỏ", "sections": (section,), "maximum": D(10)} | fields)


@pytest.fixture
def draft(year, staff):
    criteria_set = actions.start_set(year=year, name="Bộ nhỏ", by=staff)
    return actions.write_parts(criteria_set=criteria_set, plan=small_plan(), by=staff)


# Beginning --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [each.name for each in shipped()])
def test_shipped_set_is_kept_as_it_is_written(year, name):
    content = read_shipped(name)
    criteria_set = actions.start_set(year=year, content=content, by=Operator("root"))
    assert content_of(criteria_set) == content
    assert (criteria_set.state, criteria_set.number, criteria_set.year) == ("draft", 1, year)
    assert [entry.act for entry in Entry.objects.all()] == ["criteria.start"]


def test_clone_says_the_same_but_for_the_document_that_issued_it(staff, draft, year):
    CriteriaSet.objects.filter(pk=draft.pk).update(reference="12/HD", issued_on=year.first_day, checkers=3)
    draft.refresh_from_db()
    next_year = make.EmulationYearFactory(code="2021")
    clone = actions.start_set(year=next_year, name="Bộ 2021", cloned_from=draft, by=staff)
    told = content_of(clone)
    assert told == replace(
        content_of(draft), plan=replace(plan_of(draft), name="Bộ 2021"), reference="", issued_on=None
    )
    assert (clone.cloned_from, clone.previous, clone.checkers) == (draft, None, 3)


# Writing ----------------------------------------------------------------------------------------------------


def test_writing_replaces_all_and_keeps_what_stands_beside(draft, staff):
    draft.criteria.update(needs_evidence=True, note="Kèm kế hoạch")
    plan = small_plan(name="Bộ khác", digits=1, bonus_cap=D(5))
    second = replace(plan.sections[0].parts[0], key="a2")
    plan = replace(plan, sections=(replace(plan.sections[0], parts=(*plan.sections[0].parts, second)),))

    written = actions.write_parts(criteria_set=draft, plan=plan, by=staff, shown_version=draft.version)

    assert plan_of(written) == plan
    assert content_of(written).beside == {"a1": Beside(needs_evidence=True, note="Kèm kế hoạch")}
    entry = Entry.objects.first()
    assert entry.act == "criteria.write"
    assert 'key = "a2"' in entry.payload.data["after"]["content"]
    assert 'key = "a2"' not in entry.payload.data["before"]["content"]


def test_writing_over_what_somebody_else_changed_is_refused(draft, staff):
    with pytest.raises(Refused, match="Người khác vừa sửa"):
        actions.write_parts(
            criteria_set=draft, plan=small_plan(digits=0), by=staff, shown_version=draft.version - 1
        )
    assert plan_of(draft).digits == 2


def test_parts_move_among_their_neighbours(year, staff):
    criteria_set = actions.start_set(year=year, content=read_shipped("mac-dinh-100-10"), by=staff)
    section = criteria_set.sections.get(key="b")
    actions.move_part(part=section, up=True, by=staff)
    actions.move_part(part=criteria_set.criteria.get(key="c1"), up=False, by=staff)
    measure = criteria_set.criteria.get(key="a1").measures.get(key="a1-2")
    actions.move_part(part=measure, up=True, by=staff)
    plan = plan_of(criteria_set)
    assert [each.key for each in plan.sections] == ["b", "a", "c", "d", "e", "f"]
    assert [each.key for each in plan.sections[2].parts] == ["c2", "c1", "c3", "c4", "c5"]
    assert [each.key for each in plan.criteria["a1"].measures] == ["a1-2", "a1-1"]
    with pytest.raises(Refused, match="đã ở đầu"):
        actions.move_part(part=section, up=True, by=staff)


def test_sections_and_criteria_of_a_section_move_past_each_other(year, staff):
    inner = Section(key="a-b", code="b", title="Mục con", parts=())
    plan = small_plan()
    plan = replace(plan, sections=(replace(plan.sections[0], parts=(*plan.sections[0].parts, inner)),))
    criteria_set = actions.start_set(year=year, name="Bộ", by=staff)
    actions.write_parts(criteria_set=criteria_set, plan=plan, by=staff)
    actions.move_part(part=criteria_set.sections.get(key="a-b"), up=True, by=staff)
    assert [part.key for part in plan_of(criteria_set).sections[0].parts] == ["a-b", "a1"]


# Freezing ---------------------------------------------------------------------------------------------------


def test_sound_set_is_frozen_and_given_to_the_blocs_chosen(draft, staff, bloc_year):
    other = make.BlocYearFactory(year=bloc_year.year)
    frozen = actions.freeze(criteria_set=draft, bloc_years=[bloc_year], by=staff)
    bloc_year.refresh_from_db()
    other.refresh_from_db()
    assert (frozen.state, frozen.frozen_on) == ("frozen", timezone.localdate())
    assert (chosen_set(bloc_year), chosen_set(other)) == (draft, None)
    assert Entry.objects.first().act == "criteria.freeze"


def test_own_set_goes_to_its_bloc(secretary, bloc_year):
    own = actions.start_set(year=bloc_year.year, bloc=bloc_year.bloc, name="Bộ của Khối", by=secretary)
    actions.write_parts(criteria_set=own, plan=small_plan(), by=secretary)
    actions.freeze(criteria_set=own, by=secretary)
    bloc_year.refresh_from_db()
    assert chosen_set(bloc_year) == own


def test_set_with_faults_is_not_frozen(draft, staff, bloc_year):
    actions.write_parts(criteria_set=draft, plan=small_plan(maximum=9), by=staff)
    with pytest.raises(Refused, match="chỗ phải sửa, trước hết: "):
        actions.freeze(criteria_set=draft, bloc_years=[bloc_year], by=staff)
    draft.refresh_from_db()
    bloc_year.refresh_from_db()
    assert (draft.state, chosen_set(bloc_year)) == ("draft", None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scores_criteriaset SET digits = 1 WHERE id = %(set)s",
        "UPDATE scores_criteriaset SET state = 'draft', frozen_on = NULL WHERE id = %(set)s",
        "DELETE FROM scores_criteriaset WHERE id = %(set)s",
        "UPDATE scores_criteriasection SET maximum = 1 WHERE criteria_set_id = %(set)s",
        "UPDATE scores_criterion SET maximum = 1 WHERE criteria_set_id = %(set)s",
        "DELETE FROM scores_measure WHERE criterion_id IN "
        "(SELECT id FROM scores_criterion WHERE criteria_set_id = %(set)s)",
        "UPDATE scores_measure SET points = 1 WHERE criterion_id IN "
        "(SELECT id FROM scores_criterion WHERE criteria_set_id = %(set)s)",
    ],
)
def test_frozen_set_refuses_sql(statement, year):
    criteria_set = frozen_set(year)
    refused = pytest.raises(IntegrityError, match="the set is frozen")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, {"set": criteria_set.pk})


# Which bloc uses which --------------------------------------------------------------------------------------


def test_blocs_are_given_sets_and_these_are_taken_back(year, bloc_year, staff):
    criteria_set = frozen_set(year)
    actions.choose_criteria(year=year, chosen={bloc_year: criteria_set}, by=staff)
    bloc_year.refresh_from_db()
    assert chosen_set(bloc_year) == criteria_set
    with pytest.raises(Refused, match="Chưa có khối nào"):
        actions.choose_criteria(year=year, chosen={bloc_year: criteria_set}, by=staff)
    actions.choose_criteria(year=year, chosen={bloc_year: None}, by=staff)
    bloc_year.refresh_from_db()
    assert chosen_set(bloc_year) is None


def test_what_a_bloc_cannot_use_is_refused(year, bloc_year, staff, draft):
    foreign = frozen_set(year, bloc=make.BlocFactory())
    of_next_year = frozen_set(make.EmulationYearFactory(code="2021"))
    for criteria_set, reason in [
        (draft, "còn là dự thảo"),
        (foreign, "không phải của năm và khối"),
        (of_next_year, "không phải của năm và khối"),
    ]:
        with pytest.raises(Refused, match=reason):
            actions.choose_criteria(year=year, chosen={bloc_year: criteria_set}, by=staff)
    used = frozen_set(year)
    actions.choose_criteria(year=year, chosen={bloc_year: used}, by=staff)
    make.ScoreSheetFactory(bloc_year=bloc_year, criteria_set=used)
    with pytest.raises(Refused, match="đã có phiếu chấm điểm"):
        actions.choose_criteria(year=year, chosen={bloc_year: None}, by=staff)
    bloc_year.refresh_from_db()
    assert chosen_set(bloc_year) == used


# Who may ----------------------------------------------------------------------------------------------------


def test_who_may_do_what_with_criteria(people, bloc_year):
    day, year = timezone.localdate(), bloc_year.year
    sets = {
        "shared draft": make.CriteriaSetFactory(year=year),
        "own draft": make.CriteriaSetFactory(year=year, bloc=bloc_year.bloc),
        "shared frozen": frozen_set(year),
        "own frozen": frozen_set(year, bloc=bloc_year.bloc),
    }
    verbs = {"start": may_start_criteria, "keep": may_keep_criteria, "edit": may_edit_criteria}
    found = {
        name: {
            f"{verb} {kind}"
            for verb, may in verbs.items()
            for kind, each in sets.items()
            if may(user, each, day)
        }
        | ({"choose"} if may_choose_criteria(user, year, day) else set())
        for name, user in people.items()
    }
    own = {"start own draft", "start own frozen", "keep own draft", "keep own frozen", "edit own draft"}
    shared = {"start shared draft", "start shared frozen", "keep shared draft", "keep shared frozen"}
    assert found == {
        "staff": own | shared | {"edit shared draft", "choose"},
        "secretary": own,
        "officer": own,
        "clerk": set(),
        "member's officer": set(),
        "another bloc's secretary": set(),
        "administrator": set(),
        "operator": {f"start {kind}" for kind in sets},
        "nobody": set(),
    }


def test_frozen_set_is_not_edited_by_acts(year, staff):
    criteria_set = frozen_set(year)
    for act in (
        lambda: actions.write_parts(criteria_set=criteria_set, plan=small_plan(), by=staff),
        lambda: actions.move_part(part=criteria_set.sections.get(key="b"), up=True, by=staff),
    ):
        with pytest.raises(Refused, match="đã ban hành, không sửa được nữa"):
            act()
    with pytest.raises(Refused, match="Không làm được khi đang ở trạng thái"):
        actions.freeze(criteria_set=criteria_set, by=staff)


def test_sets_are_seen_by_whom_they_concern(people, bloc_year):
    year = bloc_year.year
    sets = {
        "shared draft": make.CriteriaSetFactory(year=year),
        "shared frozen": frozen_set(year),
        "own draft": make.CriteriaSetFactory(year=year, bloc=bloc_year.bloc),
        "foreign frozen": frozen_set(year, bloc=make.BlocFactory()),
        "another year's": frozen_set(make.EmulationYearFactory(code="2021")),
    }
    seen = {
        name: {kind for kind, each in sets.items() if each in CriteriaSet.objects.visible_to(people[name])}
        for name in ("staff", "secretary", "member's officer", "another bloc's secretary", "nobody")
    }
    assert seen == {
        "staff": set(sets),
        "secretary": {"shared frozen", "own draft"},
        "member's officer": {"shared frozen", "own draft"},
        "another bloc's secretary": {"shared frozen"},
        "nobody": set(),
    }
