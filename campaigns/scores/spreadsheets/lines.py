"""The lines of a criteria table as officials write it: which is a section, a criterion, a case, a note.

Told by codes (TC1, a, a.7.1), by what adds up to what, by the columns that hold numbers; people correct it.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from blocs import numbers
from blocs.text import fold
from campaigns.scores.spreadsheets.headings import depths_of, extends, value

SECTION, SUBSECTION, CRITERION, CASE, NOTE = "section", "subsection", "criterion", "case", "note"
# Headings by how deep they stand; what stands deeper still is one of the last.
HEADINGS = (SECTION, SUBSECTION, "section-3", "section-4", "section-5", "section-6")

_MARK = re.compile(
    r"([IVXL]+|[A-ZĐ]|\d+(?:\.\w+)*|[a-zA-ZđĐ]\.?\d+(?:\.\d+)*|[a-zđ])(?:[.):/-]+\s+|/)(\S.*)",
    re.DOTALL,
)
_ROMAN = re.compile(r"[IVXL]+")
_D_WITH_STROKE = re.compile("[đĐÐ]")
_BAND = re.compile(
    r"[-–+*•<>≤≥]|(?:đạt|từ|dưới|trên|mức|loại|xếp loại|hoàn thành|tốt|khá|trung bình|yếu|xuất sắc|nếu|"
    r"trường hợp|không|mỗi)\b"
)
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
    """A line of the table; where its columns hold no number, those that its words say are proposed.

    `is_dotted` says that its number was written "1.", as headings are over criteria numbered through;
    `is_unread` that there are points which cannot be read, and people will be asked for them.
    """

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
    is_dotted: bool = False
    is_unread: bool = False

    @cached_property
    def parts(self):
        """The code taken apart: a.7.1 and a7.1 are both a, 7, 1."""
        return code_parts(self.code)


def code_parts(code):
    """A code taken apart, so that a.7.1 and a7.1 are the same; what it says before its number is left out."""
    if _ROMAN.fullmatch(code.strip(". )")):
        return ("roman", code.strip(". )"))
    bare = re.sub(r"^(?:tieu chuan|tieu chi|muc|phan|tc)\W*", "", fold_code(code))
    return tuple(re.findall(r"[a-zđ]+|\d+", bare))


def fold_code(code):
    """A code as it is compared: folded, but d and đ are two letters of a numbering."""
    return "đ".join(map(fold, _D_WITH_STROKE.split(code)))


def line_of(record):
    """A record of the sheet as a line, its words and numbers in their places."""
    code, text, is_dotted = _code_and_text(record)
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
        note=record.typed("note"),
        is_group=record.is_group,
        is_dotted=is_dotted,
        is_unread=bool(record.cells["points"]) and value(points) is None,
    )


def cap_in(folded):
    """The most points that a text says are given or taken, as it is written; empty where it says none."""
    found = _CAP_OF.search(folded) or _CAP.search(folded)
    return _plain(found[1]) if found else ""


def classified(lines):
    """The lines with their kinds: headings however deep, then what stands in them."""
    lines = list(lines)
    depths = depths_of(lines)
    found, inside, criterion, uncoded = [], False, None, False
    for place, line in enumerate(lines):
        if place in depths:
            kind = HEADINGS[min(depths[place], len(HEADINGS) - 1)]
            inside, criterion = True, None
        elif _is_criterion(line, inside, criterion, uncoded):
            kind, criterion, uncoded = CRITERION, line, uncoded or not line.code
        else:
            kind = CASE if _counts(line) else NOTE
        found.append(replace(line, kind=kind))
    return found


def _code_and_text(record):
    """(code, text, whether a point follows the code) of a record.

    Where one cell says both, as a row merged across does, they are parted.
    """
    code, text = record.text("code"), record.typed("text")
    if code and text and code != record.text("text"):
        return code.strip().rstrip("."), text, bool(re.fullmatch(r"\d+\.", code.strip()))
    found = _MARK.fullmatch(text or code)
    return (found[1], found[2], False) if found else ("", text or code, False)


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


def _is_criterion(line, inside, criterion, uncoded):
    """Whether a line is a criterion of its own, by its number and code; without codes by its words.

    `uncoded` says that a criterion above has no code either.
    """
    if value(line.points) is None and not line.is_unread:
        return inside and criterion is None and bool(line.bonus or line.deduction)
    if criterion is None:
        return True
    if not line.code:
        return uncoded and not _BAND.match(line.text.lower())
    return not extends(line, criterion)


def _counts(line):
    return bool(line.points or line.bonus or line.deduction or line.disqualifies)
