"""What a criterion gives for its figures, and how that came about."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.figures import Figures, to_be_asked
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.measures import KINDS
from campaigns.scores.scoring.measures.kind import NOTHING
from campaigns.scores.scoring.plan import (
    BASE,
    BONUS,
    DEDUCTION,
    FULL,
    Criterion,
    FigureFault,
    Question,
    Result,
)
from campaigns.scores.scoring.rounding import rounded

NOT_APPLICABLE = "không áp dụng"
ON_PAPER = "theo văn bản giấy"
MAY_CHANGE = "điểm này còn thay đổi theo kết quả của các đơn vị khác"


def questions(criterion: Criterion) -> dict[str, tuple[Question, ...]]:
    """{measure key: what it asks} in order, without measures that ask nothing of their own."""
    asked = {measure.key: to_be_asked(criterion, measure) for measure in criterion.measures}
    return {key: each for key, each in asked.items() if each}


def score(
    criterion: Criterion,
    figures: Mapping[str, Mapping[str, str]],
    *,
    digits: int,
    first_day: date | None = None,
    last_day: date | None = None,
    not_applicable: bool = False,
    others: Iterable[Mapping[str, Mapping[str, str]]] = (),
    settled: bool = True,
) -> Result:
    """What the figures, {measure key: {question: text}}, come to.

    Each measure's points are rounded before they are added. Points never fall below the criterion's lowest:
    what is taken is then less, so that points are always base and bonus without the deduction. The days are
    those of the year. `others` are the figures of the bloc's other units, which matter where the criterion
    compares units; while they are not settled, the working says that the points may change. Raises
    FigureFault for the first figure that cannot be.
    """
    if not_applicable:
        return _not_applicable(criterion)
    year = _year(first_day, last_day)
    others = list(others) if compares_units(criterion) else []
    read = {measure.key: Figures(criterion, measure, figures, others) for measure in criterion.measures}
    works = {
        measure.key: _work(measure, criterion, read[measure.key], year) for measure in criterion.measures
    }
    result = _Sum(criterion, works, digits).result()
    if settled or not compares_units(criterion):
        return result
    return replace(result, working=(*result.working, MAY_CHANGE))


def compares_units(criterion: Criterion) -> bool:
    """Whether its points follow from the figures of other units, too."""
    return any(KINDS[measure.kind].among_units for measure in criterion.measures)


def faults(
    criterion: Criterion,
    figures: Mapping[str, Mapping[str, str]],
    *,
    digits: int,
    first_day: date | None = None,
    last_day: date | None = None,
    not_applicable: bool = False,
) -> list[FigureFault]:
    """All figures that cannot be, each once, in the order of the questions."""
    if not_applicable:
        return [] if criterion.may_be_not_applicable else [_must_apply(criterion)]
    found = {}
    for measure in criterion.measures:
        for fault in _faults(measure, criterion, figures, _year(first_day, last_day)):
            found.setdefault((fault.measure, fault.question), fault)
    return list(found.values())


def _faults(measure, criterion, figures, year):
    """The faults of one measure's figures, each read by itself and then all together."""
    read = Figures(criterion, measure, figures)
    if _untouched(measure, read):
        return
    for question in read.own:
        try:
            read.read(question.name)
        except FigureFault as fault:
            yield fault
    try:
        _work(measure, criterion, read, year)
    except FigureFault as fault:
        yield fault


def stated(criterion: Criterion, points: Decimal, *, digits: int, signed: bool = False) -> Result:
    """The result where only the points are known, from paper.

    What is above full points is bonus. Below them, a criterion that starts full has had points taken.
    Raises FigureFault where the criterion cannot give such points, or not so many decimals. A `signed` paper
    says more than the criterion can give: that stays, no bonus, and the working says so.
    """
    lowest, highest = bounds(criterion)
    if rounded(points, digits) != points:
        words = _("Điểm chỉ có tối đa %(digits)s chữ số thập phân, đang ghi %(points)s.")
        raise FigureFault("", "points", words % {"digits": digits, "points": wording.number(points, 12)})
    told = {"points": wording.number(points)}
    if lowest is not None and points < lowest:
        words = _("Tiêu chí này không dưới %(bound)s điểm, đang ghi %(points)s. Hãy kiểm tra lại.")
        raise FigureFault("", "points", words % (told | {"bound": wording.number(lowest)}))
    beyond = max(points - highest, Decimal(0)) if highest is not None else Decimal(0)
    if beyond and not signed:
        words = _("Tiêu chí này không quá %(bound)s điểm, đang ghi %(points)s. Hãy kiểm tra lại.")
        raise FigureFault("", "points", words % (told | {"bound": wording.number(highest)}))
    points = rounded(points, digits)
    full = rounded(criterion.maximum, digits)
    base = full if criterion.starts == FULL else min(max(points, rounded(0, digits)), full)
    nothing = rounded(0, digits)
    base += rounded(beyond, digits)
    over = f", quá điểm tối đa {wording.number(highest)}" if beyond else ""
    return Result(
        points=points,
        base=base,
        bonus=max(points - base, nothing),
        deduction=max(base - points, nothing),
        working=(f"{ON_PAPER} → {wording.points(points)}{over}",),
    )


def bounds(criterion: Criterion) -> tuple[Decimal | None, Decimal | None]:
    """(the fewest, the most) points that the criterion can give; None where nothing bounds them."""
    taken, bonus = _most(criterion, DEDUCTION), _most(criterion, BONUS)
    lowest = criterion.lowest
    if lowest is None and taken is not None:
        lowest = (criterion.maximum if criterion.starts == FULL else Decimal(0)) - taken
    return lowest, None if bonus is None else criterion.maximum + bonus


def _most(criterion, effect):
    """The most that measures of this effect can come to together, or None."""
    total, cap = Decimal(0), criterion.bonus_cap if effect == BONUS else criterion.deduction_cap
    for measure in criterion.measures:
        if measure.effect == effect:
            highest = highest_of(measure, criterion)
            total = None if total is None or highest is None else total + highest
    return min((each for each in (total, cap) if each is not None), default=None)


def highest_of(measure, criterion) -> Decimal | None:
    """The most that a measure can come to, its cap counted; None where nothing bounds it."""
    highest = KINDS[measure.kind].highest(measure, criterion)
    bounded = [Fraction(each) for each in (highest, measure.cap) if each is not None]
    return rounded(min(bounded), 9).normalize() if bounded else None


def _year(first_day, last_day):
    return (first_day, last_day) if first_day and last_day else None


def _must_apply(criterion):
    words = _("Tiêu chí “%(code)s” áp dụng cho mọi đơn vị, không thể ghi là không áp dụng.")
    told = {"code": criterion.code or wording.short(criterion.text)}
    return FigureFault("", "not_applicable", words % told)


def _not_applicable(criterion):
    if not criterion.may_be_not_applicable:
        raise _must_apply(criterion)
    return Result(points=None, working=(NOT_APPLICABLE,), not_applicable=True)


def _untouched(measure, read):
    return measure.effect == BONUS and read.untouched


def _work(measure, criterion, read, year):
    return NOTHING if _untouched(measure, read) else KINDS[measure.kind].work(measure, criterion, read, year)


class _Sum:
    """The measures of one criterion put together: conditions, caps, rounding, and the lines that say so."""

    def __init__(self, criterion, works, digits):
        self.criterion, self.works, self.digits = criterion, works, digits
        self.given = {}
        self.lines = []

    def result(self):
        if self.criterion.starts == FULL:
            self.lines.append(f"điểm chuẩn {wording.points(self.criterion.maximum)}")
        for measure in self.criterion.measures:
            self._add(measure)
        base = self._base()
        bonus = self._capped(BONUS, "tổng điểm thưởng", self.criterion.bonus_cap)
        deduction = self._capped(DEDUCTION, "tổng điểm trừ", self.criterion.deduction_cap)
        base, deduction = self._lifted(base, bonus, deduction)
        points = base + bonus - deduction
        self._conclude(base, bonus, deduction, points)
        return Result(
            points=points,
            base=base,
            bonus=bonus,
            deduction=deduction,
            working=tuple(self.lines),
            excludes_from_flags=self._texts("excludes_from_flags"),
            disqualifies=self._texts("disqualifies"),
        )

    def _add(self, measure):
        work, nothing = self.works[measure.key], rounded(0, self.digits)
        blocked = self._blocked(measure)
        points = work.points
        words = [work.words]
        if measure.cap is not None and points > measure.cap:
            points = Fraction(measure.cap)
            words.append(f"{work.joint}{wording.points(rounded(work.points, self.digits))}, ")
            words.append(f"tối đa {wording.number(measure.cap)}")
        value = nothing if blocked else rounded(points, self.digits)
        self.given.setdefault(measure.effect, []).append(value)
        if not work.words:
            return
        ends = [blocked] if blocked else _ends(measure, work, value)
        self.lines.append(f"{self._name(measure)}{''.join(words)} → {', '.join(ends)}")

    def _blocked(self, measure):
        """Why the measure counts nothing beside what else was met; empty where it counts."""
        met = {key for key, work in self.works.items() if work.met}
        if against := [key for key in measure.settings.get("unless", ()) if key in met]:
            return f"không tính vì có {self._names(against)}"
        if missing := [key for key in measure.settings.get("only_if", ()) if key not in met]:
            return f"không tính vì chưa đạt {self._names(missing)}"
        return ""

    def _base(self):
        full = rounded(self.criterion.maximum, self.digits)
        if self.criterion.starts == FULL:
            return full
        total = sum(self.given.get(BASE, ()), rounded(0, self.digits))
        if total > full:
            self.lines.append(
                f"tổng {wording.points(total)}, tối đa {wording.number(full)} → {wording.points(full)}"
            )
        return min(total, full)

    def _capped(self, effect, title, cap):
        total = sum(self.given.get(effect, ()), rounded(0, self.digits))
        if cap is None or total <= cap:
            return total
        capped = rounded(cap, self.digits)
        ends = wording.given(effect, capped)
        self.lines.append(f"{title} {wording.number(total)}, tối đa {wording.number(cap)} → {ends}")
        return capped

    def _lifted(self, base, bonus, deduction):
        """(base, deduction) where points are not below the lowest: less is taken, then more given."""
        lowest = self.criterion.lowest
        if lowest is None or base + bonus - deduction >= lowest:
            return base, deduction
        lowest, nothing = rounded(lowest, self.digits), rounded(0, self.digits)
        taken = max(base + bonus - lowest, nothing)
        end = wording.given(DEDUCTION, taken) if deduction else wording.points(lowest)
        self.lines.append(f"không dưới {wording.points(lowest)} → {end}")
        return max(base, lowest - bonus), taken

    def _conclude(self, base, bonus, deduction, points):
        """The sum, where there is more than one thing to add."""
        parts = [each for each in self.given.get(BASE, ()) if each]
        if self.criterion.starts == FULL or sum(parts) != base or not parts:
            parts = [base]
        terms = " + ".join(wording.number(each) for each in [*parts, *([bonus] if bonus else [])])
        if deduction:
            terms += f" - {wording.number(deduction)}"
        if deduction or bonus or len(parts) > 1:
            self.lines.append(f"{terms} = {wording.points(points)}")

    def _name(self, measure):
        if len(self.criterion.measures) == 1:
            return ""
        name = measure.code or wording.short(measure.text)
        return f"{name}: " if name else ""

    def _names(self, keys):
        found = [each for each in self.criterion.measures if each.key in keys]
        return ", ".join(each.code or f"“{wording.short(each.text)}”" for each in found)

    def _texts(self, flag):
        """The words of measures that were met and exclude."""
        return tuple(
            " ".join(measure.text.split()) or measure.code
            for measure in self.criterion.measures
            if (getattr(measure, flag) or _by_kind(measure, flag))
            and self.works[measure.key].met
            and not self._blocked(measure)
        )


def _by_kind(measure, flag):
    return flag == "disqualifies" and measure.kind == "disqualification"


def _ends(measure, work, value):
    """What stands after the arrow: points, and what else follows."""
    ends = [] if measure.effect not in (BASE, BONUS, DEDUCTION) else [wording.given(measure.effect, value)]
    if work.met and (measure.disqualifies or _by_kind(measure, "disqualifies")):
        ends.append(measure.settings.get("verdict", "không xét"))
    if work.met and measure.excludes_from_flags:
        ends.append("không được đề nghị tặng Cờ, Bằng khen")
    return ends or ["không tính điểm"]
