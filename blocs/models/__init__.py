"""Who exists, who acts, what is kept."""

from blocs.models.base import ScopedQuerySet, Versioned
from blocs.models.documents import DocumentRecipient, DocumentVersion, IssuedDocument, NumberSeries
from blocs.models.files import StoredFile
from blocs.models.journal import Entry, PaperRecord, Payload, Seal
from blocs.models.organisation import Bloc, Succession, Unit, UnitState
from blocs.models.people import Person, Post, User
from blocs.models.work import Job

__all__ = [
    "Bloc",
    "DocumentRecipient",
    "DocumentVersion",
    "Entry",
    "IssuedDocument",
    "Job",
    "NumberSeries",
    "PaperRecord",
    "Payload",
    "Person",
    "Post",
    "ScopedQuerySet",
    "Seal",
    "StoredFile",
    "Succession",
    "Unit",
    "UnitState",
    "User",
    "Versioned",
]
