"""A bloc's year with scores of several tiers in each state, all made up."""

from datetime import datetime

from django.utils import timezone

from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import Score, ScoreSheet
from campaigns.scores.scoring.score import score
from campaigns.scores.sheets.counting import keep_result, sheet_totals
from tests import factories as make
from tests.factories import FIGURES, frozen_set
from tests.factories.year import choose

AT = timezone.make_aware(datetime(2020, 11, 20, 9, 30))


def set_of(bloc_year, **fields):
    """Give the bloc's year the small frozen set."""
    choose(bloc_year, frozen_set(bloc_year.year, reference="12/HD-BM", **fields))
    return chosen_set(bloc_year)


def sheet_of(bloc_year, unit, tier="self", state=None, *, figures=None, reasons=None, **fields):
    """A whole sheet of a tier in a state; `figures` and `reasons` are those that differ, by criterion."""
    criteria_set = chosen_set(bloc_year)
    plan = plan_of(criteria_set)
    sheet = make.ScoreSheetFactory(
        bloc_year=bloc_year, unit=unit, tier=tier, criteria_set=criteria_set, **fields
    )
    results = {}
    for row in criteria_set.criteria.order_by("place"):
        told = {**FIGURES, **(figures or {})}[row.key]
        if told is None:
            continue
        results[row.key] = score(plan.criteria[row.key], told, digits=2)
        kept = Score(
            sheet=sheet, criterion=row, figures=told, reason=(reasons or {}).get(row.key, ""), saved_at=AT
        )
        keep_result(kept, results[row.key]).save()
    totals = sheet_totals(plan, tier, results)
    moved = {"total": totals.total, "is_complete": not totals.missing}
    state = state or ("sent" if tier == "self" else "released")
    if state == "released":
        moved |= {"released_at": AT, "number": 1}
    elif state != "draft":
        moved |= {"sent_at": AT}
    ScoreSheet.objects.filter(pk=sheet.pk).update(state=state, **moved)
    sheet.refresh_from_db()
    return sheet
