"""The kinds of job of this app: documents are printed by a worker, never inside a request."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import SealBusy
from blocs.models import IssuedDocument, Pack
from blocs.work.jobs import JobFailed, job_kind, step
from campaigns.models import Meeting
from reports import issuing, packs, prints
from reports.documents import KINDS, PAPERS
from reports.documents.meetings.shared import address as meeting_address
from reports.writers.pdf import RenderingFailed

DRAFT, SEND, RELEASE = "document.draft", "document.send-to-signature", "document.release"
PACK = "pack.make"
PRINT = "paper.print"


def register():
    """Name the work of each kind of job."""
    job_kind(DRAFT, gettext_lazy("Lập dự thảo"), draft)
    job_kind(SEND, gettext_lazy("Lập bản trình ký"), send)
    job_kind(RELEASE, gettext_lazy("Lập bản phát hành"), release)
    job_kind(PACK, gettext_lazy("Lập bộ tài liệu"), pack)
    job_kind(PRINT, gettext_lazy("Lập bản in"), print_paper)


def draft(job):
    """Make the next draft of a document."""
    kind, edition = KINDS[job.parameters["kind"]], job.parameters["edition"]
    subject = kind.model._base_manager.get(pk=job.parameters["subject"])
    number = job.parameters["draft_number"]
    known = IssuedDocument.objects.in_preparation(subject, kind.code, edition)
    if not (known and known.draft_number >= number):  # else done before a worker died
        reason = job.parameters.get("reason", "")
        number = _printing(job, issuing.draft, subject, kind.code, edition, reason=reason).draft_number
    return _("Đã lập dự thảo lần %(number)s.") % {"number": number}, kind.address(subject, edition)


def send(job):
    """Send a document to signature."""
    document = _document(job)
    if job.tries == 1 or document.state == document.State.DRAFT:  # else done before a worker died
        document = _printing(job, issuing.send_to_signature, document)
    return _("Đã trình ký."), issuing.address_of(document)


def release(job):
    """Release a document."""
    document = _document(job)
    if job.tries == 1 or document.state == document.State.NUMBERED:  # else done before a worker died
        document = _printing(job, issuing.release, document)
    return _("Đã phát hành."), issuing.address_of(document)


def pack(job):
    """Print all papers of a meeting and keep them as one file."""
    meeting = Meeting.objects.get(pk=job.parameters["meeting"])
    address = meeting_address(meeting, "meeting-papers")
    made = Pack.objects.about(meeting).filter(made_at__gte=job.asked_at).exists()
    if not (job.tries > 1 and made):  # else done before a worker died
        job.tell(total=len(packs.papers_of(meeting, job.asked_by)))
        _printing(job, packs.make, meeting)
    return _("Đã lập bộ tài liệu."), address


def print_paper(job):
    """Print a paper as its reader has it today."""
    kind, edition = PAPERS[job.parameters["kind"]], job.parameters["edition"]
    subject = kind.model._base_manager.get(pk=job.parameters["subject"])
    made = Pack.objects.visible_to(job.asked_by).about(subject).filter(made_at__gte=job.asked_at)
    if not (job.tries > 1 and made.exists()):  # else done before a worker died
        _printing(job, prints.make, kind, subject, edition)
    return _("Đã lập bản in."), kind.address(subject, edition)


def _document(job):
    return IssuedDocument.objects.get(pk=job.parameters["document"])


def _printing(job, work, *arguments, **options):
    try:
        tell = partial(step, job)
        return work(*arguments, by=job.asked_by, tell=tell, **options)
    except RenderingFailed as error:
        raise JobFailed(str(error)) from error
    except SealBusy as error:
        raise JobFailed(_("Nhật ký đang bận. Hãy thử lại sau một phút.")) from error
