"""Kịch bản lời dẫn: what is said of each kind of item, from what is and is not known."""

import pytest

from reports.views.pages import missing_in
from tests import factories as make
from tests.reports import meeting_world as world
from tests.reports.test_meeting_papers import text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(leader):
    return [leader.unit, *world.member_units(leader.bloc_year, 2)]


@pytest.fixture
def meeting(leader, units):
    return world.fill(world.conference(leader), units)


@pytest.fixture
def bare(leader):
    """A meeting of which nothing but its name is known."""
    return make.MeetingFactory(bloc_year=leader.bloc_year, kind="year-end", title="Hội nghị tổng kết")


def test_script_composes_what_is_said_from_kind_title_and_presenter(meeting):
    said = text(tree(meeting, "script"))
    for words in (
        "I. KHAI MẠC, GIỚI THIỆU ĐẠI BIỂU (08 GIỜ 33) Người thực hiện: Viện trưởng Viện Một. Kính thưa "
        "các vị đại "
        "biểu! Hôm nay, ngày 15 tháng 12 năm 2020, tại trụ sở Viện Một, Hà Nội, Khối Viện tổ chức Hội "
        "nghị tổng "
        "kết công tác thi đua, khen thưởng năm 2020.",
        "Về dự Hội nghị, xin trân trọng giới thiệu lãnh đạo bộ: Ông Hoàng Văn Lâm, Thứ trưởng. Về dự Hội "
        "nghị, xin trân trọng giới thiệu đơn vị thành viên: Ông Bùi Văn Khang",
        "Chủ trì Hội nghị: Đinh Hữu A, Viện trưởng Viện Một.",
        "Xin mời Viện trưởng Viện Một trình bày báo cáo tổng kết năm 2020.",
        "Xin trân trọng kính mời Ông Hoàng Văn Lâm, Thứ trưởng phát biểu chỉ đạo Hội nghị.",
        "Kính mời đại diện lãnh đạo các đơn vị lần lượt lên ký: Viện Một; Viện Mẫu 02; Viện Mẫu 01.",
        "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020 đến đây là kết thúc.",
    ):
        assert words in said


def test_script_names_the_post_of_a_speaker_and_says_whose_name_is_missing(meeting, leader):
    meeting.agendaitems.filter(kind="direction").update(presenter="Hoàng Văn Lâm")
    meeting.agendaitems.filter(kind="vote").update(presenter="Ngô Thị Minh")
    following = make.BlocYearFactory(bloc=leader.bloc_year.bloc, year__code="2021")
    make.SeatFactory(
        bloc_year=following, role="leader", unit=make.UnitStateFactory(official_name="Viện Mới").unit
    )
    paper = tree(meeting, "script")
    said = text(paper)
    for words in (
        "Xin trân trọng kính mời Ông Hoàng Văn Lâm, Thứ trưởng phát biểu chỉ đạo Hội nghị.",
        "Xin mời Ngô Thị Minh, Chánh Văn phòng Viện Một trình bày dự kiến đề nghị và điều hành biểu quyết.",
        "Đơn vị nào đồng ý, đề nghị giơ tay.",
        "Các đơn vị được giới thiệu: Khối trưởng: Viện Mới.",
    ):
        assert words in said
    assert [each.text for each in missing_in(paper)] == [
        "chưa có số liệu: người thực hiện “Thảo luận”",
        "chưa có số liệu: người thực hiện “Ký giao ước thi đua năm 2021”",
    ]


def test_script_does_not_welcome_who_does_not_come(meeting, units):
    meeting.attendances.filter(unit=units[1]).update(reply="declined")
    meeting.attendances.filter(unit=units[2]).update(presence="absent")
    said = text(tree(meeting, "script"))
    assert "Vũ Văn Giang" in said
    assert "Bùi Văn Khang" not in said
    assert "Đỗ Thị Hạnh" not in said


def test_script_says_what_was_written_for_an_item(bare):
    make.AgendaItemFactory(meeting=bare, place=1, kind="opening", script="Dòng một {a}.\nDòng hai.")
    said = text(tree(bare, "script"))
    assert "Dòng một {a}. Dòng hai." in said
    assert "Kính thưa" not in said


@pytest.mark.parametrize(("named", "called"), [(True, True), (False, False)])
def test_exemplars_are_called_once_all_are_named(bare, named, called):
    make.AgendaItemFactory(meeting=bare, place=1, kind="exemplars", title="Biểu dương")
    shared = {"bloc_year": bare.bloc_year, "kind": "individual"}
    make.ExemplarFactory(**shared, person=make.PersonFactory(full_name="Hồ Thị Na"))
    make.ExemplarFactory(**shared, person=make.PersonFactory() if named else None)
    assert ("Hồ Thị Na" in text(tree(bare, "script"))) == called
