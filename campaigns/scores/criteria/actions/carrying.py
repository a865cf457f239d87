"""Carries scored sheets from one version of the criteria to the next."""

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.scores.models import (
    Correction,
    CorrectionPoint,
    Evidence,
    Explanation,
    Score,
    ScoreSheet,
    SheetVersion,
    Tier,
)
from campaigns.scores.scoring.plan import FigureFault
from campaigns.scores.scoring.score import score as work_out
from campaigns.scores.scoring.score import stated
from campaigns.scores.sheets.among import among
from campaigns.scores.sheets.counting import keep_result, keep_totals, result_of, snapshot

State = ScoreSheet.State


class Carrying:
    """A new version of the criteria, to which locked sheets are moved with their scores."""

    def __init__(self, criteria_set, plan, changed):
        self.criteria_set, self.plan, self.changed = criteria_set, plan, changed
        self.criteria = {each.key: each for each in criteria_set.criteria.all()}

    def carry(self, sheets, touched):
        """Move sheets to the version; `touched` are the keys of those that it changes."""
        for sheet in sheets:
            scores = list(sheet.scores.select_related("criterion"))
            if sheet.pk in touched:
                self._keep_version(sheet, scores)
                if sheet.state == State.RELEASED:
                    sheet.move_to(State.DRAFT)
                scores = [each for each in scores if self._rework(each)]
            self._follow(sheet, scores)
            self._carry_typed(sheet)

    def _keep_version(self, sheet, scores):
        """Keep what was said to others: a released sheet, unless it is kept already, and a unit's own."""
        if sheet.tier == Tier.SELF:
            sheet.number += 1
        elif sheet.state != State.RELEASED or sheet.versions.filter(number=sheet.number).exists():
            return
        SheetVersion.objects.create(
            sheet=sheet,
            number=sheet.number,
            made_at=timezone.now(),
            total=sheet.total,
            scores=snapshot(scores),
            criteria_set=sheet.criteria_set,
            reason=self.criteria_set.reason,
        )

    def _rework(self, score):
        """Work a score out anew where its criterion changed; False where no answer is left: it is gone."""
        key = score.criterion.key
        if key in self.criteria and key not in self.changed:
            return True
        try:
            if key not in self.criteria:
                raise FigureFault("", "criterion", _("Tiêu chí không còn trong bộ tiêu chí."))
            keep_result(score, self._result(score, self.plan.criteria[key]))
        except FigureFault:
            score.delete()
            return False
        score.criterion = self.criteria[key]
        score.save()
        return True

    def _result(self, score, criterion):
        digits, year = self.plan.digits, self.criteria_set.year
        if score.stated:
            return stated(criterion, score.points, digits=digits)
        return work_out(
            criterion,
            score.figures,
            digits=digits,
            first_day=year.first_day,
            last_day=year.last_day,
            not_applicable=score.not_applicable,
            others=among({score.sheet.bloc_year_id: self.plan}).beside(score.sheet, criterion.key),
            settled=False,
        )

    def _follow(self, sheet, scores):
        """Let a sheet and what hangs from it belong to the new version."""
        for score in scores:
            score.criterion = self.criteria[score.criterion.key]
        Score.objects.bulk_update(scores, ["criterion"])
        for rows in (
            CorrectionPoint.objects.filter(correction__sheet=sheet),
            Explanation.objects.filter(sheet=sheet),
            Evidence.objects.filter(sheet=sheet),
        ):
            self._follow_rows(rows)
        sheet.criteria_set = self.criteria_set
        found = keep_totals(sheet, self.plan, {each.criterion.key: result_of(each) for each in scores})
        if sheet.tier == Tier.SELF and found.missing:
            self._ask_again(sheet, found.missing)
        sheet.save()

    def _carry_typed(self, sheet):
        """Take along what is typed into a sheet that was returned."""
        typed = list(sheet.corrected.select_related("criterion"))
        for each in typed:
            if self._rework(each):
                each.criterion = self.criteria[each.criterion.key]
                each.save()

    def _follow_rows(self, rows):
        """What hangs from a criterion that is gone stays with the version that had it."""
        rows = [row for row in rows.select_related("criterion") if row.criterion.key in self.criteria]
        for row in rows:
            row.criterion = self.criteria[row.criterion.key]
        if rows:
            type(rows[0]).objects.bulk_update(rows, ["criterion"])

    def _ask_again(self, sheet, missing):
        """A unit's own sheet that lacks points is its own to fill again, also while it is being corrected."""
        if sheet.state in (State.SENT, State.OPENED):
            sheet.state = State.DRAFT
        elif sheet.state == State.RETURNED:
            correction = Correction.objects.get(sheet=sheet, closed_at=None)
            named = set(correction.points.values_list("criterion__key", flat=True))
            CorrectionPoint.objects.bulk_create(
                CorrectionPoint(
                    correction=correction, criterion=self.criteria[key], note=_("Bộ tiêu chí đã sửa đổi")
                )
                for key in missing
                if key not in named
            )
