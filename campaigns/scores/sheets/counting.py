"""What units have in a bloc's year: which figures count, and what they come to, for many units at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from campaigns.scores.criteria.chosen import chosen_sets
from campaigns.scores.criteria.plans import plans_of
from campaigns.scores.models import CorrectedScore, Score, ScoreSheet, SheetVersion, Tier
from campaigns.scores.scoring.plan import FigureFault, Plan, Result, of_tier
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.scoring.score import score as work_out
from campaigns.scores.scoring.totals import counting, totals
from campaigns.scores.sheets.among import Among, among, compared

KEPT = ("points", "base", "bonus", "deduction")


def result_of(score):
    """The result that a row of scores holds."""
    return Result(
        points=score.points,
        base=score.base,
        bonus=score.bonus,
        deduction=score.deduction,
        working=tuple(score.working.splitlines()),
        excludes_from_flags=tuple(score.excludes_from_flags.splitlines()),
        disqualifies=tuple(score.disqualifies.splitlines()),
        not_applicable=score.not_applicable,
    )


def keep_result(score, result):
    """Put a result into a row of scores, not yet saved."""
    for name in KEPT:
        setattr(score, name, getattr(result, name))
    score.working = "\n".join(result.working)
    score.excludes_from_flags = "\n".join(result.excludes_from_flags)
    score.disqualifies = "\n".join(result.disqualifies)
    score.not_applicable = result.not_applicable
    return score


def snapshot(scores):
    """The rows of a sheet as its version keeps them; each criterion is named by its key."""
    return [
        {name: None if getattr(score, name) is None else str(getattr(score, name)) for name in KEPT}
        | {
            "key": score.criterion.key,
            "code": score.criterion.code,
            "figures": score.figures,
            "stated": score.stated,
            "not_applicable": score.not_applicable,
            "working": score.working,
            "excludes_from_flags": score.excludes_from_flags,
            "disqualifies": score.disqualifies,
            "reason_code": score.reason_code,
            "reason": score.reason,
        }
        for score in scores
    ]


def restore(score, row):
    """Put back into a row of scores, not yet saved, what a snapshot kept of it."""
    for name in KEPT:
        setattr(score, name, None if row[name] is None else Decimal(row[name]))
    for name in row.keys() - {*KEPT, "key", "code"}:
        setattr(score, name, row[name])


def kept_results(version):
    """{criterion key: result} as a sheet's version keeps them."""
    return {
        row["key"]: Result(
            **{name: None if row[name] is None else Decimal(row[name]) for name in KEPT},
            working=tuple(row["working"].splitlines()),
            excludes_from_flags=tuple(row["excludes_from_flags"].splitlines()),
            disqualifies=tuple(row["disqualifies"].splitlines()),
            not_applicable=row["not_applicable"],
        )
        for row in version.scores
    }


def sheet_totals(plan, tier, results, averages=None):
    """The totals of one sheet alone, of the criteria that its tier scores; no other is missing there."""
    return totals(of_tier(plan, tier), results, averages)


def keep_totals(sheet, plan, results):
    """Put into a sheet, not yet saved, what its results come to and whether it is whole; the totals."""
    found = sheet_totals(plan, sheet.tier, results)
    sheet.total = found.total if results else None
    sheet.is_complete = not found.missing
    return found


def may_change(sheet):
    """Whether points of a sheet still follow the figures of other units: its tier has not released it."""
    return sheet.tier == Tier.SELF or sheet.state == ScoreSheet.State.DRAFT


def compare_anew(sheet, plan, scores, units: Among, *, settled=False):
    """Work out the scores of a sheet, {criterion key: score}, in which units are compared; those changed.

    Nothing is saved. What cannot be worked out, because the criterion changed since, stays as it is.
    """
    year, changed = sheet.bloc_year.year, []
    for key in compared(of_tier(plan, sheet.tier)):
        score = scores.get(key)
        if score is None or score.stated or score.not_applicable:
            continue
        told = {"others": units.beside(sheet, key), "settled": settled, "digits": plan.digits}
        days = {"first_day": year.first_day, "last_day": year.last_day}
        try:
            result = work_out(plan.criteria[key], score.figures, **told, **days)
        except FigureFault:
            continue
        if result != result_of(score):
            keep_result(score, result)
            changed.append(score)
    return changed


@dataclass
class BlocScores:
    """The sheets of a bloc's year with their scores and the plan by which they are added up.

    A unit's own figures count once they are sent, a tier's once they are released. A tier that was opened
    again counts as it was last released: what was said stands until something else is.
    """

    bloc_year: object
    plan: Plan | None
    sheets: list = field(default_factory=list)
    scores: dict = field(default_factory=dict)  # {sheet key: {criterion key: Score}}
    versions: dict = field(default_factory=dict)  # {sheet key: the last SheetVersion}

    @cached_property
    def corrected(self):
        """{sheet key: {criterion key: CorrectedScore}} of what is typed into sheets that were returned."""
        found = defaultdict(dict)
        returned = [each.pk for each in self.sheets if each.is_corrected]
        rows = CorrectedScore.objects.filter(sheet__in=returned) if returned else ()
        for each in rows and rows.select_related("criterion"):
            found[each.sheet_id][each.criterion.key] = each
        return found

    @cached_property
    def sheets_of(self):
        """{unit key: its sheets} in the order of the tiers."""
        found = defaultdict(list)
        for sheet in sorted(self.sheets, key=lambda each: (Tier.values.index(each.tier), each.pk)):
            found[sheet.unit_id].append(sheet)
        return found

    def sheet(self, unit_id, tier, checker=None):
        """One sheet of a unit, or None."""
        return next(
            (each for each in self.sheets_of[unit_id] if (each.tier, each.checker_id) == (tier, checker)),
            None,
        )

    def results_of(self, sheet):
        """{criterion key: result} of one sheet, whatever its state."""
        return {key: result_of(score) for key, score in self.scores.get(sheet.pk, {}).items()}

    def counted(self, sheet):
        """{criterion key: result} of one sheet as far as it counts."""
        if sheet.counts:
            return self.results_of(sheet)
        version = self.versions.get(sheet.pk) if sheet.tier != Tier.SELF else None
        return kept_results(version) if version else {}

    def by_tier(self, unit_id):
        """{tier: {criterion key: result}} of what counts; what several units checked is their average."""
        found = defaultdict(list)
        for sheet in self.sheets_of[unit_id]:
            if results := self.counted(sheet):
                found[sheet.tier].append(results)
        return {tier: self._average(each) for tier, each in found.items()}

    def counting(self, unit_id):
        """{criterion key: (tier, result)} that count for a unit."""
        return counting(self.plan, self.by_tier(unit_id))

    def totals(self, unit_id):
        """The totals of a unit by the figures that count; None where nothing of it counts yet."""
        found = {key: result for key, (_tier, result) in self.counting(unit_id).items()}
        return totals(self.plan, found, self._averages) if found else None

    @cached_property
    def _averages(self):
        """{criterion key: average points of the units to which it applies}."""
        found = defaultdict(list)
        for unit_id in self.sheets_of:
            for key, (_tier, result) in self.counting(unit_id).items():
                if result.points is not None:
                    found[key].append(result.points)
        return {key: self._mean(each) for key, each in found.items()}

    def _average(self, several):
        if len(several) == 1:
            return several[0]
        keys = [key for key in self.plan.criteria if any(key in each for each in several)]
        return {key: self._merged([each[key] for each in several if key in each]) for key in keys}

    def _merged(self, results):
        given = [each for each in results if not each.not_applicable]
        if len(given) < 2:
            return (given or results)[0]
        base, bonus, deduction = (
            self._mean([getattr(each, name) for each in given]) for name in ("base", "bonus", "deduction")
        )
        return Result(
            points=base + bonus - deduction,
            base=base,
            bonus=bonus,
            deduction=deduction,
            working=(f"trung bình của {len(given)} đơn vị chấm",),
            excludes_from_flags=tuple(
                dict.fromkeys(each for one in given for each in one.excludes_from_flags)
            ),
            disqualifies=tuple(dict.fromkeys(each for one in given for each in one.disqualifies)),
        )

    def _mean(self, points):
        return rounded(Fraction(sum(points)) / len(points), self.plan.digits)


def scores_of(bloc_years, sheets=None):
    """{bloc-year key: its scores} in a constant number of queries.

    `sheets` are those to look at, such as those visible to somebody; without them all. A bloc-year without
    criteria has no plan and no sheets. Where units are compared and a sheet may still change, its points are
    those that follow from what counts now.
    """
    bloc_years = list(bloc_years)
    sheets = ScoreSheet.objects.all() if sheets is None else sheets
    sheets = list(sheets.filter(bloc_year__in=bloc_years).select_related("unit", "checker"))
    sets = chosen_sets(bloc_years)
    plans = plans_of(set(sets.values()))
    scores, versions = defaultdict(dict), {}
    for score in Score.objects.filter(sheet__in=sheets).select_related("criterion"):
        scores[score.sheet_id][score.criterion.key] = score
    reopened = [each.pk for each in sheets if not each.counts and each.number]
    for version in SheetVersion.objects.filter(sheet__in=reopened).order_by("number"):
        versions[version.sheet_id] = version
    found = {
        each.pk: BlocScores(each, plans.get(each.pk in sets and sets[each.pk].pk)) for each in bloc_years
    }
    for sheet in sheets:
        of_bloc = found[sheet.bloc_year_id]
        sheet.bloc_year = of_bloc.bloc_year
        of_bloc.sheets.append(sheet)
        of_bloc.scores[sheet.pk] = scores[sheet.pk]
        if sheet.pk in versions:
            of_bloc.versions[sheet.pk] = versions[sheet.pk]
    _compare_units(found)
    return found


def _compare_units(found):
    """Let the sheets of blocs that compare their units say what follows from what counts now."""
    units = among({key: each.plan for key, each in found.items()})
    for each in found.values() if units.known else ():
        for sheet in filter(may_change, each.sheets):
            if not compare_anew(sheet, each.plan, each.scores[sheet.pk], units):
                continue
            results = each.results_of(sheet)
            if sheet.total is not None:
                sheet.total = sheet_totals(each.plan, sheet.tier, results).total
