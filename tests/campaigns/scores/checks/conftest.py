from datetime import timedelta

import pytest
from django.utils import timezone

from blocs.models.people import Operator
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.models import ScoreSheet
from campaigns.scores.sheets.filling import Row
from tests.factories import (
    FIGURES,
    BlocYearFactory,
    EmulationYearFactory,
    InspectionFactory,
    InspectionMemberFactory,
    PhaseFactory,
    SeatFactory,
    UnitStateFactory,
    UserFactory,
    frozen_set,
    user_with,
)

GROUNDS = "Theo hướng dẫn chấm điểm"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def year(today, db):
    """A year that runs today, all its windows of scoring open."""
    year = EmulationYearFactory(
        code=f"{today.year}", first_day=today - timedelta(days=300), last_day=today + timedelta(days=60)
    )
    for kind in ("scoring", "check", "explanation", "conference", "proposals"):
        PhaseFactory(year=year, kind=Phase.Kind(kind), last_day=today + timedelta(days=30))
    return year


@pytest.fixture
def criteria_set(year):
    return frozen_set(year)


@pytest.fixture
def bloc_year(year, criteria_set):
    return BlocYearFactory(year=year, criteria_set=criteria_set, name="Khối thi đua Viện")


@pytest.fixture
def seats(bloc_year):
    """{role in words: seat} of a bloc with a leader, a deputy and two members."""
    roles = {"leader": "leader", "deputy": "deputy", "member": "member", "other": "member"}
    return {
        name: SeatFactory(
            bloc_year=bloc_year,
            role=role,
            unit=UnitStateFactory(official_name=f"Viện {name.title()}").unit,
            representative=f"Nguyễn Văn {name.title()}",
            representative_title="Viện trưởng",
        )
        for name, role in roles.items()
    }


@pytest.fixture
def units(seats):
    return {name: seat.unit for name, seat in seats.items()}


@pytest.fixture
def people(units, db):
    """One of each kind of user, seen from the member unit of a bloc."""
    stranger = SeatFactory(role="leader").unit
    return {
        "staff": user_with("staff"),
        "leader's secretary": user_with("secretary", units["leader"]),
        "deputy's officer": user_with("officer", units["deputy"]),
        "member's officer": user_with("officer", units["member"]),
        "other's officer": user_with("officer", units["other"]),
        "clerk": user_with("clerk", units["leader"]),
        "another bloc's secretary": user_with("secretary", stranger),
        "administrator": user_with("administrator"),
        "operator": Operator("root"),
        "nobody": UserFactory(),
    }


def rows_of(criteria_set, figures=FIGURES, grounds=GROUNDS, versions=None):
    """Rows of a set for these figures, each with its grounds."""
    found = {each.key: each for each in criteria_set.criteria.all()}
    return [
        Row(found[key], figures=each, grounds=grounds, shown_version=(versions or {}).get(key, 0))
        for key, each in figures.items()
    ]


@pytest.fixture
def scored(bloc_year):
    """A function: a unit has scored itself and sent its sheet."""

    def scored(unit, figures=FIGURES):
        officer = user_with("officer", unit)
        sheet = actions.begin_sheet(bloc_year=bloc_year, unit=unit, tier="self", by=officer)
        actions.save_scores(sheet=sheet, rows=rows_of(sheet.criteria_set, figures), by=officer)
        ScoreSheet.objects.filter(pk=sheet.pk).update(state="sent", sent_at=timezone.now())
        sheet.refresh_from_db()
        return sheet

    return scored


@pytest.fixture
def inspection(bloc_year, units, today):
    """The member unit is checked today by the deputy's unit."""
    inspection = InspectionFactory(bloc_year=bloc_year, unit=units["member"], day=today)
    InspectionMemberFactory(inspection=inspection, side="team", unit=units["deputy"])
    return inspection
