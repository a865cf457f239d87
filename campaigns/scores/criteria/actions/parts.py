"""The rows of a set of criteria, made from what it says."""

from campaigns.scores.criteria.files import Beside
from campaigns.scores.models import CriteriaSection, Criterion, Measure
from campaigns.scores.scoring.plan import Section


class Parts:
    """The fields and rows of a set, filled with what a content says."""

    def __init__(self, criteria_set):
        self.criteria_set = criteria_set

    def take_fields(self, content):
        """Put the fields that a content says of the whole set into it, not yet saved."""
        self.take_plan_fields(content.plan)
        self.criteria_set.name = content.plan.name
        for name in ("check_mode", "checkers", "reference", "issued_on", "note"):
            setattr(self.criteria_set, name, getattr(content, name))

    def take_plan_fields(self, plan):
        """Put what a plan says of the whole set into it, not yet saved."""
        kept = self.criteria_set
        kept.digits, kept.bonus_cap, kept.na_policy = plan.digits, plan.bonus_cap, plan.na_policy
        kept.deduction_share, kept.class_section = plan.deduction_share, plan.class_section
        kept.scale = kept.scale if plan.maximum is None else plan.maximum
        kept.tie_breaks = [
            {"kind": each.kind} | ({"section": each.section} if each.section else {})
            for each in plan.tie_breaks
        ]

    def fill(self, plan, beside):
        """Make the rows of a plan in a set that has none; `beside` is what stands beside them by key."""
        criteria = []
        self._sections(None, plan.sections, beside, criteria)
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

    def _sections(self, parent, parts, beside, criteria):
        """Save the sections among the parts; gather the criteria, which hang from them."""
        for place, part in enumerate(parts, start=1):
            said = beside.get(part.key, Beside())
            if not isinstance(part, Section):
                criteria.append((self._criterion(parent, place, part, said), part))
                continue
            section = CriteriaSection.objects.create(
                criteria_set=self.criteria_set,
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
            self._sections(section, part.parts, beside, criteria)

    def _criterion(self, section, place, part, said):
        return Criterion(
            criteria_set=self.criteria_set,
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
