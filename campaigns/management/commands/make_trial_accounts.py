"""`manage.py make_trial_accounts --passwords FILE`: one trial account per kind of user, with DEBUG only."""

import getpass
import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from blocs.models import User
from blocs.models.people import Operator
from blocs.permissions import Refused
from campaigns.actions import make_trial_accounts
from campaigns.models import BlocYear, Seat


class Command(BaseCommand):
    help = "Lập tài khoản dùng thử cho mỗi loại người dùng; mật khẩu giữ trong một tệp chỉ chủ tệp đọc được."

    def add_arguments(self, parser):
        parser.add_argument("--passwords", type=Path, required=True, help="tệp giữ mật khẩu")

    def handle(self, *, passwords, **options):
        if not settings.DEBUG:
            raise CommandError("Chỉ lập tài khoản dùng thử khi DEBUG=on.")
        try:
            kept = _read(passwords)
            valid = _valid(kept)
            if not kept or valid != kept.keys():
                kept = _make(passwords, kept, valid)
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {passwords}: {error.strerror}.") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        width = max(len(username) for username in kept)
        for username, (post, password) in kept.items():
            self.stdout.write(f"{username:{width}}  {password}  {post} (tài khoản dùng thử)")


def _make(path, kept, valid):
    """Make the accounts and keep their passwords: both or neither."""
    with transaction.atomic():
        made = make_trial_accounts(bloc_year=_bloc_year(), keep=valid, by=Operator(getpass.getuser()))
        accounts = {username: (post, password or kept[username][1]) for username, post, password in made}
        _write(path, accounts)
    return accounts


def _bloc_year():
    """The newest bloc-year with a known leader's unit and a member."""
    known = Seat.objects.filter(unit__isnull=False)
    found = (
        BlocYear.objects.filter(pk__in=known.filter(role=Seat.Role.LEADER).values("bloc_year"))
        .filter(pk__in=known.filter(role=Seat.Role.MEMBER).values("bloc_year"))
        .order_by("-year__first_day", "bloc__place", "pk")
        .first()
    )
    if found is None:
        raise CommandError(
            "Chưa có khối nào biết đơn vị đứng đầu và thành viên. Nạp một năm trước: "
            "manage.py load_bloc_year TỆP."
        )
    return found


def _valid(kept):
    """The user names whose password in the file opens a trial account."""
    users = User.objects.filter(username__in=kept, person__is_trial=True)
    return {user.username for user in users if user.check_password(kept[user.username][1])}


def _read(path):
    """{user name: (post, password)} of the file; empty when there is none. Closes the file to others."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return {}
    with os.fdopen(descriptor, encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)
        rows = [line.rstrip("\n").split("\t") for line in file]
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3}


def _write(path, accounts):
    """Put a new file, readable by its owner alone, in the place of the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(
            f"{username}\t{post}\t{password}\n" for username, (post, password) in accounts.items()
        )
    unfinished.replace(path)
