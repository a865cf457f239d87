from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from blocs.actions import make_first_account
from blocs.models import Entry, Person, Post, User
from blocs.permissions import Refused
from tests.factories import PostFactory, UnitFactory, UnitStateFactory, user_with

ACCOUNT = {
    "full_name": "Nguyễn Văn An",
    "title": "Chuyên viên",
    "username": "nguyen-van-an",
    "password": "Khối-2020-đua",
}


@pytest.fixture
def root(db):
    unit = UnitFactory(is_root=True)
    UnitStateFactory(unit=unit, standing_department=UnitFactory(code="vu"))
    return unit


@pytest.mark.parametrize(("role", "unit"), [("administrator", "root"), ("staff", "vu")])
def test_first_account(root, operator, role, unit):
    user = make_first_account(role=role, by=operator, **ACCOUNT)

    post = Post.objects.get(person=user.person)
    assert (post.role, post.title, post.first_day) == (role, "Chuyên viên", timezone.localdate())
    assert post.unit == (root if unit == "root" else root.state().standing_department)
    assert (user.person.full_name, user.person.is_trial) == ("Nguyễn Văn An", False)
    assert user.check_password(ACCOUNT["password"])
    entry = Entry.objects.get()
    assert (entry.act, entry.object_kind, entry.object_key) == (
        "account.make-first",
        "blocs.user",
        str(user.pk),
    )
    assert ACCOUNT["password"] not in str(entry.payload.data)


def test_first_account_is_made_once_for_each_role(root, operator):
    make_first_account(role="administrator", by=operator, **ACCOUNT)
    other = ACCOUNT | {"username": "tran-thi-binh"}

    with pytest.raises(Refused, match="Đã có tài khoản với nhiệm vụ này"):
        make_first_account(role="administrator", by=operator, **other)
    make_first_account(role="staff", by=operator, **other)
    assert User.objects.count() == 2


def test_first_account_beside_a_person_of_that_role_without_account(root, operator):
    PostFactory(role="administrator")

    assert make_first_account(role="administrator", by=operator, **ACCOUNT).pk


def test_first_account_with_a_user_name_in_use(root, operator):
    make_first_account(role="administrator", by=operator, **ACCOUNT)

    with pytest.raises(Refused, match="Tên đăng nhập nguyen-van-an đã có người dùng"):
        make_first_account(role="staff", by=operator, **ACCOUNT)


def test_first_account_before_any_unit(db, operator):
    with pytest.raises(Refused, match="Chưa có đơn vị nào"):
        make_first_account(role="administrator", by=operator, **ACCOUNT)


@pytest.mark.parametrize("role", ["staff", "secretary"])
def test_first_account_is_for_the_operator_alone(root, role):
    with pytest.raises(Refused, match="chỉ chạy được bằng lệnh trên máy chủ"):
        make_first_account(role="administrator", by=user_with(role), **ACCOUNT)


def command(monkeypatch, *passwords, role="administrator", **more):
    answers = iter(passwords)
    monkeypatch.setattr("getpass.getpass", lambda _question: next(answers))
    output = StringIO()
    words = {name: ACCOUNT[name] for name in ("username", "full_name", "title")} | more
    call_command("make_first_account", role, **words, stdout=output)
    return output.getvalue()


def test_command_asks_for_the_password_twice(root, monkeypatch):
    said = command(monkeypatch, ACCOUNT["password"], ACCOUNT["password"])

    assert said == "Đã lập tài khoản nguyen-van-an.\n"
    assert User.objects.get().check_password(ACCOUNT["password"])


@pytest.mark.parametrize(
    ("passwords", "more", "fault"),
    [
        (("Khối-2020-đua", "khối-2020-đua"), {}, "khác nhau"),
        (("123", "123"), {}, "quá ngắn"),
        (("Khối-2020-đua",) * 2, {"full_name": ""}, "không được để trắng"),
        (("Khối-2020-đua",) * 2, {"username": "x" * 61}, "60"),
    ],
)
def test_command_refuses(root, monkeypatch, passwords, more, fault):
    with pytest.raises(CommandError, match=fault):
        command(monkeypatch, *passwords, **more)
    assert not User.objects.exists() and not Person.objects.exists()
