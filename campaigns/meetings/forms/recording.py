"""Forms of the screens in which a meeting held on paper is recorded; the paper is told of once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms import PaperFields
from blocs.forms.numbers import WholeNumberField
from blocs.journal import Paper
from campaigns.forms import UnitField
from campaigns.leaders import MOST_DEPUTIES
from campaigns.meetings.agendas import CHOSEN, VOTED, hand_vote, usual_outcomes
from campaigns.meetings.forms.meetings import MeetingForm

OWN_WORDS, NOT_CHOSEN = "own", ""


class RecordForm(MeetingForm):
    """The first screen: when and where the meeting was held; its day and place are those of the paper."""

    paper_day = paper_place = paper_participants = None

    class Meta(MeetingForm.Meta):
        fields = [
            "title",
            "first_day",
            "starts_at",
            "ends_at",
            "place_name",
            "chair_name",
            "chair_title",
            "secretary_name",
            "secretary_title",
        ]

    def __init__(self, *args, window="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_day"].required, self.fields["first_day"].label = True, _("Ngày họp")
        self.fields["reason"].required = bool(window)
        if not window:
            del self.fields["reason"]

    def clean(self):
        data = super().clean()
        first = data.get("first_day")
        if first != self.instance.first_day or not self.instance.last_day:
            self.instance.last_day = first
        return data

    def paper(self, participants):
        """What the paper says: the day and place of the meeting, who was there."""
        data = self.cleaned_data
        return Paper(
            day=self.instance.last_day,
            place=data["place_name"],
            participants=participants,
            scan=data["paper_scan"],
        )


class ScreenForm(PaperFields):
    """A later screen: the paper of the first is kept; a reason is asked for once the window has closed."""

    def __init__(self, *args, kept=None, window="", **kwargs):
        super().__init__(*args, **kwargs)
        self.kept, self.window = kept, window
        if kept:
            for name in ("paper_day", "paper_place", "paper_participants", "paper_scan"):
                del self.fields[name]
            if window:
                self.fields["reason"].required, self.fields["reason"].initial = True, kept.reason
            else:
                del self.fields["reason"]

    def paper(self):
        return self.kept.paper if self.kept else super().paper()

    @property
    def reason_given(self):
        """The reason typed, where one was asked for."""
        return self.cleaned_data.get("reason", "")

    @property
    def paper_is_open(self):
        return bool(self.window) or super().paper_is_open


class OutcomeRow(forms.Form):
    """What came of an item of the agenda: a ready phrase, a vote by hands, words of one's own.

    What was decided is chosen by whoever records it; while it is not, nothing is recorded of the item.
    """

    shown_version = forms.IntegerField(widget=forms.HiddenInput)
    phrase = forms.ChoiceField(label=_("Kết quả"), required=False)
    text = forms.CharField(label=_("Ghi thêm"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data=None, *, item, bloc_year, present):
        self.item, self.present = item, present
        phrases = usual_outcomes(item, bloc_year, present)
        is_chosen = item.kind in CHOSEN
        usual = NOT_CHOSEN if is_chosen else phrases[0]
        super().__init__(
            data,
            prefix=str(item.pk),
            initial={
                "shown_version": item.version,
                "phrase": OWN_WORDS if item.outcome else usual,
                "text": item.outcome,
            },
            use_required_attribute=False,
        )
        self.fields["phrase"].choices = [
            *([(NOT_CHOSEN, _("— chọn kết quả —"))] if is_chosen else []),
            *((each, each) for each in phrases),
            (OWN_WORDS, _("Ghi theo lời riêng")),
        ]
        if item.kind in VOTED and present and not item.outcome:
            for name, label in (
                ("agreed", _("Đồng ý")),
                ("against", _("Không đồng ý")),
                ("abstained", _("Không ý kiến")),
            ):
                self.fields[name] = WholeNumberField(label=label, min_value=0, required=False)

    @property
    def votes(self):
        """The bound fields of the vote by hands."""
        return [self[name] for name in ("agreed", "against", "abstained") if name in self.fields]

    def clean(self):
        data = super().clean()
        if self._counted() and not self.errors:
            if data["phrase"] == NOT_CHOSEN:
                raise forms.ValidationError(_("Hãy chọn kết quả cùng với số phiếu."))
            total = sum(self._counted())
            if total != self.present:
                raise forms.ValidationError(
                    _("Tổng số phiếu %(total)s khác số đơn vị có mặt %(present)s.")
                    % {"total": total, "present": self.present}
                )
        return data

    def outcome(self):
        """The words to be kept."""
        data = self.cleaned_data
        said = ["" if data["phrase"] == OWN_WORDS else data["phrase"]]
        if self._counted():
            said.append(hand_vote(*self._counted()))
        return " ".join(each for each in (*said, data["text"]) if each)

    def shown(self):
        """The item with the version that the page was shown."""
        self.item.version = self.cleaned_data["shown_version"]
        return self.item

    def _counted(self):
        """The votes for, against and neither; empty where none were counted."""
        votes = [self.cleaned_data.get(field.name) for field in self.votes]
        return [each or 0 for each in votes] if any(each is not None for each in votes) else []


class ElectionForm(ScreenForm):
    """The units elected to lead the next year."""

    def __init__(self, *args, units, day, labels, elected=None, **kwargs):
        super().__init__(*args, **kwargs)
        leader, deputy = labels
        elected = elected or {}
        deputies = elected.get("deputies", [])
        self.fields["leader"] = UnitField(
            units=units, day=day, label=leader, empty=_("Chọn đơn vị"), initial=elected.get("leader")
        )
        for number in range(1, MOST_DEPUTIES + 1):
            self.fields[f"deputy_{number}"] = UnitField(
                units=units,
                day=day,
                label=deputy
                if number == 1
                else _("%(deputy)s thứ %(number)s") % {"deputy": deputy, "number": number},
                empty=_("Chọn đơn vị") if number == 1 else _("Không có"),
                required=False,
                initial=deputies[number - 1] if number <= len(deputies) else None,
            )

    def clean(self):
        data = super().clean()
        chosen = [data.get("leader"), *self._deputies(data)]
        if len({unit.pk for unit in chosen if unit}) < sum(unit is not None for unit in chosen):
            raise forms.ValidationError(_("Mỗi đơn vị chỉ giữ một vai trò."))
        return data

    def deputies(self):
        """The units chosen as deputies."""
        return self._deputies(self.cleaned_data)

    @staticmethod
    def _deputies(data):
        numbers = range(1, MOST_DEPUTIES + 1)
        return [data[f"deputy_{number}"] for number in numbers if data.get(f"deputy_{number}")]


class SignForm(ScreenForm):
    """The pledge as it was signed on paper."""

    theme = forms.CharField(label=_("Chủ đề giao ước"), max_length=300, required=False)
    signed_on = forms.DateField(label=_("Ngày ký"))
    place = forms.CharField(label=_("Nơi ký"), max_length=300, required=False)
    contents = forms.CharField(
        label=_("Nội dung giao ước"),
        required=False,
        help_text=_("Mỗi dòng một nội dung; để trống nếu ghi sau."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("paper_day", "paper_place", "paper_participants"):
            self.fields.pop(name, None)
        if "reason" in self.fields:
            self.fields["reason"].required = bool(self.window)

    def clean_contents(self):
        return [line.strip() for line in self.cleaned_data["contents"].splitlines() if line.strip()]

    def paper(self):
        """The paper of the screens before, else the pledge itself: its day and place."""
        paper = super().paper()
        if paper or self.kept:
            return paper
        data = self.cleaned_data
        return Paper(day=data["signed_on"], place=data["place"], scan=data.get("paper_scan"))


class SignerRow(forms.Form):
    """Whether a unit signed, and who signed for it."""

    signed = forms.BooleanField(label=_("Đã ký"), required=False)
    name = forms.CharField(label=_("Người ký"), max_length=150, required=False)
    title = forms.CharField(label=_("Chức vụ người ký"), max_length=200, required=False)

    def __init__(self, data=None, *, unit, label, initial):
        self.unit, self.label = unit, label
        super().__init__(data, prefix=str(unit.pk), initial=initial, use_required_attribute=False)
