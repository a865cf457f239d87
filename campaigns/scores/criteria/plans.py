"""Criteria sets as the scoring knows them: read from their rows, many at a time.

A frozen set is kept in the process by its key, with its rows: the database refuses any change of it. A draft
never is.
"""

from collections import defaultdict
from typing import NamedTuple

from django.db import connection

from campaigns.scores.models import CriteriaSection, CriteriaSet, Criterion, Measure, Tier
from campaigns.scores.scoring import plan

MOST_KEPT = 50  # sets in one process: a year has one or a few
_kept = {}  # {key of a frozen set: its Content}, oldest first


class Content(NamedTuple):
    """What a set holds: its plan, and {key: criterion} as stored, which nobody may change."""

    plan: plan.Plan
    rows: dict


def plan_of(criteria_set):
    """The plan of one set."""
    return _contents_of([criteria_set])[criteria_set.pk].plan


def rows_of(criteria_set):
    """{key: criterion} of one set as stored, to be read only."""
    return _contents_of([criteria_set])[criteria_set.pk].rows


def tiers_of_set(known):
    """The tiers that score any of a plan's criteria, in their order."""
    return [tier for tier in Tier if plan.of_tier(known, tier).sections]


def plans_of(criteria_sets):
    """{set key: plan} in three queries for one set and for many; in none where they are kept."""
    return {key: content.plan for key, content in _contents_of(criteria_sets).items()}


def forget():
    """Keep none of them any more: for a process whose database was put in the place of another."""
    _kept.clear()


def _contents_of(criteria_sets):
    criteria_sets = list(criteria_sets)
    kept = {each.pk: _kept.get(each.pk) for each in criteria_sets if each.is_frozen}
    found = {key: content for key, content in kept.items() if content}
    if unknown := [each for each in criteria_sets if each.pk not in found]:
        frozen = _surely_frozen(unknown)
        made = _read([frozen.get(each.pk, each) for each in unknown])
        for key in frozen:
            _kept[key] = made[key]
        for key in list(_kept)[:-MOST_KEPT]:  # threads share it: another may have dropped it already
            _kept.pop(key, None)
        found |= made
    return found


def _surely_frozen(criteria_sets):
    """{key: set} of those that are frozen for good, as the database has them.

    It is asked before the parts are read, and outside of any transaction: what this one has frozen itself may
    yet be a draft again.
    """
    frozen = [each.pk for each in criteria_sets if each.is_frozen]
    if not frozen or connection.in_atomic_block:
        return {}
    return CriteriaSet.objects.filter(state=CriteriaSet.State.FROZEN).in_bulk(frozen)


def _read(criteria_sets):
    """{set key: its content} as the rows say now."""
    measures, criteria, sections = defaultdict(list), defaultdict(list), defaultdict(list)
    rows = defaultdict(dict)
    for measure in Measure.objects.filter(criterion__criteria_set__in=criteria_sets).order_by("place", "pk"):
        measures[measure.criterion_id].append(_measure(measure))
    for criterion in Criterion.objects.filter(criteria_set__in=criteria_sets).order_by("place", "pk"):
        part = criterion.place, 1, criterion.pk, _criterion(criterion, measures[criterion.pk])
        criteria[criterion.section_id].append(part)
        rows[criterion.criteria_set_id][criterion.key] = criterion
    for section in CriteriaSection.objects.filter(criteria_set__in=criteria_sets).order_by("place", "pk"):
        sections[section.criteria_set_id, section.parent_id].append(section)
    return {each.pk: Content(_plan(each, criteria, sections), rows[each.pk]) for each in criteria_sets}


def tie_breaks_of(criteria_set):
    """The tie-breaks of a set, as its field keeps them."""
    return tuple(plan.TieBreak(each["kind"], each.get("section", "")) for each in criteria_set.tie_breaks)


def _plan(criteria_set, criteria, sections):
    return plan.Plan(
        name=criteria_set.name,
        sections=_sections(criteria_set.pk, None, criteria, sections),
        digits=criteria_set.digits,
        maximum=criteria_set.scale,
        bonus_cap=criteria_set.bonus_cap,
        na_policy=criteria_set.na_policy,
        tie_breaks=tie_breaks_of(criteria_set),
        deduction_share=criteria_set.deduction_share,
        class_section=criteria_set.class_section,
    )


def _sections(criteria_set, parent, criteria, sections):
    return tuple(
        _section(section, criteria, sections) for section in sections[criteria_set, parent and parent.pk]
    )


def _section(section, criteria, sections):
    """A section with its criteria and the sections in it, mixed as their places say."""
    inner = [
        (each.place, 0, each.pk, _section(each, criteria, sections))
        for each in sections[section.criteria_set_id, section.pk]
    ]
    parts = sorted([*criteria[section.pk], *inner], key=lambda part: part[:3])
    return plan.Section(
        key=section.key,
        code=section.code,
        title=section.title,
        parts=tuple(part for *_place, part in parts),
        maximum=section.maximum,
        bonus_cap=section.bonus_cap,
        deduction_cap=section.deduction_cap,
        tiers=tuple(section.tiers),
        counting_tier=section.counting_tier,
    )


def _criterion(criterion, measures):
    return plan.Criterion(
        key=criterion.key,
        code=criterion.code,
        text=criterion.text,
        maximum=criterion.maximum,
        measures=tuple(measures),
        starts=criterion.starts,
        lowest=criterion.lowest,
        bonus_cap=criterion.bonus_cap,
        deduction_cap=criterion.deduction_cap,
        may_be_not_applicable=criterion.may_be_not_applicable,
    )


def _measure(measure):
    return plan.Measure(
        key=measure.key,
        kind=measure.kind,
        effect=measure.effect,
        code=measure.code,
        text=measure.text,
        points=measure.points,
        cap=measure.cap,
        settings=measure.settings,
        excludes_from_flags=measure.excludes_from_flags,
        disqualifies=measure.disqualifies,
    )
