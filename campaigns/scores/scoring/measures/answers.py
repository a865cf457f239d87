"""Measures that are answered, not counted: yes or no, a grade, points given by hand, what excludes."""

from fractions import Fraction

from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.language import gettext_noop
from campaigns.scores.scoring.measures.bands import bad_numbers_of
from campaigns.scores.scoring.measures.kind import (
    NOTHING,
    Kind,
    Work,
    bad_numbers,
    full_points,
    label_of,
    needs_points,
    register,
    setting,
    yes_no,
)
from campaigns.scores.scoring.measures.titles import titled
from campaigns.scores.scoring.plan import BASE, BONUS, DEDUCTION, NOTE, Question
from campaigns.scores.scoring.rounding import exact


@register
class YesNo(Kind):
    """Points for yes, others or none for no. What only gives or takes may be left unanswered, which is no."""

    code = "yes-no"
    name = gettext_noop("Có hoặc không")
    effects = (BASE, BONUS, DEDUCTION, NOTE)
    settings = frozenset({"no"})

    def questions(self, measure, criterion):
        return (yes_no(measure, "answer", _("Có hay không"), optional=measure.effect != BASE),)

    def work(self, measure, criterion, figures, year):
        answer = bool(figures.read("answer"))
        if measure.effect == NOTE:
            return Work(Fraction(0), "có", True) if answer else NOTHING
        points = full_points(measure, criterion) if answer else setting(measure, "no", "0")
        if not answer and not points and measure.effect != BASE:
            return NOTHING
        return Work(Fraction(points), "có" if answer else "không", answer)

    def highest(self, measure, criterion):
        return Fraction(max(full_points(measure, criterion), setting(measure, "no", "0")))

    def check(self, measure, criterion):
        yield from bad_numbers(measure, "no")
        yield from needs_points(measure)


@register
class Graded(Kind):
    """Points by a grade: A, B, C, D."""

    code = "graded"
    name = gettext_noop("Theo xếp loại")
    settings = frozenset({"grades"})

    def questions(self, measure, criterion):
        choices = tuple(
            (each["grade"], each.get("label") or each["grade"]) for each in measure.settings["grades"]
        )
        return (Question("grade", label_of(measure, "grade", _("Xếp loại")), "choice", choices=choices),)

    def work(self, measure, criterion, figures, year):
        grade = figures.read("grade")
        found = next(each for each in measure.settings["grades"] if each["grade"] == grade)
        label = found.get("label", "")
        points = _points_of_grade(found, measure, criterion)
        return Work(points, f"xếp loại {grade}" + (f" ({label})" if label else ""), points > 0)

    def highest(self, measure, criterion):
        return max(_points_of_grade(each, measure, criterion) for each in measure.settings["grades"])

    def check(self, measure, criterion):
        grades = measure.settings.get("grades") or []
        if len(grades) < 2:
            yield _("Hãy ghi ít nhất hai loại.")
        names = [each.get("grade") for each in grades]
        if not all(names) or len(set(names)) != len(names):
            yield _("Mỗi loại phải có “%(name)s” riêng.") % {"name": titled("grade")}
        for each in grades:
            if ("points" in each) == ("percent" in each):
                told = {"points": titled("points"), "percent": titled("percent")}
                words = _("Loại %(grade)s chỉ ghi một trong hai: “%(points)s”, “%(percent)s”.")
                yield words % {"grade": each.get("grade", "?"), **told}
            else:
                yield from bad_numbers_of(each, "points" if "points" in each else "percent")


def _points_of_grade(grade, measure, criterion):
    if "points" in grade:
        return Fraction(exact(grade["points"]))
    return Fraction(full_points(measure, criterion)) * Fraction(exact(grade["percent"])) / 100


@register
class Manual(Kind):
    """Points given by who assesses, who says why."""

    code = "manual"
    name = gettext_noop("Chấm trực tiếp, có lý do")
    settings = frozenset({"lowest"})

    def questions(self, measure, criterion):
        label = label_of(measure, "points", _("Điểm chấm"))
        bounds = {"lowest": setting(measure, "lowest", "0"), "highest": full_points(measure, criterion)}
        return (Question("points", label, "points", _("điểm"), optional=measure.effect != BASE, **bounds),)

    def work(self, measure, criterion, figures, year):
        points = figures.read("points")
        if points is None or (not points and measure.effect != BASE):
            return NOTHING
        return Work(Fraction(points), "chấm trực tiếp", points > 0)

    def check(self, measure, criterion):
        bad = [*bad_numbers(measure, "lowest"), *needs_points(measure)]
        yield from bad
        if not bad and setting(measure, "lowest", "0") > full_points(measure, criterion):
            yield _("“Điểm thấp nhất [lowest]” lớn hơn số điểm.")


@register
class Disqualification(Kind):
    """What keeps a unit out of the ranking, whatever its points."""

    code = "disqualification"
    name = gettext_noop("Không xét")
    effects = (NOTE,)
    settings = frozenset({"verdict"})

    def questions(self, measure, criterion):
        return (yes_no(measure, "happened", _("Có xảy ra"), optional=True),)

    def work(self, measure, criterion, figures, year):
        return Work(Fraction(0), "có", True) if figures.read("happened") else NOTHING

    def highest(self, measure, criterion):
        return Fraction(0)


@register
class Note(Kind):
    """Words alone: a heading among cases."""

    code = "note"
    name = gettext_noop("Ghi chú")
    effects = (NOTE,)

    def work(self, measure, criterion, figures, year):
        return NOTHING

    def highest(self, measure, criterion):
        return Fraction(0)
