"""Spreadsheet of a document's tables: one sheet a table, numbers as numbers, ready to be printed.

A number format is kept as Excel keeps it ("#,##0.00"); a computer set to Vietnamese shows the decimal comma
and the points between thousands. Text never becomes a formula.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import count

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from blocs.exports import FACE, fill
from reports.blocks import Annex, Block, Bundle, Cell, Chart, Document, Figure, Section, Table, documents_of

LONGEST_NAME = 31  # of a sheet
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
SIZES = {"A4": Worksheet.PAPERSIZE_A4, "A3": Worksheet.PAPERSIZE_A3}
WIDTHS = {("A4", False): 165, ("A4", True): 252, ("A3", True): 375}  # mm of text
CHARACTER = 1.9  # mm of a digit by which Excel measures columns
NARROWEST, INCH = 5, 25.4
LINE = Border(*[Side(style="thin")] * 4)
NUMBER_COLUMNS = ("TT", "STT", "Xếp thứ")


def to_xlsx(paper: Document | Bundle) -> bytes:
    """The tables of the document, or of each document of a bundle. Raises ValueError where there is none."""
    book = Workbook()
    book.remove(book.active)
    for document in documents_of(paper.printed()):
        for part, blocks, title in parts_of(document):
            for heading, table in titled(blocks, title):
                write(book, document, part, table.caption or heading, table)
    if not book.worksheets:
        raise ValueError("a spreadsheet is made of tables")
    book.properties.title, book.properties.creator = paper.title, documents_of(paper)[0].author
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def has_tables(paper: Document | Bundle) -> bool:
    """Whether there is anything to write."""
    return any(
        any(True for _ in titled(blocks, title))
        for document in documents_of(paper.printed())
        for _, blocks, title in parts_of(document)
    )


def parts_of(document: Document) -> Iterator[tuple[Document | Annex, tuple[Block, ...], str]]:
    """The body and the annexes: what says their sheet, their blocks, their title."""
    yield document, document.body, document.subject
    for annex in document.annexes:
        yield annex, annex.blocks, annex.title


def titled(blocks: tuple[Block, ...], title: str) -> Iterator[tuple[str, Table]]:
    """The tables below these blocks, each with the title of the section it stands in."""
    for block in blocks:
        if isinstance(block, Section):
            yield from titled(block.blocks, block.title)
        elif isinstance(block, Table | Chart):
            yield title, block if isinstance(block, Table) else block.table


def write(book: Workbook, document: Document, part: Document | Annex, title: str, table: Table) -> None:
    """A sheet with what the table belongs to above it, its header kept in sight and on every printed page."""
    sheet = book.create_sheet(free_name(book, title))
    remarks = filter(None, [document.title, title, document.edition, document.draft])
    for remark in dict.fromkeys(remarks):
        sheet.append([""])
        fill(sheet.cell(sheet.max_row, 1), remark)
        sheet.cell(sheet.max_row, 1).font = Font(name=FACE, size=12, bold=sheet.max_row == 1)
    header = sheet.max_row + 2
    for number, column in enumerate(table.columns, start=1):
        cell = sheet.cell(header, number)
        fill(cell, column.title)
        dress(cell, "center", bold=True, turned=column.vertical)
    last = len(table.all_rows) - 1
    for position, row in enumerate(table.all_rows):
        line = header + 1 + position
        bold = position in table.groups or (table.total is not None and position == last)
        across = table.across(position)
        for number, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            cell = sheet.cell(line, number)
            value, cell.number_format = kept(value if across is None else None, column.title)
            fill(cell, value)
            dress(cell, column.align, bold=bold)
        if across is not None:
            sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(table.columns))
            fill(sheet.cell(line, 1), kept(across)[0])
            dress(sheet.cell(line, 1), "left", bold=True)
    lay_out(sheet, part, table, header)


def dress(cell: SheetCell, align: str, *, bold: bool, turned: bool = False) -> None:
    """The look of a cell of the table."""
    cell.font = Font(name=FACE, size=12, bold=bold)
    cell.border = LINE
    rotation = 90 if turned else 0
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, text_rotation=rotation)


def lay_out(sheet: Worksheet, part: Document | Annex, table: Table, header: int) -> None:
    """Widths of columns, the header frozen and repeated, the sheet of paper and its page numbers."""
    width = WIDTHS[part.size, part.landscape]
    for number, share in enumerate(table.shares, start=1):
        characters = max(width * share / 100 / CHARACTER, NARROWEST)
        sheet.column_dimensions[get_column_letter(number)].width = round(characters, 1)
    named = table.row_header
    first_free = get_column_letter(1 if named is None else named + 2)
    sheet.freeze_panes = f"{first_free}{header + 1}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.paperSize = SIZES[part.size]
    sheet.page_setup.orientation = "landscape" if part.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left, sheet.page_margins.right = 30 / INCH, 15 / INCH
    sheet.page_margins.top = sheet.page_margins.bottom = 20 / INCH
    sheet.oddFooter.center.text = "Trang &P/&N"


def kept(value: Cell, title: str = "") -> tuple[object, str]:
    """A cell as the spreadsheet keeps it, and how a number is written there."""
    if isinstance(value, Figure):
        return (value.text if value.value is None else number_of(value)), format_of(value)
    if value and value.isdecimal() and title in NUMBER_COLUMNS:
        return int(value), "0"
    return value or None, "General"


def number_of(figure: Figure) -> int | Decimal | float:
    """The number of a figure; a share as the fraction of one that Excel shows as percent."""
    return float(figure.value) if isinstance(figure.value, Fraction) else figure.value


def format_of(figure: Figure) -> str:
    """How Excel writes the number: its decimals, its unit."""
    if isinstance(figure.value, Fraction):
        whole = (figure.value * 100).denominator == 1
        return "0%" if whole else "0.00%"
    if not isinstance(figure.value, int | Decimal):
        return "General"
    places = -figure.value.as_tuple().exponent if isinstance(figure.value, Decimal) else 0
    written = "#,##0" + (f".{'0' * places}" if places > 0 else "")
    unit = figure.unit.replace('"', "")
    return f'{written} "{unit}"' if unit else written


def free_name(book: Workbook, title: str) -> str:
    """A name for a sheet: what Excel allows of the title, with a number where another one has it."""
    bare = FORBIDDEN.sub(" ", title).strip() or "Bảng"
    taken = {name.casefold() for name in book.sheetnames}
    endings = ("" if number == 1 else f" {number}" for number in count(1))
    names = (bare[: LONGEST_NAME - len(ending)].strip() + ending for ending in endings)
    return next(name for name in names if name.casefold() not in taken)
