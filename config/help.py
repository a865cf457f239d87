"""Help: for each main screen three pictures with three short sentences; which screen leads to which help."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET


@dataclass(frozen=True)
class Help:
    """How to work with one screen: what it is for, what the numbers in its three pictures say."""

    title: str
    purpose: str
    sentences: tuple[str, str, str]
    screens: tuple[str, ...]


PAGES = {
    "nam": Help(
        _("Danh sách khối của năm"),
        _("Xem các khối thi đua của một năm làm đến đâu và ai phải làm bước tiếp theo."),
        (
            _("Chọn năm ở hàng đầu; năm đang xem có gạch chân."),
            _("Gõ một phần tên khối, không cần viết dấu, rồi bấm Lọc."),
            _("Cột Việc tiếp theo ghi bước đang chờ và người làm; bấm vào để mở đúng chỗ."),
        ),
        ("year",),
    ),
    "khoi": Help(
        _("Trang của khối trong năm"),
        _("Cả năm của một khối trên một trang: đã xong gì, còn gì, ai làm, hạn nào."),
        (
            _("Nút đỏ là việc tiếp theo; bấm vào là tới nơi làm."),
            _("Các bước của năm đi từ trên xuống; mỗi bước ghi tình trạng, hạn và người làm."),
            _("Các trang khác của khối (hội nghị, đề nghị khen thưởng, báo cáo) mở từ hàng này."),
        ),
        ("bloc-year",),
    ),
    "hoi-nghi": Help(
        _("Hội nghị của khối"),
        _("Ghi hội nghị đã diễn ra: ai dự, bàn gì, kết quả từng nội dung."),
        (
            _("Nút đỏ chỉ mục còn thiếu của hội nghị; ghi lần lượt cho tới khi nút không còn."),
            _("Chương trình ghi từng nội dung với kết quả đã được hội nghị thông qua."),
            _("Thành phần dự ghi đơn vị, người dự và chức vụ như trong danh sách ký."),
        ),
        ("meeting",),
    ),
    "de-nghi": Help(
        _("Đề nghị khen thưởng của khối"),
        _("Xem khối đề nghị khen tập thể, cá nhân nào và bầu chọn điển hình nào."),
        (
            _("Mở trang này ở mục Đề nghị khen thưởng của khối."),
            _("Mỗi bảng là một hình thức khen; dòng chưa có tên được ghi rõ là chưa nêu."),
            _("Điển hình tiên tiến đứng riêng ở cuối trang."),
        ),
        ("proposals",),
    ),
    "bao-cao": Help(
        _("Báo cáo tổng kết và vòng đời văn bản"),
        _("Lập dự thảo từ số liệu đã ghi, trình ký, nộp bản đã ký, ghi số và ngày, phát hành."),
        (
            _("Bấm Lập dự thảo; vài giây sau có tệp Word và PDF để tải."),
            _("Hàng này cho biết văn bản đang ở chặng nào của vòng đời."),
            _("Chỗ còn thiếu số liệu được kể tên; ghi bổ sung rồi lập lần dự thảo mới."),
        ),
        (
            "report",
            "report-draft",
            "document-send",
            "document-take-back",
            "document-file-signed",
            "document-assign-number",
            "document-release",
            "job",
        ),
    ),
    "so-so-lieu": Help(
        _("Sổ số liệu"),
        _("Nơi ghi và sửa số liệu của khối: mỗi lần lưu được ghi vào nhật ký với tên người làm."),
        (
            _("Chọn loại số liệu; bấm Thêm để ghi mới."),
            _("Trong danh sách, gõ vào ô Tìm rồi bấm vào tên để mở."),
            _("Sửa xong bấm Lưu; Nhật ký cho biết ai đã sửa gì, lúc nào."),
        ),
        ("admin",),
    ),
}
SCREENS = {name: key for key, page in PAGES.items() for name in page.screens}


def help_of(match):
    """The key of the help for the screen that a request has reached; empty where there is none."""
    if match is None:
        return ""
    return SCREENS.get(match.namespace or match.url_name, "")


def help_address(match):
    """Where the help for a screen stands: its own page, or the list."""
    key = help_of(match)
    return reverse("help-page", args=[key]) if key else reverse("help")


@require_GET
def help_index(request):
    """All helps, and the sheets to print."""
    return render(request, "help/index.html", {"pages": PAGES, "sheets": sheets()})


@require_GET
def help_page(request, key):
    """The help for one screen."""
    if key not in PAGES:
        raise Http404
    found = PAGES[key]
    pictures = [
        {"address": static(f"img/help/{key}-{number}.webp"), "sentence": sentence, "number": number}
        for number, sentence in enumerate(found.sentences, 1)
    ]
    context = {"help": found, "pictures": pictures, "others": [(k, h) for k, h in PAGES.items() if k != key]}
    return render(request, "help/page.html", context)


def sheets():
    """[(role in words, address)] of the A4 sheets, as far as this installation has them."""
    return []
