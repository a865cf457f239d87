"""The act that makes the demonstration ministry."""

from collections import Counter
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.models import Post, Unit
from blocs.permissions import refuse, require
from campaigns.models import BlocYear
from campaigns.scores.criteria.actions.parts import Parts
from campaigns.scores.criteria.files import read_shipped
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import (
    ChosenCriteria,
    Correction,
    CorrectionPoint,
    CriteriaSet,
    Evidence,
    Explanation,
    Inspection,
    InspectionMember,
    KnownResult,
    Ranking,
    Score,
    ScoreSheet,
    SheetVersion,
)
from campaigns.scores.rankings.making import make
from reports.ministry import build, scores
from reports.ministry.building import words
from reports.permissions import may_make_demo_ministry

Role, State = Post.Role, Ranking.State
# Kinds of rows of scores in the order in which they depend on each other.
ORDER = [
    ScoreSheet,
    Score,
    KnownResult,
    Inspection,
    InspectionMember,
    Correction,
    CorrectionPoint,
    Evidence,
    Explanation,
]


@act(
    "ministry.make-demo",
    gettext_lazy("Lập bộ minh hoạ"),
    any_day="loads past years and made-up ones, by command",
)
def make_demo_ministry(*, seed, by):
    """Make a whole ministry that does not exist, with this year and the last; {model: number of rows}.

    Only where no unit is known: it never stands beside a real ministry.
    """
    today = timezone.localdate()
    post = require(may_make_demo_ministry(by, None, today))
    if Unit.objects.select_for_update().exists():
        refuse(_("Chỉ lập bộ minh hoạ trên cơ sở dữ liệu chưa có đơn vị nào."))
    builder, groups = build(seed, today.year)
    made = builder.rows
    _save(made)
    _add_scores(builder, groups)
    counts = {
        str(model._meta.verbose_name): number
        for model, number in Counter(map(type, made)).items()
        if not model._meta.auto_created
    }
    root = next(row for row in made if isinstance(row, Unit) and row.is_root)
    record(root, by=by, post=post, after={"seed": seed, "year": today.year, "rows": counts})
    return counts


def _save(rows):
    """Save rows in their order, those of a kind that follow each other at once."""
    for model, batch in groupby(rows, key=type):
        if "save" in vars(model):  # which makes the keys by which the rows are sorted and found
            for row in batch:
                row.save()
        else:
            model._default_manager.bulk_create(batch)


def _add_scores(builder, groups):
    """Criteria of both years, sheets in all states, rankings; the builder's rows grow by them."""
    first = len(builder.rows)
    before = _freeze_criteria([groups[place].before for place in scores.RANKED_BEFORE])
    now = _freeze_criteria([group.now for group in groups])
    scored = scores.build(builder, groups, before, now)
    made = sorted(builder.rows[first:], key=lambda row: ORDER.index(type(row)))
    _save(made)
    _move(scored.sheets)
    SheetVersion.objects.bulk_create(scores.versions(scored))
    for place in scores.RANKED_BEFORE:
        _rank(groups[place].before, groups[place].leads_before, State.RELEASED, scored.posts)
    _rank(groups[scores.CHECKED].now, groups[scores.CHECKED].leads, State.DRAFT, scored.posts)


def _freeze_criteria(bloc_years):
    """The shipped set, frozen for a year and given to these bloc-years."""
    content, year = read_shipped(words()["scores"]["criteria"]), bloc_years[0].year
    criteria_set = CriteriaSet(year=year)
    Parts(criteria_set).take_fields(content)
    criteria_set.save()
    Parts(criteria_set).fill(content.plan, content.beside)
    criteria_set.frozen_on = year.first_day
    criteria_set.move_to(CriteriaSet.State.FROZEN)
    ChosenCriteria.objects.bulk_create(
        ChosenCriteria(bloc_year=each, criteria_set=criteria_set) for each in bloc_years
    )
    rows = {row.key: row for row in criteria_set.criteria.order_by("section__place", "place")}
    return scores.Criteria(plan_of(criteria_set), rows)


def _move(kept):
    """Bring sheets to their states, now that their scores are in."""
    for each in kept:
        for name, value in each.fields.items():
            setattr(each.sheet, name, value)
    names = ["state", "total", "is_complete", "sent_at", "opened_at", "released_at", "number"]
    ScoreSheet.objects.bulk_update([each.sheet for each in kept], names, batch_size=200)


def _rank(bloc_year, leads, state, posts):
    """The ranking of a bloc by what counts."""
    made = make(BlocYear.objects.select_related("year", "bloc").get(pk=bloc_year.pk))
    reasons = "; ".join(made.reasons)
    now = timezone.now()
    Ranking.objects.create(
        bloc_year=bloc_year,
        state=state,
        rows=made.rows,
        tie_words=made.tie_words,
        is_provisional=bool(reasons),
        provisional_reason=reasons,
        made_at=now,
        made_by=posts[leads.unit.code, Role.SECRETARY],
        released_at=now if state == State.RELEASED else None,
    )
