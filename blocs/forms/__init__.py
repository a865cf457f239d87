"""Forms of this app."""

from blocs.forms.numbers import NumberField, NumberInput, WholeNumberField
from blocs.forms.paper import PaperFields
from blocs.forms.records import PaperRecordForm
from blocs.forms.versioned import ShownVersion, VersionedForm

__all__ = [
    "NumberField",
    "NumberInput",
    "PaperFields",
    "PaperRecordForm",
    "ShownVersion",
    "VersionedForm",
    "WholeNumberField",
]
