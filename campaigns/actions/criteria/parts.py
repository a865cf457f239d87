"""The rows of a set of criteria, made from what it says."""

from campaigns.criteria_files import Beside
from campaigns.models import CriteriaSection, Criterion, Measure
from campaigns.scoring.plan import Section


def take_fields(criteria_set, content):
    """Put the fields that a content says of the whole set into it, not yet saved."""
    plan = content.plan
    criteria_set.name = plan.name
    take_plan_fields(criteria_set, plan)
    criteria_set.check_mode, criteria_set.checkers = content.check_mode, content.checkers
    criteria_set.reference, criteria_set.issued_on = content.reference, content.issued_on
    criteria_set.note = content.note


def take_plan_fields(criteria_set, plan):
    """Put what a plan says of the whole set into it, not yet saved."""
    criteria_set.digits, criteria_set.bonus_cap = plan.digits, plan.bonus_cap
    criteria_set.na_policy = plan.na_policy
    criteria_set.scale = criteria_set.scale if plan.maximum is None else plan.maximum
    criteria_set.tie_breaks = [
        {"kind": each.kind} | ({"section": each.section} if each.section else {}) for each in plan.tie_breaks
    ]


def fill(criteria_set, plan, beside):
    """Make the rows of a plan in a set that has none."""
    criteria = []
    _sections(criteria_set, None, plan.sections, beside, criteria)
    Criterion.objects.bulk_create(row for row, _part in criteria)
    Measure.objects.bulk_create(
        Measure(
            criterion=row,
            place=place,
            key=each.key,
            kind=each.kind,
            effect=each.effect,
            code=each.code,
            text=each.text,
            points=each.points,
            cap=each.cap,
            settings=dict(each.settings),
            excludes_from_flags=each.excludes_from_flags,
            disqualifies=each.disqualifies,
        )
        for row, part in criteria
        for place, each in enumerate(part.measures, start=1)
    )


def _sections(criteria_set, parent, parts, beside, criteria):
    """Save the sections among the parts; gather the criteria, which hang from them."""
    for place, part in enumerate(parts, start=1):
        said = beside.get(part.key, Beside())
        if not isinstance(part, Section):
            criteria.append((_criterion(criteria_set, parent, place, part, said), part))
            continue
        section = CriteriaSection.objects.create(
            criteria_set=criteria_set,
            parent=parent,
            place=place,
            key=part.key,
            code=part.code,
            title=part.title,
            maximum=part.maximum,
            bonus_cap=part.bonus_cap,
            deduction_cap=part.deduction_cap,
            tiers=list(part.tiers),
            counting_tier=part.counting_tier,
            assessor=said.assessor,
        )
        _sections(criteria_set, section, part.parts, beside, criteria)


def _criterion(criteria_set, section, place, part, said):
    return Criterion(
        criteria_set=criteria_set,
        section=section,
        place=place,
        key=part.key,
        code=part.code,
        text=part.text,
        maximum=part.maximum,
        starts=part.starts,
        lowest=part.lowest,
        bonus_cap=part.bonus_cap,
        deduction_cap=part.deduction_cap,
        may_be_not_applicable=part.may_be_not_applicable,
        assessor=said.assessor,
        needs_evidence=said.needs_evidence,
        note=said.note,
    )
