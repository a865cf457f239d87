"""Checks the tables and values of a bloc-year file against its format; every fault is noted with its line."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from blocs.text import fold, nfc
from reports.imports.bloc_year.faults import Faults
from reports.imports.bloc_year.format import FILE


@dataclass
class Part:
    """One table of the file: which keys it gives, the values that are in order, and the tables within it."""

    path: tuple
    given: frozenset = frozenset()
    values: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)

    def get(self, key, default=None):
        return self.values.get(key, default)

    def only(self, *keys):
        """The values of those of the keys that the file gives."""
        return {key: self.values[key] for key in keys if key in self.values}


class Checker:
    """Checks tables and values against the format and gathers every fault."""

    def __init__(self, text):
        self.faults = Faults(text)
        self.sources = {}

    def check(self, data):
        """The whole file as parts; what is not in order is left out of them and noted."""
        data = dict(data)
        sources = data.pop("sources", {})
        if isinstance(sources, dict):
            self.sources = sources
            for name, text in sources.items():
                if not isinstance(text, str) or not text.strip():
                    self.faults.add(("sources", name), "nguồn ghi bằng chữ, đặt giữa hai dấu nháy.")
        else:
            self.faults.add(("sources",), "phải là một bảng: viết [sources].")
        return self._table(FILE, data, ())

    def _table(self, table, data, path):
        part = Part(path, frozenset(data))
        for name, value in data.items():
            here = (*path, name)
            if name == "source":
                self._source(value, here)
            elif name in table.tables:
                part.parts[name] = self._tables(table.tables[name], value, here)
            elif name in table.keys:
                found = self._checked(table.keys[name], value, here)
                if found is not None:
                    part.values[name] = found
            else:
                known = [*table.keys, *table.tables]
                near = get_close_matches(name, known, 1)
                guess = f"Có phải là {near[0]}?" if near else f"Các khoá có thể dùng: {', '.join(known)}."
                self.faults.add(here, f"khoá lạ. {guess}")
        for name in table.required:
            if name not in data:
                kind = f"bảng [{name}]" if name in table.tables else f"khoá {name}"
                self.faults.add(path, f"thiếu {kind}. Hãy thêm vào.")
        return part

    def _tables(self, table, value, path):
        name = ".".join(part for part in path if isinstance(part, str))
        if table.repeats:
            if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
                self.faults.add(path, f"phải là bảng lặp lại được: viết [[{name}]].")
                return []
            return [self._table(table, each, (*path, place)) for place, each in enumerate(value)]
        if not isinstance(value, dict):
            self.faults.add(path, f"phải là một bảng viết một lần: viết [{name}].")
            return []
        return [self._table(table, value, path)]

    def _source(self, value, path):
        for name in value if isinstance(value, list) else [value]:
            if not isinstance(name, str) or name not in self.sources:
                self.faults.add(
                    path, f"không có nguồn “{name}” trong bảng [sources]. Hãy ghi nguồn đó vào [sources]."
                )

    def _checked(self, field, value, path):
        """The value as it is stored, or None when something is wrong with it, which is noted."""
        if isinstance(field, ArrayField) and isinstance(value, list):
            found = [self._checked(field.base_field, each, (*path, at)) for at, each in enumerate(value)]
            return [each for each in found if each is not None]
        try:
            return _value(field, value)
        except ValidationError as error:
            for message in error.messages:
                self.faults.add(path, message)
        return None


def _value(field, value):
    """The value as it is stored; raises ValidationError with what is wrong and what to do."""
    expected = next((words for kind, words in _EXPECTED.items() if isinstance(field, kind)), _TEXT)
    if not expected.accepts(value):
        raise ValidationError(f"phải là {expected.words}, không phải {_kind(value)}.")
    if isinstance(value, str):
        value = _paragraphs(value) if isinstance(field, models.TextField) else nfc(value)
        if not value:
            raise ValidationError("để trống. Điều chưa biết thì bỏ hẳn dòng này.")
        if any(unicodedata.category(each) == "Cc" for each in value.replace("\n", "")):
            raise ValidationError("có ký tự điều khiển. Hãy gõ lại chữ này.")
    if field.choices and (code := _code_of(field, value)):
        value = code
    if field.choices and value not in (codes := [code for code, _label in field.choices]):
        raise ValidationError(f"không có “{value}”. Chọn một trong: {', '.join(map(str, codes))}.")
    if isinstance(field, models.SlugField) and not _CODE.fullmatch(value):
        raise ValidationError(f"“{value}” không phải là mã. Mã chỉ gồm chữ không dấu, số và dấu gạch.")
    if isinstance(field, models.DecimalField):
        value = Decimal(value)
        if not value.is_finite():
            raise ValidationError("phải là một số hữu hạn. Điều chưa biết thì bỏ hẳn dòng này.")
    if not field.is_relation:
        field.run_validators(value)
    return value


def _code_of(field, value):
    """The code of a choice that is said in its words; empty where they are none's."""
    words = fold(str(value))
    return next((code for code, label in field.choices if fold(str(label)) == words), "")


_CODE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class _Expected:
    words: str
    type: type | tuple[type, ...]
    but_not: type | None = None

    def accepts(self, value):
        return isinstance(value, self.type) and not (self.but_not and isinstance(value, self.but_not))


_TEXT = _Expected("chữ đặt giữa hai dấu nháy", str)
_EXPECTED = {
    ArrayField: _Expected('danh sách: ["...", "..."]', list),
    models.BooleanField: _Expected("true hoặc false", bool),
    models.DateField: _Expected(
        "ngày ghi dạng 2020-12-15, không có dấu nháy và không có giờ", date, datetime
    ),
    models.DecimalField: _Expected("số, không có dấu nháy: 97.5", (int, Decimal), bool),
    models.JSONField: _Expected("bảng: { a1-1 = { achieved = 42 } }", dict),
    models.IntegerField: _Expected("số nguyên, không có dấu nháy", int, bool),
}
_KINDS = {
    bool: "true, false",
    str: "chữ",
    int: "số",
    Decimal: "số lẻ",
    list: "danh sách",
    dict: "bảng",
    datetime: "ngày giờ",
    date: "ngày",
}


def _kind(value):
    return next((words for kind, words in _KINDS.items() if isinstance(value, kind)), "giờ")


def _paragraphs(text):
    """Text with one paragraph a line; in the file an empty line parts paragraphs, other breaks do not."""
    paragraphs = re.split(r"\n\s*\n", unicodedata.normalize("NFC", text))
    return "\n".join(filter(None, map(nfc, paragraphs)))
