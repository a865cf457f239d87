"""Exemplars that a bloc honours."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Person, Unit, Versioned
from campaigns.models import BlocYear, Meeting
from campaigns.models.years import OfBlocYearQuerySet


class Exemplar(Versioned):
    """Điển hình tiên tiến: a collective or person honoured; empty while only the number is known."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", _("tập thể")
        INDIVIDUAL = "individual", _("cá nhân")

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="exemplars", verbose_name=_("khối trong năm")
    )
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("tập thể")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("cá nhân")
    )
    achievement = models.TextField(_("thành tích"), blank=True)
    honoured_at = models.ForeignKey(
        Meeting,
        models.PROTECT,
        related_name="exemplars",
        null=True,
        blank=True,
        verbose_name=_("biểu dương tại"),
    )

    objects = OfBlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("điển hình tiên tiến")
        verbose_name_plural = pgettext_lazy("plural", "điển hình tiên tiến")
        ordering = ["bloc_year", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "kind", "place"],
                name="exemplar_place_once",
                violation_error_message=_("Khối đã có điển hình ở thứ tự đó."),
            ),
            models.CheckConstraint(
                condition=Q(kind="collective", person__isnull=True) | Q(kind="individual", unit__isnull=True),
                name="exemplar_recipient_of_its_kind",
                violation_error_message=_("Điển hình tập thể chọn đơn vị, điển hình cá nhân chọn cá nhân."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.place}"

    def root(self):
        return self.bloc_year

    @property
    def recipient(self):
        """The unit or person honoured, or None while only the number is known."""
        return self.unit or self.person
