"""What a conference proposed and honoured, recorded from paper: who may, until when, for whom."""

from datetime import date

import pytest
import time_machine
from django.db import transaction

from awards.decisions.actions import honour
from awards.decisions.models import Exemplar
from awards.nominations.actions import propose
from awards.nominations.models import Nomination
from awards.nominations.recipients import NewPerson
from blocs.journal import Paper
from blocs.models import Entry, Person
from blocs.permissions import Refused
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.forms import send
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

DAY = date(2020, 12, 15)
PAPER = Paper(day=DAY)


@pytest.fixture
def conference(bloc_year):
    return make.MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=DAY, last_day=DAY)


@pytest.fixture
def flag():
    return make.AwardNameFactory(name="Cờ thi đua").kind


@pytest.fixture
def title():
    return make.AwardNameFactory(name="Chiến sĩ thi đua", kind__recipients=["individual"]).kind


@pytest.fixture
def person(leader):
    found = make.PersonFactory(full_name="Trần Thị Bình")
    make.PostFactory(person=found, unit=leader.unit)
    return found


ACTS = {
    "nomination.propose": lambda meeting, flag, **by: propose(
        meeting=meeting, proposals=[(flag, None)], **by
    ),
    "exemplar.honour": lambda meeting, flag, **by: honour(
        meeting=meeting, honoured=[("collective", None)], **by
    ),
}


@pytest.mark.parametrize("code", ACTS)
def test_who_may(people, conference, flag, code):
    may = ("staff", "secretary", "officer")
    for who, user in people.items():
        if who not in may:
            with pytest.raises(Refused):
                ACTS[code](conference, flag, by=user)
    assert not Entry.objects.exists()
    for who in may:
        with transaction.atomic():
            ACTS[code](conference, flag, by=people[who])
            transaction.set_rollback(True)


@pytest.mark.parametrize("code", ACTS)
def test_window_and_paper(secretary, conference, flag, code):
    make.PhaseFactory(year=conference.bloc_year.year, kind="proposals", last_day=date(2020, 12, 20))
    with time_machine.travel("2020-12-21 08:00+07:00"):
        for told in ({}, {"paper": PAPER}):
            with pytest.raises(Refused, match="đã hết hạn ngày 20/12/2020"):
                ACTS[code](conference, flag, by=secretary, **told)
        ACTS[code](conference, flag, by=secretary, paper=PAPER, reason="giấy về muộn")
    entry = Entry.objects.get()
    assert (entry.act, entry.paper.day, entry.reason) == (code, DAY, "giấy về muộn")


def test_proposals_stand_after_those_known(secretary, conference, member, flag, title, person):
    make.NominationFactory(bloc_year=conference.bloc_year, award=flag, place=3)
    proposals = [(flag, member.unit), (flag, None), (title, person)]
    propose(meeting=conference, proposals=proposals, by=secretary)

    made = Nomination.objects.filter(proposed_at=conference).order_by("pk")
    assert [(each.award, each.place, each.recipient) for each in made] == [
        (flag, 4, member.unit),
        (flag, 5, None),
        (title, 1, person),
    ]
    parts = Entry.objects.get().payload.data["after"]["parts"]
    assert [part["added"]["award"] for part in parts] == [flag.code, flag.code, title.code]


def test_exemplars_stand_after_those_known(secretary, conference, member, person):
    honoured = [("individual", person), ("collective", member.unit), ("individual", None)]
    honour(meeting=conference, honoured=honoured, by=secretary)

    made = Exemplar.objects.order_by("pk")
    assert [(each.kind, each.place, each.recipient) for each in made] == [
        ("individual", 1, person),
        ("collective", 1, member.unit),
        ("individual", 2, None),
    ]


def test_person_whom_nobody_knew_is_named_with_the_post(secretary, conference, member, title, person, leader):
    new = NewPerson("Lê Văn Mới", "Trưởng phòng", member.unit)
    known = NewPerson("Trần Thị Bình", "Phó phòng", leader.unit)
    propose(meeting=conference, proposals=[(title, new), (title, known)], by=secretary)

    made = Person.objects.get(full_name="Lê Văn Mới")
    assert [(post.unit, post.title, post.role) for post in made.posts.all()] == [
        (member.unit, "Trưởng phòng", "")
    ]
    assert {each.person for each in Nomination.objects.all()} == {made, person}


@pytest.mark.parametrize(
    ("proposals", "words"),
    [
        (lambda found: [(found["title"], found["unit"])], "không dành cho đối tượng này"),
        (lambda found: [(found["flag"], found["person"])], "không dành cho đối tượng này"),
        (lambda found: [(found["flag"], found["unit"])] * 2, "đã được đề nghị"),
        (lambda found: [], "Hãy chọn ít nhất một đề nghị"),
    ],
)
def test_proposal_that_cannot_be(secretary, conference, member, flag, title, person, proposals, words):
    found = {"title": title, "flag": flag, "person": person, "unit": member.unit}
    with pytest.raises(Refused, match=words):
        propose(meeting=conference, proposals=proposals(found), by=secretary)
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("honoured", "words"),
    [
        (lambda unit: [("individual", unit)], "cá nhân chọn cá nhân"),
        (lambda unit: [("collective", unit)] * 2, "đã được ghi là điển hình"),
        (lambda unit: [], "Hãy chọn ít nhất một điển hình"),
    ],
)
def test_exemplar_that_cannot_be(secretary, conference, member, honoured, words):
    with pytest.raises(Refused, match=words):
        honour(meeting=conference, honoured=honoured(member.unit), by=secretary)
    assert not Exemplar.objects.exists()


@pytest.fixture
def screen(client, secretary, conference):
    client.force_login(secretary)
    return page_address(conference.bloc_year, "meeting-proposals", conference.pk)


def test_screen_offers_the_catalogue_of_that_day(client, screen, flag):
    make.AwardNameFactory(name="Danh hiệu cũ", last_day=date(2019, 12, 31))
    make.AwardNameFactory(name="Danh hiệu mới", first_day=date(2021, 1, 1))
    text = read(client, screen).text
    assert "Cờ thi đua" in text
    assert "Danh hiệu cũ" not in text and "Danh hiệu mới" not in text


def test_screen_records_both_or_nothing(client, screen, member, flag, person):
    typed = {
        "award1-award": flag.pk,
        "award1-recipient": f"u{member.unit_id}",
        "exemplar1-kind": "individual",
        "exemplar1-recipient": f"u{member.unit_id}",
    }
    refused = send(client, screen, typed)
    assert "điển hình cá nhân chọn cá nhân" in Page(refused).text
    assert not Entry.objects.exists() and not Nomination.objects.exists()

    person_named = {"exemplar1-full_name": "Lê Văn Mới", "exemplar1-title": "Chuyên viên"}
    assert send(client, screen, typed | person_named).status_code == 302
    assert set(Entry.objects.values_list("act", flat=True)) == set(ACTS)
    assert Exemplar.objects.get().person.full_name == "Lê Văn Mới"
    assert "Đã ghi 2 đề nghị, điển hình" in read(client, screen).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "hoặc bỏ qua phần này"),
        ({"award1-recipient": "person"}, "Đề nghị 1: Hãy chọn danh hiệu"),
        ({"exemplar2-full_name": "Lê Văn Mới"}, "Điển hình 2: Hãy chọn đơn vị của cá nhân này."),
        (
            {"exemplar1-kind": "individual", "exemplar1-recipient": "unit", "exemplar1-full_name": "Lê"},
            "Điển hình 1: Hãy ghi chức vụ của cá nhân này.",
        ),
    ],
)
def test_what_is_wrong_on_the_screen_is_said(client, screen, member, person, typed, words):
    keys = {"person": f"p{person.pk}", "unit": f"u{member.unit_id}"}
    typed = {name: keys.get(value, value) for name, value in typed.items()}
    assert words in Page(send(client, screen, typed)).text
    assert not Entry.objects.exists()


def test_page_of_proposals_says_what_was_recorded_from_paper(client, secretary, conference, flag):
    address = page_address(conference.bloc_year, "proposals")
    client.force_login(secretary)
    propose(meeting=conference, proposals=[(flag, None)], by=secretary)
    assert "theo văn bản giấy" not in read(client, address).text
    honour(meeting=conference, honoured=[("collective", None)], by=secretary, paper=PAPER)
    assert "theo văn bản giấy" in read(client, address).text
