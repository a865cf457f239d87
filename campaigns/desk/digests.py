"""One mail a day to whoever has something waiting: how much, what, by when, and the way there."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from blocs import notation
from blocs.contributions import Tick, registry
from blocs.models import Digest, User
from campaigns.desk.mailing import line
from campaigns.years.calendar import SATURDAY
from config.ui import days_left

FROM_HOUR = 7
AT_ONCE = 100  # people whose work is read together
MOST = 20  # lines of one mail
logger = logging.getLogger(__name__)


class NotAllSent(Exception):
    """Some mails of the day did not go out; the next tick tries them again."""


def register():
    """Put the mails before the timer."""
    registry.ticks.append(Tick("digests", send_digests))


def send_digests():
    """Send each person the mail of the day, once, after seven on working days.

    What waits is asked for a hundred people at a time, in a number of queries that does not depend on them.
    Whoever has nothing waiting is done with for the day as well. That a mail goes out is noted in the
    transaction in which it is handed over: one that the mail server does not take is tried again at the next
    tick, and of two ticks at once one sends it.
    """
    now = timezone.localtime()
    if not settings.SITE_ADDRESS:
        return _("Chưa đặt SITE_ADDRESS: không gửi thư tổng hợp.")
    if now.weekday() >= SATURDAY or now.hour < FROM_HOUR:
        return _("Ngoài giờ gửi thư tổng hợp.")
    some = _readers(now.date())
    if not some:
        return _("Đã gửi hết thư tổng hợp của hôm nay.")
    counts = {True: 0, False: 0}
    with override(settings.LANGUAGE_CODE), line() as mails:
        while some:
            waitings = _waitings(some)
            Digest.objects.note_nothing([each for each in some if waitings[each.pk] == []], now.date())
            for user in some:
                if waitings[user.pk] is None:
                    counts[False] += 1
                elif waitings[user.pk]:
                    is_sent = _send(user, waitings[user.pk], now.date(), mails)
                    if is_sent is not None:
                        counts[is_sent] += 1
            some = _readers(now.date(), after=some[-1].pk)
    if counts[False]:
        raise NotAllSent(
            _("Đã gửi %(sent)s thư tổng hợp; %(failed)s thư chưa gửi được, lần sau gửi lại.")
            % {"sent": counts[True], "failed": counts[False]}
        )
    return _("Đã gửi %(sent)s thư tổng hợp.") % {"sent": counts[True]}


def _readers(today, after=0):
    """The next people who read mail and are not done with for the day."""
    done = Digest.objects.filter(day=today)
    readers = User.objects.filter(is_active=True, pk__gt=after).exclude(email="")
    return list(readers.exclude(pk__in=done.values("user")).order_by("pk")[:AT_ONCE])


def _waitings(users):
    """{user key: what waits}, the same as on the home page of each; nothing for whoever has no post.

    None for those of whom it cannot be told, for a fault of the program: nobody else goes without a mail for
    that.
    """
    User.objects.read_standings(users)
    try:
        found = registry.waiting_for([each for each in users if each.standing().posts])
    except Exception:
        if len(users) > 1:
            return {key: told for each in users for key, told in _waitings([each]).items()}
        logger.exception("What waits for account %s cannot be told.", users[0].pk)
        return {users[0].pk: None}
    return {each.pk: found.get(each.pk, []) for each in users}


def _send(user, waitings, today, mails):
    """Whether the mail server has taken a person's mail of the day; None where another tick has sent it."""
    message = EmailMessage(
        ngettext("Thi Đua: %(count)s việc chờ anh/chị", "Thi Đua: %(count)s việc chờ anh/chị", len(waitings))
        % {"count": len(waitings)},
        _text(waitings, today),
        to=[user.email],
    )
    try:
        with transaction.atomic():
            Digest.objects.note(user, today)
            mails.send(message)
    except IntegrityError:
        logger.info("The daily mail of account %s is another tick's.", user.pk)
        return None
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
