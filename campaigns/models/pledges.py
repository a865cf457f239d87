"""The joint pledge: theme, contents, who signed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import ScopedQuerySet, Unit, Versioned
from blocs.models.base import NameField
from campaigns.models.years import BlocYear


class PledgeQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(
            pk__in=Pledge.bloc_years.through.objects.filter(
                blocyear__in=BlocYear.objects.all()._visible(standing)
            ).values("pledge")
        )


class Pledge(Versioned):
    """Bản giao ước thi đua: its own period, one or more bloc-years, signed by n of N units.

    Where only the fact of signing is known, `signed_on` stands without a count; no count is worked out. Where
    only the count is known, it stands without a day.
    """

    code = models.SlugField(_("mã"), max_length=80, unique=True)
    bloc_years = models.ManyToManyField(BlocYear, related_name="pledges", verbose_name=_("khối trong năm"))
    theme = NameField(_("chủ đề"), blank=True)
    first_day = models.DateField(_("từ ngày"))
    last_day = models.DateField(_("đến ngày"))
    presented_by = NameField(_("người trình bày"), max_length=150, blank=True)
    presented_by_title = NameField(_("chức vụ người trình bày"), max_length=200, blank=True)
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    signed_at = NameField(_("nơi ký"), blank=True)
    signed_count = models.PositiveSmallIntegerField(_("số đơn vị đã ký"), null=True, blank=True)
    signing_units = models.PositiveSmallIntegerField(_("tổng số đơn vị phải ký"), null=True, blank=True)
    content_count = models.PositiveSmallIntegerField(
        _("số nội dung theo nguồn"),
        null=True,
        blank=True,
        help_text=_("Chỉ ghi khi biết số nội dung mà không có từng nội dung."),
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("giao ước thi đua")
        verbose_name_plural = pgettext_lazy("plural", "giao ước thi đua")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="pledge_days_in_order",
                violation_error_message=_("Ngày kết thúc đứng trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(signed_count__isnull=True)
                | Q(signing_units__isnull=False, signed_count__lte=F("signing_units")),
                name="pledge_signed_by_n_of_all",
                violation_error_message=_("Số đơn vị đã ký cần tổng số đơn vị và không vượt số đó."),
            ),
        ]

    def __str__(self):
        return str(
            _("Giao ước thi đua từ %(first)s đến %(last)s")
            % {
                "first": f"{self.first_day:%d/%m/%Y}",
                "last": f"{self.last_day:%d/%m/%Y}",
            }
        )

    @property
    def is_signed(self):
        """Whether it is known to be signed: the day, or by how many."""
        return self.signed_on is not None or bool(self.signed_count)

    def root(self):
        first = self.bloc_years.order_by("pk").first() if self.pk else None
        return first or self


class PledgePartQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(pledge__in=Pledge.objects.all()._visible(standing))


class PledgeContent(Versioned):
    """Nội dung giao ước: one numbered content of the pledge."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="contents", verbose_name=_("giao ước"))
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    text = models.TextField(_("nội dung"))

    objects = PledgePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("nội dung giao ước")
        verbose_name_plural = pgettext_lazy("plural", "nội dung giao ước")
        ordering = ["pledge", "place"]
        constraints = [models.UniqueConstraint(fields=["pledge", "place"], name="pledge_content_place_once")]

    def __str__(self):
        return self.text[:80]

    def root(self):
        return self.pledge.root()


class Signature(Versioned):
    """Chữ ký của một đơn vị trên giao ước: who signed for it and when, on paper unless said otherwise."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="signatures", verbose_name=_("giao ước"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    signer_name = NameField(_("người ký"), max_length=150, blank=True)
    signer_title = NameField(_("chức vụ người ký"), max_length=200, blank=True)
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)

    objects = PledgePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("chữ ký giao ước")
        verbose_name_plural = pgettext_lazy("plural", "chữ ký giao ước")
        ordering = ["pledge", "unit__decree_place", "pk"]
        constraints = [models.UniqueConstraint(fields=["pledge", "unit"], name="unit_signs_pledge_once")]

    def __str__(self):
        return str(self.unit)

    def root(self):
        return self.pledge.root()
