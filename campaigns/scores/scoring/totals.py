"""What a unit has in all: sections, caps, criteria that do not apply, and which tier's figure counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.plan import NA_AVERAGE, NA_FORBIDDEN, NA_SCALE, Criterion, Plan, Result, Section
from campaigns.scores.scoring.rounding import rounded


@dataclass(frozen=True)
class SectionTotal:
    """What a section adds up to. `cut` is bonus above its cap, `spared` deductions beyond theirs."""

    points: Decimal
    base: Decimal
    bonus: Decimal
    deduction: Decimal
    cut: Decimal
    spared: Decimal


@dataclass(frozen=True)
class Totals:
    """What a unit has in all, of what is known: a total with `missing` criteria is none to rank by."""

    total: Decimal
    base: Decimal
    bonus: Decimal
    deduction: Decimal
    cut: Decimal
    sections: Mapping[str, SectionTotal]
    missing: tuple[str, ...] = ()
    excludes_from_flags: tuple[str, ...] = ()
    disqualifies: tuple[str, ...] = ()
    working: tuple[str, ...] = ()


def totals(
    plan: Plan, results: Mapping[str, Result], averages: Mapping[str, Decimal] | None = None
) -> Totals:
    """The unit's totals: the rounded points of criteria added, bonus and deductions capped on the way.

    `averages` are, by criterion, the points that the units have on average to which it applies; a plan may
    give them where it does not apply.
    """
    return _Adding(plan, results, averages or {}).totals()


def counting(plan: Plan, by_tier: Mapping[str, Mapping[str, Result]]) -> dict[str, tuple[str, Result]]:
    """{criterion key: (tier, the result that counts)}, of {tier: {criterion key: result}}.

    The counting tier of the section where that has a result, else the last tier that scores it and has one.
    """
    found = {}
    for key, tiers in plan.counting_order.items():
        given = ((tier, by_tier[tier][key]) for tier in tiers if key in by_tier.get(tier, ()))
        if first := next(given, None):
            found[key] = first
    return found


@dataclass
class _Amounts:
    base: Decimal
    bonus: Decimal
    deduction: Decimal

    def add(self, other):
        self.base += other.base
        self.bonus += other.bonus
        self.deduction += other.deduction


@dataclass
class _Adding:
    plan: Plan
    results: Mapping[str, Result]
    averages: Mapping[str, Decimal]
    sections: dict = field(default_factory=dict)
    missing: set = field(default_factory=set)
    lines: list = field(default_factory=list)
    not_applying: Decimal = Decimal(0)

    def __post_init__(self):
        self.nothing = rounded(0, self.plan.digits)

    def totals(self):
        amounts = self._nothing()
        for section in self.plan.sections:
            amounts.add(self._section(section))
        self._scale(amounts)
        cut = self._cap(amounts, "bonus", self.plan.bonus_cap, "Toàn bộ")
        self._share(amounts)
        known = [self.results[key] for key in self.plan.criteria if key in self.results]
        return Totals(
            total=amounts.base + amounts.bonus - amounts.deduction,
            base=amounts.base,
            bonus=amounts.bonus,
            deduction=amounts.deduction,
            cut=cut,
            sections={key: self.sections[key] for key in _keys(self.plan.sections)},
            missing=tuple(key for key in self.plan.criteria if key in self.missing),
            excludes_from_flags=tuple(
                dict.fromkeys(each for one in known for each in one.excludes_from_flags)
            ),
            disqualifies=tuple(dict.fromkeys(each for one in known for each in one.disqualifies)),
            working=tuple(self.lines),
        )

    def _nothing(self):
        return _Amounts(self.nothing, self.nothing, self.nothing)

    def _section(self, section):
        amounts = self._nothing()
        for part in section.parts:
            amounts.add(self._section(part) if isinstance(part, Section) else self._criterion(part))
        name = f"Mục {section.code}" if section.code else section.title
        cut = self._cap(amounts, "bonus", section.bonus_cap, name)
        spared = self._cap(amounts, "deduction", section.deduction_cap, name)
        self.sections[section.key] = SectionTotal(
            amounts.base + amounts.bonus - amounts.deduction,
            amounts.base,
            amounts.bonus,
            amounts.deduction,
            cut,
            spared,
        )
        return amounts

    def _criterion(self, criterion: Criterion):
        result = self.results.get(criterion.key)
        if result is not None and not result.not_applicable:
            return _Amounts(result.base, result.bonus, result.deduction)
        amounts = self._nothing()
        if result is None or self.plan.na_policy == NA_FORBIDDEN:
            self.missing.add(criterion.key)
        elif self.plan.na_policy == NA_SCALE:
            self.not_applying += criterion.maximum
        else:
            amounts.base = self._instead(criterion)
        return amounts

    def _instead(self, criterion):
        """The points of a criterion that does not apply: full, or the average where there is one."""
        average = self.averages.get(criterion.key) if self.plan.na_policy == NA_AVERAGE else None
        points = rounded(criterion.maximum if average is None else average, self.plan.digits)
        meant = "điểm chuẩn" if average is None else "điểm bình quân của các đơn vị có áp dụng,"
        name = criterion.code or wording.short(criterion.text)
        self.lines.append(f"{name}: không áp dụng, tính {meant} {wording.points(points)}")
        return points

    def _scale(self, amounts):
        """Scale up what applies to the points of the whole plan; bonus is left as it is."""
        if not self.not_applying:
            return
        whole = sum((each.maximum for each in self.plan.criteria.values()), Decimal(0))
        applying, reached = whole - self.not_applying, amounts.base - amounts.deduction
        if not applying:
            self.missing |= {key for key, each in self.plan.criteria.items() if each.maximum}
            return
        scaled = rounded(Fraction(reached) * Fraction(whole) / Fraction(applying), self.plan.digits)
        if reached > 0:
            amounts.base += scaled - reached
            over = (
                f"{wording.number(reached)}/{wording.number(applying)} điểm áp dụng × {wording.number(whole)}"
            )
            self.lines.append(f"{over} = {wording.points(scaled)}")

    def _share(self, amounts):
        """Take no more in all than the share of the bonus that the plan allows."""
        share = self.plan.deduction_share
        if share is None:
            return
        most = rounded(Fraction(amounts.bonus) * Fraction(share) / 100, self.plan.digits)
        if amounts.deduction > most:
            self.lines.append(
                f"Toàn bộ: điểm trừ {wording.number(amounts.deduction)}, tối đa {wording.number(share)}% của "
                f"{wording.number(amounts.bonus)} điểm thưởng là {wording.points(most)}"
            )
            amounts.deduction = most

    def _cap(self, amounts, name, cap, title):
        """Cut one amount to its cap; what was cut away."""
        total = getattr(amounts, name)
        if cap is None or total <= cap:
            return self.nothing
        capped = rounded(cap, self.plan.digits)
        setattr(amounts, name, capped)
        kind = "điểm thưởng" if name == "bonus" else "điểm trừ"
        self.lines.append(f"{title}: {kind} {wording.number(total)}, tối đa {wording.points(capped)}")
        return total - capped


def _keys(sections):
    for section in sections:
        yield section.key
        yield from _keys([part for part in section.parts if isinstance(part, Section)])
