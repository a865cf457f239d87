"""How forms look: one template for a form, one for a field, the same in every app."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# Widgets that Django's templates write as one tag; a page of scores has hundreds of them.
KINDS = ("input", "text", "number", "email", "date", "time", "hidden", "password", "checkbox", "file")
INPUTS = {f"django/forms/widgets/{kind}.html" for kind in KINDS}
NUMBER_INPUT = "django/forms/number_input.html"  # one tag too, while nothing is asked of what was typed
TEXTAREA = "django/forms/widgets/textarea.html"


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

    @cached_property
    def widget_type(self):
        """What kind of box it is; it stays the same, and the template asks often."""
        return super().widget_type

    @property
    def says_required(self):
        """Whether to write that the field must be filled: only where the form has others that need not be."""
        return self.field.required and not all(field.required for field in self.form.fields.values())


class FormRenderer(TemplatesSetting):
    """Renders forms and fields with the project's own templates, plain boxes without any."""

    form_template_name = "django/forms/form.html"
    bound_field_class = BoundField

    def render(self, template_name, context, request=None):
        """What the template would give, also for the widgets that are written here."""
        widget = context.get("widget", {})
        if template_name in INPUTS or template_name == NUMBER_INPUT and not widget["readings"]:
            return write_input(widget)
        if template_name == TEXTAREA:
            return write_textarea(widget)
        return super().render(template_name, context, request)


def write_input(widget):
    """An input as django/forms/widgets/input.html has it."""
    value = "" if widget["value"] is None else f' value="{conditional_escape(widget["value"])}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return SafeString(f'<input type="{kind}" name="{name}"{value}{_attributes(widget)}>')


def write_textarea(widget):
    """A textarea as django/forms/widgets/textarea.html has it."""
    value = conditional_escape(widget["value"] or "")
    return SafeString(
        f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'
    )


def _attributes(widget):
    return "".join(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(value)}"')
        for name, value in widget["attrs"].items()
        if value is not False
    )
