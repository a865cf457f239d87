"""Finding by half memory: words in any order, without accents or case, and only what one may see."""

import pytest
from django.urls import reverse

from blocs.models import Person, Post, Unit, UnitState
from blocs.search import find_persons, find_units, patterns
from campaigns.models import BlocYear
from tests import factories as make
from tests.blocs.two_blocs import SECRET, MarkedRecords, leaks
from tests.factories import user_with
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def telecom(db):
    unit = make.UnitStateFactory(
        official_name="Cục Viễn thông", short_name="CVT", symbol="CVT", aliases=["Tổng cục Bưu điện"]
    ).unit
    make.UnitStateFactory(official_name="Cục Tần số", unit__code="tan-so")
    return unit


@pytest.fixture
def hanh(telecom):
    person = make.PersonFactory(full_name="Trần Thị Hạnh", address_form="Bà")
    make.PostFactory(person=person, unit=telecom, title="Kế toán trưởng")
    for name, title in (("Lê Văn Hạnh", "Chuyên viên"), ("Trần Thị Hà", "Kế toán trưởng")):
        other = make.PersonFactory(full_name=name)
        make.PostFactory(person=other, unit=telecom, title=title)
    return person


def found(client, text, **more):
    """What the page says was found: {group: [titles]}."""
    response = client.get(reverse("search"), {"q": text, **more})
    return {
        str(kind.title): [each.title for each in rows] for kind, _page, rows in response.context["groups"]
    }


@pytest.mark.parametrize(
    "text",
    [
        "hanh ke toan vien thong",
        "Viễn thông kế toán Hạnh",
        "  HẠNH   kế toán ",
        "hạnh ke vien",
        "hanh ke toan cvt",
        "thong vien toan ke hanh tran",
        "ke toan buu dien han",
    ],
)
def test_person_is_found_by_half_memory(client, hanh, text):
    client.force_login(user_with("staff"))
    assert found(client, text).get("Cá nhân") == ["Bà Trần Thị Hạnh"]


@pytest.mark.parametrize(
    "text", ["hanh ke toan tan so", "hanh giam doc", "anh ke toan cvt", "han ke toan vien thongs"]
)
def test_every_word_must_be_found_and_all_but_the_last_whole(client, hanh, text):
    client.force_login(user_with("staff"))
    assert "Cá nhân" not in found(client, text)


@pytest.mark.parametrize("text", ["cuc vien thong", "cvt", "vien t", "buu dien", "THÔNG CỤC", "tổng cục bưu"])
def test_unit_is_found_by_any_of_its_names(telecom, text):
    assert list(find_units(user_with("staff"), patterns(text))) == [telecom]


def test_former_name_finds_the_unit_and_is_shown(client, telecom):
    telecom.states.update(first_day="2017-01-01")
    make.UnitStateFactory(unit=telecom, official_name="Cục Bưu chính", last_day="2016-12-31")
    client.force_login(user_with("staff"))
    page = read(client, reverse("search"), data={"q": "bưu chính"})
    assert "Cục Viễn thông CVT · Cục Bưu chính" in page.text


def test_units_stand_in_the_order_of_the_decree_and_persons_by_given_name(client):
    for place, name in enumerate(["Cục Ba", "Cục Hai", "Cục Một"]):
        make.UnitStateFactory(official_name=name, decree_place=3 - place)
    for name in ("Đỗ Văn Ước", "Lê Thị Ước Ba", "Trần Ước An"):
        make.PersonFactory(full_name=name)
    client.force_login(user_with("staff"))
    assert found(client, "cuc")["Đơn vị"] == ["Cục Một", "Cục Hai", "Cục Ba"]
    assert found(client, "uoc")["Cá nhân"] == ["Trần Ước An", "Lê Thị Ước Ba", "Đỗ Văn Ước"]


def test_blocs_year_is_found_by_name_year_and_unit(client, telecom):
    seat = make.SeatFactory(unit=telecom, bloc_year__name="Khối thi đua Mười", bloc_year__year__code="2020")
    make.BlocYearFactory(bloc=seat.bloc_year.bloc, name="Khối thi đua Mười", year__code="2021")
    client.force_login(user_with("staff"))
    title = "Khối thi đua trong năm"
    assert found(client, "khoi muoi")[title] == ["Khối thi đua Mười", "Khối thi đua Mười"]
    assert found(client, "muoi 2020")[title] == ["Khối thi đua Mười"]
    assert found(client, "khoi vien thong")[title] == ["Khối thi đua Mười"]


def test_unit_is_found_by_its_whole_name_beside_its_people(client):
    unit = make.UnitStateFactory(official_name="Vụ Dệt lụa", short_name="Vụ Dệt lụa").unit
    make.PostFactory(person=make.PersonFactory(full_name="Ngô Văn An"), unit=unit, title="Vụ trưởng")
    client.force_login(user_with("staff"))
    for text in ("vu det lua", "det lua", "det"):
        assert found(client, text)["Đơn vị"] == ["Vụ Dệt lụa"]


def test_meeting_is_found_by_title_year_bloc_and_unit(client, telecom):
    seat = make.SeatFactory(unit=telecom, bloc_year__name="Khối thi đua Mười", bloc_year__year__code="2020")
    make.MeetingFactory(bloc_year=seat.bloc_year, kind="year-end", title="Hội nghị tổng kết năm")
    make.MeetingFactory(title="Giao lưu")
    client.force_login(user_with("staff"))
    for text in ("hoi nghi tong ket", "tong ket 2020", "hoi nghi muoi", "hoi nghi vien thong"):
        assert found(client, text)["Hội nghị, hoạt động"] == ["Hội nghị tổng kết năm"]


def test_what_a_preparatory_meeting_dealt_with_finds_nothing(client):
    meeting = make.MeetingFactory(kind="preparatory", title="Họp trù bị")
    make.AgendaItemFactory(meeting=meeting, title="Bỏ phiếu kín", outcome="Nhất trí đề cử")
    make.StatementFactory(meeting=meeting, text="Chưa nhất trí")
    client.force_login(user_with("staff"))
    for text in ("bo phieu kin", "de cu", "nhat tri"):
        assert found(client, text) == {}


def test_pledge_is_found_by_what_it_is_its_theme_year_and_bloc(client):
    bloc_year = make.BlocYearFactory(name="Khối thi đua Mười", year__code="2020")
    pledge = make.PledgeFactory(theme="Đoàn kết, sáng tạo")
    pledge.bloc_years.add(bloc_year, make.BlocYearFactory(year=bloc_year.year))
    make.PledgeFactory().bloc_years.add(make.BlocYearFactory(year__code="2021"))
    client.force_login(user_with("staff"))
    for text in ("giao uoc 2020", "giao ước Mười", "sang tao", "thi dua doan ket 2020"):
        assert found(client, text)["Giao ước thi đua"] == [str(pledge)]
    page = read(client, reverse("search"), data={"q": "sang tao"})
    assert "Đoàn kết, sáng tạo · 2 khối" in page.text


def test_pledge_of_no_bloc_is_found_without_a_page(client):
    pledge = make.PledgeFactory(theme="Đoàn kết")
    client.force_login(user_with("staff"))
    assert found(client, "doan ket") == {"Giao ước thi đua": [str(pledge)]}


def test_pledge_of_two_blocs_is_not_found_by_the_other_ones_name(client):
    own, other = make.SeatFactory(), make.BlocYearFactory(name="Khối Kín")
    pledge = make.PledgeFactory()
    pledge.bloc_years.add(own.bloc_year, other)
    client.force_login(user_with("officer", own.unit))
    assert found(client, "giao uoc")["Giao ước thi đua"] == [str(pledge)]
    assert found(client, "giao uoc kin") == {}
    assert "Khối Kín" not in read(client, reverse("search"), data={"q": "giao uoc"}).text


def test_titles_begin_with_a_capital(client, telecom):
    make.IssuedDocumentFactory(title="báo cáo Đặc biệt", issuer=telecom)
    client.force_login(user_with("staff"))
    assert "Báo cáo Đặc biệt" in read(client, reverse("search"), data={"q": "dac biet"}).text


def test_document_is_found_by_title_number_and_issuer(client, telecom):
    document = make.IssuedDocumentFactory(
        title="Báo cáo Đặc biệt năm 2020", issuer=telecom, numbered=True, number=45, symbol="BC-CVT"
    )
    make.IssuedDocumentFactory(title="Kế hoạch", issuer=telecom)
    client.force_login(user_with("staff"))
    for text in ("dac biet", "ĐẶC 2020", "45/bc-cvt", "bao cao vien thong"):
        assert found(client, text)["Văn bản"] == [document.title]


@pytest.mark.parametrize("text", ["", "   ", "!?", "_%", "\\"])
def test_nothing_typed_finds_nothing(client, hanh, text):
    client.force_login(user_with("staff"))
    assert found(client, text) == {}


@pytest.mark.parametrize("text", ["an\\M.*", "(", "[a", "a{2}", "'; --", "%", "x" * 5000, "a " * 500])
def test_strange_text_is_only_text(client, hanh, text):
    client.force_login(user_with("staff"))
    assert client.get(reverse("search"), {"q": text}).status_code == 200


def test_group_that_is_not_there_has_no_page(client):
    client.force_login(user_with("staff"))
    assert client.get(reverse("search"), {"q": "an", "nhom": "mat-khau"}).status_code == 404


def test_all_of_one_group_are_paged(client):
    for number in range(30):
        make.PersonFactory(full_name=f"Nguyễn Văn Mẫu {number:02d}")
    client.force_login(user_with("staff"))
    assert len(found(client, "mau")["Cá nhân"]) == 6
    assert len(found(client, "mau", nhom="ca-nhan")["Cá nhân"]) == 25
    assert len(found(client, "mau", nhom="ca-nhan", page=2)["Cá nhân"]) == 5


# Who sees what ----------------------------------------------------------------------------------------------


def searched():
    """Two blocs; every text of the second one's rows bears the secret word, and is found by it."""
    world = MarkedRecords()
    for row in world.labels:
        if isinstance(row, Person | Post | UnitState | BlocYear):
            type(row).objects.get(pk=row.pk).save()  # makes the keys by which it is searched
    return world


MADE_ONCE = searched


@pytest.fixture
def marked(made_once):
    return made_once


@pytest.mark.parametrize(
    "text", [SECRET, SECRET[:3], "don vi", "khoi", "bao cao", "nguyen van an", "chuyen vien", "a"]
)
@pytest.mark.parametrize("who", ["leader a", "member a", "outside"])
def test_nothing_of_another_bloc_is_found(client, marked, who, text):
    user = marked.people[who]
    client.force_login(user)
    response = client.get(reverse("search"), {"q": text})
    assert leaks(response) == []
    visible = {row.pk for row in Person.objects.visible_to(user)}
    assert {row.pk for row in find_persons(user, patterns(text))} <= visible
    assert set(find_units(user, patterns(text))) <= set(Unit.objects.visible_to(user))


def test_staff_find_what_others_must_not(client, marked):
    client.force_login(user_with("staff"))
    assert list(found(client, SECRET)) == [
        "Cá nhân",
        "Đơn vị",
        "Khối thi đua trong năm",
        "Hội nghị, hoạt động",
        "Giao ước thi đua",
        "Văn bản",
    ]
    assert leaks(client.get(reverse("search"), {"q": SECRET}))


def test_post_that_one_may_not_see_finds_nobody(client, hanh, telecom):
    """A colleague's post in a foreign unit is not to be guessed by searching for its title."""
    officer = user_with("officer", telecom)
    foreign = make.UnitStateFactory(official_name="Cục Kín").unit
    make.PostFactory(person=hanh, unit=foreign, title="Cố vấn mật")
    client.force_login(officer)
    assert found(client, "hanh ke toan") == {"Cá nhân": ["Bà Trần Thị Hạnh"]}
    for text in ("hanh co van", "hanh cuc kin", "hanh kin"):
        assert found(client, text) == {}
    assert "Cố vấn" not in client.get(reverse("search"), {"q": "hanh"}).content.decode()


def test_person_has_a_link_only_for_who_may_open_it(client, hanh, telecom):
    page = reverse("admin:blocs_person_change", args=[hanh.pk])
    client.force_login(user_with("staff"))
    assert page in read(client, reverse("search"), data={"q": "hanh"}).addresses
    client.force_login(user_with("officer", telecom))
    assert page not in read(client, reverse("search"), data={"q": "hanh"}).addresses


def test_duplicate_person_is_not_found(client, hanh):
    make.PersonFactory(full_name="Trần Thị Hạnh Trùng", merged_into=hanh)
    client.force_login(user_with("staff"))
    assert "Cá nhân" not in found(client, "hanh trung")


def test_who_is_not_signed_in_finds_nothing(client, hanh):
    response = client.get(reverse("search"), {"q": "hanh"})
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
