"""Forms of accounts and posts, as staff fill them in."""

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.models import Post, Unit, User
from blocs.permissions import is_administrator

Role = Post.Role
GIVEN = [Role.OFFICER, Role.SECRETARY, Role.CLERK, Role.STAFF]
ADDRESS_FORMS = [("", "---------"), ("Ông", _("Ông")), ("Bà", _("Bà"))]

USERNAME = _("Chỉ dùng chữ thường không dấu, số, dấu chấm và gạch nối.")


class UnitChoice(forms.ModelChoiceField):
    """The units that the person may see, in the order of the decree, read with their names in one go."""

    def __init__(self, **kwargs):
        super().__init__(Unit.objects.none(), **{"label": _("Đơn vị")} | kwargs)

    def offer_to(self, user):
        """Offer the units visible to a person."""
        self.queryset = Unit.objects.visible_to(user).for_choice().in_decree_order()


class PostForm(forms.ModelForm):
    """A post to be given: unit, role, printed title, from when to when, on which decision."""

    unit = UnitChoice()
    role = forms.ChoiceField(label=_("Nhiệm vụ trên hệ thống"))

    class Meta:
        model = Post
        fields = [
            "unit",
            "title",
            "role",
            "basis",
            "first_day",
            "last_day",
            "telephone",
            "issues_decisions",
        ]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        administers = bool(is_administrator(user, None, timezone.localdate()))
        roles = [*GIVEN, Role.ADMINISTRATOR] if administers else GIVEN
        self.fields["unit"].offer_to(user)
        self.fields["role"].choices = [("", "---------"), *((role.value, role.label) for role in roles)]
        self.fields["first_day"].required = True
        self.fields["last_day"].help_text = _("Để trống khi chưa định ngày kết thúc.")
        self.fields["basis"].label = _("Số quyết định")
        self.fields["basis"].required = True
        self.fields["basis"].help_text = _("Số, ngày văn bản giao nhiệm vụ, ví dụ 125/QĐ-VP ngày 05/01/2021.")
        if not administers:
            del self.fields["issues_decisions"]


class InviteForm(PostForm):
    """A new person and the first post, or the first account of a person who is known already."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    address_form = forms.ChoiceField(label=_("Xưng hô"), choices=ADDRESS_FORMS, required=False)
    email = forms.EmailField(
        label=_("Thư điện tử công vụ"),
        required=False,
        help_text=_("Có thì gửi được mã qua thư; không có thì in phiếu."),
    )
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        required=False,
        max_length=User._meta.get_field("username").max_length,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9.-]*$", USERNAME)],
        help_text=_("Để trống thì hệ thống đặt theo tên, ví dụ an.nv."),
    )

    field_order = [
        "full_name",
        "address_form",
        "unit",
        "title",
        "role",
        "basis",
        "first_day",
        "last_day",
        "telephone",
        "email",
        "username",
        "issues_decisions",
    ]

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        if person is not None:
            del self.fields["full_name"], self.fields["address_form"]


class EndForm(forms.Form):
    """The last day of a post and the decision that says so."""

    last_day = forms.DateField(label=_("Ngày cuối giữ nhiệm vụ"), initial=timezone.localdate)
    basis = forms.CharField(
        label=_("Số quyết định"),
        max_length=300,
        help_text=_("Số, ngày văn bản thôi giao, điều động, nghỉ hưu; ví dụ 126/QĐ-VP ngày 28/12/2021."),
    )


class SubstituteForm(forms.Form):
    """Who substitutes in a post, from when to when, on which basis: somebody of the unit, or a new person."""

    person = forms.ModelChoiceField(
        None,
        label=_("Người làm thay"),
        required=False,
        empty_label=_("Người chưa có trong danh sách (ghi ở dưới)"),
    )
    full_name = forms.CharField(label=_("Họ và tên người mới"), max_length=150, required=False)
    address_form = forms.ChoiceField(label=_("Xưng hô"), choices=ADDRESS_FORMS, required=False)
    title = forms.CharField(
        label=_("Chức vụ ghi trên văn bản"),
        max_length=200,
        required=False,
        help_text=_("Của người làm thay; để trống thì ghi như người được làm thay."),
    )
    first_day = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    last_day = forms.DateField(label=_("Đến hết ngày"))
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Số, ngày quyết định, giấy ủy quyền hoặc đơn nghỉ phép đã duyệt."),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def clean(self):
        data = super().clean()
        if bool(data.get("person")) == bool(data.get("full_name")):
            self.add_error("person", _("Hãy chọn một người trong danh sách, hoặc ghi họ tên người mới."))
        return data


class EmailForm(forms.Form):
    """The address to which slips are mailed; none takes it away."""

    email = forms.EmailField(label=_("Thư điện tử công vụ"), required=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 2}))
