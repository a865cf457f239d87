"""The order of units by their totals, with the bloc's own tie-breaks."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from campaigns.scores.scoring.plan import Plan, Section, TieBreak
from campaigns.scores.scoring.totals import Totals

SETTLED = "hội nghị thống nhất"
_SHARED = "xếp cùng hạng, trừ khi hội nghị thống nhất thứ tự."


@dataclass(frozen=True)
class Entry:
    """A unit that may be ranked.

    `totals` are its totals; of a past year only `total` may be known, or only its rank. `out` is why it is
    not ranked at all, whatever its points; what its totals disqualify for is added.
    """

    key: Hashable
    totals: Totals | None = None
    total: Decimal | None = None
    out: str = ""
    known_rank: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a unit stands. No rank: out, with the reason, or its total is not fully known.

    `tied_with` are those that share the rank; `decided_by` says what put it before or after equal totals.
    """

    key: Hashable
    rank: int | None
    total: Decimal | None
    out: str = ""
    tied_with: tuple[Hashable, ...] = ()
    decided_by: str = ""


def rank(
    entries: Iterable[Entry],
    tie_breaks: Iterable[TieBreak] = (),
    settled: Mapping[Hashable, int] | None = None,
    *,
    plan: Plan | None = None,
) -> list[Standing]:
    """Standings, the ranked first in their order, then all others as they came.

    Equal totals go by the tie-breaks in order, then by what the conference settled, {key: place}; what is
    equal still shares a rank: 1, 1, 3. Where one rank is known without its points, only known ranks stand:
    nothing is worked out beside them. Where the plan has classes, a higher class stands before a lower one,
    and totals and all that follows decide within a class.
    """
    entries, tie_breaks = list(entries), tuple(tie_breaks)
    if any(entry.known_rank is not None for entry in entries):
        return _known(entries)
    ranked = [entry for entry in entries if _may_rank(entry)]
    standings, place = [], 1
    for group, decided_by in _ordered(ranked, tie_breaks, settled or {}, plan):
        keys = [entry.key for entry in group]
        for entry in group:
            tied = tuple(key for key in keys if key != entry.key)
            standings.append(Standing(entry.key, place, _total(entry), "", tied, "; ".join(decided_by)))
        place += len(group)
    others = [entry for entry in entries if not _may_rank(entry)]
    return standings + [Standing(each.key, None, _total(each), _out(each)) for each in others]


def in_words(tie_breaks: Iterable[TieBreak], plan: Plan | None = None) -> str:
    """The order and the tie-breaks as the minutes give them."""
    first = ""
    if plan and plan.class_section:
        first = f"Xếp theo loại ở {_section_name(plan, plan.class_section)} trước, rồi theo tổng điểm. "
    words = [_words(each, plan) for each in tie_breaks]
    if not words:
        return f"{first}Bằng điểm thì {_SHARED}"
    return f"{first}Bằng điểm thì xét lần lượt: {'; '.join(words)}. Vẫn bằng nhau thì {_SHARED}"


def _total(entry):
    if entry.totals is None:
        return entry.total
    return None if entry.totals.missing else entry.totals.total


def _out(entry):
    reasons = [entry.out, *(entry.totals.disqualifies if entry.totals else ())]
    return "; ".join(each for each in reasons if each)


def _may_rank(entry):
    return not _out(entry) and _total(entry) is not None


def _known(entries):
    inside = [each for each in entries if each.known_rank is not None and not _out(each)]
    standings = []
    for entry in sorted(inside, key=lambda each: each.known_rank):
        tied = tuple(
            each.key for each in inside if each.known_rank == entry.known_rank and each.key != entry.key
        )
        standings.append(Standing(entry.key, entry.known_rank, _total(entry), "", tied))
    others = [each for each in entries if each not in inside]
    return standings + [Standing(each.key, None, _total(each), _out(each)) for each in others]


def _ordered(entries, tie_breaks, settled, plan):
    """(entries that share a place, what decided it) in order."""
    for in_class in _split(entries, lambda entry: -_class(entry, plan)):
        for group in _split(in_class, lambda entry: -_total(entry)):
            yield from _break(group, tie_breaks, settled, plan, ())


def _class(entry, plan):
    """The points that say in which class a unit is; the same for all where there are none."""
    if plan is None or not plan.class_section or entry.totals is None:
        return 0
    return entry.totals.sections[plan.class_section].points


def _break(group, tie_breaks, settled, plan, decided_by):
    if len(group) == 1:
        yield group, decided_by
    elif tie_breaks and all(entry.totals for entry in group):
        first, *others = tie_breaks
        parts = _split(group, lambda entry: _weight(first, entry.totals))
        now = (*decided_by, _words(first, plan)) if len(parts) > 1 else decided_by
        for part in parts:
            yield from _break(part, others, settled, plan, now)
    elif all(entry.key in settled for entry in group):
        parts = _split(group, lambda entry: settled[entry.key])
        now = (*decided_by, SETTLED) if len(parts) > 1 else decided_by
        yield from ((part, now) for part in parts)
    else:
        yield group, decided_by


def _split(entries, weight):
    """The entries in groups of equal weight, lightest first; within a group as they came."""
    return [list(group) for _, group in groupby(sorted(entries, key=weight), weight)]


def _weight(tie_break, totals):
    if tie_break.kind == "section":
        return -totals.sections[tie_break.section].points
    return {"fewer-deductions": totals.deduction, "more-bonus": -totals.bonus}[tie_break.kind]


def _words(tie_break, plan):
    if tie_break.kind == "section":
        return f"điểm {_section_name(plan, tie_break.section)} cao hơn"
    return {"fewer-deductions": "ít điểm trừ hơn", "more-bonus": "nhiều điểm thưởng hơn"}[tie_break.kind]


def _section_name(plan, key):
    found = next((each for each in _sections(plan.sections) if each.key == key), None) if plan else None
    if found is None:
        return f"mục {key}"
    return f"mục {found.code}" if found.code else f"“{found.title}”"


def _sections(sections):
    for section in sections:
        yield section
        yield from _sections([part for part in section.parts if isinstance(part, Section)])
