"""How a criterion's points come about, in the words of a printed table. Always Vietnamese."""

from decimal import Decimal

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.plan import BASE, BONUS, DEDUCTION
from campaigns.scores.scoring.rounding import exact


def in_words(measure, criterion):
    """How a measure gives or takes its points, in one line; empty where its text says all."""
    words = _WORDS[measure.kind](measure, criterion)
    if words and measure.cap is not None:
        words += f"; tối đa {wording.points(measure.cap)}"
    if measure.excludes_from_flags:
        words += "; không được đề nghị tặng Cờ, Bằng khen"
    if measure.disqualifies and measure.kind != "disqualification":
        words += "; không xét, không xếp loại"
    return words


def conditions_in_words(measure, criterion):
    """Beside what else a measure counts nothing, or counts at all; empty where it always counts."""
    names = {each.key: each.code or f"“{each.text}”" for each in criterion.measures}
    said = []
    for name, words in (("unless", "không tính khi có"), ("only_if", "chỉ tính khi có")):
        if keys := measure.settings.get(name):
            said.append(f"{words} {', '.join(names.get(key, key) for key in keys)}")
    return "; ".join(said)


def points_in_words(measure, criterion):
    """What stands in the column of its effect: 5, or the most of several; empty where nothing is fixed."""
    if measure.points is not None:
        return wording.number(measure.points)
    return wording.number(criterion.maximum) if measure.effect == BASE and measure.kind == "graded" else ""


def _full(measure, criterion):
    return measure.points if measure.points is not None else criterion.maximum


def _given(effect, points):
    """8 điểm, cộng 1 điểm, trừ 0,5 điểm."""
    points = exact(points) if isinstance(points, str) else points
    verb = {BONUS: "cộng ", DEDUCTION: "trừ "}.get(effect, "") if points else ""
    return f"{verb}{wording.points(points)}"


def _unit(measure, usual=""):
    return measure.settings.get("unit", usual)


def _percent(text):
    return f"{wording.number(exact(text))}%"


def _ratio(measure, criterion):
    settings = measure.settings
    said = [f"{_given(measure.effect, _full(measure, criterion))} × thực hiện / {_plan(measure)}"]
    if "per_percent" in settings:
        said = [f"mỗi 1% thực hiện / {_plan(measure)}: {_given(measure.effect, settings['per_percent'])}"]
    if settings.get("limit_percent", "100") != "100":
        said.append(f"tính đến {_percent(settings['limit_percent'])}")
    if "from_percent" in settings:
        said.append(f"dưới {_percent(settings['from_percent'])} không có điểm")
    return "; ".join(said)


def _inverse(measure, criterion):
    words = f"{_given(measure.effect, _full(measure, criterion))} × {_plan(measure)} / thực hiện"
    if measure.settings.get("limit_percent", "100") != "100":
        words += f"; tính đến {_percent(measure.settings['limit_percent'])}"
    return words


def _plan(measure):
    if "plan" in measure.settings:
        return wording.amount(exact(measure.settings["plan"]), _unit(measure))
    return f"kế hoạch ({_unit(measure)})" if _unit(measure) else "kế hoạch"


def _bands(measure, criterion):
    settings = measure.settings
    unit = "%" if settings.get("of") == "share" or measure.kind == "backlog" else _unit(measure)
    if "classes" not in settings:
        return _banded(measure, settings, unit)
    return "; ".join(
        f"nhóm từ {wording.amount(exact(each['from']), settings.get('class_unit', ''))}: "
        f"{_banded(measure, each, unit)}"
        for each in settings["classes"]
    )


def _banded(measure, settings, unit):
    said = [
        f"{'trên' if band.get('above') else 'từ'} {wording.amount(exact(band['from']), unit)}: "
        f"{_given(measure.effect, band['points'])}"
        for band in settings["bands"]
    ]
    return ", ".join([*said, f"còn lại: {_given(measure.effect, settings.get('otherwise', '0'))}"])


def _lateness(measure, criterion):
    settings = measure.settings
    said = [
        f"{_days(int(band['up_to']))}: {_given(measure.effect, band['points'])}" for band in settings["bands"]
    ]
    said.append(f"còn lại: {_given(measure.effect, settings.get('otherwise', '0'))}")
    if "due" in settings:
        month, day = settings["due"].split("-")
        said.insert(0, f"hạn {day}/{month}{' năm sau' if settings.get('due_next_year') else ''}")
    return ", ".join(said)


def _days(days):
    if days > 0:
        return f"chậm đến {days} ngày"
    return f"sớm {-days} ngày" if days else "đúng hạn"


def _yes_no(measure, criterion):
    if measure.effect not in (BASE, BONUS, DEDUCTION):
        return ""
    said = f"có: {_given(measure.effect, _full(measure, criterion))}"
    no = exact(measure.settings.get("no", "0"))
    return f"{said}; không: {_given(measure.effect, no)}" if no or measure.effect == BASE else said


def _graded(measure, criterion):
    return ", ".join(
        f"{each.get('label') or each['grade']}: {_of_grade(each, measure, criterion)}"
        for each in measure.settings["grades"]
    )


def _of_grade(grade, measure, criterion):
    if "points" in grade:
        return _given(measure.effect, grade["points"])
    return _given(measure.effect, _full(measure, criterion) * exact(grade["percent"]) / 100)


def _per_case(measure, criterion):
    words = f"mỗi {_unit(measure, 'trường hợp')} {_given(measure.effect, _full(measure, criterion))}"
    free = exact(measure.settings.get("free", "0"))
    return f"{words}, không tính {wording.number(free)} {_unit(measure, 'trường hợp')} đầu" if free else words


def _above_plan(measure, criterion):
    settings = measure.settings
    if "percent_of_maximum" in settings:
        each = f"{_percent(settings['percent_of_maximum'])} điểm chuẩn"
    else:
        each = wording.points(measure.points or Decimal(0))
    start = settings.get("from_percent", "100")
    above = "vượt kế hoạch" if start == "100" else f"trên {_percent(start)}"
    said = [f"mỗi {_percent(settings.get('step_percent', '1'))} {above} cộng {each}"]
    if "at_once" in settings:
        said.insert(0, f"{above}: cộng {wording.points(exact(settings['at_once']))}")
    if "cap_percent" in settings:
        said.append(f"tối đa {_percent(settings['cap_percent'])} điểm chuẩn")
    return "; ".join(said)


def _target_and_best(measure, criterion):
    full = wording.number(_full(measure, criterion))
    half = wording.number(_full(measure, criterion) / 2)
    plus = "cộng " if measure.effect == BONUS else ""
    said = [
        f"chưa đạt chỉ tiêu: {plus}{half} × kết quả / chỉ tiêu",
        f"đạt: {plus}{half}",
        f"vượt: {plus}{half} + {half} × phần vượt / phần vượt cao nhất của các đơn vị",
        f"không giao chỉ tiêu: {plus}{full} × kết quả / kết quả cao nhất của các đơn vị",
        "điểm thay đổi theo kết quả của các đơn vị khác cho đến khi công bố",
    ]
    return "; ".join(said)


def _manual(measure, criterion):
    lowest = wording.number(exact(measure.settings.get("lowest", "0")))
    return f"chấm từ {lowest} đến {wording.points(_full(measure, criterion))}, ghi rõ lý do"


def _disqualification(measure, criterion):
    return f"có: {measure.settings.get('verdict', 'không xét')}"


_WORDS = {
    "ratio": _ratio,
    "inverse": _inverse,
    "bands": _bands,
    "backlog": _bands,
    "lateness": _lateness,
    "yes-no": _yes_no,
    "graded": _graded,
    "per-case": _per_case,
    "above-plan": _above_plan,
    "target-and-best": _target_and_best,
    "manual": _manual,
    "disqualification": _disqualification,
    "note": lambda measure, criterion: "",
}
