"""Fields by which a unit is chosen."""

from django import forms


class UnitField(forms.TypedChoiceField):
    """One of the units given, by its name on a day; None where none is chosen."""

    def __init__(self, *, units, day=None, empty="", **kwargs):
        by_key = {str(unit.pk): unit for unit in units}
        choices = [("", empty), *((key, unit.name(day)) for key, unit in by_key.items())]
        super().__init__(choices=choices, coerce=by_key.get, empty_value=None, **kwargs)

    def prepare_value(self, value):
        return value.pk if hasattr(value, "pk") else value
