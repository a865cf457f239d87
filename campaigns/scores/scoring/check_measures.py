"""What is wrong with the measures of one criterion, singly and in what they have to do with each other."""

import re
from collections import Counter
from collections.abc import Iterator

from campaigns.scores.scoring.figures import own_questions, owner_of
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.measures import KINDS
from campaigns.scores.scoring.measures.kind import COMMON_SETTINGS, ill_shaped
from campaigns.scores.scoring.measures.titles import titled
from campaigns.scores.scoring.plan import DEDUCTION, EFFECTS, NOTE, Criterion, Fault

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def faults_of_measures(criterion: Criterion) -> Iterator[Fault]:
    """Faults by "criterion/measure", those of all measures together by the criterion."""
    if not any(measure.kind != "note" for measure in criterion.measures):
        yield Fault(criterion.key, _("Tiêu chí chưa có cách tính điểm nào. Hãy thêm ít nhất một cách."))
    for key, times in Counter(measure.key for measure in criterion.measures).items():
        if times > 1:
            words = _("Mã khoá “%(key)s” dùng %(times)d lần trong một tiêu chí.")
            yield Fault(f"{criterion.key}/{key}", words % {"key": key, "times": times})
        yield from bad_key(f"{criterion.key}/{key}", key)
    sound = True
    for measure in criterion.measures:
        for words in _of_measure(measure, criterion):
            sound = False
            yield Fault(f"{criterion.key}/{measure.key}", words)
    if sound:
        for measure in criterion.measures:
            for words in _of_sharing(measure, criterion):
                yield Fault(f"{criterion.key}/{measure.key}", words)


def bad_key(place: str, key: str) -> Iterator[Fault]:
    """A key is for machines: small letters without marks, digits, hyphens within."""
    if not _KEY.fullmatch(key):
        words = _("Mã khoá “%(key)s” chỉ được có chữ thường không dấu, chữ số và gạch nối ở giữa.")
        yield Fault(place, words % {"key": key})


def _of_measure(measure, criterion):
    kind = KINDS.get(measure.kind)
    if kind is None:
        yield _("Không có cách tính điểm “%(kind)s”.") % {"kind": measure.kind}
        return
    if measure.effect not in EFFECTS or measure.effect not in kind.effects:
        words = _("“%(title)s” không dùng được cho loại điểm này. Hãy chọn loại điểm khác.")
        yield words % {"title": kind.title}
    if measure.points is not None and measure.points < 0:
        yield _("Số điểm không được âm: điểm trừ ghi số dương ở cột điểm trừ.")
    if measure.cap is not None and measure.points is not None and measure.cap < measure.points:
        if measure.kind == "per-case":
            yield _("Mức trần nhỏ hơn điểm của một trường hợp. Hãy kiểm tra lại hai số này.")
        else:
            yield _("Mức trần nhỏ hơn số điểm. Hãy ghi số điểm bằng mức trần, bỏ mức trần.")
    if (measure.disqualifies or measure.excludes_from_flags) and measure.effect not in (DEDUCTION, NOTE):
        yield _("Chỉ điểm trừ hoặc trường hợp không tính điểm mới có thể loại khỏi xét thi đua, suy tôn.")
    excludes = measure.disqualifies or measure.excludes_from_flags or measure.kind == "disqualification"
    if excludes and not measure.text:
        yield _("Hãy ghi nội dung: đó là lý do được nêu khi đơn vị không được xét.")
    bad = list(ill_shaped(measure.settings))
    yield from bad
    if bad:
        return
    if unknown := sorted(set(measure.settings) - kind.settings - COMMON_SETTINGS):
        yield _("“%(title)s” không có thiết lập “%(name)s”.") % {"title": kind.title, "name": unknown[0]}
    others = {each.key for each in criterion.measures} - {measure.key}
    for name in ("only_if", "unless"):
        if strange := [key for key in measure.settings.get(name, ()) if key not in others]:
            words = _("“%(name)s” nói đến “%(key)s”, không phải cách tính điểm khác của tiêu chí này.")
            yield words % {"name": titled(name), "key": strange[0]}
    yield from kind.check(measure, criterion)


def _of_sharing(measure, criterion):
    """What is wrong with figures shared, among measures that are sound by themselves."""
    settings, kind = measure.settings, KINDS[measure.kind]
    asked = {each.name for each in kind.questions(measure, criterion)}
    if strange := sorted(set(settings.get("labels", {})) - asked):
        yield _not_asked("labels", strange[0])
    if "figures_of" not in settings:
        if "shares" in settings:
            words = _("“%(name)s” chỉ dùng khi có “%(other)s”.")
            yield words % {"name": titled("shares"), "other": titled("figures_of")}
        yield from _of_class_by(measure, asked)
        return
    owner = owner_of(criterion, measure)
    if owner is None or owner is measure:
        words = _("“%(name)s” nói đến “%(key)s”, không phải cách tính điểm khác của tiêu chí này.")
        yield words % {"name": titled("figures_of"), "key": settings["figures_of"]}
        return
    if "figures_of" in owner.settings:
        words = _("“%(name)s” phải nói đến cách tính điểm tự hỏi số liệu của mình.")
        yield words % {"name": titled("figures_of")}
        return
    there = {each.name for each in own_questions(criterion, owner)}
    if "shares" in settings:
        if strange := sorted(set(settings["shares"]) - (asked & there)):
            words = _("“%(setting)s” nói đến số liệu “%(name)s”, mà hai cách tính điểm không cùng hỏi.")
            yield words % {"setting": titled("shares"), "name": strange[0]}
    elif kind.amounts and not KINDS[owner.kind].amounts:
        words = _("Cách tính điểm ở “%(name)s” không có tỷ lệ hay kết quả để dùng chung.")
        yield words % {"name": titled("figures_of")}
    elif not kind.amounts and not asked & there:
        yield _("Hai cách tính điểm không hỏi số liệu nào giống nhau để dùng chung.")
    if kind.code == "above-plan" and owner.kind == "inverse" and kind.highest(measure, criterion) is None:
        yield _("Thưởng theo tỷ lệ nghịch phải có mức trần, vì kết quả bằng 0 thì vượt bao nhiêu cũng được.")
    yield from _of_class_by(measure, asked | there)


def _of_class_by(measure, asked):
    named = measure.settings.get("class_by")
    if named is not None and named not in asked:
        yield _not_asked("class_by", named)


def _not_asked(setting, name):
    words = _("“%(setting)s” nói đến số liệu “%(name)s”, mà cách tính điểm này không hỏi.")
    return words % {"setting": titled(setting), "name": name}
