"""Figures as they stand in a cell: what a question asks, read from text and written as text."""

from collections import Counter
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blocs import notation
from blocs.imports.sheets import written
from blocs.text import fold
from campaigns.scores.sheets.forms.figures import field_of

_YES, _NO = {"yes", "co", "dat"}, {"no", "khong", "khong dat"}
NOT_APPLICABLE = {"khongapdung", "kad", "k.a.d", "na", "n/a"}
CROSS = "x"  # does not apply either, but for a question that it may answer with yes


def is_not_applicable(text):
    """Whether a cell says that its criterion does not apply."""
    return fold(text).replace(" ", "") in NOT_APPLICABLE


def kept_figure(question, text):
    """The text of a cell as the figure is kept ("0.5", "2022-01-31", "yes"); ValidationError in words."""
    if question.kind == "yes-no":
        answer = fold(text)
        if answer in _YES | _NO:
            return "yes" if answer in _YES else "no"
        raise ValidationError(_("Hãy ghi Có hoặc Không."))
    if question.kind == "choice":
        return _choice(question, text)
    value = field_of(question).clean(text.removesuffix("%").strip() if question.unit == "%" else text)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def shown_figure(question, kept):
    """A kept figure as it stands in a cell and in a comparison."""
    if question.kind == "yes-no":
        return yes_or_no()[kept]
    if question.kind == "choice":
        return named_choices(question).get(kept, kept)
    if question.kind == "day":
        return notation.day(date.fromisoformat(kept))
    return written(Decimal(kept))


def yes_or_no():
    """{answer as it is kept: as people write it}."""
    return {"yes": _("Có"), "no": _("Không")}


def named_choices(question):
    """{code: words that are of it alone}; the code itself where its words are also those of another."""
    said = Counter(fold(text) for code, label in question.choices for text in {code, str(label)})
    return {code: str(label) if said[fold(str(label))] == 1 else code for code, label in question.choices}


def cell_value(question, kept):
    """A kept figure as a spreadsheet holds it: numbers and days stay what they are."""
    if question.kind == "day":
        return date.fromisoformat(kept)
    return Decimal(kept) if question.kind in ("number", "whole", "points") else shown_figure(question, kept)


def _choice(question, text):
    named = named_choices(question)
    for said in ({code: code for code in named}, named):
        for code, words in said.items():
            if fold(words) == fold(text):
                return code
    known = ", ".join(named.values())
    raise forms.ValidationError(_("Chỉ nhận một trong các mức: %(known)s.") % {"known": known})
