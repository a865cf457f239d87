"""The measure of cases: so much for each."""

from fractions import Fraction

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.language import gettext_noop
from campaigns.scores.scoring.measures.kind import (
    NOTHING,
    Kind,
    Work,
    bad_numbers,
    full_points,
    label_of,
    register,
    setting,
)
from campaigns.scores.scoring.measures.titles import titled
from campaigns.scores.scoring.plan import BASE, BONUS, DEDUCTION, NOTE, Question


@register
class PerCase(Kind):
    """So many points for each case, beyond those that count nothing."""

    code = "per-case"
    name = gettext_noop("Theo từng trường hợp")
    effects = (BASE, BONUS, DEDUCTION, NOTE)
    settings = frozenset({"unit", "free"})

    def questions(self, measure, criterion):
        unit = measure.settings.get("unit", "trường hợp")
        label = label_of(measure, "cases", _("Số lượng"))
        return (Question("cases", label, "whole", unit, optional=True),)

    def work(self, measure, criterion, figures, year):
        cases, free = figures.read("cases") or 0, setting(measure, "free", "0")
        if not cases:
            return NOTHING
        unit, counted = measure.settings.get("unit", "trường hợp"), max(0, cases - free)
        words = wording.amount(cases, unit)
        if free:
            words += f", trong đó {wording.number(min(free, cases))} không tính: {wording.number(counted)}"
        if measure.effect == NOTE:
            return Work(Fraction(0), words, counted > 0)
        each = full_points(measure, criterion)
        return Work(
            Fraction(counted) * Fraction(each), f"{words} × {wording.number(each)}", counted > 0, " = "
        )

    def highest(self, measure, criterion):
        return Fraction(0) if measure.effect == NOTE else None

    def check(self, measure, criterion):
        bad = list(bad_numbers(measure, "free"))
        yield from bad
        if not bad and setting(measure, "free", "0") % 1:
            words = _("“%(name)s” phải là số nguyên: bao nhiêu trường hợp đầu không tính.")
            yield words % {"name": titled("free")}
        if measure.points is None and measure.effect != NOTE:
            yield _("Hãy ghi số điểm của mỗi trường hợp.")
