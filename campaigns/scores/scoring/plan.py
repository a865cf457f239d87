"""A set of criteria as the scoring knows it: sections, criteria, and the measures that give their points.

Everything is exact: points are Decimals, shares are Fractions. Nothing here asks the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

# Tiers of scoring in their order: each keeps its own figures.
SELF, CHECK, LEADER, CONFERENCE, DEPARTMENT = TIERS = ("self", "check", "leader", "conference", "department")

# What a measure does with its points.
BASE, BONUS, DEDUCTION, NOTE = EFFECTS = ("base", "bonus", "deduction", "note")

# Where a criterion begins: at its full points, from which cases are taken, or at nothing.
FULL, ZERO = STARTS = ("full", "zero")

# What a criterion that does not apply to a unit gives: refused; full points; the total is scaled up from the
# points that apply; the average of the units to which it applies.
NA_FORBIDDEN, NA_FULL, NA_SCALE, NA_AVERAGE = NA_POLICIES = ("forbidden", "full", "scale", "average")


@dataclass(frozen=True)
class Measure:
    """Cách tính điểm: one way in which a criterion gives or takes points.

    `points` and `cap` are magnitudes, never negative: the effect says whether they are given or taken. The
    cap bounds what this measure gives or takes in all. `settings` are those of its kind (measures.KINDS).
    """

    key: str
    kind: str
    effect: str = BASE
    code: str = ""
    text: str = ""
    points: Decimal | None = None
    cap: Decimal | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    excludes_from_flags: bool = False
    disqualifies: bool = False


@dataclass(frozen=True)
class Criterion:
    """Tiêu chí: its full points, where it begins, and its measures.

    Points never fall below `lowest`; None leaves them without a bound, as in a section of deductions. A cap
    of None bounds nothing.
    """

    key: str
    code: str
    text: str
    maximum: Decimal
    measures: tuple[Measure, ...]
    starts: str = ZERO
    lowest: Decimal | None = Decimal(0)
    bonus_cap: Decimal | None = None
    deduction_cap: Decimal | None = None
    may_be_not_applicable: bool = False


@dataclass(frozen=True)
class Section:
    """Mục: criteria or further sections, who scores them and whose figure counts.

    `tiers` are those that score it; empty is as the section above, and there all of them. `counting_tier` is
    the tier whose figure counts; empty is as the section above, and there the last released tier.
    """

    key: str
    code: str
    title: str
    parts: tuple["Section | Criterion", ...] = ()
    maximum: Decimal | None = None
    bonus_cap: Decimal | None = None
    deduction_cap: Decimal | None = None
    tiers: tuple[str, ...] = ()
    counting_tier: str = ""


@dataclass(frozen=True)
class TieBreak:
    """What decides between equal points: "section" (its key beside), "fewer-deductions", "more-bonus".

    Where all of them are equal too, the units share a rank, unless the conference settles it.
    """

    kind: str
    section: str = ""


@dataclass(frozen=True)
class Plan:
    """Bộ tiêu chí: sections, how many decimals points have, what bounds the bonus of all of them.

    A `bonus_cap` of None is a set that has no bonus cap. `deduction_share` is the most that may be taken in
    all, in percent of the bonus; None bounds nothing. `class_section` is the key of a section whose points
    put units into classes: a higher class ranks first, whatever the totals.
    """

    name: str
    sections: tuple[Section, ...]
    digits: int = 2
    maximum: Decimal | None = None
    bonus_cap: Decimal | None = None
    na_policy: str = NA_FORBIDDEN
    tie_breaks: tuple[TieBreak, ...] = ()
    deduction_share: Decimal | None = None
    class_section: str = ""

    def walk(self) -> Iterator[tuple[tuple[Section, ...], Criterion]]:
        """Every criterion in order with the sections that it stands in, outermost first."""
        yield from _walk((), self.sections)

    @cached_property
    def criteria(self) -> Mapping[str, Criterion]:
        """{key: criterion} in order."""
        return {criterion.key: criterion for _, criterion in self.walk()}

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """{criterion key: its code with that of its section, as it is called outside of a table: A.1, B2}."""
        found = {}
        for sections, criterion in self.walk():
            above, code = sections[-1].code, criterion.code
            found[criterion.key] = (
                code if not above or code.startswith(above) else f"{above}.{code}".rstrip(".")
            )
        return found

    def code_of(self, criterion) -> str:
        """How a criterion, or a stored row of one, is called in a list: by its code, else its first words."""
        if not criterion.code:
            return criterion.text[:60]
        return self.codes.get(criterion.key, criterion.code)

    def name_of(self, criterion) -> str:
        """Its code and its text."""
        return f"{self.code_of(criterion)} {criterion.text}" if criterion.code else criterion.text

    @cached_property
    def _of_tiers(self) -> dict[str, "Plan"]:
        """{tier: the plan of what it scores} of the tiers that were asked for, as of_tier() keeps them."""
        return {}

    @cached_property
    def counting_order(self) -> Mapping[str, tuple[str, ...]]:
        """{criterion key: tiers, first the one whose figure counts, then the others from the last back}."""
        orders = {}
        for sections, criterion in self.walk():
            tiers = [tier for tier in reversed(TIERS) if tier in tiers_of(sections)]
            counts = counting_tier_of(sections)
            orders[criterion.key] = (counts, *tiers) if counts else tuple(tiers)
        return orders


def _walk(above, parts):
    for part in parts:
        if isinstance(part, Section):
            yield from _walk((*above, part), part.parts)
        else:
            yield above, part


def tiers_of(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """The tiers that score what stands in these sections, outermost first: the innermost that says so."""
    return next((section.tiers for section in reversed(sections) if section.tiers), TIERS)


def counting_tier_of(sections: tuple[Section, ...]) -> str:
    """The tier whose figure counts there, empty where the last released one does."""
    return next((section.counting_tier for section in reversed(sections) if section.counting_tier), "")


def of_tier(plan: Plan, tier: str) -> Plan:
    """The plan with the criteria alone that a tier scores; sections that it does not score are left out."""
    known = plan._of_tiers
    if tier not in known:
        known[tier] = replace(plan, sections=_of_tier((), plan.sections, tier))
    return known[tier]


def _of_tier(above, parts, tier):
    kept = []
    for part in parts:
        if isinstance(part, Section):
            inner = _of_tier((*above, part), part.parts, tier)
            if inner:
                kept.append(replace(part, parts=inner))
        elif tier in tiers_of(above):
            kept.append(part)
    return tuple(kept)


@dataclass(frozen=True)
class Result:
    """What a criterion gave one unit at one tier: points rounded as the set says, and how they came about.

    `working` is in Vietnamese, one line a measure, as printed: "42/50 văn bản = 84% → 8,4 điểm". A criterion
    that does not apply has no points of its own.
    """

    points: Decimal | None
    base: Decimal = Decimal(0)
    bonus: Decimal = Decimal(0)
    deduction: Decimal = Decimal(0)
    working: tuple[str, ...] = ()
    excludes_from_flags: tuple[str, ...] = ()
    disqualifies: tuple[str, ...] = ()
    not_applicable: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with a plan: the key of the section or criterion, and words that say it.

    A measure's key has its criterion's before it: "a4/late". Of the whole plan the key is empty.
    """

    key: str
    words: str


@dataclass(frozen=True)
class Question:
    """A figure that a measure asks for. Kinds: number, whole, day, yes-no, choice, points.

    `unit` is fixed by the set ("văn bản", "%"); figures are kept as text ("42", "0.5", "2022-01-31", "yes").
    """

    name: str
    label: str
    kind: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    optional: bool = False


class FigureFault(ValueError):
    """A figure that cannot be: of which measure and question, and words that say what to do."""

    def __init__(self, measure, question, words):
        self.measure, self.question, self.words = measure, question, words
        super().__init__(words)
