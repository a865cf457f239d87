"""What the settings of measures are called: on the form of a measure, and where a fault is told of one."""

from campaigns.scores.scoring.language import gettext_noop, translated

TITLES = {
    "above": gettext_noop("Phải cao hơn mức này"),
    "allow_below_one": gettext_noop("Số liệu có thể từ 1% trở xuống"),
    "at_once": gettext_noop("Điểm được cộng ngay khi vượt kế hoạch"),
    "cap_percent": gettext_noop("Tối đa bao nhiêu % điểm chuẩn"),
    "class_by": gettext_noop("Số liệu để chia nhóm"),
    "class_label": gettext_noop("Chia nhóm theo"),
    "class_unit": gettext_noop("Đơn vị tính của nhóm"),
    "due": gettext_noop("Hạn trong năm"),
    "due_next_year": gettext_noop("Hạn thuộc năm sau"),
    "figures_of": gettext_noop("Lấy số liệu của"),
    "free": gettext_noop("Số trường hợp đầu không tính"),
    "from": gettext_noop("Từ"),
    "from_percent": gettext_noop("Tính từ bao nhiêu %"),
    "grade": gettext_noop("Loại"),
    "labels": gettext_noop("Tên của số liệu"),
    "limit_percent": gettext_noop("Tính nhiều nhất đến bao nhiêu %"),
    "may_exceed": gettext_noop("Có thể trên 100%"),
    "no": gettext_noop("Điểm khi trả lời không"),
    "of": gettext_noop("Số liệu ghi"),
    "only_if": gettext_noop("Chỉ tính khi có"),
    "per_percent": gettext_noop("Điểm cho mỗi 1%"),
    "percent": gettext_noop("Hoặc % điểm"),
    "percent_of_maximum": gettext_noop("Mỗi bước được bao nhiêu % điểm chuẩn"),
    "plan": gettext_noop("Kế hoạch ấn định"),
    "points": gettext_noop("Điểm"),
    "shares": gettext_noop("Số liệu dùng chung"),
    "step_percent": gettext_noop("Mỗi bước là bao nhiêu %"),
    "unless": gettext_noop("Không tính khi có"),
    "up_to": gettext_noop("Chậm đến (ngày)"),
    "verdict": gettext_noop("Kết luận"),
    "whole_steps": gettext_noop("Chỉ tính bước tròn"),
}


def titled(name):
    """A setting as the form calls it, with its key in a file in brackets; one without a title by its key."""
    return f"{translated(TITLES[name])} [{name}]" if name in TITLES else name
