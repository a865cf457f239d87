"""Refusals as pages, sessions as their owner sees them, the second factor of those who need one."""

import time

from allauth.usersessions.models import UserSession
from django.shortcuts import redirect, render

from blocs.access.signin import has_second_factor, needs_second_factor
from blocs.permissions import Refused

SEEN = "seen"  # when the session was last kept as seen, in the session itself: no query asks for it
SEEN_EVERY = 600  # seconds
# Where somebody may be who still has to set up a second factor.
BEFORE_SECOND_FACTOR = {
    "mfa_activate_totp",
    "second-factor-picture",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "account_logout",
    "account_login",
    "set_language",
    "health",
}


class RefusalMiddleware:
    """Shows an act that was refused as a page with its reason, status 403; nothing has been saved."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"refusal": exception.refusal}, status=403)
        return None


class SessionSeenMiddleware:
    """Keeps when each session was last used, to ten minutes, for the page on which people see their own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and time.time() - request.session.get(SEEN, 0) > SEEN_EVERY:
            request.session[SEEN] = int(time.time())
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads whoever needs a second factor to set it up before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, keywords):
        if not request.user.is_authenticated or request.resolver_match.view_name in BEFORE_SECOND_FACTOR:
            return None
        if needs_second_factor(request.user) and not has_second_factor(request.user):
            return redirect("mfa_activate_totp")
        return None
