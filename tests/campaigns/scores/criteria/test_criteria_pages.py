"""The pages of criteria: begun, edited part by part, tried, frozen, followed by a version."""

from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.files import read, read_shipped, write
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.sets import content_of
from campaigns.scores.models import CriteriaSet
from tests import factories as make
from tests.campaigns.scores.criteria.criteria_pages import address, save
from tests.factories.scores import frozen_set
from tests.factories.year import choose
from tests.forms import send
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


# Beginning --------------------------------------------------------------------------------------------------


def test_year_without_criteria_says_what_comes_next(as_staff, year):
    page = page_of(as_staff, reverse("criteria-sets", args=[year.code]))
    assert "Năm này chưa có bộ tiêu chí" in page.text
    assert page.links["Lập bộ tiêu chí"] == reverse("criteria-start", args=[year.code])


def test_page_of_sets_says_which_one_each_bloc_uses(as_staff, year, bloc_year):
    other = make.BlocYearFactory(year=year, name="Khối chưa có gì")
    choose(bloc_year, frozen_set(year, name="Bộ của năm"))

    page = page_of(as_staff, reverse("criteria-sets", args=[year.code]))
    assert f"{bloc_year.name} Bộ của năm" in page.text
    assert f"{other.name} chưa giao" in page.text


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
    assert (chosen_set(bloc_year), chosen_set(other)) == (draft, None)


def test_freezing_a_set_with_faults_is_refused_on_the_page(as_staff, draft, bloc_year):
    draft.sections.filter(key="d").update(maximum=6)
    response = send(as_staff, address("freeze", draft))
    assert "chỗ phải sửa" in Page(response).text
    assert CriteriaSet.objects.get().state == "draft"


def test_version_says_whom_it_touches_and_takes_effect(as_staff, year, bloc_year, member):
    known = frozen_set(year)
    choose(bloc_year, known)
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
    choose(bloc_year, known)
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
    choose(scored, known)
    make.ScoreSheetFactory(bloc_year=scored, criteria_set=known)
    chosen = {f"bloc_{bloc_year.pk}": str(known.pk), f"bloc_{scored.pk}": ""}
    send(as_staff, reverse("criteria-choose", args=[year.code]), chosen)
    bloc_year.refresh_from_db()
    scored.refresh_from_db()
    assert (chosen_set(bloc_year), chosen_set(scored)) == (known, known)


def test_draft_is_discarded(as_staff, draft):
    send(as_staff, address("discard", draft))
    assert not CriteriaSet.objects.exists()
