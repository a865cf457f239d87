"""The table of criteria that officials have, read into a draft."""

from dataclasses import replace
from decimal import Decimal

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.forms.numbers import NumberField
from blocs.imports.reading import CODE, NUMBER, Column
from blocs.imports.sheets import Row, RowForm, Sheet, Stored, register, written
from blocs.permissions import refuse
from blocs.text import fold, nfc
from campaigns.scores.criteria.actions import write_parts
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import CriteriaSet
from campaigns.scores.permissions import may_edit_criteria
from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.plan import BASE, BONUS, DEDUCTION, NOTE
from campaigns.scores.spreadsheets import lines
from campaigns.scores.spreadsheets.lines import Line, classified, line_of
from campaigns.scores.spreadsheets.plans import UNNAMED, plan_of_lines

COLUMNS = (
    Column(
        "code",
        gettext_lazy("STT"),
        ("TT", "Số TT", "Mã", "Ký hiệu", "Mục", "Số thứ tự"),
        reads=CODE,
    ),
    Column(
        "text",
        gettext_lazy("Tiêu chí"),
        (
            *("Tiêu chuẩn", "Tiêu chuẩn thi đua", "Nội dung", "Nội dung tiêu chí", "Nội dung thi đua"),
            *("Nội dung đánh giá", "Nội dung chấm điểm", "Các tiêu chí", "Danh mục tiêu chí"),
        ),
        required=True,
    ),
    Column(
        "points",
        gettext_lazy("Điểm chuẩn"),
        ("Điểm tối đa", "Thang điểm", "Điểm", "Khung điểm", "Chuẩn", "Mức điểm"),
        reads=NUMBER,
        required=True,
        once=True,
    ),
    Column("bonus", gettext_lazy("Điểm thưởng"), ("Điểm cộng", "Thưởng", "Cộng"), reads=NUMBER, once=True),
    Column("deduction", gettext_lazy("Điểm trừ"), ("Trừ",), reads=NUMBER, once=True),
    Column("note", gettext_lazy("Ghi chú"), ("Tài liệu minh chứng", "Minh chứng", "Tài liệu kiểm chứng")),
)
KINDS = (
    (lines.SECTION, gettext_lazy("Mục")),
    (lines.SUBSECTION, gettext_lazy("Mục con")),
    (lines.HEADINGS[2], gettext_lazy("Mục con bậc 3")),
    (lines.HEADINGS[3], gettext_lazy("Mục con bậc 4")),
    (lines.HEADINGS[4], gettext_lazy("Mục con bậc 5")),
    (lines.HEADINGS[5], gettext_lazy("Mục con bậc 6")),
    (lines.CRITERION, gettext_lazy("Tiêu chí")),
    (lines.CASE, gettext_lazy("Trường hợp, mức của tiêu chí")),
    (lines.NOTE, gettext_lazy("Ghi chú, lời dẫn")),
)
KIND_TITLES = dict(KINDS)
NUMBERS = ("points", "bonus", "deduction", "cap")
CAPS = ("bonus_cap", "deduction_cap")
FLAGS = ("disqualifies", "excludes")
YES = "yes"


class Magnitude(NumberField):
    """Points that are given or taken: no sign, for the column says which."""

    def __init__(self, **options):
        super().__init__(required=False, min_value=0, max_digits=10, decimal_places=4, **options)


class CriteriaRow(RowForm):
    """A line of the table."""

    kind = forms.ChoiceField(label=gettext_lazy("Dòng này là"), choices=KINDS)
    code = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=20, required=False)
    text = forms.CharField(label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 3}))
    points = Magnitude(label=gettext_lazy("Điểm chuẩn"))
    bonus = Magnitude(label=gettext_lazy("Điểm thưởng"))
    deduction = Magnitude(label=gettext_lazy("Điểm trừ"))
    cap = Magnitude(label=gettext_lazy("Tối đa (theo lời văn)"))
    disqualifies = forms.ChoiceField(
        label=gettext_lazy("Không xếp loại"),
        choices=[("", gettext_lazy("không")), (YES, gettext_lazy("có"))],
        required=False,
    )
    excludes = forms.ChoiceField(
        label=gettext_lazy("Không đề nghị Cờ, Bằng khen"),
        choices=[("", gettext_lazy("không")), (YES, gettext_lazy("có"))],
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    bonus_cap = forms.CharField(
        label=gettext_lazy("Điểm thưởng tối đa"), required=False, widget=forms.HiddenInput
    )
    deduction_cap = forms.CharField(
        label=gettext_lazy("Điểm trừ tối đa"), required=False, widget=forms.HiddenInput
    )
    compared = ("kind", "text", *NUMBERS, *CAPS, *FLAGS)
    named = ("code", "text")
    only_says = False
    # Of a criterion, once all rows were looked at together: {name of a cap: what it is}, and what its own
    # line says that is such a cap and gives or takes nothing itself.
    bounds, bounded = None, ()

    def values(self):
        """Its values; what answers a part of the full points only says something, and is kept as that."""
        found = super().values() | {"kind": KIND_TITLES[self.cleaned_data["kind"]]}
        found["text"] = nfc(found["text"])
        found |= {name: _said(self.cleaned_data[name]) for name in FLAGS}
        if self.bounds:
            found |= {name: written(cap) for name, cap in self.bounds.items()}
            found |= dict.fromkeys(self.bounded, "")
        if self.only_says:
            found |= {"kind": KIND_TITLES[lines.NOTE]} | dict.fromkeys((*NUMBERS, "excludes"), "")
        return found

    def line(self, row):
        """The line as people left it."""
        data = self.cleaned_data
        return Line(
            row=row,
            **{name: data[name] for name in ("kind", "code", "text", *NUMBERS, "note")},
            disqualifies=data["disqualifies"] == YES,
            excludes=data["excludes"] == YES,
        )


@register
class CriteriaSheet(Sheet):
    """The whole of a draft: what is read stands for all of its parts."""

    kind = "criteria"
    title = gettext_lazy("Nhập bộ tiêu chí từ Excel")
    summary = gettext_lazy("Đọc bảng tiêu chí, điểm chuẩn, điểm thưởng, điểm trừ mà đơn vị đang dùng.")
    missing_words = gettext_lazy("Bảng thay cho toàn bộ nội dung dự thảo: những phần dưới đây sẽ không còn.")
    form = CriteriaRow
    layouts = (COLUMNS,)

    def __init__(self, criteria_set):
        self.criteria_set = criteria_set
        self.plan = plan_of(criteria_set)

    @classmethod
    def find(cls, about, user):
        drafts = CriteriaSet.objects.visible_to(user).filter(state=CriteriaSet.State.DRAFT)
        return cls(get_object_or_404(drafts.select_related("year", "bloc"), pk=int(about)))

    @property
    def about(self):
        return str(self.criteria_set.pk)

    def may(self, user):
        return may_edit_criteria(user, self.criteria_set, timezone.localdate())

    def places(self):
        year = self.criteria_set.year
        return [
            (_("Năm %(year)s") % {"year": year}, year.get_absolute_url()),
            (self.criteria_set.name, self.criteria_set.get_absolute_url()),
        ]

    @property
    def upload_address(self):
        return reverse("criteria-import", args=[self.criteria_set.year.code, self.criteria_set.pk])

    def rows(self, reading):
        for line, record in zip(classified(map(line_of, reading.records)), reading.records, strict=True):
            fields = {name: getattr(line, name) for name in ("kind", "code", "text", *NUMBERS, "note")}
            fields |= {name: YES if getattr(line, name) else "" for name in FLAGS}
            yield Row(
                name=f"r{line.row}",
                number=line.row,
                fields=fields,
                faults={
                    key: cell.fault for key, cell in record.cells.items() if cell.fault and key in fields
                },
                addresses={key: cell.address for key, cell in record.cells.items()},
            )

    def names(self):
        return [criterion.text for criterion in self.plan.criteria.values()]

    def keys(self, rows):
        """Lines are told apart by what they stand in: four bands a, b, c, d may stand below two headings."""
        names = _Names()
        return {row.name: names.name(form.line(row.number)) for row, form in rows}

    def stored(self):
        names = _Names()
        return {
            names.name(line): Stored(
                f"{line.code} {line.text}".strip(),
                {
                    "kind": KIND_TITLES[line.kind],
                    "text": nfc(line.text),
                    **{name: written(getattr(line, name)) for name in NUMBERS},
                    **{name: written(getattr(of, name, None)) for name in CAPS},
                    **{name: _said(getattr(line, name)) for name in FLAGS},
                },
            )
            for line, of in _lines_of(self.plan)
        }

    def check(self, rows):
        begun = False
        for _row, form in rows:
            kind = form.cleaned_data["kind"]
            if kind == lines.CASE and not begun:
                form.add_error(
                    "kind", _("Chưa có tiêu chí nào ở trên dòng này: hãy chọn lại dòng này là gì.")
                )
            begun = begun or kind == lines.CRITERION
        sound = [form.line(row.number) for row, form in rows if form.is_valid()]
        plan, _beside, of = plan_of_lines(self.plan, sound)
        words = _words_of(plan, of)
        criteria = {of[key].row: criterion for key, criterion in plan.criteria.items()}
        for row, form in rows:
            form.only_says = row.number in words
            if row.number in criteria:
                yield from _bound(row, form, criteria[row.number])
        for fault in faults_of(plan):
            line = of.get(fault.key)
            where = _("Dòng %(number)s") % {"number": line.row} if line else self.criteria_set.name
            yield f"{where}: {fault.words}"

    def apply(self, rows, *, by, paper, reason):
        plan, beside, _lines = plan_of_lines(self.plan, [form.line(row.number) for row, form in rows])
        if not plan.sections:
            refuse(_("Bảng không có tiêu chí nào."))
        write_parts(
            criteria_set=self.criteria_set,
            plan=plan,
            beside=beside,
            shown_version=self.criteria_set.version,
            by=by,
            paper=paper,
            reason=reason,
        )


def _words_of(plan, of):
    """The rows that only say something in a plan."""
    return {
        of[f"{key}/{measure.key}"].row
        for key, criterion in plan.criteria.items()
        for measure in criterion.measures
        if measure.kind == "note"
    }


def _bound(row, form, criterion):
    """Tell a criterion's form what its caps are; hints where its own line says less than one of its cases."""
    form.bounds = {name: getattr(criterion, name) for name in CAPS}
    for effect, words in (
        (
            BONUS,
            _("Dòng %(row)s: điểm thưởng %(cap)s được hiểu là mức tối đa, nhưng có trường hợp cho %(most)s."),
        ),
        (
            DEDUCTION,
            _("Dòng %(row)s: điểm trừ %(cap)s được hiểu là mức tối đa, nhưng có trường hợp trừ %(most)s."),
        ),
    ):
        of_effect = [each for each in criterion.measures if each.effect == effect]
        if form.cleaned_data.get(effect) is None or any(not (each.code or each.text) for each in of_effect):
            continue
        form.bounded = (*form.bounded, effect)
        cap, most = (
            getattr(criterion, f"{effect}_cap"),
            max((each.points or 0 for each in of_effect), default=0),
        )
        if cap is not None and cap < most:
            yield words % {"row": row.number, "cap": written(cap), "most": written(most)}


class _Names:
    """Names lines by their codes or words within the section and criterion above; equal ones are numbered."""

    def __init__(self):
        self.section = self.criterion = ""
        self.times = {}

    def name(self, line):
        own = lines.fold_code(line.code) or fold(line.text)
        if line.kind in lines.HEADINGS:
            self.section, self.criterion = own, ""
            name = f"section {own}"
        elif line.kind == lines.CRITERION:
            self.criterion = own
            name = f"criterion {self.section} / {own}"
        else:
            name = f"line {self.section} / {self.criterion} / {own}"
        self.times[name] = self.times.get(name, 0) + 1
        return f"{name} {self.times[name]}"


def _lines_of(plan):
    """[(line, the criterion whose own line it is)] that a table of the plan would have.

    Notes that stand beside a criterion are left out.
    """
    first, *_others = plan.sections or [None]
    is_unnamed = first and (first.code, first.title, first.maximum) == ("", UNNAMED, None)
    known = {first.key} if is_unnamed else set()
    for sections, criterion in plan.walk():
        for depth, section in enumerate(sections):
            if section.key not in known:
                known.add(section.key)
                kind = lines.HEADINGS[min(depth, len(lines.HEADINGS) - 1)]
                line = Line(0, section.code, section.title, section.maximum, None, None, None, kind=kind)
                yield line, None
        own, *below = _lines_of_criterion(criterion)
        yield own, criterion
        yield from ((line, None) for line in below)


def _lines_of_criterion(criterion):
    own = Line(0, criterion.code, criterion.text, criterion.maximum, None, None, None, kind=lines.CRITERION)
    found = []
    for measure in criterion.measures:
        if measure.kind == "graded":
            found += [
                Line(
                    row=0,
                    code="" if grade["grade"].isdigit() else grade["grade"],
                    text=grade.get("label", ""),
                    points=Decimal(grade["points"]) if "points" in grade else None,
                    bonus=None,
                    deduction=None,
                    cap=None,
                    kind=lines.CASE,
                )
                for grade in measure.settings["grades"]
                if grade["grade"] != "0"
            ]
        elif not (measure.code or measure.text):
            own = replace(own, bonus=_given(measure, BONUS), deduction=_given(measure, DEDUCTION))
        else:
            found.append(
                Line(
                    row=0,
                    code=measure.code,
                    text=measure.text,
                    points=_given(measure, BASE),
                    bonus=_given(measure, BONUS),
                    deduction=_given(measure, DEDUCTION),
                    cap=measure.cap,
                    disqualifies=measure.disqualifies,
                    excludes=measure.excludes_from_flags,
                    kind=lines.NOTE if measure.effect == NOTE and not measure.disqualifies else lines.CASE,
                )
            )
    return [own, *found]


def _said(is_so):
    return _("có") if is_so else ""


def _given(measure, effect):
    return measure.points if measure.effect == effect else None
