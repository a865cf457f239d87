"""The catalogue of titles and awards; their names change by date, their codes never."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import ScopedQuerySet, Versioned
from blocs.models.base import Dated, NameField, days_in_order
from blocs.models.organisation import Period, Same
from blocs.text import fold, nfc


class CatalogueQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self  # the catalogue is the law's own list: whoever holds a post may read it

    def for_choice(self):
        return self.prefetch_related("names") if self.model is AwardKind else self

    def called(self, words, authority=""):
        """The kinds that words name: by the code, by a name of any day, by another name; high to low.

        `authority` is the awarding body's name, which some names bear.
        """
        words = nfc(words)
        known = list(self.prefetch_related("names"))
        return [each for each in known if each.code == words] or [
            each for each in known if _plain(words) in {_plain(name) for name in each.all_names(authority)}
        ]


_SHORT = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "tw": "trung uong"}


def _plain(name):
    """A name as it is compared: folded, without quotes and "danh hiệu", short words written out."""
    words = fold(name).translate(str.maketrans("", "", "“”\"'")).removeprefix("danh hieu ").split()
    return " ".join(_SHORT.get(word, word) for word in words)


class AwardKind(Versioned):
    """Danh hiệu thi đua, hình thức khen thưởng: a code that stays, and who may receive it.

    The law's own ones are shipped; an installation adds those of its authority and says which are in use.
    """

    class Level(models.TextChoices):
        UNIT = "unit", _("cơ sở")
        MINISTRY = "ministry", _("bộ, ban, ngành, tỉnh")
        STATE = "state", _("nhà nước")

    class Form(models.TextChoices):
        TITLE = "title", _("danh hiệu thi đua")
        COMMENDATION = "commendation", _("hình thức khen thưởng")
        HONOUR = "honour", _("danh hiệu vinh dự nhà nước")

    class Recipient(models.TextChoices):
        COLLECTIVE = "collective", _("tập thể")
        HOUSEHOLD = "household", _("hộ gia đình")
        INDIVIDUAL = "individual", _("cá nhân")

    code = models.CharField(_("mã"), max_length=10, unique=True, db_collation="C")
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    form = models.CharField(_("loại"), max_length=15, choices=Form)
    recipients = ArrayField(
        models.CharField(max_length=12, choices=Recipient), verbose_name=pgettext_lazy("award", "đối tượng")
    )
    aliases = ArrayField(NameField(), verbose_name=_("tên gọi khác"), default=list, blank=True)
    place = models.PositiveSmallIntegerField(_("thứ tự từ cao xuống thấp"), unique=True)
    in_use = models.BooleanField(_("dùng trong hệ thống này"), default=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh hiệu, hình thức khen thưởng")
        verbose_name_plural = _("danh mục danh hiệu, hình thức khen thưởng")
        ordering = ["place"]

    def __str__(self):
        return self.name()

    def name(self, day=None, *, authority=None):
        """The name printed on a day (today, unless told); `authority` fills in the awarding body's name."""
        day = day or timezone.localdate()
        names = [each for each in self.names.all() if each.holds_on(day)]
        text = names[0].name if names else self.code
        return text.replace("{authority}", authority.name(day) if authority else str(_("Bộ")))

    def all_names(self, authority=""):
        """Every name it has or had, and its other names."""
        bearing = authority or str(_("Bộ"))
        return [*(each.name.replace("{authority}", bearing) for each in self.names.all()), *self.aliases]


class AwardName(Dated, Versioned):
    """Tên gọi của danh hiệu, hình thức khen thưởng, from a day to a day, with its legal source.

    `{authority}` in a name stands for the awarding body, whose own name is dated too.
    """

    kind = models.ForeignKey(AwardKind, models.PROTECT, related_name="names", verbose_name=_("danh hiệu"))
    name = NameField(_("tên gọi"))
    first_day = models.DateField(_("từ ngày"), null=True, blank=True)
    last_day = models.DateField(_("đến ngày"), null=True, blank=True)
    citation = NameField(_("căn cứ"), blank=True)
    is_verified = models.BooleanField(_("đã kiểm chứng"), default=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("tên gọi")
        verbose_name_plural = pgettext_lazy("plural", "tên gọi")
        ordering = ["kind", "first_day"]
        constraints = [
            days_in_order("award_name_days_in_order"),
            ExclusionConstraint(
                name="award_names_do_not_overlap",
                expressions=[
                    (Same("kind_id"), RangeOperators.OVERLAPS),
                    (Period("first_day", "last_day"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Danh hiệu đã có tên gọi khác trong khoảng thời gian này."),
            ),
        ]

    def __str__(self):
        return self.name

    def root(self):
        return self.kind
