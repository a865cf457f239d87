"""The usual agenda of each kind of meeting, what is usually written of its items, votes by hands in words.

What stands here goes into minutes, which have one language.
"""

from fractions import Fraction

from blocs import notation
from campaigns.models import AgendaItem, Meeting

Kind = AgendaItem.Kind
USUAL_TITLES = {
    Meeting.Kind.YEAR_END: "Hội nghị tổng kết công tác thi đua, khen thưởng năm {year}",
    Meeting.Kind.MID_YEAR: "Hội nghị sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm {year}",
    Meeting.Kind.PREPARATORY: "Họp trù bị Hội nghị tổng kết năm {year}",
    Meeting.Kind.ELECTION: "Họp bầu {leader}, {deputy} năm {next}",
    Meeting.Kind.EXEMPLAR: "Hội nghị điển hình tiên tiến năm {year}",
    Meeting.Kind.ACTIVITY: "",
    Meeting.Kind.SIGNING: "Ký giao ước thi đua năm {year}",
}
OPENING = (Kind.OPENING, "Khai mạc, tuyên bố lý do, giới thiệu đại biểu")
DISCUSSION = (Kind.DISCUSSION, "Tham luận, ý kiến của các đơn vị")
DEPARTMENT = (Kind.DIRECTION, "Phát biểu của đơn vị thường trực thi đua, khen thưởng")
SCORES = (Kind.SCORES, "Thông qua kết quả chấm điểm, xếp hạng")
VOTE = (Kind.VOTE, "Bình xét, đề nghị tặng Cờ thi đua và các hình thức khen thưởng")
ELECTION = (Kind.ELECTION, "Bầu {leader}, {deputy} năm {next}")
CLOSING = (Kind.CLOSING, "Bế mạc")
# The order of the year-end conference is the one that blocs keep; the others follow it.
USUAL_AGENDAS = {
    Meeting.Kind.YEAR_END: [
        OPENING,
        (Kind.REPORT, "Báo cáo tổng kết năm {year}; phương hướng, nhiệm vụ năm {next}"),
        SCORES,
        DISCUSSION,
        DEPARTMENT,
        (Kind.DIRECTION, "Phát biểu chỉ đạo của lãnh đạo bộ"),
        VOTE,
        (Kind.EXEMPLARS, "Biểu dương điển hình tiên tiến"),
        ELECTION,
        (Kind.PLEDGE, "Trình bày và ký giao ước thi đua năm {next}"),
        CLOSING,
    ],
    Meeting.Kind.MID_YEAR: [
        OPENING,
        (Kind.REPORT, "Báo cáo sơ kết 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm {year}"),
        DISCUSSION,
        DEPARTMENT,
        CLOSING,
    ],
    Meeting.Kind.PREPARATORY: [
        (Kind.SCORES, "Rà soát, thống nhất kết quả chấm điểm, xếp hạng"),
        (Kind.VOTE, "Dự kiến đề nghị Cờ thi đua và các hình thức khen thưởng"),
        (Kind.ELECTION, "Giới thiệu {leader}, {deputy} năm {next}"),
        (Kind.OTHER, "Chương trình, phân công chuẩn bị Hội nghị tổng kết"),
    ],
    Meeting.Kind.ELECTION: [OPENING, ELECTION, CLOSING],
    Meeting.Kind.EXEMPLAR: [
        OPENING,
        (Kind.REPORT, "Báo cáo công tác phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến"),
        (Kind.EXEMPLARS, "Giao lưu, biểu dương điển hình tiên tiến"),
        CLOSING,
    ],
    Meeting.Kind.ACTIVITY: [],
    Meeting.Kind.SIGNING: [
        OPENING,
        (Kind.PLEDGE, "Trình bày và ký giao ước thi đua năm {year}"),
        CLOSING,
    ],
}
VOTED = (Kind.SCORES, Kind.VOTE, Kind.ELECTION)  # decided by hands
CHOSEN = (*VOTED, Kind.PLEDGE)  # taken for granted by nobody: whoever records it chooses
NOT_DONE = "Không tiến hành nội dung này."
USUAL_OUTCOMES = {
    Kind.OPENING: ["Đã khai mạc, giới thiệu đại biểu."],
    Kind.REPORT: [
        "Hội nghị nhất trí thông qua báo cáo{present}.",
        "Thông qua báo cáo, có bổ sung theo ý kiến tại hội nghị.",
        "Chưa thông qua; chỉnh sửa và gửi lại các đơn vị.",
    ],
    Kind.SCORES: ["Thông qua kết quả chấm điểm, xếp hạng.", "Giao rà soát lại kết quả chấm điểm."],
    Kind.DISCUSSION: ["Các đơn vị nhất trí với báo cáo.", "Các đơn vị đã tham luận, góp ý."],
    Kind.DIRECTION: ["Đã phát biểu.", "Khối tiếp thu ý kiến chỉ đạo."],
    Kind.VOTE: ["Thống nhất đề nghị khen thưởng.", "Chưa thống nhất; lấy ý kiến bằng văn bản."],
    Kind.EXEMPLARS: ["Đã biểu dương điển hình tiên tiến."],
    Kind.ELECTION: ["Đã bầu {leader}, {deputy} năm {next}.", "Chưa bầu; lấy ý kiến sau."],
    Kind.PLEDGE: ["Đã ký giao ước thi đua năm {next}.", "Chưa ký giao ước."],
    Kind.CLOSING: ["Đã bế mạc."],
    Kind.OTHER: ["Hội nghị nhất trí.", "Giao thực hiện theo kết luận."],
}


def usual_title(bloc_year, kind):
    """What a meeting of a kind is usually called; an activity has no usual name."""
    return USUAL_TITLES[kind].format(**_words(bloc_year))


def usual_agenda(meeting):
    """The items, not saved yet, that a meeting of this kind usually has, in their order."""
    words = _words(meeting.bloc_year)
    return [
        AgendaItem(meeting=meeting, place=place, kind=kind, title=title.format(**words))
        for place, (kind, title) in enumerate(USUAL_AGENDAS[meeting.kind], 1)
    ]


def usual_outcomes(item, bloc_year, present):
    """What is usually written of an item, the likeliest first; `present` units can vote."""
    units = f" ({present}/{present} đơn vị có mặt)" if present else ""
    words = _words(bloc_year) | {"present": units}
    return [each.format(**words) for each in (*USUAL_OUTCOMES[item.kind], NOT_DONE)]


def hand_vote(agreed, against, abstained):
    """The result of a vote by hands, with its ratio among those present."""
    present = agreed + against + abstained
    share = notation.percent(Fraction(agreed, present))
    said = [f"Biểu quyết giơ tay: {agreed}/{present} đơn vị đồng ý ({share})"]
    said += [f"{against}/{present} không đồng ý"] if against else []
    said += [f"{abstained}/{present} không có ý kiến"] if abstained else []
    return ", ".join(said) + "."


def _words(bloc_year):
    return {
        "year": bloc_year.year.code,
        "next": bloc_year.year.next_code,
        "leader": bloc_year.leader_label,
        "deputy": bloc_year.deputy_label,
    }
