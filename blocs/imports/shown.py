"""A number as its cell shows it: through the number format that Excel keeps beside it."""

import re
from decimal import ROUND_HALF_UP, Decimal

from blocs import numbers

_BESIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')  # words, blanks, colours and conditions
_DIGITS = re.compile(r"([0#?,]*[0#?])(?:\.([0#?]+))?")
_EXACT = 15  # digits that a spreadsheet keeps


def shown(value: int | float, written_as: str) -> str:
    """The text of a number with a decimal comma: 33,33 of 100/3 under 0.00; as it is where no format says.

    Thousands are not grouped, because a single point before three digits would have to be asked about.
    """
    exact = Decimal(f"{value:.{_EXACT}g}") if isinstance(value, float) else Decimal(value)
    pattern = _pattern(exact, written_as)
    is_share = "%" in pattern
    exact = exact * 100 if is_share else exact
    digits = _DIGITS.fullmatch(pattern.replace("%", "").strip(" +-()$€₫đ"))
    text = _rounded(exact, digits) if digits else _plain(exact)
    return f"{text}%" if is_share else text


def _pattern(value, written_as):
    """The part of a format that is for a number of this sign, without its words; empty of General."""
    parts = [_BESIDE.sub("", part) for part in written_as.split(";")]
    fits = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    found = parts[fits]
    return "%" if "%" in found and not re.search("[0#?]", found) else found


def _rounded(value, digits):
    """A value with as many decimals as the format shows; one beyond what Decimal rounds stays as it is."""
    whole, decimals = digits[1].replace(",", ""), digits[2] or ""
    if value.adjusted() > _EXACT or len(decimals) > _EXACT:
        return _plain(value)
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    sign, (before, _point, after) = "-" if rounded < 0 else "", f"{abs(rounded):f}".partition(".")
    kept = decimals.count("0")
    after = after[:kept] + after[kept:].rstrip("0")
    before = before.zfill(whole.count("0"))
    return f"{sign}{before},{after}" if after else f"{sign}{before}"


def _plain(value):
    whole = value == value.to_integral_value()
    return numbers.written(int(value) if whole else value.normalize())
