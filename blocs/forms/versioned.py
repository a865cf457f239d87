"""Forms whose rows know their version."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VersionedForm(forms.ModelForm):
    """A form that says which version of the row it was shown: nobody overwrites what they never saw.

    `refusal` is set where the act refused to save: the form comes back with the reason and what was typed.
    """

    refusal = ""
    shown_version = forms.IntegerField(label=_("bản đã mở"), widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown_version"].initial = self.instance.version if self.instance.pk else None

    def clean(self):
        data = super().clean()
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        return data
