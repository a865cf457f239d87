"""The differences between tiers in a bloc's year, gathered from what counts, in words for the department."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from blocs import notation
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import InspectionMember, Score, ScoreSheet, Tier
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.tables import differences

COMPARED = ((Tier.SELF, Tier.CHECK), (Tier.CHECK, Tier.LEADER), (Tier.SELF, Tier.LEADER))
WIDTH, EDGE = 400, 12  # of the drawing, in its own units


def written(value, digits=2):
    """A deviation as written, with its sign; empty where it is not known."""
    if value is None:
        return ""
    shown = rounded(value, digits)
    return f"{'+' if shown > 0 else '−' if shown < 0 else ''}{notation.number(abs(shown))}"


@dataclass
class Differences:
    """What the tiers gave in a bloc's year, as far as it counts, and how `earlier` and `later` differ."""

    bloc_year: object
    earlier: str
    later: str

    @cached_property
    def _sheets(self):
        """{sheet: (unit, tier, checker)} of what counts."""
        known = ScoreSheet.objects.filter(bloc_year=self.bloc_year).exclude(state=ScoreSheet.State.DRAFT)
        return {key: rest for key, *rest in known.values_list("pk", "unit_id", "tier", "checker_id")}

    @cached_property
    def _given(self):
        """{(unit, tier, checker): {criterion key: points}}."""
        found = defaultdict(dict)
        scores = Score.objects.filter(sheet__in=self._sheets, points__isnull=False).order_by()
        for sheet, key, points in scores.values_list("sheet_id", "criterion__key", "points"):
            found[tuple(self._sheets[sheet])][key] = points
        return found

    @cached_property
    def points(self):
        """{tier: {unit: {criterion key: points}}}; what several units checked is their average."""
        several = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        for (unit, tier, _checker), scores in self._given.items():
            for key, points in scores.items():
                several[tier][unit][key].append(Fraction(points))
        return {
            tier: {
                unit: {key: differences.mean(values) for key, values in scores.items()}
                for unit, scores in units.items()
            }
            for tier, units in several.items()
        }

    @cached_property
    def names(self):
        """{unit: its name} of the bloc's units."""
        day = self.bloc_year.year.last_day
        return {seat.unit_id: seat.unit.name(day) for seat in self.bloc_year.seats_in_order() if seat.unit_id}

    @cached_property
    def criteria(self):
        """{criterion key: its name}."""
        criteria_set = chosen_set(self.bloc_year)
        known = plan_of(criteria_set).criteria if criteria_set else {}
        return {key: " ".join(filter(None, [each.code, each.text])) for key, each in known.items()}

    @cached_property
    def _cells(self):
        return differences.cells(self.points.get(self.earlier, {}), self.points.get(self.later, {}))

    def units(self):
        """[(name, deviation, drawing of the totals)] of each unit, the largest deviation first."""
        found = differences.by_unit(self._cells)
        return [(self.names.get(each.key, "?"), each, self._marks[each.key]) for each in found]

    def by_criterion(self):
        """[(name, deviation, None)] on each criterion, the largest first."""
        found = differences.by_criterion(self._cells)
        return [(self.criteria.get(each.key, each.key), each, None) for each in found]

    @cached_property
    def checked(self):
        """{(unit that checked, unit): mean deviation that it gave}, across or by the team that it sat on."""
        own = self.points.get(Tier.SELF, {})
        teams = defaultdict(set)
        on_teams = InspectionMember.objects.filter(
            inspection__bloc_year=self.bloc_year, side=InspectionMember.Side.TEAM, unit__isnull=False
        )
        for unit, member in on_teams.values_list("inspection__unit_id", "unit_id"):
            teams[unit].add(member)
        found = {}
        for (unit, tier, checker), scores in self._given.items():
            if tier != Tier.CHECK:
                continue
            cells = differences.cells(own, {unit: scores})
            for each in {checker} if checker else teams[unit] - {unit}:
                if cells:
                    found[each, unit] = differences.mean(cells.values())
        return found

    def pairs(self):
        """[(names of two that checked each other, pair)], those that leaned most to each other first."""
        found = differences.pairs(self.checked)
        return [(self.names.get(each.one, "?"), self.names.get(each.two, "?"), each) for each in found]

    def outliers(self):
        """[(what stands out, in words)], the farthest first within each kind."""
        of_units = {each.key: each.mean for each in differences.by_unit(self._cells)}
        on_criteria = {each.key: each.mean for each in differences.by_criterion(self._cells)}
        given = defaultdict(list)
        for (checker, _unit), value in self.checked.items():
            given[checker].append(value)
        by_checker = {checker: differences.mean(values) for checker, values in given.items()}
        compared = (
            (_("Đơn vị được chấm"), self.names, of_units),
            (_("Tiêu chí"), self.criteria, on_criteria),
            (_("Đơn vị chấm"), self.names, by_checker),
        )
        return [
            self._said(kind, names, each)
            for kind, names, values in compared
            for each in differences.outliers(values)
        ]

    def _said(self, kind, names, outlier):
        if outlier.times is None:
            words = _("hơn nửa số còn lại không chênh lệch")
        else:
            words = _("cách mức giữa gấp %(times)s lần mức thường gặp") % {
                "times": notation.number(rounded(outlier.times, 1))
            }
        return {
            "kind": kind,
            "name": names.get(outlier.key, "?"),
            "value": written(outlier.value),
            "middle": written(outlier.middle),
            "words": words,
        }

    @cached_property
    def _marks(self):
        """{unit: [(tier, total over the criteria that all tiers gave, place in the drawing)]}."""
        totals = {unit: self._totals(unit) for unit in self.names}
        every = [total for found in totals.values() for _tier, total in found]
        lowest, highest = min(every, default=Fraction(0)), max(every, default=Fraction(0))
        scale = (WIDTH - 2 * EDGE) / ((highest - lowest) or Fraction(1))
        found = defaultdict(list)
        for unit, given in totals.items():
            for tier, total in given:
                place = EDGE + int(scale * (total - lowest))
                found[unit].append((tier, notation.number(rounded(total, 2)), place))
        return found

    def _totals(self, unit):
        """[(tier, total)] of a unit over the criteria that each of its tiers gave, so that they compare."""
        tiers = [tier for tier in (Tier.SELF, Tier.CHECK, Tier.LEADER) if self.points.get(tier, {}).get(unit)]
        keys = set.intersection(*(set(self.points[tier][unit]) for tier in tiers)) if tiers else set()
        return [(tier, sum((self.points[tier][unit][key] for key in keys), Fraction(0))) for tier in tiers]
