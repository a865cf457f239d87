"""Which lines of a criteria table are headings, and how deep each stands: by its words, codes and sums.

A heading is a line whose points are the sum of the lines below it: of those whose codes go on from its own,
else of those that are numbered in the way of the first one below it.
"""

import re
from decimal import Decimal

from blocs import numbers
from blocs.text import fold

_TOP = re.compile(r"(?:tieu chuan|phan|muc|noi dung) (?:thu )?(?:[ivxl]+|\d+|[a-e])\b")


def depths_of(lines) -> dict[int, int]:
    """{place of a heading among the lines: how many headings it stands in}.

    A number with a point behind it ("1.") is another numbering than one without only where all of them head.
    """
    if any(line.is_dotted for line in lines):
        found = _Tree(lines, dots=True)
        if all(place in found.depths for place, line in enumerate(lines) if line.is_dotted):
            return found.depths
    return _Tree(lines, dots=False).depths


def extends(line, above):
    """Whether a code goes on from another: 2.1 from TC2, a.7 from a."""
    start = above.parts
    return bool(start) and len(line.parts) > len(start) and line.parts[: len(start)] == start


def value(text):
    """The number of a cell; None where it is none, and people will be asked."""
    try:
        return Decimal(numbers.read(text)) if text else None
    except ValueError:
        return None


class _Tree:
    """The headings of a table, found from the top with those that are open at each line."""

    def __init__(self, lines, dots):
        self.lines = lines
        self.points = [value(line.points) for line in lines]
        self.tops = [_is_top(line) for line in lines]
        capitals = next((line.code.isupper() for line in lines if re.fullmatch(r"[^\W\d]", line.code)), False)
        self.styles = [_style(line, dots, capitals) for line in lines]
        self.ranks = {style: rank for rank, style in enumerate(dict.fromkeys(filter(None, self.styles)))}
        self.depths, self.open = {}, []
        for place in range(len(lines)):
            self._look_at(place)

    def _look_at(self, place):
        line, style = self.lines[place], self.styles[place]
        if line.bonus or line.deduction:
            return
        is_top = self.tops[place]
        above = self._above(style, is_top)
        inner = self._inner(place, is_top, {own for own, _inner in above})
        if is_top or inner is not None:
            self.depths[place] = len(above)
            self.open = [*above, (style, inner)]

    def _above(self, style, is_top):
        """The open headings that one of this numbering stands in."""
        for depth in range(len(self.open), 0, -1):
            own, inner = self.open[depth - 1]
            if inner == style:
                return self.open[:depth]
            if own == style:
                return self.open[: depth - 1]
        return [] if is_top else self.open[:1]

    def _inner(self, place, is_top, ends):
        """The numbering of the lines that a line heads, above one of `ends`; None where it heads none."""
        line, style = self.lines[place], self.styles[place]
        if not is_top and (not style or len(line.parts) != 1 or self.points[place] is None):
            return None
        below = list(self._below(place, ends | {style} - {()}))
        coded = [each for each in below if self.styles[each] and self.points[each] is not None]
        if is_top:
            return self.styles[coded[0]] if coded else None
        nearest = [each for each in coded if extends(self.lines[each], line)]
        nearest = [each for each in nearest if len(self.lines[each].parts) == 2]
        if not nearest and coded:
            nearest = [each for each in coded if self.styles[each] == self.styles[coded[0]]]
        if not nearest or sum(self.points[each] for each in nearest) != self.points[place]:
            return None
        return self.styles[nearest[0]]

    def _below(self, place, ends):
        """The lines until one that is numbered as one of `ends`, or a top one that stands no deeper."""
        for each in range(place + 1, len(self.lines)):
            if self.styles[each] in ends or (self.tops[each] and not self._is_over(place, each)):
                return
            yield each

    def _is_over(self, place, top):
        """Whether a line may head a top one: a capital or top one whose numbering the table begins with."""
        if not (self.tops[place] or self.styles[place] == ("A",)) or not self.styles[top]:
            return False
        return self.ranks.get(self.styles[place], -1) < self.ranks[self.styles[top]]


def _style(line, dots, capitals):
    """How a line is numbered, in kind: I, A, 1, a, 1.1, a1; nothing where it has no code."""
    if line.parts[:1] == ("roman",):
        return ("I",)
    kinds = tuple("1" if part.isdigit() else "a" for part in line.parts)
    if kinds == ("a",) and capitals and line.code.isupper():
        return ("A",)
    return (*kinds, ".") if dots and line.is_dotted else kinds


def _is_top(line):
    if line.bonus or line.deduction:
        return False
    roman = line.parts[:1] == ("roman",)
    capital = line.is_group and re.fullmatch("[A-HĐ]", line.code)
    return roman or bool(capital) or bool(_TOP.match(fold(line.text)) and (line.points or line.is_group))
