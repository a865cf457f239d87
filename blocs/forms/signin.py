"""Forms of signing in: the code on a slip, the second factor."""

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blocs.access.ciphers import Unreadable
from blocs.access.signin import spend
from blocs.models import User

AS_PRINTED = {"autocapitalize": "none", "spellcheck": "false"}


class SignInForm(LoginForm):
    """The sign-in form, ready for the user name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= AS_PRINTED | {"autofocus": True}


class CodeField(forms.CharField):
    """The six digits that the telephone shows, or one of the codes printed for when it is lost."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Mã xác thực"),
            max_length=20,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "one-time-code",
                    "inputmode": "numeric",
                    "autofocus": True,
                    "spellcheck": "false",
                }
            ),
            **kwargs,
        )


class SecondFactorMixin:
    """Takes each code once; says whom to ask where what was kept of the telephone can no longer be read."""

    def clean_code(self):
        try:
            code = super().clean_code()
        except Unreadable as error:
            raise ValidationError(
                _("Máy chủ đã đổi khoá. Hãy nhờ người quản trị gỡ xác thực cũ rồi cài lại.")
            ) from error
        if not spend(self.user, code):
            raise ValidationError(_("Mã này đã dùng. Hãy đợi điện thoại hiện mã mới rồi nhập lại."))
        return code


class SecondFactorForm(SecondFactorMixin, AuthenticateForm):
    code = CodeField(help_text=_("6 chữ số đang hiện trên điện thoại, hoặc một mã dự phòng 8 chữ số."))


class SecondFactorAgainForm(SecondFactorMixin, ReauthenticateForm):
    code = CodeField(help_text=_("6 chữ số đang hiện trên điện thoại, hoặc một mã dự phòng 8 chữ số."))


class ActivateForm(SecondFactorMixin, ActivateTOTPForm):
    code = CodeField(help_text=_("6 chữ số mà ứng dụng hiện ra sau khi quét hình."))


class SlipCodeForm(forms.Form):
    """User name and code as the slip has them, and the password that the person chooses."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Như in trên phiếu, ví dụ an.nv"),
        widget=forms.TextInput(attrs=AS_PRINTED | {"autocomplete": "username", "autofocus": True}),
    )
    code = forms.CharField(
        label=_("Mã trên phiếu"),
        max_length=40,
        help_text=_("12 chữ và số, chia ba nhóm. Gõ liền hay có gạch, chữ hoa hay thường đều được."),
        widget=forms.TextInput(attrs=AS_PRINTED | {"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        help_text=_("Ít nhất 10 ký tự; không toàn chữ số, không dùng mật khẩu nhiều người dùng."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Gõ lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        data = super().clean()
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", _("Hai lần gõ mật khẩu khác nhau. Hãy gõ lại cả hai ô."))
        if password:
            try:
                validate_password(password, User(username=data.get("username", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data
