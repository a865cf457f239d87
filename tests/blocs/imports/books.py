"""Spreadsheets as bytes, for tests: made by openpyxl, or broken by hand."""

import re
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


def with_shared_texts(content, texts=()):
    """The same file with its texts in a part of their own, as Excel writes them; `texts` are further ones."""
    result, known = BytesIO(), []

    def shared(found):
        known.append(found[2])
        return b'<c%s t="s"><v>%d</v></c>' % (found[1], len(known) - 1)

    with ZipFile(BytesIO(content)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb'<c( [^>]*?) t="inlineStr"><is>(.*?)</is></c>', shared, part, flags=re.DOTALL)
            elif name == "xl/_rels/workbook.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
                relation = b'<Relationship Id="texts" Type="%s" Target="sharedStrings.xml"/>' % kind
                part = part.replace(b"</Relationships>", relation + b"</Relationships>")
            target.writestr(ZipInfo(name), part, ZIP_DEFLATED)
        every = b"".join(b"<si>%s</si>" % text for text in (*known, *texts))
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        target.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (space, every), ZIP_DEFLATED)
    return result.getvalue()
