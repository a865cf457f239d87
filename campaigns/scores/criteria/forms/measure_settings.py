"""What the form of a measure holds for each kind: settings one by one, and rows of bands or grades."""

from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from campaigns.scores.scoring.language import translated
from campaigns.scores.scoring.measures import titles

_translated = lazy(translated, str)
TITLES = {name: _translated(title) for name, title in titles.TITLES.items()}


@dataclass(frozen=True)
class Setting:
    """A setting of a kind: words, number, tick, day of the year, or one of choices, of which one is usual."""

    name: str
    label: str
    kind: str = "number"
    help_text: str = ""
    choices: tuple = ()
    usual: str = ""


def _text(name, label, help_text=""):
    return Setting(name, label, "text", help_text)


UNIT = _text("unit", _("Đơn vị tính của số liệu"), _("Ví dụ: văn bản, hồ sơ, %"))
PLAN = Setting(
    "plan",
    TITLES["plan"],
    help_text=_("Để trống: mỗi đơn vị ghi kế hoạch của mình."),
)
SMALL = Setting(
    "allow_below_one",
    TITLES["allow_below_one"],
    "tick",
    _("Không đánh dấu: 0,9 hoặc 1 ở ô tính theo % được hỏi lại, vì thường là ghi nhầm tỷ số."),
)
CLASSES = (
    _text(
        "class_label",
        TITLES["class_label"],
        _("Chỉ ghi khi mức điểm khác nhau theo quy mô, ví dụ: Số hồ sơ tiếp nhận."),
    ),
    _text("class_unit", TITLES["class_unit"]),
)
SETTINGS = {
    "ratio": (
        UNIT,
        SMALL,
        PLAN,
        Setting("limit_percent", TITLES["limit_percent"], help_text=_("Thường là 100.")),
        Setting("per_percent", TITLES["per_percent"], help_text=_("Để trống: điểm × thực hiện / kế hoạch.")),
        Setting("from_percent", _("Dưới bao nhiêu % thì không có điểm")),
    ),
    "inverse": (UNIT, SMALL, PLAN, Setting("limit_percent", TITLES["limit_percent"])),
    "bands": (
        Setting(
            "of",
            TITLES["of"],
            "choice",
            choices=(
                ("share", _("Một phần trên tổng số; hệ thống tính ra %")),
                ("value", _("Một con số")),
            ),
            usual="value",
        ),
        UNIT,
        SMALL,
        Setting("may_exceed", TITLES["may_exceed"], "tick"),
        *CLASSES,
    ),
    "backlog": (UNIT, *CLASSES),
    "lateness": (
        Setting(
            "of",
            TITLES["of"],
            "choice",
            choices=(("dates", _("Ngày thực hiện")), ("days", _("Số ngày chậm"))),
            usual="dates",
        ),
        Setting(
            "due",
            TITLES["due"],
            "due",
            _("Ngày/tháng, ví dụ 31/01. Để trống: ghi hạn cùng số liệu."),
        ),
        Setting("due_next_year", TITLES["due_next_year"], "tick"),
    ),
    "yes-no": (Setting("no", TITLES["no"]),),
    "graded": (),
    "per-case": (
        _text("unit", _("Mỗi"), _("Ví dụ: trường hợp, bài, xã")),
        Setting("free", TITLES["free"]),
    ),
    "above-plan": (
        UNIT,
        SMALL,
        PLAN,
        Setting(
            "percent_of_maximum",
            TITLES["percent_of_maximum"],
            help_text=_("Ghi ô này hoặc ô Điểm."),
        ),
        Setting("from_percent", _("Tính từ trên bao nhiêu %"), help_text=_("Để trống: 100.")),
        Setting("step_percent", TITLES["step_percent"], help_text=_("Để trống: 1.")),
        Setting("whole_steps", TITLES["whole_steps"], "tick"),
        Setting("at_once", TITLES["at_once"]),
        Setting("cap_percent", TITLES["cap_percent"]),
    ),
    "target-and-best": (
        UNIT,
        SMALL,
        Setting(
            "plan",
            _("Chỉ tiêu ấn định"),
            help_text=_("Để trống: mỗi đơn vị ghi chỉ tiêu của mình. Ghi 0: không giao chỉ tiêu."),
        ),
    ),
    "manual": (Setting("lowest", _("Điểm thấp nhất")),),
    "disqualification": (_text("verdict", TITLES["verdict"], _("Để trống: không xét.")),),
    "note": (),
}
CLASS = Setting("class_from", _("Nhóm từ"))
POINTS = Setting("points", TITLES["points"])
BANDS = (
    CLASS,
    Setting("from", TITLES["from"]),
    Setting("above", TITLES["above"], "tick"),
    POINTS,
)
ROWS = {
    "bands": BANDS,
    "backlog": BANDS,
    "lateness": (Setting("up_to", TITLES["up_to"]), POINTS),
    "graded": (
        _text("grade", TITLES["grade"]),
        _text("label", _("Tên gọi")),
        POINTS,
        Setting("percent", TITLES["percent"]),
    ),
}
ROW_HELP = {
    "bands": _("Mức cao ghi trước. Dòng để trống ô Từ là điểm của các trường hợp còn lại."),
    "backlog": _("Tỷ lệ cao ghi trước. Dòng để trống ô Từ là điểm của các trường hợp còn lại."),
    "lateness": _("0 là đúng hạn, -3 là sớm 3 ngày. Dòng để trống ô đầu là các trường hợp còn lại."),
    "graded": _("Mỗi loại ghi số điểm hoặc số % điểm."),
}
