"""The sessions of a person: seen by their owner alone, ended by their owner."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blocs.access.sessions import client as named
from blocs.access.sessions import network
from tests.factories import UnitStateFactory, user_with
from tests.pages import read

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-rat-dai"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture
def user():
    user = user_with("officer", UnitStateFactory().unit)
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(user, agent=EDGE, ip="10.0.3.27"):
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=ip)
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def works(client):
    return client.get(reverse("usersessions_list")).status_code == 200


def test_own_sessions_are_listed_this_one_first(user):
    phone, office = signed_in(user, PHONE, "203.0.113.9"), signed_in(user)
    page = read(office, reverse("usersessions_list"))

    assert page.text.index("Edge trên Windows") < page.text.index("Chrome trên Android")
    assert "10.0.3.*" in page.text
    assert "10.0.3.27" not in page.text
    assert works(phone)


def test_sessions_of_others_are_not_seen(user):
    other = user_with("officer", UnitStateFactory().unit)
    other.set_password(PASSWORD)
    other.save()
    signed_in(other, PHONE)

    assert "Android" not in read(signed_in(user), reverse("usersessions_list")).text


def test_one_session_is_ended(user):
    phone, old, office = signed_in(user, PHONE), signed_in(user), signed_in(user)
    key = UserSession.objects.get(session_key=phone.session.session_key).pk
    office.post(reverse("usersessions_list"), {"session": key})

    assert (works(phone), works(old), works(office)) == (False, True, True)


def test_all_others_are_ended(user):
    phone, old, office = signed_in(user, PHONE), signed_in(user), signed_in(user)
    office.post(reverse("usersessions_list"))

    assert (works(phone), works(old), works(office)) == (False, False, True)


def test_nobody_ends_a_session_of_another(user):
    other = user_with("officer", UnitStateFactory().unit)
    other.set_password(PASSWORD)
    other.save()
    theirs = signed_in(other)
    key = UserSession.objects.get(session_key=theirs.session.session_key).pk
    mine = signed_in(user)
    for form in ({"session": key}, {}, {"session": "x"}, {"session": "999999"}):
        mine.post(reverse("usersessions_list"), form)

    assert works(theirs)
    assert works(mine)


def test_changed_password_ends_the_others(user):
    phone, office = signed_in(user, PHONE), signed_in(user)
    new = "mot-mat-khau-moi-dai"
    response = office.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert response.status_code == 302
    assert (works(phone), works(office)) == (False, True)
    assert UserSession.objects.filter(user=user).count() == 1


def test_session_that_ran_out_is_not_listed(user):
    phone = signed_in(user, PHONE)
    Session.objects.filter(session_key=phone.session.session_key).update(expire_date=timezone.now())

    assert "Android" not in read(signed_in(user), reverse("usersessions_list")).text


def test_last_use_is_kept_to_ten_minutes(user, time_machine):
    time_machine.move_to("2026-03-02 09:00 +0700", tick=False)
    client = signed_in(user)
    seen = []
    for minutes in (5, 5, 6):
        time_machine.shift(timedelta(minutes=minutes))
        client.get(reverse("usersessions_list"))
        seen.append(timezone.localtime(UserSession.objects.get().last_seen_at).strftime("%H:%M"))

    assert seen == ["09:05", "09:05", "09:16"]


def test_queries_do_not_grow_with_sessions(user):
    counts = []
    client = signed_in(user)
    assert works(client)  # the first page keeps that the session was seen
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert works(client)
        counts.append(len(queries))
        for _session in range(3):
            signed_in(user)

    assert counts[0] == counts[1]


def test_old_address_leads_here(user):
    assert signed_in(user).get("/tai-khoan/sessions/").headers["Location"] == reverse("usersessions_list")
    assert reverse("usersessions_list") == "/tai-khoan/phien/"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (EDGE, "Edge trên Windows"),
        (PHONE, "Chrome trên Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.0 Safari/605.1.15", "Safari trên Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox trên Linux"),
        ("curl/8.0", "Trình duyệt không rõ tên"),
        ("", "Trình duyệt không rõ tên"),
    ],
)
def test_browser_in_words(user_agent, name):
    assert named(user_agent) == name


@pytest.mark.parametrize(("ip", "shown"), [("10.0.3.27", "10.0.3.*"), ("2001:db8::5", "2001:db8::*")])
def test_network_without_its_last_part(ip, shown):
    assert network(ip) == shown
