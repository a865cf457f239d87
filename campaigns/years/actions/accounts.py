"""Accounts to try the software with."""

import secrets

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.models import Person, Post, Unit, User
from blocs.permissions import refuse, require
from campaigns.models import Seat
from campaigns.permissions import may_make_trial_accounts

Role = Post.Role


@act(
    "account.make-trial",
    gettext_lazy("Lập tài khoản dùng thử"),
    any_day="accounts follow posts, not the year",
)
def make_trial_accounts(*, bloc_year, keep, by):
    """Make one trial account per kind of user around a bloc-year; [(username, post, password or None)].

    Accounts named in `keep` hold the password they have; the others get a new one at random. Persons bear
    the name of their post and the trial mark; nobody is invented.
    """
    post = require(may_make_trial_accounts(by, bloc_year, timezone.localdate()))
    made = []
    for username, role, title, unit in _trial_posts(bloc_year):
        user = User.objects.filter(username=username).select_related("person").first()
        if user and not user.person.is_trial:
            refuse(_("Tên đăng nhập %(username)s đã có người dùng thật.") % {"username": username})
        if user is None:
            person = Person.objects.create(full_name=f"{title} (tài khoản dùng thử)", is_trial=True)
            user = User(username=username, person=person)
            Post.objects.create(
                person=person, unit=unit, title=title, role=role, first_day=bloc_year.year.first_day
            )
        password = None
        if not user.pk or username not in keep:
            password = "-".join(secrets.token_hex(2) for _part in range(4))
            user.set_password(password)
            user.save()
        made.append((username, f"{title} - {unit.name()}", password))
    record(bloc_year, by=by, post=post, after={"accounts": [username for username, *_rest in made]})
    return made


def _trial_posts(bloc_year):
    root = Unit.objects.filter(is_root=True).first()
    if root is None:
        refuse(_("Chưa có cơ quan có thẩm quyền. Hãy nạp một năm của khối trước."))
    standing_department = root.state().standing_department or root
    seats = {seat.role: seat.unit for seat in reversed(bloc_year.seats_in_order()) if seat.unit}
    leader, member = seats.get(Seat.Role.LEADER), seats.get(Seat.Role.MEMBER)
    if leader is None or member is None:
        refuse(_("Cần một khối đã biết Khối trưởng và có đơn vị thành viên."))
    return [
        ("can-bo-bo", Role.STAFF, "Cán bộ thi đua, khen thưởng của bộ", standing_department),
        ("thu-ky-khoi", Role.SECRETARY, "Thư ký Khối", leader),
        ("van-thu", Role.CLERK, "Văn thư đơn vị Khối trưởng", leader),
        ("can-bo-don-vi", Role.OFFICER, "Cán bộ thi đua, khen thưởng của đơn vị thành viên", member),
        ("quan-tri", Role.ADMINISTRATOR, "Quản trị hệ thống", root),
    ]
