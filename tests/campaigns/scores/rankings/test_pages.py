"""The pages of a ranking: what each person reads, what the conference decides there, past years as known."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.scores import actions
from campaigns.scores.models import KnownResult, Ranking
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.forms import Fields, send
from tests.pages import Page, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def tied(scored, named):
    units = scored.unit("Một"), scored.unit("Hai")
    for unit in units:
        scored.give(unit)
    return units


@pytest.fixture
def address(scored):
    return page_address(scored.bloc_year, "ranking")


def test_ranking_is_made_settled_and_released_on_its_pages(client, scored, tied, secretary, address):
    client.force_login(secretary)
    assert "Chưa có bảng xếp hạng" in read(client, address).text
    assert client.post(page_address(scored.bloc_year, "ranking-make")).url == address
    page = read(client, address)
    assert page.text.count("Cùng hạng.") == 2
    assert "Viện Một chưa đủ điểm chưa có phiếu chấm điểm" in page.text

    settle = page.links["Ghi quyết định của Hội nghị Hai"]
    one, two = tied
    told = {f"place-{one.pk}": "1", f"place-{two.pk}": "1", "reason": "Biểu quyết"}
    assert "không trùng nhau" in Page(send(client, settle, told)).text
    assert send(client, settle, told | {f"place-{one.pk}": "2"}).url == address
    page = read(client, address)
    assert "Bằng điểm; xếp theo: hội nghị thống nhất." in page.text
    assert "Hai, Một (Biểu quyết)" in page.text

    assert send(client, page.links["Công bố bảng xếp hạng"]).url == address
    assert "Đã công bố" in read(client, address).text
    assert [row["name"] for row in Ranking.objects.get().rows][:2] == ["Hai", "Một"]


def test_member_reads_the_released_ranking_and_no_draft(client, scored, tied, people, address):
    client.force_login(people["member's officer"])
    actions.make_ranking(bloc_year=scored.bloc_year, by=people["staff"])
    page = read(client, address)
    assert "95,00" not in page.text and "Chưa có bảng xếp hạng" in page.text
    for name in ("ranking-settle", "ranking-part-year", "ranking-release"):
        assert client.get(page_address(scored.bloc_year, name)).status_code == 403
    assert client.post(page_address(scored.bloc_year, "ranking-make")).status_code == 403

    actions.release_ranking(ranking=Ranking.objects.get(), by=people["staff"])
    scored.give(tied[0], "leader", b1="5")
    actions.make_ranking(bloc_year=scored.bloc_year, by=people["staff"])
    page = read(client, address)
    assert page.text.count("95,00") == 2 and "89,00" not in page.text
    assert "đã khác với bảng này" in page.text
    assert page.buttons == []
    assert "89,00" not in read(client, f"{address}?lan=2").text


def test_page_of_another_bloc_is_not_there(client, people, tied, address):
    client.force_login(people["another bloc's secretary"])
    assert client.get(address).status_code == 404


def test_draft_says_what_has_come_about_since(client, scored, tied, secretary, address):
    client.force_login(secretary)
    client.post(page_address(scored.bloc_year, "ranking-make"))
    page = read(client, address)
    assert "Từ khi lập dự thảo" not in page.text
    release = page.links["Công bố bảng xếp hạng"]
    scored.give(scored.unit("Ba"), "self")
    page = read(client, address)
    assert "điểm, tên hoặc danh sách đơn vị đã khác với bảng này" in page.text
    assert "điểm tự chấm chưa được kiểm tra, thẩm định: Ba" in page.text
    assert "Công bố bảng xếp hạng" not in page.links  # the draft is renewed first
    answer = send(client, release)
    assert "đã thay đổi sau khi lập bảng này" in Page(answer).text


def test_units_that_do_not_rank_stand_apart_with_the_reason(client, scored, tied, staff, address):
    scored.give(
        scored.unit("Bị loại"),
        fields={"a1": {"disqualifies": "Có người bị xử lý hình sự"}, "b1": {"points": 15, "base": 15}},
    )
    scored.give(scored.unit("Về giữa năm", first_day=date(2020, 7, 1)))
    client.force_login(staff)
    client.post(page_address(scored.bloc_year, "ranking-make"))
    page = read(client, address)
    assert "Bị loại 99,00 Có người bị xử lý hình sự" in page.text
    assert "Về giữa năm 95,00 không ở trong Khối cả năm (từ ngày 01/07/2020)" in page.text

    late = next(row["unit"] for row in Ranking.objects.get().rows if row["stay"])
    form = page.links["Đơn vị không ở trong Khối cả năm"]
    assert send(client, form, {"units": str(late), "reason": "Nhất trí"}).url == address
    assert "xếp hạng: Về giữa năm (Nhất trí)" in read(client, address).text


def test_past_year_is_shown_as_far_as_it_is_known(client, bloc_year, leader, named, secretary):
    for name, known in (
        ("Chỉ hạng", {"total": None, "rank": 2}),
        ("Chỉ điểm", {"total": Decimal("99.5")}),
        ("Cả hai", {"total": Decimal(98), "rank": 1}),
    ):
        unit = make.UnitStateFactory(official_name=name).unit
        make.SeatFactory(bloc_year=bloc_year, unit=unit)
        make.KnownResultFactory(bloc_year=bloc_year, unit=unit, **known)
    client.force_login(secretary)
    text = read(client, page_address(bloc_year, "ranking")).text

    table = text[text.index("Kết quả đã biết") : text.index("Năm cũ")]
    assert "1 Cả hai 98 2 Chỉ hạng – chỉ biết thứ hạng" in table
    assert "– Chỉ điểm 99,5 chỉ biết tổng điểm" in table
    assert "– Viện Một – chưa biết" in table


def test_known_result_is_entered_and_an_older_page_overwrites_nothing(
    client, bloc_year, leader, named, staff
):
    client.force_login(staff)
    entering = read(client, page_address(bloc_year, "ranking-known")).links["Viện Một"]
    assert "tổng điểm hoặc thứ hạng" in Page(send(client, entering, {"note": "?"})).text
    assert send(client, entering, {"total": "97,5", "note": "Theo báo cáo"}).url == page_address(
        bloc_year, "ranking-known"
    )
    known = KnownResult.objects.get()
    assert (known.total, known.rank, known.version) == (Decimal("97.5"), None, 1)
    older = Fields(client.get(entering)).sent
    send(client, entering, {"total": "97,6"})
    answer = client.post(entering, older | {"total": "98"})
    assert "tổng điểm: bản đã lưu “97,6”, bản của anh/chị “98”" in Page(answer).text
    assert KnownResult.objects.get().total == Decimal("97.6")
    assert client.post(entering, Fields(answer).sent).status_code == 302
    assert KnownResult.objects.get().total == Decimal(98)


@pytest.mark.parametrize("who", ["member's officer", "clerk"])
def test_known_results_are_entered_by_nobody_else(client, people, bloc_year, leader, who):
    client.force_login(people[who])
    assert client.get(page_address(bloc_year, "ranking-known")).status_code == 403
    address = page_address(bloc_year, "ranking-known-unit", leader.unit.code)
    assert client.post(address, {"total": "1"}).status_code == 403
    assert not KnownResult.objects.exists()


def test_known_result_waits_for_the_end_of_the_year(client, staff):
    seat = make.SeatFactory(bloc_year__year__code="2099", bloc_year__year__last_day=date(2099, 12, 31))
    client.force_login(staff)
    assert "chưa kết thúc" in read(client, page_address(seat.bloc_year, "ranking-known")).text
    address = page_address(seat.bloc_year, "ranking-known-unit", seat.unit.code)
    assert client.post(address, {"total": "97,5"}).status_code == 302
    assert not KnownResult.objects.exists()


def test_unit_is_followed_over_the_years(client, scored, tied, people, staff):
    one = tied[0]
    ranking = actions.make_ranking(bloc_year=scored.bloc_year, by=staff)
    actions.release_ranking(ranking=ranking, by=staff)
    for code, known in (("2018", {"total": None, "rank": 3}), ("2019", {"total": Decimal("90.5")})):
        before = make.BlocYearFactory(
            bloc=scored.bloc_year.bloc, year__code=code, year__first_day=date(int(code), 1, 1)
        )
        make.SeatFactory(bloc_year=before, unit=one)
        make.KnownResultFactory(bloc_year=before, unit=one, **known)
    client.force_login(staff)
    text = read(client, page_address(scored.bloc_year, "ranking-unit", one.code)).text
    assert "1/2 95,00" in text and "– 90,5 chỉ biết tổng điểm" in text and "3 – chỉ biết thứ hạng" in text

    client.force_login(people["member's officer"])  # whose unit sat in this year alone
    text = read(client, page_address(scored.bloc_year, "ranking-unit", one.code)).text
    assert "95,00" in text and "90,5" not in text
