"""How forms look: one template for a form, one for a field, the same in every app."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class BoundField(forms.BoundField):
    """A field as the page shows it: a date says how it is written, a label is not repeated inside its box."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if isinstance(field, forms.DateField) and not self.help_text:
            self.help_text = _("Ngày/tháng/năm, ví dụ 15/12/2020")

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).attrs.get("placeholder") == self.label:
            attrs["placeholder"] = False
        return attrs

    @property
    def says_required(self):
        """Whether to write that the field must be filled: only where the form has others that need not be."""
        return self.field.required and not all(field.required for field in self.form.fields.values())


class FormRenderer(TemplatesSetting):
    """Renders forms and fields with the project's own templates."""

    form_template_name = "django/forms/form.html"
    bound_field_class = BoundField
