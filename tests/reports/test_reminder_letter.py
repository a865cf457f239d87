"""Công văn đôn đốc: from the standing department to the units of a wave, with its list."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.permissions import Refused
from campaigns.models import Phase
from reports import issuing
from reports.views.pages import missing_in
from tests import factories as make
from tests.factories import user_with
from tests.pages import read
from tests.reports.test_meeting_papers import text

pytestmark = pytest.mark.django_db
MADE_AT = timezone.make_aware(datetime(2020, 3, 5, 9, 0))


@pytest.fixture
def department(root):
    """The standing department, in whose name the letter goes out."""
    unit = make.UnitStateFactory(official_name="Vụ Mẫu", symbol="VM-TĐ", kind="department").unit
    root.states.update(standing_department=unit)
    return unit


@pytest.fixture
def wave(bloc_year):
    return make.ReminderWaveFactory(year=bloc_year.year, made_at=MADE_AT, text="Dòng một.\nDòng hai.")


def remind(wave, bloc_year, *names):
    for name in names:
        unit = make.UnitStateFactory(official_name=name).unit
        for channel in ("mail", "letter"):
            make.ReminderFactory(wave=wave, bloc_year=bloc_year, unit=unit, channel=channel)


def address(wave):
    return reverse("reminder-letter", args=[wave.year.code, wave.pk])


def test_letter_to_few_units_names_them(wave, bloc_year, department):
    remind(wave, bloc_year, "Cục Một", "Cục Hai")
    make.PhaseFactory(year=bloc_year.year, kind="pledge", last_day=date(2020, 3, 31))
    said = text(issuing.preview(wave, "reminder-letter"))
    for words in (
        "BỘ MẪU VỤ MẪU",
        "Số: /VM-TĐ V/v đôn đốc ký giao ước thi đua năm 2020",
        "Kính gửi: Cục Một; Cục Hai.",
        "đến ngày 05 tháng 3 năm 2020, còn 02 đơn vị chưa ký giao ước thi đua năm 2020 (danh sách kèm "
        "theo). Vụ Mẫu đề nghị các đơn vị khẩn trương thực hiện",
        "Trân trọng./. Nơi nhận: Như trên; Lưu: VT. VỤ TRƯỞNG",
        "(Kèm theo Công văn số /VM-TĐ ngày tháng năm 2020 của Vụ Mẫu)",
        "1 Cục Một Khối Viện Ký giao ước thi đua 31/03/2020 2 Cục Hai Khối Viện Ký giao ước thi đua "
        "31/03/2020",
    ):
        assert words in said
    for words in ("BIÊN BẢN", "Dòng một", "chưa có số liệu"):
        assert words not in said


def test_letter_is_signed_by_the_head_of_the_department_on_its_day(wave, bloc_year, department):
    remind(wave, bloc_year, "Cục Một")
    tree = issuing.preview(wave, "reminder-letter")
    assert [each.text for each in missing_in(tree)] == ["chưa có số liệu: người ký"]
    for title, name, days in (
        ("Vụ trưởng Vụ Mẫu", "Đào Văn Trưởng", {}),
        ("Vụ trưởng Vụ Mẫu", "Kiều Văn Cũ", {"last_day": date(2020, 3, 4)}),
        ("Phó Vụ trưởng Vụ Mẫu", "Mai Thị Phó", {}),
    ):
        known = {"unit": department, "role": "", "first_day": date(2015, 1, 1)} | days
        make.PostFactory(title=title, person__full_name=name, **known)
    make.PostFactory(title="Vụ trưởng Vụ Khác", role="", first_day=date(2015, 1, 1))
    tree = issuing.preview(wave, "reminder-letter")
    assert [(each.authority, each.name) for each in tree.signatures] == [(("VỤ TRƯỞNG",), "Đào Văn Trưởng")]
    assert list(missing_in(tree)) == []


@pytest.mark.parametrize("phase", Phase.Kind.values)
def test_letter_has_words_for_every_phase(wave, bloc_year, department, phase):
    remind(wave, bloc_year, "Cục Một")
    wave.phase_kind = phase
    assert "{" not in issuing.preview(wave, "reminder-letter").subject


def test_letter_to_many_units_points_to_its_list(wave, bloc_year, department, django_assert_max_num_queries):
    remind(wave, bloc_year, *(f"Cục số {number}" for number in range(1, 38)))
    with django_assert_max_num_queries(12):
        said = text(issuing.preview(wave, "reminder-letter"))
    assert "Kính gửi: Các đơn vị có tên trong danh sách kèm theo" in said
    assert "còn 37 đơn vị chưa ký giao ước" in said
    assert "37 Cục số 37 Khối Viện" in said


def test_exception_of_a_bloc_gives_its_own_day(wave, bloc_year, department):
    remind(wave, bloc_year, "Cục Một")
    make.PhaseFactory(year=bloc_year.year, kind="pledge", last_day=date(2020, 3, 31))
    make.PhaseFactory(bloc_year=bloc_year, kind="pledge", last_day=date(2020, 4, 15))
    assert "Ký giao ước thi đua 15/04/2020" in text(issuing.preview(wave, "reminder-letter"))


def test_letter_is_drafted_by_the_department(wave, bloc_year, department):
    remind(wave, bloc_year, "Cục Một")
    staff = user_with("staff", department)
    document = issuing.draft(wave, "reminder-letter", by=staff).document
    assert (document.issuer, document.type_code, document.symbol, document.file_stem) == (
        department,
        "",
        "VM-TĐ",
        "CV-don-doc-pledge-2020-0305",
    )
    assert [str(unit) for unit in issuing.recipients(document)] == ["Cục Một"]
    with pytest.raises(Refused):
        issuing.draft(wave, "reminder-letter", by=user_with("secretary"))


def test_letter_needs_a_standing_department(wave, root):
    with pytest.raises(Refused, match="Chưa biết đơn vị thường trực"):
        issuing.draft(wave, "reminder-letter", by=user_with("staff"))


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 200), ("secretary", 404), ("member", 404), ("nobody", 404)]
)
def test_page_is_the_departments(client, people, wave, department, who, status):
    client.force_login(people[who])
    assert client.get(address(wave)).status_code == status


def test_page_says_that_no_unit_was_reminded(client, people, wave, department):
    client.force_login(people["staff"])
    page = read(client, address(wave))
    assert page.title == "Công văn đôn đốc"
    assert "chưa có số liệu: đơn vị được đôn đốc" in page.text
