"""Who was reminded of what, when and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Post, ScopedQuerySet, Unit, User
from blocs.models.base import NameField, append_only
from campaigns.models.phases import Phase
from campaigns.models.years import BlocYear, EmulationYear


class ReminderWaveQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(made_by__unit__in=standing.unit_ids)


class ReminderWave(models.Model):
    """Đợt đôn đốc: units reminded together of one phase, with the text they were sent."""

    year = models.ForeignKey(EmulationYear, models.PROTECT, related_name="waves", verbose_name=_("năm"))
    phase_kind = models.CharField(_("giai đoạn"), max_length=12, choices=Phase.Kind)
    text = models.TextField(_("lời nhắc"))
    made_at = models.DateTimeField(_("lúc"))
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người nhắc"))

    objects = ReminderWaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("đợt đôn đốc")
        verbose_name_plural = pgettext_lazy("plural", "đợt đôn đốc")
        ordering = ["-pk"]
        triggers = append_only()

    def __str__(self):
        return str(
            _("Đôn đốc %(phase)s năm %(year)s")
            % {"phase": self.get_phase_kind_display().lower(), "year": self.year}
        )


class WaveMailQuerySet(ScopedQuerySet):
    def note(self, wave, user):
        """Note that a person's mail of a wave goes out; False when it has gone already."""
        return self.get_or_create(wave=wave, user=user)[1]


class WaveMail(models.Model):
    """Thư của đợt đôn đốc: that a person's one mail of a wave has gone out."""

    wave = models.ForeignKey(ReminderWave, models.PROTECT, related_name="mails", verbose_name=_("đợt"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("tài khoản"))

    objects = WaveMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư của đợt đôn đốc")
        verbose_name_plural = pgettext_lazy("plural", "thư của đợt đôn đốc")
        ordering = ["wave", "pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "user"], name="one_mail_a_wave")]

    def __str__(self):
        return str(self.wave)


class ReminderQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(unit__in=standing.unit_ids)


class Reminder(models.Model):
    """Lời nhắc: one unit reminded of one phase through one channel; a phone call has a note of whom."""

    class Channel(models.TextChoices):
        IN_APP = "in-app", _("Trên hệ thống")
        MAIL = "mail", _("Thư điện tử")
        ZALO = "zalo", _("Zalo")
        LETTER = "letter", _("Công văn")
        PHONE = "phone", _("Điện thoại")

    wave = models.ForeignKey(
        ReminderWave, models.PROTECT, related_name="reminders", null=True, blank=True, verbose_name=_("đợt")
    )
    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="reminders", verbose_name=_("khối trong năm")
    )
    phase_kind = models.CharField(_("giai đoạn"), max_length=12, choices=Phase.Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminders", verbose_name=_("đơn vị"))
    channel = models.CharField(_("cách nhắc"), max_length=10, choices=Channel)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("người nhắc"))
    note = NameField(_("ghi chú"), blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("lời nhắc")
        verbose_name_plural = pgettext_lazy("plural", "lời nhắc")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["bloc_year", "phase_kind", "unit"], name="reminder_by_unit")]
        triggers = append_only()

    def __str__(self):
        return f"{self.unit} - {self.get_phase_kind_display()}"
