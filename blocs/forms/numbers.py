"""Numbers as officials type them: decimal comma, a point every three digits; form fields that read them.

A single point before exactly three digits may be either: 1.490 is asked about, never guessed.
"""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blocs import notation

_ASKED = re.compile(r"(-?[1-9]\d*)\.(\d{3})")
_GROUPED = re.compile(r"(-?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_PLAIN = re.compile(r"(-?\d+)(?:[.,](\d+))?")


class Asked(ValueError):
    """A number that can be read in two ways; carries both."""

    def __init__(self, whole, fraction):
        self.readings = whole, fraction
        super().__init__(f"{whole} or {fraction}")


def read(text: str) -> int | Decimal:
    """The number that a text says, a Decimal where it has decimals.

    Raises Asked where a point stands before exactly three digits, ValueError where the text is no number.
    """
    text = "".join(text.split())
    if not text.isascii():
        raise ValueError("no number")
    if found := _ASKED.fullmatch(text):
        raise Asked(int("".join(found.groups())), Decimal(text))
    found = _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)
    if found is None:
        raise ValueError("no number")
    whole, decimals = found[1].replace(".", ""), found[2]
    return Decimal(f"{whole}.{decimals}") if decimals else int(whole)


def written(value: int | Decimal) -> str:
    """A number as it stands in its box: as on paper, but for a point that would be asked about."""
    text = notation.number(value)
    return text.replace(".", "") if _ASKED.fullmatch(text) else text


def readings(text: str, whole: bool = False) -> list[tuple[str, str]]:
    """[(the number beyond doubt, as on paper and in words)] of a text to be asked about, else nothing.

    With `whole`, only readings without a fraction.
    """
    try:
        read(text)
    except Asked as asked:
        numbers = [each for each in asked.readings if not whole or each == int(each)]
        return [(written(each), _said(each)) for each in numbers]
    except ValueError:
        pass
    return []


def _said(value):
    shown = int(value) if value == int(value) else value.normalize()
    return f"{notation.number(shown)} ({notation.in_words(shown)})"


class NumberInput(forms.TextInput):
    """A box for a number; where what was typed is asked about, the readings stand below it to pick from.

    A pick counts for the text that it was offered for: another text is read anew.
    """

    template_name = "django/forms/number_input.html"
    whole = False

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        return written(value) if isinstance(value, int | Decimal) else super().format_value(value)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["readings"] = readings(context["widget"]["value"] or "", self.whole)
        return context

    def value_from_datadict(self, data, files, name):
        text = super().value_from_datadict(data, files, name)
        meant = data.get(f"{name}-meant")
        return meant if text and meant in dict(readings(text, self.whole)) else text


class _AsTyped:
    """Reads what officials type; both number fields share it."""

    widget = NumberInput

    def to_python(self, value):
        if isinstance(value, str) and (value := value.strip()):
            try:
                value = read(value)
            except Asked as asked:
                raise self._ask(value) from asked
            except ValueError as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return super().to_python(value)

    def _ask(self, text):
        whole, *fraction = [words for _number, words in readings(text, self.widget.whole)]
        if fraction:
            question = _("Bạn muốn ghi %(whole)s hay %(fraction)s? Hãy chọn ngay dưới ô này rồi lưu lại.")
        else:
            question = _("Bạn muốn ghi %(whole)s? Hãy chọn ngay dưới ô này rồi lưu lại.")
        params = {"whole": whole, "fraction": "".join(fraction)}
        return ValidationError(question, code="asked", params=params)


class NumberField(_AsTyped, forms.DecimalField):
    """A number with decimals: 97,5 or 1.490.000 or 1490."""


class WholeNumberField(_AsTyped, forms.IntegerField):
    """A whole number: 12 or 1.490.000 or 1490."""

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.whole = True
