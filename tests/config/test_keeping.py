"""What was sent without a session, or from a page older than the session, is not lost and nobody else's."""

import html
import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config import keeping
from tests import factories as make
from tests.factories import UserFactory, user_with

pytestmark = pytest.mark.django_db

PASSWORD = "mot-mat-khau-dai"
TEXT = "Hội nghị thống nhất 100%.\nXin cảm ơn <các đồng chí>."


@pytest.fixture
def meeting():
    return make.MeetingFactory(title="Hội nghị cũ")


@pytest.fixture
def staff():
    user = user_with("staff")
    user.set_password(PASSWORD)
    user.save()
    return user


def fields_of(page):
    """{name: value} of the hidden and typed fields of a page's forms."""
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def address_of(meeting):
    return reverse("admin:campaigns_meeting_change", args=[meeting.pk])


def sign_in(client, user, page):
    return client.post(
        f"{reverse('account_login')}?next={page}", {"login": user.username, "password": PASSWORD}
    )


def sent(client, user, meeting, **more):
    """What the person sends from the form of a meeting, once signed out."""
    client.force_login(user)
    shown = fields_of(client.get(address_of(meeting)).content.decode())
    client.logout()
    data = {"shown-to": shown["shown-to"], "title": TEXT, "csrfmiddlewaretoken": "x", **more}
    return client.post(address_of(meeting), data)


def test_what_was_sent_without_a_session_can_be_sent_again(client, staff, meeting):
    response = sent(client, staff, meeting, kind="other")
    assert response.url == f"{reverse('account_login')}?next={reverse('kept')}"

    answer = sign_in(client, staff, reverse("kept"))
    page = client.get(answer.url).content.decode()

    assert answer.url == reverse("kept")
    assert html.escape(TEXT) in page
    assert fields_of(page)["title"] == TEXT
    assert fields_of(page)["kind"] == "other"
    assert f'action="{address_of(meeting)}"' in page


def test_what_was_sent_again_is_not_kept_any_more(client, staff, meeting):
    sent(client, staff, meeting)
    sign_in(client, staff, reverse("kept"))
    shown = fields_of(client.get(reverse("kept")).content.decode())

    client.post(address_of(meeting), shown)

    assert client.get(reverse("kept")).url == reverse("home")


def test_what_was_sent_can_be_dropped(client, staff, meeting):
    sent(client, staff, meeting)
    sign_in(client, staff, reverse("kept"))

    assert client.post(reverse("kept")).url == reverse("home")
    assert keeping.KEPT not in client.session


def test_another_person_at_the_same_machine_sees_nothing(client, staff, meeting):
    sent(client, staff, meeting)
    other = user_with("staff")
    other.set_password(PASSWORD)
    other.save()

    sign_in(client, other, reverse("kept"))

    assert client.get(reverse("kept")).url == reverse("home")
    assert keeping.KEPT not in client.session


@pytest.mark.parametrize(
    "more",
    [
        {"shown-to": ""},
        {"shown-to": "forged:by:hand"},
        {"title": "a" * (keeping.LARGEST + 1)},
    ],
)
def test_what_is_not_kept_leads_back_to_where_it_was_typed(client, staff, meeting, more):
    response = sent(client, staff, meeting, **more)

    assert response.url.startswith(f"{reverse('account_login')}?next=")
    assert reverse("kept") not in response.url
    assert keeping.KEPT not in client.session


@pytest.mark.parametrize(
    ("before", "next_page"),
    [
        ("http://testserver/giup/", "http%3A//testserver/giup/"),
        ("https://elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_page_after_a_sign_in_is_the_one_before(client, before, next_page):
    response = client.post(reverse("job-cancel", args=[1]), headers={"Referer": before} if before else {})

    assert response.url == f"{reverse('account_login')}?next={next_page}"


def test_part_of_a_page_whose_session_has_ended_leads_the_whole_page_to_the_sign_in(client):
    response = client.post(reverse("job-cancel", args=[1]), headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["HX-Redirect"].startswith(reverse("account_login"))


def test_files_and_private_fields_are_not_kept(client, staff, meeting):
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.7")
    sent(client, staff, meeting, scan=scan, password="bí mật", **{"row-0-code": "123456"})
    kept = client.session[keeping.KEPT]

    assert kept["files"] == ["scan.pdf"]
    assert kept["fields"] == {"title": [TEXT]}


def test_code_of_a_row_is_kept_where_the_page_that_was_shown_asks_for_it(rf, staff):
    shown = keeping.note(staff, keeping.labels_of(Typed()), {})
    sent = rf.post("/", {"code": "V12", "row-0-code": "123456", keeping.SHOWN_TO: shown})

    assert keeping.typed(sent.POST) == {"code": ["V12"]}


@pytest.mark.parametrize(
    ("name", "private"),
    [
        ("password", True),
        ("oldpassword", True),
        ("code", True),
        ("seats-0-code", True),
        ("otp", True),
        ("mat_khau_moi", True),
        ("title", False),
        ("postcode", False),
        ("decode_note", False),
    ],
)
def test_private_fields(name, private):
    assert keeping.is_private(name) is private


class Typed(forms.Form):
    title = forms.CharField(label="tên")
    day = forms.DateField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    code = forms.CharField(label="mã")
    once = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    version = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField()


class Secret(Typed):
    password = forms.CharField(widget=forms.PasswordInput)


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        (Typed(), {"title": "Tên", "day": "Day", "code": "Mã"}),
        (Typed(prefix="a"), {"a-title": "Tên", "a-day": "A-day", "a-code": "Mã"}),
        (Secret(), {}),
    ],
)
def test_fields_into_which_people_type(form, labels):
    assert keeping.labels_of(form) == labels


def test_forms_beside_a_form_are_kept_and_what_is_chosen_is_named():
    beside = [Typed(prefix="task1")]

    told = {"task1-title": "Tên", "task1-day": "Task1-day", "task1-code": "Mã"}
    assert keeping.labels_of(forms.Form(), beside) == told
    assert keeping.choices_of(Typed()) == {"kind": "Kind", "agreed": "Agreed"}
    assert list(keeping.choices_of(forms.Form(), beside)) == ["task1-kind", "task1-agreed"]
    assert keeping.choices_of(Secret()) == {}


def test_what_was_chosen_is_named_on_the_page(client, staff, meeting):
    sent(client, staff, meeting, kind="other", host="")
    sign_in(client, staff, reverse("kept"))

    assert "Những mục đã chọn cũng được gửi cùng: Loại." in client.get(reverse("kept")).content.decode()


def test_rows_of_formsets_are_kept_too():
    rows = forms.formset_factory(Typed, extra=1)(prefix="rows")

    assert keeping.labels_of(forms.Form(), [rows])["rows-0-title"] == "Tên"


def strict(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_page_older_than_the_session(staff, meeting):
    client = strict(staff)
    shown = fields_of(client.get(address_of(meeting)).content.decode())

    response = client.post(address_of(meeting), {"shown-to": shown["shown-to"], "title": TEXT})

    assert response.url == reverse("kept")
    assert fields_of(client.get(reverse("kept")).content.decode())["title"] == TEXT


def test_page_of_another_person_is_refused(staff, meeting):
    shown = fields_of(strict(staff).get(address_of(meeting)).content.decode())
    other = strict(user_with("staff"))

    response = other.post(address_of(meeting), {"shown-to": shown["shown-to"], "title": TEXT})

    assert response.status_code == 403
    assert keeping.KEPT not in other.session


def test_nothing_kept_leads_home(client):
    client.force_login(UserFactory())

    assert client.get(reverse("kept")).url == reverse("home")
