"""Bytes that are kept: each once, under its own SHA-256."""

import hashlib

from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models.base import ScopedQuerySet, append_only


class HashOf(Func):
    """The SHA-256 of a column's bytes in hexadecimal, computed by PostgreSQL."""

    template = "encode(sha256(%(expressions)s), 'hex')"
    output_field = models.CharField()


class StoredFileQuerySet(ScopedQuerySet):
    def keep(self, content, *, media_type):
        """The row that holds these bytes; equal bytes are kept once."""
        digest = hashlib.sha256(content).hexdigest()
        kept, _created = self.get_or_create(
            sha256=digest, defaults={"content": content, "size": len(content), "media_type": media_type}
        )
        return kept

    def without_content(self):
        """Rows without their bytes, for lists."""
        return self.defer("content")


class StoredFile(models.Model):
    """Tệp lưu giữ: bytes that never change; PostgreSQL itself checks that they match their SHA-256."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    content = models.BinaryField(_("nội dung"))
    size = models.PositiveIntegerField(_("dung lượng (byte)"))
    media_type = models.CharField(_("loại nội dung"), max_length=100)
    kept_at = models.DateTimeField(_("lưu lúc"), auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp lưu giữ")
        verbose_name_plural = pgettext_lazy("plural", "tệp lưu giữ")
        ordering = ["kept_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=HashOf("content")), name="stored_file_matches_its_hash"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty"),
        ]
        triggers = append_only()

    def __str__(self):
        return self.sha256[:12]
