"""Papers without number or letterhead, name plates and bundles: as HTML, PDF and Word."""

from datetime import date
from io import BytesIO

import lxml.html
import pytest
from docx import Document as read_docx

from reports.blocks import (
    Annex,
    Bundle,
    Column,
    Letterhead,
    Paragraph,
    Plate,
    Section,
    Signature,
    Table,
    read,
)
from reports.writers.docx import to_docx
from reports.writers.html import to_html, to_preview
from reports.writers.pdf import to_pdf
from tests.reports.trees import letter, pages_of

UNNUMBERED = Letterhead("Bộ Một", "Cục Một", None, None, "Huế", date(2021, 2, 5))
PLATES = (Plate("Ông Lê Văn A", "Cục trưởng"), Plate("Bà Trần Thị B"))


def page_of(paper):
    return lxml.html.document_fromstring(to_html(paper))


def words(paper):
    return " ".join(" ".join(page_of(paper).body.itertext()).split())


def word(paper):
    return read_docx(BytesIO(to_docx(paper)))


def all_words(file):
    return " ".join(node.text for node in file.element.body.iter() if node.tag.endswith("}t") and node.text)


# Without number, without letterhead


def test_paper_for_use_bears_neither_number_nor_day_nor_the_ending_sign():
    paper = letter(Paragraph.plain("Một việc."), letterhead=UNNUMBERED)
    for said in (words(paper), all_words(word(paper))):
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said
        assert "Số:" not in said
        assert "ngày 05" not in said
        assert "Một việc." in said
        assert "./." not in said


def test_annex_of_a_paper_for_use_names_no_number():
    paper = letter(letterhead=UNNUMBERED, annexes=(Annex("", "Danh sách", (Paragraph.plain("A"),)),))
    assert paper.annex_reference == ""
    assert "Kèm theo" not in words(paper) + all_words(word(paper))


def test_letter_keeps_its_number_where_the_unit_has_no_symbol():
    paper = letter(type_name="", letterhead=Letterhead("", "Cục Một", "", 5, "Huế", date(2021, 2, 5)))
    assert "Số: 05/" in words(paper)
    assert paper.is_official


def test_without_letterhead_there_is_a_heading_alone():
    paper = letter(Paragraph.plain("Một việc."), letterhead=None)
    for said in (words(paper), all_words(word(paper))):
        assert said == "THÔNG BÁO Về một việc Một việc."


def test_remark_stands_beside_the_edition_and_in_a_letter_before_the_text():
    named = letter(edition="Chính thức").remarked("Thay thế Thông báo số 01/TB")
    assert named.edition == "Chính thức; Thay thế Thông báo số 01/TB"
    plain = letter(Paragraph.plain("Một việc."), type_name="").remarked("Thay thế Công văn số 01/A")
    assert [block.words for block in plain.body] == ["Thay thế Công văn số 01/A.", "Một việc."]


def test_data_kept_before_a_part_got_a_field_is_read_with_its_default():
    data = letter(signatures=(Signature(("CỤC TRƯỞNG",)),)).as_data()
    del data["signatures"][0]["issuing"]
    assert read(data).signatures == (Signature(("CỤC TRƯỞNG",)),)
    del data["title"]
    with pytest.raises(KeyError):
        read(data)


# Name plates


def test_plate_is_a_folded_sheet_with_the_name_on_both_faces():
    paper = letter(*PLATES, letterhead=None, type_name="")
    faces = page_of(paper).find_class("plate")[0].find_class("plate-face")
    assert [" ".join(" ".join(face.itertext()).split()) for face in faces] == ["ÔNG LÊ VĂN A Cục trưởng"] * 2
    assert [face.get("aria-hidden") for face in faces] == ["true", None]
    pages = pages_of(to_pdf(paper))
    assert [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pages] == [(842, 595)] * 2
    assert pages[1].extract_text().split() == ["BÀ", "TRẦN", "THỊ", "B"] * 2


def test_plate_shows_once_on_screen():
    page = lxml.html.fragment_fromstring(to_preview(letter(*PLATES, letterhead=None, type_name="")))
    assert len(page.find_class("plate-face")) == 2
    assert "style" not in {name for node in page.iter() for name in node.attrib}


def test_plate_in_word_runs_down_one_half_of_the_sheet_and_up_the_other():
    file = word(letter(*PLATES, letterhead=None, type_name=""))
    assert len(file.tables) == 2
    directions = [
        node.get(node.tag.partition("}")[0] + "}val")
        for node in file.tables[0]._tbl.iter()
        if node.tag.endswith("}textDirection")
    ]
    assert directions == ["tbRl", "btLr"]
    assert file.sections[0].left_margin == file.sections[0].right_margin


@pytest.mark.parametrize(("name", "size"), [("A", 72), ("Nguyễn Văn An", 70), ("a" * 60, 15)])
def test_size_of_a_name_falls_with_its_length(name, size):
    assert Plate(name).size == size


# Bundles


def test_documents_of_a_bundle_stand_on_pages_of_their_own():
    documents = tuple(
        letter(Section("Mục", (Paragraph.plain(f"Gửi khách {number}."),)), title=f"Thư {number}")
        for number in (1, 2, 3)
    )
    paper = Bundle(title="Các thư", documents=documents)
    page = page_of(paper)
    assert page.findtext("head/title") == "Các thư"
    assert len(page.find_class("document")) == 3
    pages = [" ".join(page.extract_text().split()) for page in pages_of(to_pdf(paper))]
    assert [f"Gửi khách {number}./." in said for number, said in enumerate(pages, 1)] == [True] * 3
    file = word(paper)
    assert file.core_properties.title == "Các thư"
    assert len(file.sections) == 3
    assert [said in all_words(file) for said in ("Gửi khách 1", "Gửi khách 3")] == [True] * 2
    assert "Gửi khách 1" in to_preview(paper)
    assert "Gửi khách 2" not in to_preview(paper)


# Tables to be signed


def test_rows_of_a_tall_table_leave_room_to_sign():
    table = Table((Column("TT"), Column("Ký")), (("1", None), ("2", None)), tall=True)
    assert "figures-tall" in to_html(letter(table))
    rows = word(letter(table)).tables[1].rows
    assert [row.height and round(row.height.mm) for row in rows] == [None, 9, 9]
