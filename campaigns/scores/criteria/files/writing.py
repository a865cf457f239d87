"""Writes a set of criteria as a file that reading.py reads back the same."""

import re
from datetime import date
from decimal import Decimal

from campaigns.scores.criteria.files.content import Beside
from campaigns.scores.criteria.files.format import NONE, VERSION
from campaigns.scores.scoring.plan import Criterion, Measure, Section

_NUMBER = re.compile(r"0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d+")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write(content):
    """The bytes of the file."""
    plan = content.plan
    lines = [
        _line("format", VERSION),
        _line("name", plan.name),
        *_pair("digits", plan.digits),
        *_pair("maximum", plan.maximum),
        *_pair("bonus_cap", NONE if plan.bonus_cap is None else plan.bonus_cap),
        *_pair("na_policy", plan.na_policy),
        *_pair("deduction_share", plan.deduction_share),
        *_pair("class_section", plan.class_section),
        *_pair("tie_breaks", [_filled(kind=each.kind, section=each.section) for each in plan.tie_breaks]),
        *_pair("check_mode", content.check_mode),
        *_pair("checkers", content.checkers),
        *_pair("reference", content.reference),
        *_pair("issued_on", content.issued_on),
        *_pair("note", content.note),
    ]
    for section in plan.sections:
        lines += _section(section, "sections", content.beside)
    return ("\n".join(lines) + "\n").encode()


def _section(section, table, beside):
    yield from _head(table)
    criteria = [part for part in section.parts if isinstance(part, Criterion)]
    sections = [part for part in section.parts if isinstance(part, Section)]
    yield _line("key", section.key)
    yield from _fields(section, "code")
    yield _line("title", section.title)
    yield from _fields(section, "maximum", "bonus_cap", "deduction_cap")
    yield from _pair("tiers", list(section.tiers))
    yield from _pair("counting_tier", section.counting_tier)
    yield from _beside(beside.get(section.key, Beside()))
    if [*criteria, *sections] != list(section.parts):
        yield from _pair("order", [part.key for part in section.parts])
    for criterion in criteria:
        yield from _criterion(criterion, f"{table}.criteria", beside)
    for inner in sections:
        yield from _section(inner, f"{table}.sections", beside)


def _criterion(criterion, table, beside):
    yield from _head(table)
    yield _line("key", criterion.key)
    yield from _fields(criterion, "code")
    yield _line("text", criterion.text)
    yield _line("maximum", criterion.maximum)
    yield from _fields(criterion, "starts", unless=Criterion.starts)
    if criterion.lowest != Criterion.lowest:
        yield from _pair("lowest", NONE if criterion.lowest is None else criterion.lowest)
    yield from _fields(criterion, "bonus_cap", "deduction_cap", "may_be_not_applicable")
    yield from _beside(beside.get(criterion.key, Beside()))
    for measure in criterion.measures:
        yield from _head(f"{table}.measures")
        yield _line("key", measure.key)
        yield _line("kind", measure.kind)
        yield from _fields(measure, "effect", unless=Measure.effect)
        yield from _fields(measure, "code", "text", "points", "cap", "excludes_from_flags", "disqualifies")
        if measure.settings:
            yield f"[{table}.measures.settings]"
            for name, value in measure.settings.items():
                yield f"{_key(name)} = {_value(value, bare=True)}"


def _head(table):
    yield ""
    yield f"[[{table}]]"


def _beside(said):
    return _fields(said, "assessor", "needs_evidence", "note")


def _fields(obj, *names, unless=""):
    for name in names:
        value = getattr(obj, name)
        if value != unless:
            yield from _pair(name, value)


def _pair(name, value):
    """The line of a key; none where it says nothing."""
    if value is not None and value is not False and value != "" and value != []:
        yield _line(name, value)


def _line(name, value):
    return f"{name} = {_value(value)}"


def _filled(**values):
    return {name: value for name, value in values.items() if value}


def _key(name):
    return name if _BARE.fullmatch(name) else _quoted(name)


def _value(value, bare=False):
    """A value in TOML. With `bare`, text that is a number is written as one: so settings hold them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, str):
        return value if bare and _NUMBER.fullmatch(value) else _quoted(value)
    if isinstance(value, dict):
        pairs = (f"{_key(name)} = {_value(one, bare)}" for name, one in value.items())
        return f"{{ {', '.join(pairs)} }}"
    parts = [_value(one, bare) for one in value]
    if any(isinstance(one, dict) for one in value):
        return "".join(["[", *(f"\n  {part}," for part in parts), "\n]"])
    return f"[{', '.join(parts)}]"


def _plain(value):
    """A Decimal without idle zeros: 5, 0.5."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(text):
    written = (
        _ESCAPES.get(letter)
        or (f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter)
        for letter in text
    )
    return f'"{"".join(written)}"'
