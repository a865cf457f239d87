"""The second factor: who needs one, how it is set up and asked for, how a lost one is taken away."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client
from django.urls import reverse

from blocs import actions
from blocs.access import ciphers
from blocs.models import Entry
from tests.factories import PostFactory, UnitStateFactory, UserFactory, user_with
from tests.pages import read

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-rat-dai"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_MFA = True


@pytest.fixture
def administrator():
    return with_password(user_with("administrator", UnitStateFactory().unit))


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def protect(user):
    """Give a user a second factor; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def sign_in(client, user):
    return client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})


@pytest.mark.parametrize(
    ("fields", "needed"),
    [
        ({"role": "administrator"}, True),
        ({"role": "staff", "issues_decisions": True}, True),
        ({"role": "staff"}, False),
        ({"role": "secretary"}, False),
        ({"role": "officer"}, False),
        ({"role": "clerk"}, False),
    ],
)
def test_who_is_led_to_set_one_up(client, settings, fields, needed):
    client.force_login(user_with(unit=UnitStateFactory().unit, **fields))
    there = reverse("mfa_activate_totp")

    assert (client.get(reverse("accounts")).headers.get("Location") == there) is needed
    assert (client.post(reverse("usersessions_list")).headers["Location"] == there) is needed
    settings.REQUIRE_MFA = False
    assert client.get(reverse("accounts")).status_code == 200


def test_who_substitutes_for_an_administrator_needs_one(client, administrator):
    post = administrator.person.posts.get()
    user = UserFactory()
    PostFactory(
        person=user.person,
        unit=post.unit,
        role="administrator",
        on_behalf_of=post,
        last_day="2099-01-01",
        basis="1",
    )
    client.force_login(user)

    assert client.get(reverse("accounts")).headers["Location"] == reverse("mfa_activate_totp")


def test_it_is_set_up_right_after_signing_in(client, administrator):
    sign_in(client, administrator)
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'<code class="hash__whole">(\w+)</code>', page.content.decode())[1]
    picture = client.get(reverse("second-factor-picture"))
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")
    response = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})

    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(
        r"<li><code>(\d{8})</code></li>", client.get(response.headers["Location"]).content.decode()
    )
    assert len(codes) == 10
    assert client.get(reverse("accounts")).status_code == 200


def test_picture_is_not_there_without_a_secret(client, administrator):
    client.force_login(administrator)

    assert client.get(reverse("second-factor-picture")).status_code == 404


def test_secret_is_not_readable_in_the_database(administrator):
    secret = protect(administrator)
    kept = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in kept
    assert ciphers.decrypt(kept) == secret


def test_secret_outlives_a_change_of_the_key(administrator, settings):
    kept = ciphers.encrypt("bí mật")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "k" * 50
    settings.SECRET_KEY_FALLBACKS = [old]
    assert ciphers.decrypt(kept) == "bí mật"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ciphers.Unreadable):
        ciphers.decrypt(kept)


def test_secret_that_cannot_be_read_says_whom_to_ask(client, administrator, settings):
    protect(administrator)
    settings.SECRET_KEY = "k" * 50
    sign_in(client, administrator)
    response = client.post(reverse("mfa_authenticate"), {"code": "123456"})

    assert "nhờ người quản trị gỡ" in response.content.decode()


def test_password_alone_does_not_sign_in(client, administrator):
    secret = protect(administrator)
    assert sign_in(client, administrator).headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã chưa đúng hoặc đã đổi" in wrong.content.decode()
    response = client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

    assert response.headers["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(administrator.pk)


@pytest.mark.parametrize("later", [0, 20, 45])
def test_code_of_the_telephone_serves_once(client, administrator, time_machine, later):
    moment = time.time() // 30 * 30
    time_machine.move_to(moment, tick=False)
    code = code_for(protect(administrator))
    for browser, taken in ((client, True), (Client(), False)):
        sign_in(browser, administrator)
        answer = browser.post(reverse("mfa_authenticate"), {"code": code})
        assert (answer.status_code == 302) is taken
        time_machine.move_to(moment + later, tick=False)
    words = "Mã này đã dùng" if later > 30 else "Mã chưa đúng hoặc đã đổi"  # the library knows it for a while
    assert words in answer.content.decode()


def test_code_that_activates_serves_for_nothing_else(client, administrator, time_machine):
    time_machine.move_to(time.time() // 30 * 30, tick=False)
    sign_in(client, administrator)
    client.get(reverse("mfa_activate_totp"))
    code = code_for(client.session[SECRET_SESSION_KEY])
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302

    other = Client()
    sign_in(other, administrator)
    assert "Mã này đã dùng" in other.post(reverse("mfa_authenticate"), {"code": code}).content.decode()


def test_recovery_code_serves_once(client, administrator):
    protect(administrator)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for serves in (True, False):
        client.logout()
        sign_in(client, administrator)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in client.session) is serves


def test_code_on_a_slip_does_not_pass_the_second_factor(client, administrator):
    protect(administrator)
    slip = actions.renew_slip(user=administrator, by=user_with("administrator"))
    new = "mot-mat-khau-khac-dai"
    response = client.post(
        reverse("use-code"),
        {"username": administrator.username, "code": slip.code, "password": new, "again": new},
    )

    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_who_needs_one_cannot_take_it_away(client, administrator, settings):
    secret = protect(administrator)
    sign_in(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert "bắt buộc xác thực hai lớp" in read(client, reverse("mfa_deactivate_totp")).text
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").exists()
    settings.REQUIRE_MFA = False
    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"])
def test_own_pages(client, administrator, name):
    secret = protect(administrator)
    sign_in(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

    assert read(client, reverse(name)).headings


def test_codes_are_renewed(client, administrator):
    secret = protect(administrator)
    before = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    sign_in(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    client.post(reverse("mfa_generate_recovery_codes"))

    assert not set(before) & set(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes())


def test_download_of_recovery_codes(client, administrator):
    secret = protect(administrator)
    sign_in(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    response = client.get(reverse("mfa_download_recovery_codes"))
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()

    assert response.content.decode().split() == codes


def test_code_is_asked_for_again_later(client, administrator, time_machine):
    time_machine.move_to("2026-03-02 09:00 +0700", tick=False)
    secret = protect(administrator)
    sign_in(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    time_machine.move_to("2026-03-02 10:00 +0700", tick=False)
    response = client.get(reverse("mfa_view_recovery_codes"))
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert read(client, reverse("mfa_reauthenticate")).title == "Nhập lại mã xác thực"
    client.post(reverse("mfa_reauthenticate"), {"code": code_for(secret)})

    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_lost_one_is_taken_away_with_a_reason(client, administrator):
    protect(administrator)
    other = user_with("administrator")
    actions.remove_second_factor(user=administrator, by=other, reason="Mất điện thoại")

    assert not Authenticator.objects.exists()
    assert [entry.reason for entry in Entry.objects.about(administrator)] == ["Mất điện thoại"]
    assert "account_login" not in sign_in(client, administrator).headers["Location"]
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_activate_totp")
