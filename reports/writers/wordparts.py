"""The parts a Word file is laid out with: runs, paragraphs, lines, tables, name plates."""

from collections.abc import Container, Iterable, Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from reports.blocks import Plate
from reports.writers.wordstyles import twips, w

CAPITAL, SMALL = 0.60, 0.46  # mean width of a character of Times, in sizes
TURNED_HEIGHT = 30  # mm of a header that is read from below
PLATE_LENGTH = 250  # mm along the fold, a line of room left below


def text(words: str) -> BaseOxmlElement:
    """A run of these words."""
    element = w("t")
    element.text = words
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return w("r", element)


def paragraph(
    style: str,
    *content: BaseOxmlElement | str,
    keep: bool = False,
    numbering: tuple[int, int] | None = None,
    ruled: int | None = None,
    align: str = "",
) -> BaseOxmlElement:
    """A paragraph of a style; `numbering` is list and level, `ruled` how far a line keeps from the edges."""
    parts = [w("pStyle", val=style)]
    if keep:
        parts.append(w("keepNext"))
    if numbering:
        parts.append(w("numPr", w("ilvl", val=numbering[1]), w("numId", val=numbering[0])))
    if ruled is not None:
        parts.append(w("pBdr", w("top", val="single", sz=6, space=1, color="auto")))
        parts.append(w("ind", left=ruled, right=ruled))
    if align:
        parts.append(w("jc", val=align))
    return w("p", w("pPr", *parts), *(text(part) if isinstance(part, str) else part for part in content))


def rule(width: float, words: str, size: float, share: float = 0.4) -> BaseOxmlElement:
    """A line in the middle of `width`, as long as this share of the words it stands under."""
    letters = CAPITAL if words.isupper() else SMALL
    length = share * min(width, len(words) * letters * size * 25.4 / 72)
    return paragraph("KeNgang", ruled=twips((width - length) / 2))


def table(
    widths: Iterable[float],
    rows: Iterable[list[list[BaseOxmlElement]]],
    style: str = "",
    heads: bool = False,
    height: float = 0,
    vertical: Container[int] = (),
) -> BaseOxmlElement:
    """A table of fixed widths in mm, its rows never split; without a style it has no lines and no margins.

    `height` in mm is the least one of a row below the header; the titles of `vertical` columns are read from
    below. A row of one cell is written across all columns.
    """
    widths = [twips(width) for width in widths]
    look = [w("tblStyle", val=style)] if style else []
    margins = [] if style else [w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("left", "right")))]
    properties = w(
        "tblPr", *look, w("tblW", w=sum(widths), type="dxa"), w("tblLayout", type="fixed"), *margins
    )
    element = w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)))
    for number, row in enumerate(rows):
        is_head = heads and not number
        least = TURNED_HEIGHT if is_head and vertical else 0 if is_head else height
        marks = [w("trHeight", val=twips(least), hRule="atLeast")] if least else []
        marks += [w("tblHeader")] if is_head else []
        across = len(row) == 1 < len(widths)
        cells = [
            w(
                "tc",
                w(
                    "tcPr",
                    w("tcW", w=width, type="dxa"),
                    *([w("gridSpan", val=len(widths))] if across else []),
                    *([w("textDirection", val="btLr")] if is_head and column in vertical else []),
                    w("vAlign", val="center" if style else "top"),
                ),
                *content,
            )
            for column, (width, content) in enumerate(
                zip([sum(widths)] if across else widths, row, strict=True)
            )
        ]
        element.append(w("tr", w("trPr", w("cantSplit"), *marks), *cells))
    return element


def plate(block: Plate, width: float) -> Iterator[BaseOxmlElement]:
    """A sheet to fold along its middle: the words run down one half of `width` mm and up the other."""
    half = twips(width / 2)
    cells = []
    for direction in ("tbRl", "btLr"):
        name = text(block.name.upper())
        name.insert(0, w("rPr", *(w(tag, val=block.size * 2) for tag in ("sz", "szCs"))))
        content = [paragraph("TenBien", name)]
        content += [paragraph("ChucVuBien", block.title)] if block.title else []
        properties = (w("tcW", w=half, type="dxa"), w("textDirection", val=direction))
        cells.append(w("tc", w("tcPr", *properties, w("vAlign", val="center")), *content))
    row = w("tr", w("trPr", w("cantSplit"), w("trHeight", val=twips(PLATE_LENGTH), hRule="exact")), *cells)
    look = (w("tblW", w=2 * half, type="dxa"), w("tblLayout", type="fixed"))
    yield w("tbl", w("tblPr", *look), w("tblGrid", w("gridCol", w=half), w("gridCol", w=half)), row)
    yield paragraph("NgatPhan")
