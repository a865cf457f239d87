"""Editing a draft of criteria in the browser: every kind of part in its own form."""

from decimal import Decimal as D

import pytest

from campaigns.scores import actions
from campaigns.scores.criteria.files import read_shipped
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.sets import content_of
from campaigns.scores.models import CriteriaSet
from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.measures import KINDS
from tests.campaigns.scores.criteria.criteria_pages import Cut, address, save
from tests.factories.scores import frozen_set
from tests.forms import Fields, send
from tests.pages import Page
from tests.pages import read as page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(bloc_year):
    return bloc_year.year


@pytest.fixture
def draft(year, staff):
    """The set of 100 + 10 points, as it comes along."""
    return actions.start_set(year=year, content=read_shipped("mac-dinh-100-10"), by=staff)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("mac-dinh-100-10", {"ratio", "above-plan", "graded", "per-case", "manual", "disqualification"}),
        ("tien-giang-2022", {"bands", "lateness"}),
    ],
)
def test_saving_every_page_as_it_is_shown_changes_nothing(as_staff, year, staff, name, kinds):
    draft = actions.start_set(year=year, content=read_shipped(name), by=staff)
    before = content_of(draft)
    parts = [
        address("fields", draft),
        *(address("section", draft, each.pk) for each in draft.sections.all()),
        *(
            address("criterion", draft, each.pk)
            for each in draft.criteria.filter(section__key__in=("a", "f"))
        ),
        *(
            address("measure", draft, criterion.pk, each.pk)
            for criterion in draft.criteria.all()
            for each in criterion.measures.filter(kind__in=kinds)
        ),
    ]
    for part in parts:
        assert save(as_staff, part).status_code == 302, part
    draft.refresh_from_db()
    assert content_of(draft).plan.criteria == before.plan.criteria
    assert content_of(draft) == before


def test_fields_of_the_set_are_edited(as_staff, draft):
    typed = {
        "digits": "1",
        "bonus_cap": "",
        "scale": "100",
        "tie_1": "more-bonus",
        "tie_2": "section:c",
        "tie_3": "",
        "deduction_share": "50",
        "class_section": "a",
    }
    save(as_staff, address("fields", draft), typed)
    plan = plan_of(CriteriaSet.objects.get())
    assert (plan.digits, plan.bonus_cap) == (1, None)
    assert (plan.deduction_share, plan.class_section) == (50, "a")
    assert [(each.kind, each.section) for each in plan.tie_breaks] == [("more-bonus", ""), ("section", "c")]
    response = save(as_staff, address("fields", draft), {"tie_2": "more-bonus"})
    assert "chỉ chọn một lần" in Page(response).text


def test_section_criterion_and_measure_are_added(as_staff, draft):
    typed = {"code": "G", "title": "Đột xuất", "tiers": ["check", "leader"], "counting_tier": "leader"}
    save(as_staff, address("section-new", draft), typed)
    section = draft.sections.get(code="G")
    assert (section.key, section.place, section.tiers) == ("g", 7, ["check", "leader"])
    inner = f"{address('section-new', draft)}?muc={section.pk}"
    save(as_staff, inner, {"code": "", "title": "Mục con đầu tiên"})
    assert draft.sections.get(parent=section).key == "muc-con-dau-tien"

    into = address("criterion-new", draft, section.pk)
    response = save(as_staff, into, {"code": "1", "text": "Nhiệm vụ đột xuất", "maximum": "2,5"})
    criterion = draft.criteria.get(section=section)
    assert (criterion.key, criterion.place, criterion.maximum) == ("g-1", 2, D("2.5"))
    assert response.url == address("criterion", draft, criterion.pk)

    kinds = page_of(as_staff, address("measure-new", draft, criterion.pk))
    assert len([each for each in kinds.addresses if each.startswith("?loai=")]) == len(KINDS)
    save(
        as_staff,
        f"{address('measure-new', draft, criterion.pk)}?loai=yes-no",
        {"text": "Có làm", "effect": "base"},
    )
    measure = criterion.measures.get()
    assert (measure.key, measure.kind, measure.effect, measure.settings) == ("c1", "yes-no", "base", {})


MEASURES = [
    ("target-and-best", {"unit": "văn bản", "plan": "0"}, {"unit": "văn bản", "plan": "0"}),
    ("ratio", {"unit": "văn bản", "plan": "1.200,5", "limit_percent": "110", "from_percent": "50"},
     {"unit": "văn bản", "plan": "1200.5", "limit_percent": "110", "from_percent": "50"}),
    ("inverse", {"unit": "%"}, {"unit": "%"}),
    ("bands", {"of": "share", "unit": "hồ sơ", "from_0": "98", "above_0": "on", "points_0": "5",
               "from_1": "90", "points_1": "2,5", "points_2": "0,5"},
     {"of": "share", "unit": "hồ sơ", "otherwise": "0.5",
      "bands": [{"from": "98", "above": True, "points": "5"}, {"from": "90", "points": "2.5"}]}),
    ("bands", {"of": "value", "unit": "%", "class_label": "Số hồ sơ", "class_unit": "hồ sơ",
               "class_from_0": "1000", "from_0": "10", "points_0": "5",
               "class_from_1": "0", "from_1": "5", "points_1": "5",
               "class_from_2": "0", "points_2": "1"},
     {"unit": "%", "class_label": "Số hồ sơ", "class_unit": "hồ sơ", "classes": [
         {"from": "1000", "bands": [{"from": "10", "points": "5"}]},
         {"from": "0", "bands": [{"from": "5", "points": "5"}], "otherwise": "1"}]}),
    ("backlog", {"unit": "vụ", "from_0": "20", "points_0": "0", "points_1": "5"},
     {"unit": "vụ", "bands": [{"from": "20", "points": "0"}], "otherwise": "5"}),
    ("lateness", {"of": "dates", "due": "31/01", "up_to_0": "0", "points_0": "5", "up_to_1": "2",
                  "points_1": "1"},
     {"due": "01-31",
      "bands": [{"up_to": "0", "points": "5"}, {"up_to": "2", "points": "1"}]}),
    ("yes-no", {"no": "0,5"}, {"no": "0.5"}),
    ("graded", {"grade_0": "A", "label_0": "Tốt", "points_0": "5", "grade_1": "B", "label_1": "Khá",
                "percent_1": "80"},
     {"grades": [{"grade": "A", "label": "Tốt", "points": "5"},
                 {"grade": "B", "label": "Khá", "percent": "80"}]}),
    ("per-case", {"unit": "bài", "free": "1"}, {"unit": "bài", "free": "1"}),
    ("manual", {"lowest": "1"}, {"lowest": "1"}),
    ("disqualification", {"verdict": "không xếp loại"}, {"verdict": "không xếp loại"}),
    ("above-plan", {"effect": "bonus", "points": "0,1", "figures_of": "a1-1", "cap": "2", "whole_steps": "on",
                    "unless": ["a1-2"]},
     {"figures_of": "a1-1", "whole_steps": True, "unless": ["a1-2"]}),
    ("note", {"text": "Lời dẫn"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "settings"), MEASURES)
def test_measure_of_each_kind_is_written_in_its_own_form(as_staff, draft, kind, typed, settings):
    criterion = draft.criteria.get(key="a1")
    response = save(
        as_staff, f"{address('measure-new', draft, criterion.pk)}?loai={kind}", {"points": "5"} | typed
    )
    assert response.status_code == 302, response.context["form"].errors
    measure = criterion.measures.get(key="c1")
    assert (measure.kind, measure.settings, measure.place) == (kind, settings, 3)


def test_every_kind_has_its_form():
    assert {kind for kind, _typed, _settings in MEASURES} == set(KINDS)


def test_bad_due_day_is_told_at_its_box(as_staff, draft):
    criterion = draft.criteria.get(key="a1")
    new = f"{address('measure-new', draft, criterion.pk)}?loai=lateness"
    assert "Ghi ngày/tháng, ví dụ 31/01" in Page(save(as_staff, new, {"due": "cuối tháng 1"})).text
    assert not criterion.measures.filter(key="c1").exists()


def test_parts_are_moved_and_dropped(as_staff, draft):
    section = draft.sections.get(key="b")
    as_staff.post(address("move", draft, "muc", section.pk), {"up": "1"})
    criterion = draft.criteria.get(key="c5")
    send(as_staff, address("drop", draft, "tieu-chi", criterion.pk))
    plan = plan_of(draft)
    assert [each.key for each in plan.sections] == ["b", "a", "c", "d", "e", "f"]
    assert "c5" not in plan.criteria
    assert faults_of(plan)


def test_page_shown_before_somebody_elses_change_saves_nothing(as_staff, draft):
    criterion = draft.criteria.get(key="a1")
    page = address("criterion", draft, criterion.pk)
    older = Fields(Cut(as_staff.get(page))).sent
    save(as_staff, page, {"text": "Của người khác"})
    response = as_staff.post(page, older | {"text": "Khác"})
    assert "vừa sửa dữ liệu này" in Page(response).text
    criterion.refresh_from_db()
    assert criterion.text == "Của người khác"


def test_frozen_set_has_no_editing_but_a_way_to_a_version(as_staff, year):
    known = frozen_set(year)
    page = page_of(as_staff, known.get_absolute_url())
    assert "đã ban hành, không sửa được" in page.text
    assert page.links["Lập phiên bản mới"] == address("version", known)
    section, criterion = known.sections.first(), known.criteria.first()
    refused = [
        address("fields", known),
        address("section", known, section.pk),
        address("criterion", known, criterion.pk),
        address("measure", known, criterion.pk, criterion.measures.first().pk),
        address("freeze", known),
        address("discard", known),
    ]
    for each in refused:
        for response in (as_staff.get(each), as_staff.post(each)):
            assert (response.status_code, "lập phiên bản mới" in Page(response).text) == (403, True)
