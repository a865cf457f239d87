"""What the gallery shows in each component: invented, and true to what pages give them."""

from datetime import date, datetime
from types import SimpleNamespace as Thing

from django import forms
from django.core.paginator import Paginator
from django.utils.timezone import get_default_timezone

from blocs.contributions import Button, Progress, Step
from blocs.forms import PaperFields
from config.masthead import Place

TODAY = date(2020, 12, 18)
AT = datetime(2020, 12, 16, 9, 5, tzinfo=get_default_timezone())
GO = Button("Nộp bản đã ký", "#go")
REFUSED = Button("Phát hành", "", refusal="Chưa có số, ngày của văn bản. Văn thư ghi số, ngày trước.")
SHA256 = "9f2c61d0e3b7a85546c0f2f1d1a9a7c1f7be0f0e6a2f4e8b7d2a5b1c3d4e5f60"


class Sample(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Tên hội nghị", help_text="Ghi như trên giấy mời.")
    day = forms.DateField(label="Ngày tổ chức", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Sơ kết"), ("b", "Tổng kết")])
    outcome = forms.CharField(label="Kết quả", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="Hội nghị thống nhất", required=False)
    scan = forms.FileField(label="Bản chụp", required=False)


class Search(forms.Form):
    unit = forms.CharField(label="Đơn vị", required=False)


def steps():
    """A year half way: what is done, under way, late, to come and unknown."""
    return [
        Step("a", 1, "Ký giao ước", Progress.DONE, "10/10 đơn vị", date(2020, 3, 5), who="Khối trưởng"),
        Step("b", 2, "Sơ kết", Progress.UNKNOWN),
        Step("c", 3, "Chấm điểm", Progress.UNDER_WAY, due=date(2020, 12, 10), who="Các đơn vị"),
        Step("d", 4, "Hội nghị tổng kết", Progress.WAITING, due=date(2020, 12, 20), who="Khối trưởng"),
    ]


def entry(**more):
    """An entry of the journal in words."""
    usual = {
        "at": AT,
        "act": "Ghi số, ngày",
        "who": "Nguyễn Văn Mẫu, Văn thư",
        "is_from_paper": False,
        "paper": "",
        "reason": "",
        "changes": [],
    }
    return Thing(**usual | more)


VERSION = Thing(
    title="Dự thảo lần 3",
    state="Trình ký",
    tone="doing",
    at=AT,
    by="Trần Thị Mẫu, Thư ký Khối",
    files=[Thing(address="#tep", name="BC-tong-ket.docx", size=48213, sha256=SHA256)],
)
JOB = {
    "job": Thing(pk=12),
    "address": "#viec",
    "here": "#viec",
    "title": "Làm bản PDF",
    "done": 9,
    "total": 21,
}
FIELDS = [("Khối trưởng", "Cục Mẫu Một"), ("Số đơn vị", "10"), ("Hồ sơ năm", "đang mở")]
STAGES = [
    Thing(title="Trình ký", state="done", note="16/12/2020"),
    Thing(title="Đã ký", state="current", note="chờ số, ngày"),
    Thing(title="Phát hành", state="ahead", note=""),
]
PLACES = [(Place("Việc của tôi", "#a", 1), "page"), (Place("Năm thi đua", "#b", 2), "")]


class Said(str):
    """A message with its level."""

    def __new__(cls, text, level):
        said = super().__new__(cls, text)
        said.level_tag = level
        return said


# {component: [(state, context)]}
SAMPLES = {
    "page_header": [
        (
            "với việc tiếp theo",
            {"kind": "Năm 2020", "title": "Khối thi đua Mẫu", "next": GO, "note": "Trước 20/12."},
        ),
        ("bị từ chối, có lý do", {"title": "Báo cáo tổng kết", "next": REFUSED}),
        ("chỉ tên và tóm tắt", {"title": "Các đơn vị", "summary": "10 đơn vị, xếp theo nghị định."}),
    ],
    "breadcrumbs": [("hai cấp", {"places": [("Năm 2020", "#nam"), ("Khối Mẫu", "#khoi")]})],
    "section_nav": [
        ("đang ở trang đầu", {"label": "Khối", "places": [GO, Button("Đề nghị", "#dn")], "here": "#go"})
    ],
    "buttons": [("làm được và bị từ chối", {"buttons": [GO, REFUSED]})],
    "timeline": [("một năm đang làm", {"steps": steps(), "today": TODAY, "current": "c"})],
    "document_life": [("đã ký", {"stages": STAGES})],
    "document_versions": [("một bản", {"versions": [VERSION], "caption": "Các bản", "key": "sample"})],
    "facts": [("ba mục", {"facts": FIELDS})],
    "bar": [("hai phần ba", {"percent": 67})],
    "figures": [
        (
            "có đường dẫn, đơn vị tính, ghi chú",
            {
                "figures": [
                    Thing(label="đơn vị đã nộp", text="7", address="#nop", unit="", note="trên 10"),
                    Thing(label="tỷ lệ", text="84,5", address="", unit="%", note=""),
                ]
            },
        )
    ],
    "messages": [
        (
            "bốn mức",
            {
                "messages": [
                    Said("Đã lưu.", "success"),
                    Said("Đã gửi đi ký.", "info"),
                    Said("Còn hai ngày.", "warning"),
                    Said("Chưa lưu: thiếu ngày.", "error"),
                ]
            },
        )
    ],
    "refusal": [
        (
            "có căn cứ",
            {"title": "Chưa lưu gì", "reason": "Chưa có số.", "citation": "Nghị định 30/2020, Điều 15"},
        )
    ],
    "empty": [
        ("làm được", {"title": "Chưa có phong trào", "text": "Ghi phong trào đầu tiên của năm.", "next": GO}),
        ("bị từ chối", {"title": "Chưa có văn bản", "text": "Lập dự thảo trước.", "next": REFUSED}),
        ("chỉ nói", {"title": "Không có việc nào chờ", "text": "Khi có việc mới, việc đứng ở đây."}),
    ],
    "paper_mark": [("có bản chụp", {"scan": "#chup", "note": "Trần Thị Mẫu ghi."}), ("chỉ dấu", {})],
    "entries": [
        (
            "trên giấy; có thay đổi",
            {
                "entries": [
                    entry(is_from_paper=True, paper="ngày 15/12/2020, Hà Nội", reason="Ghi nhầm."),
                    entry(changes=[Thing(label="Số", before="12", after="13")]),
                ]
            },
        )
    ],
    "paper_fields": [
        ("gập", {"form": PaperFields(auto_id="a-%s")}),
        ("đang mở", {"form": PaperFields({"paper_place": "Hà Nội"}, auto_id="b-%s")}),
    ],
    "hash": [("gập", {"sha256": SHA256})],
    "progress": [
        ("đang làm", {**JOB, "under_way": True, "failed": False, "words": "Trang 9 trên 21"}),
        ("đã xong", {**JOB, "under_way": False, "failed": False, "words": "Đã lập 21 trang."}),
        ("không làm được", {**JOB, "under_way": False, "failed": True, "words": "Tệp quá lớn."}),
    ],
    "form": [
        (
            "đang nhập",
            {"form": Sample(auto_id="c-%s"), "action": "", "submit": "Lưu hội nghị", "cancel": "#thoi"},
        ),
        (
            "có chỗ phải sửa",
            {"form": Sample({"day": "32/13"}, auto_id="d-%s"), "action": "", "submit": "Lưu hội nghị"},
        ),
        (
            "việc không lấy lại được",
            {"form": "", "action": "", "submit": "Xoá", "danger": True, "cancel": "#thoi"},
        ),
    ],
    "error_summary": [("ba chỗ", {"form": Sample({"day": "32/13"}, auto_id="e-%s")})],
    "filter_bar": [
        (
            "đang lọc",
            {
                "form": Search({"unit": "vien thong"}, auto_id="f-%s"),
                "label": "Lọc đơn vị mẫu",
                "clear": "#loc",
            },
        )
    ],
    "pagination": [("trang giữa", {"page": Paginator(range(95), 10).page(5), "label": "Các trang mẫu"})],
    "ask_staff": [("có số điện thoại", {"title": "Quên mật khẩu?", "phone": "024 3000 0000"})],
    "masthead_places": [("trang đầu", {"places": PLACES})],
    "masthead_search": [("trống", {"address": "#tim"})],
}
# Parts of every page, seen around the gallery itself, and parts that hold nothing to see.
AROUND = {"appearance", "foot", "keeping", "masthead", "styles", "typed"}
