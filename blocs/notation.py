"""How officials write numbers, money, days and periods in documents (Nghị định 30/2020/NĐ-CP, Phụ lục I).

Pure functions of their arguments, always Vietnamese: a printed document has one language.
"""

import datetime
from calendar import monthrange
from decimal import Decimal
from fractions import Fraction
from math import floor


def number(value: int | Decimal) -> str:
    """The number with a point every three digits and a comma before decimals: 1.490.000 or 97,50.

    A Decimal keeps the decimals it has, because 97,5 and 97,50 say different things in a score table.
    """
    digits = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    return digits.translate(str.maketrans(",.", ".,"))


def count(value: int) -> str:
    """How many there are, below ten with a leading zero as on paper: 01, 12, 1.490; none is 0."""
    return f"0{value}" if 0 < value < 10 else number(value)


def percent(share: Fraction | Decimal | int, places: int = 2) -> str:
    """A share of one whole, rounded half up to so many decimals, without idle zeros: 84%, 66,67%."""
    rounded = floor(Fraction(share) * 100 * 10**places + Fraction(1, 2))
    return f"{number(Decimal(rounded).scaleb(-places).normalize())}%"


def in_words(value: int | Decimal) -> str:
    """A number below a thousand thousand million as it is said: một nghìn bốn trăm chín mươi."""
    sign, whole = ("âm " if value < 0 else ""), abs(int(value))
    groups = [(whole // 1000**power % 1000, name) for power, name in enumerate(_THOUSANDS)]
    said = [
        f"{_hundreds(group, full=whole >= 1000 ** (power + 1))}{name}"
        for power, (group, name) in reversed(list(enumerate(groups)))
        if group
    ]
    decimals = f"{Decimal(value):f}".partition(".")[2]
    fraction = f" phẩy {' '.join(_DIGITS[int(each)] for each in decimals)}" if decimals else ""
    return sign + (" ".join(said) or _DIGITS[0]) + fraction


_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_THOUSANDS = ["", " nghìn", " triệu", " tỷ"]


def _hundreds(value, full):
    """A number from 1 to 999 in words; with `full` also the hundreds and tens that are nought."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0 and ones and said:
        said.append("linh")
    elif tens:
        said.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    if ones:
        after_tens = {1: "mốt"} if tens > 1 else {}
        said.append((after_tens | ({5: "lăm"} if tens else {})).get(ones, _DIGITS[ones]))
    return " ".join(said)


def dong(amount: int | Decimal) -> str:
    """An amount of money: 1.490.000 đồng."""
    return f"{number(amount)} đồng"


def day(date: datetime.date) -> str:
    """A day in digits, for tables and marks: 05/02/2021."""
    return f"{date:%d/%m}/{date.year}"


def clock(time: datetime.time) -> str:
    """An hour of the day: 08 giờ 30."""
    return f"{time:%H} giờ {time:%M}"


def month(date: datetime.date) -> str:
    """The month of a day in words, January and February with a leading zero: tháng 02 năm 2021."""
    return f"tháng {month_digits(date.month)} năm {date.year}"


def month_digits(value: int) -> str:
    """The number of a month in a sentence: 01, 02, 3 ... 12."""
    return f"0{value}" if value < 3 else str(value)


def day_in_words(date: datetime.date) -> str:
    """A day as letterheads and sentences give it: ngày 05 tháng 02 năm 2021."""
    return f"ngày {date.day:02d} {month(date)}"


def period(first: datetime.date, last: datetime.date) -> str:
    """The period from the first to the last day, in the shortest words that are exact.

    A single day, a whole month, a whole year, whole years (giai đoạn 2021 - 2025), else both days. Raises
    ValueError when it ends before it begins.
    """
    if last < first:
        raise ValueError(f"the period ends ({last}) before it begins ({first})")
    if first == last:
        return day_in_words(first)
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years and first.year == last.year:
        return f"năm {first.year}"
    if whole_years:
        return f"giai đoạn {first.year} - {last.year}"
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return month(first)
    return f"từ {day_in_words(first)} đến {day_in_words(last)}"
