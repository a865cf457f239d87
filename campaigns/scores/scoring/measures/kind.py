"""What every kind of measure is made of, and the register of kinds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from campaigns.scores.scoring import wording
from campaigns.scores.scoring.language import gettext as _
from campaigns.scores.scoring.language import translated
from campaigns.scores.scoring.measures.titles import titled
from campaigns.scores.scoring.plan import BASE, BONUS, DEDUCTION, NOTE, Criterion, Measure, Question
from campaigns.scores.scoring.rounding import exact

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Work:
    """What a measure found: points before cap and rounding, the words that lead to them, whether it was met.

    No words: nothing to write down. `joint` stands between the words and the points that a cap then cuts.
    """

    points: Fraction
    words: str
    met: bool
    joint: str = ", "


NOTHING = Work(Fraction(0), "", False)


@dataclass(frozen=True)
class Amount:
    """What bands and bonuses weigh: a percentage or a figure, and its words; None is beyond all bounds."""

    value: Fraction | None
    words: str


class Kind:
    """One way in which points come about. `amounts` are the figures that another measure may weigh too."""

    code = ""
    name = ""  # as the source has it
    effects = (BASE, BONUS, DEDUCTION)
    settings: frozenset[str] = frozenset()
    amounts: frozenset[str] = frozenset()
    among_units = False  # whether points follow from the figures of other units, too

    @property
    def title(self) -> str:
        """What the kind is called, in the language of whoever reads it."""
        return translated(self.name)

    def questions(self, measure: Measure, criterion: Criterion) -> tuple[Question, ...]:
        return ()

    def work(self, measure: Measure, criterion: Criterion, figures, year) -> Work:
        """What the figures come to. Raises FigureFault; `year` is its first and last day, or None."""
        raise NotImplementedError

    def amount(self, measure: Measure, figures, bounds=()) -> Amount:
        """What the figures amount to, for a kind that has `amounts`. Raises FigureFault.

        Written, it does not seem to reach one of the bounds that it only comes near to.
        """
        raise NotImplementedError

    def weigh(self, measure: Measure, figures, bounds=()) -> Amount:
        """The amount of this measure's figures, or that of the measure whose figures it shares."""
        if owner := figures.amounts_of_owner:
            return KINDS[owner.measure.kind].amount(owner.measure, owner, bounds)
        return self.amount(measure, figures, bounds)

    def highest(self, measure: Measure, criterion: Criterion) -> Fraction | None:
        """The most that the measure can come to without its cap; None where nothing bounds it."""
        return Fraction(full_points(measure, criterion))

    def check(self, measure: Measure, criterion: Criterion) -> Iterator[str]:
        """What is wrong with the measure's own settings, in words."""
        yield from ()


COMMON_SETTINGS = frozenset({"figures_of", "shares", "labels", "only_if", "unless"})
# Settings that are no numbers, and what each holds.
_FLAGS = {"whole_steps", "may_exceed", "allow_below_one", "due_next_year"}
_LISTS_OF_TEXTS = {"shares", "only_if", "unless"}
_TABLES = {"bands", "classes", "grades"}
_TEXTS = {"figures_of", "unit", "of", "due", "class_label", "class_unit", "class_by", "verdict"}


def ill_shaped(settings: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the shape of settings; only those without fault are looked into further."""
    for name, value in settings.items():
        told = {"name": titled(name)}
        if name in _FLAGS and not isinstance(value, bool):
            yield _("“%(name)s” chỉ nhận true hoặc false.") % told
        elif name in _TEXTS and not (isinstance(value, str) and value):
            yield _("“%(name)s” phải là chữ.") % told
        elif name in _LISTS_OF_TEXTS and not _is_list(value, str):
            yield _("“%(name)s” phải là danh sách các mã.") % told
        elif name in _TABLES and not _is_list(value, Mapping):
            yield _("“%(name)s” phải là danh sách các dòng.") % told
        elif name == "labels" and not (isinstance(value, Mapping) and _is_list(list(value.values()), str)):
            yield _("“%(name)s” phải là bảng ghi tên của từng số liệu.") % told
        elif name == "classes":
            for each in value:
                yield from ill_shaped(each)


def _is_list(value, kind):
    return isinstance(value, list | tuple) and all(isinstance(each, kind) for each in value)


def register(kind):
    KINDS[kind.code] = kind()
    return kind


def full_points(measure: Measure, criterion: Criterion) -> Decimal:
    """The points of a measure; those of the criterion where a base measure says none."""
    if measure.points is not None:
        return measure.points
    return criterion.maximum if measure.effect == BASE else Decimal(0)


def setting(measure: Measure, name: str, default: str | None = None) -> Decimal | None:
    """A number among the settings."""
    text = measure.settings.get(name, default)
    return None if text is None else exact(text)


def number(measure: Measure, name: str, label: str, unit: str = "", **bounds) -> Question:
    """A question for a number that is not below nought."""
    return Question(name, label_of(measure, name, label), "number", unit, **({"lowest": Decimal(0)} | bounds))


def yes_no(measure: Measure, name: str, label: str, optional: bool) -> Question:
    return Question(name, label_of(measure, name, label), "yes-no", optional=optional)


def label_of(measure: Measure, name: str, label: str) -> str:
    """The set's own words for a figure, else the usual ones."""
    return measure.settings.get("labels", {}).get(name) or label


def bad_numbers(measure: Measure, *names: str, above_zero: bool = False) -> Iterator[str]:
    """What is wrong with numbers among the settings."""
    for name in names:
        text = measure.settings.get(name)
        if text is None:
            continue
        try:
            value = exact(text)
        except ValueError:
            yield _("“%(name)s” phải là số viết trong ngoặc kép, dấu thập phân là dấu chấm: “0.5”.") % {
                "name": titled(name)
            }
            continue
        told = {"name": titled(name), "value": wording.number(value)}
        if above_zero and value <= 0:
            yield _("“%(name)s” phải lớn hơn 0, đang là %(value)s.") % told
        elif value < 0:
            yield _("“%(name)s” không được âm, đang là %(value)s.") % told


def needs_figures_below_one(measure: Measure, marks: Iterable[Decimal]) -> Iterator[str]:
    """Where percentages up to 1 mean something, they must not be taken for mistyped shares."""
    asked = measure.settings.get("unit") == "%" and not measure.settings.get("allow_below_one")
    if asked and any(mark <= 1 for mark in marks):
        words = _("Có mức từ 1%% trở xuống: hãy đặt “%(name)s” (true) để ghi được số liệu như 0,5%%.")
        yield words % {"name": titled("allow_below_one")}


def bounds_in_order(measure: Measure) -> Iterator[str]:
    """The least that a figure may be is not above the most."""
    lowest, highest = setting(measure, "lowest"), setting(measure, "highest")
    if lowest is not None and highest is not None and lowest > highest:
        yield _("Số liệu thấp nhất “lowest” lớn hơn số liệu cao nhất “highest”.")


def needs_points(measure: Measure) -> Iterator[str]:
    """A bonus or a deduction must say its points."""
    if measure.points is None and measure.effect not in (BASE, NOTE):
        yield _("Hãy ghi số điểm thưởng hoặc điểm trừ của cách tính điểm này.")
