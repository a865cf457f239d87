"""Reads a bloc-year file against its format: every fault with its line, in Vietnamese."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from blocs.text import nfc
from reports.imports.bloc_year.format import FILE
from reports.imports.bloc_year.lines import LineIndex


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a file, at which line and in which table and key, and what to do about it."""

    line: int
    where: str
    message: str

    def __str__(self):
        return (
            f"dòng {self.line}: {self.where}: {self.message}"
            if self.where
            else f"dòng {self.line}: {self.message}"
        )


class Faulty(Exception):
    """The file cannot be loaded; carries all its faults in the order of their lines."""

    def __init__(self, faults):
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass
class Part:
    """One table of the file: the values that are in order, by key, and the tables within it."""

    path: tuple
    values: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)

    def get(self, key, default=None):
        return self.values.get(key, default)

    def only(self, *keys):
        """The values of those of the keys that the file gives."""
        return {key: self.values[key] for key in keys if key in self.values}


class Faults:
    """Gathers faults by the path at which they stand."""

    def __init__(self, text):
        self._index = LineIndex(text)
        self.found = []
        self._paths = []

    def add(self, path, message):
        """Note a fault at a path: of a table, or of a key in it."""
        self.found.append(Fault(self.line(path), self._where(path), message))
        self._paths.append(path)

    def within(self, path):
        """Whether a fault was noted at a table, at a key of it or where a table within it begins."""
        inner = (each[len(path) :] for each in self._paths if each[: len(path)] == path)
        return any(sum(isinstance(name, str) for name in rest) <= 1 for rest in inner)

    def line(self, path):
        """The line of a path."""
        return self._index.line(path)

    @staticmethod
    def _where(path):
        names = [part for part in path if isinstance(part, str)]
        if not names:
            return ""
        if isinstance(path[-1], int) or path[-1] in FILE.tables:
            return f"bảng [{'.'.join(names)}]"
        table = f"bảng [{'.'.join(names[:-1])}], " if names[:-1] else ""
        return f"{table}khoá {names[-1]}"


def parse(content):
    """The tables of the file's bytes as tomllib reads them; raises Faulty at the first error of syntax."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Faulty(
            [Fault(line, "", "tệp không phải là văn bản UTF-8. Hãy lưu lại tệp với bảng mã UTF-8.")]
        ) from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Faulty([_syntax_fault(str(error), text)]) from error


# The beginnings of tomllib's messages, in the words of whoever writes the file.
_SYNTAX = {
    "Cannot declare": "bảng này đã có ở trên; mỗi bảng [tên] chỉ viết một lần, bảng lặp lại viết [[tên]]",
    "Cannot overwrite a value": "khoá này đã có ở trên trong cùng bảng; hãy bỏ bớt một dòng",
    "Cannot mutate immutable namespace": "bảng này đã viết trọn ở trên, không thêm vào được",
    "Cannot redefine namespace": "bảng này đã có ở trên",
    "Duplicate inline table key": "khoá viết hai lần trong cùng bảng",
    "Expected '=' after a key": "thiếu dấu = sau tên khoá",
    "Expected ']": "thiếu dấu ] ở cuối tên bảng",
    "Expected newline or end of document": "còn chữ thừa sau giá trị; mỗi khoá viết trên một dòng",
    "Expected": "thiếu dấu đóng",
    "Found invalid character": "có ký tự không được phép",
    "Illegal character": 'có ký tự không được phép; chữ nhiều dòng đặt giữa ba dấu nháy """',
    "Invalid date": "ngày không có thật; ngày ghi dạng 2020-12-15",
    "Invalid initial character for a key": "tên khoá chỉ gồm chữ không dấu, số, dấu gạch",
    "Invalid statement": "dòng này không phải là khoá = giá trị, cũng không phải [bảng]",
    "Invalid value": 'giá trị đọc không được; chữ đặt giữa hai dấu nháy "...", ngày ghi dạng 2020-12-15',
    "Unclosed array": "thiếu dấu ] ở cuối danh sách",
    "Unclosed inline table": "thiếu dấu } ở cuối bảng",
    "Unescaped '\\'": "dấu \\ trong chữ phải viết là \\\\",
    "Unterminated string": "thiếu dấu nháy ở cuối chữ",
}


def _syntax_fault(message, text):
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(found.group(1)) if found else len(text.rstrip("\n").split("\n"))
    words = next(
        (words for start, words in _SYNTAX.items() if message.startswith(start)), "dòng này đọc không được"
    )
    return Fault(line, "", f"sai cú pháp TOML: {words}.")


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
        part = Part(path)
        for name, value in data.items():
            here = (*path, name)
            if name == "source":
                self._source(value, here)
            elif name in table.tables:
                part.parts[name] = self._tables(table.tables[name], value, here)
            elif name in table.keys:
                try:
                    part.values[name] = self._value(table.keys[name], value, here)
                except ValidationError as error:
                    for message in error.messages:
                        self.faults.add(here, message)
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

    def _value(self, field, value, path):
        """The value as it is stored; raises ValidationError with what is wrong and what to do."""
        if isinstance(field, ArrayField):
            if not isinstance(value, list):
                raise ValidationError(f'phải là danh sách: ["...", "..."], không phải {_kind(value)}.')
            return [self._value(field.base_field, each, path) for each in value]
        expected = next((words for kind, words in _EXPECTED.items() if isinstance(field, kind)), _TEXT)
        if not expected.accepts(value):
            raise ValidationError(f"phải là {expected.words}, không phải {_kind(value)}.")
        if isinstance(value, str):
            value = _paragraphs(value) if isinstance(field, models.TextField) else nfc(value)
            if not value:
                raise ValidationError("để trống. Điều chưa biết thì bỏ hẳn dòng này.")
        if field.choices and value not in (codes := [code for code, _label in field.choices]):
            raise ValidationError(f"không có “{value}”. Chọn một trong: {', '.join(map(str, codes))}.")
        if not field.is_relation:
            field.run_validators(value)
        return value


@dataclass(frozen=True)
class _Expected:
    words: str
    type: type
    but_not: type | None = None

    def accepts(self, value):
        return isinstance(value, self.type) and not (self.but_not and isinstance(value, self.but_not))


_TEXT = _Expected("chữ đặt giữa hai dấu nháy", str)
_EXPECTED = {
    models.BooleanField: _Expected("true hoặc false", bool),
    models.DateField: _Expected(
        "ngày ghi dạng 2020-12-15, không có dấu nháy và không có giờ", date, datetime
    ),
    models.IntegerField: _Expected("số nguyên, không có dấu nháy", int, bool),
}
_KINDS = {
    bool: "true, false",
    str: "chữ",
    int: "số",
    float: "số lẻ",
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
