"""Marks of state secrets: papers that bear one have no place in this system.

A mark stands alone in capital letters: MẬT, TỐI MẬT, TUYỆT MẬT. Words in which those letters mean something
else (BẢO MẬT, BÍ MẬT NHÀ NƯỚC) are no marks.
"""

import re
import unicodedata
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from blocs.files.incoming import DOCX
from blocs.text import nfc

# How much of a Word file is looked at: its letterhead, where the mark stands.
LETTERHEAD = 4000
_MARK = re.compile(
    r"(?<!BÍ )(?<!BẢO )(?<!CƠ )(?<!ĐỘ )(?<!\w)(TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w)(?! (?:MÃ|KHẨU|THIẾT|VỤ|ONG|ĐỘ)\b)"
)


def mark_in(text: str) -> str:
    """The mark that a text bears, empty where it bears none."""
    for line in text.splitlines():
        if found := _MARK.search(nfc(line)):
            return found[1]
    return ""


def mark_in_name(name: str) -> str:
    """The mark that the name of a file bears, its words parted by blanks, hyphens, dots or underscores."""
    return mark_in(re.sub(r"[\s_.()\[\]-]+", " ", unicodedata.normalize("NFC", name)))


def letterhead_of(content: bytes, media_type: str) -> str:
    """The text of a PDF's first page or of the beginning of a Word file; empty where there is none."""
    if media_type == "application/pdf":
        return _first_page(content)
    return _beginning(content) if media_type == DOCX else ""


def refuse_classified(*, name="", text="", content=b"", media_type=""):
    """Raise ValidationError for a name, a text or a file that bears a mark of state secrets."""
    mark = mark_in_name(name) or mark_in(text) or mark_in(letterhead_of(content, media_type))
    if mark:
        raise ValidationError(
            _(
                "%(name)s mang dấu độ mật “%(mark)s” nên không được đưa lên hệ thống này, và không được lưu. "
                "Hãy giữ và gửi tài liệu theo chế độ bảo mật của đơn vị; ở đây chỉ ghi số liệu không mật."
            )
            % {"name": name or _("Nội dung"), "mark": mark}
        )


def _first_page(content):
    try:
        return PdfReader(BytesIO(content)).pages[0].extract_text()
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(_("Không đọc được trang đầu của tệp PDF. Hãy xuất lại PDF.")) from error


def _beginning(content):
    """The paragraphs of a Word file, headers first, up to its letterhead's length."""
    lines, length = [], 0
    try:
        with ZipFile(BytesIO(content)) as archive:
            headers = [each for each in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", each)]
            for part in (*headers[:10], "word/document.xml"):
                with archive.open(part) as source:
                    for _event, node in iterparse(source):
                        if node.tag.endswith("}p"):
                            lines.append("".join(node.itertext()))
                            length += len(lines[-1])
                            node.clear()
                        if length > LETTERHEAD:
                            return "\n".join(lines)
    except (BadZipFile, zlib.error, DefusedXmlException, SyntaxError, KeyError, ValueError, OSError) as error:
        raise ValidationError(_("Tệp Word bị hỏng, không mở được. Hãy lưu lại rồi gửi lại.")) from error
    return "\n".join(lines)
