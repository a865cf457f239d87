"""A document as a tree of typed blocks: builders make it, writers print it, nothing else is between them.

The tree is immutable, holds no HTML and no Word, and knows no database. All text is kept in NFC, with single
spaces and without control characters, so that every writer prints the same words. Numbers are `Figure`s:
each opens to the rows it counts and is written in one way everywhere. Layout follows Nghị định 30/2020/NĐ-CP
and is the writers' part.
"""

from reports.blocks.document import Annex, Bundle, Document, Letterhead, Signature, documents_of
from reports.blocks.figures import Figure, Node, Rows, clean
from reports.blocks.parts import (
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Missing,
    Paragraph,
    Picture,
    Plate,
    Section,
    Table,
)
from reports.blocks.reading import read

__all__ = [
    "Annex",
    "Block",
    "Bullets",
    "Bundle",
    "Cell",
    "Chart",
    "Column",
    "Document",
    "Figure",
    "Letterhead",
    "Missing",
    "Node",
    "Paragraph",
    "Picture",
    "Plate",
    "Rows",
    "Section",
    "Signature",
    "Table",
    "clean",
    "documents_of",
    "read",
]
