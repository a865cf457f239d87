import pytest

from blocs.journal import verify
from blocs.models import Entry, Person, Post, Unit, User
from blocs.models.people import Operator
from blocs.permissions import Refused
from campaigns.actions import make_trial_accounts
from tests.factories import PersonFactory, SeatFactory, UnitFactory, UnitStateFactory, UserFactory

USERNAMES = ["can-bo-bo", "thu-ky-khoi", "van-thu", "can-bo-don-vi", "quan-tri"]


@pytest.fixture
def department(db):
    """The root unit's standing department."""
    department = UnitStateFactory(official_name="Vụ Thi đua").unit
    UnitStateFactory(unit=UnitFactory(is_root=True), official_name="Bộ Thử", standing_department=department)
    return department


@pytest.fixture
def units(department, leader, member):
    for seat, name in ((leader, "Cục Đứng đầu"), (member, "Cục Thành viên")):
        UnitStateFactory(unit=seat.unit, official_name=name)
    return leader.unit, member.unit


@pytest.fixture
def make(bloc_year):
    return lambda keep=(), by=None: make_trial_accounts(
        bloc_year=bloc_year, keep=keep, by=by or Operator("root")
    )


def test_one_trial_account_for_each_kind_of_user(make, units, department, bloc_year):
    leader, member = units
    made = make()

    assert [(username, post) for username, post, _password in made] == [
        ("can-bo-bo", "Cán bộ thi đua, khen thưởng của bộ - Vụ Thi đua"),
        ("thu-ky-khoi", "Thư ký Khối - Cục Đứng đầu"),
        ("van-thu", "Văn thư đơn vị Khối trưởng - Cục Đứng đầu"),
        ("can-bo-don-vi", "Cán bộ thi đua, khen thưởng của đơn vị thành viên - Cục Thành viên"),
        ("quan-tri", "Quản trị hệ thống - Bộ Thử"),
    ]
    posts = Post.objects.filter(person__user__username__in=USERNAMES).order_by("pk")
    assert [(post.role, post.unit, post.first_day) for post in posts] == [
        ("staff", department, bloc_year.year.first_day),
        ("secretary", leader, bloc_year.year.first_day),
        ("clerk", leader, bloc_year.year.first_day),
        ("officer", member, bloc_year.year.first_day),
        ("administrator", Unit.objects.get(is_root=True), bloc_year.year.first_day),
    ]
    assert all(
        person.is_trial and str(person).endswith("(tài khoản dùng thử)") for person in Person.objects.all()
    )


def test_passwords_are_random_and_in_no_entry(make, units):
    passwords = [password for _username, _post, password in make()]

    assert len(set(passwords)) == len(USERNAMES)
    assert all(
        User.objects.get(username=username).check_password(password)
        for username, password in zip(USERNAMES, passwords, strict=True)
    )
    assert Entry.objects.get().payload.data == {"before": {}, "after": {"accounts": USERNAMES}}
    assert verify().faults == ()


def test_accounts_made_again_keep_the_passwords_that_are_known(make, units):
    first = make()
    again = make(keep={"can-bo-bo", "van-thu"})

    assert [username for username, _post, password in again if password is None] == ["can-bo-bo", "van-thu"]
    for (username, _post, old), (_username, _same, new) in zip(first, again, strict=True):
        assert User.objects.get(username=username).check_password(new or old)
        assert new != old
    assert (User.objects.count(), Person.objects.count()) == (len(USERNAMES), len(USERNAMES))
    assert Post.objects.exclude(person=None).count() == len(USERNAMES)


def test_name_of_a_real_account_is_not_taken(make, units):
    UserFactory(username="van-thu", person=PersonFactory(full_name="Đỗ Thị Ước"))

    with pytest.raises(Refused, match="Tên đăng nhập van-thu đã có người dùng thật"):
        make()
    assert User.objects.count() == 1


def test_trial_accounts_without_a_leader_and_a_member(department, db):
    unknown = SeatFactory(role="leader", unit=None).bloc_year

    with pytest.raises(Refused, match="Cần một khối đã biết Khối trưởng và có đơn vị thành viên"):
        make_trial_accounts(bloc_year=unknown, keep=(), by=Operator("root"))


def test_trial_accounts_by_the_department(make, units, staff):
    with pytest.raises(Refused, match="chỉ chạy được bằng lệnh trên máy chủ"):
        make(by=staff)
