"""Forms whose rows know their version."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShownVersion(forms.IntegerField):
    """The version of a row that a form was shown; that it is an older one is no change of the row."""

    widget = forms.HiddenInput

    def __init__(self, **options):
        super().__init__(label=_("bản đã mở"), required=False, **options)

    def has_changed(self, initial, data):
        return False


class VersionedForm(forms.ModelForm):
    """A form that says which version of the row it was shown: nobody overwrites what they never saw.

    `refusal` is set where the act refused to save: the form comes back with the reason and what was typed.
    """

    refusal = ""
    shown_version = ShownVersion()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown_version"].initial = self.instance.version if self.instance.pk else None

    def clean(self):
        data = super().clean()
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        return data
