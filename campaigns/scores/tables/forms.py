"""The form of one cell of the grid: its figures, why they differ, whether it applies at all."""

from django import forms
from django.utils.translation import gettext as _

from campaigns.scores.models import Score
from campaigns.scores.sheets.forms.figures import FiguresForm


class CellForm(FiguresForm):
    """The figures of one criterion at one tier; `shown_version` is that of the score as it was shown."""

    def __init__(self, *args, score, may_be_not_applicable, has_grounds, **kwargs):
        super().__init__(*args, figures=score.figures if score else None, **kwargs)
        if may_be_not_applicable:
            self.fields["not_applicable"] = forms.BooleanField(
                label=_("Không áp dụng cho đơn vị"),
                required=False,
                initial=bool(score and score.not_applicable),
            )
        if has_grounds:
            self.fields["grounds_code"] = forms.ChoiceField(
                label=_("Lý do"),
                choices=[("", "–"), *Score.Reason.choices],
                required=False,
                initial=score.reason_code if score else "",
            )
        self.fields["grounds"] = forms.CharField(
            label=_("Lý do, giải thích"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=score.reason if score else "",
        )
        self.fields["shown_version"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=0, initial=score.version if score else 0
        )

    def clean(self):
        if self.cleaned_data.get("not_applicable"):
            return self.cleaned_data
        return super().clean()

    def told(self):
        """What the act is told."""
        data = self.cleaned_data
        not_applicable = data.get("not_applicable", False)
        return {
            "figures": None if not_applicable else self.figures(),
            "not_applicable": not_applicable,
            "grounds_code": data.get("grounds_code", ""),
            "grounds": data["grounds"],
            "shown_version": data["shown_version"],
        }

    def add_fault(self, fault):
        """Tell a fault of the figures beside its box."""
        names = {(key, question.name): name for name, (key, question) in self.asked.items()}
        name = names.get((fault.measure, fault.question), fault.question)
        self.add_error(name if name in self.fields else None, fault.words)
