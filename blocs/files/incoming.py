"""What may come in as a file: told by its content, never by its name."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What an office file is told by: the part that makes it one.
OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", DOCX: "docx", XLSX: "xlsx"}
MOST_PARTS = 2000
MOST_UNPACKED = 200 * 2**20

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def check_scan(upload):
    """(content, media type) of a scan or signed PDF that may be kept.

    Raises ValidationError, in words that say what to do, for another type, an empty, too large or broken file
    and for what the installation's scanner (setting STORED_FILE_SCANNER) refuses.
    """
    content = _read(upload, _("Hãy quét lại với độ phân giải thấp hơn."))
    media_type = _signature(content)
    if media_type is None:
        raise ValidationError(_("Chỉ nhận tệp PDF, JPG hoặc PNG. Hãy quét lại bản giấy hoặc xuất ra PDF."))
    return _checked(content, media_type)


def check_evidence(upload):
    """The same for evidence, which may be a Word or Excel file too.

    An office file is told by its parts; one with macros, one that unpacks to more than people write and one
    of an old format is refused.
    """
    content = _read(upload, _("Hãy chia nhỏ hoặc quét lại với độ phân giải thấp hơn."))
    media_type = _office(content) if content.startswith(_ZIP) else _signature(content)
    if content.startswith(_OLE):
        raise ValidationError(
            _("Tệp Word, Excel bản cũ hoặc có mật khẩu. Hãy lưu thành .docx, .xlsx không mật khẩu, hoặc PDF.")
        )
    if media_type is None:
        raise ValidationError(_("Chỉ nhận tệp PDF, JPG, PNG, Word (.docx) hoặc Excel (.xlsx)."))
    return _checked(content, media_type)


def _read(upload, advice):
    if upload.size > settings.STORED_FILE_MAX_BYTES:
        words = _("Tệp lớn hơn %(limit)s MB.") % {"limit": settings.STORED_FILE_MAX_BYTES // 2**20}
        raise ValidationError(f"{words} {advice}")
    return upload.read()


def _signature(content):
    return next((kind for start, kind in SIGNATURES.items() if content.startswith(start)), None)


def _checked(content, media_type):
    if media_type == "application/pdf":
        _check_pdf(content)
    scan(content)
    return content, media_type


def _office(content):
    """The media type of an office file, None where it is another archive."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ValidationError(_("Tệp bị hỏng, không mở được. Hãy lưu lại rồi gửi lại.")) from error
    names = {part.filename for part in parts}
    media_type = next((kind for name, kind in OFFICE.items() if name in names), None)
    if media_type is None or "[Content_Types].xml" not in names:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("Tệp có macro. Hãy lưu thành .docx, .xlsx không có macro, hoặc PDF."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValidationError(_("Tệp giải nén ra quá lớn. Hãy bỏ bớt ảnh, hoặc xuất ra PDF rồi gửi lại."))
    return media_type


def scan(content):
    """Let the installation's scanner look at the bytes, where it has one; it raises ValidationError."""
    if settings.STORED_FILE_SCANNER:
        import_string(settings.STORED_FILE_SCANNER)(content)


def _check_pdf(content):
    try:
        reader = PdfReader(BytesIO(content))
        pages = 0 if reader.is_encrypted else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValidationError(_("Tệp PDF bị hỏng, không mở được. Hãy quét lại.")) from error
    if reader.is_encrypted:
        raise ValidationError(_("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."))
    if not pages:
        raise ValidationError(_("Tệp PDF không có trang nào."))
