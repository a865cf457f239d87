"""Giving access: invitations, one-time codes, stopped accounts, and who may do which of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from blocs import actions
from blocs.actions.slips import Newcomer
from blocs.models import Entry, Invitation, Post, User
from blocs.permissions import Refused
from tests.factories import PersonFactory, PostFactory, UnitStateFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PASSWORD = "mat-khau-moi-rat-dai"


@pytest.fixture
def office():
    return UnitStateFactory(official_name="Cục Một").unit


@pytest.fixture
def actors(office):
    return {
        "staff": user_with("staff"),
        "staff who issues decisions": user_with("staff", issues_decisions=True),
        "administrator": user_with("administrator"),
        "secretary": user_with("secretary", office),
        "officer": user_with("officer", office),
        "clerk": user_with("clerk", office),
        "nobody": UserFactory(),
    }


def new_post(office, role="officer", **fields):
    given = {"unit": office, "role": role, "title": "Chuyên viên", "first_day": TODAY, "basis": "1/QĐ"}
    return Post(**given | fields)


def invited(office, by, **newcomer):
    newcomer = {"full_name": "Nguyễn Văn An"} | newcomer
    return actions.invite(newcomer=Newcomer(**newcomer), post=new_post(office), by=by)


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return str(refused.value)


def allowed(act, **arguments):
    """Whether an act is done; a refusal leaves nothing behind."""
    before = Entry.objects.count(), Post.objects.count(), User.objects.count()
    try:
        act(**arguments)
    except Refused:
        assert (Entry.objects.count(), Post.objects.count(), User.objects.count()) == before
        return False
    return True


# Invitations ------------------------------------------------------------------------------------------------


def test_invitation_gives_person_post_account_and_slip(office):
    staff = user_with("staff")
    slip = actions.invite(
        newcomer=Newcomer(full_name="Nguyễn Văn  An", address_form="Ông", email="an@bo.example"),
        post=new_post(office, telephone="024 1234"),
        by=staff,
    )
    user, post = slip.invitation.user, slip.invitation.post

    assert (user.username, user.email, user.has_usable_password()) == ("an.nv", "an@bo.example", False)
    assert (user.person.full_name, user.person.as_addressed) == ("Nguyễn Văn An", "Ông Nguyễn Văn An")
    assert (post.person, post.unit, post.role, post.basis) == (user.person, office, "officer", "1/QĐ")
    assert (slip.invitation.made_by, slip.invitation.purpose) == (staff.standing().posts[0], "account")
    assert slip.invitation.expires_at - slip.invitation.made_at == timedelta(days=7)


def test_user_name_that_is_taken(office):
    UserFactory(username="binh")

    assert "binh" in refusal(
        actions.invite,
        newcomer=Newcomer(full_name="Trần Bình", username="binh"),
        post=new_post(office),
        by=user_with("staff"),
    )


def test_person_known_already_keeps_the_identity(office):
    person = PostFactory(unit=office, role="", first_day=None).person
    slip = actions.invite(newcomer=Newcomer(person=person), post=new_post(office), by=user_with("staff"))

    assert slip.invitation.user.person == person


def test_person_with_an_account_is_given_a_post_and_no_slip(office):
    known = UserFactory(password=PASSWORD)

    assert known.username in refusal(
        actions.invite, newcomer=Newcomer(person=known.person), post=new_post(office), by=user_with("staff")
    )


GIVERS = {
    "officer": {"staff", "staff who issues decisions", "administrator"},
    "secretary": {"staff", "staff who issues decisions", "administrator"},
    "clerk": {"staff", "staff who issues decisions", "administrator"},
    "staff": {"staff", "staff who issues decisions", "administrator"},
    "administrator": {"administrator"},
    "issues decisions": {"administrator"},
    "operator": set(),
    "": set(),
}


@pytest.mark.parametrize("role", GIVERS)
def test_who_gives_which_post(actors, office, role):
    fields = {"role": "staff", "issues_decisions": True} if role == "issues decisions" else {"role": role}
    known = PersonFactory()
    give = {
        who
        for who, user in actors.items()
        if allowed(actions.give_post, post=new_post(office, person=known, **fields), by=user)
    }
    let_in = {
        who
        for who, user in actors.items()
        if allowed(
            actions.invite, newcomer=Newcomer(full_name="Lê Chi"), post=new_post(office, **fields), by=user
        )
    }

    assert give == let_in == GIVERS[role]


# Who keeps accounts -----------------------------------------------------------------------------------------

ACTS = {
    actions.renew_slip: {},
    actions.set_email: {"email": "an@bo.example"},
    actions.deactivate: {"reason": "Chuyển công tác"},
    actions.remove_second_factor: {"reason": "Mất điện thoại"},
}
OWNERS = {
    "officer": ({"role": "officer"}, {"staff", "staff who issues decisions", "administrator"}),
    "staff": ({"role": "staff"}, {"staff", "staff who issues decisions", "administrator"}),
    "administrator": ({"role": "administrator"}, {"administrator"}),
    "issues decisions": ({"role": "staff", "issues_decisions": True}, {"administrator"}),
    "administrator tomorrow": (
        {"role": "administrator", "first_day": TODAY + timedelta(days=1)},
        {"administrator"},
    ),
    "administrator until yesterday": (
        {"role": "administrator", "last_day": TODAY - timedelta(days=1)},
        {"staff", "staff who issues decisions", "administrator"},
    ),
}


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.act.code)
def test_who_keeps_whose_account(actors, owner, act):
    fields, keepers = OWNERS[owner]
    done = set()
    for who, by in actors.items():
        user = user_with(**fields)
        PostFactory(person=user.person, role="clerk", first_day=TODAY + timedelta(days=9))
        user.authenticator_set.create(type="totp", data={})
        if allowed(act, user=user, by=by, **ACTS[act]):
            done.add(who)

    assert done == keepers


def test_operator_gives_no_account(office, operator):
    assert not allowed(actions.renew_slip, user=user_with("officer"), by=operator)


def test_staff_cannot_reopen_an_administrators_first_slip(office):
    slip = actions.invite(
        newcomer=Newcomer(full_name="Lê Chi"),
        post=new_post(office, "administrator"),
        by=user_with("administrator"),
    )
    staff = user_with("staff")

    assert not allowed(actions.renew_slip, user=slip.invitation.user, by=staff)
    assert not allowed(actions.withdraw_slip, invitation=slip.invitation, by=staff)
    assert not allowed(
        actions.invite, newcomer=Newcomer(person=slip.invitation.user.person), post=new_post(office), by=staff
    )


# Mail -------------------------------------------------------------------------------------------------------


def test_link_goes_to_the_known_address(office):
    staff = user_with("staff")
    slip = invited(office, staff, email="an@bo.example")
    link = f"https://thidua.example/tai-khoan/nhan/?ten=an.nv&ma={slip.code}"
    actions.mail_slip(invitation=slip.invitation, code=slip.code, link=link, by=staff)

    (letter,) = mail.outbox
    assert letter.to == ["an@bo.example"]
    assert link in letter.body
    assert "&amp;" not in letter.body
    assert slip.code not in str(Entry.objects.get(act="account.mail-slip").payload.data)


@pytest.mark.parametrize(
    ("newcomer", "code", "reason"),
    [({}, None, "chưa có địa chỉ"), ({"email": "an@bo.example"}, "2222-2222-2222", "thay bằng phiếu khác")],
)
def test_mail_that_is_not_sent(office, newcomer, code, reason):
    staff = user_with("staff")
    slip = invited(office, staff, **newcomer)

    assert reason in refusal(
        actions.mail_slip, invitation=slip.invitation, code=code or slip.code, link="https://x/", by=staff
    )
    assert mail.outbox == []


def test_mail_server_that_is_down(office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    staff = user_with("staff")
    slip = invited(office, staff, email="an@bo.example")

    assert "in phiếu" in refusal(
        actions.mail_slip, invitation=slip.invitation, code=slip.code, link="https://x/", by=staff
    )
    assert not Entry.objects.filter(act="account.mail-slip").exists()


# Stopping ---------------------------------------------------------------------------------------------------


def test_stopped_account_is_opened_again(office):
    staff, user = user_with("staff"), user_with("officer", office)
    actions.deactivate(user=user, by=staff, reason="Nghỉ thai sản")
    assert not User.objects.get(pk=user.pk).is_active
    assert "đã ngừng" in refusal(actions.deactivate, user=user, by=staff, reason="Nghỉ")
    assert "đang ngừng" in refusal(actions.renew_slip, user=user, by=staff)
    actions.reactivate(user=user, by=staff, reason="Đi làm lại")

    assert User.objects.get(pk=user.pk).is_active
    assert [entry.reason for entry in Entry.objects.about(user)] == ["Đi làm lại", "Nghỉ thai sản"]


def test_stopping_withdraws_the_slip(office):
    staff = user_with("staff")
    slip = invited(office, staff)
    actions.deactivate(user=slip.invitation.user, by=staff, reason="Nhầm người")

    assert Invitation.objects.get().withdrawn_at


@pytest.mark.parametrize("act", [actions.deactivate, actions.reactivate, actions.remove_second_factor])
def test_reason_is_asked_for(office, act):
    user = user_with("officer", office)
    user.is_active = act is not actions.reactivate
    user.save()

    assert refusal(act, user=user, by=user_with("staff"), reason=" ") == "Cần ghi lý do."


def test_nobody_stops_the_own_account():
    administrator = user_with("administrator")

    assert "Không tự ngừng" in refusal(actions.deactivate, user=administrator, by=administrator, reason="x")
