"""Forms of a paper's life: what comes back from signature and from the văn thư."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.files.incoming import check_scan
from blocs.journal import Paper
from blocs.models import IssuedDocument


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))


class DraftForm(forms.Form):
    """Why a released document gets a successor; asked only then."""

    reason = forms.CharField(label=_("Lý do lập bản thay thế"), widget=forms.Textarea(attrs={"rows": 2}))


class TakeBackForm(ReasonForm):
    """What is to be mended; recorded from paper, because the signer returns paper."""

    reason = forms.CharField(label=_("Nội dung phải sửa"), widget=forms.Textarea(attrs={"rows": 3}))


class SignedForm(forms.Form):
    """The signature as it stands on paper, and its scan or the signed PDF."""

    file = forms.FileField(
        label=_("Bản đã ký"),
        help_text=_("Tệp quét (PDF, JPG, PNG) hoặc tệp PDF đã ký số."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    signed_on = forms.DateField(label=_("Ngày ký"), help_text=_("Ghi như trên giấy, ví dụ 15/12/2020."))
    signer_name = forms.CharField(label=_("Người ký"), max_length=150)
    signer_title = forms.CharField(label=_("Chức vụ người ký"), max_length=200, required=False)
    place = forms.CharField(label=_("Nơi ký"), max_length=300, required=False)
    reason = forms.CharField(
        label=_("Lý do thay bản đã ký"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args, replaces=False, **kwargs):
        super().__init__(*args, **kwargs)
        if replaces:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def clean_file(self):
        return check_scan(self.cleaned_data["file"])

    def clean_signed_on(self):
        return not_in_future(self.cleaned_data["signed_on"])

    def paper(self):
        """The record of the signature on paper."""
        data = self.cleaned_data
        return Paper(day=data["signed_on"], place=data["place"], participants=data["signer_name"])


class NumberForm(forms.Form):
    """Number and day as the văn thư gave them; `shown_` are those that the page showed of the document."""

    shown_number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown_issued_on = forms.DateField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(
        label=_("Số"),
        min_value=1,
        max_value=IssuedDocument.LARGEST_NUMBER,
        error_messages={"max_value": _("Số văn bản lớn nhất là %(limit_value)s. Hãy xem lại số vừa gõ.")},
    )
    issued_on = forms.DateField(
        label=_("Ngày, tháng, năm"), help_text=_("Ghi như trên văn bản, ví dụ 15/12/2020.")
    )
    clerk = forms.CharField(label=_("Văn thư cấp số"), max_length=150, required=False)
    reason = forms.CharField(
        label=_("Lý do sửa số, ngày"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args, from_paper, corrects, **kwargs):
        super().__init__(*args, **kwargs)
        self.from_paper = from_paper
        if not from_paper:
            del self.fields["clerk"]
        if corrects:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def clean_issued_on(self):
        return not_in_future(self.cleaned_data["issued_on"])

    def shown(self):
        """(number, day) that the page showed of the document, None each where it had none."""
        return self.cleaned_data["shown_number"], self.cleaned_data["shown_issued_on"]

    def paper(self):
        """The record of the number on paper; None when the văn thư enters it."""
        if not self.from_paper:
            return None
        return Paper(day=self.cleaned_data["issued_on"], participants=self.cleaned_data["clerk"])


def not_in_future(day):
    """The day, which a paper cannot bear before it comes."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("Ngày này chưa đến. Hãy ghi ngày trên giấy."))
    return day
