"""Forms of what a bloc honours at a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.decisions.models import Exemplar
from awards.nominations.forms import RecipientRow


class ExemplarRow(RecipientRow):
    """An exemplar honoured; nothing where no kind is chosen."""

    kind = forms.ChoiceField(
        label=_("Loại điển hình"), required=False, choices=[("", _("Không có")), *Exemplar.Kind.choices]
    )
    field_order = ["kind", "recipient", "full_name", "title"]

    def clean(self):
        data = super().clean()
        if not data.get("kind") and (data.get("recipient") or data.get("full_name")):
            self.add_error("kind", _("Hãy chọn tập thể hoặc cá nhân."))
        return data

    def told(self):
        """(kind, recipient), or None where the row is empty."""
        kind = self.cleaned_data["kind"]
        return (kind, self.cleaned_data["chosen"]) if kind else None
