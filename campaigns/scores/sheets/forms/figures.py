"""The figures that a criterion asks for, as a form; what cannot be is told beside its box."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _

from blocs.forms import NumberField, WholeNumberField
from campaigns.scores.scoring.score import faults, questions

_CHOOSE = ("", "–")


class FiguresForm(forms.Form):
    """One box for each question of a criterion's measures; empty ones are left out of the figures."""

    def __init__(self, data=None, *, criterion, digits, year, figures=None, **options):
        self.criterion, self.digits, self.year = criterion, digits, year
        self.asked = {
            f"{key}__{question.name}": (key, question)
            for key, asked in questions(criterion).items()
            for question in asked
        }
        initial = {
            name: _shown(question, (figures or {}).get(key, {}).get(question.name))
            for name, (key, question) in self.asked.items()
        }
        super().__init__(data, initial=initial, use_required_attribute=False, **options)
        words = {measure.key: measure.text for measure in criterion.measures}
        for name, (key, question) in self.asked.items():
            self.fields[name] = field_of(question, words[key])

    def figures(self):
        """{measure key: {question: text}} of what was typed."""
        found = {}
        for name, (key, question) in self.asked.items():
            value = self.cleaned_data.get(name)
            if value not in (None, ""):
                found.setdefault(key, {})[question.name] = _kept(value)
        return found

    def clean(self):
        data = super().clean()
        if not self.errors:
            names = {(key, question.name): name for name, (key, question) in self.asked.items()}
            days = {"first_day": self.year.first_day, "last_day": self.year.last_day}
            for fault in faults(self.criterion, self.figures(), digits=self.digits, **days):
                self.add_error(names.get((fault.measure, fault.question)), fault.words)
        return data


def field_of(question, words=""):
    """The form field of a question: its unit in the label, the measure's words beside it."""
    label = f"{question.label} ({question.unit})" if question.unit else question.label
    said = {"label": label, "help_text": words, "required": False}
    if question.kind == "whole":
        return WholeNumberField(**said)
    if question.kind == "day":
        return forms.DateField(**said)
    if question.kind == "yes-no":
        return forms.ChoiceField(choices=[_CHOOSE, ("yes", _("Có")), ("no", _("Không"))], **said)
    if question.kind == "choice":
        return forms.ChoiceField(choices=[_CHOOSE, *question.choices], **said)
    return NumberField(**said)


def _kept(value):
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown(question, text):
    """The value of a box for a figure as it is kept."""
    if text and question.kind in ("number", "points", "whole"):
        return Decimal(text)
    return date.fromisoformat(text) if text and question.kind == "day" else text
