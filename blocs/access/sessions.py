"""The sessions of a person who is signed in, as that person sees and ends them."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.signals import password_changed
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

BROWSERS = [
    ("Edg", "Edge"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


def register():
    """End the other sessions of whoever changes the password."""
    password_changed.connect(_password_changed, dispatch_uid="end-other-sessions")


@dataclass(frozen=True)
class OwnSession:
    """One session in words: the browser and its computer, where from, since when, last used when."""

    key: int
    client: str
    network: str
    began: datetime
    seen: datetime
    is_here: bool


def own_sessions(request):
    """The sessions of the person that still work, this one first, then the last used; two queries."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    kept = UserSession.objects.filter(user=request.user, session_key__in=alive).order_by("-last_seen_at")
    found = [
        OwnSession(
            key=each.pk,
            client=client(each.user_agent),
            network=network(each.ip),
            began=each.created_at,
            seen=each.last_seen_at,
            is_here=each.session_key == request.session.session_key,
        )
        for each in kept
    ]
    return sorted(found, key=lambda each: not each.is_here)


def end_sessions(user, *, but="", key=None):
    """End a person's sessions, all but one or the one with a key, and return how many there were."""
    ending = UserSession.objects.filter(user=user).exclude(session_key=but)
    if key is not None:
        ending = ending.filter(pk=key)
    ended = list(ending)
    for each in ended:
        each.end()
    return len(ended)


def client(user_agent):
    """The browser and the system of a User-Agent header as people name them."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Trình duyệt không rõ tên")


def network(ip):
    """An address without its last part: enough to know an office by, too little to follow a person by."""
    mark = ":" if ":" in ip else "."
    return f"{ip.rpartition(mark)[0]}{mark}*"


def _password_changed(sender, request, user, **_rest):
    end_sessions(user, but=request.session.session_key)
