"""One unit's table of scores: its own, a row for each criterion, or the one that it was given to fill in."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.imports.reading import CODE, NUMBER, TICK, VALUE, Column, Skipped, plain
from blocs.imports.sheets import Row, register
from campaigns.models import BlocYear, Seat
from campaigns.scores.criteria.chosen import WITH_SET
from campaigns.scores.models import Tier
from campaigns.scores.spreadsheets.figures import is_not_applicable
from campaigns.scores.spreadsheets.matching import Matcher, names_of
from campaigns.scores.spreadsheets.scores import FIGURE, POINTS, ScoresSheet

NUMBERING = Column(
    "code", gettext_lazy("Số, ký hiệu"), ("STT", "TT", "Mã", "Ký hiệu", "Mã tiêu chí"), reads=CODE
)
TEXT = Column(
    "text", gettext_lazy("Tiêu chí"), ("Nội dung", "Tiêu chuẩn", "Nội dung tiêu chí"), required=True
)
NOTE = Column("note", gettext_lazy("Ghi chú"), ("Lý do", "Minh chứng", "Tài liệu minh chứng", "Thuyết minh"))
OWN = (
    NUMBERING,
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
    NUMBERING,
    Column("text", gettext_lazy("Tiêu chí")),
    Column("how", gettext_lazy("Cách tính điểm")),
    Column("label", gettext_lazy("Số liệu cần ghi"), required=True, marks=True),
    Column("by", gettext_lazy("Cách ghi"), ("Đơn vị tính",)),
    Column("value", gettext_lazy("Giá trị"), required=True, reads=VALUE),
    Column("out", gettext_lazy("Không áp dụng"), reads=TICK),
    NOTE,
    Column("figure", gettext_lazy("Mã dòng"), ditto=False),
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
        visible = bloc_years.visible_to(user).filter(chosen_criteria__isnull=False)
        bloc_year = get_object_or_404(visible.select_related("year", "bloc", WITH_SET))
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
        given = "value" in reading.mapping.columns
        self.reads = FIGURE if given else POINTS
        matcher = Matcher(names_of(self.plan))
        parts = Matcher(_parts(self.plan))
        for record in reading.records:
            row, *why = self._given(record, matcher) if given else self._own(record, matcher, parts)
            if row:
                yield row
            else:
                said = " ".join(filter(None, map(record.text, ("code", "text", "points"))))
                self._aside.append(Skipped(record.row, said, *why))

    def _given(self, record, matcher):
        """(a figure of the table that was given, why it is left aside)."""
        is_out = bool(record.text("out"))
        if record.says_nothing("value") and not is_out and not record.taken:
            return None, _("ghi “-”, coi là trống")
        if not (record.cells["value"] or is_out or record.taken):
            return None, _("chưa ghi số liệu") if record.text("label") else _("dòng của mục")
        key = matcher.find(record.text("code"), record.text("text"))
        figure = self._figure(record, key)
        if not figure:
            row = _row(record, {"criterion": key or "", "points": "", "note": record.typed("note")})
            words = _(
                "Không rõ đây là số liệu nào. Hãy tải lại bảng mẫu và ghi vào đó, hoặc để lại dòng này."
            )
            addresses = {"points": record.cells["value"].address}
            return replace(row, faults={"points": words}, addresses=addresses), ""
        row = _row(record, {"value": record.text("value"), "note": record.typed("note")} | {"figure": figure})
        if not is_out:
            return row, ""
        if record.cells["value"]:
            words = _("Đã ghi số liệu thì không ghi x ở cột “Không áp dụng”. Hãy giữ một trong hai.")
            return replace(row, faults={"value": words}), ""
        addresses = row.addresses | {"value": record.cells["out"].address}
        said = record.text("out")
        value = _("không áp dụng") if said == "yes" or is_not_applicable(said) else said
        return replace(row, fields=row.fields | {"value": value}, addresses=addresses), ""

    def _figure(self, record, key):
        """The figure that a row is about: as its hidden code says, else by its words; empty where unclear."""
        if record.text("figure") in self.asked:
            return record.text("figure")
        texts = {
            f"{each.key}/{measure.key}": measure.text
            for each in self._parts.values()
            for measure in each.measures
        }
        label, how = plain(record.text("label")), plain(record.text("how"))
        fits = [
            figure
            for figure, (of, measure, question) in self.asked.items()
            if of == key and plain(question.label) == label and plain(texts[f"{of}/{measure}"]) == how
        ]
        return fits[0] if len(fits) == 1 else ""

    def _own(self, record, matcher, parts):
        """(the points of a criterion, why the row is left aside): of sections and cases none are kept."""
        has_points = bool(record.cells["points"])
        key = matcher.find(record.text("code"), record.text("text"))
        is_part = key is None and parts.find(record.text("code"), record.text("text")) is not None
        if record.says_nothing("points") and not record.taken:
            return None, _("ghi “-”, coi là trống")
        if not has_points and not record.taken:
            return None, _("không ghi điểm"), not (key or is_part or record.is_group)
        if is_part and not record.taken:
            why = _("điểm của mục hoặc của từng trường hợp; chỉ nhận điểm của tiêu chí")
            return None, why, True
        fields = {"criterion": key or "", "points": record.text("points"), "note": record.typed("note")}
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
