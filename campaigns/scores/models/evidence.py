"""What proves a score: files, links, pasted paragraphs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Post, StoredFile, Versioned
from blocs.models.base import NameField
from campaigns.scores.models.criteria import Criterion
from campaigns.scores.models.sheets import OfSheetQuerySet, ScoreSheet


class Evidence(Versioned):
    """Minh chứng: a file, a link or a pasted paragraph beside a criterion of a unit's own sheet."""

    class Kind(models.TextChoices):
        FILE = "file", _("Tệp")
        LINK = "link", _("Đường dẫn, số hồ sơ trên e-office")
        TEXT = "text", _("Đoạn văn")

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="evidence", verbose_name=_("phiếu"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="evidence", verbose_name=_("tiêu chí")
    )
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("tệp")
    )
    file_name = NameField(_("tên tệp"), max_length=200, blank=True)
    address = models.CharField(_("đường dẫn"), max_length=1000, blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    documents = models.JSONField(_("văn bản được nhắc tới"), default=list, blank=True)
    added_at = models.DateTimeField(_("lúc"))
    added_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người ghi"))

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("minh chứng")
        verbose_name_plural = pgettext_lazy("plural", "minh chứng")
        ordering = ["sheet", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", file__isnull=False, address="") & ~Q(file_name="")
                | Q(kind="link", file__isnull=True) & ~Q(address="")
                | Q(kind="text", file__isnull=True, address="") & ~Q(text=""),
                name="evidence_is_what_its_kind_says",
            )
        ]

    def __str__(self):
        return self.file_name or self.address or self.text[:80]

    def root(self):
        return self.sheet.bloc_year
