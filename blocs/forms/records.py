"""The form of a row whose editing has a window: what it takes to record from paper after the last day."""

from blocs.forms.paper import PaperFields
from blocs.forms.versioned import VersionedForm


class PaperRecordForm(PaperFields, VersionedForm):
    """A row's form with its paper twin; `window` says why the window is closed, empty while it is open."""

    window = ""

    @property
    def paper_is_open(self):
        return bool(self.window or self.refusal) or super().paper_is_open
