from datetime import timedelta

import pytest
from django.utils import timezone

from blocs.journal import Paper
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.sheets.filling import Row
from tests.factories import (
    FIGURES,
    BlocYearFactory,
    EmulationYearFactory,
    PhaseFactory,
    SeatFactory,
    frozen_set,
    user_with,
)


@pytest.fixture
def year(db):
    """A year that runs today, all its windows of scoring open."""
    today = timezone.localdate()
    year = EmulationYearFactory(
        code=f"{today.year}", first_day=today - timedelta(days=300), last_day=today + timedelta(days=60)
    )
    for kind in ("scoring", "check", "explanation", "conference", "proposals"):
        PhaseFactory(year=year, kind=Phase.Kind(kind), last_day=today + timedelta(days=30))
    return year


@pytest.fixture
def bloc_year(year):
    return BlocYearFactory(year=year, criteria_set=frozen_set(year))


@pytest.fixture
def leader(bloc_year):
    return SeatFactory(bloc_year=bloc_year, role="leader")


@pytest.fixture
def member(leader):
    return SeatFactory(bloc_year=leader.bloc_year)


@pytest.fixture
def officer(member):
    """The officer of the unit that is scored."""
    return user_with("officer", member.unit)


@pytest.fixture
def secretary(leader):
    return user_with("secretary", leader.unit)


@pytest.fixture
def staff(db):
    return user_with("staff")


@pytest.fixture
def paper():
    return Paper(day=timezone.localdate())


@pytest.fixture
def criterion(bloc_year):
    """A criterion of the bloc's set by its key."""
    found = {each.key: each for each in chosen_set(bloc_year).criteria.all()}
    return found.__getitem__


@pytest.fixture
def sheet(bloc_year, member, officer):
    """A unit's own sheet, just begun."""
    return actions.begin_sheet(bloc_year=bloc_year, unit=member.unit, tier="self", by=officer)


def rows_of(criteria_set, figures=FIGURES, grounds="Theo hướng dẫn"):
    """Rows for every criterion of a frozen set."""
    found = {each.key: each for each in criteria_set.criteria.all()}
    return [Row(found[key], figures=each, grounds=grounds) for key, each in figures.items()]


@pytest.fixture
def filled(sheet, officer):
    """The same with every criterion scored."""
    actions.save_scores(sheet=sheet, rows=rows_of(sheet.criteria_set), by=officer)
    sheet.refresh_from_db()
    return sheet
