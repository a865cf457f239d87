"""The steps of a year that are about scores: how far they are, and which units must still act."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blocs.contributions import Progress
from campaigns.desk.boards import Board, Row, in_words
from campaigns.desk.reminding import proposed_text
from campaigns.leaders import seats_with_units
from campaigns.models import BlocYear, Phase
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.timeline.timelines import next_step, timelines
from tests import factories as make
from tests.factories.year import choose

pytestmark = pytest.mark.django_db

DONE, UNDER_WAY, WAITING, UNKNOWN = (
    Progress.DONE,
    Progress.UNDER_WAY,
    Progress.WAITING,
    Progress.UNKNOWN,
)
SENT = {"state": "sent", "sent_at": timezone.now()}
RELEASED = {"state": "released", "number": 1, "released_at": timezone.now()}


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2020-11-05 08:00+07:00"):
        yield


@pytest.fixture
def scored(bloc_year):
    """A bloc's year with criteria."""
    return given(bloc_year, make.frozen_set(bloc_year.year))


def given(bloc_year, criteria_set):
    choose(bloc_year, criteria_set)
    return bloc_year


def sheet(seat, tier="self", **values):
    return make.ScoreSheetFactory(
        bloc_year=seat.bloc_year,
        unit=seat.unit,
        tier=tier,
        criteria_set=chosen_set(seat.bloc_year),
        **values,
    )


def ask_why(sheet):
    """Ask why a figure of a sheet stands."""
    return make.ExplanationFactory(sheet=sheet, criterion=sheet.criteria_set.criteria.first())


def steps_of(bloc_year, user):
    """{key: step} of a bloc's year read anew."""
    steps = timelines([BlocYear.objects.get(pk=bloc_year.pk)], user)[bloc_year.pk]
    return {step.key: step for step in steps}


def board_of(bloc_year, user):
    found = list(BlocYear.objects.filter(pk=bloc_year.pk).prefetch_related(seats_with_units()))
    return Board(found, timelines(found, user))


def test_year_without_criteria_keeps_its_one_step_and_says_what_is_to_be_chosen(bloc_year, staff):
    steps = steps_of(bloc_year, staff)

    assert {"check", "explanation", "ranking"}.isdisjoint(steps)
    assert (steps["criteria"].progress, steps["criteria"].pending) == (WAITING, ())
    assert next_step(list(steps.values())).key == "plan"
    with time_machine.travel("2021-02-01 08:00+07:00"):
        steps = steps_of(bloc_year, staff)
    assert "criteria" not in steps
    assert (steps["scoring"].title, steps["scoring"].progress) == ("Chấm điểm", UNKNOWN)


def test_criteria_that_were_chosen_are_named(scored, staff):
    step = steps_of(scored, staff)["criteria"]

    assert (step.progress, step.summary) == (DONE, str(chosen_set(scored)))
    assert step.day == chosen_set(scored).frozen_on


@pytest.mark.parametrize(
    ("leaders", "members", "progress", "tally", "open_"),
    [
        (None, None, WAITING, (0, 2), {"leader", "member"}),
        ({}, None, UNDER_WAY, (0, 2), {"leader", "member"}),
        (SENT, {}, UNDER_WAY, (1, 2), {"member"}),
        (SENT, SENT | {"state": "returned"}, UNDER_WAY, (1, 2), {"member"}),
        (SENT, SENT | {"state": "opened"}, DONE, (2, 2), set()),
    ],
)
def test_units_that_have_not_sent_their_scoring_must_act(
    scored, leader, member, staff, leaders, members, progress, tally, open_
):
    make.SeatFactory(bloc_year=scored, last_day=date(2020, 6, 30))  # left in June
    for seat, values in ((leader, leaders), (member, members)):
        if values is not None:
            sheet(seat, **values)

    step = steps_of(scored, staff)["scoring"]

    units = {"leader": leader.unit_id, "member": member.unit_id}
    assert (step.progress, step.tally) == (progress, tally)
    assert set(step.pending) == {units[name] for name in open_}


@pytest.mark.parametrize(
    ("tiers", "counts"),
    [([], "check"), (["self", "leader"], "leader"), (["self", "conference"], None)],
)
def test_check_is_done_by_the_first_tier_that_the_criteria_ask_for(bloc_year, leader, staff, tiers, counts):
    given(bloc_year, make.frozen_set(bloc_year.year, tiers={"a": tiers, "b": tiers}))
    found = {}
    for tier in ("check", "leader"):
        made = sheet(leader, tier, **RELEASED)
        found[tier] = steps_of(bloc_year, staff).get("check")
        made.delete()

    if counts is None:
        assert found == {"check": None, "leader": None}
    else:
        assert {tier: step.progress is DONE for tier, step in found.items()} == {
            tier: tier == counts for tier in found
        }


def test_sitting_is_held_by_the_leaders_unit(scored, leader, member, staff):
    make.InspectionFactory(
        bloc_year=scored, unit=member.unit, day=date(2020, 11, 4), held_on=date(2020, 11, 4)
    )
    sheet(leader, "check", **RELEASED)

    step = steps_of(scored, staff)["check"]

    assert (step.progress, step.tally, step.pending) == (UNDER_WAY, (1, 2), (leader.unit_id,))
    assert step.summary == "01/02 đơn vị đã có điểm kiểm tra"


@pytest.mark.parametrize("mode", ["async", "blind"])
def test_units_that_check_across_must_act_until_their_points_are_released(
    bloc_year, leader, member, staff, mode
):
    given(bloc_year, make.frozen_set(bloc_year.year, check_mode=mode))
    make.CheckAssignmentFactory(bloc_year=bloc_year, unit=leader.unit, checker=member.unit)
    make.CheckAssignmentFactory(bloc_year=bloc_year, unit=member.unit, checker=leader.unit)
    sheet(leader, "check", checker=member.unit, **RELEASED)
    step = steps_of(bloc_year, staff)["check"]
    assert (step.progress, step.tally, step.pending) == (UNDER_WAY, (1, 2), (leader.unit_id,))

    sheet(member, "check", checker=leader.unit, **RELEASED)
    assert steps_of(bloc_year, staff)["check"].progress is DONE


def test_nobody_must_explain_while_nothing_is_asked(scored, leader, member, staff):
    def found():
        step = steps_of(scored, staff)["explanation"]
        return step.progress, step.tally, step.pending

    assert found() == (WAITING, (0, 0), ())
    asked = ask_why(sheet(member, "check", **RELEASED))
    assert found() == (UNDER_WAY, (0, 1), (leader.unit_id,))

    type(asked).objects.update(
        answer="Vì", answered_at=timezone.now(), answered_by=asked.asked_by, desk="Tổ kiểm tra"
    )
    assert found() == (DONE, (1, 1), ())


def test_whoever_checked_across_explains_and_staff_their_own_tier(scored, leader, member, staff):
    ask_why(sheet(leader, "check", checker=member.unit, **RELEASED))
    ask_why(sheet(member, "department", **RELEASED))

    step = steps_of(scored, staff)["explanation"]

    assert (step.tally, step.pending) == ((0, 2), (member.unit_id,))


@pytest.mark.parametrize(("state", "progress"), [("draft", WAITING), ("released", DONE)])
def test_ranking_is_done_once_released(scored, leader, staff, state, progress):
    make.PhaseFactory(year=scored.year, kind="conference", last_day=date(2020, 12, 25))
    make.RankingFactory(
        bloc_year=scored, state=state, released_at=timezone.now() if state == "released" else None
    )

    step = steps_of(scored, staff)["ranking"]

    assert (step.progress, step.due) == (progress, date(2020, 12, 25))


def test_board_counts_units_and_names_those_that_have_not_sent(scored, leader, member, staff):
    make.UnitStateFactory(unit=member.unit, official_name="Viện Hai")
    sheet(leader, **SENT)
    board = board_of(scored, staff)

    words = {kind: in_words(board.summary(kind), kind) for kind in ("scoring", "check", "explanation")}
    rows = board.rows(Phase.Kind.SCORING)

    assert words == {
        "scoring": "1/2 đơn vị chưa gửi phiếu tự chấm điểm",
        "check": "2/2 đơn vị chưa có điểm kiểm tra",
        "explanation": "0/0 đề nghị giải trình chưa trả lời",
    }
    assert [row.unit for row in rows] == [member.unit]
    assert "Đến nay Viện Hai chưa gửi phiếu tự chấm điểm thi đua năm 2020." in proposed_text(
        Phase.Kind.SCORING, "2020", rows, "https://thidua.example/"
    )


@pytest.mark.parametrize(
    ("kind", "units", "way"),
    [("scoring", 1, "score-own"), ("scoring", 2, "scores"), ("check", 1, "scores"), ("plan", 1, None)],
)
def test_reminder_leads_to_the_very_page(scored, leader, member, staff, kind, units, way):
    row = {"bloc_year": scored, "due": None, "officer": None, "reminder": None, "ways": ""}
    rows = [Row(unit=seat.unit, **row) for seat in (member, leader)[:units]]
    place = [scored.year.code, scored.bloc.code, *([member.unit.code] if way == "score-own" else [])]

    text = proposed_text(Phase.Kind(kind), "2020", rows, "https://thidua.example/")

    path = reverse(way, args=place) if way else "/"
    assert f"Xem việc cần làm tại: https://thidua.example{path}\n" in text


def test_steps_lead_each_unit_to_its_own_sheet(scored, leader, member, staff):
    place = [scored.year.code, scored.bloc.code]
    officer = make.user_with("officer", member.unit)

    own = reverse("score-own", args=[*place, member.unit.code])
    assert steps_of(scored, officer)["scoring"].address == own
    assert steps_of(scored, staff)["scoring"].address == reverse("scores", args=place)
    sheet(member, **SENT)
    assert steps_of(scored, officer)["scoring"].address == reverse("scores", args=place)


def test_steps_of_many_are_made_in_as_many_queries_as_of_one(staff):
    year = make.EmulationYearFactory()
    blocs = [make.SeatFactory(role="leader", bloc_year__year=year).bloc_year for _each in range(4)]
    for bloc_year in blocs:
        given(bloc_year, make.frozen_set(year, bloc=bloc_year.bloc))
        sheet(bloc_year.seats.get(), **SENT)
    counts = []
    for some in (blocs[:1], blocs[:1], blocs):
        some = list(BlocYear.objects.filter(pk__in=[each.pk for each in some]))
        with CaptureQueriesContext(connection) as queries:
            timelines(some, staff)
        counts.append(len(queries))
    assert counts[1] == counts[2]
