"""A meeting's set of papers: all of them as PDF and Word in one file, as officials name files."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import DocumentVersion, IssuedDocument
from blocs.permissions import require
from campaigns.models import Meeting
from reports import actions
from reports.blocks import documents_of
from reports.blocks.outline import has_content
from reports.documents import KINDS, MEETING_PAPERS
from reports.documents.base import Stage, version_file_name
from reports.documents.meetings.facts import MeetingFacts
from reports.documents.meetings.shared import stem
from reports.documents.scores import RANKING, SCORE_PAPERS, SCORE_TABLE
from reports.documents.scores.table import known
from reports.issuing import tell_nobody, tree_of
from reports.permissions import may_make_pack
from reports.writers.docx import to_docx
from reports.writers.pdf import to_pdf
from reports.writers.xlsx import to_xlsx


def make(meeting, *, by, tell=tell_nobody):
    """Print the papers of a meeting and keep them as one file; returns its Pack.

    A document that has been drafted goes in as its newest version, any other paper as the data is today.
    """
    today = timezone.localdate()
    require(may_make_pack(by, meeting, today))
    kept, papers = BytesIO(), papers_of(meeting, by)
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for done, (kind, subject, said) in enumerate(papers):
            tell(_("Đang lập: %(name)s") % {"name": kind.name}, done=done)
            for name, content in files_of(kind, subject, said, today):
                archive.writestr(f"{done + 1:02d}_{name}", content)
    return actions.make_pack(
        meeting=meeting,
        title=str(_("Bộ tài liệu: %(meeting)s") % {"meeting": meeting.title})[:300],
        file_name=f"{stem(papers[0][2], 'Bo-tai-lieu')}_{today:%Y%m%d}.zip",
        content=kept.getvalue(),
        by=by,
    )


def papers_of(meeting, by):
    """(kind, subject, facts) of all that goes into the set, as far as this person reads it."""
    facts = MeetingFacts.of(meeting)
    return [(kind, meeting, facts) for kind in MEETING_PAPERS] + papers_of_scores(meeting, by)


def papers_of_scores(meeting, by):
    """(kind, subject, facts) of what the year-end conference reads of scores, where any are known."""
    if meeting.kind != Meeting.Kind.YEAR_END:
        return []
    facts = SCORE_TABLE.facts(meeting.bloc_year, by)
    found = [(SCORE_TABLE, known(facts)), (RANKING, RANKING.awaits(facts) is None)]
    return [(kind, meeting.bloc_year, facts) for kind, has_some in found if has_some]


def files_of(kind, subject, facts, today):
    """(name, bytes) of a paper as PDF and Word, tables of scores as spreadsheet too.

    None where the paper would be empty or is made later.
    """
    version = newest_version(kind, subject)
    if version:
        for ending, kept in (("pdf", version.pdf), ("docx", version.docx)):
            yield version_file_name(version, ending), bytes(kept.content)
        return
    if kind.awaits(facts) is not None:
        return
    is_issued = kind.code in KINDS
    tree = tree_of(kind, facts, "", Stage(draft_day=today) if is_issued else Stage())
    if not any(map(has_content, documents_of(tree)[0].body)):
        return
    name = "_".join([kind.stem(facts, ""), *(["du-thao"] if is_issued else []), f"{today:%Y%m%d}"])
    yield f"{name}.pdf", to_pdf(tree)
    yield f"{name}.docx", to_docx(tree)
    if kind in SCORE_PAPERS:
        yield f"{name}.xlsx", to_xlsx(tree)


def newest_version(kind, subject):
    """The newest version of the issued document of this kind, or None."""
    documents = IssuedDocument.objects.about(subject).filter(kind=kind.code)
    versions = DocumentVersion.objects.filter(document__in=documents)
    return versions.select_related("document", "pdf", "docx").order_by("-document", "-pk").first()
