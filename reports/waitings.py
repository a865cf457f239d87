"""Documents that wait: for who keeps them to be sent on, for the văn thư to be numbered and released."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.contributions import Waiting
from blocs.models import IssuedDocument, Post
from reports.documents import KINDS

State = IssuedDocument.State
Role = Post.Role
KEEPERS = (Role.STAFF, Role.SECRETARY, Role.OFFICER)
CLERKED = (State.SIGNED, State.NUMBERED)  # what a văn thư leads on
SATURDAY = 5
TITLES = {
    State.DRAFT: gettext_lazy("Trình ký văn bản"),
    State.FOR_SIGNATURE: gettext_lazy("Lưu bản đã ký"),
    State.SIGNED: gettext_lazy("Ghi số, ngày do văn thư cấp"),
    State.NUMBERED: gettext_lazy("Phát hành văn bản"),
}


def waitings(user):
    """What waits for this person: documents issued by the units of which they keep papers or give numbers."""
    posts = user.standing().posts
    kept = {post.unit_id for post in posts if post.role in KEEPERS}
    clerked = {post.unit_id for post in posts if post.role == Role.CLERK}
    if not (kept or clerked):
        return []
    documents = IssuedDocument.objects.filter(issuer__in=kept | clerked, kind__in=KINDS)
    return [
        _waiting(document, document.issuer_id in clerked)
        for document in documents.exclude(state__in=IssuedDocument.RELEASED_STATES)
        if document.issuer_id in kept or document.state in CLERKED
    ]


def _waiting(document, is_clerk):
    signed = document.state == State.SIGNED
    return Waiting(
        title=_("Cấp số, ngày (sổ chờ số)") if signed and is_clerk else str(TITLES[document.state]),
        about=f"{KINDS[document.kind].name}: {document.title}",
        address=reverse("document-assign-number" if signed else "document", args=[document.pk]),
        due=next_working_day(document.signed_on) if signed else None,
        note=_("Ký ngày %(day)s") % {"day": notation.day(document.signed_on)} if signed else "",
    )


def next_working_day(day):
    """The day by which a signed document bears its number (Nghị định 30/2020/NĐ-CP Điều 15)."""
    following = day + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return following
