"""A bloc's whole table of scores: criteria by units, or units by criteria; always from paper."""

from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.imports.reading import NUMBER, Column, Skipped, find
from blocs.imports.sheets import Row, register, written
from campaigns.leaders import seats_with_units
from campaigns.models import BlocYear
from campaigns.scores.criteria.chosen import WITH_SET
from campaigns.scores.models import Tier
from campaigns.scores.spreadsheets.matching import Matcher, names_of
from campaigns.scores.spreadsheets.scores import ScoresSheet
from campaigns.scores.spreadsheets.units import GIVEN, NUMBERING, TEXT

UNIT = Column("unit", gettext_lazy("Đơn vị"), ("Tên đơn vị", "Đơn vị thành viên"), required=True)


@register
class BlocScoresSheet(ScoresSheet):
    """The scores of all units of a bloc's year at one tier."""

    kind = "bloc-scores"
    title = gettext_lazy("Nhập bảng điểm của khối từ Excel")
    summary = gettext_lazy(
        "Đọc bảng điểm cả khối đã ký trên giấy: mỗi ô là điểm một tiêu chí của một đơn vị. "
        "Bảng mẫu tự chấm của một đơn vị thì tải và nhập ở trang của đơn vị đó."
    )
    layout_names = (
        gettext_lazy("Mỗi dòng một tiêu chí, mỗi cột một đơn vị"),
        gettext_lazy("Mỗi dòng một đơn vị, mỗi cột một tiêu chí"),
    )

    def __init__(self, bloc_year, tier):
        units = [seat.unit for seat in bloc_year.seats_in_order() if seat.unit]
        if tier not in Tier.values or not units:
            raise Http404
        super().__init__(bloc_year, units, tier)

    @classmethod
    def find(cls, about, user):
        bloc_year, tier = about.split(":")
        return cls.of(BlocYear.objects.filter(pk=int(bloc_year)), user, tier)

    @classmethod
    def of(cls, bloc_years, user, tier):
        """The sheet of a bloc-year that the person sees and whose criteria are set; 404 otherwise."""
        visible = bloc_years.visible_to(user).filter(chosen_criteria__isnull=False)
        visible = visible.select_related("year", "bloc", WITH_SET).prefetch_related(seats_with_units())
        return cls(get_object_or_404(visible), tier)

    @property
    def about(self):
        return f"{self.bloc_year.pk}:{self.tier}"

    @cached_property
    def layouts(self):
        units = [
            Column(
                f"u{pk}", target.name, _names(target.unit, self.bloc_year.year.last_day), NUMBER, once=True
            )
            for pk, target in self.targets.items()
        ]
        criteria = [
            Column(
                f"c-{key}", each.code or each.text, (f"{each.code} {each.text}", each.text), NUMBER, once=True
            )
            for key, each in self.plan.criteria.items()
        ]
        return (NUMBERING, TEXT, *units), (UNIT, *criteria)

    def fits(self, mapping):
        return any(key.startswith(("u", "c-")) and key != "unit" for key in mapping.columns)

    def belongs_elsewhere(self, grids):
        if find(grids, GIVEN) is None:
            return ""
        return _(
            "Đây là bảng tự chấm của một đơn vị. Hãy nhập ở trang của đơn vị đó: mở “Điểm thi đua”, "
            "chọn đơn vị, bấm “Nhập từ Excel”."
        )

    def places(self):
        return self.places_of_bloc()

    @property
    def upload_address(self):
        year, bloc = self.bloc_year.year, self.bloc_year.bloc
        return reverse("score-import", args=[year.code, bloc.code, self.tier])

    def rows(self, reading):
        self._aside = []
        by_unit = "unit" in reading.mapping.columns
        day = self.bloc_year.year.last_day
        if by_unit:
            names = [
                (pk, "", name)
                for pk, each in self.targets.items()
                for name in {each.name, *_names(each.unit, day)}
            ]
        else:
            names = names_of(self.plan)
        matcher = Matcher(names)
        for record in reading.records:
            places = [(key, cell) for key, cell in record.cells.items() if _holds_points(key)]
            cells = [(key, cell) for key, cell in places if cell]
            words = record.text("unit") or record.text("text")
            found = matcher.find("" if by_unit else record.text("code"), words)
            self._aside += [
                Skipped(record.row, cell.address, _("ghi “-”, coi là trống"))
                for key, cell in places
                if record.says_nothing(key)
            ]
            is_section = found is None and self._is_section(record)
            if record.taken:
                cells = cells or places
            elif not cells or is_section:
                said = " ".join(
                    filter(None, [record.text("code"), words, *(cell.text for _k, cell in cells)])
                )
                holds = bool(cells) or not (found or is_section or record.is_group)
                why = _("không ghi điểm của tiêu chí nào")
                self._aside.append(Skipped(record.row, said, why, holds))
                continue
            for key, cell in cells:
                yield self._cell_row(cell, by_unit, found, key)

    def _cell_row(self, cell, by_unit, found, key):
        """One cell of the table as a row: its unit and criterion are those of its line and column."""
        of_line, of_column = str(found or ""), key.removeprefix("c-" if by_unit else "u")
        unit, criterion = (of_line, of_column) if by_unit else (of_column, of_line)
        target = self.targets.get(int(unit)) if unit else None
        kept = target.filling.scores.get(criterion) if target else None
        note = written(kept.reason) if kept else ""  # the table has no place for it, and takes none away
        return Row(
            name=cell.address.lower(),
            number=cell.row,
            fields={"unit": unit, "criterion": criterion, "points": cell.text, "note": note},
            faults={"points": cell.fault} if cell.fault else {},
            addresses=dict.fromkeys(("points", "unit", "criterion"), cell.address),
        )

    def _is_section(self, record):
        return self._sections.find(record.text("code"), record.text("text")) is not None

    @cached_property
    def _sections(self):
        known = {section.key: section for above, _criterion in self.plan.walk() for section in above}
        return Matcher((key, each.code, each.title) for key, each in known.items())


def _names(unit, day):
    """What else people call a unit."""
    state = unit.state(day)
    return tuple(filter(None, (state.short_name, state.symbol, unit.code)))


def _holds_points(key):
    return key.startswith("c-") or (key.startswith("u") and key != "unit")
