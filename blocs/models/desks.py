"""What makes a desk: drafts of what is typed, the daily mail, sets of printed documents."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models.base import NameField, ScopedQuerySet
from blocs.models.files import StoredFile
from blocs.models.people import Post, User

MOST_DRAFTS = 50  # kept of one person


class DraftQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """A person's own drafts: nobody else, whatever the post, reads what was typed and not sent."""
        return self.filter(user=user) if isinstance(user, User) else self.none()

    def keep(self, user, address, data):
        """Keep what a person has typed in the form at an address, in place of what was kept before.

        Of one person's drafts the oldest beyond a few dozen are forgotten.
        """
        draft, _made = self.update_or_create(
            user=user, address=address, defaults={"data": data, "saved_at": timezone.now()}
        )
        kept = self.filter(user=user).values_list("pk", flat=True)[:MOST_DRAFTS]
        self.filter(user=user).exclude(pk__in=list(kept)).delete()
        return draft

    def drop(self, user, address):
        """Forget what was kept of a form: it has been sent, or is not wanted."""
        self.filter(user=user, address=address).delete()

    def drop_saved_before(self, moment):
        """Forget drafts last saved before a moment; returns how many."""
        return self.filter(saved_at__lt=moment).delete()[0]


class Draft(models.Model):
    """Bản nháp: what somebody has typed into a form and not sent yet; nobody else reads it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts", verbose_name=_("tài khoản"))
    address = models.CharField(_("trang"), max_length=300)
    data = models.JSONField(_("nội dung"))
    saved_at = models.DateTimeField(_("lưu lúc"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản nháp")
        verbose_name_plural = pgettext_lazy("plural", "bản nháp")
        ordering = ["-saved_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="one_draft_a_form")]

    def __str__(self):
        return self.address


class DigestQuerySet(ScopedQuerySet):
    def note(self, user, day):
        """Note that a person's mail of a day goes out; raises IntegrityError when it has gone already.

        It waits for whoever is just noting the same, to see whether that mail goes out.
        """
        self.create(user=user, day=day)

    def note_nothing(self, users, day):
        """Note of people that nothing is to go out on a day, in one statement."""
        self.bulk_create([self.model(user=each, day=day) for each in users], ignore_conflicts=True)


class Digest(models.Model):
    """Thư tổng hợp ngày: that a person's one mail of a day has gone out."""

    user = models.ForeignKey(User, models.PROTECT, related_name="digests", verbose_name=_("tài khoản"))
    day = models.DateField(_("ngày"))

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư tổng hợp ngày")
        verbose_name_plural = pgettext_lazy("plural", "thư tổng hợp ngày")
        ordering = ["-day", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}"


class PressQuerySet(ScopedQuerySet):
    def claim(self, digest, *, since):
        """Whether this is the first time since a moment that it is sent.

        Waits for whoever is just doing the same, to see whether that is done: it belongs to the transaction
        of what is done.
        """
        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                WITH claimed AS (
                    INSERT INTO {table} (digest, at, address) VALUES (%s, %s, '')
                    ON CONFLICT (digest) DO UPDATE SET at = EXCLUDED.at, address = '' WHERE {table}.at < %s
                    RETURNING digest
                )
                SELECT digest FROM claimed
                """,  # noqa: S608  the name of our own table
                [digest, timezone.now(), since],
            )
            return cursor.fetchone() is not None

    def led_to(self, digest, address):
        """Note where what was done led."""
        self.filter(digest=digest).update(address=address)

    def forget_before(self, moment):
        """Forget what was sent before; how many that were."""
        return self.filter(at__lt=moment).delete()[0]


class Press(models.Model):
    """Lần bấm gửi: that a form, as a page showed it, was sent with these very words, and where it led."""

    digest = models.CharField(primary_key=True, max_length=64, db_collation="C")
    at = models.DateTimeField(_("lúc"))
    address = models.CharField(_("nơi dẫn tới"), max_length=300)

    objects = PressQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần bấm gửi")
        verbose_name_plural = pgettext_lazy("plural", "lần bấm gửi")
        ordering = ["-at", "pk"]

    def __str__(self):
        return self.digest


class PackQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(made_by__unit__in=standing.unit_ids)

    def about(self, subject):
        """Packs of one object, newest first."""
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_key=subject.pk)


class Pack(models.Model):
    """Bộ tài liệu in: all documents of a meeting in one file, as they were when somebody asked."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_key = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_key")
    title = NameField(_("tên"))
    file_name = models.CharField(_("tên tệp"), max_length=150)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("tệp"))
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người lập"))

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("bộ tài liệu in")
        verbose_name_plural = pgettext_lazy("plural", "bộ tài liệu in")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_key"], name="pack_by_subject")]

    def __str__(self):
        return self.title
