"""The kinds of job of this app: documents are printed by a worker, never inside a request."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.jobs import JobFailed, job_kind, step
from blocs.journal import SealBusy
from blocs.models import IssuedDocument
from campaigns.models import BlocYear
from reports import issuing
from reports.steps import address
from reports.writers.pdf import RenderingFailed

DRAFT, SEND, RELEASE = "document.draft", "document.send-to-signature", "document.release"


@job_kind(DRAFT, gettext_lazy("Lập dự thảo"))
def draft(job):
    """Make the next draft of a document of a bloc-year."""
    bloc_year = BlocYear.objects.select_related("year", "bloc").get(pk=job.parameters["bloc_year"])
    number = job.parameters["draft_number"]
    known = IssuedDocument.objects.in_preparation(
        bloc_year, job.parameters["kind"], job.parameters["edition"]
    )
    if known and known.draft_number >= number:  # done before a worker died
        return _("Đã lập dự thảo lần %(number)s.") % {"number": number}, address_of(known)
    version = _printing(
        job,
        issuing.draft,
        bloc_year,
        job.parameters["kind"],
        job.parameters["edition"],
        reason=job.parameters.get("reason", ""),
    )
    return _("Đã lập dự thảo lần %(number)s.") % {"number": version.draft_number}, address_of(
        version.document
    )


@job_kind(SEND, gettext_lazy("Lập bản trình ký"))
def send(job):
    """Send a document to signature."""
    document = _document(job)
    if job.tries == 1 or document.state == document.State.DRAFT:  # else done before a worker died
        document = _printing(job, issuing.send_to_signature, document)
    return _("Đã trình ký."), address_of(document)


@job_kind(RELEASE, gettext_lazy("Lập bản phát hành"))
def release(job):
    """Release a document."""
    document = _document(job)
    if job.tries == 1 or document.state == document.State.NUMBERED:  # else done before a worker died
        document = _printing(job, issuing.release, document)
    return _("Đã phát hành."), address_of(document)


def address_of(document):
    """The page of a document of a bloc-year."""
    return address(document.subject, document.edition)


def _document(job):
    return IssuedDocument.objects.get(pk=job.parameters["document"])


def _printing(job, work, *arguments, **options):
    try:
        return work(*arguments, by=job.asked_by, tell=lambda words: step(job, words), **options)
    except RenderingFailed as error:
        raise JobFailed(str(error)) from error
    except SealBusy as error:
        raise JobFailed(_("Nhật ký đang bận. Hãy thử lại sau một phút.")) from error
