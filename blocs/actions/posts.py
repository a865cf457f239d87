"""Acts on posts: who holds what from when to when, on which decision, on whose behalf."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.actions.slips import Slip
from blocs.journal import act, record
from blocs.models import Entry, Invitation, Post
from blocs.permissions import (
    may_end_post,
    may_end_substitute,
    may_give_post,
    may_manage_account,
    may_substitute,
    refuse,
    require,
)

ANY_DAY = "posts follow decisions, not the year"

TERMS = ("role", "title", "unit", "first_day", "last_day", "basis", "issues_decisions", "on_behalf_of")


@act("post.give", gettext_lazy("Giao nhiệm vụ"), any_day=ANY_DAY)
def give_post(*, post, by, paper=None):
    """Give a new post, not saved yet, to a person who has an account already."""
    giver = require(may_give_post(by, post, timezone.localdate()))
    post.save()
    record(post, by=by, post=giver, after=_terms(post), paper=paper)
    return post


@act("post.end", gettext_lazy("Thôi giao nhiệm vụ"), any_day=ANY_DAY)
def end_post(*, post, last_day, basis, by, paper=None):
    """Set a post's last day and the decision; whoever substitutes in it ends with it."""
    post = Post.objects.locked(post.pk, "person")
    ender = require(may_end_post(by, post, timezone.localdate()))
    if not basis.strip():
        refuse(_("Cần ghi số, ngày quyết định."))
    if post.last_day and post.last_day < timezone.localdate():
        refuse(_("Nhiệm vụ này đã thôi giao ngày %(day)s.") % {"day": notation.day(post.last_day)})
    if last_day < post.first_day:
        refuse(_("Ngày cuối không được trước ngày bắt đầu %(day)s.") % {"day": notation.day(post.first_day)})
    if post.role == Post.Role.ADMINISTRATOR and not _other_administrators(post, last_day):
        refuse(_("Hệ thống phải còn ít nhất một người quản trị. Hãy giao người khác trước."))
    before = {"last_day": post.last_day, "end_basis": post.end_basis}
    post.last_day, post.end_basis = last_day, basis
    post.save()
    substitutes = list(post.substitutes.select_for_update(of=("self",)))
    after = {"last_day": last_day, "end_basis": basis, "substitutes": substitutes}
    record(post, by=by, post=ender, before=before, after=after, paper=paper)
    for each in substitutes:
        _cut(each, last_day, basis)
    return post


@act("post.substitute", gettext_lazy("Giao làm thay"), any_day=ANY_DAY)
def substitute(*, post, newcomer, title, first_day, last_day, basis, by, paper=None):
    """Let somebody act in a post from a day to a day; (the substitute's post, the slip of a new account).

    The power to issue decisions goes over only when an administrator gives it.
    """
    post = Post.objects.locked(post.pk, "person")
    today = timezone.localdate()
    giver = require(may_substitute(by, post, today))
    if not basis.strip():
        refuse(_("Cần ghi căn cứ: số, ngày quyết định hoặc giấy ủy quyền."))
    if last_day < max(first_day, today):
        refuse(_("Ngày kết thúc phải từ hôm nay trở đi và không trước ngày bắt đầu."))
    if first_day < post.first_day or (post.last_day and last_day > post.last_day):
        refuse(_("Thời gian làm thay phải nằm trong thời gian giữ nhiệm vụ của người được làm thay."))
    there = Post.objects.filter(unit=post.unit_id).exclude(last_day__lt=today)
    if newcomer.person and not there.filter(person=newcomer.person).exists():
        refuse(_("Người làm thay phải thuộc cùng đơn vị."))
    user = newcomer.settle()
    _require_free(user, post, first_day, last_day)
    opens = not user.has_usable_password()
    if opens and not (may_manage_account(by, user, today) or not _held(user.person, today)):
        refuse(
            _("%(person)s chưa nhận tài khoản. Hãy đề nghị cán bộ phụ trách cấp phiếu trước.") % _named(user)
        )
    made = Post(
        person=user.person,
        unit=post.unit,
        title=title or post.title,
        role=post.role,
        first_day=first_day,
        last_day=last_day,
        on_behalf_of=post,
        basis=basis,
        issues_decisions=post.issues_decisions and bool(may_give_post(by, post, today)),
    )
    made.save()
    slip = None
    if opens:
        slip = Slip.make(user=user, post=made, purpose=Invitation.Purpose.ACCOUNT, made_by=giver)
    record(
        made, by=by, post=giver, after=_terms(made) | ({"slip": slip.invitation} if slip else {}), paper=paper
    )
    return made, slip


@act("post.end-substitute", gettext_lazy("Kết thúc làm thay"), any_day=ANY_DAY)
def end_substitute(*, post, by, reason="", paper=None):
    """End a substitution with today; one that has not begun is over before it begins."""
    post = Post.objects.locked(post.pk, "person")
    ender = require(may_end_substitute(by, post, timezone.localdate()))
    today = timezone.localdate()
    if post.last_day < today:
        refuse(_("Việc làm thay này đã kết thúc ngày %(day)s.") % {"day": notation.day(post.last_day)})
    last_day = today if post.first_day <= today else None
    record(post, by=by, post=ender, after={"last_day": last_day}, reason=reason, paper=paper)
    _cut(post, today, reason)
    return post


def _require_free(user, post, first_day, last_day):
    """Refuse a substitute who is the holder, whose account is stopped, or who substitutes already."""
    if user.person_id == post.person_id:
        refuse(_("Không tự làm thay mình."))
    if not user.is_active:
        refuse(_("Tài khoản của %(person)s đang ngừng dùng.") % _named(user))
    kept = post.substitutes.filter(person=user.person_id, first_day__lte=last_day, last_day__gte=first_day)
    if kept.exists():
        refuse(_("%(person)s đã được giao làm thay trong thời gian này.") % _named(user))


def _held(person, day):
    """The posts in the software that a person holds on a day or will hold."""
    return person.posts.exclude(role="").exclude(last_day__lt=day).exists()


def _cut(post, last_day, basis):
    """End a post that would go on after a day; one that has not begun by then is taken back."""
    if post.last_day and post.last_day <= last_day:
        return
    if post.first_day > last_day:
        _take_back(post)
        return
    post.last_day, post.end_basis = last_day, basis
    post.save()


def _take_back(post):
    """Delete a post that was never held, with its slip; where the slip was used, leave it without a role."""
    used = post.invitations.exclude(used_at=None).exists()
    post.substitutes.all().delete()
    if not used and not Entry.objects.filter(post=post).exists():
        post.invitations.all().delete()
        post.delete()
        return
    post.role, post.on_behalf_of, post.issues_decisions = "", None, False
    post.last_day = post.first_day
    post.save()


def _other_administrators(post, last_day):
    """Whether somebody else still administers the system the day after a post ends."""
    after = Post.objects.held_on(last_day + timedelta(days=1))
    kept = after.filter(role=Post.Role.ADMINISTRATOR, on_behalf_of=None, person__user__is_active=True)
    return kept.exclude(pk=post.pk).exists()


def _named(user):
    return {"person": user.person.full_name}


def _terms(post):
    return {name: getattr(post, name) for name in TERMS} | {"person": post.person}
