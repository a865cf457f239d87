"""How units check one another: sittings of a team with a unit, and assignments of units to units."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import ScopedQuerySet, Unit, Versioned
from blocs.models.base import NameField
from campaigns.models.years import BlocYear


class InspectionQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        led = BlocYear.objects.led_by(standing.unit_ids)
        on_team = InspectionMember.objects.filter(unit__in=standing.unit_ids, side=InspectionMember.Side.TEAM)
        return self.filter(
            Q(unit__in=standing.unit_ids) | Q(bloc_year__in=led) | Q(pk__in=on_team.values("inspection"))
        )


class Inspection(Versioned):
    """Buổi kiểm tra: a team sits with a unit, agrees its points and signs minutes in two copies."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="inspections", verbose_name=_("khối trong năm")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="inspections", verbose_name=_("đơn vị được kiểm tra")
    )
    team_name = NameField(_("tên tổ kiểm tra"), default="Tổ kiểm tra", max_length=200)
    day = models.DateField(_("ngày kiểm tra"), null=True, blank=True)
    starts_at = models.TimeField(_("từ lúc"), null=True, blank=True)
    ends_at = models.TimeField(_("đến lúc"), null=True, blank=True)
    place_name = NameField(_("địa điểm"), blank=True)
    conclusion = models.TextField(_("ý kiến, kết luận"), blank=True)
    held_on = models.DateField(_("ngày ghi nhận đã kiểm tra"), null=True, blank=True, editable=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("buổi kiểm tra")
        verbose_name_plural = pgettext_lazy("plural", "buổi kiểm tra")
        ordering = ["bloc_year", "day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "unit"],
                name="one_inspection_a_unit",
                violation_error_message=_("Đơn vị này đã có buổi kiểm tra trong năm."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(starts_at__lt=F("ends_at")),
                name="inspection_times_in_order",
                violation_error_message=_("Giờ kết thúc phải sau giờ bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(day__isnull=False, held_on__gte=F("day")),
                name="held_inspection_has_its_day",
            ),
        ]

    def __str__(self):
        return str(_("%(team)s kiểm tra %(unit)s") % {"team": self.team_name, "unit": self.unit})

    def root(self):
        return self.bloc_year

    def get_absolute_url(self):
        bloc_year = self.bloc_year
        return reverse("score-sitting", args=[bloc_year.year.code, bloc_year.bloc.code, self.unit.code])


class InspectionMemberQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(inspection__in=Inspection.objects.all()._visible(standing))


class InspectionMember(Versioned):
    """Thành phần buổi kiểm tra: who sits for the team or for the unit, as printed in the minutes."""

    class Side(models.TextChoices):
        TEAM = "team", _("Tổ kiểm tra")
        UNIT = "unit", _("Đơn vị được kiểm tra")

    inspection = models.ForeignKey(
        Inspection, models.CASCADE, related_name="members", verbose_name=_("buổi kiểm tra")
    )
    side = models.CharField(_("bên"), max_length=10, choices=Side, default=Side.TEAM)
    name = NameField(_("họ và tên"), max_length=150, blank=True)
    title = NameField(_("chức vụ"), max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("đơn vị")
    )
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1)

    objects = InspectionMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("thành phần buổi kiểm tra")
        verbose_name_plural = pgettext_lazy("plural", "thành phần buổi kiểm tra")
        ordering = ["inspection", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(unit__isnull=False),
                name="inspection_member_is_somebody",
                violation_error_message=_("Hãy ghi họ tên hoặc chọn đơn vị."),
            )
        ]

    def __str__(self):
        return self.name or str(self.unit)

    def root(self):
        return self.inspection.bloc_year


class CheckAssignmentQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """The leader's unit sees all; a unit that checks sees whom it checks.

        In a blind check no unit sees who checks it, the leader's neither.
        """
        led = BlocYear.objects.led_by(standing.unit_ids)
        blind = Q(unit__in=standing.unit_ids, bloc_year__chosen_criteria__criteria_set__check_mode="blind")
        return self.filter(Q(bloc_year__in=led) & ~blind | Q(checker__in=standing.unit_ids))


class CheckAssignment(models.Model):
    """Phân công chấm chéo: which unit checks which, drawn by the system."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="check_assignments", verbose_name=_("khối trong năm")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị được chấm"))
    checker = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị chấm"))

    objects = CheckAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("phân công chấm chéo")
        verbose_name_plural = pgettext_lazy("plural", "phân công chấm chéo")
        ordering = ["bloc_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "unit", "checker"], name="assignment_once"),
            models.CheckConstraint(condition=~Q(unit=F("checker")), name="assignment_between_two_units"),
        ]

    def __str__(self):
        return f"{self.checker} → {self.unit}"

    def root(self):
        return self.bloc_year
