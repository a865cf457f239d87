"""Pages of people and their accounts."""

from allauth.mfa.models import Authenticator
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from blocs import actions, notation
from blocs.filters import PersonFilter
from blocs.forms.accounts import EmailForm, ReasonForm
from blocs.history import history_of, title_of
from blocs.models import Entry, Invitation, Person, Post, User
from blocs.permissions import (
    may_end_substitute,
    may_manage_account,
    may_manage_accounts,
    may_substitute,
    require,
)
from blocs.views.confirming import confirm

PAGE_SIZE = 25
ENTRIES = 30


def posts_of_today(**prefetch):
    """The posts that people hold or will hold, with the names of their units."""
    today = timezone.localdate()
    posts = Post.objects.exclude(role="").exclude(last_day__lt=today).order_by("first_day", "pk")
    return Prefetch("posts", posts.select_related("unit").prefetch_related("unit__states"), **prefetch)


@require_GET
@vary_on_headers("HX-Request")
def accounts(request):
    """The people whom the software knows, with what they do here and how their account stands."""
    may = may_manage_accounts(request.user, None, timezone.localdate())
    people = Person.objects.visible_to(request.user).filter(merged_into=None).in_name_order()
    people = people.select_related("user").prefetch_related(posts_of_today(to_attr="current"))
    people = people.annotate(slip=Exists(Invitation.objects.open().filter(user__person=OuterRef("pk"))))
    list_filter = PersonFilter(request.GET, queryset=people, request=request)
    page = Paginator(list_filter.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": list_filter,
        "page": page,
        "rows": [(person, account_in_words(person, person.slip)) for person in page.object_list],
        "may": may,
        "next": {"title": _("Cấp tài khoản"), "address": reverse("invite")} if may else None,
        "count": ngettext("%(count)s người", "%(count)s người", page.paginator.count)
        % {"count": notation.count(page.paginator.count)},
    }
    swapped = request.htmx and not request.htmx.history_restore_request
    return render(
        request, "blocs/accounts/list.html#list" if swapped else "blocs/accounts/list.html", context
    )


def account_in_words(person, has_slip):
    """How an account stands: (words, tone)."""
    user = getattr(person, "user", None)
    if user is None:
        return _("Chưa có tài khoản"), "unknown"
    if not user.is_active:
        return _("Đã ngừng"), "refused"
    if has_slip:
        return _("Chờ nhập mã"), "soon"
    return (_("Đang dùng"), "done") if user.has_usable_password() else (_("Chưa nhận"), "waiting")


def find_person(request, pk):
    """A person whom this person may see; 404 otherwise."""
    people = Person.objects.visible_to(request.user).select_related("user")
    return get_object_or_404(people, pk=pk)


@require_GET
def person(request, pk):
    """A person: posts with their decisions, the account with what may be done about it, what was done."""
    found, today = find_person(request, pk), timezone.localdate()
    visible = Post.objects.visible_to(request.user).filter(person=found)
    posts = visible.select_related("unit", "person", "on_behalf_of__person")
    substitutes = (
        Post.objects.exclude(last_day__lt=today).select_related("person").order_by("first_day", "pk")
    )
    posts = posts.prefetch_related(
        "unit__states", Prefetch("substitutes", substitutes, to_attr="current_substitutes")
    )
    user = getattr(found, "user", None)
    may = user and may_manage_account(request.user, user, today)
    manages = bool(may_manage_accounts(request.user, None, today))
    entries = Entry.objects.visible_to(request.user).filter(post__person=found).order_by("-pk")[:ENTRIES]
    context = {
        "person": found,
        "today": today,
        "is_self": request.user.person_id == found.pk,
        "posts": [
            (post, post.held_on(today), _post_buttons(request.user, post, today))
            for post in sorted(posts, key=lambda each: (each.last_day is not None, each.pk))
        ],
        "user_of": user,
        "facts": _facts(found, user) if user and (manages or request.user.person_id == found.pk) else [],
        "account_buttons": _account_buttons(user, may) if user and manages else [],
        "give": reverse("invite") + f"?nguoi={found.pk}" if manages else "",
        "entries": [(entry, title_of(entry.act)) for entry in entries],
        "history": _history(user, posts) if manages else [],
    }
    return render(request, "blocs/accounts/person.html", context)


def _history(user, posts):
    """What was done about a person's account and posts, newest first."""
    lines = [*(history_of(user) if user else []), *(history_of(*posts) if posts else [])]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _facts(person, user):
    slip = open_slips(user).first()
    words, _tone = account_in_words(person, slip is not None)
    second = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    last = timezone.localtime(user.last_login).strftime("%d/%m/%Y %H:%M") if user.last_login else ""
    facts = [
        (_("Tình trạng"), words),
        (_("Tên đăng nhập"), user.username),
        (_("Thư điện tử"), user.email or _("không có")),
        (_("Đăng nhập lần cuối"), last or _("chưa lần nào")),
        (_("Xác thực hai lớp"), _("đang bật") if second else _("không bật")),
    ]
    if slip:
        facts.append((_("Phiếu còn mở đến"), notation.day(timezone.localdate(slip.expires_at))))
    return facts


def _account_buttons(user, may):
    """The acts on an account, each with the reason where it is refused."""
    refusal = "" if may else str(may)
    names = [("slip-renew", _("Lập phiếu mới, cấp lại mật khẩu"))]
    if not user.is_active:
        names = [("account-reactivate", _("Mở lại tài khoản"))]
    else:
        names += [("slip-withdraw", _("Thu hồi phiếu"))] if open_slips(user).exists() else []
        names += [("account-email", _("Ghi thư điện tử")), ("account-deactivate", _("Ngừng tài khoản"))]
    if Authenticator.objects.filter(user=user).exists():
        names.append(("second-factor-remove", _("Gỡ xác thực hai lớp")))
    return [
        {"title": title, "address": reverse(name, args=[user.person_id]), "refusal": refusal}
        for name, title in names
    ]


def open_slips(user):
    """The slip of a user that has been neither used nor withdrawn; at most one."""
    return user.invitations.filter(used_at=None, withdrawn_at=None)


def _post_buttons(user, post, day):
    """What this person may do about a post that is not over."""
    if not post.role or (post.last_day and post.last_day < day):
        return []
    if post.on_behalf_of_id:
        ways = [("substitute-end", _("Kết thúc làm thay"))] if may_end_substitute(user, post, day) else []
    else:
        ways = _ways_of_holder(user, post, day)
    return [{"title": title, "address": reverse(name, args=[post.pk])} for name, title in ways]


def _ways_of_holder(user, post, day):
    ends_today = post.last_day is not None and post.last_day <= day
    keeps = may_manage_accounts(user, post, day)
    ways = [("post-open-work", _("Việc còn mở"))] if keeps or post.person_id == user.person_id else []
    if may_substitute(user, post, day) and not ends_today:
        ways.append(("post-substitute", _("Giao làm thay")))
    return [*ways, ("post-end", _("Thôi giao"))] if keeps and not ends_today else ways


@require_http_methods(["GET", "POST"])
def set_email(request, pk):
    """The address of an account."""
    user = find_user(request, pk)
    return confirm(
        request,
        title=_("Thư điện tử của %(person)s") % {"person": user.person},
        consequences=[_("Phiếu lập sau này gửi được qua địa chỉ này; để trống thì chỉ in phiếu.")],
        submit=_("Ghi thư điện tử"),
        back=reverse("person", args=[pk]),
        form=EmailForm,
        initial={"email": user.email},
        do=lambda data: actions.set_email(user=user, by=request.user, **data),
        done=_("Đã ghi thư điện tử."),
    )


@require_http_methods(["GET", "POST"])
def deactivate(request, pk):
    """Stop an account."""
    user = find_user(request, pk)
    return confirm(
        request,
        title=_("Ngừng tài khoản %(username)s của %(person)s?")
        % {"username": user.username, "person": user.person},
        consequences=[
            _("Không đăng nhập được nữa; mọi phiên đang mở kết thúc ngay."),
            _("Phiếu chưa dùng bị thu hồi. Nhiệm vụ và nhật ký giữ nguyên; mở lại được bất cứ lúc nào."),
        ],
        submit=_("Ngừng tài khoản"),
        back=reverse("person", args=[pk]),
        form=ReasonForm,
        danger=True,
        do=lambda data: actions.deactivate(user=user, by=request.user, **data),
        done=_("Đã ngừng tài khoản."),
    )


@require_http_methods(["GET", "POST"])
def reactivate(request, pk):
    """Open a stopped account again."""
    user = find_user(request, pk)
    return confirm(
        request,
        title=_("Mở lại tài khoản %(username)s của %(person)s?")
        % {"username": user.username, "person": user.person},
        consequences=[_("Đăng nhập lại được bằng mật khẩu cũ. Quên mật khẩu thì lập phiếu mới.")],
        submit=_("Mở lại tài khoản"),
        back=reverse("person", args=[pk]),
        form=ReasonForm,
        do=lambda data: actions.reactivate(user=user, by=request.user, **data),
        done=_("Đã mở lại tài khoản."),
    )


@require_http_methods(["GET", "POST"])
def remove_second_factor(request, pk):
    """Take away the second factor of whoever lost the telephone."""
    user = find_user(request, pk)
    return confirm(
        request,
        title=_("Gỡ xác thực hai lớp của %(person)s?") % {"person": user.person},
        consequences=[
            _("Chỉ gỡ khi đã biết chắc người đề nghị chính là chủ tài khoản."),
            _("Mã trên điện thoại cũ và mã dự phòng hết dùng được; mọi phiên đang mở kết thúc."),
            _("Người có nhiệm vụ bắt buộc sẽ phải cài lại ngay lần đăng nhập sau."),
        ],
        submit=_("Gỡ xác thực hai lớp"),
        back=reverse("person", args=[pk]),
        form=ReasonForm,
        danger=True,
        do=lambda data: actions.remove_second_factor(user=user, by=request.user, **data),
        done=_("Đã gỡ xác thực hai lớp."),
    )


def find_user(request, pk):
    """The account of a person, for whoever keeps accounts; 404 for others."""
    require(may_manage_accounts(request.user, None, timezone.localdate()))
    return get_object_or_404(User.objects.visible_to(request.user).select_related("person"), person=pk)
