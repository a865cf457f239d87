"""The whole document: letterhead, body, annexes, signatures; what of it is printed, and its data."""

import base64
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from blocs import notation
from reports.blocks.figures import Figure, Node
from reports.blocks.outline import DEEPEST, ended, figures_of, flow, has_content, roman, without_missing
from reports.blocks.parts import Block, Paragraph, Section

Size = Literal["A4", "A3"]


@dataclass(frozen=True)
class Annex(Node):
    """An annex: starts on a new page and numbers its own pages. Without a label it is counted by itself."""

    label: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    size: Size = "A4"

    def check(self) -> None:
        check_sheet(self)


@dataclass(frozen=True)
class Signature(Node):
    """Who signs: authority and post line by line ("TM. KHỐI THI ĐUA", "KHỐI TRƯỞNG"), then the name.

    One who signs beside the issuing unit, such as a meeting's secretary, is not `issuing`.
    """

    authority: tuple[str, ...]
    name: str = ""
    signed: bool = False
    issuing: bool = True


@dataclass(frozen=True)
class Letterhead(Node):
    """Ô 1 to 4 of the decree. The issuer is written as in a sentence and printed in capitals.

    Without number or day there is room to write them by hand, as both come after the signature (Điều 15);
    `year` is then printed. A paper without a symbol bears neither number nor day.
    """

    superior: str
    issuer: str
    symbol: str | None
    number: int | None = None
    place: str = ""
    day: datetime.date | None = None
    year: int | None = None

    @property
    def reference(self) -> str:
        """45/BC-SHTT, or room for the number."""
        return f"{'     ' if self.number is None else notation.count(self.number)}/{self.symbol}"

    @property
    def day_in_words(self) -> str:
        """ngày 05 tháng 02 năm 2021, or room for day and month."""
        if self.day:
            return notation.day_in_words(self.day)
        return f"ngày     tháng     năm {self.year or '      '}"

    @property
    def place_and_day(self) -> str:
        """Hà Nội, ngày 05 tháng 02 năm 2021."""
        return f"{self.place}, {self.day_in_words}" if self.place else self.day_in_words


@dataclass(frozen=True)
class Document(Node):
    """A whole document. `title` is that of the file; `type_name` and `subject` stand on the page.

    Without a type name it is a công văn: the subject stands under the number. `edition` is printed in
    brackets under the subject, `draft` on every page, `notes` small below the recipients. What is put up or
    pinned up has no letterhead. One in landscape is a list: its pages say how many there are.
    """

    title: str
    type_name: str
    subject: str
    letterhead: Letterhead | None
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    address_to: tuple[str, ...] = ()
    draft: str = ""
    edition: str = ""
    notes: tuple[str, ...] = ()
    language: str = "vi"
    author: str = ""
    keywords: tuple[str, ...] = ()
    landscape: bool = False
    size: Size = "A4"

    def check(self) -> None:
        check_sheet(self)
        if not self.title or not self.subject:
            raise ValueError("a document has a title and a subject")
        whole = (self.body, *(annex.blocks for annex in self.annexes))
        sections = [found for blocks in whole for found in sections_of(blocks)]
        if any(depth > DEEPEST for depth, _ in sections):
            raise ValueError(f"sections are at most {DEEPEST} deep")
        keys = [section.key for _, section in sections if section.key]
        if repeated := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"keys of more than one section: {', '.join(repeated)}")

    @property
    def is_official(self) -> bool:
        """Whether it is a document of the decree, with number and day, and not a paper for use in a hall."""
        return self.letterhead is not None and self.letterhead.symbol is not None

    def remarked(self, words: str) -> "Document":
        """The document with a remark: beside its edition, in a công văn before its text."""
        if self.type_name:
            return replace(self, edition="; ".join(filter(None, [self.edition, words])))
        return replace(self, body=(Paragraph.plain(f"{words}."), *self.body))

    def printed(self) -> "Document":
        """The document for paper: what is missing left out, annexes numbered, the text ended with './.'."""
        annexes = tuple(
            replace(annex, label=annex_label, blocks=without_missing(annex.blocks))
            for annex_label, annex in self.labelled_annexes()
            if annex_label
        )
        body = without_missing(self.body)
        return replace(self, body=ended(body) if self.is_official else body, annexes=annexes)

    def labelled_annexes(self) -> Iterator[tuple[str, Annex]]:
        """Each annex with its label: its own, else its number when there are several; none if it is empty."""
        prints = [any(map(has_content, annex.blocks)) for annex in self.annexes]
        for position, annex in enumerate(self.annexes):
            number = f" {roman(sum(prints[: position + 1]))}" if sum(prints) > 1 else ""
            yield (annex.label or f"Phụ lục{number}") if prints[position] else "", annex

    @property
    def annex_reference(self) -> str:
        """The line under an annex's title that says which document it belongs to."""
        if not self.is_official:
            return ""
        kind = self.type_name.capitalize() or "Công văn"
        head = self.letterhead
        return f"(Kèm theo {kind} số {head.reference} {head.day_in_words} của {head.issuer})"

    def places(self) -> dict[str, Figure]:
        """Every figure that is printed, by the name of its place, which also tags it in the Word file."""
        document = self.printed()
        parts = [("Body", document.body)]
        parts += [(f"Annex{n}", annex.blocks) for n, annex in enumerate(document.annexes, 1)]
        return {
            place: figure
            for where, blocks in parts
            for _, _, spot, block in flow(blocks, where)
            for place, figure in figures_of(block, spot)
        }

    def figures(self) -> Iterator[Figure]:
        """Every figure that is printed, in reading order."""
        yield from self.places().values()

    def as_data(self) -> dict:
        """The document as JSON-ready data, from which `read` makes it again; figures also by their place."""
        return {
            **data_of(self),
            "places": {place: data_of(figure) for place, figure in self.places().items()},
        }


@dataclass(frozen=True)
class Bundle(Node):
    """Several documents printed one after the other into one file, such as an invitation for each guest."""

    title: str
    documents: tuple[Document, ...]

    def check(self) -> None:
        if not self.documents:
            raise ValueError("a bundle holds a document")

    def printed(self) -> "Bundle":
        """The documents for paper."""
        return replace(self, documents=tuple(each.printed() for each in self.documents))


def documents_of(paper: "Document | Bundle") -> tuple[Document, ...]:
    """The documents of a bundle, or the one document."""
    return paper.documents if isinstance(paper, Bundle) else (paper,)


def check_sheet(part: Annex | Document) -> None:
    """Raises ValueError for a sheet that no printer of an office has lying ready."""
    if part.size not in ("A4", "A3") or part.size == "A3" and not part.landscape:
        raise ValueError(f"a sheet is A4 or lies in A3: {part.size}, landscape {part.landscape}")


def sections_of(blocks: tuple[Block, ...], depth: int = 1) -> Iterator[tuple[int, Section]]:
    """Every section below these blocks with its depth."""
    for block in blocks:
        if isinstance(block, Section):
            yield depth, block
            yield from sections_of(block.blocks, depth + 1)


def data_of(value: Any) -> Any:
    """The value as JSON-ready data: nodes as mappings with their kind, exact numbers and days as text."""
    if isinstance(value, Figure):
        return {"kind": "Figure", "text": value.text} | {
            each.name: data_of(getattr(value, each.name)) for each in fields(value)
        }
    if is_dataclass(value):
        kind = {"kind": type(value).__name__}
        return kind | {each.name: data_of(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [data_of(item) for item in value]
    if isinstance(value, dict):
        return {key: data_of(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value) if isinstance(value, Decimal | datetime.date) else value
