"""The lines of a criteria table as officials write it: which is a section, a criterion, a case, a note.

Told by codes (TC1, a, a.7.1), by what adds up to what, by the columns that hold numbers; people correct it.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from blocs import numbers
from blocs.text import fold

SECTION, SUBSECTION, CRITERION, CASE, NOTE = "section", "subsection", "criterion", "case", "note"

_MARK = re.compile(r"([IVXL]+|[A-ZĐ]|\d+(?:\.\w+)*|[a-zA-Z]\.?\d+(?:\.\d+)*|[a-zđ])(?:[.):/-]+\s+|/)(\S.*)")
_ROMAN = re.compile(r"[IVXL]+")
_TOP = re.compile(r"(?:tieu chuan|phan|muc|noi dung) (?:thu )?(?:[ivxl]+|\d+|[a-e])\b")
_AMOUNT = r"(\d+(?:[.,]\d+)?)"
_CAP = re.compile(
    rf"(?:toi da khong qua|toi da(?: la)?|khong qua|khong vuot qua)(?: doi voi [\w.]+)? {_AMOUNT} ?diem"
)
_CAP_OF = re.compile(rf"toi da doi voi [\w.]+ khong qua {_AMOUNT} ?diem")
_GIVEN = re.compile(rf"(?:cong|thuong|\+) ?(?:them )?{_AMOUNT} ?diem")
_TAKEN = re.compile(rf"(?:tru|diem tru) ?\(?{_AMOUNT} ?diem")
_OUT = re.compile(r"khong (?:xep loai|xet thi dua|xet khen|xet\b)")
_NO_FLAG = re.compile(r"khong (?:duoc )?(?:suy ton|binh xet|de nghi).*(?:co\b|bang khen|khen thuong)")


@dataclass(frozen=True)
class Line:
    """A line of the table; where its columns hold no number, those that its words say are proposed."""

    row: int
    code: str
    text: str
    points: str = ""
    bonus: str = ""
    deduction: str = ""
    cap: str = ""
    disqualifies: bool = False
    excludes: bool = False
    note: str = ""
    kind: str = NOTE
    is_group: bool = False

    @property
    def parts(self):
        """The code taken apart: a.7.1 and a7.1 are both a, 7, 1."""
        return code_parts(self.code)


def code_parts(code):
    """A code taken apart, so that a.7.1 and a7.1 are the same; what it says before its number is left out."""
    if _ROMAN.fullmatch(code.strip(". )")):
        return ("roman", code.strip(". )"))
    bare = re.sub(r"^(?:tieu chuan|tieu chi|muc|phan|tc)\W*", "", fold(code))
    return tuple(re.findall(r"[a-z]+|\d+", bare))


def line_of(record):
    """A record of the sheet as a line, its words and numbers in their places."""
    code, text = _code_and_text(record)
    points, bonus, deduction = (record.text(key) for key in ("points", "bonus", "deduction"))
    folded = fold(text)
    out = bool(_OUT.search(fold(f"{bonus} {deduction}")))
    if out:
        bonus, deduction = ("" if _OUT.search(fold(each)) else each for each in (bonus, deduction))
    bonus, deduction = _signed(bonus, deduction)
    if not (points or bonus or deduction or out):
        bonus, deduction = _said(folded)
    return Line(
        row=record.row,
        code=code,
        text=text,
        points=points,
        bonus=bonus,
        deduction=deduction,
        cap=cap_in(folded),
        disqualifies=out,
        excludes=bool(_NO_FLAG.search(folded)),
        note=record.text("note"),
        is_group=record.is_group,
    )


def cap_in(folded):
    """The most points that a text says are given or taken, as it is written; empty where it says none."""
    found = _CAP_OF.search(folded) or _CAP.search(folded)
    return _plain(found[1]) if found else ""


def classified(lines):
    """The lines with their kinds: sections, then what stands in them."""
    lines = list(lines)
    found, top, section, criterion = [], None, None, None
    for place, line in enumerate(lines):
        kind = _section_kind(line, lines[place + 1 :], top)
        if kind:
            top = line if kind == SECTION else top
            section, criterion = line, None
        elif _is_criterion(line, section, criterion):
            kind, criterion = CRITERION, line
        else:
            kind = CASE if _counts(line) else NOTE
        found.append(replace(line, kind=kind))
    return found


def value(text):
    """The number of a cell; None where it is none, and people will be asked."""
    try:
        return Decimal(numbers.read(text)) if text else None
    except ValueError:
        return None


def _code_and_text(record):
    """(code, text) of a record; where one cell says both, as a row merged across does, they are parted."""
    code, text = record.text("code"), record.text("text")
    if code and text and code != text:
        return code.strip().rstrip("."), text
    found = _MARK.fullmatch(text or code)
    return (found[1], found[2]) if found else ("", text or code)


def _signed(bonus, deduction):
    """Bonus and deduction as magnitudes; a negative number among the bonuses is one that is taken."""
    if (given := value(bonus)) is not None and given < 0:
        bonus, deduction = "", deduction or bonus
    return bonus, deduction.removeprefix("-")


def _said(folded):
    """(bonus, deduction) that a text without numbers beside it says."""
    given, taken = _GIVEN.search(folded), _TAKEN.search(folded)
    if given and (not taken or given.start() < taken.start()):
        return _plain(given[1]), ""
    return ("", _plain(taken[1])) if taken else ("", "")


def _plain(number):
    found = Decimal(number.replace(",", ".")).normalize()
    return numbers.written(int(found) if found == found.to_integral_value() else found)


def _section_kind(line, following, top):
    """Which section a line is, if any: by its words or code, or because what is below it adds up to it."""
    if _is_top(line):
        return SECTION
    if line.bonus or line.deduction or len(line.parts) != 1:
        return None
    below = [
        each for each in _until_top(following) if value(each.points) is not None and _extends(each, line)
    ]
    nearest = [each for each in below if len(each.parts) == 2]
    if not nearest or sum(value(each.points) for each in nearest) != value(line.points):
        return None
    return SUBSECTION if top and top.parts[:1] != line.parts else SECTION


def _is_top(line):
    if line.bonus or line.deduction:
        return False
    roman = line.parts[:1] == ("roman",)
    capital = line.is_group and re.fullmatch("[A-HĐ]", line.code)
    return roman or bool(capital) or bool(_TOP.match(fold(line.text)) and (line.points or line.is_group))


def _until_top(lines):
    for line in lines:
        if _is_top(line):
            return
        yield line


def _extends(line, above):
    """Whether a code goes on from another: 2.1 from TC2, a.7 from a."""
    start = above.parts
    return len(line.parts) > len(start) and line.parts[: len(start)] == start


def _is_criterion(line, section, criterion):
    if value(line.points) is None:
        return section is not None and criterion is None and bool(line.bonus or line.deduction)
    if criterion is None:
        return True
    return bool(line.code) and not _extends(line, criterion)


def _counts(line):
    return bool(line.points or line.bonus or line.deduction or line.disqualifies)
