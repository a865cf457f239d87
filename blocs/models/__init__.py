"""Who exists, who acts, what is kept."""

from blocs.models.accounts import Invitation
from blocs.models.base import ScopedQuerySet, Stateful, Versioned
from blocs.models.desks import Digest, Draft, Pack, Press
from blocs.models.documents import DocumentRecipient, DocumentVersion, IssuedDocument, NumberSeries
from blocs.models.files import StoredFile
from blocs.models.imports import SpreadsheetImport
from blocs.models.journal import Entry, PaperRecord, Payload, Seal
from blocs.models.organisation import Bloc, Succession, Unit, UnitKind, UnitState
from blocs.models.people import Person, Post, User
from blocs.models.work import Job

__all__ = [
    "Bloc",
    "Digest",
    "DocumentRecipient",
    "DocumentVersion",
    "Draft",
    "Entry",
    "Invitation",
    "IssuedDocument",
    "Job",
    "NumberSeries",
    "Pack",
    "PaperRecord",
    "Payload",
    "Press",
    "Person",
    "Post",
    "ScopedQuerySet",
    "Seal",
    "SpreadsheetImport",
    "Stateful",
    "StoredFile",
    "Succession",
    "Unit",
    "UnitKind",
    "UnitState",
    "User",
    "Versioned",
]
