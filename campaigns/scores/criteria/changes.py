"""What changed between two sets of criteria, part by part, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.scores.criteria.files import Beside
from campaigns.scores.criteria.words import conditions_in_words, in_words
from campaigns.scores.models import CriteriaSet, Criterion, Measure, Tier
from campaigns.scores.scoring import wording
from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.plan import Section
from campaigns.scores.scoring.ranking import in_words as tie_breaks_in_words

ADDED, GONE, CHANGED = "added", "gone", "changed"


@dataclass(frozen=True)
class Change:
    """A part that was added, is gone or says something else: [(what, before, after)]."""

    kind: str
    name: str
    told: tuple[tuple[str, str, str], ...] = ()


def changes(before, after):
    """The changes between two contents: of the whole set, then part by part in the order of the later one."""
    old, new = _described(before), _described(after)
    found = []
    for key, (name, told) in new.items():
        if key not in old:
            found.append(
                Change(ADDED, name, tuple((what, "", words) for what, words in told.items() if words))
            )
        elif differing := _differing(old[key][1], told):
            found.append(Change(CHANGED, name, differing))
    gone = [Change(GONE, name) for key, (name, _told) in old.items() if key not in new]
    return [*found, *gone]


def _differing(before, after):
    order = [*after, *(what for what in before if what not in after)]
    return tuple(
        (what, before.get(what, ""), after.get(what, ""))
        for what in order
        if before.get(what, "") != after.get(what, "")
    )


def _described(content):
    """{path of keys: (name of the part, {what: words})}."""
    plan = content.plan
    found = {(): (_("Thông tin chung"), _of_set(content))}
    unsound = {fault.key for fault in faults_of(plan)}
    for section in plan.sections:
        _describe(section, content.beside, unsound, found)
    return found


def _describe(part, beside, unsound, found):
    said = beside.get(part.key, Beside())
    if isinstance(part, Section):
        found["section", part.key] = (_name(part.code, part.title), _of_section(part, said))
        for each in part.parts:
            _describe(each, beside, unsound, found)
        return
    found["criterion", part.key] = (_name(part.code, part.text), _of_criterion(part, said))
    for measure in part.measures:
        whole = f"{part.key}/{measure.key}"
        sound = part.key not in unsound and whole not in unsound
        name = _name(measure.code, measure.text or part.text)
        found["measure", whole] = (name, _of_measure(measure, part, sound))


def _of_set(content):
    plan = content.plan
    modes, policies = dict(CriteriaSet.CheckMode.choices), dict(CriteriaSet.NaPolicy.choices)
    return {
        _("Tên"): plan.name,
        _("Tổng điểm chuẩn"): _points(plan.maximum),
        _("Số chữ số thập phân"): str(plan.digits),
        _("Điểm thưởng tối đa"): _points(plan.bonus_cap) or _("không giới hạn"),
        _("Tiêu chí không áp dụng"): str(policies[plan.na_policy]),
        _("Cách kiểm tra"): str(modes[content.check_mode]),
        _("Điểm trừ tối đa, theo % điểm thưởng"): _points(plan.deduction_share),
        _("Khi bằng điểm"): tie_breaks_in_words(plan.tie_breaks, plan),
        _("Ghi chú"): content.note,
    }


def _of_section(section, said):
    tiers = dict(Tier.choices)
    return {
        _("Tên"): _name(section.code, section.title),
        _("Điểm chuẩn"): _points(section.maximum),
        _("Điểm thưởng tối đa"): _points(section.bonus_cap),
        _("Điểm trừ tối đa"): _points(section.deduction_cap),
        _("Cấp nào chấm"): ", ".join(str(tiers[tier]) for tier in section.tiers),
        _("Điểm của cấp nào được tính"): str(tiers.get(section.counting_tier, "")),
        _("Bộ phận đánh giá"): said.assessor,
    }


def _of_criterion(criterion, said):
    return {
        _("Nội dung"): _name(criterion.code, criterion.text),
        _("Điểm chuẩn"): _points(criterion.maximum),
        _("Cách bắt đầu"): str(dict(Criterion.Starts.choices)[criterion.starts]),
        _("Điểm thấp nhất"): _points(criterion.lowest) or _("không giới hạn"),
        _("Điểm thưởng tối đa"): _points(criterion.bonus_cap),
        _("Điểm trừ tối đa"): _points(criterion.deduction_cap),
        _("Không áp dụng"): _("cho phép") if criterion.may_be_not_applicable else "",
        _("Minh chứng"): _("cần") if said.needs_evidence else "",
        _("Bộ phận đánh giá"): said.assessor,
        _("Ghi chú"): said.note,
    }


def _of_measure(measure, criterion, sound):
    return {
        _("Nội dung"): _name(measure.code, measure.text),
        _("Tác dụng"): str(dict(Measure.Effect.choices)[measure.effect]),
        _("Cách tính"): in_words(measure, criterion) if sound else "",
        _("Điều kiện"): conditions_in_words(measure, criterion),
    }


def _name(code, text):
    return " ".join(filter(None, [code, text]))


def _points(points):
    return "" if points is None else wording.number(points)
