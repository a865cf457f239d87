"""A pledge signed on paper: by whom, when; of this year by itself, of the next at the conference."""

from datetime import date

import pytest
import time_machine
from django.db import transaction

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from campaigns import actions
from campaigns.models import Pledge
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.forms import send
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

DAY = date(2020, 3, 20)
PAPER = Paper(day=DAY, place="Hội trường A")


@pytest.fixture
def signers(leader, member):
    return {leader.unit: ("Nguyễn Văn An", "Viện trưởng"), member.unit: ("", "")}


def sign(bloc_year, signers, by, **told):
    told = {"signed_on": DAY, "theme": "Đoàn kết"} | told
    return actions.sign_pledge(bloc_year=bloc_year, signers=signers, by=by, **told)


def test_who_may(people, bloc_year, signers):
    may = ("staff", "secretary", "officer")
    for who, user in people.items():
        if who not in may:
            with pytest.raises(Refused):
                sign(bloc_year, signers, user)
    assert not Entry.objects.exists() and not Pledge.objects.exists()
    for who in may:
        with transaction.atomic():
            sign(bloc_year, signers, people[who])
            transaction.set_rollback(True)


def test_leaders_unit_of_the_year_before_signs_until_its_year_is_closed(secretary, bloc_year, member):
    following = actions.record_election(bloc_year=bloc_year, leader=member.unit, deputies=[], by=secretary)
    signers = {member.unit: ("", "")}
    assert sign(following, signers, secretary).signed_count == 1
    assert sign(following, signers, make.user_with("officer", member.unit)).signed_count == 1

    bloc_year.refresh_from_db()
    bloc_year.closed_on = DAY
    bloc_year.save()
    with pytest.raises(Refused, match="đã khoá"):
        sign(following, signers, secretary)


def test_pledge_is_made_with_its_year_and_signatures(secretary, bloc_year, signers):
    pledge = sign(bloc_year, signers, secretary, place="Hội trường A", contents=["Một", "Hai"], paper=PAPER)

    assert (pledge.theme, pledge.signed_on, pledge.signed_at) == ("Đoàn kết", DAY, "Hội trường A")
    assert (pledge.signed_count, pledge.signing_units) == (2, 2)
    assert (pledge.first_day, pledge.last_day) == (bloc_year.year.first_day, bloc_year.year.last_day)
    assert [each.text for each in pledge.contents.all()] == ["Một", "Hai"]
    entry = Entry.objects.get()
    assert (entry.act, entry.paper.day) == ("pledge.sign", DAY)
    assert entry.payload.data["after"]["signatures"][0] == {
        "unit": next(iter(signers)).pk,
        "signer_name": "Nguyễn Văn An",
        "signer_title": "Viện trưởng",
    }


def test_pledge_that_is_known_is_signed_and_signed_again(secretary, bloc_year, signers, member):
    known = make.PledgeFactory(theme="Chủ đề cũ")
    known.bloc_years.add(bloc_year)
    make.PledgeContentFactory(pledge=known, text="Một")

    sign(bloc_year, signers, secretary, theme="")
    pledge = sign(bloc_year, {member.unit: ("", "")}, secretary, theme="")

    assert pledge == known
    assert (pledge.theme, pledge.signed_count, pledge.signatures.get().unit) == ("Chủ đề cũ", 1, member.unit)
    assert pledge.contents.get().text == "Một"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"signed_on": date(2020, 12, 2)}, "Ngày ký không được sau hôm nay"),
        ({"signers": {}}, "Hãy chọn ít nhất một đơn vị đã ký"),
        ({"signers": "foreign"}, "không thuộc Khối"),
    ],
)
def test_what_cannot_be_is_refused(secretary, bloc_year, signers, told, words):
    foreign = {make.UnitFactory(): ("", "")}
    told = {"signers": signers} | told
    if told["signers"] == "foreign":
        told["signers"] = foreign
    with time_machine.travel("2020-12-01 08:00+07:00"), pytest.raises(Refused, match=words):
        sign(bloc_year, by=secretary, **told)
    assert not Pledge.objects.exists()


def test_window_of_the_pledge(secretary, bloc_year, signers):
    make.PhaseFactory(
        year=bloc_year.year, kind="pledge", first_day=date(2020, 2, 1), last_day=date(2020, 3, 31)
    )
    with time_machine.travel("2020-01-15 08:00+07:00"):
        sign(bloc_year, signers, secretary, signed_on=date(2020, 1, 15))  # signed before the year's window
    with time_machine.travel("2020-04-01 08:00+07:00"):
        with pytest.raises(Refused, match="đã hết hạn ngày 31/03/2020"):
            sign(bloc_year, signers, secretary, paper=PAPER)
        sign(bloc_year, signers, secretary, paper=PAPER, reason="giấy về muộn")


def test_pledge_is_noted_on_one_screen(client, secretary, bloc_year, leader, member):
    leader.representative, leader.representative_title = "Nguyễn Văn An", "Viện trưởng"
    leader.save()
    client.force_login(secretary)
    address = page_address(bloc_year, "pledge-sign")
    typed = {"signed_on": "20/03/2020", "place": "Hội trường A", f"{member.unit_id}-signed": None}
    with time_machine.travel("2020-03-21 08:00+07:00"):
        client.force_login(secretary)
        answer = send(client, address, typed)
        assert answer.url == f"{bloc_year.get_absolute_url()}#pledge"
        pledge = Pledge.objects.get()
        signature = pledge.signatures.get()
        assert (signature.unit, signature.signer_name, signature.signed_on) == (
            leader.unit,
            "Nguyễn Văn An",
            DAY,
        )
        entry = Entry.objects.get()
        assert (entry.paper.day, entry.paper.place) == (DAY, "Hội trường A")
        none = send(client, address, {f"{leader.unit_id}-signed": None})
        assert "Hãy chọn ít nhất một đơn vị đã ký." in Page(none).text
        assert "Đã ký giao ước trên giấy" in read(client, address).title


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 403), ("member's officer", 403), ("another bloc's secretary", 404), ("nobody", 404)],
)
def test_page_is_for_who_may_sign(client, people, bloc_year, who, status):
    client.force_login(people[who])
    assert client.get(page_address(bloc_year, "pledge-sign")).status_code == status


def test_page_of_the_bloc_says_what_was_recorded_from_paper(client, secretary, bloc_year, leader, signers):
    def marks():
        client.force_login(secretary)
        return read(client, bloc_year.get_absolute_url()).text.count("theo văn bản giấy")

    sign(bloc_year, signers, secretary)
    actions.record_election(bloc_year=bloc_year, leader=leader.unit, deputies=[], by=secretary)
    assert marks() == 0
    sign(bloc_year, signers, secretary, paper=PAPER)
    assert marks() == 1
    actions.record_election(bloc_year=bloc_year, leader=leader.unit, deputies=[], by=secretary, paper=PAPER)
    assert marks() == 2
