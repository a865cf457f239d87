"""The line index knows where everything stands in any TOML text."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.toml_text.lines import LineIndex

TEXT = '''\
# đầu tệp
title = "Một # không phải ghi chú" # ghi chú có ] và }
"khoá lạ" = 1
dotted . "phần hai" = [1, 2]

[table] # tiêu đề
text = """
Hai dòng, có \\""" bên trong
và [[không phải bảng]]""" # sau chữ
literal = \'\'\'
x = 1\'\'\'\'
list = [
  "một", # phần tử
  {a = 1, b = "}"},

  [2020-12-15, 07:30:00],
]

[[rows]]
key = 1
[[rows.parts]]
key = 2
[[rows.parts]]
[rows.parts.deep]
key = 3
[[rows]]
[[rows.parts]]
key = 4
'''

LINES = {
    ("title",): 2,
    ("khoá lạ",): 3,
    ("dotted",): 4,
    ("dotted", "phần hai"): 4,
    ("dotted", "phần hai", 0): 4,
    ("dotted", "phần hai", 1): 4,
    ("table",): 6,
    ("table", "text"): 7,
    ("table", "literal"): 10,
    ("table", "list"): 12,
    ("table", "list", 0): 13,
    ("table", "list", 1): 14,
    ("table", "list", 1, "a"): 14,
    ("table", "list", 1, "b"): 14,
    ("table", "list", 2): 16,
    ("table", "list", 2, 0): 16,
    ("table", "list", 2, 1): 16,
    ("rows",): 19,
    ("rows", 0): 19,
    ("rows", 0, "key"): 20,
    ("rows", 0, "parts"): 21,
    ("rows", 0, "parts", 0): 21,
    ("rows", 0, "parts", 0, "key"): 22,
    ("rows", 0, "parts", 1): 23,
    ("rows", 0, "parts", 1, "deep"): 24,
    ("rows", 0, "parts", 1, "deep", "key"): 25,
    ("rows", 1): 26,
    ("rows", 1, "parts"): 27,
    ("rows", 1, "parts", 0): 27,
    ("rows", 1, "parts", 0, "key"): 28,
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_path_has_its_line(line_end):
    assert LineIndex(TEXT.replace("\n", line_end)).paths() == LINES


def test_path_that_is_not_there_has_the_line_of_what_is_around_it():
    index = LineIndex(TEXT)

    assert index.line(("rows", 0, "parts", 0, "missing")) == 21
    assert index.line(("missing",)) == 1


# Generated texts: what is written is kept with its line, in every style that TOML has -----------------------

bare_keys = st.text("abcXYZ019_-", min_size=1, max_size=6)
any_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
blanks = st.lists(st.sampled_from(["", "# ghi chú [x] = {", "   ", "\t# “'\""]), max_size=2)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


keys = st.one_of(bare_keys, any_text.map(quoted))


@st.composite
def strings(draw):
    style = draw(st.sampled_from(["basic", "literal", "basic lines", "literal lines"]))
    text = draw(any_text)
    if style == "basic":
        return quoted(text)
    if style == "literal":
        return f"'{text.replace(chr(39), '')}'"
    breaks = draw(st.lists(st.sampled_from(["\n", "", "# x\n", "[[x]]\n", "a = 1\n"]), max_size=3))
    body = "".join(breaks)
    if style == "basic lines":
        return f'"""{body}{quoted(text)[1:-1]}"""' + draw(st.sampled_from(["", '"', '""']))
    return f"'''{body}{text.replace(chr(39), '')}'''" + draw(st.sampled_from(["", "'", "''"]))


scalars = st.one_of(
    strings(),
    st.integers(-9, 99999).map(str),
    st.sampled_from(["true", "1.5e3", "2020-12-15", "2020-12-15 07:30:00Z", "07:30:00", "inf"]),
)


class Writer:
    """Writes TOML and notes the line of each path as it goes."""

    def __init__(self, draw):
        self.draw, self.text, self.lines = draw, "", {}

    @property
    def line(self):
        return self.text.count("\n") + 1

    def blank(self):
        for line in self.draw(blanks):
            self.text += line + "\n"

    def space(self):
        self.text += self.draw(st.sampled_from(["", " ", "\t"]))

    def fresh_keys(self, most):
        written = self.draw(st.lists(keys, max_size=most))
        return {tomllib.loads(f"{key} = 1").popitem()[0]: key for key in written}

    def value(self, path, depth):
        kind = self.draw(st.sampled_from(["scalar", "scalar", "list", "table"] if depth else ["scalar"]))
        if kind == "scalar":
            self.text += self.draw(scalars)
        elif kind == "list":
            self.text += "["
            for place in range(self.draw(st.integers(0, 3))):
                self.text += "," if place else ""
                if self.draw(st.booleans()):
                    self.text += "\n"
                    self.blank()
                self.lines[(*path, place)] = self.line
                self.value((*path, place), depth - 1)
            self.text += self.draw(st.sampled_from(["]", "\n]"]))
        else:
            self.text += "{"
            for place, (name, key) in enumerate(self.fresh_keys(3).items()):
                self.text += ", " if place else ""
                self.pair((*path, name), key, depth - 1)
            self.text += "}"

    def pair(self, path, key, depth):
        self.lines[path] = self.line
        self.text += key
        self.space()
        self.text += "="
        self.space()
        self.value(path, depth)

    def pairs(self, path):
        for name, key in self.fresh_keys(3).items():
            self.blank()
            self.space()
            self.pair((*path, name), key, 2)
            self.text += self.draw(st.sampled_from(["\n", " # ghi chú\n"]))

    def tables(self, path, header, taken, depth):
        for name, key in self.fresh_keys(2).items():
            if name in taken:
                continue
            here = [*header, key]
            dotted = self.draw(st.sampled_from([".", " . "])).join(here)
            if self.draw(st.booleans()):
                self.blank()
                self.lines[(*path, name)] = self.line
                self.text += f"[{dotted}]\n"
                self.body((*path, name), here, depth)
            else:
                for place in range(self.draw(st.integers(1, 3))):
                    self.blank()
                    self.lines.setdefault((*path, name), self.line)
                    self.lines[(*path, name, place)] = self.line
                    self.text += f"[[ {dotted} ]]\n"
                    self.body((*path, name, place), here, depth)

    def body(self, path, header, depth):
        before = set(self.lines)
        self.pairs(path)
        taken = {new[len(path)] for new in set(self.lines) - before}
        if depth:
            self.tables(path, header, taken, depth - 1)


@st.composite
def texts(draw):
    writer = Writer(draw)
    writer.body((), [], 2)
    return writer.text, writer.lines


def paths_of(value, path=()):
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        return
    for name, each in inner:
        yield (*path, name)
        yield from paths_of(each, (*path, name))


@given(texts())
def test_generated_text_has_every_path_of_tomllib_at_the_line_where_it_was_written(written):
    text, lines = written

    assert set(lines) == set(paths_of(tomllib.loads(text)))
    assert LineIndex(text).paths() == lines
