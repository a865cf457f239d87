"""The tokens of static/css/tokens.css and its themes as values: what stands on what, with which contrast."""

import re

from django.conf import settings

THEMES = ("tokens", "contrast")
TOKEN = re.compile(r"^  --([a-z0-9-]+): ([^;]+);", re.MULTILINE)
GROUNDS = ("paper", "sheet", "sunken")
TEXT, EDGE = 7.0, 3.0  # the least contrast of text (WCAG 2.2, AAA) and of a control's edge, in every theme
# Ink and ground that meet on a page.
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-soft", "link", "lacquer") for ground in GROUNDS],
    *[(tone, f"{tone}-sheet", TEXT) for tone in ("done", "doing", "soon", "late", "rest")],
    *[("ink", f"{tone}-sheet", TEXT) for tone in ("done", "doing", "soon", "late")],
    ("on-lacquer", "lacquer", TEXT),
    ("on-lacquer", "lacquer-strong", TEXT),
    *[("line-strong", ground, EDGE) for ground in GROUNDS],
    *[("focus", ground, EDGE) for ground in GROUNDS],
]


def theme(name):
    """{token: value} of a theme; what it does not say is as in tokens.css."""
    values = {}
    for each in dict.fromkeys(["tokens", name]):
        text = (settings.BASE_DIR / "static" / "css" / f"{each}.css").read_text("utf-8")
        first = text[text.index(":root {") :]
        values |= dict(TOKEN.findall(first[: first.index("\n}")]))
    return values


def contrast(one, other):
    """How much two colours differ in lightness, from 1 to 21, as WCAG counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * each for each in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
