"""The year's list, and who sees the pages of the year's work."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.years.views.years import PAGE_SIZE
from tests import factories as make
from tests.campaigns.conftest import BLOC, OTHER, page_address
from tests.factories import user_with
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

SEE = ["staff", "secretary", "officer", "clerk", "member's officer", "administrator"]
KEEP = ["staff", "secretary", "officer"]


@pytest.fixture
def bloc_year(named, leader):
    return leader.bloc_year


def names(page):
    return [words for words in page.links if words in (BLOC, OTHER)]


# Who sees what ----------------------------------------------------------------------------------------------

PAGES = {
    "year": lambda bloc_year, meeting: bloc_year.year.get_absolute_url(),
    "bloc's year": lambda bloc_year, meeting: bloc_year.get_absolute_url(),
    "meeting": lambda bloc_year, meeting: meeting.get_absolute_url(),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", [*SEE, "another bloc's secretary", "nobody"])
def test_page_is_for_those_who_have_a_seat_and_the_department(client, people, bloc_year, who, page):
    meeting = make.MeetingFactory(bloc_year=bloc_year)
    client.force_login(people[who])
    status = client.get(PAGES[page](bloc_year, meeting)).status_code

    elsewhere = page == "year" and who == "another bloc's secretary"  # that bloc works in the same year
    assert status == (200 if who in SEE or elsewhere else 404)


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_a_stranger_to_sign_in(client, bloc_year, page):
    address = PAGES[page](bloc_year, make.MeetingFactory(bloc_year=bloc_year))
    assert client.get(address).url == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize(
    ("who", "listed"),
    [("staff", [BLOC, OTHER]), ("secretary", [BLOC]), ("member's officer", [BLOC]), ("clerk", [BLOC])],
)
def test_year_lists_the_blocs_that_a_person_sees(page_of, bloc_year, other, who, listed):
    assert names(page_of(who, bloc_year.year.get_absolute_url())) == listed


def test_meeting_of_another_bloc_has_no_address_in_ones_own(client, people, bloc_year, other):
    client.force_login(people["secretary"])
    foreign = make.MeetingFactory(bloc_year=other)
    assert client.get(page_address(bloc_year, "meeting", foreign.pk)).status_code == 404


@pytest.mark.parametrize("who", SEE)
def test_only_who_keeps_the_records_is_led_into_them(page_of, bloc_year, who):
    make.ObservationFactory(bloc_year=bloc_year)
    make.PledgeFactory().bloc_years.add(bloc_year)
    make.CampaignFactory(bloc_year=bloc_year)
    meeting = make.MeetingFactory(bloc_year=bloc_year)
    make.AgendaItemFactory(meeting=meeting)
    found = {
        name: bool(page_of(who, address).into_records())
        for name, address in [("year", bloc_year), ("meeting", meeting)]
        for address in [address.get_absolute_url()]
    }
    assert found == {"year": who in KEEP, "meeting": who in KEEP}


@pytest.mark.parametrize("who", ["staff", "secretary"])
def test_list_of_units_is_mended_by_the_department_alone(page_of, bloc_year, who):
    links = page_of(who, bloc_year.get_absolute_url()).links
    assert ("Sửa danh sách" in links) == (who == "staff")


# Home -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (None, "Tài khoản chưa được giao nhiệm vụ nào trên hệ thống."),
        ("staff", "Chưa có năm thi đua nào"),
        ("officer", "Đơn vị chưa có trong khối nào"),
    ],
)
def test_home_without_a_year_says_what_to_do(client, role, said):
    user = user_with(role) if role else make.UserFactory()
    client.force_login(user)
    assert said in read(client, reverse("home")).text


# The list ---------------------------------------------------------------------------------------------------


@pytest.fixture
def three():
    """Three blocs of a year, in the order of their places; the second has no leader."""
    found = []
    for place, name in enumerate(["Khối Sở", "Khối Đơn vị", "Khối Ban"], start=1):
        bloc_year = make.BlocYearFactory(name=name, bloc__place=place)
        unit = None if place == 2 else make.UnitStateFactory(official_name=f"Cục {place}").unit
        make.SeatFactory(bloc_year=bloc_year, role="leader", unit=unit)
        found.append(bloc_year)
    return found


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", ["Khối Sở", "Khối Đơn vị", "Khối Ban"]),
        ("?q=don vi", ["Khối Đơn vị"]),
        ("?q=ĐƠN VỊ", ["Khối Đơn vị"]),
        ("?q=không có", []),
        ("?leader=known", ["Khối Sở", "Khối Ban"]),
        ("?leader=unknown", ["Khối Đơn vị"]),
        ("?sort=name", ["Khối Ban", "Khối Đơn vị", "Khối Sở"]),
        ("?sort=-name", ["Khối Sở", "Khối Đơn vị", "Khối Ban"]),
        ("?sort=place", ["Khối Sở", "Khối Đơn vị", "Khối Ban"]),
        ("?sort=-name&leader=known", ["Khối Sở", "Khối Ban"]),
        ("?page=99", ["Khối Sở", "Khối Đơn vị", "Khối Ban"]),
    ],
)
def test_list_is_filtered_and_sorted(as_staff, three, query, listed):
    links = read(as_staff, reverse("year", args=["2020"]) + query).links
    assert [words for words in links if words.startswith("Khối ") and words != "Khối thi đua"] == listed


def test_empty_filter_says_how_to_search(as_staff, three):
    assert "không cần viết dấu" in read(as_staff, reverse("year", args=["2020"]) + "?q=zzz").text


def test_list_is_paged_and_keeps_its_filter(as_staff):
    for place in range(PAGE_SIZE + 1):
        make.BlocYearFactory(name=f"Khối {place:02d}", bloc__place=place)
    page = read(as_staff, reverse("year", args=["2020"]) + "?q=khoi")
    assert "Khối 00" in page.links
    assert f"Khối {PAGE_SIZE}" not in page.links
    assert page.links["Trang sau"] == "?q=khoi&page=2"
    assert f"Khối {PAGE_SIZE}" in read(as_staff, reverse("year", args=["2020"]) + "?q=khoi&page=2").links


def test_list_says_who_leads_how_far_it_is_and_what_is_next(as_staff, leader, named):
    for _member in range(2):
        make.SeatFactory(bloc_year=leader.bloc_year)
    make.CampaignFactory(bloc_year=leader.bloc_year)
    assert (
        "Khối thi đua Viện Viện Một 3 1/14 Báo cáo tổng kết năm (Khối trưởng)"
        in read(as_staff, leader.bloc_year.year.get_absolute_url()).text
    )


def test_leader_who_is_not_named_is_said_to_be_unknown(as_staff, three):
    assert read(as_staff, reverse("year", args=["2020"])).text.count("Chưa nêu tên") == 1


def test_part_of_the_page_is_swapped_in(as_staff, three):
    address = reverse("year", args=["2020"]) + "?q=ban"
    part = as_staff.get(address, headers={"HX-Request": "true"})
    html = part.content.decode().strip()
    assert html.startswith('<div id="list">')
    assert Page(part).headings == []
    assert "HX-Request" in part["Vary"]
    restored = as_staff.get(
        address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    ).content
    assert restored.startswith(b"<!doctype html>")


def test_list_is_exported_as_filtered(as_staff, three):
    response = as_staff.get(reverse("year", args=["2020"]) + "?leader=known&sort=name&export=xlsx")
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert response["Content-Disposition"] == 'attachment; filename="khoi-thi-dua-2020.xlsx"'
    assert rows == [
        ("Khối thi đua", "Khối trưởng", "Số đơn vị", "Bước đã xong", "Tổng số bước", "Việc tiếp theo", "Hạn"),
        ("Khối Ban", "Cục 3", 1, 0, 14, "Báo cáo tổng kết năm", None),
        ("Khối Sở", "Cục 1", 1, 0, 14, "Báo cáo tổng kết năm", None),
    ]


def test_export_holds_only_what_the_person_sees(client, people, bloc_year, other):
    client.force_login(people["secretary"])
    response = client.get(bloc_year.year.get_absolute_url() + "?export=xlsx")
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert [row[0] for row in rows[1:]] == [BLOC]


def test_formula_in_a_name_is_exported_as_text(as_staff):
    make.BlocYearFactory(name="=1+1")
    response = as_staff.get(reverse("year", args=["2020"]) + "?export=xlsx")
    cell = load_workbook(BytesIO(response.content)).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_other_years_are_offered(as_staff):
    for code in ("2019", "2021"):
        make.BlocYearFactory(year__code=code)
    links = read(as_staff, reverse("year", args=["2019"])).links
    assert [words for words in links if words.isdigit()] == ["2021"]
