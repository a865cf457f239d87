"""The cell of the grid that is open: what each tier says there, the evidence, the form that fills it in."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import notation
from blocs.permissions import Refusal, Refused
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Criterion, Score, ScoreSheet, Tier
from campaigns.scores.permissions import may_score
from campaigns.scores.scoring.plan import NA_FORBIDDEN
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.sheets.actions.sheets import BadRows, StaleScore
from campaigns.scores.sheets.of_unit import evidence_of
from campaigns.scores.tables.forms import CellForm
from campaigns.scores.windows import closed_to_sheet


@dataclass
class Cell:
    """One criterion of one unit at the grid's tier; `posted` is what was sent to be saved, or None."""

    grid: object
    row: object
    column: object
    posted: object = None
    form: CellForm | None = field(default=None, init=False)
    conflict: list = field(default_factory=list, init=False)
    saved: bool = field(default=False, init=False)

    @classmethod
    def find(cls, grid, key, posted=None):
        """The cell of a key, or None."""
        found = grid.find(key)
        return cls(grid, *found, posted)._ready() if found else None

    def _ready(self):
        if not self.refusal and self.sheet.pk:
            self.form = self._form()
        return self

    @property
    def key(self):
        """How addresses name it."""
        return f"{self.row.key}-{self.column.key}"

    @property
    def written(self):
        """What the cell in the grid says, as HTML."""
        self.grid.write(self.row)
        return self.row.written[self.column.key]

    @property
    def maximum(self):
        """The criterion's full points as written."""
        return notation.number(self.column.maximum.normalize())

    @cached_property
    def _sheets(self):
        """The unit's sheets that may be seen."""
        user, bloc_year = self.grid.user, self.grid.bloc_year
        known = ScoreSheet.objects.visible_to(user).filter(bloc_year=bloc_year, unit=self.row.unit_id)
        known = known.select_related("unit", "checker", "criteria_set")
        sheets = list(known.prefetch_related("unit__states", "checker__states"))
        for sheet in sheets:
            sheet.bloc_year = bloc_year
        return sorted(sheets, key=lambda each: (Tier.values.index(each.tier), each.pk))

    @cached_property
    def sheet(self):
        """The sheet of the grid's tier; one that is not begun is not saved."""
        wanted = self.grid.tier, self.row.checker_id
        known = next((each for each in self._sheets if (each.tier, each.checker_id) == wanted), None)
        bloc_year = self.grid.bloc_year
        return known or ScoreSheet(
            bloc_year=bloc_year,
            unit=next(seat.unit for seat in bloc_year.seats.all() if seat.unit_id == self.row.unit_id),
            tier=self.grid.tier,
            checker_id=self.row.checker_id,
            criteria_set=chosen_set(bloc_year),
        )

    @cached_property
    def _scores(self):
        """{sheet key: its score of the criterion}."""
        known = Score.objects.filter(sheet__in=self._sheets, criterion__key=self.column.key)
        return {each.sheet_id: each for each in known}

    @property
    def score(self):
        """The score that is kept, or None."""
        return self._scores.get(self.sheet.pk)

    @cached_property
    def refusal(self):
        """Why this person cannot fill it in now, in words; empty where nothing stands in the way."""
        answer = may_score(self.grid.user, self.sheet, timezone.localdate())
        if not answer:
            return str(answer)
        if self.sheet.pk and not self.sheet.is_open:
            return _("Phiếu ở trạng thái “%(state)s” nên không sửa được.") % {
                "state": self.sheet.get_state_display()
            }
        closed = closed_to_sheet(self.sheet)
        return "" if closed is None else str(closed)

    @property
    def told(self):
        """[(desk, points, workings, reason, whether it is this cell)] of every tier that may be seen."""
        return [
            (
                self._desk(sheet),
                self._points(self._scores[sheet.pk]),
                self._scores[sheet.pk].working.splitlines(),
                self._scores[sheet.pk].reason_words,
                sheet.pk == self.sheet.pk,
            )
            for sheet in self._sheets
            if sheet.pk in self._scores
        ]

    @cached_property
    def evidence(self):
        """The evidence that the unit laid to the criterion."""
        own = next((sheet for sheet in self._sheets if sheet.tier == Tier.SELF), None)
        return evidence_of(own, self.grid.user).get(self.column.key, []) if own else []

    @property
    def may_begin(self):
        """Whether the sheet is still to be begun, and may be."""
        return not self.sheet.pk and not self.refusal

    def act(self):
        """Do what was asked for: begin the sheet, or keep the figures; whether it was done."""
        if self.sheet.pk is None:
            told = {name: getattr(self.sheet, name) for name in ("bloc_year", "unit", "tier", "checker")}
            actions.begin_sheet(by=self.grid.user, **told)
            self.saved = True
        elif self.form is None:
            raise Refused(Refusal(self.refusal))
        elif self.form.is_valid():
            self._save()
        return self.saved

    def _save(self):
        criterion = Criterion.objects.get(criteria_set=self.sheet.criteria_set_id, key=self.column.key)
        told = self.form.told()
        try:
            actions.save_score(sheet=self.sheet, criterion=criterion, by=self.grid.user, **told)
        except StaleScore as stale:
            self.form.add_error(None, str(stale))
            self.conflict = [
                (_("Bản đã lưu"), *self._version(stale.theirs)),
                (_("Bản của anh/chị"), *self._version(stale.yours)),
            ]
        except BadRows as bad:
            for _row, faults in bad.faults:
                for fault in faults:
                    self.form.add_fault(fault)
        except Refused as refused:
            self.form.add_error(None, str(refused))
        else:
            self.saved = True

    def _form(self):
        criterion = self.grid.whole_plan.criteria[self.column.key]
        applies_anyway = self.grid.whole_plan.na_policy == NA_FORBIDDEN
        return CellForm(
            self.posted,
            criterion=criterion,
            digits=self.grid.whole_plan.digits,
            year=self.grid.bloc_year.year,
            score=self.score,
            may_be_not_applicable=criterion.may_be_not_applicable and not applies_anyway,
            has_grounds=self.sheet.tier != Tier.SELF,
            auto_id="cell-%s",
        )

    def _desk(self, sheet):
        """Who stands behind a figure: the unit that checked only to who works with it, never a person."""
        if self.grid.names_checker(sheet.unit_id, sheet.checker_id):
            return f"{sheet.desk}: {sheet.checker.name(sheet.bloc_year.year.last_day)}"
        return sheet.desk

    def _points(self, score):
        return self._written(None if score.not_applicable else score.points)

    def _written(self, points):
        if points is None:
            return _("không áp dụng")
        return notation.number(rounded(points, self.grid.whole_plan.digits))

    def _version(self, told):
        """(points, figures and reason in one line) of a version that another one would have overwritten."""
        if not told:
            return "–", ""
        figures = [told["figures"].get(key, {}).get(each.name) for key, each in self.form.asked.values()]
        points = told["points"]
        said = ", ".join(filter(None, [*figures, told["reason"]]))
        return self._written(None if points is None else Decimal(points)), said
