"""Acts of checking: who may, one entry each, only inside their window, nobody checks themselves."""

from datetime import time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from blocs.versions import Stale
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import CheckAssignment, Inspection, InspectionMember, ScoreSheet
from tests.factories import CheckAssignmentFactory, ScoreSheetFactory, frozen_set
from tests.factories.year import choose

pytestmark = pytest.mark.django_db

KEEPERS = {"staff", "leader's secretary"}
TEAM = KEEPERS | {"deputy's officer"}


def plan(world, **by):
    return actions.plan_inspections(
        bloc_year=world["bloc_year"],
        plans=[(Inspection(bloc_year=world["bloc_year"], unit=world["units"]["other"]), [])],
        **by,
    )


def conclude(world, **by):
    inspection = Inspection.objects.get(pk=world["inspection"].pk)
    return actions.conclude_inspection(
        inspection=inspection, conclusion="Nhất trí.", shown_version=inspection.version, **by
    )


def assign(world, **by):
    return actions.assign_checks(bloc_year=world["bloc_year"], **by)


def withdraw(world, **by):
    return actions.withdraw_checks(bloc_year=world["bloc_year"], **by)


def release(tier):
    def act(world, **by):
        return actions.release_sheet(sheet=world["sheets"][tier], **by)

    return act


def release_tier(world, **by):
    return actions.release_tier(
        bloc_year=world["bloc_year"], tier="leader", sheets=[world["sheets"]["leader"]], **by
    )


def confirm(world, **by):
    return actions.confirm_scores(bloc_year=world["bloc_year"], units=[world["units"]["member"]], **by)


def reopen(kind):
    def act(world, by, paper=None, reason="số liệu về muộn"):
        return actions.reopen_scores(
            bloc_year=world["bloc_year"],
            units=[world["units"]["member"]],
            phase_kind=kind,
            last_day=timezone.localdate(),
            by=by,
            paper=paper,
            reason=reason or "số liệu về muộn",
        )

    return act


# {code: (act, who may, the kind of phase that is its window, the way of checking)}
ACTS = {
    "inspection.plan": (plan, KEEPERS, "check", "sitting"),
    "inspection.conclude": (conclude, TEAM, "check", "sitting"),
    "check.assign": (assign, KEEPERS, "check", "async"),
    "check.withdraw": (withdraw, KEEPERS, "check", "async"),
    "score.release": (release("leader"), {"leader's secretary"}, "check", "sitting"),
    "score.release-tier": (release_tier, {"leader's secretary"}, "check", "sitting"),
    "score.confirm": (confirm, KEEPERS, "conference", "sitting"),
    "score.reopen": (reopen("scoring"), KEEPERS, None, "sitting"),
}


@pytest.fixture
def world(request, bloc_year, units, people, scored, inspection):
    """A bloc in which every act can be done; the way of checking is that of the act under test."""
    mode = ACTS[request.param][3]
    if mode != "sitting":
        choose(bloc_year, frozen_set(bloc_year.year, name="Chấm chéo", check_mode=mode))
    if request.param == "check.withdraw":
        CheckAssignmentFactory(bloc_year=bloc_year, unit=units["member"], checker=units["other"])
    scored(units["member"])
    secretary = people["leader's secretary"]
    sheets = {
        "leader": actions.begin_sheet(bloc_year=bloc_year, unit=units["member"], tier="leader", by=secretary)
    }
    return {
        "code": request.param,
        "act": ACTS[request.param][0],
        "bloc_year": bloc_year,
        "units": units,
        "inspection": inspection,
        "sheets": sheets,
    }


def entries_of(code, since=0):
    return Entry.objects.filter(act=code, pk__gt=since)


@pytest.mark.parametrize("world", ACTS, indirect=True)
def test_who_may(world, people):
    may = ACTS[world["code"]][1]
    for who, user in people.items():
        before = Entry.objects.count()
        with transaction.atomic():
            try:
                world["act"](world, by=user)
                done = True
            except Refused:
                done = False
            assert (who, done) == (who, who in may)
            transaction.set_rollback(True)
        assert Entry.objects.count() == before


@pytest.mark.parametrize("world", ACTS, indirect=True)
def test_one_entry_with_its_paper(world, people, today):
    paper = Paper(day=today, place="Hội trường A", participants="10 đơn vị")
    who = sorted(ACTS[world["code"]][1])[0]

    world["act"](world, by=people[who], paper=paper)

    entry = entries_of(world["code"]).get()
    assert (entry.paper.place, entry.paper.participants) == ("Hội trường A", "10 đơn vị")


@pytest.mark.parametrize("world", [code for code in ACTS if ACTS[code][2]], indirect=True)
def test_after_the_window_only_paper_with_a_reason(world, people, today):
    Phase.objects.filter(kind=ACTS[world["code"]][2]).update(last_day=today - timedelta(days=1))
    paper = Paper(day=today - timedelta(days=2))
    by = people[sorted(ACTS[world["code"]][1])[0]]

    for told in ({}, {"paper": paper}, {"reason": "muộn"}):
        with pytest.raises(Refused, match="đã hết hạn"), transaction.atomic():
            world["act"](world, by=by, **told)
    world["act"](world, by=by, paper=paper, reason="giấy về muộn")

    assert entries_of(world["code"]).get().reason == "giấy về muộn"


@pytest.mark.parametrize("world", ACTS, indirect=True)
def test_nothing_of_a_closed_year_changes(world, people, today):
    world["bloc_year"].closed_on = today
    world["bloc_year"].save()

    with pytest.raises(Refused):
        world["act"](world, by=people["leader's secretary"])


# Sittings ---------------------------------------------------------------------------------------------------


def members_of(inspection):
    return [(each.side, each.name, each.unit_id) for each in inspection.members.all()]


def test_many_sittings_are_planned_at_once_and_only_what_changed_is_written(bloc_year, units, people, today):
    secretary = people["leader's secretary"]
    by_unit = {
        name: [InspectionMember(side="team", name="Trần Thị B", unit=units["deputy"])]
        for name in ("member", "other")
    }
    plans = [
        (
            Inspection(
                bloc_year=bloc_year, unit=units[name], day=today, starts_at=time(8), place_name="Trụ sở"
            ),
            members,
        )
        for name, members in by_unit.items()
    ]

    actions.plan_inspections(bloc_year=bloc_year, plans=plans, by=secretary)

    planned = {each.unit: each for each in bloc_year.inspections.all()}
    assert set(planned) == {units["member"], units["other"]}
    assert members_of(planned[units["other"]]) == [("team", "Trần Thị B", units["deputy"].pk)]
    assert len(Entry.objects.get().payload.data["after"]["parts"]) == 2

    again = [(each, list(each.members.all())) for each in planned.values()]
    again[0][0].place_name = "Hội trường"
    actions.plan_inspections(bloc_year=bloc_year, plans=again, by=secretary)
    assert [part["unit"] for part in Entry.objects.first().payload.data["after"]["parts"]] == [
        again[0][0].unit_id
    ]
    with pytest.raises(Refused, match="Không có gì thay đổi"):
        actions.plan_inspections(
            bloc_year=bloc_year,
            plans=[(each, list(each.members.all())) for each in bloc_year.inspections.all()],
            by=secretary,
        )


def test_plan_that_somebody_else_changed_is_not_overwritten(bloc_year, people, inspection):
    shown = Inspection.objects.get()
    secretary = people["leader's secretary"]
    first = Inspection.objects.get()
    first.place_name = "Hội trường A"
    actions.plan_inspections(bloc_year=bloc_year, plans=[(first, [])], by=secretary)

    shown.place_name = "Hội trường B"
    with pytest.raises(Stale):
        actions.plan_inspections(bloc_year=bloc_year, plans=[(shown, [])], by=secretary)

    assert Inspection.objects.get().place_name == "Hội trường A"


def test_nobody_sits_on_the_team_that_checks_the_own_unit(bloc_year, units, people):
    plans = [
        (
            Inspection(bloc_year=bloc_year, unit=units["member"]),
            [InspectionMember(side="team", unit=units["member"])],
        )
    ]

    with pytest.raises(Refused, match="không có người của chính đơn vị"):
        actions.plan_inspections(bloc_year=bloc_year, plans=plans, by=people["staff"])


def test_conclusion_takes_over_what_the_unit_scored_and_releases_it(inspection, people, scored, units, today):
    own = scored(units["member"])

    actions.conclude_inspection(
        inspection=inspection, conclusion="Nhất trí.", shown_version=1, by=people["deputy's officer"]
    )

    inspection.refresh_from_db()
    sheet = ScoreSheet.objects.get(tier="check")
    assert (inspection.held_on, inspection.conclusion) == (today, "Nhất trí.")
    assert (sheet.state, sheet.total, sheet.number) == ("released", own.total, 1)
    assert [each.total for each in sheet.versions.all()] == [own.total]
    with pytest.raises(Refused, match="đã được ghi nhận"):
        actions.conclude_inspection(
            inspection=inspection, conclusion="", shown_version=2, by=people["deputy's officer"]
        )


def test_sitting_that_nobody_planned_is_recorded_from_paper(bloc_year, units, people, scored, today):
    scored(units["member"])
    paper = Paper(day=today - timedelta(days=3), place="Phòng họp B")

    actions.conclude_inspection(
        inspection=Inspection(bloc_year=bloc_year, unit=units["member"]),
        conclusion="",
        shown_version=None,
        by=people["staff"],
        paper=paper,
    )

    held = Inspection.objects.get()
    assert (held.day, held.place_name, held.held_on) == (paper.day, "Phòng họp B", today)
    assert ScoreSheet.objects.get(tier="check").from_paper


def test_sitting_is_not_concluded_before_its_day_or_while_a_criterion_has_no_points(
    inspection, people, units, scored, today
):
    figures = {"a1": {"ty-le": {"achieved": "42", "plan": "50"}}}
    scored(units["member"], figures)
    by = people["staff"]
    for day, words in (
        (today + timedelta(days=1), "Chưa đến ngày kiểm tra"),
        (today, "còn tiêu chí chưa chấm"),
    ):
        inspection.day = day
        inspection.save()
        shown = {"conclusion": "", "shown_version": inspection.version}
        with pytest.raises(Refused, match=words):
            actions.conclude_inspection(inspection=inspection, by=by, **shown)

    inspection.refresh_from_db()
    assert inspection.held_on is None
    assert not ScoreSheet.objects.filter(tier="check").exists()


# Assignments ------------------------------------------------------------------------------------------------


@pytest.fixture
def crossed(bloc_year):
    """The bloc's units check one another."""
    choose(bloc_year, frozen_set(bloc_year.year, name="Chấm chéo", check_mode="blind"))
    return bloc_year


def test_draw_gives_every_unit_one_other_and_can_be_repeated_by_its_seed(crossed, units, people):
    actions.assign_checks(bloc_year=crossed, by=people["staff"])

    rows = list(CheckAssignment.objects.values_list("unit", "checker"))
    every = sorted(unit.pk for unit in units.values())
    assert sorted(unit for unit, _checker in rows) == sorted(checker for _unit, checker in rows) == every
    assert all(unit != checker for unit, checker in rows)
    told = Entry.objects.get().payload.data["after"]
    assert told["seed"]
    assert {(int(unit), *chosen) for unit, chosen in told["assigned"].items()} == set(rows)


PAIRS = {
    "not every unit": ({"member": ["other"]}, "từng đơn vị"),
    "its own": (
        {"member": ["member"], "other": ["member"], "leader": ["deputy"], "deputy": ["leader"]},
        "không chấm chéo chính mình",
    ),
    "too many": (
        {"member": ["other", "leader"], "other": ["member"], "leader": ["deputy"], "deputy": ["leader"]},
        "đúng 1 đơn vị",
    ),
}


@pytest.mark.parametrize("case", PAIRS)
def test_pairs_from_paper_are_refused_where_no_draw_gives_them(crossed, units, people, case):
    told, words = PAIRS[case]
    pairs = {units[unit]: [units[each] for each in chosen] for unit, chosen in told.items()}

    with pytest.raises(Refused, match=words):
        actions.assign_checks(bloc_year=crossed, pairs=pairs, by=people["staff"])


def test_pairs_from_paper_stand_as_told(crossed, units, people):
    told = {"member": "other", "other": "member", "leader": "deputy", "deputy": "leader"}
    pairs = {units[unit]: [units[checker]] for unit, checker in told.items()}

    actions.assign_checks(bloc_year=crossed, pairs=pairs, by=people["staff"])

    assert {(each.unit, each.checker) for each in CheckAssignment.objects.all()} == {
        (units[unit], units[checker]) for unit, checker in told.items()
    }


def test_assignment_is_made_once_and_withdrawn_only_before_anybody_begins(crossed, units, people):
    staff = people["staff"]
    actions.assign_checks(bloc_year=crossed, by=staff)
    with pytest.raises(Refused, match="rút lại phân công trước"):
        actions.assign_checks(bloc_year=crossed, by=staff)
    actions.withdraw_checks(bloc_year=crossed, by=staff)
    assert not CheckAssignment.objects.exists()
    actions.assign_checks(bloc_year=crossed, by=staff)
    ScoreSheetFactory(
        bloc_year=crossed,
        unit=units["member"],
        tier="check",
        checker=units["other"],
        criteria_set=chosen_set(crossed),
    )

    with pytest.raises(Refused, match="bắt đầu chấm"):
        actions.withdraw_checks(bloc_year=crossed, by=staff)

    assert CheckAssignment.objects.count() == len(units)


def test_nobody_is_assigned_where_the_check_is_a_sitting(bloc_year, units, people):
    with pytest.raises(Refused, match="không dùng cách chấm chéo"):
        actions.assign_checks(bloc_year=bloc_year, by=people["staff"])
