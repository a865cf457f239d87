"""How a clerk writes what was worked out. Always Vietnamese: workings are printed."""

import textwrap
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import count

from blocs import notation
from campaigns.scores.scoring.plan import BONUS, DEDUCTION
from campaigns.scores.scoring.rounding import rounded


def number(value: Fraction | Decimal | int, digits: int = 6) -> str:
    """A number without idle zeros: 42, 97,5, 1.200."""
    return notation.number(rounded(value, digits).normalize())


def short(text: str) -> str:
    """A text on one line, cut between words where it is long."""
    return textwrap.shorten(text, 60, placeholder="…")


def points(value: Fraction | Decimal | int) -> str:
    return f"{number(value)} điểm"


def percent(value: Fraction | Decimal, apart_from: Iterable[Decimal] = ()) -> str:
    """A percentage to two decimals: 84%, 66,67%.

    More of them where two would make it look like one of the bounds that it only comes near to.
    """
    bounds = {bound for bound in apart_from if bound != value}
    places = next(each for each in count(2) if rounded(value, each) not in bounds)
    return notation.percent(Fraction(value) / 100, places)


def amount(value: Decimal, unit: str) -> str:
    """A figure with its unit: 42 văn bản, 97,5%."""
    return f"{number(value)}%" if unit == "%" else f"{number(value)} {unit}".strip()


def out_of(part: Decimal, whole: Decimal, unit: str) -> str:
    """One figure over another: 42/50 văn bản, 84%/90%."""
    if unit == "%":
        return f"{number(part)}%/{number(whole)}%"
    return f"{number(part)}/{number(whole)} {unit}".strip()


def given(effect: str, value: Decimal) -> str:
    """What a measure gives or takes in the end: 8,4 điểm, +1 điểm, trừ 1 điểm."""
    if value and effect == BONUS:
        return f"+{points(value)}"
    if effect == DEDUCTION:
        return f"trừ {points(value)}" if value else "không trừ điểm"
    return points(value)
