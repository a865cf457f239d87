"""Forms of acts that were done on paper: the paper twin of every act."""

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from blocs.files.incoming import check_scan
from blocs.journal import Paper


class PaperFields(forms.Form):
    """Ghi nhận từ văn bản giấy: day, place, who took part, scan and reason, all left empty on screen.

    A mixin before a Form or ModelForm. The day makes the record: the other fields without it are refused.
    """

    PAPER = ("paper_day", "paper_place", "paper_participants", "paper_scan", "reason")

    paper_day = forms.DateField(
        label=_("Ngày ghi trên giấy"), required=False, help_text=_("Ví dụ 15/12/2020.")
    )
    paper_place = forms.CharField(label=_("Nơi ký, nơi họp"), max_length=300, required=False)
    paper_participants = forms.CharField(
        label=_("Người tham gia"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    paper_scan = forms.FileField(
        label=_("Bản chụp văn bản"),
        required=False,
        help_text=_("Tệp quét PDF, JPG hoặc PNG; gửi sau cũng được."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        help_text=_("Cần ghi khi bước này chưa mở hoặc đã hết hạn."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_paper_day(self):
        day = self.cleaned_data["paper_day"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Ngày trên giấy không được sau hôm nay."))
        return day

    def clean_paper_scan(self):
        scan = self.cleaned_data["paper_scan"]
        return check_scan(scan) if scan else None

    def clean(self):
        data = super().clean() or self.cleaned_data
        others = ("paper_place", "paper_participants", "paper_scan")
        if (
            "paper_day" in self.fields
            and "paper_day" not in self.errors
            and not data.get("paper_day")
            and any(data.get(name) for name in others)
        ):
            self.add_error(
                "paper_day", _("Hãy ghi ngày trên giấy; thiếu ngày thì không ghi nhận được từ giấy.")
            )
        return data

    def paper(self):
        """What was done on paper, or None when the act is done on screen."""
        data = self.cleaned_data
        if not data.get("paper_day"):
            return None
        return Paper(
            day=data["paper_day"],
            place=data["paper_place"],
            participants=data["paper_participants"],
            scan=data["paper_scan"],
        )

    @cached_property
    def paper_fields(self):
        """The bound fields of the paper record, for the component that folds them."""
        return [self[name] for name in self.PAPER if name in self.fields]

    @cached_property
    def own_fields(self):
        """The bound fields of the act itself."""
        return [field for field in self.visible_fields() if field.name not in self.PAPER]

    @property
    def paper_is_open(self):
        """Whether the paper part is shown unfolded: something was typed there or refused."""
        return self.is_bound and any(field.data or field.errors for field in self.paper_fields)
