"""The language in which scoring speaks to people: its own Vietnamese, until it is given a translation.

The arithmetic knows no framework. Whoever has catalogues gives their function once, before anybody asks.
Strings are marked for them as everywhere: with `gettext` where a text is said, with `gettext_noop` where it
is kept and `translated` later. Workings are printed, so they are never translated.
"""

from collections.abc import Callable

_translate: Callable[[str], str] = str


def translate_by(function: Callable[[str], str]) -> None:
    """Say every text from now on as the function has it."""
    global _translate
    _translate = function


def gettext(text: str) -> str:
    """The text in the language of whoever reads it now."""
    return translated(text)


def gettext_noop(text: str) -> str:
    """The text itself, marked to be translated when it is said."""
    return text


def translated(text: str) -> str:
    """What was kept, in the language of whoever reads it now."""
    return _translate(text)
