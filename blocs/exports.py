"""Lists as spreadsheets."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FACE = "Times New Roman"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML forbids
# What begins so is kept as text: typed anew into its cell, it would become a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def spreadsheet(name, header, rows):
    """A download of rows under a bold header; numbers stay numbers, text never becomes a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, title, bold=True) for title in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    return download(book, name)


def download(book, name):
    """A workbook as a file of this name."""
    content = BytesIO()
    book.save(content)
    return HttpResponse(
        content.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def fill(cell, value):
    """Put a value into a cell: text that begins as a formula does stays text and shows as it is."""
    if isinstance(value, str):
        value = UNWRITABLE.sub("", value)
    cell.value = value
    if isinstance(value, str) and value.startswith(RISKY):
        cell.data_type, cell.quotePrefix = "s", True


def _cell(sheet, value, bold=False):
    value, written = _kept(value)
    cell = WriteOnlyCell(sheet)
    fill(cell, value)
    cell.font = Font(name=FACE, bold=bold)
    if written:
        cell.number_format = written
    return cell


def _kept(value):
    """A value as a cell keeps it, and how a day is written there; what is no number or day becomes text."""
    if isinstance(value, bool):
        return (_("có") if value else _("không")), None
    if value is None or isinstance(value, int | float | Decimal):
        return value, None
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None), "dd/mm/yyyy hh:mm"
    if isinstance(value, date):
        return value, "dd/mm/yyyy"
    return str(value), None
