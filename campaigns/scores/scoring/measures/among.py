"""A measure that weighs a unit's result against its target and against the best unit of the bloc."""

from dataclasses import replace
from fractions import Fraction

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.language import gettext_noop
from campaigns.scores.scoring.measures.kind import (
    Work,
    bad_numbers,
    bounds_in_order,
    full_points,
    label_of,
    needs_figures_below_one,
    needs_points,
    register,
    setting,
)
from campaigns.scores.scoring.measures.ratios import OfPlan
from campaigns.scores.scoring.plan import BASE, BONUS


@register
class Among(OfPlan):
    """Half of the points for reaching the target, the other half as its excess stands to the best excess.

    Without a target, which is one of nought, units stand among themselves: points as the result stands to
    the best one. Units whose figures are not whole are not among them.
    """

    code = "target-and-best"
    name = gettext_noop("So với chỉ tiêu và với đơn vị tốt nhất")
    effects = (BASE, BONUS)
    among_units = True

    def questions(self, measure, criterion):
        asked = super().questions(measure, criterion)
        target = label_of(measure, "plan", _("Chỉ tiêu"))
        return tuple(replace(each, label=target) if each.name == "plan" else each for each in asked)

    def work(self, measure, criterion, figures, year):
        achieved, target = self.figures(measure, figures)
        all_units = [(achieved, target), *(self.figures(measure, each) for each in figures.others)]
        full, unit = Fraction(full_points(measure, criterion)), measure.settings.get("unit", "")
        half, over = full / 2, wording.out_of(achieved, target, unit)
        if not target:
            best = max(result for result, asked in all_units if not asked)
            if not best:
                return Work(Fraction(0), f"không giao chỉ tiêu, {wording.amount(achieved, unit)}", False)
            words = f"không giao chỉ tiêu, {wording.out_of(achieved, best, unit)} của đơn vị cao nhất"
            return Work(full * Fraction(achieved) / Fraction(best), words, achieved > 0)
        if achieved <= target:
            reached = Fraction(achieved) / Fraction(target)
            words = f"{over}, đạt chỉ tiêu"
            if achieved < target:
                words = f"{over} = {wording.percent(reached * 100, (100,))}, chưa đạt chỉ tiêu"
            return Work(half * reached, f"{words}, tính trên {wording.points(half)}", achieved > 0)
        excess = achieved - target
        best = max(result - asked for result, asked in all_units if asked)
        words = f"{over}, vượt {wording.amount(excess, unit)}"
        if excess == best:
            return Work(full, f"{words}, cao nhất", True)
        half_words, share = wording.number(half), wording.out_of(excess, best, "")
        words += f", đơn vị cao nhất vượt {wording.amount(best, unit)}: {half_words} + {share} × {half_words}"
        return Work(half + half * Fraction(excess) / Fraction(best), words, True)

    def check(self, measure, criterion):
        bad = list(bad_numbers(measure, "plan", "lowest", "highest"))
        yield from bad
        if not bad:
            yield from bounds_in_order(measure)
            yield from needs_figures_below_one(measure, [setting(measure, "plan") or 100])
        yield from needs_points(measure)
