"""The form of a change in the organisation of a unit."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from blocs.forms import PaperFields
from blocs.models import Succession

RENAME, JOIN, LEAVE = "rename", "join", "leave"
KINDS = [
    (RENAME, _("Đổi tên")),
    *[(kind, capfirst(label)) for kind, label in Succession.Kind.choices],
    (JOIN, _("Vào một khối")),
    (LEAVE, _("Rời một khối")),
]
# What each kind asks for besides its day and basis.
ASKED = {RENAME: ("official_name",), JOIN: ("bloc_year",), LEAVE: ("seat",)}


class ChangeForm(PaperFields):
    """What happens to a unit, from which day, on which decision; and what that kind of change asks for."""

    kind = forms.ChoiceField(label=_("Thay đổi"), choices=[("", _("Chọn thay đổi")), *KINDS])
    on = forms.DateField(
        label=_("Từ ngày"),
        help_text=_("Ngày thay đổi có hiệu lực; rời khối thì ghi ngày cuối cùng còn ở khối."),
    )
    basis = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày nghị định, quyết định hoặc lý do.")
    )
    official_name = forms.CharField(label=_("Tên mới"), max_length=300, required=False)
    short_name = forms.CharField(label=_("Tên gọi tắt mới"), max_length=300, required=False)
    symbol = forms.CharField(
        label=_("Ký hiệu mới trên văn bản"),
        max_length=40,
        required=False,
        help_text=_("Để trống: giữ ký hiệu cũ."),
    )
    successors = forms.ModelMultipleChoiceField(
        None,
        label=_("Đơn vị mới, đơn vị tiếp nhận"),
        required=False,
        help_text=_("Giữ phím Ctrl để chọn nhiều đơn vị. Đơn vị chưa có tên ở đây thì ghi vào sổ trước."),
    )
    bloc_year = forms.ModelChoiceField(None, label=_("Khối vào"), required=False)
    seat = forms.ChoiceField(label=_("Khối rời"), required=False)

    field_order = ["kind", "on", "basis"]

    def __init__(self, *args, followers, bloc_years, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successors"].queryset = followers.for_choice().in_decree_order()
        self.fields["bloc_year"].queryset = bloc_years
        self.seats = {str(seat.pk): seat for seat in seats}
        self.fields["seat"].choices = [
            ("", "---------"),
            *((key, str(seat.bloc_year)) for key, seat in self.seats.items()),
        ]

    def clean_seat(self):
        return self.seats.get(self.cleaned_data["seat"])

    def clean(self):
        data = super().clean()
        for name in ASKED.get(data.get("kind"), ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Cần ghi khi chọn thay đổi này."))
        return data
