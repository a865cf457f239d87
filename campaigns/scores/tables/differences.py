"""How the tiers differ in what they gave: for the department alone. Nothing is normalised, nothing changed.

A deviation is what a later tier gave less or more than an earlier one, in points. Pure functions of figures
that are known; what is missing on either side is left out, never counted as zero.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

# How many times the usual distance from the middle makes a deviation stand out.
FAR = Fraction(3)
# What a median distance is of the standard deviation where deviations are spread as errors are.
SPREAD = Fraction(14826, 10000)

Points = Mapping[Hashable, Mapping[str, Decimal]]  # {unit: {criterion: points}}


@dataclass(frozen=True)
class Deviation:
    """How two tiers differ on one unit or criterion: in all, on average a cell, and over how many cells."""

    key: Hashable
    cells: int
    total: Fraction
    mean: Fraction
    raised: int
    lowered: int


@dataclass(frozen=True)
class Pair:
    """Two units that checked each other: the mean deviation that each gave the other, and that of all others.

    `leaning` is how much more both gave each other than others gave and got: the lower of the two.
    """

    one: Hashable
    two: Hashable
    given: Fraction
    got: Fraction
    usual: Fraction

    @property
    def leaning(self):
        """The lower of both deviations, above what is usual."""
        return min(self.given, self.got) - self.usual


@dataclass(frozen=True)
class Outlier:
    """A deviation far from the middle: how far, in usual distances; None where nothing else deviates."""

    key: Hashable
    value: Fraction
    middle: Fraction
    distance: Fraction
    times: Fraction | None


def cells(earlier: Points, later: Points) -> dict[tuple[Hashable, str], Fraction]:
    """{(unit, criterion): the later points less the earlier ones} where both are known."""
    return {
        (unit, key): Fraction(points) - Fraction(earlier[unit][key])
        for unit, given in later.items()
        for key, points in given.items()
        if points is not None and earlier.get(unit, {}).get(key) is not None
    }


def by_unit(found: Mapping[tuple[Hashable, str], Fraction]) -> list[Deviation]:
    """The deviations of each unit, the largest one on average first."""
    return _summed(found, 0)


def by_criterion(found: Mapping[tuple[Hashable, str], Fraction]) -> list[Deviation]:
    """The deviations on each criterion, the largest one on average first."""
    return _summed(found, 1)


def pairs(given: Mapping[tuple[Hashable, Hashable], Fraction]) -> list[Pair]:
    """Units that checked each other, those that leaned most towards each other first.

    `given` is {(checker, unit): mean deviation that the checker gave the unit}. What is usual is the median
    of what was given by everybody who did not check in return, or of all where nobody else checked.
    """
    mutual = sorted((one, two) for one, two in given if (two, one) in given and one < two)
    in_pairs = {pair for one, two in mutual for pair in ((one, two), (two, one))}
    others = [value for pair, value in given.items() if pair not in in_pairs] or list(given.values())
    usual = median(others) if others else Fraction(0)
    found = [Pair(one, two, given[one, two], given[two, one], usual) for one, two in mutual]
    return sorted(found, key=lambda pair: (-pair.leaning, pair.one, pair.two))


def outliers(values: Mapping[Hashable, Fraction]) -> list[Outlier]:
    """Values that stand out, the farthest first, by the median and the median distance from it.

    A few far values move neither. Where more than half of all are equal, whatever differs stands out.
    """
    if len(values) < 3:
        return []
    middle = median(values.values())
    usual = median(abs(value - middle) for value in values.values())
    found = []
    for key, value in values.items():
        distance = abs(value - middle)
        times = distance / (usual * SPREAD) if usual else None
        if distance and (times is None or times > FAR):
            found.append(Outlier(key, value, middle, distance, times))
    return sorted(found, key=lambda each: -each.distance)


def _summed(found, place) -> list[Deviation]:
    groups = defaultdict(list)
    for cell, value in found.items():
        groups[cell[place]].append(value)
    summed = [
        Deviation(
            key=key,
            cells=len(values),
            total=sum(values, Fraction(0)),
            mean=sum(values, Fraction(0)) / len(values),
            raised=sum(value > 0 for value in values),
            lowered=sum(value < 0 for value in values),
        )
        for key, values in groups.items()
    ]
    return sorted(summed, key=lambda each: -abs(each.mean))


def mean(values: Iterable[Fraction]) -> Fraction | None:
    """The mean, or None of nothing."""
    values = list(values)
    return sum(values, Fraction(0)) / len(values) if values else None
