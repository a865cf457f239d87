"""What is wrong with a set of criteria before it is frozen, each fault in words that say what to do."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.check_measures import bad_key, faults_of_measures
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.plan import (
    BASE,
    BONUS,
    DEDUCTION,
    FULL,
    NA_FORBIDDEN,
    NA_POLICIES,
    STARTS,
    TIERS,
    Criterion,
    Fault,
    Plan,
    Section,
    counting_tier_of,
    tiers_of,
)
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.scoring.score import highest_of


def faults_of(plan: Plan) -> list[Fault]:
    """All faults of the plan, in its own order; those of the whole plan have no key."""
    return [*_of_plan(plan), *_of_keys(plan), *_of_parts(plan, (), plan.sections), *_of_tie_breaks(plan)]


def maximum_of(part: Section | Criterion) -> Decimal:
    """The full points of a section or criterion, of a section that states none those of its parts."""
    if part.maximum is not None:
        return part.maximum
    return sum((maximum_of(each) for each in part.parts), Decimal(0))


def _of_plan(plan):
    if not plan.sections:
        yield Fault("", _("Bộ tiêu chí chưa có mục nào. Hãy thêm ít nhất một mục."))
    if not 0 <= plan.digits <= 4:
        yield Fault("", _("Số chữ số thập phân của điểm phải từ 0 đến 4."))
    if plan.na_policy not in NA_POLICIES:
        yield Fault("", _("Hãy chọn cách tính tiêu chí không áp dụng."))
    yield from _bad_points("", plan, plan.digits, "maximum", "bonus_cap")
    if plan.deduction_share is not None and plan.deduction_share < 0:
        yield Fault("", _("Tỷ lệ điểm trừ tối đa so với điểm thưởng không được âm."))
    if plan.class_section and plan.class_section not in {each.key for each in _sections(plan.sections)}:
        words = _("Mục dùng để xếp loại trước “%(section)s” không có trong bộ tiêu chí.")
        yield Fault("", words % {"section": plan.class_section})
    parts = sum((maximum_of(each) for each in plan.sections), Decimal(0))
    if plan.maximum is not None and plan.maximum != parts:
        words = _("Tổng điểm chuẩn của các mục là %(parts)s, khác tổng điểm của bộ tiêu chí là %(maximum)s.")
        told = {"parts": wording.number(parts), "maximum": wording.number(plan.maximum)}
        yield Fault("", words % told)


def _of_keys(plan):
    keys = [*(section.key for section in _sections(plan.sections)), *(each.key for _, each in plan.walk())]
    for key, times in Counter(keys).items():
        if times > 1:
            yield Fault(
                key,
                _("Mã khoá “%(key)s” dùng %(times)d lần. Mỗi mục, tiêu chí một mã khóa riêng.")
                % {
                    "key": key,
                    "times": times,
                },
            )
        yield from bad_key(key, key)


def _of_parts(plan, above, parts):
    for part in parts:
        if isinstance(part, Section):
            yield from _of_section(plan, (*above, part))
        else:
            yield from _of_criterion(plan, part)


def _of_section(plan, path):
    section = path[-1]
    if not section.parts:
        yield Fault(section.key, _("Mục chưa có tiêu chí nào. Hãy thêm tiêu chí hoặc bỏ mục."))
    yield from _bad_points(section.key, section, plan.digits, "maximum", "bonus_cap", "deduction_cap")
    parts = sum((maximum_of(each) for each in section.parts), Decimal(0))
    if section.maximum is not None and section.parts and section.maximum != parts:
        words = _("Các phần của mục cộng lại được %(parts)s điểm, khác điểm của mục là %(maximum)s.")
        told = {"parts": wording.number(parts), "maximum": wording.number(section.maximum)}
        yield Fault(section.key, words % told)
    if strange := [tier for tier in section.tiers if tier not in TIERS]:
        yield Fault(section.key, _("Không có cấp chấm “%(tier)s”.") % {"tier": strange[0]})
    counting = counting_tier_of(path)
    if counting and counting not in tiers_of(path):
        words = _("Cấp chấm lấy điểm của mục không nằm trong các cấp chấm mục này. Hãy chọn lại.")
        yield Fault(section.key, words)
    yield from _of_parts(plan, path, section.parts)


def _of_criterion(plan, criterion) -> Iterator[Fault]:
    numbers = ("maximum", "bonus_cap", "deduction_cap")
    bad = [*_bad_points(criterion.key, criterion, plan.digits, *numbers)]
    yield from bad
    if criterion.starts not in STARTS:
        yield Fault(criterion.key, _("Hãy chọn tiêu chí bắt đầu từ điểm chuẩn hay từ 0."))
    if criterion.may_be_not_applicable and plan.na_policy == NA_FORBIDDEN:
        words = _(
            "Bộ tiêu chí không cho ghi “không áp dụng”, mà tiêu chí này cho phép. Hãy sửa một trong hai."
        )
        yield Fault(criterion.key, words)
    if criterion.lowest is not None and criterion.lowest > criterion.maximum:
        yield Fault(criterion.key, _("Điểm thấp nhất của tiêu chí lớn hơn điểm chuẩn."))
    of_measures = list(faults_of_measures(criterion))
    yield from of_measures
    for measure in criterion.measures:
        yield from _bad_points(f"{criterion.key}/{measure.key}", measure, plan.digits, "cap")
    if not bad and not of_measures:
        yield from _of_reach(criterion)
        yield from _of_caps(criterion)


def _of_reach(criterion):
    """Base measures come to full points, no fewer and no more."""
    base = [each for each in criterion.measures if each.effect == BASE]
    told = {"maximum": wording.number(criterion.maximum)}
    if criterion.starts == FULL:
        if base:
            words = _(
                "Tiêu chí bắt đầu từ điểm chuẩn thì chỉ có thưởng và trừ. Hãy bỏ các cách tính điểm chuẩn."
            )
            yield Fault(criterion.key, words)
        return
    highest = {each.key: highest_of(each, criterion) for each in base}
    together = sum((highest[each.key] or 0 for each in base if "unless" not in each.settings), Decimal(0))
    if together > criterion.maximum:
        words = _("Các cách tính điểm cộng lại được %(points)s, quá điểm chuẩn %(maximum)s của tiêu chí.")
        yield Fault(criterion.key, words % (told | {"points": wording.number(together)}))
    elif None not in highest.values() and sum(highest.values()) < criterion.maximum:
        words = _("Các cách tính điểm cộng lại chỉ được %(points)s, không đạt tới điểm chuẩn %(maximum)s.")
        yield Fault(criterion.key, words % (told | {"points": wording.number(sum(highest.values()))}))


def _of_caps(criterion):
    for effect, cap, words in (
        (BONUS, criterion.bonus_cap, _("Tiêu chí có mức trần điểm thưởng mà không có điểm thưởng nào.")),
        (DEDUCTION, criterion.deduction_cap, _("Tiêu chí có mức trần điểm trừ mà không có điểm trừ nào.")),
    ):
        if cap is not None and not any(each.effect == effect for each in criterion.measures):
            yield Fault(criterion.key, words)


def _of_tie_breaks(plan):
    sections = {section.key for section in _sections(plan.sections)}
    for place, each in enumerate(plan.tie_breaks, 1):
        if each.kind not in ("section", "fewer-deductions", "more-bonus"):
            yield Fault(
                "", _("Cách xét thứ %(place)d khi bằng điểm không có. Hãy chọn lại.") % {"place": place}
            )
        elif each.kind == "section" and each.section not in sections:
            words = _(
                "Cách xét thứ %(place)d khi bằng điểm nói đến mục “%(section)s”, mà bộ tiêu chí không có."
            )
            yield Fault("", words % {"place": place, "section": each.section})
        if each in plan.tie_breaks[: place - 1]:
            yield Fault("", _("Cách xét thứ %(place)d khi bằng điểm đã có ở trên.") % {"place": place})


def _bad_points(key, holder, digits, *names):
    """Points below nought, or with more decimals than the plan has."""
    for name in names:
        value = getattr(holder, name)
        if value is None:
            continue
        told = {"name": POINTS[name](), "value": wording.number(value), "digits": digits}
        if value < 0:
            yield Fault(key, _("%(name)s không được âm, đang là %(value)s.") % told)
        elif rounded(value, digits) != Fraction(value):
            yield Fault(
                key, _("%(name)s là %(value)s, quá %(digits)d chữ số thập phân của bộ tiêu chí.") % told
            )


POINTS = {
    "maximum": lambda: _("Điểm chuẩn"),
    "bonus_cap": lambda: _("Mức trần điểm thưởng"),
    "deduction_cap": lambda: _("Mức trần điểm trừ"),
    "cap": lambda: _("Mức trần"),
}


def _sections(parts):
    for part in parts:
        if isinstance(part, Section):
            yield part
            yield from _sections(part.parts)
