"""Forms of reminding."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Phase, Reminder


class BoardForm(forms.Form):
    """What the board shows: one phase, one bloc or all, late ones alone or all."""

    CHOICES = Phase.Kind.choices

    phase = forms.ChoiceField(label=_("Giai đoạn"), choices=CHOICES, required=False)
    bloc = forms.ChoiceField(label=_("Khối"), required=False)
    late = forms.BooleanField(label=_("Chỉ đơn vị quá hạn"), required=False)

    def __init__(self, *args, bloc_years, **kwargs):
        super().__init__(*args, **kwargs)
        blocs = [(each.bloc.code, each.name) for each in bloc_years]
        self.fields["bloc"].choices = [("", _("Tất cả các khối")), *blocs]

    def add_prefix(self, name):
        """The addresses of the board are Vietnamese like all others."""
        return {"phase": "giai-doan", "bloc": "khoi", "late": "qua-han"}.get(name, name)


class ReminderForm(forms.Form):
    """The words of a reminder and the ways by which it goes."""

    text = forms.CharField(
        label=_("Lời nhắc"),
        max_length=2000,
        help_text=_("Gửi nguyên văn qua thư và Zalo. Không ghi tên, số điện thoại hay dữ liệu của cá nhân."),
        widget=forms.Textarea(attrs={"rows": 7, "lang": "vi"}),  # what the units read
    )
    channels = forms.MultipleChoiceField(
        label=_("Nhắc bằng"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một cách nhắc.")},
    )

    WAYS = {
        Reminder.Channel.IN_APP: _("Trên hệ thống: hiện ở trang Việc của tôi của đơn vị"),
        Reminder.Channel.MAIL: _("Thư điện tử: mỗi cán bộ phụ trách một thư"),
        Reminder.Channel.ZALO: _("Zalo: chép lời nhắc ở trang sau rồi dán vào nhóm"),
        Reminder.Channel.LETTER: _("Công văn đôn đốc: lập ở trang sau, kèm danh sách đơn vị"),
    }

    def __init__(self, *args, may_write_letter, **kwargs):
        super().__init__(*args, **kwargs)
        left_out = set() if may_write_letter else {Reminder.Channel.LETTER}
        self.fields["channels"].choices = [
            (channel, words) for channel, words in self.WAYS.items() if channel not in left_out
        ]


class CallForm(forms.Form):
    """What was said on the telephone, where that is worth a note."""

    note = forms.CharField(max_length=300, required=False)
