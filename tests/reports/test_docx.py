import io
import re
from collections import defaultdict

import docx
import pypdf
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from hypothesis import given

from reports.blocks import Annex, Letterhead, Paragraph, Picture, Section, Signature
from reports.blocks.outline import roman
from reports.writers import docx as docx_writer
from reports.writers.docx import to_docx
from reports.writers.pdf import to_pdf
from tests.reports.trees import letter, letters, list_that_lies, png, report, said, table, trees

BOLD_FACE = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf"


def opened(document):
    return docx.Document(io.BytesIO(to_docx(document)))


@pytest.fixture(scope="module")
def file():
    return opened(report())


def words(element):
    """The text of an element, content controls included."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def style_of(paragraph):
    return paragraph.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val"))


def val(element, path):
    found = element.find("/".join(qn(part) for part in path.split("/")))
    return None if found is None else found.get(qn("w:val"))


def paragraphs(file, style):
    return [each for each in file.element.body.iter(qn("w:p")) if style_of(each) == style]


class Numbering:
    """Counts as Word does: a counter for each definition and level, begun again below a higher one."""

    def __init__(self, file):
        root = file.part.numbering_part.element
        self.definitions = {
            each.get(qn("w:abstractNumId")): each for each in root.iterfind(qn("w:abstractNum"))
        }
        self.lists = {each.get(qn("w:numId")): each for each in root.iterfind(qn("w:num"))}
        self.styles = {style.style_id: style.element for style in file.styles}
        self.counters = defaultdict(dict)
        self.started = set()

    def label(self, paragraph):
        """The label in front of a paragraph, nothing where it has none."""
        properties = paragraph.find(qn("w:pPr")).find(qn("w:numPr"))
        if properties is None:
            properties = self.styles[style_of(paragraph)].find(qn("w:pPr")).find(qn("w:numPr"))
        if properties is None:
            return ""
        number, level = val(properties, "w:numId"), int(val(properties, "w:ilvl"))
        used = self.lists[number]
        definition = val(used, "w:abstractNumId")
        overrides = {int(each.get(qn("w:ilvl"))): each for each in used.iterfind(qn("w:lvlOverride"))}
        counters = self.counters[definition]
        if number not in self.started and any(val(each, "w:startOverride") for each in overrides.values()):
            counters.clear()
        self.started.add(number)
        counters[level] = counters.get(level, 0) + 1
        for deeper in [each for each in counters if each > level]:
            del counters[deeper]
        own = overrides[level].find(qn("w:lvl")) if level in overrides else None
        levels = self.definitions[definition].iterfind(qn("w:lvl"))
        shape = (
            own if own is not None else next(each for each in levels if each.get(qn("w:ilvl")) == str(level))
        )
        written = {
            "upperRoman": roman,
            "decimal": str,
            "lowerLetter": lambda n: chr(ord("a") + n - 1),
            "bullet": str,
        }
        count = written[val(shape, "w:numFmt")](counters[level])
        return val(shape, "w:lvlText").replace(f"%{level + 1}", count)


def text(file, dashes=False):
    """Everything the file says, in order, with the labels that Word adds."""
    numbering = Numbering(file)
    for paragraph in file.element.body.iter(qn("w:p")):
        label = numbering.label(paragraph)
        yield ("" if label == "-" and not dashes else label) + words(paragraph)


# What it says


def test_words_and_numbers_are_those_of_the_pdf_in_the_same_order():
    annexes = (Annex("", "Danh sách", (table(5), Section("Mục", (Paragraph.plain("Một."),)))),)
    document = report(draft="", annexes=annexes + (Annex("", "Bảng", (table(4),), landscape=True),))

    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(to_pdf(document))).pages]
    in_pdf = [re.sub(r"\n\d+$", "", page) for page in pages]  # without the number of the page

    assert [number[-2:] for number in pages if number not in in_pdf] == ["\n2", "\n3"]
    assert letters(in_pdf) == letters(text(opened(document), dashes=True))


@given(trees)
def test_any_tree_is_written_with_all_its_words(document):
    assert letters(text(opened(document))) == letters(said(document))


def test_a_list_lies_with_its_groups_across_and_its_titles_turned():
    file = opened(list_that_lies())

    sheets = [(round(each.page_width.mm), round(each.page_height.mm)) for each in file.sections]
    assert sheets == [(297, 210), (420, 297)]
    assert {each.orientation for each in file.sections} == {WD_ORIENT.LANDSCAPE}
    fields = [
        each.get(qn("w:instr")) for each in file.sections[0].header.part.element.iter(qn("w:fldSimple"))
    ]
    assert fields == ["PAGE", "NUMPAGES"]
    for wide in (file.tables[1], file.tables[-1]):
        grid = [int(each.get(qn("w:w"))) for each in wide._tbl.iter(qn("w:gridCol"))]
        rows = list(wide._tbl.iter(qn("w:tr")))
        turned = [val(cell, "w:tcPr/w:textDirection") for cell in rows[0].iter(qn("w:tc"))]
        assert turned == [None] * 4 + ["btLr"]
        across = [row for row in rows if row.find(f".//{qn('w:gridSpan')}") is not None]
        assert [(words(row), val(row, "w:tc/w:tcPr/w:gridSpan")) for row in across] == [("Nhóm", "5")] * 3
        assert {row.find(f".//{qn('w:tcW')}").get(qn("w:w")) for row in across} == {str(sum(grid))}


def test_headings_are_numbered_by_word(file):
    numbering = Numbering(file)
    labels = [
        (style_of(paragraph), numbering.label(paragraph), words(paragraph))
        for paragraph in file.element.body.iter(qn("w:p"))
        if style_of(paragraph).startswith("Heading")
    ]

    assert labels == [
        ("Heading1", "I.", "ĐẶC ĐIỂM, TÌNH HÌNH"),
        ("Heading1", "II.", "KẾT QUẢ"),
        ("Heading2", "1.", "Nội dung giao ước"),
        ("Heading3", "a)", "Một"),
        ("Heading3", "b)", "Hai"),
        ("Heading3", "c)", "Ba"),
        ("Heading3", "d)", "Bốn"),
        ("Heading3", "đ)", "Năm"),
        ("Heading3", "e)", "Sáu"),
        ("Heading2", "2.", "Khen thưởng"),
        ("Heading1", "I.", "GHI THÊM"),
    ]


def test_heading_levels_are_linked_to_one_definition():
    definition = Numbering(opened(letter())).definitions["1"]

    assert val(definition, "w:multiLevelType") == "multilevel"
    assert [
        (val(level, "w:pStyle"), val(level, "w:numFmt"), val(level, "w:lvlText"))
        for level in definition.iterfind(qn("w:lvl"))
    ] == [
        ("Heading1", "upperRoman", "%1."),
        ("Heading2", "decimal", "%2."),
        ("Heading3", "lowerLetter", "%3)"),
    ]


@pytest.mark.parametrize("style", ["ListBullet", "NoiNhan"])
def test_lists_have_real_dashes(file, style):
    listed = paragraphs(file, style)

    assert {Numbering(file).label(each) for each in listed} == {"-"}
    assert not any(words(each).startswith("-") for each in listed)


def test_figures_are_locked_controls_tagged_with_their_place(file):
    controls = list(file.element.body.iter(qn("w:sdt")))

    assert [(val(each, "w:sdtPr/w:tag"), words(each)) for each in controls] == [
        (place, figure.text) for place, figure in report().places().items()
    ]
    assert {val(each, "w:sdtPr/w:lock") for each in controls} == {"contentLocked"}
    assert len({val(each, "w:sdtPr/w:id") for each in controls}) == len(controls)
    assert ("situation:1:share", "80%") in [(val(each, "w:sdtPr/w:tag"), words(each)) for each in controls]


# The page of the decree


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic", "align"),
    [
        ("Cơ quan chủ quản", 12, False, False, "center"),
        ("Cơ quan ban hành", 12, True, False, "center"),
        ("Quốc hiệu", 12, True, False, "center"),
        ("Tiêu ngữ", 13, True, False, "center"),
        ("Số, ký hiệu", 13, False, False, "center"),
        ("Địa danh, ngày tháng", 13, False, True, "center"),
        ("Tên loại", 14, True, False, "center"),
        ("Trích yếu", 14, True, False, "center"),
        ("Căn cứ", 14, False, True, "both"),
        ("Body Text", 14, False, False, "both"),
        ("Heading 1", 14, True, False, "both"),
        ("Heading 2", 14, True, False, "both"),
        ("Heading 3", 14, False, False, "both"),
        ("Quyền hạn, chức vụ", 14, True, False, "center"),
        ("Họ tên người ký", 14, True, False, "center"),
        ("Nơi nhận (nhãn)", 12, True, True, "left"),
        ("Nơi nhận", 11, False, False, "left"),
        ("Phụ lục", 14, True, False, "center"),
        ("Header", 14, False, False, "center"),
    ],
)
def test_styles_are_those_of_the_decree(file, style, size, bold, italic, align):
    found = file.styles[style]

    assert (found.font.size.pt, bool(found.font.bold), bool(found.font.italic)) == (size, bold, italic)
    assert val(found.element, "w:pPr/w:jc") == align


def test_body_is_indented_and_spaced(file):
    shape = file.styles["Body Text"].paragraph_format

    assert shape.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert shape.space_after.pt >= 6
    assert 1 <= shape.line_spacing <= 1.5


def test_one_face_and_language_for_everything(file):
    defaults = file.styles.element.find(qn("w:docDefaults"))
    faces = [element for style in file.styles.element for element in style.iter(qn("w:rFonts"))]

    assert val(defaults, "w:rPrDefault/w:rPr/w:lang") == "vi-VN"
    assert len(faces) == 1
    assert set(faces[0].attrib.values()) == {"Times New Roman"}
    assert list(file.element.body.iter(qn("w:rFonts"))) == []


def test_only_styles_that_officials_need(file):
    used = {style_of(each) for each in file.element.body.iter(qn("w:p"))}
    named = {style.style_id for style in file.styles}

    assert used <= named
    assert len(named) < 55
    assert "Trích yếu" in {style.name for style in file.styles}


def test_sections_margins_and_annexes(file):
    assert [
        (
            section.orientation,
            *(round(side.mm) for side in (section.page_width, section.page_height)),
            *(round(side.mm) for side in (section.top_margin, section.right_margin)),
            *(round(side.mm) for side in (section.bottom_margin, section.left_margin)),
        )
        for section in file.sections
    ] == [
        (WD_ORIENT.PORTRAIT, 210, 297, 20, 15, 20, 30),
        (WD_ORIENT.PORTRAIT, 210, 297, 20, 15, 20, 30),
        (WD_ORIENT.LANDSCAPE, 297, 210, 20, 15, 20, 30),
    ]
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in file.sections]
    assert [start is not None and start.get(qn("w:start")) for start in starts] == [False, "1", "1"]


def test_page_number_stands_in_the_header_but_for_the_first_page(file):
    for section in file.sections:
        assert section.different_first_page_header_footer
        fields = [field.get(qn("w:instr")) for field in section.header.part.element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE"]
        assert section.first_page_header.is_linked_to_previous
    assert style_of(file.sections[0].header.paragraphs[0]._p) == "Header"


def test_draft_says_so_on_every_page_and_under_its_number(file):
    assert [words(each) for each in paragraphs(file, "DuThao")] == ["DỰ THẢO lần 3, ngày 14/12/2020"]
    for section in file.sections:
        for footer in (section.footer, section.first_page_footer):
            assert words(footer.part.element) == "DỰ THẢO lần 3, ngày 14/12/2020"


def test_released_document_has_no_draft_mark_and_is_signed():
    signature = Signature(("Khối trưởng",), "Nguyễn Văn Ất", signed=True)
    final = opened(report(draft="", signatures=(signature,)))

    assert "DỰ THẢO" not in "".join(text(final))
    assert final.sections[0].footer.is_linked_to_previous
    assert [words(each) for each in paragraphs(final, "ChoKy")] == ["(Đã ký)"]


def test_lines_under_issuer_and_motto():
    width = text_width("Độc lập - Tự do - Hạnh phúc", 13)
    assert abs(docx_writer.MOTTO_WIDTH - width) < 0.2

    for issuer in ("CỤC SỞ HỮU TRÍ TUỆ", "VỤ TỔ CHỨC CÁN BỘ", "BỘ Y TẾ", "QUỸ PHÁT TRIỂN KHOA HỌC QUỐC GIA"):
        file = opened(letter(letterhead=Letterhead("", issuer, "A", place="Huế", year=2020)))
        line = file.tables[0].cell(0, 0).paragraphs[-1]._p.find(qn("w:pPr")).find(qn("w:ind"))
        length = 68 - 2 * int(line.get(qn("w:left"))) * 25.4 / 1440
        assert 1 / 3 <= length / min(text_width(issuer, 12), 68) <= 1 / 2


def text_width(words, size):
    """Millimetres that bold words of this size take."""
    font = TTFont(BOLD_FACE)
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    units = sum(widths[glyphs[ord(char)]][0] for char in words)
    return units / font["head"].unitsPerEm * size * 25.4 / 72


def test_letterhead_and_signature_stand_in_tables_without_lines(file):
    head, closing = file.tables[0], next(table for table in file.tables if "Nơi nhận:" in words(table._tbl))

    for each in (head, closing):
        assert each._tbl.tblPr.find(qn("w:tblBorders")) is None
        assert each._tbl.tblPr.find(qn("w:tblStyle")) is None
    assert [[words(cell._tc) for cell in row.cells] for row in head.rows] == [
        ["BỘ MỘTCỤC SỞ TẠI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc"],
        ["Số:      /BC-CSTDỰ THẢO lần 3, ngày 14/12/2020", "Hà Nội, ngày     tháng     năm 2020"],
    ]
    assert words(closing.cell(0, 1)._tc) == "TM. KHỐI THI ĐUAKHỐI TRƯỞNGNguyễn Văn Ất"


def test_signature_stays_with_the_last_paragraph(file):
    last = paragraphs(file, "BodyText")[-2]

    assert words(last) == "Trên đây là báo cáo của Khối./."
    assert last.find(qn("w:pPr")).find(qn("w:keepNext")) is not None


def test_tables_repeat_their_header_and_split_no_row(file):
    tables = [each for each in file.tables if each.style.name == "Bảng số liệu"]

    assert len(tables) == 4
    for each_table in tables:
        properties = [row._tr.trPr for row in each_table.rows]
        assert all(each.find(qn("w:cantSplit")) is not None for each in properties)
        assert [each.find(qn("w:tblHeader")) is not None for each in properties] == [True] + [False] * (
            len(properties) - 1
        )
        assert each_table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
    row = tables[0].rows[1].cells
    assert [words(cell._tc) for cell in row] == ["1", "Cục 1", "01", "1.490.000"]
    assert [val(cell._tc, "w:p/w:pPr/w:jc") for cell in row] == ["center", None, "center", "right"]
    assert [words(cell._tc) for cell in tables[0].rows[-1].cells] == ["", "Tổng cộng", "06", "..."]


def test_columns_fill_the_page(file):
    widths = [
        sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) * 25.4 / 1440
        for table in file.tables
    ]

    assert widths == pytest.approx([165, 165, 165, 165, 165, 252], abs=0.1)


def test_picture_has_words_and_fits_the_page():
    small, wide = (
        opened(letter(Picture(png(*size), "image/png", "Ảnh ký", "Lễ ký"))) for size in ((8, 4), (4000, 20))
    )

    for file in (small, wide):
        assert [each.get("descr") for each in file.element.body.iter(qn("wp:docPr"))] == ["Ảnh ký"]
        assert [words(each) for each in paragraphs(file, "TenHinh")] == ["Lễ ký"]
    assert small.inline_shapes[0].width.mm < 10
    assert wide.inline_shapes[0].width.mm == pytest.approx(165, abs=0.1)


# The file


def test_properties(file):
    properties = file.core_properties

    assert (properties.title, properties.author) == ("Báo cáo tổng kết năm 2020", "Cục Sở Tại")
    assert properties.subject == "Tổng kết công tác thi đua, khen thưởng năm 2020"
    assert (properties.keywords, properties.language) == ("thi đua, khen thưởng", "vi")
    assert (properties.comments, properties.last_modified_by) == ("", "Cục Sở Tại")


def test_nothing_of_the_template_is_left(file):
    names = [str(part.partname) for part in file.part.package.iter_parts()]

    assert not any("thumbnail" in name or "stylesWithEffects" in name for name in names)
    assert not any(style.name in ("Light Shading", "Macro Text", "Title") for style in file.styles)


def test_chart_is_given_by_its_table(file):
    assert [words(each) for each in paragraphs(file, "Caption")] == ["Bảng 1. Khen thưởng", "Bảng 2. Số liệu"]
    assert len(file.inline_shapes) == 1
