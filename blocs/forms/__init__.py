"""Forms of this app."""

from blocs.forms.paper import PaperFields
from blocs.forms.records import PaperRecordForm
from blocs.forms.versioned import VersionedForm

__all__ = ["PaperFields", "PaperRecordForm", "VersionedForm"]
