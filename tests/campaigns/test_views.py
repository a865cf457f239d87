"""The year, the bloc's year and the meeting as pages: who sees them, what they say, what leads on."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.models import Meeting, Seat
from campaigns.views import PAGE_SIZE
from tests import factories as make
from tests.factories import user_with
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

BLOC, OTHER = "Khối thi đua Viện", "Khối thi đua Kín"
SEE = ["staff", "secretary", "officer", "clerk", "member's officer", "administrator"]
KEEP = ["staff", "secretary", "officer"]


@pytest.fixture
def leader(db):
    return make.SeatFactory(
        role="leader", bloc_year__name=BLOC, unit=make.UnitStateFactory(official_name="Viện Một").unit
    )


@pytest.fixture
def other():
    """Another bloc's year, whose data could leak."""
    return make.SeatFactory(role="leader", bloc_year__name=OTHER).bloc_year


@pytest.fixture
def page_of(client, people):
    """The page at an address as one of the people reads it."""

    def page_of(who, address, **options):
        client.force_login(people[who])
        return read(client, address, **options)

    return page_of


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client


def address_of(bloc_year, name="bloc-year", *more):
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, *more])


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
    assert client.get(address_of(bloc_year, "meeting", foreign.pk)).status_code == 404


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


def test_home_is_the_newest_year_with_members(as_staff):
    for code, unit in [("2019", True), ("2020", True), ("2021", False)]:
        bloc_year = make.BlocYearFactory(year__code=code)
        if unit:
            make.SeatFactory(bloc_year=bloc_year)
        else:
            make.SeatFactory(bloc_year=bloc_year, unit=None, role="leader")
    assert as_staff.get(reverse("home")).url == reverse("year", args=["2020"])


def test_home_before_members_are_known_is_the_newest_year(as_staff):
    for code in ("2019", "2020"):
        make.BlocYearFactory(year__code=code)
    assert as_staff.get(reverse("home")).url == reverse("year", args=["2020"])


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


def test_list_says_who_leads_how_far_it_is_and_what_is_next(as_staff, leader):
    for _member in range(2):
        make.SeatFactory(bloc_year=leader.bloc_year)
    make.CampaignFactory(bloc_year=leader.bloc_year)
    assert (
        "Khối thi đua Viện Viện Một 3 1/8 Báo cáo tổng kết năm (Khối trưởng)"
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
        ("Khối thi đua", "Khối trưởng", "Số đơn vị", "Bước đã xong", "Tổng số bước", "Việc tiếp theo"),
        ("Khối Ban", "Cục 3", 1, 0, 8, "Báo cáo tổng kết năm"),
        ("Khối Sở", "Cục 1", 1, 0, 8, "Báo cáo tổng kết năm"),
    ]


def test_export_holds_only_what_the_person_sees(client, people, bloc_year, other):
    client.force_login(people["secretary"])
    response = client.get(bloc_year.year.get_absolute_url() + "?export=xlsx")
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert [row[0] for row in rows[1:]] == [BLOC]


def test_formula_in_a_name_is_exported_as_text(as_staff):
    make.BlocYearFactory(name="=1+1")
    response = as_staff.get(reverse("year", args=["2020"]) + "?export=xlsx")
    assert load_workbook(BytesIO(response.content)).active["A2"].value == "'=1+1"


def test_years_are_offered_newest_first(as_staff):
    for code in ("2019", "2021"):
        make.BlocYearFactory(year__code=code)
    links = read(as_staff, reverse("year", args=["2019"])).links
    assert [words for words in links if words.startswith("Năm ")] == ["Năm 2021", "Năm 2019"]


# The bloc's year --------------------------------------------------------------------------------------------


def test_pages_of_the_bloc_lead_to_each_other(page_of, bloc_year):
    conference = make.MeetingFactory(bloc_year=bloc_year, kind="year-end", title="Hội nghị năm")
    links = page_of("member's officer", bloc_year.get_absolute_url()).links
    places = ["Tổng quan", "Hội nghị tổng kết", "Đề nghị, điển hình"]
    reports = {"Báo cáo trình Hội nghị": "conference", "Báo cáo chính thức": "official"}
    assert {place: links[place] for place in [*places, *reports]} == {
        "Tổng quan": bloc_year.get_absolute_url(),
        "Hội nghị tổng kết": conference.get_absolute_url(),
        "Đề nghị, điển hình": address_of(bloc_year, "proposals"),
    } | {words: address_of(bloc_year, "report", edition) for words, edition in reports.items()}


STEPS = [
    "Giao ước thi đua",
    "Phong trào thi đua",
    "Hoạt động của Khối",
    "Hội nghị tổng kết",
    "Đề nghị khen thưởng",
    "Điển hình tiên tiến",
    "Bầu Khối trưởng, Khối phó năm sau",
    "Báo cáo tổng kết năm",
]


def test_timeline_has_the_steps_of_the_year_in_their_order(page_of, bloc_year):
    headings = page_of("clerk", bloc_year.get_absolute_url()).headings
    start = headings.index("Các bước của năm") + 1
    assert headings[start : start + len(STEPS)] == STEPS


@pytest.mark.parametrize(
    ("day", "known", "next_step"),
    [
        ("2020-06-01", [], "Ghi giao ước thi đua"),
        ("2020-06-01", ["pledge"], "Ghi việc ký giao ước"),
        ("2020-06-01", ["signed pledge"], "Ghi phong trào thi đua"),
        ("2020-06-01", ["signed pledge", "campaign"], "Ghi hoạt động của Khối"),
        ("2020-06-01", ["signed pledge", "campaign", "activity"], "Ghi Hội nghị tổng kết"),
        ("2021-02-01", [], "Lập báo cáo tổng kết"),
        ("2021-02-01", ["conference"], "Lập báo cáo tổng kết"),
        ("2021-02-01", ["nomination"], "Ghi tên nơi được đề nghị"),
        ("2021-02-01", ["exemplar"], "Ghi tên điển hình tiên tiến"),
        ("2021-02-01", ["elected"], "Ghi tên đơn vị được bầu"),
        ("2021-02-01", ["pledge"], "Ghi việc ký giao ước"),
        ("2021-02-01", ["draft"], "Đưa báo cáo đi tiếp"),
        ("2021-02-01", ["released"], "Ghi giao ước thi đua"),
    ],
)
def test_next_step(client, secretary, bloc_year, day, known, next_step):
    issuer = bloc_year.seats.get(role="leader").unit
    for each in known:
        match each:
            case "pledge" | "signed pledge":
                signed_on = date(2020, 3, 1) if "signed" in each else None
                make.PledgeFactory(signed_on=signed_on).bloc_years.add(bloc_year)
            case "campaign":
                make.CampaignFactory(bloc_year=bloc_year)
            case "activity":
                make.MeetingFactory(bloc_year=bloc_year)
            case "conference":
                day_held = date(2020, 12, 15)
                make.MeetingFactory(
                    bloc_year=bloc_year, kind="year-end", first_day=day_held, last_day=day_held
                )
            case "nomination":
                make.NominationFactory(bloc_year=bloc_year)
            case "exemplar":
                make.ExemplarFactory(bloc_year=bloc_year)
            case "elected":
                following = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
                make.SeatFactory(bloc_year=following, role="leader", unit=None)
            case "draft" | "released":
                traits = {"released": True} if each == "released" else {"draft_number": 1}
                make.IssuedDocumentFactory(issuer=issuer, subject=bloc_year, edition="official", **traits)
    with time_machine.travel(day):
        client.force_login(secretary)
        page = read(client, bloc_year.get_absolute_url())
        assert list(page.links)[1] == next_step


def test_next_step_is_not_offered_to_who_may_not_take_it(page_of, bloc_year):
    links = page_of("member's officer", bloc_year.get_absolute_url()).links
    assert "Lập báo cáo tổng kết" not in links


def test_closed_year_is_kept_by_the_department_alone(page_of, bloc_year):
    bloc_year.closed_on = date(2021, 3, 1)
    bloc_year.save()
    pages = {who: page_of(who, bloc_year.get_absolute_url()) for who in ("secretary", "staff")}
    assert "đã khoá ngày 01/03/2021" in pages["secretary"].text
    assert {who: bool(page.into_records()) for who, page in pages.items()} == {
        "secretary": False,
        "staff": True,
    }


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Chưa ghi việc ký"),
        ({"signed_on": date(2020, 3, 20)}, "ngày 20/03/2020; chưa rõ số đơn vị đã ký"),
        (
            {"signed_on": date(2020, 3, 20), "signed_count": 9, "signing_units": 10},
            "ngày 20/03/2020; 9/10 đơn vị đã ký",
        ),
    ],
)
def test_pledge_says_no_more_of_its_signing_than_is_known(page_of, bloc_year, fields, said):
    make.PledgeFactory(theme="Đoàn kết", **fields).bloc_years.add(bloc_year)
    text = page_of("clerk", bloc_year.get_absolute_url()).text
    assert "“Đoàn kết”" in text
    assert said in text
    assert "Nội dung giao ước: chưa có số liệu." in text


def test_pledge_shows_its_contents_and_who_signed(page_of, bloc_year, member):
    pledge = make.PledgeFactory(presented_by="Lê Thị Hoa", presented_by_title="Phó Viện trưởng")
    pledge.bloc_years.add(bloc_year)
    make.PledgeContentFactory(pledge=pledge, text="Giữ kỷ luật.")
    make.UnitStateFactory(unit=member.unit, official_name="Viện Hai")
    make.SignatureFactory(pledge=pledge, unit=member.unit, signer_name="Vũ An", signer_title="Viện trưởng")
    text = page_of("clerk", bloc_year.get_absolute_url()).text
    for words in (
        "Trình bày: Lê Thị Hoa, Phó Viện trưởng.",
        "Giữ kỷ luật.",
        "Viện Hai - Vũ An, Viện trưởng",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("days", "when"),
    [
        ({}, "Chưa rõ"),
        ({"first_day": date(2020, 7, 1), "last_day": date(2020, 7, 31)}, "Tháng 7 năm 2020"),
        ({"first_day": date(2020, 11, 7), "last_day": date(2020, 11, 7)}, "Ngày 07 tháng 11 năm 2020"),
    ],
)
def test_meeting_is_dated_as_far_as_it_is_known(page_of, bloc_year, days, when):
    make.MeetingFactory(bloc_year=bloc_year, title="Ngày hội", **days)
    assert (
        f"{when} Ngày hội Hoạt động giao lưu chưa rõ" in page_of("clerk", bloc_year.get_absolute_url()).text
    )


def test_units_stand_leader_first_with_who_represents_them(page_of, leader, member):
    leader.representative, leader.representative_title = "Đinh Hữu A", "Viện trưởng"
    leader.save()
    make.UnitStateFactory(unit=member.unit, official_name="Viện Hai")
    text = page_of("clerk", leader.bloc_year.get_absolute_url()).text
    assert "1 Viện Một Khối trưởng Đinh Hữu A, Viện trưởng 2 Viện Hai Thành viên chưa nêu tên" in text


def test_bloc_of_which_only_the_number_of_units_is_known(as_staff):
    bloc_year = make.BlocYearFactory(known_member_count=9)
    text = read(as_staff, bloc_year.get_absolute_url()).text
    assert "09 (chỉ biết số lượng)" in text
    assert "Chỉ biết khối có 9 đơn vị; chưa có danh sách." in text


@pytest.mark.parametrize(("who", "link"), [("secretary", True), ("staff", True), ("member's officer", False)])
def test_leader_elected_without_a_name_is_named_by_who_may(page_of, bloc_year, who, link):
    following = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
    seat = make.SeatFactory(bloc_year=following, role=Seat.Role.LEADER, unit=None)
    page = page_of(who, bloc_year.get_absolute_url())
    address = reverse("admin:campaigns_seat_change", args=[seat.pk])
    assert "Khối trưởng Đã bầu, chưa nêu tên đơn vị" in page.text
    assert (address in page.links.values()) == link


def test_campaigns_are_those_of_the_ministry_and_of_the_bloc(page_of, bloc_year, other):
    for name, of in [("Của Bộ", None), ("Của Khối", bloc_year), ("Của khối khác", other)]:
        make.CampaignFactory(name=name, bloc_year=of)
    make.CampaignFactory(
        name="Năm trước", bloc_year=None, first_day=date(2019, 1, 1), last_day=date(2019, 12, 31)
    )
    for who in ("secretary", "staff"):
        text = page_of(who, bloc_year.get_absolute_url()).text
        found = [name for name in ("Của Bộ", "Của Khối", "Của khối khác", "Năm trước") if name in text]
        assert found == ["Của Bộ", "Của Khối"]


def test_observations_stand_under_their_kind_in_the_order_of_the_report(page_of, bloc_year):
    make.ObservationFactory(bloc_year=bloc_year, kind="weakness", text="Còn chậm.", said_by="Hội nghị")
    make.ObservationFactory(bloc_year=bloc_year, kind="situation", text="Khối lớn.")
    text = page_of("clerk", bloc_year.get_absolute_url()).text
    assert "Đặc điểm, tình hình Khối lớn. Tồn tại, hạn chế Còn chậm. (Hội nghị)" in text


# The meeting ------------------------------------------------------------------------------------------------


@pytest.fixture
def conference(leader):
    return make.MeetingFactory(
        bloc_year=leader.bloc_year,
        kind=Meeting.Kind.YEAR_END,
        title="Hội nghị năm 2020",
        first_day=date(2020, 12, 15),
        last_day=date(2020, 12, 15),
        place_name="Hội trường A",
        host=leader.unit,
    )


def test_meeting_says_when_where_what_and_who(page_of, conference):
    make.AgendaItemFactory(meeting=conference, place=1, title="Khai mạc", outcome="Đã khai mạc.")
    make.AgendaItemFactory(meeting=conference, place=2, title="Bầu Khối trưởng")
    make.AttendanceFactory(meeting=conference, name="Phạm B", title="Thứ trưởng", capacity="ministry")
    make.AttendanceFactory(meeting=conference, title="Lãnh đạo các đơn vị")
    make.StatementFactory(
        meeting=conference, speaker="Lê C", speaker_title="Vụ trưởng", text="Cần đổi mới.", is_request=True
    )
    page = page_of("member's officer", conference.get_absolute_url())
    assert page.title == "Hội nghị năm 2020"
    for words in (
        "Thời gian Ngày 15 tháng 12 năm 2020 Nơi tổ chức Hội trường A Đơn vị chủ trì Viện Một",
        "1 Khai mạc Đã khai mạc. 2 Bầu Khối trưởng chưa có số liệu",
        "Phạm B Thứ trưởng Lãnh đạo bộ Chưa nêu tên Lãnh đạo các đơn vị Đơn vị thành viên",
        "Lê C, Vụ trưởng Ý kiến thảo luận Yêu cầu, kiến nghị Cần đổi mới.",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    ("known", "next_step"),
    [
        ([], "Ghi chương trình"),
        (["item"], "Ghi kết quả từng nội dung"),
        (["item with outcome"], "Ghi thành phần dự"),
        (["item with outcome", "attendance"], None),
    ],
)
def test_meeting_leads_to_what_is_missing(page_of, conference, known, next_step):
    if known:
        outcome = "Thông qua." if "outcome" in known[0] else ""
        make.AgendaItemFactory(meeting=conference, outcome=outcome)
    if "attendance" in known:
        make.AttendanceFactory(meeting=conference)
    links = page_of("secretary", conference.get_absolute_url()).links
    offered = [words for words in links if words.startswith("Ghi ")]
    assert offered == ([next_step] if next_step else [])


def test_meeting_of_which_nothing_is_known_says_so(page_of, bloc_year):
    meeting = make.MeetingFactory(bloc_year=bloc_year)
    text = page_of("clerk", meeting.get_absolute_url()).text
    unknown = "Thời gian chưa có số liệu Nơi tổ chức chưa có số liệu Đơn vị chủ trì chưa có số liệu"
    assert unknown in text
    for words in ("Chưa ghi chương trình.", "Chưa ghi thành phần dự.", "Chưa ghi ý kiến, phát biểu nào."):
        assert words in text
