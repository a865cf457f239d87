"""The journal: what was done, by whom, in which post, why; sealed so that rewriting shows."""

import pgtrigger
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models.base import NameField, Refuse, RefuseUnlessErased, ScopedQuerySet, append_only, no_truncate
from blocs.models.files import StoredFile
from blocs.models.people import Post, User


class PaperRecordQuerySet(ScopedQuerySet):
    def write(self, paper):
        """Keep the record of an act that was done on paper, with its scan."""
        scan = paper.scan
        if isinstance(scan, tuple):
            content, media_type = scan
            scan = StoredFile.objects.keep(content, media_type=media_type)
        return self.create(day=paper.day, place=paper.place, participants=paper.participants, scan=scan)

    def _visible(self, standing):
        return self.filter(entry__in=Entry.objects.all()._visible(standing))


class PaperRecord(models.Model):
    """Ghi nhận từ văn bản giấy: day, place, who took part and the scan of an act that was done on paper."""

    day = models.DateField(_("ngày trên giấy"))
    place = NameField(_("nơi"), blank=True)
    participants = models.TextField(_("người tham gia"), blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("bản chụp")
    )

    objects = PaperRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("ghi nhận từ văn bản giấy")
        verbose_name_plural = pgettext_lazy("plural", "ghi nhận từ văn bản giấy")
        ordering = ["pk"]
        triggers = append_only()

    def __str__(self):
        return f"{self.day:%d/%m/%Y}"


class EntryQuerySet(ScopedQuerySet):
    def write(self, entry, payload, *, lock):
        """Add one entry with its payload, in one statement; only blocs.journal calls this.

        The advisory lock is shared before the entry has its key, so that no seal goes past it meanwhile.
        """
        columns, beside = _columns(Entry), _columns(Payload)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                WITH shared AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(%s)),
                     entry AS (INSERT INTO {Entry._meta.db_table} ({_names(columns)})
                               SELECT {_places(columns)} FROM shared RETURNING id)
                INSERT INTO {Payload._meta.db_table} (entry_id, {_names(beside)})
                SELECT id, {_places(beside)} FROM entry RETURNING entry_id
                """,  # noqa: S608  names of our own tables and columns
                [lock, *_values(entry, columns), *_values(payload, beside)],
            )
            (entry.pk,) = cursor.fetchone()
        entry._state.adding, entry._state.db = False, connection.alias

    def _visible(self, standing):
        return self.filter(post__unit__in=standing.unit_ids)

    def about(self, obj):
        """The entries about one object, newest first; the caller has checked that it may be seen."""
        return self.filter(object_kind=obj._meta.label_lower, object_key=str(obj.pk)).order_by("-pk")


def _columns(model):
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _names(columns):
    return ", ".join(f'"{field.column}"' for field in columns)


def _places(columns):
    return ", ".join(["%s"] * len(columns))


def _values(row, columns):
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in columns]


class Entry(models.Model):
    """Bút toán nhật ký: one act. Names are copied as text, so that it reads the same in fifty years."""

    at = models.DateTimeField(_("lúc"))
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name=_("tài khoản"))
    actor_name = NameField(_("người thực hiện"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("chức vụ"))
    post_title = NameField(_("chức vụ khi thực hiện"))
    on_behalf_of = NameField(_("làm thay"), blank=True)
    act = models.CharField(_("việc"), max_length=60)
    object_kind = models.CharField(_("loại đối tượng"), max_length=60)
    object_key = models.CharField(_("khoá"), max_length=64)
    object_name = NameField(_("đối tượng"))
    reason = models.TextField(_("lý do"), blank=True)
    request_id = models.UUIDField(_("mã yêu cầu"))
    paper = models.OneToOneField(
        PaperRecord, models.PROTECT, related_name="entry", null=True, verbose_name=_("theo văn bản giấy")
    )
    payload_digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bút toán nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_kind", "object_key", "-id"], name="entry_by_object")]
        triggers = append_only()

    def __str__(self):
        return f"{self.act} {self.object_name}"


class PayloadQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(entry__in=Entry.objects.all()._visible(standing))


class Payload(models.Model):
    """Nội dung thay đổi của một bút toán: before and after, apart from the entry so that it can be erased.

    The entry keeps only its salted digest. The database lets a payload go only when the journal holds the
    act that erases it.
    """

    ERASED_BY = "journal.erase-payload"

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=32)
    data = models.JSONField()

    objects = PayloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("nội dung thay đổi")
        verbose_name_plural = pgettext_lazy("plural", "nội dung thay đổi")
        ordering = ["pk"]
        triggers = [
            Refuse(name="no_update", operation=pgtrigger.Update),
            RefuseUnlessErased(name="erased_by_act_only", operation=pgtrigger.Delete),
            no_truncate(),
        ]

    def __str__(self):
        return str(self.pk)


class SealQuerySet(ScopedQuerySet):
    def write(self, *, keys, previous, head):
        """Add one seal over the entries with these keys; only blocs.journal.seal() calls this."""
        return self.create(
            sealed_at=timezone.now(),
            first_entry=keys[0],
            last_entry=keys[-1],
            entries=len(keys),
            previous=previous,
            head=head,
        )


class Seal(models.Model):
    """Niêm phong nhật ký: the hash of all entries since the last seal, chained to that seal's head."""

    sealed_at = models.DateTimeField(_("lúc"))
    first_entry = models.BigIntegerField(_("từ bút toán"))
    last_entry = models.BigIntegerField(_("đến bút toán"), unique=True)
    entries = models.PositiveIntegerField(_("số bút toán"))
    previous = models.CharField(_("đầu chuỗi trước"), max_length=64, unique=True)
    head = models.CharField(_("đầu chuỗi"), max_length=64, unique=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("niêm phong nhật ký")
        verbose_name_plural = pgettext_lazy("plural", "niêm phong nhật ký")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_entry__lte=models.F("last_entry")), name="seal_entries_in_order"
            )
        ]
        triggers = append_only()

    def __str__(self):
        return self.head[:12]
