"""A desk at work on one unit: the sheet of its tier, what counts below it, where the two differ."""

from collections import Counter
from dataclasses import dataclass, field

from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import CheckAssignment, CriteriaSet, Evidence, ScoreSheet, Tier
from campaigns.scores.scoring.plan import Section
from campaigns.scores.sheets.counting import BlocScores, result_of, scores_of, sheet_totals
from campaigns.scores.sheets.filling import Filling, differs, filling_of


@dataclass
class Desk:
    """One sheet, saved or not yet begun, with what it takes to fill it in."""

    sheet: ScoreSheet
    scores: BlocScores
    filling: Filling
    criteria: dict  # {criterion key: its row}
    evidence: Counter = field(default_factory=Counter)  # {criterion key: how many pieces}

    @property
    def own(self):
        """The unit's own sheet once it was sent, or None."""
        own = self.scores.sheet(self.sheet.unit_id, Tier.SELF)
        return own if own and own.counts else None

    def shown(self, key):
        """What stands in the sheet for a criterion, or what it begins with; None where nothing is known."""
        return self.filling.scores.get(key) or (None if self.sheet.pk else self.filling.below.get(key))

    def deviations(self):
        """[(criterion's row, what is below, the score)] where the sheet gives other points, in order."""
        return [
            (self.criteria[key], self.filling.below[key], self.filling.scores[key])
            for key in self.filling.plan.criteria
            if key in self.filling.below
            and key in self.filling.scores
            and differs(self.filling.scores[key], self.filling.below[key])
        ]

    def missing(self):
        """The keys of criteria without points here."""
        return [key for key in self.filling.plan.criteria if self.shown(key) is None]

    def total(self):
        """What the sheet comes to, or would if it were begun now; None while nothing is known."""
        shown = {key: result_of(each) for key in self.filling.plan.criteria if (each := self.shown(key))}
        return self._total(shown)

    def total_below(self):
        """What the same criteria come to by what counts below; None where nothing does."""
        return self._total({key: result_of(each) for key, each in self.filling.below.items()})

    def sections(self):
        """[(depth, section, keys of its criteria)] in the order of the plan, those without criteria too."""
        return list(_walk(self.filling.plan.sections, 0))

    def _total(self, results):
        return sheet_totals(self.scores.plan, self.sheet.tier, results).total if results else None


def desk_of(bloc_year, unit, tier, checker=None):
    """The desk of a tier for a unit; its sheet is a new one while it was not begun."""
    scores = scores_of([bloc_year], ScoreSheet.objects.filter(unit=unit))[bloc_year.pk]
    sheet = scores.sheet(unit.pk, tier, checker.pk if checker else None) or ScoreSheet(
        bloc_year=bloc_year, unit=unit, tier=tier, checker=checker, criteria_set=chosen_set(bloc_year)
    )
    sheet.bloc_year = bloc_year
    own = scores.sheet(unit.pk, Tier.SELF)
    pieces = Evidence.objects.filter(sheet=own) if own and own.counts else Evidence.objects.none()
    return Desk(
        sheet=sheet,
        scores=scores,
        filling=filling_of(sheet, scores),
        criteria={each.key: each for each in chosen_set(bloc_year).criteria.all()},
        evidence=Counter(pieces.values_list("criterion__key", flat=True)),
    )


def is_across(bloc_year):
    """Whether units check one another instead of sitting together."""
    criteria_set = chosen_set(bloc_year)
    return criteria_set is not None and criteria_set.check_mode != CriteriaSet.CheckMode.SITTING


def checkers_open_to(user, bloc_year, unit):
    """The units assigned to check a unit, as far as this person may know them."""
    known = CheckAssignment.objects.visible_to(user).filter(bloc_year=bloc_year, unit=unit)
    return [each.checker for each in known.select_related("checker").prefetch_related("checker__states")]


def _walk(sections, depth):
    for section in sections:
        keys = [part.key for part in section.parts if not isinstance(part, Section)]
        yield depth, section, keys
        yield from _walk([part for part in section.parts if isinstance(part, Section)], depth + 1)
