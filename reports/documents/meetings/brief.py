"""Phiếu thông tin cho người chủ trì: two pages of A4, read in two minutes.

What somebody typed at length is shortened and long lists are counted, so that it stays two pages.
"""

from django.utils.translation import gettext_lazy as _

from blocs import notation
from campaigns.models import AgendaItem, Observation, Statement
from reports.blocks import Bullets, Column, Paragraph, Section, Table
from reports.documents.meetings.shared import paper, printed, unknown
from reports.documents.phrases import decapitalised, joined, shortened

Kind = AgendaItem.Kind
DECIDED = [Kind.SCORES, Kind.VOTE, Kind.EXEMPLARS, Kind.ELECTION, Kind.PLEDGE]
MOST_ITEMS, MOST_TASKS, MOST_DECISIONS, MOST_POINTS = 10, 4, 6, 3
NAME, SHORT, LONG = 45, 70, 140  # characters: of a narrow cell, of a wide one, of two lines


def build(facts, edition, stage):
    """The brief: what, when, who, in which order; what is decided, was concluded before, is expected."""
    return paper(
        facts,
        BRIEF,
        stage,
        type_name="PHIẾU THÔNG TIN",
        subject="Dành cho người chủ trì",
        body=[
            overview(facts),
            Section("Trình tự", tuple(order(facts)), key="order"),
            Section("Nội dung cần quyết định", tuple(decisions(facts)), key="decisions"),
            Section("Kết luận lần trước và tình hình thực hiện", tuple(before(facts)), key="before"),
            Section("Điều Khối mong đợi", tuple(expected(facts)), key="expected"),
        ],
    )


def overview(facts):
    """What, when, where, who, in one table."""
    meeting = facts.meeting
    people = "; ".join(f"{str(rank).lower()}: {notation.count(len(rows))}" for rank, rows in facts.ranks)
    rows = [
        ("Việc", shortened(meeting.title, LONG)),
        ("Khối", f"{shortened(facts.bloc_year.name, LONG)}: {notation.count(len(facts.members))} đơn vị"),
        ("Thời gian", facts.when),
        ("Địa điểm", shortened(meeting.place_name, SHORT)),
        ("Chủ trì", shortened(facts.chair, SHORT)),
        ("Thư ký", shortened(facts.secretary, SHORT)),
        ("Thành phần", people),
    ]
    return Table((Column("Mục", 2.4), Column("Nội dung", 12)), tuple(row for row in rows if row[1]))


def order(facts):
    """The programme with who speaks; long ones are cut."""
    if not facts.agenda:
        yield unknown(facts, "chương trình", "#agenda")
        return
    shown = facts.agenda[:MOST_ITEMS]
    yield Table(
        (
            Column("TT", 1, "center"),
            Column("Giờ", 2.4, "center"),
            Column("Nội dung", 8),
            Column("Người thực hiện", 4.5),
        ),
        tuple(
            (
                str(position),
                notation.clock(item.starts_at) if item.starts_at else None,
                shortened(item.title, SHORT),
                shortened(item.presenter, NAME) or None,
            )
            for position, item in enumerate(shown, start=1)
        ),
    )
    yield from counted_rest(len(facts.agenda) - len(shown), "nội dung khác trong chương trình")


def decisions(facts):
    """What the meeting settles, with what lies before it."""
    points = [f"{shortened(item.title, SHORT)}" for item in facts.agenda if item.kind in DECIDED]
    if facts.nominations:
        words = joined(
            f"{notation.count(len(rows))} {award.name(facts.day, authority=facts.root)}"
            for award, rows in facts.nominations_by_award
        )
        points.append(f"Dự kiến đề nghị khen thưởng: {shortened(words, LONG)}")
    if facts.exemplars:
        points.append(f"Dự kiến biểu dương {notation.count(len(facts.exemplars))} điển hình tiên tiến")
    named = [seat for seat in facts.next_seats if seat.unit]
    if named:
        words = "; ".join(f"{seat.role_label}: {seat.unit.short_name(facts.day)}" for seat in named)
        points.append(f"Dự kiến nhân sự năm {facts.next_year}: {shortened(words, LONG)}")
    if not points:
        return [unknown(facts, "nội dung cần quyết định", "#agenda")]
    return [
        dashed(points[:MOST_DECISIONS]),
        *counted_rest(len(points) - MOST_DECISIONS, "nội dung khác cần quyết định"),
    ]


def before(facts):
    """Last year's conclusions and tasks: done, under way, late."""
    conference = facts.last_conference
    if conference is None:
        return [Paragraph.plain("Chưa có dữ liệu về Hội nghị năm trước.")]
    tasks = list(conference.tasks.all())
    if not tasks:
        said = [each.text for each in conference.statements.all() if each.kind == Statement.Kind.CONCLUSION]
        if not said:
            return [Paragraph.plain("Hội nghị năm trước không ghi kết luận giao nhiệm vụ.")]
        return [dashed([shortened(text, LONG) for text in said[:MOST_POINTS]])]
    done = sum(task.done_on is not None for task in tasks)
    shown = sorted(tasks, key=lambda task: task.done_on is not None)[:MOST_TASKS]
    return [
        Paragraph.plain(
            f"Đã xong {notation.count(done)}/{notation.count(len(tasks))} nhiệm vụ theo kết luận."
        ),
        Table(
            (Column("Nhiệm vụ", 8), Column("Đơn vị", 4), Column("Tình hình", 4)),
            tuple(
                (
                    shortened(task.text, SHORT),
                    shortened(task.unit.short_name(facts.day), NAME) if task.unit else "Các đơn vị",
                    state_of(facts, task),
                )
                for task in shown
            ),
        ),
        *counted_rest(len(tasks) - len(shown), "nhiệm vụ khác"),
    ]


def state_of(facts, task):
    """How far a task is on the meeting's day."""
    if task.done_on:
        return f"Xong ngày {notation.day(task.done_on)}"
    if task.due is None:
        return "Đang thực hiện"
    return f"{'Quá hạn' if task.due < facts.day else 'Hạn'} {notation.day(task.due)}"


def expected(facts):
    """What the bloc asks for, and where the chair has the floor."""
    chair = facts.meeting.chair_name
    own = "; ".join(item.title for item in facts.agenda if chair and chair in item.presenter)
    points = [f"Phần việc của người chủ trì: {shortened(decapitalised(own), LONG)}"] if own else []
    points += [shortened(each.text, LONG) for each in facts.observations[Observation.Kind.RECOMMENDATION]]
    if not points:
        points = [f"Kết luận {facts.word} và giao nhiệm vụ cho các đơn vị, có thời hạn"]
    return [dashed(points[:MOST_POINTS])]


def dashed(points):
    """A list with dashes; each point ends in a full stop."""
    return Bullets(tuple(Paragraph.plain(f"{point.rstrip(' .;')}.") for point in points))


def counted_rest(number, what):
    """How many more there are than are shown."""
    if number > 0:
        yield Paragraph.plain(f"Còn {notation.count(number)} {what}.", "note")


BRIEF = printed("brief", _("Phiếu thông tin cho người chủ trì"), build, "phieu-thong-tin")
