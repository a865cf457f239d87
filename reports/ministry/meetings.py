"""The meetings of the demonstration ministry: last year's with all that came of them, this year's planned."""

from datetime import date, time, timedelta

from campaigns.models import AgendaItem, Attendance, Meeting, Statement, Task
from reports.ministry.building import words

Kind, Presence, Capacity = Meeting.Kind, Attendance.Presence, Attendance.Capacity
GUESTS = [
    ("Lãnh đạo Bộ", Capacity.MINISTRY),
    ("Đại diện Vụ Thi đua - Khen thưởng", Capacity.DEPARTMENT),
    ("Khách mời", Capacity.GUEST),
]


def held(builder, group):
    """Add last year's meetings of a bloc; answers its year-end conference."""
    day = group.conference_day
    year = group.before.year.code
    leads = group.leads_before
    _meeting(
        builder, group.before, leads, Kind.ACTIVITY, "Ngày hội giao lưu văn nghệ, thể thao", _month(day, 5)
    )
    mid_year = _meeting(
        builder, group.before, leads, Kind.MID_YEAR, f"Hội nghị sơ kết giữa năm {year}", _month(day, 7)
    )
    _attendance(builder, mid_year, group, Presence.PRESENT)
    preparatory = _meeting(
        builder,
        group.before,
        leads,
        Kind.PREPARATORY,
        f"Họp trù bị Hội nghị tổng kết năm {year}",
        day - timedelta(7),
    )
    builder.add(
        Statement(
            meeting=preparatory,
            kind=Statement.Kind.CONCLUSION,
            speaker=leads.head.full_name,
            speaker_title=leads.head_title,
            text="Thống nhất dự kiến nội dung, nhân sự trình Hội nghị; không công bố trước Hội nghị.",
        )
    )
    conference = _conference(builder, group, group.before, leads, day)
    _agenda(builder, conference, group, held=True)
    _attendance(builder, conference, group, Presence.PRESENT)
    _statements(builder, conference, group)
    _tasks(builder, conference, group)
    return conference


def planned(builder, group):
    """Add this year's meetings of a bloc: days, agenda and expected guests, nothing that came of them."""
    day = group.conference_day.replace(year=builder.year)
    leads = group.leads
    year = group.now.year.code
    _meeting(builder, group.now, leads, Kind.ACTIVITY, "Ngày hội giao lưu văn nghệ, thể thao", _month(day, 5))
    if group.bloc.place % 3:
        _meeting(builder, group.now, leads, Kind.MID_YEAR, f"Hội nghị sơ kết giữa năm {year}", _month(day, 7))
    title = f"Họp trù bị Hội nghị tổng kết năm {year}"
    _meeting(builder, group.now, leads, Kind.PREPARATORY, title, day - timedelta(7))
    conference = _conference(builder, group, group.now, leads, day)
    _agenda(builder, conference, group, held=False)
    _attendance(builder, conference, group, Presence.EXPECTED)


def _month(day, month):
    return date(day.year, month, day.day)


def _conference(builder, group, bloc_year, leads, day):
    title = f"Hội nghị tổng kết công tác thi đua, khen thưởng năm {bloc_year.year.code}"
    return _meeting(builder, bloc_year, leads, Kind.YEAR_END, title, day)


def _meeting(builder, bloc_year, leads, kind, title, day):
    meeting = Meeting(
        bloc_year=bloc_year,
        kind=kind,
        title=title,
        first_day=day,
        last_day=day,
        place_name=f"Hội trường {leads.name}",
        host=leads.unit,
    )
    if kind != Kind.ACTIVITY:
        meeting.starts_at, meeting.ends_at = time(8), time(11, 30)
        meeting.chair_name, meeting.chair_title = leads.head.full_name, leads.head_title
        meeting.secretary_name, meeting.secretary_title = leads.secretary.full_name, "Thư ký Khối"
    return builder.add(meeting)


def _agenda(builder, meeting, group, *, held):
    """The agenda of a conference, with what came of each item where it was held."""
    year = int(meeting.bloc_year.year.code)
    filled = {"year": year, "next": year + 1, "leader": group.leads.name, "deputy": group.deputy.name}
    presenters = dict.fromkeys(["direction", "exemplars"], "Lãnh đạo Bộ")
    presenters |= dict.fromkeys(["report", "scores", "pledge"], meeting.secretary_name)
    for place, (kind, title, outcome) in enumerate(words()["year"]["agenda"], start=1):
        minutes = 8 * 60 + 20 * (place - 1)
        builder.add(
            AgendaItem(
                meeting=meeting,
                place=place,
                kind=kind,
                title=title.format(**filled),
                starts_at=time(*divmod(minutes, 60)),
                presenter=presenters.get(kind, meeting.chair_name),
                outcome=outcome.format(**filled) if held else "",
            )
        )


def _attendance(builder, meeting, group, presence):
    """Guests from outside the bloc, known by their office, then the head of each unit."""
    for place, (title, capacity) in enumerate(GUESTS, start=1):
        builder.add(
            Attendance(
                meeting=meeting,
                place=place,
                title=title,
                capacity=capacity,
                presence=presence,
                is_invited=True,
            )
        )
    for place, member in enumerate(group.members, start=len(GUESTS) + 1):
        builder.add(
            Attendance(
                meeting=meeting,
                place=place,
                address_form=member.head.address_form,
                name=member.head.full_name,
                title=f"{member.head_title} {member.name}",
                unit=member.unit,
                capacity=Capacity.MEMBER,
                presence=presence,
                is_invited=True,
            )
        )


def _statements(builder, meeting, group):
    speakers = {
        "leader": (meeting.chair_name, meeting.chair_title),
        "member": (group.deputy.head.full_name, group.deputy.head_title),
        "department": ("", "Đại diện Vụ Thi đua - Khen thưởng"),
    }
    for place, (kind, who, text) in enumerate(words()["year"]["statements"], start=1):
        speaker, title = speakers[who]
        builder.add(
            Statement(
                meeting=meeting,
                place=place,
                kind=kind,
                speaker=speaker,
                speaker_title=title,
                text=text.format(next=builder.year, next_leader=group.leads.name),
                is_request=kind == Statement.Kind.DEPARTMENT,
            )
        )


def _tasks(builder, meeting, group):
    """What the conclusions ask of units in the year that follows; one thing is done."""
    for place, text in enumerate(words()["year"]["tasks"], start=1):
        done = place == 1
        builder.add(
            Task(
                meeting=meeting,
                place=place,
                text=text.format(next=builder.year),
                unit=builder.one_of(group.members).unit,
                due=date(builder.year, 3 * place, 30),
                done_on=date(builder.year - 1, 12, 30) if done else None,
                result="Đã gửi." if done else "",
            )
        )
