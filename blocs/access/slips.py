"""Codes of account slips: how they are made, kept, read back and looked up."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import notation
from blocs.models import Invitation, User
from blocs.text import fold, slug

# No two letters that look alike, and none that a Vietnamese keyboard joins to others: vowels, D, W.
ALPHABET = "23456789CFHJKMNPQRTVX"
LENGTH, GROUP = 12, 4  # 52 bits


def new_code():
    """A code as it is printed: three groups of four."""
    return grouped("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def grouped(code):
    """The code in groups, for reading aloud."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def digest(code):
    """What the database keeps of a code: a salted hash."""
    return make_password(plain(code))


def matches(code, kept):
    """Whether a typed code is the one of a digest."""
    return check_password(plain(code), kept)


def plain(code):
    """The code as compared: capitals and digits alone."""
    return "".join(each for each in fold(code).upper() if each.isalnum())


def propose_username(full_name, taken):
    """A user name as people say it, "an.nv" for Nguyễn Văn An, with a number where it is taken."""
    *others, given = slug(full_name).split("-") or [""]
    base = ".".join(filter(None, [given, "".join(each[:1] for each in others)])) or "nguoi-dung"
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}{number}"
    return name


@dataclass(frozen=True)
class Found:
    """What a user name and a code lead to: the slip, else why not; a slip whose code was missed."""

    invitation: Invitation | None = None
    refusal: str = ""
    missed: Invitation | None = None


def find(username, code):
    """Look up the slip of a user name and a code; who has the right code learns what is wrong."""
    typed = username.strip()
    known = Invitation.objects.filter(
        user__username__in={typed, typed.lower()}, user__is_active=True, used_at=None, withdrawn_at=None
    )
    invitation = known.select_related("user__person", "post").first()
    wrong = Found(
        refusal=_(
            "Tên đăng nhập và mã không khớp với phiếu nào còn dùng được. Hãy xem lại từng ô so với phiếu; "
            "nhập sai %(attempts)s lần thì mã bị khoá. Phiếu đã dùng hoặc đã có phiếu mới thì xin phiếu khác."
        )
        % {"attempts": Invitation.MOST_ATTEMPTS}
    )
    if invitation is None:
        make_password(plain(code))  # takes as long as for a name that is known
        return wrong
    if not matches(code, invitation.code_digest):
        is_open = invitation.attempts < Invitation.MOST_ATTEMPTS
        return Found(refusal=wrong.refusal, missed=invitation if is_open else None)
    return Found(invitation=invitation, refusal=refusal_of(invitation))


def refusal_of(invitation):
    """Why an open slip cannot be used any more; empty while it can."""
    if invitation.attempts >= Invitation.MOST_ATTEMPTS:
        return _("Mã này đã bị khoá vì nhập sai nhiều lần. Hãy xin cán bộ phụ trách phiếu mới.")
    if invitation.expires_at <= timezone.now():
        return _("Mã này đã hết hạn ngày %(day)s. Hãy xin cán bộ phụ trách phiếu mới.") % {
            "day": notation.day(timezone.localdate(invitation.expires_at))
        }
    return ""


def taken_usernames():
    """All user names there are."""
    return set(User.objects.values_list("username", flat=True))
