"""What a bloc proposes and honours as a page: names not known yet are said to be unknown."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.factories import user_with
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make.SeatFactory(
        role="leader", unit=make.UnitStateFactory(official_name="Viện Một").unit, bloc_year__name="Khối Viện"
    )


@pytest.fixture
def bloc_year(leader):
    return leader.bloc_year


@pytest.fixture
def address(bloc_year):
    return reverse("proposals", args=[bloc_year.year.code, bloc_year.bloc.code])


@pytest.fixture
def page_of(client, bloc_year, leader, address):
    member = make.SeatFactory(bloc_year=bloc_year)
    people = {
        "staff": user_with("staff"),
        "secretary": user_with("secretary", leader.unit),
        "clerk": user_with("clerk", leader.unit),
        "member": user_with("officer", member.unit),
        "administrator": user_with("administrator"),
    }

    def page_of(who):
        client.force_login(people[who])
        return read(client, address)

    return page_of


def award(name, place, **names):
    return make.AwardNameFactory(name=name, kind__place=place, **names).kind


@pytest.mark.parametrize("who", ["another bloc's secretary", "nobody"])
def test_page_is_not_there_for_who_has_no_seat(client, address, who):
    stranger = user_with("secretary", make.SeatFactory(role="leader").unit)
    client.force_login(stranger if "secretary" in who else make.UserFactory())
    assert client.get(address).status_code == 404


def test_awards_stand_high_to_low_with_what_is_known_of_each(page_of, bloc_year):
    low, high = award("Cờ thấp", 2002), award("Cờ cao", 2001)
    make.NominationFactory(bloc_year=bloc_year, award=low, place=2)
    unit = make.UnitStateFactory(official_name="Viện Hai").unit
    make.NominationFactory(bloc_year=bloc_year, award=low, place=1, unit=unit, achievement="Hạng nhất")
    make.NominationFactory(bloc_year=bloc_year, award=high, person=make.PersonFactory(full_name="Vũ An"))
    text = page_of("member").text
    assert "Cờ cao 01 Cờ thấp 02 1 chưa nêu tên Khối đề nghị" in text
    assert (
        "Cờ cao 1 Vũ An chưa có số liệu chưa rõ Cờ thấp 1 Viện Hai Hạng nhất chưa rõ "
        "2 Chưa nêu tên chưa có số liệu chưa rõ" in text
    )


def test_award_bears_the_name_of_its_year_and_the_authority(page_of, bloc_year):
    make.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True)
    kind = award("Bằng khen của {authority}", 2001, last_day=date(2023, 12, 31))
    make.AwardNameFactory(kind=kind, name="Tên sau", first_day=date(2024, 1, 1))
    make.NominationFactory(bloc_year=bloc_year, award=kind)
    text = page_of("member").text
    assert "Bằng khen của Bộ Mẫu" in text
    assert "Tên sau" not in text


def test_exemplars_of_which_only_the_number_is_known(page_of, bloc_year):
    meeting = make.MeetingFactory(bloc_year=bloc_year, kind="year-end")
    make.ExemplarFactory(bloc_year=bloc_year, honoured_at=meeting)
    for _person in range(3):
        make.ExemplarFactory(bloc_year=bloc_year, kind="individual", honoured_at=meeting)
    page = page_of("member")
    assert (
        "Điển hình tiên tiến: tập thể 01 chỉ biết số lượng "
        "Điển hình tiên tiến: cá nhân 03 chỉ biết số lượng" in page.text
    )
    assert page.text.count("Chưa nêu tên") == 4
    assert page.links["Hội nghị tổng kết"] == meeting.get_absolute_url()


def test_nothing_known_is_said(page_of):
    text = page_of("member").text
    assert "Chưa ghi đề nghị khen thưởng nào của năm này." in text
    assert "Chưa ghi điển hình tiên tiến nào của năm này." in text


@pytest.mark.parametrize(
    ("who", "keeps"),
    [("staff", True), ("secretary", True), ("clerk", False), ("member", False), ("administrator", False)],
)
def test_who_keeps_the_records_is_led_to_the_first_name_that_is_missing(page_of, bloc_year, who, keeps):
    kind = award("Cờ", 2001)
    make.NominationFactory(bloc_year=bloc_year, award=kind, place=1, unit=make.UnitStateFactory().unit)
    unnamed = make.NominationFactory(bloc_year=bloc_year, award=kind, place=2)
    make.ExemplarFactory(bloc_year=bloc_year)
    page = page_of(who)
    expected = reverse("admin:nominations_nomination_change", args=[unnamed.pk]) if keeps else None
    assert page.links.get("Ghi tên còn thiếu") == expected
    assert ("Còn 02 chỗ chỉ biết số lượng." in page.text) == keeps
    assert bool(page.into_records()) == keeps


def test_nothing_is_left_to_name(page_of, bloc_year):
    make.NominationFactory(bloc_year=bloc_year, unit=make.UnitStateFactory().unit)
    assert "Ghi tên còn thiếu" not in page_of("secretary").links


def test_another_blocs_proposals_are_not_listed(page_of, bloc_year):
    kind = award("Cờ", 2001)
    make.NominationFactory(award=kind, unit=make.UnitStateFactory(official_name="Viện Kín").unit)
    make.ExemplarFactory(unit=make.UnitStateFactory(official_name="Viện Kín 2").unit)
    for who in ("secretary", "staff"):
        assert "Viện Kín" not in page_of(who).text
