"""What the papers of a meeting share: their kinds' common part, the programme, what is missing."""

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import notation
from blocs.permissions import Refusal
from blocs.text import slug
from campaigns.models import Meeting
from reports.blocks import Column, Missing, Paragraph, Table
from reports.documents.base import DocumentKind, PrintedKind, paper_of_bloc
from reports.documents.blocs import (
    issuer_of_bloc,
    leaders_representative,
    pages_of_bloc_year,
    seated_units,
)
from reports.documents.meetings.facts import MeetingFacts
from reports.documents.phrases import NO_DATA

SHORT_NAMES = {
    Meeting.Kind.YEAR_END: "hoi-nghi-tong-ket",
    Meeting.Kind.MID_YEAR: "hoi-nghi-so-ket",
    Meeting.Kind.PREPARATORY: "hop-tru-bi",
    Meeting.Kind.ELECTION: "hop-bau-khoi-truong",
    Meeting.Kind.EXEMPLAR: "hoi-nghi-dien-hinh",
    Meeting.Kind.ACTIVITY: "hoat-dong",
}


def printed(code, name, build, what):
    """A kind of paper of a meeting that is only printed; `what` begins its file names."""
    return PrintedKind(**common(code, name, build, what))


def issued(code, name, build, type_code, what, signer=leaders_representative, **more):
    """A kind of paper of a meeting that is issued by the leader's unit."""
    return DocumentKind(
        **common(code, name, build, "-".join(filter(None, [type_code, what]))),
        type_code=type_code,
        issuer=issuer_of_bloc,
        signer=signer,
        recipients=recipients,
        **more,
    )


def later(facts):
    """Why what tells of a meeting cannot be made yet: it is not held, or nothing of it is recorded."""
    last_day = facts.meeting.last_day
    if last_day is None:
        return Refusal(_("Chưa lập được: chưa ghi ngày họp."))
    if not facts.is_held:
        return Refusal(_("Lập sau khi họp, ngày %(day)s.") % {"day": notation.day(last_day)})
    if not facts.has_outcomes:
        return Refusal(_("Chưa lập được: chưa ghi kết quả, ý kiến, kết luận nào."))
    return None


def common(code, name, build, what):
    """What all kinds of papers of a meeting have."""
    return {
        "code": code,
        "name": name,
        "model": Meeting,
        "gather": MeetingFacts.of,
        "build": build,
        "stem": lambda facts, edition: stem(facts, what),
        "address": lambda meeting, edition: address(meeting, "meeting-document", code),
        "above": above,
        "title": lambda meeting, edition: str(name),
    }


def stem(facts, what):
    """GM-hoi-nghi-tong-ket-khoi-2020; an activity is named by its title."""
    kind = facts.meeting.kind
    short = SHORT_NAMES[kind]
    if kind == Meeting.Kind.ACTIVITY:
        short = slug(facts.meeting.title)[:40].rstrip("-")
    return f"{what}-{short}-khoi-{facts.year}"


def address(meeting, name, *more):
    """A page of a meeting with this name."""
    bloc_year = meeting.bloc_year
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, meeting.pk, *more])


def above(meeting):
    """The pages above those of a meeting's papers."""
    return [*pages_of_bloc_year(meeting.bloc_year), (meeting.title, meeting.get_absolute_url())]


def recipients(facts):
    """The units of the bloc and those invited; the leader's alone while the meeting is confidential."""
    if facts.is_confidential:
        return [facts.letterhead_unit]
    invited = [each.unit for each in facts.attendances if each.unit]
    return list(dict.fromkeys([*seated_units(facts), *invited]))


def paper(facts, kind, stage, *, type_name, subject, body, **more):
    """A paper of a meeting with the letterhead of the leader's unit."""
    told = {"type_name": type_name, "subject": subject, "body": body}
    return paper_of_bloc(facts, kind, stage, about=facts.meeting.title, **told, **more)


def unknown(facts, what, anchor=""):
    """What of the meeting is not known yet, with the page where it is entered."""
    return Missing(f"{NO_DATA}: {what}", facts.meeting.get_absolute_url() + anchor, "Nhập số liệu")


def line(facts, label, words, what, anchor=""):
    """ "Địa điểm: Hà Nội.", or what is missing."""
    if not words:
        return unknown(facts, what, anchor)
    return Paragraph("{label}: {words}.", {"label": label, "words": words.rstrip(" .")})


def programme_table(facts):
    """The programme: when, what, who; a column that nothing fills is left out."""
    columns = [Column("TT", 1, "center")]
    cells = [[str(position)] for position, _item in enumerate(facts.agenda, start=1)]
    if any(item.starts_at for item in facts.agenda):
        columns.append(Column("Thời gian", 2.4, "center"))
        for row, item in zip(cells, facts.agenda, strict=True):
            row.append(notation.clock(item.starts_at) if item.starts_at else None)
    columns.append(Column("Nội dung", 8))
    for row, item in zip(cells, facts.agenda, strict=True):
        row.append(item.title)
    if any(item.presenter for item in facts.agenda):
        columns.append(Column("Người thực hiện", 5))
        for row, item in zip(cells, facts.agenda, strict=True):
            row.append(item.presenter or None)
    return Table(tuple(columns), tuple(map(tuple, cells)))


def programme_blocks(facts):
    """The programme, or that none is known."""
    return (programme_table(facts),) if facts.agenda else (unknown(facts, "chương trình", "#agenda"),)
