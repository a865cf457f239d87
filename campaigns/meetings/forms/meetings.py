"""Forms of a meeting: planned, who came, what was said and concluded."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.forms import PaperFields, ShownVersion, VersionedForm
from campaigns.forms import UnitField
from campaigns.models import Attendance, Meeting, Statement

Presence = Attendance.Presence
HOUR = {"widget": forms.TimeInput(format="%H:%M"), "help_text": _("Ví dụ 08:30")}


class MeetingForm(PaperFields, VersionedForm):
    """When, where and under whom a meeting is held; the last day is the first where it is left empty."""

    starts_at = forms.TimeField(label=_("Giờ bắt đầu"), required=False, **HOUR)
    ends_at = forms.TimeField(label=_("Giờ kết thúc"), required=False, **HOUR)

    class Meta:
        model = Meeting
        fields = [
            "title",
            "first_day",
            "last_day",
            "starts_at",
            "ends_at",
            "place_name",
            "host",
            "chair_name",
            "chair_title",
            "secretary_name",
            "secretary_title",
        ]

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        label = Meeting._meta.get_field("host").verbose_name
        if "host" in self.fields:
            self.fields["host"] = UnitField(
                units=units, label=label.capitalize(), required=False, empty=_("Chưa rõ")
            )

    def clean(self):
        data = super().clean()
        if not data.get("last_day"):
            data["last_day"] = data.get("first_day")
        return data


class AttendanceRow(forms.Form):
    """Who of those expected is there: present unless said otherwise, in person or through somebody else.

    A row that names nobody is not ticked, and while it is left so nothing is noted of it.
    The tick knows what it was when it was shown: an older page does not undo what somebody saved meanwhile.
    What an older page does change is refused by the act, which is told the version that was shown.
    """

    shown_version = ShownVersion()
    present = forms.BooleanField(label=_("Có mặt"), required=False, show_hidden_initial=True)
    name = forms.CharField(label=_("Họ và tên người dự"), max_length=150, required=False)
    title = forms.CharField(
        label=_("Chức vụ"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "titles"}),
    )
    has_authorisation = forms.BooleanField(label=_("có giấy ủy quyền"), required=False)

    def __init__(self, data=None, *, attendance, key):
        self.attendance, self.key = attendance, key
        super().__init__(
            data,
            prefix=key,
            initial={
                "shown_version": attendance.version,
                "present": attendance.presence == Presence.PRESENT or self._is_awaited,
            },
            use_required_attribute=False,
        )

    @property
    def _is_awaited(self):
        """Whether somebody named is expected."""
        return bool(self.attendance.name) and self.attendance.presence == Presence.EXPECTED

    @property
    def is_present(self):
        """Whether the person is there: ticked, or named now where nobody was."""
        return self.cleaned_data["present"] or self._is_named_now

    @property
    def _is_named_now(self):
        is_open = self.attendance.presence == Presence.EXPECTED and not self.attendance.name
        return is_open and bool(self.cleaned_data["name"])

    @property
    def initial_present(self):
        """What the tick was when it was shown, sent along with it."""
        return self["present"].as_hidden(only_initial=True)

    def clean(self):
        data = super().clean()
        if data.get("name") and not data.get("title"):
            self.add_error("title", _("Hãy ghi chức vụ của người dự."))
        elif data.get("title") and not data.get("name"):
            self.add_error("name", _("Hãy ghi họ và tên của người dự."))
        if data.get("has_authorisation") and not (
            data.get("name") and self.attendance.name or self.attendance.replaced_name
        ):
            self.add_error("has_authorisation", _("Giấy ủy quyền chỉ ghi cho người dự thay."))
        return data

    def shown(self):
        """The attendance with the version that the page was shown."""
        self.attendance.version = self.cleaned_data["shown_version"]
        return self.attendance

    def changes(self):
        """{field: value} to be written of the attendance."""
        data, found = self.cleaned_data, {}
        if self._is_awaited or self._is_named_now or "present" in self.changed_data:
            found["presence"] = Presence.PRESENT if self.is_present else Presence.ABSENT
        if data["name"]:
            found |= {"name": data["name"], "title": data["title"]}
        if data["has_authorisation"]:
            found["has_authorisation"] = True
        return found


class GuestRow(forms.Form):
    """Somebody who came and was not expected; nothing where no post is written."""

    capacity = forms.ChoiceField(
        label=_("Thành phần"), choices=Attendance.Capacity, initial=Attendance.Capacity.GUEST
    )
    name = forms.CharField(label=_("Họ và tên"), max_length=150, required=False)
    title = forms.CharField(label=_("Chức vụ, hoặc nhóm người dự"), max_length=200, required=False)

    def clean(self):
        data = super().clean()
        if data.get("name") and not data.get("title"):
            self.add_error("title", _("Hãy ghi chức vụ của người dự."))
        return data

    def attendance(self, presence=Presence.PRESENT):
        """The guest as an attendance, not saved yet; None where the row is empty."""
        if not self.cleaned_data["title"]:
            return None
        return Attendance(presence=presence, **self.cleaned_data)


class InvitedRow(GuestRow):
    """Somebody to be invited, with the form of address that the invitation prints."""

    address_form = forms.CharField(
        label=Attendance._meta.get_field("address_form").verbose_name.capitalize(),
        max_length=40,
        required=False,
        help_text=_("Ông, Bà, Đồng chí"),
    )
    field_order = ["capacity", "address_form", "name", "title"]


class StatementForm(PaperFields, forms.ModelForm):
    """What somebody said or asked for."""

    class Meta:
        model = Statement
        fields = ["kind", "speaker", "speaker_title", "text", "is_request"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class ConclusionForm(PaperFields):
    """The chair's conclusion; tasks stand in rows of their own."""

    text = forms.CharField(
        label=_("Kết luận của người chủ trì"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class TaskRow(forms.Form):
    """A task that follows from the conclusion; nothing where no text is written."""

    text = forms.CharField(
        label=pgettext_lazy("task", "Nhiệm vụ"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due = forms.DateField(label=_("Hạn"), required=False)

    def __init__(self, *args, units, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            units=units, day=day, label=_("Đơn vị thực hiện"), required=False, empty=_("Đơn vị Khối trưởng")
        )
        self.order_fields(["text", "unit", "due"])

    def clean(self):
        data = super().clean()
        if not data.get("text") and (data.get("unit") or data.get("due")):
            self.add_error("text", _("Hãy ghi nhiệm vụ."))
        return data

    def task(self):
        """(text, unit, due), or None where the row is empty."""
        data = self.cleaned_data
        return (data["text"], data["unit"], data["due"]) if data["text"] else None


class FinishForm(PaperFields):
    """When a task was done, with what result."""

    done_on = forms.DateField(label=_("Hoàn thành ngày"))
    result = forms.CharField(label=_("Kết quả"), widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(forms.Form):
    """Why a task is open again."""

    reason = forms.CharField(label=_("Lý do mở lại"), widget=forms.Textarea(attrs={"rows": 2}))
