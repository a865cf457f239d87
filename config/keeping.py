"""What somebody typed is not lost when the session ends before it is sent.

A form carries a signed note of whom it was shown to. What is sent without a session, or from a page older
than the session, waits in the browser's session until that same person has signed in and sends it again.
Files and whatever looks like a password or code are never kept.
"""

import re

from django import forms
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

KEPT = "kept"  # in the session
SHOWN_TO, DRAFT_OF, AGAIN = "shown-to", "draft-of", "sent-again"  # fields of a form
OURS = {"csrfmiddlewaretoken", SHOWN_TO, DRAFT_OF, AGAIN}
LARGEST = 200 * 1024  # characters
SECRET = re.compile(r"passw|mat-khau|mat_khau|(^|[-_])(otp|secret)($|[-_])", re.IGNORECASE)
TYPED = (forms.TextInput, forms.Textarea)
CODE = re.compile(r"(^|[-_])code($|[-_])", re.IGNORECASE)  # of a sign-in, or of a unit, a criterion


def is_private(name, labels=()):
    """Whether a field may hold what nobody keeps for anybody; one of a shown page's `labels` does not."""
    return bool(SECRET.search(name) or CODE.search(name) and name not in labels)


def typed(data):
    """{name: values} of what was sent, without our own fields and whatever looks private."""
    known = _read(data.get(SHOWN_TO, "")) or {}
    labels = {*known.get("labels", ()), *known.get("choices", ())}
    return {name: data.getlist(name) for name in data if name not in OURS and not is_private(name, labels)}


def sent_again(data, newer):
    """{name: values} by which a page is sent again, with some fields told otherwise.

    Its note goes along, so that nothing is lost where the session ends meanwhile.
    """
    fields = typed(data)
    for name, value in newer.items():
        fields[name] = value if isinstance(value, list) else [value]
        if isinstance(value, bool):
            fields[name] = ["on"] if value else []
    if SHOWN_TO in data:
        fields[SHOWN_TO] = data.getlist(SHOWN_TO)
    return {name: values for name, values in fields.items() if values}


def size(fields):
    """The characters of what was typed."""
    return sum(len(name) + sum(map(len, values)) for name, values in fields.items())


def labels_of(form, formsets=()):
    """{name: words} of the fields into which people type text; none where the form asks for a password.

    Beside the form stand its formsets, or single forms.
    """
    return _labels(form, formsets, _is_text)


def choices_of(form, formsets=()):
    """{name: words} of the other fields that people see: what they choose or tick."""
    return _labels(form, formsets, _is_choice)


def _labels(form, formsets, wanted):
    fields = {form.add_prefix(name): field for name, field in form.fields.items()}
    if any(isinstance(field.widget, forms.PasswordInput) for field in fields.values()):
        return {}
    labels = {
        name: capfirst(str(field.label or name)) for name, field in fields.items() if wanted(name, field)
    }
    for formset in formsets:
        for row in getattr(formset, "forms", [formset]):
            labels |= _labels(row, (), wanted)
    return labels


def _is_choice(name, field):
    return not (field.widget.is_hidden or SECRET.search(name) or isinstance(field.widget, TYPED))


def _is_text(name, field):
    text = isinstance(field.widget, TYPED) and not field.widget.is_hidden
    return text and not SECRET.search(name) and field.widget.attrs.get("autocomplete") != "one-time-code"


def note(user, labels, choices):
    """The signed note of whom a form is shown to, with the words beside its fields."""
    known = {"user": user.pk, "labels": labels, "choices": choices}
    return signing.dumps(known, salt=SHOWN_TO, compress=True)


def _read(text):
    try:
        return signing.loads(text, salt=SHOWN_TO)
    except signing.BadSignature:
        return None


def keep(request):
    """Keep in the session what was sent; False where there is nothing that may be kept."""
    known, fields = _read(request.POST.get(SHOWN_TO, "")), typed(request.POST)
    if known is None or not fields or size(fields) > LARGEST:
        return False
    request.session[KEPT] = {
        **known,
        "address": request.get_full_path(),
        "fields": fields,
        "files": [file.name for file in request.FILES.values()],
    }
    return True


class KeepTypedMiddleware(LoginRequiredMiddleware):
    """Asks for a sign-in as Django does, and keeps what was sent without one."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.method == "POST" and AGAIN in request.POST and request.user.is_authenticated:
            request.session.pop(KEPT, None)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        answer = redirect_to_login(reverse("kept") if keep(request) else page_before(request))
        # What a part of a page asked for would else be shown in that part.
        return HttpResponseClientRedirect(answer.url) if request.headers.get("HX-Request") else answer


def page_before(request):
    """The page from which something was sent: an address that only takes what is sent cannot be shown."""
    before = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    return before if known else reverse("home")


def csrf_failure(request, reason=""):
    """A page older than the session: what was typed there can be sent again by the person it was shown to."""
    known = _read(request.POST.get(SHOWN_TO, ""))
    if known and request.user.is_authenticated and known["user"] == request.user.pk and keep(request):
        return redirect("kept")
    return plain_csrf_failure(request, reason)


@require_http_methods(["GET", "POST"])
def kept(request):
    """What was sent and did not arrive: to be sent again, or dropped."""
    found = request.session.get(KEPT)
    if found is None or found["user"] != request.user.pk:
        request.session.pop(KEPT, None)
        return redirect("home")
    if request.method == "POST":
        request.session.pop(KEPT)
        messages.info(request, _("Đã bỏ nội dung chưa gửi."))
        return redirect("home")
    labels, fields = found["labels"], found["fields"]
    choices = found.get("choices", {})  # a page from before this was noted has none
    texts = [(labels[name], "\n".join(values)) for name, values in fields.items() if name in labels]
    context = {
        "address": found["address"],
        "texts": [(label, text) for label, text in texts if text.strip()],
        "fields": list(fields.items()),
        "chosen": list(
            dict.fromkeys(choices[name] for name in fields if name in choices and any(fields[name]))
        ),
        "files": found["files"],
        "note": note(request.user, labels, choices),
    }
    return render(request, "kept.html", context)
