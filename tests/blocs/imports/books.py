"""Spreadsheets as bytes, for tests: made by openpyxl, or broken by hand."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook


def book(rows, merged=(), title="Bảng điểm", formats=()):
    """The bytes of an .xlsx with these rows; `formats` are (address, number format)."""
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for each in merged:
        sheet.merge_cells(each)
    for address, written_as in formats:
        sheet[address].number_format = written_as
    return saved(made)


def saved(made):
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def altered(content, **parts):
    """The same file with parts of its archive replaced: {path with _ for its slash and point: function}."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            change = parts.get(name.replace("/", "_").replace(".", "_"))
            kept = change(source.read(name)) if change else source.read(name)
            target.writestr(ZipInfo(name), kept, ZIP_DEFLATED)
    return result.getvalue()


def archive(**parts):
    """An archive of parts that is no spreadsheet."""
    result = BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(ZipInfo(name.replace("_", ".")), content, ZIP_DEFLATED)
    return result.getvalue()
