"""The grid of a bloc's scores: units by criteria at one tier.

It has thousands of cells, so they are read as tuples, without a row of the database for each, and what many
of them say alike is rendered once. What a person may not see is not read at all.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from blocs import notation
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import plan_of, tiers_of_set
from campaigns.scores.models import CheckAssignment, Criterion, Evidence, Score, ScoreSheet, Tier
from campaigns.scores.scoring.plan import Result, of_tier
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.scoring.totals import totals
from campaigns.scores.tables.grid_cells import Band, Row, Words, Writer, columns_of, key_of, named

OPEN_STATES = {ScoreSheet.State.DRAFT, ScoreSheet.State.RETURNED}
MISSING, DEVIATING = "thieu", "khac"
AMOUNTS = ("points", "base", "bonus", "deduction")
SHEET = ("pk", "unit_id", "tier", "checker_id", "state", "total", "is_complete")


@dataclass
class Grid:
    """What a person sees of a bloc's scores at one tier beside another, filtered as asked.

    `asked` has "cap" (the tier), "so" (the tier beside), "muc" (a section), "chi" (missing or deviating only)
    and "o" (the cell or row that is open). With `unit`, that unit alone is read. A constant number of queries
    whatever the number of units.
    """

    bloc_year: object
    user: object
    asked: dict
    unit: int | None = None

    @cached_property
    def whole_plan(self):
        """The plan of the bloc's criteria."""
        return plan_of(chosen_set(self.bloc_year))

    @cached_property
    def sheets(self):
        """The sheets that may be seen, as tuples in the order of SHEET."""
        known = ScoreSheet.objects.visible_to(self.user).filter(bloc_year=self.bloc_year)
        known = known.filter(unit=self.unit) if self.unit else known
        return list(known.order_by("pk").values_list(*SHEET))

    @cached_property
    def tiers(self):
        """[(tier, its name)] that score anything."""
        return [(tier, tier.label) for tier in tiers_of_set(self.whole_plan)]

    @cached_property
    def tier(self):
        """The tier that is asked for; else the last one with a sheet under way, else with any sheet."""
        offered = [tier for tier, _label in self.tiers]
        if self.asked.get("cap") in offered:
            return Tier(self.asked["cap"])
        under_way = [each[2] for each in self.sheets if each[4] in OPEN_STATES]
        seen = under_way or [each[2] for each in self.sheets]
        return max((tier for tier in offered if tier in seen), key=offered.index, default=offered[0])

    @cached_property
    def beside(self):
        """The tier whose points stand beside, empty where none is asked for."""
        offered = [tier for tier, _label in self.tiers if tier != self.tier]
        return Tier(self.asked["so"]) if self.asked.get("so") in offered else ""

    @cached_property
    def _plan(self):
        return of_tier(self.whole_plan, self.tier)

    @cached_property
    def sections(self):
        """[(key, name)] of the outermost sections that the tier scores."""
        return [(each.key, named(each)) for each in self._plan.sections]

    @cached_property
    def section(self):
        """The key of the section that is asked for; empty for all."""
        return next((key for key, _name in self.sections if key == self.asked.get("muc")), "")

    @property
    def only(self):
        """Whether only what is missing or what deviates is asked for; empty for all."""
        return self.asked.get("chi") if self.asked.get("chi") in (MISSING, DEVIATING) else ""

    @cached_property
    def _shown(self):
        """The outermost sections that are asked for, each with its columns."""
        sections = self._plan.sections
        chosen = [each for each in sections if each.key == self.section]
        return [Band(each, list(columns_of(each))) for each in chosen or sections]

    @cached_property
    def is_whole(self):
        """Whether the person sees the scores of the whole bloc: the department and the leader's unit."""
        leading = self.bloc_year.leading_units(self.bloc_year.year.last_day)
        standing = self.user.standing()
        return standing.sees_all or bool(standing.unit_ids & leading)

    def find(self, key):
        """(the row, its column) of a cell by its key, whatever is filtered away; None where there is none."""
        row_key, _dash, criterion = key.partition("-")
        row = next((row for row, _sheet in self._units if row.key == row_key), None)
        sections = self._plan.sections
        column = next((each for part in sections for each in columns_of(part) if each.key == criterion), None)
        return (row, column) if row and column else None

    def write(self, row):
        """Write all cells of a row, those that are filtered away too."""
        sheet = next(sheet for each, sheet in self._units if each is row)
        self._of(row, sheet, [column for section in self._plan.sections for column in columns_of(section)])

    def names_checker(self, unit, checker):
        """Whether it is said which unit checked: to that unit itself and the whole bloc's keepers.

        A unit never learns who checked it, the leader's neither.
        """
        standing = self.user.standing()
        if checker is None or standing.sees_all:
            return checker is not None
        return checker in standing.unit_ids or (self.is_whole and unit not in standing.unit_ids)

    # Cells --------------------------------------------------------------------------------------------------

    @cached_property
    def _amounts(self):
        """{sheet: {criterion key: AMOUNTS, without points where it does not apply}} at the tier."""
        found = defaultdict(dict)
        sheets = [each[0] for each in self.sheets if each[2] == self.tier]
        scores = Score.objects.filter(sheet__in=sheets).order_by()
        for sheet, key, *amounts in scores.values_list("sheet_id", "criterion__key", *AMOUNTS):
            found[sheet][key] = amounts
        return found

    @property
    def _compared(self):
        """The tier by which deviations are told: the one beside, else the unit's own."""
        return self.beside or (Tier.SELF if self.tier != Tier.SELF else "")

    @cached_property
    def _other_points(self):
        """{unit: {criterion key: points}} at the tier beside, as far as they count."""
        draft = ScoreSheet.State.DRAFT
        counted = {
            key: unit
            for key, unit, tier, checker, state, *_rest in self.sheets
            if tier == self._compared and checker is None and state != draft
        }
        found = defaultdict(dict)
        scores = Score.objects.filter(sheet__in=counted).order_by()
        for sheet, key, points in scores.values_list("sheet_id", "criterion__key", "points"):
            found[counted[sheet]][key] = points
        return found

    @cached_property
    def _with_evidence(self):
        """{(unit, criterion key)} with evidence, where it is needed."""
        own = [each[0] for each in self.sheets if each[2] == Tier.SELF]
        known = Evidence.objects.filter(sheet__in=own, criterion__needs_evidence=True)
        pairs = known.values_list("sheet__unit_id", "criterion__key").distinct().order_by()
        return set(pairs)

    @cached_property
    def _needing(self):
        """The keys of criteria that need evidence."""
        needing = Criterion.objects.filter(criteria_set=chosen_set(self.bloc_year), needs_evidence=True)
        return set(needing.order_by().values_list("key", flat=True))

    @cached_property
    def _read(self):
        """The rows and bands that are asked for, the rows with their cells."""
        columns = [column for band in self._shown for column in band.columns]
        rows = [(row, sheet, self._of(row, sheet, columns)) for row, sheet in self._units]
        bands = self._shown
        if self.only:
            place = 0 if self.only == MISSING else 1
            kept = {key for _row, _sheet, found in rows for key in found[place]}
            bands = [Band(each.section, [col for col in each.columns if col.key in kept]) for each in bands]
            bands = [each for each in bands if each.columns]
            rows = [row for row in rows if row[2][place]]
        self._choose([row for row, _sheet, _found in rows])
        for row, sheet, (missing, deviating, written) in rows:
            row.missing, row.deviating = len(missing), len(deviating)
            row.bands = list(self._bands(row, bands, written, self._sums(sheet)))
        return [row for row, _sheet, _found in rows], bands

    @property
    def rows(self):
        """The rows that are asked for, with their cells."""
        return self._read[0]

    @property
    def bands(self):
        """The sections that are asked for, with their columns."""
        return self._read[1]

    @cached_property
    def _units(self):
        """[(row, its sheet as a tuple or None)] in the order of the decree."""
        return list(self._all_units())

    def _all_units(self):
        names = self._names
        at_tier = defaultdict(list)
        for sheet in self.sheets:
            if sheet[2] == self.tier:
                at_tier[sheet[1]].append(sheet)
        assigned = self._assigned
        for unit, name in names.items():
            if self.unit not in (None, unit):
                continue
            checkers = {sheet[3]: sheet for sheet in at_tier[unit]}
            for checker in assigned.get(unit, ()):
                checkers.setdefault(checker, None)
            if not checkers and self._lists(unit):
                checkers = {None: None}
            in_order = sorted(checkers.items(), key=lambda each: each[0] or 0)
            for number, (checker, sheet) in enumerate(in_order, 1):
                shown = self.names_checker(unit, checker)
                label = f"{name} ← {names.get(checker, '?')}" if shown else name
                key = key_of(unit, checker if shown or checker is None else f"n{number}")
                yield Row(key, unit, checker, label, *self._stands(sheet)), sheet

    @cached_property
    def _assigned(self):
        """{unit: those that are to check it}, as far as may be seen, at the tier of checking across."""
        if self.tier != Tier.CHECK or chosen_set(self.bloc_year).check_mode == "sitting":
            return {}
        known = CheckAssignment.objects.visible_to(self.user).filter(bloc_year=self.bloc_year)
        found = defaultdict(list)
        for unit, checker in known.values_list("unit_id", "checker_id"):
            found[unit].append(checker)
        return found

    @cached_property
    def _names(self):
        """{unit: its name} of the bloc's units in the order of the decree."""
        day = self.bloc_year.year.last_day
        units = {seat.unit for seat in self.bloc_year.seats_in_order() if seat.unit_id}
        return {
            unit.pk: unit.name(day) for unit in sorted(units, key=lambda each: (each.place(day), each.pk))
        }

    def _lists(self, unit):
        """Whether a unit without a sheet stands there: for the department and leader, and for itself."""
        across = self.tier == Tier.CHECK and chosen_set(self.bloc_year).check_mode != "sitting"
        return not across and (self.is_whole or unit in self.user.standing().unit_ids)

    def _stands(self, sheet):
        """(state in words, total as written) of a sheet."""
        if sheet is None:
            return _("chưa bắt đầu"), ""
        return str(ScoreSheet.State(sheet[4]).label), self._text(sheet[5])

    def _text(self, points):
        """Points as written; the same ones are written once."""
        kept = self.__dict__.setdefault("_texts", {})
        if points not in kept:
            digits = chosen_set(self.bloc_year).digits
            kept[points] = "" if points is None else notation.number(rounded(points, digits))
        return kept[points]

    def _of(self, row, sheet, columns):
        """(keys of what is missing, of what deviates, {key: what the cell says}) of a row."""
        amounts = self._amounts[sheet[0]] if sheet else {}
        other = self._other_points.get(row.unit_id, {})
        missing, deviating, written = set(), set(), row.written
        for column in columns:
            key = column.key
            given, is_deviating = None, False
            if key not in amounts:
                missing.add(key)
            else:
                given = amounts[key][0]
                is_deviating = key in other and other[key] != given
                if is_deviating:
                    deviating.add(key)
            words = Words(
                self._text(given),
                key not in amounts,
                is_deviating,
                key in self._needing and (row.unit_id, key) not in self._with_evidence,
                self._text(other[key]) if self.beside and key in other else None,
            )
            written[key] = self._writer[words]
        return missing, deviating, written

    @cached_property
    def _writer(self):
        return Writer()

    def _choose(self, rows):
        """Mark the row that is open, the first one unless another is asked for: a phone shows it alone."""
        wanted = self.asked.get("o", "").partition("-")[0]
        chosen = next((row for row in rows if row.key == wanted), rows[0] if rows else None)
        if chosen:
            chosen.is_open = True

    def _sums(self, sheet):
        """{section key: its points} of a sheet, its caps counted; nothing where nothing is scored."""
        amounts = self._amounts[sheet[0]] if sheet else None
        if not amounts:
            return {}
        results = {key: Result(*each, not_applicable=each[0] is None) for key, each in amounts.items()}
        return {key: each.points for key, each in totals(self._plan, results).sections.items()}

    def _bands(self, row, bands, written, sums):
        """What the page shows of a row, as Row.bands says."""
        way, names = f"{self.query}o={row.key}-", row.is_open
        for band in bands:
            cells = [
                (f"{way}{each.key}", written[each.key], each.name if names else "") for each in band.columns
            ]
            yield cells, self._text(sums.get(band.section.key)), band.title if names else ""

    @cached_property
    def query(self):
        """What is asked for besides the cell, as the beginning of a query."""
        told = {"cap": self.tier, "so": self.beside, "muc": self.section, "chi": self.only}
        return "".join(f"{name}={value}&" for name, value in told.items() if value)
