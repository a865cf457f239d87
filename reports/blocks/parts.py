"""The kinds of block: paragraph, list, table, picture, chart, what is missing, section."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from reports.blocks.figures import Figure, Node, local

PLACE = re.compile(r"\{([a-z][a-z0-9_]{0,23})\}")
KEY = re.compile(r"[a-z0-9-]{0,24}")

Cell = str | Figure | None


@dataclass(frozen=True)
class Paragraph(Node):
    """A paragraph with named places, each filled by a figure or by words: "Khối có {members} đơn vị".

    An official may later edit the words around the places but not what stands in them. Text that somebody
    typed goes through `plain`, where braces mean nothing. Raises ValueError for a place that is not filled
    and for a brace that belongs to no place. Style `basis` is a căn cứ.
    """

    text: str
    figures: Mapping[str, Figure | str] = field(default_factory=dict)
    style: Literal["body", "quote", "note", "basis"] = "body"

    @classmethod
    def plain(cls, text: str, style: str = "body") -> "Paragraph":
        """A paragraph of these words as they are."""
        return cls("{text}", {"text": text}, style)

    def check(self) -> None:
        if self.style not in ("body", "quote", "note", "basis"):
            raise ValueError(f"no such style of paragraph: {self.style}")
        words, names = PLACE.split(self.text)[::2], PLACE.findall(self.text)
        if any(brace in word for word in words for brace in "{}"):
            raise ValueError(f"a brace that belongs to no place: {self.text!r}")
        if unfilled := sorted(set(names) - set(self.figures)):
            raise ValueError(f"places that nothing fills: {', '.join(unfilled)}")
        if any(not isinstance(self.figures[name], Figure | str) for name in names):
            raise TypeError("a place is filled by a Figure or by words")

    def parts(self) -> Iterator[tuple[str, Figure | str]]:
        """The words and what fills the places, in order; words of the text itself come with an empty name."""
        for position, part in enumerate(PLACE.split(self.text)):
            if position % 2:
                yield part, self.figures[part]
            elif part:
                yield "", part

    @property
    def words(self) -> str:
        """The paragraph as it is read."""
        return "".join(part if isinstance(part, str) else part.text for _, part in self.parts())

    @property
    def leading(self) -> bool:
        """Whether it announces what follows and so stays on one page with it."""
        return self.words.endswith(":")

    def closed(self) -> "Paragraph":
        """The paragraph ended by the sign that ends an official text, './.'."""
        last = list(self.parts())[-1]
        if last[0] and isinstance(last[1], str):
            before = self.text[: self.text.rindex("{")]
            ending = {**self.figures, "ending": last[1].rstrip(" .;/")}
            return replace(self, text=before + "{ending}./.", figures=ending)
        return replace(self, text=self.text.rstrip(" .;/") + "./.")


@dataclass(frozen=True)
class Bullets(Node):
    """A list with dashes."""

    items: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Column(Node):
    """A column of a table: its title, its share of the width in any unit, how its cells are aligned.

    The title of a vertical one is read from below, where the column is narrower than its title.
    """

    title: str
    width: float = 1
    align: Literal["left", "right", "center"] = "left"
    vertical: bool = False

    def check(self) -> None:
        if self.align not in ("left", "right", "center") or not self.width > 0:
            raise ValueError(f"a column {self.width} wide and aligned {self.align}")


@dataclass(frozen=True)
class Table(Node):
    """A table whose header is repeated on every page; `total` is a last row in bold. A cell may be None.

    The rows of a tall one leave room to sign by hand, the letters of a dense one are smaller. `groups` are
    the positions, from 0, of rows that head a part of it, in bold; one with words in a single cell is written
    across all columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    total: tuple[Cell, ...] | None = None
    tall: bool = False
    groups: tuple[int, ...] = ()
    dense: bool = False

    def check(self) -> None:
        if any(position not in range(len(self.rows)) for position in self.groups):
            raise ValueError(f"{len(self.rows)} rows, groups {self.groups}")
        for row in self.all_rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{len(self.columns)} columns, {len(row)} cells")
            if any(not isinstance(cell, str | Figure | None) for cell in row):
                raise TypeError(f"a cell is words, a Figure or None: {row!r}")

    @property
    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows with the total."""
        return self.rows if self.total is None else (*self.rows, self.total)

    def across(self, position: int) -> Cell:
        """What the row at this position writes across all columns, None where it has cells of its own."""
        if position not in self.groups:
            return None
        filled = [cell for cell in self.rows[position] if cell]
        return filled[0] if len(filled) == 1 else None

    @property
    def shares(self) -> tuple[float, ...]:
        """The width of each column, together 100."""
        whole = sum(column.width for column in self.columns)
        return tuple(column.width * 100 / whole for column in self.columns)

    @property
    def row_header(self) -> int | None:
        """The column that names its row: the first one aligned left."""
        return next((n for n, column in enumerate(self.columns) if column.align == "left"), None)


@dataclass(frozen=True)
class Missing(Node):
    """What is not known yet and the path of the page where it is entered: seen in the preview alone."""

    text: str
    address: str
    label: str

    def check(self) -> None:
        local(self.address)


@dataclass(frozen=True)
class Picture(Node):
    """A PNG or JPEG; `address` is the path where the preview fetches it."""

    content: bytes
    media_type: Literal["image/png", "image/jpeg"]
    alt: str
    caption: str = ""
    address: str = ""

    def check(self) -> None:
        local(self.address)
        if self.media_type not in ("image/png", "image/jpeg") or not self.alt:
            raise ValueError("a picture is a PNG or JPEG and has words for those who cannot see it")


@dataclass(frozen=True)
class Chart(Node):
    """An SVG chart of a table. Word gets the table alone, which says the same and can be edited."""

    svg: bytes
    alt: str
    table: Table
    address: str = ""

    def check(self) -> None:
        local(self.address)
        if not self.alt:
            raise ValueError("a chart has words for those who cannot see it")


@dataclass(frozen=True)
class Section(Node):
    """A part with a heading, numbered by the writers. `key` names it for ever; unique in its document."""

    title: str
    blocks: tuple["Block", ...]
    key: str = ""

    def check(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"a key is up to 24 small letters, digits and hyphens: {self.key!r}")


@dataclass(frozen=True)
class Plate(Node):
    """A name plate: one sheet of A4 folded once, the name and the post on both faces of the tent."""

    name: str
    title: str = ""

    @property
    def size(self) -> int:
        """The size in points at which the name in bold capitals keeps to one line of 240 mm."""
        return min(72, int(240 / (max(len(self.name), 1) * 0.74 * 25.4 / 72)))


Block = Paragraph | Bullets | Table | Picture | Chart | Missing | Plate | Section
