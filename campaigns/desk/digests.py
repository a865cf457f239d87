"""One mail a day to whoever has something waiting: how much, what, by when, and the way there."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from blocs import notation
from blocs.contributions import Tick, registry
from blocs.models import Digest, User
from campaigns.years.calendar import SATURDAY
from config.ui import days_left

FROM_HOUR = 7
MOST = 20  # lines of one mail
logger = logging.getLogger(__name__)


class NotAllSent(Exception):
    """Some mails of the day did not go out; the next tick tries them again."""


def register():
    """Put the mails before the timer."""
    registry.ticks.append(Tick("digests", send_digests))


def send_digests():
    """Send each person the mail of the day, once, after seven on working days.

    Whoever has nothing waiting is done with for the day as well. That is noted in the transaction in which
    the mail is handed over: one that the mail server does not take is tried again at the next tick.
    """
    now = timezone.localtime()
    if not settings.SITE_ADDRESS:
        return _("Chưa đặt SITE_ADDRESS: không gửi thư tổng hợp.")
    if now.weekday() >= SATURDAY or now.hour < FROM_HOUR:
        return _("Ngoài giờ gửi thư tổng hợp.")
    sent = Digest.objects.filter(day=now.date())
    readers = User.objects.filter(is_active=True).exclude(email="").exclude(pk__in=sent.values("user"))
    readers = list(readers.select_related("person").order_by("pk"))
    if not readers:
        return _("Đã gửi hết thư tổng hợp của hôm nay.")
    counts = {True: 0, False: 0}
    with override(settings.LANGUAGE_CODE), get_connection() as connection:
        for user in readers:
            waitings = registry.waiting_for(user) if user.standing().posts else []
            is_sent = _send(user, waitings, now.date(), connection)
            if waitings or not is_sent:
                counts[is_sent] += 1
    if counts[False]:
        raise NotAllSent(
            _("Đã gửi %(sent)s thư tổng hợp; %(failed)s thư chưa gửi được, lần sau gửi lại.")
            % {"sent": counts[True], "failed": counts[False]}
        )
    return _("Đã gửi %(sent)s thư tổng hợp.") % {"sent": counts[True]}


def _send(user, waitings, today, connection):
    """Whether a person is done with for the day: nothing waits, or the mail server has taken the mail."""
    message = EmailMessage(
        ngettext("Thi Đua: %(count)s việc chờ anh/chị", "Thi Đua: %(count)s việc chờ anh/chị", len(waitings))
        % {"count": len(waitings)},
        _text(waitings, today),
        to=[user.email],
        connection=connection,
    )
    try:
        with transaction.atomic():
            if Digest.objects.note(user, today) and waitings:
                message.send()
    except OSError as error:
        logger.warning("The daily mail of account %s was not taken: %s", user.pk, type(error).__name__)
        return False
    return True


def _text(waitings, today):
    """The mail: a line for each thing, soonest first, without a name of a person."""
    lines = [_line(each, today) for each in waitings[:MOST]]
    if len(waitings) > MOST:
        lines.append(_("… và %(count)s việc khác.") % {"count": notation.count(len(waitings) - MOST)})
    site = settings.SITE_ADDRESS.rstrip("/")
    return "\n".join(
        [
            _("Những việc đang chờ anh/chị trên Thi Đua:"),
            "",
            *lines,
            "",
            _("Mở việc của tôi: %(address)s/") % {"address": site},
            "",
            _("Thư này gửi tự động, mỗi ngày làm việc một lần; không cần trả lời."),
        ]
    )


def _line(waiting, today):
    words = f"- {waiting.title} ({waiting.about})"
    if waiting.due is None:
        return words
    due = {"day": notation.day(waiting.due), "left": days_left(waiting.due, today)}
    return words + ": " + _("hạn %(day)s, %(left)s") % due
