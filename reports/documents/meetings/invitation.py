"""Giấy mời: issued once to a list, printed as one page for each guest (Nghị định 30/2020/NĐ-CP, Mẫu 1.7)."""

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from blocs import notation
from reports.blocks import Annex, Bundle, Column, Paragraph, Table
from reports.documents.blocs import leaders_signature
from reports.documents.meetings.shared import (
    issued,
    line,
    paper,
    printed,
    programme_blocks,
    unknown,
)

SATURDAY = 5


def build(facts, edition, stage):
    """The invitation to all guests of the list that goes with it."""
    to = (
        Paragraph(
            "{inviter} trân trọng kính mời: các đại biểu có tên trong danh sách kèm theo.", inviter(facts)
        )
        if facts.invited
        else unknown(facts, "người được mời", "#attendance")
    )
    return letter(
        facts,
        stage,
        to,
        (
            Annex("", "Danh sách đại biểu được mời", guest_list(facts)),
            Annex("", "Chương trình", programme_blocks(facts)),
        ),
    )


def build_copies(facts, edition, stage):
    """One page for each guest; without guests, one that says so."""
    if not facts.invited:
        return build(facts, edition, stage)
    pages = [
        letter(
            facts,
            stage,
            Paragraph(
                "{inviter} trân trọng kính mời: {guest}.",
                {**inviter(facts), "guest": facts.guest(attendance)},
            ),
        )
        for attendance in facts.invited
    ]
    return Bundle(title=f"Giấy mời từng khách: {facts.meeting.title}", documents=tuple(pages))


def letter(facts, stage, to, annexes=()):
    """The invitation with one line for whom it is."""
    meeting, word = facts.meeting, facts.word
    body = [
        to,
        Paragraph("Tới dự: {title}.", {"title": meeting.title}),
        line(facts, "Thời gian", facts.when, "thời gian"),
        line(facts, "Địa điểm", meeting.place_name, "nơi tổ chức"),
    ]
    if facts.chair:
        body.append(Paragraph("Chủ trì: {chair}.", {"chair": facts.chair}))
    if facts.agenda and annexes:
        body.append(Paragraph("Nội dung: theo chương trình kèm theo."))
    body.append(Paragraph.plain(reply(facts)))
    body.append(
        Paragraph("Rất mong quý đại biểu sắp xếp thời gian tới dự để {word} thành công.", {"word": word})
    )
    return paper(
        facts,
        INVITATION,
        stage,
        type_name="GIẤY MỜI",
        subject=f"Dự {meeting.title}",
        body=body,
        signatures=(leaders_signature(facts),),
        recipients=("Như trên", "Lưu: VT"),
        annexes=annexes,
    )


def reply(facts):
    """What is asked back, until when, and of whom, as far as that is known."""
    day, contact = facts.meeting.first_day, facts.contact
    until = f" chậm nhất {notation.day_in_words(working_day_before(day))}" if day else ""
    words = f"Trường hợp không dự được, đề nghị cử người dự thay và báo cho đơn vị mời{until}"
    if contact:
        words += f"; liên hệ: {contact.person.as_addressed}, {contact.title}, điện thoại {contact.telephone}"
    return f"{words}."


def working_day_before(day):
    """The last working day that leaves two days to prepare for who comes."""
    before = day - timedelta(days=3)
    while before.weekday() >= SATURDAY:
        before -= timedelta(days=1)
    return before


def inviter(facts):
    """Who invites: the leader of the bloc."""
    return {"inviter": f"{facts.bloc_year.leader_label} {facts.bloc_year.name}"}


def guest_list(facts):
    """The guests by rank, units in the decree's order."""
    if not facts.invited:
        return (unknown(facts, "người được mời", "#attendance"),)
    columns = (Column("TT", 1, "center"), Column("Họ và tên", 5), Column("Chức vụ, đơn vị", 9))
    rows = (
        (str(position), attendance.as_addressed or None, facts.post_of(attendance))
        for position, attendance in enumerate(facts.invited, start=1)
    )
    return (Table(columns, tuple(rows)),)


def numbered_copies(facts, edition, stage):
    """The copies with number and day of the invitation, once it has them."""
    number = facts.issued_number("invitation")
    return build_copies(facts, edition, replace(stage, **number))


INVITATION = issued("invitation", _("Giấy mời"), build, "GM", "")
INVITATION_COPIES = printed(
    "invitation-copies", _("Giấy mời in cho từng khách"), numbered_copies, "GM-tung-khach"
)
