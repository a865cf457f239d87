"""Measures in bands: each band of a percentage or a figure has its points."""

from fractions import Fraction

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.language import gettext_noop
from campaigns.scores.scoring.measures.kind import (
    Amount,
    Kind,
    Work,
    bad_numbers,
    bounds_in_order,
    needs_figures_below_one,
    number,
    register,
    setting,
)
from campaigns.scores.scoring.measures.titles import titled
from campaigns.scores.scoring.rounding import exact


class _Banded(Kind):
    """Shares what bands have in common: they may differ between classes of units."""

    settings = frozenset({"unit", "bands", "otherwise", "classes", "class_label", "class_unit", "class_by"})

    def questions(self, measure, criterion):
        asked = self.figures_asked(measure)
        if "classes" in measure.settings and "class_by" not in measure.settings:
            label = measure.settings.get("class_label") or _("Quy mô")
            asked += (number(measure, "class_of", label, measure.settings.get("class_unit", "")),)
        return asked

    def work(self, measure, criterion, figures, year):
        class_words, bands, otherwise = self._class_of(measure, figures)
        amount = self.weigh(measure, figures, [exact(each["from"]) for each in bands])
        points = _points_of(amount.value, bands, otherwise)
        return Work(points, self.words(amount.words + class_words), points > 0)

    def words(self, words):
        return words

    def highest(self, measure, criterion):
        return max(_all_points(each) for each in [measure.settings, *measure.settings.get("classes", ())])

    def check(self, measure, criterion):
        classes = measure.settings.get("classes")
        for each in measure.settings.get("classes") or [measure.settings]:
            yield from _check_bands(each)
        if classes is None:
            return
        marks = []
        for each in classes:
            bad = list(bad_numbers_of(each, "from"))
            yield from bad
            marks += [] if bad else [exact(each["from"])]
        if len(marks) == len(classes):
            if sorted(set(marks), reverse=True) != marks:
                yield _("Các nhóm phải xếp từ mức cao xuống thấp, mỗi mức một nhóm.")
            elif not marks or marks[-1] != 0:
                yield _("Nhóm cuối cùng phải bắt đầu từ 0 để không đơn vị nào nằm ngoài các nhóm.")

    def _class_of(self, measure, figures):
        """(words, bands, points otherwise) of the class that the unit is in."""
        settings = measure.settings
        if "classes" not in settings:
            return "", settings["bands"], settings.get("otherwise", "0")
        size = figures.read(settings.get("class_by", "class_of"))
        found = next(each for each in settings["classes"] if size >= exact(each["from"]))
        size_words = wording.amount(
            exact(found["from"]), settings.get("class_unit") or settings.get("unit", "")
        )
        return f" (nhóm từ {size_words})", found["bands"], found.get("otherwise", "0")


@register
class Bands(_Banded):
    """Points by the band in which a percentage or a figure falls."""

    code = "bands"
    name = gettext_noop("Theo mức đạt được")
    settings = _Banded.settings | {"of", "lowest", "highest", "may_exceed", "allow_below_one"}
    amounts = frozenset({"part", "whole", "value"})

    def figures_asked(self, measure):
        unit = measure.settings.get("unit", "")
        if measure.settings.get("of") == "share":
            return (
                number(measure, "part", _("Số đạt yêu cầu"), unit),
                number(measure, "whole", _("Tổng số"), unit),
            )
        free = unit != "%" or measure.settings.get("may_exceed")
        bounds = {
            "lowest": setting(measure, "lowest", "0"),
            "highest": setting(measure, "highest", None if free else "100"),
        }
        return (number(measure, "value", _("Kết quả đạt được"), unit, **bounds),)

    def amount(self, measure, figures, bounds=()):
        unit = measure.settings.get("unit", "")
        if measure.settings.get("of") != "share":
            value = figures.read("value")
            return Amount(Fraction(value), wording.amount(value, unit))
        part, whole = figures.read("part"), figures.read("whole")
        if not whole:
            words = _("“%(label)s” phải lớn hơn 0. Nếu không phát sinh thì ghi là không áp dụng.")
            raise figures.fault("whole", words % {"label": figures.label("whole")})
        if part > whole and not measure.settings.get("may_exceed"):
            raise figures.fault("part", part_above_whole(figures, "part", "whole"))
        return _share(part, whole, unit, bounds)

    def check(self, measure, criterion):
        if measure.settings.get("of", "value") not in ("value", "share"):
            words = _("“%(name)s” phải là “value” (một số) hoặc “share” (một phần trên tổng số).")
            yield words % {"name": titled("of")}
        bad = [*bad_numbers(measure, "lowest", "highest"), *super().check(measure, criterion)]
        yield from bad
        if not bad:
            yield from bounds_in_order(measure)
        if not bad and measure.settings.get("of") != "share" and "figures_of" not in measure.settings:
            yield from needs_figures_below_one(measure, _marks(measure.settings))


@register
class Backlog(_Banded):
    """Points by the share that is still outstanding."""

    code = "backlog"
    name = gettext_noop("Theo tỷ lệ tồn đọng")
    amounts = frozenset({"outstanding", "total"})

    def figures_asked(self, measure):
        unit = measure.settings.get("unit", "")
        return (
            number(measure, "outstanding", _("Số còn tồn đọng"), unit),
            number(measure, "total", _("Tổng số phải giải quyết"), unit),
        )

    def amount(self, measure, figures, bounds=()):
        outstanding, total = figures.read("outstanding"), figures.read("total")
        if outstanding > total:
            raise figures.fault("outstanding", part_above_whole(figures, "outstanding", "total"))
        if not total:
            return Amount(Fraction(0), "không có việc phải giải quyết")
        return _share(outstanding, total, measure.settings.get("unit", ""), bounds)

    def words(self, words):
        return f"tồn đọng: {words}"


def _share(part, whole, unit, bounds):
    value = Fraction(part) / Fraction(whole) * 100
    return Amount(value, f"{wording.out_of(part, whole, unit)} = {wording.percent(value, bounds)}")


def part_above_whole(figures, part, whole):
    words = _("“%(part)s” đang nhiều hơn “%(whole)s”. Hãy kiểm tra lại hai số này.")
    return words % {"part": figures.label(part), "whole": figures.label(whole)}


def _points_of(value, bands, otherwise):
    """The points of the first band that the value reaches; what is beyond all bounds reaches the first."""
    for band in bands:
        mark = exact(band["from"])
        if value is None or value > mark or (value == mark and not band.get("above")):
            return Fraction(exact(band["points"]))
    return Fraction(exact(otherwise))


def _all_points(bands):
    points = [each["points"] for each in bands.get("bands", ())] + [bands.get("otherwise", "0")]
    return max(Fraction(exact(each)) for each in points)


def _marks(settings):
    """Where bands begin, in all classes, but for the one that takes all the rest."""
    bands = [band for each in settings.get("classes", [settings]) for band in each["bands"]]
    return [exact(band["from"]) for band in bands if exact(band["from"]) or band.get("above")]


def bad_numbers_of(settings, *names):
    """What is wrong with numbers that must be there, within a part of the settings."""
    for name in names:
        try:
            bad = exact(settings[name]) < 0
        except (KeyError, ValueError):
            bad = True
        if bad:
            yield _("“%(name)s” phải là số viết trong ngoặc kép, không âm, ví dụ “0.5”.") % {
                "name": titled(name)
            }


def _check_bands(settings):
    """What is wrong with the bands of a measure, or of one of its classes."""
    bands, known = settings.get("bands") or [], {"from", "above", "points"}
    if not bands:
        yield _("Hãy ghi ít nhất một mức.")
    bad = [words for band in bands for words in bad_numbers_of(band, "from", "points")]
    if "otherwise" in settings:
        bad += bad_numbers_of(settings, "otherwise")
    yield from bad
    if strange := sorted({name for band in bands for name in band} - known):
        yield _("Một mức chỉ có “from”, “above”, “points”; không có “%(name)s”.") % {"name": strange[0]}
    if any(not isinstance(band.get("above", False), bool) for band in bands):
        yield _("“%(name)s” chỉ nhận true hoặc false.") % {"name": titled("above")}
    if not bad:
        marks = [(exact(band["from"]), bool(band.get("above"))) for band in bands]
        if sorted(set(marks), reverse=True) != marks:
            yield _("Các mức phải xếp từ cao xuống thấp, không mức nào trùng nhau.")
