"""Biên bản bàn giao nhiệm vụ Khối trưởng: two-sided, drafted from the year that is handed over."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs import notation
from blocs.models import IssuedDocument, Post
from campaigns.models import BlocYear, Handover, Meeting, Task
from reports.blocks import Annex, Column, Document, Missing, Paragraph, Section, Signature, Table
from reports.documents.annexes import member_list
from reports.documents.base import OFFICIAL, DocumentKind, letterhead_of
from reports.documents.blocs import pages_of_bloc_year
from reports.documents.facts import Facts
from reports.documents.phrases import NO_DATA, activity, listed, pledge_blocks

Kind = Meeting.Kind


@dataclass
class HandoverFacts(Facts):
    """A hand-over and the year that is given; names are those of the year's last day."""

    handover: Handover

    @classmethod
    def of(cls, handover):
        """The facts of a hand-over."""
        bloc_years = BlocYear.objects.select_related("year", "bloc", "organiser")
        return cls(bloc_years.get(pk=handover.bloc_year_id), handover)

    @property
    def year_of_signing(self):
        return self.handover.day.year if self.handover.day else None

    @cached_property
    def open_meetings(self):
        """The year's meetings of which the receiving side may read."""
        own = Meeting.objects.filter(bloc_year=self.bloc_year).open_to([self.handover.to_unit_id])
        return set(own.values_list("pk", flat=True))

    @cached_property
    def documents(self):
        """The documents of the year that have a number."""
        types = ContentType.objects.get_for_models(BlocYear, Meeting)
        about = Q(subject_type=types[BlocYear], subject_key=self.bloc_year.pk) | Q(
            subject_type=types[Meeting], subject_key__in=self.open_meetings
        )
        return list(IssuedDocument.objects.filter(about, number__isnull=False).order_by("issued_on", "pk"))

    @cached_property
    def tasks(self):
        """Tasks of the year's conclusions that are not done."""
        tasks = Task.objects.filter(meeting__in=self.open_meetings).open().select_related("unit", "meeting")
        return list(tasks.prefetch_related("unit__states").order_by("meeting__first_day", "meeting", "place"))

    @cached_property
    def contacts(self):
        """Secretaries and officers of the bloc's units on the day of the hand-over, or of the year's end."""
        posts = Post.objects.filter(
            role__in=[Post.Role.SECRETARY, Post.Role.OFFICER],
            unit__in=[seat.unit_id for seat in self.members],
            person__is_trial=False,
            on_behalf_of=None,
        )
        posts = posts.held_on(self.handover.day or self.day).select_related("person")
        found = {}
        for post in posts.order_by("person__sort_key", "pk"):
            found.setdefault(post.unit_id, []).append(post)
        return [(seat.unit, found[seat.unit_id]) for seat in self.members if seat.unit_id in found]


def build(facts, edition, stage):
    """The minutes: the two sides, what is handed over, what is still open, things, contacts."""
    handover, day = facts.handover, facts.day
    subject = f"Bàn giao nhiệm vụ {facts.bloc_year.leader_label} {facts.bloc_year.name} năm {facts.next_year}"
    return Document(
        title=f"Biên bản {subject[0].lower()}{subject[1:]}",
        type_name="BIÊN BẢN",
        subject=subject,
        letterhead=letterhead_of(facts, handover.from_unit, HANDOVER, stage),
        body=(
            Paragraph.plain(opening(facts)),
            side(facts, "Bên giao", handover.from_unit, handover.giver_name, handover.giver_title),
            side(facts, "Bên nhận", handover.to_unit, handover.receiver_name, handover.receiver_title),
            Paragraph.plain("Hai bên thống nhất bàn giao, tiếp nhận các nội dung sau:"),
            Section("Tình hình của Khối", tuple(situation(facts)), key="situation"),
            Section("Hồ sơ, văn bản đã ban hành", tuple(papers(facts)), key="papers"),
            Section("Hội nghị, hoạt động đã tổ chức", tuple(meetings(facts)), key="meetings"),
            Section("Việc còn phải làm", tuple(unfinished(facts)), key="open"),
            Section("Hiện vật, tài liệu khác", tuple(items(facts)), key="items"),
            Paragraph.plain(
                "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản; hai bên cùng đọc "
                "lại, thống nhất và ký tên."
            ),
        ),
        signatures=(
            Signature(("ĐẠI DIỆN BÊN GIAO",), handover.giver_name),
            Signature(("ĐẠI DIỆN BÊN NHẬN",), handover.receiver_name, issuing=False),
        ),
        recipients=(*standing(facts), "Hai bên giao, nhận", "Lưu: VT"),
        annexes=(member_list(facts), contact_list(facts)),
        draft=stage.draft_mark,
        author=handover.from_unit.name(day),
        keywords=("thi đua, khen thưởng", facts.bloc_year.name, f"năm {facts.year}"),
    )


def opening(facts):
    """When and where."""
    handover = facts.handover
    day = notation.day_in_words(handover.day) if handover.day else "ngày     tháng     năm     "
    where = f", tại {handover.place}" if handover.place else ""
    return f"Hôm nay, {day}{where}, chúng tôi gồm:"


def side(facts, label, unit, name, title):
    """One side: its unit and who acts for it."""
    who = ", ".join(filter(None, [name, title]))
    words = {"label": label, "unit": unit.name(facts.day), "who": who}
    return Paragraph("{label}: {unit}{by}.", words | {"by": f", đại diện là {who}" if who else ""})


def situation(facts):
    """How many units, led by whom; the pledge."""
    yield Paragraph(
        "{bloc} năm {year} có {members} đơn vị (danh sách kèm theo); {leader}: {unit}.",
        {
            "bloc": facts.bloc_year.name,
            "year": facts.year,
            "members": facts.counted(facts.members, facts.address("bloc-year")),
            "leader": facts.bloc_year.leader_label,
            "unit": facts.handover.from_unit.name(facts.day),
        },
    )
    for pledge in facts.pledges:
        yield from pledge_blocks(facts, pledge)
    if facts.bloc_year.plan_reference:
        issued = facts.bloc_year.plan_issued_on
        day = f" {notation.day_in_words(issued)}" if issued else ""
        yield Paragraph.plain(f"Kế hoạch của Khối: số {facts.bloc_year.plan_reference}{day}.")


def papers(facts):
    """The documents with their numbers."""
    if not facts.documents:
        yield Paragraph.plain("Chưa có văn bản nào của năm được cấp số trên hệ thống.")
        return
    columns = (
        Column("TT", 1, "center"),
        Column("Số, ký hiệu", 3.4, "center"),
        Column("Ngày", 2.6, "center"),
        Column("Trích yếu", 9),
    )
    rows = (
        (
            str(position),
            f"{notation.count(each.number)}/{each.symbol}",
            notation.day(each.issued_on),
            each.title,
        )
        for position, each in enumerate(facts.documents, start=1)
    )
    yield Table(columns, tuple(rows))


def meetings(facts):
    """What was held, in the order of time."""
    held = [each for each in facts.meetings if each.pk in facts.open_meetings]
    yield listed(map(activity, held)) if held else Paragraph.plain("Chưa ghi hội nghị, hoạt động nào.")


def unfinished(facts):
    """The state of the report, open tasks, the record of the year."""
    points = [report_state(facts)]
    if facts.bloc_year.closed_on is None:
        points.append("Hồ sơ năm của Khối chưa khoá; bên giao hoàn tất các việc của năm đã phụ trách")
    yield listed(points)
    if facts.tasks:
        yield Table(
            (
                Column("TT", 1, "center"),
                Column("Nhiệm vụ theo kết luận", 8),
                Column("Đơn vị thực hiện", 4.4),
                Column("Hạn", 2.6, "center"),
            ),
            tuple(
                (
                    str(position),
                    task.text,
                    task.unit.name(facts.day) if task.unit else "Các đơn vị trong Khối",
                    notation.day(task.due) if task.due else None,
                )
                for position, task in enumerate(facts.tasks, start=1)
            ),
            caption="Nhiệm vụ chưa xong",
        )


def report_state(facts):
    """How far the year-end report is."""
    reports = IssuedDocument.objects.about(facts.bloc_year).filter(kind="year-end-summary", edition=OFFICIAL)
    released = reports.filter(state=IssuedDocument.State.RELEASED).first()
    if released:
        number = f"{notation.count(released.number)}/{released.symbol}"
        return f"Báo cáo tổng kết năm {facts.year}: đã phát hành, số {number}"
    pending = reports.first()
    state = str(pending.get_state_display()).lower() if pending else "chưa lập"
    return f"Báo cáo tổng kết năm {facts.year}: {state}; bên giao tiếp tục hoàn thành"


def items(facts):
    """Things, line by line as typed."""
    lines = [line for line in facts.handover.other_items.splitlines() if line.strip()]
    yield (
        listed(lines)
        if lines
        else Missing(f"{NO_DATA}: hiện vật, tài liệu khác", facts.handover.get_absolute_url(), "Nhập số liệu")
    )


def contact_list(facts):
    """Annex: whom to call in each unit."""
    rows = [
        (unit.name(facts.day), post.person.full_name, post.title, post.telephone or None)
        for unit, posts in facts.contacts
        for post in posts
    ]
    columns = (
        Column("TT", 1, "center"),
        Column("Đơn vị", 6),
        Column("Họ và tên", 4),
        Column("Chức vụ", 4),
        Column("Điện thoại", 3.8),
    )
    table = Table(columns, tuple((str(place), *row) for place, row in enumerate(rows, start=1)))
    return Annex("", "Danh sách đầu mối liên hệ của các đơn vị", (table,))


def standing(facts):
    """The standing department, where it is known."""
    department = facts.standing_department
    return [f"{department.name(facts.day)} (để báo cáo)"] if department else []


HANDOVER = DocumentKind(
    code="handover",
    name=_("Biên bản bàn giao"),
    model=Handover,
    type_code="BB",
    gather=HandoverFacts.of,
    build=build,
    stem=lambda facts, edition: f"BB-ban-giao-khoi-{facts.year}",
    address=lambda handover, edition: reverse(
        "handover-document", args=[handover.bloc_year.year.code, handover.bloc_year.bloc.code]
    ),
    above=lambda handover: [
        *pages_of_bloc_year(handover.bloc_year),
        (_("Bàn giao"), handover.get_absolute_url()),
    ],
    title=lambda handover, edition: str(HANDOVER.name),
    issuer=lambda facts: facts.handover.from_unit,
    signer=lambda facts: (facts.handover.giver_name, facts.handover.giver_title),
    recipients=lambda facts: [facts.handover.from_unit, facts.handover.to_unit],
)
