import hashlib
import random
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from blocs.files.incoming import DOCX, MOST_PARTS, XLSX, check_evidence, check_scan
from blocs.models import StoredFile

CONTENT = b"%PDF-1.7 what was signed"


def pdf(pages=1, password=None):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


# Keeping ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_equal_bytes_are_kept_once():
    first = StoredFile.objects.keep(CONTENT, media_type="application/pdf")
    again = StoredFile.objects.keep(CONTENT, media_type="image/png")

    assert (again.pk, again.media_type) == (first.pk, "application/pdf")
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_kept_bytes_are_read_back():
    content = random.Random(0).randbytes(100_000)
    kept = StoredFile.objects.get(pk=StoredFile.objects.keep(content, media_type="image/png").pk)

    assert bytes(kept.content) == content
    assert (kept.sha256, kept.size) == (hashlib.sha256(content).hexdigest(), 100_000)


def test_equal_bytes_kept_at_once(first_then):
    keep = partial(StoredFile.objects.keep, CONTENT, media_type="application/pdf")

    assert first_then(keep, keep).outcome() == StoredFile.objects.get()


@pytest.mark.django_db
def test_list_of_files_does_not_read_their_bytes():
    StoredFile.objects.keep(CONTENT, media_type="application/pdf")

    assert StoredFile.objects.without_content().get().get_deferred_fields() == {"content"}


# What may come in -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf(), "application/pdf"),
        (pdf(pages=3), "application/pdf"),
        (b"\xff\xd8\xff\xe0 scan", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n scan", "image/png"),
    ],
)
def test_scan_is_told_by_its_content(content, media_type):
    upload = SimpleUploadedFile("scan.exe", content, content_type="text/html")

    assert check_scan(upload) == (content, media_type)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Chỉ nhận tệp PDF, JPG hoặc PNG"),
        (b"<html>", "Chỉ nhận tệp PDF, JPG hoặc PNG"),
        (b"GIF89a", "Chỉ nhận tệp PDF, JPG hoặc PNG"),
        (b"MZ" + pdf(), "Chỉ nhận tệp PDF, JPG hoặc PNG"),
        (b"%PDF-1.7 and no more", "Tệp PDF bị hỏng, không mở được"),
        (pdf()[:200], "Tệp PDF bị hỏng, không mở được"),
        (pdf(password="mật khẩu"), "Tệp PDF có mật khẩu"),
        (pdf(pages=0), "Tệp PDF không có trang nào"),
    ],
)
def test_scan_that_may_not_come_in(content, words):
    with pytest.raises(ValidationError, match=words):
        check_scan(SimpleUploadedFile("scan.pdf", content))


def test_scan_that_is_too_large(settings):
    settings.STORED_FILE_MAX_BYTES = 2**20
    upload = SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n" + b"0" * 2**20)

    with pytest.raises(ValidationError, match="Tệp lớn hơn 1 MB"):
        check_scan(upload)


def refuse_all(content):
    raise ValidationError(f"Tệp có mã độc: {len(content)} byte.")


def test_scan_that_the_scanner_refuses(settings):
    settings.STORED_FILE_SCANNER = f"{__name__}.refuse_all"

    with pytest.raises(ValidationError, match=f"Tệp có mã độc: {len(pdf())} byte"):
        check_scan(SimpleUploadedFile("scan.pdf", pdf()))


# Evidence may be an office file ---------------------------------------------------------------------------


def archive(*names, content=b"x"):
    """The same bytes whenever they are made: they name the cases below."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf(), "application/pdf"),
        (b"\xff\xd8\xff\xe0 scan", "image/jpeg"),
        (archive("[Content_Types].xml", "word/document.xml"), DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), XLSX),
    ],
)
def test_evidence_is_told_by_its_content(content, media_type):
    assert check_evidence(SimpleUploadedFile("a1.exe", content)) == (content, media_type)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>", "Chỉ nhận tệp PDF, JPG, PNG, Word"),
        (archive("word/document.xml"), "Chỉ nhận tệp PDF, JPG, PNG, Word"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "Chỉ nhận tệp PDF, JPG, PNG, Word"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "có macro"),
        (archive("[Content_Types].xml", "word/document.xml")[:40], "bị hỏng"),
        (b"\xd0\xcf\x11\xe0 old", "bản cũ hoặc có mật khẩu"),
        (
            archive("[Content_Types].xml", "xl/workbook.xml", *(f"{n}" for n in range(MOST_PARTS))),
            "giải nén ra quá lớn",
        ),
        (
            archive("[Content_Types].xml", "xl/workbook.xml", "a", content=bytes(70 * 2**20)),
            "giải nén ra quá lớn",
        ),
    ],
)
def test_evidence_that_may_not_come_in(content, words):
    with pytest.raises(ValidationError, match=words):
        check_evidence(SimpleUploadedFile("a1.docx", content))


def test_evidence_goes_through_the_scanner(settings):
    settings.STORED_FILE_SCANNER = f"{__name__}.refuse_all"

    with pytest.raises(ValidationError, match="Tệp có mã độc"):
        check_evidence(SimpleUploadedFile("a1.docx", archive("[Content_Types].xml", "word/document.xml")))
