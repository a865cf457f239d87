"""Forms of this app."""

from blocs.forms.numbers import NumberField, NumberInput, WholeNumberField
from blocs.forms.paper import PaperFields
from blocs.forms.records import PaperRecordForm
from blocs.forms.versioned import AGAIN, ShownVersion, VersionedForm, add_refusal, show_newer

__all__ = [
    "AGAIN",
    "NumberField",
    "NumberInput",
    "PaperFields",
    "PaperRecordForm",
    "ShownVersion",
    "VersionedForm",
    "WholeNumberField",
    "add_refusal",
    "show_newer",
]
