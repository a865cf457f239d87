"""The form of a measure: what it holds depends on the kind, which is chosen before."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.forms import NumberField, VersionedForm
from campaigns.scores.criteria.forms.measure_settings import ROW_HELP, ROWS, SETTINGS, TITLES
from campaigns.scores.criteria.forms.sets import points_field
from campaigns.scores.models import Measure
from campaigns.scores.scoring.measures import KINDS
from campaigns.scores.scoring.plan import NOTE
from campaigns.scores.scoring.rounding import exact

SPARE_ROWS = 3
_DUE = re.compile(r"(\d{1,2})/(\d{1,2})")


class MeasureForm(VersionedForm):
    """A measure of one kind; `band_rows` are the rows of its bands or grades."""

    points = points_field(gettext_lazy("Điểm"))
    cap = points_field(gettext_lazy("Tối đa"), help_text=gettext_lazy("Để trống: không giới hạn."))

    class Meta:
        model = Measure
        fields = ["effect", "code", "text", "points", "cap", "excludes_from_flags", "disqualifies"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, beside, **kwargs):
        """`beside` are the other measures of the criterion."""
        super().__init__(*args, **kwargs)
        self.kind, known = self.instance.kind, self.instance.settings
        effects = KINDS[self.kind].effects
        self.fields["effect"].choices = [each for each in Measure.Effect.choices if each[0] in effects]
        if effects == (NOTE,):
            for name in ("effect", "points", "cap", "excludes_from_flags"):
                del self.fields[name]
            self.instance.effect = NOTE
        if self.kind in ("note", "disqualification"):
            del self.fields["disqualifies"]
        self.settings = SETTINGS[self.kind]
        for setting in self.settings:
            usual = setting.usual if self.instance.pk and setting.usual else None
            self.fields[setting.name] = _field(setting, known.get(setting.name, usual))
        self._add_links(beside, known)
        self._add_rows(known)

    @property
    def plain_fields(self):
        """The bound fields but those of the rows, which stand in a table."""
        in_rows = {field.name for row in self.band_rows for field in row}
        return [field for field in self.visible_fields() if field.name not in in_rows]

    @property
    def row_help(self):
        return ROW_HELP[self.kind]

    @property
    def row_heads(self):
        return [each.label for each in ROWS[self.kind]]

    @property
    def band_rows(self):
        """The bound fields of each row."""
        return [
            [self[f"{each.name}_{number}"] for each in self._columns] for number in range(self._row_count)
        ]

    def clean(self):
        data = super().clean()
        if not self.errors:
            settings = self._other_settings()
            for setting in self.settings:
                kept = _kept(setting, data.get(setting.name))
                unsaid = kept == setting.usual and setting.name not in self.instance.settings
                if kept is not None and not unsaid:
                    settings[setting.name] = kept
            for name in ("unless", "only_if", "figures_of"):
                if data.get(name):
                    settings[name] = data[name]
            self._keep_rows(settings)
            self.instance.settings = settings
        return data

    def _add_links(self, beside, known):
        others = [(each.key, str(each) or each.key) for each in beside if each.kind != "note"]
        sharing = [
            (each.key, str(each) or each.key)
            for each in beside
            if KINDS[each.kind].amounts and not each.settings.get("figures_of")
        ]
        if KINDS[self.kind].amounts and sharing:
            self.fields["figures_of"] = forms.ChoiceField(
                label=TITLES["figures_of"],
                choices=[("", _("Ghi số liệu riêng")), *sharing],
                required=False,
                initial=known.get("figures_of", ""),
            )
        if self.kind != "note" and others:
            for name in ("unless", "only_if"):
                self.fields[name] = forms.MultipleChoiceField(
                    label=TITLES[name],
                    choices=others,
                    required=False,
                    initial=known.get(name, []),
                    widget=forms.CheckboxSelectMultiple,
                )

    def _add_rows(self, known):
        self._columns = ROWS.get(self.kind, ())
        rows = _rows_of(self.kind, known)
        self._row_count = len(rows) + SPARE_ROWS if self._columns else 0
        for number in range(self._row_count):
            row = rows[number] if number < len(rows) else {}
            for column in self._columns:
                field = _field(column, row.get(column.name))
                field.label = _("Dòng %(number)s: %(label)s") % {"number": number + 1, "label": column.label}
                field.widget.attrs["aria-label"] = field.label
                self.fields[f"{column.name}_{number}"] = field

    def _other_settings(self):
        """What the form does not show stays as it is."""
        shown = {each.name for each in self.settings}
        shown |= {"unless", "only_if", "figures_of", "bands", "otherwise", "classes", "grades"}
        return {name: value for name, value in self.instance.settings.items() if name not in shown}

    def _keep_rows(self, settings):
        rows = []
        for number in range(self._row_count):
            row = {
                each.name: _kept(each, self.cleaned_data.get(f"{each.name}_{number}"))
                for each in self._columns
            }
            row = {name: value for name, value in row.items() if value is not None}
            if row:
                rows.append(row)
        if self.kind == "graded":
            settings["grades"] = rows
        elif self._columns:
            _keep_bands(settings, rows, "up_to" if self.kind == "lateness" else "from")


def _keep_bands(settings, rows, mark):
    """Bands with what is given otherwise; in classes where a row names the class it belongs to."""
    if not any("class_from" in row for row in rows):
        settings |= _bands(rows, mark)
        return
    classes, current = {}, "0"
    for row in rows:
        current = row.pop("class_from", current)
        classes.setdefault(current, []).append(row)
    settings["classes"] = [{"from": each, **_bands(of_class, mark)} for each, of_class in classes.items()]


def _bands(rows, mark):
    bands = [row for row in rows if mark in row]
    otherwise = next((row.get("points") for row in rows if mark not in row), None)
    return {"bands": bands} | ({} if otherwise is None else {"otherwise": otherwise})


def _rows_of(kind, settings):
    """The rows that settings fill, as the table shows them; none where a file had them in no such shape."""
    try:
        return _rows(kind, settings)
    except (AttributeError, KeyError, TypeError, ValueError):
        return []


def _rows(kind, settings):
    if kind == "graded":
        return [dict(grade) for grade in settings.get("grades", ())]
    rows = []
    for each in settings.get("classes") or [settings]:
        of_class = [dict(band) for band in each.get("bands", ())]
        if "otherwise" in each:
            of_class.append({"points": each["otherwise"]})
        if "classes" in settings:
            of_class = [{"class_from": each["from"], **row} for row in of_class]
        rows += of_class
    return rows


def _field(setting, known):
    said = {"label": setting.label, "required": False, "help_text": setting.help_text}
    if setting.kind == "tick":
        return forms.BooleanField(initial=bool(known), **said)
    if setting.kind == "choice":
        return forms.ChoiceField(choices=setting.choices, initial=known, **said | {"required": True})
    if setting.kind == "text":
        return forms.CharField(initial=known or "", max_length=200, **said)
    if setting.kind == "due":
        return DueField(initial=_day_first(known) if known else "", **said)
    return NumberField(
        initial=None if known is None else _shown(known), max_digits=14, decimal_places=4, **said
    )


def _shown(text):
    """A number as its box shows it; what is none stays as it is, to be typed anew."""
    try:
        value = exact(text)
    except ValueError:
        return text
    return int(value) if value == int(value) else value.normalize()


def _day_first(month_and_day):
    return "/".join(reversed(str(month_and_day).split("-")))


class DueField(forms.CharField):
    """A day of every year: 31/01."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        found = _DUE.fullmatch(value)
        if not found:
            raise forms.ValidationError(_("Ghi ngày/tháng, ví dụ 31/01."))
        return f"{int(found[2]):02d}-{int(found[1]):02d}"


def _kept(setting, value):
    """A setting as it is kept; None where nothing was typed."""
    if setting.kind == "tick":
        return True if value else None
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value or None
