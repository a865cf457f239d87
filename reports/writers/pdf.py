"""PDF of a document, made in a process of its own that can be killed and has a ceiling on memory and time."""

import base64
import json
import logging
import os
import re
import subprocess

from django.conf import settings
from django.utils.translation import gettext as _

from blocs import ceilings
from reports.blocks import Bundle, Document
from reports.writers.html import pictures, to_html

MODULE = "reports.writers.typesetting"

logger = logging.getLogger(__name__)


class RenderingFailed(Exception):
    """No PDF was made; the words say in Vietnamese why and what to do."""


def to_pdf(document: Document | Bundle) -> bytes:
    """The document or bundle as PDF/A-3a and PDF/UA-1: tagged, fonts embedded, bookmarks, title.

    Takes at most settings.RENDER_SECONDS and settings.RENDER_MEMORY_MB. Raises RenderingFailed when that is
    not enough, when WeasyPrint warns of anything, and when it cannot run.
    """
    images = {
        address: (media_type, base64.b64encode(content).decode())
        for address, (media_type, content) in pictures(document.printed()).items()
    }
    return run({"html": to_html(document), "root": str(settings.BASE_DIR / "static"), "pictures": images})


def run(order: dict) -> bytes:
    """What the typesetting program answers to this order. Raises RenderingFailed."""
    seconds, megabytes = settings.RENDER_SECONDS, settings.RENDER_MEMORY_MB
    try:
        result = ceilings.run(MODULE, json.dumps(order).encode(), megabytes=megabytes, seconds=seconds)
    except subprocess.TimeoutExpired as error:
        raise RenderingFailed(
            _(
                "Chưa dựng xong bản PDF sau %(seconds)s giây. Văn bản quá dài: hãy tách bớt phụ lục thành "
                "văn bản riêng, hoặc đề nghị quản trị viên nâng RENDER_SECONDS."
            )
            % {"seconds": seconds}
        ) from error
    if result.returncode == 0:
        return result.stdout
    complaint = result.stderr.decode(errors="replace").strip()
    logger.error("typesetting ended with %s: %s", result.returncode, complaint.rpartition("\n")[2][:300])
    raise RenderingFailed(words_for(result.returncode, complaint))


def words_for(status: int, complaint: str) -> str:
    """What to tell the official when the program ended with this status and complaint."""
    if status == os.EX_DATAERR and (
        characters := sorted(set(re.findall(r"\(U\+[0-9A-F]{4,6}\)", complaint)))
    ):
        return _(
            "Văn bản có ký tự mà phông chữ không in được: %(characters)s. Hãy tìm và gõ lại chỗ đó; ký tự "
            "này thường theo vào khi dán từ tệp khác."
        ) % {"characters": ", ".join(characters)}
    if status == os.EX_DATAERR:
        return _(
            "Không dựng được bản PDF đúng thể thức: %(reason)s. Nếu là hình, hãy thay bằng hình PNG hoặc "
            "JPEG khác; nếu không, hãy gửi dòng này cho quản trị viên."
        ) % {"reason": complaint.partition("\n")[0].rstrip(".")}
    if status == os.EX_UNAVAILABLE:
        return _(
            "Máy chủ thiếu thư viện Pango nên không dựng được bản PDF. Đề nghị quản trị viên chạy "
            "“manage.py check” và cài các gói được nêu ở đó."
        )
    return _(
        "Không dựng được bản PDF trong %(megabytes)s MB bộ nhớ (mã %(status)s). Văn bản quá lớn: hãy tách "
        "bớt phụ lục thành văn bản riêng, hoặc đề nghị quản trị viên nâng RENDER_MEMORY_MB."
    ) % {"megabytes": settings.RENDER_MEMORY_MB, "status": status}
