"""Công văn đôn đốc: to the units that have not sent what is due, listed in its annex."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.models import Post, Unit, UnitState
from blocs.permissions import Refusal
from blocs.text import fold
from campaigns.models import Phase, ReminderWave
from campaigns.windows import phases_of
from reports.blocks import Annex, Column, Document, Missing, Paragraph, Signature, Table
from reports.documents.base import DocumentKind, letterhead_of
from reports.documents.phrases import NO_DATA

# How the head of a unit of this kind signs.
HEADS = {
    UnitState.Kind.MINISTRY: "THỦ TRƯỞNG",
    UnitState.Kind.DEPARTMENT: "VỤ TRƯỞNG",
    UnitState.Kind.AUTHORITY: "CỤC TRƯỞNG",
    UnitState.Kind.GENERAL_DEPARTMENT: "TỔNG CỤC TRƯỞNG",
    UnitState.Kind.BOARD: "TRƯỞNG BAN",
}
# What a unit has not done yet, as a sentence says it.
MATTERS = {
    Phase.Kind.PLAN: "gửi kế hoạch công tác thi đua, khen thưởng năm {year}",
    Phase.Kind.PLEDGE: "ký giao ước thi đua năm {year}",
    Phase.Kind.ACTIVITIES: "tổ chức, báo cáo hoạt động của Khối năm {year}",
    Phase.Kind.MID_YEAR: "tổ chức sơ kết giữa năm {year}",
    Phase.Kind.SCORING: "gửi phiếu tự chấm điểm thi đua năm {year}",
    Phase.Kind.CHECK: "kiểm tra, thẩm định xong điểm thi đua năm {year}",
    Phase.Kind.EXPLANATION: "trả lời hết đề nghị giải trình điểm năm {year}",
    Phase.Kind.PREPARATORY: "tổ chức họp trù bị Hội nghị tổng kết năm {year}",
    Phase.Kind.CONFERENCE: "tổ chức Hội nghị tổng kết năm {year}",
    Phase.Kind.VOTE: "hoàn thành bình xét, suy tôn năm {year}",
    Phase.Kind.PROPOSALS: "gửi đề nghị khen thưởng, điển hình tiên tiến năm {year}",
    Phase.Kind.REPORT: "gửi báo cáo tổng kết năm {year}",
    Phase.Kind.ELECTION: "bầu Khối trưởng, Khối phó năm {next}",
}
NAMED_RECIPIENTS = 3  # more than these are named in the annex alone


@dataclass
class WaveFacts:
    """A wave of reminders and the units that it reached; names are those of its day."""

    wave: ReminderWave

    @property
    def day(self):
        """The day the wave was made."""
        return timezone.localdate(self.wave.made_at)

    @property
    def year_of_signing(self):
        """The year printed while the day of signing is open: a letter goes out when it is made."""
        return self.day.year

    @cached_property
    def root(self):
        """The ministry."""
        return Unit.objects.prefetch_related("states__standing_department__states").get(is_root=True)

    @property
    def issuer(self):
        """The standing department, or why no letter can be issued."""
        return self.root.state(self.day).standing_department or Refusal(
            _("Chưa biết đơn vị thường trực thi đua, khen thưởng, nên chưa có đơn vị ban hành công văn.")
        )

    @cached_property
    def rows(self):
        """[(unit, bloc-year, last day or None)]: each unit of a bloc once, by bloc and decree."""
        reminders = self.wave.reminders.select_related("unit", "bloc_year__bloc", "bloc_year__year")
        reminders = list(reminders.prefetch_related("unit__states").order_by("bloc_year__bloc__place"))
        phases = phases_of({each.bloc_year_id: each.bloc_year for each in reminders}.values())
        found = {}
        for each in reminders:
            phase = phases[each.bloc_year_id].get(self.wave.phase_kind)
            row = (each.unit, each.bloc_year, phase.last_day if phase else None)
            found.setdefault((each.unit_id, each.bloc_year_id), row)
        return sorted(
            found.values(), key=lambda row: (row[1].bloc.place, row[1].pk, row[0].place(self.day), row[0].pk)
        )

    @property
    def units(self):
        """The units reminded, each once."""
        return list(dict.fromkeys(unit for unit, _bloc_year, _due in self.rows))

    @property
    def matter(self):
        """What is asked for: "ký giao ước thi đua năm 2026"."""
        year = self.wave.year
        return MATTERS[self.wave.phase_kind].format(year=year.code, next=year.next_code)

    @property
    def head_title(self):
        """The post of who signs, in capitals."""
        issuer = self.issuer or self.root
        return HEADS.get(issuer.state(self.day).kind, "THỦ TRƯỞNG ĐƠN VỊ")

    @cached_property
    def head(self):
        """The post of the head of the issuing unit on the letter's day, or None where it is not known."""
        if not self.issuer:
            return None
        posts = Post.objects.filter(unit=self.issuer, search_key__startswith=fold(self.head_title))
        return posts.held_on(self.day).select_related("person").order_by("-first_day").first()

    @property
    def signer(self):
        """Name and post of who is expected to sign, empty while not known."""
        return (self.head.person.full_name, self.head.title) if self.head else ("", "")


def build(facts, edition, stage):
    """The letter with its list."""
    issuer = facts.issuer or facts.root
    subject = f"đôn đốc {facts.matter}"
    names = [unit.name(facts.day) for unit in facts.units]
    few = 0 < len(names) <= NAMED_RECIPIENTS
    return Document(
        title=f"Công văn {subject}",
        type_name="",
        subject=subject,
        letterhead=letterhead_of(facts, issuer, REMINDER_LETTER, stage),
        address_to=tuple(names) if few else ("Các đơn vị có tên trong danh sách kèm theo",),
        body=(
            Paragraph.plain(
                f"Thực hiện nhiệm vụ công tác thi đua, khen thưởng năm {facts.wave.year.code}, đến "
                f"{notation.day_in_words(facts.day)}, còn {notation.count(len(names))} đơn vị chưa "
                f"{facts.matter} (danh sách kèm theo)."
            ),
            Paragraph.plain(
                f"{issuer.name(facts.day)} đề nghị các đơn vị khẩn trương thực hiện theo thời hạn ghi trong "
                "danh sách; đơn vị đã quá hạn thực hiện ngay. Trường hợp đã làm trên giấy, đề nghị gửi bản "
                f"chụp về {issuer.name(facts.day)} để ghi nhận."
            ),
            *([] if facts.head else [Missing(f"{NO_DATA}: người ký", reverse("posts"), "Nhập chức vụ")]),
            Paragraph.plain("Trân trọng."),
        ),
        signatures=(Signature((facts.head_title,), facts.signer[0]),),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(reminded_list(facts),),
        draft=stage.draft_mark,
        author=issuer.name(facts.day),
        keywords=("thi đua, khen thưởng", f"năm {facts.wave.year.code}"),
    )


def reminded_list(facts):
    """Annex: unit, bloc, what is missing, until when."""
    title = "Danh sách đơn vị được đôn đốc"
    if not facts.rows:
        address = reverse("board", args=[facts.wave.year.code])
        return Annex("", title, (Missing(f"{NO_DATA}: đơn vị được đôn đốc", address, "Chọn đơn vị"),))
    columns = (
        Column("TT", 1, "center"),
        Column("Đơn vị", 5.5),
        Column("Khối thi đua", 5),
        Column("Nội dung chưa thực hiện", 4),
        Column("Hạn", 2.7, "center"),
    )
    rows = (
        (
            str(place),
            unit.name(facts.day),
            bloc_year.name,
            facts.wave.get_phase_kind_display(),
            notation.day(due) if due else None,
        )
        for place, (unit, bloc_year, due) in enumerate(facts.rows, start=1)
    )
    return Annex("", title, (Table(columns, tuple(rows)),))


def address(wave, edition):
    """The page of a wave's letter."""
    return reverse("reminder-letter", args=[wave.year.code, wave.pk])


def above(wave):
    """The pages above a wave's letter."""
    return [
        (_("Năm %(year)s") % {"year": wave.year}, wave.year.get_absolute_url()),
        (_("Đôn đốc"), reverse("board", args=[wave.year.code])),
        (str(wave), reverse("reminded", args=[wave.year.code, wave.pk])),
    ]


REMINDER_LETTER = DocumentKind(
    code="reminder-letter",
    name=gettext_lazy("Công văn đôn đốc"),
    model=ReminderWave,
    type_code="",
    gather=WaveFacts,
    build=build,
    stem=lambda facts, edition: f"CV-don-doc-{facts.wave.phase_kind}-{facts.wave.year.code}-{facts.day:%m%d}",
    address=address,
    above=above,
    title=lambda wave, edition: str(REMINDER_LETTER.name),
    issuer=lambda facts: facts.issuer,
    signer=lambda facts: facts.signer,
    recipients=lambda facts: facts.units,
)
