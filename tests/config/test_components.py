"""Each template part says what its context holds, and needs nothing else of it."""

import re
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace as Thing

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from blocs.contributions import Button, Progress, Step
from blocs.forms.paper import PaperFields
from blocs.views.gallery_samples import AROUND, SAMPLES
from config.masthead import Place
from tests.factories import user_with

TODAY = date(2020, 12, 18)
GO = Button("Nộp bản đã ký", "/nop/")
REFUSED = Button("Phát hành", "", refusal="Chưa có số, ngày.")
SHA256 = "9f2c61d0e3b7a85546c0f2f1d1a9a7c1f7be0f0e6a2f4e8b7d2a5b1c3d4e5f60"


class Search(forms.Form):
    unit = forms.CharField(label="Đơn vị", required=False)


class Required(forms.Form):
    name = forms.CharField(label="Tên hội nghị")


def words(name, request=None, **context):
    """What a part says, tags and spaces aside."""
    html = render_to_string(f"components/{name}.html", context, request=request)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def step(progress, **facts):
    return Step(key="report", place=1, title="Báo cáo", progress=progress, **facts)


def timeline(progress, **facts):
    return {"steps": [step(progress, **facts)], "today": TODAY, "current": ""}


STAGES = [
    Thing(title="Trình ký", state="done", note="16/12/2020"),
    Thing(title="Đã ký", state="current", note=""),
    Thing(title="Phát hành", state="ahead", note=""),
]
FILE = Thing(address="/tep/1/", name="BC.docx", size=48213, sha256=SHA256)
VERSION = Thing(
    title="Dự thảo lần 3",
    state="Trình ký",
    tone="doing",
    at=datetime(2020, 12, 16, 9, 5),
    by="Thư ký",
    files=[FILE],
)
JOB = {
    "job": Thing(pk=12),
    "address": "/viec/12/",
    "here": "/",
    "title": "Làm bản PDF",
    "done": 9,
    "total": 21,
}

ENTRY = Thing(
    at=datetime(2020, 12, 15, 14, 0),
    act="Ghi số, ngày",
    who="Văn thư A, Văn thư",
    is_from_paper=True,
    paper="ngày 15/12/2020",
    reason="Ghi nhầm.",
    changes=[
        Thing(label="Số", before="12", after="13"),
        Thing(label="Nơi nhận", before="", after=""),
        Thing(label="Ngày", before="1", after=""),
    ],
)
ACCOUNTS = "Tài khoản và mật khẩu do cán bộ phụ trách thi đua, khen thưởng cấp."
BY_STAFF = "mật khẩu được cấp lại qua cán bộ này."

PARTS = [
    ("ask_staff", {"title": "Quên?", "phone": "0123"}, f"Quên? {ACCOUNTS} Hãy gọi 0123 ; {BY_STAFF}"),
    (
        "ask_staff",
        {"title": "Quên?", "phone": ""},
        f"Quên? {ACCOUNTS} Hãy gọi cán bộ phụ trách; {BY_STAFF}",
    ),
    ("bar", {"percent": 67}, ""),
    ("breadcrumbs", {"places": [("Năm 2020", "/2020/"), ("Khối A", "/a/")]}, "Năm 2020 Khối A"),
    ("buttons", {"buttons": [GO, REFUSED]}, "Nộp bản đã ký Phát hành Chưa có số, ngày."),
    ("buttons", {"buttons": []}, ""),
    ("document_life", {"stages": STAGES}, "Đã qua: Trình ký 16/12/2020 Đã ký Phát hành"),
    (
        "document_versions",
        {"versions": [VERSION], "caption": "Các bản"},
        "Các bản Bản Tình trạng Lúc, người làm Tệp và mã SHA-256 Dự thảo lần 3 Trình ký 16/12/2020 09:05 "
        f"Thư ký BC.docx 47,1 KB SHA-256: 9f2c61d0e3b7… {SHA256}",
    ),
    (
        "empty",
        {"title": "Chưa có phong trào", "text": "Thêm phong trào.", "next": GO},
        "Chưa có phong trào Thêm phong trào. Nộp bản đã ký",
    ),
    (
        "empty",
        {"title": "Chưa có phong trào", "text": "Thêm phong trào."},
        "Chưa có phong trào Thêm phong trào.",
    ),
    (
        "empty",
        {"title": "Chưa có phong trào", "text": "Thêm phong trào.", "next": REFUSED},
        "Chưa có phong trào Thêm phong trào. Phát hành Chưa có số, ngày.",
    ),
    (
        "entries",
        {"entries": [ENTRY]},
        "15/12/2020 14:00 Ghi số, ngày Văn thư A, Văn thư theo văn bản giấy "
        "ngày 15/12/2020 Lý do: Ghi nhầm. Nội dung thay đổi Số: 12 13 Nơi nhận Ngày: 1 để trống",
    ),
    (
        "error_summary",
        {"form": Required({})},
        "Hãy sửa những chỗ sau rồi gửi lại: Tên hội nghị : Hãy điền ô này.",
    ),
    (
        "facts",
        {"facts": [("Khối trưởng", "Cục A"), ("Khối phó", "Cục B")]},
        "Khối trưởng Cục A Khối phó Cục B",
    ),
    (
        "figures",
        {
            "figures": [
                {"label": "tập thể", "text": "84%", "note": "27 trên 32", "address": "/x/"},
                {"label": "mức lương", "text": "1.490.000", "unit": "đồng"},
            ]
        },
        "tập thể 84% 27 trên 32 mức lương 1.490.000 đồng",
    ),
    ("filter_bar", {"form": Search(), "label": "Lọc", "clear": "/"}, "Đơn vị Lọc"),
    ("filter_bar", {"form": Search({"unit": "Cục"}), "label": "Lọc", "clear": "/"}, "Đơn vị Lọc Bỏ lọc"),
    ("form", {"form": Required(), "action": "", "submit": "Lưu", "csrf_token": "x"}, "Tên hội nghị Lưu"),
    (
        "form",
        {"form": "", "action": "", "submit": "Thu hồi", "cancel": "/", "danger": True, "csrf_token": "x"},
        "Thu hồi Thôi, không làm",
    ),
    ("hash", {"sha256": SHA256}, f"SHA-256: 9f2c61d0e3b7… {SHA256}"),
    (
        "masthead_places",
        {"places": [(Place("Năm thi đua", "/nam/", 1), "page"), (Place("Đôn đốc", "/don-doc/", 2), "")]},
        "Năm thi đua Đôn đốc",
    ),
    ("masthead_search", {"address": "/tim/"}, "Tìm"),
    (
        "page_header",
        {"title": "Khối A", "kind": "Năm 2020", "summary": "10 đơn vị.", "next": GO, "note": "Trước 20/12."},
        "Năm 2020 Khối A 10 đơn vị. Nộp bản đã ký Trước 20/12.",
    ),
    ("page_header", {"title": "Khối A"}, "Khối A"),
    (
        "page_header",
        {
            "title": "Khối A",
            "next": Thing(title="Trình ký", address="/ky/", posts=True),
            "note": "Còn rút về được.",
            "csrf_token": "x",
        },
        "Khối A Trình ký Còn rút về được.",
    ),
    ("page_header", {"title": "Khối A", "next": REFUSED}, "Khối A Phát hành Chưa có số, ngày."),
    (
        "paper_fields",
        {"form": PaperFields()},
        "Ghi nhận từ văn bản giấy "
        "Việc đã làm trên giấy thì ghi ngày trên giấy vào đây; kết quả có giá trị như làm trên máy. "
        "Ngày ghi trên giấy Ví dụ 15/12/2020. Nơi ký, nơi họp Người tham gia Bản chụp văn bản "
        "Tệp quét PDF, JPG hoặc PNG; gửi sau cũng được. Lý do Cần ghi khi bước này chưa mở hoặc đã hết hạn.",
    ),
    ("paper_mark", {"scan": "/tep/2/", "note": "Vũ A ghi."}, "theo văn bản giấy Xem bản chụp Vũ A ghi."),
    ("paper_mark", {}, "theo văn bản giấy"),
    (
        "progress",
        {**JOB, "under_way": True, "failed": False, "words": "Trang 9 trên 21"},
        "Đang làm Trang 9 trên 21 Xem lại tiến độ",
    ),
    ("progress", {**JOB, "under_way": False, "failed": False, "words": "Xong."}, "Đã xong Xong."),
    ("progress", {**JOB, "under_way": False, "failed": True, "words": "Quá lớn."}, "Không làm được Quá lớn."),
    (
        "progress",
        {**JOB, "under_way": False, "failed": False, "stopped": True, "words": "Chưa lưu gì."},
        "Đã dừng Chưa lưu gì.",
    ),
    (
        "refusal",
        {"title": "Chưa lưu", "reason": "Chưa có số.", "citation": "Điều 15"},
        "Chưa lưu Chưa có số. Căn cứ: Điều 15",
    ),
    ("refusal", {"title": "Chưa lưu", "reason": "Chưa có số."}, "Chưa lưu Chưa có số."),
    ("section_nav", {"label": "Khối", "places": [GO], "here": "/nop/"}, "Nộp bản đã ký"),
    (
        "timeline",
        timeline(
            Progress.DONE,
            day=date(2020, 12, 15),
            due=date(2020, 12, 1),
            summary="10/10",
            who="Khối trưởng",
            address="/bc/",
        ),
        "15/12/2020 Báo cáo 10/10 Thực hiện: Khối trưởng Đã xong",
    ),
    ("timeline", timeline(Progress.UNDER_WAY, due=TODAY), "hạn 18/12/2020 Báo cáo Đang làm Hết hạn hôm nay"),
    (
        "timeline",
        timeline(Progress.UNDER_WAY, due=date(2020, 12, 17)),
        "hạn 17/12/2020 Báo cáo Quá hạn 1 ngày",
    ),
    ("timeline", timeline(Progress.WAITING, due=date(2020, 12, 17)), "hạn 17/12/2020 Báo cáo Quá hạn 1 ngày"),
    ("timeline", timeline(Progress.WAITING), "Báo cáo Chưa làm"),
    (
        "timeline",
        timeline(Progress.UNKNOWN, due=date(2020, 12, 20)),
        "hạn 20/12/2020 Báo cáo Chưa có số liệu Còn 2 ngày",
    ),
]


@pytest.mark.parametrize(("name", "context", "said"), PARTS)
def test_part_says(name, context, said):
    assert words(name, **context) == said


def test_messages_by_level():
    class Message(str):
        level_tag = ""

    said = {}
    for level in ("success", "info", "warning", "error"):
        message = Message("Đã lưu.")
        message.level_tag = level
        html = render_to_string("components/messages.html", {"messages": [message]})
        said[level] = re.findall(r'class="notice notice--(\w+)" role="(\w+)"', html)
    assert said == {
        "success": [("done", "status")],
        "info": [("doing", "status")],
        "warning": [("soon", "alert")],
        "error": [("late", "alert")],
    }


def test_current_place_is_marked():
    html = render_to_string("components/section_nav.html", {"label": "Khối", "places": [GO], "here": "/nop/"})
    assert re.findall(r'href="([^"]*)" aria-current="page"', html) == ["/nop/"]


def test_progress_asks_again_only_while_under_way():
    asks = [
        'hx-get="/viec/12/"'
        in render_to_string(
            "components/progress.html", {**JOB, "under_way": under_way, "failed": False, "words": ""}
        )
        for under_way in (True, False)
    ]
    assert asks == [True, False]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Dòng 1 - 10 trong tổng số 95 Trang 1 Trang 2 … Trang 10 Trang sau"),
        (
            5,
            "Dòng 41 - 50 trong tổng số 95 "
            "Trang trước Trang 1 … Trang 4 Trang 5 Trang 6 … Trang 10 Trang sau",
        ),
        (10, "Dòng 91 - 95 trong tổng số 95 Trang trước Trang 1 … Trang 9 Trang 10"),
    ],
)
def test_pagination(rf, number, said):
    page = Paginator(range(95), 10).page(number)
    assert words("pagination", rf.get("/?khoi=a"), page=page, label="Trang") == said


def test_pagination_keeps_the_filter(rf):
    request = rf.get("/?khoi=a&page=1")
    context = {"page": Paginator(range(20), 10).page(1), "label": "Trang"}
    html = render_to_string("components/pagination.html", context, request=request)
    assert re.findall(r'href="([^"]*)"', html) == [
        "?khoi=a&amp;page=1",
        "?khoi=a&amp;page=2",
        "?khoi=a&amp;page=2",
    ]


def test_single_page_needs_no_pagination(rf):
    assert words("pagination", rf.get("/"), page=Paginator([1], 10).page(1), label="Trang") == ""


def test_every_part_is_tried_here():
    tried = {name for name, *_ in PARTS} | {"messages", "pagination"}
    parts = {path.stem for path in Path(settings.BASE_DIR / "templates" / "components").glob("*.html")}
    # Parts of every page and of every form, tried with the pages themselves.
    assert parts - tried == AROUND


def test_gallery_shows_every_part():
    parts = {path.stem for path in Path(settings.BASE_DIR / "templates" / "components").glob("*.html")}
    assert parts - AROUND == set(SAMPLES)


@pytest.mark.django_db
@pytest.mark.parametrize(("debug", "status"), [(True, 200), (False, 404)])
def test_gallery_is_for_trial_sites(client, settings, debug, status):
    client.force_login(user_with("staff"))
    settings.DEBUG = debug
    assert client.get("/giao-dien/").status_code == status
