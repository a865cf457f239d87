"""What a sheet is filled in with: its criteria, what stands below it, and which reasons are owed."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from blocs.text import nfc
from campaigns.scores.criteria.plans import plan_of, rows_of
from campaigns.scores.models import CorrectedScore, CorrectionPoint, Criterion, Score, ScoreSheet, Tier
from campaigns.scores.scoring.plan import BASE, NA_FORBIDDEN, TIERS, FigureFault, Plan, Result, of_tier
from campaigns.scores.scoring.score import compares_units, faults, questions, score, stated
from campaigns.scores.scoring.totals import counting
from campaigns.scores.sheets.among import among
from campaigns.scores.sheets.counting import KEPT, result_of, scores_of, sheet_totals


@dataclass(frozen=True)
class Row:
    """What is to be kept of one criterion: its figures, or from paper its points alone, and why.

    `shown_version` is the version of the score as it was shown, 0 where there was none.
    """

    criterion: Criterion
    figures: dict | None = None
    points: Decimal | None = None
    not_applicable: bool = False
    grounds_code: str = ""
    grounds: str = ""
    shown_version: int = 0

    @property
    def is_stated(self):
        """Whether only its points are told."""
        return self.figures is None and self.points is not None and not self.not_applicable


@dataclass
class Filling:
    """A sheet with what is needed to fill it in: the plan of its tier, its scores, what counts below it."""

    sheet: ScoreSheet
    plan: Plan
    scores: dict = field(default_factory=dict)  # {criterion key: Score}
    below: dict = field(default_factory=dict)  # {criterion key: Score that was never saved}
    named: dict | None = None  # {criterion key: note} of an open correction; None while all are open

    def criteria(self):
        """The criteria of the tier as they are stored, in the order of the set."""
        stored = {each.key: each for each in self.sheet.criteria_set.criteria.all()}
        return [stored[key] for key in self.plan.criteria]

    def result(self, row):
        """What a row comes to. Raises FigureFault."""
        criterion, year = self.plan.criteria[row.criterion.key], self.sheet.bloc_year.year
        if row.is_stated:
            return stated(criterion, row.points, digits=self.plan.digits)
        days = {"first_day": year.first_day, "last_day": year.last_day}
        others = self._among.beside(self.sheet, criterion.key) if compares_units(criterion) else ()
        return score(
            criterion,
            asked(criterion, row.figures),
            digits=self.plan.digits,
            not_applicable=row.not_applicable,
            others=others,
            settled=False,
            **days,
        )

    @cached_property
    def _among(self):
        """The figures of other units, asked for when a criterion first compares them."""
        return among({self.sheet.bloc_year_id: self.plan})

    @property
    def total(self):
        """What the sheet comes to as it is typed; None while nothing has points."""
        if not self.sheet.is_corrected:
            return self.sheet.total
        results = {key: result_of(each) for key, each in self.scores.items()}
        return sheet_totals(self.plan, self.sheet.tier, results).total if results else None

    def faults(self, row):
        """All that is wrong with the figures and reasons of a row, in the order of its questions."""
        criterion, year = self.plan.criteria[row.criterion.key], self.sheet.bloc_year.year
        if row.not_applicable and self.plan.na_policy == NA_FORBIDDEN:
            words = _("Bộ tiêu chí này không có “không áp dụng”. Hãy ghi số liệu; nếu không có thì ghi 0.")
            return [FigureFault("", "not_applicable", words)]
        if not row.is_stated:
            found = faults(
                criterion,
                asked(criterion, row.figures),
                digits=self.plan.digits,
                first_day=year.first_day,
                last_day=year.last_day,
                not_applicable=row.not_applicable,
            )
            if found:
                return found
        try:
            owed = self.grounds_owed(row, self.result(row))
        except FigureFault as fault:
            return [fault]
        return [FigureFault("", "grounds", owed)] if owed else []

    def grounds_owed(self, row, result):
        """Why a row must say more of its reason, in words; empty where it need not."""
        if row.grounds_code == Score.Reason.OTHER and not row.grounds.strip():
            return _("Hãy ghi rõ lý do khác.")
        if row.grounds_code or row.grounds.strip():
            return ""
        below = self.below.get(row.criterion.key)
        if below is not None:
            if self._is_said_otherwise(row.criterion.key, result, row.figures, below):
                return _("Điểm khác với điểm đã có: hãy chọn hoặc ghi lý do.")
            return ""
        if not row.is_stated and not row.not_applicable and self._is_judged(row):
            return _("Điểm chấm trực tiếp: hãy ghi lý do cho điểm này.")
        return ""

    def without_grounds(self):
        """[score] of this sheet that differ from what counts below and do not say why.

        What stands below may have changed since the score was saved.
        """
        return [
            each
            for key, each in self.scores.items()
            if key in self.below
            and not (each.reason_code or each.reason)
            and self._is_said_otherwise(key, each, each.figures, self.below[key])
        ]

    def _is_said_otherwise(self, key, result, figures, below):
        """Whether a tier says other than what counts below: where units are compared, by its figures."""
        criterion = self.plan.criteria[key]
        if not compares_units(criterion) or below.stated or result.not_applicable or figures is None:
            return differs(result, below)
        return asked(criterion, figures) != below.figures

    def _is_judged(self, row):
        """Whether points were given by hand there: none are a judgement too where the measure is a base."""
        for measure in self.plan.criteria[row.criterion.key].measures:
            if measure.kind == "manual":
                points = str((row.figures or {}).get(measure.key, {}).get("points") or "").strip()
                if points and (measure.effect == BASE or Decimal(points)):
                    return True
        return False


def differs(result, other):
    """Whether two results, or scores, give other points."""
    return (result.points, result.not_applicable) != (other.points, other.not_applicable)


def asked(criterion, figures):
    """The figures that a criterion asks for, without empty ones."""
    found = {
        key: {
            each.name: nfc(str(figures[key][each.name])).strip()
            for each in asks
            if str(figures.get(key, {}).get(each.name, "")).strip()
        }
        for key, asks in questions(criterion).items()
        if figures
    }
    return {key: each for key, each in found.items() if each}


def filling_of(sheet, bloc_scores=None):
    """What it takes to fill in a sheet; `bloc_scores` are all scores of its unit, where a page has them."""
    if bloc_scores is None and sheet.tier == Tier.SELF:
        return own_filling_of(sheet)
    if bloc_scores is None:
        sheets = ScoreSheet.objects.filter(unit=sheet.unit_id)
        bloc_scores = scores_of([sheet.bloc_year], sheets)[sheet.bloc_year_id]
    return Filling(
        sheet=sheet,
        plan=of_tier(bloc_scores.plan, sheet.tier),
        scores=typed_scores(bloc_scores.scores.get(sheet.pk, {}), bloc_scores.corrected[sheet.pk])
        if sheet.is_corrected
        else dict(bloc_scores.scores.get(sheet.pk, {})),
        below=below(bloc_scores, sheet.unit_id, sheet.tier),
        named=named_criteria(sheet),
    )


def own_filling_of(sheet):
    """What it takes to fill in a unit's own sheet, below which nothing stands.

    Its scores are asked for when they are first looked at.
    """
    plan = of_tier(plan_of(sheet.criteria_set), sheet.tier)
    scores = SimpleLazyObject(lambda: scores_of_sheet(sheet))
    return Filling(sheet=sheet, plan=plan, scores=scores, named=named_criteria(sheet))


def scores_of_sheet(sheet):
    """{criterion key: score} of one sheet as it is typed, in one query where its set is frozen.

    Two for one that was returned.
    """
    found = _by_key(sheet, sheet.scores)
    return typed_scores(found, _by_key(sheet, sheet.corrected)) if sheet.is_corrected else found


def _by_key(sheet, rows):
    criteria, found = {each.pk: each for each in rows_of(sheet.criteria_set).values()}, {}
    for each in rows.order_by("pk"):
        if each.criterion_id in criteria:
            each.criterion = criteria[each.criterion_id]
        found[each.criterion.key] = each
    return found


def typed_scores(sent, corrected):
    """What is typed into a sheet that was returned: what was sent, as far as nothing else is typed yet."""
    found = dict(corrected)
    for key, kept in sent.items():
        if key not in found:
            found[key] = CorrectedScore(
                sheet_id=kept.sheet_id, criterion=kept.criterion, version=kept.version
            )
            found[key].take_over(kept)
    return found


def below(bloc_scores, unit_id, tier):
    """{criterion key: a score not saved} of what counts below a tier, in the sections that it scores."""
    if tier == Tier.SELF:
        return {}
    lower = TIERS[: TIERS.index(tier)]
    by_tier = {each: results for each, results in bloc_scores.by_tier(unit_id).items() if each in lower}
    counted = counting(of_tier(bloc_scores.plan, tier), by_tier)
    return {
        key: _copy(result, *_origin(bloc_scores, unit_id, of, key)) for key, (of, result) in counted.items()
    }


def criteria_without_evidence(sheet):
    """The keys of criteria open in a unit's own sheet that need evidence, apply to it and have none."""
    rows = sheet.scores.filter(criterion__needs_evidence=True)
    if (named := named_criteria(sheet)) is not None:
        rows = rows.filter(criterion__key__in=named)
        typed = sheet.corrected.filter(criterion__needs_evidence=True)
        rows = rows.exclude(criterion__in=typed.values("criterion")).union(typed, all=True)
    needing = [key for key, applies_not in rows.values_list("criterion", "not_applicable") if not applies_not]
    shown = set(sheet.evidence.values_list("criterion", flat=True))
    return [key for key in needing if key not in shown]


def named_criteria(sheet):
    """{criterion key: what is wrong} of those that a returned sheet is open in; None while it is no such."""
    if sheet.state != ScoreSheet.State.RETURNED:
        return None
    points = CorrectionPoint.objects.filter(correction__sheet=sheet, correction__closed_at=None)
    return {each.criterion.key: each.note for each in points.select_related("criterion")}


def _origin(bloc_scores, unit_id, tier, key):
    """(figures, whether only points are known) of the one sheet that a result is of."""
    counted = [
        each for each in bloc_scores.sheets_of[unit_id] if each.tier == tier and bloc_scores.counted(each)
    ]
    if len(counted) > 1:
        return {}, True  # an average of several sheets has no figures of its own
    sheet = counted[0]
    if sheet.counts:
        kept = bloc_scores.scores[sheet.pk][key]
        return kept.figures, kept.stated
    kept = next(each for each in bloc_scores.versions[sheet.pk].scores if each["key"] == key)
    return kept["figures"], kept["stated"]


def _copy(result: Result, figures, is_stated):
    """A score that nobody has saved yet: its version is 0, as a page shows it before the sheet is begun."""
    return Score(
        version=0,
        figures=figures,
        stated=is_stated and not result.not_applicable,
        not_applicable=result.not_applicable,
        working="\n".join(result.working),
        excludes_from_flags="\n".join(result.excludes_from_flags),
        disqualifies="\n".join(result.disqualifies),
        **{name: getattr(result, name) for name in KEPT},
    )
