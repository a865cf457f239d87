"""Forms of acts on units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.models import Succession, Unit


class SuccessionForm(forms.Form):
    """When and how a unit ends, which units take its work, on which decision."""

    on = forms.DateField(label=_("Có hiệu lực từ ngày"))
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Succession.Kind)
    successors = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Đơn vị mới"),
        required=False,
        help_text=_("Giữ phím Ctrl để chọn nhiều đơn vị. Đơn vị chưa có tên ở đây thì ghi vào sổ trước."),
    )
    basis = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày nghị định hoặc quyết định.")
    )

    def __init__(self, *args, user, unit, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.visible_to(user).exclude(pk=unit.pk)
        self.fields["successors"].queryset = units.for_choice().in_decree_order()
