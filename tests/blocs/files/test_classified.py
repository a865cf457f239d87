"""Marks of state secrets: in names, in texts, on the first page of a PDF and at the head of a Word file."""

import unicodedata
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from django.core.exceptions import ValidationError

from blocs.files.classified import letterhead_of, mark_in, mark_in_name, refuse_classified
from blocs.files.incoming import DOCX

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs, header=""):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(ZipInfo("[Content_Types].xml"), "<Types/>")
        for name, texts in (("word/header1.xml", [header]), ("word/document.xml", paragraphs)):
            body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
            archive.writestr(ZipInfo(name), f'<w:document xmlns:w="{WORD}">{body}</w:document>')
    return content.getvalue()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("BỘ KHOA HỌC VÀ CÔNG NGHỆ\nTỐI MẬT\nSố: 12/BC", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("Tuyệt  TUYỆT   MẬT", "TUYỆT MẬT"),
        ("Công văn số 12-CV/TU (MẬT)", "MẬT"),
        (unicodedata.normalize("NFD", "TỐI MẬT"), "TỐI MẬT"),
        ("mật ong, bí mật, Mật", ""),
        ("LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", ""),
        ("CÔNG TÁC BẢO MẬT, CƠ MẬT", ""),
        ("BAN CƠ YẾU: MẬT MÃ, MẬT KHẨU", ""),
        ("ĐỘ MẬT: không", ""),
        ("", ""),
    ],
)
def test_marks_stand_alone_in_capital_letters(text, mark):
    assert mark_in(text) == mark


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("01_MẬT_bao-cao.pdf", "MẬT"),
        ("bao-cao (TỐI-MẬT).docx", "TỐI MẬT"),
        ("bao-mat-thong-tin.pdf", ""),
        ("BẢO-MẬT.pdf", ""),
    ],
)
def test_marks_in_names_of_files(name, mark):
    assert mark_in_name(name) == mark


def test_a_word_file_is_read_at_its_head():
    content = docx("Báo cáo", header="TỐI MẬT")
    assert letterhead_of(content, DOCX) == "TỐI MẬT\nBáo cáo"
    with pytest.raises(ValidationError, match="mang dấu độ mật “TỐI MẬT”"):
        refuse_classified(name="bao-cao.docx", content=content, media_type=DOCX)


def test_the_first_page_of_a_pdf_is_read():
    weasyprint = pytest.importorskip("weasyprint")
    marked = weasyprint.HTML(string="<p>MẬT</p><p>Báo cáo</p>").write_pdf()
    plain = weasyprint.HTML(string="<p>Bảo mật</p>").write_pdf()
    refuse_classified(name="b.pdf", content=plain, media_type="application/pdf")
    with pytest.raises(ValidationError, match="theo chế độ bảo mật của đơn vị"):
        refuse_classified(name="a.pdf", content=marked, media_type="application/pdf")


def test_what_bears_no_mark_passes():
    refuse_classified(name="a1.docx", text="Kế hoạch", content=docx("Báo cáo"), media_type=DOCX)
