import io
import re
import subprocess
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

import pypdf
import pytest
from lxml import etree

from reports.blocks import Paragraph, Signature
from reports.writers.pdf import to_pdf
from tests.reports.trees import SYLLABLES, letter, list_that_lies, report

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 195 * MM, 20 * MM, 277 * MM
DRAFT = "DỰ THẢO lần 3, ngày 14/12/2020"


@dataclass(frozen=True)
class Line:
    """A line of text as poppler sees it, in points from the upper left corner of its page."""

    page: int
    left: int
    top: int
    width: int
    size: int
    bold: bool
    italic: bool
    text: str

    @property
    def middle(self):
        return self.left + self.width / 2


def lines_of(content):
    """Every line of a PDF, in the order of the document."""
    written = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", "-", "-"],
        input=content, capture_output=True, check=True,
    )  # fmt: skip
    tree = etree.fromstring(written.stdout)
    sizes = {font.get("id"): int(font.get("size")) for font in tree.iter("fontspec")}
    return [
        Line(
            int(page.get("number")),
            *(int(text.get(name)) for name in ("left", "top", "width")),
            size=sizes[text.get("font")],
            bold=text.find(".//b") is not None,
            italic=text.find(".//i") is not None,
            text="".join(text.itertext()),
        )
        for page in tree.iter("page")
        for text in page.iter("text")
    ]


@pytest.fixture(scope="module")
def content():
    return to_pdf(report())


@pytest.fixture(scope="module")
def reader(content):
    return pypdf.PdfReader(io.BytesIO(content))


@pytest.fixture(scope="module")
def lines(content):
    return lines_of(content)


def line(lines, text):
    return next(line for line in lines if line.text.strip() == text)


# What it says


def test_text_reads_back_with_every_vietnamese_letter(content, reader):
    poppler = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)

    for text in (poppler.stdout.decode(), "\n".join(page.extract_text() for page in reader.pages)):
        assert unicodedata.is_normalized("NFC", text)
        assert f"{SYLLABLES} {SYLLABLES.upper()}." in " ".join(text.split())
        assert "Khối có 10 đơn vị, 08 đã ký giao ước (80%), kinh phí 1.490.000 đồng." in text
        assert "Trên đây là báo cáo của Khối./." in text
        assert "Chưa có" not in text


def test_metadata_bookmarks_and_language(reader):
    assert reader.metadata.title == "Báo cáo tổng kết năm 2020"
    assert reader.metadata.author == "Cục Sở Tại"
    assert reader.metadata.subject == "Tổng kết công tác thi đua, khen thưởng năm 2020"
    assert reader.metadata["/Keywords"] == "thi đua, khen thưởng"
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert titles(reader.outline) == [
        "BÁO CÁO Tổng kết công tác thi đua, khen thưởng năm 2020",
        [
            "I. ĐẶC ĐIỂM, TÌNH HÌNH",
            "II. KẾT QUẢ",
            [
                "1. Nội dung giao ước",
                ["a) Một", "b) Hai", "c) Ba", "d) Bốn", "đ) Năm", "e) Sáu"],
                "2. Khen thưởng",
            ],
            "Phụ lục I DANH SÁCH ĐƠN VỊ",
            ["I. GHI THÊM"],
            "Phụ lục II BẢNG ĐIỂM",
        ],
    ]


def titles(outline):
    return [titles(entry) if isinstance(entry, list) else entry.title for entry in outline]


# The page of the decree


def test_pages_are_a4_and_only_a_wide_annex_lies(reader):
    sizes = [tuple(round(float(side) / MM) for side in page.mediabox[2:]) for page in reader.pages]

    assert sizes == [(210, 297)] * 6 + [(297, 210)] * 3


def test_a_list_lies_and_says_how_many_pages_it_has():
    content = to_pdf(list_that_lies())
    reader, lines = pypdf.PdfReader(io.BytesIO(content)), lines_of(content)

    sizes = [tuple(round(float(side) / MM) for side in page.mediabox[2:]) for page in reader.pages]
    assert sizes == [(297, 210)] * 3 + [(420, 297)] * 2
    assert [(each.page, each.text) for each in lines if each.top + each.size < TOP] == [
        (1, "Trang 1/5"),
        (2, "Trang 2/5"),
        (3, "Trang 3/5"),
        (5, "2"),
    ]
    assert min(each.size for each in lines if each.top > TOP) == 10
    heads = [each.page for each in lines if each.text == "Nhóm"]
    following = [each.page for each in lines if each.text in ("Cục 1", "Cục 21", "Cục 41")]
    assert heads == following


def test_text_keeps_the_margins(lines):
    inside = [each for each in lines if each.page <= 6 and each.top > TOP - 1 and each.text != DRAFT]

    assert min(each.left for each in inside) == round(LEFT)
    assert max(each.left + each.width for each in inside) == pytest.approx(RIGHT, abs=2)
    assert max(each.top + each.size for each in inside) <= BOTTOM


def test_pages_are_numbered_in_the_top_margin_from_the_second_and_annexes_by_themselves(lines):
    numbers = [each for each in lines if each.top + each.size < TOP]

    assert [(each.page, each.text, each.size) for each in numbers] == [
        (2, "2", 14),
        (3, "3", 14),
        (5, "2", 14),
        (6, "3", 14),
        (8, "2", 14),
        (9, "3", 14),
    ]
    upright = (LEFT + RIGHT) / 2
    lying = (30 + 282) / 2 * MM
    assert [each.middle for each in numbers] == pytest.approx([upright] * 4 + [lying] * 2, abs=2)


def test_draft_says_so_on_every_page_and_under_its_number(lines):
    marks = [each for each in lines if each.text == DRAFT]

    assert [each.page for each in marks] == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert marks[0].bold and marks[0].top < 150
    assert all(each.italic and each.top > (185 if each.page > 6 else 277) * MM for each in marks[1:])


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [
        ("BỘ MỘT", 12, False, False),
        ("CỤC SỞ TẠI", 12, True, False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
        ("Số:      /BC-CST", 13, False, False),
        ("Hà Nội, ngày     tháng     năm 2020", 13, False, True),
        ("BÁO CÁO", 14, True, False),
        ("Tổng kết công tác thi đua, khen thưởng năm 2020", 14, True, False),
        ("(Trình Hội nghị)", 14, False, True),
        ("Căn cứ Bản giao ước thi đua năm 2020,", 14, False, True),
        ("I. ĐẶC ĐIỂM, TÌNH HÌNH", 14, True, False),
        ("1. Nội dung giao ước", 14, True, False),
        ("a) Một", 14, False, False),
        ("Trên đây là báo cáo của Khối./.", 14, False, False),
        ("Nơi nhận:", 12, True, True),
        ("- Lưu: VT, TC.", 11, False, False),
        ("TM. KHỐI THI ĐUA", 14, True, False),
        ("Nguyễn Văn Ất", 14, True, False),
        ("Phụ lục I", 14, True, False),
        ("DANH SÁCH ĐƠN VỊ", 14, True, False),
    ],
)
def test_sizes_and_faces_are_those_of_the_decree(lines, text, size, bold, italic):
    found = line(lines, text)

    assert (found.size, found.bold, found.italic) == (size, bold, italic)


def test_letterhead_stands_in_two_columns(lines):
    left = [line(lines, text).middle for text in ("BỘ MỘT", "CỤC SỞ TẠI", "Số:      /BC-CST")]
    right = [
        line(lines, text).middle
        for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    ]

    assert left == pytest.approx([left[0]] * 3, abs=1.5)
    assert right == pytest.approx([right[0]] * 2, abs=1.5)
    assert left[0] < (LEFT + RIGHT) / 2 < right[0]
    assert line(lines, "BỘ MỘT").top == line(lines, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").top


def test_lines_under_issuer_motto_and_subject(lines, reader):
    drawn = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) 1 re", reader.pages[0].get_contents().get_data())
    rules = [[float(number) * 0.75 for number in rule] for rule in drawn]
    issuer, motto, subject = (
        line(lines, text)
        for text in (
            "CỤC SỞ TẠI",
            "Độc lập - Tự do - Hạnh phúc",
            "Tổng kết công tác thi đua, khen thưởng năm 2020",
        )
    )

    assert [left + width / 2 for left, _, width in rules] == pytest.approx(
        [issuer.middle, motto.middle, subject.middle], abs=1.5
    )
    assert 1 / 3 <= rules[0][2] / issuer.width <= 1 / 2
    assert rules[1][2] == pytest.approx(motto.width, abs=1)
    assert 1 / 3 <= rules[2][2] / subject.width <= 1 / 2
    assert all(
        below > above.top + above.size
        for (_, below, _), above in zip(rules, (issuer, motto, subject), strict=True)
    )


def test_body_is_indented_and_spaced(lines):
    begins = ("Khối có", "Bảng chữ cái", "óọôồổ")
    first, second, third = (each for each in lines if each.page == 1 and each.text.startswith(begins))

    assert first.left == second.left == pytest.approx(LEFT + 12.7 * MM, abs=1)
    assert third.left == round(LEFT)
    assert second.left + second.width == pytest.approx(RIGHT, abs=1)
    line_spacing = third.top - second.top
    assert 14 * 1.15 <= line_spacing <= 14 * 1.15 * 1.5
    assert second.top - first.top >= line_spacing + 6 - 1


def test_signature_stands_right_and_recipients_left(lines):
    authority, name = line(lines, "TM. KHỐI THI ĐUA"), line(lines, "Nguyễn Văn Ất")

    assert authority.middle == pytest.approx(name.middle, abs=1.5)
    assert authority.left > (LEFT + RIGHT) / 2
    assert name.top - line(lines, "KHỐI TRƯỞNG").top > 28 * MM
    assert line(lines, "Nơi nhận:").left == round(LEFT)
    assert abs(line(lines, "Nơi nhận:").top - authority.top) < 6


def test_signature_is_never_alone_on_a_page():
    signature = (Signature(("A",), "B"),)
    for paragraphs in range(15, 22):
        document = letter(*[Paragraph.plain("Một hàng chữ.")] * paragraphs, signatures=signature)
        second = [each.text for each in lines_of(to_pdf(document)) if each.page == 2]
        if second:
            assert second == ["Một hàng chữ./.", "A", "B", "2"]
            return
    pytest.fail("no document of these reached a second page")


def test_table_repeats_its_header_and_aligns_as_officials_do(lines):
    annex = [each for each in lines if each.page == 5]
    header = [each for each in annex if each.bold and each.text in ("STT", "Đơn vị", "Số", "Tiền")]
    rows = defaultdict(list)
    for each in annex:
        rows[each.top].append(each)

    assert [each.text for each in header] == ["STT", "Đơn vị", "Số", "Tiền"]
    cells = [row for row in rows.values() if len(row) == 4 and not row[0].bold]
    assert {each.size for row in cells for each in row} == {12}
    assert {row[1].left for row in cells} == {cells[0][1].left}
    assert {round(row[3].left + row[3].width) for row in cells} <= {552 - 4, 552 - 3, 552 - 2}
    assert [row[2].middle for row in cells] == pytest.approx([header[2].middle] * len(cells), abs=1.5)


def test_heading_announcement_and_caption_stay_with_their_table(lines):
    pages = {
        line(lines, text).page
        for text in ("2. Khen thưởng", "Kết quả như sau:", "Bảng 1. Khen thưởng", "Cục 1")
    }

    assert pages == {3}


def test_released_document_has_no_draft_mark_and_is_signed():
    final = report(
        draft="", edition="", signatures=(Signature(("Khối trưởng",), "Nguyễn Văn Ất", signed=True),)
    )
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(to_pdf(final))).pages)

    assert "DỰ THẢO" not in text
    assert "(Đã ký)" in text


# The file


def test_fonts_are_embedded_and_of_one_family(reader):
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]

    assert {font["/BaseFont"].partition("+Liberation-Serif")[2] for font in fonts} == {
        "",
        "-Bold",
        "-Italic",
        "-Bold-Italic",
    }
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_file_is_marked_as_pdf_a_3a_and_pdf_ua_1(reader):
    root = reader.trailer["/Root"]
    rdf = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
    xmp = etree.fromstring(root["/Metadata"].get_data())
    marks = {
        name: value
        for description in xmp.iterfind(f"{rdf}RDF/{rdf}Description")
        for name, value in description.attrib.items()
    }

    assert marks["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
    assert marks["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert marks["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert xmp.findtext(".//{http://www.aiim.org/pdfa/ns/schema#}prefix") == "pdfuaid"
    assert root["/MarkInfo"]["/Marked"] is not False
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/JavaScript" not in root.get("/Names", {})
    assert all("/Annots" not in page for page in reader.pages)


def test_structure_tree_names_headings_tables_and_pictures(reader):
    kinds, words = defaultdict(int), []
    elements = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0]]
    while elements:
        element = elements.pop().get_object()
        if isinstance(element, dict) and "/S" in element:
            kinds[element["/S"]] += 1
            words += [str(element["/Alt"])] if "/Alt" in element else []
            elements += element.get("/K", [])

    assert kinds["/H1"] == 1
    assert (kinds["/H2"], kinds["/H3"], kinds["/H4"]) == (4, 3, 6)
    assert kinds["/Figure"] == 2
    assert sorted(words) == ["Biểu đồ số lượng", "Ảnh ký giao ước"]
    assert kinds["/Caption"] >= 2
    assert kinds["/TH"] >= 4 * 4 + 3 + 2 + 60 + 60
    assert kinds["/L"] == 2


def test_qpdf_finds_no_fault(content, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(content)

    result = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (0, "")
