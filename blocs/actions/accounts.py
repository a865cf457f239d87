"""Acts on accounts."""

from smtplib import SMTPException

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.access import slips
from blocs.access.sessions import end_sessions
from blocs.actions.slips import Slip
from blocs.journal import act, record
from blocs.models import Invitation, Person, Post, Unit, User
from blocs.permissions import may_give_post, may_make_first_account, may_manage_account, refuse, require

ANY_DAY = "accounts follow posts, not the year"


@act("account.make-first", gettext_lazy("Lập tài khoản đầu tiên"), any_day=ANY_DAY)
def make_first_account(*, role, full_name, title, username, password, by):
    """Make the first administrator or the first staff account of an installation, from today on.

    The administrator's post is in the root unit, the staff's in its standing department. Refused when an
    account with that role exists, whoever may use it today, and while there is no root unit.
    """
    today = timezone.localdate()
    post = require(may_make_first_account(by, None, today))
    root = Unit.objects.select_for_update().filter(is_root=True).first()
    if root is None:
        refuse(_("Chưa có đơn vị nào. Nạp một năm trước: manage.py load_bloc_year TỆP."))
    if Post.objects.filter(role=role, person__user__isnull=False).exists():
        refuse(_("Đã có tài khoản với nhiệm vụ này."))
    if User.objects.filter(username=username).exists():
        refuse(_("Tên đăng nhập %(username)s đã có người dùng.") % {"username": username})
    standing_department = root.state(today).standing_department or root
    unit = root if role == Post.Role.ADMINISTRATOR else standing_department
    person = Person.objects.create(full_name=full_name)
    Post.objects.create(person=person, unit=unit, title=title, role=role, first_day=today)
    user = User(username=username, person=person)
    user.set_password(password)
    user.save()
    record(user, by=by, post=post, after={"person": person, "role": role, "unit": unit})
    return user


@act("account.invite", gettext_lazy("Cấp tài khoản và giao nhiệm vụ"), any_day=ANY_DAY)
def invite(*, newcomer, post, by, paper=None):
    """Give a post to somebody without an account, with the account and the slip that opens it.

    `post` is a new one without its person.
    """
    made_by = require(may_give_post(by, post, timezone.localdate()))
    user = newcomer.settle()
    if user.has_usable_password():
        refuse(_("%(person)s đã có tài khoản %(username)s: hãy giao thêm nhiệm vụ.") % _named(user))
    if not user.is_active:
        refuse(_("Tài khoản %(username)s đang ngừng dùng. Hãy mở lại tài khoản trước.") % _named(user))
    require(may_manage_account(by, user, timezone.localdate()))
    post.person = user.person
    post.save()
    slip = Slip.make(user=user, post=post, purpose=Invitation.Purpose.ACCOUNT, made_by=made_by)
    record(user, by=by, post=made_by, after=_given(post) | {"slip": slip.invitation}, paper=paper)
    return slip


@act("account.renew-slip", gettext_lazy("Lập phiếu mới, cấp lại mật khẩu"), any_day=ANY_DAY)
def renew_slip(*, user, by, reason="", paper=None):
    """Make a slip with a new code; the password that is known serves until the code is used."""
    user = User.objects.locked(user.pk, "person")
    post = require(may_manage_account(by, user, timezone.localdate()))
    if not user.is_active:
        refuse(_("Tài khoản đang ngừng dùng. Hãy mở lại tài khoản trước."))
    purpose = Invitation.Purpose.PASSWORD if user.has_usable_password() else Invitation.Purpose.ACCOUNT
    slip = Slip.make(user=user, post=_post_of(user), purpose=purpose, made_by=post)
    record(user, by=by, post=post, after={"slip": slip.invitation}, reason=reason, paper=paper)
    return slip


@act("account.withdraw-slip", gettext_lazy("Thu hồi phiếu cấp tài khoản"), any_day=ANY_DAY)
def withdraw_slip(*, invitation, by, reason=""):
    """Withdraw a slip whose code has not been used: it opens nothing any more."""
    user = User.objects.locked(invitation.user_id, "person")
    post = require(may_manage_account(by, user, timezone.localdate()))
    invitation = _open_slip(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(user, by=by, post=post, after={"withdrawn": invitation}, reason=reason)
    return invitation


@act("account.mail-slip", gettext_lazy("Gửi phiếu qua thư điện tử"), any_day=ANY_DAY)
def mail_slip(*, invitation, code, link, by):
    """Mail the one-time link of a slip just made to the address of its user."""
    user = User.objects.locked(invitation.user_id, "person")
    post = require(may_manage_account(by, user, timezone.localdate()))
    invitation = _open_slip(invitation)
    if not user.email:
        refuse(_("Tài khoản này chưa có địa chỉ thư điện tử. Hãy in phiếu."))
    if not slips.matches(code, invitation.code_digest):
        refuse(_("Phiếu này đã được thay bằng phiếu khác. Hãy lập phiếu mới rồi gửi."))
    words = {"user": user, "invitation": invitation, "code": code, "link": link}
    record(user, by=by, post=post, after={"mailed": invitation})
    try:
        send_mail(
            _("Thi Đua: mã nhận tài khoản"),
            render_to_string("account/slip_mail.txt", words),
            None,
            [user.email],
        )
    except (SMTPException, OSError):
        refuse(
            _("Máy chủ thư không nhận thư này. Phiếu vẫn dùng được: hãy in phiếu hoặc đọc mã qua điện thoại.")
        )
    return invitation


@act(
    "account.use-code",
    gettext_lazy("Nhận tài khoản, đặt mật khẩu bằng mã"),
    any_day=ANY_DAY,
    anybody="whoever holds the code, before signing in",
)
def use_code(*, invitation, code, password, by):
    """Set the password of whoever has the right code; every session of the account ends."""
    user = User.objects.locked(invitation.user_id, "person")
    invitation = _open_slip(invitation)
    if by.pk != user.pk or not user.is_active or not slips.matches(code, invitation.code_digest):
        refuse(_("Mã này không mở tài khoản này."))
    if refusal := slips.refusal_of(invitation):
        refuse(refusal)
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    record(user, by=by, post=invitation.post, after={"used": invitation})
    return user


@act(
    "account.mistype-code",
    gettext_lazy("Nhập sai mã trên phiếu"),
    any_day=ANY_DAY,
    anybody="whoever holds the code, before signing in",
)
def mistype_code(*, invitation, by):
    """Count a wrong code against the slip that was tried; after the last attempt it is locked."""
    invitation = _open_slip(invitation)
    invitation.attempts += 1
    invitation.save(update_fields=["attempts"])
    record(invitation.user, by=by, post=invitation.post, after={"attempts": invitation.attempts})
    return invitation


@act("account.set-email", gettext_lazy("Ghi thư điện tử của tài khoản"), any_day=ANY_DAY)
def set_email(*, user, email, by, paper=None):
    """Set or take away the address to which slips of this account are mailed."""
    user = User.objects.locked(user.pk, "person")
    post = require(may_manage_account(by, user, timezone.localdate()))
    before, user.email = user.email, email
    user.save(update_fields=["email"])
    record(user, by=by, post=post, before={"email": before}, after={"email": email}, paper=paper)
    return user


@act("account.deactivate", gettext_lazy("Ngừng tài khoản"), any_day=ANY_DAY)
def deactivate(*, user, by, reason, paper=None):
    """Stop an account: no more sign-in, every session ends, an open slip is withdrawn; posts stay."""
    user = User.objects.locked(user.pk, "person")
    post = require(may_manage_account(by, user, timezone.localdate()))
    if user.pk == by.pk:
        refuse(_("Không tự ngừng tài khoản đang dùng. Hãy nhờ người khác có thẩm quyền."))
    if not user.is_active:
        refuse(_("Tài khoản này đã ngừng."))
    _require_reason(reason)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    end_sessions(user)
    record(
        user,
        by=by,
        post=post,
        before={"is_active": True},
        after={"is_active": False},
        reason=reason,
        paper=paper,
    )
    return user


@act("account.reactivate", gettext_lazy("Mở lại tài khoản"), any_day=ANY_DAY)
def reactivate(*, user, by, reason, paper=None):
    """Open a stopped account again, with the password it had."""
    user = User.objects.locked(user.pk, "person")
    post = require(may_manage_account(by, user, timezone.localdate()))
    if user.is_active:
        refuse(_("Tài khoản này đang dùng."))
    _require_reason(reason)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(
        user,
        by=by,
        post=post,
        before={"is_active": False},
        after={"is_active": True},
        reason=reason,
        paper=paper,
    )
    return user


@act("account.remove-second-factor", gettext_lazy("Gỡ xác thực hai lớp"), any_day=ANY_DAY)
def remove_second_factor(*, user, by, reason, paper=None):
    """Take away a second factor whose telephone is lost, with its recovery codes; every session ends."""
    user = User.objects.locked(user.pk, "person")
    post = require(may_manage_account(by, user, timezone.localdate()))
    _require_reason(reason)
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if not removed:
        refuse(_("Tài khoản này không bật xác thực hai lớp."))
    end_sessions(user)
    record(user, by=by, post=post, reason=reason, paper=paper)
    return user


def _open_slip(invitation):
    """The slip, locked, as long as it has been neither used nor withdrawn."""
    invitation = Invitation.objects.locked(invitation.pk, "user__person", "post")
    if invitation.used_at or invitation.withdrawn_at:
        refuse(_("Phiếu này đã dùng hoặc đã thu hồi."))
    return invitation


def _post_of(user):
    """The post that a slip is for: the one held today, else the next."""
    today = timezone.localdate()
    kept = user.person.posts.exclude(role="").order_by("first_day", "pk")
    posts = [post for post in kept if post.last_day is None or post.last_day >= today]
    if not posts:
        refuse(_("%(person)s không giữ nhiệm vụ nào. Hãy giao nhiệm vụ trước.") % _named(user))
    return posts[0]


def _named(user):
    return {"person": user.person.full_name, "username": user.username}


def _given(post):
    return {
        "person": post.person,
        "unit": post.unit,
        "role": post.role,
        "title": post.title,
        "first_day": post.first_day,
        "last_day": post.last_day,
        "basis": post.basis,
        "issues_decisions": post.issues_decisions,
    }


def _require_reason(reason):
    if not reason.strip():
        refuse(_("Cần ghi lý do."))
