"""Pages of signing in: the code on a slip, the picture of a second factor, one's own sessions."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from blocs import actions
from blocs.access import slips
from blocs.access.sessions import end_sessions, own_sessions
from blocs.access.signin import may_try
from blocs.forms.signin import SlipCodeForm


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def use_code(request):
    """User name and code of a slip, and the new password: signs in. A link in a mail fills in both."""
    if request.method == "GET":
        form = SlipCodeForm(initial={"username": request.GET.get("ten"), "code": request.GET.get("ma")})
        return render(request, "account/use_code.html", {"form": form})
    form = SlipCodeForm(request.POST)
    login = request.POST.get("username", "")[:60].lower()
    limited = ratelimit.consume_or_429(request, action="use_code", key=login)
    if limited or not may_try(request, "use_code_here", login):
        return limited or ratelimit.respond_429(request)
    if form.is_valid():
        found = slips.find(form.cleaned_data["username"], form.cleaned_data["code"])
        if found.invitation and not found.refusal:
            return _signed_in(request, found.invitation, form.cleaned_data)
        if found.missed:
            actions.mistype_code(invitation=found.missed, by=found.missed.user)
        form.add_error(None, found.refusal)
    return render(request, "account/use_code.html", {"form": form})


def _signed_in(request, invitation, data):
    user = actions.use_code(
        invitation=invitation, code=data["code"], password=data["password"], by=invitation.user
    )
    if request.user.is_authenticated:
        logout(request)
    messages.success(
        request, _("Đã đặt mật khẩu. Lần sau đăng nhập bằng tên %(username)s.") % {"username": user.username}
    )
    return perform_login(request, user)


@never_cache
@require_GET
def second_factor_picture(request):
    """The QR code of the second factor being set up, as a picture: the pages allow none inside the text."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")


@never_cache
@require_http_methods(["GET", "POST"])
def sessions(request):
    """Where the person is signed in; ends one of these sessions, or all but this one."""
    if request.method == "POST":
        key = request.POST.get("session", "")
        ended = end_sessions(
            request.user, but=request.session.session_key, key=int(key) if key.isdecimal() else None
        )
        messages.success(
            request,
            ngettext("Đã kết thúc %(count)s phiên.", "Đã kết thúc %(count)s phiên.", ended)
            % {"count": ended},
        )
        return redirect("usersessions_list")
    found = own_sessions(request)
    others = any(not each.is_here for each in found)
    return render(request, "usersessions/usersession_list.html", {"sessions": found, "others": others})
