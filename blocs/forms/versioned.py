"""Forms whose rows know their version, and what the page showed of them."""

import json

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Shown(forms.Field):
    """What a form was shown of its row: no change of the row, whatever it says."""

    widget = forms.HiddenInput

    def __init__(self, **options):
        super().__init__(required=False, **options)

    def has_changed(self, initial, data):
        return False


class ShownVersion(Shown, forms.IntegerField):
    """The version of a row that a form was shown."""

    def __init__(self, **options):
        super().__init__(label=_("bản đã mở"), **options)


class ShownFields(Shown, forms.JSONField):
    """{field: what the browser sends of it untouched}, as a form was shown; None where that is unknown."""

    def __init__(self, **options):
        super().__init__(label=_("nội dung đã mở"), **options)

    def clean(self, value):
        try:
            found = super().clean(value)
        except (forms.ValidationError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


AGAIN = _("Muốn lưu bản của anh/chị thì bấm nút một lần nữa; muốn giữ bản đã lưu thì mở lại trang.")


def add_refusal(form, refused):
    """Say above a form why an act refused it; what both have changed may then be written over knowingly.

    For that the form is shown again as of now, with what was typed.
    """
    form.add_error(None, str(refused))
    if newer := getattr(refused, "newer", None):
        form.add_error(None, AGAIN)
        show_newer(form, newer)


def show_newer(form, newer):
    """Have a form that was sent be shown again with some of its fields told otherwise."""
    data = form.data.copy()
    for name, value in newer.items():
        if value is False:
            data.pop(name, None)
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = "on" if value is True else value
    form.data = data


class VersionedForm(forms.ModelForm):
    """A form that says which version of the row it was shown, and how: nobody overwrites what they never saw.

    What was not touched is no change, even where somebody else has changed it since. `refusal` is set where
    the act refused to save: the form comes back with the reason and what was typed.
    """

    refusal = ""
    shown_version = ShownVersion()
    shown = ShownFields()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["shown_version"].initial = self.instance.version
            if not self.is_bound:
                self.fields["shown"].initial = self.as_shown()

    def clean(self):
        data = super().clean()
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        return data

    @cached_property
    def changed_data(self):
        """The names of the fields that were touched since they were shown."""
        shown = self._shown
        if shown is None:
            return super().changed_data
        return [name for name in super().changed_data if name not in shown] + [
            name for name, was in shown.items() if name in self.fields and self._sent(name) != was
        ]

    def as_shown(self):
        """{field: what the browser sends of it untouched} of the row as it is."""
        model = self._meta.model._meta
        stored = {field.name for field in (*model.concrete_fields, *model.many_to_many)}
        return {
            name: _untouched(field, self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name in stored and not isinstance(field.widget, forms.MultiWidget | forms.FileInput)
        }

    def merge(self, kept):
        """Take over from a row, saved since this one was shown, what was not touched here.

        Answers the names of the fields that both have changed, each to something else: for those nothing is
        settled. Without knowing what was shown, of all that differ.
        """
        theirs, touched = type(self)(instance=kept).as_shown(), self.changed_data
        shown, clashing = self._shown, []
        for name in theirs:
            if shown is not None and name not in touched:
                self._take_over(kept, name)
            elif self._sent(name) != theirs[name] and (shown is None or theirs[name] != shown.get(name)):
                clashing.append(name)
        return clashing

    def changed_by(self, kept):
        """The names of the fields that somebody else has changed of a row since it was shown."""
        if self.cleaned_data.get("shown_version") == kept.version:
            return []
        theirs, shown = type(self)(instance=kept).as_shown(), self._shown or {}
        return [name for name, value in theirs.items() if value != shown.get(name)]

    def newer(self, kept):
        """{name in the page: value} by which the same page would be shown the row that was saved since.

        What was touched stays as it is.
        """
        theirs, touched = type(self)(instance=kept).as_shown(), self.changed_data
        told = {name: value for name, value in theirs.items() if name not in touched}
        told |= {"shown_version": kept.version, "shown": json.dumps(theirs)}
        return {self.add_prefix(name): value for name, value in told.items()}

    @cached_property
    def _shown(self):
        """What the page showed, where it is known: of a row that is saved, sent by a page of ours."""
        if not (self.is_bound and self.instance.pk):
            return None
        sent = self._widget_data_value(forms.HiddenInput(), self.add_prefix("shown"))
        return self.fields["shown"].clean(sent)

    def _sent(self, name):
        """What was sent of a field, comparable with what is sent of it untouched."""
        field = self.fields[name]
        value = self._widget_data_value(field.widget, self.add_prefix(name))
        return value if isinstance(value, bool) else _comparable(value)

    def _take_over(self, kept, name):
        field = kept._meta.get_field(name)
        if field.many_to_many:
            self.cleaned_data[name] = getattr(kept, name).all()
        else:
            setattr(self.instance, field.attname, getattr(kept, field.attname))


def _untouched(field, initial):
    """What the browser sends of a field as it is shown."""
    value = field.prepare_value(initial() if callable(initial) else initial)
    if isinstance(field.widget, forms.CheckboxInput):
        return field.widget.check_test(value)
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return _comparable(value)
    shown = field.widget.format_value(value)
    if isinstance(shown, list):  # the chosen ones of a select
        shown = shown[0] if shown else ""
    return _comparable(shown)


def _comparable(value):
    """Text without what a browser adds or takes away; of several values all of them in one order."""
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return "" if value is None else str(value).replace("\r\n", "\n").strip()
    return sorted(str(each) for each in value)
