"""How access is given: the one-time code by which a person sets the password of an account."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models.base import ScopedQuerySet
from blocs.models.people import Post, User


class InvitationQuerySet(ScopedQuerySet):
    def open(self):
        """Slips whose code may still be used today: neither used nor withdrawn, not expired, not locked."""
        return self.filter(
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
            attempts__lt=Invitation.MOST_ATTEMPTS,
        )


class Invitation(models.Model):
    """Phiếu cấp tài khoản: a one-time code, printed or mailed, kept here as a salted digest alone."""

    MOST_ATTEMPTS = 5

    class Purpose(models.TextChoices):
        ACCOUNT = "account", _("Cấp tài khoản")
        PASSWORD = "password", _("Cấp lại mật khẩu")  # noqa: S105

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name=_("tài khoản"))
    post = models.ForeignKey(
        Post, models.PROTECT, related_name="invitations", verbose_name=_("nhiệm vụ của người nhận")
    )
    purpose = models.CharField(_("mục đích"), max_length=10, choices=Purpose)
    code_digest = models.CharField(max_length=128, editable=False)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người lập"))
    expires_at = models.DateTimeField(_("dùng được đến"))
    attempts = models.PositiveSmallIntegerField(_("số lần gõ sai"), default=0)
    used_at = models.DateTimeField(_("đã dùng lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("đã thu hồi lúc"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("phiếu cấp tài khoản")
        verbose_name_plural = pgettext_lazy("plural", "phiếu cấp tài khoản")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_a_user",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_used_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="invitation_expires_later"
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.user}"
