"""The pages of criteria: begun, edited part by part, tried, frozen, followed by a version."""

from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns import actions
from campaigns.criteria import plan_of
from campaigns.criteria_files import read, read_shipped, write
from campaigns.criteria_sets import content_of
from campaigns.models import CriteriaSet
from campaigns.scoring.check import faults_of
from campaigns.scoring.measures import KINDS
from tests import factories as make
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


def address(name, criteria_set, *more):
    return reverse(f"criteria-{name}", args=[criteria_set.year.code, criteria_set.pk, *more])


class Cut:
    """A page up to the forms that move a part: what stands above is the part's own form."""

    def __init__(self, response):
        self.content = response.content.split(b'<section aria-labelledby="place">')[0] + b"</main>"


def save(client, address, typed=None):
    """Save a part's page as it is shown but for what is typed; the page again where it is refused."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    fields = Fields(Cut(response)).sent | (typed or {})
    return client.post(address, {name: value for name, value in fields.items() if value is not None})


# Beginning --------------------------------------------------------------------------------------------------


def test_year_without_criteria_says_what_comes_next(as_staff, year):
    page = page_of(as_staff, reverse("criteria-sets", args=[year.code]))
    assert "Năm này chưa có bộ tiêu chí" in page.text
    assert page.links["Lập bộ tiêu chí"] == reverse("criteria-start", args=[year.code])


@pytest.mark.parametrize(
    ("typed", "name", "size"),
    [
        ({"origin": "mau:mac-dinh-100-10"}, "Bộ tiêu chí chấm điểm thi đua 100 + 10 (đề xuất)", 22),
        ({"origin": "mau:tien-giang-2022", "name": "Bộ thử"}, "Bộ thử", 31),
        ({"origin": "trong", "name": "Bộ trống của năm"}, "Bộ trống của năm", 0),
    ],
)
def test_set_is_begun_from_what_comes_along_or_empty(as_staff, year, typed, name, size):
    response = send(as_staff, reverse("criteria-start", args=[year.code]), typed)
    made = CriteriaSet.objects.get()
    assert (response.url, made.name, made.criteria.count(), made.bloc) == (
        made.get_absolute_url(),
        name,
        size,
        None,
    )


def test_set_is_begun_as_a_copy_of_last_years_for_one_bloc(as_staff, year, bloc_year):
    known = frozen_set(make.EmulationYearFactory(code="2019"))
    send(
        as_staff,
        reverse("criteria-start", args=[year.code]),
        {"origin": f"chep:{known.pk}", "bloc": bloc_year.bloc.code},
    )
    made = CriteriaSet.objects.get(year=year)
    assert (made.cloned_from, made.bloc, plan_of(made)) == (known, bloc_year.bloc, plan_of(known))


def test_set_is_begun_from_a_file_whose_faults_are_told_by_line(as_staff, year):
    address = reverse("criteria-start", args=[year.code])
    content = read_shipped("mac-dinh-100-10")
    bad = write(content).replace(b"maximum = 35", b"maximum = -35")
    line = bad[: bad.index(b"maximum = -35")].count(b"\n") + 1
    for sent, told in [
        (None, "Hãy chọn tệp bộ tiêu chí"),
        (bad, f"dòng {line}: bảng [sections.criteria], khoá maximum: ghi số không âm"),
        (b"x" * 1_000_001, "Tệp quá lớn"),
    ]:
        files = {} if sent is None else {"file": SimpleUploadedFile("bo.toml", sent)}
        assert told in Page(send(as_staff, address, {"origin": "tep"} | files)).text
    assert not CriteriaSet.objects.exists()
    send(as_staff, address, {"origin": "tep", "file": SimpleUploadedFile("bo.toml", write(content))})
    assert content_of(CriteriaSet.objects.get()) == content


def test_empty_set_without_a_name_is_asked_for_one(as_staff, year):
    response = send(as_staff, reverse("criteria-start", args=[year.code]), {"origin": "trong"})
    assert "Bộ trống cần có tên" in Page(response).text
    assert not CriteriaSet.objects.exists()


def test_leader_begins_only_a_set_of_its_own_bloc(client, secretary, year, bloc_year):
    make.BlocYearFactory(year=year)
    client.force_login(secretary)
    address = reverse("criteria-start", args=[year.code])
    assert list(client.get(address).context["form"].fields["bloc"].choices) == [
        (bloc_year.bloc.code, f"Riêng {bloc_year.name}")
    ]
    assert client.post(address, {"origin": "mau:mac-dinh-100-10", "bloc": ""}).status_code == 200
    assert not CriteriaSet.objects.exists()


# Reading ----------------------------------------------------------------------------------------------------


def test_set_is_read_as_officials_table(as_staff, draft):
    page = page_of(as_staff, draft.get_absolute_url())
    for words in (
        "35 điểm × thực hiện / kế hoạch (nhiệm vụ)",
        "đúng hạn: 2 điểm, chậm đến 2 ngày: 1,5 điểm",
        "tối đa 10 điểm",
        "có thể không áp dụng",
        "mỗi vụ việc trừ 3 điểm; không được đề nghị tặng Cờ, Bằng khen",
    ):
        assert words in page.text
    assert "Những chỗ phải sửa" not in page.text


def test_set_without_a_bonus_cap_says_so(as_staff, year, staff):
    shown = actions.start_set(year=year, content=read_shipped("tien-giang-2022"), by=staff)
    facts = dict(as_staff.get(shown.get_absolute_url()).context["facts"])
    assert facts["Điểm thưởng"] == "không giới hạn"


def test_faults_lead_to_where_they_are_mended(as_staff, draft):
    criterion = draft.criteria.get(key="a3")
    criterion.measures.update(settings={"grades": []})
    draft.sections.filter(key="d").update(maximum=6)
    page = page_of(as_staff, draft.get_absolute_url())
    assert "Những chỗ phải sửa trước khi ban hành" in page.text
    mends = {part[1] for _words, part in as_staff.get(draft.get_absolute_url()).context["table"].faults}
    assert mends == {
        address("measure", draft, criterion.pk, criterion.measures.get().pk),
        address("section", draft, draft.sections.get(key="d").pk),
        address("fields", draft),
    }
    for mend in mends:
        page_of(as_staff, mend)
    assert "Còn 3 chỗ phải sửa" in page.text


def test_file_of_a_set_is_read_back(as_staff, draft):
    response = as_staff.get(address("file", draft))
    assert read(response.content) == content_of(draft)


def test_units_read_what_is_frozen_and_nothing_of_a_foreign_bloc(client, people, year):
    known = frozen_set(year)
    foreign = frozen_set(year, bloc=make.BlocFactory(), name="Bộ của Khối kín")
    client.force_login(people["member's officer"])
    assert "Sửa thông tin chung" not in page_of(client, known.get_absolute_url()).text
    assert "Bộ của Khối kín" not in page_of(client, reverse("criteria-sets", args=[year.code])).text
    criterion = foreign.criteria.first()
    for name, more in (("set", ()), ("file", ()), ("try", (criterion.pk,)), ("compare", ()), ("freeze", ())):
        assert client.get(address(name, foreign, *more)).status_code == 404
    assert client.get(address("criterion", known, criterion.pk)).status_code == 403


# Editing ----------------------------------------------------------------------------------------------------


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
    }
    save(as_staff, address("fields", draft), typed)
    plan = plan_of(CriteriaSet.objects.get())
    assert (plan.digits, plan.bonus_cap) == (1, None)
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
    response = save(as_staff, page, {"shown_version": "0", "text": "Khác"})
    assert "Người khác vừa sửa" in Page(response).text
    criterion.refresh_from_db()
    assert criterion.text != "Khác"


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


# Trying -----------------------------------------------------------------------------------------------------


def test_criterion_is_tried_and_nothing_is_kept(as_staff, draft):
    criterion = draft.criteria.get(key="a1")
    page = address("try", draft, criterion.pk)
    tried = page_of(as_staff, f"{page}?thu=1&a1-1__achieved=42&a1-1__plan=50")
    assert "Kết quả: 29,4 điểm" in tried.text
    assert "42/50 nhiệm vụ = 84%" in tried.text
    refused = page_of(as_staff, f"{page}?thu=1&a1-1__achieved=42")
    assert "Chưa có “Kế hoạch”" in refused.text
    assert "Kết quả" not in refused.text


def test_criterion_with_a_fault_is_not_tried(as_staff, draft):
    criterion = draft.criteria.get(key="a1")
    criterion.measures.filter(key="a1-1").update(points=34)
    assert "Tiêu chí còn chỗ phải sửa" in page_of(as_staff, address("try", draft, criterion.pk)).text


# Freezing and versions --------------------------------------------------------------------------------------


def test_set_is_frozen_for_the_blocs_ticked(as_staff, draft, bloc_year):
    other = make.BlocYearFactory(year=bloc_year.year)
    response = send(as_staff, address("freeze", draft), {"bloc_years": [str(bloc_year.pk)]})
    assert response.url == draft.get_absolute_url()
    bloc_year.refresh_from_db()
    other.refresh_from_db()
    assert (bloc_year.criteria_set, other.criteria_set) == (draft, None)


def test_freezing_a_set_with_faults_is_refused_on_the_page(as_staff, draft, bloc_year):
    draft.sections.filter(key="d").update(maximum=6)
    response = send(as_staff, address("freeze", draft))
    assert "chỗ phải sửa" in Page(response).text
    assert CriteriaSet.objects.get().state == "draft"


def test_version_says_whom_it_touches_and_takes_effect(as_staff, year, bloc_year, member):
    known = frozen_set(year)
    bloc_year.criteria_set = known
    bloc_year.save()
    sheet = make.ScoreSheetFactory(bloc_year=bloc_year, unit=member.unit, criteria_set=known)
    criterion = known.criteria.get(key="a3")
    figures = {"tre": {"cases": "1"}}
    make.ScoreFactory(sheet=sheet, criterion=criterion, figures=figures, points=18, base=20, deduction=2)

    response = send(as_staff, address("version", known), {"reason": "Sửa theo chỉ đạo"})
    draft = known.next
    assert response.url == draft.get_absolute_url()
    measure = draft.criteria.get(key="a3").measures.get()
    save(as_staff, address("measure", draft, measure.criterion_id, measure.pk), {"points": "1"})

    compared = page_of(as_staff, address("compare", draft)).text
    assert "mỗi báo cáo trừ 2 điểm mỗi báo cáo trừ 1 điểm" in compared
    assert "Sửa theo chỉ đạo" in compared
    asked = page_of(as_staff, address("adopt", draft)).text
    assert member.unit.name(year.last_day) in asked
    assert "A3" in asked
    send(as_staff, address("adopt", draft))
    sheet.refresh_from_db()
    assert (sheet.criteria_set, sheet.scores.get().points) == (draft, D(19))


def test_whom_a_version_touches_is_asked_in_as_many_queries_for_one_sheet_as_for_many(
    as_staff, staff, year, bloc_year
):
    known = frozen_set(year)
    bloc_year.criteria_set = known
    bloc_year.save()
    draft = actions.begin_version(criteria_set=known, reason="Sửa", by=staff)
    draft.criteria.get(key="a3").measures.update(points=1)
    page_of(as_staff, address("adopt", draft))  # after which the session is known
    asked = []
    for sheets in (1, 4):
        for _sheet in range(sheets):
            unit = make.SeatFactory(bloc_year=bloc_year, unit=make.UnitStateFactory().unit).unit
            sheet = make.ScoreSheetFactory(bloc_year=bloc_year, unit=unit, criteria_set=known)
            make.ScoreFactory(sheet=sheet, criterion=known.criteria.get(key="a3"))
        with CaptureQueriesContext(connection) as queries:
            page = page_of(as_staff, address("adopt", draft))
        asked.append(len(queries))
    assert page.text.count("Tự chấm") == 5
    assert asked[0] == asked[1]


def test_version_needs_a_reason(as_staff, year):
    known = frozen_set(year)
    response = send(as_staff, address("version", known), {"reason": " "})
    assert response.status_code == 200
    assert CriteriaSet.objects.count() == 1


def test_blocs_are_given_their_sets_on_one_screen(as_staff, year, bloc_year):
    known, scored = frozen_set(year), make.BlocYearFactory(year=year)
    scored.criteria_set = known
    scored.save()
    make.ScoreSheetFactory(bloc_year=scored, criteria_set=known)
    chosen = {f"bloc_{bloc_year.pk}": str(known.pk), f"bloc_{scored.pk}": ""}
    send(as_staff, reverse("criteria-choose", args=[year.code]), chosen)
    bloc_year.refresh_from_db()
    scored.refresh_from_db()
    assert (bloc_year.criteria_set, scored.criteria_set) == (known, known)


def test_draft_is_discarded(as_staff, draft):
    send(as_staff, address("discard", draft))
    assert not CriteriaSet.objects.exists()
