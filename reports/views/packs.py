"""A meeting's papers on one page, and its sets of printed papers."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from blocs import actions
from blocs.models import IssuedDocument, Job, Pack
from blocs.permissions import Refusal, may_edit, require
from reports import jobs
from reports.documents import KINDS, MEETING_PAPERS
from reports.documents.base import PrintedKind
from reports.documents.meetings.facts import MeetingFacts
from reports.documents.meetings.shared import above, address
from reports.life import Way
from reports.permissions import may_make_pack
from reports.subjects import find_meeting
from reports.views.files import download


@dataclass(frozen=True)
class Row:
    """A paper in the list: its kind, its page, its newest document where it is issued, why it comes later."""

    kind: PrintedKind
    address: str
    is_issued: bool
    document: IssuedDocument | None
    awaits: Refusal | None


@require_GET
def papers(request, year, bloc, pk):
    """All papers of a meeting, how far each is, and the sets that were made."""
    user = request.user
    meeting = find_meeting(user, year, bloc, pk)
    may = bool(may_edit(user, meeting, timezone.localdate()))
    newest = {}
    for document in IssuedDocument.objects.visible_to(user).about(meeting).order_by("pk"):
        newest[document.kind] = document
    facts = MeetingFacts.of(meeting)
    rows = [
        Row(
            kind,
            kind.address(meeting, ""),
            kind.code in KINDS,
            newest.get(kind.code),
            kind.awaits(facts) if may else None,
        )
        for kind in MEETING_PAPERS
    ]
    packs = Pack.objects.visible_to(user).about(meeting).filter(file_name__endswith=".zip")
    packs = packs.select_related("made_by__person", "file")
    context = {
        "above": above(meeting),
        "title": _("Giấy mời, biên bản và tài liệu"),
        "meeting": meeting,
        "next": _button(meeting) if may else None,
        "rows": [row for row in rows if may or row.document],
        "packs": packs.defer("file__content")[:5] if may else [],
        "job": Job.objects.visible_to(user).under_way().filter(parameters__page=request.path).first(),
    }
    return render(request, "reports/meeting_papers.html", context)


@require_POST
def ask_for_pack(request, year, bloc, pk):
    """Ask a worker for the whole set."""
    meeting = find_meeting(request.user, year, bloc, pk)
    require(may_make_pack(request.user, meeting, timezone.localdate()))
    parameters = {
        "meeting": meeting.pk,
        "page": address(meeting, "meeting-papers"),
        "language": get_language(),
    }
    return redirect("job", actions.ask_for(kind=jobs.PACK, parameters=parameters, by=request.user).pk)


@require_GET
def pack(request, pk):
    """A set or a single paper that was printed, for those who may see it."""
    packs = Pack.objects.visible_to(request.user).select_related("file")
    found = get_object_or_404(packs, pk=pk)
    return download(found.file.content, found.file.media_type, found.file_name)


def _button(meeting):
    return Way(
        _("Lập trọn bộ (PDF và Word)"),
        address(meeting, "meeting-pack"),
        posts=True,
        note=_("Tất cả tài liệu dưới đây trong một tệp nén, in từ số liệu hôm nay."),
    )
