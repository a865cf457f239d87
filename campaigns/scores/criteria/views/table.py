"""A set of criteria as officials' table: a row for each section, criterion and measure, and its faults."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.views.finding import address, address_of
from campaigns.scores.criteria.words import conditions_in_words, in_words, points_in_words
from campaigns.scores.models import Tier
from campaigns.scores.scoring import wording
from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.plan import BASE, BONUS, DEDUCTION, FULL, Section


@dataclass(frozen=True)
class Row:
    """A row of the table; `points` are those of each column, `faults` what is wrong there."""

    kind: str
    level: int
    code: str
    text: str
    base: str = ""
    bonus: str = ""
    deduction: str = ""
    how: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    address: str = ""
    pk: int = 0
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """The rows of a set, its faults with the way to where each is mended, and the parts by their keys."""

    plan: object
    rows: list
    faults: list


def shown(criteria_set):
    """The table of a set in a constant number of queries."""
    plan = plan_of(criteria_set)
    parts = _parts(criteria_set)
    faults = faults_of(plan)
    told = {}
    for fault in faults:
        told.setdefault(fault.key, []).append(fault.words)
    table = _Table(parts, told)
    for section in plan.sections:
        table.section(section, 0)
    return Shown(
        plan, table.rows, [(fault.words, _where(criteria_set, fault.key, parts)) for fault in faults]
    )


def _parts(criteria_set):
    """{key of a section or criterion, "criterion/measure": row}."""
    found = {}
    for section in criteria_set.sections.all():
        section.criteria_set = criteria_set
        found[section.key] = section
    for criterion in criteria_set.criteria.prefetch_related("measures"):
        criterion.criteria_set = criteria_set
        found[criterion.key] = criterion
        for measure in criterion.measures.all():
            measure.criterion = criterion
            found[f"{criterion.key}/{measure.key}"] = measure
    return found


def _where(criteria_set, key, parts):
    """(the name of the part that has a fault, where it is mended)."""
    part = parts.get(key)
    if part is None:
        return _("Thông tin chung"), address("fields", criteria_set)
    return str(part), address_of(part)


class _Table:
    def __init__(self, parts, told):
        self.parts, self.told, self.rows = parts, told, []

    def section(self, section, level):
        row = self.parts[section.key]
        self._add(
            "section",
            row,
            section.key,
            level,
            section.code,
            section.title,
            **_section_points(section),
            who=_who(row),
        )
        for part in section.parts:
            if isinstance(part, Section):
                self.section(part, level + 1)
            else:
                self.criterion(part, level + 1)

    def criterion(self, criterion, level):
        row = self.parts[criterion.key]
        self._add(
            "criterion",
            row,
            criterion.key,
            level,
            criterion.code,
            criterion.text,
            base=_full(criterion.maximum),
            bonus=_at_most(criterion.bonus_cap),
            deduction=_at_most(criterion.deduction_cap),
            how=_begins(row, criterion),
            who=_who(row),
        )
        for measure in criterion.measures:
            key = f"{criterion.key}/{measure.key}"
            sound = not self.told.get(key) and not self.told.get(criterion.key)
            points = points_in_words(measure, criterion)
            self._add(
                "measure",
                self.parts[key],
                key,
                level + 1,
                measure.code,
                measure.text,
                base=points if measure.effect == BASE else "",
                bonus=points if measure.effect == BONUS else "",
                deduction=points if measure.effect == DEDUCTION else "",
                how=_how(measure, criterion) if sound else (),
            )

    def _add(self, kind, part, key, level, code, text, **told):
        faults = tuple(self.told.get(key, ()))
        self.rows.append(
            Row(kind, level, code, text, address=address_of(part), pk=part.pk, faults=faults, **told)
        )


def _how(measure, criterion):
    words = (in_words(measure, criterion), conditions_in_words(measure, criterion))
    return tuple(each for each in words if each)


def _section_points(section):
    return {
        "base": _full(section.maximum),
        "bonus": _at_most(section.bonus_cap),
        "deduction": _at_most(section.deduction_cap),
    }


def _full(maximum):
    """Full points; nothing stands where a part only gives or takes."""
    return wording.number(maximum) if maximum else ""


def _at_most(cap):
    return "" if cap is None else _("tối đa %(points)s") % {"points": wording.number(cap)}


def _begins(row, criterion):
    said = []
    if criterion.starts == FULL:
        said.append(_("có sẵn điểm chuẩn, trừ dần theo trường hợp"))
    if criterion.lowest is None:
        said.append(_("điểm có thể âm"))
    if criterion.may_be_not_applicable:
        said.append(_("có thể không áp dụng"))
    if row.needs_evidence:
        said.append(_("cần minh chứng"))
    return (*said, *([row.note] if row.note else []))


def _who(row):
    """Who scores there, whose figure counts, who assesses."""
    said = []
    if tiers := getattr(row, "tiers", None):
        names = dict(Tier.choices)
        said.append(_("chấm: %(tiers)s") % {"tiers": ", ".join(str(names[tier]) for tier in tiers)})
    if getattr(row, "counting_tier", ""):
        said.append(_("tính điểm của: %(tier)s") % {"tier": row.get_counting_tier_display()})
    if row.assessor:
        said.append(_("đánh giá: %(assessor)s") % {"assessor": row.assessor})
    return tuple(said)
