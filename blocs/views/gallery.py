"""The gallery of the look, for developers: tokens with their contrast, every component in its states."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from blocs.views.gallery_samples import SAMPLES
from config import tokens
from config.ui import SHAPES

TYPE = ("title-1", "title-2", "title-3", "text-large", "text", "text-small", "numeral")
DISTANCES = ("gap-1", "gap-2", "gap-3", "gap-4", "gap-5", "gap-6", "gap-7", "gutter", "control")
PIXELS = 16  # of a rem, while the letters are of normal size


@require_GET
def gallery(request):
    """Only on a trial site."""
    if not settings.DEBUG:
        raise Http404
    values = tokens.theme("tokens")
    context = {
        "themes": [(name, _pairs(tokens.theme(name))) for name in tokens.THEMES],
        "type": [(name, values[name], f"{float(values[name][:-3]) * PIXELS:g}") for name in TYPE],
        "distances": [(name, f"{float(values[name][:-3]) * PIXELS:g}") for name in DISTANCES],
        "tones": SHAPES,
        "components": [(name, _states(name, states, request)) for name, states in SAMPLES.items()],
    }
    return render(request, "gallery.html", context)


def _pairs(values):
    """[(ink, ground, their colours, contrast, least)]."""
    return [
        (
            ink,
            ground,
            values[ink],
            values[ground],
            round(tokens.contrast(values[ink], values[ground]), 1),
            least,
        )
        for ink, ground, least in tokens.PAIRS
    ]


def _states(name, states, request):
    return [
        (state, render_to_string(f"components/{name}.html", context, request=request))
        for state, context in states
    ]
