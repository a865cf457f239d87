"""One builder a kind of document; a document has no template of its own."""

from reports.documents.base import DocumentKind
from reports.documents.handover import HANDOVER
from reports.documents.meetings import MEETING_PAPERS
from reports.documents.reminder_letter import REMINDER_LETTER
from reports.documents.scores import SCORE_PAPERS
from reports.documents.year_end_summary import YEAR_END_SUMMARY

__all__ = ["KINDS", "MEETING_PAPERS", "PAPERS", "YEAR_END_SUMMARY"]

# All kinds of paper, and those of them that are issued: drafted, signed, numbered, released.
PAPERS = {
    kind.code: kind for kind in [YEAR_END_SUMMARY, *MEETING_PAPERS, *SCORE_PAPERS, HANDOVER, REMINDER_LETTER]
}
KINDS = {code: kind for code, kind in PAPERS.items() if isinstance(kind, DocumentKind)}
