"""Where each table and key of a TOML text stands: tomllib reads values and keeps no lines."""

import re
import tomllib
from bisect import bisect_left

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|'[^'\n]*'|"(?:[^"\\\n]|\\.)*\"""")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]+")


class LineIndex:
    """The line of every table, key and element of a text that tomllib accepts.

    A path is what leads to the value in tomllib's answer: ("meetings", 0, "agenda", 2, "title").
    """

    def __init__(self, text):
        self._text = text.replace("\r\n", "\n")
        self._line_ends = [match.start() for match in re.finditer("\n", self._text)]
        self._lines = {}
        self._lengths = {}  # how many tables an array of tables has so far
        self._at = 0
        self._read()

    def line(self, path):
        """The line where a path stands; for a path that is not there, that of the nearest one around it."""
        path = tuple(path)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def paths(self):
        """Every path with its line."""
        return dict(self._lines)

    def _read(self):
        table = ()
        self._skip_blank()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip_blank()

    def _header(self):
        start = self._at
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        parts = self._key()
        self._at = self._text.index("]", self._at) + (2 if is_array else 1)
        path = ()
        for place, part in enumerate(parts, start=1):
            path = (*path, part)
            if is_array and place == len(parts):
                self._note(path, start)
                self._lengths[path] = self._lengths.get(path, 0) + 1
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
            self._note(path, start)
        return path

    def _pair(self, table):
        start = self._at
        path = table
        for part in self._key():
            path = (*path, part)
            self._note(path, start)
        self._at = self._text.index("=", self._at) + 1
        self._value(path)

    def _key(self):
        parts = []
        while True:
            self._skip_blank()
            match = _KEY.match(self._text, self._at)
            part = match.group()
            parts.append(tomllib.loads(f"key = {part}")["key"] if part[0] in "\"'" else part)
            self._at = match.end()
            self._skip_blank()
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path):
        self._skip_blank()
        opening = self._text[self._at]
        if opening == "[":
            self._elements(path)
        elif opening == "{":
            self._at += 1
            self._skip_blank()
            while self._text[self._at] != "}":
                self._pair(path)
                self._skip_comma()
            self._at += 1
        else:
            pattern = _STRING if opening in "\"'" else _SCALAR
            self._at = pattern.match(self._text, self._at).end()

    def _elements(self, path):
        self._at += 1
        self._skip_blank()
        place = 0
        while self._text[self._at] != "]":
            self._note((*path, place), self._at)
            self._value((*path, place))
            self._skip_comma()
            place += 1
        self._at += 1

    def _skip_comma(self):
        self._skip_blank()
        if self._text[self._at] == ",":
            self._at += 1
            self._skip_blank()

    def _skip_blank(self):
        self._at = _BLANK.match(self._text, self._at).end()

    def _note(self, path, position):
        self._lines.setdefault(path, bisect_left(self._line_ends, position) + 1)
