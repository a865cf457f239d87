"""Campaigns: what is launched, by whom, for how long."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import ScopedQuerySet, Unit, Versioned
from blocs.models.base import NameField
from campaigns.models.years import BlocYear


class CampaignQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        bloc_years = BlocYear.objects.all()._visible(standing)
        return self.filter(Q(bloc_year__isnull=True) | Q(bloc_year__in=bloc_years))

    def running_in(self, year):
        """Campaigns whose period meets an emulation year."""
        return self.filter(first_day__lte=year.last_day, last_day__gte=year.first_day)


class Campaign(Versioned):
    """Phong trào thi đua: launched by the ministry for all (no bloc-year) or by a bloc for its year."""

    code = models.SlugField(_("mã"), max_length=80, unique=True)
    bloc_year = models.ForeignKey(
        BlocYear,
        models.PROTECT,
        related_name="campaigns",
        null=True,
        blank=True,
        verbose_name=_("khối trong năm"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("thuộc phong trào"),
    )
    launched_by = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("cơ quan phát động")
    )
    name = NameField(_("tên phong trào"), blank=True)
    theme = NameField(_("chủ đề"), blank=True)
    launched_at = NameField(_("phát động tại"), blank=True)
    first_day = models.DateField(_("từ ngày"))
    last_day = models.DateField(_("đến ngày"))

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("phong trào thi đua")
        verbose_name_plural = pgettext_lazy("plural", "phong trào thi đua")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="campaign_days_in_order",
                violation_error_message=_("Ngày kết thúc đứng trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(theme=""),
                name="campaign_has_name_or_theme",
                violation_error_message=_("Hãy ghi tên phong trào hoặc chủ đề."),
            ),
        ]

    def __str__(self):
        return self.name or self.theme

    def root(self):
        return self.bloc_year or self
