"""A criteria table as a plan: its lines, as people left them in the preview, made into its parts.

What the words leave open becomes the plainest measure that fits; people change it in the draft.
"""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from blocs.text import fold, slug
from campaigns.scores.criteria.files import Beside
from campaigns.scores.scoring.plan import (
    BASE,
    BONUS,
    DEDUCTION,
    FULL,
    ZERO,
    Criterion,
    Measure,
    Plan,
    Section,
)
from campaigns.scores.scoring.plan import NOTE as WORDS
from campaigns.scores.spreadsheets.lines import CASE, CRITERION, HEADINGS, NOTE, fold_code

KEY_LENGTH = 40
UNNAMED = "Tiêu chí"  # a section of criteria that stand below no heading
_EACH = re.compile(
    r"\b(?:mỗi|cứ|từng|tính trên)\b|(?<=[^\d\s])/ ?0?1\b|"
    r"\b0?1 (?:trường hợp|bài|báo cáo|phong trào|xã|lần|kỳ)\b"
)
_COUNTED = re.compile(r"(?:mỗi|cứ)\s+(?:0?1\s+)?(trường hợp|báo cáo|bài|xã|lần|giếng|nhiệm vụ|kỳ)")
_ASSESSOR = re.compile(r"\(([^()]{3,120}?) theo dõi, kiểm tra, đánh giá[^()]*\)")
_NOT_BONUS = re.compile(r"khong lien quan den diem (?:cong|thuong)")


@dataclass
class Block:
    """A section or criterion under way: its line, none for a section without a name, and what is in it."""

    line: object
    parts: list = field(default_factory=list)


def plan_of_lines(base: Plan, lines):
    """(a plan like `base` with these lines as its sections, what stands beside its parts, {key: line}).

    Parts that stand in `base` under the same code or words keep their keys. Measures are found by
    "criterion/measure".
    """
    maker = _Maker(base)
    sections = tuple(maker.section(block) for block in _blocks(lines))
    return replace(base, sections=sections), maker.beside, maker.lines


def _blocks(lines):
    """The sections with what stands in them; criteria before any section stand in one without a name."""
    found, open_, criterion = [], [], None
    for line in lines:
        block = Block(line)
        if line.kind in HEADINGS:
            open_ = open_[: HEADINGS.index(line.kind)]
            (open_[-1].parts if open_ else found).append(block)
            open_, criterion = [*open_, block], None
        elif line.kind == CRITERION:
            if not open_:
                open_ = [Block(None)]
                found.append(open_[0])
            open_[-1].parts.append(block)
            criterion = block
        elif criterion is not None:
            criterion.parts.append(line)
    return found


class _Maker:
    def __init__(self, base):
        self.lines, self.beside, self.used, self.known = {}, {}, set(), {}
        for sections, criterion in base.walk():
            for section in sections:
                self.known.setdefault(("section", _name(section.code, section.title)), section.key)
            self.known.setdefault(("criterion", _name(criterion.code, criterion.text)), criterion.key)

    def section(self, block):
        line = block.line
        code, title = (line.code, line.text) if line else ("", UNNAMED)
        key = self._key("section", code, title, "muc")
        self.lines[key] = line
        if found := _ASSESSOR.search(title):
            self.beside[key] = Beside(assessor=found[1].strip())
        parts = tuple(
            self.criterion(part) if part.line.kind == CRITERION else self.section(part)
            for part in block.parts
        )
        return Section(key=key, code=code, title=title, parts=parts, maximum=line.points if line else None)

    def criterion(self, block):
        line = block.line
        key = self._key("criterion", line.code, line.text, "tc")
        self.lines[key] = line
        maximum = line.points or Decimal(0)
        starts, measures = _measures(block, maximum)
        notes = [each.note for each in (line, *block.parts) if each.note]
        if notes := [*notes, *(part.text for part in _notes_below(block))]:
            self.beside[key] = Beside(note="\n".join(notes))
        return Criterion(
            key=key,
            code=line.code,
            text=line.text,
            maximum=maximum,
            measures=self._keyed(key, measures),
            starts=starts,
            lowest=Decimal(0) if maximum else None,
            **_caps(block, measures),
        )

    def _keyed(self, criterion, measures):
        used, found = set(), []
        for number, (measure, line) in enumerate(measures, 1):
            key = _free(slug(measure.code) or f"m{number}", used)
            self.lines[f"{criterion}/{key}"] = line
            found.append(replace(measure, key=key))
        return tuple(found)

    def _key(self, kind, code, text, otherwise):
        known = self.known.get((kind, _name(code, text)))
        if known and known not in self.used:
            self.used.add(known)
            return known
        key = _free(slug(code) or otherwise, self.used | set(self.known.values()))
        self.used.add(key)
        return key


def _free(key, used):
    """The key, with a number behind it where it is taken."""
    key = key[:KEY_LENGTH].strip("-")
    found, number = key, 1
    while found in used:
        number += 1
        found = f"{key[: KEY_LENGTH - 4].strip('-')}-{number}"
    used.add(found)
    return found


def _name(code, text):
    return fold_code(code) or fold(text)


def _measures(block, maximum):
    """(where a criterion starts, [(measure, the line that it is of)]) in the order of the lines.

    Rows of full points that add up to those of the criterion are asked one by one; others are its grades. One
    row alone, where points are taken, says how the full points are kept.
    """
    rows = [part for part in block.parts if part.kind == CASE and part.points]
    taken = any(part.deduction for part in block.parts if part.kind == CASE)
    if taken and maximum and len(rows) < 2:
        starts, rows = FULL, []
    else:
        starts = ZERO
    parts = _parted(rows, maximum)
    measures = _own(block, maximum)
    if starts == ZERO and not rows and maximum:
        measures.insert(0, (Measure("", "manual", BASE, points=maximum), block.line))
    below = _notes_below(block)
    for part in block.parts:
        if part in parts:
            measures.append((Measure("", "yes-no", BASE, part.code, part.text, part.points), part))
        elif rows and not parts and part is rows[0]:
            measures.append((Measure("", "graded", BASE, settings={"grades": _grades(rows)}), part))
        elif part in rows and not parts:
            continue  # a grade
        elif part.kind == CASE and (part.points is None or part.bonus or part.disqualifies):
            measures += [(each, part) for each in _case(part)]
        elif part not in below:
            measures.append((Measure("", "note", WORDS, part.code, part.text), part))
    return starts, measures


def _own(block, maximum):
    """What a criterion's own line gives or takes: a case where it has no full points, else by hand.

    Over cases that give or take it says how much they may come to, and is none of them.
    """
    line, bounded = block.line, _bounded(block)
    kind = "manual" if maximum else _kind(line.text)
    cap = line.cap if kind == "per-case" else None
    return [
        (Measure("", kind, effect, points=points, cap=cap, excludes_from_flags=line.excludes), line)
        for effect, points in ((BONUS, line.bonus), (DEDUCTION, line.deduction))
        if points and effect not in bounded
    ]


def _bounded(block):
    """{effect: what the criterion's own line says of it} where its cases below give or take points."""
    cases = [part for part in block.parts if part.kind == CASE]
    return {
        effect: getattr(block.line, effect)
        for effect in (BONUS, DEDUCTION)
        if getattr(block.line, effect) and any(getattr(case, effect) for case in cases)
    }


def _parted(rows, maximum):
    """The rows that together are the full points: numbered ones, else all."""
    for found in ([row for row in rows if row.code], rows):
        if found and sum(row.points for row in found) == maximum:
            return found
    return []


def _grades(rows):
    grades = [
        {"grade": row.code or str(number), "label": row.text, "points": f"{row.points:f}"}
        for number, row in enumerate(rows, 1)
    ]
    return [*grades, {"grade": "0", "label": "Không đạt mức nào", "points": "0"}]


def _case(line):
    """The measures of a case: what it gives, what it takes, what it keeps a unit out of."""
    kind = "per-case" if line.cap and line.cap > (line.bonus or line.deduction or 0) else _kind(line.text)
    counted = _COUNTED.search(line.text.lower()) if kind == "per-case" else None
    for effect, points in ((BONUS, line.bonus), (DEDUCTION, line.deduction)):
        if points:
            yield Measure(
                key="",
                kind=kind,
                effect=effect,
                code=line.code,
                text=line.text,
                points=points,
                cap=line.cap,
                settings={"unit": counted[1]} if counted else {},
                excludes_from_flags=line.excludes,
            )
    if line.disqualifies:
        yield Measure("", "disqualification", WORDS, line.code, line.text, disqualifies=True)


def _kind(text):
    return "per-case" if _EACH.search(text.lower()) else "yes-no"


def _notes_below(block):
    """The notes after the last case of a criterion: they are of all of it."""
    found = []
    for part in reversed(block.parts):
        if part.kind != NOTE or part.code:
            break
        found.insert(0, part)
    return found


def _caps(block, measures):
    """The caps that its own line and notes of a criterion tell, of what there is to cap."""
    caps = _bounded(block)
    for part in block.parts:
        if part.kind == NOTE and part.cap is not None:
            said = _NOT_BONUS.sub("", fold(part.text))
            if re.search(r"\btru\b", said):
                caps[DEDUCTION] = part.cap
            if re.search(r"\b(?:cong|thuong)\b", said):
                caps[BONUS] = part.cap
    effects = {measure.effect for measure, _line in measures}
    return {f"{effect}_cap": cap for effect, cap in caps.items() if effect in effects}
