"""Filled score tables: a unit's own one, and a bloc's whole table, read into the sheets of a tier.

Figures are asked as the criteria ask them; points alone count as recorded from paper.
"""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.forms.numbers import NumberField
from blocs.imports.sheets import RowForm, Sheet, Stored, written
from blocs.permissions import refuse
from blocs.text import fold
from blocs.versions import Unchanged
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import ScoreSheet
from campaigns.scores.permissions import may_record_scores, may_score
from campaigns.scores.scoring.plan import of_tier
from campaigns.scores.scoring.score import questions
from campaigns.scores.sheets.actions.sheets import begin_sheet, save_scores
from campaigns.scores.sheets.counting import scores_of
from campaigns.scores.sheets.filling import Filling, Row, filling_of
from campaigns.scores.spreadsheets.figures import CROSS, is_not_applicable, kept_figure, shown_figure

FIGURE, POINTS = "figure", "points"


@dataclass(frozen=True)
class Target:
    """A unit whose sheet of the tier is filled in: its name, its sheet, made or not, and what is kept."""

    unit: object
    name: str
    sheet: ScoreSheet
    filling: Filling


class Listed(BaseChoiceIterator):
    """Choices that are made once for all rows: Django takes them as they are."""

    def __init__(self, pairs):
        self.pairs = pairs

    def __iter__(self):
        yield from self.pairs


class PointsField(NumberField):
    """Points, or words that say that the criterion does not apply: None of these."""

    def to_python(self, value):
        return None if _is_out(value) else super().to_python(value)

    def validate(self, value):
        """Asked of the form, which knows whether nothing was written."""


def _is_out(text):
    return isinstance(text, str) and (is_not_applicable(text) or fold(text) == CROSS)


class ScoreRow(RowForm):
    """One criterion's points of one unit, or one figure of it."""

    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"))
    criterion = forms.ChoiceField(label=gettext_lazy("Tiêu chí"))
    figure = forms.CharField(label=gettext_lazy("Mã dòng"), widget=forms.HiddenInput, required=False)
    value = forms.CharField(label=gettext_lazy("Số liệu"), max_length=100)
    points = PointsField(label=gettext_lazy("Điểm"), max_digits=10, decimal_places=4)
    is_out = False
    note = forms.CharField(
        label=gettext_lazy("Ghi chú, lý do"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = self.sheet.asked.get(self.data.get(self.add_prefix("figure")) or "")
        self.compared = ("value", "note") if self.asked else ("points", "note")
        for name in ("points", "criterion") if self.asked else ("value", "figure"):
            del self.fields[name]
        if not self.asked:
            self.fields["criterion"].choices = self.sheet.criterion_choices
        if len(self.sheet.targets) == 1:
            del self.fields["unit"]
        else:
            self.fields["unit"].choices = self.sheet.unit_choices

    def clean_points(self):
        points = self.cleaned_data["points"]
        self.is_out = _is_out(self.data.get(self.add_prefix("points")))
        if points is None and not self.is_out:
            raise forms.ValidationError(self.fields["points"].error_messages["required"], code="required")
        return points

    def clean_value(self):
        text = self.cleaned_data["value"]
        self.is_out = is_not_applicable(text) or fold(text) == CROSS and self.asked[2].kind != "yes-no"
        return text if self.is_out else kept_figure(self.asked[2], text)

    def label(self):
        said = self.sheet.words_of(self.key_of_criterion())
        if self.asked:
            said = f"{said}: {self.asked[2].label}"
        target = self.sheet.targets.get(self.key_of_unit())
        return f"{target.name}: {said}" if target and len(self.sheet.targets) > 1 else said

    def values(self):
        found = super().values()
        if self.asked and not self.is_out:
            found["value"] = shown_figure(self.asked[2], self.cleaned_data["value"])
        if self.is_out and not self.asked:
            found["points"] = _("không áp dụng")
        return found

    def key_of_unit(self):
        """The key of the unit, None where none is chosen."""
        if len(self.sheet.targets) == 1:
            return next(iter(self.sheet.targets))
        text = self.data.get(self.add_prefix("unit")) or ""
        return int(text) if text.isdigit() else None

    def key_of_criterion(self):
        """The key of the criterion, empty where none is chosen."""
        return self.asked[0] if self.asked else self.data.get(self.add_prefix("criterion")) or ""


class ScoresSheet(Sheet):
    """What the tables of a unit and of a bloc share: which sheets are filled in, how their rows are kept."""

    form = ScoreRow
    takes_paper = compares_all = True
    reads = POINTS  # or FIGURE, of the table at hand
    missing_words = gettext_lazy("Những điểm dưới đây đã có trong hệ thống và giữ nguyên.")

    def __init__(self, bloc_year, units, tier):
        self.bloc_year, self.tier = bloc_year, tier
        self._aside = []
        sheets = ScoreSheet.objects.filter(unit__in=[unit.pk for unit in units])
        scores = scores_of([bloc_year], sheets)[bloc_year.pk]
        self.plan = of_tier(scores.plan, tier)
        self._parts = self.plan.criteria
        self.criteria = {
            each.key: each for each in chosen_set(bloc_year).criteria.all() if each.key in self._parts
        }
        self.asked = {
            f"{key}/{measure}/{question.name}": (key, measure, question)
            for key, criterion in self.plan.criteria.items()
            for measure, asks in questions(criterion).items()
            for question in asks
        }
        self.targets = {unit.pk: self._target(unit, scores) for unit in units}

    def _target(self, unit, scores):
        sheet = scores.sheet(unit.pk, self.tier) or ScoreSheet(
            bloc_year=self.bloc_year, unit=unit, tier=self.tier, criteria_set=chosen_set(self.bloc_year)
        )
        name = unit.name(self.bloc_year.year.last_day)
        return Target(unit, name, sheet, filling_of(sheet, scores))

    @cached_property
    def criterion_choices(self):
        """[(key, words)] of the criteria that the tier scores."""
        return Listed([("", "–"), *((key, self.words_of(key)[:120]) for key in self.plan.criteria)])

    @cached_property
    def unit_choices(self):
        """[(key, name)] of the units."""
        return Listed([("", "–"), *((str(key), target.name) for key, target in self.targets.items())])

    def words_of(self, key):
        """Code and text of a criterion; empty where there is none."""
        criterion = self._parts.get(key)
        return self.plan.name_of(criterion) if criterion else ""

    def may(self, user):
        """The desk that scores all of the sheets; or who records them from paper."""
        day = timezone.localdate()
        sheet = next(iter(self.targets.values())).sheet
        own = may_score(user, sheet, day) if len(self.targets) == 1 else None
        return own or may_record_scores(user, sheet, day)

    def places_of_bloc(self):
        """[(title, address)] of the way to the bloc's scores."""
        year, bloc = self.bloc_year.year, self.bloc_year.bloc
        return [
            (self.bloc_year.name, self.bloc_year.get_absolute_url()),
            (_("Điểm thi đua"), reverse("scores", args=[year.code, bloc.code])),
        ]

    def needs_paper(self, rows):
        return any(not form.asked for _row, form in rows)

    def aside(self):
        return self._aside

    def names(self):
        return [
            *(target.name for target in self.targets.values()),
            *(criterion.text for criterion in self._parts.values()),
        ]

    def keys(self, rows):
        return {
            row.name: "/".join(
                [str(form.key_of_unit()), *(form.asked and form.asked[:2] or ()), self._last(form)]
            )
            for row, form in rows
        }

    def _last(self, form):
        return form.asked[2].name if form.asked else form.key_of_criterion()

    def stored(self):
        found = {}
        for pk, target in self.targets.items():
            for key, score in target.filling.scores.items():
                label = self.words_of(key)
                label = f"{target.name}: {label}" if len(self.targets) > 1 else label
                if self.reads == POINTS:
                    points = "" if score.points is None else written(score.points)
                    points = _("không áp dụng") if score.not_applicable else points
                    found[f"{pk}/{key}"] = Stored(label, {"points": points, "note": written(score.reason)})
                    continue
                for figure, question, kept in self._figures(key, score):
                    values = {"value": shown_figure(question, kept), "note": written(score.reason)}
                    found[f"{pk}/{figure}"] = Stored(f"{label}: {question.label}", values)
        return found

    def _figures(self, key, score):
        for measure, figures in score.figures.items():
            for name, kept in figures.items():
                figure = f"{key}/{measure}/{name}"
                yield figure, self.asked[figure][2], kept

    def check(self, rows):
        for (unit, key), (found, forms_of) in self._told(rows).items():
            target = self.targets[unit]
            if target.filling.named is not None and key not in target.filling.named:
                forms_of[0].add_error(None, _("Chỉ sửa được các tiêu chí mà nơi trả lại đã nêu."))
                continue
            for fault in target.filling.faults(found):
                form = next((each for each in forms_of if _asks(each, fault)), forms_of[0])
                form.add_error(_field(form, fault), fault.words)
        return iter(())

    def apply(self, rows, *, by, paper, reason):
        by_unit = {}
        for (unit, _key), (found, _forms) in self._told(rows).items():
            by_unit.setdefault(unit, []).append(found)
        changed = 0
        for unit, told in by_unit.items():
            sheet = self._sheet(self.targets[unit], by, paper, reason)
            try:
                save_scores(sheet=sheet, rows=self._versioned(sheet, told), by=by, paper=paper, reason=reason)
            except Unchanged:
                continue
            changed += 1
        if not changed:
            refuse(_("Không có gì thay đổi để ghi."))

    def _sheet(self, target, by, paper, reason):
        if target.sheet.pk:
            return target.sheet
        told = {"bloc_year": self.bloc_year, "unit": target.unit, "tier": self.tier}
        return begin_sheet(**told, by=by, paper=paper, reason=reason)

    def _versioned(self, sheet, rows):
        """The rows with the version of the scores that they were compared with, or that were begun with."""
        target = self.targets[sheet.unit_id]
        known = target.filling.scores
        if target.sheet.pk is None:
            known = {each.criterion.key: each for each in sheet.scores.select_related("criterion")}
        for row in rows:
            kept = known.get(row.criterion.key)
            yield Row(
                *(row.criterion, row.figures, row.points, row.not_applicable, row.grounds_code, row.grounds),
                shown_version=kept.version if kept else 0,
            )

    def _told(self, rows):
        """{(unit key, criterion key): (Row to save, its forms)}; the figures of a criterion go together."""
        forms_of = {}
        for _row, form in rows:
            forms_of.setdefault((form.key_of_unit(), form.key_of_criterion()), []).append(form)
        return {(unit, key): (self._row(unit, key, found), found) for (unit, key), found in forms_of.items()}

    def _row(self, unit, key, forms_of):
        criterion = self.criteria[key]
        kept = self.targets[unit].filling.scores.get(key)
        notes = [form.cleaned_data["note"] for form in forms_of if form.cleaned_data["note"]]
        grounds = "; ".join(dict.fromkeys(notes))
        is_kept = kept and (not notes or written(grounds) == written(kept.reason))
        said = {"grounds": kept.reason if is_kept else grounds}
        said["grounds_code"] = kept.reason_code if is_kept else ""
        asked = [form for form in forms_of if form.asked]
        if any(form.is_out for form in forms_of):
            return Row(criterion, not_applicable=True, **said)
        if not asked:
            return Row(criterion, points=forms_of[0].cleaned_data["points"], **said)
        figures = {}
        for form in asked:
            _key, measure, question = form.asked
            figures.setdefault(measure, {})[question.name] = form.cleaned_data["value"]
        return Row(criterion, figures=figures, **said)


def _asks(form, fault):
    return bool(form.asked) and (form.asked[1], form.asked[2].name) == (fault.measure, fault.question)


def _field(form, fault):
    """The field of a form that a fault is shown at."""
    if fault.question == "grounds":
        return "note"
    if _asks(form, fault):
        return "value"
    return "points" if fault.question == "points" and not form.asked else None
