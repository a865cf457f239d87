"""Forms of what a bloc proposes at a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.nominations.recipients import NewPerson
from blocs.models import Unit

UNITS, PERSONS = _("Tập thể"), _("Cá nhân")


class RecipientRow(forms.Form):
    """Whom a row is about: a unit or person of the list, or somebody of the unit chosen, named here."""

    recipient = forms.ChoiceField(label=_("Tập thể, cá nhân"), required=False)
    full_name = forms.CharField(label=_("Họ và tên cá nhân"), max_length=150, required=False)
    title = forms.CharField(label=_("Chức vụ"), max_length=200, required=False)

    def __init__(self, *args, recipients, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.recipients = recipients
        self.fields["recipient"].choices = recipients.choices

    def clean(self):
        data = super().clean()
        chosen = self.recipients.of(data.get("recipient"))
        if not data.get("full_name"):
            data["chosen"] = chosen
        elif not isinstance(chosen, Unit):
            self.add_error("recipient", _("Hãy chọn đơn vị của cá nhân này."))
        elif not data.get("title"):
            self.add_error("title", _("Hãy ghi chức vụ của cá nhân này."))
        else:
            data["chosen"] = NewPerson(data["full_name"], data["title"], chosen)
        return data


class ProposalRow(RecipientRow):
    """An award proposed, and for whom; nothing where no award is chosen."""

    award = forms.ChoiceField(label=_("Danh hiệu, hình thức khen thưởng"), required=False)
    field_order = ["award", "recipient", "full_name", "title"]

    def __init__(self, *args, awards, **kwargs):
        super().__init__(*args, **kwargs)
        self.awards = {str(award.pk): award for award, _name in awards}
        named = [(str(award.pk), name) for award, name in awards]
        self.fields["award"].choices = [("", _("Không có")), *named]

    def clean(self):
        data = super().clean()
        if not data.get("award") and (data.get("recipient") or data.get("full_name")):
            self.add_error("award", _("Hãy chọn danh hiệu hoặc hình thức khen thưởng."))
        return data

    def told(self):
        """(award, recipient), or None where the row is empty."""
        award = self.awards.get(self.cleaned_data["award"])
        return (award, self.cleaned_data["chosen"]) if award else None


class Recipients:
    """The units of a bloc and the persons to choose from, named as on a day."""

    def __init__(self, units, persons, day):
        self._known = {f"u{unit.pk}": unit for unit in units} | {f"p{each.pk}": each for each in persons}
        self.choices = [
            ("", _("Chưa nêu tên")),
            (UNITS, [(f"u{unit.pk}", unit.name(day)) for unit in units]),
            (PERSONS, [(f"p{each.pk}", each.full_name) for each in persons]),
        ]

    def of(self, key):
        """The unit or person of a choice; None where nobody is named."""
        return self._known.get(key)
