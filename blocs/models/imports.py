"""Spreadsheets on their way in: the file, how its columns were read, what was mended, until it is applied."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models.base import NameField, ScopedQuerySet
from blocs.models.files import StoredFile
from blocs.models.people import User


class SpreadsheetImportQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """A person's own imports: nobody else, whatever the post, sees what was not applied."""
        return self.filter(user=user) if isinstance(user, User) else self.none()


class SpreadsheetImport(models.Model):
    """Bản nhập bảng tính: an official's own file in preview; nothing of it counts before it is applied."""

    user = models.ForeignKey(User, models.CASCADE, related_name="imports", verbose_name=_("tài khoản"))
    kind = models.CharField(_("loại bảng"), max_length=40)
    about = models.CharField(_("nhập vào đâu"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("tệp"))
    file_name = NameField(_("tên tệp"), max_length=200)
    mapping = models.JSONField(_("cách đọc các cột"), default=dict, blank=True)
    mends = models.JSONField(_("ô đã sửa"), default=dict, blank=True)
    parked = models.JSONField(_("dòng để lại"), default=list, blank=True)
    made_at = models.DateTimeField(_("tải lên lúc"), auto_now_add=True)
    applied_at = models.DateTimeField(_("ghi vào hệ thống lúc"), null=True, blank=True)

    objects = SpreadsheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản nhập bảng tính")
        verbose_name_plural = pgettext_lazy("plural", "bản nhập bảng tính")
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["user", "kind"], name="import_by_user_and_kind")]

    def __str__(self):
        return self.file_name
