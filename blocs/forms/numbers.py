"""Form fields that read numbers as officials type them, and ask where one can be read in two ways."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.numbers import Asked, read, readings, written

TOO_LONG = {
    "max_digits": gettext_lazy("Số có hơn %(max)s chữ số. Hãy làm tròn, ví dụ 33,33."),
    "max_decimal_places": gettext_lazy("Số có hơn %(max)s chữ số thập phân. Hãy làm tròn, ví dụ 33,33."),
}


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

    def __init__(self, **options):
        super().__init__(**options)
        for validator in self.validators:
            if isinstance(validator, DecimalValidator):
                validator.messages = validator.messages | TOO_LONG


class WholeNumberField(_AsTyped, forms.IntegerField):
    """A whole number: 12 or 1.490.000 or 1490."""

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.whole = True
