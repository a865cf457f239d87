"""The page of a bloc's year: what it says, no more than is known, and what leads on."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from campaigns.models import BlocYear, Seat
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.factories.year import choose
from tests.pages import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("named")]


def test_pages_of_the_bloc_lead_to_each_other(page_of, bloc_year):
    conference = make.MeetingFactory(bloc_year=bloc_year, kind="year-end", title="Hội nghị năm")
    links = page_of("member's officer", page_address(bloc_year, "scores")).links
    places = ["Tổng quan", "Hội nghị tổng kết", "Chấm điểm", "Đề nghị, điển hình"]
    reports = {"Báo cáo trình Hội nghị": "conference", "Báo cáo chính thức": "official"}
    assert {place: links[place] for place in [*places, *reports]} == {
        "Tổng quan": bloc_year.get_absolute_url(),
        "Hội nghị tổng kết": conference.get_absolute_url(),
        "Chấm điểm": page_address(bloc_year, "scores"),
        "Đề nghị, điển hình": page_address(bloc_year, "proposals"),
    } | {words: page_address(bloc_year, "report", edition) for words, edition in reports.items()}


STEPS = [
    "Kế hoạch của Khối",
    "Giao ước thi đua",
    "Phong trào thi đua",
    "Hoạt động của Khối",
    "Sơ kết giữa năm",
    "Chấm điểm",
    "Họp trù bị",
    "Hội nghị tổng kết",
    "Bình xét, suy tôn",
    "Đề nghị khen thưởng",
    "Điển hình tiên tiến",
    "Bầu Khối trưởng, Khối phó năm sau",
    "Báo cáo tổng kết năm",
    "Bàn giao nhiệm vụ Khối trưởng",
]


@pytest.mark.parametrize(
    ("closed_on", "has_set", "is_shown"),
    [(None, False, True), (None, True, True), ("2021-01-15", False, False), ("2021-01-15", True, True)],
)
def test_the_way_to_scores_is_shown_but_of_a_closed_year_without_criteria(
    page_of, bloc_year, closed_on, has_set, is_shown
):
    if has_set:
        choose(bloc_year, make.frozen_set(bloc_year.year))
    BlocYear.objects.filter(pk=bloc_year.pk).update(closed_on=closed_on)

    page = page_of("staff", bloc_year.get_absolute_url())
    scores = reverse("scores", args=[bloc_year.year.code, bloc_year.bloc.code])
    assert (scores in page.addresses) == is_shown


def test_timeline_has_the_steps_of_the_year_in_their_order(page_of, bloc_year):
    headings = page_of("clerk", bloc_year.get_absolute_url()).headings
    start = headings.index("Các bước của năm") + 1
    assert headings[start : start + len(STEPS)] == STEPS


@pytest.mark.parametrize(
    ("day", "known", "next_step"),
    [
        ("2020-06-01", [], "Ghi số, ngày kế hoạch"),
        ("2020-06-01", ["plan"], "Ghi giao ước thi đua"),
        ("2020-06-01", ["plan", "pledge"], "Ghi việc ký giao ước"),
        ("2020-06-01", ["plan", "signed pledge"], "Ghi phong trào thi đua"),
        ("2020-06-01", ["plan", "signed pledge", "campaign"], "Ghi hoạt động của Khối"),
        ("2020-06-01", ["plan", "signed pledge", "campaign", "activity"], "Ghi Hội nghị sơ kết"),
        ("2021-02-01", [], "Lập báo cáo tổng kết"),
        ("2021-02-01", ["conference"], "Lập báo cáo tổng kết"),
        ("2021-02-01", ["nomination"], "Ghi tên nơi được đề nghị"),
        ("2021-02-01", ["exemplar"], "Ghi tên điển hình tiên tiến"),
        ("2021-02-01", ["elected"], "Ghi tên đơn vị được bầu"),
        ("2021-02-01", ["named"], "Lập báo cáo tổng kết"),
        ("2021-02-01", ["pledge"], "Ghi việc ký giao ước"),
        ("2021-02-01", ["draft"], "Đưa báo cáo đi tiếp"),
        ("2021-02-01", ["released"], "Ghi số, ngày kế hoạch"),
        ("2021-02-01", ["released", "named"], "Bàn giao cho đơn vị đứng đầu năm sau"),
    ],
)
def test_next_step(client, secretary, bloc_year, day, known, next_step):
    issuer = bloc_year.seats.get(role="leader").unit
    for each in known:
        match each:
            case "plan":
                bloc_year.plan_issued_on = date(2020, 2, 1)
                bloc_year.save()
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
            case "named":
                following = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
                make.SeatFactory(bloc_year=following, role="leader")
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
