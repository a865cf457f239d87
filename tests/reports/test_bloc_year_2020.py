"""The 2020 year that ships says what its two sources publish, and nothing else."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from awards.decisions.models import Exemplar
from awards.nominations.models import Nomination
from blocs.models import Entry, Person, Post, Unit, UnitState
from blocs.text import nfc
from campaigns.models import BlocYear, Campaign, Meeting, Pledge, Seat, Statement
from tests.reports.bloc_year_files import SHIPPED, load

DATA = Path(__file__).parents[1] / "data"
FACTS = json.loads((DATA / "bloc-2020-facts.json").read_text())["published"]
# Every word of the published news, sorted: what it says stands in the file, its sentences are not ours.
NEWS_WORDS = set((DATA / "conference-2020-words.txt").read_text().split())

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year(db):
    load(SHIPPED)
    return BlocYear.objects.get(bloc__code="tong-cuc-cuc-ban-quy", year__code="2020")


def seat_of(bloc_year, role):
    seat = bloc_year.seats.get(role=role)
    return {
        "unit": seat.unit.name(),
        "representative": f"{seat.representative}, {seat.representative_title}",
    }


def test_bloc_and_its_seats_are_those_published(bloc_year):
    members = [seat.unit for seat in bloc_year.seats.all()]

    assert {
        "bloc": bloc_year.name,
        "organisation": bloc_year.organiser.name(),
        "year": int(bloc_year.year.code),
        "member_count": len(members),
        "members": [unit.name() for unit in sorted(members, key=lambda unit: unit.decree_place)],
        "khoi_truong": seat_of(bloc_year, Seat.Role.LEADER),
        "khoi_pho": seat_of(bloc_year, Seat.Role.DEPUTY),
    } == {
        key: FACTS[key]
        for key in ("bloc", "organisation", "year", "member_count", "members", "khoi_truong", "khoi_pho")
    }
    assert Counter(unit.state().kind for unit in members) == {
        UnitState.Kind.GENERAL_DEPARTMENT: 1,
        UnitState.Kind.AUTHORITY: 6,
        UnitState.Kind.BOARD: 1,
        UnitState.Kind.FUND: 2,
    }


def test_awarding_authority_has_its_department_under_both_names(bloc_year):
    root = Unit.objects.get(is_root=True).state()
    department = root.standing_department.state()

    assert (root.unit, root.kind) == (bloc_year.organiser, UnitState.Kind.MINISTRY)
    assert department.official_name == "Vụ Thi đua - Khen thưởng"
    assert "Vụ Thi đua, Khen thưởng" in department.aliases
    assert department.superior == root.unit


@pytest.mark.parametrize(
    ("kind", "title", "first_day", "last_day", "place", "names"),
    [
        ("exemplar", "Hội nghị điển hình tiên tiến của Khối", "2020-07-01", "2020-07-31", "", []),
        (
            "activity",
            "Ngày hội giao lưu văn nghệ - thể thao",
            "2020-11-07",
            "2020-11-07",
            "Hà Nội",
            [
                "Phạm Công Tạc - Thứ trưởng",
                "Đỗ Hồng Giang - Vụ trưởng Vụ Pháp chế, Trưởng khối thi đua Khối cơ quan Bộ",
                "Lê Vũ Tiến - Bí thư Đoàn TNCS Hồ Chí Minh",
            ],
        ),
        (
            "year-end",
            "Hội nghị tổng kết công tác thi đua, khen thưởng của Khối thi đua Tổng "
            "cục, Cục, Ban và Quỹ năm 2020",
            "2020-12-15",
            "2020-12-15",
            "trụ sở Cục Sở hữu trí tuệ",
            [
                f"Phạm Công Tạc - Thứ trưởng {FACTS['organisation']}",
                "Lê Ngân Giang - Phó Vụ trưởng Vụ Thi đua - Khen thưởng",
                f"Lãnh đạo các đơn vị của {FACTS['bloc']}",
            ],
        ),
    ],
)
def test_meetings_are_those_published(bloc_year, kind, title, first_day, last_day, place, names):
    meeting = bloc_year.meetings.get(kind=kind)

    assert (meeting.title, meeting.place_name) == (title, place)
    assert (str(meeting.first_day), str(meeting.last_day)) == (first_day, last_day)
    assert [str(each) for each in meeting.attendances.all()] == names


def test_activities_of_the_sports_day_are_its_agenda(bloc_year):
    agenda = bloc_year.meetings.get(kind=Meeting.Kind.ACTIVITY).agendaitems.all()
    published = next(event for event in FACTS["events"] if "activities" in event)["activities"]

    assert [item.title.lower() for item in agenda] == published


def test_conference_was_held_by_the_leaders_unit_in_ten_points(bloc_year):
    conference = bloc_year.meetings.get(kind=Meeting.Kind.YEAR_END)

    assert conference.host == bloc_year.seats.get(role=Seat.Role.LEADER).unit
    assert [item.title.split()[0] for item in conference.agendaitems.all()] == [
        "Khai",
        "Báo",
        "Ý",
        "Phát",
        "Phát",
        "Đề",
        "Biểu",
        "Bầu",
        "Báo",
        "Ký",
    ]


def test_statements_have_their_speakers_and_requests_are_told_apart(bloc_year):
    statements = Statement.objects.filter(meeting__kind=Meeting.Kind.YEAR_END)

    assert [(each.kind, each.speaker, each.is_request) for each in statements] == [
        ("opening", "Đinh Hữu Phí", False),
        ("department", "Lê Ngân Giang", False),
        ("department", "Lê Ngân Giang", True),
        ("direction", "Phạm Công Tạc", False),
        ("direction", "Phạm Công Tạc", True),
    ]


def test_proposals_and_exemplars_are_numbers_without_names(bloc_year):
    day = bloc_year.year.last_day
    proposals = Nomination.objects.filter(bloc_year=bloc_year)
    exemplars = Exemplar.objects.filter(bloc_year=bloc_year)

    assert Counter(each.award.name(day) for each in proposals) == FACTS["proposals"]
    assert Counter(each.get_kind_display() for each in exemplars) == FACTS["exemplars_honoured"]
    assert {each.recipient for each in (*proposals, *exemplars)} == {None}
    assert {each.proposed_at.kind for each in proposals} == {Meeting.Kind.YEAR_END}
    assert {each.honoured_at.kind for each in exemplars} == {Meeting.Kind.YEAR_END}


def test_next_year_has_its_pledge_and_two_seats_that_nobody_is_named_for(bloc_year):
    following = bloc_year.successor()
    pledge = Pledge.objects.get()

    assert [(seat.role, seat.unit) for seat in following.seats.all()] == [("leader", None), ("deputy", None)]
    assert list(pledge.bloc_years.all()) == [following]
    assert pledge.theme == FACTS["pledge_2021"]["theme"]
    assert pledge.presented_by == FACTS["pledge_2021"]["presented_by"]
    assert (str(pledge.signed_on), pledge.signed_count, pledge.signing_units) == ("2020-12-15", None, None)
    assert not pledge.contents.exists()
    assert not pledge.signatures.exists()


def test_ministrys_campaign_is_the_theme_of_five_years(bloc_year):
    campaign = Campaign.objects.get()

    assert campaign.theme == FACTS["ministry_theme_2021_2025"]
    assert (str(campaign.first_day), str(campaign.last_day)) == ("2021-01-01", "2025-12-31")
    assert (campaign.launched_by, campaign.bloc_year) == (bloc_year.organiser, None)
    assert campaign.launched_at == f"Đại hội Thi đua yêu nước lần thứ V của {FACTS['organisation']}"


def test_no_person_is_made_and_no_post_but_the_operators(bloc_year):
    assert not Person.objects.exists()
    assert [post.role for post in Post.objects.all()] == [Post.Role.OPERATOR]


def test_observations_follow_the_sections_of_the_report(bloc_year):
    assert Counter(each.kind for each in bloc_year.observations.all()) == {
        "situation": 1,
        "result": 6,
        "commendation": 2,
        "leader": 1,
        "members": 1,
        "weakness": 1,
    }
    assert "phát hiện, nhân rộng các điển hình tiên tiến" in FACTS["weakness"]
    assert "phát hiện, nhân rộng các điển hình tiên tiến" in bloc_year.observations.get(kind="weakness").text


TYPING_SLIPS = ("tiến tiến", "suất sắc")
KEYS_OF_CODES = {
    "code",
    "kind",
    "role",
    "capacity",
    "id",
    "meeting",
    "unit",
    "superior",
    "host",
    "organiser",
    "bloc",
}
KEYS_OF_CODES |= {"standing_department", "launched_by", "award", "source", "year"}
# The unit's own symbol, and the title of a point of the agenda that the news tells without naming it.
ADDED_WORDS = {"shtt", "ý", "kiến"}


def texts_of(value, key=""):
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in KEYS_OF_CODES | {"sources", "format"}:
                yield from texts_of(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each, key)
    elif isinstance(value, str):
        yield value


def words_of(text):
    return set(re.findall(r"[\w&]+", nfc(text).lower()))


def test_every_word_of_the_file_stands_in_a_source():
    published = NEWS_WORDS | words_of(json.dumps(FACTS, ensure_ascii=False))
    written = set().union(*map(words_of, texts_of(tomllib.loads(SHIPPED.read_text()))))

    assert written - published - ADDED_WORDS == set()


def test_typing_slips_of_the_news_are_mended():
    texts = list(texts_of(tomllib.loads(SHIPPED.read_text())))

    assert [text for text in texts if any(slip in text for slip in TYPING_SLIPS)] == []


def test_loaded_twice_nothing_changes_and_nothing_is_written(bloc_year):
    entries = Entry.objects.count()

    assert load(SHIPPED) == f"{bloc_year}: không có gì thay đổi.\n"
    assert Entry.objects.count() == entries == 1
