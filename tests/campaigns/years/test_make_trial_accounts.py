"""Trial accounts: one per kind of user, with DEBUG only, passwords in a file for its owner alone."""

import stat
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from blocs.models import Entry, Person, Post, User
from campaigns.models import BlocYear, EmulationYear, Seat
from tests.factories import BlocFactory, UnitFactory, UnitStateFactory, UserFactory

KINDS = {
    "can-bo-bo": Post.Role.STAFF,
    "thu-ky-khoi": Post.Role.SECRETARY,
    "van-thu": Post.Role.CLERK,
    "can-bo-don-vi": Post.Role.OFFICER,
    "quan-tri": Post.Role.ADMINISTRATOR,
}


@pytest.fixture(autouse=True)
def debug(settings):
    settings.DEBUG = True


@pytest.fixture
def make(tmp_path):
    """Run the command; answers what it printed."""

    def make(path=tmp_path / "demo/accounts.txt"):
        out = StringIO()
        call_command("make_trial_accounts", passwords=path, stdout=out)
        return out.getvalue()

    make.file = tmp_path / "demo/accounts.txt"
    return make


def unit_named(name, **unit):
    return UnitStateFactory(official_name=name, unit=UnitFactory(**unit)).unit


@pytest.fixture
def units(db):
    """A root, and the units of one bloc: its leader and a member in 2020; nobody named for 2021."""
    root = unit_named("Bộ Thử nghiệm", is_root=True)
    units = {"root": root, "leader": unit_named("Cục Một"), "member": unit_named("Cục Hai")}
    bloc = BlocFactory()
    for code in ("2020", "2021"):
        year = EmulationYear.objects.create(
            code=code, first_day=date(int(code), 1, 1), last_day=date(int(code), 12, 31)
        )
        BlocYear.objects.create(bloc=bloc, year=year, name="Khối các Cục", organiser=root)
    this_year, next_year = BlocYear.objects.order_by("year__first_day")
    Seat.objects.create(bloc_year=this_year, unit=units["leader"], role=Seat.Role.LEADER)
    Seat.objects.create(bloc_year=this_year, unit=units["member"])
    Seat.objects.create(bloc_year=next_year, role=Seat.Role.LEADER)
    return units


def rows_of(path):
    return [line.split("\t") for line in path.read_text().splitlines()]


def test_one_account_for_each_kind_of_user(units, make):
    printed = make()

    assert {user.username: user.person.posts.get().role for user in User.objects.all()} == KINDS
    assert Post.objects.get(role=Post.Role.SECRETARY).unit == units["leader"]
    assert Post.objects.get(role=Post.Role.OFFICER).unit == units["member"]
    assert all(person.is_trial for person in Person.objects.all())
    rows = rows_of(make.file)
    assert [row[0] for row in rows] == list(KINDS)
    for username, post, password in rows:
        assert User.objects.get(username=username).check_password(password)
        line = next(line for line in printed.splitlines() if line.split()[0] == username)
        assert line.split(maxsplit=1)[1] == f"{password}  {post} (tài khoản dùng thử)"


def test_only_the_owner_reads_the_passwords(units, make):
    make()

    assert stat.S_IMODE(make.file.stat().st_mode) == 0o600
    make.file.chmod(0o644)
    make()
    assert stat.S_IMODE(make.file.stat().st_mode) == 0o600


def test_again_nothing_is_made_and_the_same_is_printed(units, make):
    first, kept = make(), make.file.read_bytes()

    assert make() == first
    assert make.file.read_bytes() == kept
    assert Entry.objects.count() == 1
    assert User.objects.count() == len(KINDS)


def test_lost_file_gives_new_passwords_to_the_same_accounts(units, make):
    make()
    old = {username: password for username, _post, password in rows_of(make.file)}
    make.file.unlink()

    make()

    new = {username: password for username, _post, password in rows_of(make.file)}
    assert old.keys() == new.keys()
    assert not set(old.values()) & set(new.values())
    assert all(User.objects.get(username=name).check_password(password) for name, password in new.items())
    assert User.objects.count() == len(KINDS)


def test_only_the_account_whose_password_no_longer_opens_gets_a_new_one(units, make):
    make()
    old = rows_of(make.file)
    clerk = User.objects.get(username="van-thu")
    clerk.set_password("another password of theirs")
    clerk.save()

    make()

    new = rows_of(make.file)
    assert [before[0] for before, after in zip(old, new, strict=True) if before != after] == ["van-thu"]
    clerk.refresh_from_db()
    assert clerk.check_password(next(row[2] for row in new if row[0] == "van-thu"))


def test_emptied_database_gets_accounts_again(units, make):
    make()
    User.objects.all().delete()

    make()

    assert all(User.objects.get(username=row[0]).check_password(row[2]) for row in rows_of(make.file))


def test_file_of_another_installation_is_replaced_not_followed(units, make, tmp_path):
    other = tmp_path / "khac.txt"
    other.write_text("nguyên vẹn")
    make.file.parent.mkdir()
    make.file.symlink_to(other)

    with pytest.raises(CommandError, match="Không ghi được tệp"):
        make()

    assert other.read_text() == "nguyên vẹn"
    assert not User.objects.exists()


def test_passwords_that_cannot_be_kept_are_not_set(units, make):
    (make.file.parent / "accounts.txt.new").mkdir(parents=True)

    with pytest.raises(CommandError, match="Không ghi được tệp"):
        make()

    assert not User.objects.exists()


def test_folder_that_cannot_be_made_makes_no_account(units, make):
    make.file.parent.write_text("")

    with pytest.raises(CommandError, match="Không ghi được tệp"):
        make()

    assert not User.objects.exists()


def test_without_debug_nothing_is_made(units, make, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG=on"):
        make()

    assert not User.objects.exists()
    assert not make.file.exists()


def test_name_of_a_real_user_is_not_taken(units, make):
    UserFactory(username="van-thu")

    with pytest.raises(CommandError, match="van-thu đã có người dùng thật"):
        make()

    assert User.objects.count() == 1
    assert not make.file.exists()


def test_bloc_without_a_known_leader_is_not_enough(units, make):
    Seat.objects.filter(role=Seat.Role.LEADER, unit__isnull=False).delete()

    with pytest.raises(CommandError, match="load_bloc_year"):
        make()
