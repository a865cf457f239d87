"""Lists as spreadsheets."""

from io import BytesIO

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so would run as a formula in the reader's spreadsheet.
RISKY = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(name, header, rows):
    """A download of rows under a bold header; numbers stay numbers, text never becomes a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, title, bold=True) for title in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    content = BytesIO()
    book.save(content)
    return HttpResponse(
        content.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def _cell(sheet, value, bold=False):
    if isinstance(value, str) and value.startswith(RISKY):
        value = f"'{value}"
    cell = WriteOnlyCell(sheet, value)
    cell.font = Font(name="Times New Roman", bold=bold)
    return cell
