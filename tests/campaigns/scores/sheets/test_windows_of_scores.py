"""The windows of scores shut at midnight, by whichever door one comes; what opens them again."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from blocs.permissions import Refused
from campaigns import actions
from campaigns.models import Phase
from campaigns.scores import actions as score_actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import ScoreSheet
from campaigns.scores.sheets.filling import Row
from campaigns.scores.windows import OF_TIER, closed_to_sheet
from tests import factories as make

pytestmark = pytest.mark.django_db

LAST = date(2026, 11, 20)
EVE, MORROW = "2026-11-20 23:59:30+07:00", "2026-11-21 00:00:30+07:00"


@pytest.fixture(autouse=True)
def _ends_on_a_friday(year):
    """All windows of scores end on the same day of a year that goes on."""
    type(year).objects.filter(pk=year.pk).update(first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    Phase.objects.update(last_day=LAST)


@pytest.fixture
def sheet(bloc_year, member, officer):
    """A unit's own sheet, begun on the eve."""
    with time_machine.travel(EVE):
        return score_actions.begin_sheet(bloc_year=bloc_year, unit=member.unit, tier="self", by=officer)


@pytest.fixture
def told(criterion):
    """A row as every door hands it to the act."""
    return Row(criterion("b2"), figures={"co": {"answer": "yes"}}, shown_version=0)


def by_table(sheet, told, officer):
    score_actions.save_scores(sheet=sheet, rows=[told], by=officer)


def by_hand(sheet, told, officer):
    row = {"criterion": told.criterion, "figures": told.figures, "shown_version": 0}
    score_actions.save_score(sheet=sheet, by=officer, **row)


@pytest.mark.parametrize("door", [by_table, by_hand])
def test_sheet_is_filled_in_until_midnight(sheet, told, officer, door):
    with time_machine.travel(MORROW), pytest.raises(Refused, match="đã hết hạn ngày 20/11/2026"):
        door(sheet, told, officer)
    assert not sheet.scores.exists()
    with time_machine.travel(EVE):
        door(sheet, told, officer)
    assert sheet.scores.get().points == told.criterion.maximum


@pytest.mark.parametrize(("moment", "begun"), [(EVE, 1), (MORROW, 0)])
def test_sheet_is_begun_on_screen_until_midnight(client, bloc_year, member, officer, moment, begun):
    with time_machine.travel(moment):
        client.force_login(officer)
        place = [bloc_year.year.code, bloc_year.bloc.code, member.unit.code]
        response = client.post(reverse("score-begin", args=place))

    assert ScoreSheet.objects.filter(unit=member.unit).count() == begun
    assert (response.status_code == 403) == (not begun)


def test_records_are_no_door_to_scores():
    kept = {model._meta.model_name for model in admin.site._registry}

    assert kept.isdisjoint({"score", "scoresheet", "sheetversion", "correction", "evidence", "ranking"})


@pytest.mark.parametrize("tier", OF_TIER)
def test_each_tier_has_its_own_window(bloc_year, member, tier):
    sheet = make.ScoreSheetFactory(
        bloc_year=bloc_year, unit=member.unit, tier=tier, criteria_set=chosen_set(bloc_year)
    )
    Phase.objects.exclude(kind=OF_TIER[tier]).update(last_day=LAST - timedelta(days=10))

    assert closed_to_sheet(sheet, LAST) is None
    assert closed_to_sheet(sheet, LAST + timedelta(days=1)) is not None


def test_window_opened_again_is_open_to_the_units_that_were_named(bloc_year, leader, member):
    sheets = [
        make.ScoreSheetFactory(bloc_year=bloc_year, unit=seat.unit, criteria_set=chosen_set(bloc_year))
        for seat in (member, leader)
    ]
    make.ReopeningFactory(
        bloc_year=bloc_year, units=[member.unit], phase_kind="scoring", last_day=date(2026, 11, 25)
    )

    days = [date(2026, 11, day) for day in (21, 25, 26)]
    assert [[closed_to_sheet(sheet, day) is None for day in days] for sheet in sheets] == [
        [True, True, False],
        [False, False, False],
    ]


def test_extension_opens_the_window_to_all_units_of_its_bloc(bloc_year, sheet, staff, officer, told):
    other = make.BlocYearFactory(year=bloc_year.year, criteria_set=chosen_set(bloc_year))
    foreign = make.ScoreSheetFactory(bloc_year=other, criteria_set=chosen_set(bloc_year))
    with time_machine.travel(MORROW):
        actions.extend_phase(
            year=bloc_year.year,
            bloc_year=bloc_year,
            kind="scoring",
            last_day=date(2026, 11, 30),
            reason="Khối đề nghị",
            by=staff,
        )
        score_actions.save_scores(sheet=sheet, rows=[told], by=officer)
        assert closed_to_sheet(foreign) is not None

    assert sheet.scores.exists()


@pytest.mark.parametrize(("after", "is_open"), [(5, True), (6, False)])
def test_returned_sheet_is_open_until_its_correction_is_due(bloc_year, member, after, is_open):
    sheet = make.ScoreSheetFactory(
        bloc_year=bloc_year,
        unit=member.unit,
        criteria_set=chosen_set(bloc_year),
        state="returned",
        sent_at=timezone.now(),
    )
    make.CorrectionFactory(sheet=sheet, due=LAST + timedelta(days=5))

    assert (closed_to_sheet(sheet, LAST + timedelta(days=after)) is None) == is_open
