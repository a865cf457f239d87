"""One unit's table of scores: its own, a row for each criterion, or the one that it was given to fill in."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.exports import spreadsheet
from blocs.imports.reading import NUMBER, Column, Skipped
from blocs.imports.sheets import Row, register
from campaigns.models import BlocYear, Seat, Tier
from campaigns.spreadsheets.figures import cell_value
from campaigns.spreadsheets.matching import Matcher
from campaigns.spreadsheets.scores import FIGURE, POINTS, ScoresSheet

CODE = Column("code", gettext_lazy("Số, ký hiệu"), ("STT", "TT", "Mã", "Ký hiệu", "Mã tiêu chí"))
TEXT = Column(
    "text", gettext_lazy("Tiêu chí"), ("Nội dung", "Tiêu chuẩn", "Nội dung tiêu chí"), required=True
)
NOTE = Column("note", gettext_lazy("Ghi chú"), ("Lý do", "Minh chứng", "Tài liệu minh chứng", "Thuyết minh"))
OWN = (
    CODE,
    TEXT,
    Column(
        "points",
        gettext_lazy("Điểm tự chấm"),
        ("Tự chấm", "Điểm đơn vị tự chấm", "Đơn vị tự chấm", "Điểm đạt", "Điểm đạt được", "Điểm"),
        reads=NUMBER,
        required=True,
        once=True,
    ),
    NOTE,
)
GIVEN = (
    Column("figure", gettext_lazy("Mã dòng"), required=True),
    CODE,
    Column("text", gettext_lazy("Tiêu chí")),
    Column("how", gettext_lazy("Cách tính điểm")),
    Column("label", gettext_lazy("Số liệu cần ghi")),
    Column("by", gettext_lazy("Đơn vị tính")),
    Column("value", gettext_lazy("Giá trị"), required=True),
    NOTE,
)


@register
class UnitScoresSheet(ScoresSheet):
    """The self-scoring of one unit."""

    kind = "unit-scores"
    title = gettext_lazy("Nhập điểm tự chấm từ Excel")
    summary = gettext_lazy("Đọc bảng tự chấm của đơn vị, hoặc bảng mẫu đã điền số liệu.")
    layouts = (OWN, GIVEN)
    layout_names = (gettext_lazy("Mỗi dòng một tiêu chí, có cột điểm"), gettext_lazy("Bảng mẫu của hệ thống"))

    def __init__(self, bloc_year, unit):
        super().__init__(bloc_year, [unit], Tier.SELF)
        self.unit = unit

    @classmethod
    def find(cls, about, user):
        bloc_year, unit = about.split(":")
        found = cls.of(BlocYear.objects.filter(pk=int(bloc_year)), user, unit=int(unit))
        if not found.may(user) and int(unit) not in user.standing().unit_ids:
            raise Http404
        return found

    @classmethod
    def of(cls, bloc_years, user, **unit):
        """The sheet of a unit with a seat in a bloc-year that the person sees; 404 otherwise."""
        visible = bloc_years.visible_to(user).filter(criteria_set__isnull=False)
        bloc_year = get_object_or_404(visible.select_related("year", "bloc", "criteria_set"))
        seats = Seat.objects.filter(bloc_year=bloc_year, **unit).select_related("unit")
        return cls(bloc_year, get_object_or_404(seats.prefetch_related("unit__states")[:1]).unit)

    @property
    def about(self):
        return f"{self.bloc_year.pk}:{self.unit.pk}"

    def places(self):
        target = self.targets[self.unit.pk]
        return [*self.places_of_bloc(), (target.name, target.sheet.get_absolute_url())]

    @property
    def upload_address(self):
        year, bloc = self.bloc_year.year, self.bloc_year.bloc
        return reverse("score-import-unit", args=[year.code, bloc.code, self.unit.code])

    def rows(self, reading):
        self._aside = []
        given = "figure" in reading.mapping.columns
        self.reads = FIGURE if given else POINTS
        matcher = Matcher((key, each.code, each.text) for key, each in self.plan.criteria.items())
        parts = Matcher(_parts(self.plan))
        for record in reading.records:
            row, why = self._given(record) if given else self._own(record, matcher, parts)
            if row:
                yield row
            else:
                self._aside.append(Skipped(record.row, f"{record.text('code')} {record.text('text')}", why))

    def _given(self, record):
        """(a figure of the table that was given, why it is left aside)."""
        if not (record.text("value") or record.cells["value"].fault):
            return None, _("chưa ghi số liệu")
        fields = {name: record.text(name) for name in ("figure", "value", "note")}
        return _row(record, fields), ""

    def _own(self, record, matcher, parts):
        """(the points of a criterion, why the row is left aside): of sections and cases none are kept."""
        has_points = bool(record.cells["points"])
        key = matcher.find(record.text("code"), record.text("text"))
        if not has_points:
            return None, _("không ghi điểm")
        if key is None and parts.find(record.text("code"), record.text("text")):
            return None, _("điểm của mục hoặc của từng trường hợp; chỉ nhận điểm của tiêu chí")
        fields = {"criterion": key or "", "points": record.text("points"), "note": record.text("note")}
        return _row(record, fields), ""


def _row(record, fields):
    """A row of the preview with these fields, some of them columns of the table."""
    return Row(
        name=f"r{record.row}",
        number=record.row,
        fields=fields,
        faults={key: cell.fault for key, cell in record.cells.items() if cell.fault and key in fields},
        addresses={key: cell.address for key, cell in record.cells.items()},
    )


def _parts(plan):
    """(key, code, words) of what is no criterion: sections and measures."""
    seen = set()
    for sections, criterion in plan.walk():
        for section in sections:
            if section.key not in seen:
                seen.add(section.key)
                yield f"section {section.key}", section.code, section.title
        for measure in criterion.measures:
            yield f"{criterion.key}/{measure.key}", measure.code, measure.text


def template(sheet):
    """The table for a unit to fill in: a row for each figure that is asked for, known ones filled in."""
    kept = sheet.targets[sheet.unit.pk].filling.scores
    words = {
        f"{criterion.key}/{measure.key}": measure.text
        for criterion in sheet.plan.criteria.values()
        for measure in criterion.measures
    }
    rows = []
    for figure, (key, measure, question) in sheet.asked.items():
        criterion, score = sheet.plan.criteria[key], kept.get(key)
        value = score.figures.get(measure, {}).get(question.name) if score else None
        known = cell_value(question, value) if value is not None else None
        if score and score.not_applicable:
            known = _("không áp dụng")
        choices = " / ".join(code for code, _label in question.choices)
        unit = question.unit or choices or (_("có / không") if question.kind == "yes-no" else "")
        how = words[f"{key}/{measure}"]
        reason = score.reason if score else ""
        rows.append([figure, criterion.code, criterion.text, how, question.label, unit, known, reason])
    year, bloc = sheet.bloc_year.year, sheet.bloc_year.bloc
    return spreadsheet(f"bang-cham-diem-{bloc.code}-{year.code}", [str(each.title) for each in GIVEN], rows)
