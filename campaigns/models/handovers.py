"""The hand-over of a bloc from the unit that led it to the one that leads next."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import ScopedQuerySet, Unit, Versioned
from blocs.models.base import NameField
from campaigns.models.years import BlocYear


class HandoverQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(Q(from_unit__in=standing.unit_ids) | Q(to_unit__in=standing.unit_ids))


class Handover(Versioned):
    """Bàn giao nhiệm vụ Khối trưởng: from the unit that led a bloc's year to the next year's leader."""

    bloc_year = models.OneToOneField(
        BlocYear, models.PROTECT, related_name="handover", verbose_name=_("khối trong năm")
    )
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("bên giao"))
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("bên nhận"))
    day = models.DateField(_("ngày bàn giao"), null=True, blank=True)
    place = NameField(_("nơi bàn giao"), blank=True)
    giver_name = NameField(_("người giao"), max_length=150, blank=True)
    giver_title = NameField(_("chức vụ người giao"), max_length=200, blank=True)
    receiver_name = NameField(_("người nhận"), max_length=150, blank=True)
    receiver_title = NameField(_("chức vụ người nhận"), max_length=200, blank=True)
    other_items = models.TextField(
        _("hiện vật, tài liệu khác"),
        blank=True,
        help_text=_("Mỗi dòng một thứ, ví dụ: Cờ luân lưu, 01 chiếc"),
    )
    completed_on = models.DateField(_("ngày ghi nhận đã bàn giao"), null=True, blank=True, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("bàn giao khối")
        verbose_name_plural = pgettext_lazy("plural", "bàn giao khối")
        ordering = ["bloc_year", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="handover_between_two_units"),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True)
                | Q(day__isnull=False, completed_on__gte=F("day")) & ~Q(giver_name="") & ~Q(receiver_name=""),
                name="handover_completed_with_day_and_names",
                violation_error_message=_("Cần ngày bàn giao, người giao và người nhận."),
            ),
        ]

    def __str__(self):
        return str(_("Bàn giao %(bloc_year)s") % {"bloc_year": self.bloc_year})

    def get_absolute_url(self):
        return reverse("handover", args=[self.bloc_year.year.code, self.bloc_year.bloc.code])

    def root(self):
        return self.bloc_year
