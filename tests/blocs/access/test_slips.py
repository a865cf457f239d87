"""Slips: their codes, what opens an account and what does not."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from blocs import actions
from blocs.access import slips
from blocs.actions.slips import Newcomer
from blocs.models import Entry, Invitation, Post, User
from blocs.permissions import Refused
from tests.factories import UnitStateFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PASSWORD = "mat-khau-moi-rat-dai"


@pytest.fixture
def office():
    return UnitStateFactory(official_name="Cục Một").unit


def new_post(office, **fields):
    given = {"unit": office, "role": "officer", "title": "Chuyên viên", "first_day": TODAY, "basis": "1/QĐ"}
    return Post(**given | fields)


def invited(office, by):
    return actions.invite(newcomer=Newcomer(full_name="Nguyễn Văn An"), post=new_post(office), by=by)


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return str(refused.value)


def test_code_is_kept_as_a_salted_digest_alone(office):
    slip = invited(office, user_with("staff"))
    other = slips.digest(slip.code)

    assert re.fullmatch(rf"[{slips.ALPHABET}]{{4}}(-[{slips.ALPHABET}]{{4}}){{2}}", slip.code)
    assert slips.matches(slip.code, slip.invitation.code_digest)
    assert other != slip.invitation.code_digest
    payload = str(Entry.objects.get(act="account.invite").payload.data)
    assert slip.code not in payload
    assert slips.plain(slip.code) not in payload


def test_no_letter_of_a_code_is_changed_by_a_vietnamese_keyboard():
    assert not set(slips.ALPHABET) & set("AEIOUYDW01L")


@pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace("-", " "), slips.plain])
def test_code_as_people_write_it(written):
    code = slips.new_code()

    assert slips.matches(written(code), slips.digest(code))


@pytest.mark.parametrize(
    ("full_name", "taken", "name"),
    [
        ("Nguyễn Văn An", set(), "an.nv"),
        ("Nguyễn Văn An", {"an.nv"}, "an.nv2"),
        ("Nguyễn Văn An", {"an.nv", "an.nv2"}, "an.nv3"),
        ("Đỗ Thị Ước", set(), "uoc.dt"),
        ("Ái", set(), "ai"),
        ("H'Hen Niê", set(), "nie.hh"),
        ("", set(), "nguoi-dung"),
    ],
)
def test_proposed_user_name(full_name, taken, name):
    assert slips.propose_username(full_name, taken) == name


def use(slip, code=None):
    invitation = slip.invitation
    return actions.use_code(
        invitation=invitation, code=code or slip.code, password=PASSWORD, by=invitation.user
    )


def test_code_opens_the_account_once(office):
    slip = invited(office, user_with("staff"))
    user = use(slip)

    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert Invitation.objects.get().used_at
    assert "đã dùng" in refusal(use, slip=slip)
    entry = Entry.objects.get(act="account.use-code")
    assert (entry.actor, entry.post) == (user, slip.invitation.post)


def test_new_slip_withdraws_the_old_one(office):
    staff = user_with("staff")
    old = invited(office, staff)
    new = actions.renew_slip(user=old.invitation.user, by=staff)

    assert "thu hồi" in refusal(use, slip=old)
    assert use(new)


def test_slip_for_who_had_a_password_is_for_the_password(office):
    user = user_with("officer", office)
    user.set_password("mat-khau-cu-rat-dai")
    user.save()
    slip = actions.renew_slip(user=user, by=user_with("staff"))

    assert slip.invitation.purpose == "password"
    assert User.objects.get(pk=user.pk).check_password("mat-khau-cu-rat-dai")


def test_slip_for_who_holds_no_post():
    assert "không giữ nhiệm vụ" in refusal(actions.renew_slip, user=UserFactory(), by=user_with("staff"))


def found(slip, code=None, username=None):
    return slips.find(username or slip.invitation.user.username, code or slip.code)


def test_code_is_found_by_user_name_and_code(office):
    slip = invited(office, user_with("staff"))

    assert found(slip) == slips.Found(invitation=slip.invitation)
    assert found(slip, username="AN.NV ").invitation == slip.invitation


def test_wrong_code_says_the_same_as_a_user_name_that_is_not_there(office):
    slip = invited(office, user_with("staff"))
    wrong, nobody = found(slip, code="2222-2222-2222"), found(slip, username="khong.co")

    assert wrong.refusal == nobody.refusal != ""
    assert (wrong.missed, nobody.missed) == (slip.invitation, None)
    assert wrong.invitation is nobody.invitation is None


def test_five_wrong_codes_lock_the_slip(office):
    slip = invited(office, user_with("staff"))
    for _attempt in range(5):
        missed = found(slip, code="2222-2222-2222").missed
        actions.mistype_code(invitation=missed, by=missed.user)

    assert found(slip, code="2222-2222-2222").missed is None
    assert "bị khoá" in found(slip).refusal
    assert "bị khoá" in refusal(use, slip=slip)
    assert Entry.objects.filter(act="account.mistype-code").count() == 5


@pytest.mark.parametrize(("days", "serves"), [(6, True), (7, False), (30, False)])
def test_code_expires(office, time_machine, days, serves):
    time_machine.move_to("2026-03-02 09:00 +0700", tick=False)
    slip = invited(office, user_with("staff"))
    time_machine.shift(timedelta(days=days))

    assert (not found(slip).refusal) is serves
    if not serves:
        assert "hết hạn ngày 09/03/2026" in found(slip).refusal == refusal(use, slip=slip)


def test_withdrawn_slip_opens_nothing(office):
    staff = user_with("staff")
    slip = invited(office, staff)
    actions.withdraw_slip(invitation=slip.invitation, by=staff)

    assert found(slip).invitation is None
    assert "thu hồi" in refusal(use, slip=slip)
    assert "thu hồi" in refusal(actions.withdraw_slip, invitation=slip.invitation, by=staff)


def test_code_of_one_opens_no_other_account(office):
    staff = user_with("staff")
    mine, other = invited(office, staff), invited(office, staff)

    assert found(mine, username=other.invitation.user.username).invitation is None
    assert "không mở" in refusal(
        actions.use_code,
        invitation=other.invitation,
        code=mine.code,
        password=PASSWORD,
        by=other.invitation.user,
    )
    assert "không mở" in refusal(
        actions.use_code,
        invitation=other.invitation,
        code=other.code,
        password=PASSWORD,
        by=mine.invitation.user,
    )


def test_code_of_a_stopped_account(office):
    staff = user_with("staff")
    slip = invited(office, staff)
    User.objects.filter(pk=slip.invitation.user_id).update(is_active=False)

    assert found(slip).invitation is None
    assert "không mở" in refusal(use, slip=slip)


def test_post_for_a_day_to_come(office, time_machine):
    time_machine.move_to(date(2026, 3, 2))
    slip = actions.invite(
        newcomer=Newcomer(full_name="Lê Chi"),
        post=new_post(office, first_day=date(2026, 3, 5)),
        by=user_with("staff"),
    )
    user = use(slip)

    assert user.standing().posts == ()
    time_machine.move_to(date(2026, 3, 5))
    assert [post.role for post in user.standing().posts] == ["officer"]


def test_code_typed_twice_at_once_opens_once(first_then, office):
    slip = invited(office, user_with("staff"))
    second = first_then(lambda: use(slip), lambda: refusal(use, slip=slip))

    assert "đã dùng" in second.outcome()
