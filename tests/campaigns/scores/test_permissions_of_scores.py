"""Who may do what with a sheet: role by tier, by whose sheet it is. Nobody judges its own unit."""

import pytest
from django.utils import timezone

from campaigns.scores import permissions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import ScoreSheet, Tier
from tests import factories as make
from tests.factories import frozen_set, user_with

pytestmark = pytest.mark.django_db

SEATS = {"leader": "leader", "deputy": "deputy", "member": "member"}


@pytest.fixture
def units(db):
    """The units of a bloc; the deputy's unit sits on the team that checks the member, and on its own."""
    year = make.EmulationYearFactory(code=f"{timezone.localdate().year}")
    bloc_year = make.BlocYearFactory(year=year, criteria_set=frozen_set(year))
    units = {
        name: make.SeatFactory(bloc_year=bloc_year, role=role, unit=make.UnitStateFactory().unit).unit
        for name, role in SEATS.items()
    }
    for checked in ("member", "deputy", "leader"):
        sitting = make.InspectionFactory(bloc_year=bloc_year, unit=units[checked])
        make.InspectionMemberFactory(inspection=sitting, side="team", unit=units["deputy"])
        for tier in Tier:
            make.ScoreSheetFactory(
                bloc_year=bloc_year, unit=units[checked], tier=tier, criteria_set=chosen_set(bloc_year)
            )
    return units


def people_of(units):
    return {
        "member's officer": user_with("officer", units["member"]),
        "deputy's officer": user_with("officer", units["deputy"]),
        "leader's secretary": user_with("secretary", units["leader"]),
        "leader's clerk": user_with("clerk", units["leader"]),
        "staff": user_with("staff"),
        "stranger": user_with("secretary", make.SeatFactory(role="leader").unit),
    }


def table(units, may):
    """{(who, whose sheet): tiers at which it is allowed}, empty ones left out."""
    found, today = {}, timezone.localdate()
    for who, user in people_of(units).items():
        for whose in SEATS:
            sheets = ScoreSheet.objects.filter(unit=units[whose]).select_related("bloc_year", "unit")
            sheets = sorted(sheets, key=lambda sheet: Tier.values.index(sheet.tier))
            if tiers := " ".join(each.tier for each in sheets if may(user, each, today)):
                found[who, whose] = tiers
    return found


OWN = {("member's officer", "member"): "self", ("deputy's officer", "deputy"): "self"}
ALL = "self check leader conference department"
REVIEWS = {
    ("deputy's officer", "leader"): ALL,
    ("deputy's officer", "member"): ALL,
    ("leader's secretary", "deputy"): ALL,
    ("leader's secretary", "member"): ALL,
    **{("staff", whose): ALL for whose in SEATS},
}
MAY = {
    "may_score": OWN
    | {
        ("deputy's officer", "leader"): "check",
        ("deputy's officer", "member"): "check",
        ("leader's secretary", "leader"): "self leader conference",
        ("leader's secretary", "deputy"): "check leader conference",
        ("leader's secretary", "member"): "check leader conference",
        **{("staff", whose): "check conference department" for whose in SEATS},
    },
    "may_open_sheet": REVIEWS,
    "may_return_sheet": REVIEWS,
    # of whatever tier: the states refuse it of all but the unit's own
    "may_recall_sheet": dict.fromkeys([*OWN, ("leader's secretary", "leader")], ALL),
    "may_record_scores": {
        **{("leader's secretary", whose): "self check leader conference" for whose in SEATS},
        **{("staff", whose): ALL for whose in SEATS},
    },
}


@pytest.mark.parametrize("name", MAY)
def test_who_may_by_role_tier_and_whose_sheet(units, name):
    assert table(units, getattr(permissions, name)) == MAY[name]
