"""Tables as officials have them, and what a kept file of one would change."""

import json
from pathlib import Path

from blocs.actions.imports import apply_spreadsheet, keep_spreadsheet
from blocs.imports.keeping import keep_mends
from blocs.imports.opening import open_book
from blocs.imports.preview import Preview, found_mapping
from tests.blocs.imports.books import book

DISTRICTS = json.loads(
    (Path(__file__).parents[3] / "data" / "criteria-table-tien-giang-2022.json").read_text("utf-8")
)


def districts():
    """The real table of 2022 as a spreadsheet, its numbers typed in all the ways that it had."""
    rows = [list(row) for row in DISTRICTS["rows"]]
    typed = {("a4", 2): "3.5", ("a1.1", 4): "-0,5", ("a8", 2): "3,5", ("b.1.1", 4): "-0.25"}
    for row in rows:
        for place in (2, 3, 4):
            row[place] = typed.get((row[0], place), row[place])
    return book(
        [
            ["SỞ A", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [None, None, "Độc lập - Tự do - Hạnh phúc"],
            ["BẢNG TIÊU CHUẨN THI ĐUA"],
            [],
            DISTRICTS["columns"],
            *rows,
            [None, "Tổng cộng", 100],
            [],
            ["NGƯỜI LẬP BIỂU", None, "GIÁM ĐỐC"],
        ],
        merged=["A3:E3", "C1:E1", "C2:E2"],
    )


def kept(sheet, content, by):
    """The file as the upload keeps it."""
    return keep_spreadsheet(
        sheet=sheet,
        content=content,
        file_name="bang.xlsx",
        mapping=found_mapping(open_book(content), sheet, by),
        by=by,
    )


def states(preview):
    """{name of a row: how it stands}."""
    return {line.row.name: line.state for line in preview.lines}


def mend(spreadsheet, sheet, **said):
    """Say of rows what a page of forms would: {name: {field: text, or park=True}}."""
    rows = {line.row.name: line.row for line in Preview(spreadsheet, sheet).lines}
    posted = {}
    for name, fields in said.items():
        for field, text in (rows[name].fields | fields).items():
            posted[f"{name}-{field}"] = text
    keep_mends(spreadsheet, [rows[name] for name in said], posted)


def apply(spreadsheet, sheet, by, **told):
    """Apply the file as its page shows it now."""
    shown = Preview(spreadsheet, sheet).mark
    return apply_spreadsheet(spreadsheet=spreadsheet, sheet=sheet, by=by, shown=shown, **told)
