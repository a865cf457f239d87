"""Documents that wait: for who keeps them to be sent on, for the văn thư to be numbered and released."""

from collections import defaultdict
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.contributions import Waiting
from blocs.models import IssuedDocument, Post, User
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


def waitings(users):
    """What waits for each: documents issued by the units of which they keep papers or give numbers."""
    User.objects.read_standings(users)
    kept = {each.pk: _units_of(each, *KEEPERS) for each in users}
    clerked = {each.pk: _units_of(each, Role.CLERK) for each in users}
    issuers = set().union(*kept.values(), *clerked.values())
    if not issuers:
        return {}
    documents = IssuedDocument.objects.filter(issuer__in=issuers, kind__in=KINDS)
    by_issuer = defaultdict(list)
    for document in documents.exclude(state__in=IssuedDocument.RELEASED_STATES):
        by_issuer[document.issuer_id].append(document)
    return {each.pk: list(_waitings(by_issuer, kept[each.pk], clerked[each.pk])) for each in users}


def _units_of(user, *roles):
    return {post.unit_id for post in user.standing().posts if post.role in roles}


def _waitings(by_issuer, kept, clerked):
    """What waits for one person, the newest document first."""
    issued = [document for unit in kept | clerked for document in by_issuer[unit]]
    for document in sorted(issued, key=lambda each: -each.pk):
        if document.issuer_id in kept or document.state in CLERKED:
            yield _waiting(document, document.issuer_id in clerked)


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
