"""Accounts and slips as the acts on accounts and posts make them."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.access import slips
from blocs.models import Invitation, Person, Unit, User
from blocs.permissions import refuse
from blocs.text import nfc


@dataclass(frozen=True)
class Slip:
    """An account slip with its code, which is nowhere else: shown once, then forgotten."""

    invitation: Invitation
    code: str

    @classmethod
    def make(cls, *, user, post, purpose, made_by):
        """A new slip for a user; the one that is still open is withdrawn."""
        now = timezone.now()
        user.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        code = slips.new_code()
        invitation = Invitation.objects.create(
            user=user,
            post=post,
            purpose=purpose,
            code_digest=slips.digest(code),
            made_at=now,
            made_by=made_by,
            expires_at=now + timedelta(days=settings.SLIP_DAYS),
        )
        return cls(invitation, code)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who gets an account: a person that is known already, or the name of a new one."""

    person: Person | None = None
    full_name: str = ""
    address_form: str = ""
    username: str = ""
    email: str = ""

    def settle(self):
        """The user of this person, made where there is none; without a password until the slip is used."""
        # One lock for all: two newcomers of one name must not be given one user name.
        Unit.objects.select_for_update(no_key=True).filter(is_root=True).first()
        person = self.person or Person.objects.create(
            full_name=nfc(self.full_name), address_form=self.address_form
        )
        known = User.objects.select_for_update().filter(person=person).first()
        if known:
            return known
        taken = slips.taken_usernames()
        if self.username in taken:
            refuse(_("Tên đăng nhập %(username)s đã có người dùng.") % {"username": self.username})
        user = User(
            person=person,
            username=self.username or slips.propose_username(person.full_name, taken),
            email=self.email,
        )
        user.set_unusable_password()
        user.save()
        return user
