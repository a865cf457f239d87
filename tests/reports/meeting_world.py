"""A bloc's year-end conference with few or many people, items and tasks, all made up."""

from datetime import date, time

from tests import factories as make

DAY = date(2020, 12, 15)
NAMES = ["Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Vũ Văn Giang", "Đỗ Thị Hạnh", "Bùi Văn Khang"]
ITEMS = [
    ("opening", "Khai mạc, giới thiệu đại biểu", "Viện trưởng Viện Một"),
    ("report", "Báo cáo tổng kết năm 2020", "Viện trưởng Viện Một"),
    ("discussion", "Thảo luận", ""),
    ("direction", "Phát biểu chỉ đạo", "Ông Hoàng Văn Lâm, Thứ trưởng"),
    ("vote", "Suy tôn đơn vị dẫn đầu", "Thư ký Khối"),
    ("exemplars", "Biểu dương điển hình tiên tiến", "Ông Hoàng Văn Lâm"),
    ("election", "Bầu Khối trưởng, Khối phó năm 2021", "Thư ký Khối"),
    ("pledge", "Ký giao ước thi đua năm 2021", ""),
    ("closing", "Bế mạc", "Viện trưởng Viện Một"),
]


def conference(leader, **fields):
    """The year-end conference of a leader's bloc, with its day, place, chair and secretary."""
    known = {
        "kind": "year-end",
        "title": "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020",
        "first_day": DAY,
        "last_day": DAY,
        "starts_at": time(8, 30),
        "ends_at": time(11, 45),
        "place_name": "trụ sở Viện Một, Hà Nội",
        "chair_name": "Đinh Hữu A",
        "chair_title": "Viện trưởng Viện Một",
        "secretary_name": "Ngô Thị Minh",
        "secretary_title": "Chánh Văn phòng Viện Một",
        "host": leader.unit,
    }
    return make.MeetingFactory(bloc_year=leader.bloc_year, **known | fields)


def fill(meeting, units, long=False):
    """Agenda, people of these units with those above them, statements and tasks."""
    for place, (kind, title, presenter) in enumerate(ITEMS, start=1):
        make.AgendaItemFactory(
            meeting=meeting,
            place=place,
            kind=kind,
            title=title * (4 if long else 1),
            presenter=presenter,
            starts_at=time(8, 30 + 3 * place),
            outcome=f"Hội nghị đã thông qua nội dung {place}.",
        )
    attend(meeting, 1, "ministry", "Hoàng Văn Lâm", "Thứ trưởng", address_form="Ông")
    attend(meeting, 2, "guest", "", "Đại diện cơ quan báo chí")
    for place, unit in enumerate(units, start=3):
        name = NAMES[place % len(NAMES)]
        form = "Bà" if " Thị " in name else "Ông"
        attend(meeting, place, "member", name, "Viện trưởng", unit=unit, address_form=form)
    texts = ["Thống nhất phương hướng, nhiệm vụ năm 2021", "Các đơn vị gửi kế hoạch đúng hạn"]
    for place, text in enumerate(texts, start=1):
        make.StatementFactory(meeting=meeting, place=place, kind="conclusion", text=text)
    make.StatementFactory(
        meeting=meeting,
        place=3,
        kind="direction",
        speaker="Hoàng Văn Lâm",
        speaker_title="Thứ trưởng",
        text="Khối nhân rộng điển hình tiên tiến." * (20 if long else 1),
        is_request=True,
    )
    for place, unit in enumerate([*units[:1], None] * (8 if long else 1), start=1):
        make.TaskFactory(
            meeting=meeting,
            place=place,
            text=f"Nhiệm vụ thứ {place} của năm 2021" * (6 if long else 1),
            unit=unit,
            due=date(2021, 3, 31) if unit else None,
        )
    return meeting


def attend(meeting, place, capacity, name, title, **fields):
    """Somebody at the meeting, invited where named."""
    return make.AttendanceFactory(
        meeting=meeting,
        place=place,
        capacity=capacity,
        name=name,
        title=title,
        is_invited=bool(name),
        **fields,
    )


def member_units(bloc_year, number):
    """So many units of the bloc, seated, the last made first in the decree's order."""
    units = []
    for position in range(number):
        state = make.UnitStateFactory(
            official_name=f"Viện Mẫu {position + 1:02d}",
            decree_place=100 - position,
            symbol=f"VM{position + 1}",
        )
        make.SeatFactory(bloc_year=bloc_year, unit=state.unit)
        units.append(state.unit)
    return units
