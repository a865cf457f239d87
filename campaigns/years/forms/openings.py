"""The form by which an emulation year is opened from an earlier one."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms import PaperFields
from campaigns.forms import UnitField
from campaigns.leaders import MOST_DEPUTIES

CODE = re.compile(r"\d{4}(-\d{4})?")


class YearForm(forms.Form):
    """Which year is cloned, and the code and days of the new one."""

    source = forms.ChoiceField(label=_("Chép từ năm"))
    code = forms.CharField(
        label=_("Năm mới"), max_length=9, help_text=_("Ghi 2027; năm học thì ghi 2026-2027.")
    )
    first_day = forms.DateField(label=_("Từ ngày"))
    last_day = forms.DateField(label=_("Đến ngày"))

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.years = {year.code: year for year in years}
        self.fields["source"].choices = [(code, code) for code in self.years]

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(_("Năm thi đua ghi là 2020 hoặc 2020-2021."))
        return code

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and first >= last:
            self.add_error("last_day", _("Ngày cuối phải sau ngày đầu."))
        if data.get("code") and data["code"] == data.get("source"):
            self.add_error("code", _("Năm mới phải khác năm được chép."))
        return data

    def wanted(self):
        """(the year that is cloned, code, first day, last day)."""
        data = self.cleaned_data
        return self.years[data["source"]], data["code"], data["first_day"], data["last_day"]


class OpeningForm(PaperFields):
    """What is settled while a year is opened: which blocs go on, and who leads where nobody was elected."""

    def __init__(self, *args, opening, **kwargs):
        super().__init__(*args, **kwargs)
        self.opening = opening
        for each in opening.blocs:
            key, day = each.before.bloc_id, opening.first_day
            if each.is_whole:
                continue
            if each.after is None:
                self.fields[f"goes_on_{key}"] = forms.BooleanField(
                    label=_("Mở khối này"), required=False, initial=True
                )
            if not each.asks_who_leads:
                continue
            labels = [each.before.leader_label, *([each.before.deputy_label] * MOST_DEPUTIES)]
            for number, label in enumerate(labels):
                self.fields[f"leads_{key}_{number}"] = UnitField(
                    units=each.units,
                    day=day,
                    label=label if number < 2 else f"{label} {number}",  # noqa: PLR2004 (a second deputy)
                    empty=_("Chưa chọn") if number == 0 else _("Không có"),
                    required=False,
                    initial=each.proposed[number] if number < len(each.proposed) else None,
                )

    def rows(self):
        """[(bloc, the field whether it goes on or None, the fields of who leads)]."""
        for each in self.opening.blocs:
            key = each.before.bloc_id
            goes_on, chosen = f"goes_on_{key}", self._choosing(key)
            yield each, self[goes_on] if goes_on in self.fields else None, [self[name] for name in chosen]

    def clean(self):
        data = super().clean()
        for each in self.opening.blocs:
            names = self._choosing(each.before.bloc_id)
            units = [data[name] for name in names if data.get(name)]
            if len({unit.pk for unit in units}) < len(units):
                self.add_error(
                    names[-1], _("%(bloc)s: mỗi đơn vị chỉ giữ một vai trò.") % {"bloc": each.name}
                )
        return data

    def leading(self):
        """{key of the bloc: (leader or None, deputies)}."""
        found = {}
        for each in self.opening.blocs:
            key = each.before.bloc_id
            units = [self.cleaned_data[name] for name in self._choosing(key)]
            if any(units):
                found[key] = units[0], [unit for unit in units[1:] if unit]
        return found

    def left_out(self):
        """The keys of the blocs that do not go on."""
        return {
            each.before.bloc_id
            for each in self.opening.blocs
            if not self.cleaned_data.get(f"goes_on_{each.before.bloc_id}", True)
        }

    def _choosing(self, key):
        names = [f"leads_{key}_{number}" for number in range(1 + MOST_DEPUTIES)]
        return [name for name in names if name in self.fields]
