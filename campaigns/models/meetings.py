"""Meetings of a bloc: conference, activities, who attended, what was said."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import ScopedQuerySet, Unit, Versioned
from blocs.models.base import NameField
from campaigns.models.years import BlocYear, OfBlocYearQuerySet, Seat


class MeetingQuerySet(OfBlocYearQuerySet):
    def open_to(self, unit_ids):
        """Meetings whose content people of these units may read.

        What a preparatory meeting concluded stays with the leader's unit (while none is named, the one that
        led last) until the day after the year-end conference, or until the bloc's year is closed.
        """
        held = Meeting.objects.filter(
            bloc_year=OuterRef("bloc_year"),
            kind=Meeting.Kind.YEAR_END,
            last_day__lt=timezone.localdate(),
        )
        leaders = Seat.objects.filter(role=Seat.Role.LEADER, unit__isnull=False)
        named = leaders.filter(
            bloc_year__bloc=OuterRef("bloc_year__bloc"),
            bloc_year__year__first_day__lte=OuterRef("bloc_year__year__first_day"),
        ).order_by("-bloc_year__year__first_day")
        led = leaders.filter(bloc_year=OuterRef("led_as_in"), unit__in=unit_ids)
        return self.alias(led_as_in=Subquery(named.values("bloc_year")[:1])).filter(
            ~Q(kind=Meeting.Kind.PREPARATORY)
            | Q(bloc_year__closed_on__isnull=False)
            | Exists(held)
            | Exists(led)
        )


class Meeting(Versioned):
    """Hội nghị, cuộc họp, hoạt động của Khối: a day, or a period where only that is known."""

    class Kind(models.TextChoices):
        YEAR_END = "year-end", _("Hội nghị tổng kết")
        MID_YEAR = "mid-year", _("Hội nghị sơ kết")
        PREPARATORY = "preparatory", _("Họp trù bị")
        ELECTION = "election", _("Bầu Khối trưởng, Khối phó")
        EXEMPLAR = "exemplar", _("Hội nghị điển hình tiên tiến")
        ACTIVITY = "activity", _("Hoạt động giao lưu")
        SIGNING = "signing", _("Ký giao ước thi đua")

    class HalfDay(models.TextChoices):
        MORNING = "morning", _("sáng")
        AFTERNOON = "afternoon", _("chiều")
        EVENING = "evening", _("tối")

    class Form(models.TextChoices):
        IN_PERSON = "in-person", _("trực tiếp")
        ONLINE = "online", _("trực tuyến")
        HYBRID = "hybrid", _("trực tiếp kết hợp trực tuyến")
        IN_WRITING = "in-writing", _("lấy ý kiến bằng văn bản")

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="meetings", verbose_name=_("khối trong năm")
    )
    kind = models.CharField(_("loại"), max_length=15, choices=Kind)
    title = NameField(_("tên"))
    first_day = models.DateField(_("từ ngày"), null=True, blank=True)
    last_day = models.DateField(_("đến ngày"), null=True, blank=True)
    starts_at = models.TimeField(_("giờ bắt đầu"), null=True, blank=True)
    ends_at = models.TimeField(_("giờ kết thúc"), null=True, blank=True)
    half_day = models.CharField(
        _("buổi"),
        max_length=10,
        choices=HalfDay,
        blank=True,
        help_text=_("Chỉ ghi khi biết buổi mà không biết giờ."),
    )
    form = models.CharField(_("hình thức họp"), max_length=12, choices=Form, blank=True)
    place_name = NameField(_("nơi tổ chức"), blank=True)
    host = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("đơn vị chủ trì")
    )
    chair_name = NameField(_("người chủ trì"), max_length=150, blank=True)
    chair_title = NameField(_("chức vụ người chủ trì"), max_length=200, blank=True)
    secretary_name = NameField(_("thư ký"), max_length=150, blank=True)
    secretary_title = NameField(_("chức vụ thư ký"), max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()
    EARLY = (Kind.SIGNING, Kind.ACTIVITY, Kind.PREPARATORY, Kind.ELECTION)  # may stand before their year

    class Meta:
        verbose_name = _("hội nghị, hoạt động")
        verbose_name_plural = pgettext_lazy("plural", "hội nghị, hoạt động")
        ordering = ["bloc_year", "first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True)
                | Q(first_day__isnull=False, last_day__isnull=False, first_day__lte=F("last_day")),
                name="meeting_days_in_order",
                violation_error_message=_("Ghi cả ngày đầu và ngày cuối; ngày cuối không trước ngày đầu."),
            ),
            models.UniqueConstraint(
                fields=["bloc_year"],
                condition=Q(kind="year-end"),
                name="one_year_end_conference",
                violation_error_message=_("Khối đã có Hội nghị tổng kết của năm này."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__lte=F("ends_at")),
                name="meeting_hours_in_order",
                violation_error_message=_("Giờ kết thúc cần giờ bắt đầu và không được trước giờ đó."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meeting", args=[self.bloc_year.year.code, self.bloc_year.bloc.code, self.pk])

    def clean(self):
        """Refuse a day that cannot belong to the year: more than a year after its end, or before it.

        What prepares a year, such as the signing of its pledge, may stand half a year before.
        """
        year = self.bloc_year.year if self.bloc_year_id else None
        early = timedelta(days=183 if self.kind in self.EARLY else 0)
        for name in ("first_day", "last_day"):
            day = getattr(self, name)
            if year and day and not year.first_day - early <= day <= year.last_day + timedelta(days=366):
                raise ValidationError(
                    {name: _("Ngày này không thuộc năm thi đua %(year)s.") % {"year": year.code}}
                )

    def root(self):
        return self.bloc_year

    @property
    def is_one_day(self):
        """Whether the very day is known, not only a period in which it fell."""
        return self.first_day is not None and self.first_day == self.last_day

    def is_held(self, day):
        """Whether the meeting has taken place by a day, as far as its days are known."""
        return self.last_day is not None and self.last_day <= day


class MeetingPartQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(meeting__in=Meeting.objects.all()._visible(standing).open_to(standing.unit_ids))


class MeetingPart(Versioned):
    """A numbered part of a meeting."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="%(class)ss", verbose_name=_("hội nghị, hoạt động")
    )
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1)

    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["meeting", "place"]

    def root(self):
        return self.meeting.bloc_year


class AgendaItem(MeetingPart):
    """Nội dung chương trình: one item of the agenda, who presents it, and what came of it."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Khai mạc, giới thiệu đại biểu")
        REPORT = "report", _("Báo cáo")
        SCORES = "scores", _("Kết quả chấm điểm, xếp hạng")
        DISCUSSION = "discussion", _("Tham luận, thảo luận")
        DIRECTION = "direction", _("Phát biểu chỉ đạo")
        VOTE = "vote", _("Bình xét, suy tôn, đề nghị khen thưởng")
        EXEMPLARS = "exemplars", _("Biểu dương điển hình tiên tiến")
        ELECTION = "election", _("Bầu Khối trưởng, Khối phó")
        PLEDGE = "pledge", _("Ký giao ước thi đua")
        CLOSING = "closing", _("Bế mạc")
        OTHER = "other", _("Nội dung khác")

    kind = models.CharField(_("loại nội dung"), max_length=12, choices=Kind, default=Kind.OTHER)
    title = NameField(_("nội dung"))
    starts_at = models.TimeField(_("giờ"), null=True, blank=True)
    presenter = NameField(_("người trình bày"), max_length=300, blank=True)
    script = models.TextField(_("lời dẫn"), blank=True)
    outcome = models.TextField(_("kết quả"), blank=True)

    class Meta(MeetingPart.Meta):
        verbose_name = _("nội dung chương trình")
        verbose_name_plural = _("chương trình")
        constraints = [models.UniqueConstraint(fields=["meeting", "place"], name="agenda_place_once")]

    def __str__(self):
        return self.title


class Attendance(MeetingPart):
    """Thành phần dự: a person as printed in the source, or a group that the source does not name."""

    class Capacity(models.TextChoices):
        MINISTRY = "ministry", _("Lãnh đạo bộ")
        DEPARTMENT = "department", _("Đơn vị thường trực thi đua, khen thưởng")
        MEMBER = "member", _("Đơn vị thành viên")
        GUEST = "guest", _("Khách mời")

    class Presence(models.TextChoices):
        EXPECTED = "expected", _("Dự kiến")
        PRESENT = "present", _("Có mặt")
        ABSENT = "absent", _("Vắng")

    class Reply(models.TextChoices):
        COMING = "coming", _("Sẽ dự")
        DECLINED = "declined", _("Không dự được")

    address_form = models.CharField(_("xưng hô"), max_length=40, blank=True)
    name = NameField(_("họ và tên"), max_length=150, blank=True)
    title = NameField(_("chức vụ, hoặc nhóm người dự"), max_length=200)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("đơn vị")
    )
    capacity = models.CharField(_("thành phần"), max_length=12, choices=Capacity)
    presence = models.CharField(_("có mặt"), max_length=10, choices=Presence, default=Presence.PRESENT)
    is_invited = models.BooleanField(_("có giấy mời"), default=False)
    reply = models.CharField(_("trả lời"), max_length=10, choices=Reply, blank=True)
    replaced_name = NameField(_("dự thay cho"), max_length=150, blank=True)
    replaced_title = NameField(_("chức vụ người được thay"), max_length=200, blank=True)
    has_authorisation = models.BooleanField(_("có giấy ủy quyền"), default=False)

    class Meta(MeetingPart.Meta):
        verbose_name = _("người dự")
        verbose_name_plural = _("thành phần dự")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="attendance_place_once"),
            models.CheckConstraint(
                condition=Q(has_authorisation=False) | ~Q(replaced_name=""),
                name="authorisation_of_a_substitute",
                violation_error_message=_("Giấy ủy quyền chỉ ghi cho người dự thay."),
            ),
        ]

    def __str__(self):
        return f"{self.name} - {self.title}" if self.name else self.title

    @property
    def as_addressed(self):
        """How the guest is addressed: "Ông Nguyễn Văn An"; empty while nobody is named."""
        return " ".join(filter(None, [self.address_form, self.name])) if self.name else ""


class Statement(MeetingPart):
    """Ý kiến, phát biểu: what somebody said or asked for at a meeting."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Khai mạc")
        REPORT = "report", _("Báo cáo")
        DISCUSSION = "discussion", _("Ý kiến thảo luận")
        DEPARTMENT = "department", _("Ý kiến của đơn vị thường trực")
        DIRECTION = "direction", _("Phát biểu chỉ đạo")
        CONCLUSION = "conclusion", _("Kết luận")

    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    speaker = NameField(_("người phát biểu"), max_length=150, blank=True)
    speaker_title = NameField(_("chức vụ người phát biểu"), max_length=200, blank=True)
    text = models.TextField(_("nội dung"))
    is_request = models.BooleanField(_("là yêu cầu, kiến nghị"), default=False)

    class Meta(MeetingPart.Meta):
        verbose_name = _("phát biểu")
        verbose_name_plural = pgettext_lazy("plural", "phát biểu")
        constraints = [models.UniqueConstraint(fields=["meeting", "place"], name="statement_place_once")]

    def __str__(self):
        return f"{self.speaker_line}: {self.text[:60]}"

    @property
    def speaker_line(self):
        """The speaker with the post, or the post alone where nobody is named."""
        return ", ".join(part for part in (self.speaker, self.speaker_title) if part)


class TaskQuerySet(MeetingPartQuerySet):
    def open(self):
        """Tasks that are not done."""
        return self.filter(done_on__isnull=True)


class Task(MeetingPart):
    """Nhiệm vụ theo kết luận: what a meeting's conclusions ask of a unit, until when, and what came of it."""

    text = models.TextField(_("nhiệm vụ"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="tasks", null=True, blank=True, verbose_name=_("đơn vị thực hiện")
    )
    due = models.DateField(_("hạn"), null=True, blank=True)
    done_on = models.DateField(_("hoàn thành ngày"), null=True, blank=True)
    result = models.TextField(_("kết quả"), blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta(MeetingPart.Meta):
        verbose_name = _("nhiệm vụ theo kết luận")
        verbose_name_plural = pgettext_lazy("plural", "nhiệm vụ theo kết luận")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="task_place_once"),
            models.CheckConstraint(
                condition=Q(result="") | Q(done_on__isnull=False),
                name="task_result_when_done",
                violation_error_message=_("Ghi ngày hoàn thành cùng với kết quả."),
            ),
        ]

    def __str__(self):
        return self.text[:80]
