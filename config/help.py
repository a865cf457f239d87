"""Help: for each main screen three pictures with three short sentences; which screen leads to which help."""

from collections.abc import Callable

from django.http import Http404
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from config.help_pages import PAGES

SCREENS = {name: key for key, page in PAGES.items() for name in page.screens}


def no_sheets():
    """What is printed for the roles before an app prints anything."""
    return []


# Set once, in the `ready()` of the app that prints them: (role in words, address) of each sheet of A4.
sheets: Callable[[], list[tuple[str, str]]] = no_sheets


def help_of(match):
    """The key of the help for the screen that a request has reached; empty where there is none."""
    if match is None:
        return ""
    return SCREENS.get(match.namespace or match.url_name, "")


def help_address(match):
    """Where the help for a screen stands: its own page, or the list."""
    key = help_of(match)
    return reverse("help-page", args=[key]) if key else reverse("help")


@require_GET
def help_index(request):
    """All helps, and the sheets to print."""
    return render(request, "help/index.html", {"pages": PAGES, "sheets": sheets()})


@require_GET
def help_page(request, key):
    """The help for one screen."""
    if key not in PAGES:
        raise Http404
    found = PAGES[key]
    pictures = [
        {"address": static(f"img/help/{key}-{number}.webp"), "sentence": sentence, "number": number}
        for number, sentence in enumerate(found.sentences, 1)
    ]
    context = {"help": found, "pictures": pictures, "others": [(k, h) for k, h in PAGES.items() if k != key]}
    return render(request, "help/page.html", context)
