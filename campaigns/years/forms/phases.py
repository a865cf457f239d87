"""Forms of the phases of a year."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms import PaperFields
from campaigns.models import Phase
from campaigns.years.calendar import day_off

YEAR = timedelta(days=366)


class PhasesForm(forms.Form):
    """First and last day of every kind of phase of a year; `rows` are what the page shows of each kind."""

    shown_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, year, known, proposed, **kwargs):
        initial = {"shown_version": year.version}
        for kind, days in (proposed | known).items():
            initial[f"{kind}_first"], initial[f"{kind}_last"] = days
        super().__init__(*args, initial=initial, **kwargs)
        self.year = year
        self.proposed = {kind for kind in proposed if kind not in known}
        for kind, label in Phase.Kind.choices:
            self.fields[f"{kind}_first"] = forms.DateField(
                label=_("%(phase)s: từ ngày") % {"phase": label}, required=False
            )
            self.fields[f"{kind}_last"] = forms.DateField(
                label=_("%(phase)s: hạn") % {"phase": label}, required=False
            )

    def clean(self):
        data = super().clean()
        for kind in Phase.Kind.values:
            first, last = data.get(f"{kind}_first"), data.get(f"{kind}_last")
            if first and not last and f"{kind}_last" not in self.errors:
                self.add_error(f"{kind}_last", _("Hãy ghi hạn, hoặc bỏ trống cả hai ngày."))
            elif first and last and last < first:
                self.add_error(f"{kind}_last", _("Hạn đứng trước ngày bắt đầu."))
            for name, day in ((f"{kind}_first", first), (f"{kind}_last", last)):
                if day and not self.year.first_day - YEAR <= day <= self.year.last_day + YEAR:
                    self.add_error(
                        name, _("Ngày này cách năm thi đua %(year)s quá xa.") % {"year": self.year}
                    )
        return data

    def days(self):
        """{kind: (first day or None, last day), or None where the kind has no dates}."""
        data = self.cleaned_data
        return {
            kind: (data[f"{kind}_first"], data[f"{kind}_last"]) if data[f"{kind}_last"] else None
            for kind in Phase.Kind.values
        }

    def rows(self):
        """[(label, first field, last field, whether the days are proposed, what to know of the last day)]."""
        for kind, label in Phase.Kind.choices:
            last = None if self.is_bound else self.initial.get(f"{kind}_last")
            note = day_off(last) if last else ""
            yield label, self[f"{kind}_first"], self[f"{kind}_last"], kind in self.proposed, note


class ExtendForm(PaperFields):
    """A later last day of a phase, for one bloc or for the whole year, and why."""

    ALL = "tat-ca"

    bloc_year = forms.ChoiceField(label=_("Khối"))
    kind = forms.ChoiceField(label=_("Giai đoạn"), choices=[("", _("Chọn giai đoạn")), *Phase.Kind.choices])
    last_day = forms.DateField(label=_("Hạn mới"))
    reason = forms.CharField(
        label=_("Lý do gia hạn"),
        max_length=300,
        help_text=_("In trên trang của Khối, ví dụ: Khối đề nghị lùi Hội nghị sau bão số 3."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    PAPER = ("paper_day", "paper_place", "paper_participants", "paper_scan")
    field_order = ["bloc_year", "kind", "last_day", "reason"]

    def __init__(self, *args, bloc_years, **kwargs):
        super().__init__(*args, **kwargs)
        self.bloc_years = {str(each.pk): each for each in bloc_years}
        self.fields["bloc_year"].choices = [
            ("", _("Chọn khối")),
            (self.ALL, _("Tất cả các khối trong năm")),
            *((key, each.name) for key, each in self.bloc_years.items()),
        ]

    def clean_bloc_year(self):
        """The bloc-year that was chosen, None for all of the year."""
        return self.bloc_years.get(self.cleaned_data["bloc_year"])
