"""What every request carries: an id that groups its journal entries, a language, our own pages of failure."""

import uuid
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import Http404
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.defaults import bad_request, page_not_found, server_error

NUL = "\0"

_request_id = ContextVar("request id", default=None)


def current_request_id():
    """The id of the request under way; outside a request, a new one for each question."""
    return _request_id.get() or uuid.uuid4()


class RequestIdMiddleware:
    """Gives each request an id, shown in the answer's X-Request-Id header and kept in the journal."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4()
        token = _request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response["X-Request-Id"] = str(request.id)
        return response


class NulMiddleware:
    """Answers 400 to what holds the character NUL, which no person types and no database keeps.

    Addresses, questions and cookies are asked before anything else sees them. Of what is sent, fields of
    forms say it in words; whatever else reaches the database ends here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = (text for name, values in request.GET.lists() for text in (name, *values))
        if any(NUL in text for text in (request.path, *asked, *request.COOKIES.values())):
            return bad_request(request, BadRequest("NUL"))
        return self.get_response(request)

    def process_exception(self, request, exception):
        """A NUL that the driver refused in a text, or the database in JSON."""
        said = str(exception)
        refused = isinstance(exception, ValueError) and "NUL (0x00)" in said
        if refused or isinstance(exception, DataError) and "\\u0000" in said:
            return bad_request(request, exception)
        return None


class LanguageMiddleware:
    """Vietnamese unless the person chose another language here: a browser's own wish is not asked.

    Office computers are often set up in English, and nobody there has chosen that.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        response.setdefault("Content-Language", language)
        return response


class NotStoredMiddleware:
    """Keeps what a signed-in person is shown out of every store: whoever comes next finds nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response


class TrialFailureMiddleware:
    """Shows our own pages of failure on the trial site too, where Django shows technical ones.

    The failure has been logged with its traceback by then.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404:
            return page_not_found(request, Http404())
        if settings.DEBUG and response.status_code == 500:
            return server_error(request)
        return response
