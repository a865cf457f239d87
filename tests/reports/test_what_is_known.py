"""The year-end report prints what a source says before what could be counted or guessed."""

from datetime import date

import pytest

from campaigns.models import BlocYear
from reports.documents.base import CONFERENCE, OFFICIAL
from reports.documents.facts import Facts
from reports.documents.year_end_awards import election, proposals
from reports.documents.year_end_summary import situation
from reports.issuing import preview
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root():
    return make.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True, place_of_issue="Huế").unit


@pytest.fixture
def school_year():
    """A bloc of schools from August to July, of which two of five members are listed."""
    year = make.EmulationYearFactory(code="2015-2016", first_day=date(2015, 8, 1), last_day=date(2016, 7, 31))
    leader = make.UnitStateFactory(official_name="Sở Một", kind="department").unit
    member = make.UnitStateFactory(official_name="Sở Hai", kind="department").unit
    bloc_year = make.BlocYearFactory(year=year, name="Cụm thi đua số 9", known_member_count=5)
    make.SeatFactory(bloc_year=bloc_year, unit=leader, role="leader")
    make.SeatFactory(bloc_year=bloc_year, unit=member)
    return bloc_year


@pytest.mark.parametrize(
    ("known", "seats", "words"),
    [
        (5, 2, "có 05 đơn vị thành viên (danh sách kèm theo mới có 02 đơn vị)."),
        (5, 0, "có 05 đơn vị thành viên."),
        (2, 2, "có 02 đơn vị thành viên, gồm 02 Cục (danh sách kèm theo)."),
        (None, 2, "có 02 đơn vị thành viên, gồm 02 Cục (danh sách kèm theo)."),
    ],
)
def test_number_that_a_source_says_is_printed_before_the_number_of_seats(known, seats, words):
    bloc_year = make.BlocYearFactory(name="Khối 1", known_member_count=known)
    for _each in range(seats):
        unit = make.UnitStateFactory(kind="authority").unit
        make.SeatFactory(bloc_year=bloc_year, unit=unit)

    assert situation(Facts.of(bloc_year)).blocks[0].words == f"Khối 1 năm 2020 {words}"


@pytest.mark.parametrize(
    ("code", "days", "others", "following"),
    [
        ("2015-2016", ("2015-08-01", "2016-07-31"), [], "2016-2017"),
        ("2015-2016", ("2015-08-01", "2016-07-31"), ["2017"], "2016-2017"),
        ("2020", ("2020-01-01", "2020-12-31"), ["2023"], "2021"),
    ],
)
def test_next_year_is_counted_on_from_the_years_own_code(code, days, others, following):
    first, last = map(date.fromisoformat, days)
    year = make.EmulationYearFactory(code=code, first_day=first, last_day=last)
    bloc_year = make.BlocYearFactory(year=year)
    for other in others:
        make.BlocYearFactory(year=make.EmulationYearFactory(code=other))

    assert Facts.of(bloc_year).next_year == following


@pytest.mark.parametrize(("later", "following"), [("2021", True), ("2022", False)])
def test_a_year_after_a_gap_is_not_the_next(later, following):
    bloc_year = make.BlocYearFactory()
    other = make.BlocYearFactory(bloc=bloc_year.bloc, year=make.EmulationYearFactory(code=later))

    assert Facts.of(bloc_year).successor == (other if following else None)
    assert Facts.of(bloc_year).next_year == "2021"


@pytest.mark.parametrize(
    ("held", "line"),
    [
        (date(2016, 8, 5), "Huế, ngày     tháng     năm 2016"),
        (date(2017, 1, 4), "Huế, ngày     tháng     năm 2017"),
        (None, "Huế, ngày     tháng     năm       "),
    ],
)
def test_place_and_day_have_the_year_of_the_conference_or_none(school_year, held, line):
    make.MeetingFactory(bloc_year=school_year, kind="year-end", first_day=held, last_day=held)

    letterhead = preview(school_year, "year-end-summary", OFFICIAL).letterhead

    assert letterhead.place_and_day == line


COLLECTIVE, INDIVIDUAL = "collective", "individual"


@pytest.mark.parametrize(
    ("recipients", "named", "to_whom"),
    [
        ([COLLECTIVE], None, "các tập thể"),
        ([INDIVIDUAL], None, "các cá nhân"),
        ([COLLECTIVE, INDIVIDUAL], None, "các tập thể, cá nhân"),
        ([COLLECTIVE, INDIVIDUAL], "person", "các cá nhân"),
        ([COLLECTIVE, INDIVIDUAL], "unit", "các tập thể"),
    ],
)
def test_proposals_name_who_receives_them(recipients, named, to_whom):
    bloc_year = make.BlocYearFactory()
    given = {"person": make.PersonFactory} if named == "person" else {"unit": make.UnitFactory}
    recipient = {name: factory() for name, factory in given.items()} if named else {}
    award = make.AwardNameFactory(name="Bằng thử", kind__recipients=recipients).kind
    make.NominationFactory(bloc_year=bloc_year, award=award, **recipient)

    said = proposals(Facts.of(bloc_year), OFFICIAL).blocks[0].words

    assert said == f"Khối đề nghị tặng 01 Bằng thử cho {to_whom} đạt thành tích xuất sắc năm 2020."


@pytest.mark.parametrize(
    ("edition", "at", "who"),
    [
        (OFFICIAL, ["year-end"], "Hội nghị đề nghị"),
        (OFFICIAL, ["year-end", None], "Khối đề nghị"),
        (OFFICIAL, ["mid-year"], "Khối đề nghị"),
        (OFFICIAL, [None], "Khối đề nghị"),
        (CONFERENCE, ["year-end"], "Khối dự kiến đề nghị"),
    ],
)
def test_conference_proposes_only_what_was_proposed_there(edition, at, who):
    bloc_year = make.BlocYearFactory()
    held = {kind: make.MeetingFactory(bloc_year=bloc_year, kind=kind) for kind in ("year-end", "mid-year")}
    award = make.AwardNameFactory(name="Cờ thử").kind
    for kind in at:
        make.NominationFactory(bloc_year=bloc_year, award=award, proposed_at=held.get(kind))

    assert proposals(Facts.of(bloc_year), edition).blocks[0].words.startswith(f"{who} tặng ")


@pytest.mark.parametrize(
    ("way", "heading", "sentence"),
    [
        ("election", "Kết quả bầu", "Hội nghị đã tổ chức bầu Cụm trưởng và Cụm phó năm 2021"),
        ("rotation", "Luân phiên", "Cụm trưởng và Cụm phó năm 2021 được giao luân phiên giữa các đơn vị"),
        ("appointed", "Chỉ định", "Bộ Mẫu chỉ định Cụm trưởng và Cụm phó năm 2021"),
        ("handover", "Bàn giao", "Nhiệm vụ Cụm trưởng và Cụm phó năm 2021 đã được bàn giao"),
    ],
)
def test_elected_appointed_rotated_handed_over_are_four_sentences(way, heading, sentence, root):
    labels = {"leader_label": "Cụm trưởng", "deputy_label": "Cụm phó", "leader_chosen_by": way}
    bloc_year = make.BlocYearFactory(organiser=root, **labels)
    make.MeetingFactory(bloc_year=bloc_year, kind="year-end")
    following = make.BlocYearFactory(
        bloc=bloc_year.bloc, year=make.EmulationYearFactory(code="2021"), **labels
    )
    for role in ("leader", "deputy"):
        make.SeatFactory(bloc_year=following, role=role, unit=None)

    facts = Facts.of(bloc_year)
    part = proposals(facts, OFFICIAL)

    assert part.title == f"{heading} Cụm trưởng, Cụm phó năm 2021"
    assert part.blocks[0].words == f"{sentence}."
    following.seats.filter(role="deputy").delete()
    following.seats.update(unit=make.UnitStateFactory(official_name="Sở Một").unit)
    said, names = election(Facts.of(bloc_year))
    assert said.words == sentence.replace(" và Cụm phó", "") + ":"
    assert [each.words for each in names.items] == ["Cụm trưởng năm 2021: Sở Một."]


def test_way_to_the_leader_is_that_of_the_year_before_while_the_next_is_not_known():
    bloc_year = make.BlocYearFactory(leader_chosen_by=BlocYear.LeaderChoice.ROTATION)

    assert Facts.of(bloc_year).way_to_lead == "rotation"
