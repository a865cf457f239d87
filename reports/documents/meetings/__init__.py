"""The papers of a meeting, in the order in which they are needed."""

from reports.documents.meetings.brief import BRIEF
from reports.documents.meetings.conclusions import CONCLUSIONS
from reports.documents.meetings.hall import PLATES, PROGRAMME, SIGNING_LIST
from reports.documents.meetings.invitation import INVITATION, INVITATION_COPIES
from reports.documents.meetings.minutes import MINUTES
from reports.documents.meetings.script import SCRIPT

__all__ = ["MEETING_PAPERS"]

MEETING_PAPERS = (
    INVITATION,
    INVITATION_COPIES,
    PROGRAMME,
    SIGNING_LIST,
    PLATES,
    SCRIPT,
    BRIEF,
    MINUTES,
    CONCLUSIONS,
)
