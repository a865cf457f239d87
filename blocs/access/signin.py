"""How people sign in: accounts are given by the staff in charge, nobody signs up.

Administrators and whoever issues decisions have a second factor besides the password.
"""

import hashlib
import time
from datetime import timedelta
from io import BytesIO

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.access import ciphers
from blocs.models import Post, Press

CODE_VALID = timedelta(minutes=2)  # longer than any code of a telephone is taken


def needs_second_factor(user):
    """Whether this person may not work here without a second factor; nobody else is ever asked."""
    return settings.REQUIRE_MFA and any(
        post.role == Post.Role.ADMINISTRATOR or post.issues_decisions for post in user.standing().posts
    )


def has_second_factor(user):
    """Whether the person has set up codes by telephone."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def may_try(request, action, login, counts=True):
    """Whether an account may be tried once more from where the request comes; it counts as a try."""
    key = f"{login}@{get_adapter().get_client_ip(request)}"
    return ratelimit.consume(request, action=action, key=key, dry_run=not counts)


def login_of(credentials):
    """The name that was typed to sign in, as accounts are told apart."""
    return credentials.get("username", credentials.get("email", "")).lower()


def spend(user, code):
    """Whether a code of the telephone is used for the first time while it is valid."""
    mark = hashlib.sha256(f"second factor {user.pk} {code}".encode()).hexdigest()
    return Press.objects.claim(mark, since=timezone.now() - CODE_VALID)


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up; the password is not asked for again right after it was given."""

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Refuses one account tried too often, and much sooner one that is tried so from one address."""
        if not may_try(request, "login_failed_here", login_of(credentials), counts=False):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request, **credentials):
        may_try(request, "login_failed_here", login_of(credentials))

    def is_reauthentication_required(self, *, app, **kwargs):
        given = [each["at"] for each in get_authentication_records(self.request, self.request.user)]
        recently = given and time.time() - given[-1] < account_settings.REAUTHENTICATION_TIMEOUT
        return not recently


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted; who needs a second factor cannot take it away."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Nhiệm vụ của anh/chị bắt buộc xác thực hai lớp, nên không tắt được. Đổi điện thoại thì nhờ "
            "người quản trị gỡ xác thực cũ rồi cài lại."
        ),
        "cannot_generate_recovery_codes": _("Hãy bật xác thực hai lớp trước khi lập mã dự phòng."),
        "incorrect_code": _(
            "Mã chưa đúng hoặc đã đổi. Hãy nhập mã đang hiện trên điện thoại; nếu vẫn sai, xem giờ của "
            "điện thoại có đúng không."
        ),
    }

    def get_totp_label(self, user):
        return user.username

    def build_totp_svg(self, url):
        picture = BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", scale=5, border=4, light="#fff")
        return picture.getvalue().decode()

    def encrypt(self, text):
        return ciphers.encrypt(text)

    def decrypt(self, encrypted_text):
        return ciphers.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        return not needs_second_factor(authenticator.user)
