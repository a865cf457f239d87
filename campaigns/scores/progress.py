"""How far the scoring of bloc-years is, read at once for many: what steps and waitings rest on."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import BigIntegerField, CharField, F, Func, Q, Value, prefetch_related_objects
from django.db.models.functions import Cast
from django.utils import timezone

from campaigns.leaders import seated_units
from campaigns.models import Seat
from campaigns.scores.criteria.chosen import chosen_set, chosen_sets
from campaigns.scores.models import (
    CheckAssignment,
    CriteriaSection,
    CriteriaSet,
    Explanation,
    Inspection,
    Ranking,
    Reopening,
    ScoreSheet,
    Tier,
)

State = ScoreSheet.State
SITTING = CriteriaSet.CheckMode.SITTING
OF_BLOC = (Tier.CHECK, Tier.LEADER, Tier.CONFERENCE)  # tiers that are not the department's
# A unit's own scoring is with those who check it; one that was returned is with the unit again.
WITH_OTHERS = (State.SENT, State.OPENED)


class Question(NamedTuple):
    """A question about a released figure that has no answer, in keys."""

    key: int
    unit: int
    tier: str
    checker: int | None


@dataclass
class Scoring:
    """How far the scoring of one bloc's year is, in keys of units; `leaders` are of its own seats alone."""

    bloc_year: object
    units: set
    leaders: set
    tiers: set = field(default_factory=set)
    sent: set = field(default_factory=set)
    begun: set = field(default_factory=set)
    ready: set = field(default_factory=set)  # units whose own scoring was sent, also where it came back
    unreceived: int = 0
    whole: list = field(default_factory=list)  # tiers of the drafts in which nothing is missing
    released: set = field(default_factory=set)  # {(unit, tier, checker or None)}
    assigned: set = field(default_factory=set)  # {(unit, checker)}
    is_begun: bool = False
    asked: int = 0
    unanswered: list = field(default_factory=list)  # Questions
    is_ranked: bool = False
    returned: set = field(default_factory=set)
    replied: set = field(default_factory=set)  # units that were given an answer
    sittings: int = 0  # that were planned and not held yet
    reopened: dict = field(default_factory=lambda: defaultdict(list))  # {phase: [(unit, last day)]}

    @property
    def answered(self):
        """How many questions were answered."""
        return self.asked - len(self.unanswered)

    @property
    def answering(self):
        """Units that must answer; staff do for the department's tier."""
        return set().union(
            *(
                {each.checker} if each.checker else self.leaders
                for each in self.unanswered
                if each.tier in OF_BLOC
            )
        )

    @property
    def unsent(self):
        """Units whose own scoring has not been sent, or came back to them."""
        return self.units - self.sent

    @property
    def checking_tier(self):
        """The first tier above the unit's own that the criteria ask for; None where there is none."""
        return next((tier for tier in (Tier.CHECK, Tier.LEADER) if tier in self.tiers), None)

    @property
    def is_crossing(self):
        """Whether units check one another instead of a team that sits with each."""
        mode = chosen_set(self.bloc_year).check_mode
        return self.checking_tier == Tier.CHECK and mode != SITTING

    @property
    def undone_checks(self):
        """[(unit, checker)] of the assignments whose points are not released."""
        return [
            (unit, checker)
            for unit, checker in sorted(self.assigned)
            if (unit, Tier.CHECK, checker) not in self.released
        ]

    @property
    def unchecked(self):
        """Units whose points were not released by everybody who checks them."""
        if not self.is_crossing:
            done = {unit for unit, tier, _checker in self.released if tier == self.checking_tier}
            return self.units - done
        whole = {unit for unit, _checker in self.assigned} - {unit for unit, _checker in self.undone_checks}
        return self.units - whole


def scorings_of(bloc_years):
    """{bloc-year key: how far its scoring is} of those that have criteria, in one query.

    Each is kept with its bloc-year as `scoring`, for what else the same page asks of it.
    """
    today = timezone.localdate()
    sets = chosen_sets(bloc_years)
    scored = [each for each in bloc_years if each.pk in sets]
    if not scored:
        return {}
    prefetch_related_objects(scored, "seats", "year")
    for each in scored:
        each.scoring = Scoring(each, seated_units(each, today), _leaders(each, today))
    found = {each.pk: each.scoring for each in scored}
    for kind, bloc_year, *row in _rows(list(found), today):
        READ[kind](found[bloc_year], *row)
    return found


def _leaders(bloc_year, today):
    day = bloc_year.nearest_day(today)
    seats = (seat for seat in bloc_year.seats.all() if seat.role == Seat.Role.LEADER and seat.unit_id)
    return {seat.unit_id for seat in seats if seat.holds_on(day)}


def _rows(keys, today):
    """(kind, bloc-year, unit, tier, checker, state, whether it is whole) of all that was scored, at once."""
    nobody, empty = Cast(Value(None), BigIntegerField()), Value("")

    def rows(model, bloc_year="bloc_year", only=None, **said):
        columns = {"unit": nobody, "tier": empty, "checker": nobody, "state": empty, "whole": Value(False)}
        told = {"kind_": Value(model._meta.model_name), "bloc_year_": F(bloc_year)}
        told |= {f"{name}_": value for name, value in (columns | said).items()}
        known = model.objects.filter(**{f"{bloc_year}__in": keys}, **(only or {})).order_by()
        return known.annotate(**told).values_list(*told)

    unit, tier, checker = F("unit"), F("tier"), F("checker")
    return rows(
        ScoreSheet, unit=unit, tier=tier, checker=checker, state=F("state"), whole=F("is_complete")
    ).union(
        rows(CheckAssignment, unit=unit, checker=checker),
        rows(Inspection, unit=unit, whole=Q(held_on__isnull=False)),
        rows(
            Explanation,
            bloc_year="sheet__bloc_year",
            unit=F("sheet__unit"),
            tier=F("sheet__tier"),
            checker=F("sheet__checker"),
            state=Cast("pk", CharField()),
            whole=Q(answered_at__isnull=False),
        ),
        rows(Ranking, only={"state": Ranking.State.RELEASED}),
        rows(
            Reopening,
            unit=F("units"),
            tier=F("phase_kind"),
            state=Cast("last_day", CharField()),
            only={"last_day__gte": today},
        ),
        rows(
            CriteriaSection,
            bloc_year="criteria_set__chosen__bloc_year",
            state=Func(F("tiers"), Value(","), function="array_to_string", output_field=CharField()),
            whole=Q(parent=None),
        ),
        all=True,
    )


def _sheet(scoring, unit, tier, checker, state, is_whole):
    if tier == Tier.SELF:
        scoring.begun.add(unit)
        scoring.unreceived += state == State.SENT
        if state in WITH_OTHERS:
            scoring.sent.add(unit)
        if state != State.DRAFT:
            scoring.ready.add(unit)
        if state == State.RETURNED:
            scoring.returned.add(unit)
    elif state == State.RELEASED:
        scoring.released.add((unit, tier, checker))
    elif is_whole and not checker:
        scoring.whole.append(tier)


def _assignment(scoring, unit, _tier, checker, *_rest):
    scoring.assigned.add((unit, checker))
    scoring.is_begun = True


def _inspection(scoring, _unit, _tier, _checker, _state, is_held):
    scoring.sittings += not is_held
    scoring.is_begun |= is_held


def _explanation_row(scoring, unit, tier, checker, key, is_answered):
    scoring.asked += 1
    if is_answered:
        scoring.replied.add(unit)
    else:
        scoring.unanswered.append(Question(int(key), unit, tier, checker))


def _reopening(scoring, unit, kind, _checker, last_day, _whole):
    scoring.reopened[kind].append((unit, date.fromisoformat(last_day)))


def _section(scoring, _unit, _tier, _checker, tiers, is_outermost):
    """A section without tiers is scored by those of the one around it, the outermost by all."""
    scoring.tiers |= set(tiers.split(",")) if tiers else set(Tier.values) if is_outermost else set()


def _ranking_row(scoring, *_rest):
    scoring.is_ranked = True


READ = {
    "scoresheet": _sheet,
    "checkassignment": _assignment,
    "inspection": _inspection,
    "explanation": _explanation_row,
    "ranking": _ranking_row,
    "reopening": _reopening,
    "criteriasection": _section,
}
