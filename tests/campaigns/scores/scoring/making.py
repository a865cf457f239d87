"""Criteria and plans as the tests of scoring write them."""

from datetime import date
from decimal import Decimal

from campaigns.scores.scoring.plan import (
    BASE,
    BONUS,
    DEDUCTION,
    NOTE,
    Criterion,
    Measure,
    Plan,
    Result,
    Section,
)
from campaigns.scores.scoring.score import score

YEAR = {"first_day": date(2022, 1, 1), "last_day": date(2022, 12, 31)}


def measure(kind, effect=BASE, key="m", **rest):
    """A measure; what is no field of a measure is one of its settings."""
    fields = {name: rest.pop(name) for name in list(rest) if name in Measure.__dataclass_fields__}
    fields |= {name: Decimal(fields[name]) for name in ("points", "cap") if name in fields}
    return Measure(key, kind, effect, settings=rest, **fields)


def bonus(kind, **rest):
    return measure(kind, BONUS, **rest)


def deduction(kind, **rest):
    return measure(kind, DEDUCTION, **rest)


def note(kind, **rest):
    return measure(kind, NOTE, **rest)


def criterion(maximum, *measures, key="c", code="", text="", **rest):
    rest |= {
        name: None if rest[name] is None else Decimal(rest[name])
        for name in ("lowest", "bonus_cap", "deduction_cap")
        if name in rest
    }
    return Criterion(key, code, text, Decimal(maximum), measures, **rest)


def plan(*sections, **rest):
    return Plan("Bộ tiêu chí", sections, **rest)


def section(key, *parts, **rest):
    return Section(key, key.upper(), f"Mục {key}", parts, **rest)


def result(base=0, bonus=0, deduction=0, **rest):
    base, bonus, deduction = (Decimal(each) for each in (base, bonus, deduction))
    return Result(base + bonus - deduction, base, bonus, deduction, **rest)


def worked(criterion, figures, digits=2):
    """(points, the lines that lead to them) of figures in the year 2022."""
    found = score(criterion, figures, digits=digits, **YEAR)
    return found.points, found.working


def bands(*rows):
    """Bands of ("98", "5"), with "above" before it where it begins strictly above: ("above 98", "5")."""
    return [
        {"from": mark.removeprefix("above "), "above": mark.startswith("above "), "points": points}
        for mark, points in rows
    ]


def days(*rows):
    return [{"up_to": up_to, "points": points} for up_to, points in rows]
