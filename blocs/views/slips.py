"""Pages that give access: invitations and account slips."""

import json

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import actions
from blocs.access import ciphers
from blocs.actions.slips import Newcomer
from blocs.forms.accounts import InviteForm, PostForm
from blocs.models import Invitation, Person, Post
from blocs.permissions import Refused, may_manage_account, may_manage_accounts, require
from blocs.text import fold
from blocs.views.accounts import find_person, find_user, open_slips, posts_of_today
from blocs.views.confirming import confirm

FOUND = 20
SLIP = "slip"  # the key under which the session hands a slip on to the page that shows it


@require_http_methods(["GET", "POST"])
def invite(request):
    """Give an account and a post on one page: to a new person, or to one found by name."""
    today = timezone.localdate()
    require(may_manage_accounts(request.user, None, today))
    key = request.GET.get("nguoi", "")
    known = find_person(request, key) if key.isdecimal() else None
    user = getattr(known, "user", None)
    has_account = user is not None and user.has_usable_password()
    kind, options = (PostForm, {}) if has_account else (InviteForm, {"person": known})
    form = kind(
        request.POST or None, user=request.user, instance=Post(person=known, first_day=today), **options
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _given(request, form, known, has_account)
        except Refused as refused:
            form.add_error(None, str(refused))
    title = _("Giao nhiệm vụ") if has_account else _("Cấp tài khoản")
    query = request.GET.get("q", "")
    context = {
        "title": f"{title}: {known}" if known else title,
        "form": form,
        "known": known,
        "query": query,
        "found": _people_named(request.user, query) if query else [],
        "submit": title if has_account else _("Cấp tài khoản, lập phiếu"),
        "cancel": reverse("person", args=[known.pk]) if known else reverse("accounts"),
    }
    return render(request, "blocs/accounts/invite.html", context)


def _given(request, form, known, has_account):
    post = form.instance
    if has_account:
        actions.give_post(post=post, by=request.user)
        messages.success(request, _("Đã giao nhiệm vụ cho %(person)s.") % {"person": known})
        return redirect("person", known.pk)
    data = form.cleaned_data
    newcomer = Newcomer(
        person=known,
        full_name=data.get("full_name", ""),
        address_form=data.get("address_form", ""),
        username=data["username"],
        email=data["email"],
    )
    return hand_on(request, actions.invite(newcomer=newcomer, post=post, by=request.user))


def _people_named(user, query):
    people = Person.objects.visible_to(user).for_choice().filter(search_key__contains=fold(query))
    return (
        people.in_name_order()
        .select_related("user")
        .prefetch_related(posts_of_today(to_attr="current"))[:FOUND]
    )


def hand_on(request, slip):
    """Lead to the page that shows a slip, once; its code is readable in this session alone."""
    request.session[SLIP] = ciphers.encrypt(json.dumps([slip.invitation.pk, slip.code]))
    return redirect("slip")


@never_cache
@require_GET
def slip(request):
    """The slip just made, to be printed, read out or mailed; once seen its code is nowhere."""
    kept = request.session.pop(SLIP, None)
    if kept is None:
        return render(request, "blocs/accounts/slip_gone.html")
    key, code = json.loads(ciphers.decrypt(kept))
    invitation = get_object_or_404(
        Invitation.objects.select_related(
            "user__person", "post__unit", "post__on_behalf_of__person"
        ).prefetch_related("post__unit__states"),
        pk=key,
    )
    manages = may_manage_account(request.user, invitation.user, timezone.localdate())
    context = {
        "invitation": invitation,
        "person": invitation.user.person,
        "code": code,
        "site": request.build_absolute_uri(reverse("use-code")),
        "may_mail": bool(manages and invitation.user.email),
        "is_new": invitation.purpose == Invitation.Purpose.ACCOUNT,
    }
    return render(request, "blocs/accounts/slip.html", context)


@sensitive_post_parameters()
@require_POST
def mail_slip(request, pk):
    """Mail the link of the slip that the page shows."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user).select_related("user"), pk=pk)
    code = request.POST.get("code", "")
    query = urlencode({"ten": invitation.user.username, "ma": code})
    link = f"{request.build_absolute_uri(reverse('use-code'))}?{query}"
    actions.mail_slip(invitation=invitation, code=code, link=link, by=request.user)
    messages.success(request, _("Đã gửi mã tới %(email)s.") % {"email": invitation.user.email})
    return redirect("person", invitation.user.person_id)


@require_http_methods(["GET", "POST"])
def renew_slip(request, pk):
    """A new slip: for whoever lost the first one or forgot the password."""
    user = find_user(request, pk)
    return confirm(
        request,
        title=_("Lập phiếu mới cho %(person)s?") % {"person": user.person},
        consequences=[
            _("Phiếu cũ chưa dùng, nếu có, hết hiệu lực."),
            _("Mật khẩu đang dùng vẫn dùng được cho đến khi mã mới được nhập."),
            _("Khi mã được nhập, mọi phiên đang mở của tài khoản kết thúc."),
        ],
        submit=_("Lập phiếu mới"),
        back=reverse("person", args=[pk]),
        do=lambda data: hand_on(request, actions.renew_slip(user=user, by=request.user)),
    )


@require_http_methods(["GET", "POST"])
def withdraw_slip(request, pk):
    """Withdraw the slip that is still open."""
    user = find_user(request, pk)
    invitation = get_object_or_404(open_slips(user))
    return confirm(
        request,
        title=_("Thu hồi phiếu của %(person)s?") % {"person": user.person},
        consequences=[_("Mã trên phiếu không mở được tài khoản nữa. Lập phiếu mới bất cứ lúc nào.")],
        submit=_("Thu hồi phiếu"),
        back=reverse("person", args=[pk]),
        do=lambda data: actions.withdraw_slip(invitation=invitation, by=request.user),
        done=_("Đã thu hồi phiếu."),
    )
