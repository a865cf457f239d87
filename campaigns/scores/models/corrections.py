"""What follows a sheet: what was returned to be corrected, questions answered, phases opened again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Post, ScopedQuerySet, Unit, Versioned
from blocs.models.base import NameField, append_only
from campaigns.models.phases import Phase
from campaigns.models.years import BlocYear
from campaigns.scores.models.criteria import Criterion, Tier
from campaigns.scores.models.sheets import OfSheetQuerySet, ScoreSheet, on_team_of


class Correction(Versioned):
    """Yêu cầu chỉnh sửa: a unit's sheet returned for named criteria; only who asked reviews it again."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="corrections", verbose_name=_("phiếu"))
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người yêu cầu"))
    asked_at = models.DateTimeField(_("lúc"))
    due = models.DateField(_("hạn chỉnh sửa"))
    reason = models.TextField(_("lý do trả lại"))
    before = models.JSONField(_("điểm trước khi chỉnh sửa"), default=dict, blank=True)
    answered_at = models.DateTimeField(_("gửi lại lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("xem lại xong lúc"), null=True, blank=True)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("yêu cầu chỉnh sửa")
        verbose_name_plural = pgettext_lazy("plural", "yêu cầu chỉnh sửa")
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(closed_at__isnull=True),
                name="one_open_correction_a_sheet",
                violation_error_message=_("Phiếu đang có một yêu cầu chỉnh sửa chưa xong."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(answered_at__isnull=False),
                name="correction_closed_after_answer",
            ),
        ]

    def __str__(self):
        return str(_("Yêu cầu chỉnh sửa: %(sheet)s") % {"sheet": self.sheet})

    def root(self):
        return self.sheet.bloc_year


class OfCorrectionQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(correction__in=Correction.objects.all()._visible(standing))


class CorrectionPoint(models.Model):
    """Tiêu chí cần chỉnh sửa: the only ones that the unit may then edit, each with what is wrong."""

    correction = models.ForeignKey(
        Correction, models.CASCADE, related_name="points", verbose_name=_("yêu cầu")
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("tiêu chí"))
    note = models.TextField(_("cần sửa gì"), blank=True)

    objects = OfCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiêu chí cần chỉnh sửa")
        verbose_name_plural = pgettext_lazy("plural", "tiêu chí cần chỉnh sửa")
        ordering = ["correction", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "criterion"], name="correction_point_once")
        ]

    def __str__(self):
        return str(self.criterion)


class ExplanationQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """Its own unit's, and those of the bloc's years that a unit leads or checks."""
        led = BlocYear.objects.led_by(standing.unit_ids)
        return self.filter(
            Q(sheet__unit__in=standing.unit_ids)
            | Q(sheet__bloc_year__in=led) & ~Q(sheet__tier=Tier.DEPARTMENT)
            | Q(sheet__checker__in=standing.unit_ids)
            | Q(on_team_of(standing, "sheet__bloc_year", "sheet__unit"))
            & Q(sheet__tier=Tier.CHECK, sheet__checker__isnull=True)
        )

    def unanswered(self):
        """Those to which a desk still owes an answer."""
        return self.filter(answered_at=None)


class Explanation(Versioned):
    """Đề nghị giải trình điểm: a unit asks why a released figure stands; the desk that gave it answers."""

    sheet = models.ForeignKey(
        ScoreSheet, models.PROTECT, related_name="explanations", verbose_name=_("phiếu")
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("tiêu chí"))
    question = models.TextField(_("nội dung đề nghị giải trình"))
    asked_at = models.DateTimeField(_("lúc"))
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người hỏi"))
    answer = models.TextField(_("trả lời"), blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("người trả lời")
    )
    desk = NameField(_("nơi trả lời"), blank=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị giải trình điểm")
        verbose_name_plural = pgettext_lazy("plural", "đề nghị giải trình điểm")
        ordering = ["sheet", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="explanation_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True, desk="")
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(desk=""),
                name="explanation_answered_by_a_desk",
            ),
        ]

    def __str__(self):
        return str(_("Đề nghị giải trình: %(sheet)s") % {"sheet": self.sheet})

    def root(self):
        return self.sheet.bloc_year


class ReopeningQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        led = BlocYear.objects.led_by(standing.unit_ids)
        return self.filter(Q(bloc_year__in=led) | Q(units__in=standing.unit_ids)).distinct()


class Reopening(models.Model):
    """Mở lại: a phase of scoring opened again for named units until a day, with the reason."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="reopenings", verbose_name=_("khối trong năm")
    )
    units = models.ManyToManyField(Unit, related_name="+", verbose_name=_("đơn vị"))
    phase_kind = models.CharField(_("giai đoạn"), max_length=12, choices=Phase.Kind)
    last_day = models.DateField(_("đến hết ngày"))
    reason = models.TextField(_("lý do"))
    made_at = models.DateTimeField(_("lúc"))
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người mở lại"))

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần mở lại")
        verbose_name_plural = pgettext_lazy("plural", "lần mở lại")
        ordering = ["bloc_year", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason")]
        triggers = append_only()

    def __str__(self):
        return str(_("Mở lại %(phase)s") % {"phase": self.get_phase_kind_display()})

    def root(self):
        return self.bloc_year
