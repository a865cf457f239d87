"""Measures that weigh what was achieved against a plan."""

from fractions import Fraction
from math import floor

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.language import gettext_noop
from campaigns.scores.scoring.measures.kind import (
    NOTHING,
    Amount,
    Kind,
    Work,
    bad_numbers,
    bounds_in_order,
    full_points,
    needs_figures_below_one,
    needs_points,
    number,
    register,
    setting,
)
from campaigns.scores.scoring.plan import BONUS


class OfPlan(Kind):
    """Asks for what was achieved and, unless the set fixes it, for what was planned."""

    amounts = frozenset({"achieved", "plan"})
    settings = frozenset({"unit", "plan", "lowest", "highest", "allow_below_one"})

    def questions(self, measure, criterion):
        unit = measure.settings.get("unit", "")
        bounds = {"lowest": setting(measure, "lowest", "0"), "highest": setting(measure, "highest")}
        achieved = number(measure, "achieved", _("Thực hiện"), unit, **bounds)
        if "plan" in measure.settings:
            return (achieved,)
        return (achieved, number(measure, "plan", _("Kế hoạch"), unit))

    def figures(self, measure, figures):
        """(achieved, plan), the plan above nought unless the kind bears one of nought."""
        plan = setting(measure, "plan")
        return figures.read("achieved"), figures.read("plan") if plan is None else plan

    def amount(self, measure, figures, bounds=()):
        achieved, plan = self.figures(measure, figures)
        if not plan:
            words = _("“%(label)s” phải lớn hơn 0. Nếu đơn vị không được giao thì ghi là không áp dụng.")
            raise figures.fault("plan", words % {"label": figures.label("plan")})
        value = Fraction(achieved) / Fraction(plan) * 100
        over = wording.out_of(achieved, plan, measure.settings.get("unit", ""))
        return Amount(value, f"{over} = {wording.percent(value, bounds)}")

    def check(self, measure, criterion):
        bad = [
            *bad_numbers(measure, "plan", above_zero=True),
            *bad_numbers(measure, "lowest", "highest"),
        ]
        yield from bad
        if not bad:
            yield from bounds_in_order(measure)
            yield from needs_figures_below_one(measure, [setting(measure, "plan", "100")])


@register
class Ratio(OfPlan):
    """Points in the measure in which the plan was reached."""

    code = "ratio"
    name = gettext_noop("Theo tỷ lệ thực hiện so với kế hoạch")
    settings = OfPlan.settings | {"limit_percent", "per_percent", "from_percent"}

    def work(self, measure, criterion, figures, year):
        lowest, limit = setting(measure, "from_percent", "0"), setting(measure, "limit_percent", "100")
        amount = self.weigh(measure, figures, (lowest, limit))
        if amount.value < lowest:
            return Work(Fraction(0), f"{amount.words}, dưới {wording.percent(lowest)}", False)
        counted, words = min(amount.value, Fraction(limit)), amount.words
        if counted < amount.value:
            words += f", tính {wording.percent(counted)}"
        points = Fraction(full_points(measure, criterion))
        if each := setting(measure, "per_percent"):
            words += f", mỗi 1% được {wording.points(each)}"
            points = min(counted * Fraction(each), points * Fraction(limit) / 100)
        else:
            points = points * counted / 100
        return Work(points, words, points > 0)

    def highest(self, measure, criterion):
        limit = Fraction(setting(measure, "limit_percent", "100"))
        highest = Fraction(full_points(measure, criterion)) * limit / 100
        each = setting(measure, "per_percent")
        return min(highest, limit * Fraction(each)) if each else highest

    def check(self, measure, criterion):
        yield from super().check(measure, criterion)
        yield from bad_numbers(measure, "limit_percent", "per_percent", above_zero=True)
        yield from bad_numbers(measure, "from_percent")
        yield from needs_points(measure)


@register
class Inverse(OfPlan):
    """The fewer the better: points as the plan stands to what was achieved."""

    code = "inverse"
    name = gettext_noop("Theo tỷ lệ nghịch: càng thấp hơn kế hoạch càng tốt")
    settings = OfPlan.settings | {"limit_percent"}

    def amount(self, measure, figures, bounds=()):
        achieved, plan = self.figures(measure, figures)
        unit = measure.settings.get("unit", "")
        if not achieved:
            return Amount(
                None, f"thực hiện {wording.amount(achieved, unit)}, kế hoạch {wording.amount(plan, unit)}"
            )
        value = Fraction(plan) / Fraction(achieved) * 100
        over = wording.out_of(plan, achieved, unit)
        return Amount(value, f"kế hoạch/thực hiện {over} = {wording.percent(value, bounds)}")

    def work(self, measure, criterion, figures, year):
        limit = setting(measure, "limit_percent", "100")
        amount, points = self.weigh(measure, figures, (limit,)), Fraction(full_points(measure, criterion))
        if amount.value is None:
            return Work(points, amount.words, points > 0)
        counted, words = min(amount.value, Fraction(limit)), amount.words
        if counted < amount.value:
            words += f", tính {wording.percent(counted)}"
        return Work(points * counted / 100, words, points * counted > 0)

    def highest(self, measure, criterion):
        limit = Fraction(setting(measure, "limit_percent", "100"))
        return Fraction(full_points(measure, criterion)) * max(limit, 100) / 100

    def check(self, measure, criterion):
        yield from super().check(measure, criterion)
        yield from bad_numbers(measure, "limit_percent", above_zero=True)
        yield from needs_points(measure)


@register
class AbovePlan(OfPlan):
    """Bonus for each percent above the plan, or above another mark."""

    code = "above-plan"
    name = gettext_noop("Thưởng cho mỗi phần trăm vượt kế hoạch")
    effects = (BONUS,)
    settings = OfPlan.settings | {
        "percent_of_maximum",
        "from_percent",
        "step_percent",
        "whole_steps",
        "at_once",
        "cap_percent",
    }

    def work(self, measure, criterion, figures, year):
        start, step = setting(measure, "from_percent", "100"), Fraction(setting(measure, "step_percent", "1"))
        amount, cap = self.weigh(measure, figures, (start,)), _cap(measure, criterion)
        before = "" if figures.amounts_of_owner else f"{amount.words}, "
        if amount.value is None:
            return Work(cap, f"{amount.words}, thưởng tối đa", cap > 0)
        if amount.value <= start:
            return NOTHING
        each, first = _each(measure, criterion), Fraction(setting(measure, "at_once", "0"))
        excess = amount.value - Fraction(start)
        counted = floor(excess / step) * step if measure.settings.get("whole_steps") else excess
        points = first + counted / step * each
        mark = "vượt" if start == 100 else f"vượt mốc {wording.percent(start)} là"
        words = f"{before}{mark} {wording.percent(excess, (0,))}"
        capped = cap is not None and points > cap
        if first:
            words += f": {wording.number(first)} + {wording.number(counted / step)} × {wording.number(each)}"
            words += f" = {wording.points(points)}, tối đa {wording.number(cap)}" if capped else ""
        else:
            counted = cap / each * step if capped else counted
            words += f" (tính {wording.percent(counted)})" if counted != excess else ""
        points = cap if capped else points
        return Work(points, words, points > 0)

    def highest(self, measure, criterion):
        return _cap(measure, criterion)

    def check(self, measure, criterion):
        yield from super().check(measure, criterion)
        yield from bad_numbers(measure, "percent_of_maximum", "step_percent", "cap_percent", above_zero=True)
        yield from bad_numbers(measure, "from_percent", "at_once")
        if (measure.points is None) == ("percent_of_maximum" not in measure.settings):
            yield _("Hãy ghi hoặc số điểm cho mỗi phần trăm, hoặc số phần trăm của điểm chuẩn.")


def _each(measure, criterion):
    """The points of one step."""
    share = setting(measure, "percent_of_maximum")
    return Fraction(measure.points) if share is None else Fraction(criterion.maximum) * Fraction(share) / 100


def _cap(measure, criterion):
    """The most that the bonus can come to, or None."""
    share = setting(measure, "cap_percent")
    of_maximum = share and Fraction(criterion.maximum) * Fraction(share) / 100
    caps = [Fraction(each) for each in (measure.cap, of_maximum) if each is not None]
    return min(caps, default=None)
