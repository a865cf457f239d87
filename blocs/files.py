"""What may come in as a file: told by its content, never by its name."""

from io import BytesIO

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
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def check_scan(upload):
    """(content, media type) of a scan or signed PDF that may be kept.

    Raises ValidationError, in words that say what to do, for another type, an empty, too large or broken file
    and for what the installation's scanner (setting STORED_FILE_SCANNER) refuses.
    """
    if upload.size > settings.STORED_FILE_MAX_BYTES:
        raise ValidationError(
            _("Tệp lớn hơn %(limit)s MB. Hãy quét lại với độ phân giải thấp hơn.")
            % {"limit": settings.STORED_FILE_MAX_BYTES // 2**20}
        )
    content = upload.read()
    media_type = next((kind for start, kind in SIGNATURES.items() if content.startswith(start)), None)
    if media_type is None:
        raise ValidationError(_("Chỉ nhận tệp PDF, JPG hoặc PNG. Hãy quét lại bản giấy hoặc xuất ra PDF."))
    if media_type == "application/pdf":
        _check_pdf(content)
    scan(content)
    return content, media_type


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
