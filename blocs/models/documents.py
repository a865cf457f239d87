"""A paper's life: drafts, signature, number and day, release, and the bytes of each."""

import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models.base import (
    NameField,
    Refuse,
    RefuseReleased,
    ScopedQuerySet,
    Stateful,
    append_only,
    no_truncate,
)
from blocs.models.files import StoredFile
from blocs.models.organisation import Unit
from blocs.models.people import Post


class IssuedDocumentQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        released = Q(state__in=IssuedDocument.RELEASED_STATES)
        return self.filter(
            Q(issuer__in=standing.unit_ids)
            | released
            & Q(pk__in=DocumentRecipient.objects.filter(unit__in=standing.unit_ids).values("document"))
        )

    def about(self, subject):
        """Documents whose subject is one object."""
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_key=subject.pk)

    def in_preparation(self, subject, kind, edition):
        """The document of this kind that is not released yet, or None."""
        documents = self.about(subject).filter(kind=kind, edition=edition)
        return documents.exclude(state__in=IssuedDocument.RELEASED_STATES).first()

    def in_force(self, subject, kind, edition):
        """The released document of this kind that nothing has superseded, or None."""
        documents = self.about(subject).filter(kind=kind, edition=edition)
        return documents.filter(state=IssuedDocument.State.RELEASED).first()

    def in_series_of(self, document, year):
        """The documents that bear a number of its unit and type in a calendar year."""
        return self.filter(
            issuer=document.issuer_id,
            type_code=document.type_code,
            issued_on__year=year,
            number__isnull=False,
        )

    def next_number(self, document, year):
        """The number that is proposed: one more than the greatest given for unit, type and calendar year."""
        return (self.in_series_of(document, year).aggregate(last=Max("number"))["last"] or 0) + 1


class IssuedDocument(Stateful):
    """Văn bản: one paper from dự thảo to phát hành, of the unit whose letterhead, symbol and number it bears.

    Nghị định 30/2020/NĐ-CP Điều 15: number and day come after the signature, unique for the issuing unit,
    the type and the calendar year.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        FOR_SIGNATURE = "for-signature", _("Trình ký")
        SIGNED = "signed", _("Đã ký")
        NUMBERED = "numbered", _("Đã có số, ngày")
        RELEASED = "released", _("Đã phát hành")
        SUPERSEDED = "superseded", _("Đã được thay thế")

    RELEASED_STATES = (State.RELEASED, State.SUPERSEDED)
    LARGEST_NUMBER = 99_999  # of one series in a year: what is typed above it is mistyped

    kind = models.CharField(_("loại"), max_length=60)
    edition = models.CharField(_("bản"), max_length=20, blank=True)
    type_code = models.CharField(_("chữ viết tắt tên loại văn bản"), max_length=10)
    title = NameField(_("trích yếu"), max_length=500)
    issuer = models.ForeignKey(
        Unit, models.PROTECT, related_name="documents", verbose_name=_("đơn vị ban hành")
    )
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_key = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_key")
    file_stem = models.CharField(_("tên tệp"), max_length=120)
    state = models.CharField(_("trạng thái"), max_length=15, choices=State, default=State.DRAFT)
    draft_number = models.PositiveIntegerField(_("dự thảo lần"), default=0)
    symbol = models.CharField(_("ký hiệu"), max_length=60, blank=True)
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    signer_name = NameField(_("người ký"), max_length=150, blank=True)
    signer_title = NameField(_("chức vụ người ký"), max_length=200, blank=True)
    signed_file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("bản đã ký")
    )
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    released_at = models.DateTimeField(_("phát hành lúc"), null=True, blank=True)
    journal_head = models.CharField(_("đầu chuỗi nhật ký"), max_length=64, blank=True)
    rulebook_day = models.DateField(_("ngày áp dụng quy định"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="superseded_by",
        null=True,
        blank=True,
        verbose_name=_("thay thế"),
    )

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = pgettext_lazy("plural", "văn bản")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_key"], name="document_by_subject")]
        constraints = [
            models.UniqueConstraint(
                F("issuer"),
                F("type_code"),
                ExtractYear("issued_on"),
                F("number"),
                condition=Q(number__isnull=False),
                name="document_number_once_a_year",
                violation_error_message=_("Số này đã cấp cho văn bản khác cùng loại trong năm."),
            ),
            models.UniqueConstraint(
                fields=["kind", "edition", "subject_type", "subject_key"],
                condition=~Q(state="superseded") & ~Q(state="released"),
                name="one_document_in_preparation",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, issued_on__isnull=True)
                | Q(number__isnull=False, number__gte=1, issued_on__isnull=False, signed_on__isnull=False),
                name="document_number_with_day_after_signature",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(issued_on__gte=F("signed_on")),
                name="document_day_not_before_signature",
                violation_error_message=_("Ngày ban hành không được trước ngày ký."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "for-signature"], signed_file__isnull=True)
                | Q(state__in=["signed", "numbered", "released", "superseded"], signed_file__isnull=False),
                name="document_signed_when_filed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "for-signature", "signed"], number__isnull=True)
                | Q(state__in=["numbered", "released", "superseded"], number__isnull=False),
                name="document_numbered_when_said",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["released", "superseded"], released_at__isnull=False)
                | Q(state__in=["draft", "for-signature", "signed", "numbered"], released_at__isnull=True),
                name="document_released_when_said",
            ),
        ]
        triggers = [
            RefuseReleased(name="released_is_frozen", operation=pgtrigger.Update),
            Refuse(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate(),
        ]

    def __str__(self):
        return f"{self.number_as_printed} {self.title}"

    @property
    def number_as_printed(self):
        """ "Số: 05/BC-SHTT", with room for the number until it is given."""
        number = f"{self.number:02d}" if self.number else "     "
        return f"Số: {number}/{self.symbol}"


class DocumentVersionQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        recipients = DocumentRecipient.objects.filter(unit__in=standing.unit_ids).values("document")
        return self.filter(
            Q(document__issuer__in=standing.unit_ids)
            | Q(stage=DocumentVersion.Stage.RELEASED, document__in=recipients)
        )


class DocumentVersion(models.Model):
    """Bản của văn bản: bytes and data of one draft, of what went to signature, or of what was released."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        FOR_SIGNATURE = "for-signature", _("Bản trình ký")
        RELEASED = "released", _("Bản phát hành")

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="versions")
    stage = models.CharField(_("giai đoạn"), max_length=15, choices=Stage)
    draft_number = models.PositiveIntegerField(_("dự thảo lần"))
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_by_name = NameField(_("người lập"))
    data = models.JSONField(_("số liệu"))
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản của văn bản")
        verbose_name_plural = _("các bản của văn bản")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "draft_number"], condition=Q(stage="draft"), name="each_draft_once"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(stage="released"), name="one_released_version"
            ),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.get_stage_display()} {self.draft_number}"


class DocumentRecipientQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(document__in=IssuedDocument.objects.all()._visible(standing))


class DocumentRecipient(models.Model):
    """Nơi nhận: a unit to which a document was released; its people may read the released copy."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="recipients")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    objects = DocumentRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("nơi nhận")
        verbose_name_plural = pgettext_lazy("plural", "nơi nhận")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["document", "unit"], name="recipient_once")]
        triggers = append_only()

    def __str__(self):
        return str(self.unit)


class NumberSeries(models.Model):
    """Sổ số văn bản: of a unit's documents of one type in a calendar year; locked by whoever gives a number.

    The numbers themselves stand on the documents.
    """

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="number_series")
    type_code = models.CharField(_("chữ viết tắt tên loại văn bản"), max_length=10)
    year = models.PositiveSmallIntegerField(_("năm"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("sổ số văn bản")
        verbose_name_plural = pgettext_lazy("plural", "sổ số văn bản")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "type_code", "year"], name="one_series_a_year")
        ]

    def __str__(self):
        return f"{self.type_code} {self.year}"
