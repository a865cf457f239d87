"""The kind of job of this app: the mails of a wave of reminders, one to each person."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from blocs.work.jobs import JobFailed, job_kind, step
from campaigns.desk.boards import recipients_of
from campaigns.desk.mailing import line
from campaigns.models import Reminder, ReminderWave, WaveMail

MAILS = "reminder.mail"


def register():
    """Name the work of this kind of job."""
    job_kind(MAILS, gettext_lazy("Gửi thư đôn đốc"), send_mails)


def send_mails(job):
    """Send the mails of a wave to whom none has gone; says how many have theirs, which units none reached."""
    wave = ReminderWave.objects.select_related("year").get(pk=job.parameters["wave"])
    reminders = wave.reminders.filter(channel=Reminder.Channel.MAIL).select_related("unit")
    units = {each.unit for each in reminders.prefetch_related("unit__states")}
    people = recipients_of([unit.pk for unit in units])
    job.tell(total=max(len(units), 1))
    reached, unreached = set(), []
    try:
        with line() as mails:
            for done, unit in enumerate(sorted(units, key=lambda unit: unit.place()), 1):
                gone = [user for user in people.get(unit.pk, []) if _send(wave, user, mails)]
                reached |= {user.pk for user in gone}
                if not gone:
                    unreached.append(unit.short_name())
                step(job, _("Đang gửi thư đôn đốc."), done=done)
    except OSError as error:
        raise JobFailed(
            _("Máy chủ thư không trả lời. Lời nhắc trên hệ thống vẫn có; hãy nhắc bằng Zalo hoặc điện thoại.")
        ) from error
    words = _("Đã gửi thư cho %(sent)s người của %(units)s đơn vị.") % {
        "sent": len(reached),
        "units": len(units) - len(unreached),
    }
    if unreached:
        words += " " + _("Chưa gửi được cho: %(units)s.") % {"units": ", ".join(unreached)}
    return words, reverse("reminded", args=[wave.year.code, wave.pk])


def unreached(wave):
    """The people whom a wave's mail should reach and has not."""
    units = wave.reminders.filter(channel=Reminder.Channel.MAIL).values_list("unit", flat=True)
    people = {user.pk: user for users in recipients_of(list(units)).values() for user in users}
    gone = set(WaveMail.objects.filter(wave=wave).values_list("user", flat=True))
    return [user for key, user in people.items() if key not in gone]


def _send(wave, user, mails):
    """Whether a person's mail of a wave has gone out; it goes once, however often the job is run."""
    with override(settings.LANGUAGE_CODE):  # of the unit that is reminded, not of the sender
        subject = str(wave)
    message = EmailMessage(subject, wave.text, to=[user.email])
    try:
        with transaction.atomic():
            if WaveMail.objects.note(wave, user):
                mails.send(message)
    except SMTPException:
        return False
    return True
