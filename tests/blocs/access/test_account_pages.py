"""Pages of accounts and posts: what each kind of user reads there, does there, and cannot reach."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blocs import actions
from blocs.access import slips
from blocs.actions.slips import Newcomer
from blocs.models import Entry, Invitation, Person, Post, User
from tests.blocs.access.people import post_of, sign_in
from tests.factories import (
    PersonFactory,
    PostFactory,
    UnitStateFactory,
    user_with,
)
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PASSWORD = "mat-khau-moi-rat-dai"
DAY = "%d/%m/%Y"


@pytest.fixture
def slip(staff, office):
    post = Post(unit=office, role="officer", title="Chuyên viên", first_day=TODAY, basis="1/QĐ")
    return actions.invite(newcomer=Newcomer(full_name="Nguyễn Văn An"), post=post, by=staff)


def invitation_form(office, **change):
    form = {
        "full_name": "Nguyễn Văn An",
        "address_form": "Ông",
        "unit": office.pk,
        "title": "Phó Trưởng phòng",
        "role": "officer",
        "first_day": TODAY.strftime(DAY),
        "basis": "125/QĐ-VP",
    }
    return form | change


def rows(page):
    """The row headers of the page's tables."""
    return re.findall(r'<th scope="row">.*?<a [^>]*>(.*?)</a>', page.content.decode(), re.DOTALL)


# Inviting ---------------------------------------------------------------------------------------------------


def test_invitation_leads_to_a_slip_that_is_shown_once(client, staff, office):
    sign_in(client, staff)
    response = client.post(reverse("invite"), invitation_form(office))
    assert response.headers["Location"] == reverse("slip")
    stored = str(dict(client.session))
    shown = client.get(reverse("slip")).content.decode()
    code = re.search(rf"[{slips.ALPHABET}]{{4}}-[{slips.ALPHABET}]{{4}}-[{slips.ALPHABET}]{{4}}", shown)[0]

    assert slips.matches(code, Invitation.objects.get().code_digest)
    assert code not in stored
    for words in ("Phiếu cấp tài khoản", "an.nv", "Ông Nguyễn Văn An", "Cục Một", "/tai-khoan/nhan/"):
        assert words in shown
    assert "Gửi qua thư điện tử" not in shown
    again = Page(client.get(reverse("slip")))
    assert again.title == "Phiếu chỉ hiện một lần"


def test_slip_is_mailed_where_an_address_is_known(client, staff, office):
    sign_in(client, staff).post(reverse("invite"), invitation_form(office, email="an@bo.example"))
    shown = client.get(reverse("slip")).content.decode()
    code = re.search(r'name="code" value="(.*?)"', shown)[1]
    response = client.post(reverse("slip-mail", args=[Invitation.objects.get().pk]), {"code": code})

    assert response.headers["Location"] == reverse(
        "person", args=[Person.objects.get(full_name="Nguyễn Văn An").pk]
    )
    link = re.search(r"http://\S+", mail.outbox[0].body)[0]
    client.logout()
    form = client.get(link).context["form"]
    assert (form["username"].value(), form["code"].value()) == ("an.nv", code)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"unit": ""}, "unit"),
        ({"basis": ""}, "basis"),
        ({"first_day": "31/02/2026"}, "first_day"),
        ({"last_day": "01/01/2020"}, "__all__"),
        ({"username": "Ă n"}, "username"),
        ({"email": "khong-phai"}, "email"),
        ({"role": "administrator"}, "role"),
        ({"role": "operator"}, "role"),
    ],
)
def test_invitation_with_a_mistake_gives_nothing(client, staff, office, change, field):
    response = sign_in(client, staff).post(reverse("invite"), invitation_form(office, **change))

    assert list(response.context["form"].errors) == [field]
    assert not Invitation.objects.exists()
    assert not Person.objects.filter(full_name="Nguyễn Văn An").exists()


def test_staff_is_not_offered_what_an_administrator_gives(client, staff, office):
    sign_in(client, staff).post(
        reverse("invite"), invitation_form(office, role="staff", issues_decisions="on")
    )
    assert not Post.objects.filter(issues_decisions=True).exists()
    sign_in(client, user_with("administrator"))
    client.post(reverse("invite"), invitation_form(office, role="staff", issues_decisions="on", username="a"))

    assert Post.objects.filter(issues_decisions=True).count() == 1


def test_person_is_found_by_name_without_accents(client, staff, office):
    known = PostFactory(person__full_name="Đỗ Thị Ước", unit=office, role="", title="Cục trưởng").person
    PersonFactory(full_name="Lê Văn Cường")
    page = read(sign_in(client, staff), reverse("invite") + "?q=do thi uoc")

    assert page.links["Đỗ Thị Ước"] == f"?nguoi={known.pk}"
    assert "Lê Văn Cường" not in page.text
    response = client.post(
        reverse("invite") + f"?nguoi={known.pk}", invitation_form(office, full_name="Tên khác")
    )
    assert response.headers["Location"] == reverse("slip")
    assert User.objects.get(username="uoc.dt").person == known


def test_person_with_an_account_is_given_a_post(client, staff, officer, office):
    officer.set_password(PASSWORD)
    officer.save()
    response = sign_in(client, staff).post(
        reverse("invite") + f"?nguoi={officer.person_id}", invitation_form(office, role="clerk")
    )

    assert response.headers["Location"] == reverse("person", args=[officer.person_id])
    assert [post.role for post in officer.person.posts.order_by("pk")] == ["officer", "clerk"]
    assert not Invitation.objects.exists()


# Lists ------------------------------------------------------------------------------------------------------


def test_people_with_their_accounts(client, staff, officer, slip):
    response = sign_in(client, staff).get(reverse("accounts"))

    assert rows(response) == ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Thị Dung"]
    assert rows(client.get(reverse("accounts") + "?account=slip")) == ["Nguyễn Văn An"]
    assert rows(client.get(reverse("accounts") + "?q=binh")) == ["Trần Thị Bình"]
    assert rows(client.get(reverse("accounts") + "?role=staff")) == ["Phạm Thị Dung"]
    assert rows(client.get(reverse("accounts") + f"?unit={post_of(officer).unit_id}&sort=-name")) == [
        "Trần Thị Bình",
        "Nguyễn Văn An",
    ]


def test_people_of_other_units_are_not_listed(client, staff, officer):
    stranger = user_with("officer", UnitStateFactory().unit)
    PersonFactory(full_name="Không có nhiệm vụ")

    for name in ("accounts", "posts"):
        assert rows(sign_in(client, officer).get(reverse(name))) == ["Trần Thị Bình"]
    for address in (
        reverse("person", args=[stranger.person_id]),
        reverse("post-open-work", args=[post_of(stranger).pk]),
        reverse("post-substitute", args=[post_of(stranger).pk]),
    ):
        assert client.get(address).status_code == 404


# A person's page --------------------------------------------------------------------------------------------


def test_staff_reads_posts_account_and_what_was_done(client, staff, officer):
    actions.end_post(post=post_of(officer), last_day=TODAY + timedelta(days=9), basis="10/QĐ", by=staff)
    page = read(sign_in(client, staff), reverse("person", args=[officer.person_id]))

    assert {"Thôi giao", "Giao làm thay", "Việc còn mở", "Lập phiếu mới, cấp lại mật khẩu"} <= set(page.links)
    for words in ("9/QĐ", "10/QĐ", officer.username, "Thôi giao nhiệm vụ Phạm Thị Dung, Chuyên viên"):
        assert words in page.text
    done = read(client, reverse("person", args=[staff.person_id]))
    assert "Thôi giao nhiệm vụ Trần Thị Bình - Chuyên viên" in done.text


def test_person_reads_the_own_page_without_the_acts_of_staff(client, officer):
    page = read(sign_in(client, officer), reverse("person", args=[officer.person_id]))

    assert officer.username in page.text
    assert set(page.links) & {"Thôi giao", "Cấp tài khoản", "Ngừng tài khoản"} == set()
    assert {"Giao làm thay", "Việc còn mở"} <= set(page.links)


def test_colleague_reads_neither_account_nor_acts(client, officer, office):
    page = read(sign_in(client, user_with("clerk", office)), reverse("person", args=[officer.person_id]))

    assert officer.username not in page.text
    assert set(page.links) & {"Giao làm thay", "Thôi giao"} == set()


def test_administrators_account_shows_staff_why_not(client, staff):
    administrator = user_with("administrator", UnitStateFactory().unit)
    page = read(sign_in(client, staff), reverse("person", args=[administrator.person_id]))

    assert page.text.count("chỉ do người quản trị hệ thống cấp") == 3
    assert "Lập phiếu mới, cấp lại mật khẩu" not in page.links


# Acts on pages ----------------------------------------------------------------------------------------------

STAFF_PAGES = {
    "invite": lambda user: [],
    "slip-renew": lambda user: [user.person_id],
    "account-email": lambda user: [user.person_id],
    "account-deactivate": lambda user: [user.person_id],
    "account-reactivate": lambda user: [user.person_id],
    "second-factor-remove": lambda user: [user.person_id],
    "post-end": lambda user: [post_of(user).pk],
}


@pytest.mark.parametrize("name", STAFF_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_of_staff_is_refused_to_others_with_a_reason(client, officer, name, method):
    response = getattr(sign_in(client, officer), method)(reverse(name, args=STAFF_PAGES[name](officer)))

    assert response.status_code == 403
    assert "do cán bộ thi đua, khen thưởng của bộ thực hiện" in response.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("name", "form", "act"),
    [
        ("account-deactivate", {"reason": "Nghỉ hưu"}, "account.deactivate"),
        ("post-end", {"last_day": TODAY.strftime(DAY), "basis": "2/QĐ"}, "post.end"),
        ("slip-renew", {}, "account.renew-slip"),
        ("account-email", {"email": "binh@bo.example"}, "account.set-email"),
        ("account-email", {"email": ""}, "account.set-email"),
    ],
)
def test_act_is_done_from_its_page(client, staff, officer, name, form, act):
    address = reverse(name, args=STAFF_PAGES[name](officer))
    assert sign_in(client, staff).get(address).status_code == 200
    response = client.post(address, form)

    assert response.status_code == 302
    assert [entry.act for entry in Entry.objects.all()] == [act]


def test_refused_act_says_so_on_its_page(client, staff):
    administrator = user_with("administrator", UnitStateFactory().unit)
    response = sign_in(client, staff).post(
        reverse("post-end", args=[post_of(administrator).pk]),
        {"last_day": TODAY.strftime(DAY), "basis": "2/QĐ"},
    )

    assert "chỉ do người quản trị hệ thống cấp" in response.content.decode()
    assert not Entry.objects.exists()


def test_slip_is_withdrawn_from_its_page(client, staff, slip):
    address = reverse("slip-withdraw", args=[slip.invitation.user.person_id])
    sign_in(client, staff).post(address)

    assert Invitation.objects.get().withdrawn_at
    assert client.get(address).status_code == 404
