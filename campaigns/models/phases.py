"""The phases of a year: from when to when what is due, for all blocs and by exception for one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import ScopedQuerySet, Versioned
from blocs.models.base import NameField
from campaigns.models.years import BlocYear, EmulationYear


class PhaseQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        bloc_years = BlocYear.objects.all()._visible(standing)
        return self.filter(
            Q(bloc_year__isnull=True, year__in=bloc_years.values("year")) | Q(bloc_year__in=bloc_years)
        )


class Phase(Versioned):
    """Giai đoạn của năm: until when a step of the year is done; a bloc's exception carries its reason."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("Kế hoạch của Khối")
        PLEDGE = "pledge", _("Ký giao ước thi đua")
        ACTIVITIES = "activities", _("Hoạt động của Khối")
        MID_YEAR = "mid-year", _("Sơ kết giữa năm")
        SCORING = "scoring", _("Tự chấm điểm")
        CHECK = "check", _("Kiểm tra, thẩm định điểm")
        EXPLANATION = "explanation", _("Giải trình điểm")
        PREPARATORY = "preparatory", _("Họp trù bị")
        CONFERENCE = "conference", _("Hội nghị tổng kết")
        VOTE = "vote", _("Bình xét, suy tôn")
        PROPOSALS = "proposals", _("Đề nghị khen thưởng, điển hình tiên tiến")
        REPORT = "report", _("Báo cáo tổng kết")
        ELECTION = "election", _("Bầu Khối trưởng, Khối phó năm sau")

    year = models.ForeignKey(EmulationYear, models.PROTECT, related_name="phases", verbose_name=_("năm"))
    bloc_year = models.ForeignKey(
        BlocYear,
        models.PROTECT,
        related_name="phases",
        null=True,
        blank=True,
        verbose_name=_("riêng cho khối"),
    )
    kind = models.CharField(_("giai đoạn"), max_length=12, choices=Kind)
    first_day = models.DateField(_("từ ngày"), null=True, blank=True)
    last_day = models.DateField(_("hạn"))
    reason = NameField(_("lý do"), blank=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("giai đoạn")
        verbose_name_plural = pgettext_lazy("plural", "giai đoạn")
        ordering = ["year", "last_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(first_day__lte=F("last_day")),
                name="phase_days_in_order",
                violation_error_message=_("Hạn đứng trước ngày bắt đầu."),
            ),
            models.UniqueConstraint(
                fields=["year", "kind"],
                condition=Q(bloc_year__isnull=True),
                name="phase_once_a_year",
                violation_error_message=_("Năm này đã có giai đoạn đó."),
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "kind"],
                condition=Q(bloc_year__isnull=False),
                name="phase_once_a_bloc_year",
                violation_error_message=_("Khối đã có thời hạn riêng cho giai đoạn đó."),
            ),
            models.CheckConstraint(
                condition=Q(bloc_year__isnull=True) | ~Q(reason=""),
                name="phase_exception_with_reason",
                violation_error_message=_("Thời hạn riêng của một khối cần lý do."),
            ),
        ]

    def __str__(self):
        return str(self.get_kind_display())

    def root(self):
        return self.bloc_year or self.year
