"""Small tables in the ways of officials, each with a trap: rows below their header."""

NO_CODES = [
    ["Nội dung", "Điểm chuẩn"],
    ["Công tác chuyên môn", 60],
    ["Công tác Đảng, đoàn thể", 20],
    ["Phong trào thi đua", 15],
    ["Tổng hợp, báo cáo", 5],
]
SOME_CODES = [
    ["STT", "Nội dung", "Điểm chuẩn"],
    [None, "Công tác chuyên môn", 60],
    [1, "Công tác tuyên truyền", 20],
    [None, "Phong trào thi đua", 20],
]
THREE_LEVELS = [
    ["STT", "Tiêu chí", "Điểm chuẩn"],
    ["I", "Phần một", 100],
    ["1", "Nhóm", 100],
    ["a", "Tiểu nhóm", 60],
    ["a1", "Việc A", 20],
    ["a2", "Việc B", 40],
    ["b", "Tiểu nhóm hai", 40],
    ["b1", "Việc C", 40],
]
CONTINUOUS = [
    ["STT", "Tiêu chí", "Điểm chuẩn"],
    ["I", "Phần một", 60],
    ["1.", "Nhóm thứ nhất", 30],
    ["1", "Việc A", 10],
    ["2", "Việc B", 20],
    ["2.", "Nhóm thứ hai", 30],
    ["3", "Việc C", 30],
    ["II", "Phần hai", 40],
    ["1.", "Nhóm thứ nhất", 40],
    ["4", "Việc D", 25],
    ["5", "Việc Đ", 15],
]
SUM_ON_HEAD = [
    ["STT", "Tiêu chí", "Điểm chuẩn", "Điểm thưởng", "Điểm trừ"],
    ["I", "Nhiệm vụ", 10, None, None],
    ["1", "Việc được giao", 10, 2, -1.5],
    ["1.1", "Mỗi việc thêm", None, 1, None],
    ["1.2", "Việc nổi bật", None, 2, None],
    ["1.3", "Mỗi việc chậm", None, None, -0.5],
]
LETTERS = [
    ["STT", "Tiêu chí", "Điểm chuẩn"],
    *[
        row
        for letter in "cdđ"
        for row in ([letter, f"Mục {letter}", 10], [f"{letter}.1", "Việc", 4], [f"{letter}.2", "Việc nữa", 6])
    ],
]
UNITS_DOWN = [
    ["Đơn vị", "Công tác chuyên môn", "Phong trào thi đua"],
    ["Tổng cục Một", 55, 40],
    ["Công ty Hai", 50, 38],
    ["Cục Ba", 45, 30],
]
UNITS_DOWN_NUMBERED = [
    ["TT", *UNITS_DOWN[0]],
    *[[number, *row] for number, row in enumerate(UNITS_DOWN[1:], 1)],
]
CRITERIA_DOWN = [
    ["Nội dung", "Tổng cục Một", "Công ty Hai", "Cục Ba"],
    ["Công tác chuyên môn", 55, 50, 45],
    ["Phong trào thi đua", 40, 38, 30],
]
OWN = [["Nội dung", "Điểm tự chấm"], ["Công tác chuyên môn", 55], ["Phong trào thi đua", 40]]
HIDDEN = [
    ["STT", "Tiêu chí", "Điểm chuẩn"],
    ["1", "Việc A", 60],
    ["2", "Việc cũ đã bỏ", 30],
    ["3", "Việc B", 40],
]
TWO_ROW_HEAD = [
    ["STT", "Tiêu chí", "Điểm chuẩn", "Đánh giá", None],
    [None, None, None, "Lần 1", "Lần 2"],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
    ["1", "Việc A", 60, None, None],
    ["2", "Việc B", 40, None, None],
]
