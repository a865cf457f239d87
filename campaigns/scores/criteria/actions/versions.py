"""Acts that follow a frozen set of criteria with a new version."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, advance, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear
from campaigns.scores.criteria.actions.carrying import Carrying
from campaigns.scores.criteria.actions.parts import Parts
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.sets import bloc_years_of, changed_criteria, content_of, touched_by
from campaigns.scores.models import ChosenCriteria, CriteriaSet, ScoreSheet
from campaigns.scores.permissions import may_keep_criteria
from campaigns.scores.states import CRITERIA


@act(
    "criteria.begin-version",
    gettext_lazy("Lập phiên bản mới của bộ tiêu chí"),
    any_day="a draft is written at any time, then frozen",
)
def begin_version(*, criteria_set, reason, by, paper=None):
    """Begin the next version of a frozen set: a draft that says the same, with the reason for the change."""
    criteria_set = CriteriaSet.objects.locked(criteria_set.pk)
    post = require(may_keep_criteria(by, criteria_set, timezone.localdate()))
    if not criteria_set.is_frozen:
        refuse(_("Bộ tiêu chí còn là dự thảo: cứ sửa trực tiếp, không cần phiên bản mới."))
    if CriteriaSet.objects.filter(previous=criteria_set).exists():
        refuse(_("Bộ tiêu chí này đã có phiên bản sau. Hãy sửa phiên bản đó."))
    if not reason.strip():
        refuse(_("Hãy ghi lý do sửa đổi bộ tiêu chí."))
    content = content_of(criteria_set)
    draft = CriteriaSet(
        year=criteria_set.year,
        bloc=criteria_set.bloc,
        number=criteria_set.number + 1,
        previous=criteria_set,
        reason=reason.strip(),
    )
    parts = Parts(draft)
    parts.take_fields(content)
    draft.save()
    parts.fill(content.plan, content.beside)
    after = {"previous": criteria_set, "number": draft.number}
    record(draft, by=by, post=post, after=after, reason=reason, paper=paper)
    return draft


@act(
    "criteria.adopt-version",
    gettext_lazy("Áp dụng phiên bản mới của bộ tiêu chí"),
    any_day="a bloc needs criteria as long as its year is open",
)
def adopt_version(*, criteria_set, by, reason="", paper=None):
    """Freeze a new version and move the blocs that use the one before, with their scores, to it.

    Scores of criteria that did not change stay; of changed ones they are worked out anew from the same
    figures, or wait for an answer where the questions changed. What a sheet said stays as its version.
    """
    criteria_set = CriteriaSet.objects.locked(criteria_set.pk)
    previous = criteria_set.previous
    if previous is None:
        refuse(_("Đây là phiên bản đầu: hãy ban hành bộ tiêu chí."))
    using = bloc_years_of(previous).order_by("pk")
    for bloc_year in using:
        BlocYear.objects.locked(bloc_year.pk, no_key=True)
    moved = list(using.all())  # some may have changed their set while this waited
    sheets = ScoreSheet.objects.select_for_update(of=("self",)).filter(bloc_year__in=moved)
    locked = list(sheets.order_by("pk"))
    touched = {each.sheet.pk: each for each in touched_by(criteria_set)}
    advance(
        CRITERIA,
        criteria_set,
        "freeze",
        by=by,
        reason=reason or criteria_set.reason,
        paper=paper,
        frozen_on=timezone.localdate(),
        also={
            "given_to": [str(each) for each in moved],
            "touched": [
                {"sheet": key, "changed": each.changed, "added": each.added, "before": each.said()}
                for key, each in touched.items()
            ],
        },
    )
    for bloc_year in moved:
        ChosenCriteria.objects.choose(bloc_year, criteria_set)
        bloc_year.save()
    before, after = plan_of(previous), plan_of(criteria_set)
    Carrying(criteria_set, after, changed_criteria(before, after)).carry(locked, set(touched))
    return criteria_set
