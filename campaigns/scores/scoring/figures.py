"""Figures as they are kept, read one by one as their questions ask; what cannot be is refused in words."""

import datetime
import re
from dataclasses import replace
from decimal import Decimal

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.measures.kind import KINDS
from campaigns.scores.scoring.plan import BONUS, FigureFault
from campaigns.scores.scoring.rounding import exact

_WHOLE = re.compile(r"\d{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def owner_of(criterion, measure):
    """The measure whose figures this one shares, or None."""
    key = measure.settings.get("figures_of")
    return next((each for each in criterion.measures if each.key == key), None) if key else None


def own_questions(criterion, measure):
    """What this measure asks itself: what it shares with another is asked there."""
    kind = KINDS[measure.kind]
    asked = kind.questions(measure, criterion)
    if (owner := owner_of(criterion, measure)) is None:
        return asked
    if "shares" in measure.settings:
        shared = set(measure.settings["shares"])
    elif kind.amounts:
        shared = kind.amounts
    else:
        shared = {each.name for each in KINDS[owner.kind].questions(owner, criterion)}
    return tuple(each for each in asked if each.name not in shared)


class Figures:
    """The figures of one measure, those that it shares with another among them.

    `others` are the figures of other units by the same criterion, where the measure weighs units.
    """

    def __init__(self, criterion, measure, figures, others=()):
        self.measure = measure
        self.own = own_questions(criterion, measure)
        self._asked = {question.name: (measure, question) for question in self.own}
        self._figures = figures
        told = [Figures(criterion, measure, each) for each in others]
        self.others = [each for each in told if each.is_whole]
        owner = owner_of(criterion, measure)
        self.owner = owner and Figures(criterion, owner, figures)
        if owner:
            self._asked = {each.name: (owner, each) for each in self.owner.own} | self._asked

    @property
    def amounts_of_owner(self):
        """The owner's figures, where all that this measure weighs is weighed there."""
        return self.owner if "shares" not in self.measure.settings else None

    @property
    def untouched(self):
        """Nothing that this measure asks was answered; where it asks nothing, nothing that it shares was."""
        if not self.own and self.owner:
            return self.owner.untouched
        return bool(self.own) and not any(self._text(self.measure, each.name) for each in self.own)

    @property
    def is_whole(self):
        """Whether every figure can be read."""
        try:
            for name in self._asked:
                self.read(name)
        except FigureFault:
            return False
        return True

    def read(self, name):
        """The value of one figure; None where an optional one is empty. Raises FigureFault."""
        measure, question = self._asked[name]
        text = self._text(measure, name)
        if not text:
            if question.optional:
                return None
            words = _("Chưa có “%(label)s”. Hãy ghi; nếu là không thì ghi 0.")
            if question.kind in ("day", "yes-no", "choice"):
                words = _("Chưa có “%(label)s”. Hãy chọn.")
            raise FigureFault(measure.key, name, words % {"label": question.label})
        try:
            value = _READERS[question.kind](text, question)
        except ValueError as error:
            words = _ASKED[question.kind]() % {"label": question.label}
            raise FigureFault(measure.key, name, words) from error
        if isinstance(value, Decimal):
            self._within(measure, question, value)
        return value

    def answered(self, name):
        """Something stands there, whatever it is."""
        return bool(self._text(self._asked[name][0], name))

    def fault(self, name, words):
        """A fault of one figure, said of the measure that asks for it."""
        return FigureFault(self._asked[name][0].key, name, words)

    def label(self, name):
        return self._asked[name][1].label

    def _text(self, measure, name):
        text = (self._figures.get(measure.key) or {}).get(name)
        return "" if text is None else str(text).strip()

    def _within(self, measure, question, value):
        """Refuse what is beyond the question's bounds, and a share typed where a percentage is asked."""
        typed, unit = wording.number(value), question.unit
        told = {"label": question.label, "typed": wording.amount(value, unit), "unit": unit}
        if unit == "%" and 0 < value <= 1 and not measure.settings.get("allow_below_one"):
            told |= {"typed": typed, "meant": wording.number(value * 100)}
            words = _(
                "“%(label)s” tính theo %%, mà %(typed)s giống một tỷ số. "
                "Hãy ghi %(meant)s nếu muốn nói %(meant)s%%; "
                "nếu đúng là %(typed)s%% thì hỏi đơn vị lập bộ tiêu chí."
            )
            raise FigureFault(measure.key, question.name, words % told)
        if question.lowest is not None and value < question.lowest:
            told["bound"] = wording.amount(question.lowest, unit)
            words = _("“%(label)s” không được dưới %(bound)s, đang ghi %(typed)s. Hãy kiểm tra lại.")
            raise FigureFault(measure.key, question.name, words % told)
        if question.highest is not None and value > question.highest:
            told["bound"] = wording.amount(question.highest, unit)
            words = _("“%(label)s” không được quá %(bound)s, đang ghi %(typed)s. Hãy kiểm tra lại.")
            raise FigureFault(measure.key, question.name, words % told)


def to_be_asked(criterion, measure):
    """What this measure asks, as a form shows it: of a bonus nothing need be answered."""
    asked = own_questions(criterion, measure)
    return tuple(replace(each, optional=True) for each in asked) if measure.effect == BONUS else asked


def _whole(text, question):
    if not text.isascii() or not _WHOLE.fullmatch(text):
        raise ValueError("no whole number")
    return Decimal(text)


def _day(text, question):
    if not text.isascii() or not _DAY.fullmatch(text):
        raise ValueError("no day")
    return datetime.date.fromisoformat(text)


def _yes_no(text, question):
    return {"yes": True, "no": False}[_choice(text, question, ("yes", "no"))]


def _choice(text, question, known=None):
    if text not in (known or dict(question.choices)):
        raise ValueError("no such choice")
    return text


_READERS = {
    "number": lambda text, question: exact(text),
    "points": lambda text, question: exact(text),
    "whole": _whole,
    "day": _day,
    "yes-no": _yes_no,
    "choice": _choice,
}
_ASKED = {
    "number": lambda: _("“%(label)s” phải là một số, ví dụ 42 hoặc 97,5."),
    "points": lambda: _("“%(label)s” phải là một số điểm, ví dụ 8 hoặc 8,5."),
    "whole": lambda: _("“%(label)s” phải là số nguyên, từ 0 trở lên."),
    "day": lambda: _("“%(label)s” phải là một ngày có trong lịch."),
    "yes-no": lambda: _("“%(label)s”: hãy chọn có hoặc không."),
    "choice": lambda: _("“%(label)s”: hãy chọn một mục trong danh sách."),
}
