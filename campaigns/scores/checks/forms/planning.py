"""Forms of checking: the plan of sittings, who sits there, who checks whom, what is opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms import PaperFields
from campaigns.forms import UnitField
from campaigns.meetings.forms.meetings import HOUR
from campaigns.models import Phase
from campaigns.scores.checks.inspections import with_team
from campaigns.scores.models import Inspection, InspectionMember
from campaigns.scores.windows import OF_TIER


class PlanRow(forms.Form):
    """The sitting of one unit: nothing is planned while it has no day."""

    shown_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(label=_("Ngày"), required=False)
    starts_at = forms.TimeField(label=_("Từ"), required=False, widget=HOUR["widget"])
    ends_at = forms.TimeField(label=_("Đến"), required=False, widget=HOUR["widget"])
    place_name = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)
    team_name = forms.CharField(label=_("Tên tổ"), max_length=200, required=False)
    team = forms.MultipleChoiceField(
        label=_("Đơn vị trong tổ"), required=False, widget=forms.CheckboxSelectMultiple
    )

    FIELDS = ("day", "starts_at", "ends_at", "place_name", "team_name")

    def __init__(self, data=None, *, inspection, name, team, choices, proposed):
        """`team` are the keys of the units ticked, `proposed` what stands in a plan that is not made yet."""
        self.inspection, self.name = inspection, name
        known = {field: getattr(inspection, field) for field in self.FIELDS}
        super().__init__(
            data,
            prefix=inspection.unit.code,
            initial={
                "shown_version": inspection.version if inspection.pk else None,
                "team": [str(key) for key in team],
                **(known if inspection.pk else proposed),
            },
            use_required_attribute=False,
        )
        self.fields["team"].choices = [(str(key), label) for key, label in choices]

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."))
        if self.inspection.pk and "day" in data and not data["day"]:
            self.add_error("day", _("Hãy ghi ngày kiểm tra."))
        return data

    def plan(self, seats):
        """(inspection, members) as typed; None where no day is known."""
        data = self.cleaned_data
        if not data["day"]:
            return None
        shown = self.inspection
        planned = Inspection(
            pk=shown.pk, bloc_year=shown.bloc_year, unit=shown.unit, version=data["shown_version"] or 1
        )
        for name in self.FIELDS:
            setattr(planned, name, data[name])
        planned.team_name = data["team_name"] or Inspection._meta.get_field("team_name").default
        return planned, with_team(shown, seats, [int(key) for key in data["team"]])


class MemberRow(forms.Form):
    """Who sits at a sitting for one side; nothing where neither name nor unit is written."""

    name = forms.CharField(label=_("Họ và tên"), max_length=150, required=False)
    title = forms.CharField(label=_("Chức vụ"), max_length=200, required=False)

    def __init__(self, data=None, *, prefix, side, units, day, member=None):
        self.side = side
        initial = {"name": member.name, "title": member.title, "unit": member.unit} if member else {}
        super().__init__(data, prefix=prefix, initial=initial, use_required_attribute=False)
        self.fields["unit"] = UnitField(
            units=units, day=day, label=_("Đơn vị"), required=False, empty=_("Không ghi")
        )

    def clean(self):
        data = super().clean()
        if data.get("title") and not (data.get("name") or data.get("unit")):
            self.add_error("name", _("Hãy ghi họ tên hoặc chọn đơn vị."))
        return data

    def member(self):
        """The member as typed, not saved; None where the row is empty."""
        data = self.cleaned_data
        if not (data["name"] or data["unit"]):
            return None
        return InspectionMember(side=self.side, **data)


class HeldForm(PaperFields):
    """What a sitting concluded; one that was held on paper has its day, place and scan there."""

    shown_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    conclusion = forms.CharField(
        label=_("Ý kiến, kết luận"),
        required=False,
        help_text=_("In trong biên bản; để trống nếu không có ý kiến khác."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AssignForm(PaperFields):
    """Nothing to fill in but the paper, where the draw was made on paper: then each unit's checkers."""

    def __init__(self, *args, units, day, checkers, **kwargs):
        super().__init__(*args, **kwargs)
        self.units, self.checkers = units, checkers
        for unit in units:
            others = [each for each in units if each.pk != unit.pk]
            for number in range(checkers):
                self.fields[self._name(unit, number)] = UnitField(
                    units=others, day=day, label=unit.name(day), required=False, empty=_("Chọn đơn vị chấm")
                )

    @property
    def rows(self):
        """[(unit, its fields)] of who checks whom."""
        return [
            (unit, [self[self._name(unit, number)] for number in range(self.checkers)]) for unit in self.units
        ]

    def clean(self):
        data = super().clean()
        if self.pairs() and not data.get("paper_day"):
            self.add_error(
                "paper_day",
                _("Hệ thống phân công; chỉ ghi đơn vị chấm khi đã phân công trên giấy, kèm ngày trên giấy."),
            )
        return data

    def pairs(self):
        """{unit: units that check it} as told, None where nothing is."""
        told = {
            unit: [
                chosen
                for number in range(self.checkers)
                if (chosen := self.cleaned_data.get(self._name(unit, number)))
            ]
            for unit in self.units
        }
        return told if any(told.values()) else None

    @staticmethod
    def _name(unit, number):
        return f"{unit.code}-{number + 1}"


class ReopenForm(PaperFields):
    """Which phase of scoring is opened again, for whom, until when and why."""

    KINDS = list(dict.fromkeys(OF_TIER.values()))

    phase_kind = forms.ChoiceField(label=_("Giai đoạn mở lại"))
    units = forms.MultipleChoiceField(
        label=_("Đơn vị được mở lại"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một đơn vị.")},
    )
    last_day = forms.DateField(label=_("Mở đến hết ngày"), help_text=_("Ví dụ 15/12/2020."))
    reason = forms.CharField(
        label=_("Lý do mở lại"),
        help_text=_("Các đơn vị đọc được lý do này; bảng xếp hạng ghi là tạm thời cho tới khi công bố lại."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    PAPER = ("paper_day", "paper_place", "paper_participants", "paper_scan")
    field_order = ["phase_kind", "units", "last_day", "reason"]

    def __init__(self, *args, units, day, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {str(unit.pk): unit for unit in units}
        self.fields["phase_kind"].choices = [(kind, Phase.Kind(kind).label) for kind in kinds]
        self.fields["units"].choices = [(key, unit.name(day)) for key, unit in self.by_key.items()]

    def clean_units(self):
        """The units that were chosen."""
        return [self.by_key[key] for key in self.cleaned_data["units"]]
