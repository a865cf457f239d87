"""Forms of acts on a bloc's year as a whole."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.forms import PaperFields


class PlanForm(PaperFields):
    """Number, symbol and day of the plan that the bloc's leader has issued."""

    reference = forms.CharField(
        label=_("Số, ký hiệu kế hoạch"), max_length=100, help_text=_("Như trên văn bản, ví dụ 12/KH-SHTT")
    )
    issued_on = forms.DateField(label=_("Ngày ban hành"))

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày ban hành không được sau hôm nay."))
        return day


class CloseForm(PaperFields):
    """Nothing to fill in but, where the closing was settled on paper, that paper."""
