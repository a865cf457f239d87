"""What the settings of measures are called: on the form of a measure, and where a fault is told of one."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "above": _("Phải cao hơn mức này"),
    "allow_below_one": _("Số liệu có thể từ 1% trở xuống"),
    "at_once": _("Điểm được cộng ngay khi vượt kế hoạch"),
    "cap_percent": _("Tối đa bao nhiêu % điểm chuẩn"),
    "class_by": _("Số liệu để chia nhóm"),
    "class_label": _("Chia nhóm theo"),
    "class_unit": _("Đơn vị tính của nhóm"),
    "due": _("Hạn trong năm"),
    "due_next_year": _("Hạn thuộc năm sau"),
    "figures_of": _("Lấy số liệu của"),
    "free": _("Số trường hợp đầu không tính"),
    "from": _("Từ"),
    "from_percent": _("Tính từ bao nhiêu %"),
    "grade": _("Loại"),
    "labels": _("Tên của số liệu"),
    "limit_percent": _("Tính nhiều nhất đến bao nhiêu %"),
    "may_exceed": _("Có thể trên 100%"),
    "no": _("Điểm khi trả lời không"),
    "of": _("Số liệu ghi"),
    "only_if": _("Chỉ tính khi có"),
    "per_percent": _("Điểm cho mỗi 1%"),
    "percent": _("Hoặc % điểm"),
    "percent_of_maximum": _("Mỗi bước được bao nhiêu % điểm chuẩn"),
    "plan": _("Kế hoạch ấn định"),
    "points": _("Điểm"),
    "shares": _("Số liệu dùng chung"),
    "step_percent": _("Mỗi bước là bao nhiêu %"),
    "unless": _("Không tính khi có"),
    "up_to": _("Chậm đến (ngày)"),
    "verdict": _("Kết luận"),
    "whole_steps": _("Chỉ tính bước tròn"),
}


def titled(name):
    """A setting as the form calls it, with its key in a file in brackets; one without a title by its key."""
    return f"{TITLES[name]} [{name}]" if name in TITLES else name
