"""Biên bản: what took place (Nghị định 30/2020/NĐ-CP, Mẫu 1.9), signed by chair and secretary."""

from django.utils.translation import gettext_lazy as _

from blocs import notation
from reports.blocks import Bullets, Figure, Paragraph, Rows, Section, Signature
from reports.documents.meetings.conclusions import conclusion_blocks, task_blocks
from reports.documents.meetings.facts import Capacity, Presence
from reports.documents.meetings.shared import issued, later, line, paper, unknown
from reports.documents.phrases import paragraphs, spoken_by


def build(facts, edition, stage):
    """The minutes in the order of the decree's form."""
    meeting = facts.meeting
    return paper(
        facts,
        MINUTES,
        stage,
        type_name="BIÊN BẢN",
        subject=meeting.title,
        body=[
            line(facts, "Thời gian bắt đầu", facts.when, "thời gian"),
            line(facts, "Địa điểm", meeting.place_name, "nơi tổ chức"),
            Section("Thành phần tham dự", tuple(attendance(facts)), key="attendance"),
            Section("Nội dung", tuple(proceedings(facts)), key="agenda"),
            Section("Ý kiến, phát biểu", tuple(statements(facts)), key="statements"),
            Section("Kết luận", (*conclusion_blocks(facts), *task_blocks(facts)), key="conclusions"),
            ending(facts),
        ],
        signatures=(
            Signature(("THƯ KÝ",), meeting.secretary_name, issuing=False),
            Signature(("CHỦ TỌA",), meeting.chair_name),
        ),
        recipients=("Các đơn vị dự họp" if facts.is_confidential else "Các đơn vị trong Khối", "Lưu: VT"),
    )


def attendance(facts):
    """Chair, secretary, who was there by rank, how many, who was not."""
    yield line(facts, "Chủ trì", facts.chair, "người chủ trì")
    yield line(facts, "Thư ký", facts.secretary, "thư ký")
    present = facts.present()
    if not present:
        yield unknown(facts, "người có mặt", "#attendance")
        return
    for rank, rows in facts.ranks:
        there = [each for each in rows if each.presence == Presence.PRESENT]
        if there:
            yield Paragraph("{rank}:", {"rank": str(rank)})
            yield Bullets(tuple(Paragraph.plain(f"{was_there(facts, each)};") for each in there))
    yield from counts(facts, present)
    absent = facts.present(Presence.ABSENT)
    if absent:
        yield Paragraph("Vắng mặt:")
        yield Bullets(tuple(Paragraph.plain(f"{facts.guest(each)};") for each in absent))


def was_there(facts, attendance):
    """Who was there, and for whom."""
    words = facts.guest(attendance)
    if attendance.replaced_name:
        replaced = ", ".join(filter(None, [attendance.replaced_name, attendance.replaced_title]))
        paper = "có giấy ủy quyền" if attendance.has_authorisation else "không có giấy ủy quyền"
        words += f" (dự thay {replaced}; {paper})"
    return words


def counts(facts, present):
    """How many persons where all are named; how many of the bloc's units where their people are."""
    address = facts.meeting.get_absolute_url() + "#attendance"
    rows = Rows(present[0]._meta.label_lower, tuple(each.pk for each in present), address)
    if all(each.name for each in present):
        yield Paragraph("Tổng số người có mặt: {count}.", {"count": Figure(len(present), "người", rows)})
    seated = {seat.unit_id for seat in facts.members}
    units = {each.unit_id for each in present if each.capacity == Capacity.MEMBER and each.unit_id in seated}
    if units:
        yield Paragraph(
            "Số đơn vị thành viên có mặt: {present}/{all} đơn vị.",
            {
                "present": Figure(len(units), rows=rows),
                "all": facts.counted(facts.members, facts.address("bloc-year")),
            },
        )


def proceedings(facts):
    """Each item of the agenda with what came of it."""
    if not facts.agenda:
        yield unknown(facts, "chương trình", "#agenda")
    for item in facts.agenda:
        blocks = [unknown(facts, f"kết quả “{item.title}”", "#agenda")]
        if item.outcome:
            by = [Paragraph("Người trình bày: {who}.", {"who": item.presenter})] if item.presenter else []
            blocks = [*by, *paragraphs(item.outcome)]
        yield Section(item.title, tuple(blocks), key=f"item-{item.place}")


def statements(facts):
    """What was said, but the conclusions."""
    for statement in facts.spoken:
        first, *others = paragraphs(statement.text)
        yield Paragraph("{who}: {text}", {"who": spoken_by(statement), "text": first.words})
        yield from others


def ending(facts):
    """When it ended, in how many copies it was made; nothing was read out before anything is recorded."""
    if not (facts.is_held and facts.has_outcomes):
        return unknown(facts, f"diễn biến, kết thúc {facts.word}", "#agenda")
    when = notation.day_in_words(facts.meeting.last_day) if facts.meeting.last_day else ""
    hour = notation.clock(facts.meeting.ends_at) if facts.meeting.ends_at else ""
    at = ", ".join(filter(None, [hour, when]))
    return Paragraph.plain(
        f"{facts.word_first} kết thúc{f' vào {at}' if at else ''}. Biên bản được lập thành 02 bản, "
        "đã đọc lại cho người dự cùng nghe và thống nhất."
    )


def chair(facts):
    """Who signs the minutes for the issuing unit."""
    return facts.meeting.chair_name, facts.meeting.chair_title


MINUTES = issued("minutes", _("Biên bản"), build, "BB", "", chair, awaits=later)
