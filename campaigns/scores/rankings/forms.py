"""Forms of a ranking: what the conference decided, its release, and what is known of a past year."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms import NumberField, PaperFields, VersionedForm, WholeNumberField
from campaigns.scores.models import KnownResult

REASON = {
    "label": _("Lý do, căn cứ của Hội nghị"),
    "help_text": _("Ví dụ: Hội nghị bỏ phiếu, 6/8 phiếu; theo Biên bản ngày 15/12/2020."),
    "widget": forms.Textarea(attrs={"rows": 2}),
}


class DecisionForm(PaperFields):
    """What the conference decided, and why."""

    PAPER = ("paper_day", "paper_place", "paper_participants", "paper_scan")
    reason = forms.CharField(**REASON)


class SettleForm(DecisionForm):
    """The place of each unit of a tie: every place once."""

    def __init__(self, *args, names, order, **kwargs):
        """`names` is {unit key: name}, `order` the keys as they stand."""
        super().__init__(*args, **kwargs)
        places = [(str(number), str(number)) for number in range(1, len(order) + 1)]
        for number, key in enumerate(order, 1):
            self.fields[f"place-{key}"] = forms.ChoiceField(
                label=names[key], choices=places, initial=str(number)
            )
        self.order = order
        self.order_fields([f"place-{key}" for key in order])

    def clean(self):
        data = super().clean()
        places = [data.get(f"place-{key}") for key in self.order]
        if None not in places and len(set(places)) < len(places):
            raise forms.ValidationError(_("Mỗi đơn vị một thứ tự, không trùng nhau."))
        return data

    def decided(self):
        """The unit keys in the order that was decided."""
        return sorted(self.order, key=lambda key: int(self.cleaned_data[f"place-{key}"]))


class PartYearForm(DecisionForm):
    """Which units are ranked though they were in the bloc for a part of the year."""

    units = forms.MultipleChoiceField(
        label=_("Các đơn vị được xếp hạng"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["units", "reason"]

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = [(str(key), name) for key, name in names.items()]


class ReleaseForm(PaperFields):
    """The release of a ranking; from paper where the conference released it there."""

    PAPER = ("paper_day", "paper_place", "paper_participants", "paper_scan")
    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        help_text=_("Cần ghi khi công bố lại, hoặc khi bước này đã hết hạn."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class KnownResultForm(PaperFields, VersionedForm):
    """What is known of a unit in a past year: its total, its place, or one of them."""

    total = NumberField(
        label=_("Tổng điểm"), required=False, max_digits=10, decimal_places=4, help_text=_("Ví dụ 97,5.")
    )
    rank = WholeNumberField(
        label=_("Xếp thứ"),
        required=False,
        min_value=1,
        help_text=_("Chỉ biết điểm hoặc chỉ biết thứ hạng thì bỏ trống ô kia; không suy ra."),
    )
    PAPER = ("paper_day", "paper_place", "paper_participants", "paper_scan", "reason")

    class Meta:
        model = KnownResult
        fields = ["total", "rank", "note"]

    def clean(self):
        data = super().clean()
        if not self.errors and data.get("total") is None and data.get("rank") is None:
            raise forms.ValidationError(_("Hãy ghi tổng điểm hoặc thứ hạng."))
        return data
