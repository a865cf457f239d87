"""A report with every kind of block, and strategies that make any tree."""

import io
import string
from datetime import date
from fractions import Fraction

import pypdf
from hypothesis import strategies as st
from PIL import Image

from reports.blocks import (
    Annex,
    Bullets,
    Chart,
    Column,
    Document,
    Figure,
    Letterhead,
    Missing,
    Paragraph,
    Picture,
    Rows,
    Section,
    Signature,
    Table,
    clean,
)
from reports.blocks.outline import numbered

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
SYLLABLES = " ".join(VIETNAMESE[n : n + 5] for n in range(0, len(VIETNAMESE), 5))
LONG = "Các đơn vị đã chủ động triển khai phong trào thi đua hiệu quả, thiết thực, gắn với nhiệm vụ. " * 6
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">'
    b'<rect width="60" height="30" fill="#888"/></svg>'
)


def png(width=8, height=4):
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#888").save(stream, "PNG")
    return stream.getvalue()


COLUMNS = (
    Column("STT", 1, "center"),
    Column("Đơn vị", 5),
    Column("Số", 2, "center"),
    Column("Tiền", 3, "right"),
)
MEMBERS = Figure(10, rows=Rows("campaigns.Seat", (1, 2, 3), "/khoi/1/thanh-vien/"))


def table(rows=3, **values):
    return Table(
        COLUMNS,
        tuple((str(n), f"Cục {n}", Figure(n), Figure(1_490_000 * n)) for n in range(1, rows + 1)),
        **values,
    )  # fmt: skip


def report(**values):
    """A report of several pages with every kind of block, with what `values` sets otherwise."""
    body = (
        Paragraph.plain("Căn cứ Bản giao ước thi đua năm 2020,", style="basis"),
        Section(
            "Đặc điểm, tình hình",
            (
                Paragraph(
                    "Khối có {members} đơn vị, {signed} đã ký giao ước ({share}), kinh phí {money}.",
                    {
                        "members": MEMBERS,
                        "signed": Figure(8),
                        "share": Figure(Fraction(4, 5)),
                        "money": Figure(1_490_000, "đồng"),
                    },
                ),
                Missing("Chưa có số liệu: thuận lợi, khó khăn.", "/khoi/1/sua/", "Nhập tình hình"),
                Paragraph.plain(f"Bảng chữ cái: {SYLLABLES} {SYLLABLES.upper()}."),
            ),
            key="situation",
        ),
        Section("Chưa có gì", (Section("Điểm", (Missing("Chưa có điểm.", "/khoi/1/diem/", "Nhập điểm"),)),)),
        Section(
            "Kết quả",
            (
                Section(
                    "Nội dung giao ước",
                    tuple(
                        Section(title, (Paragraph.plain(LONG),))
                        for title in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")
                    ),
                ),
                Section(
                    "Khen thưởng",
                    (
                        Paragraph.plain("Kết quả như sau:"),
                        table(
                            caption="Bảng 1. Khen thưởng", total=(None, "Tổng cộng", Figure(6), Figure(None))
                        ),
                        Paragraph.plain("Ghi chú: dấu “...” là chưa có số liệu.", style="note"),
                        Bullets(
                            (Paragraph.plain("Việc thứ nhất;"), Paragraph("Có {n} việc.", {"n": Figure(4)}))
                        ),
                        Picture(png(), "image/png", "Ảnh ký giao ước", "Lễ ký giao ước", "/anh/1/"),
                        Chart(SVG, "Biểu đồ số lượng", table(2, caption="Bảng 2. Số liệu"), "/bieu-do/1/"),
                    ),
                    key="awards",
                ),
            ),
            key="results",
        ),
        Paragraph.plain("“Đoàn kết, sáng tạo”", style="quote"),
        Paragraph.plain("Trên đây là báo cáo của Khối."),
    )
    annexes = (
        Annex("", "Danh sách đơn vị", (table(60), Section("Ghi thêm", (Paragraph.plain(LONG),)))),
        Annex("", "Không có gì", (Missing("Chưa có.", "/khoi/1/", "Nhập"),)),
        Annex("", "Bảng điểm", (table(60),), landscape=True),
    )
    standard = {
        "title": "Báo cáo tổng kết năm 2020",
        "type_name": "Báo cáo",
        "subject": "Tổng kết công tác thi đua, khen thưởng năm 2020",
        "letterhead": Letterhead("Bộ Một", "Cục Sở Tại", "BC-CST", None, "Hà Nội", year=2020),
        "body": body,
        "signatures": (Signature(("TM. Khối thi đua", "Khối trưởng"), "Nguyễn Văn Ất"),),
        "recipients": ("Như trên;", "Các đơn vị thành viên", "Lưu: VT, TC."),
        "annexes": annexes,
        "draft": "DỰ THẢO lần 3, ngày 14/12/2020",
        "edition": "Trình Hội nghị",
        "author": "Cục Sở Tại",
        "keywords": ("thi đua", "khen thưởng"),
    }
    return Document(**standard | values)


def list_that_lies(**values):
    """A list in landscape with groups, turned titles, small letters and an annex in A3."""
    columns = (*COLUMNS, Column("Ghi chú đọc từ dưới lên", 1, "center", vertical=True))
    rows = tuple(
        ("Nhóm", *[None] * 4) if n % 20 == 0 else (str(n), f"Cục {n}", Figure(n), Figure(n * 1000), None)
        for n in range(60)
    )
    wide = Table(columns, rows, "Bảng dài", groups=(0, 20, 40), dense=True)
    standard = {
        "letterhead": Letterhead("Bộ Một", "Cục Sở Tại", None, None, "Hà Nội", year=2020),
        "body": (wide,),
        "annexes": (Annex("", "Bảng rộng", (wide,), True, "A3"),),
        "landscape": True,
        "draft": "",
        "signatures": (),
        "recipients": (),
    }
    return report(**standard | values)


def letter(*body, **values):
    """A short document with this body and nothing else."""
    standard = {
        "title": "Thư",
        "type_name": "Thông báo",
        "subject": "Về một việc",
        "letterhead": Letterhead("", "Cục Một", "TB-CM", 5, "Huế", date(2021, 2, 5)),
        "body": body,
        "signatures": (),
    }
    return Document(**standard | values)


def said(document):
    """Every word of the printed document in reading order, numbers of headings included, dashes left out."""
    document = document.printed()
    head = document.letterhead
    yield from (head.superior.upper(), head.issuer.upper())
    yield from ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"Số: {head.reference}")
    yield "" if document.type_name else f"V/v {document.subject}"
    yield from (document.draft, head.place_and_day)
    if document.type_name:
        yield from (document.type_name.upper(), document.subject)
        yield f"({document.edition})" if document.edition else ""
    yield "Kính gửi:" if document.address_to else ""
    yield from ended(document.address_to)
    yield from said_by(document.body)
    signatures = []
    for signature in document.signatures:
        signatures += [line.upper() for line in signature.authority]
        signatures += ["(Đã ký)" if signature.signed else "", signature.name]
    recipients = ["Nơi nhận:"] if document.recipients else []
    recipients += [*ended(document.recipients), *document.notes]
    yield from signatures + recipients if len(document.signatures) > 1 else recipients + signatures
    for annex in document.annexes:
        yield from (annex.label, annex.title.upper(), document.annex_reference)
        yield from said_by(annex.blocks)


def ended(names):
    """The names as a list: semicolons, then a full stop."""
    bare = [name.rstrip(".;") for name in names]
    return [f"{name};" for name in bare[:-1]] + [f"{name}." for name in bare[-1:]]


def said_by(blocks, level=1):
    for label, block in numbered(blocks, level):
        match block:
            case Section():
                yield label + (block.title.upper() if level == 1 else block.title)
                yield from said_by(block.blocks, level + 1)
            case Paragraph():
                yield block.words
            case Bullets():
                yield from (item.words for item in block.items)
            case Table():
                yield from said_in(block)
            case Chart():
                yield from said_in(block.table)
            case Picture():
                yield block.caption


def said_in(table):
    yield table.caption
    yield from (column.title for column in table.columns)
    for row in (*table.rows, table.total or ()):
        yield from (cell.text if isinstance(cell, Figure) else cell or "" for cell in row)


def pages_of(content):
    """The pages of a PDF."""
    return pypdf.PdfReader(io.BytesIO(content)).pages


def letters(text):
    """The text without white space."""
    return "".join("".join(text).split())


hostile = st.sampled_from(
    ["<b>&amp;</b>", "'\"><script>", "{{ x }}{% x %}", "]]>", "a\u0301\u200b\x00b", "- đ) I."]
)
words = st.text(max_size=12) | hostile | st.text(VIETNAMESE + string.digits + " .,;", max_size=30)
exact = (
    st.integers(-(10**12), 10**12)
    | st.none()
    | st.fractions(0, 5)
    | st.decimals(-(10**6), 10**6, places=2, allow_nan=False)
)
addresses = st.sampled_from(["", "/khoi/1/", "/khoi/?q=a&b=<c>"])
figures = st.builds(
    Figure, exact, st.sampled_from(["", "đồng", "đơn vị"]),
    st.none() | st.builds(Rows, words, st.just((1, 2)), addresses),
)  # fmt: skip
plain = st.builds(Paragraph.plain, words, st.sampled_from(["body", "quote", "note", "basis"]))
paragraphs = plain | st.builds(
    lambda before, figure, between, text: Paragraph(
        "{before} {one} {between} {two}", {"before": before, "one": figure, "between": between, "two": text}
    ),
    words, figures, words, words,
)  # fmt: skip
cells = words | figures | st.none()


@st.composite
def tables(draw):
    column = st.builds(Column, words, st.floats(0.5, 9), aligns, st.booleans())
    columns = draw(st.lists(column, min_size=1, max_size=4))
    row = st.tuples(*[cells] * len(columns))
    rows = draw(st.lists(row, max_size=3))
    groups = draw(st.sets(st.sampled_from(range(len(rows))))) if rows else ()
    total, dense = draw(st.none() | row), draw(st.booleans())
    return Table(columns, rows, draw(words), total, groups=tuple(groups), dense=dense)


aligns = st.sampled_from(["left", "right", "center"])
leaves = (
    paragraphs
    | st.builds(Bullets, st.lists(paragraphs, max_size=3))
    | tables()
    | st.builds(Missing, words, addresses, words)
)


def sections(blocks):
    return st.builds(Section, words, st.lists(blocks, max_size=3))


blocks = leaves
for _ in range(3):
    blocks = leaves | sections(blocks)
sheets = st.sampled_from([{}, {"landscape": True}, {"landscape": True, "size": "A3"}])
annexes = sheets.flatmap(
    lambda sheet: st.builds(
        Annex, words, words, st.lists(blocks, max_size=2), **{key: st.just(sheet[key]) for key in sheet}
    )
)
trees = st.builds(
    letter,
    title=st.just("Tên"),
    body=st.lists(blocks, max_size=4),
    annexes=st.lists(annexes, max_size=2),
    subject=words.filter(clean),
    type_name=st.sampled_from(["", "Báo cáo"]),
    address_to=st.lists(words, max_size=2),
    recipients=st.lists(words, max_size=2),
    notes=st.lists(words, max_size=1),
    draft=words,
    edition=words,
    signatures=st.lists(st.builds(Signature, st.lists(words, max_size=2), words, st.booleans()), max_size=3),
)
