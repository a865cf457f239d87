"""Sets of criteria as a whole: what one says, and whose scores a new version touches."""

from dataclasses import dataclass, replace

from campaigns.models import BlocYear
from campaigns.scores.criteria.files import Beside, Content
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import CriteriaSection, Criterion, Measure, ScoreSheet
from campaigns.scores.scoring import plan
from campaigns.scores.sheets.counting import snapshot


def content_of(criteria_set):
    """All that a set says, as its file does."""
    beside = {
        section.key: Beside(assessor=section.assessor)
        for section in CriteriaSection.objects.filter(criteria_set=criteria_set).exclude(assessor="")
    }
    for criterion in Criterion.objects.filter(criteria_set=criteria_set):
        said = Beside(criterion.assessor, criterion.needs_evidence, criterion.note)
        if said != Beside():
            beside[criterion.key] = said
    return Content(
        plan=plan_of(criteria_set),
        beside=beside,
        check_mode=criteria_set.check_mode,
        checkers=criteria_set.checkers,
        reference=criteria_set.reference,
        issued_on=criteria_set.issued_on,
        note=criteria_set.note,
    )


def neighbours(part):
    """The parts that stand beside one, in order: sections and criteria of a section stand mixed."""
    if isinstance(part, Measure):
        return list(part.criterion.measures.order_by("place", "pk"))
    parent = part.section if isinstance(part, Criterion) else part.parent
    if parent is None:
        return list(part.criteria_set.sections.filter(parent=None).order_by("place", "pk"))
    beside = [(each.place, 0, each.pk, each) for each in parent.children.all()]
    beside += [(each.place, 1, each.pk, each) for each in parent.criteria.all()]
    return [each for *_place, each in sorted(beside, key=lambda entry: entry[:3])]


def changed_criteria(before, after):
    """The keys of criteria whose points come about otherwise in a later plan; those that are gone are none.

    Words may change without touching a score; the number of decimals touches all.
    """
    if before.digits != after.digits:
        return set(after.criteria)
    known = {key: _weighing(criterion) for key, criterion in before.criteria.items()}
    return {
        key
        for key, criterion in after.criteria.items()
        if key in known and known[key] != _weighing(criterion)
    }


def _weighing(criterion):
    """A criterion without the words that are only read."""
    measures = tuple(
        replace(measure, code="", text="" if _is_silent(measure) else measure.text)
        for measure in criterion.measures
        if measure.kind != "note"
    )
    return replace(criterion, code="", text="", measures=measures)


def _is_silent(measure):
    """Whether a measure's words are never kept with a score: those that exclude are."""
    return not (measure.disqualifies or measure.excludes_from_flags or measure.kind == "disqualification")


@dataclass(frozen=True)
class Touched:
    """What a new version does to a sheet that has scores: criteria worked out anew, gone or to be added."""

    sheet: ScoreSheet
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    added: tuple[str, ...]

    def said(self):
        """What the sheet says of the criteria that change or go."""
        keys = {*self.changed, *self.gone}
        return snapshot(score for score in self.sheet.scores.all() if score.criterion.key in keys)


def touched_by(criteria_set):
    """The sheets with scores whose words a new version changes, in a constant number of queries."""
    before, after = plan_of(criteria_set.previous), plan_of(criteria_set)
    changed = changed_criteria(before, after)
    sheets = ScoreSheet.objects.filter(
        bloc_year__in=bloc_years_of(criteria_set.previous), criteria_set=criteria_set.previous
    )
    sheets = sheets.select_related("bloc_year__bloc", "bloc_year__year", "unit", "checker")
    sheets = sheets.prefetch_related("unit__states", "scores__criterion")
    order = ("bloc_year__bloc__place", "bloc_year", "unit__decree_place", "unit", "tier", "pk")
    found = (_touched(sheet, changed, before, after) for sheet in sheets.order_by(*order))
    return [each for each in found if each is not None]


def bloc_years_of(criteria_set):
    """The bloc-years that use a set and are not closed."""
    return BlocYear.objects.filter(chosen_criteria__criteria_set=criteria_set, closed_on=None)


def _touched(sheet, changed, before, after):
    scored = {score.criterion.key for score in sheet.scores.all()}
    if not scored:
        return None
    known, wanted = plan.of_tier(before, sheet.tier).criteria, plan.of_tier(after, sheet.tier).criteria
    found = Touched(
        sheet=sheet,
        changed=tuple(key for key in after.criteria if key in changed & scored),
        gone=tuple(key for key in before.criteria if key in scored and key not in after.criteria),
        added=tuple(key for key in wanted if key not in known),
    )
    return found if found.changed or found.gone or found.added else None
