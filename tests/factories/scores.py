"""Criteria, sheets, checks and rankings."""

from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory as ModelFactory

from campaigns import models as campaigns
from campaigns.scores import models as scores
from tests.factories.people import PostFactory, StoredFileFactory, UnitFactory
from tests.factories.year import BlocYearFactory, EmulationYearFactory


class CriteriaSetFactory(ModelFactory):
    class Meta:
        model = scores.CriteriaSet

    year = factory.SubFactory(EmulationYearFactory)
    name = "Bộ tiêu chí chấm điểm thi đua"


class ChosenCriteriaFactory(ModelFactory):
    class Meta:
        model = scores.ChosenCriteria

    bloc_year = factory.SubFactory(BlocYearFactory)
    criteria_set = factory.SubFactory(CriteriaSetFactory, year=factory.SelfAttribute("..bloc_year.year"))


class CriteriaSectionFactory(ModelFactory):
    class Meta:
        model = scores.CriteriaSection

    criteria_set = factory.SubFactory(CriteriaSetFactory)
    key = factory.Sequence(lambda n: f"muc-{n}")
    code = "A"
    title = "Thực hiện nhiệm vụ chính trị, chuyên môn"


class CriterionFactory(ModelFactory):
    class Meta:
        model = scores.Criterion

    criteria_set = factory.SelfAttribute("section.criteria_set")
    section = factory.SubFactory(CriteriaSectionFactory)
    key = factory.Sequence(lambda n: f"tieu-chi-{n}")
    code = factory.Sequence(lambda n: f"{n + 1}")
    place = factory.Sequence(lambda n: n + 1)
    text = "Hoàn thành kế hoạch công tác năm"
    maximum = Decimal(10)


class MeasureFactory(ModelFactory):
    class Meta:
        model = scores.Measure

    criterion = factory.SubFactory(CriterionFactory)
    key = factory.Sequence(lambda n: f"cach-{n}")
    place = factory.Sequence(lambda n: n + 1)
    kind = "ratio"
    points = Decimal(10)
    settings = factory.LazyFunction(lambda: {"unit": "văn bản"})


# {criterion: (section, fields, measures)} of frozen_set(): 80 and 20 points, and a bonus of at most 5.
CRITERIA = {
    "a1": ("a", {"text": "Xử lý văn bản đến đúng hạn", "maximum": 40, "needs_evidence": True}, [
        {"key": "ty-le", "kind": "ratio", "points": 40, "settings": {"unit": "văn bản"}},
    ]),
    "a2": ("a", {"text": "Xếp loại cải cách hành chính", "maximum": 20}, [
        {"key": "loai", "kind": "graded", "points": 20, "settings": {"grades": [
            {"grade": "A", "label": "Tốt", "points": "20"},
            {"grade": "B", "label": "Khá", "points": "15"},
            {"grade": "C", "label": "Trung bình", "points": "10"},
            {"grade": "D", "label": "Yếu", "points": "0"},
        ]}},
    ]),
    "a3": ("a", {"text": "Chấp hành chế độ báo cáo", "maximum": 20, "starts": "full"}, [
        {"key": "tre", "kind": "per-case", "effect": "deduction", "points": 2,
         "settings": {"unit": "báo cáo"}},
    ]),
    "b1": ("b", {"text": "Nhân rộng điển hình tiên tiến", "maximum": 15}, [
        {"key": "cham", "kind": "manual", "points": 15, "settings": {}},
    ]),
    "b2": ("b", {"text": "Có kế hoạch phong trào", "maximum": 5, "may_be_not_applicable": True}, [
        {"key": "co", "kind": "yes-no", "points": 5, "settings": {}},
    ]),
    "b3": ("b", {"text": "Thành tích được khen", "maximum": 0}, [
        {"key": "khen", "kind": "per-case", "effect": "bonus", "points": 1, "cap": 5,
         "settings": {"unit": "bằng khen"}},
    ]),
}  # fmt: skip
# Figures of every criterion of frozen_set(): 33.6 + 15 + 18 + 12 + 5 + 2 = 85.6 points.
FIGURES = {
    "a1": {"ty-le": {"achieved": "42", "plan": "50"}},
    "a2": {"loai": {"grade": "B"}},
    "a3": {"tre": {"cases": "1"}},
    "b1": {"cham": {"points": "12"}},
    "b2": {"co": {"answer": "yes"}},
    "b3": {"khen": {"cases": "2"}},
}


def draft_set(year=None, *, tiers=None, counting_tiers=None, **fields):
    """A whole small set: a ratio, grades and cases in section a; manual, yes or no, bonus in b.

    `tiers` and `counting_tiers` are of sections "a" and "b"; other fields are of the set.
    """
    criteria_set = CriteriaSetFactory(
        **{"year": year or EmulationYearFactory(), "bonus_cap": 10, "na_policy": "full", **fields}
    )
    sections = {
        key: CriteriaSectionFactory(
            criteria_set=criteria_set,
            key=key,
            code=key.upper(),
            place=place,
            title=title,
            maximum=maximum,
            tiers=(tiers or {}).get(key, []),
            counting_tier=(counting_tiers or {}).get(key, ""),
        )
        for place, (key, title, maximum) in enumerate(
            [("a", "Nhiệm vụ chuyên môn", 80), ("b", "Phong trào thi đua", 20)], 1
        )
    }
    for place, (key, (section, told, measures)) in enumerate(CRITERIA.items(), 1):
        criterion = CriterionFactory(
            section=sections[section], key=key, code=key.upper(), place=place, **told
        )
        for number, measure in enumerate(measures, 1):
            MeasureFactory(criterion=criterion, place=number, **measure)
    return criteria_set


def frozen_set(year=None, **fields):
    """The same set, frozen."""
    criteria_set = draft_set(year, **fields)
    criteria_set.frozen_on = criteria_set.year.first_day
    criteria_set.move_to("frozen")
    return criteria_set


class ScoreSheetFactory(ModelFactory):
    class Meta:
        model = scores.ScoreSheet

    bloc_year = factory.SubFactory(BlocYearFactory)
    unit = factory.SubFactory(UnitFactory)
    tier = "self"
    criteria_set = factory.SubFactory(CriteriaSetFactory, year=factory.SelfAttribute("..bloc_year.year"))


class ScoreFactory(ModelFactory):
    class Meta:
        model = scores.Score

    sheet = factory.SubFactory(ScoreSheetFactory)
    criterion = factory.SubFactory(
        CriterionFactory, section__criteria_set=factory.SelfAttribute("...sheet.criteria_set")
    )
    points = Decimal("8.4")
    base = factory.SelfAttribute("points")
    saved_at = factory.LazyFunction(timezone.now)


class CorrectedScoreFactory(ScoreFactory):
    class Meta:
        model = scores.CorrectedScore


class SheetVersionFactory(ModelFactory):
    class Meta:
        model = scores.SheetVersion

    sheet = factory.SubFactory(ScoreSheetFactory)
    number = 1
    made_at = factory.LazyFunction(timezone.now)
    scores = factory.LazyFunction(list)
    criteria_set = factory.SelfAttribute("sheet.criteria_set")


class CorrectionFactory(ModelFactory):
    class Meta:
        model = scores.Correction

    sheet = factory.SubFactory(
        ScoreSheetFactory, state="returned", sent_at=factory.LazyFunction(timezone.now)
    )
    asked_by = factory.SubFactory(PostFactory)
    asked_at = factory.LazyFunction(timezone.now)
    due = factory.LazyFunction(timezone.localdate)
    reason = "Cần bổ sung minh chứng"


class CorrectionPointFactory(ModelFactory):
    class Meta:
        model = scores.CorrectionPoint

    correction = factory.SubFactory(CorrectionFactory)
    criterion = factory.SubFactory(
        CriterionFactory, section__criteria_set=factory.SelfAttribute("...correction.sheet.criteria_set")
    )


class ExplanationFactory(ModelFactory):
    class Meta:
        model = scores.Explanation

    sheet = factory.SubFactory(ScoreSheetFactory, tier="check")
    criterion = factory.SubFactory(
        CriterionFactory, section__criteria_set=factory.SelfAttribute("...sheet.criteria_set")
    )
    question = "Vì sao điểm mục này giảm?"
    asked_at = factory.LazyFunction(timezone.now)
    asked_by = factory.SubFactory(PostFactory)


class EvidenceFactory(ModelFactory):
    class Meta:
        model = scores.Evidence

    sheet = factory.SubFactory(ScoreSheetFactory)
    criterion = factory.SubFactory(
        CriterionFactory, section__criteria_set=factory.SelfAttribute("...sheet.criteria_set")
    )
    kind = "file"
    file = factory.SubFactory(StoredFileFactory)
    file_name = "bao-cao.pdf"
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(PostFactory)


class ReopeningFactory(ModelFactory):
    class Meta:
        model = scores.Reopening
        skip_postgeneration_save = True

    bloc_year = factory.SubFactory(BlocYearFactory)
    phase_kind = campaigns.Phase.Kind.SCORING
    last_day = date(2020, 12, 31)
    reason = "Số liệu được xác nhận muộn"
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(PostFactory)

    @factory.post_generation
    def units(self, create, units):
        self.units.set(units or [])


class InspectionFactory(ModelFactory):
    class Meta:
        model = scores.Inspection

    bloc_year = factory.SubFactory(BlocYearFactory)
    unit = factory.SubFactory(UnitFactory)


class InspectionMemberFactory(ModelFactory):
    class Meta:
        model = scores.InspectionMember

    inspection = factory.SubFactory(InspectionFactory)
    name = "Nguyễn Văn An"


class CheckAssignmentFactory(ModelFactory):
    class Meta:
        model = scores.CheckAssignment

    bloc_year = factory.SubFactory(BlocYearFactory)
    unit = factory.SubFactory(UnitFactory)
    checker = factory.SubFactory(UnitFactory)


class RankingFactory(ModelFactory):
    class Meta:
        model = scores.Ranking

    bloc_year = factory.SubFactory(BlocYearFactory)
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(PostFactory)


class KnownResultFactory(ModelFactory):
    class Meta:
        model = scores.KnownResult

    bloc_year = factory.SubFactory(BlocYearFactory)
    unit = factory.SubFactory(UnitFactory)
    total = Decimal("97.5")
