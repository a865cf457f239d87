"""A button pressed twice acts once: what a page sent is done by its first press, the others are told so.

Each page is given another CSRF token, so the same token with the same words to the same address is the same
press. The first act of a request claims it within its own transaction: a second press waits for the first,
and goes ahead only where that was refused. What scripts send while a page stays open is left out: there the
same may be meant again.
"""

import hashlib
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models.desks import Press
from config.keeping import page_before

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
AGAIN_WITHIN = timedelta(minutes=30)  # the same words from the same page are the same press
KEPT = timedelta(days=2)


class PressedBefore(Exception):
    """What was sent has been done already, by an earlier press."""


@dataclass
class Pressed:
    """What the request under way sent; claimed once an act has begun with it."""

    digest: str
    is_claimed: bool = False


_pressed = ContextVar("what the request under way sent", default=None)


def claim():
    """Claim what the request sent for the act that begins, within its transaction.

    Further acts of the same request go with the first. Raises PressedBefore where it is done already.
    """
    pressed = _pressed.get()
    if pressed is None or pressed.is_claimed:
        return
    if not Press.objects.claim(pressed.digest, since=timezone.now() - AGAIN_WITHIN):
        raise PressedBefore
    pressed.is_claimed = True


def give_back():
    """Let what the request sent be claimed again: the act that had claimed it was not done."""
    if pressed := _pressed.get():
        pressed.is_claimed = False


def forget_old():
    """Forget the presses of some days ago."""
    forgotten = Press.objects.forget_before(timezone.now() - KEPT)
    return _("Đã bỏ %(count)s dấu gửi cũ.") % {"count": forgotten}


class PressMiddleware:
    """Knows each press of a button, and leads a second one to where the first led."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        pressed = Pressed(digest_of(request)) if is_press(request) else None
        token = _pressed.set(pressed)
        try:
            response = self.get_response(request)
        finally:
            _pressed.reset(token)
        if pressed and pressed.is_claimed and response.status_code in (302, 303):
            Press.objects.led_to(pressed.digest, response.url[:300])
        return response

    def process_exception(self, request, exception):
        if not isinstance(exception, PressedBefore):
            return None
        messages.info(request, _("Nội dung này đã được ghi ở lần bấm trước; không ghi thêm."))
        led_to = Press.objects.filter(digest=digest_of(request)).values_list("address", flat=True).first()
        return redirect(led_to or page_before(request))


def is_press(request):
    """Whether somebody pressed a button of a page: a script that sends in the background is none."""
    if request.method != "POST" or not request.user.is_authenticated or TOKEN not in request.POST:
        return False
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")  # older browsers do not say
    return mode == "navigate" and not request.htmx


def digest_of(request):
    """A mark of who sent what from which page to which address."""
    digest = hashlib.sha256()

    def add(*parts):
        for part in parts:
            text = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
            digest.update(len(text).to_bytes(8, "big") + text)

    add(request.user.pk, request.get_full_path())
    for name, values in sorted(request.POST.lists()):
        add(name, *values)
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            add(name, file.name, *file.chunks())
            file.seek(0)
    return digest.hexdigest()
