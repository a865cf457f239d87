"""Drafts of what is typed: which fields are kept, when a draft is forgotten."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Draft
from config.keeping import DRAFT_OF

KEPT_DAYS = 30
LONGEST_ADDRESS = 300


def drop_old_drafts():
    """Forget the drafts that nobody has touched for a month."""
    dropped = Draft.objects.drop_saved_before(timezone.now() - timedelta(days=KEPT_DAYS))
    return _("Đã bỏ %(count)s bản nháp cũ.") % {"count": dropped}


class SentDraftMiddleware:
    """Forgets the draft of a form that was sent and taken: a form that is taken leads to another page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        taken = request.method == "POST" and response.status_code in (302, 303)
        address = request.POST.get(DRAFT_OF, "") if taken else ""
        if address and "\0" not in address and request.user.is_authenticated:
            Draft.objects.drop(request.user, address)
        return response
