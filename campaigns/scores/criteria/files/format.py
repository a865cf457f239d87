"""The tables and keys of a file of criteria, and what each key may hold.

A reader takes the value as tomllib gives it and answers what the set keeps, or raises ValueError in words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from campaigns.scores.scoring import plan

VERSION = 1
NONE = "none"  # a cap or a lowest figure that bounds nothing, said outright
CHECK_MODES = ("sitting", "async", "blind")
TOO_MANY = 1_000_000
TIE_BREAKS = ("section", "fewer-deductions", "more-bonus")


@dataclass(frozen=True)
class Table:
    """A kind of table: its keys with their readers, those it needs, and the tables within it."""

    keys: dict[str, Callable]
    required: tuple[str, ...] = ()
    tables: dict[str, "Table"] = field(default_factory=dict)


def text(value):
    if not isinstance(value, str):
        raise ValueError("phải là chữ đặt giữa hai dấu nháy.")
    return value.strip()


def line(longest):
    """A text of so many letters at most, as many as the set keeps."""

    def read(value):
        if len(text(value)) > longest:
            raise ValueError(f"dài {len(text(value))} ký tự, chỉ giữ được {longest}. Hãy rút gọn.")
        return text(value)

    return read


def flag(value):
    if not isinstance(value, bool):
        raise ValueError("chỉ nhận true hoặc false.")
    return value


def number(value):
    """An exact number, negative or not."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise ValueError("phải là số viết trần với dấu chấm thập phân, ví dụ 0.5.")
    return Decimal(value)


def points(value):
    """An exact number of points, no larger than a set keeps."""
    if abs(number(value)) >= TOO_MANY:
        raise ValueError(f"số điểm quá lớn, phải dưới {TOO_MANY}.")
    return number(value)


def magnitude(value):
    """Points that are given or taken: whether they are added is not said by a sign."""
    if number(value) < 0:
        raise ValueError("ghi số không âm; cộng hay trừ do khoá effect nói.")
    return points(value)


def or_none(reader):
    """A number, or the word that says there is none."""

    def read(value):
        if value == NONE:
            return None
        try:
            return reader(value)
        except ValueError as error:
            raise ValueError(f'{error} Không giới hạn thì ghi "{NONE}".') from error

    return read


def whole(lowest, highest):
    def read(value):
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise ValueError(f"phải là số nguyên từ {lowest} đến {highest}.")
        return value

    return read


def one_of(*choices):
    def read(value):
        if value not in choices:
            raise ValueError(f"chỉ nhận {', '.join(choices)}.")
        return value

    return read


def day(value):
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("phải là ngày, ghi dạng 2022-03-01.")
    return value


def each(reader, words):
    """A list of what the reader takes, as a tuple."""

    def read(value):
        if not isinstance(value, list):
            raise ValueError(f"phải là danh sách {words}.")
        return tuple(reader(one) for one in value)

    return read


def tie_break(value):
    if not isinstance(value, dict) or not {"kind"} <= set(value) <= {"kind", "section"}:
        raise ValueError('mỗi cách xếp ghi là { kind = "section", section = "a" }.')
    kind = one_of(*TIE_BREAKS)(value["kind"])
    section = text(value.get("section", ""))
    if (kind == "section") != bool(section):
        raise ValueError("khoá section ghi mã của mục, và chỉ ghi khi kind là section.")
    return plan.TieBreak(kind, section)


def settings(value):
    """The settings of a measure's kind: numbers as the text of exact decimals."""
    if not isinstance(value, dict):
        raise ValueError("phải là một bảng.")
    return _as_text(value)


def _as_text(value):
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | Decimal):
        return f"{number(value):f}"
    if isinstance(value, list):
        return [_as_text(one) for one in value]
    if isinstance(value, dict):
        return {name: _as_text(one) for name, one in value.items()}
    raise ValueError('ngày trong thông số ghi là chữ, ví dụ "01-31".')


MEASURE = Table(
    keys={
        "key": line(40),
        "kind": line(20),
        "effect": one_of(*plan.EFFECTS),
        "code": line(20),
        "text": text,
        "points": magnitude,
        "cap": magnitude,
        "excludes_from_flags": flag,
        "disqualifies": flag,
        "settings": settings,
    },
    required=("key", "kind"),
)
CRITERION = Table(
    keys={
        "key": line(40),
        "code": line(20),
        "text": text,
        "maximum": magnitude,
        "starts": one_of(*plan.STARTS),
        "lowest": or_none(points),
        "bonus_cap": magnitude,
        "deduction_cap": magnitude,
        "may_be_not_applicable": flag,
        "needs_evidence": flag,
        "assessor": line(300),
        "note": text,
    },
    required=("key", "text", "maximum"),
    tables={"measures": MEASURE},
)
SECTION = Table(
    keys={
        "key": line(40),
        "code": line(20),
        "title": text,
        "maximum": magnitude,
        "bonus_cap": magnitude,
        "deduction_cap": magnitude,
        "tiers": each(one_of(*plan.TIERS), "các cấp chấm điểm"),
        "counting_tier": one_of(*plan.TIERS),
        "assessor": line(300),
        "order": each(text, "mã các tiêu chí và mục con theo thứ tự"),
    },
    required=("key", "title"),
    tables={"criteria": CRITERION},
)
SECTION.tables["sections"] = SECTION
FILE = Table(
    keys={
        "format": whole(VERSION, VERSION),
        "name": line(300),
        "digits": whole(0, 4),
        "maximum": magnitude,
        "bonus_cap": or_none(magnitude),
        "na_policy": one_of(*plan.NA_POLICIES),
        "deduction_share": magnitude,
        "class_section": line(40),
        "tie_breaks": each(tie_break, "các cách xếp khi bằng điểm"),
        "check_mode": one_of(*CHECK_MODES),
        "checkers": whole(1, 5),
        "reference": line(100),
        "issued_on": day,
        "note": text,
    },
    required=("format", "name", "bonus_cap"),
    tables={"sections": SECTION},
)
