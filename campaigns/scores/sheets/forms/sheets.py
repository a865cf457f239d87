"""Forms of a unit's own sheet: a criterion's figures, evidence, what is returned, asked and answered."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.files.incoming import check_evidence
from blocs.forms import NumberField, PaperFields
from campaigns.scores.models import Score
from campaigns.scores.scoring.plan import NA_FORBIDDEN
from campaigns.scores.scoring.score import bounds
from campaigns.scores.sheets.actions.evidence import Piece
from campaigns.scores.sheets.filling import Row
from campaigns.scores.sheets.forms.figures import FiguresForm

LONGEST_TEXT = 20_000


class CriterionForm(FiguresForm):
    """The figures of one criterion with its reason; its fields are named by the criterion's key."""

    shown_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    not_applicable = forms.BooleanField(label=gettext_lazy("Không áp dụng cho đơn vị"), required=False)
    grounds = forms.CharField(
        label=gettext_lazy("Lý do, giải thích"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data=None, *, filling, row):
        """`row` is the criterion as it is stored."""
        self.filling, self.row = filling, row
        kept = filling.scores.get(row.key) if data is None else None  # else all stands in what was sent
        criterion = filling.plan.criteria[row.key]
        super().__init__(
            data,
            criterion=criterion,
            digits=filling.plan.digits,
            year=filling.sheet.bloc_year.year,
            figures=kept.figures if kept else {},
            prefix=row.key,
        )
        self.initial |= {
            "shown_version": kept.version if kept else 0,
            "not_applicable": kept.not_applicable if kept else False,
            "grounds": kept.reason if kept else "",
        }
        if filling.plan.na_policy == NA_FORBIDDEN or not criterion.may_be_not_applicable:
            del self.fields["not_applicable"]
        self.order_fields([*self.asked, "not_applicable", "grounds"])

    def clean(self):
        data = forms.Form.clean(self) or self.cleaned_data
        if self.errors:
            return data
        names = {(key, question.name): name for name, (key, question) in self.asked.items()}
        names |= {("", name): name for name in self.fields}
        for fault in self.filling.faults(self.told()):
            self.add_error(names.get((fault.measure, fault.question)), fault.words)
        return data

    def told(self):
        """What was typed, as it is to be kept."""
        data = self.cleaned_data
        kept = self.filling.scores.get(self.row.key) if data["grounds"].strip() else None
        not_applicable = data.get("not_applicable", False)
        return Row(
            self.row,
            figures=None if not_applicable else self.figures(),
            not_applicable=not_applicable,
            grounds_code=kept.reason_code if kept else "",
            grounds=data["grounds"],
            shown_version=data["shown_version"] or 0,
        )


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each (its name, (bytes, media type)) as it may be kept."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(each, initial) for each in data or []]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [(each.name, check_evidence(each)) for each in files]


class SecretFree(forms.Form):
    """The word of whoever adds evidence that it holds no state secret."""

    is_free_of_secrets = forms.BooleanField(
        label=gettext_lazy("Tôi xác nhận tài liệu không chứa bí mật nhà nước"),
        help_text=gettext_lazy("Tài liệu đóng dấu MẬT, TỐI MẬT, TUYỆT MẬT không đưa lên hệ thống này."),
        error_messages={"required": gettext_lazy("Hãy đọc và đánh dấu xác nhận.")},
    )


ACCEPTED = {"accept": ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"}


class EvidenceForm(SecretFree):
    """Evidence for one criterion: files, an address, a paragraph; any of them, at least one."""

    files = FilesField(
        label=gettext_lazy("Tệp (chọn được nhiều tệp)"),
        required=False,
        help_text=gettext_lazy("PDF, JPG, PNG, Word (.docx) hoặc Excel (.xlsx)."),
        widget=FilesInput(attrs=ACCEPTED),
    )
    address = forms.CharField(
        label=gettext_lazy("Đường dẫn hoặc số hồ sơ trên e-office"), max_length=1000, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Dán đoạn văn nêu các văn bản"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy(
            "Ví dụ: Công văn số 05/UBND-TNMT ngày 05/1/2022; hệ thống tự nhận số, ngày văn bản."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["files", "address", "text", "is_free_of_secrets"]

    def clean(self):
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.get(name) for name in ("files", "address", "text")):
            raise forms.ValidationError(_("Hãy chọn tệp, ghi đường dẫn hoặc dán đoạn văn."))
        return data

    def pieces(self, criterion):
        """The pieces that were given for a criterion."""
        data = self.cleaned_data
        found = [Piece(criterion, file=file, file_name=name) for name, file in data["files"]]
        if data["address"]:
            found.append(Piece(criterion, address=data["address"]))
        return [*found, Piece(criterion, text=data["text"])] if data["text"] else found


class DropForm(SecretFree):
    """Many files at once, each named by the criterion that it belongs to: a1_bao-cao.pdf."""

    files = FilesField(
        label=gettext_lazy("Các tệp"),
        help_text=gettext_lazy("Tên tệp bắt đầu bằng số, ký hiệu tiêu chí, ví dụ a1_bao-cao.pdf."),
        widget=FilesInput(attrs=ACCEPTED),
    )
    field_order = ["files", "is_free_of_secrets"]


class ReturnForm(forms.Form):
    """Which criteria are to be corrected, what is wrong in each, why and until when."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do trả lại"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_TEXT
    )
    due = forms.DateField(label=gettext_lazy("Hạn chỉnh sửa"))

    def __init__(self, data=None, *, filling, **options):
        super().__init__(data, **options)
        self.criteria = filling.criteria()
        for each in self.criteria:
            label = filling.plan.code_of(each)
            self.fields[f"wrong-{each.key}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"note-{each.key}"] = forms.CharField(
                label=_("Cần sửa gì ở tiêu chí %(code)s") % {"code": label}, required=False, max_length=2000
            )

    @property
    def rows(self):
        """{criterion key: (its tick, its note)} for the page."""
        return {each.key: (self[f"wrong-{each.key}"], self[f"note-{each.key}"]) for each in self.criteria}

    def clean(self):
        data = super().clean()
        if not self.points(data):
            self.add_error(None, _("Hãy đánh dấu ít nhất một tiêu chí cần chỉnh sửa."))
        return data

    def points(self, data=None):
        """[(criterion, what is wrong)]; a note alone marks its criterion too."""
        data = data or self.cleaned_data
        return [
            (each, data.get(f"note-{each.key}", ""))
            for each in self.criteria
            if data.get(f"wrong-{each.key}") or data.get(f"note-{each.key}")
        ]


class PaperPointsForm(PaperFields):
    """The points of a paper sheet typed down one column; boxes that are left as shown change nothing."""

    send = forms.BooleanField(label=gettext_lazy("Bản giấy đã đủ, đã ký: gửi luôn phiếu này"), required=False)

    def __init__(self, data=None, files=None, *, filling, **options):
        super().__init__(data, files, **options)
        self.filling = filling
        self.fields["paper_day"].required = True
        self.criteria = filling.criteria()
        self.is_above = filling.sheet.tier != "self"
        if self.is_above:
            del self.fields["send"]
        for each in self.criteria:
            self._add_row(each)

    def _add_row(self, criterion):
        kept = self.filling.scores.get(criterion.key)
        told = {"code": self.filling.plan.code_of(criterion)}
        lowest, highest = bounds(self.filling.plan.criteria[criterion.key])
        self.fields[f"points-{criterion.key}"] = NumberField(
            label=_("Điểm tiêu chí %(code)s") % told,
            required=False,
            min_value=lowest,
            max_value=highest,
            decimal_places=self.filling.plan.digits,
        )
        if kept and kept.points is not None:
            self.initial[f"points-{criterion.key}"] = kept.points.normalize()
        self.fields[f"code-{criterion.key}"] = forms.ChoiceField(
            label=_("Lý do ở tiêu chí %(code)s") % told,
            required=False,
            choices=[("", "–"), *Score.Reason.choices],
        )
        self.fields[f"grounds-{criterion.key}"] = forms.CharField(
            label=_("Ghi rõ lý do ở tiêu chí %(code)s") % told, required=False, max_length=2000
        )
        if not self.is_above:
            del self.fields[f"code-{criterion.key}"]
        if kept:
            self.initial |= {
                f"code-{criterion.key}": kept.reason_code,
                f"grounds-{criterion.key}": kept.reason,
            }
        self.fields[f"version-{criterion.key}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=kept.version if kept else 0
        )

    @property
    def rows(self):
        """[(criterion, points box, reason box or None, words box)] for the page."""
        return [
            (
                each,
                self[f"points-{each.key}"],
                self[f"code-{each.key}"] if self.is_above else None,
                self[f"grounds-{each.key}"],
            )
            for each in self.criteria
        ]

    @property
    def versions(self):
        """The hidden fields that say which scores were shown."""
        return [self[f"version-{each.key}"] for each in self.criteria]

    def told(self):
        """The rows that were typed or changed."""
        data, found = self.cleaned_data, []
        for each in self.criteria:
            names = [f"{part}-{each.key}" for part in ("points", "code", "grounds")]
            points = data[names[0]]
            if points is None or not any(name in self.changed_data for name in names):
                continue
            kept = self.filling.scores.get(each.key)
            is_same = kept is not None and kept.points == points
            found.append(
                Row(
                    each,
                    figures=kept.figures if is_same and not kept.stated else None,
                    points=points,
                    grounds_code=data.get(names[1], ""),
                    grounds=data[names[2]],
                    shown_version=data[f"version-{each.key}"] or 0,
                )
            )
        return found


class AskForm(PaperFields):
    """Why a released figure stands: the question."""

    question = forms.CharField(
        label=gettext_lazy("Nội dung đề nghị giải trình"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """The desk's answer: the figure stays, or changes and its sheet is open again until a day."""

    answer = forms.CharField(
        label=gettext_lazy("Trả lời"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết quả"),
        choices=[
            ("keeps", gettext_lazy("Giữ nguyên điểm")),
            ("changes", gettext_lazy("Điều chỉnh điểm: mở lại phiếu để sửa và công bố lại")),
        ],
        initial="keeps",
        widget=forms.RadioSelect,
    )
    last_day = forms.DateField(
        label=gettext_lazy("Mở lại đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Chỉ ghi khi điều chỉnh điểm."),
    )

    def clean(self):
        data = super().clean()
        if data.get("outcome") == "changes" and not data.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Hãy ghi ngày cuối được sửa điểm."))
        if data.get("outcome") == "keeps":
            data["last_day"] = None
        return data
