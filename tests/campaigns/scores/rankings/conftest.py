from decimal import Decimal

import pytest
from django.utils import timezone

from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import ScoreSheet
from tests import factories as make
from tests.factories.year import choose

# Points of every criterion of frozen_set(): 95 in all, of which 3 are bonus.
POINTS = {"a1": "38", "a2": "20", "a3": "18", "b1": "11", "b2": "5", "b3": "3"}
COUNTS = {"self": {"state": "sent"}}
RELEASED = {"state": "released", "number": 1}


class Scored:
    """A bloc's year with a frozen set, whose units are given points at once; what is given counts."""

    def __init__(self, bloc_year, **fields):
        self.bloc_year = bloc_year
        choose(bloc_year, make.frozen_set(bloc_year.year, **fields))
        self.criteria = {each.key: each for each in chosen_set(bloc_year).criteria.all()}

    def unit(self, name, **seat):
        """A unit of the bloc by its name."""
        unit = make.UnitStateFactory(official_name=name).unit
        make.SeatFactory(bloc_year=self.bloc_year, unit=unit, **seat)
        return unit

    def give(self, unit, tier="check", *, counts=True, fields=None, checker=None, **points):
        """A sheet of a tier with POINTS, other ones as told; None leaves a criterion without a score."""
        sheet = make.ScoreSheetFactory(
            bloc_year=self.bloc_year,
            unit=unit,
            tier=tier,
            checker=checker,
            criteria_set=chosen_set(self.bloc_year),
        )
        told = {key: value for key, value in (POINTS | points).items() if value is not None}
        for key, value in told.items():
            value = Decimal(value)
            bonus = {"bonus": value, "base": 0} if key == "b3" else {"base": value}
            given = bonus | {"points": value} | (fields or {}).get(key, {})
            make.ScoreFactory(sheet=sheet, criterion=self.criteria[key], **given)
        now = timezone.now()
        total = sum(map(Decimal, told.values()))
        ScoreSheet.objects.filter(pk=sheet.pk).update(
            total=total,
            is_complete=len(told) == len(POINTS),
            sent_at=now if tier == "self" and counts else None,
            released_at=now if tier != "self" and counts else None,
            **(COUNTS.get(tier, RELEASED) if counts else {}),
        )
        sheet.refresh_from_db()
        return sheet


@pytest.fixture
def scored(bloc_year):
    """The bloc's year with its set; the leader's unit has no sheet."""
    return Scored(bloc_year, tie_breaks=[{"kind": "section", "section": "a"}])
