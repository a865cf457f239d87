"""What the pages of a unit's scores show: its sheets side by side, per section, with workings and reasons."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs import notation
from campaigns.scores.models import Correction, Evidence, Explanation, ScoreSheet, SheetVersion, Tier
from campaigns.scores.scoring import wording
from campaigns.scores.scoring.plan import Section, tiers_of
from campaigns.scores.sheets.counting import scores_of, sheet_totals

TONES = {"draft": "doing", "sent": "waiting", "opened": "doing", "returned": "late", "released": "done"}


@dataclass(frozen=True)
class Column:
    """A sheet as one column: which tier, whose desk, what it comes to."""

    sheet: ScoreSheet
    title: str
    desk: str
    total: str
    tone: str


@dataclass(frozen=True)
class Cell:
    """A score as the page shows it; `differs` where it is not what the column before says."""

    points: str
    working: tuple[str, ...] = ()
    reason: str = ""
    differs: bool = False
    counts: bool = False
    sheet: ScoreSheet | None = None


@dataclass(frozen=True)
class Line:
    """A row of the table: a section with its totals, or a criterion with its scores."""

    part: object
    depth: int
    is_section: bool
    maximum: str = ""
    cells: tuple = ()
    evidence: tuple = ()


@dataclass
class UnitScores:
    """All that one person may see of a unit's scores in a bloc's year."""

    bloc_year: object
    unit: object
    scores: object  # BlocScores of the sheets that may be seen
    columns: list = field(default_factory=list)
    evidence: dict = field(default_factory=dict)  # {criterion key: [Evidence]}

    @property
    def plan(self):
        return self.scores.plan

    @property
    def own(self):
        """The unit's own sheet, None where it is not begun or may not be seen."""
        return next((each.sheet for each in self.columns if each.sheet.tier == Tier.SELF), None)

    def lines(self):
        """The rows of the table, sections before what stands in them."""
        counting = self.scores.counting(self.unit.pk) if self.columns else {}
        totals = [
            sheet_totals(self.plan, each.sheet.tier, self.scores.results_of(each.sheet))
            for each in self.columns
        ]
        return list(self._lines(self.plan.sections, (), counting, totals))

    def total(self):
        """The unit's total by the figures that count, in words; empty where nothing counts yet."""
        found = self.scores.totals(self.unit.pk) if self.columns else None
        return points_in_words(found.total) if found else ""

    def _lines(self, parts, above, counting, totals):
        for part in parts:
            depth = len(above)
            if isinstance(part, Section):
                cells = [
                    self._subtotal(part, column, each)
                    for column, each in zip(self.columns, totals, strict=True)
                ]
                maximum = "" if part.maximum is None else wording.number(part.maximum)
                yield Line(part, depth, True, maximum, tuple(cells))
                yield from self._lines(part.parts, (*above, part), counting, totals)
            else:
                yield Line(
                    part,
                    depth,
                    False,
                    wording.number(part.maximum),
                    tuple(self._cells(part, above, counting)),
                    tuple(self.evidence.get(part.key, ())),
                )

    def _subtotal(self, section, column, totals):
        found = totals.sections.get(section.key)
        known = self.scores.scores.get(column.sheet.pk)
        return Cell(wording.number(found.points) if found and known else "")

    def _cells(self, criterion, above, counting):
        before, tiers = None, tiers_of(above)
        for column in self.columns:
            sheet = column.sheet
            score = self.scores.scores.get(sheet.pk, {}).get(criterion.key)
            if score is None:
                yield Cell("" if sheet.tier in tiers else "–")
                continue
            told = (score.points, score.not_applicable)
            counted = counting.get(criterion.key)
            yield Cell(
                points=_("không áp dụng") if score.not_applicable else wording.number(score.points),
                working=tuple(score.working.splitlines()),
                reason=score.reason_words,
                differs=before is not None and before != told,
                counts=counted is not None and counted[0] == sheet.tier and sheet.counts,
                sheet=sheet,
            )
            before = told


def unit_scores(bloc_year, unit, user):
    """What a person may see of a unit's scores, in a constant number of queries."""
    visible = ScoreSheet.objects.visible_to(user).filter(unit=unit)
    scores = scores_of([bloc_year], visible)[bloc_year.pk]
    found = UnitScores(bloc_year, unit, scores)
    for sheet in scores.sheets_of[unit.pk]:
        sheet.unit = unit
    found.columns = list(columns_of(scores.sheets_of[unit.pk]))
    if found.own:
        found.evidence = evidence_of(found.own, user)
    return found


def columns_of(sheets):
    """Sheets as columns in the order of their tiers; several units that checked are numbered, never named."""
    across = [each for each in sheets if each.checker_id]
    for sheet in sheets:
        title = sheet.get_tier_display()
        if sheet.checker_id and len(across) > 1:
            title = _("%(tier)s %(number)s") % {"tier": title, "number": across.index(sheet) + 1}
        total = "" if sheet.total is None else wording.number(sheet.total)
        yield Column(sheet, title, sheet.desk, total, TONES[sheet.state])


def evidence_of(sheet, user=None):
    """{criterion key: its evidence} of a sheet, without the bytes of files.

    Without a person, of a sheet that the caller has found to be visible.
    """
    known = (Evidence.objects.visible_to(user) if user else Evidence.objects).filter(sheet=sheet)
    found = {}
    for each in known.select_related("criterion", "file").defer("file__content").order_by("pk"):
        each.is_address = each.address.startswith(("https://", "http://"))
        each.named = [document_in_words(told) for told in each.documents]
        found.setdefault(each.criterion.key, []).append(each)
    return found


def document_in_words(told):
    """A document that a pasted text refers to: Công văn 05/UBND-TNMT ngày 05/01/2022."""
    words = f"{told['kind']} {told['number']}".strip()
    if not told["day"]:
        return words
    day = notation.day(date.fromisoformat(told["day"]))
    return _("%(document)s ngày %(day)s") % {"document": words, "day": day}


def versions_of(bloc_year, unit, user):
    """What a unit's sheets said when they were sent, released or opened again, newest first."""
    known = SheetVersion.objects.visible_to(user).filter(sheet__bloc_year=bloc_year, sheet__unit=unit)
    return list(known.select_related("sheet").defer("scores").order_by("-made_at", "-pk"))


def corrections_of(sheet, scores, plan):
    """[(correction, desk that asked, [(criterion, what is wrong, before, now)])] of a sheet, newest first."""
    keys = list(plan.criteria)
    known = Correction.objects.filter(sheet=sheet).select_related("asked_by__unit")
    known = known.prefetch_related("points__criterion", "asked_by__unit__states").order_by("-pk")
    day = sheet.bloc_year.year.last_day
    return [
        (
            each,
            each.asked_by.unit.name(day) if each.asked_by.unit else str(each.asked_by.title),
            [
                (plan.name_of(point.criterion), point.note, *_difference(each, point, scores))
                for point in sorted(each.points.all(), key=lambda point: keys.index(point.criterion.key))
            ],
        )
        for each in known
    ]


def _difference(correction, point, scores):
    """(points before the return, points now or as they were when it was closed) in words."""
    kept = correction.before.get(point.criterion.key)
    now = scores.get(point.criterion.key)
    return (
        given_in_words(kept["points"], kept["not_applicable"]) if kept else _("chưa chấm"),
        given_in_words(now.points, now.not_applicable) if now else _("chưa chấm"),
    )


def given_in_words(points, not_applicable):
    """What a criterion was given: its points, or that it does not apply."""
    return _("không áp dụng") if not_applicable else points_in_words(Decimal(points))


def explanations_of(bloc_year, unit, user):
    """The questions about a unit's scores that a person may see, those without an answer first."""
    known = Explanation.objects.visible_to(user).filter(sheet__bloc_year=bloc_year, sheet__unit=unit)
    known = list(known.select_related("sheet", "criterion").order_by("pk"))
    for each in known:
        each.sheet.bloc_year, each.sheet.unit = bloc_year, unit
    return sorted(known, key=lambda each: each.answered_at is not None)


def points_in_words(value):
    """Points as a page says them, in its reader's language: 33,6 điểm."""
    return _("%(points)s điểm") % {"points": wording.number(value)}


def progress_in_words(done, whole):
    """How many criteria have their points: 42/60 tiêu chí."""
    words = ngettext("%(done)s/%(whole)s tiêu chí", "%(done)s/%(whole)s tiêu chí", whole)
    return words % {"done": notation.number(done), "whole": notation.number(whole)}
