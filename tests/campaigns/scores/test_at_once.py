"""Two people save the same criterion at once: the second waits, and is refused with both texts."""

from functools import partial

import pytest

from blocs.permissions import Refused
from campaigns.scores import actions
from campaigns.scores.models import Score
from campaigns.scores.sheets.actions.sheets import StaleScore
from tests.factories import (
    FIGURES,
    BlocYearFactory,
    EmulationYearFactory,
    SeatFactory,
    frozen_set,
    user_with,
)

OTHER = {"ty-le": {"achieved": "45", "plan": "50"}}


@pytest.fixture
def begun(transactional_db):
    """(sheet, its officer), committed for tests of several connections; the year has no windows."""
    year = EmulationYearFactory()
    seat = SeatFactory(bloc_year=BlocYearFactory(year=year, criteria_set=frozen_set(year)))
    officer = user_with("officer", seat.unit)
    return actions.begin_sheet(bloc_year=seat.bloc_year, unit=seat.unit, tier="self", by=officer), officer


def test_one_criterion_saved_at_once(begun, first_then):
    sheet, officer = begun
    criterion = sheet.criteria_set.criteria.get(key="a1")
    save = partial(actions.save_score, sheet=sheet, criterion=criterion, shown_version=0, by=officer)

    with pytest.raises(StaleScore) as stale:
        first_then(partial(save, figures=FIGURES["a1"]), partial(save, figures=OTHER)).outcome()

    assert (stale.value.theirs["points"], stale.value.yours["points"]) == ("33.6", "36")
    kept = Score.objects.get()
    assert (f"{kept.points:.1f}", kept.version) == ("33.6", 1)


def test_two_criteria_saved_at_once_add_up(begun, first_then):
    sheet, officer = begun
    criteria = {each.key: each for each in sheet.criteria_set.criteria.all()}
    save = partial(actions.save_score, sheet=sheet, shown_version=0, by=officer)

    first_then(
        partial(save, criterion=criteria["a1"], figures=FIGURES["a1"]),
        partial(save, criterion=criteria["a2"], figures=FIGURES["a2"]),
    ).outcome()

    sheet.refresh_from_db()
    assert f"{sheet.total:.1f}" == "48.6"


def test_a_sheet_begun_at_once(transactional_db, first_then):
    year = EmulationYearFactory()
    seat = SeatFactory(bloc_year=BlocYearFactory(year=year, criteria_set=frozen_set(year)))
    begin = partial(
        actions.begin_sheet,
        bloc_year=seat.bloc_year,
        unit=seat.unit,
        tier="self",
        by=user_with("officer", seat.unit),
    )

    with pytest.raises(Refused, match="đã bắt đầu"):
        first_then(begin, begin).outcome()
