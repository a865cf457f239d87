"""The form of one criterion on a sheet: its figures, why they differ, and which score was shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms import NumberField
from campaigns.scores.models import Score
from campaigns.scores.scoring.plan import NA_FORBIDDEN
from campaigns.scores.sheets.filling import Row
from campaigns.scores.sheets.forms.figures import FiguresForm


class ScoreRow(FiguresForm):
    """A criterion as a desk scores it; a row that was not touched is not asked about anything.

    `criterion` is the row of the set, `shown` the score that stands in the sheet or that it begins with. With
    `by_points` the points alone can be told, as they stand on paper.
    """

    shown_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    grounds_code = forms.ChoiceField(
        label=_("Lý do"), required=False, choices=[("", _("Chọn lý do")), *Score.Reason.choices]
    )
    grounds = forms.CharField(label=_("Ghi rõ"), required=False, max_length=2000)

    def __init__(self, data=None, *, filling, criterion, shown=None, by_points=False):
        self.filling, self.row_of, self.shown = filling, criterion, shown
        self.kept = filling.scores.get(criterion.key)
        super().__init__(
            data,
            criterion=filling.plan.criteria[criterion.key],
            digits=filling.plan.digits,
            year=filling.sheet.bloc_year.year,
            figures=shown.figures if shown else None,
            prefix=criterion.key,
        )
        self.initial |= {
            "shown_version": self.kept.version if self.kept else 0,
            "grounds_code": self.kept.reason_code if self.kept else "",
            "grounds": self.kept.reason if self.kept else "",
        }
        if self.criterion.may_be_not_applicable and filling.plan.na_policy != NA_FORBIDDEN:
            self.fields["not_applicable"] = forms.BooleanField(label=_("Không áp dụng"), required=False)
            self.initial["not_applicable"] = bool(shown and shown.not_applicable)
        if by_points or (shown and shown.stated):
            self.fields["points"] = NumberField(
                label=_("Chỉ biết điểm"), required=False, help_text=_("Khi giấy chỉ ghi điểm.")
            )
            self.initial["points"] = shown.points.normalize() if shown and shown.stated else None
        for name in self.asked:
            self.fields[name].help_text = ""  # told once above the boxes of a measure

    @property
    def groups(self):
        """[(words of the measure, its bound fields)]: the words where a criterion has several, else none."""
        words = {measure.key: measure.text for measure in self.criterion.measures}
        found = {}
        for name, (key, _question) in self.asked.items():
            found.setdefault(key, []).append(self[name])
        told = [(words[key] if len(found) > 1 else "", fields) for key, fields in found.items()]
        others = [self[name] for name in ("not_applicable", "points") if name in self.fields]
        return [*told, *([("", others)] if others else [])]

    def clean(self):
        """Refuse what the sheet would refuse, where anything was changed."""
        data = forms.Form.clean(self)
        if not self.errors and self.has_changed():
            for fault in self.filling.faults(self.row()):
                self.add_error(self._place_of(fault), fault.words)
        return data if data is not None else self.cleaned_data

    def row(self):
        """What is to be kept of the criterion; figures that were typed go before points left as shown."""
        data, figures = self.cleaned_data, self.figures()
        is_stated = data.get("points") is not None and ("points" in self.changed_data or not figures)
        return Row(
            self.row_of,
            figures=None if is_stated else figures,
            points=data["points"] if is_stated else None,
            not_applicable=bool(data.get("not_applicable")),
            grounds_code=data.get("grounds_code", ""),
            grounds=data.get("grounds", ""),
            shown_version=data.get("shown_version") or 0,
        )

    def _place_of(self, fault):
        """The box that a fault stands beside."""
        if fault.question == "grounds":
            return "grounds_code"
        for name in (f"{fault.measure}__{fault.question}", fault.question):
            if name in self.fields:
                return name
        return None
