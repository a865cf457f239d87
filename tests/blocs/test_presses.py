"""A button pressed twice acts once, whatever it adds, and the second press is led where the first led."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from blocs import presses
from blocs.models import Entry, Press
from campaigns.models import Attendance, BlocYear, Meeting, Statement, Task
from tests import factories as make
from tests.campaigns.conftest import page_address
from tests.factories import user_with
from tests.forms import Fields
from tests.pages import Page

pytestmark = pytest.mark.django_db
SAID = {"kind": "discussion", "speaker": "Lê C", "text": "Cần đổi mới."}


@pytest.fixture
def meeting():
    return make.MeetingFactory()


@pytest.fixture
def staff(client):
    user = user_with("staff")
    client.force_login(user)
    return user


def address_of(meeting, name):
    return page_address(meeting.bloc_year, f"meeting-{name}", meeting.pk)


def opened(client, address):
    """What a browser would send of the form of a page that was just opened."""
    return Fields(client.get(address)).sent


def test_second_press_does_nothing_and_leads_where_the_first_led(client, staff, meeting):
    address = address_of(meeting, "statement")
    sent = opened(client, address) | SAID

    first, second = client.post(address, sent), client.post(address, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Statement.objects.count() == Entry.objects.count() == 1
    assert "đã được ghi ở lần bấm trước; không ghi thêm" in Page(client.get(second.url)).text


@pytest.mark.parametrize(
    ("name", "typed", "counted"),
    [
        ("statement", SAID, Statement),
        ("conclusions", {"text": "Nhất trí.", "task1-text": "Báo cáo."}, Task),
        ("invite", {"guest1-title": "Thứ trưởng"}, Attendance),
    ],
)
def test_what_adds_to_a_meeting_adds_once(client, staff, meeting, name, typed, counted):
    address, before = address_of(meeting, name), counted.objects.count()
    sent = opened(client, address) | typed
    for _press in range(3):
        assert client.post(address, sent).status_code == 302

    assert counted.objects.count() == before + 1


def test_meeting_is_planned_once(client, staff, meeting):
    address = page_address(meeting.bloc_year, "meeting-plan")
    sent = opened(client, address) | {"kind": "activity", "title": "Giao lưu"}
    for _press in range(2):
        assert client.post(address, sent).status_code == 302

    assert Meeting.objects.filter(title="Giao lưu").count() == 1


def test_the_same_words_from_a_page_opened_anew_are_meant(client, staff, meeting):
    address = address_of(meeting, "statement")
    for _page in range(2):
        client.post(address, opened(client, address) | SAID)

    assert Statement.objects.count() == 2


def test_other_words_from_the_same_page_are_meant(client, staff, meeting):
    address = address_of(meeting, "statement")
    sent = opened(client, address) | SAID
    client.post(address, sent)
    client.post(address, sent | {"text": "Câu khác."})

    assert Statement.objects.count() == 2


def test_another_persons_press_is_another(client, staff, meeting):
    address = address_of(meeting, "statement")
    sent = opened(client, address) | SAID
    client.post(address, sent)
    other = Client()
    other.force_login(user_with("staff"))
    other.post(address, sent)

    assert Statement.objects.count() == 2


def test_what_was_refused_may_be_sent_again(client, staff, meeting, monkeypatch):
    address = address_of(meeting, "statement")
    sent = opened(client, address) | SAID
    make.PhaseFactory(
        year=meeting.bloc_year.year, kind="activities", last_day=timezone.localdate() - timedelta(1)
    )
    assert "đã hết hạn ngày" in Page(client.post(address, sent)).text
    meeting.bloc_year.year.phases.all().delete()

    assert client.post(address, sent).status_code == 302
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}])
def test_what_a_script_sends_may_be_meant_again(client, staff, meeting, headers):
    address = address_of(meeting, "statement")
    sent = opened(client, address) | SAID
    for _press in range(2):
        client.post(address, sent, headers=headers)

    assert Statement.objects.count() == 2
    assert not Press.objects.exists()


def test_same_press_much_later_is_meant(client, staff, meeting):
    address = address_of(meeting, "statement")
    sent = opened(client, address) | SAID
    client.post(address, sent)
    with time_machine.travel(timezone.now() + presses.AGAIN_WITHIN + timedelta(minutes=1)):
        client.force_login(staff)
        client.post(address, sent)

    assert Statement.objects.count() == 2


def test_press_that_led_nowhere_known_leads_to_the_page_before(client, staff, meeting):
    address = address_of(meeting, "statement")
    sent = opened(client, address) | SAID
    client.post(address, sent)
    Press.objects.update(address="")

    answer = client.post(address, sent, headers={"Referer": f"http://testserver{address}"})

    assert answer.url == f"http://testserver{address}"
    assert Statement.objects.count() == 1


def test_digest_tells_files_apart(rf, staff):
    def digest(content):
        request = rf.post("/", {"a": "1", "file": SimpleUploadedFile("a.pdf", content)})
        request.user = staff
        found = presses.digest_of(request)
        assert request.FILES["file"].read() == content
        return found

    assert digest(b"one") == digest(b"one") != digest(b"two")


def test_digest_tells_fields_apart(rf, staff):
    def digest(**data):
        request = rf.post("/", data)
        request.user = staff
        return presses.digest_of(request)

    assert len({digest(a="bc"), digest(ab="c"), digest(a="b", c=""), digest(a=["b", "c"])}) == 4


def test_old_presses_are_forgotten():
    make.PressFactory(at=timezone.now() - timedelta(days=3))
    kept = make.PressFactory()

    assert presses.forget_old() == "Đã bỏ 1 dấu gửi cũ."
    assert list(Press.objects.all()) == [kept]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_act_once(in_thread):
    """Both come while somebody else holds the bloc's year: the second waits for the first."""
    meeting, user = make.MeetingFactory(), user_with("staff")
    browsers = [Client(), Client()]
    for each in browsers:
        each.force_login(user)
    address = address_of(meeting, "statement")
    sent = opened(browsers[0], address) | SAID
    with transaction.atomic():
        BlocYear.objects.locked(meeting.bloc_year_id)
        pressed = [in_thread(each.post, address, sent) for each in browsers]
        pressed[0].join(0.5)
        assert [each.is_alive() for each in pressed] == [True, True]

    assert [each.outcome().status_code for each in pressed] == [302, 302]
    assert Statement.objects.count() == 1
