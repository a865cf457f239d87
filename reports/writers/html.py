"""HTML of a document: the whole page that becomes the PDF, and the fragment that the web page shows."""

import hashlib
from collections.abc import Iterator
from itertools import count

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from reports.blocks import (
    Annex,
    Block,
    Bullets,
    Bundle,
    Cell,
    Chart,
    Document,
    Figure,
    Missing,
    Paragraph,
    Picture,
    Plate,
    Section,
    Table,
    documents_of,
)
from reports.blocks.outline import listed, numbered

PICTURE_SCHEME = "picture:"


def to_html(paper: Document | Bundle) -> str:
    """The page to be printed, without what is missing; its images ask for the addresses of `pictures`."""
    printed, writer = documents_of(paper.printed()), Writer(printing=True)
    context = {
        "title": paper.title,
        "document": printed[0],
        "contents": [writer.document(document) for document in printed],
    }
    return render_to_string("blocks/page.html", context)


def to_preview(paper: Document | Bundle) -> SafeString:
    """The fragment for a web page that has its own h1: missing data with links, figures open their rows.

    Of a bundle, whose documents differ in a line, the first one.
    """
    return Writer(printing=False).document(documents_of(paper)[0])


def pictures(paper: Document | Bundle) -> dict[str, tuple[str, bytes]]:
    """Media type and bytes of every picture and chart, by the address that `to_html` gives it."""
    parts = [
        blocks
        for document in documents_of(paper)
        for blocks in (document.body, *(annex.blocks for annex in document.annexes))
    ]
    return {image_address(block): image_of(block) for blocks in parts for block in images_in(blocks)}


def images_in(blocks: tuple[Block, ...]) -> Iterator[Picture | Chart]:
    """The pictures and charts below these blocks."""
    for block in blocks:
        if isinstance(block, Section):
            yield from images_in(block.blocks)
        elif isinstance(block, Picture | Chart):
            yield block


def image_of(block: Picture | Chart) -> tuple[str, bytes]:
    """Media type and bytes."""
    return ("image/svg+xml", block.svg) if isinstance(block, Chart) else (block.media_type, block.content)


def image_address(block: Picture | Chart) -> str:
    """The address under which the printed page asks for the bytes: named by what they are."""
    return PICTURE_SCHEME + hashlib.sha256(image_of(block)[1]).hexdigest()


def sheet_of(part: Document | Annex) -> str:
    """What the classes of a part say of its sheet: nothing for upright A4."""
    return "" if not part.landscape else "landscape" if part.size == "A4" else "a3"


class Writer:
    """Renders each block by the template of its kind, inner blocks first.

    Printing, h1 is the document's title and images come from `pictures`; else the title is an h2, images come
    from their own address and links lead to rows and forms.
    """

    def __init__(self, printing: bool) -> None:
        self.printing = printing
        self.title_level = 1 if printing else 2
        self.tables = count(1)

    def render(self, template: str, **context) -> SafeString:
        """The template of this kind of block."""
        return render_to_string(f"blocks/{template}.html", {**context, "printing": self.printing})

    def document(self, document: Document) -> SafeString:
        """The article that holds everything."""
        return self.render(
            "document",
            document=document,
            sheet=sheet_of(document),
            address_to=listed(document.address_to),
            heading=f"h{self.title_level}",
            letterhead=self.render(
                "letterhead",
                letterhead=document.letterhead,
                is_official=document.is_official,
                regarding="" if document.type_name else document.subject,
                draft=document.draft,
            )
            if document.letterhead
            else "",
            body=list(self.blocks(document.body, self.title_level + 1)),
            closing=self.render(
                "closing",
                signatures=document.signatures,
                together=len(document.signatures) > 1,
                recipients=listed(document.recipients),
                notes=document.notes,
            )
            if document.signatures or document.recipients or document.notes
            else "",
            annexes=[
                self.annex(label, annex, document.annex_reference)
                for label, annex in document.labelled_annexes()
            ],
        )

    def annex(self, label: str, annex: Annex, reference: str) -> SafeString:
        """An annex with its label, title and the line that says what it belongs to."""
        return self.render(
            "annex",
            label=label,
            title=annex.title,
            reference=reference,
            sheet=sheet_of(annex),
            heading=f"h{self.title_level + 1}",
            blocks=list(self.blocks(annex.blocks, self.title_level + 2)),
        )

    def blocks(self, blocks: tuple[Block, ...], heading: int, level: int = 1) -> Iterator[SafeString]:
        """The blocks in order, sections numbered within their level, headings from h<heading> down."""
        for label, block in numbered(blocks, level):
            match block:
                case Section():
                    yield self.render(
                        "section",
                        label=label,
                        title=block.title.upper() if level == 1 else block.title,
                        key=block.key,
                        level=level,
                        heading=f"h{heading}",
                        blocks=list(self.blocks(block.blocks, heading + 1, level + 1)),
                    )
                case Paragraph():
                    yield self.render(
                        "paragraph", style=block.style, leading=block.leading, parts=self.parts(block)
                    )
                case Bullets():
                    yield self.render("bullets", items=[self.parts(item) for item in block.items])
                case Table():
                    yield self.table(block)
                case Missing():
                    yield self.render("missing", text=block.text, address=block.address, label=block.label)
                case Picture():
                    yield self.image("picture", block, caption=block.caption)
                case Plate():
                    yield self.render("plate", plate=block)
                case Chart():
                    yield self.image("chart", block, caption="") + self.table(block.table)

    def parts(self, paragraph: Paragraph) -> list[SafeString]:
        """The words of a paragraph and what fills its places."""
        return [self.inline(part) for _, part in paragraph.parts()]

    def inline(self, cell: Cell) -> SafeString:
        """Words, or a figure: on screen a link to its rows."""
        if not isinstance(cell, Figure):
            return conditional_escape(cell or "")
        if self.printing or not cell.rows or not cell.rows.address:
            return conditional_escape(cell.text)
        return format_html('<a class="figure-link" href="{}">{}</a>', cell.rows.address, cell.text)

    def table(self, table: Table) -> SafeString:
        """A table with scoped headers."""
        return self.render(
            "table",
            caption=table.caption,
            label=table.caption or f"Bảng {next(self.tables)}",
            tall=table.tall,
            dense=table.dense,
            shares=[f"{share:.3f}" for share in table.shares],
            columns=table.columns,
            rows=[self.row(table, position) for position in range(len(table.rows))],
            total={"cells": self.cells(table, table.total)} if table.total else None,
        )

    def row(self, table: Table, position: int) -> dict:
        """A row of a table: its cells, or what it writes across; whether it heads a part."""
        across = table.across(position)
        return {
            "heads": position in table.groups,
            "across": None if across is None else self.inline(across),
            "cells": self.cells(table, table.rows[position]),
        }

    def cells(self, table: Table, row: tuple[Cell, ...]) -> list[dict]:
        """The cells of a row with their alignment and whether they name the row; an empty one names none."""
        return [
            {
                "text": self.inline(cell),
                "align": column.align,
                "heads": position == table.row_header and bool(self.inline(cell)),
            }
            for position, (column, cell) in enumerate(zip(table.columns, row, strict=True))
        ]

    def image(self, kind: str, block: Picture | Chart, caption: str) -> SafeString:
        """A picture or chart with its words."""
        address = image_address(block) if self.printing else block.address
        return self.render("picture", kind=kind, address=address, alt=block.alt, caption=caption)
