"""Forms of sets of criteria: the set itself, its sections and criteria, which bloc uses which."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms import NumberField, PaperFields, VersionedForm, WholeNumberField
from blocs.toml_text import Faulty
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.files import read, shipped
from campaigns.scores.models import CriteriaSection, CriteriaSet, Criterion, Tier

EMPTY, SHIPPED, CLONE, FILE = "trong", "mau:", "chep:", "tep"
MOST_BYTES = 1_000_000
TIE_BREAKS = 4


class PointsField(NumberField):
    """Points, shown without idle zeros: 2,5 and not 2,5000."""

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return int(value) if value == int(value) else value.normalize()
        return super().prepare_value(value)


def points_field(label, required=False, help_text=""):
    """A box for points that are given or taken."""
    return PointsField(
        label=label, required=required, help_text=help_text, min_value=0, max_digits=10, decimal_places=4
    )


class StartForm(forms.Form):
    """From what a new set begins, for whom, and its name."""

    origin = forms.ChoiceField(label=_("Bắt đầu từ"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Tệp bộ tiêu chí"),
        required=False,
        help_text=_("Chỉ cần khi bắt đầu từ tệp."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    bloc = forms.ChoiceField(label=_("Dùng cho"))
    name = forms.CharField(
        label=_("Tên bộ tiêu chí"),
        max_length=300,
        required=False,
        help_text=_("Để trống: lấy tên của bộ được chép. Bộ trống thì phải ghi tên."),
    )

    def __init__(self, *args, sets, blocs, may_share, **kwargs):
        super().__init__(*args, **kwargs)
        self.content = None
        self.sets = {str(each.pk): each for each in sets}
        self.blocs = {bloc_year.bloc.code: bloc_year for bloc_year in blocs}
        self.shipped = {each.name: each.content for each in shipped()}
        self.fields["origin"].choices = [
            *((f"{SHIPPED}{name}", content.plan.name) for name, content in self.shipped.items()),
            *(
                (f"{CLONE}{key}", _("Chép: %(set)s, năm %(year)s") % {"set": each, "year": each.year})
                for key, each in self.sets.items()
            ),
            (FILE, _("Tệp bộ tiêu chí (TOML) tải từ hệ thống này")),
            (EMPTY, _("Bộ trống, để nhập từ Excel hoặc lập từng mục")),
        ]
        shared = [("", _("Tất cả các khối trong năm"))] if may_share else []
        self.fields["bloc"].choices = [
            *shared,
            *((code, _("Riêng %(bloc)s") % {"bloc": each.name}) for code, each in self.blocs.items()),
        ]
        self.fields["bloc"].required = not may_share

    def clean(self):
        data = super().clean()
        if data.get("origin") == EMPTY and not data.get("name"):
            self.add_error("name", _("Bộ trống cần có tên."))
        if data.get("origin") == FILE:
            self._read(data.get("file"))
        return data

    def _read(self, file):
        """Read the file that was sent; what is wrong in it stands beside it, line by line."""
        if file is None:
            self.add_error("file", _("Hãy chọn tệp bộ tiêu chí."))
        elif file.size > MOST_BYTES:
            self.add_error("file", _("Tệp quá lớn; tệp bộ tiêu chí thường dưới 200 KB."))
        else:
            try:
                self.content = read(file.read())
            except Faulty as faulty:
                for fault in faulty.faults:
                    self.add_error("file", str(fault))

    def begins_with(self):
        """What start_set() is told besides the year."""
        origin = self.cleaned_data["origin"]
        bloc_year = self.blocs.get(self.cleaned_data["bloc"])
        return {
            "name": self.cleaned_data["name"],
            "bloc": bloc_year and bloc_year.bloc,
            "content": self.content or self.shipped.get(origin.removeprefix(SHIPPED)),
            "cloned_from": self.sets.get(origin.removeprefix(CLONE)),
        }


class SetForm(VersionedForm):
    """What a set says of itself: its points, digits, caps, how it is checked, what decides between equals."""

    scale = points_field(_("Tổng điểm chuẩn"), required=True)
    digits = WholeNumberField(
        label=_("Số chữ số thập phân của điểm"),
        min_value=0,
        max_value=4,
        help_text=_("Điểm từng cách tính được làm tròn (nửa thì lên) rồi mới cộng."),
    )
    bonus_cap = points_field(
        _("Tổng điểm thưởng tối đa"),
        help_text=_("Để trống: bộ tiêu chí không giới hạn điểm thưởng, và in rõ như vậy."),
    )
    deduction_share = points_field(
        _("Tổng điểm trừ tối đa, tính theo % điểm thưởng"),
        help_text=_("Để trống: không giới hạn theo điểm thưởng."),
    )
    class_section = forms.ChoiceField(
        label=_("Xếp loại trước theo điểm của mục"),
        required=False,
        help_text=_(
            "Đơn vị hơn điểm mục này xếp trước, rồi mới xét tổng điểm. Để trống: xếp theo tổng điểm."
        ),
    )
    checkers = WholeNumberField(
        label=_("Số đơn vị chấm chéo mỗi đơn vị"),
        min_value=1,
        max_value=5,
        help_text=_("Chỉ dùng khi chấm chéo."),
    )

    class Meta:
        model = CriteriaSet
        fields = [
            "name",
            "scale",
            "digits",
            "bonus_cap",
            "deduction_share",
            "class_section",
            "na_policy",
            "check_mode",
            "checkers",
            "reference",
            "issued_on",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sections = self.instance.sections.filter(parent=None).order_by("place", "pk")
        choices = [
            ("", "–"),
            *(
                (f"section:{each.key}", _("Điểm mục %(section)s cao hơn") % {"section": each})
                for each in sections
            ),
            ("fewer-deductions", _("Điểm trừ ít hơn")),
            ("more-bonus", _("Điểm thưởng nhiều hơn")),
        ]
        self.fields["class_section"].choices = [("", "–"), *((each.key, str(each)) for each in sections)]
        known = [
            ":".join(filter(None, [each["kind"], each.get("section")])) for each in self.instance.tie_breaks
        ]
        for number in range(1, TIE_BREAKS + 1):
            self.fields[f"tie_{number}"] = forms.ChoiceField(
                label=_("Khi bằng điểm, xét thứ %(number)s") % {"number": number},
                choices=choices,
                required=False,
                initial=known[number - 1] if number <= len(known) else "",
            )

    def clean(self):
        data = super().clean()
        chosen = [data.get(f"tie_{number}") for number in range(1, TIE_BREAKS + 1)]
        chosen = [each for each in chosen if each]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Mỗi cách xếp khi bằng điểm chỉ chọn một lần."))
        self.instance.tie_breaks = [_tie_break(each) for each in chosen]
        return data


def _tie_break(chosen):
    kind, _colon, section = chosen.partition(":")
    return {"kind": kind} | ({"section": section} if section else {})


class SectionForm(VersionedForm):
    """A section: its points and caps, who scores it, whose figure counts."""

    maximum = points_field(_("Điểm chuẩn"), help_text=_("Để trống: bằng tổng điểm các tiêu chí trong mục."))
    bonus_cap = points_field(_("Điểm thưởng tối đa của mục"), help_text=_("Để trống: không giới hạn."))
    deduction_cap = points_field(_("Điểm trừ tối đa của mục"), help_text=_("Để trống: không giới hạn."))
    tiers = forms.MultipleChoiceField(
        label=_("Cấp nào chấm"),
        choices=Tier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn: như mục chứa nó; ngoài cùng thì mọi cấp đều chấm."),
    )

    class Meta:
        model = CriteriaSection
        fields = [
            "code",
            "title",
            "maximum",
            "bonus_cap",
            "deduction_cap",
            "tiers",
            "counting_tier",
            "assessor",
        ]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}


class CriterionForm(VersionedForm):
    """A criterion: its full points, where it begins, what bounds it."""

    maximum = points_field(
        _("Điểm chuẩn"), required=True, help_text=_("Tiêu chí chỉ thưởng hoặc trừ: ghi 0.")
    )
    lowest = PointsField(
        label=_("Điểm thấp nhất"),
        required=False,
        max_digits=10,
        decimal_places=4,
        help_text=_("Để trống: điểm có thể âm không giới hạn, như ở mục điểm trừ."),
    )
    bonus_cap = points_field(_("Điểm thưởng tối đa"), help_text=_("Để trống: không giới hạn."))
    deduction_cap = points_field(_("Điểm trừ tối đa"), help_text=_("Để trống: không giới hạn."))

    class Meta:
        model = Criterion
        fields = [
            "section",
            "code",
            "text",
            "maximum",
            "starts",
            "lowest",
            "bonus_cap",
            "deduction_cap",
            "may_be_not_applicable",
            "needs_evidence",
            "assessor",
            "note",
        ]
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sections = CriteriaSection.objects.filter(criteria_set=self.instance.criteria_set)
        self.fields["section"].queryset = sections.order_by("place", "pk")


class ReasonForm(PaperFields):
    """Why a later version is begun."""

    reason = forms.CharField(
        label=_("Lý do sửa đổi"),
        help_text=_("In kèm phiên bản mới, ví dụ: thực hiện Kế hoạch số 15/KH-BKHCN."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    PAPER = ("paper_day", "paper_place", "paper_participants", "paper_scan")


class DoneForm(PaperFields):
    """Nothing to fill in but, where it was settled on paper, that paper."""


class FreezeForm(PaperFields):
    """Which blocs of the year use the set from now on."""

    bloc_years = forms.MultipleChoiceField(
        label=_("Giao cho các khối"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["bloc_years"]

    def __init__(self, *args, bloc_years, **kwargs):
        super().__init__(*args, **kwargs)
        self.bloc_years = {str(each.pk): each for each in bloc_years}
        self.fields["bloc_years"].choices = [(key, each.name) for key, each in self.bloc_years.items()]
        self.fields["bloc_years"].initial = list(self.bloc_years)

    def clean_bloc_years(self):
        return [self.bloc_years[key] for key in self.cleaned_data["bloc_years"]]


class ChooseForm(PaperFields):
    """Which set each bloc of a year uses; where there are sheets, it stays."""

    def __init__(self, *args, bloc_years, sets, scored, **kwargs):
        super().__init__(*args, **kwargs)
        self.bloc_years = {f"bloc_{each.pk}": each for each in bloc_years}
        self.sets = {str(each.pk): each for each in sets}
        for name, bloc_year in self.bloc_years.items():
            fit = [
                (key, str(each))
                for key, each in self.sets.items()
                if each.bloc_id in (None, bloc_year.bloc_id)
            ]
            self.fields[name] = forms.ChoiceField(
                label=bloc_year.name,
                choices=[("", _("Chưa giao")), *fit],
                required=False,
                initial=str(getattr(chosen_set(bloc_year), "pk", "")),
                disabled=bloc_year.pk in scored,
                help_text=_("Đã có phiếu chấm điểm; muốn đổi thì lập phiên bản mới.")
                if bloc_year.pk in scored
                else "",
            )
        self.order_fields([*self.bloc_years])

    def chosen(self):
        """{bloc-year: set or None} of those that change."""
        found = {each: self.sets.get(self.cleaned_data[name]) for name, each in self.bloc_years.items()}
        return {
            each: criteria_set for each, criteria_set in found.items() if chosen_set(each) != criteria_set
        }
