"""Refusals as pages."""

from django.shortcuts import render

from blocs.permissions import Refused


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
