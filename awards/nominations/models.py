"""What blocs propose."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models.catalogue import AwardKind
from blocs.models import Person, Unit, Versioned
from campaigns.models import BlocYear, Meeting
from campaigns.models.years import OfBlocYearQuerySet, require_seat


class NominationQuerySet(OfBlocYearQuerySet):
    def in_print_order(self):
        """High to low, then in the order of proposal (Nghị định 152/2025/NĐ-CP Điều 29 khoản 5)."""
        return self.order_by("award__place", "place", "pk")


class Nomination(Versioned):
    """Đề nghị khen thưởng: an award that a bloc proposes; no recipient while only the number is known."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Khối đề nghị")

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="nominations", verbose_name=_("khối trong năm")
    )
    award = models.ForeignKey(
        AwardKind,
        models.PROTECT,
        related_name="nominations",
        verbose_name=_("danh hiệu, hình thức khen thưởng"),
    )
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="nominations", null=True, blank=True, verbose_name=_("tập thể")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="nominations", null=True, blank=True, verbose_name=_("cá nhân")
    )
    given_to = models.CharField(
        _("đối tượng"),
        max_length=12,
        choices=AwardKind.Recipient,
        blank=True,
        help_text=_("Chỉ ghi khi chưa nêu tên."),
    )
    achievement = models.TextField(_("thành tích"), blank=True)
    proposed_at = models.ForeignKey(
        Meeting,
        models.PROTECT,
        related_name="nominations",
        null=True,
        blank=True,
        verbose_name=_("tại hội nghị"),
    )
    state = models.CharField(
        _("trạng thái"), max_length=15, choices=State, default=State.PROPOSED, editable=False
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị khen thưởng")
        verbose_name_plural = pgettext_lazy("plural", "đề nghị khen thưởng")
        ordering = ["bloc_year", "award__place", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "award", "place"],
                name="nomination_place_once",
                violation_error_message=_("Khối đã có đề nghị này ở thứ tự đó."),
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "award", "unit"],
                condition=Q(unit__isnull=False),
                name="unit_nominated_once_for_award",
                violation_error_message=_("Đơn vị này đã được đề nghị hình thức đó."),
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "award", "person"],
                condition=Q(person__isnull=False),
                name="person_nominated_once_for_award",
                violation_error_message=_("Cá nhân này đã được đề nghị hình thức đó."),
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(person__isnull=True),
                name="nomination_one_recipient",
                violation_error_message=_("Chỉ chọn tập thể hoặc cá nhân."),
            ),
            models.CheckConstraint(condition=Q(state="proposed"), name="nomination_state"),
        ]

    def __str__(self):
        return f"{self.award.code} {self.place}"

    def clean(self):
        """Refuse a unit that has no seat in the bloc that year."""
        if self.unit_id and self.bloc_year_id:
            require_seat(self.bloc_year, self.unit_id)

    def root(self):
        return self.bloc_year

    @property
    def recipient(self):
        """The unit or person proposed, or None while only the number is known."""
        return self.unit or self.person
