"""Thông báo kết luận: what a meeting concluded, and who does what until when."""

from django.utils.translation import gettext_lazy as _

from blocs import notation
from campaigns.models import Statement
from reports.blocks import Bullets, Column, Paragraph, Section, Table
from reports.documents.blocs import leaders_signature
from reports.documents.meetings.shared import issued, later, paper, unknown
from reports.documents.phrases import paragraphs, spoken_by

TASKS = (
    Column("TT", 1, "center"),
    Column("Nội dung", 8),
    Column("Đơn vị thực hiện", 4.5),
    Column("Hạn", 2.6, "center"),
)


def build(facts, edition, stage):
    """The notice: what it rests on, the conclusions, the tasks."""
    return paper(
        facts,
        CONCLUSIONS,
        stage,
        type_name="THÔNG BÁO",
        subject=f"Kết luận tại {facts.meeting.title}",
        body=[
            Paragraph.plain(opening(facts)),
            Section("Kết luận", tuple(conclusion_blocks(facts)), key="conclusions"),
            Section("Ý kiến chỉ đạo, yêu cầu được tiếp thu", tuple(requests(facts)), key="requests"),
            Section("Nhiệm vụ", tuple(task_blocks(facts)), key="tasks"),
            Paragraph(
                "{leader} {bloc} thông báo để các đơn vị biết, tổ chức thực hiện.",
                {"leader": facts.bloc_year.leader_label, "bloc": facts.bloc_year.name},
            ),
        ],
        signatures=(leaders_signature(facts),),
        recipients=("Các đơn vị dự họp" if facts.is_confidential else "Các đơn vị trong Khối", "Lưu: VT"),
    )


def opening(facts):
    """When, where, who chaired, who attended."""
    meeting = facts.meeting
    where = f", tại {meeting.place_name}" if meeting.place_name else ""
    when = notation.period(meeting.first_day, meeting.last_day) if meeting.first_day else ""
    words = f"{when[:1].upper()}{when[1:]}{where}, " if when else ""
    ranks = ", ".join(str(rank).lower() for rank, _rows in facts.ranks)
    told = [
        f"{words}{facts.bloc_year.name} đã tổ chức {meeting.title}.",
        f"Chủ trì {facts.word}: {facts.chair}." if facts.chair else "",
        f"Dự {facts.word} có: {ranks}." if ranks else "",
        f"Sau khi nghe báo cáo và ý kiến của các đại biểu, {facts.word} kết luận như sau:"
        if facts.conclusions
        else "",
    ]
    return " ".join(filter(None, told))


def conclusion_blocks(facts):
    """The conclusions as they were said."""
    if not facts.conclusions:
        return [unknown(facts, "kết luận", "#statements")]
    said = [part for statement in facts.conclusions for part in paragraphs(statement.text)]
    return said if len(said) == 1 else [Bullets(tuple(said))]


def requests(facts):
    """What was asked of the bloc by who may direct it, and taken up."""
    asked = [each for each in facts.spoken if each.is_request and each.kind != Statement.Kind.DISCUSSION]
    for statement in asked:
        first, *others = paragraphs(statement.text)
        yield Paragraph("{who}: {text}", {"who": spoken_by(statement), "text": first.words})
        yield from others


def task_blocks(facts):
    """The tasks with their unit and day."""
    if not facts.tasks:
        return [unknown(facts, "nhiệm vụ theo kết luận", "#tasks")]
    return [
        Table(
            TASKS,
            tuple(
                (
                    str(position),
                    task.text,
                    task.unit.name(facts.day) if task.unit else "Các đơn vị trong Khối",
                    notation.day(task.due) if task.due else None,
                )
                for position, task in enumerate(facts.tasks, start=1)
            ),
            caption="Phân công thực hiện",
        )
    ]


CONCLUSIONS = issued("conclusions", _("Thông báo kết luận"), build, "TB", "ket-luan", awaits=later)
